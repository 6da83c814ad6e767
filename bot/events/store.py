"""All SQL of events and of who comes to them."""

import json
from collections.abc import Collection, Sequence

from bot.events.models import Count, Event, EventKind, EventSpec, EventState, Feedback, Rsvp, Seat
from bot.platform.database import Reads, Row, UnitOfWork

_COLUMNS = (
    "id, kind, title, about, starts_at, lasts, place, link, seats, state, revision, code, channel_id,"
    " announcement_id, closed_at"
)
_RSVP = "event_id, member_id, name, number, state, joined_at, attended_at, stars, comment"


def _event(row: Row) -> Event:
    return Event(
        id=row["id"],
        spec=EventSpec(
            kind=EventKind(row["kind"]),
            title=row["title"],
            about=row["about"],
            starts_at=row["starts_at"],
            lasts=row["lasts"],
            place=row["place"],
            link=row["link"],
            seats=row["seats"],
        ),
        state=EventState(row["state"]),
        revision=row["revision"],
        code=row["code"],
        channel_id=row["channel_id"],
        announcement_id=row["announcement_id"],
        closed_at=row["closed_at"],
    )


def _one(row: Row | None) -> Event:
    assert row is not None, "the event was read in this unit of work"
    return _event(row)


def _rsvp(row: Row) -> Rsvp:
    return Rsvp(
        row["event_id"],
        row["member_id"],
        row["name"],
        row["number"],
        Seat(row["state"]),
        row["joined_at"],
        row["attended_at"],
        row["stars"],
        row["comment"],
    )


def _values(spec: EventSpec) -> dict[str, object]:
    return {
        "kind": spec.kind.value,
        "title": spec.title,
        "about": spec.about,
        "starts": spec.starts_at,
        "lasts": spec.lasts,
        "place": spec.place,
        "link": spec.link,
        "seats": spec.seats,
    }


async def insert(tx: UnitOfWork, spec: EventSpec, created_by: int | None, now: int) -> Event:
    """A new draft."""
    row = await tx.fetch_one(
        "INSERT INTO event (kind, title, about, starts_at, lasts, place, link, seats, state, created_by, created_at)"
        " VALUES (:kind, :title, :about, :starts, :lasts, :place, :link, :seats, 'draft', :by, :now)"
        f" RETURNING {_COLUMNS}",
        {**_values(spec), "by": created_by, "now": now},
    )
    return _one(row)


async def save(tx: UnitOfWork, event_id: int, spec: EventSpec) -> Event:
    """Overwrite what an event is about."""
    row = await tx.fetch_one(
        "UPDATE event SET kind = :kind, title = :title, about = :about, starts_at = :starts, lasts = :lasts,"
        " place = :place, link = :link, seats = :seats, revision = revision + 1"
        f" WHERE id = :id RETURNING {_COLUMNS}",
        {**_values(spec), "id": event_id},
    )
    return _one(row)


async def get(reads: Reads, event_id: int) -> Event | None:
    """One event."""
    row = await reads.fetch_one(f"SELECT {_COLUMNS} FROM event WHERE id = :id", {"id": event_id})
    return _event(row) if row else None


async def by_code(reads: Reads, code: str) -> Event | None:
    """The event whose people type this code."""
    row = await reads.fetch_one(f"SELECT {_COLUMNS} FROM event WHERE code = :code", {"code": code})
    return _event(row) if row else None


async def open_it(tx: UnitOfWork, event_id: int, channel_id: int, code: str, now: int) -> Event:
    """Open a draft that was read in this unit of work."""
    row = await tx.fetch_one(
        "UPDATE event SET state = 'open', channel_id = :channel, code = :code, opened_at = :now"
        f" WHERE id = :id AND state = 'draft' RETURNING {_COLUMNS}",
        {"id": event_id, "channel": channel_id, "code": code, "now": now},
    )
    return _one(row)


async def set_announcement(tx: UnitOfWork, event_id: int, outbox_id: int) -> Event:
    """Remember the outbox row of the post."""
    row = await tx.fetch_one(
        f"UPDATE event SET announcement_id = :outbox WHERE id = :id RETURNING {_COLUMNS}",
        {"id": event_id, "outbox": outbox_id},
    )
    return _one(row)


