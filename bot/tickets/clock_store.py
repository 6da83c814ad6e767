"""SQL of a ticket's SLA clock."""

from dataclasses import dataclass

from bot.platform.database import Reads, UnitOfWork
from bot.tickets.models import Priority, TicketState
from bot.tickets.sla import Due, SlaClock


@dataclass(frozen=True, slots=True)
class Clocked:
    """What the SLA clock needs to know of a ticket."""

    id: int
    state: TicketState
    priority: Priority
    clock: SlaClock
    answered: bool
    assignee_id: int | None
    summary: str
    breached_response: bool
    breached_resolution: bool
    # What the warnings so far were about, as their entries say it.
    warned: frozenset[str]


async def load(reads: Reads, ticket_id: int) -> Clocked | None:
    """A ticket's clock, None when there is no such ticket."""
    warnings = await reads.fetch_all(
        "SELECT DISTINCT text FROM ticket_entry WHERE ticket_id = :id AND kind = 'sla_warned'", {"id": ticket_id}
    )
    row = await reads.fetch_one(
        "SELECT id, state, priority, clock_used, clock_since, first_response_at, assignee_id, summary,"
        " breached_response, breached_resolution FROM ticket WHERE id = :id",
        {"id": ticket_id},
    )
    if row is None:
        return None
    return Clocked(
        row["id"],
        TicketState(row["state"]),
        Priority(row["priority"]),
        SlaClock(row["clock_used"], row["clock_since"]),
        row["first_response_at"] is not None,
        row["assignee_id"],
        row["summary"],
        bool(row["breached_response"]),
        bool(row["breached_resolution"]),
        frozenset(warning["text"] for warning in warnings),
    )


async def save(tx: UnitOfWork, ticket_id: int, clock: SlaClock, due: Due) -> None:
    """Keep the clock, and what is due by it."""
    await tx.execute(
        "UPDATE ticket SET clock_used = :used, clock_since = :since, response_due_at = :response,"
        " resolution_due_at = :resolution WHERE id = :id",
        {
            "id": ticket_id,
            "used": clock.used,
            "since": clock.since,
            "response": due.response,
            "resolution": due.resolution,
        },
    )


async def mark_breached(tx: UnitOfWork, ticket_id: int, *, response: bool, now: int) -> None:
    """The first reply (`response`) or the solution is late."""
    column = "breached_response" if response else "breached_resolution"
    await tx.execute(
        f"UPDATE ticket SET {column} = 1, escalated_at = COALESCE(escalated_at, :now) WHERE id = :id",
        {"id": ticket_id, "now": now},
    )
