"""The SQL of uploaded sheets: waiting for confirmation, or what became of them."""

from dataclasses import dataclass
from enum import StrEnum

from bot.creators.models import Platform
from bot.platform.database import Reads, UnitOfWork


class ImportState(StrEnum):
    """What became of an uploaded sheet."""

    PREVIEW = "preview"
    APPLIED = "applied"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """The rows of a sheet by what becomes of them."""

    added: int
    changed: int
    unchanged: int
    rejected: int


@dataclass(frozen=True, slots=True)
class Upload:
    """A sheet somebody sent. `platform` is what they chose, None where the sheet names it; `actor_id` is who sent it.

    `counts` are those of the preview until it is applied, then what was really done.
    """

    id: int
    file_id: int | None
    filename: str
    platform: Platform | None
    actor_id: int | None
    state: ImportState
    counts: ImportCounts
    created_at: int
    finished_at: int | None


async def insert(
    tx: UnitOfWork,
    *,
    file_id: int,
    filename: str,
    sha256: str,
    platform: Platform | None,
    actor_id: int | None,
    counts: ImportCounts,
    now: int,
) -> int:
    """Keep a preview; returns its id."""
    row = await tx.fetch_one(
        "INSERT INTO creator_import"
        " (file_id, filename, sha256, platform, actor_id, state, added, changed, unchanged, rejected, created_at)"
        " VALUES (:file, :filename, :sha256, :platform, :actor, 'preview', :added, :changed, :unchanged, :rejected,"
        " :now) RETURNING id",
        {
            "file": file_id,
            "filename": filename,
            "sha256": sha256,
            "platform": platform,
            "actor": actor_id,
            "now": now,
            **_counts(counts),
        },
    )
    assert row is not None
    return int(row["id"])


async def get(reads: Reads, import_id: int) -> Upload | None:
    """One upload."""
    row = await reads.fetch_one(
        "SELECT id, file_id, filename, platform, actor_id, state, added, changed, unchanged, rejected, created_at,"
        " finished_at FROM creator_import WHERE id = :id",
        {"id": import_id},
    )
    if row is None:
        return None
    return Upload(
        id=row["id"],
        file_id=row["file_id"],
        filename=row["filename"],
        platform=Platform(row["platform"]) if row["platform"] else None,
        actor_id=row["actor_id"],
        state=ImportState(row["state"]),
        counts=ImportCounts(row["added"], row["changed"], row["unchanged"], row["rejected"]),
        created_at=row["created_at"],
        finished_at=row["finished_at"],
    )


async def finish(tx: UnitOfWork, import_id: int, state: ImportState, counts: ImportCounts, now: int) -> bool:
    """Settle a preview; False when somebody else has settled it already."""
    row = await tx.fetch_one(
        "UPDATE creator_import SET state = :state, added = :added, changed = :changed, unchanged = :unchanged,"
        " rejected = :rejected, finished_at = :now WHERE id = :id AND state = 'preview' RETURNING id",
        {"id": import_id, "state": state, "now": now, **_counts(counts)},
    )
    return row is not None


def _counts(counts: ImportCounts) -> dict[str, int]:
    return {
        "added": counts.added,
        "changed": counts.changed,
        "unchanged": counts.unchanged,
        "rejected": counts.rejected,
    }
