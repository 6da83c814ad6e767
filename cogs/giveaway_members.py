"""/giveaway for everybody: join, leave, my code, what is running, and checking a draw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands

from bot.giveaways.models import Entrant
from bot.platform.errors import NotAllowed
from bot.server.models import Access
from cogs import giveaway_views as views
from cogs.campaigns import pages
from cogs.giveaway_group import PUBLIC, giveaway, giveaway_choices
from cogs.ui.answers import Interaction, actor, answer, redraw, think
from cogs.ui.paging import Page, show_list
from cogs.ui.pictures import pictures_of
from cogs.ui.routing import AreaCog, allow, choose, press

PER_PAGE = 8
EVERYONE = Access.EVERYONE


class GiveawayMembers(AreaCog):
    """Everybody's half of /giveaway."""

    @giveaway.command(name="daftar", description="Giveaway yang sedang dibuka dan yang sudah diundi")
    @allow(EVERYONE)
    async def list_public(self, interaction: Interaction) -> None:
        """What is running and what was drawn."""
        await show_list(interaction, "giveaway.public", {})

    @giveaway.command(name="lihat", description="Hadiah, syarat, dan tombol ikut satu giveaway")
    @app_commands.describe(judul="Ketik sebagian judul, lalu pilih")
    @allow(EVERYONE)
    async def show_command(self, interaction: Interaction, judul: str) -> None:
        """One giveaway."""
        await self._show_to_member(interaction, (await self.bot.services.giveaways.chosen(judul, PUBLIC)).id)

    @giveaway.command(
        name="verifikasi", description="Periksa undian: komitmen, seed, aturan, dan hitung ulang pemenangnya"
    )
    @app_commands.describe(judul="Ketik sebagian judul, lalu pilih")
    @allow(EVERYONE)
    async def verify_command(self, interaction: Interaction, judul: str) -> None:
        """The check of one draw."""
        await self._verify(interaction, (await self.bot.services.giveaways.chosen(judul, PUBLIC)).id)

    @show_command.autocomplete("judul")
    @verify_command.autocomplete("judul")
    async def _titles(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        return await giveaway_choices(interaction, EVERYONE, current, PUBLIC)

    @choose("giveaway:show", access=EVERYONE)
    async def show(self, interaction: Interaction, values: list[str]) -> None:
        """One giveaway of the list."""
        await self._show_to_member(interaction, int(values[0]))

    @press("giveaway:join:{giveaway_id}", access=EVERYONE)
    async def join(self, interaction: Interaction, giveaway_id: int) -> None:
        """Ikut."""
        joined = await self.bot.services.giveaway_entries.join(_entrant(interaction), giveaway_id)
        await answer(interaction, views.joined(joined))

    @press("giveaway:followed:{giveaway_id}", access=EVERYONE)
    async def followed(self, interaction: Interaction, giveaway_id: int) -> None:
        """Sudah follow: the declaration is the entry."""
        joined = await self.bot.services.giveaway_entries.join(_entrant(interaction), giveaway_id, followed=True)
        await redraw(interaction, views.joined(joined))

    @press("giveaway:leave:{giveaway_id}", access=EVERYONE)
    async def leave(self, interaction: Interaction, giveaway_id: int) -> None:
        """Keluar."""
        left = await self.bot.services.giveaway_entries.leave(actor(interaction), giveaway_id)
        await answer(interaction, f"Kamu keluar dari **{left.title}**. Berubah pikiran? Tekan Ikut lagi.")

    @press("giveaway:code:{giveaway_id}", access=EVERYONE)
    async def code(self, interaction: Interaction, giveaway_id: int) -> None:
        """Kode undianku."""
        found, entry = await self.bot.services.giveaway_entries.mine(interaction.user.id, giveaway_id)
        await answer(interaction, views.own_code(found, entry))

    @press("giveaway:verify:{giveaway_id}", access=EVERYONE)
    async def verify(self, interaction: Interaction, giveaway_id: int) -> None:
        """Periksa undian."""
        await self._verify(interaction, giveaway_id)

    async def _show_to_member(self, interaction: Interaction, giveaway_id: int) -> None:
        services = self.bot.services
        found = await services.giveaways.public(giveaway_id)
        await answer(interaction, views.shown(found, await services.giveaway_entries.count(found.id)))

    async def _verify(self, interaction: Interaction, giveaway_id: int) -> None:
        await think(interaction)
        found = await self.bot.services.giveaway_draws.verification(giveaway_id, interaction.user.id)
        message = views.verification(found, self.bot.settings.guild_id)
        await answer(interaction, message, files=await pictures_of(self.bot, message))

    async def public_page(self, query: Mapping[str, Any], number: int) -> Page:
        """A page of what was posted."""
        services = self.bot.services
        found, total = await services.giveaways.listed(PUBLIC, limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
        counted = [(one, await services.giveaway_entries.count(one.id)) for one in found]
        return Page(views.giveaway_list(counted, total, to_staff=False), number, pages(total, PER_PAGE))


def _entrant(interaction: Interaction) -> Entrant:
    member = interaction.user
    if not isinstance(member, discord.Member):
        raise NotAllowed("Ikut giveaway lewat tombol di server, ya: syaratnya diperiksa di sana.")
    return Entrant(
        member_id=member.id,
        name=member.display_name,
        role_ids=frozenset(role.id for role in member.roles),
        in_server_since=int(member.joined_at.timestamp()) if member.joined_at else None,
    )
