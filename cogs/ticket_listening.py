"""Listens in ticket threads: what people write there, threads deleted by hand, creators who leave and come back."""

from __future__ import annotations

import asyncio
from weakref import WeakValueDictionary

import discord
import structlog
from discord.ext import commands

from bot.platform.audit import Actor
from bot.platform.text import one_line
from bot.platform.thread_store import KeptThread
from bot.server.models import Access, RoleKey
from bot.tickets.conversation import TicketConversation
from bot.tickets.models import Author, Speaker
from bot.tickets.transcripts import MAKER
from cogs.ui.routing import AreaCog

SPOKEN = (discord.MessageType.default, discord.MessageType.reply)

_log = structlog.get_logger(__name__)


class TicketListeningCog(AreaCog):
    """Passes on to the help desk what happens in its threads. Everything else costs one look into memory."""

    def __init__(self, bot: commands.Bot) -> None:
        super().__init__(bot)
        # One message of a thread at a time, in the order they came.
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        # Threads in which nothing is missing. In any other (not looked at since the connection was made, or the store
        # was locked) the next message looks back first: taking it in says that all before it was.
        self._up_to_date: set[int] = set()

    async def cog_load(self) -> None:
        """Called by discord.py."""
        await super().cog_load()
        self.bot.documents[MAKER] = self._transcript
        self.bot.services.threads.read_on = self._look_back

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Somebody wrote something somewhere."""
        kept = self.bot.services.threads.by_discord_id(message.channel.id)
        if kept is not None and not message.author.bot and message.type in SPOKEN:
            async with self._turn_of(kept):
                if kept.id not in self._up_to_date:
                    await self._read_on(kept, message.channel, before=message)
                await self._take_in(kept, message)

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """Somebody deleted a thread."""
        await self._lost(self.bot.services.threads.by_discord_id(payload.thread_id))

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Somebody deleted a channel: the threads below it went with it, and Discord does not say so of each."""
        for kept in self.bot.services.threads.all_on_discord():
            if kept.parent_id == channel.id:
                await self._lost(kept)

    @commands.Cog.listener()
    async def on_raw_member_remove(self, payload: discord.RawMemberRemoveEvent) -> None:
        """Somebody left, perhaps a creator with open tickets."""
        if payload.guild_id == self.bot.settings.guild_id:
            await self._conversation.creator_left(payload.user.id)

    @commands.Cog.listener()
    async def on_member_join(self, member: discord.Member) -> None:
        """Somebody joined, perhaps a creator who had left."""
        if member.guild.id == self.bot.settings.guild_id and not member.bot:
            await self._conversation.creator_back(member.id)

    @commands.Cog.listener()
    async def on_disconnect(self) -> None:
        """The connection broke: messages may be missed until there is a new one."""
        self._up_to_date.clear()

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Read what was written while the bot was away, and notice threads that were deleted meanwhile."""
        guild = self.bot.get_guild(self.bot.settings.guild_id)
        if guild is None:
            return
        for kept in self.bot.services.threads.all_on_discord():
            assert kept.thread_id is not None
            thread = guild.get_thread(kept.thread_id)
            if thread is None and not kept.archived:
                thread = await self._fetch(kept)
            if thread is not None and (thread.last_message_id or 0) > kept.read_up_to:
                async with self._turn_of(kept):
                    await self._read_on(kept, thread)

    @property
    def _conversation(self) -> TicketConversation:
        return self.bot.services.ticket_conversation

    def _turn_of(self, kept: KeptThread) -> asyncio.Lock:
        lock = self._turns.get(kept.id)
        if lock is None:
            lock = self._turns[kept.id] = asyncio.Lock()
        return lock

    async def _look_back(self, kept: KeptThread) -> None:
        assert kept.thread_id is not None
        async with self._turn_of(kept):
            await self._read_on(kept, self.bot.get_partial_messageable(kept.thread_id))

    async def _fetch(self, kept: KeptThread) -> discord.Thread | None:
        assert kept.thread_id is not None
        try:
            found = await self.bot.fetch_channel(kept.thread_id)
        except discord.NotFound:
            await self._lost(kept)
            return None
        except discord.HTTPException as fault:
            _log.warning("thread_not_read", thread=kept.thread_id, status=fault.status, code=fault.code)
            return None
        return found if isinstance(found, discord.Thread) else None

    async def _read_on(
        self, kept: KeptThread, channel: discord.abc.Messageable, before: discord.Message | None = None
    ) -> None:
        """Take in everything after what was taken in last."""
        known = await self.bot.services.threads.get(kept.id)
        after = discord.Object(known.read_up_to if known else kept.read_up_to)
        last = 0
        async for message in channel.history(after=after, before=before, oldest_first=True, limit=None):
            last = message.id
            if not message.author.bot and message.type in SPOKEN:
                await self._take_in(kept, message)
        if last:
            await self.bot.services.threads.read_up_to(kept.id, last)
        self._up_to_date.add(kept.id)

    async def _take_in(self, kept: KeptThread, message: discord.Message) -> None:
        try:
            author = message.author
            names = [one_line(attachment.filename)[:100] for attachment in message.attachments]
            by = Speaker(self._side_of(author), author.id, author.display_name)
            await self._conversation.message_in_thread(Actor(author.id), kept, by, message.content, message.id, names)
            await self.bot.services.threads.read_up_to(kept.id, message.id)
        except BaseException:
            self._up_to_date.discard(kept.id)
            raise

    def _side_of(self, author: discord.User | discord.Member) -> Author:
        guild = self.bot.get_guild(self.bot.settings.guild_id)
        member = author if isinstance(author, discord.Member) else guild and guild.get_member(author.id)
        if not isinstance(member, discord.Member):
            return Author.CREATOR
        roles = [role.id for role in member.roles]
        server = self.bot.services.server
        if server.places.role(RoleKey.IT) in roles:
            return Author.IT
        staff = server.may(Access.STAFF, roles, administrator=member.guild_permissions.administrator)
        return Author.STAFF if staff else Author.CREATOR

    async def _lost(self, kept: KeptThread | None) -> None:
        if kept is None:
            return
        async with self.bot.services.database.unit() as tx:
            await self.bot.services.threads.lost(tx, kept.id)

    async def _transcript(self, facts: dict[str, int]) -> bytes:
        return (await self.bot.services.transcripts.copy(facts["ticket_id"], staff=False)).content


async def setup(bot: commands.Bot) -> None:
    """Called by discord.py."""
    await bot.add_cog(TicketListeningCog(bot))
