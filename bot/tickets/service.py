"""Use cases of tickets: reading, and what creators and incidents do. Staff's are in desk.py."""

from collections.abc import Sequence

from bot.platform import audit
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.database import Database, Reads, UnitOfWork
from bot.platform.errors import NotFound
from bot.platform.messages import Message
from bot.platform.text import tidy
from bot.tickets import entry_store, messages, rules, store, wording
from bot.tickets.flow import TicketFlow
from bot.tickets.masking import mask
from bot.tickets.models import (
    BOT,
    OPEN_STATES,
    Author,
    Entry,
    EntryKind,
    QuestionAnswer,
    Speaker,
    Stage,
    Ticket,
    TicketState,
)
from bot.tickets.opening import OpenIncident, TicketOpening
from bot.tickets.rules import QueueFilter

ALL_OPEN = QueueFilter()


class TicketService:
    """The door to tickets."""

    def __init__(self, database: Database, clock: Clock, flow: TicketFlow, opening: TicketOpening) -> None:
        self._database = database
        self._clock = clock
        self._flow = flow
        self._notices = flow.notices
        self.opening = opening

    async def get(self, ticket_id: int, reads: Reads | None = None) -> Ticket:
        """One ticket. Raises NotFound."""
        return await self._flow.get(reads or self._database.read, ticket_id)

    async def own(self, creator_id: int, ticket_id: int) -> Ticket:
        """A creator's own ticket. Raises NotFound for others', as if they were not there."""
        ticket = await self.get(ticket_id)
        if ticket.creator_id != creator_id:
            raise NotFound("Tiket ini tidak ada di daftarmu. Lihat tiketmu dengan /tiket saya.")
        return ticket

    async def entries(self, ticket_id: int, reads: Reads | None = None) -> list[Entry]:
        """Everything said and done in a ticket, oldest first, internal entries among it."""
        return await entry_store.of_ticket(reads or self._database.read, ticket_id)

    async def mine(self, creator_id: int, *, limit: int = 10, offset: int = 0) -> tuple[list[Ticket], int]:
        """A creator's tickets, open ones first, and how many there are in all."""
        reads = self._database.read
        return (
            await store.of_creator(reads, creator_id, limit=limit, offset=offset),
            await store.count_of_creator(reads, creator_id),
        )

    async def queue(
        self,
        wanted: QueueFilter = ALL_OPEN,
        limit: int = 10,
        offset: int = 0,
    ) -> tuple[list[Ticket], int]:
        """Open tickets, what breaches first at the top, and how many there are in all."""
        reads = self._database.read
        return (
            await store.queue(reads, wanted, limit=limit, offset=offset),
            await store.count_queue(reads, wanted),
        )

    async def suggest(self, part: str, states: Sequence[TicketState] = tuple(OPEN_STATES)) -> list[Ticket]:
        """Up to 25 tickets for autocomplete, by number, creator or summary."""
        return await store.numbered(self._database.read, part.strip().removeprefix("#"), states, 25)

    async def chosen(self, text: str) -> Ticket:
        """The ticket staff mean: `#12` as autocomplete fills in, or `12`. Raises NotFound."""
        number = text.strip().removeprefix("#")
        if not number.isdecimal() or len(number) > 15:
            raise NotFound("Tulis nomor tiketnya, misalnya #12, atau pilih dari daftar yang muncul.")
        return await self.get(int(number))

    async def card(self, ticket_id: int) -> Message:
        """A ticket as staff see it in IT's channel. Raises NotFound."""
        return messages.desk_card(await self.get(ticket_id))

    async def thread_url(self, ticket: Ticket) -> str | None:
        """Where its thread is; None until Discord has it, and after it was deleted."""
        return await self._notices.thread_url(ticket)

    async def post_panel(self, actor: Actor, panel: Message) -> int:
        """Post the buttons by which tickets are opened; returns the channel. Raises DomainError."""
        channel_id = self._notices.check_ready()
        async with self._database.unit() as tx:
            await self._notices.post_panel(tx, panel)
            now = self._clock.timestamp()
            await audit.record(tx, actor, "ticket.panel_posted", ("channel", channel_id), at=now)
        return channel_id

    async def open(
        self, actor: Actor, name: str, stage: Stage, answers: Sequence[QuestionAnswer], file_ids: Sequence[int] = ()
    ) -> Ticket:
        """Open a ticket. `file_ids`: kept uploads (see opening.keep_files). Raises DomainError."""
        async with self._database.unit() as tx:
            return await self.opening.open(tx, actor, name, stage, answers, file_ids, self._join)

    async def send_pending(self, actor: Actor, name: str, stage: Stage) -> Ticket:
        """Open the ticket whose form waited while known answers were read. Raises DomainError."""
        return await self.opening.send_pending(actor, name, stage, self._join)

    async def closable(self, actor: Actor, ticket_id: int) -> Ticket:
        """A ticket that this person may close now. Raises DomainError."""
        ticket = await self.get(ticket_id)
        rules.check_creator(ticket, actor.id)
        rules.move(ticket, TicketState.CLOSED)
        return ticket

    async def close_own(self, actor: Actor, name: str, ticket_id: int) -> Ticket:
        """Its creator needs no more. Raises DomainError."""
        async with self._database.unit() as tx:
            ticket = await self.get(ticket_id, tx)
            rules.check_creator(ticket, actor.id)
            after = await self._flow.close(tx, ticket, Speaker(Author.CREATOR, actor.id, name), wording.BY_CREATOR)
            await self._flow.audit(tx, actor, "closed", after)
        return after

    async def reopen(self, actor: Actor, ticket_id: int, by: Speaker) -> Ticket:
        """By its creator, or by staff (their side says so). Raises DomainError."""
        async with self._database.unit() as tx:
            ticket = await self.get(ticket_id, tx)
            if by.side is Author.CREATOR:
                rules.check_creator(ticket, actor.id)
            after = await self._flow.reopen(tx, ticket, by)
            await self._flow.audit(tx, actor, "reopened", after)
        return after

    async def rateable(self, actor: Actor, ticket_id: int, stars: int) -> Ticket:
        """A ticket that this person may rate now. Raises DomainError."""
        ticket = await self.get(ticket_id)
        rules.check_creator(ticket, actor.id)
        rules.check_rating(ticket, stars)
        return ticket

    async def rate(self, actor: Actor, name: str, ticket_id: int, stars: int, comment: str) -> Ticket:
        """What the creator thought of the answer, once. Raises DomainError."""
        words = mask(tidy(comment)).text
        async with self._database.unit() as tx:
            ticket = await self.get(ticket_id, tx)
            rules.check_creator(ticket, actor.id)
            rules.check_rating(ticket, stars)
            await store.rate(tx, ticket.id, stars, words or None)
            return await self._flow.settled(
                tx,
                ticket,
                EntryKind.RATED,
                Speaker(Author.CREATOR, actor.id, name),
                f"{stars} dari 5" + (f": {words}" if words else ""),
            )

    async def resolve(
        self,
        tx: UnitOfWork,
        actor: Actor,
        ticket_id: int,
        conclusion: str,
        cause: str,
        *,
        by: Speaker | None = None,
    ) -> Ticket:
        """Answer a ticket for good. Raises DomainError: FormRefused for too few words or an unknown cause."""
        ticket = await self.get(ticket_id, tx)
        rules.move(ticket, TicketState.RESOLVED)
        words = tidy(conclusion)
        rules.check_conclusion(words, cause)
        by = by or Speaker(Author.STAFF, actor.id)
        after = await self._flow.resolve(tx, ticket, by, mask(words).text, cause)
        await self._flow.audit(tx, actor, "resolved", after, cause=cause)
        return after

    async def say(
        self,
        tx: UnitOfWork,
        ticket: Ticket,
        text: str,
        *,
        kind: EntryKind,
        author: Speaker,
        dedupe_key: str | None = None,
    ) -> Ticket:
        """An entry, and its text in the thread. By staff or IT it is an answer; the state stays."""
        words = mask(tidy(text)).text
        if author.side in (Author.STAFF, Author.IT):
            await store.staff_spoke(tx, ticket.id, self._clock.timestamp())
        after = await self._flow.settled(tx, ticket, kind, author, words)
        await self._flow.answered(tx, ticket, author, words, dedupe_key)
        return after

    async def join_incident(
        self, tx: UnitOfWork, ticket_id: int, incident_id: int, told: str = "", *, calls: bool = True
    ) -> Ticket:
        """A ticket belongs to an incident from now on; `told` is said in its thread. Joining twice changes nothing.

        `calls`: its creator is pinged.
        """
        ticket = await self.get(ticket_id, tx)
        if ticket.incident_id == incident_id:
            return ticket
        rules.check_workable(ticket)
        await store.join_incident(tx, ticket.id, incident_id)
        after = await self._flow.settled(
            tx, ticket, EntryKind.INCIDENT_JOINED, BOT, told or f"Bagian dari gangguan #{incident_id}."
        )
        if told and calls:
            await self._flow.answered(tx, ticket, BOT, told)
        elif told:
            await self._notices.say(tx, after, wording.spoken(BOT, told))
        return after

    async def _join(self, tx: UnitOfWork, ticket: Ticket, incident: OpenIncident) -> Ticket:
        told = f"Ini bagian dari gangguan yang sedang ditangani: **{incident.title}**. {incident.message}"
        # Whoever just sent the form is reading anyway.
        return await self.join_incident(tx, ticket.id, incident.id, told, calls=False)
