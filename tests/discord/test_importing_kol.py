"""/kol impor and /kol ekspor, as the KOL team uses them, and what people send by mistake or worse."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.creators.importing import KEEP_SECONDS
from bot.creators.models import CreatorKey, Platform
from bot.platform import audit
from bot.platform.messages import custom_id
from tests.documents.workbooks import HEADER, saved, sheet_xml, with_members, workbook
from tests.support.campaigns import press_again
from tests.support.kol import kol
from tests.support.people import registered_creator
from tests.support.server import Server, message_of, text_of

DATA = Path(__file__).parent.parent / "data"
TIKTOK = ("kol_tiktok.csv", (DATA / "kol_tiktok.csv").read_bytes())
MESSY = ("kol_instagram_berantakan.csv", (DATA / "kol_instagram_berantakan.csv").read_bytes())
DAY = 86_400


@pytest.fixture
async def sari(server: Server) -> MemberActor:
    return await server.staff("sari.kol")


async def send(
    server: Server, staff: MemberActor, file: tuple[str, bytes] = TIKTOK, **options: Any
) -> InteractionResult:
    """Send a sheet with /kol impor."""
    return await kol(server, staff, "impor", berkas=file, **options)


async def count(server: Server) -> int:
    """How many creators there are."""
    creators = server.services.creators
    return sum([await creators.count(platform) for platform in Platform])


def labels(result: InteractionResult) -> list[str]:
    """The buttons of an answer."""
    rows: list[Any] = list(message_of(result).components)
    return [button["label"] for row in rows for button in row["components"]]


def xlsx(*rows: list[Any], **options: Any) -> bytes:
    """A workbook with a KOL sheet."""
    return saved(workbook(*rows, **options))


async def test_the_preview_shows_everything_and_saves_nothing(server: Server, sari: MemberActor) -> None:
    result = await send(server, sari)

    text = text_of(result)
    assert result.ephemeral
    assert "Pratinjau impor" in text and "**Belum ada yang disimpan.**" in text
    assert "(TikTok), 6 baris dibaca" in text
    assert "Baru (6)" in text and "**@masavufirda** · 10,5 rb followers · ER 3,76%" in text
    assert "Perlu dicek (2)\n• **@paetishak** ER 337,27%, di atas 30%. Periksa angkanya." in text
    assert "**@hiffanytanujaya** ER di lembar 36,29%, hitungan bot 36,49%: selisihnya karena angka" in text
    assert labels(result) == ["Simpan", "Batal"]
    (picture,) = message_of(result).attachments
    assert picture.filename == "impor.png" and "6 baru, 0 berubah, 0 sama, 0 ditolak" in str(picture.description)
    assert await count(server) == 0


async def test_simpan_saves_and_says_what_to_do_next(server: Server, sari: MemberActor) -> None:
    preview = await send(server, sari)

    result = await sari.click(message_of(preview), label="Simpan")

    text = text_of(result)
    assert "Impor tersimpan" in text and "/kol cari" in text and "Sedang disimpan" not in text
    assert labels(result) == []
    (picture,) = message_of(result).attachments
    assert str(picture.description).startswith("Impor tersimpan: kol_tiktok.csv · 6 baris")
    assert await count(server) == 6
    (entry,) = await audit.entries(server.services.database.read, subject_kind="creator_import", subject_id=1)
    assert (entry.action, entry.actor_id, entry.details["added"]) == ("creators.imported", sari.id, 6)
    found = text_of(await kol(server, sari, "cari", teks="paetishak"))
    assert "1 kreator" in found


async def test_sending_the_same_sheet_again_finds_everything_the_same(server: Server, sari: MemberActor) -> None:
    await sari.click(message_of(await send(server, sari)), label="Simpan")

    again = await send(server, sari)

    assert "Tidak ada yang berubah" in text_of(again) and "6 baris sudah sama" in text_of(again)
    assert labels(again) == []
    assert await count(server) == 6


async def test_registered_accounts_are_marked_and_left_alone_unless_wanted(server: Server, sari: MemberActor) -> None:
    await registered_creator(server, "fitrinssi", followers=15_000)

    preview = await send(server, sari)

    text = text_of(preview)
    assert "1 akun yang terdaftar di Discord akan berubah" in text
    assert "**@fitrinssi** (terdaftar di Discord)" in text and "FOLLOWERS 15.000 → 12.200" in text
    assert labels(preview) == ["Simpan tanpa akun terdaftar", "Simpan semua", "Batal"]
    saved_others = await sari.click(message_of(preview), label="Simpan tanpa akun terdaftar")
    assert "Terdaftar di Discord, tidak diubah (1)" in text_of(saved_others)
    key = CreatorKey(Platform.TIKTOK, "fitrinssi")
    kept = await server.services.creators.find(key)
    assert kept is not None and kept.record.metrics.followers == 15_000

    again = await send(server, sari)
    assert labels(again) == ["Simpan semua", "Batal"]
    await server.restart()
    await sari.click(message_of(again), label="Simpan semua")
    overwritten = await server.services.creators.find(key)
    assert overwritten is not None and overwritten.record.metrics.followers == 12_200


async def test_changed_rows_are_shown_with_old_and_new(server: Server, sari: MemberActor) -> None:
    await sari.click(message_of(await send(server, sari)), label="Simpan")
    grown = TIKTOK[1].replace(b"12200", b"12900").replace(b"masavufirda@example.com", b"0812-3456-7890")

    preview = await send(server, sari, ("maret.csv", grown))

    text = text_of(preview)
    assert "Berubah (2)" in text and "Baru" not in text
    assert "**@fitrinssi** FOLLOWERS 12.200 → 12.900" in text
    assert "**@masavufirda** CONTACT diganti" in text
    assert "3456" not in text
    result = await sari.click(message_of(preview), label="Simpan")
    assert "FOLLOWERS 12.200 → 12.900" in text_of(result)


async def test_rejected_rows_come_back_as_a_sheet_that_can_be_corrected_and_sent_again(
    server: Server, sari: MemberActor
) -> None:
    preview = await send(server, sari, MESSY)

    text = text_of(preview)
    assert "Baru (2)" in text and "Ditolak (4)" in text
    assert "Baris 5: Sama dengan baris 4: @jalan.santuy sudah ada di berkas ini." in text
    assert "“E (Legend)” tidak dikenal" in text and "berkas terlampir" in text
    result = await sari.click(message_of(preview), label="Simpan")
    assert await count(server) == 2
    handed_back = message_of(result).attachments[1]
    assert handed_back.filename == "baris-ditolak.xlsx"
    book = load_workbook(io.BytesIO(await handed_back.read()))
    book.worksheets[0].cell(7, 2, "dapur.ibu")
    corrected = await send(server, sari, ("perbaikan.xlsx", saved(book)))
    assert "Baru (1)\n• **@dapur.ibu**" in text_of(corrected)


async def test_batal_drops_the_preview(server: Server, sari: MemberActor) -> None:
    preview = await send(server, sari)

    result = await sari.click(message_of(preview), label="Batal")

    assert "Tidak ada yang disimpan" in text_of(result)
    assert labels(result) == []
    late = await press_again(server, sari, custom_id("kol:import:save", 1))
    assert "sudah dibatalkan" in text_of(late)
    assert await count(server) == 0


async def test_a_restart_between_preview_and_simpan_loses_nothing(server: Server, sari: MemberActor) -> None:
    preview = await send(server, sari, MESSY)

    await server.restart(off_for=3_600)
    result = await sari.click(message_of(preview), label="Simpan")

    assert "Impor tersimpan" in text_of(result)
    assert await count(server) == 2


async def test_a_second_press_on_simpan_saves_nothing_twice(server: Server, sari: MemberActor) -> None:
    await sari.click(message_of(await send(server, sari)), label="Simpan")

    again = await press_again(server, sari, custom_id("kol:import:save", 1))
    cancelled = await press_again(server, sari, custom_id("kol:import:cancel", 1))

    assert "sudah disimpan" in text_of(again) and "6 baru, 0 berubah" in text_of(again)
    assert "sudah disimpan" in text_of(cancelled)
    entries = await audit.entries(server.services.database.read, subject_kind="creator_import", subject_id=1)
    assert [entry.action for entry in entries] == ["creators.imported"]


async def test_after_a_day_the_button_is_stale_and_says_what_to_do(server: Server, sari: MemberActor) -> None:
    preview = await send(server, sari)
    await server.env.advance_time(KEEP_SECONDS)

    result = await sari.click(message_of(preview), label="Simpan")

    assert "lebih dari satu hari" in text_of(result) and "/kol impor" in text_of(result)
    assert "Sedang disimpan" not in message_of(preview).content
    assert await count(server) == 0


async def test_the_uploaded_file_is_deleted_the_night_after(server: Server, sari: MemberActor) -> None:
    await send(server, sari)
    assert await server.services.file_content(1) == TIKTOK[1]

    await server.env.advance_time(2 * DAY)

    assert await server.services.file_content(1) is None


async def test_another_member_of_staff_may_not_decide_but_an_admin_may(server: Server, sari: MemberActor) -> None:
    await send(server, sari)
    dewi = await server.staff("dewi.kol")
    boss = await server.staff("rani.admin", "Admin TSC")

    for action in ("save", "cancel"):
        refused = await press_again(server, dewi, custom_id(f"kol:import:{action}", 1))
        assert f"Impor ini dikirim {sari.mention}" in text_of(refused)
    assert await count(server) == 0

    await press_again(server, boss, custom_id("kol:import:save", 1))
    assert await count(server) == 6


async def test_people_outside_the_kol_team_are_refused(server: Server, sari: MemberActor) -> None:
    await send(server, sari)
    member = await server.join("raka")
    finance = await server.staff("fina", "Finance")

    assert "kol impor" not in member.available_commands(server.channel("bantuan"))
    for result in (await send(server, finance), await kol(server, finance, "ekspor")):
        assert "hanya untuk Tim KOL" in text_of(result)
    for person in (member, finance):
        for action in ("save", "cancel"):
            pressed = await press_again(server, person, custom_id(f"kol:import:{action}", 1))
            assert "hanya untuk Tim KOL" in text_of(pressed)
    assert await count(server) == 0


async def test_the_role_is_checked_at_the_press(server: Server, sari: MemberActor) -> None:
    preview = await send(server, sari)
    assert sari.member is not None
    await sari.member.remove_roles(sari.member.roles[-1])
    await server.env.settle()

    result = await press_again(server, sari, custom_id("kol:import:save", 1))

    assert "hanya untuk Tim KOL" in text_of(result)
    assert await count(server) == 0
    assert labels(preview) == ["Simpan", "Batal"]


async def test_a_sheet_that_does_not_name_its_platform_is_sent_with_it(server: Server, sari: MemberActor) -> None:
    file = ("kol.xlsx", xlsx([1, "rara", *[None] * 6, 12_000], title="Database"))

    asked = await send(server, sari, file)
    assert "Pilih platform" in text_of(asked)
    preview = await send(server, sari, file, platform="shopee")
    await sari.click(message_of(preview), label="Simpan")

    assert await server.services.creators.find(CreatorKey(Platform.SHOPEE, "rara")) is not None
    contradicted = await send(server, sari, platform="instagram")
    assert "Judul lembar menyebut TikTok" in text_of(contradicted)


def zip_bomb() -> bytes:
    """A workbook of a few kilobytes whose sheet unpacks to 64 MB."""
    return with_members(xlsx(), {"xl/worksheets/sheet1.xml": b" " * 64 * 1024 * 1024})


def very_long() -> bytes:
    """A workbook of 200,000 rows."""
    body = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 200_001))
    return with_members(xlsx(), {"xl/worksheets/sheet1.xml": sheet_xml(body)})


def not_a_workbook() -> bytes:
    """A Word document, say."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return out.getvalue()


