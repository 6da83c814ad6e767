"""Autocomplete on a campaign's title."""

from __future__ import annotations

from collections.abc import Collection

from discord import app_commands

from bot.campaigns.models import CampaignState
from bot.platform.text import clip
from bot.server.models import Access
from cogs.ui.answers import Interaction
from cogs.ui.routing import allowed


async def campaign_choices(
    interaction: Interaction, access: Access, current: str, states: Collection[CampaignState]
) -> list[app_commands.Choice[str]]:
    """Campaigns that fit what was typed so far; nothing for people without `access`."""
    if not allowed(interaction, access):
        return []
    found = await interaction.client.services.campaigns.suggest(current, states)
    return [
        app_commands.Choice(name=f"{clip(campaign.title, 80)} · {campaign.state.indonesian}", value=f"#{campaign.id}")
        for campaign in found
    ]
