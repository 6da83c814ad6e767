"""/giveaway and /giveaway-admin. Their commands live in several files; `cogs/giveaways.py` makes one cog of them."""

from __future__ import annotations

from collections.abc import Collection

import discord
from discord import app_commands

from bot.giveaways.models import GiveawayState
from bot.platform.text import clip
from bot.server.models import Access
from cogs.ui.answers import Interaction
from cogs.ui.routing import allowed

giveaway = app_commands.Group(name="giveaway", description="Giveaway: lihat, ikut, dan periksa undiannya")
giveaway_admin = app_commands.Group(
    name="giveaway-admin",
    description="Buat dan kelola giveaway (Tim KOL)",
    default_permissions=discord.Permissions(manage_events=True),
)

PUBLIC = (GiveawayState.OPEN, GiveawayState.ENDED)


async def giveaway_choices(
    interaction: Interaction, access: Access, current: str, states: Collection[GiveawayState]
) -> list[app_commands.Choice[str]]:
    """Giveaways that fit what was typed so far; nothing for people without `access`."""
    if not allowed(interaction, access):
        return []
    found = await interaction.client.services.giveaways.suggest(current, states)
    return [
        app_commands.Choice(name=f"{clip(one.title, 80)} · {one.state.indonesian}", value=f"#{one.id}") for one in found
    ]
