"""The one paginator. A list's query is kept in the store; its buttons carry only the query's id and the page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import discord
from discord.ext import commands

from bot.platform.errors import NotFound
from bot.platform.messages import Button, Message
from bot.server.models import Access
from cogs.ui.answers import Interaction, answer, redraw
from cogs.ui.routing import AreaCog, check_access, custom_id, press


@dataclass(frozen=True)
class Page:
    """One page of a list: what it says, and which page of how many (counted from 1)."""

    message: Message
    number: int
    total: int
    files: list[discord.File] = field(default_factory=list)


# Draws page `number` of a query; registered by the cog that owns the list.
Draw = Callable[[Mapping[str, Any], int], Awaitable[Page]]


async def show_list(interaction: Interaction, kind: str, query: Mapping[str, Any], *, ephemeral: bool = True) -> None:
    """Answer with the first page of a list."""
    _, draw = interaction.client.lists[kind]
    page = await draw(query, 1)
    message = page.message
    if page.total > 1:
        query_id = await interaction.client.services.queries.keep(interaction.user.id, kind, query)
        message = _with_buttons(page, query_id)
    await answer(interaction, message, ephemeral=ephemeral, files=page.files)


def _with_buttons(page: Page, query_id: int) -> Message:
    row = [
        Button(custom_id("list:page", query_id, max(page.number - 1, 1)), "Sebelumnya", disabled=page.number <= 1),
        Button(custom_id("list:here", query_id), f"{page.number} / {page.total}", disabled=True),
        Button(custom_id("list:page", query_id, page.number + 1), "Berikutnya", disabled=page.number >= page.total),
    ]
    if page.number <= 1:
        # Discord refuses two components with one custom_id.
        row[0] = replace(row[0], custom_id=custom_id("list:first", query_id))
    return replace(page.message, buttons=[*page.message.buttons, row])


class PagingCog(AreaCog):
    """Turns pages."""

    @press("list:page:{query_id}:{number}", access=Access.EVERYONE)
    async def turn(self, interaction: Interaction, query_id: int, number: int) -> None:
        """Show another page; the list's own access is checked again, and only its owner may turn it."""
        kept = await self.bot.services.queries.load(interaction.user.id, query_id)
        if kept is None:
            raise NotFound("Daftar ini sudah lama atau milik orang lain. Jalankan perintahnya lagi, ya.")
        kind, query = kept
        access, draw = self.bot.lists[kind]
        check_access(interaction, access)
        page = await draw(query, number)
        await redraw(interaction, _with_buttons(page, query_id), files=page.files)


async def setup(bot: commands.Bot) -> None:
    """Called by discord.py."""
    await bot.add_cog(PagingCog(bot))
