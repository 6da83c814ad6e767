"""All SQL of joining and registering."""

import json
from typing import Any

from bot.creators.models import AgeBand, Gender, Niche, Platform
from bot.onboarding.models import Account, Averages, Consent, Draft, Member, Registration, RegistrationState
from bot.platform.database import Reads, Row, UnitOfWork

_MEMBER = (
    "id, display_name, number, joined_at, left_at, times_joined, rules_accepted_at, registered_at, refused_until,"
    " data_requested_at, greeted_at"
)
_REGISTRATION = (
    "id, member_id, state, creator_id, platform, username, age_band, gender, niches, city, region, followers,"
    " avg_views, avg_likes, avg_comments, avg_shares, contact, insight_file_id, proof_code, proof_file_id,"
    " code_placed_at, consent_version, consent_at, reason, decided_by, decided_at, created_at"
)


def _member(row: Row) -> Member:
    return Member(**{key: row[key] for key in row.keys()})  # noqa: SIM118 - sqlite3.Row iterates over values


def _registration(row: Row) -> Registration:
    niches = tuple(Niche(value) for value in json.loads(row["niches"]))
    return Registration(
        id=row["id"],
        member_id=row["member_id"],
        state=RegistrationState(row["state"]),
        creator_id=row["creator_id"],
        account=Account(Platform(row["platform"]), row["username"], row["followers"], niches),
        averages=Averages(row["avg_views"], row["avg_likes"], row["avg_comments"], row["avg_shares"]),
        age_band=AgeBand(row["age_band"]),
        gender=Gender(row["gender"]),
        city=row["city"],
        region=row["region"],
        consent=Consent(row["consent_version"], row["consent_at"]),
        insight_file_id=row["insight_file_id"],
        proof_code=row["proof_code"],
        proof_file_id=row["proof_file_id"],
        reason=row["reason"],
        decided_by=row["decided_by"],
        decided_at=row["decided_at"],
        created_at=row["created_at"],
        contact_token=row["contact"],
        code_placed_at=row["code_placed_at"],
    )


async def member(reads: Reads, member_id: int) -> Member | None:
    """One person by Discord id."""
    row = await reads.fetch_one(f"SELECT {_MEMBER} FROM member WHERE id = :id", {"id": member_id})
    return _member(row) if row else None


async def members(reads: Reads) -> list[Member]:
    """Everybody ever seen, in the order they joined first."""
    return [_member(row) for row in await reads.fetch_all(f"SELECT {_MEMBER} FROM member ORDER BY number")]


async def add_member(tx: UnitOfWork, member_id: int, name: str, joined_at: int) -> Member | None:
    """Remember a person under the next number; None when they were known."""
    row = await tx.fetch_one(
        "INSERT INTO member (id, display_name, number, joined_at)"
        " SELECT :id, :name, coalesce(max(number), 0) + 1, :joined FROM member WHERE true"
        f" ON CONFLICT (id) DO NOTHING RETURNING {_MEMBER}",
        {"id": member_id, "name": name, "joined": joined_at},
    )
    return _member(row) if row else None


async def set_greeted(tx: UnitOfWork, member_id: int, now: int) -> None:
    """No greeting is due any more."""
    await tx.execute("UPDATE member SET greeted_at = :now WHERE id = :id", {"id": member_id, "now": now})


async def rejoined(tx: UnitOfWork, member_id: int, name: str, joined_at: int) -> Member | None:
    """The person is back, under their old number; None when they are not known."""
    row = await tx.fetch_one(
        "UPDATE member SET display_name = :name, joined_at = :joined, left_at = NULL, times_joined = times_joined + 1"
        f" WHERE id = :id RETURNING {_MEMBER}",
        {"id": member_id, "name": name, "joined": joined_at},
    )
    return _member(row) if row else None


async def left(tx: UnitOfWork, member_id: int, now: int) -> bool:
    """The person has left; False when that was known, or they are not."""
    row = await tx.fetch_one(
        "UPDATE member SET left_at = :now WHERE id = :id AND left_at IS NULL RETURNING id",
        {"id": member_id, "now": now},
    )
    return row is not None


async def accept_rules(tx: UnitOfWork, member_id: int, now: int) -> bool:
    """Record the acceptance; False when it was recorded before (the first instant stays)."""
    row = await tx.fetch_one(
        "UPDATE member SET rules_accepted_at = :now WHERE id = :id AND rules_accepted_at IS NULL RETURNING id",
        {"id": member_id, "now": now},
    )
    return row is not None


