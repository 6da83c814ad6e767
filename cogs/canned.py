"""/jawaban: ready-made answers for tickets, kept by staff."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

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


async def _build_new(cog: CannedCog, interaction: Interaction) -> FormSpec:
    return forms.canned_form()


async def _build_change(cog: CannedCog, interaction: Interaction, canned_id: int) -> FormSpec:
    return forms.canned_form(await cog.bot.services.canned.get(canned_id))


class CannedCog(AreaCog):
    """Keeping ready-made answers; tickets' forms offer them (ticket_staff)."""

    jawaban = app_commands.Group(
        name="jawaban",
        description="Jawaban siap pakai untuk tiket (staf)",
        default_permissions=discord.Permissions(manage_events=True),
    )

    def __init__(self, bot: Any) -> None:
        super().__init__(bot)
        bot.lists["canned.list"] = (STAFF, self._page)

    @jawaban.command(name="daftar", description="Semua jawaban siap pakai")
    @allow(STAFF)
    async def list_command(self, interaction: Interaction) -> None:
        """All of them."""
        await show_list(interaction, "canned.list", {})

    @jawaban.command(name="tambah", description="Tulis jawaban siap pakai, dengan isian seperti {nama} dan {nomor}")
    @allow(STAFF)
    async def add_command(self, interaction: Interaction) -> None:
        """The form."""
        await self.bot.router.open_form(interaction, custom_id("canned:new"))

    @jawaban.command(name="ubah", description="Tulis ulang satu jawaban siap pakai")
    @app_commands.describe(jawaban="Ketik namanya")
    @allow(STAFF)
    async def change_command(self, interaction: Interaction, jawaban: str) -> None:
        """The form, filled in."""
        canned = await self.bot.services.canned.chosen(jawaban)
        await self.bot.router.open_form(interaction, custom_id("canned:change", canned.id))

    @jawaban.command(name="hapus", description="Hapus satu jawaban siap pakai")
    @app_commands.describe(jawaban="Ketik namanya")
    @allow(STAFF)
    async def remove_command(self, interaction: Interaction, jawaban: str) -> None:
        """Ask once."""
        await self._ask_removal(interaction, (await self.bot.services.canned.chosen(jawaban)).id)

    @change_command.autocomplete("jawaban")
    @remove_command.autocomplete("jawaban")
    async def _choices(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        if not allowed(interaction, STAFF):
            return []
        found = await self.bot.services.canned.matching(current)
        return [app_commands.Choice(name=one.name, value=str(one.id)) for one in found]

    @choose("canned:show", access=STAFF)
    async def show(self, interaction: Interaction, values: list[str]) -> None:
        """One of the list."""
        await answer(interaction, views.canned(await self.bot.services.canned.get(int(values[0]))))

    @form("canned:new", access=STAFF, build=_build_new)
    async def added(self, interaction: Interaction, answers: Answers) -> None:
        """A new one."""
        canned = await self.bot.services.canned.add(actor(interaction), *forms.read_canned(answers))
        await answer(interaction, views.canned(canned, said="Tersimpan. Pilih saat membalas atau menyelesaikan tiket."))

    @press("canned:change:{canned_id}", access=STAFF)
    async def write_anew(self, interaction: Interaction, canned_id: int) -> None:
        """Ubah."""
        await self.bot.router.open_form(interaction, custom_id("canned:change", canned_id))

    @form("canned:change:{canned_id}", access=STAFF, build=_build_change)
    async def changed(self, interaction: Interaction, answers: Answers, canned_id: int) -> None:
        """The same one otherwise."""
        canned = self.bot.services.canned
        found = await canned.change(actor(interaction), canned_id, *forms.read_canned(answers))
        await answer(interaction, views.canned(found, said="Jawaban siap pakai diperbarui."))

    @press("canned:remove:{canned_id}", access=STAFF)
    async def ask_removal(self, interaction: Interaction, canned_id: int) -> None:
        """Hapus: ask once."""
        await self._ask_removal(interaction, canned_id)

    @press("canned:remove-yes:{canned_id}", access=STAFF)
    async def removed(self, interaction: Interaction, canned_id: int) -> None:
        """The yes."""
        canned = await self.bot.services.canned.remove(actor(interaction), canned_id)
        await redraw(interaction, f"Jawaban siap pakai “{canned.name}” dihapus. Tiket yang memakainya tidak berubah.")

    async def _ask_removal(self, interaction: Interaction, canned_id: int) -> None:
        canned = await self.bot.services.canned.get(canned_id)
        question = f"Hapus jawaban siap pakai “{canned.name}”? Tiket yang sudah memakainya tidak berubah."
        await confirm(interaction, question, custom_id("canned:remove-yes", canned.id), "Ya, hapus")

    async def _page(self, query: Mapping[str, Any], number: int) -> Page:
        found, total = await self.bot.services.canned.listed(limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
        return Page(views.canned_list(found, total), number, pages(total, PER_PAGE))


async def setup(bot: commands.Bot) -> None:
    """Called by discord.py."""
    await bot.add_cog(CannedCog(bot))