async def close(tx: UnitOfWork, event_id: int, state: EventState, now: int) -> Event:
    """End or call off one that was read in this unit of work."""
    row = await tx.fetch_one(
        "UPDATE event SET state = :state, closed_at = :now WHERE id = :id AND state IN ('draft', 'open')"
        f" RETURNING {_COLUMNS}",
        {"id": event_id, "state": state.value, "now": now},
    )
    return _one(row)


async def listed(reads: Reads, states: Collection[EventState], limit: int, offset: int) -> list[Event]:
    """Events in some states: those to come first, the soonest at the top, then the latest of the others."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM event WHERE state IN (SELECT value FROM json_each(:states))"
        " ORDER BY state IN ('ended', 'cancelled'), iif(state IN ('ended', 'cancelled'), -starts_at, starts_at), id"
        " LIMIT :limit OFFSET :offset",
        {"states": json.dumps([state.value for state in states]), "limit": limit, "offset": offset},
    )
    return [_event(row) for row in rows]


async def count_events(reads: Reads, states: Collection[EventState]) -> int:
    """How many are in some states."""
    row = await reads.fetch_one(
        "SELECT count(*) AS number FROM event WHERE state IN (SELECT value FROM json_each(:states))",
        {"states": json.dumps([state.value for state in states])},
    )
    return int(row["number"]) if row else 0


async def titled(reads: Reads, part: str, states: Collection[EventState], limit: int) -> list[Event]:
    """Events whose title holds `part`, the newest first."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM event WHERE state IN (SELECT value FROM json_each(:states))"
        " AND instr(lower(title), lower(:part)) ORDER BY id DESC LIMIT :limit",
        {"states": json.dumps([state.value for state in states]), "part": part, "limit": limit},
    )
    return [_event(row) for row in rows]


async def count(reads: Reads, event_id: int) -> Count:
    """How many come, wait, and were there."""
    row = await reads.fetch_one(
        "SELECT count(*) FILTER (WHERE state = 'going') AS going, count(*) FILTER (WHERE state = 'waiting') AS waiting,"
        " count(attended_at) AS attended FROM event_rsvp WHERE event_id = :event",
        {"event": event_id},
    )
    return Count(row["going"], row["waiting"], row["attended"]) if row else Count()


async def rsvp(reads: Reads, event_id: int, member_id: int) -> Rsvp | None:
    """A member's yes."""
    row = await reads.fetch_one(
        f"SELECT {_RSVP} FROM event_rsvp WHERE event_id = :event AND member_id = :member",
        {"event": event_id, "member": member_id},
    )
    return _rsvp(row) if row else None


async def rsvps(
    reads: Reads, event_id: int, seat: Seat | None = None, *, limit: int = -1, offset: int = 0
) -> list[Rsvp]:
    """Who said yes: those with a place first, each in the order in which they came."""
    rows = await reads.fetch_all(
        f"SELECT {_RSVP} FROM event_rsvp WHERE event_id = :event AND (:seat IS NULL OR state = :seat)"
        " ORDER BY state = 'waiting', number LIMIT :limit OFFSET :offset",
        {"event": event_id, "seat": seat.value if seat else None, "limit": limit, "offset": offset},
    )
    return [_rsvp(row) for row in rows]


async def of_member(reads: Reads, member_id: int, limit: int) -> list[tuple[Event, Rsvp]]:
    """What a member said yes to, what is to come first."""
    rows = await reads.fetch_all(
        f"SELECT {_RSVP} FROM event_rsvp WHERE member_id = :member"
        " ORDER BY (SELECT starts_at FROM event WHERE id = event_id) DESC LIMIT :limit",
        {"member": member_id, "limit": limit},
    )
    found: list[tuple[Event, Rsvp]] = []
    for row in rows:
        event = await get(reads, row["event_id"])
        if event is not None:
            found.append((event, _rsvp(row)))
    return found


