"""/registrasi and the staff buttons: look through registrations, decide claims."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.onboarding import claim_wording as wording
from bot.onboarding.claims import BelongsToOther
from bot.onboarding.models import RegistrationState
from bot.server.models import Access
from cogs import registration_forms
from cogs.ui.answers import Interaction, actor, answer, redraw, think
from cogs.ui.confirming import confirm
from cogs.ui.forms import Answers, FormSpec
from cogs.ui.paging import Page, show_list
from cogs.ui.routing import AreaCog, allow, custom_id, form, press

_LIST = "registrations"
_STATES = [app_commands.Choice(name=state.indonesian, value=state.value) for state in RegistrationState]


class RegistrationReviewCog(AreaCog):
    """The KOL team's side."""

    registrasi = app_commands.Group(
        name="registrasi",
        description="Registrasi kreator dan klaim akun (Tim KOL)",
        default_permissions=discord.Permissions(manage_events=True),
    )

    async def cog_load(self) -> None:
        """Called by discord.py."""
        await super().cog_load()
        self.bot.lists[_LIST] = (Access.KOL, self._draw)

    @registrasi.command(name="daftar", description="Klaim yang menunggu dan registrasi terbaru")
    @app_commands.describe(status="Tampilkan yang berstatus ini saja")
    @app_commands.choices(status=_STATES)
    @allow(Access.KOL)
    async def show(self, interaction: Interaction, status: str | None = None) -> None:
        """Open claims first, then the latest."""
        await show_list(interaction, _LIST, {"status": status})

    @registrasi.command(name="lihat", description="Buka satu registrasi, lengkap dengan tombol keputusannya")
    @app_commands.describe(nomor="Nomor registrasi, ada di /registrasi daftar")
    @allow(Access.KOL)
    async def open(self, interaction: Interaction, nomor: app_commands.Range[int, 1]) -> None:
        """One registration, also when its message in the staff channel is gone."""
        await answer(interaction, await self.bot.services.claims.view(nomor))

    @press("registration:view:{registration_id}", access=Access.KOL)
    async def view(self, interaction: Interaction, registration_id: int) -> None:
        """The same, from a button."""
        await answer(interaction, await self.bot.services.claims.view(registration_id))

    @press("registration:approve:{registration_id}", access=Access.KOL)
    async def approve(self, interaction: Interaction, registration_id: int) -> None:
        """Give the account to the claimant; one that is another member's is moved only after a second look."""
        outcome = await self.bot.services.claims.approve(actor(interaction), registration_id)
        if isinstance(outcome, BelongsToOther):
            question = wording.transfer_question(outcome.registration, outcome.owner_id)
            await confirm(interaction, question, custom_id("registration:move", registration_id), "Ya, pindahkan")
        else:
            await answer(interaction, wording.decided(outcome))

    @press("registration:move:{registration_id}", access=Access.KOL)
    async def move(self, interaction: Interaction, registration_id: int) -> None:
        """The second look was taken."""
        outcome = await self.bot.services.claims.approve(actor(interaction), registration_id, move=True)
        assert not isinstance(outcome, BelongsToOther)
        await redraw(interaction, wording.decided(outcome))

    async def _reason_form(self, interaction: Interaction, registration_id: int) -> FormSpec:
        await self.bot.services.claims.check_decidable(actor(interaction), registration_id)
        return registration_forms.reason()

    @press("registration:refuse:{registration_id}", access=Access.KOL)
    async def refuse(self, interaction: Interaction, registration_id: int) -> None:
        """Ask for the reason."""
        await self.bot.router.open_form(interaction, custom_id("registration:reject", registration_id))

    @form("registration:reject:{registration_id}", access=Access.KOL, build=_reason_form)
    async def reject(self, interaction: Interaction, answers: Answers, registration_id: int) -> None:
        """Refuse with the reason."""
        refused = await self.bot.services.claims.reject(actor(interaction), registration_id, answers.text("reason"))
        await answer(interaction, wording.decided(refused))

    @press("registration:see_proof:{registration_id}", access=Access.KOL)
    async def see_proof(self, interaction: Interaction, registration_id: int) -> None:
        """The proof, for this member of staff only; the look is recorded."""
        await self._show_screenshot(interaction, registration_id, proof=True)

    @press("registration:see_insight:{registration_id}", access=Access.KOL)
    async def see_insight(self, interaction: Interaction, registration_id: int) -> None:
        """The insight screenshot, likewise."""
        await self._show_screenshot(interaction, registration_id, proof=False)

    async def _show_screenshot(self, interaction: Interaction, registration_id: int, *, proof: bool) -> None:
        await think(interaction)
        shot = await self.bot.services.claims.screenshot(actor(interaction), registration_id, proof=proof)
        extension = "jpg" if shot.content.startswith(b"\xff\xd8") else "png"
        what = "Bukti kepemilikan" if proof else "Screenshot insight"
        file = discord.File(
            io.BytesIO(shot.content),
            f"{shot.filename}-{registration_id}.{extension}",
            description=f"{what} untuk registrasi nomor {registration_id}",
        )
        await answer(interaction, f"{what}, registrasi nomor {registration_id}.", files=[file])

    async def _draw(self, query: Mapping[str, Any], number: int) -> Page:
        state = RegistrationState(query["status"]) if query["status"] else None
        found, total = await self.bot.services.claims.page(state, number, wording.PAGE)
        return Page(wording.listing(found, total, state), number, max(1, -(-total // wording.PAGE)))


async def setup(bot: commands.Bot) -> None:
    """Called by discord.py."""
    await bot.add_cog(RegistrationReviewCog(bot))
