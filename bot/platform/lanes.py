"""Work that waits in the store in lanes: within a lane one after the other, lanes side by side.

The store is the truth; here is only who is being served now, and one alarm for what falls due next.
"""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import structlog

from bot.platform.clock import Clock

# Seconds until the next look after the store could not be read or written.
STORE_RETRY_SECONDS = 5
# Seconds a closing program waits for what is under way.
STOP_WITHIN_SECONDS = 5

T = TypeVar("T")

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Source(Generic[T]):
    """Where the work is: `heads(now, limit)` gives the first row of each lane that is due, `next_due(now)` when the
    next head falls due that is not yet (None: nothing waits); `serve` carries one out and records it."""

    heads: Callable[[int, int], Awaitable[Sequence[T]]]
    next_due: Callable[[int], Awaitable[int | None]]
    lane: Callable[[T], Hashable]
    serve: Callable[[T], Awaitable[None]]


class Lanes(Generic[T]):
    """Serves at most `at_once` lanes at the same moment. `serve` must leave its row done or due later."""

    def __init__(self, clock: Clock, source: Source[T], *, at_once: int) -> None:
        self._clock = clock
        self._source = source
        self._at_once = at_once
        self._started = False
        self._looking: asyncio.Task[None] | None = None
        self._busy: dict[Hashable, asyncio.Task[None]] = {}
        self._again = False
        self._alarm: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Begin; what is due is served now."""
        self._started = True
        self.wake()

    def wake(self) -> None:
        """Look for work now. Cheap, and safe to call at any time."""
        if not self._started:
            return
        if self._looking is not None:
            self._again = True
            return
        self._looking = asyncio.get_running_loop().create_task(self._look())

    async def stop(self) -> None:
        """Begin nothing more; what is under way finishes or is cut off."""
        self._started = False
        if self._alarm is not None:
            self._alarm.cancel()
        if self._looking is not None:
            await asyncio.gather(self._looking, return_exceptions=True)
        if self._busy:
            _, late = await asyncio.wait(list(self._busy.values()), timeout=STOP_WITHIN_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _look(self) -> None:
        try:
            while self._started:
                self._again = False
                now = self._clock.timestamp()
                # Asked for before the store is: the head of a lane that ends meanwhile may be read as it was before.
                busy = set(self._busy)
                heads = await self._source.heads(now, self._at_once + len(busy))
                free = [row for row in heads if self._source.lane(row) not in busy]
                for row in free[: self._at_once - len(self._busy)]:
                    lane = self._source.lane(row)
                    self._busy[lane] = asyncio.get_running_loop().create_task(self._serve(lane, row))
                if not self._again:
                    self._set_alarm(await self._source.next_due(now))
                    break
        except sqlite3.Error as error:
            self._look_again_soon(error)
        finally:
            self._looking = None
            if self._again:
                self.wake()

    async def _serve(self, lane: Hashable, row: T) -> None:
        try:
            await self._source.serve(row)
        except Exception as error:
            # It was not recorded, so it is still due: not at once, or a defect would turn in circles.
            self._look_again_soon(error)
            return
        finally:
            del self._busy[lane]
        self.wake()

    def _look_again_soon(self, error: Exception) -> None:
        _log.error("lanes_interrupted", error=type(error).__name__, exc_info=error)
        asyncio.get_running_loop().call_later(STORE_RETRY_SECONDS, self.wake)

    def _set_alarm(self, due_at: int | None) -> None:
        # What was due is being served, or wakes the lanes when one is free again.
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        if due_at is not None and self._started:
            delay = max(0.05, due_at - self._clock.now().timestamp())
            self._alarm = asyncio.get_running_loop().call_later(delay, self.wake)
