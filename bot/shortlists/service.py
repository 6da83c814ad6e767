"""Use cases of shortlists: build one for a campaign or from free criteria, show it again, weigh and build it anew."""

import asyncio
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.campaigns.models import Applicant, Campaign, Requirements
from bot.campaigns.service import CampaignService
from bot.creators.search import Range
from bot.creators.search_service import CreatorSearch
from bot.creators.service import Creator, CreatorService
from bot.platform import audit
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.database import Database
from bot.platform.errors import DomainError, NotFound
from bot.shortlists import entry_store, store
from bot.shortlists.arrangement import arrange, line_of
from bot.shortlists.changes import reasons_out
from bot.shortlists.gathering import MOST_NEAR_MISSES, Gathered, Gathering
from bot.shortlists.models import Cause, Criteria, Entry, Judgement, Line, RateSource, Shortlist, Weight
from bot.shortlists.rules import judge, ranked
from bot.shortlists.store import Built
from bot.shortlists.weighing import read_weights, weights_for

MOST_LISTED = 100
MOST_SUGGESTIONS = 25
GONE = "Shortlist ini sudah tidak ada. Susun lagi dengan /shortlist kampanye atau /shortlist cari."
EMPTY = "Database KOL masih kosong. Masukkan lembar KOL dulu dengan /kol impor, lalu susun lagi."
LEFT_OUT = "Kreator ini tidak ada lagi di shortlist itu. Buka versi terbarunya dengan /shortlist lihat."
_CHOSEN = re.compile(r"#(\d{1,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be built, and over which shortlist."""

    title: str
    criteria: Criteria
    campaign: Campaign | None = None
    replaces: int | None = None
    cause: Cause = Cause.REBUILT
    brief_id: int | None = None
    budget: int | None = None
    slots: int | None = None


class ShortlistService:
    """The only door to shortlists for cogs and other areas, beside what staff mark (marking) and look up (history)."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        creators: CreatorService,
        search: CreatorSearch,
        campaigns: CampaignService,
        gathering: Gathering,
    ) -> None:
        self._database = database
        self._clock = clock
        self._creators = creators
        self._search = search
        self._campaigns = campaigns
        self._gathering = gathering

    async def build_for_campaign(self, actor: Actor, campaign_id: int) -> Shortlist:
        """A campaign's shortlist, from its applicants and the database: a new version of it. Raises NotFound."""
        return await self._build(actor, await self._campaign_plan(campaign_id))

    async def build(
        self,
        actor: Actor,
        title: str,
        criteria: Criteria,
        *,
        brief_id: int | None = None,
        budget: int | None = None,
        slots: int | None = None,
    ) -> Shortlist:
        """A shortlist from the database alone; what a brief says of budget (whole rupiah) and slots is kept with it."""
        return await self._build(actor, _Plan(title, criteria, brief_id=brief_id, budget=budget, slots=slots))

    async def rebuild(self, actor: Actor, shortlist_id: int, cause: Cause = Cause.REBUILT) -> Shortlist:
        """Judge again by what is known now; a campaign's shortlist follows its requirements. Raises NotFound.

        There is a new version only when something differs.
        """
        known = await self.get(shortlist_id)
        if known.campaign_id is not None:
            return await self._build(actor, await self._campaign_plan(known.campaign_id, cause))
        return await self._build(actor, _Plan(known.title, known.criteria, replaces=known.id, cause=cause))

    async def weigh(self, actor: Actor, shortlist_id: int, text: str) -> Shortlist:
        """Give a shortlist weights of its own, one criterion a line, and judge everyone anew. Raises FormRefused."""
        known = await self.get(shortlist_id)
        return await self._weigh(actor, known, read_weights(text, known.criteria))

    async def weigh_by_default(self, actor: Actor, shortlist_id: int) -> Shortlist:
        """Go back to the weights of everyone, and judge anew."""
        return await self._weigh(actor, await self.get(shortlist_id), None)

    async def get(self, shortlist_id: int, revision: int | None = None) -> Shortlist:
        """One shortlist, in its present version or an earlier one. Raises NotFound."""
        found = await store.get(self._database.read, shortlist_id, revision)
        if found is None:
            raise NotFound(GONE)
        return found

    async def entries(
        self, shortlist_id: int, *, limit: int, offset: int = 0, revision: int | None = None
    ) -> list[Entry]:
        """Entries in their order: who is in by rank, then who is out."""
        version = revision if revision is not None else (await self.get(shortlist_id)).revision
        lines = await entry_store.page(self._database.read, shortlist_id, version, limit=limit, offset=offset)
        return await self._with_creators(lines)

    async def entry(self, shortlist_id: int, creator_id: int, revision: int | None = None) -> Entry:
        """One entry. Raises NotFound when a newer version left the creator out."""
        version = revision if revision is not None else (await self.get(shortlist_id)).revision
        line = await entry_store.one(self._database.read, shortlist_id, version, creator_id)
        found = await self._with_creators([line] if line else [])
        if not found:
            raise NotFound(LEFT_OUT)
        return found[0]

    async def remarks(self, creator_id: int) -> dict[str, list[str]]:
        """What the team says about somebody, for staff alone, by where it comes from."""
        return await self._gathering.remarks(creator_id)

    async def suggest(self, text: str) -> list[Shortlist]:
        """Up to 25 shortlists for autocomplete, last built first."""
        return await store.titled(self._database.read, text.strip(), MOST_SUGGESTIONS)

    async def chosen(self, text: str) -> Shortlist:
        """The shortlist somebody means: `#12` as autocomplete fills in, or a title. Raises DomainError."""
        match = _CHOSEN.fullmatch(text.strip())
        if match:
            return await self.get(int(match[1]))
        found = await self.suggest(text)
        exact = [one for one in found if one.title.casefold() == text.strip().casefold()] or found
        if not exact:
            raise NotFound("Shortlist itu tidak ditemukan. Pilih dari daftar yang muncul saat kamu mengetik judulnya.")
        if len(exact) > 1:
            raise DomainError("Ada beberapa shortlist yang cocok. Pilih salah satu dari daftar yang muncul.")
        return exact[0]

    async def scores(self, campaign: Campaign, applicants: Sequence[Applicant]) -> dict[int, int]:
        """The score (0 to 100) of applicants by application id, as the campaign's shortlist would give it now."""
        known = await store.of_campaign(self._database.read, campaign.id)
        marks = await entry_store.marks(self._database.read, known) if known else {}
        criteria = criteria_of(campaign.requirements)
        weights = weights_for(criteria, await self._own_weights(known))
        candidates = await self._gathering.of_applicants(campaign, applicants, marks)
        return {
            one.application_id: judge(one, criteria, weights).score
            for one in candidates
            if one.application_id is not None
        }

    async def judge_row(self, shortlist: Shortlist, creator: Creator) -> Judgement:
        """How a shortlist would judge an account of the database that it does not have."""
        campaign = await self._campaigns.get(shortlist.campaign_id) if shortlist.campaign_id is not None else None
        (candidate,) = await self._gathering.of_rows([creator], campaign, {})
        return judge(candidate, shortlist.criteria, shortlist.weights)

    async def _weigh(self, actor: Actor, known: Shortlist, weights: Sequence[Weight] | None) -> Shortlist:
        async with self._database.unit() as tx:
            await store.set_own_weights(tx, known.id, weights)
            await audit.record(
                tx,
                actor,
                "shortlist.weighed",
                ("shortlist", known.id),
                at=self._clock.timestamp(),
                details={weight.key.value: weight.points for weight in weights or ()},
            )
        return await self.rebuild(actor, known.id, Cause.WEIGHTS)

    async def _campaign_plan(self, campaign_id: int, cause: Cause = Cause.REBUILT) -> _Plan:
        campaign = await self._campaigns.get(campaign_id)
        known = await store.of_campaign(self._database.read, campaign_id)
        return _Plan(campaign.title, criteria_of(campaign.requirements), campaign, replaces=known, cause=cause)

    async def _own_weights(self, shortlist_id: int | None) -> tuple[Weight, ...] | None:
        return await store.own_weights(self._database.read, shortlist_id) if shortlist_id is not None else None

    async def _build(self, actor: Actor, plan: _Plan) -> Shortlist:
        criteria = plan.criteria
        marks = await entry_store.marks(self._database.read, plan.replaces) if plan.replaces is not None else {}
        gathered = await self._gathering.gather(criteria, plan.campaign, marks)
        if not (gathered.candidates or gathered.must_list) and await self._search.is_empty():
            raise DomainError(EMPTY)
        weights = weights_for(criteria, await self._own_weights(plan.replaces))
        # Off the loop: two thousand sentences take a while.
        lines = await asyncio.to_thread(_judged, gathered, criteria, weights)
        built = Built(
            plan.title,
            plan.campaign.id if plan.campaign else None,
            criteria,
            weights,
            considered=gathered.considered,
            matching=gathered.matching,
            cause=plan.cause,
            actor_id=actor.id,
            now=self._clock.timestamp(),
        )
        return await self._keep(actor, plan, built, lines)

    async def _keep(self, actor: Actor, plan: _Plan, built: Built, lines: Sequence[Line]) -> Shortlist:
        async with self._database.unit() as tx:
            replaces = plan.replaces
            if replaces is None and built.campaign_id is not None:
                # Somebody else may have built it meanwhile.
                replaces = await store.of_campaign(tx, built.campaign_id)
            known = await store.get(tx, replaces) if replaces is not None else None
            if replaces is not None and known is None:
                raise NotFound(GONE)
            if known is None:
                number = await store.insert(tx, built, brief_id=plan.brief_id, budget=plan.budget, slots=plan.slots)
                arranged = arrange(lines, {})
                await store.add_version(tx, number, 1, built.first())
                await entry_store.add(tx, number, 1, arranged)
            else:
                number = known.id
                arranged = arrange(lines, await entry_store.marks(tx, number))
                same = (known.criteria, known.weights) == (built.criteria, built.weights)
                if same and arranged == await entry_store.page(tx, number, known.revision):
                    await store.confirm(tx, number, known.revision, built)
                    await store.move_on(tx, number, known.revision, built)
                else:
                    await store.add_version(tx, number, known.revision + 1, built)
                    await store.move_on(tx, number, known.revision + 1, built)
                    await entry_store.add(tx, number, known.revision + 1, arranged)
            shortlist = await store.get(tx, number)
            assert shortlist is not None
            await audit.record(
                tx,
                actor,
                "shortlist.built",
                ("shortlist", number),
                at=built.now,
                details={"revision": shortlist.revision, "campaign_id": built.campaign_id, "listed": shortlist.listed},
            )
        return shortlist

    async def _with_creators(self, lines: Collection[Line]) -> list[Entry]:
        creators = await self._creators.get_many([line.creator_id for line in lines])
        return [entry_of(line, creators[line.creator_id]) for line in lines if line.creator_id in creators]


def entry_of(line: Line, creator: Creator) -> Entry:
    """A kept line beside its account."""
    return Entry(
        creator=creator,
        application_id=line.application_id,
        position=line.position,
        rank=line.rank,
        points=line.points,
        excluded=reasons_out(line),
        flags=line.flags,
        followers=line.followers,
        engagement_ppm=line.engagement_ppm,
        rate=line.price,
        rate_source=line.rate_source if line.staff_rate is None else RateSource.STAFF,
        unmet=line.unmet if line.rank is not None else (),
        barred=line.barred,
        pinned=line.pinned,
        dropped=line.dropped,
        note=line.note,
        place=line.place,
    )


def criteria_of(requirements: Requirements) -> Criteria:
    """What a campaign asks of accounts, as criteria: exactly its niches, as applicants had to have them."""
    return Criteria(
        platforms=requirements.platforms,
        niches=requirements.niches,
        tiers=requirements.tiers,
        regions=requirements.regions,
        followers=Range(requirements.min_followers, requirements.max_followers),
        min_engagement_ppm=requirements.min_engagement_ppm,
        near_niches=False,
    )


def _judged(gathered: Gathered, criteria: Criteria, weights: tuple[Weight, ...]) -> list[Line]:
    """Everyone who must be listed, and of the others the best and the nearest misses."""
    room = {True: MOST_LISTED, False: MOST_NEAR_MISSES}
    kept: list[Line] = []
    for one in ranked(judge(candidate, criteria, weights) for candidate in gathered.candidates):
        if one.candidate.creator.id not in gathered.must_list:
            room[not one.excluded] -= 1
            if room[not one.excluded] < 0:
                continue
        kept.append(line_of(one))
    return kept
