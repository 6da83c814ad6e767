"""/tawaran saya, and the buttons by which a creator answers. The service checks whose offer it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.offers.models import OfferAct
from bot.server.models import Access
from cogs import offer_forms as forms
from cogs import offer_views as views
from cogs.offer_group import tawaran
from cogs.ui.answers import Interaction, actor, answer, redraw
from cogs.ui.confirming import confirm
from cogs.ui.forms import Answers, FormSpec
from cogs.ui.paging import Page, show_list
from cogs.ui.routing import AreaCog, allow, choose, custom_id, form, press

EVERYONE = Access.EVERYONE
MINE = "offer.mine"


async def _build_decline(cog: OfferCreators, interaction: Interaction, offer_id: int, version: int) -> FormSpec:
    await cog.bot.services.offer_answers.check(interaction.user.id, offer_id, OfferAct.DECLINE, version)
    return forms.decline_form()


async def _build_counter(cog: OfferCreators, interaction: Interaction, offer_id: int, version: int) -> FormSpec:
    answers = cog.bot.services.offer_answers
    return forms.counter_form(await answers.check(interaction.user.id, offer_id, OfferAct.COUNTER, version))


class OfferCreators(AreaCog):
    """The creators' half of /tawaran."""

    @tawaran.command(name="saya", description="Tawaran kerja sama untukmu, dan cara menjawabnya")
    @allow(EVERYONE)
    async def own(self, interaction: Interaction) -> None:
        """My offers."""
        await show_list(interaction, MINE, {"member": interaction.user.id})

    @press("offer:mine", access=EVERYONE)
    async def own_by_button(self, interaction: Interaction) -> None:
        """Tawaranku."""
        await show_list(interaction, MINE, {"member": interaction.user.id})

    @press("offer:see:{offer_id}", access=EVERYONE)
    async def see(self, interaction: Interaction, offer_id: int) -> None:
        """Lihat tawaran, from the DM."""
        await self._show_own(interaction, offer_id)

    @choose("offer:choose", access=EVERYONE)
    async def see_chosen(self, interaction: Interaction, values: list[str]) -> None:
        """One of the list."""
        await self._show_own(interaction, int(values[0]))

    @press("offer:accept:{offer_id}:{version}", access=EVERYONE)
    async def accept(self, interaction: Interaction, offer_id: int, version: int) -> None:
        """Terima: ask once."""
        answers = self.bot.services.offer_answers
        offer = await answers.check(interaction.user.id, offer_id, OfferAct.ACCEPT, version)
        yes = custom_id("offer:accept-yes", offer_id, version)
        await confirm(interaction, views.accept_question(offer), yes, "Ya, terima tawaran")

    @press("offer:accept-yes:{offer_id}:{version}", access=EVERYONE)
    async def accept_now(self, interaction: Interaction, offer_id: int, version: int) -> None:
        """The yes."""
        answers = self.bot.services.offer_answers
        await answers.accept(actor(interaction), offer_id, version)
        await self._redraw_own(interaction, offer_id, "**Tawaran kamu terima.** Selamat bekerja sama!")

    @press("offer:decline:{offer_id}:{version}", access=EVERYONE)
    async def decline(self, interaction: Interaction, offer_id: int, version: int) -> None:
        """Tolak: ask why."""
        await self.bot.router.open_form(interaction, custom_id("offer:decline", offer_id, version))

    @form("offer:decline:{offer_id}:{version}", access=EVERYONE, build=_build_decline)
    async def declined(self, interaction: Interaction, answers: Answers, offer_id: int, version: int) -> None:
        """The no."""
        kind, detail = answers.choice("kind"), answers.text("detail")
        await self.bot.services.offer_answers.decline(actor(interaction), offer_id, version, kind, detail)
        await self._show_own(interaction, offer_id, "**Tawaran kamu tolak.** Makasih sudah menjawab.")

    @press("offer:counter:{offer_id}:{version}", access=EVERYONE)
    async def counter(self, interaction: Interaction, offer_id: int, version: int) -> None:
        """Ajukan perubahan."""
        await self.bot.router.open_form(interaction, custom_id("offer:counter", offer_id, version))

    @form("offer:counter:{offer_id}:{version}", access=EVERYONE, build=_build_counter)
    async def countered(self, interaction: Interaction, answers: Answers, offer_id: int, version: int) -> None:
        """What instead."""
        asked = forms.counter_of(answers)
        await self.bot.services.offer_answers.counter(actor(interaction), offer_id, version, asked)
        await self._show_own(interaction, offer_id, "**Usulanmu terkirim.** Jawaban tim kami kirim ke DM.")

    async def _show_own(self, interaction: Interaction, offer_id: int, note: str = "") -> None:
        detail = await self.bot.services.offer_answers.see(interaction.user.id, offer_id)
        await answer(interaction, views.to_creator(detail, self.bot.services.clock.timestamp(), note))

    async def _redraw_own(self, interaction: Interaction, offer_id: int, note: str) -> None:
        """In place of the question."""
        detail = await self.bot.services.offer_answers.see(interaction.user.id, offer_id)
        await redraw(interaction, views.to_creator(detail, self.bot.services.clock.timestamp(), note))

    async def own_page(self, query: Mapping[str, Any], number: int) -> Page:
        """A page of one's own offers."""
        services = self.bot.services
        found, total = await services.offer_answers.mine(
            query["member"], limit=views.PER_PAGE, offset=(number - 1) * views.PER_PAGE
        )
        message = views.mine(found, total, services.clock.timestamp())
        return Page(message, number, max(1, -(-total // views.PER_PAGE)))
