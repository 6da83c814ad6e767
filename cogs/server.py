"""/pengaturan: makes the Discord server fit for the bot, tells what is missing; can be run again safely."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.platform.messages import Field, Message
from bot.platform.palette import SUCCESS, WARNING
from bot.platform.text import bulleted
from bot.server.models import Access, ChannelKey, ChannelSpec, RoleSpec
from bot.server.rules import CHANNELS, named_alike, role_specs
from cogs.checkup import missing_places, missing_rights
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
        """Find or make everything, remember it, post the start panel, and report."""
        assert interaction.guild is not None
        await think(interaction)
        work = _SetUp(
            interaction.guild, self.bot.services.server.places.roles, self.bot.services.server.places.channels
        )
        await work.roles()
        await work.channels()
        await self.bot.services.server.settle(actor(interaction), work.role_ids, work.channel_ids)
        await self.bot.services.onboarding.post_panel(await self._panel_is_there())
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

    async def _panel_is_there(self) -> bool:
        sent = await self.bot.services.onboarding.panel_message()
        if sent is None:
            return False
        channel_id, message_id = sent
        if channel_id != self.bot.services.server.places.channel(ChannelKey.RULES):
            return False
        try:
            await self.bot.get_partial_messageable(channel_id).fetch_message(message_id)
        except discord.NotFound:
            return False
        return True


class _SetUp:
    """One run: what was found or made, and what went wrong."""

    def __init__(self, guild: discord.Guild, role_ids: dict[str, int], channel_ids: dict[str, int]) -> None:
        self._guild = guild
        self.role_ids = dict(role_ids)
        self.channel_ids = dict(channel_ids)
        self.done: list[str] = []
        self.problems: list[str] = []

    async def roles(self) -> None:
        for spec in role_specs():
            role = self._guild.get_role(self.role_ids.get(spec.key, 0)) or self._role_named(spec.name)
            if role is None:
                role = await self._make_role(spec)
            if role is not None:
                self.role_ids[spec.key] = role.id
                if not self._guild.me.top_role > role:
                    self.problems.append(f"Role **{spec.name}** lebih tinggi dari role bot. Geser role bot ke atasnya.")

    def _role_named(self, name: str) -> discord.Role | None:
        by_name = {role.name: role for role in self._guild.roles if not role.managed and not role.is_default()}
        found = named_alike(name, by_name)
        return by_name[found] if found else None

    async def _make_role(self, spec: RoleSpec) -> discord.Role | None:
        # Staff get "kelola acara", the right by which staff commands are hidden from everyone else.
        permissions = discord.Permissions(manage_events=True) if spec.staff else discord.Permissions.none()
        try:
            role = await self._guild.create_role(
                name=spec.name, colour=spec.colour, permissions=permissions, reason="Pengaturan TSCreator"
            )
        except discord.Forbidden:
            self.problems.append(f"Role **{spec.name}** tidak bisa dibuat: bot butuh izin Kelola Role.")
            return None
        self.done.append(f"Role {role.mention} dibuat")
        return role

    async def channels(self) -> None:
        for spec in CHANNELS:
            channel = self._guild.get_channel(self.channel_ids.get(spec.key, 0)) or self._channel_named(spec.name)
            if channel is None:
                channel = await self._make_channel(spec)
            if channel is not None:
                self.channel_ids[spec.key] = channel.id
                if spec.staff_only and channel.permissions_for(self._guild.default_role).view_channel:
                    self.problems.append(
                        f"Channel {channel.mention} bisa dilihat semua orang. Sembunyikan dari @everyone."
                    )

    def _channel_named(self, name: str) -> discord.TextChannel | None:
        by_name = {channel.name: channel for channel in self._guild.text_channels}
        found = named_alike(name, by_name)
        return by_name[found] if found else None

    async def _make_channel(self, spec: ChannelSpec) -> discord.TextChannel | None:
        try:
            channel = await self._guild.create_text_channel(
                spec.name, topic=spec.topic, overwrites=self._overwrites(spec), reason="Pengaturan TSCreator"
            )
        except discord.Forbidden:
            self.problems.append(f"Channel **#{spec.name}** tidak bisa dibuat: bot butuh izin Kelola Channel.")
            return None
        self.done.append(f"Channel {channel.mention} dibuat")
        return channel

    def _overwrites(
        self, spec: ChannelSpec
    ) -> dict[discord.Role | discord.Member | discord.Object, discord.PermissionOverwrite]:
        bot_may = discord.PermissionOverwrite(
            view_channel=True, send_messages=True, embed_links=True, attach_files=True, read_message_history=True
        )
        overwrites: dict[discord.Role | discord.Member | discord.Object, discord.PermissionOverwrite] = {
            self._guild.me: bot_may
        }
        if spec.staff_only:
            overwrites[self._guild.default_role] = discord.PermissionOverwrite(view_channel=False)
            for staff in (item for item in role_specs() if item.staff):
                role = self._guild.get_role(self.role_ids.get(staff.key, 0))
                if role is not None:
                    overwrites[role] = discord.PermissionOverwrite(view_channel=True, send_messages=True)
        elif spec.read_only:
            overwrites[self._guild.default_role] = discord.PermissionOverwrite(send_messages=False)
        return overwrites


def _report(interaction: Interaction, done: list[str], problems: list[str]) -> Message:
    guild = interaction.guild
    assert guild is not None
    problems = problems + missing_rights(guild.me, members_intent=interaction.client.intents.members)
    fields = [
        Field(name, bulleted(lines), inline=False)
        for name, lines in (("Yang baru dibuat", done), ("Yang masih kurang", problems))
        if lines
    ]
    return Message(
        title="Server siap dipakai" if not problems else "Masih ada yang kurang",
        description=(
            "Semua role, channel, izin, dan intent yang dibutuhkan ada."
            if not problems
            else "Selesaikan daftar di bawah, lalu jalankan /pengaturan siapkan lagi."
        ),
        colour=SUCCESS if not problems else WARNING,
        fields=fields,
        footer="Beri role Tim KOL, Finance, dan IT Support kepada staf lewat Server Settings > Members.",
    )


async def setup(bot: commands.Bot) -> None:
    """Called by discord.py."""
    await bot.add_cog(ServerCog(bot))
