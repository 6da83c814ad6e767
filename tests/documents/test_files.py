"""The upload check: what a file is comes from its content, and nothing that blows up gets in."""

import io
import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.platform.files import FileKind, FileRefused, check_upload, clean_image, decode_text, refuse_oversize
from tests.documents.workbooks import png_claiming, saved, with_members, workbook

ANY = set(FileKind)
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


def picture(kind: str, size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()


def refusal(data: bytes, allowed: set[FileKind] = ANY, **options: int) -> str:
    with pytest.raises(FileRefused) as refused:
        check_upload(data, allowed, **options)
    assert refused.value.message.endswith(".")
    return refused.value.message


@pytest.mark.parametrize(
    ("data", "kind", "extension", "media_type"),
    [
        (picture("PNG"), FileKind.IMAGE, "png", "image/png"),
        (picture("JPEG"), FileKind.IMAGE, "jpg", "image/jpeg"),
        (picture("WEBP"), FileKind.IMAGE, "webp", "image/webp"),
        (picture("GIF"), FileKind.IMAGE, "gif", "image/gif"),
        (PDF, FileKind.PDF, "pdf", "application/pdf"),
        (b"NO;USERNAME\n1;rara\n", FileKind.SPREADSHEET, "csv", "text/csv"),
        (saved(workbook()), FileKind.SPREADSHEET, "xlsx", None),
    ],
)
def test_a_file_is_known_by_its_content(data: bytes, kind: FileKind, extension: str, media_type: str | None) -> None:
    checked = check_upload(data, ANY)
    assert (checked.kind, checked.extension, checked.data) == (kind, extension, data)
    assert media_type in (None, checked.media_type)
    assert "data" not in repr(checked)


def test_a_picture_is_no_spreadsheet_and_the_answer_says_what_is_wanted() -> None:
    assert refusal(picture("PNG"), {FileKind.SPREADSHEET}) == (
        "Jenis file ini tidak bisa dipakai. Kirim lembar kerja (.xlsx atau .csv)."
    )
    assert "gambar" in refusal(b"a;b\n1;2\n", {FileKind.IMAGE})
    assert "gambar" in refusal(saved(workbook()), {FileKind.IMAGE, FileKind.PDF})


@pytest.mark.parametrize(
    "data",
    [
        b"MZ\x90\x00\x03",
        b"\x7fELF\x02\x01",
        b"Rar!\x1a\x07\x00",
        b"<html><table></table></html>",
        b'{"a": 1}',
        b"{\\rtf1}",
    ],
)
def test_programs_archives_and_web_pages_are_no_files_for_us(data: bytes) -> None:
    assert "Jenis file" in refusal(data)


def test_an_iphone_photo_is_refused_with_what_to_send_instead() -> None:
    photo = b"\x00\x00\x00\x24ftypheic\x00\x00\x00\x00mif1heic"
    with pytest.raises(FileRefused, match="tangkapan layar"):
        check_upload(photo, [FileKind.IMAGE])


@pytest.mark.parametrize("data", [b"", b"   \r\n", b"\0" * 5_000])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert "kosong" in refusal(data)


def test_a_50_mb_file_is_refused_before_it_is_downloaded_and_again_before_it_is_looked_at() -> None:
    with pytest.raises(FileRefused, match="Ukuran file 50,0 MB, paling besar 8 MB"):
        refuse_oversize(50 * 1024 * 1024)
    data = b"a;b\n" * (50 * 1024 * 1024 // 4)
    started = time.perf_counter()
    assert "paling besar 8 MB" in refusal(data)
    assert time.perf_counter() - started < 1


def test_the_limit_can_be_set() -> None:
    assert "paling besar 1 MB" in refusal(b"a" * 1_500_000, limit=1024 * 1024)


def test_a_zip_bomb_is_refused_without_being_unpacked() -> None:
    bomb = with_members(saved(workbook()), {"xl/worksheets/sheet9.xml": b"\0" * 400_000_000})
    assert len(bomb) < 8 * 1024 * 1024
    tracemalloc.start()
    try:
        assert "tidak wajar" in refusal(bomb)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_many_members_that_add_up_are_refused_too() -> None:
    # Each is modest in size and ratio; together they are too much.
    filler = bytes(range(256)) * 2_048
    members = {f"xl/media/image{i}.bin": filler + i.to_bytes(4, "big") for i in range(150)}
    assert "terlalu besar setelah dibuka" in refusal(with_members(saved(workbook()), members))
    assert "tidak wajar" in refusal(with_members(saved(workbook()), {f"xl/{i}.bin": b"" for i in range(1_001)}))


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../../evil.xml", "xl/../../evil.xml", "C:/evil.xml", "\\\\host\\evil"]
)
def test_members_that_point_out_of_the_archive_are_refused(name: str) -> None:
    assert "tidak wajar" in refusal(with_members(saved(workbook()), {name: b"x"}))


def test_a_workbook_with_macros_is_refused() -> None:
    assert "makro" in refusal(with_members(saved(workbook()), {"xl/vbaProject.bin": b"\xd0\xcf"}))


def test_old_office_files_other_archives_and_broken_ones_are_told_apart() -> None:
    assert "Office lama atau terkunci kata sandi" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    word = with_members(saved(workbook()), {"word/document.xml": b"<x/>"}).replace(
        b"xl/workbook.xml", b"xx/workbook.xml"
    )
    assert "bukan lembar kerja" in refusal(word)
    assert "rusak" in refusal(saved(workbook())[:1_500])
    assert "tidak utuh" in refusal(PDF[:20])


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_picture_that_claims_to_be_huge_is_refused_from_its_header() -> None:
    for size in ((60_000, 60_000), (12_000, 12_000), (8_000, 6_000)):
        assert "terlalu besar" in refusal(png_claiming(*size))


def test_a_picture_cut_short_is_refused() -> None:
    whole = picture("JPEG", (400, 400))
    assert "rusak atau tidak utuh" in refusal(whole[: len(whole) // 2])
    assert "rusak atau tidak utuh" in refusal(png_claiming(400, 400))


def test_cleaning_a_photo_takes_out_where_it_was_taken_and_turns_it_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "S"
    photo = picture("JPEG", (400, 200), exif=exif) + b"hidden behind the picture"
    cleaned = clean_image(check_upload(photo, {FileKind.IMAGE}))
    with Image.open(io.BytesIO(cleaned.data)) as image:
        assert image.size == (200, 400)
        assert not image.getexif()
    assert b"hidden" not in cleaned.data
    assert cleaned.extension == "jpg"


def test_cleaning_makes_large_pictures_smaller_and_keeps_transparency() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (3_000, 1_000), (0, 0, 0, 0)).save(out, "PNG", pnginfo=None)
    cleaned = clean_image(check_upload(out.getvalue(), {FileKind.IMAGE}), longest_side=600)
    with Image.open(io.BytesIO(cleaned.data)) as image:
        assert image.size == (600, 200)
        assert image.getpixel((5, 5)) == (0, 0, 0, 0)
    assert cleaned.media_type == "image/png"


@pytest.mark.parametrize("kind", ["WEBP", "GIF"])
def test_cleaning_turns_other_pictures_into_png(kind: str) -> None:
    assert clean_image(check_upload(picture(kind), ANY)).extension == "png"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_is_read_in_every_encoding_spreadsheets_save(encoding: str) -> None:
    text = "NO;USERNAME;NICHE\r\n1;rara;Kuliner – “pedas”\r\n"
    assert decode_text(text.encode(encoding)) == text


def test_text_of_an_older_windows_is_read() -> None:
    assert decode_text("18–24;José".encode("cp1252")) == "18–24;José"


@pytest.mark.parametrize("data", [b"a;b\n1;\x00;2\n", b"\x01\x02\x03abc", b"\xff\xfea", b"caf\x81"])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(FileRefused):
        decode_text(data)


@settings(deadline=None, max_examples=150)
@given(
    start=st.sampled_from(
        [b"", b"PK\x03\x04", b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"RIFF0000WEBP"]
    ),
    rest=st.binary(max_size=400),
)
def test_no_bytes_make_the_check_fail_in_any_other_way(start: bytes, rest: bytes) -> None:
    try:
        check_upload(start + rest, ANY)
    except FileRefused as refused:
        assert refused.message


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(["PNG", "JPEG", "WEBP", "GIF"]), st.data())
def test_a_damaged_picture_is_refused_or_read_but_never_an_error(kind: str, data: st.DataObject) -> None:
    damaged = bytearray(picture(kind))
    position = data.draw(st.integers(0, len(damaged) - 1))
    damaged[position] = data.draw(st.integers(0, 255))
    try:
        checked = check_upload(bytes(damaged), {FileKind.IMAGE})
    except FileRefused:
        return
    assert clean_image(checked).data
