"""Numbers, money, dates and phones the way people in Indonesia write and read them.

Readers take what a person typed or a cell held and give the value, None for a blank, or raise `Unreadable` with a
sentence for that person. Writers give text for people.
"""

from bot.platform.indonesian.blanks import Unreadable, is_blank
from bot.platform.indonesian.dates import WEEKDAYS, format_date, names_weekday, parse_date, parse_day
from bot.platform.indonesian.numbers import (
    MAX_COUNT,
    MAX_RATIO,
    MAX_RUPIAH,
    format_count,
    format_number,
    format_percent,
    format_rupiah,
    parse_average,
    parse_count,
    parse_percent,
    parse_rupiah,
)
from bot.platform.indonesian.phones import format_phone, normalise_phone
from bot.platform.indonesian.provinces import PROVINCES, parse_province

__all__ = [
    "MAX_COUNT",
    "MAX_RATIO",
    "MAX_RUPIAH",
    "PROVINCES",
    "WEEKDAYS",
    "Unreadable",
    "format_count",
    "format_date",
    "format_number",
    "format_percent",
    "format_phone",
    "format_rupiah",
    "is_blank",
    "names_weekday",
    "normalise_phone",
    "parse_average",
    "parse_count",
    "parse_date",
    "parse_day",
    "parse_percent",
    "parse_province",
    "parse_rupiah",
]
