"""What happens in ticket threads without buttons: replies, a thread deleted by hand, a creator who comes back."""

from collections.abc import AsyncIterator

import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle

from bot.platform.audit import Actor
from bot.settings import Settings
from bot.tickets import entry_store
from bot.tickets.models import Author, Entry, EntryKind, QuestionAnswer, Speaker, Stage, Ticket, TicketState
from tests.support.people import registered_creator
from tests.support.server import Server, open_server, text_of
from tests.support.tickets import delivered

PROBLEM = "Penarikan belum masuk sejak kemarin"


@pytest.fixture
async def reading_server(settings: Settings) -> AsyncIterator[Server]:
    """A server where the message content intent is switched on."""
    async with open_server(settings.model_copy(update={"message_content_intent": True})) as server:
        await server.set_up()
        yield server


async def open_ticket(server: Server, creator: MemberActor) -> Ticket:
    ticket = await server.services.tickets.open(
        Actor(creator.id), creator.name, Stage.WITHDRAWAL, [QuestionAnswer("Masalah", PROBLEM)]
    )
    await delivered(server)
    return await server.services.tickets.get(ticket.id)


def thread_of(server: Server) -> ChannelHandle:
    """The newest ticket thread."""
    return max(server.channel("bantuan").threads, key=lambda thread: thread.id)


async def entries(server: Server, ticket: Ticket, kind: EntryKind = EntryKind.MESSAGE) -> list[Entry]:
    everything = await entry_store.of_ticket(server.services.database.read, ticket.id)
    return [entry for entry in everything if entry.kind is kind]


async def ask(server: Server, staff: MemberActor, ticket: Ticket) -> None:
    """Staff ask the creator something, so that the ticket waits."""
    by = Speaker(Author.IT, staff.id, staff.name)
    await server.services.ticket_desk.ask(Actor(staff.id), ticket.id, by, "Jam berapa penarikannya?")
    await delivered(server)
    assert (await server.services.tickets.get(ticket.id)).state is TicketState.WAITING


async def test_a_thread_holds_creator_header_and_greeting_in_order(server: Server) -> None:
    raka = await registered_creator(server, "raka")
    await open_ticket(server, raka)

    thread = thread_of(server)
    assert (thread.name or "").startswith("Tiket #1 ")
    first, *others = map(text_of, server.messages(thread))
    assert PROBLEM in first and others
    await raka.send(thread, "sudah saya coba lagi")


async def test_a_reply_is_kept_word_by_word_when_the_bot_may_read_it(reading_server: Server) -> None:
    server = reading_server
    raka, budi = await registered_creator(server, "raka"), await server.staff("budi.it", "IT Support")
    ticket = await open_ticket(server, raka)
    await ask(server, budi, ticket)

    await raka.send(thread_of(server), "jam 3 sore, rekening 1234567890123 😭")
    await delivered(server)

    assert (await server.services.tickets.get(ticket.id)).state is TicketState.IN_PROGRESS
    (entry,) = await entries(server, ticket)
    assert entry.author is Author.CREATOR and entry.author_name == "raka"
    assert entry.text.startswith("jam 3 sore") and "1234567890123" not in entry.text
    page = (await server.services.transcripts.copy(ticket.id, staff=False)).content.decode()
    assert "jam 3 sore" in page and "1234567890123" not in page


async def test_a_reply_counts_although_the_bot_may_not_read_it(server: Server) -> None:
    raka, budi = await registered_creator(server, "raka"), await server.staff("budi.it", "IT Support")
    ticket = await open_ticket(server, raka)
    await ask(server, budi, ticket)

    await raka.send(thread_of(server), "jam 3 sore")
    await delivered(server)

    assert (await server.services.tickets.get(ticket.id)).state is TicketState.IN_PROGRESS
    (entry,) = await entries(server, ticket)
    assert entry.author is Author.CREATOR and "jam 3" not in entry.text and entry.text


async def test_it_and_staff_answer_under_their_own_side(reading_server: Server) -> None:
    server = reading_server
    raka = await registered_creator(server, "raka")
    budi, sari = await server.staff("budi.it", "IT Support"), await server.staff()
    ticket = await open_ticket(server, raka)

    for person in (budi, sari):
        server.env.backend.add_thread_member(thread_of(server).id, person.id)
        await person.send(thread_of(server), f"Halo dari {person.name}")
    await delivered(server)

    said = [(entry.author, entry.author_name, entry.text) for entry in await entries(server, ticket)]
    assert said == [(Author.IT, "budi.it", "Halo dari budi.it"), (Author.STAFF, "sari.kol", "Halo dari sari.kol")]
    after = await server.services.tickets.get(ticket.id)
    assert after.assignee_id == budi.id and after.first_response_at is not None


