"""The SQL of collaborations."""

import json
from collections.abc import Collection
from datetime import date

from bot.collaborations.models import Collaboration, Plan, Status
from bot.platform.database import Reads, Row, UnitOfWork

_COLUMNS = (
    "id, idea, creator_id, creator_name, message, planned_on, status, link, reason, version, created_by, created_at,"
    " changed_at"
)


async def insert(tx: UnitOfWork, plan: Plan, *, by: int | None, now: int) -> Collaboration:
    """Keep an idea."""
    row = await tx.fetch_one(
        "INSERT INTO collaboration (idea, creator_id, creator_name, message, planned_on, status, created_by,"
        " created_at, changed_at) VALUES (:idea, :creator, :name, :message, :planned, 'idea', :by, :now, :now)"
        f" RETURNING {_COLUMNS}",
        {"by": by, "now": now, **_plan_values(plan)},
    )
    assert row is not None
    return _collaboration(row)


async def save(tx: UnitOfWork, one: Collaboration, now: int) -> Collaboration:
    """Keep a collaboration as it is now."""
    row = await tx.fetch_one(
        "UPDATE collaboration SET idea = :idea, creator_id = :creator, creator_name = :name, message = :message,"
        " planned_on = :planned, status = :status, link = :link, reason = :reason, version = :version,"
        f" changed_at = :now WHERE id = :id RETURNING {_COLUMNS}",
        {
            "id": one.id,
            "status": one.status.value,
            "link": one.link,
            "reason": one.reason,
            "version": one.version,
            "now": now,
            **_plan_values(one.plan),
        },
    )
    assert row is not None
    return _collaboration(row)


async def get(reads: Reads, collaboration_id: int) -> Collaboration | None:
    """One collaboration."""
    row = await reads.fetch_one(f"SELECT {_COLUMNS} FROM collaboration WHERE id = :id", {"id": collaboration_id})
    return _collaboration(row) if row else None


async def listed(reads: Reads, statuses: Collection[Status], *, limit: int, offset: int) -> list[Collaboration]:
    """Collaborations in some states: what is planned soonest first, then the latest changed."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM collaboration WHERE status IN (SELECT value FROM json_each(:statuses))"
        " ORDER BY CASE status WHEN 'posted' THEN 1 WHEN 'cancelled' THEN 2 ELSE 0 END,"
        " iif(status IN ('posted', 'cancelled'), NULL, coalesce(planned_on, '9999')), changed_at DESC, id DESC"
        " LIMIT :limit OFFSET :offset",
        {"statuses": json.dumps(list(statuses)), "limit": limit, "offset": offset},
    )
    return [_collaboration(row) for row in rows]


async def count(reads: Reads, statuses: Collection[Status]) -> int:
    """How many there are in some states."""
    row = await reads.fetch_one(
        "SELECT count(*) AS number FROM collaboration WHERE status IN (SELECT value FROM json_each(:statuses))",
        {"statuses": json.dumps(list(statuses))},
    )
    assert row is not None
    return int(row["number"])


async def searched(reads: Reads, part: str, limit: int) -> list[Collaboration]:
    """Those not ended whose idea holds a text (case aside), the latest first."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM collaboration WHERE status IN ('idea', 'agreed', 'making')"
        " AND instr(lower(idea), lower(:part)) > 0 ORDER BY id DESC LIMIT :limit",
        {"part": part, "limit": limit},
    )
    return [_collaboration(row) for row in rows]


def _plan_values(plan: Plan) -> dict[str, object]:
    return {
        "idea": plan.idea,
        "creator": plan.creator_id,
        "name": plan.creator_name,
        "message": plan.message,
        "planned": plan.planned_on.isoformat() if plan.planned_on else None,
    }


def _collaboration(row: Row) -> Collaboration:
    return Collaboration(
        id=row["id"],
        plan=Plan(
            row["idea"],
            row["message"],
            row["creator_id"],
            row["creator_name"],
            date.fromisoformat(row["planned_on"]) if row["planned_on"] else None,
        ),
        status=Status(row["status"]),
        link=row["link"],
        reason=row["reason"],
        version=row["version"],
        created_by=row["created_by"],
        created_at=row["created_at"],
        changed_at=row["changed_at"],
    )
