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


def missing_rights(me: discord.Member, *, members_intent: bool) -> list[str]:
    """Permissions and intents the bot needs and does not have, with what each is for."""
    held = me.guild_permissions
    problems = [
        f"Izin bot **{name}** belum ada (untuk {purpose})"
        for name, purpose in BOT_PERMISSIONS.items()
        if not (held.administrator or getattr(held, name))
    ]
    if not members_intent:
        problems.append(
            "Intent **Server Members** mati: anggota baru tidak disapa. Nyalakan di Developer Portal > Bot, "
            "dan TSC_MEMBERS_INTENT=true."
        )
    return problems
