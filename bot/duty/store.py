"""All SQL of duty."""

import json
from collections.abc import Collection
from datetime import date

from bot.duty.models import Deputy, Leave, Shift, Swap, SwapState
from bot.platform.database import Reads, Row, UnitOfWork

_SHIFT = "id, member_id, name, weekday, starts, ends"
_LEAVE = "id, member_id, first_day, last_day"
_SWAP = "id, shift_id, day, from_member_id, to_member_id, to_name, state"


def _shift(row: Row) -> Shift:
    return Shift(row["id"], row["member_id"], row["name"], row["weekday"], row["starts"], row["ends"])


def _leave(row: Row) -> Leave:
    first, last = date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"])
    return Leave(row["id"], row["member_id"], first, last)


def _swap(row: Row) -> Swap:
    return Swap(
        row["id"],
        row["shift_id"],
        date.fromisoformat(row["day"]),
        row["from_member_id"],
        row["to_member_id"],
        row["to_name"],
        SwapState(row["state"]),
    )


async def shifts(reads: Reads) -> list[Shift]:
    """The weekly rota, from Monday on."""
    rows = await reads.fetch_all(
        f"SELECT {_SHIFT} FROM duty_shift WHERE removed_at IS NULL ORDER BY weekday, starts, name, id"
    )
    return [_shift(row) for row in rows]


async def insert_shift(
    tx: UnitOfWork, member_id: int, name: str, weekday: int, starts: int, ends: int, *, created_by: int | None, now: int
) -> Shift:
    """A new weekly shift; overlapping ones must have been refused."""
    row = await tx.fetch_one(
        "INSERT INTO duty_shift (member_id, name, weekday, starts, ends, created_by, created_at)"
        f" VALUES (:member, :name, :weekday, :starts, :ends, :by, :now) RETURNING {_SHIFT}",
        {
            "member": member_id,
            "name": name,
            "weekday": weekday,
            "starts": starts,
            "ends": ends,
            "by": created_by,
            "now": now,
        },
    )
    assert row is not None
    return _shift(row)


async def remove_shifts(tx: UnitOfWork, shift_ids: Collection[int], now: int) -> list[Shift]:
    """Take shifts off the rota; those that were still on it."""
    rows = await tx.fetch_all(
        "UPDATE duty_shift SET removed_at = :now WHERE removed_at IS NULL"
        f" AND id IN (SELECT value FROM json_each(:ids)) RETURNING {_SHIFT}",
        {"ids": json.dumps(sorted(shift_ids)), "now": now},
    )
    return sorted((_shift(row) for row in rows), key=lambda shift: (shift.weekday, shift.starts))


async def leaves(reads: Reads, first: date, last: date) -> list[Leave]:
    """Leave that touches the days from `first` to `last`."""
    rows = await reads.fetch_all(
        f"SELECT {_LEAVE} FROM duty_leave WHERE removed_at IS NULL AND last_day >= :first AND first_day <= :last"
        " ORDER BY first_day, id",
        {"first": first.isoformat(), "last": last.isoformat()},
    )
    return [_leave(row) for row in rows]


async def leaves_of(reads: Reads, member_id: int, from_day: date) -> list[Leave]:
    """Somebody's leave that is not over before a day."""
    rows = await reads.fetch_all(
        f"SELECT {_LEAVE} FROM duty_leave WHERE removed_at IS NULL AND member_id = :member AND last_day >= :day"
        " ORDER BY first_day, id",
        {"member": member_id, "day": from_day.isoformat()},
    )
    return [_leave(row) for row in rows]


async def leave(reads: Reads, leave_id: int) -> Leave | None:
    """One leave that was not taken back."""
    row = await reads.fetch_one(
        f"SELECT {_LEAVE} FROM duty_leave WHERE id = :id AND removed_at IS NULL", {"id": leave_id}
    )
    return _leave(row) if row else None


async def insert_leave(
    tx: UnitOfWork, member_id: int, first: date, last: date, *, created_by: int | None, now: int
) -> Leave:
    """Somebody is away."""
    row = await tx.fetch_one(
        "INSERT INTO duty_leave (member_id, first_day, last_day, created_by, created_at)"
        f" VALUES (:member, :first, :last, :by, :now) RETURNING {_LEAVE}",
        {
            "member": member_id,
            "first": first.isoformat(),
            "last": last.isoformat(),
            "by": created_by,
            "now": now,
        },
    )
    assert row is not None
    return _leave(row)


