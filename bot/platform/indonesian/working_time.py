"""Working hours on working days: how much of them passed between two instants, and when an amount will be used up."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.platform.clock import JAKARTA, local_day
from bot.platform.indonesian.holidays import WorkingCalendar

# No ticket waits longer; a wrong figure must not make us look for ever.
_MOST_DAYS = 3_660


@dataclass(frozen=True)
class WorkingTime:
    """The same hours on every working day, in WIB. `opens` before `closes`; both whole minutes of one day."""

    calendar: WorkingCalendar
    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError("opens must be before closes")

    def elapsed(self, start: int, end: int) -> int:
        """Working seconds from `start` to `end` (seconds UTC); 0 when `end` is not later."""
        if end <= start:
            return 0
        day, last = local_day(start), local_day(end)
        total = 0
        while day <= last:
            if self.calendar.is_working_day(day):
                opens, closes = self._shift(day)
                total += max(0, min(end, closes) - max(start, opens))
            day += timedelta(days=1)
        return total

    def after(self, start: int, working_seconds: int) -> int:
        """The instant at which `working_seconds` of working time will have passed since `start` (seconds UTC).

        Zero gives the first working instant at or after `start`. Raises ValueError for negative amounts.
        """
        if working_seconds < 0:
            raise ValueError("working_seconds must not be negative")
        day, left = local_day(start), working_seconds
        for _ in range(_MOST_DAYS):
            if self.calendar.is_working_day(day):
                opens, closes = self._shift(day)
                begin = max(start, opens)
                if begin < closes and left <= closes - begin:
                    return begin + left
                left -= max(0, closes - begin)
            day += timedelta(days=1)
        raise ValueError("not used up within ten years")

    def hours_of(self, day: date) -> tuple[int, int] | None:
        """When work begins and ends on a day (seconds UTC), None on a day off."""
        return self._shift(day) if self.calendar.is_working_day(day) else None

    def _shift(self, day: date) -> tuple[int, int]:
        return (
            int(datetime.combine(day, self.opens, JAKARTA).timestamp()),
            int(datetime.combine(day, self.closes, JAKARTA).timestamp()),
        )
