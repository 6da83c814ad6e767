"""The SLA clock: pure arithmetic over working time.

A ticket's clock runs from when it is opened, stands while the creator is asked for something and after it is resolved,
and runs on when the ticket comes back. What ran before is kept as `used` working seconds; `since` is when it runs now.
"""

from dataclasses import dataclass, replace

from bot.platform.indonesian.working_time import WorkingTime
from bot.tickets.desk_settings import Target


@dataclass(frozen=True, slots=True)
class SlaClock:
    """`used`: working seconds before `since`; `since` (seconds UTC) is None while the clock stands."""

    used: int
    since: int | None

    @classmethod
    def started(cls, now: int) -> "SlaClock":
        """A fresh clock that runs from `now`."""
        return cls(0, now)

    def elapsed(self, now: int, hours: WorkingTime) -> int:
        """Working seconds used up so far; never negative, even when the wall clock was put back."""
        return self.used + (hours.elapsed(self.since, now) if self.since is not None else 0)

    def stopped(self, now: int, hours: WorkingTime) -> "SlaClock":
        """The clock standing from `now` on; one that stands already is unchanged."""
        return self if self.since is None else SlaClock(self.elapsed(now, hours), None)

    def running(self, now: int) -> "SlaClock":
        """The clock running from `now` on; one that runs already is unchanged."""
        return self if self.since is not None else replace(self, since=now)

    def reaches(self, working_seconds: int, hours: WorkingTime) -> int | None:
        """The instant at which `working_seconds` will be used up, None while the clock stands.

        For an amount used up already, the earliest instant is that at which the clock began to run: it is past.
        """
        if self.since is None:
            return None
        return hours.after(self.since, max(0, working_seconds - self.used))


@dataclass(frozen=True, slots=True)
class Due:
    """When the first reply and the solution are due, and when each is to be warned about; seconds UTC.

    None: answered already, or the clock stands.
    """

    response: int | None
    response_warning: int | None
    resolution: int | None
    resolution_warning: int | None


def due(clock: SlaClock, target: Target, hours: WorkingTime, *, answered: bool, warn_at_percent: int) -> Due:
    """Every instant that matters for a ticket, from its clock and its priority's target."""

    def share(working_seconds: int) -> int:
        return working_seconds * warn_at_percent // 100

    return Due(
        None if answered else clock.reaches(target.response, hours),
        None if answered else clock.reaches(share(target.response), hours),
        clock.reaches(target.resolution, hours),
        clock.reaches(share(target.resolution), hours),
    )
