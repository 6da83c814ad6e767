"""What the calendar does by itself: everything once, in its channel, at its minute, or staff decide."""

from __future__ import annotations

from datetime import timedelta

import discord
import pytest
from simcord.actors import MemberActor

from bot.content_calendar.activities import ActivityOrder, Attached, Figures
from bot.content_calendar.models import EntryState
from bot.platform.database import Reads, UnitOfWork
from bot.platform.errors import DomainError
from tests.support.calendar import add, at, decide, entries, kalender, newest, send_sheet, sheet_of, until, written
from tests.support.campaigns import buttons_of, press_again
from tests.support.server import Server, message_of, text_of


@pytest.fixture
async def sari(server: Server) -> MemberActor:
    return await server.staff("sari.kol")


def posts(server: Server, channel: str, text: str) -> list[discord.Message]:
    """The messages of a channel that hold a text."""
    return [message for message in server.messages(channel) if text in text_of(message)]


async def test_an_entry_appears_in_its_channel_at_its_minute_and_once(server: Server, sari: MemberActor) -> None:
    when = at(server, 2)
    await add(server, sari, when, "Selamat malam, kreator!", channel="bantuan")

    await until(server, when, -5)
    assert posts(server, "bantuan", "Selamat malam") == []
    await until(server, when)

    [post] = posts(server, "bantuan", "Selamat malam")
    assert abs((post.created_at - when).total_seconds()) < 2
    assert (await newest(server)).state is EntryState.POSTED
    await server.restart(off_for=3_600)
    await server.env.advance_time(5 * 86_400)
    assert len(posts(server, "bantuan", "Selamat malam")) == 1


async def test_big_words_are_drawn_as_a_card(server: Server, sari: MemberActor) -> None:
    data = sheet_of(
        (1, written(at(server, 3)).split()[0].rsplit("/", 1)[0], "Member Engagement", "Sapa pagi", "Community",
         "bantuan", '"SEMANGAT SENIN" dibikin besar', "", "Sapaan", "Apa kabar?")
    )  # fmt: skip
    preview = await send_sheet(server, sari, data, year=at(server, 3).year)
    await sari.click(message_of(preview), label="Simpan 1 entri")

    await until(server, at(server, 3))

    [post] = posts(server, "bantuan", "Apa kabar?")
    [card] = post.attachments
    assert "SEMANGAT SENIN" in str(card.description)


async def test_a_whole_month_appears_once_each_whatever_happens_to_the_process(
    server: Server, sari: MemberActor
) -> None:
    """Thirty days in virtual time: a restart in the middle, an hour offline within grace, half a day beyond it."""
    first = at(server, 1, 9)
    for name in ("ngabral", "info"):
        server.guild.create_text_channel(name)
    await server.env.settle()
    rows = []
    for number in range(30):
        day = first + timedelta(days=number)
        section = "Ngabral" if number % 2 else "Info"
        rows.append((number, f"{day.day}/{day.month}/{day.year}", "Member Engagement", "Obrolan", "Community", section,
                     "", "", f"Hari ke {number:02}", f"Isi hari {number:02}"))  # fmt: skip
        if number % 5 == 0:
            rows.append((100 + number, "", "Member Acquisition", "IG", "Instagram Feed", "Instagram", "Slide 1", "",
                         "", f"Caption IG {number:02}"))  # fmt: skip
    preview = await send_sheet(server, sari, sheet_of(*rows), year=first.year, hour="09.00")
    await sari.click(message_of(preview), label="Simpan 36 entri")
    assert len(await entries(server)) == 36

    await until(server, first + timedelta(days=9))
    await server.restart()
    await until(server, first + timedelta(days=14, hours=-1))
    # Off from an hour before its time until an hour after: late, but within two hours.
    await server.restart(off_for=2 * 3_600)
    await until(server, first + timedelta(days=19, hours=-1))
    # Off for half a day over an entry: too late.
    await server.restart(off_for=12 * 3_600)
    await until(server, first + timedelta(days=30))

    for number in range(30):
        channel = "ngabral" if number % 2 else "info"
        other = "info" if number % 2 else "ngabral"
        found = posts(server, channel, f"Isi hari {number:02}")
        due = first + timedelta(days=number)
        assert posts(server, other, f"Isi hari {number:02}") == []
        if number == 19:
            assert found == []
            continue
        assert len(found) == 1, number
        late = (found[0].created_at - due).total_seconds()
        if number == 14:
            assert 3_500 < late < 3_800
        else:
            assert 0 <= late < 60, (number, late)
    for number in range(0, 30, 5):
        [reminder, _] = posts(server, "tim-konten", f"Caption IG {number:02}")
        assert buttons_of(reminder) == {"Sudah tayang": True}
    [note] = posts(server, "staf-kol", "Terlewat")
    assert "Hari ke 19" in text_of(note)
    states = [one.state for one in await entries(server)]
    assert states.count(EntryState.MISSED) == 1 and states.count(EntryState.POSTED) == 35