async def join(tx: UnitOfWork, event_id: int, member_id: int, name: str, seat: Seat, now: int) -> Rsvp:
    """Add a member who is not in yet, at the end of the line."""
    row = await tx.fetch_one(
        "UPDATE event SET last_number = last_number + 1 WHERE id = :event RETURNING last_number", {"event": event_id}
    )
    assert row is not None, "the event was read in this unit of work"
    added = await tx.fetch_one(
        "INSERT INTO event_rsvp (event_id, member_id, name, number, state, joined_at)"
        f" VALUES (:event, :member, :name, :number, :seat, :now) RETURNING {_RSVP}",
        {
            "event": event_id,
            "member": member_id,
            "name": name,
            "number": row["last_number"],
            "seat": seat.value,
            "now": now,
        },
    )
    assert added is not None
    return _rsvp(added)


async def leave(tx: UnitOfWork, event_id: int, member_id: int) -> bool:
    """Take a yes back; False when there was none."""
    row = await tx.fetch_one(
        "DELETE FROM event_rsvp WHERE event_id = :event AND member_id = :member RETURNING member_id",
        {"event": event_id, "member": member_id},
    )
    return row is not None


async def give_seats(tx: UnitOfWork, event_id: int, member_ids: Sequence[int]) -> None:
    """Those who waited have a place."""
    await tx.execute(
        "UPDATE event_rsvp SET state = 'going' WHERE event_id = :event"
        " AND member_id IN (SELECT value FROM json_each(:members))",
        {"event": event_id, "members": json.dumps(list(member_ids))},
    )


async def attend(tx: UnitOfWork, event_id: int, member_ids: Sequence[int], now: int) -> list[Rsvp]:
    """They were there; those of them who had not been noted before."""
    rows = await tx.fetch_all(
        "UPDATE event_rsvp SET attended_at = :now WHERE event_id = :event AND state = 'going' AND attended_at IS NULL"
        f" AND member_id IN (SELECT value FROM json_each(:members)) RETURNING {_RSVP}",
        {"event": event_id, "members": json.dumps(list(member_ids)), "now": now},
    )
    return [_rsvp(row) for row in rows]


async def unattend(tx: UnitOfWork, event_id: int, member_ids: Sequence[int]) -> list[int]:
    """They were not there after all, and what they thought goes with it; those who had been noted."""
    rows = await tx.fetch_all(
        "UPDATE event_rsvp SET attended_at = NULL, stars = NULL, comment = NULL WHERE event_id = :event"
        " AND attended_at IS NOT NULL AND member_id IN (SELECT value FROM json_each(:members)) RETURNING member_id",
        {"event": event_id, "members": json.dumps(list(member_ids))},
    )
    return [int(row["member_id"]) for row in rows]


async def feedback(reads: Reads, event_id: int) -> Feedback:
    """What people who were there thought."""
    rows = await reads.fetch_all(
        "SELECT stars, count(*) AS number, count(comment) AS comments FROM event_rsvp"
        " WHERE event_id = :event AND attended_at IS NOT NULL GROUP BY stars",
        {"event": event_id},
    )
    stars = {int(row["stars"]): int(row["number"]) for row in rows if row["stars"] is not None}
    return Feedback(stars, sum(row["number"] for row in rows), sum(row["comments"] for row in rows))


async def comments(reads: Reads, event_id: int, limit: int, offset: int) -> list[Rsvp]:
    """Those who wrote something, the least content first."""
    rows = await reads.fetch_all(
        f"SELECT {_RSVP} FROM event_rsvp WHERE event_id = :event AND comment IS NOT NULL"
        " ORDER BY stars, number LIMIT :limit OFFSET :offset",
        {"event": event_id, "limit": limit, "offset": offset},
    )
    return [_rsvp(row) for row in rows]


async def rate(tx: UnitOfWork, event_id: int, member_id: int, stars: int, comment: str | None) -> bool:
    """What somebody who was there thought; False for others."""
    row = await tx.fetch_one(
        "UPDATE event_rsvp SET stars = :stars, comment = :comment WHERE event_id = :event AND member_id = :member"
        " AND attended_at IS NOT NULL RETURNING member_id",
        {"event": event_id, "member": member_id, "stars": stars, "comment": comment},
    )
    return row is not None
