"""Tickets opened in a rush: each that was confirmed is stored, with its own thread queued, in order."""

import asyncio
import sqlite3

from bot.platform.audit import Actor
from bot.services import Services
from bot.tickets.models import QuestionAnswer, Stage
from tests.support.ticket_rush import open_all, problems, settle


async def test_three_hundred_tickets_at_once_each_get_their_thread_queued(services: Services) -> None:
    await settle(services)

    told = await open_all(services, 300)

    assert len(told) == 300
    assert await problems(services, told) == []


async def test_pressing_twenty_times_at_once_opens_as_many_as_one_may_have(services: Services) -> None:
    await settle(services)

    told = await open_all(services, 5, each=20)

    assert sorted(told.values()) == sorted([1_000, 1_001, 1_002, 1_003, 1_004] * 3)
    assert await problems(services, told) == []


async def test_nobody_is_told_of_a_ticket_that_the_store_refused(services: Services) -> None:
    await settle(services)
    async with services.database.unit() as tx:
        await tx.execute(
            "CREATE TRIGGER no_room AFTER INSERT ON outbox_message WHEN new.kind = 'thread' AND new.id % 3 = 0"
            " BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )
    told: dict[int, int] = {}

    async def press(creator: int) -> None:
        try:
            ticket = await services.tickets.open(
                Actor(creator), f"kreator{creator}", Stage.OTHER, [QuestionAnswer("Masalah", "Gagal")]
            )
        except sqlite3.Error:
            return
        told[ticket.id] = creator

    await asyncio.gather(*(press(1_000 + number) for number in range(60)))

    assert 0 < len(told) < 60
    assert await problems(services, told) == []