async def test_staff_decide_on_what_was_missed(server: Server, sari: MemberActor) -> None:
    for number in range(3):
        await add(server, sari, at(server, 1, 9 + number), f"Terlewat nomor {number}")
    await server.restart(off_for=2 * 86_400)
    notes = posts(server, "staf-kol", "Terlewat: perlu keputusan")
    assert len(notes) == 3
    assert all(buttons_of(note) == {"Tayangkan sekarang": True, "Pindahkan": True, "Lewati": True} for note in notes)

    await sari.click(notes[0], label="Tayangkan sekarang")
    await server.env.settle()
    assert len(posts(server, "bantuan", "Terlewat nomor 0")) == 1
    moved = await sari.click(notes[1], label="Pindahkan")
    when = at(server, 1, 20)
    answered = await sari.submit_modal(
        moved,
        {
            "when": written(when),
            "channel": "#bantuan",
            "grace": "1 jam",
            "media": ["community"],
            "focus": ["engagement"],
        },
    )
    assert "dijadwalkan" in text_of(answered)
    skipped = await sari.click(notes[2], label="Lewati")
    assert "dilewati" in text_of(skipped)

    again = await press_again(server, sari, "tsc:calendar:now:1")
    assert "sudah keluar" in text_of(again)
    late = await press_again(server, sari, "tsc:calendar:skip:2")
    assert "sudah diputuskan" in text_of(late)
    gone = await press_again(server, sari, "tsc:calendar:now:3")
    assert "dibatalkan" in text_of(gone)
    await until(server, when)
    assert len(posts(server, "bantuan", "Terlewat nomor 1")) == 1
    assert posts(server, "bantuan", "Terlewat nomor 2") == []
    assert len(posts(server, "bantuan", "Terlewat nomor 0")) == 1


async def test_other_media_become_a_reminder_that_asks_for_the_link(server: Server, sari: MemberActor) -> None:
    when = at(server, 1)
    await add(server, sari, when, "Caption ```siap``` salin", media="instagram_feed")
    await add(server, sari, at(server, 1, 20), "Caption kedua", media="instagram_feed")
    await until(server, at(server, 1, 20))
    [reminder] = posts(server, "tim-konten", "siap")
    assert "```\nCaption ˋˋˋsiapˋˋˋ salin\n```" in text_of(reminder)

    shown = await sari.click(reminder, label="Sudah tayang")
    wrong = await sari.submit_modal(shown, {"link": "https://tiktok.com/@a/video/1"})
    assert "bukan link Instagram Feed" in text_of(wrong)
    shown = await sari.click(reminder, label="Sudah tayang")
    done = await sari.submit_modal(shown, {"link": "https://www.instagram.com/p/ABC/?igshid=1"})
    assert "https://instagram.com/p/ABC" in text_of(done)
    await server.env.settle()

    [redrawn] = posts(server, "tim-konten", "instagram.com/p/ABC")
    assert redrawn.id == reminder.id and buttons_of(redrawn) == {}
    [second] = posts(server, "tim-konten", "Caption kedua")
    shown = await sari.click(second, label="Sudah tayang")
    used = await sari.submit_modal(shown, {"link": "https://instagram.com/p/ABC"})
    assert "sudah dipakai" in text_of(used)
    stale = await press_again(server, sari, "tsc:calendar:done:1")
    told = await sari.submit_modal(stale, {"link": "https://instagram.com/p/XYZ"})
    assert "sudah dicatat tayang" in text_of(told)


