"""The columns of the content calendar and the headings people give them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.content_calendar.vocabulary import plain
from bot.platform.spreadsheets import Row, Table


class Column(StrEnum):
    """A column; the value is its heading in the division's own layout, in its order."""

    NO = "NO"
    DATE = "Date"
    TIME = "Time"
    FOCUS = "Focus"
    STRATEGY = "Strategy"
    MEDIA = "Media"
    SECTION = "Section"
    DIRECTIVE = "Directive to Post"
    REFERENCE = "Reference"
    CONTENT = "Content"
    CAPTION = "Caption"


_SYNONYMS: Mapping[Column, str] = {
    Column.NO: "nomor|nomer|number",
    Column.DATE: "tanggal|tgl|hari tanggal|tanggal tayang|posting date|date post",
    Column.TIME: "jam|waktu|pukul|jam tayang|hour",
    Column.FOCUS: "fokus|objective|tujuan",
    Column.STRATEGY: "strategi|strategies|kegiatan|activity",
    Column.MEDIA: "medium|platform|channel media",
    Column.SECTION: "seksi|bagian|channel|section channel|kanal",
    Column.DIRECTIVE: "directive|arahan|arahan posting|direction|directive post|arahan desain",
    Column.REFERENCE: "referensi|ref|references",
    Column.CONTENT: "konten|isi|judul konten|headline",
    Column.CAPTION: "teks|copy|captions|caption posting",
}
_COLUMNS = {plain(column): column for column in Column} | {
    word: column for column, words in _SYNONYMS.items() for word in words.split("|")
}
# Headings of the other sheet that the division keeps: its creators.
_CREATOR_HEADINGS = (
    "username|followers|follower|pengikut|er|engagement rate|avg views|avg like|avg likes|avg com|avg share|niche"
    "|niche 1|niche 2|est usia|usia|gender|type content|affiliate|contact|kontak|rate card|kota|provinsi"
)
_OF_CREATORS = frozenset(_CREATOR_HEADINGS.split("|"))
_ROWS_TO_SEARCH = 30
_NEEDED = {Column.DATE, Column.MEDIA}
_FEWEST = 4


@dataclass(frozen=True, slots=True)
class Header:
    """Where a worksheet's columns are; `ignored` are headings that mean nothing to the calendar."""

    row: Row
    positions: Mapping[Column, int]
    ignored: tuple[str, ...]


def find_header(table: Table) -> Header | None:
    """The row among the first that names the most columns, Date and Media among them; None when there is none."""
    found = [_header(row) for row in table.rows[:_ROWS_TO_SEARCH]]
    named = [one for one in found if set(one.positions) >= _NEEDED and len(one.positions) >= _FEWEST]
    return max(named, key=lambda one: len(one.positions), default=None)


def looks_like_creators(table: Table) -> bool:
    """Whether a worksheet that is no calendar has the headings of the creators' sheet."""
    return any(
        len({plain(cell) for cell in row.cells if isinstance(cell, str)} & _OF_CREATORS) >= 3
        for row in table.rows[:_ROWS_TO_SEARCH]
    )


def _header(row: Row) -> Header:
    positions: dict[Column, int] = {}
    ignored: list[str] = []
    for index, cell in enumerate(row.cells):
        if not isinstance(cell, str):
            continue
        column = _COLUMNS.get(plain(cell))
        if column is None or column in positions:
            ignored.append(cell)
        else:
            positions[column] = index
    return Header(row, positions, tuple(ignored))
