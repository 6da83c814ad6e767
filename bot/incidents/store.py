"""All SQL of incidents."""

from typing import Any

from bot.incidents.models import Incident, Round, RoundKind
from bot.platform.database import Reads, Row, UnitOfWork
from bot.tickets.models import Stage

_COLUMNS = "id, stage, title, message, state, opened_by, opened_at, closed_at, conclusion"
_ROUND = (
    "id, incident_id, kind, text, actor_id, actor_name, since, last_entry_id, cursor, reached, created_at, finished_at"
)
_OPEN = "state NOT IN ('resolved', 'closed')"


def _incident(row: Row) -> Incident:
    return Incident(
        row["id"],
        Stage(row["stage"]),
        row["title"],
        row["message"],
        row["state"] == "open",
        row["opened_by"],
        row["opened_at"],
        row["closed_at"],
        row["conclusion"],
    )


def _round(row: Row) -> Round:
    return Round(
        row["id"],
        row["incident_id"],
        RoundKind(row["kind"]),
        row["text"],
        row["actor_id"],
        row["actor_name"],
        row["since"],
        row["last_entry_id"],
        row["cursor"],
        row["reached"],
        row["created_at"],
        row["finished_at"],
    )


async def get(reads: Reads, incident_id: int) -> Incident | None:
    """One incident."""
    row = await reads.fetch_one(f"SELECT {_COLUMNS} FROM incident WHERE id = :id", {"id": incident_id})
    return _incident(row) if row else None


async def open_for(reads: Reads, stage: Stage) -> Incident | None:
    """The open incident of a stage."""
    row = await reads.fetch_one(
        f"SELECT {_COLUMNS} FROM incident WHERE stage = :stage AND state = 'open'", {"stage": stage.value}
    )
    return _incident(row) if row else None


async def listed(reads: Reads, *, limit: int, offset: int) -> list[Incident]:
    """Open ones first, then the newest."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM incident ORDER BY CASE state WHEN 'open' THEN 0 ELSE 1 END, id DESC"
        " LIMIT :limit OFFSET :offset",
        {"limit": limit, "offset": offset},
    )
    return [_incident(row) for row in rows]


async def count(reads: Reads) -> int:
    """How many there have been."""
    row = await reads.fetch_one("SELECT count(*) AS total FROM incident")
    return int(row["total"]) if row else 0


async def insert(tx: UnitOfWork, stage: Stage, title: str, message: str, actor_id: int, now: int) -> Incident | None:
    """Open one; None when one is open for the stage already."""
    row = await tx.fetch_one(
        "INSERT INTO incident (stage, title, message, state, opened_by, opened_at)"
        f" VALUES (:stage, :title, :message, 'open', :actor, :now) ON CONFLICT DO NOTHING RETURNING {_COLUMNS}",
        {"stage": stage.value, "title": title, "message": message, "actor": actor_id, "now": now},
    )
    return _incident(row) if row else None


async def change_message(tx: UnitOfWork, incident_id: int, message: str) -> None:
    """What creators read from now on when they ask about it."""
    await tx.execute("UPDATE incident SET message = :message WHERE id = :id", {"id": incident_id, "message": message})


async def close(tx: UnitOfWork, incident_id: int, conclusion: str, now: int) -> Incident | None:
    """It is over; None when it was already."""
    row = await tx.fetch_one(
        "UPDATE incident SET state = 'closed', closed_at = :now, conclusion = :conclusion"
        f" WHERE id = :id AND state = 'open' RETURNING {_COLUMNS}",
        {"id": incident_id, "conclusion": conclusion, "now": now},
    )
    return _incident(row) if row else None


async def count_tickets(reads: Reads, incident_id: int) -> tuple[int, int]:
    """How many tickets belong to it, and how many of them are open."""
    row = await reads.fetch_one(
        f"SELECT count(*) AS total, count(CASE WHEN {_OPEN} THEN 1 END) AS open FROM ticket WHERE incident_id = :id",
        {"id": incident_id},
    )
    return (int(row["total"]), int(row["open"])) if row else (0, 0)


async def begin_round(
    tx: UnitOfWork,
    incident_id: int,
    kind: RoundKind,
    text: str,
    actor_id: int,
    actor_name: str,
    now: int,
    since: int | None = None,
) -> Round:
    """Something is to be done to every ticket."""
    row = await tx.fetch_one(
        "INSERT INTO incident_round (incident_id, kind, text, actor_id, actor_name, since, last_entry_id, created_at)"
        " VALUES (:incident, :kind, :text, :actor, :name, :since,"
        " (SELECT coalesce(max(id), 0) FROM ticket_entry), :now)"
        f" RETURNING {_ROUND}",
        {
            "incident": incident_id,
            "kind": kind.value,
            "text": text,
            "actor": actor_id,
            "name": actor_name,
            "since": since,
            "now": now,
        },
    )
    assert row is not None
    return _round(row)


async def get_round(reads: Reads, round_id: int) -> Round | None:
    """One round."""
    row = await reads.fetch_one(f"SELECT {_ROUND} FROM incident_round WHERE id = :id", {"id": round_id})
    return _round(row) if row else None


async def rounds_of(reads: Reads, incident_id: int, limit: int) -> list[Round]:
    """What was done to an incident's tickets, the newest first."""
    rows = await reads.fetch_all(
        f"SELECT {_ROUND} FROM incident_round WHERE incident_id = :id ORDER BY id DESC LIMIT :limit",
        {"id": incident_id, "limit": limit},
    )
    return [_round(row) for row in rows]


