"""The /target group, and what its commands share. Put together as /kol is (see kol_group)."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.acquisition.models import Period, Strategy
from bot.platform.errors import DomainError
from bot.server.models import Access
from cogs.ui.answers import Interaction

KOL = Access.KOL
PLAN = "target.plan"
COSTS = "target.costs"
NEWCOMERS = "target.newcomers"

target = app_commands.Group(
    name="target",
    description="Akuisisi kreator: target, hasil, biaya, dan asal kreator baru",
    default_permissions=discord.Permissions(manage_events=True),
)

STRATEGIES = [Choice(name=one.indonesian, value=one.value) for one in Strategy]


async def period_choices(interaction: Interaction, current: str) -> list[Choice[str]]:
    """This quarter and month, those around them, and what fits what was typed."""
    today = interaction.client.services.acquisition.today()
    quarter, month = Period.quarter_of(today), Period(today.replace(day=1), 1)
    offered = [quarter, month, quarter.moved(1), month.moved(1), *(quarter.moved(-step) for step in range(1, 5))]
    offered += [month.moved(-step) for step in range(1, 12)]
    part = current.strip().casefold()
    return [Choice(name=one.label, value=one.label) for one in offered if part in one.label.casefold()][:25]


def period_of(code: int) -> Period:
    """The period of a button. Raises DomainError for a number that is none."""
    try:
        return Period.of_code(code)
    except ValueError:
        raise DomainError("Periode ini tidak dikenal. Buka lagi dengan /target lihat.") from None
