"""All SQL of tags, notes and the blacklist."""

import json
from collections.abc import Collection
from typing import Final

from bot.creator_care.models import Blacklisting, Note
from bot.platform.database import Reads, Row, UnitOfWork

_WANTED: Final = "(SELECT CAST(value AS INTEGER) FROM json_each(:ids))"
_BLACKLISTING: Final = "entry.id, entry.creator_id, entry.reason, entry.expires_at, entry.listed_by, entry.listed_at,"
# Each wanted account with every account of the same person: same member, put together by staff, or renamed.
_PERSONS: Final = (
    "WITH RECURSIVE own (wanted, id) AS ("
    " SELECT CAST(value AS INTEGER), CAST(value AS INTEGER) FROM json_each(:ids)"
    " UNION SELECT own.wanted, other.id FROM own JOIN creator AS one ON one.id = own.id"
    " JOIN creator AS other ON other.member_id = one.member_id"
    " UNION SELECT own.wanted, iif(pair.kept_id = own.id, pair.other_id, pair.kept_id) FROM own"
    " JOIN creator_merge AS pair ON pair.kept_id = own.id AND pair.undone_at IS NULL"
    " UNION SELECT own.wanted, pair.kept_id FROM own"
    " JOIN creator_merge AS pair ON pair.other_id = own.id AND pair.undone_at IS NULL)"
)


async def tags(reads: Reads, creator_ids: Collection[int]) -> dict[int, list[str]]:
    """The tags of each account in alphabetical order; accounts without any are missing."""
    rows = await reads.fetch_all(
        f"SELECT creator_id, tag FROM creator_tag WHERE creator_id IN {_WANTED} ORDER BY creator_id, tag",
        {"ids": _ids(creator_ids)},
    )
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(row["creator_id"], []).append(row["tag"])
    return found


async def tags_beginning_with(reads: Reads, text: str, *, limit: int) -> list[tuple[str, int]]:
    """Tags in use that begin with the text, each with how many accounts have it, most used first."""
    rows = await reads.fetch_all(
        "SELECT tag, count(*) AS uses FROM creator_tag WHERE tag >= :text AND tag < :after"
        " GROUP BY tag ORDER BY uses DESC, tag LIMIT :limit",
        {"text": text, "after": text + "\U0010ffff", "limit": limit},
    )
    return [(row["tag"], row["uses"]) for row in rows]


async def add_tag(tx: UnitOfWork, creator_id: int, tag: str, by: int | None, at: int) -> bool:
    """Whether the account got a tag it had not."""
    row = await tx.fetch_one(
        "INSERT INTO creator_tag (creator_id, tag, added_by, added_at) VALUES (:creator, :tag, :by, :at)"
        " ON CONFLICT DO NOTHING RETURNING tag",
        {"creator": creator_id, "tag": tag, "by": by, "at": at},
    )
    return row is not None


async def remove_tag(tx: UnitOfWork, creator_id: int, tag: str) -> bool:
    """Whether the account had the tag."""
    row = await tx.fetch_one(
        "DELETE FROM creator_tag WHERE creator_id = :creator AND tag = :tag RETURNING tag",
        {"creator": creator_id, "tag": tag},
    )
    return row is not None


async def notes(reads: Reads, creator_ids: Collection[int]) -> list[Note]:
    """The notes on these accounts, newest first."""
    rows = await reads.fetch_all(
        f"SELECT * FROM creator_note WHERE creator_id IN {_WANTED} ORDER BY id DESC", {"ids": _ids(creator_ids)}
    )
    return [_note(row) for row in rows]


async def add_note(tx: UnitOfWork, creator_id: int, text: str, by: int | None, at: int) -> int:
    """Keep a note; returns its id."""
    row = await tx.fetch_one(
        "INSERT INTO creator_note (creator_id, text, written_by, written_at) VALUES (:creator, :text, :by, :at)"
        " RETURNING id",
        {"creator": creator_id, "text": text, "by": by, "at": at},
    )
    assert row is not None
    return int(row["id"])


async def remove_note(tx: UnitOfWork, creator_id: int, note_id: int) -> Note | None:
    """Delete a note of an account; the note as it was, None when it is gone already."""
    row = await tx.fetch_one(
        "DELETE FROM creator_note WHERE id = :id AND creator_id = :creator RETURNING *",
        {"id": note_id, "creator": creator_id},
    )
    return _note(row) if row else None


async def blacklistings(reads: Reads, creator_ids: Collection[int], at: int) -> dict[int, Blacklisting]:
    """What is in force for each account, the latest where several are; of any account of the same person."""
    rows = await reads.fetch_all(
        f"{_PERSONS} SELECT own.wanted, {_BLACKLISTING} entry.lifted_at FROM own"
        " JOIN creator_blacklist AS entry ON entry.creator_id = own.id AND entry.lifted_at IS NULL"
        " WHERE entry.expires_at IS NULL OR entry.expires_at > :at ORDER BY entry.id",
        {"ids": _ids(creator_ids), "at": at},
    )
    return {row["wanted"]: _blacklisting(row) for row in rows}


async def persons_accounts(reads: Reads, creator_id: int) -> list[int]:
    """The ids of all accounts of an account's person, itself among them, hidden ones too."""
    rows = await reads.fetch_all(f"{_PERSONS} SELECT DISTINCT id FROM own ORDER BY id", {"ids": _ids([creator_id])})
    return [row["id"] for row in rows]


async def blacklist_history(reads: Reads, creator_ids: Collection[int]) -> list[Blacklisting]:
    """Everything that was ever said of these accounts, newest first."""
    rows = await reads.fetch_all(
        f"SELECT {_BLACKLISTING} entry.lifted_at FROM creator_blacklist AS entry"
        f" WHERE entry.creator_id IN {_WANTED} ORDER BY entry.id DESC",
        {"ids": _ids(creator_ids)},
    )
    return [_blacklisting(row) for row in rows]


async def blacklist(
    tx: UnitOfWork, creator_id: int, reason: str, expires_at: int | None, by: int | None, at: int
) -> None:
    """Put an account on the blacklist; the one in force before must have been lifted."""
    await tx.execute(
        "INSERT INTO creator_blacklist (creator_id, reason, expires_at, listed_by, listed_at)"
        " VALUES (:creator, :reason, :expires, :by, :at)",
        {"creator": creator_id, "reason": reason, "expires": expires_at, "by": by, "at": at},
    )


async def lift(tx: UnitOfWork, creator_ids: Collection[int], by: int | None, at: int) -> list[int]:
    """End what is open for these accounts, expired or not; the ids of the accounts it was said of."""
    rows = await tx.fetch_all(
        "UPDATE creator_blacklist SET lifted_at = :at, lifted_by = :by"
        f" WHERE lifted_at IS NULL AND creator_id IN {_WANTED} RETURNING creator_id",
        {"ids": _ids(creator_ids), "by": by, "at": at},
    )
    return [row["creator_id"] for row in rows]


def _ids(creator_ids: Collection[int]) -> str:
    return json.dumps(list(creator_ids))


def _note(row: Row) -> Note:
    return Note(row["id"], row["creator_id"], row["text"], row["written_by"], row["written_at"])


def _blacklisting(row: Row) -> Blacklisting:
    return Blacklisting(
        row["id"],
        row["creator_id"],
        row["reason"],
        row["expires_at"],
        row["listed_by"],
        row["listed_at"],
        row["lifted_at"],
    )