async def next_round(reads: Reads, incident_id: int) -> Round | None:
    """The oldest round of an incident that is not finished."""
    row = await reads.fetch_one(
        f"SELECT {_ROUND} FROM incident_round WHERE incident_id = :id AND finished_at IS NULL ORDER BY id LIMIT 1",
        {"id": incident_id},
    )
    return _round(row) if row else None


# Tickets that a round has still to do.
_TO_GATHER = f"stage = :stage AND opened_at >= :since AND incident_id IS NULL AND ticket.id > :after AND {_OPEN}"
_TO_CLOSE = f"incident_id = :incident AND ticket.id > :after AND {_OPEN}"
# Who joined after an update was written has read it on joining.
_TO_UPDATE = (
    f"{_TO_CLOSE} AND NOT EXISTS (SELECT 1 FROM ticket_entry AS entry WHERE entry.ticket_id = ticket.id"
    " AND entry.id > :last_entry AND entry.kind = 'incident_joined')"
)


def _to_do(incident: Incident, found: Round) -> tuple[str, dict[str, Any]]:
    which = {RoundKind.GATHER: _TO_GATHER, RoundKind.UPDATE: _TO_UPDATE, RoundKind.CLOSE: _TO_CLOSE}[found.kind]
    return which, {
        "incident": incident.id,
        "stage": incident.stage.value,
        "since": found.since or 0,
        "after": found.cursor,
        "last_entry": found.last_entry_id,
    }


async def next_tickets(reads: Reads, incident: Incident, found: Round, limit: int) -> list[int]:
    """The next tickets of a round, by number."""
    which, values = _to_do(incident, found)
    rows = await reads.fetch_all(
        f"SELECT id FROM ticket WHERE {which} ORDER BY id LIMIT :limit", values | {"limit": limit}
    )
    return [int(row["id"]) for row in rows]


async def count_left(reads: Reads, incident: Incident, found: Round) -> int:
    """How many tickets a round has still to do."""
    which, values = _to_do(incident, found)
    row = await reads.fetch_one(f"SELECT count(*) AS number FROM ticket WHERE {which}", values)
    return int(row["number"]) if row else 0


async def count_to_gather(reads: Reads, stage: Stage, since: int) -> int:
    """How many open tickets of a stage, opened from `since` on, belong to no incident."""
    row = await reads.fetch_one(
        f"SELECT count(*) AS number FROM ticket WHERE {_TO_GATHER}", {"stage": stage.value, "since": since, "after": 0}
    )
    return int(row["number"]) if row else 0


async def all_open(reads: Reads) -> list[Incident]:
    """Every open incident; there is at most one a stage."""
    rows = await reads.fetch_all(f"SELECT {_COLUMNS} FROM incident WHERE state = 'open' ORDER BY id")
    return [_incident(row) for row in rows]


async def move_on(tx: UnitOfWork, round_id: int, cursor: int, reached: int, finished_at: int | None) -> None:
    """So far it has come."""
    await tx.execute(
        "UPDATE incident_round SET cursor = :cursor, reached = :reached, finished_at = :finished WHERE id = :id",
        {"id": round_id, "cursor": cursor, "reached": reached, "finished": finished_at},
    )
