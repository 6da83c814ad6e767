"""What a campaign shows by itself, kept up to date through the outbox: its announcement, and a board for staff."""

from collections.abc import Iterable

from bot.campaigns import application_store, messages, store
from bot.campaigns.models import Applicant, Application, ApplicationState, Campaign, Counts
from bot.campaigns.rules import decisions
from bot.creators.rules import anomalies, engagement_rate, tier
from bot.creators.service import Creator, CreatorService
from bot.platform.clock import Clock
from bot.platform.database import Reads, UnitOfWork
from bot.platform.outbox import Kind, Outbox
from bot.platform.scheduler import Scheduler
from bot.platform.scheduler_store import DueItem
from bot.server.models import ChannelKey
from bot.server.service import ServerService

BOARD = "campaign.board"
# After a quiet time the board is redrawn at once; of a burst, once for all that came within so many seconds.
BOARD_EVERY_SECONDS = 30
BOARD_SHOWS = 5


class Notices:
    """Puts messages into the outbox in the unit of work that causes them; sends nothing itself."""

    def __init__(
        self, clock: Clock, outbox: Outbox, server: ServerService, scheduler: Scheduler, creators: CreatorService
    ) -> None:
        self._clock = clock
        self._outbox = outbox
        self._server = server
        self._scheduler = scheduler
        self._creators = creators
        scheduler.handles(BOARD, self._board_is_due)

    async def announce(self, tx: UnitOfWork, campaign: Campaign) -> int | None:
        """Post the announcement, once; the outbox row's id, None before /pengaturan has been run."""
        opened = messages.announcement(campaign, Counts())
        key = f"campaign:{campaign.id}:announcement"
        return await self._server.tell(tx, ChannelKey.CAMPAIGNS, opened, dedupe_key=key)

    async def announce_again(self, tx: UnitOfWork, campaign: Campaign, counts: Counts) -> bool:
        """Post the announcement anew where Discord refused it; False while it is there or on its way."""
        failed = await self._outbox.get(campaign.announcement_id) if campaign.announcement_id is not None else None
        if failed is None or failed.state != "failed":
            return False
        key = f"campaign:{campaign.id}:announcement:after:{failed.id}"
        row_id = await self._server.tell(
            tx, ChannelKey.CAMPAIGNS, messages.announcement(campaign, counts), dedupe_key=key
        )
        if row_id is None:
            return False
        await store.set_announcement(tx, campaign.id, row_id)
        return True

    async def redraw_announcement(self, tx: UnitOfWork, campaign: Campaign, counts: Counts) -> None:
        """Show the announcement as the campaign now stands."""
        if campaign.announcement_id is not None:
            await self._outbox.put(tx, Kind.EDIT, campaign.announcement_id, messages.announcement(campaign, counts))

    async def applicants_changed(self, tx: UnitOfWork, campaign: Campaign) -> None:
        """Post the board for the first applicant; from then on have it redrawn, once for many changes at a time."""
        if campaign.board_id is None:
            board_id = await self._server.tell(tx, ChannelKey.STAFF, await self._board(tx, campaign))
            if board_id is not None:
                await store.set_board(tx, campaign.id, board_id, self._clock.timestamp())
            return
        may_redraw_at = (campaign.board_drawn_at or 0) + BOARD_EVERY_SECONDS
        if self._clock.timestamp() >= may_redraw_at:
            await self._redraw_board(tx, campaign, campaign.board_id)
        else:
            await self._scheduler.at(tx, BOARD, campaign.id, may_redraw_at)

    async def tell_closed(self, tx: UnitOfWork, campaign: Campaign, counts: Counts) -> None:
        """Tell staff that a deadline has closed a campaign, once per deadline."""
        key = f"campaign:{campaign.id}:closed:{campaign.basics.deadline_at}"
        await self._server.tell(tx, ChannelKey.STAFF, messages.closed_note(campaign, counts), dedupe_key=key)

    async def tell_decided(
        self, tx: UnitOfWork, campaign: Campaign, application: Application, before: ApplicationState
    ) -> None:
        """Tell an applicant, once per decision."""
        key = f"application:{application.id}:{application.state}"
        news = messages.decided(campaign, application, before)
        await self._outbox.put(tx, Kind.PERSON, application.member_id, news, dedupe_key=key)

    async def tell_stepped_back(self, tx: UnitOfWork, campaign: Campaign, application: Application) -> None:
        """Tell staff that an accepted creator can't take part, once."""
        (applicant,) = await self.applicants(tx, [application])
        note = messages.stepped_back(campaign, applicant, await application_store.counts(tx, campaign.id))
        key = f"application:{application.id}:stepped-back"
        await self._server.tell(tx, ChannelKey.STAFF, note, dedupe_key=key)

    async def tell_cancelled(self, tx: UnitOfWork, campaign: Campaign, applications: Iterable[Application]) -> None:
        """Tell the applicants of a cancelled campaign, once each."""
        for application in applications:
            key = f"application:{application.id}:cancelled"
            await self._outbox.put(tx, Kind.PERSON, application.member_id, messages.cancelled(campaign), dedupe_key=key)

    async def applicants(self, reads: Reads, applications: Iterable[Application]) -> list[Applicant]:
        """Applications beside the accounts they were sent with, in the order given."""
        chosen = list(applications)
        creators = await self._creators.get_many({item.creator_id for item in chosen}, reads)
        return [_applicant(item, creators[item.creator_id]) for item in chosen if item.creator_id in creators]

    async def _board_is_due(self, tx: UnitOfWork, item: DueItem) -> None:
        campaign = await store.get(tx, item.subject_id)
        if campaign is not None and campaign.board_id is not None:
            await self._redraw_board(tx, campaign, campaign.board_id)

    async def _redraw_board(self, tx: UnitOfWork, campaign: Campaign, board_id: int) -> None:
        await self._outbox.put(tx, Kind.EDIT, board_id, await self._board(tx, campaign))
        await store.set_board(tx, campaign.id, board_id, self._clock.timestamp())

    async def _board(self, tx: UnitOfWork, campaign: Campaign) -> messages.Message:
        latest = await application_store.latest(tx, campaign.id, BOARD_SHOWS)
        counts = await application_store.counts(tx, campaign.id)
        return messages.board(campaign, counts, await self.applicants(tx, latest))


def _applicant(application: Application, creator: Creator) -> Applicant:
    metrics = creator.record.metrics
    flags = anomalies(metrics, creator.record.reported_er)
    return Applicant(
        application=application,
        creator=creator,
        tier=tier(metrics.followers),
        engagement=engagement_rate(metrics),
        flags=tuple(flag.message for flag in flags),
        decisions=decisions(application.state),
    )
