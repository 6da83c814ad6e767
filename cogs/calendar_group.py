"""The /kalender group, and what its commands share."""

from __future__ import annotations

from collections.abc import Collection

import discord
from discord import app_commands

from bot.content_calendar.models import EntryState
from bot.platform.drawing import clip
from bot.platform.errors import NotAllowed
from bot.server.models import Access
from cogs.ui.answers import Interaction
from cogs.ui.routing import check_access

KOL = Access.KOL

kalender = app_commands.Group(
    name="kalender",
    description="Kalender konten komunitas (Tim KOL)",
    default_permissions=discord.Permissions(manage_events=True),
)


def channels_of(interaction: Interaction) -> dict[str, int]:
    """The server's text channels by name."""
    guild = interaction.guild
    return {channel.name: channel.id for channel in guild.text_channels} if guild else {}


async def entry_choices(
    interaction: Interaction, current: str, states: Collection[EntryState]
) -> list[app_commands.Choice[str]]:
    """Entries that fit what was typed so far; nothing for people without access."""
    try:
        check_access(interaction, KOL)
    except NotAllowed:
        return []
    found = await interaction.client.services.calendar.suggest(current, states)
    return [
        app_commands.Choice(name=clip(f"{entry.local:%d/%m %H.%M} · {entry.title}", 95), value=f"#{entry.id}")
        for entry in found
    ]
