"""All SQL of giveaways themselves."""

import json
from collections.abc import Collection

from bot.creators.models import Niche
from bot.giveaways.models import Giveaway, GiveawaySpec, GiveawayState, Legal, LegalKind, Requirements
from bot.platform.database import Reads, Row, UnitOfWork

_COLUMNS = (
    "id, title, prize, amount, winners, ends_at, lasts, claim_days, role_id, registered, member_days, follow, niches,"
    " legal_kind, permit, state, revision, channel_id, extra, commitment, seed, announcement_id, entries_sha256,"
    " entry_count, created_at, opened_at, ended_at, ended_by"
)


def _giveaway(row: Row) -> Giveaway:
    legal = Legal(LegalKind(row["legal_kind"]), row["permit"]) if row["legal_kind"] else None
    requirements = Requirements(
        role_id=row["role_id"],
        registered=bool(row["registered"]),
        member_days=row["member_days"],
        follow=row["follow"],
        niches=tuple(map(Niche, json.loads(row["niches"]))),
    )
    return Giveaway(
        id=row["id"],
        spec=GiveawaySpec(
            title=row["title"],
            prize=row["prize"],
            winners=row["winners"],
            ends_at=row["ends_at"],
            lasts=row["lasts"],
            amount=row["amount"],
            claim_days=row["claim_days"],
            requirements=requirements,
            legal=legal,
        ),
        state=GiveawayState(row["state"]),
        revision=row["revision"],
        channel_id=row["channel_id"],
        extra=row["extra"],
        commitment=row["commitment"],
        seed_token=row["seed"],
        announcement_id=row["announcement_id"],
        entries_sha256=row["entries_sha256"],
        entry_count=row["entry_count"],
        created_at=row["created_at"],
        opened_at=row["opened_at"],
        ended_at=row["ended_at"],
        ended_by=row["ended_by"],
    )


def _one(row: Row | None) -> Giveaway:
    assert row is not None, "the giveaway was read in this unit of work"
    return _giveaway(row)


def _values(spec: GiveawaySpec) -> dict[str, object]:
    wanted = spec.requirements
    return {
        "title": spec.title,
        "prize": spec.prize,
        "amount": spec.amount,
        "winners": spec.winners,
        "ends_at": spec.ends_at,
        "lasts": spec.lasts,
        "claim_days": spec.claim_days,
        "role": wanted.role_id,
        "registered": int(wanted.registered),
        "member_days": wanted.member_days,
        "follow": wanted.follow,
        "niches": json.dumps([niche.value for niche in wanted.niches]),
        "legal_kind": spec.legal.kind.value if spec.legal else None,
        "permit": spec.legal.permit if spec.legal else None,
    }


async def insert(
    tx: UnitOfWork, spec: GiveawaySpec, state: GiveawayState, created_by: int | None, now: int
) -> Giveaway:
    """A new giveaway, a draft or scheduled."""
    row = await tx.fetch_one(
        "INSERT INTO giveaway (title, prize, amount, winners, ends_at, lasts, claim_days, role_id, registered,"
        " member_days, follow, niches, legal_kind, permit, reminded_at, state, created_by, created_at)"
        " VALUES (:title, :prize, :amount, :winners, :ends_at, :lasts, :claim_days, :role, :registered,"
        " :member_days, :follow, :niches, :legal_kind, :permit, iif(:legal_kind IS NULL, NULL, :now), :state, :by,"
        f" :now) RETURNING {_COLUMNS}",
        {**_values(spec), "state": state.value, "by": created_by, "now": now},
    )
    return _one(row)


async def save(tx: UnitOfWork, giveaway_id: int, spec: GiveawaySpec, now: int) -> Giveaway:
    """Overwrite what a giveaway is about."""
    row = await tx.fetch_one(
        "UPDATE giveaway SET title = :title, prize = :prize, amount = :amount, winners = :winners, ends_at = :ends_at,"
        " lasts = :lasts, claim_days = :claim_days, role_id = :role, registered = :registered,"
        " member_days = :member_days, follow = :follow, niches = :niches, legal_kind = :legal_kind, permit = :permit,"
        " reminded_at = coalesce(reminded_at, iif(:legal_kind IS NULL, NULL, :now)), revision = revision + 1"
        f" WHERE id = :id RETURNING {_COLUMNS}",
        {**_values(spec), "id": giveaway_id, "now": now},
    )
    return _one(row)


async def get(reads: Reads, giveaway_id: int) -> Giveaway | None:
    """One giveaway."""
    row = await reads.fetch_one(f"SELECT {_COLUMNS} FROM giveaway WHERE id = :id", {"id": giveaway_id})
    return _giveaway(row) if row else None


