"""/shortlist anggaran: the best set of creators for a budget and a number of slots."""

from __future__ import annotations

from typing import Any

from discord import app_commands

from bot.platform.indonesian import format_number
from cogs import shortlist_history_views as views
from cogs.shortlist_group import KOL, shortlist, shortlist_choices
from cogs.ui.answers import Interaction, actor, answer, think
from cogs.ui.forms import Answers, FormSpec, TextField
from cogs.ui.routing import AreaCog, allow, custom_id, form, press


async def _build_fitting(cog: Any, interaction: Interaction, shortlist_id: int) -> FormSpec:
    known = await cog.bot.services.shortlists.get(shortlist_id)
    slots = await cog.bot.services.shortlist_budgets.usual_slots(known)
    budget = TextField(
        "budget",
        "Anggaran untuk kreator",
        placeholder="Misalnya 10jt",
        max_length=20,
        default=format_number(known.budget) if known.budget else "",
    )
    number = TextField(
        "slots", "Berapa kreator?", placeholder="Misalnya 5", max_length=5, default=str(slots) if slots else ""
    )
    return FormSpec("Cocokkan anggaran", (budget, number))


class ShortlistBudgeting(AreaCog):
    """What a budget can buy. Amounts are answered to the one who asked alone."""

    @shortlist.command(name="anggaran", description="Kombinasi kreator terbaik untuk anggaran dan jumlah kreator")
    @app_commands.describe(
        judul="Judul shortlist",
        anggaran="Total untuk kreator, misalnya 10jt",
        jumlah="Berapa kreator yang dicari (kalau kosong, sebanyak slot kampanye atau yang terakhir dipakai)",
    )
    @app_commands.autocomplete(judul=shortlist_choices)
    @allow(KOL)
    async def fit(self, interaction: Interaction, judul: str, anggaran: str, jumlah: str | None = None) -> None:
        """Fit by title."""
        known = await self.bot.services.shortlists.chosen(judul)
        usual = await self.bot.services.shortlist_budgets.usual_slots(known)
        await self._fit(interaction, known.id, anggaran, jumlah or str(usual or ""))

    @press("shortlist:budget:{shortlist_id}", access=KOL)
    async def ask(self, interaction: Interaction, shortlist_id: int) -> None:
        """The form for both."""
        await self.bot.router.open_form(interaction, custom_id("shortlist:budget", shortlist_id))

    @form("shortlist:budget:{shortlist_id}", access=KOL, build=_build_fitting)
    async def fit_form(self, interaction: Interaction, answers: Answers, shortlist_id: int) -> None:
        """Fit what was typed."""
        await self._fit(interaction, shortlist_id, answers.text("budget"), answers.text("slots"))

    async def _fit(self, interaction: Interaction, shortlist_id: int, budget: str, slots: str) -> None:
        await think(interaction)
        fit = await self.bot.services.shortlist_budgets.fit(actor(interaction), shortlist_id, budget, slots)
        await answer(interaction, views.budget_fit(fit))
