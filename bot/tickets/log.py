"""The log of tickets: everything said and done is one entry, and whoever must know of entries hears of each once."""

from collections.abc import Awaitable, Callable

from bot.platform.clock import Clock
from bot.platform.database import UnitOfWork
from bot.platform.text import tidy
from bot.tickets import entry_store, store
from bot.tickets.masking import mask
from bot.tickets.models import Author, Entry, EntryKind, Ticket, TicketState

Listener = Callable[[UnitOfWork, Ticket, Entry], Awaitable[None]]


class TicketLog:
    """Adds entries. Listeners run in the same unit of work, with the ticket as it then is."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._listeners: list[Listener] = []

    def listens(self, listener: Listener) -> None:
        """Call `listener` for every new entry."""
        self._listeners.append(listener)

    async def add(
        self,
        tx: UnitOfWork,
        ticket_id: int,
        kind: EntryKind,
        author: Author,
        *,
        author_id: int | None = None,
        author_name: str = "",
        text: str = "",
        internal: bool = False,
        from_state: TicketState | None = None,
        to_state: TicketState | None = None,
        discord_message_id: int | None = None,
        external_id: str | None = None,
    ) -> Entry | None:
        """Add an entry, after what it tells of was stored; None when its Discord message or IT's id is there already.

        The text is tidied and masked here as well, whoever wrote it: nothing unmasked is ever stored or passed on.
        """
        entry = await entry_store.insert(
            tx,
            ticket_id=ticket_id,
            at=self._clock.timestamp(),
            kind=kind,
            author=author,
            author_id=author_id,
            author_name=author_name,
            text=mask(tidy(text)).text,
            internal=internal,
            from_state=from_state,
            to_state=to_state,
            discord_message_id=discord_message_id,
            external_id=external_id,
        )
        if entry is None:
            return None
        ticket = await store.get(tx, ticket_id)
        assert ticket is not None
        for listener in self._listeners:
            await listener(tx, ticket, entry)
        return entry
