"""What one row of a sheet says, column by column: values, notes, and questions where it does not say for certain."""

import json
from collections.abc import Sequence
from datetime import date

from bot.content_calendar.asking import (
    LONGEST_CAPTION,
    PRIZE_EXAMPLE,
    SKIP,
    Ask,
    Decisions,
    Issue,
    Known,
    Planned,
    Setting,
)
from bot.content_calendar.columns import Column
from bot.content_calendar.dates import DateDoubt, Stamp, instant, parse_clock
from bot.content_calendar.models import Content, Focus, Kind, LegalKind, Media, Prize, Way
from bot.content_calendar.sheet import SheetRow
from bot.content_calendar.strategy import PrizeReading, read_prize, read_strategy, shared_out, write_prize
from bot.content_calendar.terms import read_ways
from bot.content_calendar.vocabulary import (
    find_channel,
    likely_channels,
    likely_media,
    read_focus,
    read_media,
    section_key,
)
from bot.content_calendar.wording import big_words, questions, title_of, wants_picture
from bot.platform.durations import write_duration
from bot.platform.errors import DomainError
from bot.platform.indonesian import format_date, format_rupiah
from bot.platform.text import one_line, quote, tidy

LONGEST_TEXT = 1_000
_NO_PRIZE, _EACH, _TOTAL = "none", "each", "total"
# Laws and rates change: the bot reminds and records, and gives no advice.
LEGAL_REMINDER = (
    "Pemenang ditentukan nasib (undian, butuh izin Kemensos dan PPh final) atau kemampuan (kontes)? Periksa dengan "
    "legal dan finance."
)
_CAPTION_HINT = "Tulis teks yang akan tampil."


