"""From what staff typed into the calendar's forms to values, or one sentence a field that is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.content_calendar.asking import LONGEST_CAPTION
from bot.content_calendar.models import Content, Entry, Focus, Kind, LegalKind, Media, Prize, Way
from bot.content_calendar.row_reading import LONGEST_TEXT
from bot.content_calendar.strategy import read_prize
from bot.content_calendar.terms import read_length
from bot.content_calendar.vocabulary import find_channel
from bot.content_calendar.wording import LONGEST_BIG_WORDS, questions, title_of
from bot.platform.clock import JAKARTA
from bot.platform.deadlines import read_moment
from bot.platform.durations import read_duration
from bot.platform.errors import DomainError
from bot.platform.indonesian import format_date, is_blank, parse_count, parse_day, parse_rupiah
from bot.platform.problems import Problems
from bot.platform.text import one_line, quote, short, tidy

WHEN_HINT = "Tulis misalnya 21 Februari 2026 19.00, 21/2 19.00, atau besok 19.00 (WIB)."
LONGEST_WAIT = timedelta(days=731)
LONGEST_GRACE_HOURS = 168


@dataclass(frozen=True)
class NewForm:
    """A new entry, as typed and chosen."""

    when: str
    media: str | None
    focus: str | None
    headline: str
    caption: str


@dataclass(frozen=True)
class TextsForm:
    """What an entry says, as typed."""

    headline: str
    caption: str
    big_words: str
    directive: str
    reference: str


@dataclass(frozen=True)
class ActivityForm:
    """What an entry starts, as chosen and typed."""

    kind: str | None
    prize: str
    questions: str
    way: str | None
    legal: str | None


@dataclass(frozen=True)
class TermsForm:
    """How long what an entry starts is open, and the permit of its draw, as typed."""

    open_for: str
    permit: str


@dataclass(frozen=True)
class PlaceForm:
    """When and where an entry appears, as typed and chosen."""

    when: str
    channel: str
    grace: str
    media: str | None
    focus: str | None


@dataclass(frozen=True)
class FiguresForm:
    """What staff counted, as typed."""

    target: str
    reached: str
    took_part: str
    spent: str


@dataclass(frozen=True)
class CountedFigures:
    """What staff counted; None for a blank. Money in whole rupiah."""

    target: int | None
    reached: int | None
    took_part: int | None
    spent: int | None


def read_when(text: str, now: datetime, *, kept: int | None = None) -> int:
    """An instant (seconds UTC) in the future from `21/2 19.00`, `besok 19.00`, `Jumat jam 7`.

    `kept` may stay although it has passed. Raises DomainError.
    """
    moment = read_moment(text, now.astimezone(JAKARTA).date(), timed=True)
    if moment is None:
        raise DomainError(f"Tanggalnya belum diisi. {WHEN_HINT}")
    if moment.at is None:
        raise DomainError(f"Jamnya belum ada di {quote(text)}. {WHEN_HINT}")
    local = moment.instant(now)
    found = int(local.timestamp())
    if kept is not None and found == kept - kept % 60:
        return kept
    if found <= now.timestamp():
        raise DomainError(f"{format_date(local.date())} {local:%H.%M} sudah lewat. Pilih waktu yang akan datang.")
    if found - now.timestamp() > LONGEST_WAIT.total_seconds():
        raise DomainError(f"{format_date(local.date())} lebih dari dua tahun lagi. Periksa tahunnya.")
    return found


def read_until(text: str, first: date) -> date:
    """The last day of a series: after `first` and at most two years ahead. Raises DomainError."""
    day = parse_day(text, today=first)
    if day is None or day <= first:
        raise DomainError(f"Batas ulangan harus sesudah {format_date(first)}. Tulis misalnya 31/12/{first.year}.")
    if day - first > LONGEST_WAIT:
        raise DomainError("Ulangan paling lama dua tahun. Pilih tanggal yang lebih dekat.")
    return day


def read_grace(text: str) -> int:
    """Seconds from `2 jam`, `90 menit`, `1 jam 30 menit`, `0`; 0 to seven days. Raises DomainError."""
    seconds = 0 if text.strip() == "0" else read_duration(text)
    if seconds > LONGEST_GRACE_HOURS * 3_600:
        raise DomainError("Batas terlambat paling lama 7 hari.")
    return seconds


def read_new(form: NewForm, channel_id: int | None, now: datetime) -> tuple[Content, int]:
    """A new entry and its instant. Raises FormRefused."""
    problems = Problems()
    due_at = problems.read(lambda: read_when(form.when, now), 0, "Waktu")
    caption = problems.read(lambda: short(tidy(form.caption), "Teks", LONGEST_CAPTION), "")
    headline = problems.read(lambda: short(one_line(form.headline), "Judul", 250), "")
    if not (caption or headline):
        problems.sentences.append("Isi judul atau teksnya.")
    problems.settle()
    content = Content(
        focus=Focus(form.focus or Focus.ENGAGEMENT),
        media=Media(form.media or Media.COMMUNITY),
        kind=Kind.POST,
        title=title_of(headline, caption),
        channel_id=channel_id,
        caption=caption,
        content=headline,
    )
    return content, due_at


def read_texts(form: TextsForm, kept: Content) -> Content:
    """The texts over what was there. Raises FormRefused."""
    problems = Problems()
    headline = problems.read(lambda: short(one_line(form.headline), "Judul", 250), "")
    caption = problems.read(lambda: short(tidy(form.caption), "Teks", LONGEST_CAPTION), "")
    words = problems.read(lambda: short(one_line(form.big_words), "Tulisan besar", LONGEST_BIG_WORDS), "")
    directive = problems.read(lambda: short(tidy(form.directive), "Arahan", LONGEST_TEXT), "")
    reference = problems.read(lambda: short(tidy(form.reference), "Referensi", LONGEST_TEXT), "")
    problems.settle()
    first = kept.questions[0].text if kept.questions else ""
    return replace(
        kept,
        content=headline,
        caption=caption,
        big_words=words,
        directive=directive,
        reference=reference,
        title=title_of(headline, words, first, caption, kept.strategy),
    )


def read_activity(form: ActivityForm, kept: Content) -> Content:
    """Kind, prize and questions over what was there. Raises FormRefused."""
    problems = Problems()
    kind = Kind(form.kind or Kind.POST)
    prize = problems.read(lambda: _prize(form.prize), None, "Hadiah")
    asked = questions(form.questions)[1] if kind is Kind.QUIZ else ()
    problems.settle()
    first = asked[0].text if asked else ""
    title = title_of(kept.content, kept.big_words, first, kept.caption, kept.strategy)
    way = Way(form.way) if form.way and kind is Kind.QUIZ else None
    # A length belongs to its kind: a day to answer, three days to join.
    open_seconds = kept.open_seconds if kind is kept.kind else None
    changed = replace(
        kept, kind=kind, prize=prize, questions=asked, title=title, way=way, open_seconds=open_seconds, legal=None
    )
    legal = LegalKind(form.legal) if form.legal and changed.by_lot else None
    return replace(changed, legal=legal, permit=kept.permit if legal else "")


def read_terms(form: TermsForm, kept: Content) -> Content:
    """Length and permit over what was there; a blank length is the usual one. Raises FormRefused."""
    problems = Problems()
    seconds = problems.read(lambda: read_length(form.open_for) if form.open_for.strip() else None, None, "Lama dibuka")
    permit = problems.read(lambda: short(one_line(form.permit), "Nomor izin", 100), "")
    if permit and kept.legal is None:
        problems.sentences.append("Nomor izin hanya untuk undian. Pilih dulu undian atau kontes di Kegiatan & hadiah.")
    problems.settle()
    return replace(kept, open_seconds=seconds, permit=permit)


def write_questions(content: Content) -> str:
    """Questions as `wording.questions` reads them back."""
    return "\n".join(
        f"Quiz {one.number}\n{one.text}" + (f"\nJawaban: {' / '.join(one.answers)}" if one.answers else "")
        for one in content.questions
    )


def read_place(form: PlaceForm, entry: Entry, channels: Mapping[str, int], now: datetime) -> tuple[Content, int, int]:
    """Content with medium and channel, instant and grace seconds. Raises FormRefused."""
    problems = Problems()
    kept = entry.due_at if not entry.is_open else None
    due_at = problems.read(lambda: read_when(form.when, now, kept=kept), entry.due_at, "Waktu")
    grace = problems.read(lambda: read_grace(form.grace), entry.grace_seconds, "Boleh terlambat")
    media = Media(form.media or entry.content.media)
    channel_id = None
    if media is Media.COMMUNITY:
        channel_id = problems.read(lambda: _channel(form.channel, channels), None)
    problems.settle()
    focus = Focus(form.focus or entry.content.focus)
    return replace(entry.content, media=media, focus=focus, channel_id=channel_id), due_at, grace


def read_figures(form: FiguresForm) -> CountedFigures:
    """What staff counted. Raises FormRefused."""
    problems = Problems()
    target = problems.read(lambda: _count(form.target), None, "Target peserta")
    reached = problems.read(lambda: _count(form.reached), None, "Jangkauan")
    took_part = problems.read(lambda: _count(form.took_part), None, "Peserta")
    spent = problems.read(lambda: parse_rupiah(form.spent), None, "Biaya")
    problems.settle()
    return CountedFigures(target or None, reached, took_part, spent)


def _prize(text: str) -> Prize | None:
    if is_blank(text):
        return None
    reading = read_prize(text if "hadiah" in text.lower() else f"Hadiah {text}")
    if reading is None or reading.prize.winners is None or reading.in_doubt:
        raise DomainError(f"{quote(text)} tidak terbaca. Tulis misalnya Gopay 25.000 untuk 2 pemenang.")
    return reading.prize


def _channel(text: str, channels: Mapping[str, int]) -> int | None:
    if is_blank(text):
        return None
    found = find_channel(text.removeprefix("#"), channels)
    if found is None:
        raise DomainError(f"Channel {quote(text)} tidak ditemukan. Tulis namanya persis seperti di Discord.")
    return found


def _count(text: str) -> int | None:
    count = parse_count(text, whole=True)
    if count is not None and count < 0:
        raise DomainError(f"{quote(text)} tidak bisa negatif.")
    return count