async def set_registered(tx: UnitOfWork, member_id: int, now: int) -> None:
    """Some account is theirs from now on; the first instant stays."""
    await tx.execute(
        "UPDATE member SET registered_at = coalesce(registered_at, :now) WHERE id = :id",
        {"id": member_id, "now": now},
    )


async def set_unregistered(tx: UnitOfWork, member_id: int) -> None:
    """No account is theirs any more."""
    await tx.execute("UPDATE member SET registered_at = NULL WHERE id = :id", {"id": member_id})


async def set_refused(tx: UnitOfWork, member_id: int, until: int) -> None:
    """Registering is not offered to the person before an instant."""
    await tx.execute("UPDATE member SET refused_until = :until WHERE id = :id", {"id": member_id, "until": until})


async def forget_refusals(tx: UnitOfWork, before: int) -> None:
    """Forget who was refused long ago."""
    await tx.execute("UPDATE member SET refused_until = NULL WHERE refused_until <= :before", {"before": before})


async def request_data(tx: UnitOfWork, member_id: int, now: int, not_since: int) -> bool:
    """Record that the person asks for their data's deletion; False when they have asked after `not_since`."""
    row = await tx.fetch_one(
        "UPDATE member SET data_requested_at = :now"
        " WHERE id = :id AND coalesce(data_requested_at, 0) <= :before RETURNING id",
        {"id": member_id, "now": now, "before": not_since},
    )
    return row is not None


async def draft(reads: Reads, member_id: int, updated_after: int) -> Row | None:
    """The begun registration of a person, unless it is too old."""
    return await reads.fetch_one(
        "SELECT id, answers, insight_file_id, revision, consent_version, consent_at FROM registration_draft"
        " WHERE member_id = :member AND updated_at > :after",
        {"member": member_id, "after": updated_after},
    )


async def save_draft(tx: UnitOfWork, values: dict[str, Any]) -> int:
    """Keep a begun registration over the one before; returns its new revision."""
    row = await tx.fetch_one(
        "INSERT INTO registration_draft"
        " (member_id, answers, insight_file_id, consent_version, consent_at, updated_at)"
        " VALUES (:member, :answers, :insight, :consent_version, :consent_at, :now)"
        " ON CONFLICT (member_id) DO UPDATE SET answers = excluded.answers,"
        " insight_file_id = excluded.insight_file_id, consent_version = excluded.consent_version,"
        " consent_at = excluded.consent_at, updated_at = excluded.updated_at,"
        " revision = registration_draft.revision + 1 RETURNING revision",
        values,
    )
    assert row is not None
    return int(row["revision"])


async def drop_draft(tx: UnitOfWork, member_id: int) -> tuple[bool, int | None]:
    """Forget a begun registration: whether there was one, and which screenshot it held."""
    row = await tx.fetch_one(
        "DELETE FROM registration_draft WHERE member_id = :member RETURNING insight_file_id", {"member": member_id}
    )
    return (True, row["insight_file_id"]) if row else (False, None)


async def drop_old_drafts(tx: UnitOfWork, before: int) -> None:
    """Forget what was begun and left lying."""
    await tx.execute("DELETE FROM registration_draft WHERE updated_at <= :before", {"before": before})


async def drop_refused(tx: UnitOfWork, before: int) -> None:
    """Forget registrations that came to nothing long ago."""
    await tx.execute(
        "DELETE FROM registration WHERE state IN ('rejected', 'withdrawn') AND decided_at <= :before",
        {"before": before},
    )


