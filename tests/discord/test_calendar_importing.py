"""/kalender impor: the division's sheet, what is unclear decided by a person, the same sheet again, hostile sheets."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import pytest
from openpyxl import Workbook
from simcord.actors import MemberActor

from bot.content_calendar.models import EntryState, Kind, Media
from bot.platform import audit
from bot.platform.clock import JAKARTA
from tests.support.calendar import (
    HEADER,
    SHEET,
    at,
    decide,
    entries,
    kalender,
    selects_of,
    send_sheet,
    sheet_of,
    today,
    until,
)
from tests.support.campaigns import buttons_of, press_again
from tests.support.server import Server, message_of, text_of


@pytest.fixture
async def sari(server: Server) -> MemberActor:
    server.guild.create_text_channel("ngabral-santoy")
    await server.env.settle()
    return await server.staff("sari.kol")


def next_year(server: Server) -> int:
    """A year whose dates all lie ahead."""
    return today(server).year + 1


async def test_the_divisions_sheet_is_understood_and_one_question_is_left(server: Server, sari: MemberActor) -> None:
    year = next_year(server)
    asked = await kalender(server, sari, "impor", berkas=("kalender_konten.csv", SHEET.read_bytes()))
    assert "3 baris" in text_of(asked) and "tahun berapa" in text_of(asked)
    form = await sari.click(message_of(asked), label="Isi tahun & jam")

    preview = await sari.submit_modal(form, {"year": str(year), "hour": "19.00"})

    text = text_of(preview)
    assert "**Belum ada yang disimpan.**" in text and "1 hal perlu kamu putuskan" in text
    assert "Baris 4 (NO 3), hadiah" in text and "per pemenang atau total?" in text
    assert "`03/08 19.00` **TEBAK-TEBAKAN SABTU PAGI** · <#" in text
    assert "`14/08 19.00`" in text
    assert "Hadiah dibaca: Gopay Rp 25.000 per pemenang, 2 pemenang (total Rp 50.000)" in text
    assert "Bagian Strategy yang tidak dikerjakan bot: Ads Story IG" in text
    assert await entries(server) == []
    shown = await sari.select(message_of(preview), ["0"], custom_id="tsc:calendar:import:show:1")
    assert "Warna apa yang paling sering muncul" in text_of(shown)
    [card] = message_of(shown).attachments
    assert "PANASIN OTAK DULU" in str(card.description)

    preview = await decide(sari, preview, "2:6", choice="total")
    assert "perlu kamu putuskan" not in text_of(preview)
    saved = await sari.click(message_of(preview), label="Simpan 3 entri")

    assert "3 baru, 0 berubah" in text_of(saved)
    first, second, third = await entries(server)
    local = datetime.fromtimestamp(first.due_at, JAKARTA)
    assert (local.year, local.month, local.day, local.hour) == (year, 8, 3, 19)
    assert (second.local.month, second.local.day) == (8, 14) and third.due_at == second.due_at
    assert first.content.kind is Kind.QUIZ and first.content.big_words == "PANASIN OTAK DULU"
    assert [one.number for one in first.content.questions] == [1, 2]
    assert second.content.questions[0].number == 3
    assert third.content.media is Media.INSTAGRAM_FEED and third.content.prize is not None
    assert (third.content.prize.amount, third.content.prize.winners) == (25_000, 3)
    assert {one.state for one in (first, second, third)} == {EntryState.SCHEDULED}
    [entry] = await audit.entries(server.services.database.read, subject_kind="calendar_import", subject_id=1)
    assert entry.details["added"] == 3


async def test_the_same_sheet_again_changes_nothing_and_asks_nothing(server: Server, sari: MemberActor) -> None:
    year = next_year(server)
    preview = await send_sheet(server, sari, SHEET.read_bytes(), year=year)
    preview = await decide(sari, preview, "2:6", choice="each")
    await sari.click(message_of(preview), label="Simpan 3 entri")

    again = await send_sheet(server, sari, SHEET.read_bytes(), year=year)

    assert "Tidak ada yang perlu disimpan" in text_of(again)
    assert buttons_of(message_of(again))["Simpan"] is False
    assert selects_of(again) == {}
    assert len(await entries(server)) == 3
    refused = await press_again(server, sari, "tsc:calendar:import:save:1")
    assert "sudah disimpan" in text_of(refused)


async def test_two_previews_of_one_sheet_make_each_entry_once(server: Server, sari: MemberActor) -> None:
    year = next_year(server)
    data = sheet_of((1, f"3/8/{year}", "Member Engagement", "Sapa", "Community", "bantuan", "", "", "", "Halo"))
    one = await send_sheet(server, sari, data, year=year)
    other = await send_sheet(server, sari, data, year=year)

    await sari.click(message_of(one), label="Simpan 1 entri")
    refused = await sari.click(message_of(other), label="Simpan 1 entri")

    assert "Tidak ada yang perlu disimpan" in text_of(refused)
    assert len(await entries(server)) == 1


async def test_a_corrected_row_changes_its_entry(server: Server, sari: MemberActor) -> None:
    first, second = at(server, 2), at(server, 4)

    def row(day: datetime, caption: str) -> bytes:
        date = f"{day.day}/{day.month}/{day.year}"
        return sheet_of((7, date, "Member Engagement", "Sapa", "Community", "bantuan", "", "", "Sapaan", caption))

    preview = await send_sheet(server, sari, row(first, "Halo kreator"), year=first.year)
    await sari.click(message_of(preview), label="Simpan 1 entri")

    preview = await send_sheet(server, sari, row(second, "Halo kreator hebat"), year=first.year)

    assert "Berubah (1)" in text_of(preview) and "waktu " in text_of(preview) and "teks" in text_of(preview)
    await sari.click(message_of(preview), label="Simpan 1 entri")
    [entry] = await entries(server)
    assert entry.content.caption == "Halo kreator hebat" and entry.local == second
    await until(server, second)
    found = [message for message in server.messages("bantuan") if "Halo kreator" in text_of(message)]
    assert len(found) == 1


async def test_what_is_not_understood_is_asked_row_by_row(server: Server, sari: MemberActor) -> None:
    year = next_year(server)
    data = sheet_of(
        (1, "31/2", "Member Engagement", "Sapa", "Community", "bantuan", "", "", "", "A"),
        (2, "7", "Bersenang-senang", "Sapa", "Instagrem", "bantuan", "", "", "", "B"),
        (3, "1/3", "Member Engagement", "Quiz dan Giveaway", "Community", "Warung Kopi", "", "", "", "C"),
        (4, "28/2", "Member Engagement", "Giveaway", "Community", "Warung Kopi", "", "", "", "D"),
    )
    preview = await send_sheet(server, sari, data, year=year)
    text = text_of(preview)
    assert "tidak ada di kalender" in text and "tanpa bulan" in text
    assert "Media “Instagrem” tidak dikenal" in text and "Focus “Bersenang-senang” tidak dikenal" in text
    assert "menyebut kuis dan giveaway" in text and "mundur dari 1 Maret" in text
    assert text.count("Warung Kopi") == 1
    asked = next(values for key, values in selects_of(preview).items() if ":ask:" in key)
    assert asked[0] == "0:1"

    wrong = await decide(sari, preview, "0:1", typed="30 Februari")
    assert "tidak terbaca" in text_of(wrong) or "tidak ada" in text_of(wrong)
    preview = await decide(sari, preview, "0:1", typed="28 Februari")
    preview = await decide(sari, preview, "1:1", typed=f"1 Maret {year}")
    preview = await decide(sari, preview, "1:2", choice="instagram_feed")
    preview = await decide(sari, preview, "1:3", choice="acquisition")
    preview = await decide(sari, preview, "2:5", choice="post")
    preview = await decide(sari, preview, "2:4", typed="ngabral santoy")
    preview = await decide(sari, preview, "3:1", choice=f"{year}-02-28")
    text = text_of(preview)
    assert "Giveaway ini belum jelas hadiah" in text and "Warung Kopi" not in text
    preview = await decide(sari, preview, "3:6", typed="Gopay 50.000 untuk 3 pemenang")
    preview = await decide(sari, preview, "3:10", choice="contest")
    saved = await sari.click(message_of(preview), label="Simpan 4 entri")

    assert "4 baru" in text_of(saved)
    places = {one.content.channel_id for one in (await entries(server))[2:]}
    assert places == {server.channel("ngabral-santoy").id}
    later = sheet_of((9, "5/5", "Member Engagement", "Sapa", "Community", "WARUNG KOPI", "", "", "", "E"))
    assert "perlu kamu putuskan" not in text_of(await send_sheet(server, sari, later, year=year))


async def test_undecided_rows_stay_out_and_a_row_can_be_left_out(server: Server, sari: MemberActor) -> None:
    year = next_year(server)
    data = sheet_of(
        (1, "3/8", "Member Engagement", "Sapa", "Community", "bantuan", "", "", "", "A"),
        (2, "4/8", "Member Engagement", "Sapa", "Radio", "bantuan", "", "", "", "B"),
        (3, "5/8", "Member Engagement", "Sapa", "Radio", "bantuan", "", "", "", "C"),
        (4, "5/8", "Member Engagement", "Sapa", "Community", "bantuan", "", "", "", "A"),
        (5, "3/8", "Member Engagement", "Sapa", "Community", "bantuan", "", "", "", "A"),
    )
    preview = await send_sheet(server, sari, data, year=year)
    preview = await decide(sari, preview, "1:2", choice="skip")
    listed = await sari.click(message_of(preview), label="Semua baris")
    assert "Dilewati atas pilihanmu" in text_of(listed) and "perlu diputuskan" in text_of(listed)

    await server.restart(off_for=60)
    saved = await sari.click(message_of(preview), label="Simpan 2 entri")

    assert "2 baris belum diputuskan" in text_of(saved)
    assert len(await entries(server)) == 2


async def test_a_workbook_with_merged_dates_and_real_date_cells(server: Server, sari: MemberActor) -> None:
    year = next_year(server)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["KALENDER KONTEN"])
    sheet.append(HEADER.split(","))
    for row in (
        [1, "10/2", "Member Engagement", "Sapa", "Community", "bantuan", None, None, None, "Satu"],
        [2, None, None, "Sapa", "Community", "bantuan", None, None, None, "Dua"],
        [3, 21, "Member Engagement", "Sapa", "Community", "bantuan", None, None, None, "Tiga"],
        [4, datetime(year, 3, 2), "Member Engagement", "Sapa", "Community", "bantuan", None, None, None, "Empat"],
    ):
        sheet.append(row)
    sheet.merge_cells("B3:B4")
    sheet.merge_cells("C3:C4")
    out = io.BytesIO()
    book.save(out)

    preview = await send_sheet(server, sari, out.getvalue(), year=year, name="kalender.xlsx")

    assert "perlu kamu putuskan" not in text_of(preview)
    await sari.click(message_of(preview), label="Simpan 4 entri")
    assert [(one.local.month, one.local.day) for one in await entries(server)] == [(2, 10), (2, 10), (2, 21), (3, 2)]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"%PDF-1.7 %%EOF", "Jenis file ini tidak bisa dipakai"),
        (b"satu;dua\n1;2\n", "Baris judul kolom tidak ditemukan"),
        (HEADER.encode(), "Tidak ada baris"),
        (b"\x00\x00\x00", "kosong"),
        (HEADER.encode() + b"\n" + b"1,1/1,Member Engagement,Sapa,Community,x,,,,Halo\n" * 1_200, "terlalu panjang"),
    ],
)
async def test_a_file_that_is_no_calendar_is_one_sentence(
    server: Server, sari: MemberActor, data: bytes, told: str
) -> None:
    assert told in text_of(await send_sheet(server, sari, data, year=2027))


async def test_a_hostile_sheet_does_no_harm(server: Server, sari: MemberActor) -> None:
    day = at(server, 2)
    year, date = day.year, f"{day.day}/{day.month}/{day.year}"
    bomb = "@everyone <@&1> ```js``` \u202etxet " + "x" * 5_000
    data = sheet_of(
        ("=1+1", date, "Member Engagement", "=HYPERLINK(1)", "Community", "bantuan", '"@everyone"', "", "", bomb),
        (2, date, "Member Engagement", "Sapa", "Community", "bantuan", '"' + "A" * 500 + '"', "", "@everyone", "Halo"),
        (3, "=NOW()", "Member Engagement", "Sapa", "Community", "bantuan", "", "", "", "Rumus"),
        (4, "9" * 400, "Member Engagement", "Sapa", "Community", "bantuan", "", "", "", "Panjang"),
        (5, "٢١", "Member Engagement", "Sapa", "Community", "bantuan", "", "", "", "Arab"),
    )
    preview = await send_sheet(server, sari, data, year=year)
    text = text_of(preview)
    assert "Caption terlalu panjang" in text and "berisi rumus" in text and "berupa rumus" in text
    await sari.click(message_of(preview), label="Simpan 1 entri")
    [entry] = await entries(server)
    await until(server, entry.local)
    [post] = [message for message in server.messages("bantuan") if "Halo" in text_of(message)]
    assert post.mention_everyone is False


async def test_only_the_sender_decides_and_only_the_kol_team_imports(server: Server, sari: MemberActor) -> None:
    preview = await send_sheet(server, sari, SHEET.read_bytes(), year=next_year(server))
    budi = await server.staff("budi.kol")
    fina = await server.staff("fina", role="Finance")

    other = await press_again(server, budi, "tsc:calendar:import:save:1")
    assert "Hanya pengirimnya" in text_of(other)
    finance = await kalender(server, fina, "impor", berkas=("a.csv", SHEET.read_bytes()))
    assert "hanya untuk Tim KOL" in text_of(finance)
    for command, options in {"lihat": {}, "tambah": {}, "evaluasi": {}, "ubah": {"entri": "#1"}}.items():
        given: dict[str, Any] = options
        assert "hanya untuk Tim KOL" in text_of(await kalender(server, fina, command, **given))
    assert await fina.autocomplete(server.channel("staf-kol"), "kalender ubah", "entri", "") == []
    gone = await sari.click(message_of(preview), label="Batal")
    assert "Tidak ada yang disimpan" in text_of(gone)
    late = await press_again(server, sari, "tsc:calendar:import:save:1")
    assert "sudah dibatalkan" in text_of(late)
    unknown = await press_again(server, sari, "tsc:calendar:import:save:99")
    assert "sudah tidak ada" in text_of(unknown)
