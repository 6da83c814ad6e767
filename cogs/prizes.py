"""/hadiah: winners claim what they won. /hadiah-admin: staff see it through until it is paid."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.private_forms.rules import address_problem
from bot.prizes.models import PayoutState
from bot.server.models import Access
from cogs import prize_views as views
from cogs.prize_forms import CANCEL_FORM, PAY_FORM, extension_form
from cogs.ui.answers import Interaction, actor, answer, think
from cogs.ui.forms import Answers, FormSpec
from cogs.ui.paging import Page, show_list
from cogs.ui.routing import AreaCog, allow, choose, custom_id, form, press
from cogs.ui.uploads import read_image

_STATES = [app_commands.Choice(name=state.indonesian, value=state.value) for state in PayoutState]


class PrizesCog(AreaCog):
    """Both sides of prizes."""

    hadiah = app_commands.Group(name="hadiah", description="Hadiah yang kamu menangkan dari giveaway dan kuis")
    hadiah_admin = app_commands.Group(
        name="hadiah-admin",
        description="Hadiah semua pemenang dan pembayarannya (staf)",
        default_permissions=discord.Permissions(manage_events=True),
    )

    def __init__(self, bot: Any) -> None:
        super().__init__(bot)
        bot.lists["prize.mine"] = (Access.EVERYONE, self._my_page)
        bot.lists["prize.all"] = (Access.STAFF, self._staff_page)

    @hadiah.command(name="saya", description="Hadiah yang kamu menangkan dan cara mengambilnya")
    @allow(Access.EVERYONE)
    async def mine(self, interaction: Interaction) -> None:
        """My prizes."""
        await show_list(interaction, "prize.mine", {"member": interaction.user.id})

    @hadiah_admin.command(name="daftar", description="Semua hadiah dan pembayarannya")
    @app_commands.describe(status="Tampilkan yang berstatus ini saja")
    @app_commands.choices(status=_STATES)
    @allow(Access.STAFF)
    async def list_all(self, interaction: Interaction, status: str | None = None) -> None:
        """Everything staff have to see through."""
        await show_list(interaction, "prize.all", {"state": status})

    @press("prize:mine", access=Access.EVERYONE)
    async def my_prizes(self, interaction: Interaction) -> None:
        """My prizes from a button."""
        await show_list(interaction, "prize.mine", {"member": interaction.user.id})

    @press("prize:listed", access=Access.STAFF)
    async def listed(self, interaction: Interaction) -> None:
        """All prizes from a button."""
        await show_list(interaction, "prize.all", {"state": None})

    @press("prize:to-pay", access=Access.STAFF)
    async def to_pay(self, interaction: Interaction) -> None:
        """What waits for finance, from a button."""
        await show_list(interaction, "prize.all", {"state": PayoutState.CLAIMED.value})

    @press("prize:claim:{payout_id}", access=Access.EVERYONE)
    async def claim(self, interaction: Interaction, payout_id: int) -> None:
        """ "Ambil hadiah": the link to the private form, for its winner only."""
        payout, link = await self.bot.services.prizes.claim_link(actor(interaction), payout_id)
        await answer(interaction, views.claim(payout, link))

    @choose("prize:choose", access=Access.EVERYONE)
    async def choose_mine(self, interaction: Interaction, values: list[str]) -> None:
        """The same from the list of one's own prizes."""
        payout, link = await self.bot.services.prizes.claim_link(actor(interaction), int(values[0]))
        await answer(interaction, views.claim(payout, link))

    @choose("prize:open", access=Access.STAFF)
    async def open(self, interaction: Interaction, values: list[str]) -> None:
        """One pay-out of the list."""
        await answer(interaction, views.detail(await self.bot.services.payout_desk.detail(int(values[0]))))

    @press("prize:number:{payout_id}", access=Access.FINANCE)
    async def number(self, interaction: Interaction, payout_id: int) -> None:
        """The way to the whole number, outside Discord."""
        payout, link = await self.bot.services.payout_desk.number_link(actor(interaction), payout_id)
        await answer(interaction, views.number(payout, link))

    async def _pay_form(self, interaction: Interaction, payout_id: int, version: int) -> FormSpec:
        await self.bot.services.payout_desk.check_payable(actor(interaction), payout_id, version)
        return PAY_FORM

    @press("prize:pay:{payout_id}:{version}", access=Access.FINANCE)
    async def pay(self, interaction: Interaction, payout_id: int, version: int) -> None:
        """Ask for the proof."""
        await self.bot.router.open_form(interaction, custom_id("prize:pay", payout_id, version))

    @form("prize:pay:{payout_id}:{version}", access=Access.FINANCE, build=_pay_form)
    async def paid(self, interaction: Interaction, answers: Answers, payout_id: int, version: int) -> None:
        """The proof came: recorded, and the winner told."""
        await think(interaction)
        limit = self.bot.settings.upload_limit_mb
        pictures = [await read_image(upload, limit) for upload in answers.files("picture")[:1]]
        desk = self.bot.services.payout_desk
        await desk.pay(
            actor(interaction), payout_id, version, answers.text("reference"), pictures[0] if pictures else None
        )
        await answer(interaction, views.detail(await desk.detail(payout_id), "**Tercatat.** Pemenang sedang dikabari."))

    @press("prize:proof:{payout_id}", access=Access.FINANCE)
    async def proof(self, interaction: Interaction, payout_id: int) -> None:
        """What was kept of the payment, for this member of staff only."""
        await think(interaction)
        proof = await self.bot.services.payout_desk.proof(actor(interaction), payout_id)
        files = []
        if proof.picture is not None:
            description = f"Bukti pembayaran hadiah {payout_id}"
            content = io.BytesIO(proof.picture.content)
            files.append(discord.File(content, proof.picture.filename, description=description))
        await answer(interaction, views.proof_text(payout_id, proof), files=files)

    async def _extension_form(self, interaction: Interaction, payout_id: int, version: int) -> FormSpec:
        return extension_form((await self.bot.services.payout_desk.check_extendable(payout_id, version)).claim_until)

    @press("prize:extend:{payout_id}:{version}", access=Access.STAFF)
    async def extend(self, interaction: Interaction, payout_id: int, version: int) -> None:
        """Ask until when, and why."""
        await self.bot.router.open_form(interaction, custom_id("prize:extend", payout_id, version))

    @form("prize:extend:{payout_id}:{version}", access=Access.STAFF, build=_extension_form)
    async def extended(self, interaction: Interaction, answers: Answers, payout_id: int, version: int) -> None:
        """The new deadline came: kept, and the winner told."""
        desk = self.bot.services.payout_desk
        await desk.extend(actor(interaction), payout_id, version, answers.text("until"), answers.text("reason"))
        await answer(interaction, views.detail(await desk.detail(payout_id), "**Diperpanjang.** Pemenang dikabari."))

    async def _cancel_form(self, interaction: Interaction, payout_id: int, version: int) -> FormSpec:
        await self.bot.services.payout_desk.check_cancellable(payout_id, version)
        return CANCEL_FORM

    @press("prize:cancel:{payout_id}:{version}", access=Access.STAFF)
    async def cancel(self, interaction: Interaction, payout_id: int, version: int) -> None:
        """Ask for the reason."""
        await self.bot.router.open_form(interaction, custom_id("prize:cancel", payout_id, version))

    @form("prize:cancel:{payout_id}:{version}", access=Access.STAFF, build=_cancel_form)
    async def cancelled(self, interaction: Interaction, answers: Answers, payout_id: int, version: int) -> None:
        """The reason came: taken back, and the winner told."""
        desk = self.bot.services.payout_desk
        await desk.cancel(actor(interaction), payout_id, version, answers.text("reason"))
        await answer(interaction, views.detail(await desk.detail(payout_id), "**Dibatalkan.** Pemenang dikabari."))

    async def _my_page(self, query: Mapping[str, Any], number: int) -> Page:
        services = self.bot.services
        found, total = await services.prizes.of_member(
            query["member"], limit=views.PER_PAGE, offset=(number - 1) * views.PER_PAGE
        )
        message = views.mine(found, total, services.clock.timestamp(), paused=services.prizes.paused)
        return Page(message, number, max(1, -(-total // views.PER_PAGE)))

    async def _staff_page(self, query: Mapping[str, Any], number: int) -> Page:
        services = self.bot.services
        state = PayoutState(query["state"]) if query["state"] else None
        found, totals = await services.payout_desk.page(
            state, limit=views.PER_PAGE, offset=(number - 1) * views.PER_PAGE
        )
        problem = address_problem(services.private_forms.address)
        shown = views.listing(found, totals, state, problem)
        return Page(shown, number, max(1, -(-totals.number // views.PER_PAGE)))


async def setup(bot: commands.Bot) -> None:
    """Called by discord.py."""
    await bot.add_cog(PrizesCog(bot))
