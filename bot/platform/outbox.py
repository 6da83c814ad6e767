"""Messages that must reach Discord: a row written with what caused it, delivered after the commit, never doubled.

A row is `pending`, then `sending` (committed before the request leaves), then `sent` or `failed`. A row found `sending`
at start was cut off in doubt: within the nonce window it is sent again under the same nonce, which Discord drops if the
first one arrived; later the channel is searched before it is sent.
"""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import structlog

from bot.platform import metrics, outbox_store
from bot.platform.clock import Clock
from bot.platform.database import Database, UnitOfWork
from bot.platform.messages import Message, to_json
from bot.platform.outbox_store import Row

# Discord documents enforce_nonce only as "the past few minutes"; two are relied on.
NONCE_WINDOW_SECONDS = 120
# 5, 10, 20 ... seconds, never more than ten minutes; a day of trying in all.
FIRST_BACKOFF_SECONDS = 5
LONGEST_BACKOFF_SECONDS = 600
GIVE_UP_AFTER_SECONDS = 86_400
# Lanes served at the same moment.
AT_ONCE = 50
# Seconds a closing bot waits for what is under way; what is cut off then is in doubt like after a crash.
STOP_WITHIN_SECONDS = 5

_log = structlog.get_logger(__name__)


class Kind(StrEnum):
    """What is to be done on Discord."""

    CHANNEL = "channel"  # a message in a channel; target: channel id
    PERSON = "person"  # a DM, or a private thread where DMs are closed; target: user id
    EDIT = "edit"  # redraw a message sent earlier; target: outbox id of that message
    GRANT = "grant"  # give and take roles; target: user id
    SCHEDULE = "schedule"  # an entry in Discord's own list of events, as it should be; target: our event's id


class Undeliverable(Exception):
    """Trying again will not help (403, 404). The text is for staff."""


class TryLater(Exception):
    """A passing fault (429, 5xx, no connection). `after` seconds, when Discord said so."""

    def __init__(self, after: float | None = None) -> None:
        super().__init__("try later")
        self.after = after


@dataclass(frozen=True)
class Delivered:
    """Where a message ended up; zeros for what is not a message."""

    channel_id: int = 0
    message_id: int = 0


class Sender(Protocol):
    """The Discord side. Raises Undeliverable or TryLater."""

    async def deliver(self, row: Row, *, in_doubt_since: int | None) -> Delivered:
        """Carry out one row. `in_doubt_since`: look for an earlier copy from that instant on before sending."""
        ...


