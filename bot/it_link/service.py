"""What happens in tickets goes to IT's own system: a row with the entry itself, sent until it is accepted.

At least once by us, exactly once by the receiver's idempotency key: an answer lost after acceptance is sent again, and
the receiver says it has it. One event of a ticket is under way at a time, so order holds within a ticket.
"""

import random
from collections.abc import Awaitable, Callable

import structlog

from bot.it_link import body, messages, rules, store
from bot.it_link.models import Delivery, Link, Outcome, Overview, Verdict
from bot.it_link.sender import Sender
from bot.platform import audit, metrics
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.database import Database, UnitOfWork
from bot.platform.errors import TooLate
from bot.platform.lanes import Lanes, Source
from bot.platform.messages import Message
from bot.tickets.models import Entry, Ticket

# Tickets served at the same moment: IT's system is one machine.
AT_ONCE = 8
# Staff hear of a link that does not get through, again after so long, and of events that were given up.
TROUBLE_AFTER_SECONDS = 900
TROUBLE_EVERY_SECONDS = 21_600
DEAD_EVERY_SECONDS = 3_600

Tell = Callable[[UnitOfWork, Message, str | None], Awaitable[None]]
Taken = Callable[[UnitOfWork, int], Awaitable[None]]

_log = structlog.get_logger(__name__)


class ItLink:
    """`enqueue` is a listener of the ticket log; `start` begins sending, when an address is set."""

    def __init__(self, database: Database, clock: Clock, link: Link, tell: Tell) -> None:
        self._database = database
        self._clock = clock
        self._link = link
        self._tell = tell
        self._taken: Taken | None = None
        self._sender: Sender | None = None
        self._lanes = Lanes(
            clock,
            Source(
                heads=lambda now, limit: store.due_heads(database.read, now, limit),
                next_due=lambda now: store.next_due(database.read, now),
                lane=lambda delivery: delivery.ticket_id,
                serve=self._serve,
            ),
            at_once=AT_ONCE,
        )

    @property
    def on(self) -> bool:
        """Whether events go out: an address and secrets are set, and can be used."""
        return bool(self._link.url) and not rules.link_problems(self._link.url, self._link.secrets)

    def when_taken(self, taken: Taken) -> None:
        """`taken(tx, ticket_id)` is called whenever IT's system has accepted an event of a ticket."""
        self._taken = taken

    async def enqueue(self, tx: UnitOfWork, ticket: Ticket, entry: Entry) -> None:
        """Send an entry, if it is one for IT; in the unit of work that wrote it."""
        if not self.on or not rules.goes_out(entry):
            return
        event_id, text = body.event_id(entry), body.write(ticket, entry)
        await store.insert(tx, entry.id, ticket.id, event_id, text, self._clock.timestamp())
        tx.after_commit(self.wake)

    def start(self) -> None:
        """Begin sending."""
        if self.on and self._sender is None:
            self._sender = Sender(self._link)
            self._lanes.start()

    def wake(self) -> None:
        """Send what is due, now."""
        self._lanes.wake()

    async def stop(self) -> None:
        """Stop sending; what was not accepted stays in the store."""
        await self._lanes.stop()
        if self._sender is not None:
            await self._sender.close()
            self._sender = None

    async def overview(self) -> Overview:
        """How the link is doing."""
        return await store.overview(self._database.read, on=self.on)

    async def unaccepted(self, *, limit: int, offset: int) -> list[Delivery]:
        """What IT's system does not have, what was given up first."""
        return await store.unaccepted(self._database.read, limit=limit, offset=offset)

    async def resend(self, actor: Actor, *, delivery_id: int | None = None, ticket_id: int | None = None) -> int:
        """Send what was given up again (one, those of a ticket, or all), and what waits at once; returns how many.

        Raises TooLate when there is nothing to send, or the link is off.
        """
        if not self.on:
            raise TooLate("Tautan ke sistem IT belum diatur, jadi belum ada yang bisa dikirim. Minta admin mengisinya.")
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            count = await store.put_back(tx, now, delivery_id=delivery_id, ticket_id=ticket_id)
            if delivery_id is None:
                count = await store.hurry(tx, now, ticket_id)
            if not count:
                raise TooLate("Tidak ada yang perlu dikirim ulang. Mungkin sudah dikirim orang lain; cek /it antrian.")
            await audit.record(tx, actor, "it_link.resent", ("ticket", ticket_id), at=now, details={"events": count})
            tx.after_commit(self.wake)
        return count

    async def _serve(self, delivery: Delivery) -> None:
        sender = self._sender
        if sender is None:
            return
        outcome = await sender.send(delivery, self._clock.timestamp())
        metrics.IT_DELIVERIES.labels(outcome.verdict.value).inc()
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            if outcome.verdict is Verdict.ACCEPTED:
                await store.accepted(tx, delivery.id, now)
                if self._taken is not None:
                    await self._taken(tx, delivery.ticket_id)
            elif outcome.verdict is Verdict.REFUSED or now - delivery.trying_since >= self._link.give_up_seconds:
                await self._give_up(tx, delivery, outcome, now)
            else:
                await self._postpone(tx, delivery, outcome, now)

    async def _postpone(self, tx: UnitOfWork, delivery: Delivery, outcome: Outcome, now: int) -> None:
        # Not for secrets: spreads attempts only.
        delay = max(rules.backoff(delivery.attempts + 1, random.random()), outcome.retry_after)
        await store.postpone(tx, delivery.id, now + delay, outcome.failure)
        if now - delivery.trying_since >= TROUBLE_AFTER_SECONDS:
            key = f"it-link:trouble:{now // TROUBLE_EVERY_SECONDS}"
            await self._tell(tx, messages.trouble(delivery, outcome.failure), key)

    async def _give_up(self, tx: UnitOfWork, delivery: Delivery, outcome: Outcome, now: int) -> None:
        _log.warning("it_delivery_dead", ticket=delivery.ticket_id, delivery=delivery.id, reason=outcome.failure)
        await store.give_up(tx, delivery.id, outcome.failure, now)
        await self._tell(tx, messages.given_up(delivery, outcome.failure), f"it-link:dead:{now // DEAD_EVERY_SECONDS}")
