"""/pengetahuan: the articles that answer creators, kept by staff."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.platform.text import clip
from bot.server.models import Access
from cogs import knowledge_forms as forms
from cogs import knowledge_views as views
from cogs.campaigns import pages
from cogs.ui.answers import Interaction, actor, answer, redraw
from cogs.ui.confirming import confirm
from cogs.ui.forms import Answers, FormSpec
from cogs.ui.paging import Page, show_list
from cogs.ui.routing import AreaCog, allow, allowed, choose, custom_id, form, press

STAFF = Access.STAFF
PER_PAGE = 10


async def _build_new(cog: Knowledge, interaction: Interaction) -> FormSpec:
    return forms.article_form("Artikel baru")


async def _build_change(cog: Knowledge, interaction: Interaction, article_id: int) -> FormSpec:
    article = await cog.bot.services.knowledge.get(article_id)
    return forms.article_form(f"Ubah artikel {article.id}", article.stage, article.title, article.body)


async def _build_from_ticket(cog: Knowledge, interaction: Interaction, ticket_id: int) -> FormSpec:
    tickets = cog.bot.services.tickets
    ticket, entries = await tickets.get(ticket_id), await tickets.entries(ticket_id)
    draft = await cog.bot.services.knowledge.draft(ticket, entries)
    return forms.article_form(f"Artikel dari tiket #{ticket_id}", draft.stage, draft.title, draft.body)


class Knowledge(AreaCog):
    """Keeping articles."""

    pengetahuan = app_commands.Group(
        name="pengetahuan",
        description="Artikel bantuan yang dicari kreator (staf)",
        default_permissions=discord.Permissions(manage_events=True),
    )

    def __init__(self, bot: Any) -> None:
        super().__init__(bot)
        bot.lists["knowledge.articles"] = (STAFF, self._page)

    @pengetahuan.command(name="daftar", description="Semua artikel, dengan tombol ubah dan arsipkan")
    @allow(STAFF)
    async def list_command(self, interaction: Interaction) -> None:
        """All of them."""
        await show_list(interaction, "knowledge.articles", {})

    @pengetahuan.command(name="tambah", description="Tulis artikel baru")
    @allow(STAFF)
    async def add_command(self, interaction: Interaction) -> None:
        """The form."""
        await self.bot.router.open_form(interaction, custom_id("knowledge:new"))

    @pengetahuan.command(name="ubah", description="Tulis ulang satu artikel")
    @app_commands.describe(artikel="Ketik judul atau nomornya")
    @allow(STAFF)
    async def change_command(self, interaction: Interaction, artikel: str) -> None:
        """The form, filled in."""
        article = await self.bot.services.knowledge.chosen(artikel)
        await self.bot.router.open_form(interaction, custom_id("knowledge:change", article.id))

    @pengetahuan.command(name="arsip", description="Sembunyikan satu artikel dari kreator")
    @app_commands.describe(artikel="Ketik judul atau nomornya")
    @allow(STAFF)
    async def archive_command(self, interaction: Interaction, artikel: str) -> None:
        """Ask once."""
        await self._ask_archive(interaction, (await self.bot.services.knowledge.chosen(artikel)).id)

    @change_command.autocomplete("artikel")
    @archive_command.autocomplete("artikel")
    async def _choices(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        if not allowed(interaction, STAFF):
            return []
        found = await self.bot.services.knowledge.matching(current)
        return [
            app_commands.Choice(name=clip(f"{one.title} ({one.stage.indonesian})", 100), value=str(one.id))
            for one in found
        ]

    @choose("knowledge:show", access=STAFF)
    async def show(self, interaction: Interaction, values: list[str]) -> None:
        """One of the list."""
        await answer(interaction, views.article(await self.bot.services.knowledge.get(int(values[0]))))

    @form("knowledge:new", access=STAFF, build=_build_new)
    async def added(self, interaction: Interaction, answers: Answers) -> None:
        """A new article."""
        article = await self.bot.services.knowledge.add(actor(interaction), *forms.read_article(answers))
        await answer(interaction, views.article(article, said="Artikel disimpan. Mulai sekarang bisa dicari kreator."))

    @press("knowledge:change:{article_id}", access=STAFF)
    async def write_anew(self, interaction: Interaction, article_id: int) -> None:
        """Ubah."""
        await self.bot.router.open_form(interaction, custom_id("knowledge:change", article_id))

    @form("knowledge:change:{article_id}", access=STAFF, build=_build_change)
    async def changed(self, interaction: Interaction, answers: Answers, article_id: int) -> None:
        """The same article otherwise."""
        knowledge = self.bot.services.knowledge
        article = await knowledge.change(actor(interaction), article_id, *forms.read_article(answers))
        await answer(interaction, views.article(article, said="Artikel diperbarui."))

    @press("knowledge:archive:{article_id}", access=STAFF)
    async def ask_archive(self, interaction: Interaction, article_id: int) -> None:
        """Arsipkan: ask once."""
        await self._ask_archive(interaction, article_id)

    @press("knowledge:archive-yes:{article_id}", access=STAFF)
    async def archived(self, interaction: Interaction, article_id: int) -> None:
        """The yes."""
        article = await self.bot.services.knowledge.archive(actor(interaction), article_id)
        await redraw(interaction, f"Artikel “{article.title}” diarsipkan. Kreator tidak menemukannya lagi.")

    @press("knowledge:from-ticket:{ticket_id}", access=STAFF)
    async def write_from_ticket(self, interaction: Interaction, ticket_id: int) -> None:
        """Jadikan artikel: what was said, without names and figures, to be looked over."""
        await self.bot.router.open_form(interaction, custom_id("knowledge:from-ticket", ticket_id))

    @form("knowledge:from-ticket:{ticket_id}", access=STAFF, build=_build_from_ticket)
    async def from_ticket(self, interaction: Interaction, answers: Answers, ticket_id: int) -> None:
        """An article of a solved ticket."""
        knowledge = self.bot.services.knowledge
        article = await knowledge.add(actor(interaction), *forms.read_article(answers), ticket_id=ticket_id)
        await answer(interaction, views.article(article, said=f"Tiket #{ticket_id} jadi artikel. Makasih!"))

    async def _ask_archive(self, interaction: Interaction, article_id: int) -> None:
        article = await self.bot.services.knowledge.get(article_id)
        question = f"Arsipkan artikel “{article.title}”? Kreator tidak akan menemukannya lagi."
        await confirm(interaction, question, custom_id("knowledge:archive-yes", article.id), "Ya, arsipkan")

    async def _page(self, query: Mapping[str, Any], number: int) -> Page:
        found, total = await self.bot.services.knowledge.listed(limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
        return Page(views.articles(found, total), number, pages(total, PER_PAGE))


async def setup(bot: commands.Bot) -> None:
    """Called by discord.py."""
    await bot.add_cog(Knowledge(bot))
