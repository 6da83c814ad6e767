"""Figures as cards show them: the house's Indonesian formats, and a dash for what is not known."""

from decimal import Decimal
from typing import Final

from bot.platform.indonesian import format_count, format_number, format_percent

UNKNOWN: Final = "–"


def whole(number: int | Decimal | None) -> str:
    """`54.700`: every digit."""
    return UNKNOWN if number is None else format_number(number)


def short(number: int | Decimal | None) -> str:
    """`54,7 rb`: for glancing at."""
    return UNKNOWN if number is None else format_count(number)


def percent(ratio: Decimal | None) -> str:
    """`4,21%` from the ratio 0.0421; fewer decimals from 10 % and from 100 % on, where they only take room."""
    if ratio is None:
        return UNKNOWN
    return format_percent(ratio, 2 if abs(ratio) < Decimal("0.1") else 1 if abs(ratio) < 1 else 0)
