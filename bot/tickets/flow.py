"""How a ticket goes from one state to the next: the store, its SLA clock, its silence, its log and what is shown."""

from dataclasses import replace

from bot.platform import audit
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.database import Reads, UnitOfWork
from bot.platform.errors import NotFound
from bot.platform.scheduler import Scheduler
from bot.tickets import messages, rules, store, wording
from bot.tickets.desk_settings import DeskSettings
from bot.tickets.log import TicketLog
from bot.tickets.models import Author, Entry, EntryKind, Speaker, Ticket, TicketState
from bot.tickets.notices import TicketNotices
from bot.tickets.sla_watch import SlaWatch

SILENCE_WARNING = "ticket.silence-warning"
SILENCE_CLOSE = "ticket.silence-close"
RESOLVED_CLOSE = "ticket.resolved-close"


class TicketFlow:
    """The moves, each within the caller's unit of work. Who may make them is checked by the services above."""

    def __init__(
        self,
        clock: Clock,
        scheduler: Scheduler,
        log: TicketLog,
        sla: SlaWatch,
        notices: TicketNotices,
        desk: DeskSettings,
    ) -> None:
        self._clock = clock
        self._scheduler = scheduler
        self.log = log
        self._sla = sla
        self.notices = notices
        self.desk = desk
        log.listens(self._heard)

    async def _heard(self, tx: UnitOfWork, ticket: Ticket, entry: Entry) -> None:
        # The watch itself tells IT and staff; the creator waits longest.
        if entry.kind is EntryKind.SLA_BREACHED and ticket.creator_left_at is None:
            key = f"ticket:breached:{ticket.id}:{entry.id}"
            await self.notices.say(tx, ticket, wording.breached(ticket, entry.text), key)

    async def get(self, reads: Reads, ticket_id: int) -> Ticket:
        """One ticket. Raises NotFound."""
        ticket = await store.get(reads, ticket_id)
        if ticket is None:
            raise NotFound("Tiket ini tidak ada. Lihat tiketmu dengan /tiket saya.")
        return ticket

    async def begin(self, tx: UnitOfWork, ticket: Ticket) -> Ticket:
        """A new ticket: its clock runs from now."""
        await self._sla.started(tx, ticket.id)
        return await self.get(tx, ticket.id)

    async def settled(
        self,
        tx: UnitOfWork,
        before: Ticket,
        kind: EntryKind,
        by: Speaker,
        text: str = "",
        *,
        internal: bool = False,
        discord_message_id: int | None = None,
        external_id: str | None = None,
    ) -> Ticket:
        """Log what was just stored about a ticket that was `before`; run or stop its clock, and redraw it."""
        after = await self.get(tx, before.id)
        moved = after.state is not before.state
        await self._sla.changed(tx, after.id)
        if moved:
            await self.plan(tx, after)
        await self.log.add(
            tx,
            after.id,
            kind,
            by.side,
            author_id=by.id,
            author_name=by.name,
            text=text,
            internal=internal,
            from_state=before.state if moved else None,
            to_state=after.state if moved else None,
            discord_message_id=discord_message_id,
            external_id=external_id,
        )
        after = await self.get(tx, before.id)
        if messages.header(after) != messages.header(before) or messages.desk_card(after) != messages.desk_card(before):
            await self.notices.redraw(tx, after)
        return after

    async def answered(self, tx: UnitOfWork, before: Ticket, by: Speaker, text: str, key: str | None = None) -> None:
        """Say in the thread what staff, IT or the bot answered; `before` is the ticket as it stood until then."""
        ping = before.creator_id if rules.calls_creator(before, self._clock.timestamp()) else None
        await self.notices.say(tx, before, wording.spoken(by, text, ping), key)

    async def take_up(self, tx: UnitOfWork, ticket: Ticket, by: Speaker) -> Ticket:
        """Staff or IT answered: work has begun, and whoever answered has it when nobody had. The store only.

        A ticket that waits for its creator goes on waiting, however much staff add.
        """
        if ticket.assignee_id is None and by.id is not None:
            ticket = await store.assign(tx, ticket.id, by.id)
        if ticket.state is not TicketState.WAITING and rules.may_move(ticket.state, TicketState.IN_PROGRESS):
            ticket = await store.set_state(tx, ticket.id, TicketState.IN_PROGRESS)
        return ticket

    async def resolve(
        self, tx: UnitOfWork, ticket: Ticket, by: Speaker, conclusion: str, cause: str, external_id: str | None = None
    ) -> Ticket:
        """Answered for good. The creator reads the conclusion in the thread and privately."""
        rules.move(ticket, TicketState.RESOLVED)
        now = self._clock.timestamp()
        if by.side is not Author.SYSTEM:
            await store.staff_spoke(tx, ticket.id, now)
        await store.resolve(tx, ticket.id, conclusion, cause, now)
        after = await self.settled(tx, ticket, EntryKind.RESOLVED, by, conclusion, external_id=external_id)
        shown = messages.concluded(after, self.desk.resolved_close_days)
        # Privately it arrives only where DMs are open, so the thread calls as well.
        called = [] if after.creator_left_at else [after.creator_id]
        there = replace(shown, content=f"<@{after.creator_id}>", ping_users=called)
        await self.notices.say(tx, after, there)
        await self.notices.whisper(tx, after, shown, f"ticket:{after.id}:resolved:{now}")
        return after

    async def close(
        self, tx: UnitOfWork, ticket: Ticket, by: Speaker, why: str, external_id: str | None = None
    ) -> Ticket:
        """Nothing more is expected; `why` is a sentence for the thread."""
        rules.move(ticket, TicketState.CLOSED)
        await store.close(tx, ticket.id, self._clock.timestamp())
        after = await self.settled(tx, ticket, EntryKind.CLOSED, by, why, external_id=external_id)
        # Not called for what they did themselves, nor for what the conclusion announced.
        is_news = by.side is not Author.CREATOR and why != wording.AFTER_ANSWER and after.creator_left_at is None
        ping = after.creator_id if is_news else None
        await self.notices.say(tx, after, wording.closed(why, self.desk.reopen_days, ping))
        if is_news:
            url = await self.notices.thread_url(after, tx)
            private = wording.closed_privately(after, why, self.desk.reopen_days, url)
            await self.notices.whisper(tx, after, private, f"ticket:{after.id}:closed:{after.closed_at}")
        await self.notices.shut(tx, after)
        return after

    async def reopen(
        self,
        tx: UnitOfWork,
        ticket: Ticket,
        by: Speaker,
        text: str = "",
        *,
        discord_message_id: int | None = None,
        external_id: str | None = None,
    ) -> Ticket:
        """Back to work; whoever had it, or is on duty, is called."""
        now = self._clock.timestamp()
        rules.check_reopening(ticket, now, self.desk.reopen_days, staff=by.side is not Author.CREATOR)
        await store.reopen(tx, ticket.id)
        after = await self.settled(
            tx,
            ticket,
            EntryKind.REOPENED,
            by,
            text,
            discord_message_id=discord_message_id,
            external_id=external_id,
        )
        await self.notices.unshut(tx, after)
        await self.notices.say(tx, after, wording.REOPENED)
        called = await self.notices.called(tx, after)
        await self.notices.let_in(tx, after, *called.users)
        await self.notices.tell_it(tx, wording.reopened_to_it(after, called.users, called.roles))
        return after

    async def plan(self, tx: UnitOfWork, ticket: Ticket) -> None:
        """What silence will do from now on: warn and close while waiting, close what was answered or left behind."""
        for kind in (SILENCE_WARNING, SILENCE_CLOSE, RESOLVED_CLOSE):
            await self._scheduler.cancel(tx, kind, ticket.id)
        now = self._clock.timestamp()
        if ticket.state is TicketState.CLOSED:
            return
        if ticket.state is TicketState.RESOLVED:
            await self._scheduler.at(tx, RESOLVED_CLOSE, ticket.id, now + self.desk.resolved_close_days * rules.DAY)
        elif ticket.creator_left_at is not None:
            await self._scheduler.at(tx, SILENCE_CLOSE, ticket.id, now + self.desk.silence_close_days * rules.DAY)
        elif ticket.state is TicketState.WAITING:
            await self._scheduler.at(tx, SILENCE_WARNING, ticket.id, now + self.desk.silence_warn_days * rules.DAY)
            await self._scheduler.at(tx, SILENCE_CLOSE, ticket.id, now + self.desk.silence_close_days * rules.DAY)

    async def audit(self, tx: UnitOfWork, actor: Actor, what: str, ticket: Ticket, **details: object) -> None:
        """Record a change by a person; never with what was written."""
        await audit.record(
            tx, actor, f"ticket.{what}", ("ticket", ticket.id), at=self._clock.timestamp(), details=details
        )

    async def add(self, tx: UnitOfWork, ticket: Ticket, kind: EntryKind, by: Speaker, text: str = "") -> Entry | None:
        """An entry among staff, that changes nothing."""
        return await self.log.add(
            tx, ticket.id, kind, by.side, author_id=by.id, author_name=by.name, text=text, internal=True
        )
