"""What IT's own system says about tickets. Its status words are wishes: only legal moves are made."""

from dataclasses import dataclass

from bot.platform.clock import Clock
from bot.platform.database import UnitOfWork
from bot.platform.errors import DomainError
from bot.platform.text import tidy
from bot.tickets import entry_store, rules, store, wording
from bot.tickets.flow import TicketFlow
from bot.tickets.masking import mask
from bot.tickets.models import BOT, OPEN_STATES, Author, EntryKind, Speaker, Ticket, TicketState


@dataclass(frozen=True, slots=True)
class Landed:
    """What became of an answer of IT's system: new or here already; `warning`: which part of it was not used, why."""

    is_new: bool
    warning: str = ""


class ItAnswers:
    """Called within the unit of work in which the IT link takes a delivery in."""

    def __init__(self, clock: Clock, flow: TicketFlow) -> None:
        self._clock = clock
        self._flow = flow
        self._notices = flow.notices

    async def forwarded(self, tx: UnitOfWork, ticket_id: int) -> None:
        """IT's own system took the ticket; one that has gone on meanwhile stays as it is."""
        ticket = await self._flow.get(tx, ticket_id)
        if ticket.state is TicketState.NEW:
            await store.set_state(tx, ticket.id, TicketState.FORWARDED)
            await self._flow.settled(tx, ticket, EntryKind.FORWARDED, BOT, "Diterima sistem IT.")

    async def it_reply(
        self,
        tx: UnitOfWork,
        ticket_id: int,
        text: str,
        *,
        external_id: str,
        author_name: str = "",
        status: TicketState | None = None,
    ) -> Landed:
        """IT's answer lands in the thread, once.

        A status that is no legal move (or a solution without enough words) is ignored: IT is told in its channel and
        by the warning, and staff read so in an internal entry; the text lands all the same. Raises NotFound.
        """
        ticket = await self._flow.get(tx, ticket_id)
        if await entry_store.knows_external(tx, external_id):
            return Landed(is_new=False)
        by = Speaker(Author.IT, None, author_name)
        words = mask(tidy(text)).text
        warning = ""
        if status is not None:
            try:
                await self._it_status(tx, ticket, by, words, status, external_id)
                return Landed(is_new=True)
            except DomainError as refusal:
                why = refusal.message.removeprefix("- ")
                landed = "Teksnya tetap masuk ke thread. " if words else ""
                warning = f"Status “{status.indonesian}” tidak dipakai. {landed}{why}"
                await self._flow.add(tx, ticket, EntryKind.NOTE, BOT, f"Dari sistem IT: {warning}")
                told = wording.status_ignored(ticket, warning, author_name)
                await self._notices.tell_it(tx, told, f"ticket:status-ignored:{external_id}")
        if words:
            await store.staff_spoke(tx, ticket.id, self._clock.timestamp())
            if ticket.state in OPEN_STATES:
                await self._flow.take_up(tx, ticket, by)
            await self._flow.settled(tx, ticket, EntryKind.MESSAGE, by, words, external_id=external_id)
            await self._flow.answered(tx, ticket, by, words)
        else:
            await self._flow.settled(
                tx, ticket, EntryKind.MESSAGE, by, "(Tanpa isi)", internal=True, external_id=external_id
            )
        return Landed(is_new=True, warning=warning)

    async def _it_status(
        self, tx: UnitOfWork, ticket: Ticket, by: Speaker, words: str, status: TicketState, external_id: str
    ) -> None:
        if status is TicketState.RESOLVED:
            rules.move(ticket, status)
            rules.check_conclusion(words, "other")
            await self._flow.resolve(tx, ticket, by, words, "other", external_id)
            return
        if status is TicketState.REOPENED:
            rules.check_reopening(ticket, self._clock.timestamp(), self._flow.desk.reopen_days, staff=True)
            await self._flow.reopen(tx, ticket, by, words, external_id=external_id)
        elif status is TicketState.CLOSED:
            rules.move(ticket, status)
            await self._flow.close(tx, ticket, by, words or wording.BY_IT, external_id)
            return
        elif status is not ticket.state or not words:
            rules.move(ticket, status)
            await store.set_state(tx, ticket.id, status)
            if words:
                await store.staff_spoke(tx, ticket.id, self._clock.timestamp())
            kind = EntryKind.INFO_ASKED if status is TicketState.WAITING else EntryKind.MESSAGE
            await self._flow.settled(tx, ticket, kind, by, words or status.indonesian, external_id=external_id)
        else:
            await store.staff_spoke(tx, ticket.id, self._clock.timestamp())
            await self._flow.settled(tx, ticket, EntryKind.MESSAGE, by, words, external_id=external_id)
        if words and status is TicketState.WAITING:
            asked = wording.asked(ticket, by, words, self._flow.desk.silence_close_days)
            await self._notices.say(tx, ticket, asked)
        elif words:
            await self._flow.answered(tx, ticket, by, words)
