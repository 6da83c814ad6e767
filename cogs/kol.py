"""/kol: the KOL database in Discord. One cog, made of one class a topic (see kol_group)."""

from __future__ import annotations

from discord.ext import commands

from cogs import kol_group
from cogs.kol_import import KolImport
from cogs.kol_search import KolSearch


class KolCog(KolSearch, KolImport):
    """Everything under /kol. Inherits from a class for each topic; add the next one to the bases."""

    kol = kol_group.kol


async def setup(bot: commands.Bot) -> None:
    """Called by discord.py."""
    await bot.add_cog(KolCog(bot))
