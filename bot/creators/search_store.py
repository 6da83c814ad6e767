"""The SQL of searching the KOL database: fixed fragments put together, values only ever as named parameters."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.creators.models import CreatorKey, Platform
from bot.creators.rules import (
    FEW_COMMENTS_PER_LIKE,
    MANY_LIKES,
    STALE_AFTER,
    SUSPICIOUS_ENGAGEMENT,
    SUSPICIOUS_VIEWS_PER_FOLLOWER,
    tier_range,
)
from bot.creators.search import CreatorFilter, Missing, Range, Review, Sort
from bot.creators.store import COLUMNS, Creator, creator_of
from bot.platform.database import Reads, Row

# Shorter parts match too much to be of use, and have no three letters in a row to be found by.
SHORTEST_PART: Final = 3
_LONGEST_TEXT: Final = 60
# Up to so many matches are sorted among themselves; what is found beyond is counted, and the page found on its own.
FEW = 2_000
# A walk along an order looks at so many times the accounts it should need, and costs so many times a row of a scan.
_WALK_SPARE: Final = 4
_WALK_COSTS: Final = 100

_ORDERS: Final = {
    Sort.FOLLOWERS: "followers DESC NULLS LAST, username, id",
    Sort.ENGAGEMENT: "engagement_ppm DESC NULLS LAST, username, id",
    Sort.VIEWS: "avg_views DESC NULLS LAST, username, id",
    Sort.NEWEST: "id DESC",
    Sort.USERNAME: "username, platform, id",
}
# The same limits as rules.anomalies, in whole numbers; a test holds the two together. The cheap test comes first: over
# a million accounts the arithmetic is what takes the time. The pluses keep the planner from the orders' indexes. ER is
# unknown when followers, likes or comments are, or there are no followers.
_REVIEWS: Final = {
    Review.HIGH_ENGAGEMENT: (
        "(+engagement_ppm >= :suspicious_ppm"
        " AND followers > 0 AND (avg_likes + avg_comments) * 1000000 > followers * :suspicious_ppm)"
    ),
    Review.HIGH_VIEWS: "(+avg_views > followers * :suspicious_views AND followers > 0)",
    Review.FEW_COMMENTS: "(avg_likes >= :many_likes AND avg_comments * 1000000 < avg_likes * :few_comments_ppm)",
    Review.MISSING_METRICS: "(+engagement_ppm IS NULL OR +avg_views IS NULL OR avg_shares IS NULL)",
}
# A username is unique on its platform, and found by both.
_PLATFORMS: Final = ", ".join(f"'{platform.value}'" for platform in Platform)
# Of accounts that turned out to be another one only that other is looked for; the indexes hold no others.
_OWN: Final = "merged_into IS NULL"
_STALE: Final = "(measured_at IS NULL OR measured_at <= :at - :stale_after)"
# Every account whose person is on the blacklist (see bot.creator_care.store for one person's accounts).
_BLACKLISTED: Final = (
    "id IN (WITH RECURSIVE listed (id) AS (SELECT creator_id FROM creator_blacklist WHERE lifted_at IS NULL"
    " AND (expires_at IS NULL OR expires_at > :at)"
    " UNION SELECT other.id FROM listed JOIN creator AS one ON one.id = listed.id"
    " JOIN creator AS other ON other.member_id = one.member_id"
    " UNION SELECT pair.other_id FROM listed"
    " JOIN creator_merge AS pair ON pair.kept_id = listed.id AND pair.undone_at IS NULL"
    " UNION SELECT pair.kept_id FROM listed"
    " JOIN creator_merge AS pair ON pair.other_id = listed.id AND pair.undone_at IS NULL) SELECT id FROM listed)"
)
_MISSING: Final = {
    Missing.NICHE: "niche_1 IS NULL",
    Missing.REGION: "region IS NULL",
    Missing.CONTENT_TYPE: "content_type IS NULL",
    Missing.AGE: "age_band IS NULL",
    Missing.GENDER: "gender IS NULL",
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
class Matches:
    """How many accounts meet a filter, and their ids when they are at most FEW."""

    total: int
    ids: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """One requirement as SQL: true or not true for a row (never only NULL), with its parameters."""

    part: str
    sql: str
    values: dict[str, object]


def conditions(wanted: CreatorFilter) -> list[Condition]:
    """The requirements of a filter, one for each of its parts."""
    return [_condition(part, getattr(wanted, part)) for part in wanted.parts()]


async def matches(reads: Reads, wanted: CreatorFilter, *, at: int) -> Matches:
    """How many accounts meet the filter; which, when they are few, so that their page needs no second search."""
    if not wanted.parts():
        return Matches(await count(reads, wanted, at=at))
    where, values = _where(wanted, at)
    few = await reads.fetch_all(f"SELECT id FROM creator WHERE {where} LIMIT :few", {**values, "few": FEW + 1})
    if len(few) > FEW:
        return Matches(await count(reads, wanted, at=at))
    return Matches(len(few), tuple(row["id"] for row in few))


async def page(
    reads: Reads, wanted: CreatorFilter, found: Matches, sort: Sort, *, limit: int, offset: int, at: int
) -> list[Creator]:
    """Accounts that meet the filter, in order. `at`: the instant at which blacklist and age of figures are judged."""
    if found.ids is not None:
        return await _of_ids(reads, found.ids, sort, limit, offset)
    if not wanted.parts():
        return await _sorted(reads, wanted, _ORDERS[sort], limit=limit, offset=offset, at=at)
    near = await _walked(reads, wanted, found, sort, limit=limit, offset=offset, at=at)
    if near is not None:
        return near
    # The plus keeps the planner from the order's index, which lacks most columns of the filter.
    return await _sorted(reads, wanted, f"+{_ORDERS[sort]}", limit=limit, offset=offset, at=at)


async def _of_ids(reads: Reads, ids: Sequence[int], sort: Sort, limit: int, offset: int) -> list[Creator]:
    rows = await reads.fetch_all(
        f"SELECT {COLUMNS} FROM creator WHERE id IN (SELECT value FROM json_each(:ids))"
        f" ORDER BY {_ORDERS[sort]} LIMIT :limit OFFSET :offset",
        {"ids": json.dumps(ids), "limit": limit, "offset": offset},
    )
    return [creator_of(row) for row in rows]


async def _sorted(
    reads: Reads, wanted: CreatorFilter, order: str, *, limit: int, offset: int, at: int
) -> list[Creator]:
    where, values = _where(wanted, at)
    # The ids are found in the index alone; whole rows, with their long encrypted contacts, are read for the page only.
    rows = await reads.fetch_all(
        f"SELECT {COLUMNS} FROM creator WHERE id IN"
        f" (SELECT id FROM creator WHERE {where} ORDER BY {order} LIMIT :limit OFFSET :offset)"
        f" ORDER BY {order}",
        {**values, "limit": limit, "offset": offset},
    )
    return [creator_of(row) for row in rows]


async def _walked(
    reads: Reads, wanted: CreatorFilter, found: Matches, sort: Sort, *, limit: int, offset: int, at: int
) -> list[Creator] | None:
    """The page out of the first accounts of the order; None when it lies too deep or there are too few among them.

    Each account costs a look at its row: a walk pays only where matches are frequent, and it must end where they are
    not (10,000 followers at most, by followers: nobody for hundreds of thousands of accounts).
    """
    last = await reads.fetch_one("SELECT max(id) AS id FROM creator")
    accounts = int(last["id"] or 0) if last else 0
    reach = _WALK_SPARE * (offset + limit) * accounts // max(1, found.total)
    if reach * _WALK_COSTS > accounts:
        return None
    where, values = _where(wanted, at)
    rows = await reads.fetch_all(
        f"SELECT * FROM (SELECT {COLUMNS} FROM creator WHERE {_OWN} ORDER BY {_ORDERS[sort]} LIMIT :reach)"
        f" WHERE {where} ORDER BY {_ORDERS[sort]} LIMIT :limit OFFSET :offset",
        {**values, "reach": reach, "limit": limit, "offset": offset},
    )
    return [creator_of(row) for row in rows] if len(rows) == limit else None


async def matching(reads: Reads, wanted: CreatorFilter, *, limit: int, at: int) -> list[Row]:
    """The rows of all accounts that meet the filter, oldest first, up to a limit; `creator_of` reads them."""
    where, values = _where(wanted, at)
    return await reads.fetch_all(
        f"SELECT {COLUMNS} FROM creator WHERE {where} ORDER BY id LIMIT :limit", {**values, "limit": limit}
    )


async def count(reads: Reads, wanted: CreatorFilter, *, at: int) -> int:
    """How many accounts meet the filter."""
    if wanted.blacklisted is False:
        # Few are on the blacklist: counting them takes a moment, asking it of each of a million accounts does not.
        listed = await count(reads, replace(wanted, blacklisted=True), at=at)
        return await count(reads, wanted.without("blacklisted"), at=at) - listed
    where, values = _where(wanted, at)
    row = await reads.fetch_one(f"SELECT count(*) AS total FROM creator WHERE {where}", values)
    return int(row["total"]) if row else 0


async def quality(reads: Reads, at: int) -> dict[str, int]:
    """How many accounts there are (`total`), and how many have each fault, by the value of its Review or Missing."""
    faults = {review.value: sql for review, sql in _REVIEWS.items()}
    faults |= {missing.value: sql for missing, sql in _MISSING.items()} | {"stale": _STALE}
    sums = ", ".join(f"coalesce(sum({sql} IS TRUE), 0) AS {name}" for name, sql in faults.items())
    row = await reads.fetch_one(
        f"SELECT count(*) AS total, {sums},"
        f" (SELECT count(*) FROM creator WHERE contact_hash IS NOT NULL AND {_OWN}) AS reachable"
        f" FROM creator WHERE {_OWN}",
        {**_LIMITS, "at": at, "stale_after": STALE_AFTER},
    )
    assert row is not None
    counts = {name: int(row[name]) for name in ("total", *faults)}
    return counts | {"contact": counts["total"] - int(row["reachable"])}


async def near_misses(reads: Reads, wanted: CreatorFilter, *, limit: int, at: int) -> list[Creator]:
    """Accounts that do not meet the filter, those that fail the fewest of its parts first, then by ER."""
    parts = conditions(wanted)
    if not parts:
        return []
    where, values = _where(wanted, at)
    misses = " + ".join(f"CASE WHEN {part.sql} THEN 0 ELSE 1 END" for part in parts)
    order = "engagement_ppm DESC NULLS LAST, username, id"
    rows = await reads.fetch_all(
        f"SELECT {COLUMNS}, {misses} AS misses FROM creator WHERE id IN"
        f" (SELECT id FROM creator WHERE {_OWN} AND ({where}) IS NOT TRUE ORDER BY {misses}, {order} LIMIT :limit)"
        f" ORDER BY misses, {order}",
        {**values, "limit": limit},
    )
    return [creator_of(row) for row in rows]


async def beginning_with(reads: Reads, text: str, *, limit: int) -> list[Suggestion]:
    """Accounts whose username begins with the text (lower case), by username. An empty text begins them all."""
    rows = await reads.fetch_all(
        f"SELECT id, platform, username, followers FROM creator WHERE {_OWN} AND username >= :text"
        " AND username < :after ORDER BY username, platform LIMIT :limit",
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
        " WHERE creator_name MATCH :trigrams AND merged_into IS NULL AND instr(creator.username, :text) > 1"
        " AND NOT (creator.username >= :text AND creator.username < :after) LIMIT :limit",
        {"trigrams": _trigrams(text), "text": text, "after": _after(text), "limit": limit},
    )
    return [_suggestion(row) for row in rows]


async def named(reads: Reads, username: str) -> list[Creator]:
    """The accounts of exactly this username, on any platform; by an earlier username the account it became."""
    rows = await reads.fetch_all(
        f"SELECT {COLUMNS} FROM creator WHERE id IN"
        f" (SELECT coalesce(merged_into, id) FROM creator WHERE platform IN ({_PLATFORMS}) AND username = :username)"
        " ORDER BY platform",
        {"username": username},
    )
    return [creator_of(row) for row in rows]


def _where(wanted: CreatorFilter, at: int) -> tuple[str, dict[str, object]]:
    parts = conditions(wanted)
    values: dict[str, object] = {"at": at}
    for part in parts:
        values |= part.values
    return " AND ".join([_OWN, *(part.sql for part in parts)]), values


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
        case "tags":
            values: dict[str, object] = {f"tag_{index}": tag for index, tag in enumerate(value)}
            names = ", ".join(f":{name}" for name in values)
            return Condition(part, f"(id IN (SELECT creator_id FROM creator_tag WHERE tag IN ({names})))", values)
        case "blacklisted":
            return Condition(part, f"({_BLACKLISTED})" if value else f"(NOT {_BLACKLISTED})", {})
        case "stale":
            sql = _STALE if value else f"(NOT {_STALE})"
            return Condition(part, sql, {"stale_after": STALE_AFTER})
        case "missing":
            return Condition(part, f"({_MISSING[value]})", {})
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
