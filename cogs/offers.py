"""/tawaran in Discord. One cog, made of a class for creators and one for staff (see offer_group)."""

from __future__ import annotations

from typing import Any

from discord.ext import commands

from bot.server.models import Access
from cogs import offer_group
from cogs.offer_creators import MINE, OfferCreators
from cogs.offer_staff import ALL, OfferStaff


class OfferCog(OfferCreators, OfferStaff):
    """Everything under /tawaran."""

    tawaran = offer_group.tawaran

    def __init__(self, bot: Any) -> None:
        super().__init__(bot)
        bot.lists[MINE] = (Access.EVERYONE, self.own_page)
        bot.lists[ALL] = (Access.KOL, self.staff_page)


async def setup(bot: commands.Bot) -> None:
    """Called by discord.py."""
    await bot.add_cog(OfferCog(bot))
