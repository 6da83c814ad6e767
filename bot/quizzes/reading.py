"""From what staff typed into a quiz's forms to values, or one sentence a field that is wrong."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.giveaways.models import Legal, LegalKind
from bot.giveaways.reading import PERMIT_LENGTH
from bot.platform.errors import DomainError, FormRefused
from bot.platform.indonesian import parse_count
from bot.platform.problems import Problems
from bot.platform.text import filled, one_line, quote, short, tidy
from bot.prizes import reading as prize_reading
from bot.quizzes import times
from bot.quizzes.matching import LONGEST, same_answer
from bot.quizzes.models import Conditions, HintSpec, Question, QuestionKind, QuizPrize, Terms, Way
from bot.quizzes.rules import MOST_OPTIONS, MOST_WINNERS

TITLE_LENGTH: Final = 100
PRIZE_LENGTH: Final = 100
PROMPT_LENGTH: Final = 500
BIG_WORDS_LENGTH: Final = 60
EXPLANATION_LENGTH: Final = 300
OPTION_LENGTH: Final = 80
MOST_ACCEPTED: Final = 20
SEASON_LENGTH: Final = 40
MOST_CLAIM_DAYS: Final = 60


@dataclass(frozen=True)
class TermsForm:
    """The first form of a quiz, as typed."""

    title: str
    way: str | None
    winners: str
    prize: str
    closing: str


@dataclass(frozen=True)
class ConditionsForm:
    """The finer rules, as typed and chosen."""

    changeable: str | None
    audience: str | None
    close_after: str
    claim_days: str
    hints: str


@dataclass(frozen=True)
class OpenForm:
    """An open or picture question, as typed; accepted answers one a line."""

    prompt: str
    big_words: str
    accepted: str
    explanation: str


@dataclass(frozen=True)
class ChoiceForm:
    """A multiple-choice question, as typed; options one a line."""

    prompt: str
    big_words: str
    options: str
    right: str
    explanation: str


def read_terms(form: TermsForm, now: datetime, kept: int | None = None) -> Terms:
    """The first form; `kept` is the closing instant it had. Raises FormRefused."""
    problems = Problems()
    title = problems.read(lambda: filled(one_line(form.title), "Judul", TITLE_LENGTH), "")
    winners = problems.read(lambda: _between(form.winners, 1, MOST_WINNERS), 1, "Jumlah pemenang")
    prize = problems.read(lambda: read_prize(form.prize), None, "Hadiah")
    seconds, until = problems.read(lambda: times.read_closing(form.closing, now, kept), (0, None), "Ditutup")
    way = Way.DRAWN if form.way == Way.DRAWN else Way.FASTEST
    problems.settle()
    return Terms(title, way, winners, prize, seconds, until)


def read_prize(text: str) -> QuizPrize | None:
    """Money or goods, as every prize is read; None for a blank (points only). Raises DomainError."""
    text = one_line(text)
    if len(text) > PRIZE_LENGTH:
        raise DomainError(f"terlalu panjang, paling banyak {PRIZE_LENGTH} huruf.")
    prize = prize_reading.read_prize(text)
    return QuizPrize(prize.description, prize.amount) if prize else None


def read_legal(kind: str | None, permit: str) -> Legal:
    """Staff's choice after the legal reminder. Raises FormRefused."""
    if kind is None:
        raise FormRefused(["Pilih undian atau kontes."])
    return Legal(LegalKind(kind), one_line(permit)[:PERMIT_LENGTH] or None)


def read_conditions(
    form: ConditionsForm, lasts: int, elapsed: int = 0, shown: int = 0
) -> tuple[Conditions, tuple[HintSpec, ...]]:
    """The finer rules and the hints; see `read_hints`. Raises FormRefused."""
    problems = Problems()
    close_after = problems.read(
        lambda: _between(form.close_after, 1, 100_000) if form.close_after else None, None, "Tutup setelah benar"
    )
    days = problems.read(
        lambda: _between(form.claim_days, 1, MOST_CLAIM_DAYS) if form.claim_days else Conditions().claim_days,
        Conditions().claim_days,
        "Batas ambil hadiah",
    )
    hints = problems.read(lambda: times.read_hints(form.hints, lasts, elapsed, shown), ())
    problems.settle()
    conditions = Conditions(form.changeable == "yes", form.audience == "creators", close_after, days)
    return conditions, hints


