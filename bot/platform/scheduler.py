"""Everything that happens by itself at a time. Tables are the truth; one alarm is set for the earliest due row.

A due row's handler runs in the same unit of work that marks the row done: either all of its effects are in the store,
messages to send among them, or it is still waiting. APScheduler's cron triggers compute when recurring jobs come next.
"""

# APScheduler has no type annotations.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import structlog
from apscheduler.triggers.cron import CronTrigger

from bot.platform import metrics, scheduler_store
from bot.platform.clock import JAKARTA, Clock
from bot.platform.database import Database, UnitOfWork
from bot.platform.errors import DomainError
from bot.platform.scheduler_store import DueItem

Handler = Callable[[UnitOfWork, DueItem], Awaitable[None]]
Job = Callable[[UnitOfWork], Awaitable[None]]

RETRY_SECONDS = 60
MOST_ATTEMPTS = 5

_log = structlog.get_logger(__name__)


class Scheduler:
    """Areas register handlers by kind, put rows with `at`, and take them back with `cancel`."""

    def __init__(self, database: Database, clock: Clock, *, max_sleep_seconds: int = 30) -> None:
        self._database = database
        self._clock = clock
        self._max_sleep = max_sleep_seconds
        self._handlers: dict[str, Handler] = {}
        self._jobs: dict[str, tuple[CronTrigger, Job]] = {}
        self._running: asyncio.Task[None] | None = None
        self._alarm: asyncio.TimerHandle | None = None
        self._started = False
        self._again = False

    def handles(self, kind: str, handler: Handler) -> None:
        """`handler` is called for each due row of `kind`."""
        self._handlers[kind] = handler

    def recurs(self, name: str, cron: str, job: Job) -> None:
        """`job` runs by the crontab `cron`, read in Asia/Jakarta. Missed runs happen once, late.

        Name weekdays (`fri`): APScheduler counts them from Monday, crontab from Sunday.
        """
        self._jobs[name] = (CronTrigger.from_crontab(cron, timezone=JAKARTA), job)

    async def at(self, tx: UnitOfWork, kind: str, subject_id: int, due_at: int) -> None:
        """Something of `kind` falls due for a subject at an instant; asking twice is the same as once."""
        await scheduler_store.insert(tx, kind, subject_id, due_at)
        tx.after_commit(self.wake)

    async def cancel(self, tx: UnitOfWork, kind: str, subject_id: int) -> None:
        """Take back what waits for a subject."""
        await scheduler_store.cancel(tx, kind, subject_id, self._clock.timestamp())

    async def start(self) -> None:
        """Begin; what fell due while the bot was away is handled first."""
        async with self._database.unit() as tx:
            for name, (trigger, _) in self._jobs.items():
                await scheduler_store.ensure_job(tx, name, _next(trigger, self._clock.now()))
        self._started = True
        self.wake()

    def wake(self) -> None:
        """Look at the tables now."""
        if not self._started:
            return
        if self._running is not None:
            self._again = True
            return
        self._running = asyncio.get_running_loop().create_task(self._run_due())

    async def stop(self) -> None:
        """Stop; the handler under way finishes."""
        self._started = False
        if self._alarm is not None:
            self._alarm.cancel()
        if self._running is not None:
            await asyncio.gather(self._running, return_exceptions=True)

    async def _run_due(self) -> None:
        delay = float(RETRY_SECONDS)
        try:
            while self._started:
                self._again = False
                worked = await self._run_jobs() + await self._run_items()
                if not worked and not self._again:
                    delay = await self._delay()
                    break
        except sqlite3.Error as error:
            _log.error("scheduler_store_unavailable", error=type(error).__name__)
        finally:
            self._running = None
            if self._alarm is not None:
                self._alarm.cancel()
            if self._started:
                self._alarm = asyncio.get_running_loop().call_later(0 if self._again else delay, self.wake)

    async def _delay(self) -> float:
        earliest = await scheduler_store.earliest(self._database.read)
        if earliest is None:
            return self._max_sleep
        # Never longer than max_sleep: a timer does not notice when the wall clock is put forward.
        return min(self._max_sleep, max(0.05, earliest - self._clock.now().timestamp()))

    async def _run_items(self) -> int:
        due = await scheduler_store.due(self._database.read, self._clock.timestamp())
        for item in due:
            await self._run_item(item)
        return len(due)

    async def _run_item(self, item: DueItem) -> None:
        handler = self._handlers.get(item.kind)
        try:
            if handler is None:
                raise LookupError(f"no handler for {item.kind}")
            async with self._database.unit() as tx:
                # Claim and effect in one commit: a crash before it leaves the row waiting, after it done.
                if await scheduler_store.claim(tx, item.id, self._clock.timestamp()):
                    await handler(tx, item)
            metrics.DUE_ITEMS.labels(item.kind, "done").inc()
        except sqlite3.OperationalError:
            raise
        except Exception as error:
            _log.exception("due_item_failed", kind=item.kind, item=item.id, error=type(error).__name__)
            metrics.DUE_ITEMS.labels(item.kind, "failed").inc()
            last = item.attempts + 1 >= MOST_ATTEMPTS or isinstance(error, DomainError)
            async with self._database.unit() as tx:
                await scheduler_store.retry(tx, item.id, self._clock.timestamp() + RETRY_SECONDS, give_up=last)

    async def _run_jobs(self) -> int:
        now = self._clock.now()
        due = [
            name
            for name in await scheduler_store.due_jobs(self._database.read, int(now.timestamp()))
            if name in self._jobs
        ]
        for name in due:
            trigger, job = self._jobs[name]
            try:
                async with self._database.unit() as tx:
                    await scheduler_store.advance_job(tx, name, _next(trigger, now))
                    await job(tx)
            except sqlite3.OperationalError:
                raise
            except Exception as error:
                _log.exception("recurring_job_failed", job=name, error=type(error).__name__)
                async with self._database.unit() as tx:
                    await scheduler_store.advance_job(tx, name, _next(trigger, now))
        return len(due)


def _next(trigger: CronTrigger, after: datetime) -> int:
    upcoming = trigger.get_next_fire_time(None, after)
    assert upcoming is not None
    # get_next_fire_time may answer "now"; a job that has just run comes next strictly later.
    if upcoming <= after:
        upcoming = trigger.get_next_fire_time(upcoming, after)
        assert upcoming is not None
    return int(upcoming.astimezone(UTC).timestamp())
