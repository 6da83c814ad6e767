"""All SQL of applications."""

import json

from bot.campaigns.application_form import Pitch
from bot.campaigns.models import Application, ApplicationState, Counts, Step
from bot.platform.database import Reads, Row, UnitOfWork

_COLUMNS = (
    "id, campaign_id, member_id, creator_id, pitch, rate, sample_links, state, version, reason, decided_by, decided_at,"
    " applied_at"
)
# Who waits comes first; of those, who came first.
_ORDER = (
    "CASE state WHEN 'waiting' THEN 0 WHEN 'reserved' THEN 1 WHEN 'accepted' THEN 2 WHEN 'declined' THEN 3 ELSE 4 END,"
    " applied_at, id"
)


def _application(row: Row) -> Application:
    return Application(
        id=row["id"],
        campaign_id=row["campaign_id"],
        member_id=row["member_id"],
        creator_id=row["creator_id"],
        pitch=row["pitch"],
        rate=row["rate"],
        sample_links=tuple(json.loads(row["sample_links"])),
        state=ApplicationState(row["state"]),
        version=row["version"],
        reason=row["reason"],
        decided_by=row["decided_by"],
        decided_at=row["decided_at"],
        applied_at=row["applied_at"],
    )


async def insert(
    tx: UnitOfWork, campaign_id: int, member_id: int, creator_id: int, pitch: Pitch, now: int
) -> Application | None:
    """A new application; None when the member has applied to this campaign before."""
    row = await tx.fetch_one(
        "INSERT INTO application (campaign_id, member_id, creator_id, pitch, rate, sample_links, state, applied_at)"
        " VALUES (:campaign, :member, :creator, :pitch, :rate, :links, 'waiting', :now)"
        f" ON CONFLICT (campaign_id, member_id) DO NOTHING RETURNING {_COLUMNS}",
        {
            "campaign": campaign_id,
            "member": member_id,
            "creator": creator_id,
            "pitch": pitch.text,
            "rate": pitch.rate,
            "links": json.dumps(pitch.links),
            "now": now,
        },
    )
    return _application(row) if row else None


async def change_account(tx: UnitOfWork, before: int, after: int) -> list[int]:
    """Applications sent with one account count for another from now on; their ids."""
    rows = await tx.fetch_all(
        "UPDATE application SET creator_id = :after WHERE creator_id = :before RETURNING id",
        {"before": before, "after": after},
    )
    return [row["id"] for row in rows]


async def give_account(tx: UnitOfWork, application_ids: list[int], creator_id: int) -> None:
    """These applications count for this account."""
    await tx.execute(
        "UPDATE application SET creator_id = :creator WHERE id IN (SELECT CAST(value AS INTEGER) FROM json_each(:ids))",
        {"creator": creator_id, "ids": json.dumps(application_ids)},
    )


async def add_step(
    tx: UnitOfWork, application: Application, *, at: int, actor_id: int | None, reason: str | None
) -> None:
    """Note the state an application has come to."""
    await tx.execute(
        "INSERT INTO application_step (application_id, version, state, at, actor_id, reason)"
        " VALUES (:id, :version, :state, :at, :actor, :reason)",
        {
            "id": application.id,
            "version": application.version,
            "state": application.state.value,
            "at": at,
            "actor": actor_id,
            "reason": reason,
        },
    )


async def steps(reads: Reads, application_id: int) -> list[Step]:
    """Every state an application has had, oldest first."""
    rows = await reads.fetch_all(
        "SELECT state, at, actor_id, reason FROM application_step WHERE application_id = :id ORDER BY version",
        {"id": application_id},
    )
    return [Step(ApplicationState(row["state"]), row["at"], row["actor_id"], row["reason"]) for row in rows]


async def get(reads: Reads, application_id: int) -> Application | None:
    """One application."""
    row = await reads.fetch_one(f"SELECT {_COLUMNS} FROM application WHERE id = :id", {"id": application_id})
    return _application(row) if row else None


async def of_member(reads: Reads, campaign_id: int, member_id: int) -> Application | None:
    """A member's application to a campaign."""
    row = await reads.fetch_one(
        f"SELECT {_COLUMNS} FROM application WHERE campaign_id = :campaign AND member_id = :member",
        {"campaign": campaign_id, "member": member_id},
    )
    return _application(row) if row else None


async def by_member(reads: Reads, member_id: int, limit: int, offset: int) -> list[Application]:
    """A member's applications, newest first."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM application WHERE member_id = :member"
        " ORDER BY applied_at DESC, id DESC LIMIT :limit OFFSET :offset",
        {"member": member_id, "limit": limit, "offset": offset},
    )
    return [_application(row) for row in rows]


async def count_by_member(reads: Reads, member_id: int) -> int:
    """How many a member has sent."""
    row = await reads.fetch_one(
        "SELECT count(*) AS number FROM application WHERE member_id = :member", {"member": member_id}
    )
    return int(row["number"]) if row else 0


async def of_campaign(reads: Reads, campaign_id: int, limit: int, offset: int) -> list[Application]:
    """A campaign's applications: waiting ones first, then in the order they came."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM application WHERE campaign_id = :campaign ORDER BY {_ORDER}"
        " LIMIT :limit OFFSET :offset",
        {"campaign": campaign_id, "limit": limit, "offset": offset},
    )
    return [_application(row) for row in rows]


async def latest(reads: Reads, campaign_id: int, limit: int) -> list[Application]:
    """The applications that came last and still count, newest first."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM application WHERE campaign_id = :campaign AND state <> 'withdrawn'"
        " ORDER BY applied_at DESC, id DESC LIMIT :limit",
        {"campaign": campaign_id, "limit": limit},
    )
    return [_application(row) for row in rows]


async def counts(reads: Reads, campaign_id: int) -> Counts:
    """How many applications of a campaign stand where."""
    rows = await reads.fetch_all(
        "SELECT state, count(*) AS number FROM application WHERE campaign_id = :campaign GROUP BY state",
        {"campaign": campaign_id},
    )
    return Counts(**{str(row["state"]): int(row["number"]) for row in rows})


async def rewrite(tx: UnitOfWork, application: Application, creator_id: int, pitch: Pitch) -> Application | None:
    """Change what an application says; None when it was changed by somebody since `application` was read."""
    row = await tx.fetch_one(
        "UPDATE application SET creator_id = :creator, pitch = :pitch, rate = :rate, sample_links = :links,"
        f" version = version + 1 WHERE id = :id AND version = :version RETURNING {_COLUMNS}",
        {
            "id": application.id,
            "version": application.version,
            "creator": creator_id,
            "pitch": pitch.text,
            "rate": pitch.rate,
            "links": json.dumps(pitch.links),
        },
    )
    return _application(row) if row else None


async def move(
    tx: UnitOfWork,
    application: Application,
    to: ApplicationState,
    *,
    by: int | None,
    reason: str | None,
    now: int,
) -> Application | None:
    """Change the state; None when it was changed by somebody since `application` was read."""
    row = await tx.fetch_one(
        "UPDATE application SET state = :to, version = version + 1, reason = :reason, decided_by = :by,"
        f" decided_at = :now WHERE id = :id AND version = :version RETURNING {_COLUMNS}",
        {
            "id": application.id,
            "version": application.version,
            "to": to.value,
            "by": by,
            "reason": reason,
            "now": now,
        },
    )
    return _application(row) if row else None
