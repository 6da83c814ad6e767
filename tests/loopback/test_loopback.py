"""The loopback Discord itself, tried with a throw-away bot in a process of its own."""

import asyncio
import contextlib
import sqlite3
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.loopback.choices import Upload
from tests.loopback.driver import User
from tests.loopback.process import BotProcess
from tests.loopback.server import Loopback
from tests.loopback.wire import Json

ECHO = (sys.executable, "-m", "tests.loopback.echo_bot")


@pytest.fixture
async def discord() -> AsyncIterator[Loopback]:
    async with Loopback() as served:
        yield served
        served.check()


@pytest.fixture
async def bot(discord: Loopback) -> AsyncIterator[BotProcess]:
    async with discord.bot(ECHO) as running:
        yield running


@pytest.fixture
def rini(discord: Loopback) -> User:
    return discord.user("Rini")


async def panel_by(user: User) -> Json:
    shown = await user.slash("gema panel")
    assert shown.message is not None
    return shown.message


async def test_a_bot_registers_its_commands_and_answers_one(discord: Loopback, bot: BotProcess, rini: User) -> None:
    assert [command["name"] for command in discord.world.commands[None]] == ["gema"]
    answer = await rini.slash("gema teks", teks="halo ", kali=2, siapa=rini)
    assert (answer.kind, answer.content, answer.ephemeral) == ("message", f"{rini.mention}: halo halo ", True)
    assert answer.latency is not None and answer.latency < 3
    with pytest.raises(ValueError, match="outside its bounds"):
        await rini.slash("gema teks", teks="halo", kali=9)
    with pytest.raises(LookupError, match="there are"):
        await rini.slash("gema tekss")


async def test_autocomplete_offers_what_the_bot_returns(bot: BotProcess, rini: User) -> None:
    answer = await rini.autocomplete("gema teks", "teks", "a")
    assert [choice["value"] for choice in answer.choices] == ["apel", "anggur"]


async def test_a_message_keeps_its_picture_buttons_and_select(discord: Loopback, bot: BotProcess, rini: User) -> None:
    message = await panel_by(rini)
    picture = message["attachments"][0]
    assert (picture["size"], picture["description"]) == (2004, "Gambar contoh")
    assert message["embeds"][0]["image"]["url"] == picture["url"]
    assert discord.sent_to(discord.world.general) == [message]
    sari = discord.user("Sari")
    assert (await rini.select(message, sari, custom_id="tsc:echo:who")).content == "Memilih Sari"


async def test_a_button_edits_its_message_at_once_or_later(discord: Loopback, bot: BotProcess, rini: User) -> None:
    message = await panel_by(rini)
    later = await rini.press(message, label="Nanti")
    assert (later.kind, later.content) == ("update", "Akhirnya")
    now = await rini.press(message, label="Ubah")
    assert (now.kind, now.content) == ("update", "Sudah diubah")
    with pytest.raises(LookupError, match="disabled"):
        await rini.press(now, label="Ubah")
    stale = await rini.press(message, label="Ubah")
    assert stale.kind == "update"


async def test_a_modal_brings_text_choices_and_files(bot: BotProcess, rini: User) -> None:
    opened = await rini.press(await panel_by(rini), label="Isi")
    assert opened.kind == "modal"
    with pytest.raises(ValueError, match="required"):
        await rini.submit(opened, {"niche": ["Mode"]})
    values = {"nama": "Rini 🌸", "niche": ["Mode", "Gim"], "bukti": Upload("bukti.png", bytes(321))}
    answer = await rini.submit(opened, values)
    assert (answer.kind, answer.ephemeral, answer.content) == ("message", True, "Rini 🌸 | Mode, Gim | [321]")
    assert answer.followups == []


async def test_a_thread_holds_the_person_it_was_made_for(discord: Loopback, bot: BotProcess, rini: User) -> None:
    await rini.slash("gema utas")
    (thread,) = rini.threads()
    (greeting,) = discord.sent_to(thread)
    assert greeting["mentions"] == [discord.world.user(rini.id)]
    assert thread["type"] == 12 and not thread["thread_metadata"]["invitable"]


