"""/acara for everybody: what is coming, say yes or take it back, be there, say what you thought, certificate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from discord import app_commands

from bot.events import messages
from bot.server.models import Access
from cogs import event_forms as forms
from cogs import event_views as views
from cogs.campaigns import pages
from cogs.event_group import PUBLIC, acara
from cogs.ui.answers import Interaction, actor, answer, think
from cogs.ui.forms import Answers, FormSpec
from cogs.ui.paging import Page, show_list
from cogs.ui.pictures import pictures_of
from cogs.ui.routing import AreaCog, allow, choose, custom_id, form, press

PER_PAGE = 8
EVERYONE = Access.EVERYONE


async def _build_comment(cog: EventMembers, interaction: Interaction, event_id: int, stars: int) -> FormSpec:
    return forms.comment_form(stars)


class EventMembers(AreaCog):
    """Everybody's half of /acara."""

    @acara.command(name="daftar", description="Acara yang akan datang dan yang sudah selesai")
    @allow(EVERYONE)
    async def list_all(self, interaction: Interaction) -> None:
        """What is coming."""
        await show_list(interaction, "event.public", {})

    @acara.command(name="saya", description="Acara yang kamu ikuti, dan sertifikatmu")
    @allow(EVERYONE)
    async def own(self, interaction: Interaction) -> None:
        """What somebody said yes to."""
        await answer(interaction, views.own(await self.bot.services.event_guests.mine(interaction.user.id)))

    @acara.command(name="hadir", description="Catat kehadiranmu dengan kode yang ditampilkan di acara")
    @app_commands.describe(kode="Kode yang ditampilkan tim di acara")
    @allow(EVERYONE)
    async def attend(self, interaction: Interaction, kode: app_commands.Range[str, 1, 20]) -> None:
        """Somebody is there."""
        event = await self.bot.services.event_guests.attend_by_code(actor(interaction), kode)
        await answer(
            interaction, f"Kehadiranmu di **{event.title}** tercatat. Sertifikatmu siap setelah acara selesai."
        )

    @choose("event:show", access=EVERYONE)
    async def show(self, interaction: Interaction, values: list[str]) -> None:
        """One event of the list."""
        found = await self.bot.services.events.public(int(values[0]))
        await answer(interaction, views.shown(found, await self.bot.services.events.count(found.id)))

    @press("event:join:{event_id}", access=EVERYONE)
    async def join(self, interaction: Interaction, event_id: int) -> None:
        """Ikut."""
        guests = self.bot.services.event_guests
        event, rsvp, fresh = await guests.join(actor(interaction), interaction.user.display_name, event_id)
        await answer(interaction, views.joined(event, rsvp, await guests.ahead_of(rsvp), fresh=fresh))

    @press("event:leave:{event_id}", access=EVERYONE)
    async def leave(self, interaction: Interaction, event_id: int) -> None:
        """Batal ikut."""
        event = await self.bot.services.event_guests.leave(actor(interaction), event_id)
        await answer(interaction, f"Kamu batal ikut **{event.title}**. Berubah pikiran? Tekan Ikut lagi.")

    @press("event:link:{event_id}", access=EVERYONE)
    async def link(self, interaction: Interaction, event_id: int) -> None:
        """Tautan acara."""
        event, link = await self.bot.services.event_guests.link(interaction.user.id, event_id)
        await answer(interaction, f"Tautan **{event.title}**, khusus peserta, jangan dibagikan:\n{link}")

    @press("event:rate:{event_id}:{stars}", access=EVERYONE)
    async def rate(self, interaction: Interaction, event_id: int, stars: int) -> None:
        """Some stars: ask for words."""
        await self.bot.router.open_form(interaction, custom_id("event:rate", event_id, stars))

    @form("event:rate:{event_id}:{stars}", access=EVERYONE, build=_build_comment)
    async def rated(self, interaction: Interaction, answers: Answers, event_id: int, stars: int) -> None:
        """Stars and words."""
        guests = self.bot.services.event_guests
        event = await guests.rate(actor(interaction), event_id, stars, answers.text("comment"))
        await answer(interaction, f"Makasih! Nilaimu untuk **{event.title}**: {stars} dari 5.")

    @press("event:certificate:{event_id}", access=EVERYONE)
    async def certificate(self, interaction: Interaction, event_id: int) -> None:
        """Sertifikat."""
        await self._certificate(interaction, event_id)

    @choose("event:certificates", access=EVERYONE)
    async def certificates(self, interaction: Interaction, values: list[str]) -> None:
        """Sertifikat, from /acara saya."""
        await self._certificate(interaction, int(values[0]))

    async def _certificate(self, interaction: Interaction, event_id: int) -> None:
        event, rsvp = await self.bot.services.event_guests.attended(interaction.user.id, event_id)
        await think(interaction)
        message = messages.certificate(event, rsvp)
        await answer(interaction, message, files=await pictures_of(self.bot, message))

    async def public_page(self, query: Mapping[str, Any], number: int) -> Page:
        """A page of what was announced."""
        events = self.bot.services.events
        found, total = await events.listed(PUBLIC, limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
        counted = [(one, await events.count(one.id)) for one in found]
        return Page(views.event_list(counted, total, to_staff=False), number, pages(total, PER_PAGE))
