"""Reading spreadsheets as people keep them: CSV of any dialect and XLSX, as rows of plain values.

Formulas are reported as such and never evaluated; the value a spreadsheet program left beside one is not trusted.
"""

import csv
import io
import re
import zipfile
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, cast

from openpyxl import DEFUSEDXML, load_workbook
from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.utils import range_boundaries
from openpyxl.workbook.workbook import Workbook

from bot.platform.files import CheckedFile, FileRefused, decode_text
from bot.platform.indonesian import format_number

if not DEFUSEDXML:
    raise ImportError("defusedxml is missing or switched off: workbooks from people must not be opened without it")

MAX_DATA_ROWS = 20_000
MAX_COLUMNS = 64
# Titles, headers and totals around the data.
_ROWS_AROUND = 100
# Rows in the file, blank ones with borders or colours included: people format whole columns.
_MAX_ROW_ELEMENTS = 60_000
_LAST_EXCEL_ROW = 1_048_576
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")

_ROW_ELEMENT = re.compile(rb"<(?:\w+:)?row[\s/>]")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?\bref=\"([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})\"")
_PERCENT_DECIMALS = re.compile(r"(?:\.([0#?]+))?%")


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that computes instead of saying something."""

    text: str


CellValue = str | int | float | bool | date | Formula | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row that holds something. `number` is what the spreadsheet program shows at its left, from 1."""

    number: int
    cells: tuple[CellValue, ...] = field(repr=False)

    def cell(self, index: int) -> CellValue:
        """The value in a column, None beyond the last."""
        return self.cells[index] if index < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class Table:
    """One worksheet, or the one table of a CSV (named ""). Blank rows are left out."""

    name: str
    rows: list[Row] = field(repr=False)


def escape_text(text: str) -> str:
    """Text that no spreadsheet program takes for a formula: a `'` before what would start one."""
    return f"'{text}" if _starts_a_formula(text) else text


def unescape_text(text: str) -> str:
    """The text before `escape_text`."""
    return text[1:] if text.startswith("'") and _starts_a_formula(text) else text


def _starts_a_formula(text: str) -> bool:
    """Behind any number of quotes, so that escaping and unescaping undo each other."""
    bare = text.lstrip("'")
    return bare.startswith(_FORMULA_STARTS) or bare.lstrip().startswith(_FORMULA_STARTS[:4])


def read_tables(file: CheckedFile, max_rows: int = MAX_DATA_ROWS) -> list[Table]:
    """The visible worksheets with something on them, cells trimmed, merged cells filled, up to MAX_COLUMNS columns.

    Percent-formatted numbers come as text the way they are shown (`4.00%`), whole numbers as int. Takes seconds for the
    largest sheets: call it off the event loop. Raises FileRefused for damaged files and for more than `max_rows` rows
    (plus a few for titles).
    """
    limit = max_rows + _ROWS_AROUND
    if file.extension == "csv":
        return [Table("", list(_limited(_csv_rows(decode_text(file.data)), limit, max_rows)))]
    try:
        return _workbook_tables(file.data, limit, max_rows)
    except FileRefused:
        raise
    except Exception:
        # A hostile or damaged workbook makes openpyxl fail in any way it likes: XML, zip, key, index and value errors.
        raise FileRefused("Lembar kerja ini rusak. Buka di Excel atau Google Sheets, lalu simpan ulang.") from None


def _limited(rows: Iterable[Row], limit: int, max_rows: int) -> Iterator[Row]:
    for count, row in enumerate(rows, start=1):
        if count > limit:
            raise _too_long(max_rows)
        yield row


def _too_long(max_rows: int) -> FileRefused:
    return FileRefused(
        f"Lembar ini terlalu panjang: paling banyak {format_number(max_rows)} baris tiap berkas. "
        "Hapus baris kosong berformat di bawah tabel, atau bagi menjadi beberapa berkas."
    )


def _csv_rows(text: str) -> Iterator[Row]:
    first, _, rest = text.partition("\n")
    declared = re.fullmatch(r"\"?sep=(.)\"?\s*", first.strip("\r"), re.IGNORECASE)
    if declared:
        text = rest
    delimiter = declared[1] if declared else _delimiter(text)
    try:
        for number, record in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1):
            cells = _trimmed(_csv_cell(value) for value in record[:MAX_COLUMNS])
            if cells:
                yield Row(number, cells)
    except csv.Error:
        raise FileRefused(
            "CSV ini tidak terbaca: periksa tanda kutip yang belum ditutup, atau simpan sebagai .xlsx."
        ) from None


def _delimiter(text: str) -> str:
    """The delimiter that cuts the first rows into the most equal-sized ones."""
    sample = text[:20_000]

    def evenness(delimiter: str) -> int:
        try:
            widths = [len(record) for record in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)][:40]
        except csv.Error:
            return 0
        return max((widths.count(width) * (width - 1) for width in set(widths)), default=0)

    return max((",", ";", "\t", "|"), key=evenness)


def _csv_cell(text: str) -> CellValue:
    trimmed = text.strip()
    if trimmed.startswith("="):
        return Formula(trimmed)
    return unescape_text(trimmed) or None


