"""Kept threads on a Discord that fails, is full, or had them deleted; and a bot killed while it makes them."""

import asyncio
import contextlib
import os
import random
import time
from collections.abc import Sequence

import pytest

from bot.platform.audit import Actor
from bot.platform.messages import Message
from bot.platform.outbox import Kind
from bot.tickets.models import QuestionAnswer, Stage
from tests.faults.rounds import every_message_arrived_once_and_in_order
from tests.loopback.driver import User
from tests.loopback.wire import Json
from tests.support.live import Live, text_of

KILLS = 20
TICKETS = 40
HOUR = 3600
MOMENTS = (
    ("POST", "/channels/*/threads"),
    ("PUT", "/channels/*/thread-members/*"),
    ("POST", "/channels/*/messages"),
    ("PATCH", "/channels/*"),
    ("", ""),
)


async def wanted(live: Live, number: int, *texts: str, members: Sequence[User] = (), shut: bool = False) -> int:
    """A thread and what is to be said in it, put into the store while the bot is stopped; its kept id."""
    assert not live.bot.running
    async with live.services() as services, services.database.unit() as tx:
        parent = int(live.channel("bantuan")["id"])
        ids = [member.id for member in members]
        kept = await services.threads.open(tx, f"ticket:{number}", parent, name_of(number), ids)
        for text in texts:
            await services.threads.say(tx, kept, Message(content=text))
        if shut:
            await services.threads.arrange(tx, kept, archived=True, locked=True)
    return kept


def name_of(number: int) -> str:
    return f"Tiket #{number} · uji coba"


def threads_named(live: Live, number: int) -> list[Json]:
    channels = live.discord.world.channels.values()
    return [channel for channel in channels if channel.get("name") == name_of(number)]


def said_in(live: Live, thread: Json) -> list[str]:
    return [message["content"] for message in live.discord.sent_to(thread)]


def state_of(thread: Json) -> tuple[bool, bool]:
    return thread["thread_metadata"]["archived"], thread["thread_metadata"]["locked"]


def lost(live: Live) -> list[str]:
    return [row["key"] for row in live.rows("SELECT key FROM kept_thread WHERE lost_at IS NOT NULL")]


@pytest.fixture
async def raka(live: Live) -> User:
    """Somebody who has been welcomed; the bot is stopped."""
    person = live.discord.user("raka")
    await live.discord.world.until(lambda: live.posts("selamat-datang"), what="the welcome")
    await live.settled()
    await live.bot.stop()
    return person


async def test_a_thread_is_made_with_its_people_in_it_and_its_messages_in_order(live: Live, raka: User) -> None:
    await wanted(live, 1, "Kepala", "Isi", members=[raka], shut=True)

    await live.bot.restart()
    await live.settled()

    (thread,) = threads_named(live, 1)
    assert raka.threads() == [thread] and thread["type"] == 12
    assert thread["thread_metadata"]["invitable"] is False
    assert said_in(live, thread) == ["Kepala", "Isi"]
    assert state_of(thread) == (True, True)


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_failing_discord_that_made_the_thread_all_the_same_makes_no_second_one(
    live: Live, raka: User, status: int
) -> None:
    """discord.py would repeat a 500 and a 502 by itself, and there is no nonce for threads."""
    await wanted(live, 1, "Kepala", members=[raka])
    live.discord.faults.add("POST", "/channels/*/threads", status=status, applied=True)

    await live.bot.restart()
    await live.settled()

    (thread,) = threads_named(live, 1)
    assert said_in(live, thread) == ["Kepala"] and raka.threads() == [thread]


@pytest.mark.parametrize("old", [False, True], ids=["young", "archived-since"])
async def test_a_thread_cut_off_in_the_making_is_found_again(live: Live, raka: User, *, old: bool) -> None:
    await wanted(live, 1, "Kepala", members=[raka])
    gate = live.discord.faults.hold("POST", "/channels/*/threads", applied=True)
    await live.bot.restart()
    await gate.reached()
    await live.bot.killed()
    if old:
        live.change("UPDATE outbox_message SET attempted_at = attempted_at - :hours", {"hours": 2 * HOUR})
        threads_named(live, 1)[0]["thread_metadata"]["archived"] = True

    await live.bot.restart()
    await live.settled()

    (thread,) = threads_named(live, 1)
    assert said_in(live, thread) == ["Kepala"] and raka.threads() == [thread]


