"""The /giveaway group. Its commands live in several files; `cogs/giveaways.py` puts them together into one cog."""

from __future__ import annotations

from collections.abc import Collection

from discord import app_commands

from bot.campaigns.messages import clip
from bot.giveaways.models import GiveawayState
from bot.platform.errors import NotAllowed
from bot.server.models import Access
from cogs.ui.answers import Interaction
from cogs.ui.routing import check_access

giveaway = app_commands.Group(name="giveaway", description="Giveaway: ikut, lihat, dan periksa undiannya")

PUBLIC = (GiveawayState.OPEN, GiveawayState.ENDED)


async def giveaway_choices(
    interaction: Interaction, access: Access, current: str, states: Collection[GiveawayState]
) -> list[app_commands.Choice[str]]:
    """Giveaways that fit what was typed so far; nothing for people without `access`."""
    try:
        check_access(interaction, access)
    except NotAllowed:
        return []
    found = await interaction.client.services.giveaways.suggest(current, states)
    return [
        app_commands.Choice(name=f"{clip(one.title, 80)} · {one.state.indonesian}", value=f"#{one.id}") for one in found
    ]
