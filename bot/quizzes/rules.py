"""Who has won, what it is worth, and what may happen to a quiz when."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from bot.platform.clock import JAKARTA, from_timestamp
from bot.platform.errors import DomainError
from bot.quizzes.matching import LONGEST, matches
from bot.quizzes.models import (
    Answer,
    Conditions,
    Entry,
    Given,
    Place,
    PointsKind,
    Question,
    QuestionKind,
    Quiz,
    QuizState,
    Score,
    Season,
    Terms,
    Way,
)

POINTS_RIGHT: Final = 10
POINTS_WINNER: Final = 5
# From the second quiz in a row on two points a quiz, never more than ten at once.
POINTS_STREAK: Final = 2
MOST_STREAK_POINTS: Final = 10
MOST_WINNERS: Final = 50
MOST_QUESTIONS: Final = 10
QUESTIONS_A_FORM: Final = 5
MOST_OPTIONS: Final = 5
MOST_HINTS: Final = 5

_SEASONS: Final = ("Januari–Maret", "April–Juni", "Juli–September", "Oktober–Desember")


def is_right(question: Question, given: Given) -> bool:
    """Whether an answer is right by the key. Without a key nothing is: staff accept by hand."""
    if question.kind is QuestionKind.CHOICE:
        return given.option is not None and given.option == question.right_option
    return matches(given.text, question.accepted)


def check_given(question: Question, given: Given) -> None:
    """Raise DomainError unless the answer is one that the question can be answered with."""
    if question.kind is QuestionKind.CHOICE:
        if given.option is None or not 0 <= given.option < len(question.options):
            raise DomainError("Pilihan itu tidak ada. Buka lagi soalnya, lalu pilih salah satu jawabannya.")
    elif not given.text:
        raise DomainError("Jawabanmu masih kosong. Tulis dulu, ya.")
    elif len(given.text) > LONGEST:
        raise DomainError(f"Jawabanmu terlalu panjang, paling banyak {LONGEST} huruf. Tulis intinya saja.")


def entries(answers: Iterable[Answer]) -> list[Entry]:
    """Each member's quiz: right answers, and the moment (answer id) of the last right one; 0 without any."""
    right: dict[int, int] = {}
    moment: dict[int, int] = {}
    for answer in answers:
        right[answer.member_id] = right.get(answer.member_id, 0) + answer.right
        if answer.right:
            moment[answer.member_id] = max(moment.get(answer.member_id, 0), answer.id)
    return [Entry(member, count, moment.get(member, 0)) for member, count in right.items()]


def lot(seed: str, member_id: int) -> str:
    """A member's lot: the lowest is drawn first. Follows from the recorded seed alone, so anybody can repeat the draw.

    Somebody added later (an answer accepted by hand) does not change the order of the others.
    """
    return hashlib.sha256(f"{seed}:{member_id}".encode()).hexdigest()


def ranking(found: Iterable[Entry], way: Way, seed: str) -> list[Entry]:
    """Everybody in the order in which prizes are given.

    More right answers come first. Among equals: `fastest` by the order in which the answers were committed to the
    store, one at a time, so that there are no ties (who changes an answer takes the place of the change; clocks
    of devices and the time a message took don't count); `drawn` by lot.
    """
    if way is Way.FASTEST:
        return sorted(found, key=lambda one: (-one.right, one.moment, one.member_id))
    return sorted(found, key=lambda one: (-one.right, lot(seed, one.member_id)))


def winners(ranked: Sequence[Entry], number: int) -> list[Entry]:
    """The first `number` of a ranking who have at least one right answer."""
    return [one for one in ranked if one.right > 0][:number]


def points(right: int, *, won: bool, streak: int) -> dict[PointsKind, int]:
    """Points of one quiz: 10 a right answer, 5 for a place among the winners, 2 a quiz for a streak (10 at most).

    `streak` counts this quiz: 1 is none yet.
    """
    found = {
        PointsKind.RIGHT: POINTS_RIGHT * right,
        PointsKind.WINNER: POINTS_WINNER if won else 0,
        PointsKind.STREAK: min(MOST_STREAK_POINTS, POINTS_STREAK * max(0, streak - 1)),
    }
    return {kind: number for kind, number in found.items() if number}


def streak_after(before: int, right: int) -> int:
    """A member's streak after a quiz: one more with a right answer, nothing without. Missing a quiz is being wrong."""
    return before + 1 if right > 0 else 0


