"""From what staff type to a period, an amount and a note."""

import re
from datetime import date

from bot.acquisition.models import Period
from bot.platform.errors import DomainError
from bot.platform.indonesian import Unreadable, parse_rupiah
from bot.platform.indonesian.months import read_month
from bot.platform.text import one_line, quote

NOTE_LENGTH = 120
_QUARTER = re.compile(r"(?:q|tw|kuartal|triwulan)\s*\.?\s*(?P<number>[1-4])(?:\s*[-/.]?\s*(?P<year>20\d\d))?", re.ASCII)


def read_period(text: str | None, today: date) -> Period:
    """`Q1 2026`, `kuartal 1`, `Januari 2026`, `1/2026`; this quarter for nothing. Raises Unreadable."""
    typed = (text or "").strip().casefold()
    if not typed:
        return Period.quarter_of(today)
    if quarter := _QUARTER.fullmatch(typed):
        year = int(quarter["year"] or today.year)
        return Period(date(year, int(quarter["number"]) * 3 - 2, 1), 3)
    try:
        first = read_month(typed, today)
    except Unreadable:
        first = None
    if first is None or not 2000 <= first.year <= 2100:
        raise Unreadable(f"Periode {quote(text)} tidak terbaca. Tulis misalnya Q1 2026 atau Januari 2026.")
    return Period(first, 1)


def read_amount(text: str) -> int:
    """A budget line in whole rupiah. Raises DomainError."""
    amount = parse_rupiah(text)
    if not amount:
        raise DomainError("Biaya harus lebih dari 0. Tulis misalnya 1,5jt atau 750rb.")
    return amount


def read_note(text: str) -> str:
    """A short note on one line. Raises DomainError."""
    note = one_line(text)
    if len(note) > NOTE_LENGTH:
        raise DomainError(f"Keterangan paling panjang {NOTE_LENGTH} karakter.")
    return note
