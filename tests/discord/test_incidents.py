"""Incidents: many tickets gathered, told and solved together, each exactly once, whatever happens in between."""

from collections import Counter
from typing import Any

import pytest
from simcord.actors import MemberActor

from bot.app import create_bot
from bot.incidents.service import AT_ONCE
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.errors import TooLate
from bot.tickets.models import EntryKind, QuestionAnswer, Stage, TicketState
from tests.support.campaigns import buttons_of, press_again
from tests.support.server import Server, message_of, text_of
from tests.support.tickets import delivered, entries, open_ticket, thread_messages, ticket

WITHDRAWAL = 3
TITLE, FIRST = "Penarikan ke BCA tertunda", "Bank sedang gangguan sejak pagi. Saldomu aman."
SECOND, THIRD = "Bank mulai normal, antrean diproses satu per satu.", "Tinggal seratus penarikan lagi."
OVER = "Gangguan bank sudah selesai dan semua penarikan tertunda sudah dikirim. Cek saldomu."
EACH = 3


async def open_many(server: Server, number: int) -> None:
    """So many withdrawal tickets, three a creator, with their threads."""
    for index in range(0, number, EACH):
        member = await server.join(f"kreator{index}")
        for _ in range(min(EACH, number - index)):
            await server.services.tickets.open(
                Actor(member.id), f"kreator{index}", Stage.WITHDRAWAL, [QuestionAnswer("Masalah", "xyzzy plugh")]
            )
    await delivered(server)


async def told(server: Server, kind: EntryKind) -> Counter[int]:
    """How many entries of a kind each ticket has."""
    rows = await server.services.database.read.fetch_all(
        "SELECT ticket_id, count(*) AS number FROM ticket_entry WHERE kind = :kind GROUP BY ticket_id",
        {"kind": kind.value},
    )
    return Counter({row["ticket_id"]: row["number"] for row in rows})


async def under_way(server: Server) -> bool:
    """Whether a round is not finished."""
    row = await server.services.database.read.fetch_one(
        "SELECT count(*) AS number FROM incident_round WHERE finished_at IS NULL"
    )
    return row is not None and row["number"] > 0


async def run_out(server: Server) -> None:
    """Let all rounds come to their end, the first one cut off in the middle by a restart."""
    await server.bot.services.close()
    server.bot = create_bot(server.bot.settings, Clock(server.env.now))
    await server.env.restart_bot(server.bot)
    await delivered(server)
    assert not await under_way(server)


async def open_incident(server: Server, staff: MemberActor, hours: int = 24) -> Any:
    """/insiden buka with its form."""
    form = await staff.slash(server.channel("staf-kol"), "insiden buka", tahap=WITHDRAWAL, gabungkan=hours)
    assert form.modal is not None
    return await staff.submit_modal(form, {"title": TITLE, "message": FIRST})


async def test_tickets_are_gathered_told_and_solved_once_each_with_the_bot_cut_off_each_time(server: Server) -> None:
    number = AT_ONCE + 5
    sari = await server.staff()
    await open_many(server, number)
    everyone = Counter(dict.fromkeys(range(1, number + 1), 1))

    incidents = server.services.incidents
    await incidents.open(Actor(sari.id), "Sari", Stage.WITHDRAWAL, TITLE, FIRST, gather_hours=24)
    assert await under_way(server)
    await run_out(server)
    assert await told(server, EntryKind.INCIDENT_JOINED) == everyone

    incidents = server.services.incidents
    await incidents.update(Actor(sari.id), "Sari", 1, SECOND)
    await incidents.update(Actor(sari.id), "Sari", 1, THIRD)
    assert await under_way(server)
    shown = text_of(await sari.slash(server.channel("staf-kol"), "insiden daftar"))
    assert f"{number} tiket, {number} masih terbuka" in shown
    await run_out(server)
    updates = await told(server, EntryKind.INCIDENT_UPDATE)
    assert set(updates) == set(everyone) and set(updates.values()) == {2}
    for one in (1, AT_ONCE, AT_ONCE + 1, number):
        said = [text_of(message) for message in await thread_messages(server, one)]
        order = [next(i for i, text in enumerate(said) if part in text) for part in (FIRST, SECOND, THIRD)]
        assert order == sorted(order) and sum(SECOND in text for text in said) == 1

    await server.services.incidents.close(Actor(sari.id), "Sari", 1, OVER)
    assert await under_way(server)
    await run_out(server)
    assert await told(server, EntryKind.RESOLVED) == everyone
    last = await ticket(server, number)
    assert last.state is TicketState.RESOLVED and last.conclusion == OVER and last.cause == "outage"
    said = [text_of(message) for message in await thread_messages(server, number)]
    assert sum(f"Tiket #{number} sudah dijawab" in text for text in said) == 1
    standing = await server.services.incidents.standing(1)
    assert (standing.tickets, standing.open_tickets, standing.under_way) == (number, 0, False)


