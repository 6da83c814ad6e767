"""The SQL of offers and their history."""

import json
from collections.abc import Collection
from datetime import date

from bot.offers.models import Counter, Offer, OfferAct, OfferState, Step, Terms
from bot.offers.rules import UNDER_WAY
from bot.platform.database import Reads, Row, UnitOfWork

_COLUMNS = (
    "id, shortlist_id, creator_id, member_id, project, fee, extra, scope, posts_on, reply_by, state, version,"
    " counter_fee, counter_posts_on, counter_message, counters, reason, created_by, created_at, sent_at, ended_at"
)
_UNDER_WAY = json.dumps(sorted(UNDER_WAY))
# What staff have to see to comes first, then what waits for creators.
_ORDER = (
    "CASE state WHEN 'countered' THEN 0 WHEN 'draft' THEN 1 WHEN 'sent' THEN 2 WHEN 'accepted' THEN 3 ELSE 4 END,"
    " id DESC"
)


async def insert(
    tx: UnitOfWork, shortlist_id: int, creator_id: int, terms: Terms, *, by: int | None, now: int
) -> Offer:
    """Keep a draft."""
    row = await tx.fetch_one(
        "INSERT INTO offer (shortlist_id, creator_id, project, fee, extra, scope, posts_on, reply_by, state,"
        " created_by, created_at) VALUES (:shortlist, :creator, :project, :fee, :extra, :scope, :posts_on, :reply_by,"
        f" 'draft', :by, :now) RETURNING {_COLUMNS}",
        {"shortlist": shortlist_id, "creator": creator_id, "by": by, "now": now, **_terms_values(terms)},
    )
    assert row is not None
    return _offer(row)


async def save(tx: UnitOfWork, offer: Offer) -> None:
    """Keep an offer as it is now."""
    counter = offer.counter
    await tx.execute(
        "UPDATE offer SET member_id = :member, project = :project, fee = :fee, extra = :extra, scope = :scope,"
        " posts_on = :posts_on, reply_by = :reply_by, state = :state, version = :version, counter_fee = :counter_fee,"
        " counter_posts_on = :counter_posts_on, counter_message = :counter_message, counters = :counters,"
        " reason = :reason, sent_at = :sent, ended_at = :ended WHERE id = :id",
        {
            "id": offer.id,
            "member": offer.member_id,
            "state": offer.state.value,
            "version": offer.version,
            "counter_fee": counter.fee if counter else None,
            "counter_posts_on": counter.posts_on.isoformat() if counter else None,
            "counter_message": counter.message if counter else None,
            "counters": offer.counters,
            "reason": offer.reason,
            "sent": offer.sent_at,
            "ended": offer.ended_at,
            **_terms_values(offer.terms),
        },
    )


async def add_step(
    tx: UnitOfWork, offer: Offer, act: OfferAct, *, at: int, by: int | None, by_hand: bool, reason: str | None
) -> None:
    """Append what was done; the terms are those asked for where there is a counter-offer."""
    fee = offer.counter.fee if offer.counter else offer.terms.fee
    posts_on = offer.counter.posts_on if offer.counter else offer.terms.posts_on
    await tx.execute(
        "INSERT INTO offer_step (offer_id, version, act, at, actor_id, by_hand, fee, posts_on, reason)"
        " VALUES (:offer, :version, :act, :at, :by, :by_hand, :fee, :posts_on, :reason)",
        {
            "offer": offer.id,
            "version": offer.version,
            "act": act.value,
            "at": at,
            "by": by,
            "by_hand": int(by_hand),
            "fee": fee,
            "posts_on": posts_on.isoformat(),
            "reason": reason,
        },
    )


async def get(reads: Reads, offer_id: int) -> Offer | None:
    """One offer."""
    row = await reads.fetch_one(f"SELECT {_COLUMNS} FROM offer WHERE id = :id", {"id": offer_id})
    return _offer(row) if row else None


async def steps(reads: Reads, offer_id: int) -> list[Step]:
    """What was done to an offer, oldest first."""
    rows = await reads.fetch_all(
        "SELECT act, at, actor_id, by_hand, fee, posts_on, reason FROM offer_step WHERE offer_id = :id"
        " ORDER BY version",
        {"id": offer_id},
    )
    return [
        Step(
            OfferAct(row["act"]),
            row["at"],
            row["actor_id"],
            bool(row["by_hand"]),
            row["fee"],
            date.fromisoformat(row["posts_on"]),
            row["reason"],
        )
        for row in rows
    ]