async def test_a_reply_reopens_what_was_resolved(server: Server) -> None:
    raka, budi = await registered_creator(server, "raka"), await server.staff("budi.it", "IT Support")
    ticket = await open_ticket(server, raka)
    async with server.services.database.unit() as tx:
        conclusion = "Penarikanmu sudah dikirim ulang oleh bank."
        await server.services.tickets.resolve(tx, Actor(budi.id), ticket.id, conclusion, "bank")
    await delivered(server)

    await raka.send(thread_of(server), "masih belum masuk kak")
    await delivered(server)

    assert (await server.services.tickets.get(ticket.id)).state is TicketState.REOPENED


async def test_what_was_written_while_the_bot_was_off_is_read_when_it_is_back(reading_server: Server) -> None:
    server = reading_server
    raka, budi = await registered_creator(server, "raka"), await server.staff("budi.it", "IT Support")
    ticket = await open_ticket(server, raka)
    await ask(server, budi, ticket)
    await raka.send(thread_of(server), "sebelum mati")
    await delivered(server)
    old = server.bot
    await old.services.outbox.stop()
    await old.remove_cog("TicketListeningCog")

    await raka.send(thread_of(server), "selama mati, satu")
    await raka.send(thread_of(server), "selama mati, dua")
    await server.restart()
    await raka.send(thread_of(server), "sesudahnya")
    await delivered(server)

    said = [entry.text for entry in await entries(server, ticket)]
    assert said == ["sebelum mati", "selama mati, satu", "selama mati, dua", "sesudahnya"]


async def test_what_is_written_elsewhere_is_nobodys_business(reading_server: Server) -> None:
    server = reading_server
    raka = await registered_creator(server, "raka")
    ticket = await open_ticket(server, raka)

    await raka.send(server.channel("bantuan"), "halo semua")
    await delivered(server)

    assert await entries(server, ticket) == []


async def test_a_thread_deleted_by_hand_is_made_anew_with_its_header(server: Server) -> None:
    raka = await registered_creator(server, "raka")
    ticket = await open_ticket(server, raka)
    first = thread_of(server)

    server.env.backend.delete_channel(first.id)
    await delivered(server)

    second = thread_of(server)
    assert second.id != first.id and "lanjutan" in (second.name or "")
    assert any(PROBLEM in text_of(message) for message in server.messages(second))
    (noted,) = await entries(server, ticket, EntryKind.THREAD_LOST)
    assert noted.internal
    await raka.send(second, "lanjut di sini")
    await delivered(server)
    assert len(await entries(server, ticket)) == 1


async def test_a_thread_deleted_while_the_bot_was_off_is_noticed_at_the_start(server: Server) -> None:
    raka = await registered_creator(server, "raka")
    ticket = await open_ticket(server, raka)
    await server.bot.remove_cog("TicketListeningCog")
    server.env.backend.delete_channel(thread_of(server).id)

    await server.restart()

    assert len(await entries(server, ticket, EntryKind.THREAD_LOST)) == 1
    assert any(PROBLEM in text_of(message) for message in server.messages(thread_of(server)))


async def test_a_creator_who_leaves_and_returns_finds_the_thread_again(server: Server) -> None:
    raka = await registered_creator(server, "raka")
    ticket = await open_ticket(server, raka)
    thread = thread_of(server)

    server.guild.remove_member(raka)
    await delivered(server)
    assert (await server.services.tickets.get(ticket.id)).creator_left_at is not None
    server.guild.add_member(raka.user)
    await delivered(server)

    assert (await server.services.tickets.get(ticket.id)).creator_left_at is None
    assert raka.id in server.env.backend.get_thread(thread.id).thread_members
    kinds = [
        entry.kind
        for kind in (EntryKind.CREATOR_LEFT, EntryKind.CREATOR_BACK)
        for entry in await entries(server, ticket, kind)
    ]
    assert kinds == [EntryKind.CREATOR_LEFT, EntryKind.CREATOR_BACK]


async def test_a_closed_ticket_has_a_transcript_kept_that_a_later_entry_renews(server: Server) -> None:
    raka = await registered_creator(server, "raka")
    ticket = await open_ticket(server, raka)
    await server.services.tickets.close_own(Actor(raka.id), raka.name, ticket.id)
    await delivered(server)
    await server.env.advance_time(1)

    count = "SELECT count(*) AS n FROM stored_file WHERE kind = 'transcript'"
    row = await server.services.database.read.fetch_one(count)
    assert row is not None and row["n"] == 2
    first = await server.services.transcripts.copy(ticket.id, staff=True)
    assert first.filename == "tiket-1-staf.html" and PROBLEM in first.content.decode()
    async with server.services.database.unit() as tx:
        await server.services.ticket_log.add(
            tx, ticket.id, EntryKind.NOTE, Author.STAFF, text="Catatan belakangan", internal=True
        )

    theirs = (await server.services.transcripts.copy(ticket.id, staff=False)).content.decode()
    ours = (await server.services.transcripts.copy(ticket.id, staff=True)).content.decode()
    assert "Catatan belakangan" in ours and "Catatan belakangan" not in theirs
    row = await server.services.database.read.fetch_one(count)
    assert row is not None and row["n"] == 2
