"""The real bot as a process of its own in the loopback Discord, with the TSCreator server set up around it."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

from bot.creators.models import CreatorRecord, Metrics, Niche, Platform
from bot.onboarding import store as onboarding_store
from bot.platform.deadlines import write_deadline
from bot.platform.messages import Message
from bot.platform.outbox import Kind
from bot.services import Services, open_services
from bot.settings import Settings
from tests.conftest import make_settings
from tests.loopback.driver import Answer, User
from tests.loopback.process import BotProcess
from tests.loopback.server import Loopback
from tests.loopback.warm import WarmBot
from tests.loopback.wire import Json, visible_text, walk_components

WARM = (sys.executable, "-m", "tests.loopback.warm")
BRIEF = "Satu video TikTok 30 detik tentang rutinitas pagi dengan serum."
PITCH = "Audiens saya perempuan 18 sampai 24 yang suka skincare."


class Live:
    """The server, its store, and the bot process. People act through `discord`."""

    def __init__(self, discord: Loopback, bot: BotProcess, settings: Settings) -> None:
        self.discord = discord
        self.bot = bot
        self.settings = settings
        self.owner = User(discord, discord.world.owner_id)

    async def set_up(self) -> None:
        """The owner runs /pengaturan siapkan; the start panel is posted when this returns."""
        answer = await self.owner.slash("pengaturan siapkan", None, 20.0)
        assert "Server siap dipakai" in answer.text, answer
        await self.settled()

    def channel(self, name: str) -> Json:
        """A channel by its name."""
        return self.discord.world.channel_named(name)

    def posts(self, channel: str) -> list[Json]:
        """A channel's messages, oldest first."""
        return self.discord.sent_to(self.channel(channel))

    def post_with(self, channel: str, custom_id: str) -> Json:
        """The newest message of a channel that has this button."""
        return next(post for post in reversed(self.posts(channel)) if custom_id in custom_ids(post))

    async def announce(self, staff: User, title: str, *, slots: int = 500) -> Json:
        """Staff write a campaign for everyone and announce it; the announcement, once it is posted."""
        opened = await staff.slash("kampanye-admin buat", self.channel("staf-kol"))
        panel = await staff.submit(opened, basics(title, slots))
        opened = await staff.press(panel, label="Isi imbalan & gambar")
        panel = await staff.submit(opened, REWARD)
        answer = await staff.press(panel, label="Umumkan")
        assert "Diumumkan" in answer.text, answer
        await self.settled()
        return self.posts("kampanye")[-1]

    async def creators(self, names: Iterable[str]) -> list[User]:
        """Registered creators with the role, put straight into the store: for what begins after the registration."""
        people = [self.discord.user(name, "Kreator") for name in names]
        async with self.services() as services, services.database.unit() as tx:
            now = services.clock.timestamp()
            for person in people:
                await onboarding_store.add_member(tx, person.id, person.name, now)
                await services.creators.save(
                    tx,
                    CreatorRecord(
                        platform=Platform.TIKTOK,
                        username=person.name.lower(),
                        niche_1=Niche.BEAUTY,
                        metrics=Metrics(54_700, 20_000, 1_800, 120, 40),
                    ),
                    source="registration",
                    member_id=person.id,
                    region="Jawa Barat",
                )
        return people

    @asynccontextmanager
    async def services(self) -> AsyncIterator[Services]:
        """The services on the bot's store, in this process: nothing is delivered from here."""
        opened = await open_services(self.settings)
        try:
            yield opened
        finally:
            await opened.close()

    def rows(self, sql: str, parameters: dict[str, Any] | None = None) -> list[sqlite3.Row]:
        """What the store holds, read from the file itself."""
        with closing(self._connect()) as connection:
            return connection.execute(sql, parameters or {}).fetchall()

    def value(self, sql: str, parameters: dict[str, Any] | None = None) -> Any:
        """The first value of the first row."""
        return self.rows(sql, parameters)[0][0]

    def change(self, sql: str, parameters: dict[str, Any] | None = None) -> None:
        """Change the store behind the bot's back, as the passing of time would."""
        with closing(self._connect()) as connection, connection:
            connection.execute(sql, parameters or {})

    async def settled(self, timeout: float = 20.0) -> None:
        """Wait until the outbox is empty; TimeoutError shows what is left in it."""
        until = time.monotonic() + timeout
        while left := self.rows("SELECT * FROM outbox_message WHERE state IN ('pending', 'sending')"):
            if time.monotonic() > until:
                raise TimeoutError(f"undelivered: {[dict(row) for row in left]}\n{self.bot.log[-4000:]}")
            await asyncio.sleep(0.03)

    async def put(self, *rows: tuple[Kind, int, Message | str]) -> None:
        """Put rows into the outbox while the bot is stopped: it delivers them when it is started."""
        assert not self.bot.running
        async with self.services() as services, services.database.unit() as tx:
            for kind, target, message in rows:
                await services.outbox.put(tx, kind, target, message)

    def damage(self) -> list[str]:
        """What SQLite finds wrong with the file."""
        broken = [row[0] for row in self.rows("PRAGMA integrity_check") if row[0] != "ok"]
        return broken + [str(tuple(row)) for row in self.rows("PRAGMA foreign_key_check")]

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.settings.database, timeout=10)
        connection.row_factory = sqlite3.Row
        return connection


REWARD = {"kind": ["fee"], "fee": "1,5jt", "public": ["yes"]}


def basics(title: str, slots: int = 500) -> dict[str, str]:
    """The first form of a campaign that is open for a week."""
    deadline = write_deadline(int(time.time() + 7 * 86_400) // 60 * 60)
    return {"title": title, "brand": "Wardah", "brief": BRIEF, "slots": str(slots), "deadline": deadline}


def path_of(channel: Json) -> str:
    """Where the messages of a channel are posted."""
    return f"/channels/{channel['id']}/messages"


async def apply(creator: User, announcement: Json | Answer) -> Answer:
    """Press Lamar and send the form."""
    opened = await creator.press(announcement, label="Lamar")
    return await creator.submit(opened, {"pitch": PITCH})


def custom_ids(message: Json) -> list[str]:
    """The custom_ids of a message's buttons and selects."""
    return [part["custom_id"] for part in walk_components(message.get("components")) if "custom_id" in part]


def text_of(message: Json) -> str:
    """All words of a message."""
    return visible_text(message)


@asynccontextmanager
async def live_server(folder: Path, **overrides: object) -> AsyncIterator[Live]:
    """Discord, a fresh store in `folder`, and the bot on it, set up. Afterwards every request is checked."""
    async with Loopback() as discord:
        settings = make_settings(folder, guild_id=discord.world.guild_id, **overrides)
        env = {
            "TSC_DATABASE": str(settings.database),
            "TSC_BACKUP_DIR": str(settings.backup_dir),
            "TSC_HTTP_PORT": str(settings.http_port),
            "TSC_PUBLIC_URL": settings.public_url,
            "TSC_ENCRYPTION_KEYS": ",".join(key.get_secret_value() for key in settings.encryption_keys),
        }
        async with discord.bot(WARM, env, process=WarmBot) as bot:
            live = Live(discord, bot, settings)
            await live.set_up()
            yield live
        discord.check()
