"""Tickets in a real store: whatever is done in whatever order, what is kept stays consistent and nothing leaks."""

import asyncio
import json
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.platform.audit import Actor
from bot.platform.errors import DomainError
from bot.services import Services, open_services
from bot.tickets import rules
from bot.tickets.models import OPEN_STATES, Author, EntryKind, QuestionAnswer, Speaker, Stage, Ticket, TicketState
from bot.tickets.rules import QueueFilter
from tests.conftest import make_settings

CREATOR, IT, KOL = 10, 20, 30
BY_IT, BY_KOL, BY_CREATOR = (
    Speaker(Author.IT, IT, "Budi"),
    Speaker(Author.STAFF, KOL, "Sari"),
    Speaker(Author.CREATOR, 10),
)
CONCLUSION = "Servernya sempat penuh, sekarang sudah normal lagi."
SECRET = "rahasia dapur"


async def ready(services: Services) -> None:
    """As /pengaturan siapkan leaves the server."""
    await services.server.settle(Actor(1), {"it": 77}, {"help": 5, "it": 6, "staff": 7})


async def opened(services: Services, told: str = "macet", stage: Stage = Stage.OTHER, creator: int = CREATOR) -> Ticket:
    return await services.tickets.open(Actor(creator), "Raka", stage, [QuestionAnswer("Apa yang terjadi?", told)])


async def it_says(
    services: Services, text: str, status: TicketState | None = None, external: str = "x1", ticket_id: int = 1
) -> bool:
    async with services.database.unit() as tx:
        landed = await services.it_answers.it_reply(
            tx, ticket_id, text, external_id=external, author_name="IT Pusat", status=status
        )
    return landed.is_new


Act = Callable[[Services, int], Awaitable[object]]


async def _written(services: Services, number: int, by: Speaker, text: str) -> None:
    ticket = await services.tickets.get(1)
    kept = await services.threads.get(ticket.kept_thread_id or 0)
    assert kept is not None and by.id is not None
    await services.ticket_conversation.message_in_thread(Actor(by.id), kept, by, text, 1_000 + number)


ACTS: dict[str, Act] = {
    "claim": lambda s, n: s.ticket_desk.claim(Actor(IT), 1, BY_IT),
    "hand over": lambda s, n: s.ticket_desk.hand_over(Actor(IT), 1, BY_IT, KOL, "Sari"),
    "escalate": lambda s, n: s.ticket_desk.escalate(Actor(KOL), 1, BY_KOL, SECRET),
    "ask": lambda s, n: s.ticket_desk.ask(Actor(KOL), 1, BY_KOL, "Versi berapa?"),
    "note": lambda s, n: s.ticket_desk.note(Actor(IT), 1, BY_IT, SECRET),
    "reply": lambda s, n: s.ticket_desk.reply(Actor(IT), 1, BY_IT, "Kami cek dulu"),
    "resolve": lambda s, n: s.ticket_desk.resolve(Actor(IT), 1, BY_IT, CONCLUSION, "outage"),
    "close": lambda s, n: s.tickets.close_own(Actor(CREATOR), "Raka", 1),
    "reopen": lambda s, n: s.tickets.reopen(Actor(CREATOR), 1, BY_CREATOR),
    "rate": lambda s, n: s.tickets.rate(Actor(CREATOR), "Raka", 1, 4, "ok"),
    "creator writes": lambda s, n: _written(s, n, BY_CREATOR, "masih gagal"),
    "it writes": lambda s, n: _written(s, n, BY_IT, "sedang dicek"),
    "creator leaves": lambda s, n: s.ticket_conversation.creator_left(CREATOR),
    "creator is back": lambda s, n: s.ticket_conversation.creator_back(CREATOR),
    "it works": lambda s, n: it_says(s, "dikerjakan", TicketState.IN_PROGRESS, f"e{n}"),
    "it waits": lambda s, n: it_says(s, "versi?", TicketState.WAITING, f"e{n}"),
    "it resolves": lambda s, n: it_says(s, CONCLUSION, TicketState.RESOLVED, f"e{n}"),
    "it closes": lambda s, n: it_says(s, "", TicketState.CLOSED, f"e{n}"),
    "it reopens": lambda s, n: it_says(s, "belum", TicketState.REOPENED, f"e{n}"),
    "it begins anew": lambda s, n: it_says(s, "", TicketState.NEW, f"e{n}"),
}


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(sorted(ACTS)), min_size=3, max_size=14))
def test_in_whatever_order_people_act_the_ticket_stays_whole(acts: list[str]) -> None:
    async def story() -> None:
        with tempfile.TemporaryDirectory() as folder:
            services = await open_services(make_settings(Path(folder)))
            try:
                await ready(services)
                await opened(services)
                for number, act in enumerate(acts):
                    try:
                        await ACTS[act](services, number)
                    except DomainError as refusal:
                        assert refusal.message
                    await check_whole(services)
            finally:
                await services.close()

    asyncio.run(story())


