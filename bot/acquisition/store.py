"""All SQL of acquiring creators. Reads what other areas know of an account's first steps, and changes none of it."""

import json
from collections.abc import Collection
from datetime import date
from typing import Final

from bot.acquisition.models import Aim, Arrivals, Cost, Mark, Newcomer, Period, Strategy, Target
from bot.creators.models import Niche, Platform, Tier
from bot.creators.rules import tier_range
from bot.platform.database import Reads, Row, UnitOfWork

# Someone who applies within a week of arriving came for the campaign.
_FOR_CAMPAIGN_SECONDS: Final = 7 * 86_400
# What the bot saw an account's owner do first: an event or a giveaway before they registered, or a campaign they
# applied to as they did.
_GUESS: Final = (
    # An account that is nobody's here, as nearly all of an import, needs no looking up.
    "CASE WHEN creator.member_id IS NOT NULL THEN (SELECT way FROM ("
    "SELECT rsvp.joined_at AS at, CASE WHEN event.kind = 'meetup' OR (event.kind = 'workshop' AND event.link IS NULL)"
    " THEN 'offline_event' ELSE 'online_event' END AS way"
    " FROM event_rsvp AS rsvp JOIN event ON event.id = rsvp.event_id"
    " WHERE rsvp.member_id = creator.member_id AND rsvp.joined_at <= creator.created_at"
    " UNION ALL SELECT joined_at, 'giveaway' FROM giveaway_entry AS entry"
    " WHERE entry.member_id = creator.member_id AND entry.joined_at <= creator.created_at"
    " UNION ALL SELECT applied_at, 'campaign' FROM application WHERE application.creator_id = creator.id"
    f" AND applied_at <= creator.created_at + {_FOR_CAMPAIGN_SECONDS}"
    ") ORDER BY at LIMIT 1) END"
)
_WAY: Final = f"coalesce((SELECT strategy FROM creator_strategy WHERE creator_id = creator.id), {_GUESS})"
_NEW: Final = "creator.merged_into IS NULL AND creator.created_at >= :from AND creator.created_at < :until"
# WIB is seven hours ahead all year.
_MONTH: Final = "strftime('%Y-%m-01', creator.created_at + 25200, 'unixepoch')"
_CAME_WITH: Final = (
    "coalesce((SELECT followers FROM creator_snapshot AS shot WHERE shot.creator_id = creator.id"
    " ORDER BY taken_at, id LIMIT 1), followers)"
)
_TIER: Final = (
    "CASE WHEN came_with IS NULL THEN NULL "
    + " ".join(f"WHEN came_with >= {tier_range(tier)[0]} THEN '{tier.value}'" for tier in reversed(Tier))
    + " END"
)
_TARGET: Final = "id, first_day, months, platform, region, niche, tier, strategy, wanted"


async def arrivals(reads: Reads, period: Period) -> list[Arrivals]:
    """New accounts of a period, those alike counted together; accounts found to be another one are left out."""
    rows = await reads.fetch_all(
        f"WITH arrived AS (SELECT {_MONTH} AS month, platform, region, niche_1, niche_2, {_CAME_WITH} AS came_with,"
        f" {_WAY} AS way FROM creator WHERE {_NEW})"
        f" SELECT month, platform, region, niche_1, niche_2, {_TIER} AS tier, way, count(*) AS number"
        " FROM arrived GROUP BY 1, 2, 3, 4, 5, 6, 7",
        {"from": period.starts_at, "until": period.ends_at},
    )
    return [
        Arrivals(
            month=date.fromisoformat(row["month"]),
            platform=Platform(row["platform"]),
            region=row["region"],
            niches=tuple(Niche(row[name]) for name in ("niche_1", "niche_2") if row[name]),
            tier=Tier(row["tier"]) if row["tier"] else None,
            strategy=Strategy(row["way"]) if row["way"] else None,
            count=row["number"],
        )
        for row in rows
    ]


