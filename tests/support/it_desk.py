"""A help desk on real services, linked to an IT system: tickets are opened and written in as the cogs would do it."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.platform import thread_store
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.server.models import ChannelKey
from bot.services import Services, open_services
from bot.tickets.models import Author, QuestionAnswer, Speaker, Stage, Ticket
from tests.conftest import make_settings
from tests.loopback.it_system import SECRET, ItSystem

STAFF = Actor(7)
CHANNELS = {ChannelKey.HELP.value: 11, ChannelKey.IT.value: 12, ChannelKey.STAFF.value: 13}


class Time:
    """Real time, and what was added to it by hand."""

    def __init__(self) -> None:
        self.added = 0.0

    def now(self) -> float:
        """Seconds since the epoch."""
        return time.time() + self.added

    def clock(self) -> Clock:
        """For services."""
        return Clock(lambda: datetime.fromtimestamp(self.now(), UTC))


class Desk:
    """People at the help desk."""

    def __init__(self, services: Services, time_: Time, it: ItSystem | None = None) -> None:
        self.services = services
        self.time = time_
        self._it = it
        self._ids = itertools.count(int(time.time() * 1000) << 8)

    @property
    def it(self) -> ItSystem:
        """IT's own system."""
        assert self._it is not None
        return self._it

    async def open(self, story: str = "Saldo saya tidak bisa ditarik.", stage: Stage = Stage.WITHDRAWAL) -> Ticket:
        """A creator of their own opens a ticket."""
        creator = next(self._ids)
        return await self.services.tickets.open(
            Actor(creator), f"kreator{creator % 1000}", stage, [QuestionAnswer("Apa yang terjadi?", story)]
        )

    async def write(self, ticket: Ticket, text: str, side: Author = Author.CREATOR) -> None:
        """Somebody writes in the ticket's thread."""
        assert ticket.kept_thread_id is not None
        kept = await thread_store.get(self.services.database.read, ticket.kept_thread_id)
        assert kept is not None
        writer = ticket.creator_id if side is Author.CREATOR else 7
        took = await self.services.ticket_conversation.message_in_thread(
            Actor(writer), kept, Speaker(side, writer, "Penulis"), text, next(self._ids)
        )
        assert took

    async def rows(self, sql: str) -> list[dict[str, Any]]:
        """What the store holds."""
        return [dict(row) for row in await self.services.database.read.fetch_all(sql)]

    async def until_store(self, sql: str, timeout: float = 10) -> None:
        """Wait until the statement's column `done` is true."""
        async with asyncio.timeout(timeout):
            while not (await self.rows(sql))[0]["done"]:
                await asyncio.sleep(0.02)

    async def settled(self, timeout: float = 10) -> None:
        """Wait until nothing is on its way to IT any more."""
        async with asyncio.timeout(timeout):
            while (await self.services.it_link.overview()).pending:
                await asyncio.sleep(0.02)
                await self.pass_time(700)

    async def pass_time(self, seconds: float) -> None:
        """Let time pass, when something waits for that; the link looks again."""
        waiting = await self.rows("SELECT min(due_at) AS due FROM it_delivery WHERE state = 'pending' AND attempts > 0")
        due = waiting[0]["due"]
        if due is not None and due > self.time.now():
            self.time.added += min(seconds, due - self.time.now() + 1)
        self.services.it_link.wake()


@asynccontextmanager
async def open_desk(folder: Path, it: ItSystem | None = None, **overrides: object) -> AsyncIterator[Desk]:
    """The services on a fresh store, with the channels set up; linked to `it`, when there is one."""
    passing = Time()
    if it is not None:
        it.now = passing.now
    link = {"it_webhook_url": it.url, "it_webhook_secrets": [SECRET], "it_timeout_seconds": 1} if it else {}
    services = await open_services(make_settings(folder, **(link | overrides)), passing.clock())
    try:
        await services.server.settle(Actor(1), {}, CHANNELS)
        services.it_link.start()
        yield Desk(services, passing, it)
    finally:
        await services.close()
