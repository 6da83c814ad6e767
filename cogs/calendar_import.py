"""/kalender impor: a sheet into the calendar, with everything unclear decided by a person first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands

from bot.content_calendar.asking import Ask
from bot.content_calendar.import_view import BasicsForm, ImportView
from bot.platform.audit import Actor
from bot.platform.errors import DomainError
from bot.platform.files import FileKind
from cogs import calendar_forms as forms
from cogs import calendar_import_views as views
from cogs.calendar_group import KOL, kalender, public_channels
from cogs.ui.answers import Interaction, actor, answer, hold, redraw, think
from cogs.ui.forms import Answers, FormSpec
from cogs.ui.paging import Page, show_list
from cogs.ui.pictures import pictures_of
from cogs.ui.routing import AreaCog, allow, choose, custom_id, form, press
from cogs.ui.uploads import read_upload

ROWS_PER_PAGE = 12


def _channels(interaction: Interaction) -> dict[str, int]:
    return public_channels(interaction.guild, interaction.client.services.server.places)


async def _build_basics(cog: CalendarImport, interaction: Interaction, import_id: int) -> FormSpec:
    services = cog.bot.services
    upload = (await services.calendar_imports.view(import_id, actor(interaction), _channels(interaction))).upload
    return forms.basics_form(upload.year or services.clock.today().year, upload.minute, upload.defaults)


async def _build_question(
    cog: CalendarImport, interaction: Interaction, import_id: int, row: int, ask: int
) -> FormSpec:
    imports = cog.bot.services.calendar_imports
    view = await imports.view(import_id, actor(interaction), _channels(interaction))
    planned, issue = imports.question(view, row, Ask(ask))
    return forms.decision_form(planned.row.label, issue)


class CalendarImport(AreaCog):
    """Sheets in."""

    def __init__(self, bot: Any) -> None:
        super().__init__(bot)
        bot.lists["calendar.import"] = (KOL, self._rows_page)

    @kalender.command(name="impor", description="Masukkan lembar kalender (.xlsx/.csv); diperiksa dulu, baru disimpan")
    @app_commands.describe(
        berkas="Lembar kalender dalam .xlsx atau .csv",
        tahun="Tahun semua tanggalnya; ditanya kalau kosong",
        jam="Jam untuk baris tanpa jam, misalnya 19.00; ditanya kalau kosong",
    )
    @allow(KOL)
    async def import_sheet(
        self, interaction: Interaction, berkas: discord.Attachment, tahun: int | None = None, jam: str | None = None
    ) -> None:
        """Read the file; ask, or show what saving it would do."""
        await think(interaction)
        file = await read_upload(berkas, (FileKind.SPREADSHEET,), self.bot.settings.upload_limit_mb)
        view = await self.bot.services.calendar_imports.receive(
            file.data,
            berkas.filename,
            actor(interaction),
            _channels(interaction),
            year=str(tahun or ""),
            hour=jam or "",
        )
        message = views.preview(view)
        await answer(interaction, message, files=await pictures_of(self.bot, message))

    @press("calendar:import:basics:{import_id}", access=KOL)
    async def ask_basics(self, interaction: Interaction, import_id: int) -> None:
        """Open the form about year and hour."""
        await self.bot.router.open_form(interaction, custom_id("calendar:import:basics", import_id))

    @form("calendar:import:basics:{import_id}", access=KOL, build=_build_basics)
    async def basics_given(self, interaction: Interaction, answers: Answers, import_id: int) -> None:
        """The year, the default hour, and what is usual for activities."""
        await hold(interaction)
        imports = self.bot.services.calendar_imports
        texts = (answers.text(field) for field in ("year", "hour", "quiz_open", "giveaway_open"))
        filled = BasicsForm(*texts, way=answers.choice("way"))
        await self._show_preview(
            interaction, await imports.set_basics(import_id, actor(interaction), _channels(interaction), filled)
        )

    @choose("calendar:import:ask:{import_id}", access=KOL)
    async def pick_question(self, interaction: Interaction, values: list[str], import_id: int) -> None:
        """Open the form of one question."""
        row, _, ask = values[0].partition(":")
        identifier = custom_id("calendar:import:decide", import_id, int(row), int(ask))
        await self.bot.router.open_form(interaction, identifier)

    @form("calendar:import:decide:{import_id}:{row}:{ask}", access=KOL, build=_build_question)
    async def decided(self, interaction: Interaction, answers: Answers, import_id: int, row: int, ask: int) -> None:
        """One question is answered."""
        await hold(interaction)
        value = answers.text("typed") or answers.choice("choice") or ""
        view = await self.bot.services.calendar_imports.decide(
            import_id, actor(interaction), _channels(interaction), row, Ask(ask), value
        )
        await self._show_preview(interaction, view)

    @choose("calendar:import:show:{import_id}", access=KOL)
    async def show_row(self, interaction: Interaction, values: list[str], import_id: int) -> None:
        """Exactly what a row will look like."""
        await think(interaction)
        imports = self.bot.services.calendar_imports
        view = await imports.view(import_id, actor(interaction), _channels(interaction))
        _, message = imports.shown(view, int(values[0]))
        await answer(interaction, message, files=await pictures_of(self.bot, message))

    @press("calendar:import:all:{import_id}", access=KOL)
    async def show_all(self, interaction: Interaction, import_id: int) -> None:
        """Every row, page by page."""
        await think(interaction)
        await show_list(interaction, "calendar.import", {"import": import_id, "actor": interaction.user.id})

    @press("calendar:import:save:{import_id}", access=KOL)
    async def save_import(self, interaction: Interaction, import_id: int) -> None:
        """Save what the preview showed."""
        await hold(interaction)
        imports = self.bot.services.calendar_imports
        message = views.saved(await imports.apply(import_id, actor(interaction), _channels(interaction)))
        await redraw(interaction, message, files=await pictures_of(self.bot, message))

    @press("calendar:import:cancel:{import_id}", access=KOL)
    async def cancel_import(self, interaction: Interaction, import_id: int) -> None:
        """Drop the preview."""
        await self.bot.services.calendar_imports.cancel(import_id, actor(interaction))
        await redraw(interaction, "Impor dibatalkan. Tidak ada yang disimpan, dan berkasnya dihapus.")

    async def _show_preview(self, interaction: Interaction, view: ImportView) -> None:
        message = views.preview(view)
        await redraw(interaction, message, files=await pictures_of(self.bot, message))

    async def _rows_page(self, query: Mapping[str, Any], number: int) -> Page:
        guild = self.bot.get_guild(self.bot.settings.guild_id)
        channels = public_channels(guild, self.bot.services.server.places)
        view = await self.bot.services.calendar_imports.view(query["import"], Actor(query["actor"]), channels)
        if view.plan is None:
            raise DomainError("Isi tahun dan jamnya dulu.")
        total = max(1, -(-views.count_rows(view) // ROWS_PER_PAGE))
        start = (number - 1) * ROWS_PER_PAGE
        return Page(views.all_rows(view, start, start + ROWS_PER_PAGE), number, total)
