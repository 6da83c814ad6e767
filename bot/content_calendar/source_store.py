"""The SQL of what entries and the rows of sheets have to do with each other."""

import json
from collections.abc import Sequence

from bot.content_calendar.models import Entry, Source
from bot.content_calendar.store import COLUMNS, FROM, entry_of
from bot.platform.database import Reads, UnitOfWork


async def mark_edited(tx: UnitOfWork, entry_id: int, now: int) -> None:
    """Somebody changed by hand what a sheet had said."""
    await tx.execute(
        "UPDATE calendar_entry SET edited_at = :now WHERE id = :id AND source_hash IS NOT NULL",
        {"now": now, "id": entry_id},
    )


async def mark_as_sheet(tx: UnitOfWork, entry_id: int) -> None:
    """It says what its sheet says again."""
    await tx.execute("UPDATE calendar_entry SET edited_at = NULL WHERE id = :id", {"id": entry_id})


async def save_source(tx: UnitOfWork, entry_id: int, source: Source) -> None:
    """The sheet's row has changed."""
    await tx.execute(
        "UPDATE calendar_entry SET source_hash = :hash, source_number = :number, source_due_at = :due WHERE id = :id",
        {"hash": source.digest, "number": source.number, "due": source.due_at, "id": entry_id},
    )


async def by_digest(reads: Reads, digests: Sequence[str]) -> list[Entry]:
    """Entries that came from these very rows of a sheet."""
    rows = await reads.fetch_all(
        f"SELECT {COLUMNS} {FROM} WHERE e.source_hash IN (SELECT value FROM json_each(:digests))",
        {"digests": json.dumps(list(digests))},
    )
    return [entry_of(row) for row in rows]


async def from_sheets(reads: Reads, start: int, end: int) -> list[Entry]:
    """Entries that some sheet had between two instants."""
    rows = await reads.fetch_all(
        f"SELECT {COLUMNS} {FROM} WHERE e.source_hash IS NOT NULL AND e.due_at >= :start AND e.due_at < :end"
        " ORDER BY e.due_at, e.id",
        {"start": start, "end": end},
    )
    return [entry_of(row) for row in rows]
