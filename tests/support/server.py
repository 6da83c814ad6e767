"""The TSCreator server on a simulated Discord, with the real bot in it; what the stories in tests/discord act on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import discord
import simcord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, RoleHandle
from simcord.results import InteractionResult, ResponseMessage

from bot.app import TSCreatorBot, create_bot
from bot.platform.clock import Clock
from bot.services import Services
from bot.settings import Settings
from tests.support.discord_schema import problems_of

Shown = InteractionResult | ResponseMessage | discord.Message


class Server:
    """People, channels and the bot. Everything goes through Discord as a person's app would."""

    def __init__(self, env: simcord.Env, guild: simcord.GuildHandle, bot: TSCreatorBot) -> None:
        self.env = env
        self.guild = guild
        self.bot = bot
        self.owner = (
            guild.add_member(guild.owner)
            if guild.owner.id not in guild.member_ids()
            else MemberActor(env, guild, guild.owner)
        )
        self._names = 0

    @property
    def services(self) -> Services:
        """The running bot's services, for looking into the store."""
        return self.bot.services

    async def set_up(self) -> InteractionResult:
        """The owner runs /pengaturan siapkan in some channel."""
        first = self.guild.channels.get("umum") or self.guild.create_text_channel("umum")
        return await self.owner.slash(first, "pengaturan siapkan")

    async def join(self, name: str, *, display: str | None = None, roles: tuple[str, ...] = ()) -> MemberActor:
        """Somebody joins the server; their welcome has been sent when this returns."""
        user = self.env.create_user(name, global_name=display)
        member = self.guild.add_member(user, roles=[self.role(role) for role in roles])
        await self.env.settle()
        return member

    async def staff(self, name: str = "sari.kol", role: str = "Tim KOL") -> MemberActor:
        """A member of staff."""
        return await self.join(name, roles=(role,))

    def role(self, name: str) -> RoleHandle:
        """A role by its name."""
        return self.guild.roles[name]

    def roles_of(self, member: MemberActor) -> set[str]:
        """The names of a member's roles."""
        assert member.member is not None
        return {role.name for role in member.member.roles if not role.is_default()}

    def channel(self, name: str) -> ChannelHandle:
        """A channel by its name."""
        return self.guild.channels[name]

    def messages(self, channel: str | ChannelHandle) -> list[discord.Message]:
        """A channel's messages, oldest first."""
        handle = self.channel(channel) if isinstance(channel, str) else channel
        return sorted(handle.history(), key=lambda message: message.id)

    def last(self, channel: str | ChannelHandle) -> discord.Message:
        """The newest message of a channel."""
        return self.messages(channel)[-1]

    def dms(self, member: MemberActor) -> list[discord.Message]:
        """What a member has received privately, oldest first."""
        return self.messages(member.user.dm_channel)

    async def restart(self, *, off_for: float = 0) -> None:
        """The process ends and a new one starts on the same store, `off_for` seconds later."""
        await self.env.settle()
        await self.bot.services.close()
        if off_for:
            await self.env.advance_time(off_for)
        self.bot = create_bot(self.bot.settings, Clock(self.env.now))
        await self.env.restart_bot(self.bot)
        await self.env.settle()

    def close_dms(self, *, times: int | None = None) -> None:
        """From now on nobody can be reached by DM (Discord's error 50007)."""
        self.env.inject_error(
            "POST",
            "/users/@me/channels",
            status=403,
            code=50007,
            message="Cannot send messages to this user",
            times=times,
        )


def text_of(shown: Shown) -> str:
    """Everything a person can read in an answer: content, embeds, button labels."""
    message: Any = shown
    if isinstance(shown, InteractionResult):
        message = shown.followups[-1] if shown.followups else shown.response
    if message is None:
        return ""
    parts = [message.content or ""]
    for embed in message.embeds:
        parts += [embed.title or "", embed.description or ""]
        parts += [f"{field.name}\n{field.value}" for field in embed.fields]
        parts.append(embed.footer.text or "")
    return "\n".join(part for part in parts if part)


def message_of(result: InteractionResult) -> ResponseMessage:
    """The message an interaction ended with: its last follow-up, else its response."""
    shown = result.followups[-1] if result.followups else result.response
    assert shown is not None, "nothing was answered"
    return shown


@asynccontextmanager
async def open_server(settings: Settings) -> AsyncIterator[Server]:
    """A server with the bot in it, not yet set up. On the way out, what the bot sent is checked."""
    started: list[simcord.Env] = []
    bot = create_bot(settings, Clock(lambda: started[0].now()))
    env = simcord.Env(bot)
    started.append(env)
    await env.start()
    try:
        guild = env.create_guild("TSCreator", id=settings.guild_id)
        await env.settle()
        server = Server(env, guild, bot)
        yield server
        await env.settle()
        env.raise_errors()
        # Every payload the bot sent in the story fits Discord's published schema and its documented limits.
        assert problems_of(env) == []
    finally:
        await env.shutdown()
        if "server" in locals():
            bot = server.bot
        await bot.services.close()


def allow_bot(server: Server, permissions: discord.Permissions) -> None:
    """From now on the bot's own role has exactly these rights, as the invite link or an admin set them."""
    assert server.guild.me is not None
    own = next(role for role in server.guild.me.roles if role.managed)
    server.env.backend.edit_role(server.guild.id, own.id, {"permissions": permissions.value})
