"""All SQL of campaigns."""

import json
from collections.abc import Iterable

from bot.campaigns.models import Basics, Campaign, CampaignState, Requirements, Reward, RewardKind
from bot.creators.models import Niche, Platform, Tier
from bot.platform.database import Reads, Row, UnitOfWork

_COLUMNS = (
    "id, title, brand, brief, slots, deadline_at, reward_kind, fee, barter, show_fee, platforms, niches, tiers,"
    " regions, min_followers, max_followers, min_engagement_ppm, image_file_id, state, revision, announcement_id,"
    " board_id, board_drawn_at, created_at, announced_at, announced_by, closed_at, closed_by"
)


def _campaign(row: Row) -> Campaign:
    return Campaign(
        id=row["id"],
        basics=Basics(row["title"], row["brand"], row["brief"], row["slots"], row["deadline_at"]),
        reward=_reward(row),
        requirements=Requirements(
            platforms=tuple(map(Platform, json.loads(row["platforms"]))),
            niches=tuple(map(Niche, json.loads(row["niches"]))),
            tiers=tuple(map(Tier, json.loads(row["tiers"]))),
            regions=tuple(json.loads(row["regions"])),
            min_followers=row["min_followers"],
            max_followers=row["max_followers"],
            min_engagement_ppm=row["min_engagement_ppm"],
        ),
        image_file_id=row["image_file_id"],
        state=CampaignState(row["state"]),
        revision=row["revision"],
        created_at=row["created_at"],
        announced_at=row["announced_at"],
        announced_by=row["announced_by"],
        closed_at=row["closed_at"],
        closed_by=row["closed_by"],
        announcement_id=row["announcement_id"],
        board_id=row["board_id"],
        board_drawn_at=row["board_drawn_at"],
    )


def _reward(row: Row) -> Reward | None:
    if row["reward_kind"] is None:
        return None
    return Reward(RewardKind(row["reward_kind"]), row["fee"], row["barter"], bool(row["show_fee"]))


def _one(row: Row | None) -> Campaign:
    assert row is not None, "the campaign was read in this unit of work"
    return _campaign(row)


async def insert_draft(tx: UnitOfWork, basics: Basics, created_by: int | None, now: int) -> Campaign:
    """A new draft."""
    row = await tx.fetch_one(
        "INSERT INTO campaign (title, brand, brief, slots, deadline_at, state, created_by, created_at)"
        f" VALUES (:title, :brand, :brief, :slots, :deadline, 'draft', :by, :now) RETURNING {_COLUMNS}",
        {**_basics(basics), "by": created_by, "now": now},
    )
    return _one(row)


async def get(reads: Reads, campaign_id: int) -> Campaign | None:
    """One campaign."""
    row = await reads.fetch_one(f"SELECT {_COLUMNS} FROM campaign WHERE id = :id", {"id": campaign_id})
    return _campaign(row) if row else None


async def save_basics(tx: UnitOfWork, campaign_id: int, basics: Basics) -> Campaign:
    """Overwrite what the first form asks."""
    row = await tx.fetch_one(
        "UPDATE campaign SET title = :title, brand = :brand, brief = :brief, slots = :slots, deadline_at = :deadline,"
        f" revision = revision + 1 WHERE id = :id RETURNING {_COLUMNS}",
        {**_basics(basics), "id": campaign_id},
    )
    return _one(row)


async def save_reward(tx: UnitOfWork, campaign_id: int, reward: Reward) -> Campaign:
    """Overwrite the reward."""
    row = await tx.fetch_one(
        "UPDATE campaign SET reward_kind = :kind, fee = :fee, barter = :barter, show_fee = :public,"
        f" revision = revision + 1 WHERE id = :id RETURNING {_COLUMNS}",
        {
            "kind": reward.kind.value,
            "fee": reward.fee,
            "barter": reward.barter,
            "public": int(reward.public),
            "id": campaign_id,
        },
    )
    return _one(row)


async def save_requirements(tx: UnitOfWork, campaign_id: int, wanted: Requirements) -> Campaign:
    """Overwrite whom it is for."""
    row = await tx.fetch_one(
        "UPDATE campaign SET platforms = :platforms, niches = :niches, tiers = :tiers, regions = :regions,"
        " min_followers = :low, max_followers = :high, min_engagement_ppm = :engagement, revision = revision + 1"
        f" WHERE id = :id RETURNING {_COLUMNS}",
        {
            "platforms": _list(wanted.platforms),
            "niches": _list(wanted.niches),
            "tiers": _list(wanted.tiers),
            "regions": _list(wanted.regions),
            "low": wanted.min_followers,
            "high": wanted.max_followers,
            "engagement": wanted.min_engagement_ppm,
            "id": campaign_id,
        },
    )
    return _one(row)


async def save_image(tx: UnitOfWork, campaign_id: int, file_id: int | None) -> Campaign:
    """Set or remove the product picture."""
    row = await tx.fetch_one(
        f"UPDATE campaign SET image_file_id = :file, revision = revision + 1 WHERE id = :id RETURNING {_COLUMNS}",
        {"file": file_id, "id": campaign_id},
    )
    return _one(row)


