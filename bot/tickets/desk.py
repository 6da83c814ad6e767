"""Use cases of staff and IT: take, hand over, escalate, ask, note, answer, conclude, change priority, merge."""

from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.database import Database, UnitOfWork
from bot.platform.errors import TooLate
from bot.platform.text import tidy
from bot.tickets import entry_store, rules, store, wording
from bot.tickets.flow import TicketFlow
from bot.tickets.masking import mask
from bot.tickets.models import EntryKind, Priority, Speaker, Ticket, TicketState
from bot.tickets.service import TicketService

# People called twice within minutes stop listening.
ESCALATES_AGAIN_AFTER_SECONDS = 1_800


class TicketDesk:
    """Every method is one unit of work, refused when the ticket has moved on. `by` says who, and on whose side."""

    def __init__(self, database: Database, clock: Clock, flow: TicketFlow, tickets: TicketService) -> None:
        self._database = database
        self._clock = clock
        self._flow = flow
        self._notices = flow.notices
        self._tickets = tickets

    async def workable(self, ticket_id: int) -> Ticket:
        """A ticket that staff may work on. Raises DomainError."""
        ticket = await self._tickets.get(ticket_id)
        rules.check_workable(ticket)
        return ticket

    async def claim(self, actor: Actor, ticket_id: int, by: Speaker) -> Ticket:
        """Take an open ticket that nobody has. Raises DomainError."""
        assert actor.id is not None
        async with self._database.unit() as tx:
            ticket = await self._flow.get(tx, ticket_id)
            rules.check_claim(ticket, actor.id)
            await store.assign(tx, ticket.id, actor.id)
            await self._flow.take_up(tx, ticket, by)
            after = await self._flow.settled(tx, ticket, EntryKind.CLAIMED, by)
            await self._notices.let_in(tx, after, actor.id)
            await self._notices.say(tx, after, wording.claimed(by))
            await self._flow.audit(tx, actor, "claimed", after)
        return after

    async def enter(self, actor: Actor, ticket_id: int) -> Ticket:
        """Let somebody of staff into the thread, to read before anything else. Raises DomainError."""
        async with self._database.unit() as tx:
            ticket = await self._flow.get(tx, ticket_id)
            if ticket.kept_thread_id is None:
                raise TooLate(f"Tiket #{ticket.id} tidak punya thread lagi. Catatannya ada di transkrip.")
            assert actor.id is not None
            await self._notices.let_in(tx, ticket, actor.id)
            await self._flow.audit(tx, actor, "entered", ticket)
        return ticket

    async def hand_over(self, actor: Actor, ticket_id: int, by: Speaker, to_id: int, to_name: str) -> Ticket:
        """Give it to somebody else of staff or IT. Raises DomainError."""
        async with self._database.unit() as tx:
            ticket = await self._flow.get(tx, ticket_id)
            rules.check_workable(ticket)
            if ticket.assignee_id == to_id:
                raise TooLate(f"Tiket #{ticket.id} sudah dipegang <@{to_id}>.")
            await store.assign(tx, ticket.id, to_id)
            after = await self._flow.settled(tx, ticket, EntryKind.HANDED_OVER, by, f"Ke {to_name}")
            await self._notices.let_in(tx, after, to_id)
            await self._notices.say(tx, after, wording.handed_over(to_id))
            await self._notices.tell_it(tx, wording.handed_over_to_you(after, to_id, by))
            await self._flow.audit(tx, actor, "handed_over", after, to=to_id)
        return after

    async def escalate(self, actor: Actor, ticket_id: int, by: Speaker, reason: str) -> Ticket:
        """Call who is on duty and the KOL team. The creator learns that, not the reason. Raises DomainError."""
        words = mask(tidy(reason)).text
        rules.check_text(words, "Alasan")
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            ticket = await self._flow.get(tx, ticket_id)
            rules.check_workable(ticket)
            last = ticket.escalated_at
            if last is not None and now - last < ESCALATES_AGAIN_AFTER_SECONDS:
                raise TooLate(
                    f"Tiket #{ticket.id} baru dieskalasi <t:{last}:R>. Tunggu sebentar, atau hubungi langsung."
                )
            await store.escalate(tx, ticket.id, now)
            after = await self._flow.settled(tx, ticket, EntryKind.ESCALATED, by, words, internal=True)
            duty = await self._notices.on_duty(tx)
            await self._notices.let_in(tx, after, *duty.users)
            await self._notices.tell_it(tx, wording.escalated(after, by, words, duty.users, duty.roles))
            await self._notices.tell_staff(tx, wording.escalated(after, by, words, (), self._notices.kol_team()))
            await self._notices.say(tx, after, wording.ESCALATED_TO_CREATOR)
            await self._flow.audit(tx, actor, "escalated", after)
        return after

    async def ask(self, actor: Actor, ticket_id: int, by: Speaker, question: str) -> Ticket:
        """Ask the creator for something: the clock stands until they answer. Raises DomainError."""
        words = mask(tidy(question)).text
        rules.check_text(words, "Pertanyaan")
        async with self._database.unit() as tx:
            ticket = await self._flow.get(tx, ticket_id)
            rules.check_workable(ticket)
            await store.staff_spoke(tx, ticket.id, self._clock.timestamp())
            if ticket.assignee_id is None:
                await store.assign(tx, ticket.id, actor.id)
            if ticket.state is not TicketState.WAITING:
                rules.move(ticket, TicketState.WAITING)
                await store.set_state(tx, ticket.id, TicketState.WAITING)
            after = await self._flow.settled(tx, ticket, EntryKind.INFO_ASKED, by, words)
            if ticket.state is TicketState.WAITING:
                # Asked once more: the creator has the whole time again.
                await self._flow.plan(tx, after)
            await self._let_in(tx, ticket, actor)
            await self._notices.say(tx, after, wording.asked(after, by, words, self._flow.desk.silence_close_days))
            await self._flow.audit(tx, actor, "info_asked", after)
        return after

    async def reply(self, actor: Actor, ticket_id: int, by: Speaker, text: str) -> Ticket:
        """Answer in the thread from IT's channel. Raises DomainError."""
        words = mask(tidy(text)).text
        rules.check_text(words, "Balasan")
        async with self._database.unit() as tx:
            ticket = await self._flow.get(tx, ticket_id)
            rules.check_workable(ticket)
            await store.staff_spoke(tx, ticket.id, self._clock.timestamp())
            await self._flow.take_up(tx, ticket, by)
            after = await self._flow.settled(tx, ticket, EntryKind.MESSAGE, by, words)
            await self._let_in(tx, ticket, actor)
            await self._flow.answered(tx, ticket, by, words)
            await self._flow.audit(tx, actor, "replied", after)
        return after

    async def note(self, actor: Actor, ticket_id: int, by: Speaker, text: str) -> Ticket:
        """A note among staff, in any state; it goes to IT's channel and never to the thread. Raises DomainError."""
        words = mask(tidy(text)).text
        rules.check_text(words, "Catatan")
        async with self._database.unit() as tx:
            ticket = await self._flow.get(tx, ticket_id)
            await self._flow.add(tx, ticket, EntryKind.NOTE, by, words)
            await self._notices.tell_it(tx, wording.note(ticket, by, words))
            await self._flow.audit(tx, actor, "noted", ticket)
        return ticket

    async def resolve(self, actor: Actor, ticket_id: int, by: Speaker, conclusion: str, cause: str) -> Ticket:
        """Conclude, in the words the creator reads. Raises DomainError."""
        async with self._database.unit() as tx:
            ticket = await self._flow.get(tx, ticket_id)
            rules.check_workable(ticket)
            if ticket.assignee_id is None:
                await store.assign(tx, ticket.id, actor.id)
            after = await self._tickets.resolve(tx, actor, ticket_id, conclusion, cause, by=by)
            # Whoever answers is called when the creator is not content.
            await self._let_in(tx, ticket, actor)
        return after

    async def set_priority(self, actor: Actor, ticket_id: int, by: Speaker, priority: Priority) -> Ticket:
        """How soon an answer is due; the targets follow. Raises DomainError."""
        async with self._database.unit() as tx:
            ticket = await self._flow.get(tx, ticket_id)
            rules.check_workable(ticket)
            if ticket.priority is priority:
                raise TooLate(f"Prioritas tiket #{ticket.id} memang sudah {priority.indonesian.lower()}.")
            await store.set_priority(tx, ticket.id, priority)
            told = f"{ticket.priority.indonesian} → {priority.indonesian}"
            after = await self._flow.settled(tx, ticket, EntryKind.PRIORITY, by, told)
            await self._notices.say(tx, after, wording.priority_changed(after))
            await self._flow.audit(tx, actor, "priority_changed", after, priority=priority.value)
        return after

    async def merge(self, actor: Actor, source_id: int, target_id: int, by: Speaker) -> Ticket:
        """Carry on two tickets of one creator as one, the second; the first closes. Raises DomainError."""
        async with self._database.unit() as tx:
            source, target = await self._flow.get(tx, source_id), await self._flow.get(tx, target_id)
            rules.check_merge(source, target)
            await store.close(tx, source.id, self._clock.timestamp(), merged_into=target.id)
            told = f"Digabung ke tiket #{target.id}."
            closed = await self._flow.settled(tx, source, EntryKind.MERGED, by, told)
            url = await self._notices.thread_url(target, tx)
            await self._notices.say(tx, closed, wording.merged_away(target, url))
            await self._notices.shut(tx, closed, for_good=True)
            words = wording.merged_in(closed)
            entry = await self._flow.log.add(
                tx, target.id, EntryKind.MERGED, by.side, author_id=by.id, author_name=by.name, text=words
            )
            assert entry is not None
            files = await entry_store.files_of(tx, source.id)
            await entry_store.attach(tx, entry.id, [file_id for _, file_id, _ in files])
            await self._flow.answered(tx, target, by, words[: rules.MESSAGE_LENGTH.stop])
            await self._flow.audit(tx, actor, "merged", closed, into=target.id)
        return await self._tickets.get(target_id)

    async def _let_in(self, tx: UnitOfWork, ticket: Ticket, actor: Actor) -> None:
        if actor.id is not None and ticket.assignee_id != actor.id:
            await self._notices.let_in(tx, ticket, actor.id)
