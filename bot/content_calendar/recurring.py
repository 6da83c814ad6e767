"""On which days an entry comes again."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum


class Pattern(StrEnum):
    """How often."""

    DAILY = "daily"
    WEEKLY = "weekly"
    BIWEEKLY = "biweekly"
    MONTHLY = "monthly"

    @property
    def label(self) -> str:
        """For people."""
        return {
            Pattern.DAILY: "Setiap hari",
            Pattern.WEEKLY: "Setiap minggu",
            Pattern.BIWEEKLY: "Setiap dua minggu",
            Pattern.MONTHLY: "Setiap bulan",
        }[self]


_STEPS = {Pattern.DAILY: 1, Pattern.WEEKLY: 7, Pattern.BIWEEKLY: 14}


def days(pattern: Pattern, first: date, after: date, until: date) -> Iterator[date]:
    """The days later than `after` up to and including `until`, counted from `first`.

    Monthly keeps the day of the month, or takes the month's last day where it has fewer: 31 January, 28 February,
    31 March.
    """
    if pattern is Pattern.MONTHLY:
        month = first.year * 12 + first.month - 1
        while True:
            year, index = divmod(month, 12)
            day = date(year, index + 1, min(first.day, monthrange(year, index + 1)[1]))
            if day > until:
                return
            if day > after and day >= first:
                yield day
            month += 1
    step = _STEPS[pattern]
    gone = max(0, (after - first).days // step + 1) if after >= first else 0
    day = first + timedelta(days=gone * step)
    while day <= until:
        yield day
        day += timedelta(days=step)
