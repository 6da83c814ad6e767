"""The columns of the KOL sheet and the many headings people give them."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz, process

from bot.creators.models import Platform
from bot.creators.vocabulary import parse_platform
from bot.platform.indonesian import Unreadable
from bot.platform.spreadsheets import Row, Table


class Column(StrEnum):
    """A column of the sheet; the value is its heading in the division's own layout, in its order."""

    NO = "NO"
    USERNAME = "USERNAME"
    AGE_BAND = "EST USIA"
    GENDER = "GENDER"
    NICHE_1 = "NICHE 1"
    NICHE_2 = "NICHE 2"
    CONTENT_TYPE = "TYPE CONTENT"
    AFFILIATE = "AFFILIATE"
    FOLLOWERS = "FOLLOWERS"
    AVG_VIEWS = "AVG. VIEWS"
    AVG_LIKES = "AVG. LIKE"
    AVG_COMMENTS = "AVG. COM"
    AVG_SHARES = "AVG. SHARE"
    ER = "ER"
    CONTACT = "CONTACT"
    # Not in the division's layout: for a list that mixes platforms.
    PLATFORM = "PLATFORM"
    # Nor this: our exports keep the ER of an earlier sheet here where it contradicts the computed one in ER.
    REPORTED_ER = "ER LEMBAR"


SHEET_COLUMNS = tuple(column for column in Column if column not in (Column.PLATFORM, Column.REPORTED_ER))

# `avg` stands for average, rata-rata, rata2 and rerata.
_SYNONYMS: Mapping[Column, str] = {
    Column.NO: "nomor|nomer|number|#",
    Column.USERNAME: "user name|nama pengguna|nama akun|akun|account|handle|username tiktok|username instagram"
    "|username ig|link profil|link akun|profil|profile",
    Column.AGE_BAND: "usia|umur|age|est age|estimasi usia|perkiraan usia|rentang usia|kelompok usia",
    Column.GENDER: "jenis kelamin|kelamin|jk|l p|sex",
    Column.NICHE_1: "niche|niche utama|kategori|kategori 1|category|category 1",
    Column.NICHE_2: "niche kedua|kategori 2|category 2",
    Column.CONTENT_TYPE: "content type|type konten|tipe konten|tipe content|jenis konten|type|tipe|kategori kreator",
    Column.AFFILIATE: "afiliasi|affiliator|afiliator|affiliate y n",
    Column.FOLLOWERS: "follower|pengikut|jumlah followers|jumlah pengikut|total followers|subscribers|subscriber",
    Column.AVG_VIEWS: "avg view|views|view|avg tayangan|tayangan",
    Column.AVG_LIKES: "avg likes|likes|like|avg suka|suka",
    Column.AVG_COMMENTS: "avg comment|avg comments|comments|comment|avg komentar|avg komen|komentar|komen|com",
    Column.AVG_SHARES: "avg shares|shares|share|avg dibagikan|dibagikan",
    Column.ER: "engagement rate|engagement|er rate|engagement rate er",
    Column.CONTACT: "kontak|contact person|cp|no hp|nomor hp|hp|no wa|nomor wa|wa|whatsapp|no telepon|telepon"
    "|telp|email|e mail",
    Column.REPORTED_ER: "er di lembar|er sheet",
    Column.PLATFORM: "media sosial|sosmed|social media",
}
_AVERAGE = re.compile(r"\b(?:average|rata rata|rata ?2|rerata)\b")
# Over the 85.7 that "niche 1" and "niche 2" have in common, though digits are compared apart as well.
_CLOSE_ENOUGH = 86
_SHORTEST_TO_GUESS = 5
_ROWS_TO_SEARCH = 30
_FEWEST_COLUMNS = 3

