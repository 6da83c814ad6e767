"""From what staff typed into an event's forms to values, or one sentence a field that is wrong."""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from bot.events.models import EventKind, EventSpec
from bot.platform.deadlines import read_deadline
from bot.platform.errors import DomainError, FormRefused
from bot.platform.indonesian import parse_count
from bot.platform.problems import Problems
from bot.platform.text import filled, one_line, quote, tidy

TITLE_LENGTH = 100
ABOUT_LENGTH = 1_500
PLACE_LENGTH = 200
MOST_SEATS = 1_000
LONGEST_MINUTES = 24 * 60

_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_TIME = re.compile(r"\d[.:]\d{2}\b|\b(?:jam|pukul|pk|pkl)\b|\dt\d", re.IGNORECASE)
_LENGTH = re.compile(
    r"(?:(?P<hours>\d{1,2}(?:[.,]5)?)\s*(?:jam|j))?\s*(?:(?P<minutes>\d{1,4})\s*(?:menit|mnt|m)?)?", re.ASCII
)


@dataclass(frozen=True)
class EventForm:
    """Title, what, time, length and place, as typed."""

    title: str
    about: str
    starts: str
    lasts: str
    place: str


@dataclass(frozen=True)
class DetailsForm:
    """What can change without a new time, as typed."""

    title: str
    about: str
    place: str
    seats: str


def read_event(kind: EventKind, seats: int | None, form: EventForm, now: datetime) -> EventSpec:
    """A new event. Raises FormRefused."""
    problems = Problems()
    title = problems.read(lambda: filled(one_line(form.title), "Judul", TITLE_LENGTH), "")
    about = problems.read(lambda: filled(tidy(form.about), "Tentang acara", ABOUT_LENGTH), "")
    starts_at = problems.read(lambda: read_start(form.starts, now), 0, "Mulai")
    lasts = problems.read(lambda: read_length(form.lasts), 0, "Lama")
    place, link = problems.read(lambda: read_place(form.place), ("", None))
    problems.settle()
    return checked(EventSpec(kind, title, about, starts_at, lasts, place, link, seats))


def read_details(form: DetailsForm, kept: EventSpec) -> EventSpec:
    """Everything but the time, over what was known. Raises FormRefused."""
    problems = Problems()
    title = problems.read(lambda: filled(one_line(form.title), "Judul", TITLE_LENGTH), "")
    about = problems.read(lambda: filled(tidy(form.about), "Tentang acara", ABOUT_LENGTH), "")
    place, link = problems.read(lambda: read_place(form.place), ("", None))
    seats = problems.read(lambda: read_seats(form.seats), None, "Kuota")
    problems.settle()
    return checked(replace(kept, title=title, about=about, place=place, link=link, seats=seats))


def read_time(starts: str, lasts: str, kept: EventSpec, now: datetime) -> EventSpec:
    """A new time over what was known. Raises FormRefused."""
    problems = Problems()
    starts_at = problems.read(lambda: read_start(starts, now), 0, "Mulai")
    seconds = problems.read(lambda: read_length(lasts), 0, "Lama")
    problems.settle()
    return replace(kept, starts_at=starts_at, lasts=seconds)


def checked(spec: EventSpec) -> EventSpec:
    """The same, unless a public text holds a link: people without a place would read it there."""
    if spec.link is not None and (_LINK.search(spec.title) or spec.link in spec.about):
        raise FormRefused(["Tautan acara hanya untuk peserta. Hapus dari judul dan isi, cukup di kolom tempat."])
    return spec


def read_start(text: str, now: datetime) -> int:
    """An instant from `25/3 19.00`; the time is asked for, since nobody starts at the end of a day by default."""
    if text.strip() and not _TIME.search(text):
        raise DomainError(f"jamnya belum ada di {quote(text)}. Tulis misalnya 25/3 19.00 (WIB).")
    return read_deadline(text, now)


def read_length(text: str) -> int:
    """Seconds from `2 jam`, `1,5 jam`, `90 menit`, `1 jam 30 menit`, or minutes as a bare number."""
    match = _LENGTH.fullmatch(" ".join(text.lower().split()))
    minutes = 0.0
    if match is not None:
        minutes = float((match["hours"] or "0").replace(",", ".")) * 60 + int(match["minutes"] or 0)
    if not 0 < minutes <= LONGEST_MINUTES:
        raise DomainError(f"{quote(text)} belum terbaca. Tulis misalnya 2 jam atau 90 menit, paling lama 24 jam.")
    return int(minutes * 60)


def write_length(seconds: int) -> str:
    """`1 jam 30 menit`: what `read_length` reads back."""
    hours, minutes = divmod(seconds // 60, 60)
    return " ".join(part for part in (f"{hours} jam" if hours else "", f"{minutes} menit" if minutes else "") if part)


def read_place(text: str) -> tuple[str, str | None]:
    """A place, and the link of an online event if there is one in it."""
    whole = filled(one_line(text), "Tempat atau tautan", PLACE_LENGTH)
    found = _LINK.findall(whole)
    if not found:
        return whole, None
    if len(found) > 1:
        raise DomainError("Tempat atau tautan: tulis satu tautan saja.")
    place = " ".join(_LINK.sub(" ", whole).split()).strip(" :-·,|()")
    return place or "Online", found[0]


def write_place(spec: EventSpec) -> str:
    """What `read_place` reads back."""
    return f"{spec.place} {spec.link}" if spec.link else spec.place


def read_seats(text: str) -> int | None:
    """1 to 1,000, or nothing where everyone fits."""
    if not text.strip():
        return None
    seats = parse_count(text, whole=True)
    if seats is None or not 1 <= seats <= MOST_SEATS:
        raise DomainError(f"{quote(text)} tidak bisa dipakai. Isi angka 1 sampai 1.000, atau kosongkan.")
    return seats
