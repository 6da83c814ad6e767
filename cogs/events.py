"""/acara and /acara-admin in Discord. One cog, made of a class for members and one for staff (see event_group)."""

from __future__ import annotations

from typing import Any

from discord.ext import commands

from bot.server.models import Access
from cogs import event_group
from cogs import event_views as views
from cogs.event_members import EventMembers
from cogs.event_staff import EventStaff


class EventCog(EventMembers, EventStaff):
    """Everything under /acara and /acara-admin."""

    acara = event_group.acara
    acara_admin = event_group.acara_admin

    def __init__(self, bot: Any) -> None:
        super().__init__(bot)
        bot.cards["event"] = views.draw_event
        bot.cards["event-certificate"] = views.draw_certificate
        bot.lists["event.public"] = (Access.EVERYONE, self.public_page)
        bot.lists["event.staff"] = (Access.KOL, self.staff_page)
        bot.lists["event.guests"] = (Access.KOL, self.guests_page)
        bot.lists["event.feedback"] = (Access.KOL, self.feedback_page)


async def setup(bot: commands.Bot) -> None:
    """Called by discord.py."""
    await bot.add_cog(EventCog(bot))