def read_open(form: OpenForm, kind: QuestionKind, image_file_id: int | None = None) -> Question:
    """An open or picture question. Raises FormRefused."""
    problems = Problems()
    prompt, big_words, explanation = _texts(problems, form.prompt, form.big_words, form.explanation)
    accepted = problems.read(lambda: read_accepted(form.accepted), ())
    problems.settle()
    return Question(kind, prompt, big_words, accepted, explanation=explanation, image_file_id=image_file_id)


def read_accepted(text: str) -> tuple[str, ...]:
    """Accepted answers, one a line. Raises FormRefused."""
    problems = Problems()
    accepted: list[str] = []
    for line in _lines(text):
        if len(line) > LONGEST:
            problems.sentences.append(f"Jawaban {quote(line)} terlalu panjang, paling banyak {LONGEST} huruf.")
        elif not same_answer(line, line):
            problems.sentences.append(f"Jawaban {quote(line)} tidak berisi huruf, angka, atau emoji.")
        elif line not in accepted:
            accepted.append(line)
    if len(accepted) > MOST_ACCEPTED:
        problems.sentences.append(f"Jawaban yang diterima paling banyak {MOST_ACCEPTED}.")
    problems.settle()
    return tuple(accepted)


def read_choice(form: ChoiceForm) -> Question:
    """A multiple-choice question. Raises FormRefused."""
    problems = Problems()
    prompt, big_words, explanation = _texts(problems, form.prompt, form.big_words, form.explanation)
    options = tuple(_unnumbered(line) for line in _lines(form.options))
    if not 2 <= len(options) <= MOST_OPTIONS:
        problems.sentences.append(f"Pilihan: tulis 2 sampai {MOST_OPTIONS}, satu per baris.")
    if len({option.casefold() for option in options}) < len(options):
        problems.sentences.append("Pilihan: ada dua yang sama.")
    if any(len(option) > OPTION_LENGTH for option in options):
        problems.sentences.append(f"Pilihan: paling banyak {OPTION_LENGTH} huruf tiap pilihan.")
    right = problems.read(lambda: read_right_option(form.right, len(options)), 0, "Jawaban benar")
    problems.settle()
    return Question(
        QuestionKind.CHOICE, prompt, big_words, options=options, right_option=right, explanation=explanation
    )


def rekeyed(question: Question, key: str) -> Question:
    """A question with other accepted answers, or another right option. Raises FormRefused."""
    problems = Problems()
    if question.kind is QuestionKind.CHOICE:
        right = problems.read(lambda: read_right_option(key, len(question.options)), None, "Jawaban benar")
        changed = replace(question, right_option=right)
    else:
        accepted = problems.read(lambda: read_accepted(key), ())
        if question.accepted and not accepted:
            problems.sentences.append("Jawaban yang diterima: tulis paling tidak satu.")
        changed = replace(question, accepted=accepted)
    problems.settle()
    return changed


def letter(option: int) -> str:
    """`A` for the first option (0)."""
    return chr(ord("A") + option)


def read_right_option(text: str, number: int) -> int:
    """`A` or `1` is the first of `number` options (0). Raises DomainError."""
    typed = text.strip().rstrip(".").upper()
    chosen = int(typed) - 1 if typed.isascii() and typed.isdigit() else ord(typed) - ord("A") if len(typed) == 1 else -1
    if not 0 <= chosen < number:
        raise DomainError(f"{quote(text)} bukan salah satu pilihan. Tulis hurufnya, misalnya A.")
    return chosen


def _unnumbered(line: str) -> str:
    return re.sub(r"^(?:[A-Ea-e]|[1-5])[.)]\s+", "", line)


def _texts(problems: Problems, prompt: str, big_words: str, explanation: str) -> tuple[str, str, str]:
    return (
        problems.read(lambda: filled(tidy(prompt), "Soal", PROMPT_LENGTH), ""),
        problems.read(lambda: short(one_line(big_words), "Kata besar", BIG_WORDS_LENGTH), ""),
        problems.read(lambda: short(tidy(explanation), "Penjelasan", EXPLANATION_LENGTH), ""),
    )


def _lines(text: str) -> list[str]:
    return [line for line in (one_line(line) for line in text.splitlines()) if line]


def _between(text: str, low: int, high: int) -> int:
    number = parse_count(text, whole=True)
    if number is None or not low <= number <= high:
        raise DomainError(f"{quote(text)} tidak bisa dipakai. Isi angka {low} sampai {high}.")
    return number
