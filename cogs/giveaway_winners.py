"""/giveaway-admin after the draw: draw again with a reason, give winners more time to claim."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from discord import app_commands

from bot.giveaways.models import Giveaway, GiveawayState
from bot.giveaways.rules import check_drawn
from bot.platform.errors import DomainError
from bot.prizes.models import PrizeSource
from bot.server.models import Access
from cogs import giveaway_forms as forms
from cogs import giveaway_views as views
from cogs.campaigns import pages
from cogs.giveaway_group import giveaway_admin, giveaway_choices
from cogs.prize_forms import extension_form
from cogs.ui.answers import Interaction, actor, answer
from cogs.ui.forms import Answers, FormSpec
from cogs.ui.paging import Page, show_list
from cogs.ui.routing import AreaCog, allow, choose, custom_id, form, press

KOL = Access.KOL
ENDED = (GiveawayState.ENDED,)
# A select holds no more.
WINNERS_PER_PAGE = 25


async def _build_redraw(cog: GiveawayWinners, interaction: Interaction, giveaway_id: int, member_id: int) -> FormSpec:
    return forms.redraw_form()


async def _build_extension(cog: GiveawayWinners, interaction: Interaction, giveaway_id: int) -> FormSpec:
    return extension_form(await cog.bot.services.payout_desk.latest_deadline(PrizeSource.GIVEAWAY, giveaway_id))


class GiveawayWinners(AreaCog):
    """The staff's side after the draw."""

    @giveaway_admin.command(name="undi-ulang", description="Ganti seorang pemenang, dengan alasan yang diumumkan")
    @app_commands.describe(judul="Ketik sebagian judul, lalu pilih")
    @allow(KOL)
    async def redraw_command(self, interaction: Interaction, judul: str) -> None:
        """Choose the winner."""
        await self._offer_redraw(interaction, await self.bot.services.giveaways.chosen(judul, ENDED, check_drawn))

    @giveaway_admin.command(name="perpanjang", description="Perpanjang batas ambil hadiah, dengan alasan")
    @app_commands.describe(judul="Ketik sebagian judul, lalu pilih")
    @allow(KOL)
    async def extend_command(self, interaction: Interaction, judul: str) -> None:
        """The new deadline and why."""
        found = await self.bot.services.giveaways.chosen(judul, ENDED, check_drawn)
        await self.bot.router.open_form(interaction, custom_id("giveaway:extend", found.id))

    @redraw_command.autocomplete("judul")
    @extend_command.autocomplete("judul")
    async def _ended_titles(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        return await giveaway_choices(interaction, KOL, current, ENDED)

    @press("giveaway:redraws:{giveaway_id}", access=KOL)
    async def redraws(self, interaction: Interaction, giveaway_id: int) -> None:
        """Choose the winner."""
        await self._offer_redraw(interaction, await self.bot.services.giveaways.get(giveaway_id))

    @choose("giveaway:redraw:{giveaway_id}", access=KOL)
    async def ask_reason(self, interaction: Interaction, values: list[str], giveaway_id: int) -> None:
        """The reason comes next."""
        await self.bot.router.open_form(interaction, custom_id("giveaway:redraw", giveaway_id, int(values[0])))

    @form("giveaway:redraw:{giveaway_id}:{member_id}", access=KOL, build=_build_redraw)
    async def redrawn(self, interaction: Interaction, answers: Answers, giveaway_id: int, member_id: int) -> None:
        """The reason came back."""
        draws = self.bot.services.giveaway_draws
        pick = await draws.redraw(actor(interaction), giveaway_id, member_id, answers.text("reason"))
        await answer(interaction, views.redrawn(pick))

    @press("giveaway:extend:{giveaway_id}", access=KOL)
    async def extend(self, interaction: Interaction, giveaway_id: int) -> None:
        """The new deadline and why, from the panel."""
        await self.bot.router.open_form(interaction, custom_id("giveaway:extend", giveaway_id))

    @form("giveaway:extend:{giveaway_id}", access=KOL, build=_build_extension)
    async def extended(self, interaction: Interaction, answers: Answers, giveaway_id: int) -> None:
        """The new deadline came back: kept, and every winner told who has not claimed yet."""
        desk = self.bot.services.payout_desk
        found = await desk.extend_all(
            actor(interaction), PrizeSource.GIVEAWAY, giveaway_id, answers.text("until"), answers.text("reason")
        )
        await answer(interaction, views.extended(found))

    async def _offer_redraw(self, interaction: Interaction, found: Giveaway) -> None:
        if not await self.bot.services.giveaway_draws.winners(found.id):
            raise DomainError(f"**{found.title}** tidak punya pemenang yang bisa diganti.")
        await show_list(interaction, "giveaway.redraw", {"giveaway": found.id})

    async def redraw_page(self, query: Mapping[str, Any], number: int) -> Page:
        """A page of winners to choose from."""
        services = self.bot.services
        found = await services.giveaways.get(query["giveaway"])
        winners = await services.giveaway_draws.winners(found.id)
        total = pages(len(winners), WINNERS_PER_PAGE)
        # Others may have redrawn since the list was opened.
        number = min(number, total)
        shown = winners[(number - 1) * WINNERS_PER_PAGE : number * WINNERS_PER_PAGE]
        return Page(views.choose_redraw(found, shown, len(winners)), number, total)
