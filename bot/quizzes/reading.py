"""From what staff typed into a quiz's forms to values, or one sentence a field that is wrong."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.platform.errors import DomainError
from bot.platform.indonesian import Unreadable, parse_count, parse_rupiah
from bot.platform.problems import Problems
from bot.platform.text import one_line, quote, tidy
from bot.quizzes.matching import LONGEST, same_answer
from bot.quizzes.models import Conditions, HintSpec, Question, QuestionKind, QuizPrize, Terms, Way
from bot.quizzes.rules import MOST_HINTS, MOST_OPTIONS, MOST_WINNERS

TITLE_LENGTH: Final = 100
PRIZE_LENGTH: Final = 100
PROMPT_LENGTH: Final = 500
BIG_WORDS_LENGTH: Final = 60
EXPLANATION_LENGTH: Final = 300
OPTION_LENGTH: Final = 80
HINT_LENGTH: Final = 200
MOST_ACCEPTED: Final = 20
SHORTEST_OPEN: Final = 60
LONGEST_OPEN: Final = 30 * 86_400
MOST_CLAIM_DAYS: Final = 60

_DURATION_HINT = "Tulis misalnya 30 menit, 2 jam, atau 1 hari."
_UNITS: Final = {"menit": 60, "mnt": 60, "m": 60, "jam": 3_600, "j": 3_600, "hari": 86_400, "h": 86_400}
_PART = re.compile(r"(\d{1,4})\s*(menit|mnt|m|jam|j|hari|h)\b", re.ASCII)
_MONEY_WORDS = re.compile(r"go-?pay|ovo|\bdana\b|shopee-?pay|saldo|uang|tunai|transfer|\brp\b|rupiah|e-?wallet", re.I)
_AMOUNT = re.compile(r"(?:rp\.?\s*)?\d[\d.,]*(?:\s*(?:rb|ribu|k|jt|juta)\b)?(?:,-)?", re.I)
_HINT_LINE = re.compile(r"(?P<after>[^|:]{1,30})[|:]\s*(?P<text>.+)", re.S)


@dataclass(frozen=True)
class TermsForm:
    """The first form of a quiz, as typed."""

    title: str
    way: str | None
    winners: str
    prize: str
    duration: str


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


def read_terms(form: TermsForm) -> Terms:
    """The first form. Raises FormRefused."""
    problems = Problems()
    title = problems.read(lambda: _filled(one_line(form.title), "Judul", TITLE_LENGTH), "")
    winners = problems.read(lambda: _between(form.winners, 1, MOST_WINNERS), 1, "Jumlah pemenang")
    prize = problems.read(lambda: read_prize(form.prize), None, "Hadiah")
    seconds = problems.read(lambda: read_open_for(form.duration), 0, "Lama kuis")
    way = Way.DRAWN if form.way == Way.DRAWN else Way.FASTEST
    problems.settle()
    return Terms(title, way, winners, prize, seconds)


def read_prize(text: str) -> QuizPrize | None:
    """`GoPay 25.000` is money, `Voucher 100.000` and `Kaos TSC` are goods; None for a blank (points only).

    Money needs both: an amount of a thousand rupiah or more, and a word that says so (an e-wallet, Rp, saldo, uang);
    or nothing but an amount.
    """
    text = one_line(text)
    if not text:
        return None
    if len(text) > PRIZE_LENGTH:
        raise DomainError(f"terlalu panjang, paling banyak {PRIZE_LENGTH} huruf.")
    found = _AMOUNT.findall(text)
    if len(found) == 1 and (_MONEY_WORDS.search(text) or found[0].strip() == text):
        try:
            amount = parse_rupiah(found[0])
        except Unreadable:
            amount = None
        if amount and amount >= 1_000:
            return QuizPrize(text, amount)
    return QuizPrize(text)


def read_duration(text: str) -> int:
    """Seconds from `30 menit`, `2 jam`, `1 hari`, `1 jam 30 menit`."""
    plain = " ".join(text.lower().replace(",", " ").replace(" dan ", " ").split())
    parts = _PART.findall(plain)
    if not parts or _PART.sub("", plain).strip():
        raise DomainError(f"{quote(text)} tidak terbaca. {_DURATION_HINT}")
    return sum(int(number) * _UNITS[unit] for number, unit in parts)


def write_duration(seconds: int) -> str:
    """`1 jam 30 menit`: what `read_duration` reads back; seconds under a minute are left out."""
    parts: list[str] = []
    for name in ("hari", "jam", "menit"):
        number, seconds = divmod(seconds, _UNITS[name])
        if number:
            parts.append(f"{number} {name}")
    return " ".join(parts) or "0 menit"


def read_open_for(text: str) -> int:
    """How long a quiz is open, in seconds: one minute to 30 days."""
    seconds = read_duration(text)
    if not SHORTEST_OPEN <= seconds <= LONGEST_OPEN:
        raise DomainError(f"paling sebentar 1 menit, paling lama 30 hari. {_DURATION_HINT}")
    return seconds


def read_conditions(form: ConditionsForm, open_seconds: int) -> tuple[Conditions, tuple[HintSpec, ...]]:
    """The finer rules and the hints. Raises FormRefused."""
    problems = Problems()
    close_after = problems.read(
        lambda: _between(form.close_after, 1, 100_000) if form.close_after else None, None, "Tutup setelah benar"
    )
    days = problems.read(
        lambda: _between(form.claim_days, 1, MOST_CLAIM_DAYS) if form.claim_days else Conditions().claim_days,
        Conditions().claim_days,
        "Batas ambil hadiah",
    )
    hints: list[HintSpec] = []
    lines = _lines(form.hints)
    if len(lines) > MOST_HINTS:
        problems.sentences.append(f"Petunjuk: paling banyak {MOST_HINTS}, satu per baris.")
    for number, line in enumerate(lines[:MOST_HINTS], start=1):
        hint = problems.read(_reader(line, open_seconds), None, f"Petunjuk {number}")
        if hint is not None:
            hints.append(hint)
    problems.settle()
    conditions = Conditions(form.changeable == "yes", form.audience == "creators", close_after, days)
    return conditions, tuple(sorted(hints, key=lambda one: one.after_seconds))


def _reader(line: str, open_seconds: int) -> Callable[[], HintSpec | None]:
    return lambda: read_hint(line, open_seconds)


def read_hint(line: str, open_seconds: int) -> HintSpec:
    """`10 menit: Huruf depannya B`; a bare number is minutes. It must appear while the quiz is open."""
    match = _HINT_LINE.fullmatch(line)
    if match is None:
        raise DomainError(f"{quote(line)} tidak terbaca. Tulis misalnya 10 menit: Huruf depannya B.")
    after = match["after"].strip()
    seconds = int(after) * 60 if after.isascii() and after.isdigit() else read_duration(after)
    if not 0 < seconds < open_seconds:
        raise DomainError(f"harus muncul sebelum kuis ditutup ({write_duration(open_seconds)} setelah tayang).")
    return HintSpec(seconds, _filled(one_line(match["text"]), "Isi petunjuk", HINT_LENGTH))


def write_hint(hint: HintSpec) -> str:
    """What `read_hint` reads back."""
    return f"{write_duration(hint.after_seconds)}: {hint.text}"


def read_open(form: OpenForm, kind: QuestionKind, image_file_id: int | None = None) -> Question:
    """An open or picture question. Raises FormRefused."""
    problems = Problems()
    prompt, big_words, explanation = _texts(problems, form.prompt, form.big_words, form.explanation)
    accepted: list[str] = []
    for line in _lines(form.accepted):
        if len(line) > LONGEST:
            problems.sentences.append(f"Jawaban {quote(line)} terlalu panjang, paling banyak {LONGEST} huruf.")
        elif not same_answer(line, line):
            problems.sentences.append(f"Jawaban {quote(line)} tidak berisi huruf, angka, atau emoji.")
        elif line not in accepted:
            accepted.append(line)
    if len(accepted) > MOST_ACCEPTED:
        problems.sentences.append(f"Jawaban yang diterima paling banyak {MOST_ACCEPTED}.")
    problems.settle()
    return Question(kind, prompt, big_words, tuple(accepted), explanation=explanation, image_file_id=image_file_id)


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
    right = problems.read(lambda: _right_option(form.right, len(options)), 0, "Jawaban benar")
    problems.settle()
    return Question(
        QuestionKind.CHOICE, prompt, big_words, options=options, right_option=right, explanation=explanation
    )


def letter(option: int) -> str:
    """`A` for the first option (0)."""
    return chr(ord("A") + option)


def _right_option(text: str, number: int) -> int:
    typed = text.strip().rstrip(".").upper()
    chosen = int(typed) - 1 if typed.isascii() and typed.isdigit() else ord(typed) - ord("A") if len(typed) == 1 else -1
    if not 0 <= chosen < number:
        raise DomainError(f"{quote(text)} bukan salah satu pilihan. Tulis hurufnya, misalnya A.")
    return chosen


def _unnumbered(line: str) -> str:
    return re.sub(r"^(?:[A-Ea-e]|[1-5])[.)]\s+", "", line)


def _texts(problems: Problems, prompt: str, big_words: str, explanation: str) -> tuple[str, str, str]:
    return (
        problems.read(lambda: _filled(tidy(prompt), "Soal", PROMPT_LENGTH), ""),
        problems.read(lambda: _short(one_line(big_words), "Kata besar", BIG_WORDS_LENGTH), ""),
        problems.read(lambda: _short(tidy(explanation), "Penjelasan", EXPLANATION_LENGTH), ""),
    )


def _lines(text: str) -> list[str]:
    return [line for line in (one_line(line) for line in text.splitlines()) if line]


def _filled(text: str, name: str, limit: int) -> str:
    if not text:
        raise DomainError(f"{name} belum diisi.")
    return _short(text, name, limit)


def _short(text: str, name: str, limit: int) -> str:
    if len(text) > limit:
        raise DomainError(f"{name} terlalu panjang, paling banyak {limit} huruf.")
    return text


def _between(text: str, low: int, high: int) -> int:
    number = parse_count(text, whole=True)
    if number is None or not low <= number <= high:
        raise DomainError(f"{quote(text)} tidak bisa dipakai. Isi angka {low} sampai {high}.")
    return number
