"""All SQL of tickets, but for their entries (entry_store.py), questions (question_store.py) and clock."""

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict

from bot.platform.database import Reads, Row, UnitOfWork
from bot.tickets.models import Priority, QuestionAnswer, Stage, Ticket, TicketState
from bot.tickets.rules import QueueFilter

_COLUMNS = (
    "id, creator_id, creator_name, stage, priority, state, summary, form, assignee_id, incident_id, merged_into,"
    " kept_thread_id, header_id, desk_id, conclusion, cause, clock_used, clock_since, response_due_at,"
    " resolution_due_at, breached_response, breached_resolution, escalated_at, opened_at, first_response_at,"
    " resolved_at, closed_at, last_creator_at, last_staff_at, stars, comment, creator_left_at"
)
_OPEN = "state NOT IN ('resolved', 'closed')"
_QUEUE = (
    f"{_OPEN} AND (:stage IS NULL OR stage = :stage) AND (:priority IS NULL OR priority = :priority)"
    " AND (:state IS NULL OR state = :state) AND (:assignee IS NULL OR assignee_id = :assignee)"
    " AND (NOT :unassigned OR assignee_id IS NULL)"
)


def ticket_of(row: Row) -> Ticket:
    """A ticket from a row that has all columns."""
    return Ticket(
        id=row["id"],
        creator_id=row["creator_id"],
        creator_name=row["creator_name"],
        stage=Stage(row["stage"]),
        priority=Priority(row["priority"]),
        state=TicketState(row["state"]),
        summary=row["summary"],
        answers=tuple(QuestionAnswer(**item) for item in json.loads(row["form"])),
        assignee_id=row["assignee_id"],
        incident_id=row["incident_id"],
        merged_into=row["merged_into"],
        kept_thread_id=row["kept_thread_id"],
        header_id=row["header_id"],
        desk_id=row["desk_id"],
        conclusion=row["conclusion"],
        cause=row["cause"],
        clock_used=row["clock_used"],
        clock_since=row["clock_since"],
        response_due_at=row["response_due_at"],
        resolution_due_at=row["resolution_due_at"],
        breached_response=bool(row["breached_response"]),
        breached_resolution=bool(row["breached_resolution"]),
        escalated_at=row["escalated_at"],
        opened_at=row["opened_at"],
        first_response_at=row["first_response_at"],
        resolved_at=row["resolved_at"],
        closed_at=row["closed_at"],
        last_creator_at=row["last_creator_at"],
        last_staff_at=row["last_staff_at"],
        stars=row["stars"],
        comment=row["comment"],
        creator_left_at=row["creator_left_at"],
    )


def _one(row: Row | None) -> Ticket:
    assert row is not None, "the ticket was read in this unit of work"
    return ticket_of(row)


async def insert(
    tx: UnitOfWork,
    *,
    creator_id: int,
    creator_name: str,
    stage: Stage,
    priority: Priority,
    summary: str,
    answers: Sequence[QuestionAnswer],
    now: int,
) -> Ticket:
    """A new ticket. Everything in it must be masked already."""
    row = await tx.fetch_one(
        "INSERT INTO ticket (creator_id, creator_name, stage, priority, state, summary, form, opened_at,"
        " last_creator_at) VALUES (:creator, :name, :stage, :priority, 'new', :summary, :form, :now, :now)"
        f" RETURNING {_COLUMNS}",
        {
            "creator": creator_id,
            "name": creator_name,
            "stage": stage.value,
            "priority": priority.value,
            "summary": summary,
            "form": json.dumps([asdict(answer) for answer in answers], ensure_ascii=False),
            "now": now,
        },
    )
    return _one(row)


async def get(reads: Reads, ticket_id: int) -> Ticket | None:
    """One ticket."""
    row = await reads.fetch_one(f"SELECT {_COLUMNS} FROM ticket WHERE id = :id", {"id": ticket_id})
    return ticket_of(row) if row else None


async def in_thread(reads: Reads, kept_thread_id: int) -> Ticket | None:
    """The ticket that is held in a kept thread."""
    row = await reads.fetch_one(
        f"SELECT {_COLUMNS} FROM ticket WHERE kept_thread_id = :thread",
        {"thread": kept_thread_id},
    )
    return ticket_of(row) if row else None


