"""The /acara group. Its commands live in several files; `cogs/events.py` puts them together into one cog."""

from __future__ import annotations

from collections.abc import Collection

from discord import app_commands

from bot.campaigns.messages import clip
from bot.events.models import EventState
from bot.platform.errors import NotAllowed
from bot.server.models import Access
from cogs.ui.answers import Interaction
from cogs.ui.routing import check_access

acara = app_commands.Group(name="acara", description="Workshop, webinar, dan meet-up: lihat, ikut, dan hadir")

PUBLIC = (EventState.OPEN, EventState.ENDED)


async def event_choices(
    interaction: Interaction, access: Access, current: str, states: Collection[EventState]
) -> list[app_commands.Choice[str]]:
    """Events that fit what was typed so far; nothing for people without `access`."""
    try:
        check_access(interaction, access)
    except NotAllowed:
        return []
    found = await interaction.client.services.events.suggest(current, states)
    return [
        app_commands.Choice(name=f"{clip(one.title, 80)} · {one.state.indonesian}", value=f"#{one.id}") for one in found
    ]
