"""Messages that must reach Discord: a row written with what caused it, delivered after the commit, never doubled.

A row is `pending`, then `sending` (committed before the request leaves), then `sent` or `failed`. A row found `sending`
at start was cut off in doubt: within the nonce window it is sent again under the same nonce, which Discord drops if the
first one arrived; later the channel is searched before it is sent. A row with an expiry is not sent after it: what was
cut off in doubt is looked for, and else it has failed.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import structlog

from bot.platform import metrics, outbox_store
from bot.platform.clock import Clock
from bot.platform.database import Database, UnitOfWork
from bot.platform.lanes import Lanes, Source
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
EXPIRED = "batas waktunya lewat sebelum Discord bisa dihubungi"

_log = structlog.get_logger(__name__)


class Kind(StrEnum):
    """What is to be done on Discord."""

    CHANNEL = "channel"  # a message in a channel; target: channel id
    PERSON = "person"  # a DM, or a private thread where DMs are closed; target: user id
    EDIT = "edit"  # redraw a message sent earlier; target: outbox id of that message
    GRANT = "grant"  # give and take roles; target: user id
    THREAD = "thread"  # make or arrange a private thread; target: its id in kept_thread
    THREAD_MESSAGE = "thread_message"  # a message in such a thread, in its lane
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

    async def find(self, row: Row, since: int) -> Delivered | None:
        """The copy of a row that an attempt cut off at `since` or later may have left; nothing is sent."""
        ...


Failed = Callable[[UnitOfWork, Row, str], Awaitable[bool]]


class Outbox:
    """Writes rows (`put_*`) and delivers them."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._sender: Sender | None = None
        self._on_failure: Callable[[UnitOfWork, Row, str], Awaitable[None]] | None = None
        self._owners: list[Failed] = []
        # A slow lane (rate limit, large card) holds up no other.
        self._lanes = Lanes(
            clock,
            Source(
                heads=lambda now, limit: outbox_store.due_heads(database.read, now, limit),
                next_due=self._next_due,
                lane=lambda row: row.lane,
                serve=self._deliver,
            ),
            at_once=AT_ONCE,
        )

    async def put(
        self,
        tx: UnitOfWork,
        kind: Kind,
        target: int,
        message: Message | str,
        *,
        dedupe_key: str | None = None,
        expires_at: int | None = None,
    ) -> int | None:
        """Put one row; returns its id, or None when `dedupe_key` was used before (it has been or will be sent).

        After `expires_at` (seconds UTC) it is not sent by itself any more: it has failed, and its owner is told.
        """
        now = self._clock.timestamp()
        payload = message if isinstance(message, str) else to_json(message)
        lane = f"{Kind.THREAD if kind is Kind.THREAD_MESSAGE else kind}:{target}"
        row_id = await outbox_store.insert(tx, kind, lane, payload, dedupe_key, now, expires_at)
        if row_id is not None:
            tx.after_commit(self.wake)
        return row_id

    async def expire(self, tx: UnitOfWork, row_id: int, expires_at: int) -> None:
        """Give a row that was put by somebody else an expiry, before it is delivered."""
        await outbox_store.set_expiry(tx, row_id, expires_at)

    async def take_back(self, tx: UnitOfWork, prefix: str) -> None:
        """Don't send what waits under dedupe keys that begin with `prefix` and has not been tried yet."""
        await outbox_store.take_back(tx, prefix, self._clock.timestamp())

    def owns(self, failed: Failed) -> None:
        """`failed(tx, row, reason)` is asked about each row that failed; True when it was its own and is dealt with."""
        self._owners.append(failed)

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
        self._lanes.start()

    def wake(self) -> None:
        """Deliver what is due, now. Cheap, and safe to call at any time."""
        self._lanes.wake()

    async def stop(self) -> None:
        """Stop delivering; what is under way finishes or is cut off, the rest stays in the store."""
        self._sender = None
        await self._lanes.stop()

    async def _next_due(self, now: int) -> int | None:
        waiting, earliest = await outbox_store.waiting(self._database.read, now)
        metrics.OUTBOX_WAITING.set(waiting)
        return earliest

    async def _deliver(self, row: Row) -> None:
        sender = self._sender
        if sender is None:
            return
        now = self._clock.timestamp()
        if row.expires_at is not None and now > row.expires_at:
            await self._let_expire(sender, row, now)
            return
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
            await self._arrived(row, delivered)

    async def _arrived(self, row: Row, delivered: Delivered) -> None:
        metrics.OUTBOX.labels("sent").inc()
        async with self._database.unit() as tx:
            await outbox_store.mark_sent(
                tx, row.id, delivered.channel_id, delivered.message_id, self._clock.timestamp()
            )

    async def _let_expire(self, sender: Sender, row: Row, now: int) -> None:
        """A row whose time is over has failed, unless an attempt that was cut off did arrive."""
        found = None
        if row.attempted_at is not None:
            try:
                found = await sender.find(row, row.attempted_at)
            except TryLater as fault:
                await self._postpone(row, now, fault)
                return
            except Undeliverable:
                pass
        if found is not None:
            await self._arrived(row, found)
        else:
            await self._give_up(row, EXPIRED)

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
            now = self._clock.timestamp()
            await outbox_store.mark_failed(tx, row.id, reason, now)
            await outbox_store.drop_edits(tx, row.id, now)
            for owner in self._owners:
                if await owner(tx, row, reason):
                    return
            if self._on_failure is not None:
                await self._on_failure(tx, row, reason)