async def count_open(reads: Reads, creator_id: int) -> int:
    """How many open tickets a creator has."""
    row = await reads.fetch_one(
        f"SELECT count(*) AS number FROM ticket WHERE creator_id = :creator AND {_OPEN}", {"creator": creator_id}
    )
    return int(row["number"]) if row else 0


async def of_creator(reads: Reads, creator_id: int, *, limit: int, offset: int) -> list[Ticket]:
    """A creator's tickets: open ones first, then the newest."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM ticket WHERE creator_id = :creator"
        f" ORDER BY NOT ({_OPEN}), id DESC LIMIT :limit OFFSET :offset",
        {"creator": creator_id, "limit": limit, "offset": offset},
    )
    return [ticket_of(row) for row in rows]


async def count_of_creator(reads: Reads, creator_id: int) -> int:
    """How many tickets a creator has had."""
    row = await reads.fetch_one(
        "SELECT count(*) AS number FROM ticket WHERE creator_id = :creator", {"creator": creator_id}
    )
    return int(row["number"]) if row else 0


async def unfinished_of(reads: Reads, creator_id: int) -> list[Ticket]:
    """A creator's tickets that are not closed, resolved ones among them."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM ticket WHERE creator_id = :creator AND state <> 'closed' ORDER BY id",
        {"creator": creator_id},
    )
    return [ticket_of(row) for row in rows]


async def queue(reads: Reads, wanted: QueueFilter, *, limit: int, offset: int) -> list[Ticket]:
    """Open tickets, what breaches first at the top; those whose clock stands come last, the oldest first."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM ticket WHERE {_QUEUE}"
        " ORDER BY min(coalesce(response_due_at, 9e15), coalesce(resolution_due_at, 9e15)), opened_at, id"
        " LIMIT :limit OFFSET :offset",
        {**_filter(wanted), "limit": limit, "offset": offset},
    )
    return [ticket_of(row) for row in rows]


async def count_queue(reads: Reads, wanted: QueueFilter) -> int:
    """How many open tickets a filter finds."""
    row = await reads.fetch_one(f"SELECT count(*) AS number FROM ticket WHERE {_QUEUE}", _filter(wanted))
    return int(row["number"]) if row else 0


def _filter(wanted: QueueFilter) -> dict[str, object]:
    return {
        "stage": wanted.stage.value if wanted.stage else None,
        "priority": wanted.priority.value if wanted.priority else None,
        "state": wanted.state.value if wanted.state else None,
        "assignee": wanted.assignee_id,
        "unassigned": wanted.unassigned,
    }


async def numbered(reads: Reads, part: str, states: Collection[TicketState], limit: int) -> list[Ticket]:
    """Tickets for autocomplete: by number, creator or summary, the newest first."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM ticket WHERE state IN (SELECT value FROM json_each(:states))"
        " AND (:part = '' OR CAST(id AS TEXT) LIKE :part || '%' OR instr(lower(creator_name), lower(:part))"
        " OR instr(lower(summary), lower(:part))) ORDER BY id DESC LIMIT :limit",
        {"states": json.dumps([state.value for state in states]), "part": part, "limit": limit},
    )
    return [ticket_of(row) for row in rows]


async def set_state(tx: UnitOfWork, ticket_id: int, state: TicketState) -> Ticket:
    """Move to a state other than resolved and closed, or back from them."""
    row = await tx.fetch_one(
        f"UPDATE ticket SET state = :state WHERE id = :id RETURNING {_COLUMNS}",
        {"id": ticket_id, "state": state.value},
    )
    return _one(row)


async def resolve(tx: UnitOfWork, ticket_id: int, conclusion: str, cause: str, now: int) -> Ticket:
    """Answered for good, in staff's words."""
    row = await tx.fetch_one(
        "UPDATE ticket SET state = 'resolved', conclusion = :conclusion, cause = :cause, resolved_at = :now,"
        f" stars = NULL, comment = NULL WHERE id = :id RETURNING {_COLUMNS}",
        {"id": ticket_id, "conclusion": conclusion, "cause": cause, "now": now},
    )
    return _one(row)


async def close(tx: UnitOfWork, ticket_id: int, now: int, *, merged_into: int | None = None) -> Ticket:
    """Nothing more is expected."""
    row = await tx.fetch_one(
        "UPDATE ticket SET state = 'closed', closed_at = :now, merged_into = coalesce(:into, merged_into)"
        f" WHERE id = :id RETURNING {_COLUMNS}",
        {"id": ticket_id, "now": now, "into": merged_into},
    )
    return _one(row)


