"""/kol impor and /kol ekspor: sheets into the KOL database and out of it."""

from __future__ import annotations

import io
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.creators.exporting import SheetFormat
from bot.creators.import_report import ImportReport
from bot.creators.models import ContentType, Niche, Platform, Tier
from bot.creators.search_reading import SearchForm, read_search
from bot.platform.errors import DomainError
from bot.platform.files import FileKind
from bot.platform.messages import Message
from bot.server.models import Access
from cogs import kol_import_views as views
from cogs.kol_group import kol
from cogs.kol_search import CONTENT_TYPES, NICHES, PLATFORMS, TIERS, province_choices
from cogs.ui.answers import Interaction, actor, answer, redraw, think
from cogs.ui.pictures import pictures_of
from cogs.ui.routing import AreaCog, allow, allowed, press
from cogs.ui.uploads import read_upload

FORMATS = [Choice(name="Excel (.xlsx)", value="xlsx"), Choice(name="CSV", value="csv")]


class KolImport(AreaCog):
    """Sheets in and out."""

    def __init__(self, bot: Any) -> None:
        super().__init__(bot)
        bot.cards["import"] = views.draw_import

    @kol.command(name="impor", description="Masukkan lembar KOL (.xlsx atau .csv); diperiksa dulu, baru disimpan")
    @app_commands.describe(
        berkas="Lembar KOL dalam .xlsx atau .csv",
        platform="Perlu diisi hanya kalau judul lembarnya tidak menyebut platform",
    )
    @app_commands.choices(platform=PLATFORMS)
    @allow(Access.KOL)
    async def import_sheet(
        self, interaction: Interaction, berkas: discord.Attachment, platform: str | None = None
    ) -> None:
        """Read the file and show what saving it would do."""
        await think(interaction)
        file = await read_upload(berkas, (FileKind.SPREADSHEET,), self.bot.settings.upload_limit_mb)
        report = await self.bot.services.imports.preview(
            file.data, berkas.filename, Platform(platform) if platform else None, actor(interaction)
        )
        message = views.preview(report)
        await answer(interaction, message, files=await self._files(report, message))

    @press("kol:import:save:{import_id}", access=Access.KOL)
    async def save(self, interaction: Interaction, import_id: int) -> None:
        """Save what the preview showed, but for what would change accounts that are registered."""
        await self._save(interaction, import_id, overwrite_registered=False)

    @press("kol:import:all:{import_id}", access=Access.KOL)
    async def save_all(self, interaction: Interaction, import_id: int) -> None:
        """Save what the preview showed, registered accounts too."""
        await self._save(interaction, import_id, overwrite_registered=True)

    async def _save(self, interaction: Interaction, import_id: int, *, overwrite_registered: bool) -> None:
        async with _saying(interaction, "Sedang disimpan …"):
            report = await self.bot.services.imports.apply(
                import_id,
                actor(interaction),
                as_admin=allowed(interaction, Access.ADMIN),
                overwrite_registered=overwrite_registered,
            )
        message = views.saved(report)
        await redraw(interaction, message, files=await self._files(report, message))

    @press("kol:import:cancel:{import_id}", access=Access.KOL)
    async def cancel(self, interaction: Interaction, import_id: int) -> None:
        """Drop the preview."""
        await self.bot.services.imports.cancel(
            import_id, actor(interaction), as_admin=allowed(interaction, Access.ADMIN)
        )
        await redraw(interaction, "Impor dibatalkan. Tidak ada yang disimpan, dan berkasnya dihapus.")

    @kol.command(name="ekspor", description="Unduh database KOL sebagai lembar, semua atau sebagian")
    @app_commands.describe(
        format="Jenis berkas (biasanya Excel)",
        platform="Hanya platform ini",
        niche="Niche pertama atau kedua",
        tier="Ukuran akun menurut followers",
        tipe_konten="Penilaian tim atas kontennya",
        min_followers="Misalnya 10rb, 10.000, 1,2jt",
        maks_followers="Misalnya 50rb",
        min_er="ER paling sedikit, misalnya 1%",
        wilayah="Provinsi",
        kontak="Sertakan kontak apa adanya; dicatat siapa yang mengambil",
    )
    @app_commands.choices(format=FORMATS, platform=PLATFORMS, niche=NICHES, tier=TIERS, tipe_konten=CONTENT_TYPES)
    @app_commands.autocomplete(wilayah=province_choices)
    @allow(Access.KOL)
    async def export_sheet(
        self,
        interaction: Interaction,
        format: str | None = None,
        platform: str | None = None,
        niche: str | None = None,
        tier: str | None = None,
        tipe_konten: str | None = None,
        min_followers: str | None = None,
        maks_followers: str | None = None,
        min_er: str | None = None,
        wilayah: str | None = None,
        kontak: bool = False,
    ) -> None:
        """Hand out the database, for this person's eyes only."""
        wanted = read_search(
            SearchForm(
                platform=Platform(platform) if platform else None,
                niche=Niche(niche) if niche else None,
                tier=Tier(tier) if tier else None,
                content_type=ContentType(tipe_konten) if tipe_konten else None,
                min_followers=min_followers,
                max_followers=maks_followers,
                min_engagement=min_er,
                region=wilayah,
            )
        )
        await think(interaction)
        export = await self.bot.services.exports.export(
            wanted, SheetFormat(format or "xlsx"), actor(interaction), with_contacts=kontak
        )
        if len(export.content) > interaction.filesize_limit:
            raise DomainError("Berkasnya terlalu besar untuk Discord. Ekspor sebagian dulu, misalnya per platform.")
        file = discord.File(io.BytesIO(export.content), export.filename)
        await answer(interaction, views.exported(export), files=[file])

    async def _files(self, report: ImportReport, message: Message) -> list[discord.File]:
        files = await pictures_of(self.bot, message)
        rejected = await self.bot.services.imports.rejected_sheet(report)
        if rejected:
            files.append(discord.File(io.BytesIO(rejected), "baris-ditolak.xlsx"))
        return files


@asynccontextmanager
async def _saying(interaction: Interaction, text: str) -> AsyncGenerator[None]:
    """The pressed message says so meanwhile. Its buttons stay, should the process end before it is done."""
    await interaction.response.edit_message(content=text)
    try:
        yield
    except BaseException:
        await interaction.edit_original_response(content=None)
        raise
