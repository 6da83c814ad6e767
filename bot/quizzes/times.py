"""Times of a quiz as staff type them: when it closes, how questions come, when hints appear."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from bot.platform.clock import JAKARTA
from bot.platform.deadlines import read_deadline, write_deadline
from bot.platform.durations import read_duration, write_duration
from bot.platform.errors import DomainError
from bot.platform.indonesian import Unreadable
from bot.platform.problems import Problems
from bot.platform.text import filled, one_line, quote
from bot.quizzes.models import HintSpec, Pacing, Terms
from bot.quizzes.rules import LONGEST_OPEN, MOST_HINTS, SHORTEST_OPEN

HINT_LENGTH: Final = 200
SHORTEST_QUESTION: Final = 15
LONGEST_QUESTION: Final = 86_400
PAUSES: Final = (5, 15, 30, 60, 300)
_LENGTH = re.compile(r"\d\s*(?:detik|dtk|menit|mnt|jam|hari|minggu|pekan|[mjh])\b")
_CLOCK = re.compile(r"(?:(?:jam|pukul|pk|pkl)\.?\s*)?(?P<hour>\d{1,2})[.:](?P<minute>\d{2})(?:\s*wib)?", re.ASCII)
_CLOSING_HINT = "Tulis lamanya (30 menit, 2 jam, 1 hari) atau waktunya (20.00, besok 18.00, 3/4 18.00)."
_HINT_LINE = re.compile(r"(?P<after>[^|:]{1,30})[|:]\s*(?P<text>.+)", re.S)


@dataclass(frozen=True)
class SessionForm:
    """How questions come, as typed and chosen."""

    pace: str | None
    each: str
    pause: str | None


@dataclass(frozen=True)
class ClosingForm:
    """What may change once people have answered: the end, and the hints that are still to come."""

    closing: str
    hints: str


def read_closing(text: str, now: datetime, kept: int | None = None) -> tuple[int, int | None]:
    """When a quiz closes: seconds after it is posted (`2 jam`), or the instant that a clock or a date names.

    `20.00` or `jam 20.00` is the next time the clock shows it, `3/4` the end of that day (WIB). An instant comes with
    the seconds until then. One minute to 30 days either way. `kept` is an instant that may stay though it has passed.
    """
    plain = " ".join(text.lower().split())
    clock = _CLOCK.fullmatch(plain)
    until: int | None = None
    if clock is not None:
        until = _next_time(int(clock["hour"]), int(clock["minute"]), now)
    else:
        try:
            return read_open_for(plain), None
        except DomainError:
            if _LENGTH.search(plain):
                raise
        try:
            until = read_deadline(text, now, kept=kept)
        except Unreadable:
            raise DomainError(f"{quote(text)} tidak terbaca. {_CLOSING_HINT}") from None
    seconds = until - int(now.timestamp())
    if until != kept and not SHORTEST_OPEN <= seconds <= LONGEST_OPEN:
        raise DomainError(f"paling cepat 1 menit lagi, paling lama 30 hari lagi. {_CLOSING_HINT}")
    return max(seconds, SHORTEST_OPEN), until


def write_closing(terms: Terms) -> str:
    """What `read_closing` reads back."""
    return write_deadline(terms.until) if terms.until is not None else write_duration(terms.open_seconds)


def _next_time(hour: int, minute: int, now: datetime) -> int:
    if hour > 23 or minute > 59:
        raise DomainError(f"jam {hour:02}.{minute:02} tidak ada. {_CLOSING_HINT}")
    local = now.astimezone(JAKARTA)
    found = datetime.combine(local.date(), time(hour, minute), JAKARTA)
    return int((found if found > local else found + timedelta(days=1)).timestamp())


def read_open_for(text: str) -> int:
    """How long a quiz is open, in seconds: one minute to 30 days."""
    seconds = read_duration(text)
    if not SHORTEST_OPEN <= seconds <= LONGEST_OPEN:
        raise DomainError(f"paling sebentar 1 menit, paling lama 30 hari. {_CLOSING_HINT}")
    return seconds


def read_session(form: SessionForm) -> Pacing:
    """All questions at once, or one after another. Raises FormRefused."""
    if form.pace != "in_turn":
        return Pacing()
    problems = Problems()
    seconds = problems.read(lambda: _each(form.each), SHORTEST_QUESTION, "Lama tiap soal")
    problems.settle()
    pause = next((one for one in PAUSES if str(one) == form.pause), Pacing().pause_seconds)
    return Pacing(seconds, pause)


def _each(text: str) -> int:
    seconds = read_duration(text)
    if not SHORTEST_QUESTION <= seconds <= LONGEST_QUESTION:
        raise DomainError(f"paling sebentar {SHORTEST_QUESTION} detik, paling lama 1 hari. Tulis misalnya 1 menit.")
    return seconds


def read_hints(text: str, lasts: int, elapsed: int = 0, shown: int = 0) -> tuple[HintSpec, ...]:
    """Hints, one a line: after `elapsed` seconds and before the quiz has lasted `lasts`.

    `shown` of them have appeared before. Raises FormRefused.
    """
    problems = Problems()
    hints: list[HintSpec] = []
    lines = [line for line in map(one_line, text.splitlines()) if line]
    if len(lines) + shown > MOST_HINTS:
        problems.sentences.append(f"Petunjuk: paling banyak {MOST_HINTS} dalam satu kuis, satu per baris.")
    for number, line in enumerate(lines[:MOST_HINTS], start=1 + shown):
        hint = problems.read(_reader(line, lasts, elapsed), None, f"Petunjuk {number}")
        if hint is not None:
            hints.append(hint)
    problems.settle()
    return tuple(sorted(hints, key=lambda one: one.after_seconds))


def _reader(line: str, lasts: int, elapsed: int) -> Callable[[], HintSpec | None]:
    return lambda: read_hint(line, lasts, elapsed)


def read_hint(line: str, lasts: int, elapsed: int = 0) -> HintSpec:
    """`10 menit: Huruf depannya B`; a bare number is minutes. It must appear while the quiz is open."""
    match = _HINT_LINE.fullmatch(line)
    if match is None:
        raise DomainError(f"{quote(line)} tidak terbaca. Tulis misalnya 10 menit: Huruf depannya B.")
    after = match["after"].strip()
    seconds = int(after) * 60 if after.isascii() and after.isdigit() else read_duration(after)
    if not 0 < seconds < lasts:
        raise DomainError(f"harus muncul sebelum kuis ditutup ({write_duration(lasts)} setelah tayang).")
    if seconds <= elapsed:
        raise DomainError(f"waktunya sudah lewat: kuis tayang {write_duration(elapsed)} yang lalu.")
    return HintSpec(seconds, filled(one_line(match["text"]), "Isi petunjuk", HINT_LENGTH))


def write_hint(hint: HintSpec) -> str:
    """What `read_hint` reads back."""
    return f"{write_duration(hint.after_seconds)}: {hint.text}"
