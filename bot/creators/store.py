"""All SQL of the KOL database."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from bot.creators.models import (
    AgeBand,
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


COLUMNS = (
    "id, platform, username, member_id, age_band, gender, niche_1, niche_2, content_type, affiliate, city, region,"
    " followers, avg_views, avg_likes, avg_comments, avg_shares, engagement_ppm, reported_engagement_ppm, contact,"
    " source, created_at, updated_at"
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
            metrics=Metrics(
                row["followers"], row["avg_views"], row["avg_likes"], row["avg_comments"], row["avg_shares"]
            ),
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
    )


async def get(reads: Reads, creator_id: int) -> Creator | None:
    """One account by id."""
    row = await reads.fetch_one(f"SELECT {COLUMNS} FROM creator WHERE id = :id", {"id": creator_id})
    return creator_of(row) if row else None


async def by_key(reads: Reads, key: CreatorKey) -> Creator | None:
    """One account by platform and username."""
    row = await reads.fetch_one(
        f"SELECT {COLUMNS} FROM creator WHERE platform = :platform AND username = :username",
        {"platform": key.platform.value, "username": key.username},
    )
    return creator_of(row) if row else None


async def of_member(reads: Reads, member_id: int) -> list[Creator]:
    """The accounts of one person, oldest first."""
    rows = await reads.fetch_all(
        f"SELECT {COLUMNS} FROM creator WHERE member_id = :member ORDER BY id", {"member": member_id}
    )
    return [creator_of(row) for row in rows]


async def of_platform(reads: Reads, platform: Platform) -> list[Creator]:
    """Every account on a platform, for comparing with a sheet."""
    rows = await reads.fetch_all(
        f"SELECT {COLUMNS} FROM creator WHERE platform = :platform ORDER BY id", {"platform": platform.value}
    )
    return [creator_of(row) for row in rows]


async def save(tx: UnitOfWork, values: dict[str, Any]) -> int:
    """Insert an account, or overwrite the one with the same platform and username. Returns its id.

    `values` holds a value for every column but id; `created_at` of an existing account stays.
    """
    row = await tx.fetch_one(
        "INSERT INTO creator (platform, username, member_id, age_band, gender, niche_1, niche_2, content_type, affiliate,"
        " city, region, followers, avg_views, avg_likes, avg_comments, avg_shares, engagement_ppm,"
        " reported_engagement_ppm, contact, contact_hash, source, created_at, updated_at)"
        " VALUES (:platform, :username, :member_id, :age_band, :gender, :niche_1, :niche_2, :content_type, :affiliate,"
        " :city, :region, :followers, :avg_views, :avg_likes, :avg_comments, :avg_shares, :engagement_ppm,"
        " :reported_engagement_ppm, :contact, :contact_hash, :source, :now, :now)"
        " ON CONFLICT (platform, username) DO UPDATE SET member_id = excluded.member_id, age_band = excluded.age_band,"
        " gender = excluded.gender, niche_1 = excluded.niche_1, niche_2 = excluded.niche_2,"
        " content_type = excluded.content_type, affiliate = excluded.affiliate, city = excluded.city,"
        " region = excluded.region, followers = excluded.followers, avg_views = excluded.avg_views,"
        " avg_likes = excluded.avg_likes, avg_comments = excluded.avg_comments, avg_shares = excluded.avg_shares,"
        " engagement_ppm = excluded.engagement_ppm, reported_engagement_ppm = excluded.reported_engagement_ppm,"
        " contact = excluded.contact, contact_hash = excluded.contact_hash, updated_at = excluded.updated_at"
        " RETURNING id",
        values,
    )
    assert row is not None
    return int(row["id"])


async def add_snapshot(tx: UnitOfWork, creator_id: int, metrics: Metrics, source: str, now: int) -> None:
    """Remember the metrics of a day, so that growth can be drawn."""
    await tx.execute(
        "INSERT INTO creator_snapshot"
        " (creator_id, taken_at, followers, avg_views, avg_likes, avg_comments, avg_shares, source)"
        " VALUES (:creator, :now, :followers, :avg_views, :avg_likes, :avg_comments, :avg_shares, :source)",
        {
            "creator": creator_id,
            "now": now,
            "followers": metrics.followers,
            "avg_views": metrics.avg_views,
            "avg_likes": metrics.avg_likes,
            "avg_comments": metrics.avg_comments,
            "avg_shares": metrics.avg_shares,
            "source": source,
        },
    )


async def snapshots(reads: Reads, creator_id: int) -> list[tuple[int, Metrics]]:
    """Dated metrics, oldest first."""
    rows = await reads.fetch_all(
        "SELECT taken_at, followers, avg_views, avg_likes, avg_comments, avg_shares FROM creator_snapshot"
        " WHERE creator_id = :id ORDER BY taken_at, id",
        {"id": creator_id},
    )
    return [
        (
            int(row["taken_at"]),
            Metrics(row["followers"], row["avg_views"], row["avg_likes"], row["avg_comments"], row["avg_shares"]),
        )
        for row in rows
    ]
