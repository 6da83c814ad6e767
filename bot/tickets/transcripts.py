"""Transcripts of tickets: kept when a ticket is closed, handed out on request, made anew where there is none."""

import asyncio
from dataclasses import dataclass
from typing import Final

from bot.platform import stored_files
from bot.platform.clock import Clock
from bot.platform.crypto import Vault
from bot.platform.database import Database, Reads, UnitOfWork
from bot.platform.errors import NotFound
from bot.platform.messages import Document
from bot.platform.scheduler import Scheduler
from bot.platform.scheduler_store import DueItem
from bot.platform.stored_files import Sealed
from bot.tickets import entry_store, store, transcript, transcript_store
from bot.tickets.log import TicketLog
from bot.tickets.models import Entry, EntryKind, Ticket, TicketState

KEEP: Final = "ticket.transcript"
MAKER: Final = "ticket-transcript"


@dataclass(frozen=True, slots=True)
class TranscriptCopy:
    """A page to hand out."""

    filename: str
    content: bytes


class Transcripts:
    """The creator's copy never has internal entries; staff's has everything."""

    def __init__(self, database: Database, clock: Clock, vault: Vault, scheduler: Scheduler, log: TicketLog) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault
        self._scheduler = scheduler
        log.listens(self._heard)
        scheduler.handles(KEEP, self._keep_due)

    async def copy(self, ticket_id: int, *, staff: bool) -> TranscriptCopy:
        """The page as it is to be read now; who may have it is for the caller to check. Raises NotFound."""
        ticket, entries = await self._read(self._database.read, ticket_id)
        filename = _filename(ticket_id, staff=staff)
        last = _last(entries)
        file_id = await transcript_store.kept(self._database.read, ticket_id, staff=staff, last_entry_id=last)
        if file_id is not None:
            kept = await stored_files.load(self._database.read, self._vault, file_id)
            if kept is not None:
                return TranscriptCopy(filename, kept.content)
        content = await self._page(self._database.read, ticket, entries, staff=staff)
        if ticket.state is TicketState.CLOSED:
            sealed = await asyncio.to_thread(stored_files.seal, self._vault, content)
            async with self._database.unit() as tx:
                await self._keep(tx, ticket, sealed, staff=staff, last_entry_id=last)
        return TranscriptCopy(filename, content)

    def document(self, ticket_id: int) -> Document:
        """The creator's copy as an attachment of a message, made when it is sent. Only for messages to the creator."""
        return Document(_filename(ticket_id, staff=False), maker=MAKER, facts={"ticket_id": ticket_id})

    async def _heard(self, tx: UnitOfWork, ticket: Ticket, entry: Entry) -> None:
        # What follows a close in the same unit is to be in it too, so it is not written here and now.
        if entry.kind in (EntryKind.CLOSED, EntryKind.MERGED) and ticket.state is TicketState.CLOSED:
            await self._scheduler.at(tx, KEEP, ticket.id, self._clock.timestamp())

    async def _keep_due(self, tx: UnitOfWork, item: DueItem) -> None:
        ticket, entries = await self._read(tx, item.subject_id)
        if ticket.state is not TicketState.CLOSED:
            return
        for staff in (False, True):
            # A page is some kilobytes: encrypting it takes less than a millisecond.
            content = await self._page(tx, ticket, entries, staff=staff)
            await self._keep(
                tx, ticket, stored_files.seal(self._vault, content), staff=staff, last_entry_id=_last(entries)
            )

    async def _keep(self, tx: UnitOfWork, ticket: Ticket, sealed: Sealed, *, staff: bool, last_entry_id: int) -> None:
        await transcript_store.drop_file(tx, ticket.id, staff=staff)
        file_id = await stored_files.keep(
            tx,
            self._vault,
            filename=_filename(ticket.id, staff=staff),
            kind="transcript",
            content=sealed,
            owner_id=None if staff else ticket.creator_id,
            now=self._clock.timestamp(),
        )
        await transcript_store.put(tx, ticket.id, staff=staff, last_entry_id=last_entry_id, file_id=file_id)

    async def _read(self, reads: Reads, ticket_id: int) -> tuple[Ticket, list[Entry]]:
        ticket = await store.get(reads, ticket_id)
        if ticket is None:
            raise NotFound(f"Tiket #{ticket_id} tidak ada.")
        return ticket, await entry_store.of_ticket(reads, ticket_id)

    async def _page(self, reads: Reads, ticket: Ticket, entries: list[Entry], *, staff: bool) -> bytes:
        files: dict[int, list[str]] = {}
        for entry_id, _, filename in await entry_store.files_of(reads, ticket.id):
            files.setdefault(entry_id, []).append(filename)
        return transcript.render(ticket, entries, files, staff=staff, made_at=self._clock.timestamp()).encode()


def _filename(ticket_id: int, *, staff: bool) -> str:
    return f"tiket-{ticket_id}-staf.html" if staff else f"tiket-{ticket_id}.html"


def _last(entries: list[Entry]) -> int:
    return entries[-1].id if entries else 0
