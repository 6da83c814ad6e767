"""Opens the store and wires the services together; the bot, the CLI and the tests all start here."""

from __future__ import annotations

from dataclasses import dataclass

from bot.creators.service import CreatorService
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
