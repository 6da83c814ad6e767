"""/giveaway and /giveaway-admin in Discord. One cog, made of a class for members and two for staff."""

from __future__ import annotations

from typing import Any

from discord.ext import commands

from bot.server.models import Access
from cogs import giveaway_group
from cogs import giveaway_views as views
from cogs.giveaway_members import GiveawayMembers
from cogs.giveaway_staff import GiveawayStaff
from cogs.giveaway_winners import GiveawayWinners


class GiveawayCog(GiveawayMembers, GiveawayStaff, GiveawayWinners):
    """Everything under /giveaway and /giveaway-admin."""

    giveaway = giveaway_group.giveaway
    giveaway_admin = giveaway_group.giveaway_admin

    def __init__(self, bot: Any) -> None:
        super().__init__(bot)
        bot.cards["giveaway"] = views.draw_post
        bot.cards["giveaway-winners"] = views.draw_winners
        bot.documents["giveaway.draw"] = self._draw_file
        bot.documents["giveaway.list"] = self._list_file
        bot.documents["giveaway.script"] = self._script
        bot.lists["giveaway.public"] = (Access.EVERYONE, self.public_page)
        bot.lists["giveaway.staff"] = (Access.KOL, self.staff_page)
        bot.lists["giveaway.redraw"] = (Access.KOL, self.redraw_page)

    async def _draw_file(self, facts: dict[str, Any]) -> bytes:
        return await self.bot.services.giveaway_draws.document(facts["giveaway"], facts["upto"])

    async def _script(self, facts: dict[str, Any]) -> bytes:
        return await self.bot.services.giveaway_draws.script()

    async def _list_file(self, facts: dict[str, Any]) -> bytes:
        return await self.bot.services.giveaway_draws.list_part(facts["giveaway"], facts["part"])


async def setup(bot: commands.Bot) -> None:
    """Called by discord.py."""
    await bot.add_cog(GiveawayCog(bot))
