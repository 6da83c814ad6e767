"""Use cases of shortlists: build one for a campaign or from free criteria, show it again, build it anew."""

import asyncio
import re
from collections.abc import Sequence

from bot.campaigns.models import Applicant, ApplicationState, Campaign, Requirements
from bot.campaigns.service import CampaignService
from bot.creators.search import Range
from bot.creators.search_service import CreatorSearch
from bot.creators.service import CreatorService
from bot.platform import audit
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.database import Database
from bot.platform.errors import DomainError, NotFound
from bot.shortlists import store
from bot.shortlists.models import Candidate, Criteria, Entry, Judgement, Shortlist
from bot.shortlists.rules import judge, ranked, related_niches, weights_for
from bot.shortlists.store import Built, EntryRow

# Beyond this only the accounts with the highest ER are judged; the answer says of how many.
MOST_JUDGED = 2_000
MOST_LISTED = 100
MOST_NEAR_MISSES = 25
MOST_SUGGESTIONS = 25
GONE = "Shortlist ini sudah tidak ada. Susun lagi dengan /shortlist kampanye atau /shortlist cari."
EMPTY = "Database KOL masih kosong. Masukkan lembar KOL dulu dengan /kol impor, lalu susun lagi."
_CHOSEN = re.compile(r"#(\d{1,18})", re.ASCII)
_STILL_IN = frozenset({ApplicationState.WAITING, ApplicationState.ACCEPTED, ApplicationState.RESERVED})


class ShortlistService:
    """The only door to shortlists for cogs and other areas."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        creators: CreatorService,
        search: CreatorSearch,
        campaigns: CampaignService,
    ) -> None:
        self._database = database
        self._clock = clock
        self._creators = creators
        self._search = search
        self._campaigns = campaigns

    async def build_for_campaign(self, actor: Actor, campaign_id: int) -> Shortlist:
        """A campaign's shortlist, from its applicants and the database; replaces the one it had. Raises NotFound."""
        campaign = await self._campaigns.get(campaign_id)
        return await self._build(actor, campaign.title, criteria_of(campaign.requirements), campaign)

    async def build(self, actor: Actor, title: str, criteria: Criteria) -> Shortlist:
        """A shortlist from the database alone."""
        return await self._build(actor, title, criteria, None)

    async def rebuild(self, actor: Actor, shortlist_id: int) -> Shortlist:
        """Judge again by what is known now; a campaign's shortlist follows its requirements. Raises NotFound."""
        known = await self.get(shortlist_id)
        if known.campaign_id is not None:
            return await self.build_for_campaign(actor, known.campaign_id)
        return await self._build(actor, known.title, known.criteria, None, replaces=known.id)

    async def get(self, shortlist_id: int) -> Shortlist:
        """One shortlist. Raises NotFound."""
        found = await store.get(self._database.read, shortlist_id)
        if found is None:
            raise NotFound(GONE)
        return found

    async def entries(self, shortlist_id: int, *, limit: int, offset: int = 0) -> list[Entry]:
        """Entries in their order: who is in by rank, then who is out."""
        rows = await store.entries(self._database.read, shortlist_id, limit=limit, offset=offset)
        return await self._with_creators(rows)

    async def entry(self, shortlist_id: int, creator_id: int) -> Entry:
        """One entry. Raises NotFound when a newer building left the creator out."""
        row = await store.entry(self._database.read, shortlist_id, creator_id)
        found = await self._with_creators([row] if row else [])
        if not found:
            raise NotFound(
                "Kreator ini tidak ada lagi di shortlist itu. Buka versi terbarunya dengan /shortlist lihat."
            )
        return found[0]

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

    def scores(self, campaign: Campaign, applicants: Sequence[Applicant]) -> dict[int, int]:
        """The score (0 to 100) of applicants by application id, as the campaign's shortlist would give it now."""
        criteria = criteria_of(campaign.requirements)
        weights = weights_for(criteria)
        return {
            one.application.id: judge(
                Candidate(one.creator, one.application.id, one.application.rate), criteria, weights
            ).score
            for one in applicants
        }

    async def _build(
        self, actor: Actor, title: str, criteria: Criteria, campaign: Campaign | None, *, replaces: int | None = None
    ) -> Shortlist:
        near = related_niches(criteria.niches) if criteria.near_niches else ()
        wanted = criteria.as_filter(near)
        found, matching = await self._search.candidates(wanted, limit=MOST_JUDGED)
        misses = await self._search.near_misses(wanted, limit=MOST_NEAR_MISSES)
        applicants, applied = await self._applicants(campaign)
        if not (found or misses or applied) and await self._search.is_empty():
            raise DomainError(EMPTY)
        candidates = [Candidate(creator) for creator in (*found, *misses) if creator.id not in applied]
        weights = weights_for(criteria)
        # Off the loop: two thousand sentences take a while.
        kept = await asyncio.to_thread(
            lambda: _kept([judge(one, criteria, weights) for one in (*applicants, *candidates)])
        )
        built = Built(
            title,
            campaign.id if campaign else None,
            criteria,
            weights,
            considered=len(found),
            matching=matching,
            actor_id=actor.id,
            now=self._clock.timestamp(),
        )
        return await self._keep(actor, built, kept, replaces)

    async def _keep(self, actor: Actor, built: Built, kept: Sequence[Judgement], replaces: int | None) -> Shortlist:
        async with self._database.unit() as tx:
            if replaces is None:
                shortlist_id = await store.insert(tx, built)
            elif await store.update(tx, replaces, built):
                shortlist_id = replaces
            else:
                raise NotFound(GONE)
            await store.drop_entries(tx, shortlist_id)
            await store.add_entries(tx, shortlist_id, kept)
            shortlist = await store.get(tx, shortlist_id)
            assert shortlist is not None
            await audit.record(
                tx,
                actor,
                "shortlist.built",
                ("shortlist", shortlist_id),
                at=built.now,
                details={"revision": shortlist.revision, "campaign_id": built.campaign_id, "listed": shortlist.listed},
            )
        return shortlist

    async def _applicants(self, campaign: Campaign | None) -> tuple[list[Candidate], set[int]]:
        """Those who are still in, and every account that ever applied: no refusal comes back as a database row."""
        if campaign is None:
            return [], set()
        found = await self._campaigns.applicants(campaign.id)
        still_in = [
            Candidate(one.creator, one.application.id, one.application.rate)
            for one in found
            if one.application.state in _STILL_IN
        ]
        return still_in, {one.creator.id for one in found}

    async def _with_creators(self, rows: Sequence[EntryRow]) -> list[Entry]:
        creators = await self._creators.get_many([row.creator_id for row in rows])
        return [
            Entry(
                creator=creators[row.creator_id],
                application_id=row.application_id,
                position=row.position,
                rank=row.rank,
                points=row.points,
                excluded=row.excluded,
                flags=row.flags,
                followers=row.followers,
                engagement_ppm=row.engagement_ppm,
                rate=row.rate,
            )
            for row in rows
            if row.creator_id in creators
        ]


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


def _kept(judgements: Sequence[Judgement]) -> list[Judgement]:
    """In order: every applicant, and of the database the best and the nearest misses."""
    room = {True: MOST_LISTED, False: MOST_NEAR_MISSES}
    kept: list[Judgement] = []
    for one in ranked(judgements):
        if one.candidate.application_id is None:
            room[not one.excluded] -= 1
            if room[not one.excluded] < 0:
                continue
        kept.append(one)
    return kept
