"""/pengaturan: makes the Discord server fit for the bot, tells what is missing; can be run again safely."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.platform.messages import Field, Message
from bot.platform.palette import SUCCESS, WARNING
from bot.platform.text import bulleted
from bot.private_forms.rules import address_problem
from bot.server import panels
from bot.server.models import Access, ChannelKey
from cogs.checkup import channel_problems, missing_places, missing_rights
from cogs.server_setup import SetUp
from cogs.ticket_views import panel as help_panel
from cogs.ui.answers import Interaction, actor, answer, think
from cogs.ui.routing import AreaCog, allow


class ServerCog(AreaCog):
    """Set-up and check of the server."""

    pengaturan = app_commands.Group(
        name="pengaturan",
        description="Siapkan dan periksa server untuk bot",
        default_permissions=discord.Permissions(administrator=True),
    )

    @pengaturan.command(
        name="siapkan", description="Cari atau buat role dan channel yang dibutuhkan bot (aman diulang)"
    )
    @allow(Access.ADMIN)
    async def set_up(self, interaction: Interaction) -> None:
        """Find or make everything, remember it, post the panels, and report."""
        assert interaction.guild is not None
        await think(interaction)
        work = SetUp(interaction.guild, self.bot.services.server.places.roles, self.bot.services.server.places.channels)
        await work.roles()
        await work.channels()
        await self.bot.services.server.settle(actor(interaction), work.role_ids, work.channel_ids)
        await self.bot.services.onboarding.post_panel(await self._is_there(panels.START, ChannelKey.RULES))
        help_panel_is_there = await self._is_there(panels.HELP, ChannelKey.HELP)
        await self.bot.services.panels.keep(panels.HELP, ChannelKey.HELP, help_panel(), present=help_panel_is_there)
        await answer(interaction, _report(interaction, work.done, work.problems))

    @pengaturan.command(name="periksa", description="Tunjukkan izin, intent, role, dan channel yang masih kurang")
    @allow(Access.ADMIN)
    async def check(self, interaction: Interaction) -> None:
        """Look only."""
        assert interaction.guild is not None
        missing = missing_places(interaction.guild, interaction.guild.channels, self.bot.services.server.places)
        if missing:
            missing.append("Jalankan /pengaturan siapkan untuk membuatnya.")
        await answer(interaction, _report(interaction, [], missing))

    async def _is_there(self, panel: str, channel: ChannelKey) -> bool:
        sent = await self.bot.services.panels.sent(panel)
        if sent is None:
            return False
        channel_id, message_id = sent
        if channel_id != self.bot.services.server.places.channel(channel):
            return False
        try:
            await self.bot.get_partial_messageable(channel_id).fetch_message(message_id)
        except discord.NotFound:
            return False
        return True


def _report(interaction: Interaction, done: list[str], problems: list[str]) -> Message:
    guild = interaction.guild
    assert guild is not None
    members = interaction.client.intents.members
    places = interaction.client.services.server.places
    problems = [
        # First what the rest follows from.
        *missing_rights(guild.me, members_intent=members),
        *channel_problems(guild.me, guild.channels, places),
        *problems,
    ]
    unclaimable = address_problem(interaction.client.services.private_forms.address)
    fields = [
        Field(name, bulleted(lines), inline=False)
        for name, lines in (
            ("Yang baru dibuat", done),
            ("Yang masih kurang", problems),
            ("⚠️ Sebelum membuka giveaway atau kuis berhadiah", [unclaimable] if unclaimable else []),
        )
        if lines
    ]
    return Message(
        title="Server siap dipakai" if not problems else "Masih ada yang kurang",
        description=(
            "Semua role, channel, izin, dan intent yang dibutuhkan ada."
            if not problems
            else "Selesaikan daftar di bawah, lalu jalankan /pengaturan siapkan lagi."
        ),
        colour=WARNING if problems or unclaimable else SUCCESS,
        fields=fields,
        footer="Beri role Tim KOL, Finance, dan IT Support kepada staf lewat Server Settings > Members.",
    )


async def setup(bot: commands.Bot) -> None:
    """Called by discord.py."""
    await bot.add_cog(ServerCog(bot))
