"""/acara and /acara-admin. Their commands live in several files; `cogs/events.py` makes one cog of them."""

from __future__ import annotations

from collections.abc import Collection

import discord
from discord import app_commands

from bot.events.models import EventState
from bot.platform.text import clip
from bot.server.models import Access
from cogs.ui.answers import Interaction
from cogs.ui.routing import allowed

acara = app_commands.Group(name="acara", description="Workshop, webinar, dan meet-up: lihat, ikut, dan hadir")
acara_admin = app_commands.Group(
    name="acara-admin",
    description="Buat dan kelola acara (Tim KOL)",
    default_permissions=discord.Permissions(manage_events=True),
)

PUBLIC = (EventState.OPEN, EventState.ENDED)


async def event_choices(
    interaction: Interaction, access: Access, current: str, states: Collection[EventState]
) -> list[app_commands.Choice[str]]:
    """Events that fit what was typed so far; nothing for people without `access`."""
    if not allowed(interaction, access):
        return []
    found = await interaction.client.services.events.suggest(current, states)
    return [
        app_commands.Choice(name=f"{clip(one.title, 80)} · {one.state.indonesian}", value=f"#{one.id}") for one in found
    ]
