"""A person's browser on the bot's private pages: the real HTTP application on the running bot's services."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import TSCreatorBot
from bot.platform.http import HttpServer
from bot.private_forms.service import PrivateForms
from bot.private_forms.web import PrivatePages
from bot.running import http_server
from bot.services import Services
from tests.support.server import Server, message_of

ADDRESS = "https://formulir.tsc.example"
Client = TestClient[web.Request, web.Application]


def application(source: TSCreatorBot | Services | None) -> web.Application:
    """What a bot serves, or the pages alone on some services; None is a bot that is still starting."""
    if isinstance(source, TSCreatorBot):
        return http_server(source).application()
    services = source

    def forms() -> PrivateForms | None:
        return services.private_forms if services else None

    async def well() -> dict[str, bool]:
        return {"store": True}

    server = HttpServer("127.0.0.1", 0, well)
    server.add_routes(PrivatePages(forms).routes())
    return server.application()


@asynccontextmanager
async def browser(source: TSCreatorBot | Services | None) -> AsyncIterator[Browser]:
    """A browser, closed on the way out."""
    async with TestClient(TestServer(application(source))) as client:
        yield Browser(client)


class Browser:
    """Opens links and sends what is typed, as a phone would."""

    def __init__(self, client: Client) -> None:
        self.client = client

    async def open(self, url: str) -> tuple[ClientResponse, str]:
        """GET a link; the answer and its page."""
        answered = await self.client.get(urlsplit(url).path)
        return answered, await answered.text()

    async def send(self, url: str, values: dict[str, str], **headers: str) -> tuple[ClientResponse, str]:
        """POST to a link without having opened it, with whatever headers."""
        answered = await self.client.post(urlsplit(url).path, data=values, headers=headers)
        return answered, await answered.text()

    async def fill(self, url: str, **values: str) -> tuple[ClientResponse, str]:
        """Open a link, fill in its form and send it from its own page."""
        answered, page = await self.open(url)
        assert answered.status == 200, page
        # no-referrer makes browsers say `Origin: null`, also from the same page.
        headers = {"Sec-Fetch-Site": "same-origin", "Origin": "null"}
        return await self.send(url, {"form_token": form_token(page), **values}, **headers)


async def delivered(server: Server) -> None:
    """Wait until everything in the outbox has reached Discord.

    What begins outside Discord (an HTTP request) is not among what simcord's `settle` waits for.
    """
    async with asyncio.timeout(10):
        while await _waiting(server.services):
            await asyncio.sleep(0.01)
    await server.env.settle()


async def pass_time(server: Server, seconds: float) -> None:
    """Let virtual time pass, and wait until all that fell due meanwhile has happened and been told.

    An alarm that was set by what began outside Discord is on real time, so the scheduler is asked to look.
    """
    await server.env.advance_time(seconds)
    server.services.scheduler.wake()
    await delivered(server)


async def _waiting(services: Services) -> bool:
    row = await services.database.read.fetch_one(
        "SELECT (SELECT count(*) FROM outbox_message WHERE state IN ('pending', 'sending'))"
        " + (SELECT count(*) FROM due_item WHERE state = 'waiting' AND due_at <= :now) AS number",
        {"now": services.clock.timestamp()},
    )
    return row is not None and row["number"] > 0


def form_token(page: str) -> str:
    """The hidden token of a page."""
    found = re.search(r'name="form_token" value="([0-9a-f]{64})"', page)
    assert found, page
    return found[1]


def link_of(shown: Any) -> str:
    """The address behind the link button of an answer."""
    for row in message_of(shown).components:
        raw = row if isinstance(row, dict) else row.to_dict()
        for item in raw.get("components", []):
            if item.get("url"):
                return str(item["url"])
    raise AssertionError("no link in this answer")