def _workbook_tables(data: bytes, limit: int, max_rows: int) -> list[Table]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if (
                name.startswith("xl/worksheets/")
                and name.endswith(".xml")
                and _row_elements(archive, name) > _MAX_ROW_ELEMENTS
            ):
                raise _too_long(max_rows)
        workbook = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        try:
            return list(_visible_tables(workbook, archive, limit, max_rows))
        finally:
            workbook.close()


def _row_elements(archive: zipfile.ZipFile, name: str) -> int:
    """How many rows a worksheet describes, counted in a moment: parsing 200,000 of them takes a quarter of a minute."""
    count, tail = 0, b""
    with archive.open(name) as part:
        while chunk := part.read(1 << 20):
            window = tail + chunk
            # An element cut in two by the end of the chunk waits for the next one.
            end = max(window.rfind(b"<"), 0)
            count += len(_ROW_ELEMENT.findall(window, 0, end))
            tail = window[end : end + 100]
    return count


def _visible_tables(workbook: Workbook, archive: zipfile.ZipFile, limit: int, max_rows: int) -> Iterator[Table]:
    for sheet in cast(Any, workbook).worksheets:
        if sheet.sheet_state != "visible":
            continue
        # The size a file declares for itself may be wrong either way.
        sheet.reset_dimensions()
        kept = list(_limited(_xlsx_rows(sheet), limit, max_rows))
        if kept:
            yield Table(sheet.title, _with_merged_filled(kept, _merged_ranges(archive, sheet._worksheet_path)))


def _xlsx_rows(sheet: Any) -> Iterator[Row]:
    blank: object = None
    for number, row in enumerate(sheet.iter_rows(max_row=_LAST_EXCEL_ROW, max_col=MAX_COLUMNS), start=1):
        # For rows that a file leaves out openpyxl repeats one and the same tuple, up to a million times.
        if row is blank:
            continue
        cells = _xlsx_cells(row)
        if cells:
            yield Row(number, cells)
        else:
            blank = row


def _xlsx_cells(row: tuple[Any, ...]) -> tuple[CellValue, ...]:
    used = len(row)
    while used and row[used - 1] is EMPTY_CELL:
        used -= 1
    return _trimmed(map(_xlsx_cell, row[:used]))


def _xlsx_cell(cell: Any) -> CellValue:
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "f":
        return Formula(value if isinstance(value, str) else "=")
    if isinstance(value, str):
        # Text is text in a workbook, even when it starts with "=": no program evaluates it there. We still refuse it.
        trimmed = value.strip()
        return Formula(trimmed) if trimmed.startswith("=") else unescape_text(trimmed) or None
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return _number(value, cell.number_format)
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else str(value)


def _number(value: int | float, number_format: str) -> CellValue:
    if "%" in number_format and (shown := _PERCENT_DECIMALS.search(number_format)):
        percent = Decimal(repr(value)) * 100
        return f"{percent.quantize(Decimal(1).scaleb(-len(shown[1] or '')), ROUND_HALF_UP):f}%"
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _trimmed(cells: Iterable[CellValue]) -> tuple[CellValue, ...]:
    kept = list(cells)
    while kept and kept[-1] is None:
        kept.pop()
    return tuple(kept)


def _merged_ranges(archive: zipfile.ZipFile, path: str) -> list[tuple[int, int, int, int]]:
    """Merged ranges as (first column, first row, last column, last row), from 1.

    openpyxl tells them only when it loads the whole workbook, and then makes an object of every cell in a range: one
    range over a whole sheet keeps it busy for many minutes. They stand behind the rows.
    """
    content = archive.read(path)
    ranges = [range_boundaries(ref.decode()) for ref in _MERGED.findall(content, max(content.rfind(b"sheetData>"), 0))]
    return [(left, top, right, bottom) for left, top, right, bottom in ranges if left and top and right and bottom]


def _with_merged_filled(rows: list[Row], ranges: list[tuple[int, int, int, int]]) -> list[Row]:
    """Each cell of a merged range holds the range's value, as the person who merged them means it."""
    numbers = [row.number for row in rows]
    # Proper ranges never overlap, so they never hold more cells than there are; hostile ones would go on for hours.
    budget = len(rows) * MAX_COLUMNS
    for left, top, right, bottom in ranges:
        start, end = bisect_left(numbers, top), bisect_right(numbers, bottom)
        value = rows[start].cell(left - 1) if start < end and numbers[start] == top else None
        if value is None:
            continue
        width = min(right, MAX_COLUMNS)
        budget -= (end - start) * (width - left + 1)
        if budget < 0:
            raise FileRefused("Lembar kerja ini tidak wajar isinya, jadi tidak dibuka. Salin isinya ke lembar baru.")
        for index in range(start, end):
            cells = [*rows[index].cells, *(None,) * (width - len(rows[index].cells))]
            cells[left - 1 : width] = [value] * (width - left + 1)
            rows[index] = Row(numbers[index], tuple(cells))
    return rows
