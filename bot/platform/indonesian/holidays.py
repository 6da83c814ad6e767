"""Which days nobody works: weekends, national holidays, cuti bersama.

The package `holidays` (country ID) knows the decrees so far; data/holidays_extra.json adds to it and corrects it.
Lebaran of years without a decree is the package's estimate, and is marked as such.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from holidays import country_holidays

from bot.platform.errors import ConfigurationError

EXTRA = Path(__file__).resolve().parents[3] / "data" / "holidays_extra.json"
SATURDAY = 5
_ESTIMATED = " (perkiraan)"
# Further than any due date: a wrong figure must not make us look for ever.
_MOST_DAYS = 3_660


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day off. `joint`: cuti bersama. `estimated`: no decree has fixed it yet."""

    day: date
    name: str
    joint: bool = False
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class DueDay:
    """A working day counted to, and the holidays on weekdays that were skipped on the way."""

    day: date
    skipped: tuple[Holiday, ...]


@dataclass(frozen=True)
class WorkingCalendar:
    """Working days of Indonesia. `joint_leave_is_off`: cuti bersama counts as a day off."""

    joint_leave_is_off: bool = True
    extra: Mapping[date, Holiday] = field(default_factory=dict[date, Holiday])
    worked: frozenset[date] = frozenset()

    def holiday(self, day: date) -> Holiday | None:
        """The holiday of a day, None for an ordinary one (weekends are not holidays)."""
        if day in self.worked:
            return None
        found = self.extra.get(day) or _year(day.year).get(day)
        return None if found is None or (found.joint and not self.joint_leave_is_off) else found

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday, and no holiday."""
        return day in self.worked or (day.weekday() < SATURDAY and self.holiday(day) is None)

    def working_days_after(self, day: date, count: int) -> DueDay:
        """The `count`-th working day after `day`; counting starts the day after. `count` from 1 to 2,000.

        14 working days after 9 March 2026 is 6 April 2026.
        """
        if not 1 <= count <= 2_000:
            raise ValueError("count must be between 1 and 2000")
        skipped: list[Holiday] = []
        current, left = day, count
        for _ in range(_MOST_DAYS):
            current += timedelta(days=1)
            if self.is_working_day(current):
                left -= 1
                if not left:
                    return DueDay(current, tuple(skipped))
            elif current.weekday() < SATURDAY:
                off = self.holiday(current)
                assert off is not None
                skipped.append(off)
        raise ValueError("no such working day within ten years")


def load(path: Path = EXTRA, *, joint_leave_is_off: bool = True) -> WorkingCalendar:
    """The calendar with the corrections of a file. Raises ConfigurationError naming what can't be read in it."""
    try:
        raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        extra = {
            date.fromisoformat(day): Holiday(date.fromisoformat(day), str(name), joint=key == "cuti_bersama")
            for key in ("libur", "cuti_bersama")
            for day, name in raw.get(key, {}).items()
        }
        worked = frozenset(date.fromisoformat(day) for day in raw.get("masuk", []))
    except (OSError, ValueError, AttributeError) as error:
        raise ConfigurationError(f"{path.name} tidak terbaca: {error}. Tanggal ditulis seperti 2026-03-20.") from None
    return WorkingCalendar(joint_leave_is_off, extra, worked)


@lru_cache(maxsize=32)
def _year(year: int) -> dict[date, Holiday]:
    national = country_holidays("ID", years=year, categories=("public",), language="id")
    joint = country_holidays("ID", years=year, categories=("government",), language="id")
    found = {day: _named(day, name, joint=True) for day, name in joint.items()}
    # A day that is both is a national holiday.
    return found | {day: _named(day, name, joint=False) for day, name in national.items()}


def _named(day: date, name: str, *, joint: bool) -> Holiday:
    return Holiday(day, name.replace(_ESTIMATED, ""), joint=joint, estimated=_ESTIMATED in name)
