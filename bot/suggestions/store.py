"""The SQL of suggestions."""

import json
from collections.abc import Collection

from bot.platform.database import Reads, Row, UnitOfWork
from bot.suggestions.models import Suggestion, Tone

_SELECT = (
    "SELECT suggestion.id, suggestion.creator_id, suggestion.campaign_id, coalesce('@' || creator.username,"
    " campaign.title) AS subject, tone, text, made_by, made_at, suggestion.closed_at, suggestion.closed_by, outcome"
    " FROM suggestion LEFT JOIN creator ON creator.id = suggestion.creator_id"
    " LEFT JOIN campaign ON campaign.id = suggestion.campaign_id"
)


async def insert(
    tx: UnitOfWork,
    *,
    creator_id: int | None,
    campaign_id: int | None,
    tone: Tone,
    text: str,
    by: int | None,
    now: int,
) -> int:
    """Keep a suggestion; its id."""
    row = await tx.fetch_one(
        "INSERT INTO suggestion (creator_id, campaign_id, tone, text, made_by, made_at)"
        " VALUES (:creator, :campaign, :tone, :text, :by, :now) RETURNING id",
        {"creator": creator_id, "campaign": campaign_id, "tone": tone.value, "text": text, "by": by, "now": now},
    )
    assert row is not None
    return int(row["id"])


async def close(tx: UnitOfWork, suggestion_id: int, *, outcome: str, by: int | None, now: int) -> None:
    """It no longer counts."""
    await tx.execute(
        "UPDATE suggestion SET closed_at = :now, closed_by = :by, outcome = :outcome WHERE id = :id",
        {"id": suggestion_id, "now": now, "by": by, "outcome": outcome},
    )


async def get(reads: Reads, suggestion_id: int) -> Suggestion | None:
    """One suggestion."""
    row = await reads.fetch_one(f"{_SELECT} WHERE suggestion.id = :id", {"id": suggestion_id})
    return _suggestion(row) if row else None


async def open_on_creators(reads: Reads, creator_ids: Collection[int]) -> list[Suggestion]:
    """What counts about some accounts, the latest first."""
    rows = await reads.fetch_all(
        f"{_SELECT} WHERE suggestion.creator_id IN (SELECT value FROM json_each(:ids))"
        " AND suggestion.closed_at IS NULL ORDER BY suggestion.id DESC",
        {"ids": json.dumps(list(creator_ids))},
    )
    return [_suggestion(row) for row in rows]


async def open_on_campaign(reads: Reads, campaign_id: int) -> list[Suggestion]:
    """What counts about a campaign, the latest first."""
    rows = await reads.fetch_all(
        f"{_SELECT} WHERE suggestion.campaign_id = :campaign AND suggestion.closed_at IS NULL"
        " ORDER BY suggestion.id DESC",
        {"campaign": campaign_id},
    )
    return [_suggestion(row) for row in rows]


async def listed(reads: Reads, *, closed: bool, limit: int, offset: int) -> list[Suggestion]:
    """Suggestions that count, or those that are closed; the latest first."""
    rows = await reads.fetch_all(
        f"{_SELECT} WHERE (suggestion.closed_at IS NOT NULL) = :closed ORDER BY suggestion.id DESC"
        " LIMIT :limit OFFSET :offset",
        {"closed": int(closed), "limit": limit, "offset": offset},
    )
    return [_suggestion(row) for row in rows]


async def count(reads: Reads, *, closed: bool) -> int:
    """How many count, or are closed."""
    row = await reads.fetch_one(
        "SELECT count(*) AS number FROM suggestion WHERE (closed_at IS NOT NULL) = :closed", {"closed": int(closed)}
    )
    assert row is not None
    return int(row["number"])


def _suggestion(row: Row) -> Suggestion:
    return Suggestion(
        id=row["id"],
        creator_id=row["creator_id"],
        campaign_id=row["campaign_id"],
        subject=row["subject"] or "-",
        tone=Tone(row["tone"]),
        text=row["text"],
        made_by=row["made_by"],
        made_at=row["made_at"],
        closed_at=row["closed_at"],
        closed_by=row["closed_by"],
        outcome=row["outcome"],
    )
