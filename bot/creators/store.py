"""All SQL of the KOL database."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from bot.creators.models import (
    AgeBand,
    Average,
    ContentType,
    CreatorKey,
    CreatorRecord,
    Gender,
    Metrics,
    Niche,
    Platform,
)
from bot.platform.database import Reads, Row, UnitOfWork


@dataclass(frozen=True, slots=True)
class Creator:
    """A stored account. `record.contact` is always None here: the encrypted contact is `contact_token`."""

    id: int
    record: CreatorRecord
    member_id: int | None
    city: str | None
    region: str | None
    engagement_ppm: int | None
    source: str
    created_at: int
    updated_at: int
    contact_token: str | None = field(default=None, repr=False)
    contact_hash: str | None = field(default=None, repr=False)
    # Since when the metrics are as they are (seconds UTC).
    measured_at: int | None = None
    # The account this one turned out to be; such a row is kept, and skipped wherever somebody looks for creators.
    merged_into: int | None = None


# SQLite takes 32,766 parameters in a statement.
MOST_AT_ONCE = 5_000

COLUMNS = (
    "id, platform, username, member_id, age_band, gender, niche_1, niche_2, content_type, affiliate, city, region,"
    " followers, avg_views, avg_likes, avg_comments, avg_shares, engagement_ppm, reported_engagement_ppm, contact,"
    " contact_hash, source, created_at, updated_at, measured_at, merged_into"
)


def creator_of(row: Row) -> Creator:
    """A row of COLUMNS as a Creator."""
    reported = row["reported_engagement_ppm"]
    return Creator(
        id=row["id"],
        record=CreatorRecord(
            platform=Platform(row["platform"]),
            username=row["username"],
            age_band=AgeBand(row["age_band"]) if row["age_band"] else None,
            gender=Gender(row["gender"]) if row["gender"] else None,
            niche_1=Niche(row["niche_1"]) if row["niche_1"] else None,
            niche_2=Niche(row["niche_2"]) if row["niche_2"] else None,
            content_type=ContentType(row["content_type"]) if row["content_type"] else None,
            affiliate=None if row["affiliate"] is None else bool(row["affiliate"]),
            metrics=_metrics(row),
            reported_er=None if reported is None else Decimal(reported) / 1_000_000,
        ),
        member_id=row["member_id"],
        city=row["city"],
        region=row["region"],
        engagement_ppm=row["engagement_ppm"],
        source=row["source"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        contact_token=row["contact"],
        contact_hash=row["contact_hash"],
        measured_at=row["measured_at"],
        merged_into=row["merged_into"],
    )


async def get(reads: Reads, creator_id: int) -> Creator | None:
    """One account by id."""
    row = await reads.fetch_one(f"SELECT {COLUMNS} FROM creator WHERE id = :id", {"id": creator_id})
    return creator_of(row) if row else None


async def get_many(reads: Reads, creator_ids: Collection[int]) -> list[Creator]:
    """Several accounts, in no particular order."""
    if not creator_ids:
        return []
    ids = {f"id_{index}": creator_id for index, creator_id in enumerate(creator_ids)}
    wanted = ", ".join(f":{name}" for name in ids)
    rows = await reads.fetch_all(f"SELECT {COLUMNS} FROM creator WHERE id IN ({wanted})", ids)
    return [creator_of(row) for row in rows]


async def by_key(reads: Reads, key: CreatorKey) -> Creator | None:
    """One account by platform and username."""
    row = await reads.fetch_one(
        f"SELECT {COLUMNS} FROM creator WHERE platform = :platform AND username = :username",
        {"platform": key.platform.value, "username": key.username},
    )
    return creator_of(row) if row else None


async def of_member(reads: Reads, member_id: int) -> list[Creator]:
    """The accounts of one person, oldest first, without those merged into another."""
    rows = await reads.fetch_all(
        f"SELECT {COLUMNS} FROM creator WHERE member_id = :member AND merged_into IS NULL ORDER BY id",
        {"member": member_id},
    )
    return [creator_of(row) for row in rows]


async def count(reads: Reads, platform: Platform) -> int:
    """How many accounts there are on a platform, without those merged into another."""
    row = await reads.fetch_one(
        "SELECT count(*) AS n FROM creator WHERE merged_into IS NULL AND platform = :platform", {"platform": platform}
    )
    assert row is not None
    return int(row["n"])


async def named_rows(reads: Reads, platform: Platform, usernames: Sequence[str]) -> list[Row]:
    """The rows of these accounts of a platform (`creator_of` reads them), at most MOST_AT_ONCE, by username."""
    names = {f"name_{index}": username for index, username in enumerate(usernames)}
    wanted = ", ".join(f":{name}" for name in names)
    return await reads.fetch_all(
        f"SELECT {COLUMNS} FROM creator WHERE platform = :platform AND username IN ({wanted}) ORDER BY username",
        {**names, "platform": platform.value},
    )


# What is written of an account: every column but the id, and whether it is another account, which no sheet can say.
SAVED_COLUMNS = tuple(name for name in COLUMNS.split(", ") if name not in ("id", "merged_into"))
ON_CONFLICT = "ON CONFLICT (platform, username) DO UPDATE SET " + ", ".join(
    f"{name} = excluded.{name}"
    for name in SAVED_COLUMNS
    if name not in ("platform", "username", "source", "created_at")
)


async def save(tx: UnitOfWork, values: Mapping[str, Any]) -> int:
    """Insert an account, or overwrite the one with the same platform and username. Returns its id.

    `values` holds a value for each of SAVED_COLUMNS and may hold more. An existing account keeps `source` and
    `created_at`.
    """
    names, wanted = ", ".join(SAVED_COLUMNS), ", ".join(f":{name}" for name in SAVED_COLUMNS)
    row = await tx.fetch_one(f"INSERT INTO creator ({names}) VALUES ({wanted}) {ON_CONFLICT} RETURNING id", values)
    assert row is not None
    return int(row["id"])


async def add_snapshot(tx: UnitOfWork, creator_id: int, values: Mapping[str, Any]) -> None:
    """Remember the metrics of a day, so that growth can be drawn. `values` is what `save` took."""
    await tx.execute(
        "INSERT INTO creator_snapshot"
        " (creator_id, taken_at, followers, avg_views, avg_likes, avg_comments, avg_shares, source)"
        " VALUES (:creator, :updated_at, :followers, :avg_views, :avg_likes, :avg_comments, :avg_shares, :source)",
        {**values, "creator": creator_id},
    )


async def snapshots(reads: Reads, creator_id: int) -> list[tuple[int, Metrics]]:
    """Dated metrics, oldest first."""
    rows = await reads.fetch_all(
        "SELECT taken_at, followers, avg_views, avg_likes, avg_comments, avg_shares FROM creator_snapshot"
        " WHERE creator_id = :id ORDER BY taken_at, id",
        {"id": creator_id},
    )
    return [(int(row["taken_at"]), _metrics(row)) for row in rows]


def _metrics(row: Row) -> Metrics:
    averages = (row[name] for name in ("avg_views", "avg_likes", "avg_comments", "avg_shares"))
    return Metrics(row["followers"], *map(_average, averages))


def _average(kept: float | None) -> Average | None:
    """Two decimals of at most ten thousand million come out of a float as they went in."""
    if kept is None:
        return None
    return int(kept) if float(kept).is_integer() else Decimal(repr(kept))
