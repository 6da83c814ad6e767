"""From what staff typed about a creator to values, or a sentence on what to write instead."""

import re
from datetime import datetime, time, timedelta
from typing import Final

from bot.platform.clock import JAKARTA
from bot.platform.errors import DomainError
from bot.platform.indonesian import format_date, parse_date
from bot.platform.text import filled, one_line, quote, tidy

NOTE_LENGTH: Final = 500
REASON_LENGTH: Final = 300
_LONGEST: Final = timedelta(days=10 * 366)
_SPAN: Final = re.compile(r"(?P<count>\d{1,3})\s*(?P<unit>hari|minggu|bulan|tahun)")
_DAYS: Final = {"hari": 1, "minggu": 7, "bulan": 30, "tahun": 365}


def read_note(text: str) -> str:
    """A note. Raises DomainError when blank or too long."""
    return filled(tidy(text), "Catatan", NOTE_LENGTH)


def read_reason(text: str) -> str:
    """Why somebody is put on the blacklist. Raises DomainError when blank or too long."""
    return filled(one_line(text), "Alasan", REASON_LENGTH)


def read_expiry(text: str, now: datetime) -> int | None:
    """When a blacklisting ends: the midnight (WIB) after the day named (`31 Desember 2026`, `31/12`, `3 bulan`).

    None for a blank: until it is lifted. A month is 30 days, a year 365. Raises DomainError (Unreadable).
    """
    typed = one_line(text)
    today = now.astimezone(JAKARTA).date()
    span = _SPAN.fullmatch(typed.lower())
    length = timedelta(days=int(span["count"]) * _DAYS[span["unit"]]) if span else None
    day = parse_date(typed, today=today) if length is None else today + length
    if day is None:
        return None
    if day < today or (span and day == today):
        shown = format_date(day, weekday=False)
        raise DomainError(f"Batas {quote(typed)} ({shown}) sudah lewat. Tulis tanggal nanti, dengan tahunnya.")
    if day - today > _LONGEST:
        raise DomainError(f"Batas {quote(typed)} lebih dari sepuluh tahun lagi. Kosongkan kalau tanpa batas waktu.")
    return int(datetime.combine(day + timedelta(days=1), time(), JAKARTA).timestamp())