async def open_it(
    tx: UnitOfWork,
    giveaway_id: int,
    *,
    channel_id: int,
    extra: str | None,
    commitment: str,
    seed: str,
    ends_at: int,
    now: int,
) -> Giveaway | None:
    """Open a draft or scheduled one; None when it stands elsewhere by now. `seed` comes encrypted."""
    row = await tx.fetch_one(
        "UPDATE giveaway SET state = 'open', channel_id = :channel, extra = :extra, commitment = :commitment,"
        " seed = :seed, ends_at = :ends_at, opened_at = :now"
        f" WHERE id = :id AND state IN ('draft', 'scheduled') RETURNING {_COLUMNS}",
        {
            "id": giveaway_id,
            "channel": channel_id,
            "extra": extra,
            "commitment": commitment,
            "seed": seed,
            "ends_at": ends_at,
            "now": now,
        },
    )
    return _giveaway(row) if row else None


async def taking_entries(reads: Reads, giveaway_ids: Collection[int], now: int) -> set[int]:
    """Which of some giveaways are open and have not reached their end."""
    rows = await reads.fetch_all(
        "SELECT id FROM giveaway WHERE id IN (SELECT value FROM json_each(:ids)) AND state = 'open' AND ends_at > :now",
        {"ids": json.dumps(list(giveaway_ids)), "now": now},
    )
    return {int(row["id"]) for row in rows}


async def set_announcement(tx: UnitOfWork, giveaway_id: int, outbox_id: int) -> Giveaway:
    """Remember the outbox row of the post."""
    row = await tx.fetch_one(
        f"UPDATE giveaway SET announcement_id = :outbox WHERE id = :id RETURNING {_COLUMNS}",
        {"id": giveaway_id, "outbox": outbox_id},
    )
    return _one(row)


async def end(
    tx: UnitOfWork, giveaway_id: int, *, entries_sha256: str, entry_count: int, by: int | None, now: int
) -> Giveaway | None:
    """Close an open one for good, with its list's hash; None when it is not open: so a draw happens once."""
    row = await tx.fetch_one(
        "UPDATE giveaway SET state = 'ended', entries_sha256 = :hash, entry_count = :count, ended_at = :now,"
        f" ended_by = :by WHERE id = :id AND state = 'open' RETURNING {_COLUMNS}",
        {"id": giveaway_id, "hash": entries_sha256, "count": entry_count, "now": now, "by": by},
    )
    return _giveaway(row) if row else None


async def cancel(tx: UnitOfWork, giveaway_id: int, by: int | None, now: int) -> Giveaway | None:
    """Call one off that has not ended; None when it has, or was called off before."""
    row = await tx.fetch_one(
        "UPDATE giveaway SET state = 'cancelled', ended_at = :now, ended_by = :by"
        f" WHERE id = :id AND state IN ('draft', 'scheduled', 'open') RETURNING {_COLUMNS}",
        {"id": giveaway_id, "now": now, "by": by},
    )
    return _giveaway(row) if row else None


async def listed(reads: Reads, states: Collection[GiveawayState], limit: int, offset: int) -> list[Giveaway]:
    """Giveaways in some states: those still to come or running first, then the newest."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM giveaway WHERE state IN (SELECT value FROM json_each(:states))"
        " ORDER BY state = 'ended' OR state = 'cancelled', coalesce(ended_at, 0) DESC, ends_at, id DESC"
        " LIMIT :limit OFFSET :offset",
        {"states": json.dumps([state.value for state in states]), "limit": limit, "offset": offset},
    )
    return [_giveaway(row) for row in rows]


async def count(reads: Reads, states: Collection[GiveawayState]) -> int:
    """How many are in some states."""
    row = await reads.fetch_one(
        "SELECT count(*) AS number FROM giveaway WHERE state IN (SELECT value FROM json_each(:states))",
        {"states": json.dumps([state.value for state in states])},
    )
    return int(row["number"]) if row else 0


async def titled(reads: Reads, part: str, states: Collection[GiveawayState], limit: int) -> list[Giveaway]:
    """Giveaways whose title or prize holds `part`, the newest first."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM giveaway WHERE state IN (SELECT value FROM json_each(:states))"
        " AND (instr(lower(title), lower(:part)) OR instr(lower(prize), lower(:part))) ORDER BY id DESC LIMIT :limit",
        {"states": json.dumps([state.value for state in states]), "part": part, "limit": limit},
    )
    return [_giveaway(row) for row in rows]


async def opened_between(reads: Reads, start: int, end: int) -> list[tuple[int, int]]:
    """Giveaways that opened from `start` until before `end` (seconds UTC), and when; called off ones are left out."""
    rows = await reads.fetch_all(
        "SELECT id, opened_at FROM giveaway WHERE opened_at >= :start AND opened_at < :end"
        " AND state IN ('open', 'ended') ORDER BY opened_at",
        {"start": start, "end": end},
    )
    return [(int(row["id"]), int(row["opened_at"])) for row in rows]