async def latest_of_shortlist(reads: Reads, shortlist_id: int) -> dict[int, Offer]:
    """The latest offer of each creator of a shortlist; drafts thrown away don't count."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM offer WHERE shortlist_id = :shortlist AND state <> 'discarded' ORDER BY id",
        {"shortlist": shortlist_id},
    )
    return {row["creator_id"]: _offer(row) for row in rows}


async def of_creator(reads: Reads, shortlist_id: int, creator_id: int) -> list[Offer]:
    """The offers one creator of a shortlist had, the latest first."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM offer WHERE shortlist_id = :shortlist AND creator_id = :creator ORDER BY id DESC",
        {"shortlist": shortlist_id, "creator": creator_id},
    )
    return [_offer(row) for row in rows]


async def under_way(reads: Reads, shortlist_id: int, creator_id: int) -> Offer | None:
    """The offer that stands in the way of a new one."""
    row = await reads.fetch_one(
        f"SELECT {_COLUMNS} FROM offer WHERE shortlist_id = :shortlist AND creator_id = :creator"
        " AND state IN (SELECT value FROM json_each(:states))",
        {"shortlist": shortlist_id, "creator": creator_id, "states": _UNDER_WAY},
    )
    return _offer(row) if row else None


async def last_written(reads: Reads, shortlist_id: int) -> Offer | None:
    """The offer written last for a shortlist, whose words the next one begins with."""
    row = await reads.fetch_one(
        f"SELECT {_COLUMNS} FROM offer WHERE shortlist_id = :shortlist ORDER BY id DESC LIMIT 1",
        {"shortlist": shortlist_id},
    )
    return _offer(row) if row else None


async def listed(
    reads: Reads, states: Collection[OfferState], shortlist_id: int | None, *, limit: int, offset: int
) -> list[Offer]:
    """Offers in some states, of one shortlist or all: what staff have to see to first, then the latest."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM offer WHERE state IN (SELECT value FROM json_each(:states))"
        " AND (:shortlist IS NULL OR shortlist_id = :shortlist)"
        f" ORDER BY {_ORDER} LIMIT :limit OFFSET :offset",
        {"states": json.dumps(list(states)), "shortlist": shortlist_id, "limit": limit, "offset": offset},
    )
    return [_offer(row) for row in rows]


async def count(reads: Reads, states: Collection[OfferState], shortlist_id: int | None) -> dict[OfferState, int]:
    """How many there are, by state; none is missing."""
    rows = await reads.fetch_all(
        "SELECT state, count(*) AS number FROM offer WHERE state IN (SELECT value FROM json_each(:states))"
        " AND (:shortlist IS NULL OR shortlist_id = :shortlist) GROUP BY state",
        {"states": json.dumps(list(states)), "shortlist": shortlist_id},
    )
    return {OfferState(row["state"]): int(row["number"]) for row in rows}


async def of_member(reads: Reads, member_id: int, *, limit: int, offset: int) -> list[Offer]:
    """What a member was offered in Discord: what waits for their answer first, then the latest."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM offer WHERE member_id = :member ORDER BY state <> 'sent', id DESC"
        " LIMIT :limit OFFSET :offset",
        {"member": member_id, "limit": limit, "offset": offset},
    )
    return [_offer(row) for row in rows]


async def count_of_member(reads: Reads, member_id: int) -> int:
    """How many offers a member got in Discord."""
    row = await reads.fetch_one("SELECT count(*) AS number FROM offer WHERE member_id = :member", {"member": member_id})
    assert row is not None
    return int(row["number"])


async def past_of_creators(reads: Reads, creator_ids: Collection[int]) -> list[Offer]:
    """How offers to some accounts ended, and those accepted; the latest first."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM offer WHERE creator_id IN (SELECT value FROM json_each(:ids))"
        " AND state IN ('accepted', 'declined', 'expired', 'withdrawn') ORDER BY id DESC",
        {"ids": json.dumps(list(creator_ids))},
    )
    return [_offer(row) for row in rows]


def _terms_values(terms: Terms) -> dict[str, object]:
    return {
        "project": terms.project,
        "fee": terms.fee,
        "extra": terms.extra,
        "scope": terms.scope,
        "posts_on": terms.posts_on.isoformat(),
        "reply_by": terms.reply_by,
    }


def _offer(row: Row) -> Offer:
    counter = None
    if row["counter_posts_on"] is not None:
        counter = Counter(row["counter_fee"], date.fromisoformat(row["counter_posts_on"]), row["counter_message"])
    return Offer(
        id=row["id"],
        shortlist_id=row["shortlist_id"],
        creator_id=row["creator_id"],
        member_id=row["member_id"],
        terms=Terms(
            project=row["project"],
            fee=row["fee"],
            extra=row["extra"],
            scope=row["scope"],
            posts_on=date.fromisoformat(row["posts_on"]),
            reply_by=row["reply_by"],
        ),
        state=OfferState(row["state"]),
        version=row["version"],
        counter=counter,
        counters=row["counters"],
        reason=row["reason"],
        created_by=row["created_by"],
        created_at=row["created_at"],
        sent_at=row["sent_at"],
        ended_at=row["ended_at"],
    )
