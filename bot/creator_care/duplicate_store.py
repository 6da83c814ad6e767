"""The SQL of duplicates: finding them, putting them together, taking them apart."""

import json
from typing import Any, Final

from bot.creator_care.duplicate_rules import Merge, MergeKind, Sign
from bot.platform.database import Reads, Row, UnitOfWork

# More accounts with one contact than this are an agency's, not a person's.
MOST_OF_ONE: Final = 5
# Shorter names meet by chance.
SHORTEST_NAME: Final = 5
_PLAIN: Final = "replace(replace(replace(username, '.', ''), '_', ''), '-', '')"
_GROUPED: Final = "SELECT json_group_array(id) AS ids FROM creator WHERE merged_into IS NULL AND"
_SIGNS: Final = {
    Sign.CONTACT: f"{_GROUPED} contact_hash IS NOT NULL GROUP BY contact_hash HAVING count(*) BETWEEN 2 AND :most",
    # Accounts of one member on two platforms are known to be one person's; on one platform one of them is old.
    Sign.MEMBER: f"{_GROUPED} member_id IS NOT NULL GROUP BY member_id, platform HAVING count(*) BETWEEN 2 AND :most",
    Sign.USERNAME: f"{_GROUPED} length(username) >= :shortest GROUP BY username HAVING count(*) BETWEEN 2 AND :most",
    Sign.SIMILAR: (
        f"{_GROUPED} length({_PLAIN}) >= :shortest GROUP BY {_PLAIN}"
        " HAVING count(*) BETWEEN 2 AND :most AND count(DISTINCT username) > 1"
    ),
}
# What an account that was renamed leaves to its other row where that one does not know it.
FILLED: Final = (
    "member_id",
    "age_band",
    "gender",
    "niche_1",
    "niche_2",
    "content_type",
    "affiliate",
    "city",
    "region",
    "contact",
    "contact_hash",
)


async def groups(reads: Reads, sign: Sign, *, limit: int) -> list[list[int]]:
    """Accounts that share a sign, each group at least two and at most MOST_OF_ONE."""
    rows = await reads.fetch_all(
        f"{_SIGNS[sign]} LIMIT :limit", {"most": MOST_OF_ONE, "limit": limit} | _shortest(sign)
    )
    return [json.loads(row["ids"]) for row in rows]


def _shortest(sign: Sign) -> dict[str, int]:
    return {"shortest": SHORTEST_NAME} if sign in (Sign.USERNAME, Sign.SIMILAR) else {}


async def settled(reads: Reads) -> set[tuple[int, int]]:
    """Pairs that somebody decided on: put together, or said to be two. The lower id first."""
    rows = await reads.fetch_all(
        "SELECT low_id, high_id FROM creator_distinct"
        " UNION SELECT min(kept_id, other_id), max(kept_id, other_id) FROM creator_merge WHERE undone_at IS NULL"
    )
    return {(row["low_id"], row["high_id"]) for row in rows}


async def say_distinct(tx: UnitOfWork, low_id: int, high_id: int, by: int | None, at: int) -> None:
    """Two accounts are two."""
    await tx.execute(
        "INSERT INTO creator_distinct (low_id, high_id, said_by, said_at) VALUES (:low, :high, :by, :at)"
        " ON CONFLICT DO NOTHING",
        {"low": low_id, "high": high_id, "by": by, "at": at},
    )


async def merge(
    tx: UnitOfWork, kind: MergeKind, kept_id: int, other_id: int, moved: dict[str, Any], by: int | None, at: int
) -> int:
    """Keep that two were put together; the id."""
    row = await tx.fetch_one(
        "INSERT INTO creator_merge (kind, kept_id, other_id, moved, merged_by, merged_at)"
        " VALUES (:kind, :kept, :other, :moved, :by, :at) RETURNING id",
        {"kind": kind.value, "kept": kept_id, "other": other_id, "moved": json.dumps(moved), "by": by, "at": at},
    )
    assert row is not None
    return int(row["id"])


async def merges_of(reads: Reads, creator_id: int) -> list[Merge]:
    """What an account is put together with now, newest first."""
    rows = await reads.fetch_all(
        "SELECT * FROM creator_merge WHERE undone_at IS NULL AND :creator IN (kept_id, other_id) ORDER BY id DESC",
        {"creator": creator_id},
    )
    return [_merge(row) for row in rows]