async def test_roles_channels_and_a_dm_are_made(discord: Loopback, bot: BotProcess, rini: User) -> None:
    answer = await rini.slash("gema susun")
    assert answer.content == "3 anggota, khusus-staf"
    assert rini.roles == {"Kreator"}
    channel = discord.world.channel_named("khusus-staf")
    assert discord.world.permissions(rini.id, channel) & (1 << 10) == 0
    assert "Peran diberikan" in [message["content"] for message in rini.dms()]


async def test_closed_dms_are_refused(discord: Loopback, bot: BotProcess) -> None:
    quiet = discord.user("Tono", member=False)
    quiet.close_dms()
    quiet.join()
    await quiet.slash("gema susun")
    assert quiet.dms() == []
    assert [m["content"] for m in discord.sent_to(discord.world.channel_named("khusus-staf"))] == ["DM tertutup"]


async def test_a_newcomer_is_seen_and_greeted(discord: Loopback, bot: BotProcess) -> None:
    newcomer = discord.user("Budi")
    await discord.world.until(newcomer.dms, what="the greeting")
    assert newcomer.dms()[0]["content"] == "Selamat datang, Budi!"


async def test_a_button_in_a_dm_is_pressed_outside_the_guild(discord: Loopback, bot: BotProcess, rini: User) -> None:
    await discord.world.until(rini.dms, what="the greeting")
    answer = await rini.press(rini.dms()[0], label="Hitung 9")
    assert answer.content == "Tercatat: Rini"


async def test_an_option_takes_a_file_and_a_role(discord: Loopback, bot: BotProcess, rini: User) -> None:
    role = discord.world.add_role("Tim KOL")
    answer = await rini.slash("gema berkas", berkas=Upload("kol é.csv", b"a;b"), peran=role)
    assert answer.content == "kol é.csv 3 Tim KOL"


async def test_a_channel_is_read_from_a_point_on(discord: Loopback, bot: BotProcess, rini: User) -> None:
    messages = [rini.say(discord.world.general, text) for text in ("satu", "dua", "tiga", "empat")]
    answer = await rini.slash("gema riwayat", sejak=messages[0]["id"])
    assert answer.content == "dua | tiga"


async def test_members_of_a_large_guild_arrive_in_chunks(discord: Loopback) -> None:
    for number in range(1200):
        discord.user(f"Anggota {number}")
    rini = discord.user("Rini")
    async with discord.bot(ECHO):
        assert (await rini.slash("gema susun")).content == "1203 anggota, khusus-staf"


async def test_an_intent_that_is_not_switched_on_keeps_the_bot_out(discord: Loopback) -> None:
    discord.gateway.allowed_intents = 0
    bot = discord.bot(ECHO)
    with pytest.raises(RuntimeError, match="PrivilegedIntentsRequired"):
        async with bot:
            pass


async def test_the_same_nonce_makes_one_message(discord: Loopback, bot: BotProcess, rini: User) -> None:
    answer = await rini.slash("gema kirim", nonce="42")
    assert answer.content == "True"
    assert len(discord.sent_to(discord.world.general)) == 1


async def test_a_lost_answer_is_retried_without_a_second_message(
    discord: Loopback, bot: BotProcess, rini: User
) -> None:
    discord.faults.add("POST", f"/channels/{discord.world.general['id']}/messages", status=502, applied=True)
    assert (await rini.slash("gema kirim", nonce="43")).content == "True"
    assert len(discord.sent_to(discord.world.general)) == 1


async def test_a_dropped_connection_leaves_the_bot_in_doubt(discord: Loopback, bot: BotProcess, rini: User) -> None:
    discord.faults.drop("POST", f"/channels/{discord.world.general['id']}/messages", applied=True)
    in_doubt = await rini.slash("gema kirim", None, 0.3, nonce="45")
    assert in_doubt.kind == "deferred"
    assert (await rini.slash("gema kirim", nonce="45")).content == "True"
    assert len(discord.sent_to(discord.world.general)) == 1


