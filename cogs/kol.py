"""/kol: the KOL database in Discord. One cog, made of one class a topic (see kol_group)."""

from __future__ import annotations

from discord.ext import commands

from cogs import kol_group
from cogs.kol_care import KolCare
from cogs.kol_compare import KolCompare
from cogs.kol_duplicates import KolDuplicates
from cogs.kol_filters import KolFilters
from cogs.kol_import import KolImport
from cogs.kol_profile import KolProfile
from cogs.kol_quality import KolQuality
from cogs.kol_search import KolSearch


class KolCog(KolSearch, KolFilters, KolProfile, KolCompare, KolQuality, KolDuplicates, KolCare, KolImport):
    """Everything under /kol. Inherits from a class for each topic; add the next one to the bases."""

    kol = kol_group.kol


async def setup(bot: commands.Bot) -> None:
    """Called by discord.py."""
    await bot.add_cog(KolCog(bot))
