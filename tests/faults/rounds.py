"""Rounds in which everybody acts at the same moment and the bot is killed in the middle of it."""

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable, Collection, Coroutine
from dataclasses import dataclass, field
from typing import Any

from tests.loopback.driver import Answer
from tests.loopback.wire import Json
from tests.support.live import Live

SEEN = ("message", "update", "modal")
# When the kill comes: some time after the press; when some answers have been given, so that on a machine of any speed
# some acts are cut off and some are not; when the first answer is on its way, so that what it says is in the store; or
# later, into the drawing of cards and the deliveries.
WHEN = {"soon": 30, "some answered": 30, "answer on its way": 25, "late": 15}
SOON, LATE, LONGEST_WAIT = 0.03, 0.25, 0.6
# A started bot first catches up: a round may begin while it does, or when it has done.
CATCHING_UP = 0.25


@dataclass(frozen=True)
class Fact:
    """What an answer promises: when it says `said`, then `sql` counts exactly one in the store, now and for ever."""

    said: str
    sql: str
    parameters: dict[str, Any] = field(default_factory=dict)


class Rounds:
    """Runs people's stories: in each round every story takes one step, and who gets no answer takes it again."""

    def __init__(self, live: Live, chance: random.Random) -> None:
        self.live = live
        self.chance = chance
        self.confirmed: list[Fact] = []
        self.acts = 0
        self.answered = 0
        self.cut_off = 0
        self._gun = asyncio.Event()
        self._burst: list[tuple[asyncio.Task[Answer], Fact | None]] = []
        self._stories: list[asyncio.Task[None]] = []

    def begin(self, story: Coroutine[Any, Any, None]) -> None:
        """Somebody sets out; their story goes on until it ends or the rounds do."""
        self._stories.append(asyncio.create_task(story))

    @property
    def active(self) -> int:
        """How many stories are not over. A story that failed fails the test."""
        for story in self._stories:
            if story.done():
                story.result()
        return sum(not story.done() for story in self._stories)

    async def moment(self) -> None:
        """Wait for the next round to begin."""
        await self._gun.wait()

    async def once(
        self, attempt: Callable[[], Awaitable[Answer]], fact: Fact | None = None, *, times: int = 1
    ) -> Answer:
        """Act in the next round, `times` at the same moment; the best of the answers, which may be none."""
        await self.moment()
        tasks = [asyncio.ensure_future(attempt()) for _ in range(times)]
        self._burst += [(task, fact) for task in tasks]
        answers = await asyncio.gather(*tasks)
        return max(answers, key=lambda answer: (_seen(answer), fact is not None and fact.said in answer.text))

    async def act(
        self, attempt: Callable[[], Awaitable[Answer]], fact: Fact | None = None, *, times: int = 1
    ) -> Answer:
        """Act in each round until there is an answer."""
        while not _seen(answer := await self.once(attempt, fact, times=times)):
            pass
        return answer

    async def round(self, while_down: Callable[[], None] | None = None) -> None:
        """One burst of acts, the kill, and a look at the store before anything can repair it.

        `while_down` changes what the bot finds when it is started again.
        """
        await asyncio.sleep(self.chance.uniform(0, CATCHING_UP))
        gun, self._gun = self._gun, asyncio.Event()
        gun.set()
        await self._kill()
        await self._everyone_stops_waiting()
        burst = [(task.result(), fact) for task, fact in self._burst]
        promises = [fact for answer, fact in burst if fact and _seen(answer) and fact.said in answer.text]
        self.acts += len(burst)
        self.answered += sum(_seen(answer) for answer, _ in burst)
        self._burst.clear()
        self.confirmed += promises
        self.cut_off += self.live.value("SELECT count(*) FROM outbox_message WHERE state = 'sending'")
        self.check(promises)
        assert self.live.damage() == []
        if while_down is not None:
            while_down()
        await self.live.bot.restart()

    def check(self, facts: list[Fact]) -> None:
        """Whatever was confirmed is in the store, once."""
        for fact in facts:
            count = self.live.value(fact.sql, fact.parameters)
            assert count == 1, f"answered {fact.said!r}, but {count} of {fact.sql} {fact.parameters}"

    async def end(self) -> None:
        """Nobody sets out any more."""
        for story in self._stories:
            story.cancel()
        await asyncio.gather(*self._stories, return_exceptions=True)

    async def _kill(self) -> None:
        (when,) = self.chance.choices(list(WHEN), list(WHEN.values()))
        faults, gate = self.live.discord.faults, None
        before, wanted = len(self.live.discord.interactions.all), self.chance.randint(1, self.active)
        with contextlib.suppress(TimeoutError):
            if when == "answer on its way":
                gate = faults.hold("POST", "/interactions/*/callback", times=None)
                await gate.reached(LONGEST_WAIT)
            elif when != "soon":
                await self.live.discord.world.until(
                    lambda: self._answered_since(before) >= wanted, timeout=LONGEST_WAIT
                )
        await asyncio.sleep(self.chance.uniform(0, LATE if when == "late" else SOON))
        await self.live.bot.killed()
        faults.clear()
        if gate is not None and self.chance.random() < 0.5:
            gate.open()

    def _answered_since(self, before: int) -> int:
        acts = list(self.live.discord.interactions.all.values())[before:]
        return sum(act.answered_at is not None for act in acts)

    async def _everyone_stops_waiting(self) -> None:
        # Bytes that had left the bot before it was killed may still bring an answer.
        await asyncio.sleep(0.005)
        while waiting := [task for task, _ in self._burst if not task.done()]:
            self.live.discord.interactions.abandon()
            await asyncio.wait(waiting, timeout=0.02)


def nobody_was_answered_twice(live: Live) -> None:
    """Each act got one answer at most, none of them too late."""
    acts = live.discord.interactions.all.values()
    assert [act for act in acts if len(act.callbacks) > 1 or act.refused_callbacks] == []


def every_message_arrived_once_and_in_order(live: Live, by_people: Collection[int] = ()) -> None:
    """What is in Discord's channels is what the store says, message by message, beside what people wrote there."""
    assert [dict(row) for row in live.rows("SELECT * FROM outbox_message WHERE state <> 'sent'")] == []
    recorded: dict[int, list[int]] = {}
    for row in live.rows(
        "SELECT channel_id, message_id FROM outbox_message WHERE kind IN ('channel', 'person', 'thread_message')"
    ):
        recorded.setdefault(row["channel_id"], []).append(row["message_id"])
    channels = live.discord.world.channels.values()
    there = {
        int(one["id"]): [post for post in map(_id, live.discord.sent_to(one)) if post not in by_people]
        for one in channels
    }
    assert {channel: posts for channel, posts in there.items() if posts} == recorded


def _id(message: Json) -> int:
    return int(message["id"])


def _seen(answer: Answer) -> bool:
    return answer.kind in SEEN
