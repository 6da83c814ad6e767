"""The SQL of shortlists and their versions."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.platform.database import Reads, Row, UnitOfWork
from bot.shortlists.models import Cause, Criteria, CriterionKey, Shortlist, Version, Weight

_COUNTS = (
    " (SELECT count(*) FROM shortlist_entry AS entry WHERE entry.shortlist_id = version.shortlist_id"
    " AND entry.revision = version.revision AND rank IS NOT NULL) AS listed,"
    " (SELECT count(*) FROM shortlist_entry AS entry WHERE entry.shortlist_id = version.shortlist_id"
    " AND entry.revision = version.revision AND rank IS NULL) AS excluded"
)
_SELECT = (
    "SELECT shortlist.id, version.title, campaign_id, criteria, weights, created_by, version.built_at,"
    " version.revision, shortlist.revision AS latest, considered, matching, own_weights IS NOT NULL AS own,"
    " brief_id, budget, slots,"
    f"{_COUNTS},"
    " (SELECT count(*) FROM shortlist_entry AS entry WHERE entry.shortlist_id = version.shortlist_id"
    " AND entry.revision = version.revision AND rank IS NOT NULL AND coalesce(staff_rate, rate) IS NULL)"
    " AS without_rate FROM shortlist JOIN shortlist_version AS version ON version.shortlist_id = shortlist.id"
)


@dataclass(frozen=True, slots=True)
class Built:
    """What a building keeps of itself besides the entries."""

    title: str
    campaign_id: int | None
    criteria: Criteria
    weights: tuple[Weight, ...]
    considered: int
    matching: int
    cause: Cause
    actor_id: int | None
    now: int

    def first(self) -> "Built":
        """The same as a first version."""
        return replace(self, cause=Cause.BUILT)

    def values(self) -> dict[str, object]:
        """As parameters."""
        return {
            "title": self.title,
            "campaign": self.campaign_id,
            "criteria": json.dumps(self.criteria.to_json(), ensure_ascii=False),
            "weights": _weights_text(self.weights),
            "considered": self.considered,
            "matching": self.matching,
            "cause": self.cause.value,
            "actor": self.actor_id,
            "now": self.now,
        }


async def insert(tx: UnitOfWork, built: Built, *, brief_id: int | None, budget: int | None, slots: int | None) -> int:
    """Keep a new shortlist, still without its first version. Returns its id."""
    row = await tx.fetch_one(
        "INSERT INTO shortlist (title, campaign_id, created_by, created_at, built_at, brief_id, budget, slots)"
        " VALUES (:title, :campaign, :actor, :now, :now, :brief, :budget, :slots) RETURNING id",
        {**built.values(), "brief": brief_id, "budget": budget, "slots": slots},
    )
    assert row is not None
    return int(row["id"])


async def add_version(tx: UnitOfWork, shortlist_id: int, revision: int, built: Built) -> None:
    """Keep what a version was built from."""
    await tx.execute(
        "INSERT INTO shortlist_version (shortlist_id, revision, title, criteria, weights, considered, matching, cause,"
        " built_by, built_at) VALUES (:id, :revision, :title, :criteria, :weights, :considered, :matching, :cause,"
        " :actor, :now)",
        {**built.values(), "id": shortlist_id, "revision": revision},
    )


async def move_on(tx: UnitOfWork, shortlist_id: int, revision: int, built: Built) -> None:
    """Make a version the present one."""
    await tx.execute(
        "UPDATE shortlist SET title = :title, built_at = :now, revision = :revision WHERE id = :id",
        {**built.values(), "id": shortlist_id, "revision": revision},
    )


async def confirm(tx: UnitOfWork, shortlist_id: int, revision: int, built: Built) -> None:
    """A version was found to hold still: only when, and among how many, is new."""
    await tx.execute(
        "UPDATE shortlist_version SET built_at = :now, title = :title, considered = :considered, matching = :matching"
        " WHERE shortlist_id = :id AND revision = :revision",
        {**built.values(), "id": shortlist_id, "revision": revision},
    )


async def get(reads: Reads, shortlist_id: int, revision: int | None = None) -> Shortlist | None:
    """One shortlist in its present version, or an earlier one."""
    row = await reads.fetch_one(
        f"{_SELECT} WHERE shortlist.id = :id AND version.revision = coalesce(:revision, shortlist.revision)",
        {"id": shortlist_id, "revision": revision},
    )
    return _shortlist(row) if row else None


async def of_campaign(reads: Reads, campaign_id: int) -> int | None:
    """The shortlist a campaign has."""
    row = await reads.fetch_one("SELECT id FROM shortlist WHERE campaign_id = :campaign", {"campaign": campaign_id})
    return int(row["id"]) if row else None


async def titled(reads: Reads, part: str, limit: int) -> list[Shortlist]:
    """Shortlists with this in their title (case aside, an empty text is in them all), last built first."""
    rows = await reads.fetch_all(
        f"{_SELECT} AND version.revision = shortlist.revision WHERE instr(lower(shortlist.title), lower(:part)) > 0"
        " ORDER BY shortlist.built_at DESC, shortlist.id DESC LIMIT :limit",
        {"part": part, "limit": limit},
    )
    return [_shortlist(row) for row in rows]


async def versions(reads: Reads, shortlist_id: int, *, limit: int, offset: int) -> list[Version]:
    """The history of a shortlist, newest first."""
    rows = await reads.fetch_all(
        f"SELECT revision, cause, built_by, built_at,{_COUNTS} FROM shortlist_version AS version"
        " WHERE shortlist_id = :id ORDER BY revision DESC LIMIT :limit OFFSET :offset",
        {"id": shortlist_id, "limit": limit, "offset": offset},
    )
    return [
        Version(row["revision"], Cause(row["cause"]), row["built_by"], row["built_at"], row["listed"], row["excluded"])
        for row in rows
    ]


async def own_weights(reads: Reads, shortlist_id: int) -> tuple[Weight, ...] | None:
    """The weights staff set, None where the defaults hold."""
    row = await reads.fetch_one("SELECT own_weights FROM shortlist WHERE id = :id", {"id": shortlist_id})
    return _weights(row["own_weights"]) if row and row["own_weights"] else None


async def set_own_weights(tx: UnitOfWork, shortlist_id: int, weights: Sequence[Weight] | None) -> None:
    """Keep the weights staff set; None goes back to the defaults."""
    await tx.execute(
        "UPDATE shortlist SET own_weights = :weights WHERE id = :id",
        {"id": shortlist_id, "weights": _weights_text(weights) if weights else None},
    )


async def set_budget(tx: UnitOfWork, shortlist_id: int, budget: int, slots: int) -> None:
    """Keep what a shortlist was fitted to."""
    await tx.execute(
        "UPDATE shortlist SET budget = :budget, slots = :slots WHERE id = :id",
        {"id": shortlist_id, "budget": budget, "slots": slots},
    )


def _weights_text(weights: Sequence[Weight]) -> str:
    return json.dumps([[weight.key, weight.points] for weight in weights])


def _weights(text: str) -> tuple[Weight, ...]:
    return tuple(Weight(CriterionKey(key), points) for key, points in json.loads(text))


def _shortlist(row: Row) -> Shortlist:
    return Shortlist(
        id=row["id"],
        title=row["title"],
        campaign_id=row["campaign_id"],
        criteria=Criteria.from_json(json.loads(row["criteria"])),
        weights=_weights(row["weights"]),
        created_by=row["created_by"],
        built_at=row["built_at"],
        revision=row["revision"],
        considered=row["considered"],
        matching=row["matching"],
        listed=row["listed"],
        excluded=row["excluded"],
        without_rate=row["without_rate"],
        latest=row["latest"],
        own_weights=bool(row["own"]),
        brief_id=row["brief_id"],
        budget=row["budget"],
        slots=row["slots"],
    )