def season_of(instant: int) -> Season:
    """The quarter of the year (Jakarta) that an instant falls in."""
    local = from_timestamp(instant).astimezone(JAKARTA)
    return _season(local.year, (local.month - 1) // 3)


def season_by_key(key: str) -> Season | None:
    """The season of a key such as `2026-2`, None for anything else."""
    match = re.fullmatch(r"(20\d\d)-([1-4])", key, re.ASCII)
    return _season(int(match[1]), int(match[2]) - 1) if match else None


def _season(year: int, quarter: int) -> Season:
    following = (year, quarter + 1) if quarter < 3 else (year + 1, 0)
    starts, ends = (
        int(datetime(a_year, a_quarter * 3 + 1, 1, tzinfo=JAKARTA).timestamp())
        for a_year, a_quarter in ((year, quarter), following)
    )
    return Season(f"{year}-{quarter + 1}", f"{_SEASONS[quarter]} {year}", starts, ends)


def leaderboard(scores: Iterable[Score]) -> list[Place]:
    """Most points first. Equal points share a rank and the next one is left out (1, 2, 2, 4).

    Among equals who reached the points earlier is written first.
    """
    ordered = sorted(scores, key=lambda one: (-one.points, one.reached, one.member_id))
    placed: list[Place] = []
    for number, score in enumerate(ordered, start=1):
        shared = bool(placed) and placed[-1].score.points == score.points
        placed.append(Place(placed[-1].rank if shared else number, score))
    return placed


def missing(terms: Terms, conditions: Conditions, questions: Sequence[Question]) -> list[str]:
    """What a quiz still lacks before it can be posted, one sentence each; empty when it is ready."""
    problems: list[str] = []
    if not questions:
        problems.append("Belum ada soal. Tambah satu dulu.")
    for question in questions:
        if question.kind is QuestionKind.PICTURE and question.image_file_id is None:
            problems.append(f"Soal {question.position} belum punya gambar.")
    if sum(question.image_file_id is not None for question in questions) > 1:
        problems.append("Satu kuis hanya bisa memuat satu gambar. Hapus soal gambar yang lain.")
    if conditions.close_after is not None and not all(question.has_key for question in questions):
        problems.append("Soal tanpa kunci dinilai tim, jadi kuis ini tidak bisa tutup menurut jumlah yang benar.")
    return problems


def check_editable(quiz: Quiz) -> None:
    """Raise DomainError unless the quiz has not been posted yet."""
    if not quiz.editable:
        raise DomainError(f"Kuis ini sudah {quiz.state.indonesian.lower()}, jadi tidak bisa diubah lagi.")


def takes_answers(quiz: Quiz, now: int) -> bool:
    """Whether one may answer at this instant. The closing instant is too late, even before the bot has closed it."""
    return quiz.state is QuizState.OPEN and quiz.closes_at is not None and now < quiz.closes_at


def check_takes_answers(quiz: Quiz, now: int) -> None:
    """Raise DomainError unless one may answer now."""
    if takes_answers(quiz, now):
        return
    if quiz.editable:
        raise DomainError("Kuis ini belum dibuka. Pantau channel kuis, ya.")
    ended = quiz.closed_at or quiz.closes_at
    when = f" <t:{ended}:f>" if ended else ""
    raise DomainError(f"Kuis ini sudah ditutup{when}, jadi jawaban baru tidak dihitung. Tunggu kuis berikutnya, ya.")


def check_first_answer(quiz: Quiz, before: Answer | None) -> None:
    """Raise DomainError where somebody answers again and staff did not allow changes."""
    if before is not None and not quiz.conditions.changeable:
        raise DomainError(
            f"Jawabanmu sudah tercatat <t:{before.answered_at}:R> dan hanya bisa sekali. "
            "Hasilnya diumumkan setelah kuis ditutup."
        )


def check_closing(quiz: Quiz) -> None:
    """Raise DomainError unless the quiz is open."""
    if quiz.editable:
        raise DomainError("Kuis ini belum ditayangkan, jadi belum bisa ditutup.")
    if quiz.state is not QuizState.OPEN:
        by = f" oleh <@{quiz.closed_by}>" if quiz.closed_by else ""
        raise DomainError(f"Kuis ini sudah ditutup{by} <t:{quiz.closed_at}:R>.")


def check_acceptance(quiz: Quiz, answer: Answer, reason: str) -> None:
    """Raise DomainError unless staff may accept this answer by hand."""
    if quiz.state not in (QuizState.OPEN, QuizState.JUDGING, QuizState.CLOSED):
        raise DomainError("Kuis ini belum ditayangkan, jadi belum ada jawaban yang bisa diterima.")
    if answer.accepted_by is not None:
        raise DomainError(f"Jawaban ini sudah diterima oleh <@{answer.accepted_by}>.")
    if answer.right:
        raise DomainError("Jawaban ini sudah dihitung benar.")
    if not reason:
        raise DomainError("Tulis alasannya, supaya keputusan ini bisa dipertanggungjawabkan.")


def check_player(quiz: Quiz, member_id: int) -> None:
    """Raise DomainError for the one who wrote the quiz: they know the answers."""
    if quiz.created_by == member_id:
        raise DomainError("Kamu yang membuat kuis ini, jadi tidak bisa ikut menjawab. Biar adil, ya.")