async def check_whole(services: Services) -> None:
    ticket = await services.tickets.get(1)
    # The log tells the way from the first state to the present one, by legal moves only.
    state = None
    for entry in await services.tickets.entries(1):
        if entry.to_state is None:
            continue
        assert entry.from_state is state
        assert state is None or rules.may_move(state, entry.to_state)
        state = entry.to_state
    assert state is ticket.state
    runs = ticket.state in OPEN_STATES - {TicketState.WAITING}
    assert (ticket.clock_since is not None) == runs == (ticket.resolution_due_at is not None)
    assert (ticket.first_response_at is None) or ticket.response_due_at is None
    waiting = await services.database.read.fetch_all(
        "SELECT kind FROM due_item WHERE state = 'waiting' AND kind IN"
        " ('ticket.silence-warning', 'ticket.silence-close', 'ticket.resolved-close')"
    )
    planned = {row["kind"] for row in waiting}
    if ticket.state is TicketState.CLOSED:
        assert not planned
    elif ticket.state is TicketState.RESOLVED:
        assert planned == {"ticket.resolved-close"}
    elif ticket.creator_left_at is not None:
        assert planned == {"ticket.silence-close"}
    else:
        silent = {"ticket.silence-warning", "ticket.silence-close"}
        assert planned == (silent if ticket.state is TicketState.WAITING else set())
    shown = "SELECT payload, kind, lane FROM outbox_message WHERE payload LIKE '%' || :secret || '%'"
    for row in await services.database.read.fetch_all(shown, {"secret": SECRET}):
        assert row["lane"] in ("channel:6", "channel:7"), "an internal word on its way to the creator"


async def test_what_it_sends_arrives_once_and_in_the_thread(services: Services) -> None:
    await ready(services)
    await opened(services)
    assert await it_says(services, "Sedang dicek, rek 1234567890", TicketState.IN_PROGRESS)
    assert not await it_says(services, "Sedang dicek, rek 1234567890", TicketState.IN_PROGRESS)
    ticket = await services.tickets.get(1)
    assert ticket.state is TicketState.IN_PROGRESS and ticket.first_response_at is not None
    said = [one for one in await services.tickets.entries(1) if one.external_id == "x1"]
    assert [one.text for one in said] == ["Sedang dicek, rek ••••7890"]
    rows = await services.database.read.fetch_all("SELECT payload FROM outbox_message WHERE kind = 'thread_message'")
    texts = [json.loads(row["payload"])["description"] for row in rows]
    assert texts.count("Sedang dicek, rek ••••7890") == 1


async def test_a_status_that_is_no_legal_move_is_noted_for_staff_and_the_words_still_land(services: Services) -> None:
    await ready(services)
    await opened(services)
    await services.ticket_desk.claim(Actor(IT), 1, BY_IT)
    assert await it_says(services, "ulang dari awal", TicketState.NEW, "a")
    assert await it_says(services, "beres", TicketState.RESOLVED, "b")
    ticket, told = await services.tickets.get(1), await services.tickets.entries(1)
    assert ticket.state is TicketState.IN_PROGRESS and ticket.conclusion is None
    assert [one.text for one in told if one.kind is EntryKind.MESSAGE] == ["ulang dari awal", "beres"]
    ignored = [one for one in told if one.kind is EntryKind.NOTE]
    assert len(ignored) == 2 and all(one.internal and "tidak dipakai" in one.text for one in ignored)


async def test_it_can_ask_and_conclude_by_itself(services: Services) -> None:
    await ready(services)
    await opened(services)
    async with services.database.unit() as tx:
        await services.it_answers.forwarded(tx, 1)
        await services.it_answers.forwarded(tx, 1)
    assert await it_says(services, "Versi berapa?", TicketState.WAITING, "a")
    assert (await services.tickets.get(1)).state is TicketState.WAITING
    assert await it_says(services, CONCLUSION, TicketState.RESOLVED, "b")
    ticket = await services.tickets.get(1)
    assert ticket.state is TicketState.RESOLVED and ticket.conclusion == CONCLUSION
    kinds = [one.kind for one in await services.tickets.entries(1)]
    assert kinds == [EntryKind.OPENED, EntryKind.FORWARDED, EntryKind.INFO_ASKED, EntryKind.RESOLVED]


async def test_the_queue_is_sorted_by_what_breaches_first(services: Services) -> None:
    await ready(services)
    await opened(services, "pelan", Stage.OTHER, 11)
    await opened(services, "uang", Stage.WITHDRAWAL, 12)
    await opened(services, "menunggu", Stage.WITHDRAWAL, 13)
    await services.ticket_desk.ask(Actor(KOL), 3, BY_KOL, "Versi berapa?")
    found, total = await services.tickets.queue()
    assert [one.id for one in found] == [2, 1, 3] and total == 3
    assert [one.id for one in (await services.tickets.queue(QueueFilter(stage=Stage.OTHER)))[0]] == [1]
    assert [one.id for one in (await services.tickets.queue(QueueFilter(unassigned=True)))[0]] == [2, 1]
    assert [one.id for one in await services.tickets.suggest("#2")] == [2]


async def test_without_a_help_channel_nothing_is_opened(services: Services) -> None:
    with pytest.raises(DomainError, match="pengaturan siapkan"):
        await opened(services)
    assert (await services.tickets.mine(CREATOR))[1] == 0


async def test_hundreds_at_once_each_have_their_thread_and_number(services: Services) -> None:
    await ready(services)
    tickets = await asyncio.gather(*(opened(services, f"macet {one}", creator=1_000 + one) for one in range(300)))
    assert sorted(one.id for one in tickets) == list(range(1, 301))
    rows = await services.database.read.fetch_all("SELECT DISTINCT lane FROM outbox_message WHERE kind = 'thread'")
    assert len(rows) == 300
    assert len({one.kept_thread_id for one in tickets}) == 300