async def test_fifty_people_press_at_the_same_moment(discord: Loopback, bot: BotProcess, rini: User) -> None:
    message = await panel_by(rini)
    people = [discord.user(f"Orang {n}") for n in range(50)]
    answers = await asyncio.gather(*(person.press(message, label="Hitung 7") for person in people))
    assert [answer.content for answer in answers] == [f"Tercatat: {person.name}" for person in people]
    assert all(answer.latency is not None and answer.latency < 3 for answer in answers)
    assert not any(answer.refused for answer in answers)


async def test_a_killed_bot_keeps_what_it_confirmed(discord: Loopback, rini: User, tmp_path: Path) -> None:
    database = tmp_path / "presses.db"
    async with discord.bot([*ECHO, str(database)]) as bot:
        message = await panel_by(rini)
        before = await rini.press(message, label="Hitung 7")
        gate = discord.faults.hold("POST", "/interactions/*/callback")
        press = asyncio.create_task(rini.press(message, label="Hitung 7"))
        await gate.reached()
        await bot.killed()
        assert bot.returncode == -9
        unanswered = await press
        await bot.restart()
        after = await rini.press(message, label="Hitung 7")
        assert [answer.kind for answer in (before, unanswered, after)] == ["message", "none", "message"]
        gate.open()
    with contextlib.closing(sqlite3.connect(database)) as kept:
        stored = [row[0] for row in kept.execute("SELECT interaction FROM presses ORDER BY interaction")]
    assert stored == [answer.interaction.id for answer in (before, unanswered, after)]


async def test_a_cut_gateway_is_resumed_and_nothing_is_missed(discord: Loopback, bot: BotProcess, rini: User) -> None:
    resumed = discord.gateway.next_resume()
    discord.gateway.cut()
    await discord.world.until(lambda: not discord.gateway.connected)
    answer = await rini.slash("gema teks", None, 15.0, teks="saat putus")
    await resumed
    assert answer.content == "saat putus"
    assert discord.gateway.ready_count == 1


async def test_an_invalid_session_identifies_again(discord: Loopback, bot: BotProcess, rini: User) -> None:
    ready = discord.gateway.next_ready()
    discord.gateway.invalidate()
    await ready
    assert (await rini.slash("gema teks", teks="lagi")).content == "lagi"


async def test_a_rate_limit_is_waited_out(discord: Loopback, bot: BotProcess, rini: User) -> None:
    discord.faults.rate_limit("POST", f"/channels/{discord.world.general['id']}/messages", retry_after=0.3)
    discord.faults.rate_limit("POST", "/channels/*/threads", retry_after=0.3, is_global=True)
    first = await rini.slash("gema kirim", nonce="44")
    assert first.content == "True"
    assert first.finished_after is not None and first.finished_after > 0.3
    await rini.slash("gema utas")
    assert [r.status for r in discord.world.requests if r.path.endswith("/threads")] == [429, 200]


async def test_a_late_answer_is_refused_as_on_discord(discord: Loopback, bot: BotProcess, rini: User) -> None:
    discord.interactions.answer_within = 0.0
    answer = await rini.slash("gema teks", None, 0.5, teks="terlambat")
    assert answer.kind == "none"
    assert len(answer.refused) == 1


async def test_an_unknown_request_is_refused_and_noted(discord: Loopback) -> None:
    reader, writer = await asyncio.open_unix_connection(str(discord.socket))
    writer.write(b"GET /api/v10/guilds/1/bans HTTP/1.1\r\nHost: discord.com\r\nConnection: close\r\n\r\n")
    assert b'{"message": "404: Not Found", "code": 0}' in await reader.read()
    writer.close()
    with pytest.raises(AssertionError, match="bans"):
        discord.check()
    discord.world.unknown_requests.clear()
    discord.world.requests.clear()


async def test_a_bot_that_cannot_start_says_why(discord: Loopback) -> None:
    bot = discord.bot((sys.executable, "-c", "raise SystemExit('tidak bisa')"))
    with pytest.raises(RuntimeError, match="tidak bisa"):
        async with bot:
            pass
