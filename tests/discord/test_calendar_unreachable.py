"""Discord can't be reached when an entry falls due: within its grace period it goes out late, after it staff decide."""

from __future__ import annotations

import discord
import pytest
from simcord.actors import MemberActor

from bot.content_calendar.models import EntryState
from bot.giveaways.models import GiveawayState
from bot.quizzes.models import QuizState
from tests.support.calendar import add, at, decide, entries, newest, send_sheet, sheet_of, until
from tests.support.campaigns import buttons_of
from tests.support.server import Server, message_of, text_of


@pytest.fixture
async def sari(server: Server) -> MemberActor:
    return await server.staff("sari.kol")


def posts(server: Server, channel: str, text: str) -> list[discord.Message]:
    """The messages of a channel that hold a text."""
    return [message for message in server.messages(channel) if text in text_of(message)]


def cut_off(server: Server, channel: str, status: int = 503, code: int = 0) -> None:
    """Discord answers nothing but an error for one channel."""
    path = f"/channels/{server.channel(channel).id}/messages*"
    server.env.inject_error("*", path, status=status, code=code, message="unwell", times=None)


def reconnect(server: Server) -> None:
    """Discord is well again."""
    server.env.backend.faults.clear()


async def test_a_post_goes_out_late_when_discord_comes_back_within_the_grace_period(
    server: Server, sari: MemberActor
) -> None:
    when = at(server, 1)
    await add(server, sari, when, "Sedikit terlambat")
    await until(server, when, -60)
    cut_off(server, "bantuan")
    await until(server, when, 3_600)
    assert posts(server, "bantuan", "Sedikit terlambat") == []
    reconnect(server)
    await server.env.advance_time(700)

    assert len(posts(server, "bantuan", "Sedikit terlambat")) == 1
    assert posts(server, "staf-kol", "Terlewat") == []


async def test_a_post_that_could_not_go_out_in_time_waits_for_staff(server: Server, sari: MemberActor) -> None:
    when = at(server, 1)
    await add(server, sari, when, "Lewat batas")
    await until(server, when, -60)
    cut_off(server, "bantuan")
    await until(server, when, 3 * 3_600)
    reconnect(server)
    await server.env.advance_time(3_600)

    assert posts(server, "bantuan", "Lewat batas") == []
    [note] = posts(server, "staf-kol", "Terlewat: perlu keputusan")
    assert "Discord tidak bisa dihubungi" in text_of(note)
    assert buttons_of(note) == {"Tayangkan sekarang": True, "Pindahkan": True, "Lewati": True}
    assert (await newest(server)).state is EntryState.MISSED
    assert not posts(server, "log-bot", "tidak terkirim")
    await server.restart(off_for=3_600)
    await server.env.advance_time(86_400)
    assert posts(server, "bantuan", "Lewat batas") == []

    [note] = posts(server, "staf-kol", "Terlewat: perlu keputusan")
    await sari.click(note, label="Tayangkan sekarang")
    await server.env.settle()
    assert len(posts(server, "bantuan", "Lewat batas")) == 1
    assert (await newest(server)).state is EntryState.POSTED


async def test_a_post_that_discord_refuses_waits_for_staff_as_well(server: Server, sari: MemberActor) -> None:
    when = at(server, 1)
    await add(server, sari, when, "Tidak boleh")
    await until(server, when, -60)
    cut_off(server, "bantuan", status=403, code=50001)
    await until(server, when, 5)
    reconnect(server)

    [note] = posts(server, "staf-kol", "Terlewat: perlu keputusan")
    assert "Discord menolak (403" in text_of(note)
    await sari.click(note, label="Tayangkan sekarang")
    await server.env.settle()
    assert len(posts(server, "bantuan", "Tidak boleh")) == 1


async def test_a_quiz_and_a_giveaway_nobody_saw_begin_anew_when_staff_let_them(
    server: Server, sari: MemberActor
) -> None:
    day = at(server, 1)
    date = f"{day.day}/{day.month}/{day.year}"
    data = sheet_of(
        (1, date, "Member Engagement", "Quiz - Hadiah Gopay 25.000 untuk 2 pemenang", "Community", "bantuan", "", "",
         "Kuis malam", "Quiz 1\nWarna apa?\nJawaban: biru"),
        (2, "", "Member Engagement", "Giveaway - Hadiah Gopay 50.000 untuk 3 pemenang", "Community", "bantuan",
         '"BAGI-BAGI"', "", "", "Yuk ikutan!"),
    )  # fmt: skip
    preview = await send_sheet(server, sari, data, year=day.year)
    preview = await decide(sari, preview, "1:10", choice="draw")
    await sari.click(message_of(preview), label="Simpan 2 entri")
    await until(server, day, -60)
    cut_off(server, "bantuan")
    await until(server, day, 6 * 3_600)
    reconnect(server)
    await server.env.advance_time(5 * 86_400)

    assert posts(server, "bantuan", "Warna apa?") == [] and posts(server, "bantuan", "Yuk ikutan!") == []
    assert posts(server, "bantuan", "Kuis malam") == [] and posts(server, "bantuan", "BAGI-BAGI") == []
    reads = server.services.database.read
    quizzes = await reads.fetch_all("SELECT state FROM quiz")
    giveaways = await reads.fetch_all("SELECT state FROM giveaway")
    assert [row["state"] for row in quizzes] == [QuizState.DISCARDED]
    assert [row["state"] for row in giveaways] == [GiveawayState.CANCELLED]
    notes = posts(server, "staf-kol", "Terlewat: perlu keputusan")
    assert len(notes) == 2

    for note in notes:
        await sari.click(note, label="Tayangkan sekarang")
        await server.env.settle()
    assert len(posts(server, "bantuan", "Warna apa?")) == 1 and len(posts(server, "bantuan", "Yuk ikutan!")) == 1
    assert all(one.state is EntryState.POSTED and one.delivery == "sent" for one in await entries(server))
    quizzes = await reads.fetch_all("SELECT state FROM quiz ORDER BY id")
    assert [row["state"] for row in quizzes] == [QuizState.DISCARDED, QuizState.OPEN]