async def get(reads: Reads, merge_id: int) -> Merge | None:
    """One by id, undone or not."""
    row = await reads.fetch_one("SELECT * FROM creator_merge WHERE id = :id", {"id": merge_id})
    return _merge(row) if row else None


async def undo(tx: UnitOfWork, merge_id: int, by: int | None, at: int) -> None:
    """Keep that two were taken apart."""
    await tx.execute(
        "UPDATE creator_merge SET undone_at = :at, undone_by = :by WHERE id = :id",
        {"id": merge_id, "by": by, "at": at},
    )


async def hide(tx: UnitOfWork, creator_id: int, into: int | None) -> None:
    """From now on an account is another one; None: it is itself again."""
    await tx.execute("UPDATE creator SET merged_into = :into WHERE id = :id", {"id": creator_id, "into": into})


async def repoint(tx: UnitOfWork, before: int, after: int) -> list[int]:
    """What was merged into one account is merged into another; the ids."""
    rows = await tx.fetch_all(
        "UPDATE creator SET merged_into = :after WHERE merged_into = :before RETURNING id",
        {"before": before, "after": after},
    )
    return [row["id"] for row in rows]


async def fill(tx: UnitOfWork, kept_id: int, other_id: int, column: str) -> None:
    """Take one of FILLED over from another account."""
    await tx.execute(
        f"UPDATE creator SET {_filled(column)} = (SELECT {column} FROM creator WHERE id = :other) WHERE id = :kept",
        {"kept": kept_id, "other": other_id},
    )


async def unfill(tx: UnitOfWork, kept_id: int, other_id: int, column: str) -> None:
    """Give one of FILLED back, unless it has been changed since."""
    await tx.execute(
        f"UPDATE creator SET {_filled(column)} = NULL"
        f" WHERE id = :kept AND {column} IS (SELECT {column} FROM creator WHERE id = :other)",
        {"kept": kept_id, "other": other_id},
    )


async def missing(reads: Reads, kept_id: int, other_id: int) -> list[str]:
    """Which of FILLED one account does not know and the other does."""
    known = ", ".join(f"kept.{name} IS NULL AND other.{name} IS NOT NULL AS {name}" for name in FILLED)
    row = await reads.fetch_one(
        f"SELECT {known} FROM creator AS kept, creator AS other WHERE kept.id = :kept AND other.id = :other",
        {"kept": kept_id, "other": other_id},
    )
    assert row is not None
    return [name for name in FILLED if row[name]]


async def move_notes(tx: UnitOfWork, before: int, after: int) -> list[int]:
    """Notes of one account are another's; their ids."""
    rows = await tx.fetch_all(
        "UPDATE creator_note SET creator_id = :after WHERE creator_id = :before RETURNING id",
        {"before": before, "after": after},
    )
    return [row["id"] for row in rows]


async def give_notes(tx: UnitOfWork, note_ids: list[int], creator_id: int) -> None:
    """These notes are this account's."""
    await tx.execute(
        "UPDATE creator_note SET creator_id = :creator"
        " WHERE id IN (SELECT CAST(value AS INTEGER) FROM json_each(:ids))",
        {"creator": creator_id, "ids": json.dumps(note_ids)},
    )


async def move_snapshots(tx: UnitOfWork, before: int, after: int) -> list[int]:
    """Dated metrics of one account are another's; their ids."""
    rows = await tx.fetch_all(
        "UPDATE creator_snapshot SET creator_id = :after WHERE creator_id = :before RETURNING id",
        {"before": before, "after": after},
    )
    return [row["id"] for row in rows]


async def give_snapshots(tx: UnitOfWork, snapshot_ids: list[int], creator_id: int) -> None:
    """These dated metrics are this account's."""
    await tx.execute(
        "UPDATE creator_snapshot SET creator_id = :creator"
        " WHERE id IN (SELECT CAST(value AS INTEGER) FROM json_each(:ids))",
        {"creator": creator_id, "ids": json.dumps(snapshot_ids)},
    )


def _filled(column: str) -> str:
    if column not in FILLED:
        raise ValueError(column)
    return column


def _merge(row: Row) -> Merge:
    return Merge(
        row["id"],
        MergeKind(row["kind"]),
        row["kept_id"],
        row["other_id"],
        json.loads(row["moved"]),
        row["merged_by"],
        row["merged_at"],
        row["undone_at"],
    )
