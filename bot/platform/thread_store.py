"""All SQL of the private threads the bot keeps."""

from dataclasses import dataclass

from bot.platform.database import Reads, UnitOfWork
from bot.platform.database import Row as DatabaseRow


@dataclass(frozen=True, slots=True)
class KeptThread:
    """A private thread. `archived` and `locked` are how it should be; `thread_id` is None until Discord has it."""

    id: int
    key: str
    parent_id: int
    name: str
    thread_id: int | None
    archived: bool
    locked: bool
    # Everything people wrote up to this Discord message has been taken in.
    read_up_to: int
    lost_at: int | None
    created_at: int


_COLUMNS = "id, key, parent_id, name, thread_id, archived, locked, read_up_to, lost_at, created_at"


def _kept(row: DatabaseRow) -> KeptThread:
    return KeptThread(
        id=row["id"],
        key=row["key"],
        parent_id=row["parent_id"],
        name=row["name"],
        thread_id=row["thread_id"],
        archived=bool(row["archived"]),
        locked=bool(row["locked"]),
        read_up_to=row["read_up_to"],
        lost_at=row["lost_at"],
        created_at=row["created_at"],
    )


async def insert(tx: UnitOfWork, key: str, parent_id: int, name: str, now: int) -> int | None:
    """A thread to be made; None when the key has one."""
    row = await tx.fetch_one(
        "INSERT INTO kept_thread (key, parent_id, name, created_at) VALUES (:key, :parent, :name, :now)"
        " ON CONFLICT (key) DO NOTHING RETURNING id",
        {"key": key, "parent": parent_id, "name": name, "now": now},
    )
    return int(row["id"]) if row else None


async def get(reads: Reads, kept_id: int) -> KeptThread | None:
    """One by its id."""
    row = await reads.fetch_one(f"SELECT {_COLUMNS} FROM kept_thread WHERE id = :id", {"id": kept_id})
    return _kept(row) if row else None


async def find(reads: Reads, key: str) -> KeptThread | None:
    """One by what it is for."""
    row = await reads.fetch_one(f"SELECT {_COLUMNS} FROM kept_thread WHERE key = :key", {"key": key})
    return _kept(row) if row else None


async def on_discord(reads: Reads) -> list[KeptThread]:
    """All that were made and not deleted by hand."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM kept_thread WHERE thread_id IS NOT NULL AND lost_at IS NULL ORDER BY id"
    )
    return [_kept(row) for row in rows]


async def made(tx: UnitOfWork, kept_id: int, thread_id: int) -> KeptThread | None:
    """Discord has it under this id; everything before its making counts as read."""
    row = await tx.fetch_one(
        f"UPDATE kept_thread SET thread_id = :thread, read_up_to = :thread WHERE id = :id RETURNING {_COLUMNS}",
        {"id": kept_id, "thread": thread_id},
    )
    return _kept(row) if row else None


async def change(
    tx: UnitOfWork, kept_id: int, archived: bool | None, locked: bool | None, name: str | None
) -> KeptThread | None:
    """How it should be from now on; None leaves a part as it is."""
    row = await tx.fetch_one(
        "UPDATE kept_thread SET archived = coalesce(:archived, archived), locked = coalesce(:locked, locked),"
        f" name = coalesce(:name, name) WHERE id = :id RETURNING {_COLUMNS}",
        {"id": kept_id, "archived": archived, "locked": locked, "name": name},
    )
    return _kept(row) if row else None


async def read_up_to(tx: UnitOfWork, kept_id: int, message_id: int) -> KeptThread | None:
    """People's messages up to this one were taken in; None when later ones were already."""
    row = await tx.fetch_one(
        f"UPDATE kept_thread SET read_up_to = :message WHERE id = :id AND read_up_to < :message RETURNING {_COLUMNS}",
        {"id": kept_id, "message": message_id},
    )
    return _kept(row) if row else None


async def lose(tx: UnitOfWork, kept_id: int, now: int) -> KeptThread | None:
    """It is gone from Discord; None when that was known."""
    row = await tx.fetch_one(
        f"UPDATE kept_thread SET lost_at = :now WHERE id = :id AND lost_at IS NULL RETURNING {_COLUMNS}",
        {"id": kept_id, "now": now},
    )
    return _kept(row) if row else None
