"""Many tickets opened at the same moment through the service, and what must then be in the store."""

import asyncio
import json
from collections import defaultdict

from bot.platform.audit import Actor
from bot.platform.errors import DomainError
from bot.server.models import ChannelKey
from bot.services import Services
from bot.tickets.models import QuestionAnswer, Stage

STAGES = tuple(Stage)
HELP = 70


async def settle(services: Services) -> None:
    """The channels that the help desk needs."""
    channels: dict[str, int] = {
        ChannelKey.HELP: HELP,
        ChannelKey.STAFF: 11,
        ChannelKey.IT: 12,
        ChannelKey.STAFF_LOG: 13,
    }
    await services.server.settle(Actor(1), {}, channels)


async def open_all(services: Services, number: int, *, each: int = 1) -> dict[int, int]:
    """`number` creators open `each` tickets, all at once: the ids of those they were told of, and whose they are."""
    told: dict[int, int] = {}

    async def press(press_number: int) -> None:
        creator = 1_000 + press_number // each
        said = [QuestionAnswer("Akun", f"@kreator{creator}"), QuestionAnswer("Masalah", f"Gagal ke-{press_number}")]
        try:
            ticket = await services.tickets.open(
                Actor(creator), f"kreator{creator}", STAGES[press_number % len(STAGES)], said
            )
        except DomainError:
            return
        told[ticket.id] = creator

    await asyncio.gather(*(press(one) for one in range(number * each)))
    return told


async def problems(services: Services, told: dict[int, int]) -> list[str]:
    """What is wrong with the store after a rush; nothing was delivered yet."""
    found: list[str] = []
    stored = {
        row["id"]: row
        for row in await services.database.read.fetch_all(
            "SELECT ticket.id, creator_id, kept_thread_id, header_id, key, parent_id, name FROM ticket"
            " LEFT JOIN kept_thread ON kept_thread.id = kept_thread_id"
        )
    }
    lanes: defaultdict[str, list[tuple[int, str, str]]] = defaultdict(list)
    rows = await services.database.read.fetch_all(
        "SELECT id, kind, lane, payload FROM outbox_message WHERE kind IN ('thread', 'thread_message') ORDER BY id"
    )
    for row in rows:
        lanes[row["lane"]].append((row["id"], row["kind"], row["payload"]))
    found += [f"#{ticket}: told of, and not stored" for ticket in told.keys() - stored.keys()]
    found += [f"#{ticket}: stored, and nobody was told" for ticket in stored.keys() - told.keys()]
    for ticket_id, row in stored.items():
        if row["creator_id"] != told.get(ticket_id):
            found.append(f"#{ticket_id}: somebody else's")
        if row["key"] != f"ticket:{ticket_id}" or row["parent_id"] != HELP:
            found.append(f"#{ticket_id}: no thread of its own")
            continue
        queued = lanes.pop(f"thread:{row['kept_thread_id']}", [])
        kinds = [kind for _, kind, _ in queued]
        if kinds[:2] != ["thread", "thread_message"] or kinds.count("thread") != 1:
            found.append(f"#{ticket_id}: queued in this order: {kinds}")
        elif json.loads(queued[0][2]) != {"op": "open", "add": [row["creator_id"]]}:
            found.append(f"#{ticket_id}: opened otherwise: {queued[0][2]}")
        elif queued[1][0] != row["header_id"]:
            found.append(f"#{ticket_id}: something comes before its header")
    found += [f"{lane}: belongs to no ticket" for lane in lanes]
    names = [row["name"] for row in stored.values()]
    if len(set(names)) != len(names):
        found.append("two threads have the same name")
    return found
