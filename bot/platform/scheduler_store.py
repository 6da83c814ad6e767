"""All SQL of the scheduler."""

from dataclasses import dataclass

from bot.platform.database import Reads, UnitOfWork


@dataclass(frozen=True)
class DueItem:
    """Something that falls due for a subject (a campaign, a member, ...)."""

    id: int
    kind: str
    subject_id: int
    due_at: int
    attempts: int


async def insert(tx: UnitOfWork, kind: str, subject_id: int, due_at: int) -> None:
    """Add a row, or leave it as it is; one that was cancelled waits again (a deadline moved away and back)."""
    await tx.execute(
        "INSERT INTO due_item (kind, subject_id, due_at) VALUES (:kind, :subject, :due)"
        " ON CONFLICT (kind, subject_id, due_at) DO UPDATE SET state = 'waiting', attempts = 0, finished_at = NULL"
        " WHERE due_item.state = 'cancelled'",
        {"kind": kind, "subject": subject_id, "due": due_at},
    )


async def cancel(tx: UnitOfWork, kind: str, subject_id: int, now: int) -> None:
    """Cancel what waits."""
    await tx.execute(
        "UPDATE due_item SET state = 'cancelled', finished_at = :now"
        " WHERE kind = :kind AND subject_id = :subject AND state = 'waiting'",
        {"kind": kind, "subject": subject_id, "now": now},
    )


async def due(reads: Reads, now: int, limit: int = 100) -> list[DueItem]:
    """Waiting rows whose time has come, earliest first."""
    rows = await reads.fetch_all(
        "SELECT id, kind, subject_id, due_at, attempts FROM due_item"
        " WHERE state = 'waiting' AND due_at <= :now ORDER BY due_at, id LIMIT :limit",
        {"now": now, "limit": limit},
    )
    return [DueItem(row["id"], row["kind"], row["subject_id"], row["due_at"], row["attempts"]) for row in rows]


async def claim(tx: UnitOfWork, item_id: int, now: int) -> bool:
    """Mark done; False when somebody else has (the row is no longer waiting)."""
    row = await tx.fetch_one(
        "UPDATE due_item SET state = 'done', finished_at = :now WHERE id = :id AND state = 'waiting' RETURNING id",
        {"id": item_id, "now": now},
    )
    return row is not None


async def retry(tx: UnitOfWork, item_id: int, due_at: int, *, give_up: bool) -> None:
    """Try again at `due_at`, or never."""
    await tx.execute(
        "UPDATE due_item SET attempts = attempts + 1, due_at = :due,"
        " state = CASE WHEN :give_up = 1 THEN 'failed' ELSE state END WHERE id = :id",
        {"id": item_id, "due": due_at, "give_up": int(give_up)},
    )


async def earliest(reads: Reads) -> int | None:
    """When the next row or job is due."""
    row = await reads.fetch_one(
        "SELECT min(at) AS at FROM (SELECT min(due_at) AS at FROM due_item WHERE state = 'waiting'"
        " UNION ALL SELECT min(next_at) AS at FROM recurring_job) AS upcoming"
    )
    return row["at"] if row else None


async def ensure_job(tx: UnitOfWork, name: str, next_at: int) -> None:
    """Remember a job's next run unless one is remembered."""
    await tx.execute(
        "INSERT INTO recurring_job (name, next_at) VALUES (:name, :next) ON CONFLICT (name) DO NOTHING",
        {"name": name, "next": next_at},
    )


async def due_jobs(reads: Reads, now: int) -> list[str]:
    """Names of jobs whose time has come."""
    rows = await reads.fetch_all("SELECT name FROM recurring_job WHERE next_at <= :now ORDER BY next_at", {"now": now})
    return [str(row["name"]) for row in rows]


async def advance_job(tx: UnitOfWork, name: str, next_at: int) -> None:
    """Set a job's next run."""
    await tx.execute("UPDATE recurring_job SET next_at = :next WHERE name = :name", {"name": name, "next": next_at})
