"""/target sumber: which strategy brought whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from discord import app_commands

from bot.acquisition.models import Period, Strategy
from bot.acquisition.reading import read_period
from bot.acquisition.service import NEWCOMERS_A_PAGE
from bot.platform.errors import NotFound
from cogs import acquisition_views as views
from cogs.acquisition_group import KOL, NEWCOMERS, period_choices, period_of, target
from cogs.kol_search import creator_choices
from cogs.ui.answers import Interaction, actor, answer
from cogs.ui.forms import Answers, FormSpec
from cogs.ui.paging import Page, show_list
from cogs.ui.routing import AreaCog, allow, choose, custom_id, form, press

CHOSEN = "target.chosen"


class AcquisitionSources(AreaCog):
    """Marking new creators."""

    def __init__(self, bot: Any) -> None:
        super().__init__(bot)
        bot.lists[NEWCOMERS] = (KOL, self._newcomers_page)

    @target.command(name="sumber", description="Tandai kreator baru datang lewat strategi apa")
    @app_commands.describe(
        kreator="Satu kreator; kosong menampilkan semua yang belum ditandai",
        periode="Misalnya Q1 2026 atau Januari 2026; kosong berarti kuartal ini",
    )
    @app_commands.autocomplete(kreator=creator_choices, periode=period_choices)
    @allow(KOL)
    async def sources(self, interaction: Interaction, kreator: str | None = None, periode: str | None = None) -> None:
        """One creator's form, or everybody who is not marked yet."""
        if kreator:
            await self._ask(interaction, [(await self.bot.services.search.only(kreator)).id])
            return
        period = read_period(periode, self.bot.services.acquisition.today())
        await show_list(interaction, NEWCOMERS, views.plan_query(period))

    @press("target:newcomers:{code}", access=KOL)
    async def open_newcomers(self, interaction: Interaction, code: int) -> None:
        """Everybody of a period who is not marked yet."""
        await show_list(interaction, NEWCOMERS, views.plan_query(period_of(code)))

    @choose("target:choose", access=KOL)
    async def choose_newcomers(self, interaction: Interaction, values: list[str]) -> None:
        """Ask what brought those who were chosen."""
        await self._ask(interaction, [int(value) for value in values])

    async def _mark_form(self, interaction: Interaction, query_id: int) -> FormSpec:
        creator_ids = await self._chosen(interaction, query_id)
        known = await self.bot.services.acquisition.mark_of(creator_ids[0]) if len(creator_ids) == 1 else None
        return views.mark_form(len(creator_ids), known)

    @form("target:mark:{query_id}", access=KOL, build=_mark_form)
    async def mark(self, interaction: Interaction, answers: Answers, query_id: int) -> None:
        """Keep what brought them."""
        chosen = answers.choices("strategy")[0]
        strategy = None if chosen == views.UNKNOWN else Strategy(chosen)
        creator_ids = await self._chosen(interaction, query_id)
        count = await self.bot.services.acquisition.mark(
            actor(interaction), creator_ids, strategy, answers.text("note")
        )
        await answer(interaction, views.marked(count, strategy))

    async def _ask(self, interaction: Interaction, creator_ids: list[int]) -> None:
        # Twenty ids don't fit a custom_id: they are kept, and the form has the number of what is kept.
        kept = await self.bot.services.queries.keep(interaction.user.id, CHOSEN, {"creators": creator_ids})
        await self.bot.router.open_form(interaction, custom_id("target:mark", kept))

    async def _chosen(self, interaction: Interaction, query_id: int) -> list[int]:
        kept = await self.bot.services.queries.load(interaction.user.id, query_id)
        if kept is None or kept[0] != CHOSEN:
            raise NotFound("Pilihan ini sudah lama. Pilih lagi dengan /target sumber.")
        return list(kept[1]["creators"])

    async def _newcomers_page(self, query: Mapping[str, Any], number: int) -> Page:
        period = Period.of_code(query["code"])
        found, total = await self.bot.services.acquisition.newcomers(period, number)
        return Page(views.newcomers(found, total, period), number, max(1, -(-total // NEWCOMERS_A_PAGE)))
