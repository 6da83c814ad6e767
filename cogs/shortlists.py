"""/shortlist in Discord. One cog, made of one class a topic (see kol_group)."""

from __future__ import annotations

from discord.ext import commands

from cogs import shortlist_group
from cogs.shortlist_budget import ShortlistBudgeting
from cogs.shortlist_building import ShortlistBuilding
from cogs.shortlist_decisions import ShortlistDecisions
from cogs.shortlist_deck import ShortlistDecks
from cogs.shortlist_editing import ShortlistEditing
from cogs.shortlist_history import ShortlistVersions


class ShortlistCog(
    ShortlistBuilding, ShortlistEditing, ShortlistVersions, ShortlistBudgeting, ShortlistDecks, ShortlistDecisions
):
    """Everything under /shortlist. Inherits from a class for each topic; add the next one to the bases."""

    shortlist = shortlist_group.shortlist


async def setup(bot: commands.Bot) -> None:
    """Called by discord.py."""
    await bot.add_cog(ShortlistCog(bot))
