"""The bot is killed (kill -9) again and again while events go out to IT and answers come in: each once, none lost."""

import asyncio
import contextlib
import os
import random
import socket
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.it_link.web import PATH
from bot.services import open_services
from bot.settings import Settings
from tests.conftest import make_settings
from tests.loopback.it_bot import WORK_VARIABLE
from tests.loopback.it_system import SECRET, Fault, ItSystem, signed
from tests.loopback.warm import WarmBot
from tests.support.it_desk import CHANNELS, STAFF

KILLS = int(os.environ.get("TSC_IT_KILLS", "30"))
WARM = (sys.executable, "-m", "tests.loopback.warm", "tests.loopback.it_bot")
ANSWERERS = 4
LONGEST_WAIT = 2.0
# One request in about three fails, in one of these ways.
FAULTY = 0.35
FAULTS = [Fault.ERROR, Fault.CUT_BEFORE, Fault.CUT_AFTER, Fault.CUT_AFTER, Fault.ERROR_AFTER, Fault.GONE, Fault.GARBAGE]


class Story:
    """The bot process, its store, and IT's system on both sides of it."""

    def __init__(self, bot: WarmBot, settings: Settings, it: ItSystem, work: Path) -> None:
        self.bot = bot
        self.settings = settings
        self.it = it
        self.work = work
        self.sent: dict[str, dict[str, Any]] = {}
        """Answers IT has begun to send, by their ids."""
        self.confirmed: set[str] = set()
        self.cut_off = 0

    def rows(self, sql: str) -> list[sqlite3.Row]:
        """What the store holds, read from the file itself."""
        with closing(sqlite3.connect(self.settings.database, timeout=10)) as connection:
            connection.row_factory = sqlite3.Row
            return connection.execute(sql).fetchall()

    async def some_of_it(self, chance: random.Random) -> None:
        """Wait for some events to arrive or answers to be confirmed, on a machine of any speed, and a moment more."""
        count = chance.choice((lambda: len(self.it.attempts), lambda: len(self.confirmed)))
        wanted = count() + chance.randint(1, 8)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_WAIT):
                while count() < wanted:
                    await asyncio.sleep(0.005)
        await asyncio.sleep(chance.uniform(0, 0.1))

    def hurry(self) -> None:
        """Let the waits between attempts pass."""
        with closing(sqlite3.connect(self.settings.database, timeout=10)) as connection, connection:
            connection.execute("UPDATE it_delivery SET due_at = 0 WHERE state = 'pending'")

    async def answer_for_ever(self, chance: random.Random) -> None:
        """IT answers tickets it knows, each answer again until the bot has confirmed it, now and then twice at once."""
        async with httpx.AsyncClient(timeout=2, trust_env=False) as client:
            while True:
                await asyncio.sleep(chance.uniform(0, 0.03))
                if not self.it.events:
                    continue
                ticket = chance.choice(list(self.it.events.values()))["ticket"]["number"]
                id_ = f"it-{len(self.sent)}"
                answer = {"version": 1, "id": id_, "ticket": ticket, "text": f"Jawaban {id_} selesai dicek."}
                self.sent[id_] = answer
                while id_ not in self.confirmed:
                    posts = [self._post(client, answer) for _ in range(chance.choice((1, 1, 2)))]
                    if any(await asyncio.gather(*posts)):
                        self.confirmed.add(id_)

    async def _post(self, client: httpx.AsyncClient, answer: dict[str, Any]) -> bool:
        body, headers = signed(answer)
        try:
            answered = await client.post(
                f"http://127.0.0.1:{self.settings.http_port}{PATH}", content=body, headers=headers
            )
        except httpx.TransportError as error:
            self.cut_off += not isinstance(error, httpx.ConnectError)
            await asyncio.sleep(0.05)
            return False
        assert answered.status_code == 200, answered.text
        return True

    def check(self) -> None:
        """Whatever was confirmed is in the store once, right after a kill."""
        assert self.rows("PRAGMA integrity_check")[0][0] == "ok"
        assert self.rows("PRAGMA foreign_key_check") == []
        landed = Counter(row["external_id"] for row in self.rows("SELECT external_id FROM ticket_entry"))
        assert {id_ for id_ in self.confirmed if landed[id_] != 1} == set()
        accepted = {row["event_id"] for row in self.rows("SELECT event_id FROM it_delivery WHERE state = 'accepted'")}
        assert accepted <= self.it.events.keys()