async def test_a_quiz_begins_with_its_entry_and_one_that_can_not_begin_is_told(
    server: Server, sari: MemberActor
) -> None:
    begun: list[ActivityOrder] = []

    async def begin(tx: UnitOfWork, order: ActivityOrder) -> Attached:
        begun.append(order)
        if "rusak" in order.title:
            await tx.execute("INSERT INTO app_state (key, value) VALUES ('half', 'done')")
            raise DomainError("Soalnya rusak.")
        return Attached(77, None)

    async def figures(reads: Reads, activity_id: int) -> Figures:
        return Figures(took_part=40, spent=50_000)

    server.services.calendar.attach("quiz", begin)
    server.services.calendar.attach_figures("quiz", figures)
    day = at(server, 1)
    date = f"{day.day}/{day.month}/{day.year}"
    quiz = "Quiz - Hadiah Gopay 25.000 untuk 2 pemenang"
    data = sheet_of(
        (1, date, "Member Engagement", quiz, "Community", "bantuan", "", "", "Kuis enak",
         "Quiz 1\nWarna apa?\nJawaban: biru / pink\nQuiz 2\nLogo apa?"),
        (2, "", "Member Engagement", quiz, "Community", "bantuan", "", "", "Kuis rusak", "Quiz 1\nApa?"),
    )  # fmt: skip
    preview = await send_sheet(server, sari, data, year=day.year)
    await sari.click(message_of(preview), label="Simpan 2 entri")

    await until(server, day)

    order = begun[0]
    assert [(one.number, one.text, one.answers) for one in order.questions] == [
        (1, "Warna apa?", ("biru", "pink")),
        (2, "Logo apa?", ()),
    ]
    assert order.prize is not None and (order.prize.amount, order.prize.winners) == (25_000, 2)
    [post] = posts(server, "bantuan", "Kuis enak")
    assert "biru" not in text_of(post) and "Logo apa?" in text_of(post)
    [note] = posts(server, "staf-kol", "Terlewat")
    assert "Kuis rusak" in text_of(note) and "Soalnya rusak." in text_of(note)
    assert await server.services.server.recall("half") is None
    shown = await kalender(server, sari, "evaluasi", bulan=f"{day.month}/{day.year}")
    picture, sheet = message_of(shown).attachments
    assert "ikut 40, biaya per peserta Rp 1.250, kembali belum ada data" in str(picture.description)
    assert sheet.filename.endswith(".xlsx")


async def test_moving_an_entry_there_and_back_still_posts_it_once(server: Server, sari: MemberActor) -> None:
    when, other = at(server, 2), at(server, 4)
    await add(server, sari, when, "Pindah-pindah")
    for moment in (other, when, other, when):
        shown = await kalender(server, sari, "pindah", entri="#1")
        await sari.submit_modal(
            shown,
            {"when": written(moment), "channel": "bantuan", "grace": "2 jam", "media": ["community"],
             "focus": ["engagement"]},
        )  # fmt: skip

    await until(server, at(server, 5))

    assert len(posts(server, "bantuan", "Pindah-pindah")) == 1


async def test_a_cancelled_entry_never_appears(server: Server, sari: MemberActor) -> None:
    when = at(server, 1)
    await add(server, sari, when, "Tidak jadi")
    asked = await kalender(server, sari, "batal", entri="#1")
    await sari.click(message_of(asked), label="Ya, batalkan yang ini")

    await until(server, when)

    assert posts(server, "bantuan", "Tidak jadi") == []
    refused = await kalender(server, sari, "batal", entri="#1")
    assert "tidak perlu dibatalkan lagi" in text_of(refused)


async def test_the_calendar_starts_a_real_quiz_and_a_real_giveaway(server: Server, sari: MemberActor) -> None:
    day = at(server, 1)
    date = f"{day.day}/{day.month}/{day.year}"
    data = sheet_of(
        (1, date, "Member Engagement", "Quiz - Hadiah Gopay 25.000 untuk 2 pemenang", "Community", "bantuan", "", "",
         "Kuis malam", "Quiz 1\nWarna apa?\nJawaban: biru\nQuiz 2\nLogo apa?\nJawaban: semanggi"),
        (2, "", "Member Engagement", "Giveaway - Hadiah Gopay 50.000 untuk 3 pemenang", "Community", "bantuan",
         '"BAGI-BAGI"',
         "", "", "Yuk ikutan!"),
    )  # fmt: skip
    preview = await send_sheet(server, sari, data, year=day.year)
    assert "undian atau kontes" in text_of(preview)
    preview = await decide(sari, preview, "1:10", choice="draw")
    await sari.click(message_of(preview), label="Simpan 2 entri")

    await until(server, day)

    assert not posts(server, "staf-kol", "Terlewat"), [text_of(one) for one in posts(server, "staf-kol", "Terlewat")]
    [quiz] = posts(server, "bantuan", "Warna apa?")
    assert buttons_of(quiz) and "semanggi" not in text_of(quiz)
    [giveaway] = posts(server, "bantuan", "Yuk ikutan!")
    assert any("kut" in label for label in buttons_of(giveaway))
    quiz_entry, giveaway_entry = await entries(server)
    assert quiz_entry.activity_id is not None and giveaway_entry.activity_id is not None
    assert {quiz_entry.delivery, giveaway_entry.delivery} == {"sent"}
