"""Events on their way to IT's own system, which fails in every way: each is accepted exactly once, in order."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.platform.errors import TooLate
from bot.tickets.models import Author, Priority, Speaker, Ticket, TicketState
from tests.loopback.it_system import OLD_SECRET, SECRET, Fault, ItSystem
from tests.support.it_desk import STAFF, Desk, open_desk


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with ItSystem() as it, open_desk(tmp_path, it) as opened:
        yield opened


async def _texts(desk: Desk, ticket: Ticket) -> list[str]:
    return [event["event"]["text"] for event in desk.it.of_ticket(ticket.id) if event["event"]["kind"] == "message"]


async def test_an_opened_ticket_reaches_it_signed_and_is_forwarded_then(desk: Desk) -> None:
    ticket = await desk.open("Saldo saya tidak bisa ditarik.")
    await desk.settled()

    (event,) = desk.it.of_ticket(ticket.id)
    assert event["version"] == 1
    assert (event["event"]["kind"], event["event"]["author"]["side"]) == ("opened", "creator")
    assert event["ticket"]["stage"] == "withdrawal"
    assert event["ticket"]["state"] == "new"
    assert event["ticket"]["answers"] == [{"question": "Apa yang terjadi?", "answer": "Saldo saya tidak bisa ditarik."}]
    assert all(attempt.genuine for attempt in desk.it.attempts)
    assert (await desk.services.tickets.get(ticket.id)).state is TicketState.FORWARDED


@pytest.mark.parametrize("fault", [fault for fault in Fault if fault is not Fault.GONE], ids=lambda fault: fault.name)
async def test_whatever_fails_each_event_is_accepted_once_and_in_order(desk: Desk, fault: Fault) -> None:
    desk.it.faults.extend([fault, fault])
    ticket = await desk.open()
    other = await desk.open("Tidak bisa apply campaign.")
    for number in range(3):
        await desk.write(ticket, f"kabar {number}")
    await desk.settled()

    events = desk.it.of_ticket(ticket.id)
    assert [event["event"]["kind"] for event in events] == ["opened", "message", "message", "message"]
    assert await _texts(desk, ticket) == ["kabar 0", "kabar 1", "kabar 2"]
    assert len(desk.it.of_ticket(other.id)) == 1
    assert desk.it.changed_bodies() == []
    assert desk.it.visits_elsewhere == 0
    if fault is not Fault.HUGE:  # there the status was enough
        assert sum(desk.it.times().values()) == len(desk.it.events) + 2
    rows = await desk.rows("SELECT DISTINCT state FROM it_delivery")
    assert rows == [{"state": "accepted"}]


async def test_a_refused_connection_is_tried_until_it_is_up_again(desk: Desk) -> None:
    await desk.it.down()
    ticket = await desk.open()
    await desk.write(ticket, "masih belum bisa")
    for _ in range(4):
        await desk.pass_time(700)
        await _tried(desk)
    (waiting, _) = await desk.services.it_link.unaccepted(limit=10, offset=0)
    assert waiting.failure == "tidak bisa tersambung"
    assert (await desk.services.tickets.get(ticket.id)).state is TicketState.NEW

    await desk.it.up()
    await desk.settled()

    assert [event["event"]["kind"] for event in desk.it.of_ticket(ticket.id)] == ["opened", "message"]


async def _tried(desk: Desk) -> None:
    before = (await desk.rows("SELECT sum(attempts) AS tries FROM it_delivery"))[0]["tries"]
    await desk.until_store(f"SELECT sum(attempts) > {before} AS done FROM it_delivery")


async def test_an_answer_of_409_means_it_has_the_event(desk: Desk) -> None:
    desk.it.says_duplicate_with = 409
    desk.it.faults.append(Fault.CUT_AFTER)
    await desk.open()
    await desk.settled()

    assert len(desk.it.events) == 1
    assert sum(desk.it.times().values()) == 2


async def test_a_wait_that_it_asks_for_is_kept(desk: Desk) -> None:
    desk.it.faults.append(Fault.BUSY)
    await desk.open()
    await desk.until_store("SELECT sum(attempts) = 1 AS done FROM it_delivery")

    (row,) = await desk.rows("SELECT due_at FROM it_delivery")
    assert row["due_at"] >= desk.time.now() + 115


async def test_a_refusal_is_a_dead_letter_at_once_and_the_next_events_go_on(desk: Desk) -> None:
    desk.it.faults.append(Fault.GONE)
    ticket = await desk.open()
    await desk.write(ticket, "kabar berikutnya")
    await desk.settled()

    assert [event["event"]["kind"] for event in desk.it.of_ticket(ticket.id)] == ["message"]
    (dead,) = await desk.services.it_link.unaccepted(limit=10, offset=0)
    assert (dead.state, dead.failure) == ("dead", "dijawab HTTP 410")
    notes = await desk.rows(
        "SELECT payload FROM outbox_message WHERE lane = 'channel:12' AND payload LIKE '%tidak diterima%'"
    )
    assert len(notes) == 1, "IT is told"

    assert await desk.services.it_link.resend(STAFF, delivery_id=dead.id) == 1
    await desk.settled()

    kinds = [event["event"]["kind"] for event in desk.it.of_ticket(ticket.id)]
    assert kinds == ["message", "opened"], "late, with its own number to sort by"
    numbers = [event["event"]["number"] for event in desk.it.of_ticket(ticket.id)]
    assert numbers == sorted(numbers, reverse=True)
    with pytest.raises(TooLate):
        await desk.services.it_link.resend(STAFF, delivery_id=dead.id)


async def test_many_dead_letters_are_told_once_an_hour_and_all_can_be_sent_again(desk: Desk) -> None:
    desk.it.faults.extend([Fault.GONE] * 12)
    tickets = [await desk.open(f"Masalah nomor {number}") for number in range(12)]
    await desk.settled()
    assert (await desk.services.it_link.overview()).dead == 12
    notes = await desk.rows("SELECT id FROM outbox_message WHERE payload LIKE '%tidak diterima sistem IT%'")
    assert len(notes) in (1, 2)  # the hour may have turned

    assert await desk.services.it_link.resend(STAFF) == 12
    await desk.settled()

    assert {event["ticket"]["number"] for event in desk.it.events.values()} == {ticket.id for ticket in tickets}
    assert len(desk.it.events) == 12


async def test_a_day_of_failing_ends_in_a_dead_letter_and_trouble_is_told_before(desk: Desk) -> None:
    desk.it.choose_fault = lambda: Fault.ERROR
    ticket = await desk.open()
    await desk.until_store("SELECT sum(attempts) = 1 AS done FROM it_delivery")
    assert await desk.rows("SELECT id FROM outbox_message WHERE payload LIKE '%tidak bisa dihubungi%'") == []
    for hours in (1, 1, 23):
        before = (await desk.rows("SELECT attempts FROM it_delivery"))[0]["attempts"]
        desk.time.added += hours * 3_600
        desk.services.it_link.wake()
        await desk.until_store(f"SELECT attempts > {before} AS done FROM it_delivery")

    told = await desk.rows("SELECT id FROM outbox_message WHERE payload LIKE '%tidak bisa dihubungi%'")
    assert len(told) in (1, 2)
    assert (await desk.services.it_link.overview()).dead == 1

    desk.it.choose_fault = lambda: None
    await desk.services.it_link.resend(STAFF, ticket_id=ticket.id)
    await desk.settled()
    assert len(desk.it.events) == 1


async def test_what_is_among_staff_stays_there(desk: Desk) -> None:
    ticket = await desk.open()
    by = Speaker(Author.STAFF, 7, "Sari")
    await desk.services.ticket_desk.note(STAFF, ticket.id, by, "Kreator ini sering salah isi formulir.")
    await desk.services.ticket_desk.escalate(STAFF, ticket.id, by, "Orangnya marah sekali di telepon.")
    await desk.services.ticket_desk.set_priority(STAFF, ticket.id, by, Priority.URGENT)
    await desk.settled()

    everything = json.dumps(list(desk.it.events.values()))
    assert "salah isi" not in everything
    assert "marah" not in everything
    kinds = [event["event"]["kind"] for event in desk.it.of_ticket(ticket.id)]
    assert kinds == ["opened", "escalated", "priority"]
    assert desk.it.of_ticket(ticket.id)[-1]["ticket"]["priority"] == "urgent"


async def test_no_account_number_leaves(desk: Desk) -> None:
    ticket = await desk.open("Rekening BCA 1234567890 ditolak, KTP 3174012345678901")
    await desk.write(ticket, "norek saya 0987654321 ya kak")
    await desk.settled()

    everything = json.dumps(list(desk.it.events.values()), ensure_ascii=False)
    assert not any(number in everything for number in ("1234567890", "3174012345678901", "0987654321"))
    assert "••••7890" in everything
    assert "••••4321" in everything


async def test_it_that_has_the_old_or_the_new_secret_trusts_the_bot_while_they_change(tmp_path: Path) -> None:
    for secret in (SECRET, OLD_SECRET):
        (tmp_path / secret).mkdir()
        async with (
            ItSystem(secret) as it,
            open_desk(tmp_path / secret, it, it_webhook_secrets=[SECRET, OLD_SECRET]) as desk,
        ):
            await desk.open()
            await desk.settled()
            assert len(it.events) == 1


async def test_with_the_wrong_secret_nothing_is_accepted_and_it_is_told(tmp_path: Path) -> None:
    async with ItSystem(OLD_SECRET) as it, open_desk(tmp_path, it) as desk:
        await desk.open()
        await desk.settled()

        assert it.events == {}
        assert (await desk.services.it_link.overview()).dead == 1


async def test_without_an_address_it_works_on_discord_alone(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        await desk.open()

        assert await desk.rows("SELECT id FROM it_delivery") == []
        with pytest.raises(TooLate):
            await desk.services.it_link.resend(STAFF)


@pytest.mark.parametrize(
    "link", [{"it_webhook_secrets": []}, {"it_webhook_secrets": ["pendek"]}, {"it_webhook_url": "http://it.contoh.id"}]
)
async def test_a_link_that_is_set_wrongly_sends_nothing(tmp_path: Path, link: dict[str, object]) -> None:
    async with ItSystem() as it, open_desk(tmp_path, it, **link) as desk:
        await desk.open()

        assert not desk.services.it_link.on
        assert await desk.rows("SELECT id FROM it_delivery") == []
