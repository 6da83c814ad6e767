"""SQL of the help desk's statistics."""

from bot.platform.database import Reads
from bot.tickets.models import Priority, Stage, TicketState
from bot.tickets.statistics import Measured, Offers


async def opened_between(reads: Reads, start: int, end: int) -> list[Measured]:
    """Tickets opened from `start` until before `end` (seconds UTC), by number."""
    rows = await reads.fetch_all(
        "SELECT id, stage, priority, state, opened_at, first_response_at, resolved_at, clock_used, breached_response,"
        " breached_resolution, cause, stars FROM ticket WHERE opened_at >= :start AND opened_at < :end ORDER BY id",
        {"start": start, "end": end},
    )
    return [
        Measured(
            row["id"],
            Stage(row["stage"]),
            Priority(row["priority"]),
            TicketState(row["state"]),
            row["opened_at"],
            row["first_response_at"],
            row["resolved_at"],
            row["clock_used"],
            bool(row["breached_response"]),
            bool(row["breached_resolution"]),
            row["cause"],
            row["stars"],
        )
        for row in rows
    ]


async def offers_between(reads: Reads, start: int, end: int) -> Offers:
    """Known answers shown from `start` until before `end` (seconds UTC)."""
    row = await reads.fetch_one(
        "SELECT count(*) AS shown, count(CASE outcome WHEN 'answered' THEN 1 END) AS answered,"
        " count(CASE outcome WHEN 'sent' THEN 1 END) AS sent FROM knowledge_offer"
        " WHERE offered_at >= :start AND offered_at < :end",
        {"start": start, "end": end},
    )
    return Offers(row["shown"], row["answered"], row["sent"]) if row else Offers()
