"""What came of the calendar's activities, against what each was for. Nobody's figure is guessed."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from bot.content_calendar.models import Entry, EntryState, Figures
from bot.content_calendar.service import CalendarService
from bot.platform.indonesian import format_count, format_date, format_number, format_percent, format_rupiah
from bot.platform.spreadsheet_files import Percent, Sheet, Writable, write_xlsx

UNKNOWN = "belum ada data"
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
    """One activity and its figures."""

    entry: Entry
    figures: Figures

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
        """Those who took part again later / participants; None where either is unknown or nobody came."""
        if self.figures.came_back is None or not self.figures.took_part:
            return None
        return Decimal(self.figures.came_back) / self.figures.took_part


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
    """The door for cogs."""

    def __init__(self, calendar: CalendarService) -> None:
        self._calendar = calendar

    async def of(self, first: date, after: date) -> Evaluation:
        """What appeared from a day until before another (WIB)."""
        entries, _ = await self._calendar.between(first, after)
        appeared = [one for one in entries if one.state in (EntryState.POSTED, EntryState.DONE)]
        return Evaluation(first, after, [Outcome(one, await self._calendar.figures(one)) for one in appeared])


def export(evaluation: Evaluation) -> bytes:
    """The evaluation as XLSX. Slow for many rows: call it off the event loop."""
    titles = [f"Evaluasi kegiatan {format_date(evaluation.first, weekday=False)} dan seterusnya"]
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
        told(figures.came_back),
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
