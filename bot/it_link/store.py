"""All SQL of the link to IT's system."""

from bot.it_link.models import Delivery, DeliveryState, Overview
from bot.platform.database import Reads, Row, UnitOfWork

_COLUMNS = "id, entry_id, ticket_id, event_id, body, state, attempts, due_at, trying_since, failure, created_at"


def _delivery(row: Row) -> Delivery:
    return Delivery(
        id=row["id"],
        entry_id=row["entry_id"],
        ticket_id=row["ticket_id"],
        event_id=row["event_id"],
        body=row["body"],
        state=DeliveryState(row["state"]),
        attempts=row["attempts"],
        due_at=row["due_at"],
        trying_since=row["trying_since"],
        failure=row["failure"],
        created_at=row["created_at"],
    )


async def insert(tx: UnitOfWork, entry_id: int, ticket_id: int, event_id: str, body: str, now: int) -> None:
    """One more event to send, once an entry."""
    await tx.execute(
        "INSERT INTO it_delivery (entry_id, ticket_id, event_id, body, due_at, trying_since, created_at)"
        " VALUES (:entry, :ticket, :event, :body, :now, :now, :now) ON CONFLICT DO NOTHING",
        {"entry": entry_id, "ticket": ticket_id, "event": event_id, "body": body, "now": now},
    )


async def due_heads(reads: Reads, now: int, limit: int) -> list[Delivery]:
    """The oldest waiting event of each ticket, where that one is due: order is kept within a ticket."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM it_delivery WHERE due_at <= :now AND id IN"
        " (SELECT min(id) FROM it_delivery WHERE state = 'pending' GROUP BY ticket_id) ORDER BY id LIMIT :limit",
        {"now": now, "limit": limit},
    )
    return [_delivery(row) for row in rows]


async def next_due(reads: Reads, now: int) -> int | None:
    """When the next of those heads falls due that is not due at `now`; None when there is none."""
    row = await reads.fetch_one(
        "SELECT min(due_at) AS due_at FROM it_delivery WHERE due_at > :now AND id IN"
        " (SELECT min(id) FROM it_delivery WHERE state = 'pending' GROUP BY ticket_id)",
        {"now": now},
    )
    return row["due_at"] if row else None


async def accepted(tx: UnitOfWork, delivery_id: int, now: int) -> None:
    """IT's system has it."""
    await tx.execute(
        "UPDATE it_delivery SET state = 'accepted', attempts = attempts + 1, failure = '', finished_at = :now"
        " WHERE id = :id",
        {"id": delivery_id, "now": now},
    )


async def postpone(tx: UnitOfWork, delivery_id: int, due_at: int, failure: str) -> None:
    """An attempt failed; there will be another."""
    await tx.execute(
        "UPDATE it_delivery SET attempts = attempts + 1, due_at = :due, failure = :failure WHERE id = :id",
        {"id": delivery_id, "due": due_at, "failure": failure},
    )


async def give_up(tx: UnitOfWork, delivery_id: int, failure: str, now: int) -> None:
    """Only staff will put it back."""
    await tx.execute(
        "UPDATE it_delivery SET state = 'dead', attempts = attempts + 1, failure = :failure, finished_at = :now"
        " WHERE id = :id",
        {"id": delivery_id, "failure": failure, "now": now},
    )


async def put_back(tx: UnitOfWork, now: int, *, delivery_id: int | None, ticket_id: int | None) -> int:
    """Send dead ones again: one, those of a ticket, or all; returns how many there were."""
    rows = await tx.fetch_all(
        "UPDATE it_delivery SET state = 'pending', attempts = 0, due_at = :now, trying_since = :now, finished_at = NULL"
        " WHERE state = 'dead' AND (:id IS NULL OR id = :id) AND (:ticket IS NULL OR ticket_id = :ticket) RETURNING id",
        {"now": now, "id": delivery_id, "ticket": ticket_id},
    )
    return len(rows)


async def hurry(tx: UnitOfWork, now: int, ticket_id: int | None) -> int:
    """Wait no longer with what is not given up; returns how many there are."""
    rows = await tx.fetch_all(
        "UPDATE it_delivery SET due_at = min(due_at, :now) WHERE state = 'pending'"
        " AND (:ticket IS NULL OR ticket_id = :ticket) RETURNING id",
        {"now": now, "ticket": ticket_id},
    )
    return len(rows)


async def get(reads: Reads, delivery_id: int) -> Delivery | None:
    """One delivery."""
    row = await reads.fetch_one(f"SELECT {_COLUMNS} FROM it_delivery WHERE id = :id", {"id": delivery_id})
    return _delivery(row) if row else None


async def unaccepted(reads: Reads, *, limit: int, offset: int) -> list[Delivery]:
    """What IT's system does not have: given up first, then what waits, the oldest first."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM it_delivery WHERE state <> 'accepted' ORDER BY state = 'pending', id"
        " LIMIT :limit OFFSET :offset",
        {"limit": limit, "offset": offset},
    )
    return [_delivery(row) for row in rows]


async def overview(reads: Reads, *, on: bool) -> Overview:
    """How many wait, how many were given up, and when the last one was accepted."""
    row = await reads.fetch_one(
        "SELECT (SELECT count(*) FROM it_delivery WHERE state = 'pending') AS pending,"
        " (SELECT count(*) FROM it_delivery WHERE state = 'dead') AS dead,"
        " (SELECT max(finished_at) FROM it_delivery WHERE state = 'accepted') AS last"
    )
    assert row is not None
    return Overview(on, row["pending"], row["dead"], row["last"])


async def note_answer(tx: UnitOfWork, external_id: str, ticket_id: int, digest: str, now: int) -> str | None:
    """Keep the id of an answer; the digest of the earlier one when the id was used before."""
    row = await tx.fetch_one("SELECT digest FROM it_inbox WHERE external_id = :id", {"id": external_id})
    if row is not None:
        return str(row["digest"])
    await tx.execute(
        "INSERT INTO it_inbox (external_id, ticket_id, digest, received_at) VALUES (:id, :ticket, :digest, :now)",
        {"id": external_id, "ticket": ticket_id, "digest": digest, "now": now},
    )
    return None
