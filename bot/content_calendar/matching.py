"""What importing a sheet would do to the calendar, decided before anything is done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.content_calendar.asking import KEEP, TAKE, Known, Planned
from bot.content_calendar.columns import Column
from bot.content_calendar.models import Content, Entry, Source
from bot.content_calendar.rules import missing
from bot.content_calendar.vocabulary import similar
from bot.platform.clock import JAKARTA, from_timestamp, local_day
from bot.platform.indonesian import format_date


@dataclass(frozen=True, slots=True)
class Ready:
    """A row that would be saved; `entry` is the one it changes, None for a new one."""

    planned: Planned
    content: Content
    due_at: int
    source: Source
    entry: Entry | None = None
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """A row that stays out, and why."""

    planned: Planned
    reason: str


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Every row of a sheet under what becomes of it.

    `kept`: rows whose entry staff changed by hand. It stays as it is unless a person takes the sheet's version.
    """

    new: list[Ready] = field(default_factory=list[Ready])
    changed: list[Ready] = field(default_factory=list[Ready])
    kept: list[Ready] = field(default_factory=list[Ready])
    unchanged: list[Planned] = field(default_factory=list[Planned])
    undecided: list[Planned] = field(default_factory=list[Planned])
    held: list[Held] = field(default_factory=list[Held])

    @property
    def changes_nothing(self) -> bool:
        """Whether saving would do nothing."""
        return not (self.new or self.changed or any(one.planned.version == KEEP for one in self.kept))


def known_rows(entries: Iterable[Entry]) -> dict[str, Known]:
    """Entries that came from sheets, by their row's digest."""
    return {
        entry.source.digest: Known(entry.id, entry.source.due_at, local_day(entry.source.due_at))
        for entry in entries
        if entry.source is not None
    }


def match(rows: Sequence[Planned], entries: Sequence[Entry], now: int) -> ImportPlan:
    """Compare a sheet's rows with the entries that came from sheets before.

    The same row (its digest) at the same time is unchanged, whatever staff made of its entry since. A row with the same
    NO that shares the day or most of its words with an entry changes it. Everything else is new.
    """
    plan = ImportPlan()
    by_id = {entry.id: entry for entry in entries}
    taken = {row.known.entry_id for row in rows if row.known}
    for row in rows:
        if row.skipped:
            plan.held.append(Held(row, "Dilewati atas pilihanmu."))
        elif row.same_as is not None:
            plan.held.append(Held(row, f"Sama persis dengan baris {row.same_as}."))
        elif row.known is not None and row.due_at == row.known.due_at:
            plan.unchanged.append(row)
        elif row.issues or row.content is None or row.due_at is None:
            plan.undecided.append(row)
        else:
            entry = by_id.get(row.known.entry_id) if row.known else _former(row, entries, taken)
            if entry is not None:
                taken.add(entry.id)
            _sort_in(plan, row, row.content, row.due_at, entry, now)
    return plan


def _sort_in(plan: ImportPlan, row: Planned, content: Content, due_at: int, entry: Entry | None, now: int) -> None:
    source = Source(row.digest, row.row.text(Column.NO), due_at)
    if entry is not None and not entry.is_open:
        plan.held.append(Held(row, f"Entrinya {entry.state.label.lower()}, jadi tidak diubah."))
    elif lacks := missing(content, due_at, now):
        plan.held.append(Held(row, " ".join(lacks)))
    elif entry is None:
        plan.new.append(Ready(row, content, due_at, source))
    else:
        ready = Ready(row, content, due_at, source, entry, _changes(entry, content, due_at))
        by_hand = entry.edited_at is not None and row.version != TAKE
        (plan.kept if by_hand and ready.changes else plan.changed).append(ready)


def _former(row: Planned, entries: Sequence[Entry], taken: set[int]) -> Entry | None:
    """The entry that an older version of this row became."""
    number = row.row.text(Column.NO)
    if not number or row.content is None or row.due_at is None:
        return None
    day = local_day(row.due_at)
    for entry in entries:
        if entry.source is None or entry.id in taken or entry.source.number != number:
            continue
        before = entry.content
        same_words = similar(_words(before), _words(row.content))
        source_day = local_day(entry.source.due_at)
        if source_day == day and before.media is row.content.media:
            return entry
        if same_words and (source_day.year, source_day.month) == (day.year, day.month):
            return entry
    return None


def _changes(entry: Entry, content: Content, due_at: int) -> tuple[str, ...]:
    before = entry.content
    names = {
        "kegiatan": (before.kind, content.kind),
        "media": (before.media, content.media),
        "channel": (before.channel_id, content.channel_id),
        "focus": (before.focus, content.focus),
        "undian/kontes": (before.legal, content.legal),
        "hadiah": (before.prize, content.prize),
        "cara menang": (before.won, content.won),
        "lama dibuka": (before.lasts, content.lasts),
        "pertanyaan": (before.questions, content.questions),
        "teks": (before.caption, content.caption),
        "konten": (before.content, content.content),
        "arahan": (before.directive, content.directive),
        "referensi": (before.reference, content.reference),
        "strategi": (before.strategy, content.strategy),
    }
    told = [name for name, (old, new) in names.items() if old != new]
    if entry.due_at != due_at:
        told.insert(0, f"waktu {_written(entry.due_at)} → {_written(due_at)}")
    return tuple(told)


def _words(content: Content) -> str:
    asked = " ".join(one.text for one in content.questions)
    return " ".join((content.strategy, content.content, content.caption, asked))


def _written(due_at: int) -> str:
    local = from_timestamp(due_at).astimezone(JAKARTA)
    return f"{format_date(local.date(), weekday=False)} {local:%H.%M}"
