"""The SQL of the entries of shortlists and of what staff mark."""

import json
from collections.abc import Sequence

from bot.creators.models import Platform
from bot.platform.database import Reads, Row, UnitOfWork
from bot.shortlists.models import CriterionKey, Line, Mark, Points, RateSource

_SELECT = (
    "SELECT entry.creator_id, application_id, position, rank, points, unmet, barred, flags, entry.followers,"
    " entry.engagement_ppm, rate, rate_source, staff_rate, pinned, dropped, note, place, creator.username,"
    " creator.platform FROM shortlist_entry AS entry JOIN creator ON creator.id = entry.creator_id"
    " WHERE shortlist_id = :id AND revision = :revision"
)
_EVERY = 1_000_000


async def add(tx: UnitOfWork, shortlist_id: int, revision: int, lines: Sequence[Line]) -> None:
    """Keep the entries of a version."""
    await tx.execute_many(
        "INSERT INTO shortlist_entry (shortlist_id, revision, creator_id, application_id, position, rank, score,"
        " points, unmet, barred, flags, followers, engagement_ppm, rate, rate_source, staff_rate, pinned, dropped,"
        " note, place) VALUES (:shortlist, :revision, :creator, :application, :position, :rank, :score, :points,"
        " :unmet, :barred, :flags, :followers, :engagement, :rate, :rate_source, :staff_rate, :pinned, :dropped,"
        " :note, :place)",
        [
            {
                **_marked(shortlist_id, revision, line),
                "application": line.application_id,
                "score": line.score,
                "points": json.dumps([[p.key, p.gained, p.weight, p.reason] for p in line.points], ensure_ascii=False),
                "unmet": json.dumps(line.unmet, ensure_ascii=False),
                "barred": int(line.barred),
                "flags": json.dumps(line.flags, ensure_ascii=False),
                "followers": line.followers,
                "engagement": line.engagement_ppm,
                "rate": line.rate,
                "rate_source": line.rate_source,
            }
            for line in lines
        ],
    )


async def put_in_place(tx: UnitOfWork, shortlist_id: int, revision: int, lines: Sequence[Line]) -> None:
    """Write the places and marks of entries that are kept."""
    await tx.execute_many(
        "UPDATE shortlist_entry SET position = :position, rank = :rank, staff_rate = :staff_rate, pinned = :pinned,"
        " dropped = :dropped, note = :note, place = :place"
        " WHERE shortlist_id = :shortlist AND revision = :revision AND creator_id = :creator",
        [_marked(shortlist_id, revision, line) for line in lines],
    )


async def page(reads: Reads, shortlist_id: int, revision: int, *, limit: int = _EVERY, offset: int = 0) -> list[Line]:
    """Entries of a version in their order, all of them unless told."""
    rows = await reads.fetch_all(
        f"{_SELECT} ORDER BY position LIMIT :limit OFFSET :offset",
        {"id": shortlist_id, "revision": revision, "limit": limit, "offset": offset},
    )
    return [_line(row) for row in rows]


async def one(reads: Reads, shortlist_id: int, revision: int, creator_id: int) -> Line | None:
    """One entry of a version."""
    row = await reads.fetch_one(
        f"{_SELECT} AND entry.creator_id = :creator",
        {"id": shortlist_id, "revision": revision, "creator": creator_id},
    )
    return _line(row) if row else None


async def marks(reads: Reads, shortlist_id: int) -> dict[int, Mark]:
    """What staff marked, by creator."""
    rows = await reads.fetch_all(
        "SELECT creator_id, pinned, dropped, note, rate, place, placed_at FROM shortlist_mark WHERE shortlist_id = :id",
        {"id": shortlist_id},
    )
    return {
        row["creator_id"]: Mark(
            row["creator_id"],
            bool(row["pinned"]),
            row["dropped"],
            row["note"],
            row["rate"],
            row["place"],
            row["placed_at"],
        )
        for row in rows
    }


async def mark(tx: UnitOfWork, shortlist_id: int, one: Mark, *, by: int | None, now: int) -> None:
    """Keep what staff marked about one creator."""
    await tx.execute(
        "INSERT INTO shortlist_mark (shortlist_id, creator_id, pinned, dropped, note, rate, place, placed_at,"
        " changed_by, changed_at) VALUES (:shortlist, :creator, :pinned, :dropped, :note, :rate, :place, :placed_at,"
        " :by, :now) ON CONFLICT (shortlist_id, creator_id) DO UPDATE SET pinned = excluded.pinned,"
        " dropped = excluded.dropped, note = excluded.note, rate = excluded.rate, place = excluded.place,"
        " placed_at = excluded.placed_at, changed_by = excluded.changed_by, changed_at = excluded.changed_at",
        {
            "shortlist": shortlist_id,
            "creator": one.creator_id,
            "pinned": int(one.pinned),
            "dropped": one.dropped,
            "note": one.note,
            "rate": one.rate,
            "place": one.place,
            "placed_at": one.placed_at,
            "by": by,
            "now": now,
        },
    )


async def unmark(tx: UnitOfWork, shortlist_id: int, creator_id: int) -> None:
    """Forget what staff marked about one creator."""
    await tx.execute(
        "DELETE FROM shortlist_mark WHERE shortlist_id = :shortlist AND creator_id = :creator",
        {"shortlist": shortlist_id, "creator": creator_id},
    )


def _marked(shortlist_id: int, revision: int, line: Line) -> dict[str, object]:
    return {
        "shortlist": shortlist_id,
        "revision": revision,
        "creator": line.creator_id,
        "position": line.position,
        "rank": line.rank,
        "staff_rate": line.staff_rate,
        "pinned": int(line.pinned),
        "dropped": line.dropped,
        "note": line.note,
        "place": line.place,
    }


def _line(row: Row) -> Line:
    return Line(
        creator_id=row["creator_id"],
        application_id=row["application_id"],
        points=tuple(
            Points(CriterionKey(key), gained, weight, reason)
            for key, gained, weight, reason in json.loads(row["points"])
        ),
        unmet=tuple(json.loads(row["unmet"])),
        flags=tuple(json.loads(row["flags"])),
        followers=row["followers"],
        engagement_ppm=row["engagement_ppm"],
        barred=bool(row["barred"]),
        rate=row["rate"],
        rate_source=RateSource(row["rate_source"]) if row["rate_source"] else None,
        staff_rate=row["staff_rate"],
        pinned=bool(row["pinned"]),
        dropped=row["dropped"],
        note=row["note"],
        place=row["place"],
        position=row["position"],
        rank=row["rank"],
        username=row["username"],
        platform=Platform(row["platform"]),
    )
