"""/kalender tambah, ubah, duplikat, ulangi, lihat, evaluasi, and what stale buttons and refusals say."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from simcord.actors import MemberActor

from bot.content_calendar.models import EntryState, Kind
from bot.platform import audit
from tests.documents.card_samples import photograph
from tests.support.calendar import add, at, entries, kalender, newest, until, written
from tests.support.campaigns import buttons_of, press_again
from tests.support.server import Server, message_of, text_of


@pytest.fixture
async def sari(server: Server) -> MemberActor:
    return await server.staff("sari.kol")


async def fill(staff: MemberActor, panel: Any, button: str, values: dict[str, Any]) -> Any:
    """Press a button of a panel and send its form."""
    shown = await staff.click(message_of(panel), label=button)
    assert shown.modal is not None, text_of(shown)
    return await staff.submit_modal(shown, values)


async def test_a_draft_is_previewed_completed_and_scheduled(server: Server, sari: MemberActor) -> None:
    shown = await kalender(server, sari, "tambah")
    values = {"when": written(at(server, 3)), "media": ["community"], "focus": ["acquisition"], "headline": "Sapaan"}
    panel = await sari.submit_modal(shown, values | {"caption": "Halo **semua**"})
    assert "Draf" in text_of(panel) and "Channel belum dipilih" in text_of(panel)
    assert buttons_of(message_of(panel))["Jadwalkan"] is False

    texts = {"headline": "Sapaan", "caption": "Halo lagi", "big_words": "HALO", "directive": "", "reference": ""}
    panel = await fill(sari, panel, "Ubah isi", texts)
    [card] = message_of(panel).attachments
    assert "HALO" in str(card.description)
    place = {"channel": "bantuan", "grace": "30 menit", "media": ["community"], "focus": ["acquisition"]}
    await fill(sari, panel, "Waktu & tempat", place | {"when": written(at(server, 4))})
    panel = await kalender(server, sari, "ubah", entri="Sapaan")
    done = await sari.click(message_of(panel), label="Jadwalkan")
    assert "Terjadwal" in text_of(done)

    twice = await press_again(server, sari, "tsc:calendar:schedule:1:3")
    assert "sudah terjadwal" in text_of(twice)
    await until(server, at(server, 4))
    assert "Halo lagi" in text_of(server.last("bantuan"))
    assert (await newest(server)).grace_seconds == 1_800
    actions = [
        one.action
        for one in await audit.entries(server.services.database.read, subject_kind="calendar_entry", subject_id=1)
    ]
    assert actions == ["calendar.created", "calendar.texts_changed", "calendar.moved", "calendar.scheduled"]


async def test_a_preview_that_is_out_of_date_does_not_schedule(server: Server, sari: MemberActor) -> None:
    shown = await kalender(server, sari, "tambah", channel=server.channel("bantuan"))
    values = {"when": written(at(server, 3)), "media": ["community"], "focus": ["engagement"], "headline": ""}
    panel = await sari.submit_modal(shown, values | {"caption": "Satu"})
    texts = {"headline": "", "caption": "Dua", "big_words": "", "directive": "", "reference": ""}
    await fill(sari, panel, "Ubah isi", texts)

    refused = await press_again(server, sari, "tsc:calendar:schedule:1:1")

    assert "baru saja diubah" in text_of(refused)
    assert (await newest(server)).state is EntryState.DRAFT


async def test_a_refused_form_keeps_what_was_typed(server: Server, sari: MemberActor) -> None:
    shown = await kalender(server, sari, "tambah")
    values = {"when": "kapan-kapan", "media": ["community"], "focus": ["engagement"], "headline": "", "caption": ""}

    refused = await sari.submit_modal(shown, values)

    text = text_of(refused)
    assert "tidak terbaca" in text and "Isi judul atau teksnya" in text
    assert buttons_of(message_of(refused)) == {"Perbaiki": True}
    assert await entries(server) == []


async def test_a_quiz_and_a_prize_by_form(server: Server, sari: MemberActor) -> None:
    entry = await add(server, sari, at(server, 2), "Yuk main")
    panel = await kalender(server, sari, "ubah", entri=f"#{entry.id}")
    form = {"kind": ["quiz"], "prize": "Gopay 25.000 untuk 2 pemenang", "way": ["fastest"], "legal": []}

    lacking = await fill(sari, panel, "Kegiatan & hadiah", form | {"questions": ""})
    assert "belum punya pertanyaan" in text_of(lacking)
    wrong = await fill(sari, panel, "Kegiatan & hadiah", form | {"questions": "Quiz 1\nApa?", "prize": "banyak"})
    assert "tidak terbaca" in text_of(wrong)
    panel = await kalender(server, sari, "ubah", entri=f"#{entry.id}")
    changed = await fill(sari, panel, "Kegiatan & hadiah", form | {"questions": "Quiz 1\nApa?\nJawaban: itu"})

    assert "Rp 25.000 per pemenang" in text_of(changed) and "1: itu" in text_of(changed)
    saved = await newest(server)
    assert saved.content.kind is Kind.QUIZ and saved.content.questions[0].answers == ("itu",)


async def test_an_uploaded_picture_is_shown_and_taken_away(server: Server, sari: MemberActor) -> None:
    entry = await add(server, sari, at(server, 1), "Lihat fotonya")
    panel = await kalender(server, sari, "ubah", entri=f"#{entry.id}")
    refused = await fill(sari, panel, "Gambar", {"picture": [("a.png", b"%PDF-1.7 %%EOF")]})
    assert "Jenis file ini tidak bisa dipakai" in text_of(refused)
    panel = await kalender(server, sari, "ubah", entri=f"#{entry.id}")
    panel = await fill(sari, panel, "Gambar", {"picture": [("foto.jpg", photograph())]})
    assert len(message_of(panel).attachments) == 1
    panel = await sari.click(message_of(panel), label="Hapus gambar")
    assert message_of(panel).attachments == []
    await fill(sari, panel, "Gambar", {"picture": [("foto.jpg", photograph())]})

    await until(server, at(server, 1))

    [picture] = server.last("bantuan").attachments
    assert picture.filename.endswith(".png")


async def test_a_copy_says_the_same_at_another_time(server: Server, sari: MemberActor) -> None:
    entry = await add(server, sari, at(server, 1), "Salin aku")

    copied = await kalender(server, sari, "duplikat", entri=f"#{entry.id}", waktu=written(at(server, 5)))
    assert "Draf" in text_of(copied) and "Salin aku" in text_of(copied)
    past = await kalender(server, sari, "duplikat", entri=f"#{entry.id}", waktu=written(at(server, -5)))
    assert "sudah lewat" in text_of(past)
    await sari.click(message_of(copied), label="Jadwalkan")

    await until(server, at(server, 5))
    found = [message for message in server.messages("bantuan") if "Salin aku" in text_of(message)]
    assert len(found) == 2


async def test_an_entry_that_comes_every_week_goes_on_by_itself_until_it_is_stopped(
    server: Server, sari: MemberActor
) -> None:
    first = at(server, 1)
    entry = await add(server, sari, first, "Setiap pekan")
    until_day = first + timedelta(days=100)
    told = await kalender(
        server, sari, "ulangi", entri=f"#{entry.id}", pola="weekly",
        sampai=f"{until_day.day}/{until_day.month}/{until_day.year}",
    )  # fmt: skip
    assert "setiap minggu" in text_of(told) and "8 ulangan pertama" in text_of(told)
    again = await kalender(server, sari, "ulangi", entri=f"#{entry.id}", pola="daily", sampai="31/12")
    assert "sudah berulang" in text_of(again)

    await until(server, first + timedelta(days=21))
    assert sum("Setiap pekan" in text_of(message) for message in server.messages("bantuan")) == 4
    made = await entries(server)
    assert len(made) > 9 and len({one.occurrence for one in made}) == len(made)

    asked = await kalender(server, sari, "batal", entri=f"#{made[5].id}")
    stopped = await sari.click(message_of(asked), label="Batalkan ini dan semua ulangannya")
    assert "ulangannya dibatalkan" in text_of(stopped)
    await until(server, first + timedelta(days=50))
    assert sum("Setiap pekan" in text_of(message) for message in server.messages("bantuan")) == 5


async def test_the_month_is_a_picture_and_a_list_with_pages(server: Server, sari: MemberActor) -> None:
    empty = await kalender(server, sari, "lihat", bulan="3/2031")
    assert "Kalender Maret 2031" in text_of(empty) and "Belum ada entri" in text_of(empty)
    wrong = await kalender(server, sari, "lihat", bulan="13/2031")
    assert "tidak terbaca" in text_of(wrong)
    first = await add(server, sari, at(server, 1), "Entri awal")
    for number in range(17):
        await kalender(server, sari, "duplikat", entri=f"#{first.id}", waktu=written(at(server, 1, 20, number)))
    month = f"{first.local.month}/{first.local.year}"

    shown = await kalender(server, sari, "lihat", bulan=month)

    assert "18 entri" in text_of(shown) and "Entri awal" in text_of(shown)
    [picture] = message_of(shown).attachments
    assert str(picture.description).startswith("Kalender konten")
    await server.restart()
    turned = await sari.click(message_of(shown), label="Berikutnya")
    assert "20.16" in text_of(turned) and message_of(turned).attachments == []
    opened = await sari.select(message_of(turned), ["18"], custom_id="tsc:calendar:open")
    assert "Entri awal" in text_of(opened)
    later = await sari.click(message_of(shown), label="Bulan depan")
    assert "Kalender" in text_of(later)


async def test_the_evaluation_says_what_is_known_and_what_is_not(server: Server, sari: MemberActor) -> None:
    day = at(server, 1)
    month = f"{day.month}/{day.year}"
    nothing = await kalender(server, sari, "evaluasi", bulan="3/2031")
    assert "Belum ada kegiatan" in str(message_of(nothing).attachments[0].description)
    entry = await add(server, sari, day, "Obrolan santai")
    await until(server, day)
    unknown = await kalender(server, sari, "evaluasi", bulan=month)
    assert "jangkauan belum ada data" in str(message_of(unknown).attachments[0].description)

    panel = await kalender(server, sari, "ubah", entri=f"#{entry.id}")
    assert "Ubah isi" not in buttons_of(message_of(panel))
    wrong = await fill(sari, panel, "Target & hasil", {"target": "-5", "reached": "", "took_part": "", "spent": "x"})
    assert "negatif" in text_of(wrong) and "Biaya" in text_of(wrong)
    panel = await kalender(server, sari, "ubah", entri=f"#{entry.id}")
    figures = {"target": "50", "reached": "1.200", "took_part": "60", "spent": "150rb"}
    saved = await fill(sari, panel, "Target & hasil", figures)
    assert "tersimpan" in text_of(saved)
    shown = await kalender(server, sari, "evaluasi", bulan=month)

    picture, sheet = message_of(shown).attachments
    told = str(picture.description)
    assert "jangkauan 1.200, ikut 60, biaya per peserta Rp 2.500, kembali belum ada data, target 120%" in told
    rows = list(load_workbook(io.BytesIO(await sheet.read())).active.iter_rows(min_row=4, values_only=True))  # type: ignore[union-attr]
    assert rows[0][5:12] == (50, 1_200, 60, 0.05, 150_000, 2_500, "belum ada data")


async def test_buttons_of_entries_that_are_gone_or_settled_say_so(server: Server, sari: MemberActor) -> None:
    for custom_id in ("texts:99", "place:99", "now:99", "skip:99", "cancel:99", "picture:99", "figures:99", "done:99"):
        assert "tidak ada" in text_of(await press_again(server, sari, f"tsc:calendar:{custom_id}"))
    entry = await add(server, sari, at(server, 1), "Sebentar")
    await until(server, at(server, 1))
    for custom_id in ("activity", "place"):
        refused = await press_again(server, sari, f"tsc:calendar:{custom_id}:{entry.id}")
        assert "sudah keluar" in text_of(refused), custom_id
    unknown = await kalender(server, sari, "ubah", entri="tidak ada judul begini")
    assert "tidak ditemukan" in text_of(unknown)
    found = await sari.autocomplete(server.channel("staf-kol"), "kalender ubah", "entri", "seb")
    assert [choice["value"] for choice in found] == [f"#{entry.id}"]
    assert await sari.autocomplete(server.channel("staf-kol"), "kalender pindah", "entri", "seb") == []
