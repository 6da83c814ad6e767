"""People coming and going, the start panel's rules and help buttons."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import aiohttp
import discord
import structlog
from discord.ext import commands

from bot.onboarding import wording
from bot.onboarding.cards import WelcomeCard, alt_text, render
from bot.onboarding.models import Person
from bot.server.models import STAFF_ROLES, Access, ChannelKey
from cogs.ui.answers import Interaction, actor, answer, redraw
from cogs.ui.routing import AreaCog, press

_AVATAR_SECONDS = 5
_MEMBERS_SECONDS = 120

_log = structlog.get_logger(__name__)


def person_of(user: discord.User | discord.Member) -> Person:
    """Somebody as the services know people."""
    joined = user.joined_at if isinstance(user, discord.Member) else None
    return Person(user.id, user.display_name, int(joined.timestamp()) if joined else None)


def draw_welcome(facts: dict[str, Any], image: bytes | None) -> tuple[bytes, str]:
    """The welcome card, drawn for the outbox."""
    card = WelcomeCard(**facts, avatar=image)
    return render(card), alt_text(card)


class OnboardingCog(AreaCog):
    """Greets, recognises, and answers the first buttons."""

    async def cog_load(self) -> None:
        """Called by discord.py."""
        await super().cog_load()
        self.bot.cards["welcome"] = draw_welcome
        self.bot.services.onboarding.is_staff = self._is_staff

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Look for whoever came or went while the bot was away."""
        guild = self.bot.get_guild(self.bot.settings.guild_id)
        if guild is not None:
            await self._catch_up(guild)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """The bot was invited: note who is there already."""
        if self._is_ours(guild.id):
            await self._catch_up(guild)

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """The server is back after an outage of Discord."""
        if self._is_ours(guild.id):
            await self._catch_up(guild)

    @commands.Cog.listener()
    async def on_member_join(self, member: discord.Member) -> None:
        """Somebody joined."""
        if self._is_ours(member.guild.id) and not member.bot:
            await self._greet(member)

    @commands.Cog.listener()
    async def on_raw_member_remove(self, payload: discord.RawMemberRemoveEvent) -> None:
        """Somebody left."""
        if self._is_ours(payload.guild_id):
            await self.bot.services.onboarding.leave(payload.user.id)

    @press("onboarding:rules", access=Access.EVERYONE)
    async def rules(self, interaction: Interaction) -> None:
        """Show the rules, to be agreed to; also for the buttons on messages sent long ago."""
        member = await self.bot.services.onboarding.member(interaction.user.id)
        accepted_at = member.rules_accepted_at if member else None
        registered = member is not None and member.registered_at is not None
        await answer(interaction, wording.rules(accepted_at, registered=registered))

    @press("onboarding:accept_rules", access=Access.EVERYONE)
    async def accept_rules(self, interaction: Interaction) -> None:
        """Record the acceptance; the second press is as welcome as the first."""
        first, member = await self.bot.services.onboarding.accept_rules(actor(interaction), person_of(interaction.user))
        registered = member.registered_at is not None
        await redraw(interaction, wording.rules_accepted(before=not first, registered=registered))

    @press("onboarding:help", access=Access.EVERYONE)
    async def help(self, interaction: Interaction) -> None:
        """Where to ask."""
        await answer(interaction, wording.help_text(self.bot.services.server.places.channel(ChannelKey.HELP)))

    def _is_ours(self, guild_id: int) -> bool:
        return guild_id == self.bot.settings.guild_id

    def _is_staff(self, member_id: int) -> bool:
        guild = self.bot.get_guild(self.bot.settings.guild_id)
        member = guild.get_member(member_id) if guild else None
        if member is None:
            return False
        staff = {self.bot.services.server.places.role(key) for key in STAFF_ROLES}
        return member.guild_permissions.administrator or any(role.id in staff for role in member.roles)

    async def _catch_up(self, guild: discord.Guild) -> None:
        members = await self._everyone(guild)
        if members is None:
            return
        present = [person_of(member) for member in members if not member.bot]
        for person in await self.bot.services.onboarding.catch_up(present):
            member = guild.get_member(person.id)
            if member is not None:
                await self._greet(member)

    async def _everyone(self, guild: discord.Guild) -> Sequence[discord.Member] | None:
        """All members; None where only some are known, for then absence means nothing."""
        if not self.bot.intents.members:
            return None
        if guild.chunked:
            return guild.members
        try:
            async with asyncio.timeout(_MEMBERS_SECONDS):
                return await guild.chunk() or None
        except TimeoutError:
            _log.warning("member_list_incomplete")
            return None

    async def _greet(self, member: discord.Member) -> None:
        await self.bot.services.onboarding.arrive(person_of(member), member.guild.name, await _avatar(member))


async def _avatar(member: discord.Member) -> bytes | None:
    """The member's picture; None when they have none or Discord does not hand it out in time."""
    asset = member.guild_avatar or member.avatar
    if asset is None:
        return None
    try:
        async with asyncio.timeout(_AVATAR_SECONDS):
            return await asset.replace(size=256, static_format="png", format="png").read()
    except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError):
        return None


async def setup(bot: commands.Bot) -> None:
    """Called by discord.py."""
    await bot.add_cog(OnboardingCog(bot))