async def add_registration(
    tx: UnitOfWork, draft: Draft, *, contact_token: str, state: RegistrationState, proof_code: str | None, now: int
) -> Registration:
    """Record a complete draft as sent. What is not waiting counts as decided now, by nobody."""
    about, account, averages = draft.about, draft.account, draft.averages
    assert about is not None and account is not None and averages is not None
    row = await tx.fetch_one(
        "INSERT INTO registration (member_id, state, platform, username, age_band, gender, niches, city, region,"
        " followers, avg_views, avg_likes, avg_comments, avg_shares, contact, insight_file_id, proof_code,"
        " consent_version, consent_at, decided_at, created_at)"
        " VALUES (:member, :state, :platform, :username, :age_band, :gender, :niches, :city, :region,"
        " :followers, :avg_views, :avg_likes, :avg_comments, :avg_shares, :contact, :insight, :proof_code,"
        f" :consent_version, :consent_at, :decided_at, :now) RETURNING {_REGISTRATION}",
        {
            "member": draft.member_id,
            "state": state.value,
            "platform": account.platform.value,
            "username": account.username,
            "age_band": about.age_band.value,
            "gender": about.gender.value,
            "niches": json.dumps(account.niches),
            "city": about.city,
            "region": about.region,
            "followers": account.followers,
            "avg_views": averages.views,
            "avg_likes": averages.likes,
            "avg_comments": averages.comments,
            "avg_shares": averages.shares,
            "contact": contact_token,
            "insight": draft.insight_file_id,
            "proof_code": proof_code,
            "consent_version": draft.consent.version,
            "consent_at": draft.consent.at,
            "decided_at": None if state is RegistrationState.WAITING else now,
            "now": now,
        },
    )
    assert row is not None
    return _registration(row)


async def set_creator(tx: UnitOfWork, registration_id: int, creator_id: int) -> None:
    """Which account of the KOL database a registration became."""
    await tx.execute(
        "UPDATE registration SET creator_id = :creator WHERE id = :id", {"id": registration_id, "creator": creator_id}
    )


async def registration(reads: Reads, registration_id: int) -> Registration | None:
    """One registration."""
    row = await reads.fetch_one(f"SELECT {_REGISTRATION} FROM registration WHERE id = :id", {"id": registration_id})
    return _registration(row) if row else None


async def registrations_of(reads: Reads, member_id: int) -> list[Registration]:
    """Everything a person sent, newest first."""
    rows = await reads.fetch_all(
        f"SELECT {_REGISTRATION} FROM registration WHERE member_id = :member ORDER BY id DESC", {"member": member_id}
    )
    return [_registration(row) for row in rows]


async def listed(reads: Reads, state: RegistrationState | None, limit: int, offset: int) -> list[Registration]:
    """Registrations for staff: open claims first (oldest first), then the newest."""
    rows = await reads.fetch_all(
        f"SELECT {_REGISTRATION} FROM registration WHERE :state IS NULL OR state = :state"
        " ORDER BY CASE WHEN state = 'waiting' THEN id ELSE 9223372036854775807 END, id DESC"
        " LIMIT :limit OFFSET :offset",
        {"state": state and state.value, "limit": limit, "offset": offset},
    )
    return [_registration(row) for row in rows]


async def count_listed(reads: Reads, state: RegistrationState | None) -> int:
    """How many `listed` has in all."""
    row = await reads.fetch_one(
        "SELECT count(*) AS total FROM registration WHERE :state IS NULL OR state = :state",
        {"state": state and state.value},
    )
    assert row is not None
    return int(row["total"])


async def decide(tx: UnitOfWork, changed: Registration) -> bool:
    """Record a decision; False when somebody else decided first."""
    row = await tx.fetch_one(
        "UPDATE registration SET state = :state, decided_by = :by, decided_at = :at, reason = :reason,"
        " creator_id = :creator WHERE id = :id AND state = 'waiting' RETURNING id",
        {
            "id": changed.id,
            "state": changed.state.value,
            "by": changed.decided_by,
            "at": changed.decided_at,
            "reason": changed.reason,
            "creator": changed.creator_id,
        },
    )
    return row is not None


async def set_proof(tx: UnitOfWork, registration_id: int, file_id: int) -> bool:
    """Keep a screenshot as proof of an open claim; False when it is open no more."""
    row = await tx.fetch_one(
        "UPDATE registration SET proof_file_id = :file WHERE id = :id AND state = 'waiting' RETURNING id",
        {"id": registration_id, "file": file_id},
    )
    return row is not None


async def set_code_placed(tx: UnitOfWork, registration_id: int, now: int) -> None:
    """The claimant of an open claim says that the code is in the bio; the first instant stays."""
    await tx.execute(
        "UPDATE registration SET code_placed_at = coalesce(code_placed_at, :now) WHERE id = :id AND state = 'waiting'",
        {"id": registration_id, "now": now},
    )


async def set_insight(tx: UnitOfWork, registration_id: int, file_id: int) -> None:
    """Keep another insight screenshot with a registration."""
    await tx.execute(
        "UPDATE registration SET insight_file_id = :file WHERE id = :id", {"id": registration_id, "file": file_id}
    )
