"""Workbooks and pictures for the tests: ordinary ones, and ones built to do harm."""

import io
import struct
import zipfile
import zlib
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook, load_workbook

HEADER = [
    "NO", "USERNAME", "EST USIA", "GENDER", "NICHE 1", "NICHE 2", "TYPE CONTENT", "AFFILIATE",
    "FOLLOWERS", "AVG. VIEWS", "AVG. LIKE", "AVG. COM", "AVG. SHARE", "ER", "CONTACT",
]  # fmt: skip
TITLE = "THE SOCIAL CLUB DATABASE (TIKTOK CREATORS)"


def workbook(*rows: Sequence[Any], title: str | None = TITLE, header: Sequence[Any] = HEADER) -> Workbook:
    """A workbook with one KOL sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    if title:
        sheet.append([title])
    if header:
        sheet.append(list(header))
    for row in rows:
        sheet.append(list(row))
    return book


def saved(book: Workbook) -> bytes:
    """The bytes of the file."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cells(data: bytes, sheet: int = 0) -> list[list[Any]]:
    """The values of a worksheet, as openpyxl reads them back (formulas as their text)."""
    book = load_workbook(io.BytesIO(data))
    return [[cell.value for cell in row] for row in book.worksheets[sheet].iter_rows()]


def with_members(data: bytes, members: dict[str, bytes]) -> bytes:
    """The archive with these members added or put in the place of others."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in members:
                new.writestr(name, old.read(name))
        for name, content in members.items():
            new.writestr(name, content)
    return out.getvalue()


def sheet_xml(body: str, after: str = "") -> bytes:
    """The XML of a worksheet with these rows."""
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{namespace}"><sheetData>{body}</sheetData>{after}</worksheet>'.encode()


def with_shared_strings(data: bytes, strings: bytes, sheet: bytes) -> bytes:
    """The workbook with its texts in a part of their own, as Excel saves them."""
    types = "[Content_Types].xml"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}" /></Types>'.encode()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        listed = archive.read(types).replace(b"</Types>", override)
    return with_members(data, {types: listed, "xl/sharedStrings.xml": strings, "xl/worksheets/sheet1.xml": sheet})


def lying_about_sizes(data: bytes, member: str) -> bytes:
    """The archive with a member that claims to unpack to ten bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        real = archive.getinfo(member).file_size
    return data.replace(struct.pack("<L", real), struct.pack("<L", 10))


def png_claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is this large."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(b"\0" * 1_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + pixels + chunk(b"IEND", b"")
