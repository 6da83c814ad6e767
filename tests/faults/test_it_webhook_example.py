"""The README's example receiver is run as IT would run it, against the real link."""

import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

from aiohttp.test_utils import TestServer

from bot.it_link.web import PATH, ItAnswers
from bot.platform.http import HttpServer
from tests.loopback.it_system import SECRET
from tests.loopback.process import REPOSITORY
from tests.support.it_desk import Desk, open_desk

EXAMPLE = str(REPOSITORY / "examples" / "it_receiver.py")
ENVIRONMENT = {"TSC_IT_WEBHOOK_SECRETS": f"{SECRET},yang-lama-sekali-dan-cukup-panjang-juga"}


@asynccontextmanager
async def _receiver(folder: Path) -> AsyncIterator[str]:
    """The receiver as a process; its address."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-I", EXAMPLE, "serve", "--port", "0", "--store", str(folder / "it.sqlite"),
        env=ENVIRONMENT, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        first = (await asyncio.wait_for(process.stdout.readline(), 10)).decode()
        yield first.split()[-1] + "/tiket"
    finally:
        process.kill()
        await process.wait()


def _kept(folder: Path) -> list[tuple[str, int]]:
    with closing(sqlite3.connect(folder / "it.sqlite")) as store:
        return store.execute("SELECT id, ticket FROM event ORDER BY number").fetchall()


async def test_the_example_receiver_keeps_each_event_once_and_can_answer(tmp_path: Path) -> None:
    async with (
        _receiver(tmp_path) as url,
        open_desk(tmp_path, it_webhook_url=url, it_webhook_secrets=[SECRET]) as desk,
    ):
        ticket = await desk.open()
        await desk.write(ticket, "masih belum bisa")
        await desk.settled()
        # The bot forgets that it was accepted, as when the answer is lost.
        async with desk.services.database.unit() as tx:
            await tx.execute("UPDATE it_delivery SET state = 'pending', finished_at = NULL")
        await desk.settled()

        assert [number for _, number in _kept(tmp_path)] == [ticket.id, ticket.id]
        assert (await desk.rows("SELECT DISTINCT attempts FROM it_delivery")) == [{"attempts": 2}]
        assert await _reply(desk, ticket.id, "it-1") == (0, "accepted")
        assert await _reply(desk, ticket.id, "it-1") == (0, "duplicate")
        assert await _reply(desk, ticket.id + 1, "it-2") == (1, "refused")
        entries = await desk.services.tickets.entries(ticket.id)
        assert [entry.text for entry in entries if entry.author == "it"] == ["Sudah kami perbaiki."]


async def _reply(desk: Desk, ticket: int, id_: str) -> tuple[int | None, str]:
    """Run the example's `reply` against the real endpoint: its exit status, and what the bot said."""

    async def well() -> dict[str, bool]:
        return {}

    server = HttpServer("127.0.0.1", 0, well)
    server.add_routes(ItAnswers(lambda: desk.services.it_inbox).routes())
    async with TestServer(server.application()) as listening:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-I", EXAMPLE, "reply", "--ticket", str(ticket), "--id", id_, "--author", "Budi",
            "--text", "Sudah kami perbaiki.", "--bot", str(listening.make_url(PATH)),
            env=ENVIRONMENT, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        output, _ = await asyncio.wait_for(process.communicate(), 20)
    said = output.decode()
    return process.returncode, next(word for word in ("accepted", "duplicate", "refused") if f'"{word}"' in said)


async def test_the_example_receiver_turns_away_what_is_not_from_the_bot(tmp_path: Path) -> None:
    async with (
        _receiver(tmp_path) as url,
        open_desk(tmp_path, it_webhook_url=url, it_webhook_secrets=["x" * 40]) as desk,
    ):
        await desk.open()
        await desk.settled()

        assert _kept(tmp_path) == []
        assert (await desk.services.it_link.overview()).dead == 1
