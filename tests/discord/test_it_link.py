"""A ticket's way to IT's own system and back into its thread, and what IT sees when the link fails."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from pydantic import SecretStr
from simcord.actors import MemberActor

from bot.it_link.web import PATH
from bot.platform.audit import Actor
from bot.running import http_server
from bot.settings import Settings
from bot.tickets.models import QuestionAnswer, Stage, Ticket, TicketState
from tests.loopback.it_system import SECRET, Fault, ItSystem, signed
from tests.support.people import registered_creator
from tests.support.server import Server, message_of, open_server, text_of

SOLVED = "Saldo tertahan karena nama di bank belum cocok. Sudah kami betulkan, silakan tarik lagi."


@pytest.fixture
async def it() -> AsyncIterator[ItSystem]:
    async with ItSystem() as system:
        yield system


@pytest.fixture
async def linked(settings: Settings, it: ItSystem) -> AsyncIterator[Server]:
    """A set-up server whose bot knows IT's system."""
    link = {"it_webhook_url": it.url, "it_webhook_secrets": [SecretStr(SECRET)]}
    async with open_server(settings.model_copy(update=link)) as server:
        it.now = lambda: server.env.now().timestamp()
        await server.set_up()
        yield server


async def _delivered(server: Server) -> None:
    """Wait until nothing is on its way, neither to Discord nor to IT."""
    waiting = (
        "SELECT (SELECT count(*) FROM outbox_message WHERE state IN ('pending', 'sending'))"
        " + (SELECT count(*) FROM it_delivery WHERE state = 'pending' AND attempts = 0) AS n"
    )
    async with asyncio.timeout(10):
        while True:
            await server.env.settle()
            row = await server.services.database.read.fetch_one(waiting)
            if row is not None and row["n"] == 0:
                break
            await asyncio.sleep(0.01)
    await server.env.settle()


async def _open(server: Server, creator: MemberActor) -> Ticket:
    answers = [QuestionAnswer("Apa yang terjadi?", "Penarikan saya belum masuk.")]
    ticket = await server.services.tickets.open(Actor(creator.id), creator.name, Stage.WITHDRAWAL, answers)
    await _delivered(server)
    return await server.services.tickets.get(ticket.id)


async def _it_answers(server: Server, ticket: Ticket, id_: str, text: str, **fields: Any) -> dict[str, Any]:
    """IT's system posts an answer to the bot's own address."""
    answer = {"version": 1, "id": id_, "ticket": ticket.id, "author": "Budi", "text": text, **fields}
    body, headers = signed(answer, at=server.env.now().timestamp())
    async with (
        TestClient(TestServer(http_server(server.bot).application())) as client,
        client.post(PATH, data=body, headers=headers) as answered,
    ):
        said = await answered.json()
        assert answered.status == 200, said
    await _delivered(server)
    return said


def _thread(server: Server) -> list[str]:
    """What the ticket's thread says, message by message."""
    newest = max(server.channel("bantuan").threads, key=lambda thread: thread.id)
    return [text_of(message) for message in server.messages(newest)]


async def test_a_ticket_goes_to_it_and_its_answer_lands_in_the_thread(linked: Server, it: ItSystem) -> None:
    ayu = await registered_creator(linked, "ayu")
    ticket = await _open(linked, ayu)
    assert [event["event"]["kind"] for event in it.of_ticket(ticket.id)] == ["opened"]
    assert ticket.state is TicketState.FORWARDED
    assert "Diteruskan ke IT" in _thread(linked)[0], "the header says so"

    await _it_answers(linked, ticket, "it-1", "Sedang kami cek ke bank.", status="in_progress")
    assert "Sedang kami cek ke bank." in _thread(linked)[-1]
    assert "Tim IT · Budi" in _thread(linked)[-1]

    await linked.restart()
    assert (await _it_answers(linked, ticket, "it-1", "Sedang kami cek ke bank.", status="in_progress"))[
        "status"
    ] == "duplicate"
    await _it_answers(linked, ticket, "it-2", SOLVED, status="resolved")

    assert sum("Sedang kami cek" in text for text in _thread(linked)) == 1
    assert any(SOLVED in text for text in _thread(linked))
    assert any(SOLVED in text_of(message) for message in linked.dms(ayu)), "the conclusion is told privately too"
    assert (await linked.services.tickets.get(ticket.id)).state is TicketState.RESOLVED


