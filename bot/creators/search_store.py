"""The SQL of searching the KOL database: fixed fragments put together, values only ever as named parameters."""

from dataclasses import dataclass
from typing import Any, Final

from bot.creators.models import CreatorKey, Platform
from bot.creators.rules import (
    FEW_COMMENTS_PER_LIKE,
    MANY_LIKES,
    SUSPICIOUS_ENGAGEMENT,
    SUSPICIOUS_VIEWS_PER_FOLLOWER,
    tier_range,
)
from bot.creators.search import CreatorFilter, Range, Review, Sort
from bot.creators.store import COLUMNS, Creator, creator_of
from bot.platform.database import Reads, Row

# Shorter parts match too much to be of use, and have no three letters in a row to be found by.
SHORTEST_PART: Final = 3
_LONGEST_TEXT: Final = 60

_ORDERS: Final = {
    Sort.FOLLOWERS: "followers DESC NULLS LAST, username, id",
    Sort.ENGAGEMENT: "engagement_ppm DESC NULLS LAST, username, id",
    Sort.VIEWS: "avg_views DESC NULLS LAST, username, id",
    Sort.NEWEST: "id DESC",
    Sort.USERNAME: "username, platform, id",
}
# The same limits as rules.anomalies, in whole numbers; a test holds the two together.
_REVIEWS: Final = {
    Review.HIGH_ENGAGEMENT: "(followers > 0 AND (avg_likes + avg_comments) * 1000000 > followers * :suspicious_ppm)",
    Review.HIGH_VIEWS: "(followers > 0 AND avg_views > followers * :suspicious_views)",
    Review.FEW_COMMENTS: "(avg_likes >= :many_likes AND avg_comments * 1000000 < avg_likes * :few_comments_ppm)",
    Review.MISSING_METRICS: (
        "(followers IS NULL OR followers = 0 OR avg_views IS NULL OR avg_likes IS NULL OR avg_comments IS NULL"
        " OR avg_shares IS NULL)"
    ),
}
_DOUBTFUL: Final = "(" + " OR ".join(f"{fragment} IS TRUE" for fragment in _REVIEWS.values()) + ")"
_LIMITS: Final[dict[str, object]] = {
    "suspicious_ppm": int(SUSPICIOUS_ENGAGEMENT * 1_000_000),
    "suspicious_views": SUSPICIOUS_VIEWS_PER_FOLLOWER,
    "many_likes": MANY_LIKES,
    "few_comments_ppm": int(FEW_COMMENTS_PER_LIKE * 1_000_000),
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What autocomplete shows of an account."""

    creator_id: int
    key: CreatorKey
    followers: int | None


@dataclass(frozen=True, slots=True)
class Condition:
    """One requirement as SQL: true or not true for a row (never only NULL), with its parameters."""

    part: str
    sql: str
    values: dict[str, object]


def conditions(wanted: CreatorFilter) -> list[Condition]:
    """The requirements of a filter, one for each of its parts."""
    return [_condition(part, getattr(wanted, part)) for part in wanted.parts()]


async def page(reads: Reads, wanted: CreatorFilter, sort: Sort, *, limit: int, offset: int) -> list[Creator]:
    """Accounts that meet the filter, in order."""
    where, values = _where(wanted)
    # The ids are found in the index alone; whole rows, with their long encrypted contacts, are read for the page only.
    rows = await reads.fetch_all(
        f"SELECT {COLUMNS} FROM creator WHERE id IN"
        f" (SELECT id FROM creator WHERE {where} ORDER BY {_ORDERS[sort]} LIMIT :limit OFFSET :offset)"
        f" ORDER BY {_ORDERS[sort]}",
        {**values, "limit": limit, "offset": offset},
    )
    return [creator_of(row) for row in rows]


async def matching(reads: Reads, wanted: CreatorFilter, *, limit: int) -> list[Row]:
    """The rows of all accounts that meet the filter, oldest first, up to a limit; `creator_of` reads them."""
    where, values = _where(wanted)
    return await reads.fetch_all(
        f"SELECT {COLUMNS} FROM creator WHERE {where} ORDER BY id LIMIT :limit", {**values, "limit": limit}
    )


async def count(reads: Reads, wanted: CreatorFilter) -> int:
    """How many accounts meet the filter."""
    where, values = _where(wanted)
    row = await reads.fetch_one(f"SELECT count(*) AS total FROM creator WHERE {where}", values)
    return int(row["total"]) if row else 0


async def near_misses(reads: Reads, wanted: CreatorFilter, *, limit: int) -> list[Creator]:
    """Accounts that do not meet the filter, those that fail the fewest of its parts first, then by ER."""
    parts = conditions(wanted)
    if not parts:
        return []
    where, values = _where(wanted)
    misses = " + ".join(f"CASE WHEN {part.sql} THEN 0 ELSE 1 END" for part in parts)
    order = "engagement_ppm DESC NULLS LAST, username, id"
    rows = await reads.fetch_all(
        f"SELECT {COLUMNS}, {misses} AS misses FROM creator WHERE id IN"
        f" (SELECT id FROM creator WHERE ({where}) IS NOT TRUE ORDER BY {misses}, {order} LIMIT :limit)"
        f" ORDER BY misses, {order}",
        {**values, "limit": limit},
    )
    return [creator_of(row) for row in rows]


async def beginning_with(reads: Reads, text: str, *, limit: int) -> list[Suggestion]:
    """Accounts whose username begins with the text (lower case), by username. An empty text begins them all."""
    rows = await reads.fetch_all(
        "SELECT id, platform, username, followers FROM creator WHERE username >= :text AND username < :after"
        " ORDER BY username, platform LIMIT :limit",
        {"text": text, "after": _after(text), "limit": limit},
    )
    return [_suggestion(row) for row in rows]


async def containing(reads: Reads, text: str, *, limit: int) -> list[Suggestion]:
    """Accounts with the text (lower case, three letters or more) further inside their username, oldest first."""
    if len(text) < SHORTEST_PART:
        return []
    text = text[:_LONGEST_TEXT]
    rows = await reads.fetch_all(
        "SELECT creator.id, platform, creator.username, followers FROM creator_name"
        " JOIN creator ON creator.id = creator_name.rowid"
        " WHERE creator_name MATCH :trigrams AND instr(creator.username, :text) > 1"
        " AND NOT (creator.username >= :text AND creator.username < :after) LIMIT :limit",
        {"trigrams": _trigrams(text), "text": text, "after": _after(text), "limit": limit},
    )
    return [_suggestion(row) for row in rows]


async def named(reads: Reads, username: str) -> list[Creator]:
    """The accounts of exactly this username, on any platform."""
    rows = await reads.fetch_all(
        f"SELECT {COLUMNS} FROM creator WHERE username = :username ORDER BY platform", {"username": username}
    )
    return [creator_of(row) for row in rows]


def _where(wanted: CreatorFilter) -> tuple[str, dict[str, object]]:
    parts = conditions(wanted)
    values: dict[str, object] = {}
    for part in parts:
        values |= part.values
    return " AND ".join(part.sql for part in parts) or "TRUE", values


def _condition(part: str, value: Any) -> Condition:
    match part:
        case "text":
            return Condition(part, "(instr(username, :text) > 0)", {"text": value})
        case "platforms":
            return _one_of(part, ("platform",), value)
        case "niches":
            return _one_of(part, ("niche_1", "niche_2"), value)
        case "content_types":
            return _one_of(part, ("content_type",), value)
        case "genders":
            return _one_of(part, ("gender",), value)
        case "age_bands":
            return _one_of(part, ("age_band",), value)
        case "regions":
            return _one_of(part, ("region",), value)
        case "tiers":
            return _tiers(value)
        case "city":
            return Condition(part, "(lower(city) = lower(:city))", {"city": value})
        case "affiliate":
            return Condition(part, "(affiliate = :affiliate)", {"affiliate": int(value)})
        case "registered":
            return Condition(part, f"(member_id IS {'NOT ' if value else ''}NULL)", {})
        case "reachable":
            return Condition(part, f"(contact IS {'NOT ' if value else ''}NULL)", {})
        case "review":
            return _review(value)
        case _:
            return _between(part, _FIGURES[part], value)


_FIGURES: Final = {
    "followers": "followers",
    "engagement": "engagement_ppm",
    "views": "avg_views",
    "likes": "avg_likes",
    "comments": "avg_comments",
    "shares": "avg_shares",
}


def _one_of(part: str, columns: tuple[str, ...], wanted: tuple[str, ...]) -> Condition:
    values: dict[str, object] = {f"{part}_{index}": str(item) for index, item in enumerate(wanted)}
    names = ", ".join(f":{name}" for name in values)
    return Condition(part, "(" + " OR ".join(f"{column} IN ({names})" for column in columns) + ")", values)


def _between(part: str, column: str, bounds: Range) -> Condition:
    # The plus keeps the planner from a sort's index, which lacks the other columns: it would read every row behind it.
    column = f"+{column}"
    pieces: list[str] = []
    values: dict[str, object] = {}
    if bounds.low is not None:
        pieces.append(f"{column} >= :{part}_low")
        values[f"{part}_low"] = bounds.low
    if bounds.high is not None:
        pieces.append(f"{column} <= :{part}_high")
        values[f"{part}_high"] = bounds.high
    return Condition(part, f"({' AND '.join(pieces)})", values)


def _tiers(wanted: tuple[Any, ...]) -> Condition:
    ranges = [_between(f"tier_{index}", "followers", Range(*tier_range(tier))) for index, tier in enumerate(wanted)]
    values: dict[str, object] = {}
    for bounds in ranges:
        values |= bounds.values
    return Condition("tiers", f"({' OR '.join(bounds.sql for bounds in ranges)})", values)


def _review(wanted: Review) -> Condition:
    if wanted is Review.SOUND:
        return Condition("review", f"(NOT {_DOUBTFUL})", _LIMITS)
    return Condition("review", _DOUBTFUL if wanted is Review.DOUBTFUL else _REVIEWS[wanted], _LIMITS)


def _after(text: str) -> str:
    """The first text that sorts behind all that begin with `text`."""
    return text + "\U0010ffff"


def _trigrams(text: str) -> str:
    """The text as a query for creator_name: each three letters in a row must be there."""
    pieces = {text[index : index + 3].replace('"', '""') for index in range(len(text) - 2)}
    return " AND ".join(f'"{piece}"' for piece in sorted(pieces))


def _suggestion(row: Row) -> Suggestion:
    return Suggestion(row["id"], CreatorKey(Platform(row["platform"]), row["username"]), row["followers"])
