"""Figures of the help desk over a span of days. Pure; nothing is guessed: None is "belum ada data".

How each figure comes about (also told on the sheet, see METHOD):
- A ticket counts in the span in which it was opened (WIB), merged ones too.
- Response: working seconds from opening to the first reply by staff or IT. Resolution: working seconds on the ticket's
  SLA clock, so without waiting for the creator; of tickets that are answered for good.
- Median and p90 interpolate between neighbours as MEDIAN and PERCENTILE.INC of spreadsheet programs do.
- SLA kept: met / (met + missed). Met: replied to (answered for good) and never marked as missed. Missed: marked when
  the deadline passed. Tickets whose deadline lies ahead, or that were closed without a reply, count in neither.
- Deflection: questions that a known answer settled / (those + tickets opened).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from bot.platform.clock import local_day
from bot.platform.indonesian.working_time import WorkingTime
from bot.tickets.models import Priority, Stage, TicketState

UNKNOWN: Final = "belum ada data"
METHOD: Final = (
    ("Tiket masuk", "Tiket yang dibuka dalam rentang ini (WIB), termasuk yang kemudian digabung."),
    ("Balasan pertama", "Jam kerja dari tiket dibuka sampai balasan pertama staf atau IT."),
    ("Penyelesaian", "Jam kerja sampai tiket selesai, tanpa waktu menunggu jawaban kreator; hanya tiket yang selesai."),
    ("Median", "Nilai tengah; sama dengan MEDIAN di lembar kerja."),
    ("p90", "90% tiket lebih cepat dari ini; sama dengan PERCENTILE.INC(…; 0,9) di lembar kerja."),
    (
        "SLA terpenuhi",
        "Tepat waktu / (tepat waktu + lewat target). Yang belum jatuh tempo dan yang ditutup tanpa dibalas tidak ikut.",
    ),
    ("Penyebab", "Dari tiket yang selesai, menurut pilihan staf saat menyelesaikan."),
    ("Nilai", "Rata-rata bintang 1 sampai 5 dari tiket yang dinilai kreatornya."),
    (
        "Terjawab tanpa tiket",
        "“Ini menjawab” / (“Ini menjawab” + tiket masuk); jawaban ditawarkan sebelum tiket dikirim dan oleh /bantuan.",
    ),
)


@dataclass(frozen=True, slots=True)
class Measured:
    """What statistics need of a ticket. Instants in seconds UTC; `clock_used` in working seconds."""

    id: int
    stage: Stage
    priority: Priority
    state: TicketState
    opened_at: int
    first_response_at: int | None
    resolved_at: int | None
    clock_used: int
    breached_response: bool
    breached_resolution: bool
    cause: str | None
    stars: int | None

    @property
    def opened_day(self) -> date:
        """The day it was opened in WIB."""
        return local_day(self.opened_at)

    @property
    def resolution(self) -> int | None:
        """Working seconds until it was answered for good; None when it is not (any more)."""
        return self.clock_used if self.resolved_at is not None else None

    def response(self, hours: WorkingTime) -> int | None:
        """Working seconds until the first reply; None when there is none."""
        return None if self.first_response_at is None else hours.elapsed(self.opened_at, self.first_response_at)


@dataclass(frozen=True, slots=True)
class Offers:
    """Known answers that were shown: how often, and what came of it."""

    shown: int = 0
    answered: int = 0
    sent: int = 0


@dataclass(frozen=True, slots=True)
class Spread:
    """Working seconds: how many values there are, their median and the 90th percentile."""

    count: int
    median: Decimal
    p90: Decimal


@dataclass(frozen=True, slots=True)
class Kept:
    """How many of those that can be judged met a target."""

    met: int
    judged: int

    @property
    def ratio(self) -> Decimal | None:
        """met / judged; None when nothing can be judged yet."""
        return Decimal(self.met) / self.judged if self.judged else None


@dataclass(frozen=True, slots=True)
class Group:
    """Figures of some tickets."""

    opened: int
    resolved: int
    response: Spread | None
    resolution: Spread | None
    response_kept: Kept
    resolution_kept: Kept


@dataclass(frozen=True, slots=True)
class Week:
    """A week by its Monday, and how many tickets of each stage were opened in the part of it within the span."""

    monday: date
    by_stage: dict[Stage, int]

    @property
    def total(self) -> int:
        """Of all stages."""
        return sum(self.by_stage.values())


@dataclass(frozen=True, slots=True)
class Statistics:
    """Everything told about a span of days, both ends included."""

    first: date
    last: date
    whole: Group
    stages: dict[Stage, Group]
    weeks: tuple[Week, ...]
    causes: tuple[tuple[str, int], ...]
    stars: dict[int, int]
    offers: Offers
    tickets: tuple[Measured, ...]

    @property
    def rating(self) -> Decimal | None:
        """The average of all stars; None when nobody gave any."""
        count = sum(self.stars.values())
        return Decimal(sum(stars * number for stars, number in self.stars.items())) / count if count else None

    @property
    def questions(self) -> int:
        """Questions asked: those that a known answer settled, and tickets."""
        return self.offers.answered + self.whole.opened

    @property
    def deflected(self) -> Decimal | None:
        """answered / questions; None when nothing was asked."""
        return Decimal(self.offers.answered) / self.questions if self.questions else None


def percentile(values: Sequence[int], share: Decimal) -> Decimal:
    """The value below which `share` (0 to 1) of the values lie, as PERCENTILE.INC has it: linear between neighbours.

    Raises ValueError for no values.
    """
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def spread(values: Sequence[int]) -> Spread | None:
    """Median and p90; None for no values."""
    if not values:
        return None
    return Spread(len(values), percentile(values, Decimal("0.5")), percentile(values, Decimal("0.9")))


def group(tickets: Sequence[Measured], hours: WorkingTime) -> Group:
    """The figures of some tickets."""
    responses = [taken for one in tickets if (taken := one.response(hours)) is not None]
    resolutions = [taken for one in tickets if (taken := one.resolution) is not None]
    return Group(
        len(tickets),
        len(resolutions),
        spread(responses),
        spread(resolutions),
        _kept((one.first_response_at is not None, one.breached_response) for one in tickets),
        _kept((one.resolved_at is not None, one.breached_resolution) for one in tickets),
    )


def compute(first: date, last: date, tickets: Sequence[Measured], offers: Offers, hours: WorkingTime) -> Statistics:
    """Everything about the tickets opened from `first` to `last`. Slow for many: call it off the event loop."""
    causes = Counter(one.cause for one in tickets if one.cause is not None and one.resolved_at is not None)
    given = Counter(one.stars for one in tickets if one.stars is not None)
    return Statistics(
        first,
        last,
        group(tickets, hours),
        {stage: group([one for one in tickets if one.stage is stage], hours) for stage in Stage},
        _weeks(first, last, tickets),
        tuple(sorted(causes.items(), key=lambda item: (-item[1], item[0]))),
        {stars: given[stars] for stars in range(1, 6)},
        offers,
        tuple(tickets),
    )


def _kept(outcomes: Iterable[tuple[bool, bool]]) -> Kept:
    """From (done, missed) of each ticket."""
    met = missed = 0
    for done, was_missed in outcomes:
        missed += was_missed
        met += done and not was_missed
    return Kept(met, met + missed)


def _weeks(first: date, last: date, tickets: Sequence[Measured]) -> tuple[Week, ...]:
    counted = Counter((monday_of(one.opened_day), one.stage) for one in tickets)
    mondays: list[date] = []
    monday = monday_of(first)
    while monday <= last:
        mondays.append(monday)
        monday += timedelta(days=7)
    return tuple(Week(day, {stage: counted[day, stage] for stage in Stage}) for day in mondays)


def monday_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())
