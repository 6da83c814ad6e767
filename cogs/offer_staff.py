"""/tawaran daftar, and what staff do with one offer. Every answer is ephemeral: it names the fee."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from discord import app_commands

from bot.offers.models import OfferAct, OfferState
from bot.platform.deadlines import write_deadline
from bot.server.models import Access
from cogs import offer_forms as forms
from cogs import offer_staff_views as views
from cogs.offer_group import tawaran
from cogs.offer_views import PER_PAGE
from cogs.shortlist_group import shortlist_choices
from cogs.ui.answers import Interaction, actor, answer, redraw
from cogs.ui.confirming import confirm
from cogs.ui.forms import Answers, FormSpec
from cogs.ui.paging import Page, show_list
from cogs.ui.routing import AreaCog, allow, choose, custom_id, form, press

KOL = Access.KOL
ALL = "offer.all"
_SHOWN = tuple(state for state in OfferState if state is not OfferState.DISCARDED)
_STATES = [app_commands.Choice(name=state.indonesian, value=state.value) for state in _SHOWN]


async def _build_new(cog: OfferStaff, interaction: Interaction, shortlist_id: int, creator_id: int) -> FormSpec:
    return forms.offer_form(await cog.bot.services.offers.beginning(shortlist_id, creator_id), "Tawaran baru")


async def _build_edit(cog: OfferStaff, interaction: Interaction, offer_id: int, version: int) -> FormSpec:
    offer = await cog.bot.services.offers.draft_of(offer_id, version)
    return forms.offer_form(forms.form_of(offer, write_deadline(offer.terms.reply_by)), "Ubah tawaran")


async def _build_refuse(cog: OfferStaff, interaction: Interaction, offer_id: int, version: int) -> FormSpec:
    await cog.bot.services.offers.check(offer_id, OfferAct.REFUSE_COUNTER, version)
    said = "Tawaran semula tetap berlaku, paling sedikit sehari lagi."
    return forms.reason_form("Tolak usulan", "Pesan untuk kreator", said)


async def _build_withdraw(cog: OfferStaff, interaction: Interaction, offer_id: int, version: int) -> FormSpec:
    await cog.bot.services.offers.check(offer_id, OfferAct.WITHDRAW, version)
    return forms.reason_form("Tarik tawaran", "Alasan", "Kreator ikut membacanya.")


async def _build_note(cog: OfferStaff, interaction: Interaction, offer_id: int, version: int) -> FormSpec:
    return forms.hand_form(await cog.bot.services.offers.check(offer_id, OfferAct.WITHDRAW, version))


class OfferStaff(AreaCog):
    """The team's half of /tawaran."""

    @tawaran.command(name="daftar", description="Semua tawaran dan jawabannya (Tim KOL)")
    @app_commands.describe(status="Tampilkan yang berstatus ini saja", shortlist="Judul shortlist-nya")
    @app_commands.choices(status=_STATES)
    @app_commands.autocomplete(shortlist=shortlist_choices)
    @allow(KOL)
    async def list_all(self, interaction: Interaction, status: str | None = None, shortlist: str | None = None) -> None:
        """Everything that was offered."""
        chosen = await self.bot.services.shortlists.chosen(shortlist) if shortlist else None
        await show_list(interaction, ALL, {"state": status, "shortlist": chosen.id if chosen else None})

    @press("offer:open:{offer_id}", access=KOL)
    async def open(self, interaction: Interaction, offer_id: int) -> None:
        """Lihat tawaran, from a note to staff."""
        await self._show(interaction, offer_id)

    @choose("offer:pick", access=KOL)
    async def pick(self, interaction: Interaction, values: list[str]) -> None:
        """One of the list."""
        await self._show(interaction, int(values[0]))

    @press("offer:new:{shortlist_id}:{creator_id}", access=KOL)
    async def begin(self, interaction: Interaction, shortlist_id: int, creator_id: int) -> None:
        """Buat tawaran."""
        await self.bot.router.open_form(interaction, custom_id("offer:new", shortlist_id, creator_id))

    @form("offer:new:{shortlist_id}:{creator_id}", access=KOL, build=_build_new)
    async def begun(self, interaction: Interaction, answers: Answers, shortlist_id: int, creator_id: int) -> None:
        """The draft, to be looked at before it goes out."""
        typed = forms.offer_of(answers)
        offer = await self.bot.services.offers.draft(actor(interaction), shortlist_id, creator_id, typed)
        await self._show(interaction, offer.id)

    @press("offer:edit:{offer_id}:{version}", access=KOL)
    async def edit(self, interaction: Interaction, offer_id: int, version: int) -> None:
        """Ubah."""
        await self.bot.router.open_form(interaction, custom_id("offer:edit", offer_id, version))

    @form("offer:edit:{offer_id}:{version}", access=KOL, build=_build_edit)
    async def edited(self, interaction: Interaction, answers: Answers, offer_id: int, version: int) -> None:
        """The draft anew."""
        await self.bot.services.offers.change(actor(interaction), offer_id, version, forms.offer_of(answers))
        await self._redraw(interaction, offer_id)

    @press("offer:send:{offer_id}:{version}", access=KOL)
    async def send(self, interaction: Interaction, offer_id: int, version: int) -> None:
        """Kirim tawaran, once."""
        sent = await self.bot.services.offers.send(actor(interaction), offer_id, version)
        told = "Kreator dikabari lewat DM." if sent.member_id else "Kreator ini tanpa Discord: salin teksnya."
        await self._redraw(interaction, offer_id, f"**Terkirim.** {told}")

    @press("offer:discard:{offer_id}:{version}", access=KOL)
    async def discard(self, interaction: Interaction, offer_id: int, version: int) -> None:
        """Buang draf."""
        await self.bot.services.offers.discard(actor(interaction), offer_id, version)
        await redraw(interaction, "Draf tawaran dibuang. Tidak ada yang dikirim.")

    @press("offer:letter:{offer_id}", access=KOL)
    async def letter(self, interaction: Interaction, offer_id: int) -> None:
        """Salin teks tawaran."""
        await answer(interaction, views.letter(await self.bot.services.offers.detail(offer_id)))

    @press("offer:take:{offer_id}:{version}", access=KOL)
    async def take(self, interaction: Interaction, offer_id: int, version: int) -> None:
        """Setujui usulan: ask once."""
        offer = await self.bot.services.offers.check(offer_id, OfferAct.TAKE_COUNTER, version)
        yes = custom_id("offer:take-yes", offer_id, version)
        await confirm(interaction, views.take_question(offer), yes, "Ya, setujui usulan")

    @press("offer:take-yes:{offer_id}:{version}", access=KOL)
    async def take_now(self, interaction: Interaction, offer_id: int, version: int) -> None:
        """The yes."""
        await self.bot.services.offers.take_counter(actor(interaction), offer_id, version)
        await self._redraw(interaction, offer_id, "**Usulan disetujui.** Kreator dikabari.")

    @press("offer:refuse:{offer_id}:{version}", access=KOL)
    async def refuse(self, interaction: Interaction, offer_id: int, version: int) -> None:
        """Tolak usulan: ask for a word to the creator."""
        await self.bot.router.open_form(interaction, custom_id("offer:refuse", offer_id, version))

    @form("offer:refuse:{offer_id}:{version}", access=KOL, build=_build_refuse)
    async def refused(self, interaction: Interaction, answers: Answers, offer_id: int, version: int) -> None:
        """The no; the offer stands as it was."""
        said = answers.text("reason")
        await self.bot.services.offers.refuse_counter(actor(interaction), offer_id, version, said)
        await self._redraw(interaction, offer_id, "**Usulan ditolak.** Tawaran semula berlaku lagi.")

    @press("offer:withdraw:{offer_id}:{version}", access=KOL)
    async def withdraw(self, interaction: Interaction, offer_id: int, version: int) -> None:
        """Tarik tawaran: ask why."""
        await self.bot.router.open_form(interaction, custom_id("offer:withdraw", offer_id, version))

    @form("offer:withdraw:{offer_id}:{version}", access=KOL, build=_build_withdraw)
    async def withdrawn(self, interaction: Interaction, answers: Answers, offer_id: int, version: int) -> None:
        """Taken back."""
        await self.bot.services.offers.withdraw(actor(interaction), offer_id, version, answers.text("reason"))
        await self._redraw(interaction, offer_id, "**Tawaran ditarik.**")

    @press("offer:note:{offer_id}:{version}", access=KOL)
    async def note(self, interaction: Interaction, offer_id: int, version: int) -> None:
        """Catat jawaban."""
        await self.bot.router.open_form(interaction, custom_id("offer:note", offer_id, version))

    @form("offer:note:{offer_id}:{version}", access=KOL, build=_build_note)
    async def noted(self, interaction: Interaction, answers: Answers, offer_id: int, version: int) -> None:
        """What the creator answered elsewhere."""
        typed = forms.hand_of(answers)
        await self.bot.services.offer_answers.note(actor(interaction), offer_id, version, typed)
        await self._redraw(interaction, offer_id, "**Jawaban kreator tercatat.**")

    async def _show(self, interaction: Interaction, offer_id: int, note: str = "") -> None:
        detail = await self.bot.services.offers.detail(offer_id)
        await answer(interaction, views.to_staff(detail, self.bot.services.clock.timestamp(), note))

    async def _redraw(self, interaction: Interaction, offer_id: int, note: str = "") -> None:
        """In place of the offer whose button was pressed, so that one stays."""
        detail = await self.bot.services.offers.detail(offer_id)
        await redraw(interaction, views.to_staff(detail, self.bot.services.clock.timestamp(), note))

    async def staff_page(self, query: Mapping[str, Any], number: int) -> Page:
        """A page of every offer."""
        services = self.bot.services
        states = [OfferState(query["state"])] if query["state"] else list(_SHOWN)
        found, counts = await services.offers.listed(
            states, query["shortlist"], limit=PER_PAGE, offset=(number - 1) * PER_PAGE
        )
        heading = ""
        if query["shortlist"]:
            heading = f": {(await services.shortlists.get(query['shortlist'])).title}"
        total = sum(counts.values())
        return Page(views.listing(found, counts, heading), number, max(1, -(-total // PER_PAGE)))
