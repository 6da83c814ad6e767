"""The /tiket and /tiket-admin groups, and on whose side somebody presses. `cogs/tickets.py` puts the cog together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.platform.text import clip
from bot.server.models import Access, RoleKey
from bot.tickets.models import Author, Speaker, Stage, TicketState
from cogs.ui.answers import Interaction
from cogs.ui.routing import allowed

if TYPE_CHECKING:
    from bot.app import TSCreatorBot

tiket = app_commands.Group(name="tiket", description="Bantuan untuk masalah di aplikasi: buka tiket dan lihat tiketmu")
tiket_admin = app_commands.Group(
    name="tiket-admin",
    description="Meja bantuan: antrian tiket, prioritas, alihkan, gabung, dan isi formulir (staf)",
    default_permissions=discord.Permissions(manage_events=True),
)

STAGES = tuple(Stage)


def side_of(bot: TSCreatorBot, person: discord.User | discord.Member) -> Author:
    """On whose side somebody speaks: IT by its role, other staff roles as staff, everybody else as a creator."""
    guild = bot.get_guild(bot.settings.guild_id)
    member = person if isinstance(person, discord.Member) else guild and guild.get_member(person.id)
    if not isinstance(member, discord.Member):
        return Author.CREATOR
    roles = [role.id for role in member.roles]
    if bot.services.server.places.role(RoleKey.IT) in roles:
        return Author.IT
    may = bot.services.server.may(Access.STAFF, roles, administrator=member.guild_permissions.administrator)
    return Author.STAFF if may else Author.CREATOR


def speaker(interaction: Interaction) -> Speaker:
    """Who presses, and on whose side."""
    person = interaction.user
    return Speaker(side_of(interaction.client, person), person.id, person.display_name)


async def ticket_choices(
    interaction: Interaction, current: str, states: Sequence[TicketState]
) -> list[app_commands.Choice[str]]:
    """Tickets that fit what staff typed so far; nothing for others."""
    if not allowed(interaction, Access.STAFF):
        return []
    found = await interaction.client.services.tickets.suggest(current, states)
    return [
        app_commands.Choice(
            name=clip(f"#{one.id} · {one.stage.indonesian} · {one.creator_name}: {one.summary}", 100),
            value=f"#{one.id}",
        )
        for one in found
    ]
