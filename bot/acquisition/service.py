"""Use cases of acquiring creators: targets, their outcome, what it cost, what brought whom, growth."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from bot.acquisition import rules, store
from bot.acquisition.models import Aim, Cost, Mark, Newcomer, Period, Strategy, Target
from bot.acquisition.reading import read_amount, read_note
from bot.acquisition.rules import Outcome, PlatformGrowth, WayResult
from bot.platform import audit
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.database import Database, UnitOfWork
from bot.platform.errors import NotFound
from bot.platform.problems import Problems

MONTHS_SHOWN = 12
NEWCOMERS_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Overview:
    """A period: its targets with their outcome, its strategies, its budget lines.

    `beside` are budget lines of a longer period, which can't be split and so count only there.
    """

    period: Period
    total: int
    outcomes: list[Outcome]
    ways: list[WayResult]
    costs: list[Cost]
    beside: list[Cost]


@dataclass(frozen=True, slots=True)
class Growth:
    """New accounts month by month, the earliest first."""

    months: list[Period]
    platforms: list[PlatformGrowth]


@dataclass(frozen=True, slots=True)
class TargetChange:
    """What became of a target: its number before and now, None for none."""

    period: Period
    aim: Aim
    before: int | None
    now: int | None


class AcquisitionService:
    """The only door."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def today(self) -> date:
        """The day in Jakarta."""
        return self._clock.today().date()

    async def set_target(self, actor: Actor, period: Period, aim: Aim, wanted: int) -> TargetChange:
        """Set or change a target; 0 takes it back. Raises NotFound when there is none to take back."""
        async with self._database.unit() as tx:
            known = await store.same_target(tx, period, aim)
            if known is None and not wanted:
                raise NotFound(f"Belum ada target {aim.label} untuk {period.label}, jadi tidak ada yang dihapus.")
            target_id = await self._keep(tx, actor, known, period, aim, wanted)
            change = TargetChange(period, aim, known.wanted if known else None, wanted or None)
            details = {"period": period.label, "aim": aim.label, "before": change.before, "now": change.now}
            await self._record(tx, actor, "acquisition.target_set", ("acquisition_target", target_id), details)
        return change

    async def overview(self, period: Period) -> Overview:
        """Plan against actual of a period; longer and shorter targets that touch it are shown over their own time."""
        reads = self._database.read
        targets = await store.targets(reads, period.first, period.after)
        # A month's view also shows the targets of the quarter it lies in.
        arrivals = await store.arrivals(reads, Period.quarter_of(period.first))
        costs = await store.costs(reads, period.first, period.after)
        return Overview(
            period=period,
            total=rules.count(arrivals, period, Aim()),
            outcomes=rules.outcomes(targets, arrivals, self.today()),
            ways=rules.ways(arrivals, costs, period),
            costs=[one for one in costs if period.contains(one.period)],
            beside=[one for one in costs if not period.contains(one.period)],
        )

    async def growth(self, period: Period) -> Growth:
        """Twelve months up to the last of a period, or up to this one while the period lasts."""
        last = Period(period.after, 1).moved(-1)
        if period.first <= self.today() < period.after:
            last = Period(self.today().replace(day=1), 1)
        months = [last.moved(index - MONTHS_SHOWN + 1) for index in range(MONTHS_SHOWN)]
        reads = self._database.read
        arrivals = await store.arrivals_by_platform(reads, months[0].starts_at, last.ends_at)
        before = await store.known_before(reads, months[0].starts_at)
        targets = await store.targets(reads, months[0].first, last.after)
        return Growth(months, rules.growth(arrivals, before, targets, months))

    async def add_cost(self, actor: Actor, period: Period, strategy: Strategy, amount: str, note: str) -> Cost:
        """Note a budget line as typed. Raises FormRefused."""
        problems = Problems()
        rupiah = problems.read(lambda: read_amount(amount), 0)
        text = problems.read(lambda: read_note(note), "")
        problems.settle()
        async with self._database.unit() as tx:
            return await self.record_cost(tx, actor, period, strategy, rupiah, text)

    async def record_cost(
        self, tx: UnitOfWork, actor: Actor, period: Period, strategy: Strategy, amount: int, note: str
    ) -> Cost:
        """Note a budget line in whole rupiah, within the unit of work of what causes it."""
        cost_id = await store.add_cost(tx, period, strategy, amount, note, actor.id, self._clock.timestamp())
        details = {"period": period.label, "strategy": strategy.value, "amount": amount}
        await self._record(tx, actor, "acquisition.cost_added", ("acquisition_cost", cost_id), details)
        return Cost(cost_id, period, strategy, amount, note)

    async def drop_cost(self, actor: Actor, cost_id: int) -> Cost:
        """Take a budget line back. Raises NotFound."""
        async with self._database.unit() as tx:
            cost = await store.drop_cost(tx, cost_id)
            if cost is None:
                raise NotFound("Baris biaya ini sudah dihapus. Lihat yang sekarang dengan /target biaya.")
            details = {"period": cost.period.label, "strategy": cost.strategy.value, "amount": cost.amount}
            await self._record(tx, actor, "acquisition.cost_dropped", ("acquisition_cost", cost_id), details)
        return cost

    async def newcomers(self, period: Period, number: int) -> tuple[list[Newcomer], int]:
        """A page (from 1) of new accounts nobody has marked, and how many there are."""
        reads, first = self._database.read, (number - 1) * NEWCOMERS_A_PAGE
        found = await store.newcomers(reads, period, limit=NEWCOMERS_A_PAGE, offset=first)
        return found, await store.count_newcomers(reads, period)

    async def mark_of(self, creator_id: int) -> Mark | None:
        """What staff say brought an account."""
        return await store.mark_of(self._database.read, creator_id)

    async def mark(self, actor: Actor, creator_ids: Collection[int], strategy: Strategy | None, note: str) -> int:
        """Say what brought these accounts, or take it back with None; how many were changed. Raises DomainError."""
        text = read_note(note)
        async with self._database.unit() as tx:
            if strategy is None:
                changed = await store.unmark(tx, creator_ids)
            else:
                now = self._clock.timestamp()
                changed = await store.mark(tx, creator_ids, Mark(strategy, text), actor.id, now)
            for creator_id in changed:
                details = {"strategy": strategy}
                await self._record(tx, actor, "acquisition.marked", ("creator", creator_id), details)
        return len(changed)

    async def _keep(
        self, tx: UnitOfWork, actor: Actor, known: Target | None, period: Period, aim: Aim, wanted: int
    ) -> int:
        now = self._clock.timestamp()
        if known is None:
            return await store.add_target(tx, period, aim, wanted, actor.id, now)
        if wanted:
            await store.change_target(tx, known.id, wanted, actor.id, now)
        else:
            await store.drop_target(tx, known.id)
        return known.id

    async def _record(
        self, tx: UnitOfWork, actor: Actor, action: str, subject: tuple[str, int], details: Mapping[str, object]
    ) -> None:
        await audit.record(tx, actor, action, subject, at=self._clock.timestamp(), details=details)
