"""The /shortlist group, and how its commands name a shortlist. Put together as /kol is (see kol_group)."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.server.models import Access
from cogs.ui.answers import Interaction
from cogs.ui.routing import allowed

KOL = Access.KOL
# The list with a shortlist's pages; its query is {"id": shortlist, "revision": version or nothing for the present one}.
SHORTLIST = "shortlist"

shortlist = app_commands.Group(
    name="shortlist",
    description="Susun dan lihat daftar pendek kreator dengan skor yang terbuka",
    default_permissions=discord.Permissions(manage_events=True),
)


async def shortlist_choices(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Shortlists with what was typed so far in their title."""
    if not allowed(interaction, KOL):
        return []
    found = await interaction.client.services.shortlists.suggest(current)
    return [Choice(name=f"{one.title[:80]} · {one.listed} kreator", value=f"#{one.id}") for one in found]