async def test_a_ticket_opened_between_two_updates_hears_each_news_once(server: Server) -> None:
    sari, raka, dewi = await server.staff(), await server.join("raka"), await server.join("dewi")
    await open_ticket(server, raka, stage=WITHDRAWAL)
    await open_incident(server, sari)
    await run_out(server)
    await server.services.incidents.update(Actor(sari.id), "Sari", 1, SECOND)
    # Before the round came to its end: joining tells the newest already.
    await server.services.tickets.open(Actor(dewi.id), "dewi", Stage.WITHDRAWAL, [QuestionAnswer("Masalah", "xyzzy")])
    await run_out(server)
    await delivered(server)
    for number in (1, 2):
        said = [text_of(message) for message in await thread_messages(server, number)]
        assert sum(SECOND in text for text in said) == 1
    await server.services.incidents.update(Actor(sari.id), "Sari", 1, THIRD)
    await run_out(server)
    assert (await told(server, EntryKind.INCIDENT_UPDATE)) == {1: 2, 2: 1}


async def test_the_whole_life_of_an_incident_by_buttons(server: Server) -> None:
    sari, raka = await server.staff(), await server.join("raka")
    await open_ticket(server, raka, stage=WITHDRAWAL)
    opened = await open_incident(server, sari)
    await server.env.settle()
    twice = await sari.slash(server.channel("staf-kol"), "insiden buka", tahap=WITHDRAWAL)
    assert twice.modal is None and "Sudah ada gangguan terbuka" in text_of(twice)

    await server.restart()
    form = await sari.click(message_of(opened), label="Beri kabar")
    short = await sari.submit_modal(form, {"text": "Sabar"})
    assert "Kabar: 10 sampai" in text_of(short) and "Perbaiki" in buttons_of(message_of(short))
    form = await sari.slash(server.channel("staf-kol"), "insiden kabar", gangguan="1")
    assert "1 thread" in str(form.modal)
    updated = await sari.submit_modal(form, {"text": SECOND})
    await server.env.settle()
    assert "bertahap" in text_of(updated)
    fresh = await sari.click(message_of(updated), label="Segarkan")
    assert "selesai, 1 tiket" in text_of(fresh) and SECOND in text_of(fresh)

    asked = await sari.slash(server.channel("staf-kol"), "insiden tutup", gangguan="1")
    assert "1 tiket" in text_of(asked) and (await ticket(server)).state is TicketState.NEW
    await server.restart()
    form = await sari.click(message_of(asked), label="Ya, tulis kesimpulan")
    done = await sari.submit_modal(form, {"text": OVER})
    await server.env.settle()
    assert "Gangguan ditutup" in text_of(done)
    assert (await ticket(server)).conclusion == OVER
    assert any(OVER in text_of(message) for message in server.dms(raka))
    again = await press_again(server, sari, "tsc:incident:conclude:1")
    assert again.modal is None and "sudah ditutup" in text_of(again)
    listed = await sari.slash(server.channel("staf-kol"), "insiden daftar")
    assert "ditutup" in text_of(listed) and OVER[:30] in text_of(listed)


async def test_only_the_stage_and_the_days_asked_for_are_gathered(server: Server) -> None:
    sari, raka, dewi = await server.staff(), await server.join("raka"), await server.join("dewi")
    await open_ticket(server, raka, stage=WITHDRAWAL)
    await server.env.advance_time(2 * 86_400)
    await open_ticket(server, dewi, stage=WITHDRAWAL)
    await open_ticket(server, dewi, stage=4)
    await open_incident(server, sari)
    await run_out(server)
    assert set(await told(server, EntryKind.INCIDENT_JOINED)) == {2}

    pulled = await sari.slash(server.channel("staf-kol"), "insiden gabung", gangguan="1", tiket="#1")
    await delivered(server)
    assert "Tiket #1 masuk gangguan" in text_of(pulled) and (await ticket(server, 1)).incident_id == 1
    assert sum(FIRST in text_of(message) for message in await thread_messages(server, 1)) == 1
    again = await sari.slash(server.channel("staf-kol"), "insiden gabung", gangguan="1", tiket="1")
    assert "sudah termasuk" in text_of(again)
    assert [one.kind for one in await entries(server, 1)].count(EntryKind.INCIDENT_JOINED) == 1


async def test_nothing_is_gathered_when_staff_say_so_and_nobody_joins_what_is_over(server: Server) -> None:
    sari, raka = await server.staff(), await server.join("raka")
    await open_ticket(server, raka, stage=WITHDRAWAL)
    await open_incident(server, sari, hours=0)
    await run_out(server)
    assert (await ticket(server)).incident_id is None
    await server.services.incidents.close(Actor(sari.id), "Sari", 1, OVER)
    await run_out(server)
    assert (await ticket(server)).state is TicketState.NEW
    with pytest.raises(TooLate):
        await server.services.incidents.pull_in(Actor(sari.id), 1, 1)
    with pytest.raises(TooLate):
        await server.services.incidents.update(Actor(sari.id), "Sari", 1, SECOND)


async def test_account_numbers_in_news_of_an_incident_are_hidden_also_from_those_who_come_later(server: Server) -> None:
    it, raka = await server.staff("budi.it", "IT Support"), await server.join("raka")
    incidents = server.services.incidents
    opened = await incidents.open(
        Actor(it.id), "Budi", Stage.WITHDRAWAL, "Bank gangguan", "Penarikan tertunda sejak pagi."
    )
    await incidents.update(Actor(it.id), "Budi", opened.id, "Uji coba kirim ke rekening 8730123456 berhasil.")
    assert "8730123456" not in (await incidents.get(opened.id)).message
    shown = await raka.slash(server.channel("bantuan"), "bantuan", kata="penarikan")
    assert "••••3456" in text_of(shown) and "8730123456" not in text_of(shown)