async def arrivals_by_platform(reads: Reads, first_at: int, until: int) -> list[Arrivals]:
    """New accounts of a span of time by month and platform alone; what else they are like is left open."""
    rows = await reads.fetch_all(
        f"SELECT {_MONTH} AS month, platform, count(*) AS number FROM creator WHERE {_NEW} GROUP BY 1, 2",
        {"from": first_at, "until": until},
    )
    return [
        Arrivals(date.fromisoformat(row["month"]), Platform(row["platform"]), None, (), None, None, row["number"])
        for row in rows
    ]


async def known_before(reads: Reads, at: int) -> dict[Platform, int]:
    """How many accounts of each platform were there at an instant."""
    rows = await reads.fetch_all(
        "SELECT platform, count(*) AS number FROM creator WHERE merged_into IS NULL AND created_at < :at"
        " GROUP BY platform",
        {"at": at},
    )
    return {Platform(row["platform"]): row["number"] for row in rows}


async def targets(reads: Reads, first: date, after: date) -> list[Target]:
    """Targets that share a day with a span of days, quarters before their months, the largest first."""
    rows = await reads.fetch_all(
        f"SELECT {_TARGET} FROM acquisition_target WHERE first_day < :after"
        " AND date(first_day, '+' || months || ' months') > :first ORDER BY months DESC, first_day, wanted DESC, id",
        {"first": first.isoformat(), "after": after.isoformat()},
    )
    return [_target(row) for row in rows]


async def same_target(reads: Reads, period: Period, aim: Aim) -> Target | None:
    """The target of a period that is about the same."""
    row = await reads.fetch_one(
        f"SELECT {_TARGET} FROM acquisition_target WHERE first_day = :first AND months = :months"
        " AND platform IS :platform AND region IS :region AND niche IS :niche AND tier IS :tier"
        " AND strategy IS :strategy",
        _values(period, aim),
    )
    return _target(row) if row else None


async def add_target(tx: UnitOfWork, period: Period, aim: Aim, wanted: int, by: int | None, at: int) -> int:
    """Keep a new target; returns its id."""
    row = await tx.fetch_one(
        "INSERT INTO acquisition_target (first_day, months, platform, region, niche, tier, strategy, wanted, set_by,"
        " set_at) VALUES (:first, :months, :platform, :region, :niche, :tier, :strategy, :wanted, :by, :at)"
        " RETURNING id",
        {**_values(period, aim), "wanted": wanted, "by": by, "at": at},
    )
    assert row is not None
    return int(row["id"])


async def change_target(tx: UnitOfWork, target_id: int, wanted: int, by: int | None, at: int) -> None:
    """Another number for a target."""
    await tx.execute(
        "UPDATE acquisition_target SET wanted = :wanted, set_by = :by, set_at = :at WHERE id = :id",
        {"id": target_id, "wanted": wanted, "by": by, "at": at},
    )


async def drop_target(tx: UnitOfWork, target_id: int) -> None:
    """Forget a target."""
    await tx.execute("DELETE FROM acquisition_target WHERE id = :id", {"id": target_id})


async def costs(reads: Reads, first: date, after: date) -> list[Cost]:
    """Budget lines that share a day with a span of days, the newest first."""
    rows = await reads.fetch_all(
        "SELECT id, first_day, months, strategy, amount, note FROM acquisition_cost WHERE first_day < :after"
        " AND date(first_day, '+' || months || ' months') > :first ORDER BY id DESC",
        {"first": first.isoformat(), "after": after.isoformat()},
    )
    return [_cost(row) for row in rows]


async def add_cost(
    tx: UnitOfWork, period: Period, strategy: Strategy, amount: int, note: str, by: int | None, at: int
) -> int:
    """Keep a budget line; returns its id."""
    row = await tx.fetch_one(
        "INSERT INTO acquisition_cost (first_day, months, strategy, amount, note, noted_by, noted_at)"
        " VALUES (:first, :months, :strategy, :amount, :note, :by, :at) RETURNING id",
        {
            "first": period.first.isoformat(),
            "months": period.months,
            "strategy": strategy.value,
            "amount": amount,
            "note": note,
            "by": by,
            "at": at,
        },
    )
    assert row is not None
    return int(row["id"])


