"""The vocabulary of acquiring creators: by which way they come, in which period, and what a target is about."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.creators.models import Niche, Platform, Tier
from bot.platform.clock import JAKARTA
from bot.platform.indonesian.months import format_month


class Strategy(StrEnum):
    """The ways by which the division wins creators."""

    CAMPAIGN = "campaign"
    ONLINE_EVENT = "online_event"
    COMMUNITY = "community"
    OFFLINE_EVENT = "offline_event"
    GIVEAWAY = "giveaway"
    REFERRAL = "referral"

    @property
    def indonesian(self) -> str:
        """As the division calls it."""
        return _STRATEGIES[self]


_STRATEGIES = {
    Strategy.CAMPAIGN: "Campaign relevan",
    Strategy.ONLINE_EVENT: "Event online",
    Strategy.COMMUNITY: "Komunitas",
    Strategy.OFFLINE_EVENT: "Event offline",
    Strategy.GIVEAWAY: "Giveaway",
    Strategy.REFERRAL: "Referral",
}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A month (`months` 1) or a quarter (3) of the calendar, by days in Jakarta."""

    first: date
    months: int

    @property
    def after(self) -> date:
        """The first day that no longer belongs to it."""
        return _later(self.first, self.months)

    @property
    def starts_at(self) -> int:
        """Its first second (UTC)."""
        return int(datetime(self.first.year, self.first.month, 1, tzinfo=JAKARTA).timestamp())

    @property
    def ends_at(self) -> int:
        """The first second that no longer belongs to it (UTC)."""
        return Period(self.after, self.months).starts_at

    @property
    def label(self) -> str:
        """`Q1 2026` or `Januari 2026`."""
        if self.months == 3:
            return f"Q{(self.first.month + 2) // 3} {self.first.year}"
        return format_month(self.first)

    @property
    def code(self) -> int:
        """The period as a number that fits a custom_id: `2026013` is the first quarter of 2026."""
        return (self.first.year * 100 + self.first.month) * 10 + self.months

    @classmethod
    def of_code(cls, code: int) -> "Period":
        """The period of a code. Raises ValueError for a number that is none."""
        year, month, months = code // 1000, code // 10 % 100, code % 10
        if months not in (1, 3) or (months == 3 and month % 3 != 1):
            raise ValueError(code)
        return cls(date(year, month, 1), months)

    @classmethod
    def quarter_of(cls, day: date) -> "Period":
        """The quarter a day is in."""
        return cls(date(day.year, (day.month - 1) // 3 * 3 + 1, 1), 3)

    def contains(self, other: "Period") -> bool:
        """Whether all of the other lies in this one."""
        return self.first <= other.first and other.after <= self.after

    def overlaps(self, other: "Period") -> bool:
        """Whether they share a day."""
        return self.first < other.after and other.first < self.after

    def moved(self, steps: int) -> "Period":
        """The period so many of its lengths later; earlier for a negative number."""
        return Period(_later(self.first, steps * self.months), self.months)

    def each_month(self) -> Iterator["Period"]:
        """Its months, the earliest first."""
        return (Period(_later(self.first, index), 1) for index in range(self.months))


def _later(first: date, months: int) -> date:
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class Aim:
    """Which new accounts a target is about; None means any."""

    platform: Platform | None = None
    region: str | None = None
    niche: Niche | None = None
    tier: Tier | None = None
    strategy: Strategy | None = None

    @property
    def label(self) -> str:
        """`TikTok · Kuliner · Jawa Barat`, or `Semua kreator baru`."""
        parts = (
            self.platform and self.platform.label,
            self.niche and self.niche.indonesian,
            self.tier and self.tier.label,
            self.region,
            self.strategy and self.strategy.indonesian,
        )
        return " · ".join(part for part in parts if part) or "Semua kreator baru"


@dataclass(frozen=True, slots=True)
class Target:
    """How many new accounts of a kind a period shall bring."""

    id: int
    period: Period
    aim: Aim
    wanted: int


@dataclass(frozen=True, slots=True)
class Cost:
    """One budget line in whole rupiah."""

    id: int
    period: Period
    strategy: Strategy
    amount: int
    note: str


@dataclass(frozen=True, slots=True)
class Arrivals:
    """How many new accounts alike in everything a target may ask came in a month (its first day).

    The tier is that of the followers they came with.
    """

    month: date
    platform: Platform
    region: str | None
    niches: tuple[Niche, ...]
    tier: Tier | None
    strategy: Strategy | None
    count: int


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A new account whose way to us nobody has told yet. `guess` is what the bot takes it for, None for no idea."""

    creator_id: int
    platform: Platform
    username: str
    source: str
    created_at: int
    guess: Strategy | None


@dataclass(frozen=True, slots=True)
class Mark:
    """What staff say brought an account."""

    strategy: Strategy
    note: str


def days(period: Period) -> int:
    """How many days a period has."""
    return (period.after - period.first) // timedelta(days=1)
