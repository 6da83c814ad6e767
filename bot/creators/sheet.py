"""Reading a KOL sheet: good rows become records, bad rows are kept with every reason, in the words of the person."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from bot.creators.columns import Column, Header, find_header, repeats_header
from bot.creators.models import Average, CreatorKey, CreatorRecord, Metrics, Platform
from bot.creators.reported_rate import ERROR_NOTE, FORMULA_NOTE, is_error, read_reported
from bot.creators.rules import Flag, anomalies
from bot.creators.usernames import normalise_username
from bot.creators.vocabulary import (
    parse_age_band,
    parse_content_type,
    parse_gender,
    parse_niche,
    parse_platform,
    parse_yes_no,
)
from bot.platform.files import MAX_BYTES, FileKind, FileRefused, check_upload
from bot.platform.indonesian import Unreadable, format_number, is_blank, normalise_phone, parse_average, parse_count
from bot.platform.spreadsheets import MAX_DATA_ROWS, CellValue, Formula, Row, Table, read_tables
from bot.platform.text import has_hidden_characters, quote

T = TypeVar("T")
N = TypeVar("N", int, Average)

_LONGEST_CONTACT = 120


class PlatformNeeded(FileRefused):
    """The sheet doesn't say which platform it is about and nobody else did: ask, then read again.

    `fact` is the sentence without what to do about it, which differs between Discord and the shell.
    """

    def __init__(self, fact: str) -> None:
        super().__init__(f"{fact} Pilih platform, lalu kirim lagi.")
        self.fact = fact


@dataclass(frozen=True, slots=True)
class AcceptedRow:
    """A row that can be imported. `number` is the row in the person's spreadsheet; `notes` say what was left out."""

    sheet: str
    number: int
    record: CreatorRecord
    notes: tuple[str, ...] = ()

    @property
    def flags(self) -> list[Flag]:
        """What about its figures a person should look at."""
        return anomalies(self.record.metrics, self.record.reported_er)


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that can't be imported, as it was, with every reason. The cells may hold a contact: not in repr."""

    sheet: str
    number: int
    reasons: tuple[str, ...]
    cells: tuple[CellValue, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """One worksheet that held a KOL table: its headings as written and the ones that were not understood."""

    name: str
    platform: Platform | None
    headings: tuple[str, ...]
    ignored: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetReading:
    """Everything a file said. Every data row is in `rows` or in `rejected`, in the order of the file."""

    filename: str
    sheets: tuple[ReadSheet, ...]
    rows: tuple[AcceptedRow, ...] = field(repr=False)
    rejected: tuple[RejectedRow, ...] = field(repr=False)

    @property
    def platforms(self) -> list[Platform]:
        """The platforms of the good rows, in the order of the enum."""
        present = {row.record.platform for row in self.rows}
        return [platform for platform in Platform if platform in present]


def read_sheet(
    data: bytes, filename: str = "", platform: Platform | None = None, *, limit: int = MAX_BYTES
) -> SheetReading:
    """Read a KOL sheet of any make: CSV or XLSX, titles above the header, several worksheets, people's number styles.

    The platform comes from the titles ("... (TIKTOK CREATORS)"), the worksheet's name, or a PLATFORM column; else it
    has to be given. `limit` is the most bytes a file may have. The first good row of an account wins, later ones are
    rejected as duplicates. Pure but slow for large files: call it off the event loop. Raises FileRefused when the file
    as a whole can't be used, and PlatformNeeded when only the platform is missing.
    """
    file = check_upload(data, {FileKind.SPREADSHEET}, limit)
    found = [(table, header) for table in read_tables(file) if (header := find_header(table))]
    if not found:
        columns = f"{Column.USERNAME}, {Column.FOLLOWERS}, {Column.AVG_LIKES}, {Column.AVG_COMMENTS}"
        raise FileRefused(
            f"Baris judul kolom tidak ditemukan. Pakai judul kolom {columns}, seperti di lembar database."
        )
    reader = _Reader()
    sheets = [reader.read(table, header, _platform_of(table, header, platform)) for table, header in found]
    if not reader.rows and not reader.rejected:
        raise FileRefused("Tidak ada baris data di bawah judul kolom. Isi dulu, lalu kirim lagi.")
    return SheetReading(filename, tuple(sheets), tuple(reader.rows), tuple(reader.rejected))


def _platform_of(table: Table, header: Header, given: Platform | None) -> Platform | None:
    titled = header.platform
    if titled and given and titled is not given:
        raise FileRefused(
            f"Judul lembar menyebut {titled.label}, tetapi yang dipilih {given.label}. Pilih {titled.label}, atau "
            "perbaiki judulnya."
        )
    if not titled and not given and Column.PLATFORM not in header.positions:
        where = f" {quote(table.name)}" if table.name else ""
        raise PlatformNeeded(f"Lembar{where} tidak menyebut platformnya.")
    return titled or given


class _Reader:
    """Collects the rows of all worksheets, so that duplicates are seen across them."""

    def __init__(self) -> None:
        self.rows: list[AcceptedRow] = []
        self.rejected: list[RejectedRow] = []
        self._first_seen: dict[CreatorKey, AcceptedRow] = {}

    def read(self, table: Table, header: Header, platform: Platform | None) -> ReadSheet:
        for row in table.rows:
            if row.number <= header.row.number or repeats_header(header, row):
                continue
            cells = _Cells(header, row)
            if not cells.empty:
                self._add(table.name, row, cells, platform)
        return ReadSheet(table.name, platform, tuple(header.headings), header.ignored)

    def _add(self, sheet: str, row: Row, cells: "_Cells", platform: Platform | None) -> None:
        if len(self.rows) + len(self.rejected) >= MAX_DATA_ROWS:
            raise FileRefused(f"Paling banyak {format_number(MAX_DATA_ROWS)} baris tiap berkas. Bagi menjadi beberapa.")
        record = _record(cells, platform)
        first = self._first_seen.get(record.key) if record else None
        if record and first:
            where = f"baris {first.number}" + (f" di lembar {quote(first.sheet)}" if first.sheet != sheet else "")
            cells.reasons.append(f"Sama dengan {where}: @{record.username} sudah ada di berkas ini.")
        if record is None or cells.reasons:
            self.rejected.append(RejectedRow(sheet, row.number, tuple(cells.reasons), row.cells))
            return
        accepted = AcceptedRow(sheet, row.number, record, tuple(cells.notes))
        self._first_seen[record.key] = accepted
        self.rows.append(accepted)


class _Cells:
    """One row by column. Reading a cell that can't be read leaves a reason and gives None."""

    def __init__(self, header: Header, row: Row) -> None:
        self._header = header
        self._row = row
        self.reasons: list[str] = []
        self.notes: list[str] = []

    @property
    def empty(self) -> bool:
        """Whether nothing but the running number is filled in, as in prepared lists."""
        used = (value for column in Column if column is not Column.NO for value in self.all(column))
        return all(is_blank(value) for value in used)

    def all(self, column: Column) -> list[CellValue]:
        """The values of every column with this meaning."""
        return [self._row.cell(index) for index in self._header.positions.get(column, ())]

    def read(self, column: Column, reader: Callable[[Any], T | None]) -> T | None:
        """The column's value as `reader` understands it; None for a blank or with a reason noted."""
        value = next(iter(self.all(column)), None)
        if value is None:
            return None
        if isinstance(value, Formula):
            self.refuse(column, "berisi rumus. Salin, lalu tempel sebagai nilai (Paste values).")
            return None
        if is_error(value) and not is_blank(value):
            self.refuse(column, f"berisi galat spreadsheet {value}. Perbaiki rumusnya, atau isi nilainya.")
            return None
        try:
            return reader(value)
        except Unreadable as problem:
            self.refuse(column, problem.message)
            return None

    def refuse(self, column: Column, reason: str) -> None:
        """Note why the row can't be taken."""
        self.reasons.append(f"{column}: {reason}")


def _record(cells: _Cells, platform: Platform | None) -> CreatorRecord | None:
    """The row as a record, None without a platform or username; all problems of the row are noted in `cells`."""
    platform = cells.read(Column.PLATFORM, parse_platform) or platform
    username = _username(cells, platform)
    niche_1, niche_2 = cells.read(Column.NICHE_1, parse_niche), cells.read(Column.NICHE_2, parse_niche)
    age_band, gender = cells.read(Column.AGE_BAND, parse_age_band), cells.read(Column.GENDER, parse_gender)
    content_type = cells.read(Column.CONTENT_TYPE, parse_content_type)
    affiliate = cells.read(Column.AFFILIATE, parse_yes_no)
    metrics = Metrics(
        followers=_figure(cells, Column.FOLLOWERS, lambda value: parse_count(value, whole=True)),
        avg_views=_figure(cells, Column.AVG_VIEWS, parse_average),
        avg_likes=_figure(cells, Column.AVG_LIKES, parse_average),
        avg_comments=_figure(cells, Column.AVG_COMMENTS, parse_average),
        avg_shares=_figure(cells, Column.AVG_SHARES, parse_average),
    )
    reported_er, contact = _reported_er(cells, metrics), _contact(cells)
    if platform is None or username is None:
        return None
    return CreatorRecord(
        platform=platform,
        username=username,
        age_band=age_band,
        gender=gender,
        niche_1=niche_1,
        niche_2=niche_2,
        content_type=content_type,
        affiliate=affiliate,
        metrics=metrics,
        reported_er=reported_er,
        contact=contact,
    )


def _username(cells: _Cells, platform: Platform | None) -> str | None:
    if platform is None:
        if not cells.reasons:
            cells.refuse(Column.PLATFORM, "kosong.")
        return None
    before = len(cells.reasons)
    username = cells.read(Column.USERNAME, lambda value: normalise_username(platform, value))
    if username is None and len(cells.reasons) == before:
        cells.refuse(Column.USERNAME, "kosong.")
    return username


def _figure(cells: _Cells, column: Column, parse: Callable[[Any], N | None]) -> N | None:
    def read(value: Any) -> N | None:
        if isinstance(value, date):
            raise Unreadable("berisi tanggal, bukan angka. Ubah format selnya menjadi angka.")
        count = parse(value)
        if count is not None and count < 0:
            raise Unreadable(f"Angka {quote(value)} negatif. Isi 0 atau lebih, atau kosongkan.")
        return count

    return cells.read(column, read)


def _reported_er(cells: _Cells, metrics: Metrics) -> Decimal | None:
    """The sheet's own ER. Sheets mostly compute it with a formula; the row is as good without.

    In our own exports ER is what we computed, and what an earlier sheet reported stands in a column of its own.
    """
    kept = [value for value in cells.all(Column.REPORTED_ER) if not is_blank(value)]
    column = Column.REPORTED_ER if kept else Column.ER
    values = cells.all(column)
    if any(isinstance(value, Formula) for value in values):
        cells.notes.append(FORMULA_NOTE)
        return None
    if any(map(is_error, values)):
        cells.notes.append(ERROR_NOTE)
        return None
    reported, note = cells.read(column, lambda value: read_reported(value, metrics)) or (None, "")
    if note:
        cells.notes.append(note)
    return reported


def _contact(cells: _Cells) -> str | None:
    """Phones in E.164, addresses in lower case, other text as it is; several columns joined. Never in reasons."""
    values = cells.all(Column.CONTACT)
    if any(isinstance(value, Formula) for value in values):
        cells.refuse(Column.CONTACT, "berisi rumus. Salin, lalu tempel sebagai nilai (Paste values).")
        return None
    texts = [" ".join(str(value).split()) for value in values if not is_blank(value)]
    if any(map(is_error, texts)):
        cells.refuse(Column.CONTACT, "berisi galat spreadsheet. Perbaiki rumusnya, atau isi nilainya.")
        return None
    if any(has_hidden_characters(text) for text in texts):
        cells.refuse(Column.CONTACT, "berisi karakter tersembunyi. Ketik ulang kontaknya.")
        return None
    contact = " / ".join(dict.fromkeys(_one_contact(text) for text in texts))
    if len(contact) > _LONGEST_CONTACT:
        cells.refuse(Column.CONTACT, f"terlalu panjang, paling banyak {_LONGEST_CONTACT} karakter.")
        return None
    return contact or None


def _one_contact(text: str) -> str:
    if "@" in text[1:] and " " not in text:
        return text.lower()
    return normalise_phone(text) or text