async def test_it_learns_that_its_status_was_not_used_and_its_words_landed(linked: Server, it: ItSystem) -> None:
    ayu = await registered_creator(linked, "ayu")
    ticket = await _open(linked, ayu)

    said = await _it_answers(linked, ticket, "it-1", "ok", status="resolved")
    assert said["status"] == "accepted" and said["ticket"]["state"] == "in_progress"
    assert "“Selesai” tidak dipakai" in said["warning"] and "minimal 20 huruf" in said["warning"]
    told = text_of(linked.last("it-piket"))
    assert f"tidak dipakai: tiket #{ticket.id}" in told and "minimal 20 huruf" in told and "Budi" in told
    assert "ok" in _thread(linked)[-1] and f"<@{ayu.id}>" in _thread(linked)[-1]

    assert "warning" not in await _it_answers(linked, ticket, "it-2", SOLVED, status="resolved")
    late = await _it_answers(linked, ticket, "it-3", "Dikerjakan.", status="in_progress")
    assert "Teksnya tetap masuk ke thread" in late["warning"] and late["ticket"]["state"] == "resolved"


async def test_it_sees_what_failed_and_sends_it_again(linked: Server, it: ItSystem) -> None:
    ayu = await registered_creator(linked, "ayu")
    budi = await linked.staff("budi.it", "IT Support")
    it.faults.append(Fault.GONE)
    ticket = await _open(linked, ayu)
    assert ticket.state is TicketState.NEW
    note = linked.last("it-piket")
    assert "tidak diterima sistem IT" in text_of(note)

    shown = await budi.click(note, label="Lihat yang belum diterima")
    assert f"Tiket #{ticket.id}" in text_of(shown)
    assert "dijawab HTTP 410" in text_of(shown)
    answered = await budi.click(note, label="Kirim ulang semua")
    assert "1 kabar dikirim sekarang" in text_of(answered)
    await _delivered(linked)

    assert len(it.of_ticket(ticket.id)) == 1
    assert (await linked.services.tickets.get(ticket.id)).state is TicketState.FORWARDED
    again = await budi.click(note, label="Kirim ulang semua")
    assert "Tidak ada yang perlu dikirim ulang" in text_of(again)
    assert "Semua kabar tiket sudah diterima" in text_of(await budi.slash(linked.channel("it-piket"), "it antrian"))


async def test_one_of_many_is_chosen_and_sent_again(linked: Server, it: ItSystem) -> None:
    budi = await linked.staff("budi.it", "IT Support")
    it.faults.extend([Fault.GONE] * 10)
    tickets = [await _open(linked, await registered_creator(linked, f"kreator{number}")) for number in range(10)]
    channel = linked.channel("it-piket")

    shown = await budi.slash(channel, "it antrian")
    assert "10 gagal" in text_of(shown)
    turned = await budi.click(message_of(await budi.slash(channel, "it antrian")), label="Berikutnya")
    assert f"Tiket #{tickets[9].id}" in text_of(turned)
    await budi.select(message_of(shown), values=["3"])
    await _delivered(linked)
    assert list(it.events) and it.of_ticket(tickets[2].id)
    answered = await budi.slash(channel, "it kirim-ulang", tiket=tickets[5].id)
    assert "1 kabar" in text_of(answered)
    await _delivered(linked)
    assert {event["ticket"]["number"] for event in it.events.values()} == {tickets[2].id, tickets[5].id}


async def test_others_than_it_can_neither_see_nor_send(linked: Server, it: ItSystem) -> None:
    ayu, sari = await registered_creator(linked, "ayu"), await linked.staff()
    it.faults.append(Fault.GONE)
    await _open(linked, ayu)
    note = linked.last("it-piket")

    for label in ("Lihat yang belum diterima", "Kirim ulang semua"):
        assert "hanya untuk IT Support" in text_of(await sari.click(note, label=label))
    for command in ("it antrian", "it kirim-ulang"):
        assert "hanya untuk IT Support" in text_of(await sari.slash(linked.channel("it-piket"), command))
    assert it.events == {}


async def test_without_a_link_it_says_so(server: Server) -> None:
    budi = await server.staff("budi.it", "IT Support")
    channel = server.channel("it-piket")

    assert "Tautan ini tidak dipakai" in text_of(await budi.slash(channel, "it antrian"))
    assert "belum diatur" in text_of(await budi.slash(channel, "it kirim-ulang"))
