"""Finds or makes the roles and channels the bot needs, and mends what an earlier, half-allowed run left behind."""

from __future__ import annotations

import discord

from bot.server.models import ChannelSpec, RoleSpec
from bot.server.rules import CHANNELS, STAFF_RIGHT, named_alike, role_specs


class SetUp:
    """One run of /pengaturan siapkan: what was found or made, and what went wrong."""

    def __init__(self, guild: discord.Guild, role_ids: dict[str, int], channel_ids: dict[str, int]) -> None:
        self._guild = guild
        self.role_ids = dict(role_ids)
        self.channel_ids = dict(channel_ids)
        self.done: list[str] = []
        self.problems: list[str] = []

    async def roles(self) -> None:
        """Find by id, then by name; else make."""
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
        permissions = discord.Permissions(**{STAFF_RIGHT: True}) if spec.staff else discord.Permissions.none()
        try:
            role = await self._guild.create_role(
                name=spec.name, colour=spec.colour, permissions=permissions, reason="Pengaturan TSCreator"
            )
        except discord.Forbidden:
            rights = "Kelola Role dan Kelola Acara" if spec.staff else "Kelola Role"
            self.problems.append(f"Role **{spec.name}** tidak bisa dibuat: bot butuh izin {rights}.")
            return None
        self.done.append(f"Role {role.mention} dibuat")
        return role

    async def channels(self) -> None:
        """The same for channels; after the roles, since staff channels name them."""
        for spec in CHANNELS:
            channel = self._guild.get_channel(self.channel_ids.get(spec.key, 0)) or self._channel_named(spec.name)
            if channel is None:
                channel = await self._make_channel(spec)
            if channel is not None:
                self.channel_ids[spec.key] = channel.id
                if spec.staff_only and isinstance(channel, discord.TextChannel):
                    await self._let_staff_in(channel)

    async def _let_staff_in(self, channel: discord.TextChannel) -> None:
        """A channel made while a staff role was missing knows nothing of that role yet."""
        for role in self._staff_roles():
            if not channel.permissions_for(role).view_channel:
                try:
                    await channel.set_permissions(
                        role, view_channel=True, send_messages=True, reason="Pengaturan TSCreator"
                    )
                except discord.Forbidden:
                    return  # told by the check-up, with the cure
                self.done.append(f"{role.mention} sekarang bisa membuka {channel.mention}")

    def _staff_roles(self) -> list[discord.Role]:
        found = (self._guild.get_role(self.role_ids.get(spec.key, 0)) for spec in role_specs() if spec.staff)
        return [role for role in found if role is not None]

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
            for role in self._staff_roles():
                overwrites[role] = discord.PermissionOverwrite(view_channel=True, send_messages=True)
        elif spec.read_only:
            overwrites[self._guild.default_role] = discord.PermissionOverwrite(send_messages=False)
        return overwrites
