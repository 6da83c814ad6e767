"""/kalender: the content calendar in Discord. One cog, made of one class a topic (see calendar_group)."""

from __future__ import annotations

from discord.ext import commands

from cogs import calendar_group
from cogs.calendar_cancelling import CalendarCancelling
from cogs.calendar_desk import CalendarDesk
from cogs.calendar_entries import CalendarEntries
from cogs.calendar_import import CalendarImport


class ContentCalendarCog(CalendarDesk, CalendarEntries, CalendarCancelling, CalendarImport):
    """Everything under /kalender. Inherits from a class for each topic; add the next one to the bases."""

    kalender = calendar_group.kalender


async def setup(bot: commands.Bot) -> None:
    """Called by discord.py."""
    await bot.add_cog(ContentCalendarCog(bot))
