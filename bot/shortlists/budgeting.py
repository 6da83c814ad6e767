"""Use case of fitting a shortlist to a budget."""

import asyncio
from dataclasses import dataclass

from bot.campaigns.service import CampaignService
from bot.platform import audit
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.database import Database
from bot.platform.errors import DomainError, NotFound
from bot.platform.indonesian import format_rupiah, parse_count, parse_rupiah
from bot.platform.problems import Problems
from bot.shortlists import store
from bot.shortlists.budget import BestSet, Offer, best_set
from bot.shortlists.models import Entry, Shortlist
from bot.shortlists.service import GONE, ShortlistService

MOST_SLOTS = 100
_EVERY = 1_000_000


@dataclass(frozen=True, slots=True)
class BudgetFit:
    """The best set of a shortlist under a budget. `entries` are all who are in, by creator id; `without_rate` of them
    could not be counted.
    """

    shortlist: Shortlist
    budget: int
    slots: int
    best: BestSet
    entries: dict[int, Entry]
    without_rate: tuple[Entry, ...]


class ShortlistBudgets:
    """The only door to what a budget can buy."""

    def __init__(
        self, database: Database, clock: Clock, campaigns: CampaignService, shortlists: ShortlistService
    ) -> None:
        self._database = database
        self._clock = clock
        self._campaigns = campaigns
        self._shortlists = shortlists

    async def usual_slots(self, shortlist: Shortlist) -> int | None:
        """How many creators are wanted: as fitted last, else what the campaign has room for."""
        if shortlist.slots is None and shortlist.campaign_id is not None:
            return (await self._campaigns.get(shortlist.campaign_id)).basics.slots
        return shortlist.slots

    async def fit(self, actor: Actor, shortlist_id: int, budget: str, slots: str) -> BudgetFit:
        """The best set for what somebody typed; budget and slots are kept. Raises FormRefused and DomainError."""
        problems = Problems()
        amount = problems.read(lambda: parse_rupiah(budget), None, "Anggaran")
        number = problems.read(lambda: parse_count(slots, whole=True), None, "Jumlah kreator")
        problems.settle()
        if not amount:
            raise DomainError("Tulis anggarannya, misalnya 10jt atau 7.500.000.")
        if number is None or not 1 <= number <= MOST_SLOTS:
            raise DomainError(f"Tulis berapa kreator yang dicari, dari 1 sampai {MOST_SLOTS}.")
        async with self._database.unit() as tx:
            shortlist = await store.get(tx, shortlist_id)
            if shortlist is None:
                raise NotFound(GONE)
            await store.set_budget(tx, shortlist_id, amount, number)
            await audit.record(
                tx,
                actor,
                "shortlist.fitted",
                ("shortlist", shortlist_id),
                at=self._clock.timestamp(),
                details={"slots": number},
            )
        return await self.fitted(await self._shortlists.get(shortlist_id), amount, number)

    async def fitted(self, shortlist: Shortlist, budget: int, slots: int) -> BudgetFit:
        """The best set under a budget in whole rupiah. Raises DomainError when those pinned don't fit it."""
        inside = [one for one in await self._shortlists.entries(shortlist.id, limit=_EVERY) if one.rank is not None]
        offers = [Offer(one.creator.id, one.score, one.rate, one.pinned) for one in inside if one.rate is not None]
        # Off the loop: exact, and so not always quick.
        best = await asyncio.to_thread(best_set, offers, budget, slots)
        if best is None:
            must = [one for one in offers if one.must]
            raise DomainError(
                f"Kreator yang disematkan saja sudah {len(must)} orang dengan tarif "
                f"{format_rupiah(sum(one.rate for one in must))}, tidak cukup untuk {slots} kreator dan "
                f"{format_rupiah(budget)}. Lepas sebagian sematan, atau naikkan anggarannya."
            )
        return BudgetFit(
            shortlist,
            budget,
            slots,
            best,
            {one.creator.id: one for one in inside},
            tuple(one for one in inside if one.rate is None),
        )
