"""The /kalender group, and what its commands share."""

from __future__ import annotations

from collections.abc import Callable, Collection

import discord
from discord import app_commands

from bot.content_calendar.models import Entry, EntryState
from bot.platform.drawing import clip
from bot.server.models import Access, Places, RoleKey
from bot.server.rules import CHANNELS
from cogs.ui.answers import Interaction
from cogs.ui.routing import allowed

KOL = Access.KOL
CHOOSE = "Ketik sebagian judul, lalu pilih"

kalender = app_commands.Group(
    name="kalender",
    description="Kalender konten komunitas (Tim KOL)",
    default_permissions=discord.Permissions(manage_events=True),
)


def channels_of(interaction: Interaction) -> dict[str, int]:
    """The server's text channels by name."""
    guild = interaction.guild
    return {channel.name: channel.id for channel in guild.text_channels} if guild else {}


def public_channels(guild: discord.Guild | None, places: Places) -> dict[str, int]:
    """The text channels that members or creators see, by name, in the order of the server's list."""
    if guild is None:
        return {}
    creator = guild.get_role(places.role(RoleKey.CREATOR) or 0)
    readers = [guild.default_role, *([creator] if creator else [])]
    staff = {places.channel(spec.key) for spec in CHANNELS if spec.staff_only}
    ordered = [channel for _, channels in guild.by_category() for channel in channels]
    return {
        channel.name: channel.id
        for channel in ordered
        if isinstance(channel, discord.TextChannel)
        and channel.id not in staff
        and any(channel.permissions_for(role).view_channel for role in readers)
    }


async def entry_choices(
    interaction: Interaction,
    current: str,
    states: Collection[EntryState],
    only: Callable[[Entry], bool] = lambda entry: True,
) -> list[app_commands.Choice[str]]:
    """Entries that fit what was typed so far, and `only`; nothing for people without access."""
    if not allowed(interaction, KOL):
        return []
    found = await interaction.client.services.calendar.suggest(current, states)
    return [
        app_commands.Choice(name=clip(f"{entry.local:%d/%m %H.%M} · {entry.title}", 95), value=f"#{entry.id}")
        for entry in found
        if only(entry)
    ]