@asynccontextmanager
async def _story(folder: Path, chance: random.Random) -> AsyncIterator[Story]:
    work = folder / "work"
    work.touch()
    async with ItSystem() as it:
        settings = make_settings(
            folder,
            http_port=_free_port(),
            it_webhook_url=it.url,
            it_webhook_secrets=[SECRET],
            it_timeout_seconds=1,
        )
        services = await open_services(settings)
        await services.server.settle(STAFF, {}, CHANNELS)
        await services.close()
        it.choose_fault = lambda: chance.choice(FAULTS) if chance.random() < FAULTY else None
        environment = {
            "TSC_GUILD_ID": str(settings.guild_id),
            "TSC_DATABASE": str(settings.database),
            "TSC_BACKUP_DIR": str(settings.backup_dir),
            "TSC_HTTP_PORT": str(settings.http_port),
            "TSC_ENCRYPTION_KEYS": settings.encryption_keys[0].get_secret_value(),
            "TSC_IT_WEBHOOK_URL": it.url,
            "TSC_IT_WEBHOOK_SECRETS": SECRET,
            "TSC_IT_TIMEOUT_SECONDS": "1",
            WORK_VARIABLE: str(work),
        }
        async with WarmBot(WARM, environment, ready=lambda: _listening(settings.http_port)) as bot:
            yield Story(bot, settings, it, work)


def _free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


async def _listening(port: int) -> None:
    async with asyncio.timeout(30):
        while True:
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                return
            await asyncio.sleep(0.01)


@pytest.mark.slow
async def test_kills_lose_and_double_nothing_on_the_way_to_it_and_back(tmp_path: Path) -> None:
    seed = int(os.environ.get("LOOPBACK_SEED") or random.randrange(1_000_000))
    print(f"LOOPBACK_SEED={seed}")
    chance = random.Random(seed)
    began = time.monotonic()
    async with _story(tmp_path, chance) as story:
        answering = [asyncio.create_task(story.answer_for_ever(random.Random(seed + one))) for one in range(ANSWERERS)]
        for _ in range(KILLS):
            await story.some_of_it(chance)
            await story.bot.killed()
            story.check()
            story.hurry()
            await story.bot.restart()
        for task in answering:
            if task.done():
                task.result()
        lasted = time.monotonic() - began
        await _calm_down(story, answering)

        _every_event_was_accepted_once_and_in_order(story)
        _every_answer_landed_once(story)
        repeated = sum(count > 1 for count in story.it.times().values())
        print(
            f"{KILLS} kills in {lasted:.0f} s: {len(story.it.events)} events accepted of {len(story.it.attempts)} sent"
            f" ({repeated} more than once, {len(story.it.refused)} were dead letters), {len(story.sent)} answers,"
            f" {story.cut_off} of their requests cut off"
        )
        assert min(repeated, len(story.it.refused), story.cut_off) > 0
        assert min(len(story.it.events), len(story.sent)) > KILLS / 2


async def _calm_down(story: Story, answering: list[asyncio.Task[None]]) -> None:
    """Nothing fails any more, nobody writes any more, and what was given up is sent again."""
    story.it.choose_fault = lambda: None
    story.work.unlink()
    await asyncio.sleep(0.3)
    for task in answering:
        task.cancel()
    await asyncio.gather(*answering, return_exceptions=True)
    await story.bot.killed()
    story.check()
    services = await open_services(story.settings)
    with contextlib.suppress(Exception):
        await services.it_link.resend(STAFF)
    await services.close()
    story.hurry()
    await story.bot.restart()
    async with httpx.AsyncClient(timeout=5, trust_env=False) as client:
        for id_ in story.sent.keys() - story.confirmed:
            assert await story._post(client, story.sent[id_])
    async with asyncio.timeout(60):
        while story.rows("SELECT 1 FROM it_delivery WHERE state <> 'accepted' LIMIT 1"):
            await asyncio.sleep(0.05)


def _every_event_was_accepted_once_and_in_order(story: Story) -> None:
    # Every entry that is for IT has an event, made in the same commit.
    wanted = story.rows(
        "SELECT id FROM ticket_entry WHERE kind IN ('opened', 'message') AND external_id IS NULL AND NOT internal"
    )
    numbers = [event["event"]["number"] for event in story.it.events.values()]
    assert sorted(numbers) == [row["id"] for row in wanted]
    assert story.it.changed_bodies() == []
    assert all(attempt.genuine for attempt in story.it.attempts)
    upset = {event["ticket"]["number"] for key, event in story.it.events.items() if key in story.it.refused}
    by_ticket: dict[int, list[int]] = {}
    for event in story.it.events.values():
        by_ticket.setdefault(event["ticket"]["number"], []).append(event["event"]["number"])
    in_order = {number: numbers for number, numbers in by_ticket.items() if number not in upset}
    assert in_order
    assert {number: numbers for number, numbers in in_order.items() if numbers != sorted(numbers)} == {}


def _every_answer_landed_once(story: Story) -> None:
    landed = Counter(row["external_id"] for row in story.rows("SELECT external_id FROM ticket_entry"))
    assert {id_: landed[id_] for id_ in story.sent if landed[id_] != 1} == {}
    shown = "\n".join(
        row["payload"] for row in story.rows("SELECT payload FROM outbox_message WHERE kind = 'thread_message'")
    )
    assert {id_ for id_ in story.sent if shown.count(f"Jawaban {id_} selesai") != 1} == set()
