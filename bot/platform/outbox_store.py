"""All SQL of the outbox."""

from dataclasses import dataclass

from bot.platform.database import Reads, UnitOfWork
from bot.platform.database import Row as DatabaseRow


@dataclass(frozen=True)
class Row:
    """One message of the outbox. Instants are seconds UTC."""

    id: int
    kind: str
    lane: str
    payload: str
    state: str
    attempts: int
    created_at: int
    attempted_at: int | None
    channel_id: int | None
    message_id: int | None
    expires_at: int | None = None

    @property
    def target(self) -> int:
        """The Discord id (or outbox id, for an edit) the lane names."""
        return int(self.lane.rpartition(":")[2])


_COLUMNS = "id, kind, lane, payload, state, attempts, created_at, attempted_at, channel_id, message_id, expires_at"


def _row(row: DatabaseRow) -> Row:
    return Row(**{key: row[key] for key in row.keys()})  # noqa: SIM118 - sqlite3.Row iterates over values


async def insert(
    tx: UnitOfWork,
    kind: str,
    lane: str,
    payload: str,
    dedupe_key: str | None,
    now: int,
    expires_at: int | None = None,
) -> int | None:
    """Add a row; None when the dedupe key is taken."""
    row = await tx.fetch_one(
        "INSERT INTO outbox_message (kind, lane, payload, dedupe_key, due_at, created_at, expires_at)"
        " VALUES (:kind, :lane, :payload, :dedupe_key, :now, :now, :expires)"
        " ON CONFLICT (dedupe_key) DO NOTHING RETURNING id",
        {
            "kind": kind,
            "lane": lane,
            "payload": payload,
            "dedupe_key": dedupe_key,
            "now": now,
            "expires": expires_at,
        },
    )
    return int(row["id"]) if row else None


async def due_heads(reads: Reads, now: int, limit: int) -> list[Row]:
    """The oldest open row of each lane, where that one is due: order is kept within a lane.

    An edit of a message that is still on its way is not due: it follows as soon as that one has arrived.
    """
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM outbox_message AS row WHERE due_at <= :now AND id IN"
        " (SELECT min(id) FROM outbox_message WHERE state IN ('pending', 'sending') GROUP BY lane)"
        " AND (kind <> 'edit' OR NOT EXISTS (SELECT 1 FROM outbox_message AS original"
        " WHERE original.id = CAST(substr(row.lane, 6) AS INTEGER) AND original.state IN ('pending', 'sending')))"
        " ORDER BY id LIMIT :limit",
        {"now": now, "limit": limit},
    )
    return [_row(row) for row in rows]


async def waiting(reads: Reads, now: int) -> tuple[int, int | None]:
    """How many rows are open, and when the next head falls due that is not due at `now`."""
    row = await reads.fetch_one(
        "SELECT count(*) AS waiting, min(CASE WHEN due_at > :now AND id IN"
        " (SELECT min(id) FROM outbox_message WHERE state IN ('pending', 'sending') GROUP BY lane)"
        " THEN due_at END) AS earliest FROM outbox_message WHERE state IN ('pending', 'sending')",
        {"now": now},
    )
    assert row is not None
    return int(row["waiting"]), row["earliest"]


async def get(reads: Reads, row_id: int) -> Row | None:
    """One row by id."""
    row = await reads.fetch_one(f"SELECT {_COLUMNS} FROM outbox_message WHERE id = :id", {"id": row_id})
    return _row(row) if row else None


async def find(reads: Reads, dedupe_key: str) -> Row | None:
    """One row by its dedupe key."""
    row = await reads.fetch_one(f"SELECT {_COLUMNS} FROM outbox_message WHERE dedupe_key = :key", {"key": dedupe_key})
    return _row(row) if row else None


async def is_recorded(reads: Reads, message_id: int) -> bool:
    """Whether some row ended as this Discord message."""
    row = await reads.fetch_one("SELECT 1 FROM outbox_message WHERE message_id = :id", {"id": message_id})
    return row is not None


async def mark_sending(tx: UnitOfWork, row_id: int, now: int) -> None:
    """The request is about to leave."""
    await tx.execute(
        "UPDATE outbox_message SET state = 'sending', attempted_at = :now WHERE id = :id", {"id": row_id, "now": now}
    )


async def mark_sent(tx: UnitOfWork, row_id: int, channel_id: int, message_id: int, now: int) -> None:
    """Discord has it."""
    await tx.execute(
        "UPDATE outbox_message SET state = 'sent', channel_id = :channel, message_id = :message, finished_at = :now"
        " WHERE id = :id",
        {"id": row_id, "channel": channel_id, "message": message_id, "now": now},
    )


async def postpone(tx: UnitOfWork, row_id: int, due_at: int) -> None:
    """Try again later."""
    await tx.execute(
        "UPDATE outbox_message SET attempts = attempts + 1, due_at = :due WHERE id = :id", {"id": row_id, "due": due_at}
    )


async def fail_lane(tx: UnitOfWork, lane: str, reason: str, now: int) -> None:
    """Nothing that waits in this lane will be delivered."""
    await tx.execute(
        "UPDATE outbox_message SET state = 'failed', failure = :reason, finished_at = :now"
        " WHERE lane = :lane AND state = 'pending'",
        {"lane": lane, "reason": reason, "now": now},
    )


async def mark_failed(tx: UnitOfWork, row_id: int, reason: str, now: int) -> None:
    """It will not be delivered."""
    await tx.execute(
        "UPDATE outbox_message SET state = 'failed', failure = :reason, finished_at = :now WHERE id = :id",
        {"id": row_id, "reason": reason, "now": now},
    )


async def set_expiry(tx: UnitOfWork, row_id: int, expires_at: int) -> None:
    """From then on it is not sent any more."""
    await tx.execute(
        "UPDATE outbox_message SET expires_at = :expires WHERE id = :id AND state IN ('pending', 'sending')",
        {"id": row_id, "expires": expires_at},
    )


async def drop_edits(tx: UnitOfWork, row_id: int, now: int) -> None:
    """Nothing is left to redraw of a message that never appeared."""
    await tx.execute(
        "UPDATE outbox_message SET state = 'failed', failure = 'pesan aslinya tidak terkirim', finished_at = :now"
        " WHERE lane = :lane AND state IN ('pending', 'sending')",
        {"lane": f"edit:{row_id}", "now": now},
    )


async def take_back(tx: UnitOfWork, prefix: str, now: int) -> None:
    """What has not been tried yet and whose dedupe key begins with `prefix` is not sent any more."""
    await tx.execute(
        "UPDATE outbox_message SET state = 'failed', failure = 'ditarik', finished_at = :now"
        " WHERE state = 'pending' AND substr(dedupe_key, 1, :length) = :prefix",
        {"prefix": prefix, "length": len(prefix), "now": now},
    )