HOSTILE = {
    "no spreadsheet": ("foto.xlsx", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "Jenis file ini"),
    "pdf renamed": ("kol.xlsx", lambda: b"%PDF-1.7\n%%EOF", "Jenis file ini"),
    "docx renamed": ("kol.xlsx", not_a_workbook, "bukan lembar kerja"),
    "50 MB": ("kol.xlsx", lambda: bytes(50 * 1024 * 1024), "50,0 MB, paling besar 8 MB"),
    "zip bomb": ("kol.xlsx", zip_bomb, "tidak wajar"),
    "200,000 rows": ("kol.xlsx", very_long, "paling banyak 20.000 baris"),
    "no header": ("kol.xlsx", lambda: xlsx([1, "rara"], header=[]), "Baris judul kolom tidak ditemukan"),
    "header only": ("kol.xlsx", xlsx, "Tidak ada baris data"),
    "old or locked": ("kol.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "terkunci kata sandi"),
    "NUL bytes": ("kol.csv", lambda: b"USERNAME;FOLLOWERS;ER\nra\0ra;1;\n", "bukan teks CSV"),
    "empty": ("kol.csv", lambda: b"", "kosong"),
    "damaged": ("kol.xlsx", lambda: xlsx([1, "rara"])[:-400], "rusak"),
}


@pytest.mark.parametrize("case", HOSTILE)
async def test_a_file_that_can_not_be_used_is_answered_with_what_to_do(
    server: Server, sari: MemberActor, case: str
) -> None:
    name, make, sentence = HOSTILE[case]

    result = await send(server, sari, (name, make()), platform="tiktok")

    assert result.ephemeral
    assert sentence in text_of(result)
    assert labels(result) == []
    assert await count(server) == 0
    assert await server.services.database.read.fetch_all("SELECT id FROM stored_file") == []


async def test_cells_that_mean_harm_or_nothing_are_handed_back_one_by_one(server: Server, sari: MemberActor) -> None:
    def row(name: str, followers: object = 12_000, contact: object = None) -> list[Any]:
        values = {"USERNAME": name, "FOLLOWERS": followers, "CONTACT": contact}
        return [values.get(heading) for heading in HEADER]

    rows = [
        row("=1+1"),
        row("rara", "=A1"),
        row("rara💄"),
        row("\u202eolleh"),
        row("قهوة"),
        row("rere", "1.2.3jt"),
        row("[klik](https://example.com) @everyone"),
        row("roro", contact='=HYPERLINK("https://example.com")'),
        row("baik"),
    ]

    preview = await send(server, sari, ("kol [x](y).xlsx", xlsx(*rows)))

    text = text_of(preview)
    assert "Ditolak (8)" in text and "Baru (1)\n• **@baik**" in text
    assert "\u202e" not in text and "“1.2.3jt” tidak jelas" in text
    assert "“\\[klik](https://example.com) @everyone”" in text
    assert "kol \\[x](y).xlsx" in text
    await sari.click(message_of(preview), label="Simpan")
    assert await count(server) == 1


async def test_a_large_sheet_fits_into_the_answer(server: Server, sari: MemberActor) -> None:
    rows = [[n, f"kreator{n}", *[None] * 6, 10_000 + n, None, 9_000, 1, None, "99%"] for n in range(400)]
    rows += [[n, f"?{n}"] for n in range(400)]

    preview = await send(server, sari, ("besar.xlsx", xlsx(*rows)))

    text = text_of(preview)
    assert "Baru (400)" in text and "Ditolak (400)" in text and "Perlu dicek (400)" in text
    assert text.count("lainnya") >= 3
    await sari.click(message_of(preview), label="Simpan")
    assert await count(server) == 400


async def test_an_export_goes_to_who_asked_without_contacts_and_can_be_sent_back(
    server: Server, sari: MemberActor
) -> None:
    await sari.click(message_of(await send(server, sari)), label="Simpan")

    result = await kol(server, sari, "ekspor")

    assert result.ephemeral
    assert "6 kreator" in text_of(result) and "CONTACT dikosongkan" in text_of(result)
    (file,) = message_of(result).attachments
    data = await file.read()
    rows = list(load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True))
    assert list(rows[2]) == HEADER and [row[14] for row in rows[3:]] == [None] * 6
    assert "6 baris sudah sama" in text_of(await send(server, sari, (file.filename, data)))


