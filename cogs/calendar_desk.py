"""/kalender lihat and evaluasi, what staff counted, and the buttons of what the calendar posts for staff."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import discord
from discord import app_commands

from bot.content_calendar import messages
from bot.content_calendar.evaluation import export
from bot.content_calendar.models import Entry
from bot.content_calendar.reading import FiguresForm
from bot.platform.indonesian.months import read_month
from cogs import calendar_forms as forms
from cogs import calendar_views as views
from cogs.calendar_group import KOL, kalender
from cogs.ui.answers import Interaction, actor, answer, hold, redraw, think
from cogs.ui.forms import Answers, FormSpec
from cogs.ui.paging import Page, show_list
from cogs.ui.pictures import drawn, pictures_of
from cogs.ui.routing import AreaCog, allow, custom_id, form, press

PER_PAGE = 15
EVALUATED_PER_PAGE = 10


async def _build_link(cog: CalendarDesk, interaction: Interaction, entry_id: int) -> FormSpec:
    return forms.link_form(await cog.bot.services.calendar.get(entry_id))


async def _build_figures(cog: CalendarDesk, interaction: Interaction, entry_id: int) -> FormSpec:
    return forms.figures_form(await cog.bot.services.calendar.get(entry_id))


class CalendarDesk(AreaCog):
    """Looking at the calendar, deciding on what was missed, reporting what was posted elsewhere."""

    def __init__(self, bot: Any) -> None:
        super().__init__(bot)
        bot.cards["calendar.post"] = views.draw_post
        bot.cards["calendar.upload"] = views.draw_upload
        bot.cards["calendar.month"] = views.draw_month
        bot.cards["calendar.evaluation"] = views.draw_evaluation
        bot.lists["calendar.month"] = (KOL, self._month_page)
        bot.lists["calendar.evaluation"] = (KOL, self._evaluation_page)

    @kalender.command(name="lihat", description="Satu bulan sebagai gambar dan daftar")
    @app_commands.describe(bulan="Misalnya Februari 2026 atau 2/2026; kosong berarti bulan ini")
    @allow(KOL)
    async def show_month(self, interaction: Interaction, bulan: str | None = None) -> None:
        """A month."""
        first = read_month(bulan, self.bot.services.clock.today().date())
        await think(interaction)
        await show_list(interaction, "calendar.month", {"year": first.year, "month": first.month})

    @press("calendar:month:{year}:{month}", access=KOL)
    async def other_month(self, interaction: Interaction, year: int, month: int) -> None:
        """The month before or after."""
        await think(interaction)
        await show_list(interaction, "calendar.month", {"year": year, "month": month})

    @kalender.command(name="evaluasi", description="Hasil kegiatan sebulan: jangkauan, peserta, biaya, capaian target")
    @app_commands.describe(bulan="Misalnya Februari 2026 atau 2/2026; kosong berarti bulan ini")
    @allow(KOL)
    async def evaluate(self, interaction: Interaction, bulan: str | None = None) -> None:
        """The evaluation as a table picture, a page at a time, all of it as XLSX."""
        first = read_month(bulan, self.bot.services.clock.today().date())
        await think(interaction)
        await show_list(interaction, "calendar.evaluation", {"year": first.year, "month": first.month})

    @press("calendar:now:{entry_id}", access=KOL)
    async def post_now(self, interaction: Interaction, entry_id: int) -> None:
        """A missed entry appears after all."""
        await hold(interaction)
        entry = await self.bot.services.calendar.post_now(actor(interaction), entry_id)
        await redraw(interaction, messages.decided(entry))

    @press("calendar:skip:{entry_id}", access=KOL)
    async def skip(self, interaction: Interaction, entry_id: int) -> None:
        """A missed entry is left out."""
        entry = await self.bot.services.calendar.skip(actor(interaction), entry_id)
        await redraw(interaction, messages.decided(entry))

    @press("calendar:done:{entry_id}", access=KOL)
    async def report_done(self, interaction: Interaction, entry_id: int) -> None:
        """Ask for the link."""
        await self.bot.router.open_form(interaction, custom_id("calendar:done", entry_id))

    @form("calendar:done:{entry_id}", access=KOL, build=_build_link)
    async def done(self, interaction: Interaction, answers: Answers, entry_id: int) -> None:
        """The team has posted elsewhere."""
        entry = await self.bot.services.calendar.report_done(actor(interaction), entry_id, answers.text("link"))
        await answer(interaction, f"Tercatat: **{entry.title}** sudah tayang di {entry.link}")

    @press("calendar:figures:{entry_id}", access=KOL)
    async def write_figures(self, interaction: Interaction, entry_id: int) -> None:
        """Open the form about target and outcome."""
        await self.bot.router.open_form(interaction, custom_id("calendar:figures", entry_id))

    @form("calendar:figures:{entry_id}", access=KOL, build=_build_figures)
    async def figures_written(self, interaction: Interaction, answers: Answers, entry_id: int) -> None:
        """What staff counted."""
        filled = FiguresForm(*(answers.text(field) for field in ("target", "reached", "took_part", "spent")))
        entry = await self.bot.services.calendar_editing.count(actor(interaction), entry_id, filled)
        await answer(interaction, f"Angka **{entry.title}** tersimpan. Hasilnya ada di /kalender evaluasi.")

    async def _month_page(self, query: Mapping[str, Any], number: int) -> Page:
        first = date(query["year"], query["month"], 1)
        after = _next_month(first)
        before = (first - timedelta(days=1)).replace(day=1)
        calendar = self.bot.services.calendar
        entries, total = await calendar.between(first, after, limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
        picture = None
        if number == 1:
            everything: list[Entry] = entries if total <= PER_PAGE else (await calendar.between(first, after))[0]
            picture = views.month_picture(first, everything, self.bot.services.clock.today().date())
        message = views.month_list(
            first,
            entries,
            total,
            picture,
            previous=custom_id("calendar:month", before.year, before.month),
            following=custom_id("calendar:month", after.year, after.month),
        )
        return Page(message, number, max(1, -(-total // PER_PAGE)), await pictures_of(self.bot, message))

    async def _evaluation_page(self, query: Mapping[str, Any], number: int) -> Page:
        first = date(query["year"], query["month"], 1)
        found = await self.bot.services.calendar_evaluation.of(first, _next_month(first))
        message = views.evaluation(found, number, EVALUATED_PER_PAGE)
        assert message.picture is not None
        files = [await drawn(self.bot, message.picture)]
        if found.outcomes:
            sheet = await asyncio.to_thread(export, found)
            files.append(discord.File(io.BytesIO(sheet), f"evaluasi-{first:%Y-%m}.xlsx"))
        return Page(message, number, max(1, -(-len(found.outcomes) // EVALUATED_PER_PAGE)), files)


def _next_month(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)
