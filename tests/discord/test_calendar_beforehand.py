"""What staff see and hear before an entry appears: the exact post, what follows from saving, what is still lacking."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from simcord.actors import MemberActor

from bot.content_calendar.models import EntryState
from tests.support.calendar import at, decide, kalender, newest, selects_of, send_sheet, sheet_of, until
from tests.support.campaigns import buttons_of, press_again
from tests.support.server import Server, message_of, text_of

KOL_SHEET = Path(__file__).resolve().parents[1] / "data" / "kol_tiktok.csv"
QUIZ = "Quiz - Hadiah Gopay 25.000 untuk 2 pemenang"


@pytest.fixture
async def sari(server: Server) -> MemberActor:
    return await server.staff("sari.kol")


def date_of(day: datetime) -> str:
    """A day as the sheet writes it."""
    return f"{day.day}/{day.month}/{day.year}"


async def test_the_preview_of_a_quiz_is_its_post_and_nothing_is_said_twice(server: Server, sari: MemberActor) -> None:
    day = at(server, 2)
    asked = "Halo kreator!\nQuiz 1\nWarna apa?\nJawaban: biru\nQuiz 2\nLogo apa?\nJawaban: semanggi"
    data = sheet_of(
        (1, date_of(day), "Member Engagement", QUIZ, "Community", "bantuan", "", "", "Kuis Warna",
         asked)
    )  # fmt: skip
    preview = await send_sheet(server, sari, data, year=day.year)
    show = next(item for item in selects_of(preview) if ":show:" in item)
    shown = await sari.select(message_of(preview), ["0"], custom_id=show)
    await sari.click(message_of(preview), label="Simpan 1 entri")
    panel = await kalender(server, sari, "ubah", entri="#1")
    again = await sari.click(message_of(panel), label="Lihat persis tampilannya")
    await until(server, day)

    [post] = [one for one in server.messages("bantuan") if "Warna apa?" in text_of(one)]
    told = text_of(post)
    assert told.count("Warna apa?") == 1 and told.count("Halo kreator!") == 1
    assert [field.name for field in post.embeds[0].fields].count("Hadiah") == 1
    ends = f"<t:{int((day + timedelta(days=1)).timestamp())}:F>"
    assert ends in told
    for before in (shown, again):
        assert text_of(before).replace("Kuis ·", "Kuis 1 ·") == told
        assert not any(buttons_of(message_of(before)).values())
    assert ends in text_of(panel)


async def test_a_giveaway_says_its_title_once(server: Server, sari: MemberActor) -> None:
    day = at(server, 1)
    date = date_of(day)
    strategy = "Giveaway - Hadiah Gopay 50.000 untuk 3 pemenang"
    data = sheet_of(
        (1, date, "Member Engagement", strategy, "Community", "bantuan", "", "", "Undian Ramadan", "Yuk ikutan!"),
        (2, date, "Member Engagement", strategy, "Community", "bantuan", "", "", "", "Kejutan akhir pekan\nSiap-siap!"),
    )
    preview = await send_sheet(server, sari, data, year=day.year)
    for row in ("0:10", "1:10"):
        preview = await decide(sari, preview, row, choice="contest")
    await sari.click(message_of(preview), label="Simpan 2 entri")
    await until(server, day)

    for title, text in (("Undian Ramadan", "Yuk ikutan!"), ("Kejutan akhir pekan", "Siap-siap!")):
        [post] = [one for one in server.messages("bantuan") if text in text_of(one)]
        assert text_of(post).count(title) == 1, text_of(post)


async def test_saving_tells_what_goes_out_what_is_a_reminder_and_what_is_lacking(
    server: Server, sari: MemberActor
) -> None:
    day = at(server, 3)
    data = sheet_of(
        (4, date_of(day), "Member Engagement", QUIZ, "Community", "bantuan", "", "", "Kuis", "Apa?"),
        (5, "", "Member Engagement", "Sapa", "Community", "bantuan", "Insert foto kreator", "", "Halo", "Halo semua"),
        (6, "", "Member Acquisition", "Feed", "Instagram Feed", "Instagram", "", "", "Ajakan", "Gabung, yuk"),
    )  # fmt: skip
    preview = await send_sheet(server, sari, data, year=day.year)
    saved = text_of(await sari.click(message_of(preview), label="Simpan 3 entri"))

    assert "Tanggalnya kosong, jadi sama dengan baris di atasnya" in text_of(preview)
    assert "2 entri Community keluar sendiri" in saved and "1 entri media lain hanya jadi pengingat" in saved
    assert "Baris 2 (NO 4): kunci jawaban" in saved and "Baris 3 (NO 5): gambar yang diminta arahan" in saved


async def test_the_team_is_reminded_a_day_before_of_what_is_lacking(server: Server, sari: MemberActor) -> None:
    day = at(server, 4)
    data = sheet_of(
        (1, date_of(day), "Member Engagement", QUIZ, "Community", "bantuan", "", "", "Kuis sore",
         "Apa warna langit?"),
        (2, "", "Member Engagement", "Sapa", "Community", "bantuan", "", "", "Halo", "Halo semua"),
    )  # fmt: skip
    preview = await send_sheet(server, sari, data, year=day.year)
    await sari.click(message_of(preview), label="Simpan 2 entri")

    await until(server, day - timedelta(days=1), -5)
    assert not [one for one in server.messages("tim-konten") if "Belum lengkap" in text_of(one)]
    await until(server, day - timedelta(days=1), 2)
    [note] = [one for one in server.messages("tim-konten") if "Belum lengkap" in text_of(one)]
    assert "Kuis sore" in text_of(note) and "kunci jawaban" in text_of(note)

    panel = await sari.click(note, label="Buka entri")
    assert "Masih kurang" in text_of(panel)
    form = await press_again(server, sari, "tsc:calendar:activity:1")
    await sari.submit_modal(
        form,
        {"kind": ["quiz"], "prize": "Gopay 25.000 untuk 2 pemenang",
         "questions": "Quiz 1\nApa warna langit?\nJawaban: biru",
         "way": ["fastest"], "legal": []},
    )  # fmt: skip
    await server.env.settle()
    [done] = [one for one in server.messages("tim-konten") if one.id == note.id]
    assert "Sudah lengkap" in text_of(done) and buttons_of(done) == {}


async def test_a_cancelled_entry_brings_no_reminder(server: Server, sari: MemberActor) -> None:
    day = at(server, 3)
    data = sheet_of(
        (
            1,
            date_of(day),
            "Member Engagement",
            QUIZ,
            "Community",
            "bantuan",
            "",
            "",
            "Kuis",
            "Apa?",
        )
    )
    preview = await send_sheet(server, sari, data, year=day.year)
    await sari.click(message_of(preview), label="Simpan 1 entri")
    asked = await kalender(server, sari, "batal", entri="#1")
    await sari.click(message_of(asked), label="Ya, batalkan yang ini")
    await until(server, day)

    assert not [one for one in server.messages("tim-konten") if "Belum lengkap" in text_of(one)]


async def test_a_reminder_that_waits_is_neither_out_nor_evaluated(server: Server, sari: MemberActor) -> None:
    shown = await kalender(server, sari, "tambah")
    panel = await sari.submit_modal(
        shown,
        {"when": "besok 19.00", "media": ["instagram_feed"], "focus": ["engagement"], "headline": "Feed Senin",
         "caption": "Gabung"},
    )  # fmt: skip
    await sari.click(message_of(panel), label="Jadwalkan")
    entry = await newest(server)
    assert entry.due_at == int(at(server, 1).timestamp())
    await until(server, at(server, 1))
    assert (await newest(server)).state is EntryState.POSTED

    month = f"{entry.local.month}/{entry.local.year}"
    evaluated = await kalender(server, sari, "evaluasi", bulan=month)
    assert "Feed Senin" not in str(message_of(evaluated).attachments[0].description)
    listed = await kalender(server, sari, "lihat", bulan=month)
    assert "Menunggu tim" in text_of(listed)
    assert "Feed Senin (pengingat)" in str(message_of(listed).attachments[0].description)


async def test_staff_channels_are_not_offered_and_the_others_come_in_order(server: Server, sari: MemberActor) -> None:
    day = at(server, 2)
    data = sheet_of(
        (1, date_of(day), "Member Engagement", "Sapa", "Community", "Info Bantuan", "", "", "Halo",
         "Halo")
    )  # fmt: skip
    preview = await send_sheet(server, sari, data, year=day.year)
    ask = next(item for item in selects_of(preview) if ":ask:" in item)
    form = await sari.select(message_of(preview), ["0:4"], custom_id=ask)

    assert form.modal is not None
    raw = str(form.modal)
    assert "#bantuan" in raw and "#staf-kol" not in raw and "#log-bot" not in raw and "#tim-konten" not in raw
    order = [raw.index(f"#{name}") for name in ("bantuan", "kampanye", "giveaway", "kuis")]
    assert order[0] == min(order)


async def test_a_sheet_of_creators_is_sent_to_its_own_command(server: Server, sari: MemberActor) -> None:
    refused = await send_sheet(server, sari, KOL_SHEET.read_bytes(), year=2027, name="kol.csv")

    assert "pakai /kol impor" in text_of(refused).lower()
