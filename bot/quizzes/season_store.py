"""SQL of seasons that staff named, and of which season quizzes count in."""

from bot.platform.database import Reads, Row, UnitOfWork
from bot.quizzes.models import Season

_COLUMNS = "id, name, starts_at, ends_at"


def _season(row: Row) -> Season:
    return Season(f"musim-{row['id']}", row["name"], row["starts_at"], row["ends_at"], row["id"])


def _one(row: Row | None) -> Season:
    assert row is not None, "the season was read or made in this unit of work"
    return _season(row)


async def named(reads: Reads) -> list[Season]:
    """Every season that staff named, the latest first."""
    rows = await reads.fetch_all(f"SELECT {_COLUMNS} FROM quiz_season ORDER BY starts_at DESC")
    return [_season(row) for row in rows]


async def insert(tx: UnitOfWork, name: str, starts_at: int, ends_at: int, created_by: int | None, now: int) -> Season:
    """A new season."""
    row = await tx.fetch_one(
        "INSERT INTO quiz_season (name, starts_at, ends_at, created_by, created_at)"
        f" VALUES (:name, :starts, :ends, :by, :now) RETURNING {_COLUMNS}",
        {"name": name, "starts": starts_at, "ends": ends_at, "by": created_by, "now": now},
    )
    return _one(row)


async def save(tx: UnitOfWork, season_id: int, name: str, starts_at: int, ends_at: int) -> Season:
    """Overwrite a season."""
    row = await tx.fetch_one(
        "UPDATE quiz_season SET name = :name, starts_at = :starts, ends_at = :ends WHERE id = :id"
        f" RETURNING {_COLUMNS}",
        {"id": season_id, "name": name, "starts": starts_at, "ends": ends_at},
    )
    return _one(row)


async def drop(tx: UnitOfWork, season_id: int) -> None:
    """Take a season away that no quiz counts in."""
    await tx.execute("DELETE FROM quiz_season WHERE id = :id", {"id": season_id})


async def quizzes_elsewhere(reads: Reads, key: str, starts_at: int, ends_at: int) -> int:
    """How many closed quizzes lie in a time but count in another season, or count in `key` but lie outside."""
    row = await reads.fetch_one(
        "SELECT count(*) AS number FROM quiz WHERE state = 'closed'"
        " AND (season = :key) <> (closed_at >= :starts AND closed_at < :ends)",
        {"key": key, "starts": starts_at, "ends": ends_at},
    )
    return int(row["number"]) if row else 0


async def quizzes_in(reads: Reads, key: str) -> int:
    """How many closed quizzes count in a season."""
    row = await reads.fetch_one(
        "SELECT count(*) AS number FROM quiz WHERE state = 'closed' AND season = :key", {"key": key}
    )
    return int(row["number"]) if row else 0


async def with_points(reads: Reads) -> list[str]:
    """The keys of all seasons with points, newest first."""
    rows = await reads.fetch_all("SELECT DISTINCT season FROM quiz_points ORDER BY season DESC")
    return [str(row["season"]) for row in rows]
