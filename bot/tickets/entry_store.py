"""All SQL of what was said and done in tickets, and of the files that came with it."""

from collections.abc import Sequence

from bot.platform.database import Reads, Row, UnitOfWork
from bot.tickets.models import Author, Entry, EntryKind, TicketState

_COLUMNS = (
    "id, ticket_id, at, kind, author, author_id, author_name, text, internal, from_state, to_state,"
    " discord_message_id, external_id"
)


def entry_of(row: Row) -> Entry:
    """An entry from a row that has all columns."""
    return Entry(
        id=row["id"],
        ticket_id=row["ticket_id"],
        at=row["at"],
        kind=EntryKind(row["kind"]),
        author=Author(row["author"]),
        author_id=row["author_id"],
        author_name=row["author_name"],
        text=row["text"],
        internal=bool(row["internal"]),
        from_state=TicketState(row["from_state"]) if row["from_state"] else None,
        to_state=TicketState(row["to_state"]) if row["to_state"] else None,
        discord_message_id=row["discord_message_id"],
        external_id=row["external_id"],
    )


async def insert(
    tx: UnitOfWork,
    *,
    ticket_id: int,
    at: int,
    kind: EntryKind,
    author: Author,
    author_id: int | None,
    author_name: str,
    text: str,
    internal: bool,
    from_state: TicketState | None,
    to_state: TicketState | None,
    discord_message_id: int | None,
    external_id: str | None,
) -> Entry | None:
    """One more entry; None when its Discord message or IT's id is there already."""
    row = await tx.fetch_one(
        "INSERT INTO ticket_entry (ticket_id, at, kind, author, author_id, author_name, text, internal, from_state,"
        " to_state, discord_message_id, external_id) VALUES (:ticket, :at, :kind, :author, :author_id, :name, :text,"
        " :internal, :from_state, :to_state, :message, :external) ON CONFLICT DO NOTHING"
        f" RETURNING {_COLUMNS}",
        {
            "ticket": ticket_id,
            "at": at,
            "kind": kind.value,
            "author": author.value,
            "author_id": author_id,
            "name": author_name,
            "text": text,
            "internal": internal,
            "from_state": from_state.value if from_state else None,
            "to_state": to_state.value if to_state else None,
            "message": discord_message_id,
            "external": external_id,
        },
    )
    return entry_of(row) if row else None


async def of_ticket(reads: Reads, ticket_id: int) -> list[Entry]:
    """Everything of one ticket, oldest first, internal entries among it."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM ticket_entry WHERE ticket_id = :ticket ORDER BY id", {"ticket": ticket_id}
    )
    return [entry_of(row) for row in rows]


async def get(reads: Reads, entry_id: int) -> Entry | None:
    """One entry."""
    row = await reads.fetch_one(f"SELECT {_COLUMNS} FROM ticket_entry WHERE id = :id", {"id": entry_id})
    return entry_of(row) if row else None


async def knows_external(reads: Reads, external_id: str) -> bool:
    """Whether something that IT sent is here already."""
    row = await reads.fetch_one(
        "SELECT 1 AS yes FROM ticket_entry WHERE external_id = :external", {"external": external_id}
    )
    return row is not None


async def knows_message(reads: Reads, message_id: int) -> bool:
    """Whether a Discord message was taken in already."""
    row = await reads.fetch_one(
        "SELECT 1 AS yes FROM ticket_entry WHERE discord_message_id = :message", {"message": message_id}
    )
    return row is not None


async def attach(tx: UnitOfWork, entry_id: int, file_ids: Sequence[int]) -> None:
    """Files that came with an entry."""
    await tx.execute_many(
        "INSERT OR IGNORE INTO ticket_file (entry_id, file_id) VALUES (:entry, :file)",
        [{"entry": entry_id, "file": file_id} for file_id in file_ids],
    )


async def files_of(reads: Reads, ticket_id: int) -> list[tuple[int, int, str]]:
    """Files of a ticket: (entry id, file id, file name), oldest first."""
    rows = await reads.fetch_all(
        "SELECT ticket_file.entry_id, file_id, filename FROM ticket_file"
        " JOIN ticket_entry ON ticket_entry.id = ticket_file.entry_id"
        " JOIN stored_file ON stored_file.id = ticket_file.file_id"
        " WHERE ticket_id = :ticket ORDER BY ticket_file.entry_id, file_id",
        {"ticket": ticket_id},
    )
    return [(row["entry_id"], row["file_id"], row["filename"]) for row in rows]
