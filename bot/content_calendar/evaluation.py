"""What came of the calendar's activities, against what each was for. Nobody's figure is guessed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from bot.content_calendar.activities import Figures, Participants
from bot.content_calendar.dates import instant
from bot.content_calendar.models import Entry, EntryState, Kind
from bot.content_calendar.service import CalendarService
from bot.platform.database import Database
from bot.platform.indonesian import format_count, format_date, format_number, format_percent, format_rupiah
from bot.platform.spreadsheet_files import Percent, Sheet, Writable, write_xlsx

UNKNOWN = "belum ada data"
# How far back an earlier activity may lie for somebody to have come back.
BACK_WITHIN = timedelta(days=30)
HEADER = (
    "Tanggal",
    "Kegiatan",
    "Jenis",
    "Media",
    "Focus",
    "Target peserta",
    "Jangkauan",
    "Ikut serta",
    "Ikut / jangkauan",
    "Biaya (Rp)",
    "Biaya per peserta (Rp)",
    "Kembali ikut",
    "Capaian target",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One activity and its figures. `returned` is how many came back (see `came_back`), None where nobody knows."""

    entry: Entry
    figures: Figures
    returned: int | None = None

    @property
    def cost_each(self) -> int | None:
        """Spending / participants in whole rupiah, rounded half up; None where either is unknown or nobody came."""
        spent, took_part = self.figures.spent, self.figures.took_part
        if spent is None or not took_part:
            return None
        return int((Decimal(spent) / took_part).quantize(Decimal(1), ROUND_HALF_UP))

    @property
    def achieved(self) -> Decimal | None:
        """Participants / target; None where either is unknown."""
        if self.entry.target is None or self.figures.took_part is None:
            return None
        return Decimal(self.figures.took_part) / self.entry.target

    @property
    def response(self) -> Decimal | None:
        """Participants / reached; None where either is unknown or nobody was reached."""
        if not self.figures.reached or self.figures.took_part is None:
            return None
        return Decimal(self.figures.took_part) / self.figures.reached

    @property
    def came_back(self) -> Decimal | None:
        """Participants who came back / participants; None where either is unknown or nobody came.

        Our own definition, for the product asks only whether people "return next time": somebody has come back who took
        part in at least one other quiz or giveaway that opened in the 30 days before this one did, whether the calendar
        started that one or not. Unknown for posts and reminders, whose readers are not counted one by one, and where
        no quiz or giveaway opened in those days: there was nothing to come back from.
        """
        if self.returned is None or not self.figures.took_part:
            return None
        return Decimal(self.returned) / self.figures.took_part


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The activities of a span of days, the earliest first."""

    first: date
    after: date
    outcomes: list[Outcome]

    @property
    def took_part(self) -> int | None:
        """Participants of all activities where they are known; None where none is."""
        known = [one.figures.took_part for one in self.outcomes if one.figures.took_part is not None]
        return sum(known) if known else None

    @property
    def spent(self) -> int | None:
        """Spending on all activities where it is known, in whole rupiah; None where none is."""
        known = [one.figures.spent for one in self.outcomes if one.figures.spent is not None]
        return sum(known) if known else None


class CalendarEvaluation:
    """The door for cogs. `participants` tell who took part, by kind ("quiz", "giveaway")."""

    def __init__(self, database: Database, calendar: CalendarService, participants: Mapping[str, Participants]) -> None:
        self._database = database
        self._calendar = calendar
        self._participants = {Kind(kind): one for kind, one in participants.items()}

    async def of(self, first: date, after: date) -> Evaluation:
        """What appeared from a day until before another (WIB)."""
        entries, _ = await self._calendar.between(first, after)
        appeared = [one for one in entries if _has_appeared(one)]
        returned = await self._returned(first, after, appeared)
        outcomes = [Outcome(one, await self._calendar.figures(one), returned.get(one.id)) for one in appeared]
        return Evaluation(first, after, outcomes)

    async def _returned(self, first: date, after: date, appeared: list[Entry]) -> dict[int, int]:
        """How many came back, by entry; entries of which nobody knows are left out."""
        reads = self._database.read
        # A late post opens after its day, so the end is not taken from the entries.
        start, end = instant(first - BACK_WITHIN, 0), instant(after + BACK_WITHIN, 0)
        opened = {
            (kind, activity_id): at
            for kind, one in self._participants.items()
            for activity_id, at in await one.opened(reads, start, end)
        }
        members: dict[tuple[Kind, int], frozenset[int]] = {}
        found: dict[int, int] = {}
        for entry in appeared:
            key = (entry.content.kind, entry.activity_id or 0)
            if key not in opened:
                continue
            since = opened[key] - int(BACK_WITHIN.total_seconds())
            earlier = [one for one, at in opened.items() if one != key and since <= at < opened[key]]
            for kind, activity_id in (key, *earlier):
                if (kind, activity_id) not in members:
                    members[kind, activity_id] = await self._participants[kind].members(reads, activity_id)
            if earlier:
                found[entry.id] = len(members[key] & frozenset().union(*(members[one] for one in earlier)))
        return found


def _has_appeared(entry: Entry) -> bool:
    """A reminder that nobody has answered is no post yet."""
    return entry.state is EntryState.DONE or (entry.state is EntryState.POSTED and entry.content.in_community)


def export(evaluation: Evaluation) -> bytes:
    """The evaluation as XLSX. Slow for many rows: call it off the event loop."""
    last = format_date(evaluation.after - timedelta(days=1), weekday=False)
    titles = [
        f"Evaluasi kegiatan {format_date(evaluation.first, weekday=False)} sampai {last}",
        f"Kembali ikut: peserta yang juga ikut kuis atau giveaway lain dalam {BACK_WITHIN.days} hari sebelumnya",
    ]
    rows = [_row(one) for one in evaluation.outcomes]
    return write_xlsx([Sheet("Evaluasi", titles, HEADER, rows)])


def _row(one: Outcome) -> list[Writable]:
    content, figures = one.entry.content, one.figures

    def told(value: int | None) -> Writable:
        return UNKNOWN if value is None else value

    def share(value: Decimal | None) -> Writable:
        return UNKNOWN if value is None else Percent(value)

    return [
        one.entry.local.date(),
        one.entry.title,
        content.kind.label,
        content.media.label,
        content.focus.label,
        "belum ada target" if one.entry.target is None else one.entry.target,
        told(figures.reached),
        told(figures.took_part),
        share(one.response),
        told(figures.spent),
        told(one.cost_each),
        told(one.returned),
        share(one.achieved),
    ]


def figure(number: int | None) -> str:
    """A count for people; millions are shortened."""
    if number is None:
        return UNKNOWN
    return format_number(number) if number < 1_000_000 else format_count(number)


def money(amount: int | None) -> str:
    """An amount for people."""
    return UNKNOWN if amount is None else format_rupiah(amount)


def ratio(value: Decimal | None) -> str:
    """A share for people."""
    return UNKNOWN if value is None else format_percent(value, 0)
