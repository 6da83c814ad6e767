"""/target biaya: what acquiring creators cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from discord import app_commands

from bot.acquisition.models import Period, Strategy
from bot.acquisition.reading import read_period
from cogs import acquisition_views as views
from cogs.acquisition_group import COSTS, KOL, period_choices, period_of, target
from cogs.ui.answers import Interaction, actor, answer
from cogs.ui.forms import Answers, FormSpec
from cogs.ui.paging import Page, show_list
from cogs.ui.routing import AreaCog, allow, choose, custom_id, form, press

PER_PAGE = 15


class AcquisitionCosts(AreaCog):
    """Budget lines."""

    def __init__(self, bot: Any) -> None:
        super().__init__(bot)
        bot.lists[COSTS] = (KOL, self._costs_page)

    @target.command(name="biaya", description="Lihat, tambah, dan hapus biaya akuisisi; dasar CAC")
    @app_commands.describe(periode="Misalnya Q1 2026 atau Januari 2026; kosong berarti kuartal ini")
    @app_commands.autocomplete(periode=period_choices)
    @allow(KOL)
    async def costs(self, interaction: Interaction, periode: str | None = None) -> None:
        """The budget lines of a period."""
        period = read_period(periode, self.bot.services.acquisition.today())
        await show_list(interaction, COSTS, views.plan_query(period))

    @press("target:costs:{code}", access=KOL)
    async def open_costs(self, interaction: Interaction, code: int) -> None:
        """The budget lines of a period."""
        await show_list(interaction, COSTS, views.plan_query(period_of(code)))

    @press("target:cost_open:{code}", access=KOL)
    async def open_cost(self, interaction: Interaction, code: int) -> None:
        """Ask for a new line."""
        await self.bot.router.open_form(interaction, custom_id("target:cost", code))

    async def _cost_form(self, interaction: Interaction, code: int) -> FormSpec:
        return views.cost_form(period_of(code))

    @form("target:cost:{code}", access=KOL, build=_cost_form)
    async def add_cost(self, interaction: Interaction, answers: Answers, code: int) -> None:
        """Note a line, and show all of them."""
        strategy = Strategy(answers.choices("strategy")[0])
        await self.bot.services.acquisition.add_cost(
            actor(interaction), period_of(code), strategy, answers.text("amount"), answers.text("note")
        )
        await show_list(interaction, COSTS, views.plan_query(period_of(code)))

    @choose("target:cost_drop:{code}", access=KOL)
    async def drop_cost(self, interaction: Interaction, values: list[str], code: int) -> None:
        """Take a line back; what it said is told, so that a slip can be put right."""
        dropped = await self.bot.services.acquisition.drop_cost(actor(interaction), int(values[0]))
        await show_list(interaction, COSTS, views.plan_query(period_of(code)))
        await answer(interaction, views.cost_dropped(dropped))

    async def _costs_page(self, query: Mapping[str, Any], number: int) -> Page:
        overview = await self.bot.services.acquisition.overview(Period.of_code(query["code"]))
        pages = max(1, -(-len(overview.costs) // PER_PAGE))
        number = min(number, pages)
        return Page(views.costs(overview, number, PER_PAGE), number, pages)
