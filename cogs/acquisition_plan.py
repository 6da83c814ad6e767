"""/target atur, lihat and pertumbuhan: what was planned and what has come of it."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands

from bot.acquisition.export import export
from bot.acquisition.models import Aim, Period, Strategy
from bot.acquisition.plan_card import MOST
from bot.acquisition.reading import read_period
from bot.creators.models import Niche, Platform, Tier
from bot.platform.indonesian import parse_province
from cogs import acquisition_views as views
from cogs.acquisition_group import KOL, PLAN, STRATEGIES, period_choices, period_of, target
from cogs.kol_search import NICHES, PLATFORMS, TIERS, province_choices
from cogs.ui.answers import Interaction, actor, answer, think
from cogs.ui.paging import Page, show_list
from cogs.ui.pictures import pictures_of
from cogs.ui.routing import AreaCog, allow, press


class AcquisitionPlan(AreaCog):
    """Targets and their outcome."""

    def __init__(self, bot: Any) -> None:
        super().__init__(bot)
        bot.cards["acquisition.plan"] = views.draw_plan
        bot.cards["acquisition.growth"] = views.draw_growth
        bot.lists[PLAN] = (KOL, self._plan_page)

    @target.command(name="atur", description="Pasang atau ubah target kreator baru")
    @app_commands.describe(
        jumlah="Berapa kreator baru; 0 menghapus target itu",
        periode="Misalnya Q1 2026 atau Januari 2026; kosong berarti kuartal ini",
        platform="Hanya platform ini",
        niche="Hanya niche ini, pertama atau kedua",
        tier="Ukuran akun saat masuk database",
        wilayah="Hanya provinsi ini",
        strategi="Hanya yang datang lewat strategi ini",
    )
    @app_commands.choices(platform=PLATFORMS, niche=NICHES, tier=TIERS, strategi=STRATEGIES)
    @app_commands.autocomplete(periode=period_choices, wilayah=province_choices)
    @allow(KOL)
    async def set_target(
        self,
        interaction: Interaction,
        jumlah: app_commands.Range[int, 0, 1_000_000],
        periode: str | None = None,
        platform: str | None = None,
        niche: str | None = None,
        tier: str | None = None,
        wilayah: str | None = None,
        strategi: str | None = None,
    ) -> None:
        """Set, change or take back a target."""
        service = self.bot.services.acquisition
        aim = Aim(
            platform=Platform(platform) if platform else None,
            region=parse_province(wilayah),
            niche=Niche(niche) if niche else None,
            tier=Tier(tier) if tier else None,
            strategy=Strategy(strategi) if strategi else None,
        )
        period = read_period(periode, service.today())
        await answer(interaction, views.target_set(await service.set_target(actor(interaction), period, aim, jumlah)))

    @target.command(name="lihat", description="Target dan hasilnya, strategi terbaik, dan biaya per kreator baru")
    @app_commands.describe(periode="Misalnya Q1 2026 atau Januari 2026; kosong berarti kuartal ini")
    @app_commands.autocomplete(periode=period_choices)
    @allow(KOL)
    async def show(self, interaction: Interaction, periode: str | None = None) -> None:
        """Plan against actual."""
        await self._show(interaction, read_period(periode, self.bot.services.acquisition.today()))

    @press("target:plan:{code}", access=KOL)
    async def other_period(self, interaction: Interaction, code: int) -> None:
        """The same of another period."""
        await self._show(interaction, period_of(code))

    @target.command(name="pertumbuhan", description="Kreator baru tiap bulan di tiap platform, dibanding target")
    @app_commands.describe(sampai="Bulan terakhir, misalnya Februari 2026; kosong berarti bulan ini")
    @allow(KOL)
    async def grow(self, interaction: Interaction, sampai: str | None = None) -> None:
        """Twelve months."""
        today = self.bot.services.acquisition.today()
        period = read_period(sampai, today) if sampai else Period(today.replace(day=1), 1)
        await self._show_growth(interaction, period)

    @press("target:growth:{code}", access=KOL)
    async def open_growth(self, interaction: Interaction, code: int) -> None:
        """Twelve months up to a period."""
        await self._show_growth(interaction, period_of(code))

    async def _show(self, interaction: Interaction, period: Period) -> None:
        await think(interaction)
        await show_list(interaction, PLAN, views.plan_query(period))

    async def _show_growth(self, interaction: Interaction, period: Period) -> None:
        await think(interaction)
        message = views.growth(await self.bot.services.acquisition.growth(period))
        await answer(interaction, message, files=await pictures_of(self.bot, message))

    async def _plan_page(self, query: Mapping[str, Any], number: int) -> Page:
        service = self.bot.services.acquisition
        overview = await service.overview(Period.of_code(query["code"]))
        message = views.plan(overview, number, MOST)
        files = await pictures_of(self.bot, message)
        if number == 1:
            sheet = await asyncio.to_thread(export, overview, await service.growth(overview.period))
            name = overview.period.label.replace(" ", "-").lower()
            files.append(discord.File(io.BytesIO(sheet), f"target-{name}.xlsx"))
        return Page(message, number, max(1, -(-len(overview.outcomes) // MOST)), files)
