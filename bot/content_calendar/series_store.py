"""All SQL of entries that come again."""

from dataclasses import dataclass
from datetime import date

from bot.content_calendar.recurring import Pattern
from bot.platform.database import Reads, UnitOfWork


@dataclass(frozen=True, slots=True)
class Series:
    """A pattern with its first and last possible day; entries exist up to `made_until`."""

    id: int
    pattern: Pattern
    starts_on: date
    until: date
    made_until: date
    stopped: bool


_COLUMNS = "id, pattern, starts_on, until, made_until, stopped_at"


async def insert(tx: UnitOfWork, pattern: Pattern, starts_on: date, until: date, by: int | None, now: int) -> int:
    """A new series; its first entry is the one it was made from."""
    row = await tx.fetch_one(
        "INSERT INTO calendar_series (pattern, starts_on, until, made_until, created_by, created_at)"
        " VALUES (:pattern, :first, :until, :first, :by, :now) RETURNING id",
        {
            "pattern": pattern.value,
            "first": starts_on.isoformat(),
            "until": until.isoformat(),
            "by": by,
            "now": now,
        },
    )
    assert row is not None
    return int(row["id"])


async def join(tx: UnitOfWork, entry_id: int, series_id: int, occurrence: date) -> None:
    """An entry becomes one time of a series."""
    await tx.execute(
        "UPDATE calendar_entry SET series_id = :series, occurrence = :day WHERE id = :id",
        {"series": series_id, "day": occurrence.isoformat(), "id": entry_id},
    )


async def get(reads: Reads, series_id: int) -> Series | None:
    """One series."""
    rows = await _read(reads, "id = :id", {"id": series_id})
    return rows[0] if rows else None


async def behind(reads: Reads, day: date) -> list[Series]:
    """Running series whose entries don't reach `day` yet."""
    return await _read(
        reads, "stopped_at IS NULL AND made_until < until AND made_until < :day", {"day": day.isoformat()}
    )


async def made(tx: UnitOfWork, series_id: int, until: date) -> None:
    """Entries exist up to `until`."""
    await tx.execute(
        "UPDATE calendar_series SET made_until = :until WHERE id = :id", {"until": until.isoformat(), "id": series_id}
    )


async def stop(tx: UnitOfWork, series_id: int, now: int) -> None:
    """No further entries."""
    await tx.execute(
        "UPDATE calendar_series SET stopped_at = :now WHERE id = :id AND stopped_at IS NULL",
        {"now": now, "id": series_id},
    )


async def newest_entry(reads: Reads, series_id: int) -> int | None:
    """The last entry made of a series: what the next ones say."""
    row = await reads.fetch_one(
        "SELECT id FROM calendar_entry WHERE series_id = :series AND state <> 'cancelled'"
        " ORDER BY occurrence DESC LIMIT 1",
        {"series": series_id},
    )
    return int(row["id"]) if row else None


async def open_entries(reads: Reads, series_id: int, since: date) -> list[int]:
    """Entries of a series from a day on that have yet to appear."""
    rows = await reads.fetch_all(
        "SELECT id FROM calendar_entry WHERE series_id = :series AND occurrence >= :since"
        " AND state IN ('draft', 'scheduled', 'missed') ORDER BY occurrence",
        {"series": series_id, "since": since.isoformat()},
    )
    return [int(row["id"]) for row in rows]


async def _read(reads: Reads, where: str, parameters: dict[str, object]) -> list[Series]:
    rows = await reads.fetch_all(f"SELECT {_COLUMNS} FROM calendar_series WHERE {where} ORDER BY id", parameters)
    return [
        Series(
            row["id"],
            Pattern(row["pattern"]),
            date.fromisoformat(row["starts_on"]),
            date.fromisoformat(row["until"]),
            date.fromisoformat(row["made_until"]),
            row["stopped_at"] is not None,
        )
        for row in rows
    ]