class RowReading:
    """One row; collects questions and notes as its columns are read."""

    def __init__(self, index: int, row: SheetRow, digest: str, setting: Setting, decisions: Decisions) -> None:
        self._index, self._row, self._digest, self._setting = index, row, digest, setting
        self._decided = decisions.of(index)
        self._sections = {**setting.sections, **decisions.sections}
        self._issues: list[Issue] = []
        self._notes: list[str] = []
        self.day = date.min

    def plan(self, stamp: Stamp | DateDoubt, known: Known | None) -> Planned:
        if SKIP in self._decided.values():
            return Planned(self._index, self._row, self._digest, None, None, skipped=True, known=known)
        due_at = self._due_at(stamp, known)
        content = self._content(due_at)
        issues = () if known else tuple(self._issues)
        version = self._decided.get(Ask.VERSION, "")
        notes = tuple(self._notes)
        return Planned(
            self._index, self._row, self._digest, content, due_at, issues, notes, known=known, version=version
        )

    def _due_at(self, stamp: Stamp | DateDoubt, known: Known | None) -> int | None:
        minute = self._minute(stamp.minute)
        if isinstance(stamp, Stamp):
            self.day = stamp.day
            if stamp.note:
                self._notes.append(stamp.note)
        elif known:
            self.day = known.day
        elif Ask.DATE in self._decided:
            self.day = date.fromisoformat(self._decided[Ask.DATE])
        else:
            options = tuple((day.isoformat(), format_date(day)) for day in stamp.options)
            self._issues.append(Issue(Ask.DATE, stamp.reason, options, "Tanggal lengkap, misalnya 12 Februari 2026"))
            return None
        return instant(self.day, minute)

    def _minute(self, written: int | None) -> int:
        text = self._row.text(Column.TIME)
        if written is not None or not text:
            return self._setting.minute if written is None else written
        if Ask.TIME in self._decided:
            return int(self._decided[Ask.TIME])
        try:
            return parse_clock(text)
        except DomainError as error:
            self._issues.append(Issue(Ask.TIME, error.message, typed="Jam, misalnya 19.00"))
            return self._setting.minute

    def _content(self, due_at: int | None) -> Content | None:
        row = self._row
        media, focus = self._media(), self._focus()
        for column in row.formulas:
            self._notes.append(f"Kolom {column} berisi rumus, jadi dikosongkan.")
        strategy = read_strategy(row.text(Column.STRATEGY))
        section = one_line(row.text(Column.SECTION))
        channel_id = self._channel(section) if media is Media.COMMUNITY else None
        prize = self._prize(strategy.prize)
        kind = self._kind(strategy.kinds, prize, media)
        if strategy.rest and strategy.kinds and media is Media.COMMUNITY:
            self._notes.append("Bagian Strategy yang tidak dikerjakan bot: " + ", ".join(strategy.rest))
        self._check_prize(kind, prize, media)
        way = self._way(kind, strategy.ways) if media is Media.COMMUNITY else None
        open_seconds = self._length(kind, strategy.lengths) if media is Media.COMMUNITY else None
        legal = self._legal(kind, media, way, prize)
        caption = self._caption(media)
        directive = row.text(Column.DIRECTIVE)
        if media is Media.COMMUNITY and wants_picture(directive):
            self._notes.append("Arahan minta gambar. Unggah lewat /kalender ubah sebelum tayang.")
        intro, asked = questions(caption) if kind is Kind.QUIZ else (caption, ())
        if kind is Kind.QUIZ and media is Media.COMMUNITY:
            if not asked:
                self._issues.append(Issue(Ask.QUESTIONS, "Kuis ini belum punya pertanyaan.", typed="Quiz 1 …"))
            elif unanswered := [str(one.number) for one in asked if not one.answers]:
                self._notes.append(f"Kunci jawaban kuis {', '.join(unanswered)} belum ada.")
        if media is None or focus is None:
            return None
        words = big_words(directive)
        headline = row.text(Column.CONTENT)
        if media is Media.COMMUNITY and not (caption or words or headline):
            self._issues.append(Issue(Ask.CAPTION, "Tidak ada teks untuk ditampilkan.", typed=_CAPTION_HINT))
        return Content(
            focus=focus,
            media=media,
            kind=kind,
            title=title_of(headline, words, asked[0].text if asked else "", intro, row.text(Column.STRATEGY)),
            section=section[:100],
            channel_id=channel_id,
            caption=intro,
            big_words=words,
            content=headline[:LONGEST_TEXT],
            strategy=row.text(Column.STRATEGY)[:LONGEST_TEXT],
            directive=directive[:LONGEST_TEXT],
            reference=row.text(Column.REFERENCE)[:LONGEST_TEXT],
            questions=asked,
            prize=prize,
            legal=legal,
            open_seconds=open_seconds,
            way=way,
        )

    def _media(self) -> Media | None:
        if Ask.MEDIA in self._decided:
            return Media(self._decided[Ask.MEDIA])
        text = self._row.text(Column.MEDIA)
        media = read_media(text) if text else None
        if media is None:
            options = tuple((one.value, one.label) for one in likely_media(text))
            told = f"Media {quote(text)} tidak dikenal." if text else "Media kosong."
            self._issues.append(Issue(Ask.MEDIA, told, options))
        return media

    def _focus(self) -> Focus | None:
        if Ask.FOCUS in self._decided:
            return Focus(self._decided[Ask.FOCUS])
        text = self._row.text(Column.FOCUS)
        focus = read_focus(text) if text else None
        if focus is None:
            told = f"Focus {quote(text)} tidak dikenal." if text else "Focus kosong."
            self._issues.append(Issue(Ask.FOCUS, told, tuple((one.value, one.label) for one in Focus)))
        return focus

    def _channel(self, section: str) -> int | None:
        if Ask.SECTION in self._decided:
            return int(self._decided[Ask.SECTION])
        known = self._sections.get(section_key(section)) if section else None
        channel_id = known or (find_channel(section, self._setting.channels) if section else None)
        if channel_id is None:
            told = f"Section {quote(section)} belum punya channel." if section else "Section kosong."
            near = likely_channels(section, self._setting.channels)
            options = tuple((str(number), f"#{name}") for name, number in near)
            self._issues.append(Issue(Ask.SECTION, f"{told} Di channel mana?", options, "Nama channel"))
        return channel_id

    def _kind(self, kinds: Sequence[Kind], prize: Prize | None, media: Media | None) -> Kind:
        if Ask.KIND in self._decided:
            return Kind(self._decided[Ask.KIND])
        options = tuple((kind.value, kind.label) for kind in Kind)
        strategy = self._row.text(Column.STRATEGY)
        if len(kinds) > 1:
            self._issues.append(Issue(Ask.KIND, f"Strategy {quote(strategy)} menyebut kuis dan giveaway.", options))
        elif not kinds and media is Media.COMMUNITY:
            if prize is not None:
                told = "Ada hadiah, tetapi Strategy tidak menyebut kuis atau giveaway."
                self._issues.append(Issue(Ask.KIND, told, options))
            else:
                self._notes.append("Strategy tidak menyebut kuis atau giveaway, jadi posting biasa.")
        return kinds[0] if kinds else Kind.POST

    def _prize(self, stated: PrizeReading | None) -> Prize | None:
        told = [read_prize(self._row.text(column)) for column in (Column.CAPTION, Column.CONTENT, Column.DIRECTIVE)]
        found = [one for one in told if one is not None and one.prize.amount and one.prize.winners]
        reading = stated or (found[0] if found else None)
        if reading is None:
            return self._decided_prize(None)
        if Ask.PRIZE in self._decided:
            return self._decided_prize(reading.prize)
        prize = reading.prize
        other = [
            one for one in found if stated and (one.prize.amount, one.prize.winners) != (prize.amount, prize.winners)
        ]
        if stated and other and prize.amount and prize.winners:
            told_twice = f"Strategy bilang {quote(reading.quote, 60)}, teksnya bilang {quote(other[0].quote, 60)}."
            self._issues.append(Issue(Ask.PRIZE, told_twice, _prize_options(prize), PRIZE_EXAMPLE))
        elif reading.in_doubt:
            told_once = f"{quote(reading.quote, 80)}: per pemenang atau total?"
            self._issues.append(Issue(Ask.PRIZE, told_once, _prize_options(prize), PRIZE_EXAMPLE))
        else:
            self._notes.append(f"Hadiah dibaca: {write_prize(prize)}")
        return prize

    def _decided_prize(self, written: Prize | None) -> Prize | None:
        value = self._decided.get(Ask.PRIZE)
        if value is None or value == _NO_PRIZE:
            return None
        if value == _EACH:
            return written
        if value == _TOTAL:
            return shared_out(written) if written else None
        return Prize(**json.loads(value))

    def _check_prize(self, kind: Kind, prize: Prize | None, media: Media | None) -> None:
        if media is not Media.COMMUNITY or kind is Kind.POST or any(one.ask is Ask.PRIZE for one in self._issues):
            return
        if kind is Kind.GIVEAWAY and (prize is None or prize.winners is None):
            self._issues.append(
                Issue(Ask.PRIZE, "Giveaway ini belum jelas hadiah atau jumlah pemenangnya.", (), PRIZE_EXAMPLE)
            )
        elif prize is not None and prize.winners is None:
            told = f"Hadiah {quote(prize.description)} belum ada jumlah pemenangnya."
            self._issues.append(Issue(Ask.PRIZE, told, ((_NO_PRIZE, "Tanpa hadiah"),), PRIZE_EXAMPLE))
        elif prize is None and Ask.PRIZE not in self._decided:
            self._notes.append("Kuis tanpa hadiah.")

    def _way(self, kind: Kind, stated: Sequence[Way]) -> Way | None:
        """How a quiz is won: as the Strategy says, else as its texts do, else the sheet's default."""
        if kind is not Kind.QUIZ:
            return None
        if Ask.WAY in self._decided:
            return Way(self._decided[Ask.WAY])
        texts = "\n".join(self._row.text(column) for column in (Column.CONTENT, Column.CAPTION))
        told = set(stated) | set(read_ways("", texts))
        if len(told) > 1:
            options = tuple((one.value, one.label) for one in Way)
            self._issues.append(Issue(Ask.WAY, "Tercepat atau diundi? Lembarnya tidak sepakat.", options))
        return told.pop() if len(told) == 1 else self._setting.usual.way

    def _length(self, kind: Kind, stated: Sequence[int]) -> int | None:
        if kind is Kind.POST:
            return None
        if Ask.LENGTH in self._decided:
            return int(self._decided[Ask.LENGTH])
        if len(stated) > 1:
            options = tuple((str(seconds), write_duration(seconds)) for seconds in stated)
            self._issues.append(Issue(Ask.LENGTH, "Strategy menyebut beberapa lama waktu.", options, "3 hari"))
        defaults = self._setting.usual
        usual = defaults.quiz_seconds if kind is Kind.QUIZ else defaults.giveaway_seconds
        return stated[0] if stated else usual

    def _legal(self, kind: Kind, media: Media | None, way: Way | None, prize: Prize | None) -> LegalKind | None:
        by_lot = kind is Kind.GIVEAWAY or (way is Way.DRAWN and prize is not None)
        if not by_lot or media is not Media.COMMUNITY or any(one.ask is Ask.WAY for one in self._issues):
            return None
        if Ask.LEGAL in self._decided:
            return LegalKind(self._decided[Ask.LEGAL])
        self._issues.append(Issue(Ask.LEGAL, LEGAL_REMINDER, tuple((one.value, one.label) for one in LegalKind)))
        return None

    def _caption(self, media: Media | None) -> str:
        for ask in (Ask.QUESTIONS, Ask.CAPTION):
            if ask in self._decided:
                return tidy(self._decided[ask])
        caption = self._row.text(Column.CAPTION)
        if len(caption) > LONGEST_CAPTION:
            told = f"Caption terlalu panjang ({len(caption)} huruf), paling banyak {LONGEST_CAPTION}."
            self._issues.append(Issue(Ask.CAPTION, told, typed=_CAPTION_HINT))
        return caption[:LONGEST_CAPTION]


def _prize_options(prize: Prize) -> tuple[tuple[str, str], ...]:
    options: list[tuple[str, str]] = []
    if prize.amount is not None:
        each = f"{format_rupiah(prize.amount)} per pemenang"
        total = f" (total {format_rupiah(prize.total)})" if prize.total is not None else ""
        options.append((_EACH, each + total))
        shared = shared_out(prize)
        if shared and shared.amount is not None:
            options.append(
                (_TOTAL, f"{format_rupiah(prize.amount)} total ({format_rupiah(shared.amount)} per pemenang)")
            )
    return (*options, (_NO_PRIZE, "Tanpa hadiah dari bot"))
