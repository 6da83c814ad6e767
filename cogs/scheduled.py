"""Events in Discord's own list of events: made, changed and called off to match what the outbox says.

Discord takes no nonce here. So that none is made twice, the bot's own ones are looked through first, each time: the
last line of a description tells which of our events it is.
"""

from __future__ import annotations

from typing import Any

import discord

from bot.platform.clock import from_timestamp
from bot.platform.outbox import Delivered

REASON = "Acara TSCreator"


async def carry_out(guild: discord.Guild, wanted: dict[str, Any], now: int) -> Delivered:
    """Bring Discord's list in line with `wanted` (see bot/events/notices.py)."""
    found = await _find(guild, wanted["mark"])
    if wanted["cancelled"]:
        if found is not None and found.status is discord.EventStatus.scheduled:
            await found.cancel(reason=REASON)
        return Delivered()
    if wanted["starts_at"] <= now:
        return Delivered()  # Discord lists only what is to come
    begins, ends = from_timestamp(wanted["starts_at"]), from_timestamp(wanted["ends_at"])
    about = f"{wanted['about']}\n\n{wanted['mark']}"
    if found is None:
        await guild.create_scheduled_event(
            name=wanted["name"],
            description=about,
            start_time=begins,
            end_time=ends,
            entity_type=discord.EntityType.external,
            privacy_level=discord.PrivacyLevel.guild_only,
            location=wanted["place"],
            reason=REASON,
        )
    elif found.status is discord.EventStatus.scheduled:
        await found.edit(
            name=wanted["name"],
            description=about,
            start_time=begins,
            end_time=ends,
            location=wanted["place"],
            reason=REASON,
        )
    return Delivered()


async def _find(guild: discord.Guild, mark: str) -> discord.ScheduledEvent | None:
    for event in await guild.fetch_scheduled_events(with_counts=False):
        if event.creator_id == guild.me.id and (event.description or "").endswith(mark):
            return event
    return None
