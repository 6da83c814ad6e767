"""Months."""

import re
from datetime import date

from babel.dates import format_date as babel_format_date

from bot.platform.indonesian.blanks import Unreadable
from bot.platform.indonesian.dates import parse_date
from bot.platform.text import quote


def read_month(text: str | None, today: date) -> date:
    """The first day of a month: `Februari 2026`, `2/2026`, `2`; this month for nothing. Raises Unreadable."""
    if not text or not text.strip():
        return today.replace(day=1)
    numbers = re.fullmatch(r"(\d{1,2})(?:\s*[-/.]\s*(\d{4}))?", text.strip(), re.ASCII)
    try:
        if numbers:
            return date(int(numbers[2] or today.year), int(numbers[1]), 1)
        named = text.strip() if re.search(r"\d{4}", text) else f"{text.strip()} {today.year}"
        found = parse_date(f"1 {named}", today=today)
    except (Unreadable, ValueError):
        found = None
    if found is None:
        raise Unreadable(f"Bulan {quote(text)} tidak terbaca. Tulis misalnya Februari 2026 atau 2/2026.")
    return found


def format_month(first: date) -> str:
    """`Februari 2026`."""
    return babel_format_date(first, "MMMM y", locale="id_ID")
