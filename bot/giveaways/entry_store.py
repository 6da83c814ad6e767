"""All SQL of entries, of the published list, and of picks."""

import json
from collections.abc import Iterable, Sequence

from bot.giveaways.models import Entry, Pick
from bot.platform.database import Reads, Row, UnitOfWork

_ENTRY = "giveaway_id, member_id, name, code, entry_hash, follow_declared, joined_at"
_PICK = "giveaway_id, number, round, entry_hash, member_id, name, reason, picked_at, picked_by, dropped_at"


def _entry(row: Row) -> Entry:
    return Entry(
        row["giveaway_id"],
        row["member_id"],
        row["name"],
        row["code"],
        row["entry_hash"],
        bool(row["follow_declared"]),
        row["joined_at"],
    )


def _pick(row: Row) -> Pick:
    return Pick(**{key: row[key] for key in row.keys()})  # noqa: SIM118 - sqlite3.Row iterates over values


async def add(tx: UnitOfWork, entries: Iterable[Entry]) -> None:
    """Keep entries of members who have none."""
    await tx.execute_many(
        f"INSERT INTO giveaway_entry ({_ENTRY}) VALUES (:giveaway, :member, :name, :code, :hash, :follow, :joined)",
        [
            {
                "giveaway": entry.giveaway_id,
                "member": entry.member_id,
                "name": entry.name,
                "code": entry.code,
                "hash": entry.entry_hash,
                "follow": int(entry.follow_declared),
                "joined": entry.joined_at,
            }
            for entry in entries
        ],
    )


async def had(reads: Reads, entries: Iterable[Entry]) -> dict[tuple[int, int], Entry]:
    """The entries that the members of `entries` have in the store, by giveaway and member."""
    rows = await reads.fetch_all(
        f"SELECT {', '.join(f'kept.{column}' for column in _ENTRY.split(', '))}"
        " FROM (SELECT DISTINCT json_extract(value, '$[0]') AS giveaway, json_extract(value, '$[1]') AS member"
        " FROM json_each(:entries)) AS wanted CROSS JOIN giveaway_entry AS kept"
        " ON kept.giveaway_id = wanted.giveaway AND kept.member_id = wanted.member",
        {"entries": json.dumps([(entry.giveaway_id, entry.member_id) for entry in entries])},
    )
    return {(row["giveaway_id"], row["member_id"]): _entry(row) for row in rows}


async def get(reads: Reads, giveaway_id: int, member_id: int) -> Entry | None:
    """A member's entry."""
    row = await reads.fetch_one(
        f"SELECT {_ENTRY} FROM giveaway_entry WHERE giveaway_id = :giveaway AND member_id = :member",
        {"giveaway": giveaway_id, "member": member_id},
    )
    return _entry(row) if row else None


async def remove(tx: UnitOfWork, giveaway_id: int, member_id: int, now: int) -> bool:
    """Take an entry back while the giveaway is open; False when there was none or it is too late."""
    row = await tx.fetch_one(
        "DELETE FROM giveaway_entry WHERE giveaway_id = :giveaway AND member_id = :member AND EXISTS"
        " (SELECT 1 FROM giveaway WHERE id = :giveaway AND state = 'open' AND ends_at > :now) RETURNING member_id",
        {"giveaway": giveaway_id, "member": member_id, "now": now},
    )
    return row is not None


async def count(reads: Reads, giveaway_id: int) -> int:
    """How many have joined."""
    row = await reads.fetch_one(
        "SELECT count(*) AS number FROM giveaway_entry WHERE giveaway_id = :giveaway", {"giveaway": giveaway_id}
    )
    return int(row["number"]) if row else 0


async def sorted_hashes(reads: Reads, giveaway_id: int) -> str:
    """Every entry hash in ascending order, one a line: a million rows come back as one text, in about a second."""
    row = await reads.fetch_one(
        "SELECT group_concat(entry_hash, char(10)) AS hashes FROM"
        " (SELECT entry_hash FROM giveaway_entry WHERE giveaway_id = :giveaway ORDER BY entry_hash)",
        {"giveaway": giveaway_id},
    )
    return str(row["hashes"] or "") if row else ""


async def with_hashes(reads: Reads, giveaway_id: int, hashes: Sequence[str]) -> dict[str, Entry]:
    """The entries behind some published hashes."""
    rows = await reads.fetch_all(
        f"SELECT {_ENTRY} FROM giveaway_entry WHERE giveaway_id = :giveaway"
        " AND entry_hash IN (SELECT value FROM json_each(:hashes))",
        {"giveaway": giveaway_id, "hashes": json.dumps(list(hashes))},
    )
    return {row["entry_hash"]: _entry(row) for row in rows}


async def keep_list(tx: UnitOfWork, giveaway_id: int, hashes: str) -> None:
    """Keep the list as it is published."""
    await tx.execute(
        "INSERT INTO giveaway_list (giveaway_id, entries) VALUES (:giveaway, :entries)",
        {"giveaway": giveaway_id, "entries": hashes},
    )


async def published_list(reads: Reads, giveaway_id: int) -> list[str]:
    """The sorted hashes as they were published; empty before the end."""
    row = await reads.fetch_one("SELECT entries FROM giveaway_list WHERE giveaway_id = :id", {"id": giveaway_id})
    return str(row["entries"]).split("\n") if row and row["entries"] else []


async def add_picks(tx: UnitOfWork, picks: Sequence[Pick]) -> None:
    """Record picks."""
    await tx.execute_many(
        f"INSERT INTO giveaway_pick ({_PICK}) VALUES (:giveaway_id, :number, :round, :entry_hash, :member_id, :name,"
        " :reason, :picked_at, :picked_by, :dropped_at)",
        [{key: getattr(pick, key) for key in _PICK.split(", ")} for pick in picks],
    )


async def picks(reads: Reads, giveaway_id: int) -> list[Pick]:
    """Every pick of a giveaway in order, dropped ones among them."""
    rows = await reads.fetch_all(
        f"SELECT {_PICK} FROM giveaway_pick WHERE giveaway_id = :giveaway ORDER BY number", {"giveaway": giveaway_id}
    )
    return [_pick(row) for row in rows]


async def drop_picks(tx: UnitOfWork, giveaway_id: int, member_ids: Sequence[int], now: int) -> list[Pick]:
    """Winners who no longer are; those of them who had not been dropped before."""
    rows = await tx.fetch_all(
        "UPDATE giveaway_pick SET dropped_at = :now WHERE giveaway_id = :giveaway AND dropped_at IS NULL"
        f" AND member_id IN (SELECT value FROM json_each(:members)) RETURNING {_PICK}",
        {"giveaway": giveaway_id, "members": json.dumps(list(member_ids)), "now": now},
    )
    return sorted((_pick(row) for row in rows), key=lambda pick: pick.number)


async def members(reads: Reads, giveaway_id: int) -> frozenset[int]:
    """Everybody who joined one."""
    rows = await reads.fetch_all("SELECT member_id FROM giveaway_entry WHERE giveaway_id = :id", {"id": giveaway_id})
    return frozenset(int(row["member_id"]) for row in rows)