class Outbox:
    """Writes rows (`put_*`) and delivers them (`drain`)."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._sender: Sender | None = None
        self._on_failure: Callable[[UnitOfWork, Row, str], Awaitable[None]] | None = None
        self._draining: asyncio.Task[None] | None = None
        # Lanes in which a row is on its way. A slow one (rate limit, large card) holds up no other.
        self._lanes: dict[str, asyncio.Task[None]] = {}
        self._again = False
        self._alarm: asyncio.TimerHandle | None = None

    async def put(
        self, tx: UnitOfWork, kind: Kind, target: int, message: Message | str, *, dedupe_key: str | None = None
    ) -> int | None:
        """Put one row; returns its id, or None when `dedupe_key` was used before (it has been or will be sent)."""
        now = self._clock.timestamp()
        payload = message if isinstance(message, str) else to_json(message)
        lane = f"{kind}:{target}" if kind is not Kind.EDIT else f"edit:{target}"
        row_id = await outbox_store.insert(tx, kind, lane, payload, dedupe_key, now)
        if row_id is not None:
            tx.after_commit(self.wake)
        return row_id

    async def get(self, row_id: int) -> Row | None:
        """One row by its id."""
        return await outbox_store.get(self._database.read, row_id)

    async def find(self, dedupe_key: str) -> Row | None:
        """One row by its dedupe key."""
        return await outbox_store.find(self._database.read, dedupe_key)

    async def knows(self, message_id: int) -> bool:
        """Whether a Discord message is the recorded outcome of some row."""
        return await outbox_store.is_recorded(self._database.read, message_id)

    def start(
        self, sender: Sender, on_failure: Callable[[UnitOfWork, Row, str], Awaitable[None]] | None = None
    ) -> None:
        """Begin delivering; called once the bot is connected."""
        self._sender = sender
        self._on_failure = on_failure
        self.wake()

    def wake(self) -> None:
        """Deliver what is due, now. Cheap, and safe to call at any time."""
        if self._sender is None:
            return
        if self._draining is not None:
            self._again = True
            return
        self._draining = asyncio.get_running_loop().create_task(self._drain_until_empty())

    async def stop(self) -> None:
        """Stop delivering; what is under way finishes or is cut off, the rest stays in the store."""
        self._sender = None
        if self._alarm is not None:
            self._alarm.cancel()
        if self._draining is not None:
            await asyncio.gather(self._draining, return_exceptions=True)
        if self._lanes:
            _, late = await asyncio.wait(list(self._lanes.values()), timeout=STOP_WITHIN_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _drain_until_empty(self) -> None:
        try:
            while self._sender is not None:
                self._again = False
                now = self._clock.timestamp()
                # Asked for before the store is: the head of a lane that ends meanwhile may be read as it was before.
                busy = set(self._lanes)
                heads = await outbox_store.due_heads(self._database.read, now, AT_ONCE + len(busy))
                free = [row for row in heads if row.lane not in busy]
                for row in free[: AT_ONCE - len(self._lanes)]:
                    self._lanes[row.lane] = asyncio.get_running_loop().create_task(self._serve(row))
                if not self._again:
                    await self._set_alarm(now)
                    break
        except sqlite3.Error as error:
            self._try_again_soon(error)
        finally:
            self._draining = None
            if self._again:
                self.wake()

    async def _serve(self, row: Row) -> None:
        try:
            await self._deliver(row)
        except sqlite3.Error as error:
            self._try_again_soon(error)
            return
        finally:
            del self._lanes[row.lane]
        self.wake()

    def _try_again_soon(self, error: sqlite3.Error) -> None:
        # The rows are still there; what was sent and not recorded is "in doubt" and will be looked for.
        _log.error("outbox_store_unavailable", error=type(error).__name__)
        asyncio.get_running_loop().call_later(FIRST_BACKOFF_SECONDS, self.wake)

    async def _set_alarm(self, now: int) -> None:
        # What was due at `now` is on its way or wakes the outbox when a lane is free again.
        waiting, earliest = await outbox_store.waiting(self._database.read, now)
        metrics.OUTBOX_WAITING.set(waiting)
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        if earliest is not None:
            delay = max(0.05, earliest - self._clock.now().timestamp())
            self._alarm = asyncio.get_running_loop().call_later(delay, self.wake)

    async def _deliver(self, row: Row) -> None:
        sender = self._sender
        if sender is None:
            return
        now = self._clock.timestamp()
        in_doubt_since = None
        if row.state == "sending" and row.attempted_at is not None and now - row.attempted_at > NONCE_WINDOW_SECONDS:
            in_doubt_since = row.attempted_at
        if row.state == "pending":
            async with self._database.unit() as tx:
                await outbox_store.mark_sending(tx, row.id, now)
        try:
            delivered = await sender.deliver(row, in_doubt_since=in_doubt_since)
        except TryLater as fault:
            await self._postpone(row, now, fault)
        except Undeliverable as fault:
            await self._give_up(row, str(fault))
        except Exception as error:
            # A defect in one row (a card that can't be drawn) must not stop the lanes behind it.
            _log.exception("outbox_defect", row=row.id, error=type(error).__name__)
            await self._give_up(row, f"cacat program ({type(error).__name__})")
        else:
            metrics.OUTBOX.labels("sent").inc()
            async with self._database.unit() as tx:
                await outbox_store.mark_sent(
                    tx, row.id, delivered.channel_id, delivered.message_id, self._clock.timestamp()
                )

    async def _postpone(self, row: Row, now: int, fault: TryLater) -> None:
        if now - row.created_at > GIVE_UP_AFTER_SECONDS:
            await self._give_up(row, "Discord tidak menjawab selama sehari")
            return
        backoff = min(LONGEST_BACKOFF_SECONDS, FIRST_BACKOFF_SECONDS * 2 ** min(row.attempts, 10))
        delay = int(fault.after) + 1 if fault.after is not None else backoff
        metrics.OUTBOX.labels("postponed").inc()
        async with self._database.unit() as tx:
            await outbox_store.postpone(tx, row.id, now + delay)

    async def _give_up(self, row: Row, reason: str) -> None:
        metrics.OUTBOX.labels("failed").inc()
        _log.warning("outbox_undeliverable", row=row.id, kind=row.kind, reason=reason)
        async with self._database.unit() as tx:
            await outbox_store.mark_failed(tx, row.id, reason, self._clock.timestamp())
            if self._on_failure is not None:
                await self._on_failure(tx, row, reason)
