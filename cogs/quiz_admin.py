"""/kuis in Discord: one cog, made of the staff's classes (see quiz_group)."""

from __future__ import annotations

from typing import Any

from discord.ext import commands

from bot.server.models import Access
from cogs import quiz_group
from cogs.quiz_staff import QuizStaff


class QuizAdminCog(QuizStaff):
    """Everything under /kuis."""

    kuis = quiz_group.kuis

    def __init__(self, bot: Any) -> None:
        super().__init__(bot)
        bot.lists["quiz.all"] = (Access.KOL, self.all_page)


async def setup(bot: commands.Bot) -> None:
    """Called by discord.py."""
    await bot.add_cog(QuizAdminCog(bot))
