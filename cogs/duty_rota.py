"""/piket for whoever sets the rota: who is on duty on which days, and who stands in when nobody is."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.duty.models import Deputy
from bot.duty.reading import DAY_CHOICES, read_hours
from bot.server.models import Access
from cogs import duty_views as views
from cogs.duty_group import colleague, piket
from cogs.ui.answers import Interaction, actor, answer, redraw
from cogs.ui.routing import AreaCog, allow, choose, press

IT = Access.IT

atur = app_commands.Group(name="atur", description="Susun jadwal mingguan (IT dan admin)", parent=piket)


class DutyRotaCommands(AreaCog):
    """The weekly rota and the deputies."""

    @atur.command(name="tambah", description="Tambah giliran mingguan untuk seseorang (IT dan admin)")
    @app_commands.describe(
        orang="Anggota dengan role IT Support",
        hari="Hari mulainya giliran",
        mulai="Jam mulai, WIB, misalnya 09.00",
        selesai="Jam selesai, WIB; lebih awal dari jam mulai berarti besok paginya, misalnya 22.00 sampai 06.00",
    )
    @app_commands.choices(
        hari=[app_commands.Choice(name=name, value=number) for number, (name, _) in enumerate(DAY_CHOICES)]
    )
    @allow(IT)
    async def add(
        self,
        interaction: Interaction,
        orang: discord.User,
        hari: app_commands.Choice[int],
        mulai: app_commands.Range[str, 1, 20],
        selesai: app_commands.Range[str, 1, 20],
    ) -> None:
        """A turn each week on some days."""
        member, (_, weekdays), hours = (
            colleague(interaction, orang),
            DAY_CHOICES[hari.value],
            read_hours(mulai, selesai),
        )
        rota = self.bot.services.duty_rota
        await rota.add(actor(interaction), member.id, member.display_name, weekdays, hours)
        await answer(interaction, views.added(member.display_name, weekdays, hours))

    @atur.command(name="hapus", description="Hapus giliran mingguan seseorang (IT dan admin)")
    @app_commands.describe(orang="Giliran siapa yang dihapus")
    @allow(IT)
    async def remove(self, interaction: Interaction, orang: discord.User) -> None:
        """Which of them."""
        await answer(interaction, views.to_remove(orang.id, await self.bot.services.duty.shifts(orang.id)))

    @choose("duty:remove", access=IT)
    async def removed(self, interaction: Interaction, values: list[str]) -> None:
        """Those."""
        removed = await self.bot.services.duty_rota.remove(actor(interaction), [int(value) for value in values])
        await redraw(interaction, views.removed(removed))

    @piket.command(name="cadangan", description="Siapa yang dipanggil kalau tidak ada yang piket (IT dan admin)")
    @app_commands.describe(
        pertama="Kosongkan semuanya untuk melihat daftar yang sekarang",
        kedua="Dipanggil kalau yang pertama izin",
        ketiga="Dipanggil kalau yang kedua juga izin",
    )
    @allow(IT)
    async def deputies(
        self,
        interaction: Interaction,
        pertama: discord.User | None = None,
        kedua: discord.User | None = None,
        ketiga: discord.User | None = None,
    ) -> None:
        """Show the order, or set it."""
        chosen = [colleague(interaction, user) for user in (pertama, kedua, ketiga) if user is not None]
        if not chosen:
            await answer(interaction, views.deputies(await self.bot.services.duty.deputies()))
            return
        named = [Deputy(member.id, member.display_name) for member in chosen]
        await answer(
            interaction, views.deputies(await self.bot.services.duty_rota.set_deputies(actor(interaction), named))
        )

    @press("duty:deputies-clear", access=IT)
    async def clear_deputies(self, interaction: Interaction) -> None:
        """Nobody stands in: all of IT is called."""
        await redraw(
            interaction, views.deputies(await self.bot.services.duty_rota.set_deputies(actor(interaction), []))
        )