async def test_contacts_are_exported_only_when_asked_for_and_that_is_recorded(
    server: Server, sari: MemberActor
) -> None:
    await sari.click(message_of(await send(server, sari)), label="Simpan")

    result = await kol(server, sari, "ekspor", format="csv", kontak=True, niche="skincare", min_followers="10rb")

    assert "1 kreator" in text_of(result) and "dicatat" in text_of(result)
    (file,) = message_of(result).attachments
    assert b"masavufirda@example.com" in await file.read()
    rows = await server.services.database.read.fetch_all(
        "SELECT actor_id, details FROM audit_entry WHERE action = 'creators.exported'"
    )
    assert [row["actor_id"] for row in rows] == [sari.id]
    assert '"contacts": true' in rows[0]["details"] and "@example.com" not in rows[0]["details"]


async def test_an_export_of_nothing_says_what_to_do(server: Server, sari: MemberActor) -> None:
    assert "masih kosong" in text_of(await kol(server, sari, "ekspor"))
    await sari.click(message_of(await send(server, sari)), label="Simpan")

    assert "Tidak ada kreator yang cocok" in text_of(await kol(server, sari, "ekspor", tier="mega"))
    assert "1.2.3jt" in text_of(await kol(server, sari, "ekspor", min_followers="1.2.3jt"))
