"""Reading a calendar sheet: which cells stand under which heading. What they mean is decided in `planning`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.content_calendar.columns import Column, Header, find_header, looks_like_creators
from bot.platform.files import FileKind, FileRefused, check_upload
from bot.platform.indonesian import is_blank
from bot.platform.spreadsheets import CellValue, Formula, Row, read_tables
from bot.platform.text import clip, one_line, tidy

MAX_ROWS = 1_000


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row. `number` is what the spreadsheet program shows at its left; formulas are not among the texts."""

    sheet: str
    number: int
    date: CellValue
    texts: Mapping[Column, str] = field(repr=False)
    formulas: tuple[Column, ...] = ()

    def text(self, column: Column) -> str:
        """What a column says; empty for a blank."""
        return self.texts.get(column, "")

    @property
    def label(self) -> str:
        """What people call it: `Baris 2 (NO 4)`, the spreadsheet's row and the number that the sheet itself gives."""
        number = clip(one_line(self.text(Column.NO)), 12)
        return f"Baris {self.number}" + (f" (NO {number})" if number else "")


@dataclass(frozen=True, slots=True)
class CalendarSheet:
    """Everything a file said, in its order."""

    filename: str
    rows: tuple[SheetRow, ...] = field(repr=False)
    ignored: tuple[str, ...] = ()


def read_sheet(data: bytes, filename: str = "") -> CalendarSheet:
    """Read a calendar of any make: CSV or XLSX, titles above the header, several worksheets, merged cells.

    Pure but slow for large files: call it off the event loop. Raises FileRefused when it can't be used as a whole.
    """
    file = check_upload(data, {FileKind.SPREADSHEET})
    tables = list(read_tables(file, MAX_ROWS))
    found = [(table, header) for table in tables if (header := find_header(table))]
    if not found:
        if any(map(looks_like_creators, tables)):
            raise FileRefused("Ini lembar database KOL, bukan kalender. Pakai /kol impor.")
        raise FileRefused(
            "Baris judul kolom tidak ditemukan. Pakai judul kolom seperti di kalender: Date, Focus, Strategy, Media, "
            "Section, Directive to Post, Reference, Content, Caption."
        )
    rows = [
        one
        for table, header in found
        for row in table.rows
        if row.number > header.row.number and row.cells != header.row.cells and (one := _row(table.name, header, row))
    ]
    if not rows:
        raise FileRefused("Tidak ada baris di bawah judul kolom. Isi dulu, lalu kirim lagi.")
    if len(rows) > MAX_ROWS:
        raise FileRefused("Kalendernya terlalu panjang, paling banyak 1.000 baris. Bagi menjadi beberapa berkas.")
    ignored = dict.fromkeys(heading for _, header in found for heading in header.ignored)
    return CalendarSheet(filename, tuple(rows), tuple(ignored))


def _row(sheet: str, header: Header, row: Row) -> SheetRow | None:
    """None for a row that says nothing but a number or a date."""
    cells = {column: row.cell(index) for column, index in header.positions.items()}
    texts = {column: _text(value) for column, value in cells.items() if column is not Column.DATE}
    formulas = tuple(
        column for column, value in cells.items() if isinstance(value, Formula) and column is not Column.DATE
    )
    if not formulas and not any(text for column, text in texts.items() if column not in (Column.NO, Column.TIME)):
        return None
    return SheetRow(sheet, row.number, cells.get(Column.DATE), texts, formulas)


def _text(value: CellValue) -> str:
    if isinstance(value, Formula) or is_blank(value):
        return ""
    return tidy(value.isoformat() if isinstance(value, date) else str(value))
