"""All SQL of shortlists."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from bot.platform.database import Reads, Row, UnitOfWork
from bot.shortlists.models import Criteria, CriterionKey, Judgement, Points, Shortlist, Weight

_COLUMNS = (
    "id, title, campaign_id, criteria, weights, created_by, built_at, revision, considered, matching,"
    " (SELECT count(*) FROM shortlist_entry WHERE shortlist_id = shortlist.id AND rank IS NOT NULL) AS listed,"
    " (SELECT count(*) FROM shortlist_entry WHERE shortlist_id = shortlist.id AND rank IS NULL) AS excluded,"
    " (SELECT count(*) FROM shortlist_entry WHERE shortlist_id = shortlist.id AND rank IS NOT NULL AND rate IS NULL)"
    " AS without_rate"
)


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A kept entry; the account itself is looked up by `creator_id`."""

    creator_id: int
    application_id: int | None
    position: int
    rank: int | None
    points: tuple[Points, ...]
    excluded: tuple[str, ...]
    flags: tuple[str, ...]
    followers: int | None
    engagement_ppm: int | None
    rate: int | None


@dataclass(frozen=True, slots=True)
class Built:
    """What a building keeps of itself besides the entries."""

    title: str
    campaign_id: int | None
    criteria: Criteria
    weights: tuple[Weight, ...]
    considered: int
    matching: int
    actor_id: int | None
    now: int

    def values(self) -> dict[str, object]:
        """As parameters."""
        return {
            "title": self.title,
            "campaign": self.campaign_id,
            "criteria": json.dumps(self.criteria.to_json(), ensure_ascii=False),
            "weights": json.dumps([[weight.key, weight.points] for weight in self.weights]),
            "considered": self.considered,
            "matching": self.matching,
            "actor": self.actor_id,
            "now": self.now,
        }


async def insert(tx: UnitOfWork, built: Built) -> int:
    """Keep a shortlist, or overwrite the one its campaign has already. Returns its id."""
    row = await tx.fetch_one(
        "INSERT INTO shortlist (title, campaign_id, criteria, weights, considered, matching, created_by, created_at,"
        " built_at) VALUES (:title, :campaign, :criteria, :weights, :considered, :matching, :actor, :now, :now)"
        " ON CONFLICT (campaign_id) DO UPDATE SET title = excluded.title, criteria = excluded.criteria,"
        " weights = excluded.weights, considered = excluded.considered, matching = excluded.matching,"
        " built_at = excluded.built_at, revision = shortlist.revision + 1 RETURNING id",
        built.values(),
    )
    assert row is not None
    return int(row["id"])


async def update(tx: UnitOfWork, shortlist_id: int, built: Built) -> bool:
    """Overwrite a shortlist with a new building; False when it is gone."""
    row = await tx.fetch_one(
        "UPDATE shortlist SET title = :title, criteria = :criteria, weights = :weights, considered = :considered,"
        " matching = :matching, built_at = :now, revision = revision + 1 WHERE id = :id RETURNING id",
        {**built.values(), "id": shortlist_id},
    )
    return row is not None


async def drop_entries(tx: UnitOfWork, shortlist_id: int) -> None:
    """Forget the entries of the building before."""
    await tx.execute("DELETE FROM shortlist_entry WHERE shortlist_id = :id", {"id": shortlist_id})


async def add_entries(tx: UnitOfWork, shortlist_id: int, judgements: Sequence[Judgement]) -> None:
    """Keep the judgements in their order; those who are in come first."""
    await tx.execute_many(
        "INSERT INTO shortlist_entry (shortlist_id, creator_id, application_id, position, rank, score, points,"
        " excluded, flags, followers, engagement_ppm, rate)"
        " VALUES (:shortlist, :creator, :application, :position, :rank, :score, :points, :excluded, :flags, :followers,"
        " :engagement, :rate)",
        [_values(shortlist_id, position, one) for position, one in enumerate(judgements, start=1)],
    )


async def get(reads: Reads, shortlist_id: int) -> Shortlist | None:
    """One shortlist."""
    row = await reads.fetch_one(f"SELECT {_COLUMNS} FROM shortlist WHERE id = :id", {"id": shortlist_id})
    return _shortlist(row) if row else None


async def titled(reads: Reads, part: str, limit: int) -> list[Shortlist]:
    """Shortlists with this in their title (case aside, an empty text is in them all), last built first."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM shortlist WHERE instr(lower(title), lower(:part)) > 0"
        " ORDER BY built_at DESC, id DESC LIMIT :limit",
        {"part": part, "limit": limit},
    )
    return [_shortlist(row) for row in rows]


async def entries(reads: Reads, shortlist_id: int, *, limit: int, offset: int) -> list[EntryRow]:
    """Entries in their order."""
    rows = await reads.fetch_all(
        "SELECT creator_id, application_id, position, rank, points, excluded, flags, followers, engagement_ppm, rate"
        " FROM shortlist_entry WHERE shortlist_id = :id ORDER BY position LIMIT :limit OFFSET :offset",
        {"id": shortlist_id, "limit": limit, "offset": offset},
    )
    return [_entry(row) for row in rows]


async def entry(reads: Reads, shortlist_id: int, creator_id: int) -> EntryRow | None:
    """One entry."""
    row = await reads.fetch_one(
        "SELECT creator_id, application_id, position, rank, points, excluded, flags, followers, engagement_ppm, rate"
        " FROM shortlist_entry WHERE shortlist_id = :id AND creator_id = :creator",
        {"id": shortlist_id, "creator": creator_id},
    )
    return _entry(row) if row else None


def _values(shortlist_id: int, position: int, one: Judgement) -> dict[str, object]:
    creator = one.candidate.creator
    return {
        "shortlist": shortlist_id,
        "creator": creator.id,
        "application": one.candidate.application_id,
        "position": position,
        "rank": None if one.excluded else position,
        "score": one.score,
        "points": json.dumps([[p.key, p.gained, p.weight, p.reason] for p in one.points], ensure_ascii=False),
        "excluded": json.dumps(one.excluded, ensure_ascii=False),
        "flags": json.dumps(one.flags, ensure_ascii=False),
        "followers": creator.record.metrics.followers,
        "engagement": creator.engagement_ppm,
        "rate": one.candidate.rate,
    }


def _entry(row: Row) -> EntryRow:
    return EntryRow(
        creator_id=row["creator_id"],
        application_id=row["application_id"],
        position=row["position"],
        rank=row["rank"],
        points=tuple(
            Points(CriterionKey(key), gained, weight, reason)
            for key, gained, weight, reason in json.loads(row["points"])
        ),
        excluded=tuple(json.loads(row["excluded"])),
        flags=tuple(json.loads(row["flags"])),
        followers=row["followers"],
        engagement_ppm=row["engagement_ppm"],
        rate=row["rate"],
    )


def _shortlist(row: Row) -> Shortlist:
    return Shortlist(
        id=row["id"],
        title=row["title"],
        campaign_id=row["campaign_id"],
        criteria=Criteria.from_json(json.loads(row["criteria"])),
        weights=tuple(Weight(CriterionKey(key), points) for key, points in json.loads(row["weights"])),
        created_by=row["created_by"],
        built_at=row["built_at"],
        revision=row["revision"],
        considered=row["considered"],
        matching=row["matching"],
        listed=row["listed"],
        excluded=row["excluded"],
        without_rate=row["without_rate"],
    )