async def test_a_full_server_delays_threads_and_staff_read_so_once(live: Live, raka: User) -> None:
    live.discord.world.most_active_threads = 0
    kept = [await wanted(live, number, "Kepala", members=[raka]) for number in (1, 2, 3)]
    refused = live.discord.world

    await live.bot.restart()
    await refused.until(lambda: sum(r.path.endswith("/threads") and r.status == 400 for r in refused.requests) >= 3)
    await live.discord.world.until(lambda: live.posts("log-bot"), what="the note to staff")
    (note,) = live.posts("log-bot")
    assert "1.000 thread aktif" in text_of(note)
    assert live.value("SELECT count(*) FROM kept_thread WHERE thread_id IS NOT NULL") == 0

    await live.bot.stop()
    live.discord.world.most_active_threads = 1_000
    live.change("UPDATE outbox_message SET due_at = created_at WHERE state = 'sending'")
    await live.bot.restart()
    await live.settled()

    assert [said_in(live, thread) for number in (1, 2, 3) for thread in threads_named(live, number)] == [["Kepala"]] * 3
    assert len(live.posts("log-bot")) == 1 and len(kept) == 3 and lost(live) == []


async def test_a_message_to_a_thread_deleted_by_hand_is_not_sent_and_the_loss_is_noted_once(
    live: Live, raka: User
) -> None:
    kept = await wanted(live, 1, "Kepala", members=[raka])
    await live.bot.restart()
    await live.settled()
    await live.bot.stop()
    (thread,) = threads_named(live, 1)
    live.discord.world.remove_channel(int(thread["id"]))
    async with live.services() as services, services.database.unit() as tx:
        for text in ("satu", "dua", "tiga"):
            await services.threads.say(tx, kept, Message(content=text))

    await live.bot.restart()
    await live.settled()

    assert lost(live) == ["ticket:1"]
    states = [row["state"] for row in live.rows("SELECT state FROM outbox_message WHERE kind = 'thread_message'")]
    assert states == ["sent", "failed", "failed", "failed"]
    assert ["sudah dihapus" in text_of(note) for note in live.posts("log-bot")] == [True]


async def test_what_is_said_and_changed_in_an_archived_thread_leaves_it_archived(live: Live, raka: User) -> None:
    kept = await wanted(live, 1, "Kepala", members=[raka], shut=True)
    await live.bot.restart()
    await live.settled()
    await live.bot.stop()
    header = live.value("SELECT id FROM outbox_message WHERE kind = 'thread_message'")
    sari = live.discord.user("sari")
    async with live.services() as services, services.database.unit() as tx:
        await services.threads.say(tx, kept, Message(content="Terima kasih atas penilaianmu"))
        await services.threads.arrange(tx, kept, add=[sari.id], name=name_of(2))
    await live.bot.restart()
    await live.settled()
    await live.bot.stop()
    await live.put((Kind.EDIT, header, Message(content="Kepala, ditutup")))
    await live.bot.restart()
    await live.settled()

    assert threads_named(live, 1) == []
    (thread,) = threads_named(live, 2)
    assert said_in(live, thread) == ["Kepala, ditutup", "Terima kasih atas penilaianmu"]
    assert state_of(thread) == (True, True)
    assert sari.threads() == [thread]
    assert live.posts("log-bot") == []


async def test_somebody_who_left_keeps_neither_the_others_nor_the_messages_out(live: Live, raka: User) -> None:
    gone = live.discord.user("dewi")
    gone.leave()
    await wanted(live, 1, "Kepala", members=[gone, raka])

    await live.bot.restart()
    await live.settled()

    (thread,) = threads_named(live, 1)
    assert raka.threads() == [thread] and said_in(live, thread) == ["Kepala"]