_IN_TITLE = re.compile(r"\(([^()]{1,20}?) creators?\)", re.IGNORECASE)
_PLATFORM_WORDS = re.compile(r"\b(?:tik ?tok|instagram|you ?tube|facebook|shopee|twitter)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Header:
    """Where a worksheet's columns are. `ignored` are headings that mean nothing to the KOL database."""

    row: Row
    positions: Mapping[Column, tuple[int, ...]]
    platform: Platform | None
    ignored: tuple[str, ...]

    @property
    def headings(self) -> list[str]:
        """The headings as the person wrote them."""
        return ["" if cell is None else str(cell) for cell in self.row.cells]


def find_header(table: Table) -> Header | None:
    """The row among the first that names the most columns, USERNAME among them; None when there is none."""
    found = [(row, *_positions(row)) for row in table.rows[:_ROWS_TO_SEARCH]]
    named = [one for one in found if Column.USERNAME in one[1] and len(one[1]) >= _FEWEST_COLUMNS]
    if not named:
        return None
    row, positions, ignored = max(named, key=lambda one: len(one[1]))
    above = [str(cell) for title in table.rows if title.number < row.number for cell in title.cells if cell is not None]
    return Header(row, positions, _platform_named([*above, table.name]), tuple(ignored))


def repeats_header(header: Header, row: Row) -> bool:
    """Whether the row is the header once more, as in sheets pasted one below the other."""
    return row.cells == header.row.cells


def _positions(row: Row) -> tuple[dict[Column, tuple[int, ...]], list[str]]:
    """The columns a row names, and the headings it doesn't know.

    A division's own heading beats a synonym (AVG. VIEWS over VIEWS); only contacts may have several columns.
    """
    headings = {index: _plain(cell) for index, cell in enumerate(row.cells) if isinstance(cell, str)}
    positions: dict[Column, tuple[int, ...]] = {}
    exact = {index: _OWN_HEADINGS[heading] for index, heading in headings.items() if heading in _OWN_HEADINGS}
    guessed = {
        index: column for index, heading in headings.items() if index not in exact and (column := _meant(heading))
    }
    for index, column in [*exact.items(), *sorted(guessed.items())]:
        if column is Column.NICHE_1 and column in positions:
            column = Column.NICHE_2
        if column not in positions or column is Column.CONTACT:
            positions[column] = (*positions.get(column, ()), index)
    used = {index for indexes in positions.values() for index in indexes}
    return positions, [str(row.cells[index]) for index in headings if index not in used]


def _meant(heading: str) -> Column | None:
    if heading in _HEADINGS:
        return _HEADINGS[heading]
    if len(heading) < _SHORTEST_TO_GUESS:
        return None
    close = process.extractOne(heading, _HEADINGS.keys(), scorer=fuzz.ratio, score_cutoff=_CLOSE_ENOUGH)
    if close is None or re.findall(r"\d", close[0]) != re.findall(r"\d", heading):
        return None
    return _HEADINGS[close[0]]


def _platform_named(titles: Sequence[str]) -> Platform | None:
    """The one platform that the title rows (or the worksheet's name) speak of; None for none or several."""
    words = [match[1] for title in titles for match in _IN_TITLE.finditer(title)]
    words = words or [match[0] for title in titles for match in _PLATFORM_WORDS.finditer(title)]
    platforms: set[Platform | None] = set()
    for word in words:
        try:
            platforms.add(parse_platform(word))
        except Unreadable:
            continue
    return platforms.pop() if len(platforms) == 1 else None


def _plain(heading: str) -> str:
    """Lower case, no punctuation, one space, digits apart, every word for average the same."""
    text = unicodedata.normalize("NFKC", heading).lower()
    text = re.sub(r"[^\w#]+|_", " ", text)
    text = " ".join(re.sub(r"(?<=[a-z])(?=\d)", " ", text).split())
    return _AVERAGE.sub("avg", text)


_OWN_HEADINGS = {_plain(column.value): column for column in Column}
_HEADINGS = _OWN_HEADINGS | {
    synonym: column for column, synonyms in _SYNONYMS.items() for synonym in synonyms.split("|")
}
