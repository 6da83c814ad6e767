"""What is asked about a sheet's rows and what people answer; a row as it is understood so far."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from bot.content_calendar.columns import Column
from bot.content_calendar.dates import parse_clock
from bot.content_calendar.models import GIVEAWAY_SECONDS, QUIZ_SECONDS, Content, Way
from bot.content_calendar.sheet import SheetRow
from bot.content_calendar.strategy import read_prize
from bot.content_calendar.terms import read_length
from bot.content_calendar.vocabulary import find_channel
from bot.content_calendar.wording import questions, title_of
from bot.platform.errors import DomainError
from bot.platform.indonesian import parse_date
from bot.platform.text import quote, tidy

LONGEST_CAPTION = 3_500
SKIP = "skip"
# Which version of an entry stays that staff changed by hand and whose row has changed since.
KEEP, TAKE = "keep", "sheet"
PRIZE_EXAMPLE = "Gopay 25.000 untuk 2 pemenang"


class Ask(IntEnum):
    """What about a row a person has to decide. Numbers, for they are part of custom_ids."""

    DATE = 1
    MEDIA = 2
    FOCUS = 3
    SECTION = 4
    KIND = 5
    PRIZE = 6
    CAPTION = 7
    QUESTIONS = 8
    TIME = 9
    LEGAL = 10
    WAY = 11
    LENGTH = 12
    VERSION = 13

    @property
    def label(self) -> str:
        """For people."""
        return _ASKS[self]


_ASKS = {
    Ask.DATE: "Tanggal",
    Ask.MEDIA: "Media",
    Ask.FOCUS: "Focus",
    Ask.SECTION: "Channel",
    Ask.KIND: "Jenis kegiatan",
    Ask.PRIZE: "Hadiah",
    Ask.CAPTION: "Teks",
    Ask.QUESTIONS: "Pertanyaan kuis",
    Ask.TIME: "Jam",
    Ask.LEGAL: "Undian atau kontes",
    Ask.WAY: "Cara menang",
    Ask.LENGTH: "Lama dibuka",
    Ask.VERSION: "Versi tim atau lembar",
}


@dataclass(frozen=True, slots=True)
class Issue:
    """A question: why, the answers to choose from (value, label), and what may be typed instead (empty: nothing)."""

    ask: Ask
    reason: str
    options: tuple[tuple[str, str], ...] = ()
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What people decided so far: by the row's index in the sheet, and channels by the section's key."""

    rows: Mapping[int, Mapping[Ask, str]] = field(default_factory=dict[int, Mapping[Ask, str]])
    sections: Mapping[str, int] = field(default_factory=dict[str, int])

    def of(self, index: int) -> Mapping[Ask, str]:
        """Those of one row."""
        return self.rows.get(index, {})


@dataclass(frozen=True, slots=True)
class Known:
    """A row of this very text that is in the calendar already: its entry, and when the sheet had it."""

    entry_id: int
    due_at: int
    day: date


@dataclass(frozen=True, slots=True)
class Planned:
    """A row as understood. `content` and `due_at` are complete when there are no `issues`; `notes` are to be read.

    `version` is KEEP or TAKE once a person has chosen, for an entry that staff changed by hand.
    """

    index: int
    row: SheetRow
    digest: str
    content: Content | None
    due_at: int | None
    issues: tuple[Issue, ...] = ()
    notes: tuple[str, ...] = ()
    known: Known | None = None
    skipped: bool = False
    same_as: int | None = None
    version: str = ""

    @property
    def label(self) -> str:
        """What the preview calls it."""
        if self.content is not None:
            return self.content.title
        texts = (self.row.text(column) for column in (Column.CONTENT, Column.STRATEGY, Column.CAPTION))
        return title_of(*texts)


@dataclass(frozen=True, slots=True)
class Defaults:
    """Asked once for a whole sheet: how long its quizzes and giveaways are open (seconds), how quizzes are won."""

    quiz_seconds: int = QUIZ_SECONDS
    giveaway_seconds: int = GIVEAWAY_SECONDS
    way: Way = Way.FASTEST


@dataclass(frozen=True, slots=True)
class Setting:
    """What the sheet does not say: year, default hour (minute of the day, WIB), channels by section and by name.

    `usual` is for activities where a Strategy does not say.
    """

    year: int
    minute: int
    sections: Mapping[str, int]
    channels: Mapping[str, int]
    usual: Defaults = Defaults()


def read_decision(issue: Issue, value: str, setting: Setting) -> str:
    """A person's answer as it is kept: an option's value, or what they typed, checked. Raises DomainError."""
    text = tidy(value)
    if text == SKIP or any(text == option for option, _ in issue.options):
        return text
    if not text or not issue.typed:
        raise DomainError("Pilih salah satu jawaban dulu.")
    match issue.ask:
        case Ask.DATE:
            day = parse_date(text, today=date(setting.year, 7, 2))
            if day is None:
                raise DomainError("Tanggalnya belum diisi.")
            return day.isoformat()
        case Ask.TIME:
            return str(parse_clock(text))
        case Ask.SECTION:
            channel_id = find_channel(text, setting.channels)
            if channel_id is None:
                raise DomainError(
                    f"Channel {quote(text)} tidak ditemukan di antara channel anggota. Tulis namanya persis seperti di "
                    "Discord."
                )
            return str(channel_id)
        case Ask.PRIZE:
            reading = read_prize(text if "hadiah" in text.lower() else f"Hadiah {text}")
            if reading is None or reading.prize.winners is None or reading.in_doubt:
                raise DomainError(f"Hadiah {quote(text)} tidak terbaca. Tulis misalnya {PRIZE_EXAMPLE}.")
            one = reading.prize
            return json.dumps({"description": one.description, "amount": one.amount, "winners": one.winners})
        case Ask.LENGTH:
            return str(read_length(text))
        case Ask.QUESTIONS:
            if not questions(text)[1]:
                raise DomainError("Tulis minimal satu pertanyaan.")
            return text[:LONGEST_CAPTION]
        case _:
            return text[:LONGEST_CAPTION]
