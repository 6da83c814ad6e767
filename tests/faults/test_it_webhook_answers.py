"""Answers of IT's own system over HTTP: forged, old, repeated, out of order, broken; each lands in its thread once."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.it_link.inbox import ItInbox
from bot.it_link.web import MAX_BODY_BYTES, PATH, ItAnswers
from bot.platform.http import HttpServer
from bot.tickets.models import EntryKind, Ticket, TicketState
from tests.loopback.it_system import OLD_SECRET, SECRET, ItSystem, signed
from tests.support.it_desk import Desk, open_desk

SOLVED = "Saldo tertahan karena data bank belum cocok, sekarang sudah kami betulkan."


class Door:
    """IT's system at the bot's door."""

    def __init__(self, desk: Desk, client: TestClient[web.Request, web.Application]) -> None:
        self.desk = desk
        self.client = client

    async def post(self, body: bytes, headers: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Send bytes as they are."""
        async with self.client.post(PATH, data=body, headers=headers) as answered:
            return answered.status, await answered.json()

    async def answer(self, ticket: Ticket, id_: str, text: str, **fields: Any) -> tuple[int, dict[str, Any]]:
        """Send a well-formed, signed answer."""
        return await self.post(*signed(_answer(ticket, id_, text, **fields)))

    async def said(self, ticket: Ticket) -> list[str]:
        """What IT said in a ticket, in the order it landed."""
        entries = await self.desk.services.tickets.entries(ticket.id)
        return [entry.text for entry in entries if entry.author == "it"]

    async def shown(self, text: str) -> int:
        """How many messages with these words are on their way to threads."""
        rows = await self.desk.rows("SELECT payload FROM outbox_message WHERE kind = 'thread_message'")
        return sum(text in row["payload"] for row in rows)


def _answer(ticket: Ticket, id_: str, text: str, **fields: Any) -> dict[str, Any]:
    return {"version": 1, "id": id_, "ticket": ticket.id, "author": "Budi", "text": text, **fields}


@asynccontextmanager
async def _door(desk: Desk, inbox: ItInbox | None) -> AsyncIterator[Door]:
    async def well() -> dict[str, bool]:
        return {}

    server = HttpServer("127.0.0.1", 0, well)
    server.add_routes(ItAnswers(lambda: inbox).routes())
    async with TestClient(TestServer(server.application())) as client:
        yield Door(desk, client)


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Door]:
    async with (
        open_desk(tmp_path, it_webhook_secrets=[SECRET]) as desk,
        _door(desk, desk.services.it_inbox) as opened,
    ):
        yield opened


async def test_an_answer_lands_in_the_thread_as_its_reply(door: Door) -> None:
    ticket = await door.desk.open()
    status, said = await door.answer(ticket, "it-1", "Sedang kami cek di server.", status="in_progress")

    assert (status, said["status"]) == (200, "accepted")
    assert said["ticket"] == {"number": ticket.id, "state": "in_progress"}
    assert await door.said(ticket) == ["Sedang kami cek di server."]
    assert await door.shown("Sedang kami cek di server.") == 1
    assert (await door.desk.services.tickets.get(ticket.id)).first_response_at is not None


async def test_the_same_answer_many_times_at_once_lands_once(door: Door) -> None:
    ticket = await door.desk.open()
    answers = await asyncio.gather(*(door.answer(ticket, "it-1", "Sedang dicek.") for _ in range(12)))

    assert all(status == 200 for status, _ in answers)
    assert sorted(said["status"] for _, said in answers) == ["accepted", *["duplicate"] * 11]
    assert await door.said(ticket) == ["Sedang dicek."]
    assert await door.shown("Sedang dicek.") == 1


async def test_an_id_used_for_something_else_is_refused(door: Door) -> None:
    ticket = await door.desk.open()
    await door.answer(ticket, "it-1", "Sedang dicek.")
    status, _ = await door.answer(ticket, "it-1", "Sudah beres.")

    assert status == 409
    assert await door.said(ticket) == ["Sedang dicek."]


async def test_answers_out_of_order_all_land_and_an_illegal_status_changes_nothing(door: Door) -> None:
    ticket = await door.desk.open()
    _, said = await door.answer(ticket, "it-3", SOLVED, status="resolved")
    assert said["ticket"]["state"] == "resolved"
    late, said = await door.answer(ticket, "it-2", "Sedang kami kerjakan.", status="in_progress")

    assert (late, said["status"], said["ticket"]["state"]) == (200, "accepted", "resolved")
    assert await door.said(ticket) == [SOLVED, "Sedang kami kerjakan."]
    after = await door.desk.services.tickets.get(ticket.id)
    assert (after.state, after.conclusion) == (TicketState.RESOLVED, SOLVED)
    entries = await door.desk.services.tickets.entries(ticket.id)
    assert [entry.kind for entry in entries if entry.internal] == [EntryKind.NOTE], "staff read that it was ignored"


@pytest.mark.parametrize("seconds", [-301, -3_600, 301, 86_400])
async def test_an_old_or_future_timestamp_is_refused(door: Door, seconds: int) -> None:
    ticket = await door.desk.open()
    body, headers = signed(_answer(ticket, "it-1", "halo"), at=time.time() + seconds)

    assert (await door.post(body, headers))[0] == 401
    assert await door.said(ticket) == []


async def test_a_captured_answer_can_be_replayed_neither_now_nor_later(door: Door) -> None:
    ticket = await door.desk.open()
    body, headers = signed(_answer(ticket, "it-1", "halo"))
    assert (await door.post(body, headers))[1]["status"] == "accepted"
    assert (await door.post(body, headers))[1]["status"] == "duplicate"
    fresh = headers | {"X-TSC-Timestamp": str(int(time.time()) + 60)}
    assert (await door.post(body, fresh))[0] == 401, "the timestamp is signed too"
    door.desk.time.added += 400
    assert (await door.post(body, headers))[0] == 401

    assert await door.said(ticket) == ["halo"]


