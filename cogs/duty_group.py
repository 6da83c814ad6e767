"""The /piket group, and what its commands share."""

from __future__ import annotations

from datetime import date

import discord
from discord import app_commands

from bot.duty.messages import turn_text
from bot.platform.drawing import clip
from bot.platform.errors import DomainError
from bot.server.models import Access
from cogs.ui.answers import Interaction
from cogs.ui.routing import allowed

MOST_CHOICES = 25

piket = app_commands.Group(
    name="piket",
    description="Siapa dari IT yang sedang bertugas (staf)",
    default_permissions=discord.Permissions(manage_events=True),
)


def colleague(interaction: Interaction, user: discord.User | discord.Member) -> discord.Member:
    """Somebody who may be on duty: a member with IT's or an admin's role. Raises DomainError."""
    name = discord.utils.escape_markdown(user.display_name)
    if user.bot:
        raise DomainError(f"**{name}** itu bot, jadi tidak bisa piket. Pilih orang.")
    if not isinstance(user, discord.Member):
        raise DomainError(f"**{name}** tidak ada di server ini. Pilih anggota yang masih ada.")
    roles = [role.id for role in user.roles]
    may = interaction.client.services.server.may
    if not may(Access.IT, roles, administrator=user.guild_permissions.administrator):
        raise DomainError(
            f"**{name}** belum punya role IT Support, jadi tidak bisa melihat tiket. Minta admin memberikannya dulu."
        )
    return user


async def own_turn_choices(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
    """The coming turns of whoever types, by what was typed so far."""
    if not allowed(interaction, Access.IT):
        return []
    turns = await interaction.client.services.duty.coming(interaction.user.id)
    found = [
        (turn_text(turn), f"{turn.shift_id}@{turn.day.isoformat()}")
        for turn in turns
        if current.casefold() in turn_text(turn).casefold()
    ]
    return [app_commands.Choice(name=clip(name, 95), value=value) for name, value in found[:MOST_CHOICES]]


def read_turn(value: str) -> tuple[int, date]:
    """What `own_turn_choices` fills in. Raises DomainError."""
    shift, _, day = value.partition("@")
    try:
        return int(shift), date.fromisoformat(day)
    except ValueError:
        raise DomainError("Pilih giliranmu dari daftar yang muncul saat kamu mengisi kolom giliran.") from None