async def reopen(tx: UnitOfWork, ticket_id: int) -> Ticket:
    """Back to work; the conclusion stays to be read until there is a new one."""
    row = await tx.fetch_one(
        "UPDATE ticket SET state = 'reopened', closed_at = NULL, resolved_at = NULL"
        f" WHERE id = :id RETURNING {_COLUMNS}",
        {"id": ticket_id},
    )
    return _one(row)


async def assign(tx: UnitOfWork, ticket_id: int, member_id: int | None) -> Ticket:
    """Who works on it."""
    row = await tx.fetch_one(
        f"UPDATE ticket SET assignee_id = :member WHERE id = :id RETURNING {_COLUMNS}",
        {"id": ticket_id, "member": member_id},
    )
    return _one(row)


async def set_priority(tx: UnitOfWork, ticket_id: int, priority: Priority) -> Ticket:
    """How soon an answer is due."""
    row = await tx.fetch_one(
        f"UPDATE ticket SET priority = :priority WHERE id = :id RETURNING {_COLUMNS}",
        {"id": ticket_id, "priority": priority.value},
    )
    return _one(row)


async def escalate(tx: UnitOfWork, ticket_id: int, now: int) -> Ticket:
    """More people were called."""
    row = await tx.fetch_one(
        f"UPDATE ticket SET escalated_at = :now WHERE id = :id RETURNING {_COLUMNS}", {"id": ticket_id, "now": now}
    )
    return _one(row)


async def creator_spoke(tx: UnitOfWork, ticket_id: int, now: int) -> Ticket:
    """The creator wrote something."""
    row = await tx.fetch_one(
        f"UPDATE ticket SET last_creator_at = :now WHERE id = :id RETURNING {_COLUMNS}", {"id": ticket_id, "now": now}
    )
    return _one(row)


async def staff_spoke(tx: UnitOfWork, ticket_id: int, now: int) -> Ticket:
    """Staff or IT wrote something that the creator can read; the first time is the first response."""
    row = await tx.fetch_one(
        "UPDATE ticket SET last_staff_at = :now, first_response_at = coalesce(first_response_at, :now)"
        f" WHERE id = :id RETURNING {_COLUMNS}",
        {"id": ticket_id, "now": now},
    )
    return _one(row)


async def set_thread(tx: UnitOfWork, ticket_id: int, kept_thread_id: int | None, header_id: int | None) -> Ticket:
    """Where it is held, and the outbox row of the message on top there."""
    row = await tx.fetch_one(
        f"UPDATE ticket SET kept_thread_id = :thread, header_id = :header WHERE id = :id RETURNING {_COLUMNS}",
        {"id": ticket_id, "thread": kept_thread_id, "header": header_id},
    )
    return _one(row)


async def set_desk(tx: UnitOfWork, ticket_id: int, desk_id: int | None) -> Ticket:
    """The outbox row of its card in IT's channel."""
    row = await tx.fetch_one(
        f"UPDATE ticket SET desk_id = :desk WHERE id = :id RETURNING {_COLUMNS}", {"id": ticket_id, "desk": desk_id}
    )
    return _one(row)


async def join_incident(tx: UnitOfWork, ticket_id: int, incident_id: int) -> Ticket:
    """It is about what many have."""
    row = await tx.fetch_one(
        f"UPDATE ticket SET incident_id = :incident WHERE id = :id RETURNING {_COLUMNS}",
        {"id": ticket_id, "incident": incident_id},
    )
    return _one(row)


async def rate(tx: UnitOfWork, ticket_id: int, stars: int, comment: str | None) -> Ticket:
    """What the creator thought; 1 to 5."""
    row = await tx.fetch_one(
        f"UPDATE ticket SET stars = :stars, comment = :comment WHERE id = :id RETURNING {_COLUMNS}",
        {"id": ticket_id, "stars": stars, "comment": comment},
    )
    return _one(row)


async def set_left(tx: UnitOfWork, ticket_id: int, at: int | None) -> Ticket:
    """The creator left the server (None: is back)."""
    row = await tx.fetch_one(
        f"UPDATE ticket SET creator_left_at = :at WHERE id = :id RETURNING {_COLUMNS}", {"id": ticket_id, "at": at}
    )
    return _one(row)