async def drop_cost(tx: UnitOfWork, cost_id: int) -> Cost | None:
    """Forget a budget line; what it said, None when it is gone already."""
    row = await tx.fetch_one(
        "DELETE FROM acquisition_cost WHERE id = :id RETURNING id, first_day, months, strategy, amount, note",
        {"id": cost_id},
    )
    return _cost(row) if row else None


async def newcomers(reads: Reads, period: Period, *, limit: int, offset: int) -> list[Newcomer]:
    """New accounts of a period that staff have not marked, the newest first."""
    rows = await reads.fetch_all(
        f"SELECT id, platform, username, source, created_at, {_GUESS} AS guess FROM creator WHERE {_NEW}"
        " AND NOT EXISTS (SELECT 1 FROM creator_strategy WHERE creator_id = creator.id)"
        " ORDER BY created_at DESC, id DESC LIMIT :limit OFFSET :offset",
        {"from": period.starts_at, "until": period.ends_at, "limit": limit, "offset": offset},
    )
    return [
        Newcomer(
            creator_id=row["id"],
            platform=Platform(row["platform"]),
            username=row["username"],
            source=row["source"],
            created_at=row["created_at"],
            guess=Strategy(row["guess"]) if row["guess"] else None,
        )
        for row in rows
    ]


async def count_newcomers(reads: Reads, period: Period) -> int:
    """How many new accounts of a period staff have not marked."""
    row = await reads.fetch_one(
        f"SELECT count(*) AS number FROM creator WHERE {_NEW}"
        " AND NOT EXISTS (SELECT 1 FROM creator_strategy WHERE creator_id = creator.id)",
        {"from": period.starts_at, "until": period.ends_at},
    )
    return int(row["number"]) if row else 0


async def mark_of(reads: Reads, creator_id: int) -> Mark | None:
    """What staff say brought an account."""
    row = await reads.fetch_one(
        "SELECT strategy, note FROM creator_strategy WHERE creator_id = :id", {"id": creator_id}
    )
    return Mark(Strategy(row["strategy"]), row["note"]) if row else None


async def mark(tx: UnitOfWork, creator_ids: Collection[int], what: Mark, by: int | None, at: int) -> list[int]:
    """Say what brought these accounts; the ids of those that are there."""
    rows = await tx.fetch_all(
        "INSERT INTO creator_strategy (creator_id, strategy, note, set_by, set_at)"
        " SELECT id, :strategy, :note, :by, :at FROM creator WHERE id IN (SELECT value FROM json_each(:ids))"
        " ON CONFLICT (creator_id) DO UPDATE SET strategy = excluded.strategy, note = excluded.note,"
        " set_by = excluded.set_by, set_at = excluded.set_at RETURNING creator_id",
        {"strategy": what.strategy.value, "note": what.note, "by": by, "at": at, "ids": json.dumps(list(creator_ids))},
    )
    return [row["creator_id"] for row in rows]


async def unmark(tx: UnitOfWork, creator_ids: Collection[int]) -> list[int]:
    """Take back what was said of these accounts; the ids of those that had a mark."""
    rows = await tx.fetch_all(
        "DELETE FROM creator_strategy WHERE creator_id IN (SELECT value FROM json_each(:ids)) RETURNING creator_id",
        {"ids": json.dumps(list(creator_ids))},
    )
    return [row["creator_id"] for row in rows]


def _values(period: Period, aim: Aim) -> dict[str, object]:
    return {
        "first": period.first.isoformat(),
        "months": period.months,
        "platform": aim.platform,
        "region": aim.region,
        "niche": aim.niche,
        "tier": aim.tier,
        "strategy": aim.strategy,
    }


def _period(row: Row) -> Period:
    return Period(date.fromisoformat(row["first_day"]), row["months"])


def _target(row: Row) -> Target:
    aim = Aim(
        platform=Platform(row["platform"]) if row["platform"] else None,
        region=row["region"],
        niche=Niche(row["niche"]) if row["niche"] else None,
        tier=Tier(row["tier"]) if row["tier"] else None,
        strategy=Strategy(row["strategy"]) if row["strategy"] else None,
    )
    return Target(row["id"], _period(row), aim, row["wanted"])


def _cost(row: Row) -> Cost:
    return Cost(row["id"], _period(row), Strategy(row["strategy"]), row["amount"], row["note"])
