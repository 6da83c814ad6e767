"""Dates, day first."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import cast

from babel.dates import format_date as babel_format_date
from babel.dates import get_day_names, get_month_names

from bot.platform.indonesian.blanks import Unreadable, is_blank
from bot.platform.text import quote

_HINT = "Tulis misalnya 9 Maret 2026, 09-03-2026, atau 9/3."
_ISO = re.compile(r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})(?:[t ][0-9:.+z]+)?")
_NUMERIC = re.compile(r"(?P<day>[0-9]{1,2})(?P<sep>[-/.])(?P<month>[0-9]{1,2})(?:(?P=sep)(?P<year>[0-9]{4}|[0-9]{2}))?")
_NAMED = re.compile(r"(?P<day>[0-9]{1,2})[\s\-/]*(?P<month>[a-z]+)\.?,?(?:[\s\-/]*(?P<year>[0-9]{4}|[0-9]{2}))?")
_WEEKDAY = re.compile(r"^(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\s*,?\s*")
_FROM_TODAY = {"hari ini": 0, "besok": 1, "besuk": 1, "esok": 1, "lusa": 2}
_THE_NEXT = re.compile(r"(?:hari\s+)?(?P<name>senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)(?:\s+ini)?")


def _months() -> dict[str, int]:
    names = {"pebruari": 2, "agt": 8, "ags": 8, "agust": 8, "sept": 9, "nopember": 11, "nop": 11}
    for locale in ("id", "en"):
        for width in ("wide", "abbreviated"):
            months = cast(Mapping[int, str], get_month_names(width, locale=locale))
            names |= {name.lower(): number for number, name in months.items()}
    return names


_MONTHS = _months()
_MONTH_NAMES = cast(Mapping[int, str], get_month_names("wide", locale="id"))
_DAY_NAMES = cast(Mapping[int, str], get_day_names("wide", locale="id"))
# Monday is 0, as in `date.weekday`.
WEEKDAYS: Mapping[str, int] = {name.lower(): number for number, name in _DAY_NAMES.items()} | {"jum'at": 4, "ahad": 6}


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
        named = match["month"]
        day, month = int(match["day"]), _MONTHS.get(named, 0) if named.isalpha() else int(named)
        found = _day(day, month, match["year"], today)
        if found:
            return found
        raise Unreadable(f"{_nowhere(day, month, match['year'], value)} {_HINT}")
    raise Unreadable(f"Tanggal {quote(value)} tidak terbaca. {_HINT}")


def parse_day(value: str, *, today: date) -> date | None:
    """A day as somebody types it who plans ahead: as `parse_date`, and `besok`, `lusa`, `hari ini`, `Jumat`.

    The name of a weekday means the next such day, today included. "Jumat depan" may be either of two days and is
    refused. Not for sheets, whose words are older than the day on which they are read.
    """
    text = " ".join(value.lower().replace("’", "'").split())
    if text in _FROM_TODAY:
        return today + timedelta(days=_FROM_TODAY[text])
    if named := _THE_NEXT.fullmatch(text):
        return today + timedelta(days=(WEEKDAYS[named["name"]] - today.weekday()) % 7)
    return parse_date(value, today=today)


def names_weekday(value: str) -> bool:
    """Whether `parse_day` takes it for the next day of that name."""
    return _THE_NEXT.fullmatch(" ".join(value.lower().replace("’", "'").split())) is not None


def format_date(day: date, *, weekday: bool = True) -> str:
    """`Senin, 9 Maret 2026`, or `9 Maret 2026` without the weekday."""
    return babel_format_date(day, "EEEE, d MMMM y" if weekday else "d MMMM y", locale="id_ID")


def _day(day: int, month: int, year: str | None, today: date) -> date | None:
    if year is not None:
        return _valid(2000 + int(year) if len(year) == 2 else int(year), month, day)
    nearby = [_valid(year, month, day) for year in (today.year + 1, today.year, today.year - 1)]
    return min((one for one in nearby if one), key=lambda one: abs(one - today), default=None)


def _nowhere(day: int, month: int, year: str | None, value: object) -> str:
    """Which part of a date there is not: `30 Februari tidak ada.`"""
    full = f"20{year}" if year and len(year) == 2 else year
    if full is not None and not 1900 <= int(full) <= 2100:
        return f"Tahun {full} di luar 1900 sampai 2100."
    if not 1 <= month <= 12:
        return f"Tanggal {quote(value)} tidak terbaca: bulannya tidak ada."
    # 2024 has a 29 February: only there does the year decide.
    by_year = full is not None and _valid(2024, month, day) is not None
    if full is None and _valid(2024, month, day) is not None:
        return f"{day} {_MONTH_NAMES[month]} tidak ada tahun ini dan tahun-tahun di dekatnya."
    return f"{day} {_MONTH_NAMES[month]}{f' {full}' if by_year else ''} tidak ada."


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1900 <= year <= 2100 else None
    except ValueError:
        return None
