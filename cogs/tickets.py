"""The help desk in Discord. One cog, made of a class for creators and one for staff (see ticket_group)."""

from __future__ import annotations

from typing import Any

from discord.ext import commands

from bot.server.models import Access
from cogs import ticket_group
from cogs.ticket_admin import TicketAdmin
from cogs.ticket_members import TicketMembers


class TicketCog(TicketMembers, TicketAdmin):
    """Everything under /tiket and /tiket-admin."""

    tiket = ticket_group.tiket
    tiket_admin = ticket_group.tiket_admin

    def __init__(self, bot: Any) -> None:
        super().__init__(bot)
        bot.lists["ticket.mine"] = (Access.EVERYONE, self.mine_page)
        bot.lists["ticket.queue"] = (Access.STAFF, self.queue_page)
        bot.documents["ticket.file"] = self._screenshot

    async def _screenshot(self, facts: dict[str, int]) -> bytes:
        return await self.bot.services.file_content(facts["file_id"]) or b""


async def setup(bot: commands.Bot) -> None:
    """Called by discord.py."""
    await bot.add_cog(TicketCog(bot))
