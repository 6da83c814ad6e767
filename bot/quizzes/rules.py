"""Who has won, what it is worth, and what may happen to a quiz when."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Final

from bot.platform.errors import DomainError
from bot.quizzes.matching import LONGEST, matches
from bot.quizzes.models import (
    Answer,
    Entry,
    Given,
    Hint,
    Pacing,
    Place,
    PointsKind,
    Question,
    QuestionKind,
    Quiz,
    QuizState,
    Score,
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
SHORTEST_OPEN: Final = 60
LONGEST_OPEN: Final = 30 * 86_400


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


def missing(quiz: Quiz, questions: Sequence[Question], hints: Sequence[Hint] = ()) -> list[str]:
    """What a quiz still lacks before it can be posted, one sentence each; empty when it is ready."""
    problems: list[str] = []
    if not questions:
        problems.append("Belum ada soal. Tambah satu dulu.")
    for question in questions:
        if question.kind is QuestionKind.PICTURE and question.image_file_id is None:
            problems.append(f"Soal {question.position} belum punya gambar.")
    if not quiz.pacing.in_turn and sum(question.image_file_id is not None for question in questions) > 1:
        problems.append(
            "Kuis yang soalnya muncul sekaligus hanya bisa memuat satu gambar. Hapus yang lain, atau pilih berurutan."
        )
    if quiz.conditions.close_after is not None and not all(question.has_key for question in questions):
        problems.append("Soal tanpa kunci dinilai tim, jadi kuis ini tidak bisa tutup menurut jumlah yang benar.")
    if quiz.by_lot and quiz.legal is None:
        problems.append("Hadiahnya diundi: pilih dulu undian atau kontes, dan catat nomor izinnya kalau ada.")
    if questions and any(hint.spec.after_seconds >= lasts(quiz, len(questions)) for hint in hints):
        problems.append("Ada petunjuk yang muncul setelah kuis ditutup. Ubah waktunya lewat Aturan & petunjuk.")
    return problems


def lasts(quiz: Quiz, questions: int) -> int:
    """Seconds from the post to the end, as planned."""
    return quiz.pacing.lasts(questions) if quiz.pacing.in_turn else quiz.terms.open_seconds


def closing_time(quiz: Quiz, questions: int, now: int) -> int:
    """When a quiz closes that is posted now. Raises DomainError where the instant that staff named has passed."""
    if quiz.pacing.in_turn or quiz.terms.until is None:
        return now + lasts(quiz, questions)
    if quiz.terms.until < now + SHORTEST_OPEN:
        raise DomainError(f"Waktu tutupnya <t:{quiz.terms.until}:f> sudah lewat. Ubah dulu lewat Ubah isi.")
    return quiz.terms.until


def too_late_to_close(closes_at: int) -> str:
    """Why an open quiz can't close at an instant that has passed."""
    return f"Ditutup: <t:{closes_at}:f> sudah lewat. Untuk menutup sekarang, pakai Tutup kuis."


def turn_ends(pacing: Pacing, closes_at: int, left: int) -> int:
    """When a quiz in turn will be over: `closes_at` of the question under way, then `left` more."""
    return closes_at + pacing.lasts(left)


def check_change(quiz: Quiz, answered: bool) -> None:
    """Raise DomainError unless everything about a quiz may be changed: not posted, or nobody has answered yet."""
    if quiz.unposted or (quiz.state is QuizState.OPEN and not answered):
        return
    if quiz.state is QuizState.OPEN:
        raise DomainError(
            "Sudah ada yang menjawab, jadi yang masih bisa diubah hanya waktu tutup, petunjuk, dan jawaban yang "
            "diterima."
        )
    raise DomainError(f"Kuis ini sudah {quiz.state.indonesian.lower()}, jadi tidak bisa diubah lagi.")


def check_unposted(quiz: Quiz) -> None:
    """Raise DomainError unless nobody but staff has seen the quiz."""
    if not quiz.unposted:
        raise DomainError(f"Kuis ini sudah {quiz.state.indonesian.lower()}, jadi hanya bisa dibatalkan, tidak dibuang.")


def check_open(quiz: Quiz) -> None:
    """Raise DomainError unless the quiz is open."""
    if quiz.state is not QuizState.OPEN:
        raise DomainError(f"Kuis ini sedang tidak dibuka ({quiz.state.indonesian.lower()}), jadi waktunya tetap.")


def check_key_change(quiz: Quiz) -> None:
    """Raise DomainError unless the accepted answers of a posted quiz may be changed."""
    if quiz.state not in (QuizState.OPEN, QuizState.JUDGING):
        raise DomainError(
            f"Kuis ini sudah {quiz.state.indonesian.lower()}, jadi kuncinya tetap. "
            "Jawaban yang seharusnya benar bisa diterima satu per satu."
        )


def check_calling_off(quiz: Quiz, reason: str) -> None:
    """Raise DomainError unless a posted quiz may be called off."""
    if quiz.unposted:
        raise DomainError("Kuis ini belum ditayangkan. Kalau tidak jadi, buang saja drafnya.")
    if quiz.state not in (QuizState.OPEN, QuizState.JUDGING):
        raise DomainError(f"Kuis ini sudah {quiz.state.indonesian.lower()}, jadi tidak bisa dibatalkan.")
    if not reason:
        raise DomainError("Tulis alasannya. Peserta membacanya di channel kuis.")


def takes_answers(quiz: Quiz, now: int) -> bool:
    """Whether one may answer at this instant. The closing instant is too late, even before the bot has closed it."""
    return quiz.state is QuizState.OPEN and quiz.closes_at is not None and now < quiz.closes_at


def check_takes_answers(quiz: Quiz, now: int) -> None:
    """Raise DomainError unless one may answer now."""
    if takes_answers(quiz, now):
        return
    if quiz.called_off is not None:
        raise DomainError(f"Kuis ini dibatalkan tim: {quiz.called_off.reason}")
    if quiz.unposted:
        raise DomainError("Kuis ini belum dibuka. Pantau channel kuis, ya.")
    ended = quiz.closed_at or quiz.closes_at
    when = f" <t:{ended}:f>" if ended else ""
    raise DomainError(f"Kuis ini sudah ditutup{when}, jadi jawaban baru tidak dihitung. Tunggu kuis berikutnya, ya.")


def check_asked(quiz: Quiz, question: Question, now: int) -> None:
    """Raise DomainError unless a question may be answered now: those that come in turn have a time of their own."""
    if not quiz.pacing.in_turn:
        return
    if question.opened_at is None:
        raise DomainError("Soal ini belum dibuka. Tunggu gilirannya di channel kuis, ya.")
    if question.closed_at is not None or question.closes_at is None or now >= question.closes_at:
        raise DomainError("Soal ini sudah ditutup. Siap-siap untuk soal berikutnya di channel kuis, ya.")


def check_first_answer(quiz: Quiz, before: Answer | None) -> None:
    """Raise DomainError where somebody answers again and staff did not allow changes."""
    if before is not None and not quiz.conditions.changeable:
        raise DomainError(
            f"Jawabanmu sudah tercatat <t:{before.answered_at}:R> dan hanya bisa sekali. "
            "Hasilnya diumumkan setelah kuis ditutup."
        )


def check_closing(quiz: Quiz) -> None:
    """Raise DomainError unless the quiz is open."""
    if quiz.unposted:
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
