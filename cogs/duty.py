"""/piket in Discord. One cog, made of a class for the rota and one for everybody's turns (see duty_group)."""

from __future__ import annotations

from typing import Any

import discord
from discord.ext import commands

from cogs import duty_group
from cogs import duty_views as views
from cogs.duty_rota import DutyRotaCommands
from cogs.duty_turns import DutyTurns


class DutyCog(DutyTurns, DutyRotaCommands):
    """Everything under /piket."""

    piket = duty_group.piket

    def __init__(self, bot: Any) -> None:
        super().__init__(bot)
        bot.cards["duty-week"] = views.draw_week

    @commands.Cog.listener()
    async def on_raw_member_remove(self, payload: discord.RawMemberRemoveEvent) -> None:
        """Somebody left: nobody who is gone may be on duty."""
        if payload.guild_id == self.bot.settings.guild_id:
            await self.bot.services.duty_rota.left(payload.user.id)


async def setup(bot: commands.Bot) -> None:
    """Called by discord.py."""
    await bot.add_cog(DutyCog(bot))