async def test_a_wrong_signature_is_refused_whatever_it_looks_like(door: Door) -> None:
    ticket = await door.desk.open()
    body, headers = signed(_answer(ticket, "it-1", "halo"))
    good = headers["X-TSC-Signature"]
    _, other = signed(_answer(ticket, "it-1", "halo"), secret=OLD_SECRET)
    wrong = [
        other["X-TSC-Signature"],
        good[:-1] + ("0" if good[-1] != "0" else "1"),
        good.removeprefix("v1="),
        good.replace("v1=", "v2="),
        good.upper(),
        "v1=",
        "v1=" + "é" * 64,
        ",".join(["v1=" + "0" * 64] * 9 + [good]),
    ]
    for one in wrong:
        assert (await door.post(body, headers | {"X-TSC-Signature": one}))[0] == 401, one
    for missing in ("X-TSC-Signature", "X-TSC-Timestamp"):
        assert (await door.post(body, {key: value for key, value in headers.items() if key != missing}))[0] == 401
    for timestamp in ("-1", "1e9", "٣٣", "9" * 40):
        assert (await door.post(body, headers | {"X-TSC-Timestamp": timestamp}))[0] == 401, timestamp
    assert (await door.post(body.replace(b"halo", b"hola"), headers))[0] == 401
    assert await door.said(ticket) == []


async def test_one_right_signature_among_two_is_enough_while_secrets_change(door: Door) -> None:
    ticket = await door.desk.open()
    body, headers = signed(_answer(ticket, "it-1", "halo"))
    _, old = signed(body, secret=OLD_SECRET)
    both = headers | {"X-TSC-Signature": f"{old['X-TSC-Signature']},{headers['X-TSC-Signature']}"}

    assert (await door.post(body, both))[0] == 200


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"version": 2}, "version"),
        ({"ticket": "1"}, "ticket"),
        ({"ticket": True}, "ticket"),
        ({"ticket": 0}, "ticket"),
        ({"ticket": 10**30}, "ticket"),
        ({"id": ""}, "id"),
        ({"id": "dua kata"}, "id"),
        ({"id": "x" * 101}, "id"),
        ({"text": "x" * 1501}, "text"),
        ({"text": None}, "text"),
        ({"text": " \u200b "}, "body"),
        ({"author": "x" * 81}, "author"),
        ({"status": "new"}, "status"),
        ({"staus": "resolved"}, "staus"),
    ],
)
async def test_what_is_no_answer_is_refused_with_the_field_named(
    door: Door, change: dict[str, Any], problem: str
) -> None:
    ticket = await door.desk.open()
    status, said = await door.post(*signed(_answer(ticket, "it-1", "halo") | change))

    assert status == 400
    assert said["problems"][0].startswith(problem), said
    assert await door.said(ticket) == []


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"null", b"{", b"\xff\xfe", b'{"version": NaN}', b"[" * 5_000, json.dumps({"version": 1}).encode()],
)
async def test_bytes_that_are_no_answer_are_refused(door: Door, body: bytes) -> None:
    assert (await door.post(*signed(body)))[0] == 400


async def test_a_huge_or_compressed_body_is_not_read(door: Door) -> None:
    ticket = await door.desk.open()
    body, headers = signed(_answer(ticket, "it-1", "x" * MAX_BODY_BYTES))
    assert (await door.post(body, headers))[0] == 413

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(64):
            yield b"x" * 65_536

    async with door.client.post(PATH, data=endless(), headers=headers) as answered:
        assert answered.status == 413
    body, headers = signed(_answer(ticket, "it-1", "halo"))
    assert (await door.post(body, headers | {"Content-Encoding": "gzip"}))[0] == 415
    assert await door.said(ticket) == []


async def test_an_answer_for_no_ticket_is_refused_and_its_id_stays_free(door: Door) -> None:
    ticket = await door.desk.open()
    body, headers = signed(_answer(ticket, "it-1", "halo") | {"ticket": ticket.id + 1})
    assert (await door.post(body, headers))[0] == 404

    assert (await door.answer(ticket, "it-1", "halo"))[1]["status"] == "accepted"


async def test_account_numbers_in_an_answer_are_masked(door: Door) -> None:
    ticket = await door.desk.open()
    await door.answer(ticket, "it-1", "Rekening 1234567890 sudah cocok.")

    assert await door.said(ticket) == ["Rekening ••••7890 sudah cocok."]
    assert await door.shown("1234567890") == 0


async def test_what_it_sent_does_not_come_back_to_it(tmp_path: Path) -> None:
    async with (
        ItSystem() as it,
        open_desk(tmp_path, it) as desk,
        _door(desk, desk.services.it_inbox) as door,
    ):
        ticket = await desk.open()
        await door.answer(ticket, "it-1", SOLVED, status="resolved")
        await desk.settled()

        assert [event["event"]["kind"] for event in it.of_ticket(ticket.id)] == ["opened"]


async def test_a_bot_that_is_starting_or_has_no_secret_says_so(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        ticket = await desk.open()
        async with _door(desk, None) as door:
            assert (await door.answer(ticket, "it-1", "halo"))[0] == 503
        async with _door(desk, desk.services.it_inbox) as door:
            assert (await door.answer(ticket, "it-1", "halo"))[0] == 404
            assert (await door.post(*signed(_answer(ticket, "it-1", "halo"), secret="")))[0] == 404
