"""Opens the store and wires the services together; the bot, the CLI and the tests all start here."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from bot.campaigns.applications import ApplicationService
from bot.campaigns.editing import CampaignEditing
from bot.campaigns.notices import Notices
from bot.campaigns.service import CampaignService
from bot.content_calendar.editing import CalendarEditing
from bot.content_calendar.evaluation import CalendarEvaluation
from bot.content_calendar.importing import CalendarImports
from bot.content_calendar.service import CalendarService
from bot.creators.exporting import ExportService
from bot.creators.importing import ImportService
from bot.creators.search_service import CreatorSearch
from bot.creators.service import CreatorService
from bot.events.notices import EventNotices
from bot.events.service import EventService
from bot.events.taking_part import TakingPart
from bot.giveaways.draws import DrawService
from bot.giveaways.entries import EntryService
from bot.giveaways.from_calendar import CalendarGiveaways
from bot.giveaways.notices import GiveawayNotices
from bot.giveaways.service import GiveawayService
from bot.onboarding.claims import ClaimService
from bot.onboarding.desk import RegistrationDesk
from bot.onboarding.drafting import RegistrationDrafts
from bot.onboarding.registering import RegistrationService
from bot.onboarding.service import OnboardingService
from bot.onboarding.updating import ProfileUpdates
from bot.platform import migrations, stored_files
from bot.platform.clock import Clock
from bot.platform.crypto import ENCRYPTED_COLUMNS, Vault
from bot.platform.database import Database, UnitOfWork
from bot.platform.drafts import Drafts
from bot.platform.kept_queries import KeptQueries
from bot.platform.outbox import Outbox
from bot.platform.scheduler import Scheduler
from bot.private_forms.service import PrivateForms
from bot.prizes import tax as prize_tax
from bot.prizes.paying import PayoutDesk
from bot.prizes.service import PrizeService
from bot.quizzes.answering import QuizAnswers
from bot.quizzes.from_calendar import CalendarQuizzes
from bot.quizzes.results import QuizResults
from bot.quizzes.seasons import QuizSeasons
from bot.quizzes.service import QuizService
from bot.quizzes.writing import QuizWriting
from bot.server.service import ServerService
from bot.settings import Settings
from bot.shortlists.service import ShortlistService


@dataclass
class Services:
    """Every service, ready to use. Close it on every path."""

    settings: Settings
    clock: Clock
    database: Database
    vault: Vault
    outbox: Outbox
    scheduler: Scheduler
    drafts: Drafts
    queries: KeptQueries
    server: ServerService
    creators: CreatorService
    onboarding: OnboardingService
    registrations: RegistrationService
    claims: ClaimService
    profiles: ProfileUpdates
    campaigns: CampaignService
    campaign_editing: CampaignEditing
    applications: ApplicationService
    search: CreatorSearch
    imports: ImportService
    exports: ExportService
    shortlists: ShortlistService
    private_forms: PrivateForms
    prizes: PrizeService
    payout_desk: PayoutDesk
    giveaways: GiveawayService
    giveaway_entries: EntryService
    giveaway_draws: DrawService
    quizzes: QuizService
    quiz_writing: QuizWriting
    quiz_answers: QuizAnswers
    quiz_results: QuizResults
    quiz_seasons: QuizSeasons
    quiz_calendar: CalendarQuizzes
    calendar: CalendarService
    calendar_editing: CalendarEditing
    calendar_imports: CalendarImports
    calendar_evaluation: CalendarEvaluation
    events: EventService
    event_guests: TakingPart

    async def file_content(self, file_id: int) -> bytes | None:
        """The bytes of a kept upload, None when it is gone."""
        found = await stored_files.load(self.database.read, self.vault, file_id)
        return found.content if found else None

    async def close(self) -> None:
        """Stop what runs by itself, then close the store."""
        await self.scheduler.stop()
        await self.outbox.stop()
        await self.database.close()


async def open_services(settings: Settings, clock: Clock | None = None) -> Services:
    """Migrate and open the store, then build the services on it.

    Raises ConfigurationError when the store or the keys can't be used; the text says what to do.
    """
    clock = clock or Clock()
    await migrations.prepare(settings.database, clock, backup_dir=settings.backup_dir)
    database = await Database.open(settings.database, readers=settings.readers)
    try:
        async with database.unit() as tx:
            vault = await Vault.open([key.get_secret_value() for key in settings.encryption_keys], tx)
        return await _build(settings, clock, database, vault)
    except BaseException:
        await database.close()
        raise


async def _build(settings: Settings, clock: Clock, database: Database, vault: Vault) -> Services:
    outbox = Outbox(database, clock)
    scheduler = Scheduler(database, clock, max_sleep_seconds=settings.max_sleep_seconds)
    drafts = Drafts(database, clock, vault)
    queries = KeptQueries(database, clock)
    server = ServerService(database, clock, outbox)
    await server.load()
    creators = CreatorService(database, clock, vault)
    onboarding = OnboardingService(
        database,
        clock,
        vault,
        outbox,
        scheduler,
        server,
        creators,
        nudge_after_hours=settings.nudge_after_hours,
    )
    desk = RegistrationDesk(clock, vault, outbox, scheduler, server, creators)
    registration_drafts = RegistrationDrafts(database, clock, vault, onboarding, creators)
    registrations = RegistrationService(database, clock, vault, scheduler, creators, registration_drafts, desk)
    claims = ClaimService(database, clock, vault, outbox, server, creators, desk)
    notices = Notices(clock, outbox, server, scheduler, creators)
    campaigns = CampaignService(database, clock, scheduler, notices)
    search = CreatorSearch(database, clock, creators)
    private_forms = PrivateForms(database, clock, vault, settings.forms_address)
    taxes = prize_tax.load() if settings.prize_tax_note else None
    prizes = PrizeService(database, clock, vault, outbox, scheduler, server, private_forms, taxes)

    giveaway_notices = GiveawayNotices(clock, outbox, server, scheduler)
    giveaway_draws = DrawService(database, clock, vault, giveaway_notices, prizes)
    quiz_results = QuizResults(database, clock, outbox, server, prizes, lambda: secrets.token_hex(16))
    quizzes = QuizService(database, clock, outbox, scheduler, server, quiz_results)
    quiz_writing = QuizWriting(database, clock, vault, quizzes)
    giveaways = GiveawayService(
        database, clock, vault, scheduler, server, giveaway_notices, giveaway_draws, secrets.token_bytes
    )
    calendar = CalendarService(database, clock, outbox, scheduler, server)
    quiz_calendar = CalendarQuizzes(quizzes, quiz_writing)
    calendar.attach("quiz", quiz_calendar.begin)
    calendar.attach_figures("quiz", quiz_calendar.figures)
    giveaway_calendar = CalendarGiveaways(giveaways)
    calendar.attach("giveaway", giveaway_calendar.begin)
    calendar.attach_figures("giveaway", giveaway_calendar.figures)

    event_notices = EventNotices(clock, outbox, scheduler)
    events = EventService(database, clock, scheduler, server, event_notices, lambda: secrets.token_hex(3).upper())

    async def tidy(tx: UnitOfWork) -> None:
        await drafts.drop_old(tx)
        await queries.drop_old(tx)
        await private_forms.drop_old(tx)
        await stored_files.drop_expired(tx, clock.timestamp())

    scheduler.recurs("tidy", "17 3 * * *", tidy)
    return Services(
        settings=settings,
        clock=clock,
        database=database,
        vault=vault,
        outbox=outbox,
        scheduler=scheduler,
        drafts=drafts,
        queries=queries,
        server=server,
        creators=creators,
        onboarding=onboarding,
        registrations=registrations,
        claims=claims,
        profiles=ProfileUpdates(database, clock, vault, outbox, server, onboarding, creators, desk),
        campaigns=campaigns,
        campaign_editing=CampaignEditing(database, clock, vault, scheduler, notices, campaigns),
        applications=ApplicationService(database, clock, notices, campaigns, creators),
        search=search,
        imports=ImportService(database, clock, vault, creators, upload_limit_mb=settings.upload_limit_mb),
        exports=ExportService(database, clock, creators),
        shortlists=ShortlistService(database, clock, creators, search, campaigns),
        private_forms=private_forms,
        prizes=prizes,
        payout_desk=PayoutDesk(database, clock, vault, private_forms, prizes),
        giveaways=giveaways,
        giveaway_entries=EntryService(database, clock, giveaway_notices, onboarding, creators, secrets.token_bytes),
        giveaway_draws=giveaway_draws,
        quizzes=quizzes,
        quiz_writing=quiz_writing,
        quiz_answers=QuizAnswers(database, clock, quizzes, quiz_results),
        quiz_results=quiz_results,
        quiz_seasons=QuizSeasons(database, clock),
        quiz_calendar=quiz_calendar,
        calendar=calendar,
        calendar_editing=CalendarEditing(database, clock, vault, scheduler, calendar),
        calendar_imports=CalendarImports(database, clock, vault, scheduler),
        calendar_evaluation=CalendarEvaluation(calendar),
        events=events,
        event_guests=TakingPart(database, clock, events, event_notices),
    )


async def rotate_keys(settings: Settings, clock: Clock | None = None) -> int:
    """Encrypt every private value with the newest key, in small units so that a running bot is not held up.

    Returns how many values were done. Safe to repeat and to interrupt: old and new keys both read until it is done.
    """
    services = await open_services(settings, clock)
    done = 0
    try:
        async with services.database.unit() as tx:
            await services.vault.rotate_lookup_key(tx)
        for table, column in ENCRYPTED_COLUMNS:
            after = 0
            while True:
                async with services.database.unit() as tx:
                    last, count = await services.vault.rotate_column(tx, table, column, after)
                done += count
                if last is None:
                    break
                after = last
    finally:
        await services.close()
    return done
