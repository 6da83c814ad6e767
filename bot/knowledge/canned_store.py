"""All SQL of ready-made answers."""

from bot.knowledge.models import Canned
from bot.platform.database import Reads, Row, UnitOfWork
from bot.tickets.models import Stage

_COLUMNS = "id, name, body, stage"


def _canned(row: Row) -> Canned:
    return Canned(row["id"], row["name"], row["body"], Stage(row["stage"]) if row["stage"] else None)


async def get(reads: Reads, canned_id: int) -> Canned | None:
    """One ready-made answer, None when it was removed."""
    row = await reads.fetch_one(
        f"SELECT {_COLUMNS} FROM canned_answer WHERE id = :id AND removed_at IS NULL", {"id": canned_id}
    )
    return _canned(row) if row else None


async def listed(reads: Reads, stage: Stage | None, *, limit: int, offset: int = 0) -> list[Canned]:
    """By name; with a stage, its own first, then those for every stage."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM canned_answer WHERE removed_at IS NULL"
        " AND (:stage IS NULL OR stage IS NULL OR stage = :stage)"
        " ORDER BY CASE WHEN stage = :stage THEN 0 ELSE 1 END, name LIMIT :limit OFFSET :offset",
        {"stage": stage and stage.value, "limit": limit, "offset": offset},
    )
    return [_canned(row) for row in rows]


async def matching(reads: Reads, part: str, limit: int) -> list[Canned]:
    """By name: those that have `part` in it."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM canned_answer WHERE removed_at IS NULL AND (:part = '' OR instr(lower(name),"
        " lower(:part))) ORDER BY name LIMIT :limit",
        {"part": part, "limit": limit},
    )
    return [_canned(row) for row in rows]


async def count(reads: Reads) -> int:
    """How many there are."""
    row = await reads.fetch_one("SELECT count(*) AS total FROM canned_answer WHERE removed_at IS NULL")
    return int(row["total"]) if row else 0


async def insert(
    tx: UnitOfWork, name: str, body: str, stage: Stage | None, actor_id: int | None, now: int
) -> Canned | None:
    """A new one; None when its name is taken."""
    row = await tx.fetch_one(
        "INSERT INTO canned_answer (name, body, stage, created_by, updated_at)"
        f" VALUES (:name, :body, :stage, :actor, :now) ON CONFLICT DO NOTHING RETURNING {_COLUMNS}",
        {"name": name, "body": body, "stage": stage and stage.value, "actor": actor_id, "now": now},
    )
    return _canned(row) if row else None


async def named(reads: Reads, name: str) -> Canned | None:
    """The one of a name."""
    row = await reads.fetch_one(
        f"SELECT {_COLUMNS} FROM canned_answer WHERE name = :name AND removed_at IS NULL", {"name": name}
    )
    return _canned(row) if row else None


async def change(tx: UnitOfWork, canned_id: int, name: str, body: str, stage: Stage | None, now: int) -> Canned | None:
    """Write one anew; None when it was removed."""
    row = await tx.fetch_one(
        "UPDATE canned_answer SET name = :name, body = :body, stage = :stage, updated_at = :now"
        f" WHERE id = :id AND removed_at IS NULL RETURNING {_COLUMNS}",
        {"id": canned_id, "name": name, "body": body, "stage": stage and stage.value, "now": now},
    )
    return _canned(row) if row else None


async def remove(tx: UnitOfWork, canned_id: int, now: int) -> Canned | None:
    """Take one away; None when it was already."""
    row = await tx.fetch_one(
        f"UPDATE canned_answer SET removed_at = :now WHERE id = :id AND removed_at IS NULL RETURNING {_COLUMNS}",
        {"id": canned_id, "now": now},
    )
    return _canned(row) if row else None
