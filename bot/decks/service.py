"""Use case of decks: the files of a shortlist that a brand can be sent."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.campaigns.service import CampaignService
from bot.decks import brand
from bot.decks.models import MOST_CREATORS, BriefPage, Deck, DeckFacts, Rates
from bot.decks.rules import brief_of, facts_of, notes_of, overview_of
from bot.decks.sheet import write_sheet
from bot.decks.writing import write_deck
from bot.platform import audit
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.collecting import without_full_collections
from bot.platform.database import Database
from bot.platform.errors import DomainError
from bot.shortlists.models import Entry, Shortlist
from bot.shortlists.service import ShortlistService

# A shortlist holds at most a hundred rows of the database beside its applicants.
_MOST_ENTRIES = 1_000
EMPTY = "Belum ada kreator yang masuk di shortlist ini. Longgarkan syaratnya, susun ulang, lalu buat deck lagi."


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a deck is: creators that have their page, of all; `waiting` while others' decks are being made."""

    done: int
    total: int
    waiting: bool = False


Tell = Callable[[Progress], Awaitable[None]]


class DeckService:
    """The door for cogs."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        shortlists: ShortlistService,
        campaigns: CampaignService,
        *,
        brand_file: Path = brand.FILE,
        told_every: float = 2.0,
    ) -> None:
        self._database = database
        self._clock = clock
        self._shortlists = shortlists
        self._campaigns = campaigns
        self._brand_file = brand_file
        self._told_every = told_every
        # One at a time: each keeps a processor busy, and the bot has to answer others meanwhile.
        self._turn = asyncio.Lock()

    async def make(
        self,
        actor: Actor,
        shortlist_id: int,
        *,
        rates: Rates = Rates.HIDDEN,
        most: int = MOST_CREATORS,
        brief: BriefPage | None = None,
        tell: Tell | None = None,
    ) -> Deck:
        """The deck of a shortlist as it stands, best creators first. Put on record.

        `brief` is what the brand's page says; where none is given a campaign's shortlist tells of its campaign. `tell`
        hears how far it is every two seconds, if it takes that long. Raises NotFound, and DomainError when nobody is in
        or data/deck_brand.json is wrong.
        """
        shortlist = await self._shortlists.get(shortlist_id)
        entries = await self._shortlists.entries(shortlist_id, limit=_MOST_ENTRIES)
        facts = facts_of(
            shortlist,
            entries,
            rates=rates,
            made_on=self._clock.today().date(),
            brief=brief or await self._brief(shortlist),
            most=min(most, MOST_CREATORS),
        )
        if not facts.creators:
            raise DomainError(EMPTY)
        if self._turn.locked() and tell is not None:
            await tell(Progress(0, len(facts.creators), waiting=True))
        async with self._turn:
            deck = await self._write(facts, entries, tell)
        async with self._database.unit() as tx:
            await audit.record(
                tx,
                actor,
                "shortlist.deck_made",
                ("shortlist", shortlist_id),
                at=self._clock.timestamp(),
                details={"revision": shortlist.revision, "creators": len(facts.creators), "rates": rates.value},
            )
        return deck

    async def _brief(self, shortlist: Shortlist) -> BriefPage | None:
        if shortlist.campaign_id is None:
            return None
        return brief_of(await self._campaigns.get(shortlist.campaign_id))

    async def _write(self, facts: DeckFacts, entries: Sequence[Entry], tell: Tell | None) -> Deck:
        done = 0

        def count(pages: int) -> None:
            nonlocal done
            done = pages

        with without_full_collections():
            work = asyncio.create_task(asyncio.to_thread(_made, facts, entries, self._brand_file, count))
            try:
                while not (await asyncio.wait({work}, timeout=self._told_every))[0]:
                    if tell is not None:
                        await tell(Progress(done, len(facts.creators)))
            finally:
                # The thread can't be stopped, so the next deck waits for it.
                await asyncio.wait({work})
        return work.result()


def _made(facts: DeckFacts, entries: Sequence[Entry], brand_file: Path, count: Callable[[int], None]) -> Deck:
    paper = write_deck(facts, brand.load(brand_file), count)
    return Deck(
        facts=facts,
        overview=overview_of(facts.creators),
        notes=notes_of(entries, facts, [page.title for page in paper.pages if page.trimmed]),
        pages=len(paper.pages),
        filename=f"deck-{_slug(facts)}-{facts.made_on:%Y-%m-%d}",
        slides=paper.save(),
        sheet=write_sheet(facts),
    )


def _slug(facts: DeckFacts) -> str:
    about = " ".join(part for part in (facts.brand, facts.title) if part).lower()
    return re.sub(r"[^a-z0-9]+", "-", about)[:50].strip("-") or "shortlist"
