"""/it: what has not reached IT's own system, and sending it again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.server.models import Access
from cogs import it_link_views as views
from cogs.ui.answers import Interaction, actor, answer
from cogs.ui.paging import Page, show_list
from cogs.ui.routing import AreaCog, allow, choose, press


class ItLinkCog(AreaCog):
    """The desk of the link, for IT."""

    it = app_commands.Group(
        name="it",
        description="Tautan ke sistem IT",
        default_permissions=discord.Permissions(manage_events=True),
    )

    def __init__(self, bot: Any) -> None:
        super().__init__(bot)
        bot.lists["it.queue"] = (Access.IT, self._page)

    @it.command(name="antrian", description="Kabar tiket yang belum diterima sistem IT, yang gagal lebih dulu")
    @allow(Access.IT)
    async def queue(self, interaction: Interaction) -> None:
        """What IT's system does not have."""
        await show_list(interaction, "it.queue", {})

    @it.command(name="kirim-ulang", description="Kirim lagi ke sistem IT: satu tiket, atau semua yang belum diterima")
    @app_commands.describe(tiket="Nomor tiket; kosongkan untuk semua")
    @allow(Access.IT)
    async def resend(self, interaction: Interaction, tiket: app_commands.Range[int, 1] | None = None) -> None:
        """Send again what was given up, and what waits at once."""
        count = await self.bot.services.it_link.resend(actor(interaction), ticket_id=tiket)
        await answer(interaction, views.resent(count))

    @press("it:queue", access=Access.IT)
    async def queue_pressed(self, interaction: Interaction) -> None:
        """The same from a note in IT's channel."""
        await show_list(interaction, "it.queue", {})

    @press("it:resend-all", access=Access.IT)
    async def resend_all(self, interaction: Interaction) -> None:
        """Everything again."""
        count = await self.bot.services.it_link.resend(actor(interaction))
        await answer(interaction, views.resent(count))

    @choose("it:resend", access=Access.IT)
    async def resend_one(self, interaction: Interaction, values: list[str]) -> None:
        """One of the list again."""
        count = await self.bot.services.it_link.resend(actor(interaction), delivery_id=int(values[0]))
        await answer(interaction, views.resent(count))

    async def _page(self, query: Mapping[str, Any], number: int) -> Page:
        link = self.bot.services.it_link
        overview = await link.overview()
        found = await link.unaccepted(limit=views.PER_PAGE, offset=(number - 1) * views.PER_PAGE)
        pages = max(1, -(-(overview.pending + overview.dead) // views.PER_PAGE))
        return Page(views.queue(overview, found), number, pages)


async def setup(bot: commands.Bot) -> None:
    """Called by discord.py."""
    await bot.add_cog(ItLinkCog(bot))
