"""Opens the store and wires the services together; the bot, the CLI and the tests all start here."""

from __future__ import annotations

from dataclasses import dataclass

from bot.campaigns.applications import ApplicationService
from bot.campaigns.editing import CampaignEditing
from bot.campaigns.notices import Notices
from bot.campaigns.service import CampaignService
from bot.creators.exporting import ExportService
from bot.creators.importing import ImportService
from bot.creators.search_service import CreatorSearch
from bot.creators.service import CreatorService
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

    async def tidy(tx: UnitOfWork) -> None:
        await drafts.drop_old(tx)
        await queries.drop_old(tx)
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