async def test_threads_that_can_not_be_made_are_noted_as_lost(live: Live, raka: User) -> None:
    await wanted(live, 1, "Kepala", "Isi", members=[raka])
    live.discord.faults.add("POST", "/channels/*/threads", status=403, body={"message": "no", "code": 50013})

    await live.bot.restart()
    await live.settled()

    assert lost(live) == ["ticket:1"] and threads_named(live, 1) == []
    (note,) = live.posts("log-bot")
    assert "Tiket #1" in text_of(note) and "50013" in text_of(note)


async def test_every_ticket_opened_while_the_bot_is_killed_again_and_again_has_one_thread_and_loses_no_word(
    live: Live, raka: User
) -> None:
    seed = int(os.environ.get("LOOPBACK_SEED") or random.randrange(1_000_000))
    print(f"LOOPBACK_SEED={seed}")
    chance = random.Random(seed)
    people = [raka, *(live.discord.user(f"kreator{number}") for number in range(TICKETS // 2))]
    began = time.monotonic()
    written: list[int] = []
    cut_off = 0

    def somebody_writes() -> None:
        threads = live.discord.world.threads()
        for thread in chance.sample(threads, min(3, len(threads))):
            inside = [one for one in people if one.id in live.discord.world.thread_members[int(thread["id"])]]
            if inside:
                written.append(int(chance.choice(inside).say(thread, "Masih belum bisa, kak")["id"]))

    for kill in range(KILLS):
        for number in range(TICKETS * kill // KILLS, TICKETS * (kill + 1) // KILLS):
            await opened(live, people[number % len(people)], shut=number % 5 == 0)
        # Killed when Discord has just done something and not said so, or at any moment.
        method, pattern = chance.choice(MOMENTS)
        gate = live.discord.faults.hold(method, pattern, applied=True) if method else None
        await live.bot.restart()
        with contextlib.suppress(TimeoutError):
            await asyncio.sleep(chance.uniform(0.0, 0.1))
            somebody_writes()
            await (gate.reached(0.5) if gate else asyncio.sleep(chance.uniform(0.0, 0.2)))
        await live.bot.killed()
        live.discord.faults.clear()
        if gate:
            gate.open()
        somebody_writes()
        cut_off += live.value("SELECT count(*) FROM outbox_message WHERE state = 'sending'")
        assert live.damage() == []
    await live.bot.restart()
    await live.settled()
    await _all_is_read(live, written)
    lasted = time.monotonic() - began
    print(f"{KILLS} kills in {lasted:.1f} s: {TICKETS} tickets, {len(written)} replies, {cut_off} steps cut off")

    assert cut_off > KILLS // 3 and len(written) > KILLS // 2
    made = live.rows(
        "SELECT ticket.id, creator_id, name FROM ticket JOIN kept_thread ON kept_thread.id = kept_thread_id"
    )
    assert len(made) == TICKETS
    for row in made:
        (thread,) = [one for one in live.discord.world.channels.values() if one.get("name") == row["name"]]
        assert row["creator_id"] in live.discord.world.thread_members[int(thread["id"])]
        header = next(post for post in live.discord.sent_to(thread) if post["author"]["bot"])
        assert f"#{row['id']}" in text_of(header)
    every_message_arrived_once_and_in_order(live, written)
    assert lost(live) == []


async def opened(live: Live, creator: User, *, shut: bool) -> None:
    """A ticket with something said in its thread, some of them shut: put into the store while the bot is stopped."""
    async with live.services() as services:
        said = [QuestionAnswer("Masalah", "Tidak bisa masuk ke aplikasi")]
        ticket = await services.tickets.open(Actor(creator.id), creator.name, Stage.REGISTRATION, said)
        kept = ticket.kept_thread_id
        assert kept is not None
        async with services.database.unit() as tx:
            for number in (1, 2):
                await services.threads.say(tx, kept, Message(content=f"Kabar {number} untuk tiket {ticket.id}"))
            if shut:
                await services.threads.arrange(tx, kept, archived=True)


async def _all_is_read(live: Live, written: list[int]) -> None:
    """Everything people wrote has been taken in, once."""
    sql = "SELECT discord_message_id FROM ticket_entry WHERE discord_message_id IS NOT NULL"
    async with asyncio.timeout(10):
        while len(read := [row[0] for row in live.rows(sql)]) < len(written):
            await asyncio.sleep(0.1)
    assert sorted(read) == sorted(written)
    await live.settled()