async def remove_leave(tx: UnitOfWork, leave_id: int, now: int) -> Leave | None:
    """Take leave back; None when it was before."""
    row = await tx.fetch_one(
        f"UPDATE duty_leave SET removed_at = :now WHERE id = :id AND removed_at IS NULL RETURNING {_LEAVE}",
        {"id": leave_id, "now": now},
    )
    return _leave(row) if row else None


async def accepted_swaps(reads: Reads, first: date, last: date) -> list[Swap]:
    """Swaps that count on the days from `first` to `last`."""
    rows = await reads.fetch_all(
        f"SELECT {_SWAP} FROM duty_swap WHERE state = 'accepted' AND day BETWEEN :first AND :last",
        {"first": first.isoformat(), "last": last.isoformat()},
    )
    return [_swap(row) for row in rows]


async def swaps_of(reads: Reads, member_id: int, from_day: date) -> list[Swap]:
    """Swaps from a day on that somebody asked for or was asked for, and that still stand."""
    rows = await reads.fetch_all(
        f"SELECT {_SWAP} FROM duty_swap WHERE state IN ('asked', 'accepted') AND day >= :day"
        " AND :member IN (from_member_id, to_member_id) ORDER BY day, id",
        {"member": member_id, "day": from_day.isoformat()},
    )
    return [_swap(row) for row in rows]


async def standing_swap(reads: Reads, shift_id: int, day: date) -> Swap | None:
    """The swap of a turn that was asked for or accepted; there is at most one."""
    row = await reads.fetch_one(
        f"SELECT {_SWAP} FROM duty_swap WHERE shift_id = :shift AND day = :day AND state IN ('asked', 'accepted')",
        {"shift": shift_id, "day": day.isoformat()},
    )
    return _swap(row) if row else None


async def swap(reads: Reads, swap_id: int) -> Swap | None:
    """One swap."""
    row = await reads.fetch_one(f"SELECT {_SWAP} FROM duty_swap WHERE id = :id", {"id": swap_id})
    return _swap(row) if row else None


async def insert_swap(
    tx: UnitOfWork, shift_id: int, day: date, from_member_id: int, to_member_id: int, to_name: str, now: int
) -> Swap:
    """Ask for a swap of a turn that has none standing."""
    row = await tx.fetch_one(
        "INSERT INTO duty_swap (shift_id, day, from_member_id, to_member_id, to_name, state, asked_by, asked_at)"
        f" VALUES (:shift, :day, :from_member, :to_member, :name, 'asked', :from_member, :now) RETURNING {_SWAP}",
        {
            "shift": shift_id,
            "day": day.isoformat(),
            "from_member": from_member_id,
            "to_member": to_member_id,
            "name": to_name,
            "now": now,
        },
    )
    assert row is not None
    return _swap(row)


async def answer_swap(tx: UnitOfWork, swap_id: int, state: SwapState, now: int) -> Swap:
    """Move a swap that was read in this unit of work to another state."""
    row = await tx.fetch_one(
        f"UPDATE duty_swap SET state = :state, answered_at = :now WHERE id = :id RETURNING {_SWAP}",
        {"id": swap_id, "state": state.value, "now": now},
    )
    assert row is not None
    return _swap(row)


async def withdraw_swaps(tx: UnitOfWork, shift_ids: Collection[int], from_day: date, now: int) -> list[Swap]:
    """End what stands for some shifts from a day on; the swaps as they were ended."""
    rows = await tx.fetch_all(
        "UPDATE duty_swap SET state = 'withdrawn', answered_at = :now WHERE state IN ('asked', 'accepted')"
        f" AND day >= :day AND shift_id IN (SELECT value FROM json_each(:ids)) RETURNING {_SWAP}",
        {"ids": json.dumps(sorted(shift_ids)), "day": from_day.isoformat(), "now": now},
    )
    return [_swap(row) for row in rows]


async def deputies(reads: Reads) -> list[Deputy]:
    """Who is called when nobody is on duty, in this order."""
    rows = await reads.fetch_all("SELECT member_id, name FROM duty_deputy ORDER BY position")
    return [Deputy(row["member_id"], row["name"]) for row in rows]


async def clear_deputies(tx: UnitOfWork) -> None:
    """Nobody is a deputy any more."""
    await tx.execute("DELETE FROM duty_deputy")


async def insert_deputy(tx: UnitOfWork, position: int, deputy: Deputy) -> None:
    """The deputy of a place in the order."""
    await tx.execute(
        "INSERT INTO duty_deputy (position, member_id, name) VALUES (:position, :member, :name)",
        {"position": position, "member": deputy.member_id, "name": deputy.name},
    )
