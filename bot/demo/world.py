"""A believable TSCreator server on simcord: the real bot, staff, and creators on their way in."""

from __future__ import annotations

import asyncio
import re
import shutil
import tempfile
import textwrap
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import discord
import simcord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.results import InteractionResult, ResponseMessage

from bot.app import TSCreatorBot, create_bot
from bot.demo.private_page import PrivatePage
from bot.platform.clock import JAKARTA, Clock, from_timestamp
from bot.platform.crypto import new_key
from bot.settings import ROOT, Settings

_MARKUP = re.compile(r"\*\*|\\(?=[_*~`])|^> ", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")
_TIME = re.compile(r"<t:(\d+)(?::\w)?>")
_PERSON = re.compile(r"<@!?(\d+)>")
_CHANNEL = re.compile(r"<#(\d+)>")
_WAITING = (
    "SELECT 1 FROM outbox_message WHERE state IN ('pending', 'sending')"
    " UNION ALL SELECT 1 FROM due_item WHERE state = 'waiting' AND due_at <= :now LIMIT 1"
)
GUILD_ID = 1_100_000_000_000_000_000


class World:
    """What the story acts on. People act as in the app: slash commands, buttons, selects, forms."""

    def __init__(self, env: simcord.Env, guild: simcord.GuildHandle, bot: TSCreatorBot) -> None:
        self.env = env
        self.guild = guild
        self.bot = bot
        self.people: dict[str, MemberActor] = {}
        self.owner = MemberActor(env, guild, guild.owner)

    async def join(self, username: str, name: str, *roles: str) -> MemberActor:
        """Somebody joins the server, with roles if they are staff."""
        user = self.env.create_user(username, global_name=name)
        member = self.guild.add_member(user, roles=[self.guild.roles[role] for role in roles])
        await self.env.settle()
        self.people[username] = member
        return member

    def channel(self, name: str) -> ChannelHandle:
        """A channel by name."""
        return self.guild.channels[name]

    def last(self, channel: str | ChannelHandle) -> discord.Message:
        """The newest message of a channel."""
        handle = self.channel(channel) if isinstance(channel, str) else channel
        return max(handle.history(), key=lambda message: message.id)

    def last_dm(self, member: MemberActor) -> discord.Message:
        """The newest message somebody got privately."""
        return self.last(member.user.dm_channel)

    async def later(self, seconds: float) -> None:
        """Virtual time passes, and what falls due meanwhile happens and is told."""
        await self.env.advance_time(seconds)
        # What began on the private page set its alarm on real time.
        self.bot.services.scheduler.wake()
        await self.delivered()

    async def until(self, when: datetime) -> None:
        """Virtual time passes until just after an instant; nothing happens when that is over already."""
        left = when.timestamp() - self.env.now().timestamp()
        if left >= 0:
            await self.later(left + 1)

    async def delivered(self) -> None:
        """Wait until nothing is due or waits to be sent. What begins on the private page `settle` knows nothing of."""
        async with asyncio.timeout(20):
            while await self.bot.services.database.read.fetch_all(_WAITING, {"now": self.env.now().timestamp()}):
                await asyncio.sleep(0.01)
        await self.env.settle()

    async def restart(self) -> None:
        """The process ends and a new one starts on the same store."""
        await self.env.settle()
        settings = self.bot.settings
        await self.bot.services.close()
        self.bot = create_bot(settings, Clock(self.env.now))
        await self.env.restart_bot(self.bot)
        await self.env.settle()


def shown(result: InteractionResult) -> ResponseMessage:
    """The message an interaction ended with. Raises RuntimeError, with what happened instead, when there is none."""
    message = result.followups[-1] if result.followups else result.response
    if message is None:
        raise RuntimeError(f"tidak ada jawaban: {result!r}")
    return message


def words(message: ResponseMessage | discord.Message, limit: int = 400) -> str:
    """What a person reads in a message, on one line of at most `limit` characters, cut between words."""
    real = message.message if isinstance(message, ResponseMessage) else message
    parts = [real.content]
    for embed in real.embeds:
        parts += [
            embed.title or "",
            embed.description or "",
            *(f"{field.name} {field.value}" for field in embed.fields),
        ]
    text = _MARKUP.sub("", _LINK.sub(r"\1", " ".join(parts)))
    text = _TIME.sub(lambda found: _wib(int(found[1])), text)
    text = _PERSON.sub(lambda found: _name(real, int(found[1])), text)
    text = _CHANNEL.sub(lambda found: _room(real, int(found[1])), text)
    return textwrap.shorten(text, limit, placeholder=" …")


def _wib(seconds: int) -> str:
    return f"{from_timestamp(seconds).astimezone(JAKARTA):%d-%m %H.%M}"


def _name(message: discord.Message, user_id: int) -> str:
    member = message.guild.get_member(user_id) if message.guild else None
    return member.display_name if member else "kamu"


def _room(message: discord.Message, channel_id: int) -> str:
    channel = message.guild.get_channel(channel_id) if message.guild else None
    return f"#{channel.name}" if channel else "channel lain"


def expect(message: ResponseMessage | discord.Message, part: str) -> None:
    """Raise RuntimeError, quoting the message, unless it says `part`."""
    if part not in words(message, 5_000):
        raise RuntimeError(f"seharusnya ada {part!r}: {words(message)}")


def sample(name: str) -> bytes:
    """A file of data/samples."""
    return (ROOT / "data" / "samples" / name).read_bytes()


@asynccontextmanager
async def open_world() -> AsyncGenerator[World]:
    """The server with the bot in it, on a store in a temporary folder; everything is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="tscreator-demo-"))
    pages = PrivatePage()
    started: list[simcord.Env] = []
    settings = Settings.model_validate(
        {
            "guild_id": GUILD_ID,
            "encryption_keys": [new_key()],
            "database": folder / "demo.db",
            "backup_dir": folder / "backups",
            "public_url": pages.address,
            # Virtual time: only due rows wake the scheduler.
            "max_sleep_seconds": 40 * 86_400,
        }
    )
    bot = create_bot(settings, Clock(lambda: started[0].now()))
    # Timers that are due sooner are waited for in real time; counters on posts follow after fifteen seconds.
    env = simcord.Env(bot, settle_timeout=10)
    started.append(env)
    world: World | None = None
    try:
        await env.start()
        env.backend.bot_user.name = "TSCreator"
        guild = env.create_guild("TSCreator", id=GUILD_ID, preferred_locale="id")
        guild.create_text_channel("umum", topic="Ngobrol bebas sesama kreator")
        await env.settle()
        world = World(env, guild, bot)
        running = world
        await pages.start(lambda: running.bot.services.private_forms)
        yield world
    finally:
        await pages.stop()
        await env.shutdown()
        await (world.bot if world else bot).close()
        shutil.rmtree(folder, ignore_errors=True)
