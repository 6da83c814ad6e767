"""What falls due happens once, together with its record, however often the bot starts."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.platform import state
from bot.platform.clock import Clock
from bot.platform.database import UnitOfWork
from bot.platform.scheduler import Scheduler
from bot.platform.scheduler_store import DueItem
from bot.services import Services


class World:
    """A scheduler with a clock of its own and a handler that counts in the store."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.now = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
        self.fail = 0
        self.scheduler = self.fresh()

    def fresh(self) -> Scheduler:
        scheduler = Scheduler(self.services.database, Clock(lambda: self.now), max_sleep_seconds=3600)
        scheduler.handles("remind", self.remind)
        return scheduler

    async def remind(self, tx: UnitOfWork, item: DueItem) -> None:
        before = await state.recall(tx, f"reminded:{item.subject_id}")
        await state.remember(tx, f"reminded:{item.subject_id}", str(int(before or 0) + 1))
        if self.fail:
            self.fail -= 1
            raise RuntimeError("handler broke after it wrote")

    async def times(self, subject: int) -> int:
        return int(await state.recall(self.services.database.read, f"reminded:{subject}") or 0)

    async def due_in(self, seconds: int, subject: int = 1) -> None:
        async with self.services.database.unit() as tx:
            await self.scheduler.at(tx, "remind", subject, int(self.now.timestamp()) + seconds)

    async def later(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)
        self.scheduler.wake()
        while self.scheduler._running is not None:
            await asyncio.gather(self.scheduler._running, return_exceptions=True)


@pytest.fixture
async def world(services: Services) -> AsyncIterator[World]:
    made = World(services)
    yield made
    await made.scheduler.stop()


async def test_a_row_is_handled_when_its_time_has_come_and_not_before(world: World) -> None:
    await world.scheduler.start()
    await world.due_in(100)
    await world.later(99)
    assert await world.times(1) == 0

    await world.later(1)
    await world.later(1000)

    assert await world.times(1) == 1


async def test_asking_twice_for_the_same_instant_is_once(world: World) -> None:
    await world.scheduler.start()
    await world.due_in(10)
    await world.due_in(10)
    await world.later(11)

    assert await world.times(1) == 1


async def test_what_fell_due_while_the_bot_was_away_happens_at_start_once(world: World) -> None:
    await world.due_in(10)
    world.now += timedelta(days=2)
    await world.scheduler.start()
    await world.later(0)
    await world.scheduler.stop()

    world.scheduler = world.fresh()
    await world.scheduler.start()
    await world.later(0)

    assert await world.times(1) == 1


async def test_a_handler_that_breaks_leaves_nothing_and_is_tried_again(world: World) -> None:
    world.fail = 1
    await world.scheduler.start()
    await world.due_in(1)
    await world.later(2)
    assert await world.times(1) == 0

    await world.later(120)

    assert await world.times(1) == 1


async def test_a_handler_that_always_breaks_is_given_up_and_does_not_block_others(world: World) -> None:
    world.fail = 100
    await world.scheduler.start()
    await world.due_in(1, subject=1)
    for _ in range(8):
        await world.later(120)
    world.fail = 0
    await world.due_in(1, subject=2)
    await world.later(2)

    assert await world.times(1) == 0
    assert await world.times(2) == 1


async def test_cancelled_rows_do_not_happen(world: World) -> None:
    await world.scheduler.start()
    await world.due_in(10)
    async with world.services.database.unit() as tx:
        await world.scheduler.cancel(tx, "remind", 1)
    await world.later(20)

    assert await world.times(1) == 0


async def test_a_recurring_job_runs_by_jakarta_time_and_once_after_a_long_absence(world: World) -> None:
    runs: list[datetime] = []

    async def job(tx: UnitOfWork) -> None:
        runs.append(world.now)

    world.scheduler.recurs("friday", "0 9 * * fri", job)
    await world.scheduler.start()  # Sunday 1 March 2026, 09:00 in Jakarta
    await world.later(5 * 86_400 - 1)
    assert runs == []
    await world.later(1)  # Friday 09:00 in Jakarta
    assert len(runs) == 1

    await world.later(21 * 86_400)

    assert len(runs) == 2


async def test_a_clock_put_back_does_not_repeat_what_was_done(world: World) -> None:
    await world.scheduler.start()
    await world.due_in(10)
    await world.later(20)
    await world.later(-3600)
    await world.later(7200)

    assert await world.times(1) == 1
