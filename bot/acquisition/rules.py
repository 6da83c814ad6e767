"""Plan against actual, and what a new creator cost. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from bot.acquisition.models import Aim, Arrivals, Cost, Period, Strategy, Target, days
from bot.creators.models import Platform


class Standing(StrEnum):
    """How a target does."""

    WAITING = "waiting"
    REACHED = "reached"
    ON_PACE = "on_pace"
    BEHIND = "behind"
    MISSED = "missed"

    @property
    def indonesian(self) -> str:
        """For lists and pictures."""
        return {
            Standing.WAITING: "belum mulai",
            Standing.REACHED: "tercapai",
            Standing.ON_PACE: "sesuai laju",
            Standing.BEHIND: "di bawah laju",
            Standing.MISSED: "tidak tercapai",
        }[self]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A target and what has come of it. `elapsed` is the share of its days that have begun."""

    target: Target
    done: int
    elapsed: Decimal
    standing: Standing

    @property
    def achieved(self) -> Decimal:
        """New accounts / target; more than 1 where the target was passed."""
        return Decimal(self.done) / self.target.wanted


@dataclass(frozen=True, slots=True)
class WayResult:
    """What a strategy brought and cost; the strategy is None for creators whose way is not known."""

    strategy: Strategy | None
    count: int
    cost: int | None

    @property
    def cost_each(self) -> int | None:
        """CAC: whole rupiah a new creator, rounded half up; None without a known cost or without a creator."""
        return cost_each(self.cost, self.count)


@dataclass(frozen=True, slots=True)
class PlatformGrowth:
    """New accounts of a platform month by month, beside what was planned (None where nothing was)."""

    platform: Platform
    before: int
    counts: tuple[int, ...]
    goals: tuple[int | None, ...]

    @property
    def total(self) -> int:
        """Accounts at the end of the last month."""
        return self.before + sum(self.counts)


def fits(arrivals: Arrivals, aim: Aim) -> bool:
    """Whether these accounts count for a target. Either of two niches will do; an unknown value fits no wish."""
    return (
        aim.platform in (None, arrivals.platform)
        and aim.region in (None, arrivals.region)
        and (aim.niche is None or aim.niche in arrivals.niches)
        and aim.tier in (None, arrivals.tier)
        and aim.strategy in (None, arrivals.strategy)
    )


def count(arrivals: Iterable[Arrivals], period: Period, aim: Aim) -> int:
    """New accounts of a period that fit."""
    return sum(one.count for one in arrivals if period.first <= one.month < period.after and fits(one, aim))


def elapsed(period: Period, today: date) -> Decimal:
    """The share of a period's days that have begun, today among them: 0 to 1."""
    begun = (min(today + timedelta(days=1), period.after) - period.first) // timedelta(days=1)
    return Decimal(max(0, begun)) / days(period)


def standing(done: int, wanted: int, share: Decimal, *, over: bool) -> Standing:
    """How a target does when `share` of its days have begun; on pace is what an even course would have brought.

    The last day is not over while it lasts: a target is missed only afterwards.
    """
    if done >= wanted:
        return Standing.REACHED
    if over:
        return Standing.MISSED
    if not share:
        return Standing.WAITING
    return Standing.ON_PACE if done >= wanted * share else Standing.BEHIND


def outcomes(targets: Iterable[Target], arrivals: Collection[Arrivals], today: date) -> list[Outcome]:
    """Each target with what has come of it, in the order given."""
    found: list[Outcome] = []
    for target in targets:
        done, share = count(arrivals, target.period, target.aim), elapsed(target.period, today)
        how = standing(done, target.wanted, share, over=today >= target.period.after)
        found.append(Outcome(target, done, share, how))
    return found


def ways(arrivals: Collection[Arrivals], costs: Collection[Cost], period: Period) -> list[WayResult]:
    """Every strategy in its usual order, and last those of whom nobody knows. Only costs within the period count."""
    found: list[WayResult] = []
    for strategy in (*Strategy, None):
        own = [one for one in arrivals if one.strategy is strategy and period.first <= one.month < period.after]
        paid = [one.amount for one in costs if one.strategy is strategy and period.contains(one.period)]
        found.append(WayResult(strategy, sum(one.count for one in own), sum(paid) if paid else None))
    return found


def strongest(results: Iterable[WayResult]) -> list[WayResult]:
    """The strategies that brought most; several when they are level, none when none brought anybody."""
    known = [one for one in results if one.strategy is not None and one.count]
    most = max((one.count for one in known), default=0)
    return [one for one in known if one.count == most]


def together(results: Iterable[WayResult]) -> WayResult:
    """The strategies whose cost is known, taken together: the CAC of what was paid for."""
    paid = [one for one in results if one.strategy is not None and one.cost is not None]
    return WayResult(None, sum(one.count for one in paid), sum(one.cost or 0 for one in paid) if paid else None)


def cost_each(cost: int | None, creators: int) -> int | None:
    """Whole rupiah a creator, rounded half up; None where the cost is unknown or nobody came."""
    if cost is None or not creators:
        return None
    return int((Decimal(cost) / creators).quantize(Decimal(1), ROUND_HALF_UP))


def goal(targets: Iterable[Target], platform: Platform, month: Period) -> int | None:
    """What a month shall bring on a platform: its own target, else a third of its quarter's, rounded half up.

    Only targets for the platform as a whole count.
    """
    own = {target.period: target.wanted for target in targets if target.aim == Aim(platform=platform)}
    if month in own:
        return own[month]
    quarter = own.get(Period.quarter_of(month.first))
    return None if quarter is None else (2 * quarter + 3) // 6


def growth(
    arrivals: Collection[Arrivals], before: dict[Platform, int], targets: Collection[Target], months: Sequence[Period]
) -> list[PlatformGrowth]:
    """Each platform that has accounts or plans, month by month."""
    found: list[PlatformGrowth] = []
    for platform in Platform:
        counts = tuple(count(arrivals, month, Aim(platform=platform)) for month in months)
        goals = tuple(goal(targets, platform, month) for month in months)
        if before.get(platform) or any(counts) or any(goals):
            found.append(PlatformGrowth(platform, before.get(platform, 0), counts, goals))
    return found
