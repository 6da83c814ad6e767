"""All SQL of the copies kept of closed tickets."""

from bot.platform.database import Reads, UnitOfWork


async def kept(reads: Reads, ticket_id: int, *, staff: bool, last_entry_id: int) -> int | None:
    """The file of a copy that holds everything up to this entry."""
    row = await reads.fetch_one(
        "SELECT file_id FROM ticket_transcript WHERE ticket_id = :ticket AND staff = :staff AND last_entry_id = :entry",
        {"ticket": ticket_id, "staff": staff, "entry": last_entry_id},
    )
    return int(row["file_id"]) if row else None


async def drop_file(tx: UnitOfWork, ticket_id: int, *, staff: bool) -> None:
    """Delete the copy there was, so that a newer one takes its place."""
    await tx.execute(
        "DELETE FROM stored_file WHERE id = (SELECT file_id FROM ticket_transcript"
        " WHERE ticket_id = :ticket AND staff = :staff)",
        {"ticket": ticket_id, "staff": staff},
    )


async def put(tx: UnitOfWork, ticket_id: int, *, staff: bool, last_entry_id: int, file_id: int) -> None:
    """A copy is kept."""
    await tx.execute(
        "INSERT INTO ticket_transcript (ticket_id, staff, last_entry_id, file_id)"
        " VALUES (:ticket, :staff, :entry, :file)",
        {"ticket": ticket_id, "staff": staff, "entry": last_entry_id, "file": file_id},
    )
