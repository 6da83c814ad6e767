"""/giveaway-admin up to the draw: write, open, end, call off. What comes after is in `giveaway_winners`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands

from bot.giveaways.models import Giveaway, GiveawayState
from bot.giveaways.rules import check_cancelling, check_ending
from bot.platform.errors import FormRefused
from bot.platform.text import quote
from bot.private_forms.rules import address_problem
from bot.server.models import Access, ChannelKey
from cogs import giveaway_forms as forms
from cogs import giveaway_views as views
from cogs.campaigns import pages
from cogs.giveaway_group import giveaway_admin, giveaway_choices
from cogs.ui.answers import Interaction, actor, answer, hold, redraw, think
from cogs.ui.confirming import confirm
from cogs.ui.forms import Answers, FormSpec
from cogs.ui.paging import Page, show_list
from cogs.ui.pictures import pictures_of
from cogs.ui.routing import AreaCog, allow, choose, custom_id, form, press

PER_PAGE = 8
KOL = Access.KOL
OPEN = (GiveawayState.OPEN,)
UNENDED = (GiveawayState.DRAFT, GiveawayState.SCHEDULED, GiveawayState.OPEN)
_STATES = {"akhiri": OPEN, "batal": UNENDED}


async def _build_new(cog: GiveawayStaff, interaction: Interaction) -> FormSpec:
    return forms.basics_form(None)


async def _build_basics(cog: GiveawayStaff, interaction: Interaction, giveaway_id: int) -> FormSpec:
    return forms.basics_form(await cog.bot.services.giveaways.editable(giveaway_id))


async def _build_wanted(cog: GiveawayStaff, interaction: Interaction, giveaway_id: int) -> FormSpec:
    found = await cog.bot.services.giveaways.editable(giveaway_id)
    return forms.requirements_form(found, _still_there(interaction.guild, found.spec.requirements.role_id))


async def _build_legal(cog: GiveawayStaff, interaction: Interaction, giveaway_id: int) -> FormSpec:
    return forms.legal_form(await cog.bot.services.giveaways.editable(giveaway_id))


def _still_there(guild: discord.Guild | None, role_id: int | None) -> int | None:
    """The role, unless it was deleted meanwhile: Discord opens no form that names one it does not have."""
    return role_id if guild and role_id and guild.get_role(role_id) else None


def _check_role(guild: discord.Guild | None, chosen: str | None) -> None:
    """Raise unless members can hold the role."""
    role = guild.get_role(int(chosen)) if guild and chosen else None
    if role is not None and role.is_bot_managed():
        raise FormRefused([f"Role {quote(role.name)} milik bot, jadi tidak bisa dipunyai anggota. Pilih role lain."])


class GiveawayStaff(AreaCog):
    """The staff's side until the draw."""

    @giveaway_admin.command(name="buat", description="Tulis giveaway baru; drafnya tersimpan di setiap langkah")
    @allow(KOL)
    async def create(self, interaction: Interaction) -> None:
        """The first form."""
        await self.bot.router.open_form(interaction, custom_id("giveaway:new"))

    @giveaway_admin.command(name="akhiri", description="Akhiri giveaway sekarang dan undi pemenangnya")
    @app_commands.describe(judul="Ketik sebagian judul, lalu pilih")
    @allow(KOL)
    async def end_command(self, interaction: Interaction, judul: str) -> None:
        """Ask once."""
        await self._ask_to_end(interaction, await self.bot.services.giveaways.chosen(judul, OPEN, check_ending))

    @giveaway_admin.command(name="batal", description="Batalkan giveaway tanpa undian")
    @app_commands.describe(judul="Ketik sebagian judul, lalu pilih")
    @allow(KOL)
    async def cancel_command(self, interaction: Interaction, judul: str) -> None:
        """Ask once."""
        found = await self.bot.services.giveaways.chosen(judul, UNENDED, check_cancelling)
        await self._ask_to_cancel(interaction, found)

    @giveaway_admin.command(name="daftar", description="Semua giveaway: draf, terjadwal, dibuka, selesai, dibatalkan")
    @allow(KOL)
    async def list_all(self, interaction: Interaction) -> None:
        """Every giveaway; each opens its panel."""
        await show_list(interaction, "giveaway.staff", {})

    @end_command.autocomplete("judul")
    @cancel_command.autocomplete("judul")
    async def _staff_titles(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        states = _STATES[interaction.command.name] if interaction.command else ()
        return await giveaway_choices(interaction, KOL, current, states)

    @choose("giveaway:manage", access=KOL)
    async def manage(self, interaction: Interaction, values: list[str]) -> None:
        """One giveaway of the staff list."""
        await self._show(interaction, await self.bot.services.giveaways.get(int(values[0])))

    @form("giveaway:new", access=KOL, build=_build_new)
    async def created(self, interaction: Interaction, answers: Answers) -> None:
        """Step 1 is a draft in the store."""
        created = await self.bot.services.giveaways.create(actor(interaction), forms.basics_of(answers))
        await self._show(interaction, created)

    @press("giveaway:basics:{giveaway_id}", access=KOL)
    async def write_basics(self, interaction: Interaction, giveaway_id: int) -> None:
        """Open the first form again."""
        await self.bot.router.open_form(interaction, custom_id("giveaway:basics", giveaway_id))

    @form("giveaway:basics:{giveaway_id}", access=KOL, build=_build_basics)
    async def basics_written(self, interaction: Interaction, answers: Answers, giveaway_id: int) -> None:
        """Title, prize, winners, end."""
        giveaways = self.bot.services.giveaways
        filled = forms.basics_of(answers)
        await self._reshow(interaction, await giveaways.change_basics(actor(interaction), giveaway_id, filled))

    @press("giveaway:wanted:{giveaway_id}", access=KOL)
    async def write_wanted(self, interaction: Interaction, giveaway_id: int) -> None:
        """Open the form about who may join."""
        await self.bot.router.open_form(interaction, custom_id("giveaway:wanted", giveaway_id))

    @form("giveaway:wanted:{giveaway_id}", access=KOL, build=_build_wanted)
    async def wanted_written(self, interaction: Interaction, answers: Answers, giveaway_id: int) -> None:
        """Who may join."""
        giveaways = self.bot.services.giveaways
        _check_role(interaction.guild, answers.choice("role"))
        filled = forms.requirements_of(answers, everyone=self.bot.settings.guild_id)
        await self._reshow(interaction, await giveaways.change_requirements(actor(interaction), giveaway_id, filled))

    @press("giveaway:legal:{giveaway_id}", access=KOL)
    async def write_legal(self, interaction: Interaction, giveaway_id: int) -> None:
        """Open the form about draw or contest."""
        await self.bot.router.open_form(interaction, custom_id("giveaway:legal", giveaway_id))

    @form("giveaway:legal:{giveaway_id}", access=KOL, build=_build_legal)
    async def legal_written(self, interaction: Interaction, answers: Answers, giveaway_id: int) -> None:
        """Draw or contest, permit, days to claim."""
        giveaways = self.bot.services.giveaways
        filled = forms.legal_of(answers)
        await self._reshow(interaction, await giveaways.choose_legal(actor(interaction), giveaway_id, filled))

    @press("giveaway:open:{giveaway_id}:{revision}", access=KOL)
    async def open_giveaway(self, interaction: Interaction, giveaway_id: int, revision: int) -> None:
        """Post it, once."""
        opened = await self.bot.services.giveaways.open(actor(interaction), giveaway_id, revision)
        await redraw(interaction, views.opened(opened, self._problem()))

    @press("giveaway:end:{giveaway_id}", access=KOL)
    async def end(self, interaction: Interaction, giveaway_id: int) -> None:
        """Ask once."""
        await self._ask_to_end(interaction, await self.bot.services.giveaways.get(giveaway_id))

    @press("giveaway:end-yes:{giveaway_id}", access=KOL)
    async def end_now(self, interaction: Interaction, giveaway_id: int) -> None:
        """The yes. A draw over very many entries takes a moment, so this answers later."""
        await hold(interaction)
        ended = await self.bot.services.giveaways.end(actor(interaction), giveaway_id)
        await redraw(interaction, views.ended(ended, await self.bot.services.giveaway_draws.winners(giveaway_id)))

    @press("giveaway:cancel:{giveaway_id}", access=KOL)
    async def cancel(self, interaction: Interaction, giveaway_id: int) -> None:
        """Ask once."""
        await self._ask_to_cancel(interaction, await self.bot.services.giveaways.get(giveaway_id))

    @press("giveaway:cancel-yes:{giveaway_id}", access=KOL)
    async def cancel_now(self, interaction: Interaction, giveaway_id: int) -> None:
        """The yes."""
        cancelled = await self.bot.services.giveaways.cancel(actor(interaction), giveaway_id)
        joined = await self.bot.services.giveaway_entries.count(giveaway_id)
        await redraw(interaction, views.cancelled(cancelled, joined))

    async def _ask_to_end(self, interaction: Interaction, found: Giveaway) -> None:
        question = views.ending_question(found, await self.bot.services.giveaway_entries.count(found.id))
        await confirm(interaction, question, custom_id("giveaway:end-yes", found.id), "Ya, akhiri & undi")

    async def _ask_to_cancel(self, interaction: Interaction, found: Giveaway) -> None:
        question = f"Batalkan **{found.title}**? Tidak ada undian, dan tidak bisa dibuka lagi."
        await confirm(interaction, question, custom_id("giveaway:cancel-yes", found.id), "Ya, batalkan giveaway")

    async def _panel(self, found: Giveaway) -> views.Message:
        count = await self.bot.services.giveaway_entries.count(found.id)
        where = self.bot.services.server.places.channel(ChannelKey.GIVEAWAYS)
        return views.panel(found, count, where, self._problem())

    def _problem(self) -> str:
        """Why winners could not claim, as things stand."""
        services = self.bot.services
        return address_problem(services.private_forms.address) if services.prizes.paused else ""

    async def _show(self, interaction: Interaction, found: Giveaway) -> None:
        await think(interaction)
        message = await self._panel(found)
        await answer(interaction, message, files=await pictures_of(self.bot, message))

    async def _reshow(self, interaction: Interaction, found: Giveaway) -> None:
        """In place of the panel whose button was pressed, so that one panel stays."""
        await hold(interaction)
        message = await self._panel(found)
        await redraw(interaction, message, files=await pictures_of(self.bot, message))

    async def staff_page(self, query: Mapping[str, Any], number: int) -> Page:
        """A page of every giveaway."""
        services = self.bot.services
        found, total = await services.giveaways.listed(
            list(GiveawayState), limit=PER_PAGE, offset=(number - 1) * PER_PAGE
        )
        counted = [(one, await services.giveaway_entries.count(one.id)) for one in found]
        return Page(views.giveaway_list(counted, total, to_staff=True), number, pages(total, PER_PAGE))
