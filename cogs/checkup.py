"""What the server still lacks, told the same way by /pengaturan periksa and by `tscreator doctor`."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.server.models import Places
from bot.server.rules import BOT_PERMISSIONS, CHANNELS, role_specs


def missing_places(guild: discord.Guild, channels: Sequence[discord.abc.GuildChannel], places: Places) -> list[str]:
    """Roles and channels that are not there, or no longer."""
    channel_ids = {channel.id for channel in channels}
    roles = [
        f"Role **{spec.name}** belum ada" for spec in role_specs() if guild.get_role(places.role(spec.key) or 0) is None
    ]
    return roles + [
        f"Channel **#{spec.name}** belum ada" for spec in CHANNELS if places.channel(spec.key) not in channel_ids
    ]


def channel_problems(me: discord.Member, channels: Sequence[discord.abc.GuildChannel], places: Places) -> list[str]:
    """Channels that show too much or too little: staff rooms open to all or shut to staff, rooms closed to the bot."""
    guild = me.guild
    by_id = {channel.id: channel for channel in channels}
    staff = [role for spec in role_specs() if spec.staff and (role := guild.get_role(places.role(spec.key) or 0))]
    problems: list[str] = []
    for spec in CHANNELS:
        channel = by_id.get(places.channel(spec.key) or 0)
        if channel is None:
            continue
        rights = channel.permissions_for(me)
        if not (rights.view_channel and rights.send_messages):
            problems.append(
                f"Bot tidak bisa membuka atau menulis di **#{channel.name}**. Beri role bot izin di channel itu."
            )
        if not spec.staff_only:
            continue
        if channel.permissions_for(guild.default_role).view_channel:
            problems.append(f"**#{channel.name}** bisa dilihat semua orang. Sembunyikan dari @everyone.")
        shut = [role.name for role in staff if not channel.permissions_for(role).view_channel]
        if shut:
            problems.append(f"**#{channel.name}** tertutup untuk {', '.join(shut)}. Beri role itu izin Lihat Channel.")
    return problems


def missing_rights(me: discord.Member, *, members_intent: bool) -> list[str]:
    """Permissions and intents the bot needs and does not have, with what each is for."""
    held = me.guild_permissions
    problems = [
        f"Izin bot **{label}** belum ada (untuk {purpose}). Server Settings > Roles > role bot."
        for name, (label, purpose) in BOT_PERMISSIONS.items()
        if not (held.administrator or getattr(held, name))
    ]
    if not members_intent:
        problems.append(
            "Intent **Server Members** mati: anggota baru tidak disapa. Nyalakan di Developer Portal > Bot, "
            "dan TSC_MEMBERS_INTENT=true."
        )
    return problems
