"""The SQL of what was decided about the creators of shortlists."""

import json
from collections.abc import Collection

from bot.offers.models import Choice, Decision
from bot.platform.database import Reads, Row, UnitOfWork

_COLUMNS = "id, shortlist_id, creator_id, revision, choice, reason, decided_by, decided_at"


async def add(
    tx: UnitOfWork,
    shortlist_id: int,
    creator_id: int,
    *,
    revision: int,
    choice: Choice,
    reason: str | None,
    by: int | None,
    now: int,
) -> Decision:
    """Keep a decision; `retire` the one before it first."""
    row = await tx.fetch_one(
        "INSERT INTO shortlist_decision (shortlist_id, creator_id, revision, choice, reason, decided_by, decided_at)"
        f" VALUES (:shortlist, :creator, :revision, :choice, :reason, :by, :now) RETURNING {_COLUMNS}",
        {
            "shortlist": shortlist_id,
            "creator": creator_id,
            "revision": revision,
            "choice": choice.value,
            "reason": reason,
            "by": by,
            "now": now,
        },
    )
    assert row is not None
    return _decision(row)


async def retire(tx: UnitOfWork, shortlist_id: int, creator_id: int, now: int) -> None:
    """The present decision becomes history."""
    await tx.execute(
        "UPDATE shortlist_decision SET replaced_at = :now"
        " WHERE shortlist_id = :shortlist AND creator_id = :creator AND replaced_at IS NULL",
        {"shortlist": shortlist_id, "creator": creator_id, "now": now},
    )


async def present(reads: Reads, shortlist_id: int) -> dict[int, Decision]:
    """What counts in a shortlist, by creator."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM shortlist_decision WHERE shortlist_id = :shortlist AND replaced_at IS NULL",
        {"shortlist": shortlist_id},
    )
    return {row["creator_id"]: _decision(row) for row in rows}


async def present_of(reads: Reads, shortlist_id: int, creator_id: int) -> Decision | None:
    """What counts for one creator of a shortlist."""
    row = await reads.fetch_one(
        f"SELECT {_COLUMNS} FROM shortlist_decision"
        " WHERE shortlist_id = :shortlist AND creator_id = :creator AND replaced_at IS NULL",
        {"shortlist": shortlist_id, "creator": creator_id},
    )
    return _decision(row) if row else None


async def history(reads: Reads, shortlist_id: int, creator_id: int) -> list[Decision]:
    """Everything that was decided about one creator of a shortlist, oldest first."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM shortlist_decision WHERE shortlist_id = :shortlist AND creator_id = :creator"
        " ORDER BY id",
        {"shortlist": shortlist_id, "creator": creator_id},
    )
    return [_decision(row) for row in rows]


async def rejections_of(reads: Reads, creator_ids: Collection[int]) -> list[tuple[Decision, str]]:
    """The rejections of some accounts that count, with the title of their shortlist; the latest first."""
    rows = await reads.fetch_all(
        "SELECT decision.id, shortlist_id, creator_id, decision.revision, choice, reason, decided_by, decided_at, title"
        " FROM shortlist_decision AS decision JOIN shortlist ON shortlist.id = shortlist_id"
        " WHERE creator_id IN (SELECT value FROM json_each(:ids)) AND choice = 'rejected' AND replaced_at IS NULL"
        " ORDER BY decision.id DESC",
        {"ids": json.dumps(list(creator_ids))},
    )
    return [(_decision(row), row["title"]) for row in rows]


def _decision(row: Row) -> Decision:
    return Decision(
        id=row["id"],
        shortlist_id=row["shortlist_id"],
        creator_id=row["creator_id"],
        revision=row["revision"],
        choice=Choice(row["choice"]),
        reason=row["reason"],
        decided_by=row["decided_by"],
        decided_at=row["decided_at"],
    )
