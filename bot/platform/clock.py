"""The only source of now. Instants are UTC; the store keeps whole seconds or milliseconds as integers."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

JAKARTA = ZoneInfo("Asia/Jakarta")


class Clock:
    """Tells the time. `source` must return an aware datetime; tests and the demo pass their own."""

    def __init__(self, source: Callable[[], datetime] | None = None) -> None:
        self._source = source or (lambda: datetime.now(UTC))

    def now(self) -> datetime:
        """The present instant in UTC."""
        return self._source().astimezone(UTC)

    def timestamp(self) -> int:
        """Whole seconds since the epoch, as the store keeps instants."""
        return int(self.now().timestamp())

    def today(self) -> datetime:
        """Now as people in Jakarta read it (WIB, UTC+7)."""
        return self.now().astimezone(JAKARTA)


def local_day(seconds: int) -> date:
    """The day of a stored instant as people in Jakarta read it."""
    return from_timestamp(seconds).astimezone(JAKARTA).date()


def from_timestamp(seconds: int) -> datetime:
    """A stored instant as an aware UTC datetime."""
    return datetime.fromtimestamp(seconds, UTC)
