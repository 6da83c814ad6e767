"""/target: acquiring creators, in Discord. One cog, made of one class a topic (see kol_group)."""

from __future__ import annotations

from discord.ext import commands

from cogs import acquisition_group
from cogs.acquisition_costs import AcquisitionCosts
from cogs.acquisition_plan import AcquisitionPlan
from cogs.acquisition_sources import AcquisitionSources


class AcquisitionCog(AcquisitionPlan, AcquisitionCosts, AcquisitionSources):
    """Everything under /target."""

    target = acquisition_group.target


async def setup(bot: commands.Bot) -> None:
    """Called by discord.py."""
    await bot.add_cog(AcquisitionCog(bot))
