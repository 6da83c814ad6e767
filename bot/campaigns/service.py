"""Use cases of campaigns: look at them, announce, close, cancel."""

import re
from collections.abc import Collection
from dataclasses import replace

from bot.campaigns import application_store, rules, store, track_store
from bot.campaigns.models import Applicant, Campaign, CampaignState, Counts
from bot.campaigns.notices import Notices
from bot.campaigns.track_record import TrackRecord
from bot.platform import audit, stored_files
from bot.platform.audit import SYSTEM, Actor
from bot.platform.clock import Clock
from bot.platform.database import Database, Reads, UnitOfWork
from bot.platform.errors import DomainError, NotFound
from bot.platform.scheduler import Scheduler
from bot.platform.scheduler_store import DueItem

DEADLINE = "campaign.deadline"
MOST_SUGGESTIONS = 25
# Nobody pages through more applicants than this at a time; `applicants` reads all of them.
_ALL = 100_000
_CHOSEN = re.compile(r"#(\d{1,18})")


class CampaignService:
    """The only door to campaigns for cogs and other areas."""

    def __init__(self, database: Database, clock: Clock, scheduler: Scheduler, notices: Notices) -> None:
        self._database = database
        self._clock = clock
        self._scheduler = scheduler
        self._notices = notices
        scheduler.handles(DEADLINE, self._deadline_is_due)

    async def get(self, campaign_id: int, reads: Reads | None = None) -> Campaign:
        """One campaign. Raises NotFound."""
        campaign = await store.get(reads or self._database.read, campaign_id)
        if campaign is None or campaign.state is CampaignState.DISCARDED:
            raise NotFound("Kampanye ini sudah tidak ada. Lihat yang masih buka dengan /kampanye daftar.")
        return campaign

    async def counts(self, campaign_id: int) -> Counts:
        """How many applications stand where."""
        return await application_store.counts(self._database.read, campaign_id)

    async def open_campaigns(self, *, limit: int, offset: int = 0) -> tuple[list[Campaign], int]:
        """Campaigns one may apply to now, the nearest deadline first, and how many there are in all."""
        now = self._clock.timestamp()
        return (
            await store.open_until(self._database.read, now, limit, offset),
            await store.count_open(self._database.read, now),
        )

    async def all_campaigns(self, *, limit: int, offset: int = 0) -> tuple[list[Campaign], int]:
        """Every campaign for staff, drafts and open ones first, and how many there are in all."""
        return await store.newest(self._database.read, limit, offset), await store.count_all(self._database.read)

    async def applicants(
        self, campaign_id: int, *, limit: int = _ALL, offset: int = 0, reads: Reads | None = None
    ) -> list[Applicant]:
        """Applications beside their accounts: waiting ones first, then reserves, accepted, declined, withdrawn."""
        source = reads or self._database.read
        found = await application_store.of_campaign(source, campaign_id, limit, offset)
        return await self._notices.applicants(source, found)

    async def track_records(
        self, creator_ids: Collection[int], *, without: int | None = None, reads: Reads | None = None
    ) -> dict[int, TrackRecord]:
        """How accounts did in campaigns, but for the campaign `without`; those that never applied are missing."""
        source = reads or self._database.read
        records = await track_store.of_creators(source, creator_ids, without)
        rates = await track_store.asked_rates(source, creator_ids)
        return {one: replace(records.get(one, TrackRecord()), asked=rates.get(one)) for one in {*records, *rates}}

    async def suggest(self, part: str, states: Collection[CampaignState]) -> list[Campaign]:
        """Up to 25 campaigns for autocomplete, by part of title or brand."""
        return await store.titled(self._database.read, part.strip(), states, MOST_SUGGESTIONS)

    async def chosen(self, text: str, states: Collection[CampaignState]) -> Campaign:
        """The campaign somebody means: `#12` as autocomplete fills in, or its title. Raises DomainError."""
        match = _CHOSEN.fullmatch(text.strip())
        campaign = await store.get(self._database.read, int(match[1])) if match else None
        if campaign is None:
            found = await self.suggest(text, states)
            exact = [item for item in found if item.title.casefold() == text.strip().casefold()] or found
            if len(exact) > 1:
                raise DomainError("Ada beberapa kampanye dengan judul itu. Pilih salah satu dari daftar yang muncul.")
            campaign = exact[0] if exact else None
        if campaign is None or campaign.state not in states:
            raise NotFound("Kampanye itu tidak ditemukan. Pilih dari daftar yang muncul saat kamu mengetik judulnya.")
        return campaign

    async def announce(self, actor: Actor, campaign_id: int, revision: int) -> Campaign:
        """Post a draft as it was previewed, once; applications are open from the commit on."""
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            draft = await self.get(campaign_id, tx)
            rules.check_announcement(draft, revision, now)
            announcement_id = await self._notices.announce(tx, draft)
            if announcement_id is None:
                raise DomainError("Channel kampanye belum diatur. Minta admin menjalankan /pengaturan siapkan dulu.")
            campaign = await store.open_draft(tx, campaign_id, revision, actor.id, announcement_id, now)
            assert campaign is not None, "checked in this unit of work"
            await self._scheduler.at(tx, DEADLINE, campaign_id, campaign.basics.deadline_at)
            await self._record(tx, actor, "announced", campaign)
        return campaign

    async def announce_again(self, actor: Actor, campaign_id: int) -> Campaign:
        """Post an open campaign's announcement anew when it could not be delivered. Raises TooLate when it was."""
        async with self._database.unit() as tx:
            campaign = await self.get(campaign_id, tx)
            counts = await application_store.counts(tx, campaign_id)
            if not await self._notices.announce_again(tx, campaign, counts):
                rules.check_announcement(campaign, campaign.revision, self._clock.timestamp())
            await self._record(tx, actor, "announced_again", campaign)
        return campaign

    async def close(self, actor: Actor, campaign_id: int) -> Campaign:
        """Take no more applications; those that were sent can still be decided."""
        async with self._database.unit() as tx:
            campaign = await self.get(campaign_id, tx)
            rules.check_closing(campaign)
            return await self._end(tx, actor, campaign, CampaignState.CLOSED)

    async def cancel(self, actor: Actor, campaign_id: int) -> Campaign:
        """Call a campaign off for good and tell everyone whose application still counted."""
        async with self._database.unit() as tx:
            campaign = await self.get(campaign_id, tx)
            rules.check_cancelling(campaign)
            campaign = await self._end(tx, actor, campaign, CampaignState.CANCELLED)
            sent = await application_store.of_campaign(tx, campaign_id, _ALL, 0)
            hopeful = [item for item in sent if rules.is_hopeful(item.state)]
            await self._notices.tell_cancelled(tx, campaign, hopeful)
        return campaign

    async def discard(self, actor: Actor, campaign_id: int) -> Campaign:
        """Throw a draft away."""
        async with self._database.unit() as tx:
            campaign = await self.get(campaign_id, tx)
            rules.check_discarding(campaign)
            await store.discard(tx, campaign_id)
            if campaign.image_file_id is not None:
                await stored_files.set_expiry(tx, campaign.image_file_id, self._clock.timestamp())
            await self._record(tx, actor, "discarded", campaign)
        return campaign

    async def _deadline_is_due(self, tx: UnitOfWork, item: DueItem) -> None:
        campaign = await store.get(tx, item.subject_id)
        now = self._clock.timestamp()
        # A deadline that was moved meanwhile has a due row of its own.
        if campaign is None or campaign.state is not CampaignState.OPEN or campaign.basics.deadline_at > now:
            return
        campaign = await self._end(tx, SYSTEM, campaign, CampaignState.CLOSED)
        await self._notices.tell_closed(tx, campaign, await application_store.counts(tx, campaign.id))

    async def _end(self, tx: UnitOfWork, actor: Actor, campaign: Campaign, state: CampaignState) -> Campaign:
        ended = await store.end(tx, campaign.id, state, actor.id, self._clock.timestamp())
        await self._scheduler.cancel(tx, DEADLINE, campaign.id)
        await self._notices.redraw_announcement(tx, ended, await application_store.counts(tx, campaign.id))
        if ended.board_id is not None:
            await self._notices.applicants_changed(tx, ended)
        await self._record(tx, actor, state.value, ended)
        return ended

    async def _record(self, tx: UnitOfWork, actor: Actor, what: str, campaign: Campaign) -> None:
        await audit.record(
            tx,
            actor,
            f"campaign.{what}",
            ("campaign", campaign.id),
            at=self._clock.timestamp(),
            details={"title": campaign.title},
        )
