"""Dates, day first."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import cast

from babel.dates import format_date as babel_format_date
from babel.dates import get_month_names

from bot.platform.indonesian.blanks import Unreadable, is_blank
from bot.platform.text import quote

_HINT = "Tulis misalnya 9 Maret 2026, 09-03-2026, atau 9/3."
_ISO = re.compile(r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})(?:[t ][0-9:.+z]+)?")
_NUMERIC = re.compile(r"(?P<day>[0-9]{1,2})(?P<sep>[-/.])(?P<month>[0-9]{1,2})(?:(?P=sep)(?P<year>[0-9]{4}|[0-9]{2}))?")
_NAMED = re.compile(r"(?P<day>[0-9]{1,2})[\s\-/]*(?P<month>[a-z]+)\.?,?(?:[\s\-/]*(?P<year>[0-9]{4}|[0-9]{2}))?")
_WEEKDAY = re.compile(r"^(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\s*,?\s*")


def _months() -> dict[str, int]:
    names = {"pebruari": 2, "agt": 8, "ags": 8, "agust": 8, "sept": 9, "nopember": 11, "nop": 11}
    for locale in ("id", "en"):
        for width in ("wide", "abbreviated"):
            months = cast(Mapping[int, str], get_month_names(width, locale=locale))
            names |= {name.lower(): number for number, name in months.items()}
    return names


_MONTHS = _months()


def parse_date(value: str | date | datetime | None, *, today: date) -> date | None:
    """A day: ISO, `9/3`, `09-03-2026`, `9 Mar`, `9 Maret 2026`, with or without the weekday. Day first.

    None for a blank. Without a year, the one that puts the day nearest to `today` (in late December `3 Jan` is next
    month, in early January `28 Des` was last month). Two-digit years are 20xx; years outside 1900 to
    2100 are refused. Month names may be English.
    """
    if is_blank(value):
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = _WEEKDAY.sub("", str(value).strip().lower())
    for pattern in (_ISO, _NUMERIC, _NAMED):
        match = pattern.fullmatch(text) if len(text) <= 40 and text.isascii() else None
        if match is None:
            continue
        month = match["month"]
        found = _day(int(match["day"]), _MONTHS.get(month, 0) if month.isalpha() else int(month), match["year"], today)
        if found:
            return found
        break
    raise Unreadable(f"Tanggal {quote(value)} tidak terbaca. {_HINT}")


def format_date(day: date, *, weekday: bool = True) -> str:
    """`Senin, 9 Maret 2026`, or `9 Maret 2026` without the weekday."""
    return babel_format_date(day, "EEEE, d MMMM y" if weekday else "d MMMM y", locale="id_ID")


def _day(day: int, month: int, year: str | None, today: date) -> date | None:
    if year is not None:
        return _valid(2000 + int(year) if len(year) == 2 else int(year), month, day)
    nearby = [_valid(year, month, day) for year in (today.year + 1, today.year, today.year - 1)]
    return min((one for one in nearby if one), key=lambda one: abs(one - today), default=None)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1900 <= year <= 2100 else None
    except ValueError:
        return None