async def open_draft(
    tx: UnitOfWork, campaign_id: int, revision: int, by: int | None, announcement_id: int | None, now: int
) -> Campaign | None:
    """Announce a draft; None when it is no draft any more or was changed since `revision`."""
    row = await tx.fetch_one(
        "UPDATE campaign SET state = 'open', announced_at = :now, announced_by = :by, announcement_id = :announcement"
        f" WHERE id = :id AND state = 'draft' AND revision = :revision RETURNING {_COLUMNS}",
        {"id": campaign_id, "revision": revision, "by": by, "announcement": announcement_id, "now": now},
    )
    return _campaign(row) if row else None


async def set_announcement(tx: UnitOfWork, campaign_id: int, announcement_id: int) -> None:
    """Remember a new announcement in place of one that could not be delivered."""
    await tx.execute(
        "UPDATE campaign SET announcement_id = :announcement WHERE id = :id",
        {"id": campaign_id, "announcement": announcement_id},
    )


async def reopen(tx: UnitOfWork, campaign_id: int) -> Campaign:
    """Open a closed campaign again."""
    row = await tx.fetch_one(
        f"UPDATE campaign SET state = 'open', closed_at = NULL, closed_by = NULL WHERE id = :id RETURNING {_COLUMNS}",
        {"id": campaign_id},
    )
    return _one(row)


async def end(tx: UnitOfWork, campaign_id: int, state: CampaignState, by: int | None, now: int) -> Campaign:
    """Close or cancel."""
    row = await tx.fetch_one(
        f"UPDATE campaign SET state = :state, closed_at = :now, closed_by = :by WHERE id = :id RETURNING {_COLUMNS}",
        {"id": campaign_id, "state": state.value, "by": by, "now": now},
    )
    return _one(row)


async def discard(tx: UnitOfWork, campaign_id: int) -> None:
    """Throw a draft away; the row stays, so that its id is never used again."""
    await tx.execute("UPDATE campaign SET state = 'discarded' WHERE id = :id AND state = 'draft'", {"id": campaign_id})


async def set_board(tx: UnitOfWork, campaign_id: int, board_id: int, now: int) -> None:
    """Remember the staff message about its applicants, and that it was drawn now."""
    await tx.execute(
        "UPDATE campaign SET board_id = :board, board_drawn_at = :now WHERE id = :id",
        {"board": board_id, "now": now, "id": campaign_id},
    )


async def open_until(reads: Reads, now: int, limit: int, offset: int) -> list[Campaign]:
    """Campaigns one may apply to, the nearest deadline first."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM campaign WHERE state = 'open' AND deadline_at > :now"
        " ORDER BY deadline_at, id LIMIT :limit OFFSET :offset",
        {"now": now, "limit": limit, "offset": offset},
    )
    return [_campaign(row) for row in rows]


async def count_open(reads: Reads, now: int) -> int:
    """How many one may apply to."""
    row = await reads.fetch_one(
        "SELECT count(*) AS number FROM campaign WHERE state = 'open' AND deadline_at > :now", {"now": now}
    )
    return int(row["number"]) if row else 0


async def newest(reads: Reads, limit: int, offset: int) -> list[Campaign]:
    """All campaigns but discarded drafts: drafts and open ones first, then the newest."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM campaign WHERE state <> 'discarded'"
        " ORDER BY CASE state WHEN 'draft' THEN 0 WHEN 'open' THEN 1 ELSE 2 END, id DESC LIMIT :limit OFFSET :offset",
        {"limit": limit, "offset": offset},
    )
    return [_campaign(row) for row in rows]


async def count_all(reads: Reads) -> int:
    """How many there are."""
    row = await reads.fetch_one("SELECT count(*) AS number FROM campaign WHERE state <> 'discarded'")
    return int(row["number"]) if row else 0


async def titled(reads: Reads, part: str, states: Iterable[CampaignState], limit: int) -> list[Campaign]:
    """Campaigns in one of the states whose title or brand holds `part` (case aside), newest first."""
    names = [state.value for state in states]
    slots = ", ".join(f":state_{index}" for index in range(len(names)))
    escaped = part.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM campaign WHERE state IN ({slots})"
        " AND (lower(title) LIKE :part ESCAPE '\\' OR lower(brand) LIKE :part ESCAPE '\\')"
        " ORDER BY id DESC LIMIT :limit",
        {
            **{f"state_{index}": name for index, name in enumerate(names)},
            "part": f"%{escaped}%",
            "limit": limit,
        },
    )
    return [_campaign(row) for row in rows]


def _basics(basics: Basics) -> dict[str, object]:
    return {
        "title": basics.title,
        "brand": basics.brand,
        "brief": basics.brief,
        "slots": basics.slots,
        "deadline": basics.deadline_at,
    }


def _list(values: Iterable[str]) -> str:
    return json.dumps([str(value) for value in values], ensure_ascii=False)
