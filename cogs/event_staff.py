"""/acara-admin: write, announce, change, call off, see who comes and note who was there."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands

from bot.events.models import Event, EventKind, EventState
from bot.server.models import Access, ChannelKey
from cogs import event_forms as forms
from cogs import event_views as views
from cogs.campaigns import pages
from cogs.event_group import acara_admin, event_choices
from cogs.ui.answers import Interaction, actor, answer, hold, redraw, think
from cogs.ui.confirming import confirm
from cogs.ui.forms import Answers, FormSpec
from cogs.ui.paging import Page, show_list
from cogs.ui.pictures import pictures_of
from cogs.ui.routing import AreaCog, allow, choose, custom_id, form, press

PER_PAGE = 8
GUESTS_PER_PAGE = 25
KOL = Access.KOL
COMMENTS_PER_PAGE = 10
UNENDED = (EventState.DRAFT, EventState.OPEN)
HELD = (EventState.OPEN, EventState.ENDED)
_KINDS = list(EventKind)


async def _build_new(cog: EventStaff, interaction: Interaction, kind: int, seats: int) -> FormSpec:
    return forms.new_form()


async def _build_details(cog: EventStaff, interaction: Interaction, event_id: int) -> FormSpec:
    return forms.details_form(await cog.bot.services.events.editable(event_id))


async def _build_time(cog: EventStaff, interaction: Interaction, event_id: int) -> FormSpec:
    return forms.time_form(await cog.bot.services.events.editable(event_id))


class EventStaff(AreaCog):
    """The staff's half of events."""

    @acara_admin.command(name="buat", description="Tulis acara baru, lalu periksa pratinjaunya sebelum diumumkan")
    @app_commands.describe(jenis="Jenis acara", kuota="Paling banyak berapa orang; kosongkan kalau tanpa batas")
    @app_commands.choices(
        jenis=[app_commands.Choice(name=kind.indonesian, value=number) for number, kind in enumerate(_KINDS)]
    )
    @allow(KOL)
    async def create(
        self,
        interaction: Interaction,
        jenis: app_commands.Choice[int],
        kuota: app_commands.Range[int, 1, 1000] | None = None,
    ) -> None:
        """The form."""
        await self.bot.router.open_form(interaction, custom_id("event:new", jenis.value, kuota or 0))

    @acara_admin.command(name="daftar", description="Semua acara: draf, dibuka, selesai, dibatalkan")
    @allow(KOL)
    async def list_for_staff(self, interaction: Interaction) -> None:
        """Every event, with its panel."""
        await show_list(interaction, "event.staff", {})

    @acara_admin.command(name="masukan", description="Nilai dan pesan dari peserta yang hadir")
    @app_commands.describe(judul="Ketik sebagian judul, lalu pilih")
    @allow(KOL)
    async def feedback_command(self, interaction: Interaction, judul: str) -> None:
        """What people thought."""
        found = await self.bot.services.events.chosen(judul, HELD)
        await show_list(interaction, "event.feedback", {"event": found.id})

    @acara_admin.command(name="ekspor", description="Unduh daftar peserta dan kehadiran sebagai lembar Excel")
    @app_commands.describe(judul="Ketik sebagian judul, lalu pilih")
    @allow(KOL)
    async def export_command(self, interaction: Interaction, judul: str) -> None:
        """Who comes and who was there."""
        await self._export(interaction, (await self.bot.services.events.chosen(judul, list(EventState))).id)

    @acara_admin.command(name="peserta", description="Siapa yang ikut dan siapa yang menunggu; catat kehadiran")
    @app_commands.describe(judul="Ketik sebagian judul, lalu pilih")
    @allow(KOL)
    async def guests_command(self, interaction: Interaction, judul: str) -> None:
        """Who comes."""
        found = await self.bot.services.events.chosen(judul, list(EventState))
        await show_list(interaction, "event.guests", {"event": found.id})

    @acara_admin.command(name="batal", description="Batalkan acara; semua peserta dikabari")
    @app_commands.describe(judul="Ketik sebagian judul, lalu pilih")
    @allow(KOL)
    async def cancel_command(self, interaction: Interaction, judul: str) -> None:
        """Ask once."""
        await self._ask_to_cancel(interaction, await self.bot.services.events.chosen(judul, UNENDED))

    @guests_command.autocomplete("judul")
    @cancel_command.autocomplete("judul")
    @feedback_command.autocomplete("judul")
    @export_command.autocomplete("judul")
    async def _titles(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        command = interaction.command.name if interaction.command is not None else ""
        states = {"batal": UNENDED, "masukan": HELD}.get(command, tuple(EventState))
        return await event_choices(interaction, KOL, current, states)

    @choose("event:manage", access=KOL)
    async def manage(self, interaction: Interaction, values: list[str]) -> None:
        """One event of the staff list."""
        await self._show(interaction, await self.bot.services.events.get(int(values[0])))

    @form("event:new:{kind}:{seats}", access=KOL, build=_build_new)
    async def created(self, interaction: Interaction, answers: Answers, kind: int, seats: int) -> None:
        """The draft."""
        events = self.bot.services.events
        created = await events.create(actor(interaction), _KINDS[kind], seats or None, forms.new_of(answers))
        await self._show(interaction, created)

    @press("event:details:{event_id}", access=KOL)
    async def write_details(self, interaction: Interaction, event_id: int) -> None:
        """Open the form about everything but the time."""
        await self.bot.router.open_form(interaction, custom_id("event:details", event_id))

    @form("event:details:{event_id}", access=KOL, build=_build_details)
    async def details_written(self, interaction: Interaction, answers: Answers, event_id: int) -> None:
        """Everything but the time."""
        events = self.bot.services.events
        await self._reshow(
            interaction, await events.change_details(actor(interaction), event_id, forms.details_of(answers))
        )

    @press("event:time:{event_id}", access=KOL)
    async def write_time(self, interaction: Interaction, event_id: int) -> None:
        """Open the form about the time."""
        await self.bot.router.open_form(interaction, custom_id("event:time", event_id))

    @form("event:time:{event_id}", access=KOL, build=_build_time)
    async def time_written(self, interaction: Interaction, answers: Answers, event_id: int) -> None:
        """When it is."""
        starts, lasts = answers.text("starts"), answers.text("lasts")
        changed = await self.bot.services.events.change_time(actor(interaction), event_id, starts, lasts)
        await self._reshow(interaction, changed)

    @press("event:open:{event_id}:{revision}", access=KOL)
    async def open_event(self, interaction: Interaction, event_id: int, revision: int) -> None:
        """Announce it, once."""
        opened = await self.bot.services.events.open(actor(interaction), event_id, revision)
        await redraw(interaction, views.opened(opened))

    @press("event:cancel:{event_id}", access=KOL)
    async def cancel(self, interaction: Interaction, event_id: int) -> None:
        """Ask once."""
        await self._ask_to_cancel(interaction, await self.bot.services.events.get(event_id))

    @press("event:cancel-yes:{event_id}", access=KOL)
    async def cancel_now(self, interaction: Interaction, event_id: int) -> None:
        """The yes."""
        await hold(interaction)
        cancelled = await self.bot.services.events.cancel(actor(interaction), event_id)
        await redraw(interaction, f"Acara **{cancelled.title}** dibatalkan. Semua peserta dikabari.")

    @press("event:guests:{event_id}", access=KOL)
    async def guests(self, interaction: Interaction, event_id: int) -> None:
        """Peserta & kehadiran."""
        await show_list(interaction, "event.guests", {"event": event_id})

    @choose("event:attended:{event_id}", access=KOL)
    async def note_attendance(self, interaction: Interaction, values: list[str], event_id: int) -> None:
        """Catat hadir."""
        members = [int(value) for value in values]
        noted = await self.bot.services.event_guests.note_attendance(actor(interaction), event_id, members)
        await answer(interaction, f"{len(noted)} peserta dicatat hadir. Lihat lagi dengan /acara-admin peserta.")

    @choose("event:unattended:{event_id}", access=KOL)
    async def undo_attendance(self, interaction: Interaction, values: list[str], event_id: int) -> None:
        """Hapus catatan hadir: ask once, their stars go with it."""
        member_id = int(values[0])
        question = f"Hapus catatan hadir <@{member_id}>? Nilai, pesan, dan sertifikatnya ikut hilang."
        yes = custom_id("event:unattended-yes", event_id, member_id)
        await confirm(interaction, question, yes, "Ya, hapus catatan hadir")

    @press("event:unattended-yes:{event_id}:{member_id}", access=KOL)
    async def undo_attendance_now(self, interaction: Interaction, event_id: int, member_id: int) -> None:
        """The yes."""
        undone = await self.bot.services.event_guests.undo_attendance(actor(interaction), event_id, [member_id])
        told = "dihapus" if undone else "memang tidak ada"
        again = "Keliru? Catat lagi lewat /acara-admin peserta."
        await redraw(interaction, f"Catatan hadir <@{member_id}> {told}. {again}")

    @press("event:feedback:{event_id}", access=KOL)
    async def feedback(self, interaction: Interaction, event_id: int) -> None:
        """Masukan."""
        await show_list(interaction, "event.feedback", {"event": event_id})

    @press("event:export:{event_id}", access=KOL)
    async def export(self, interaction: Interaction, event_id: int) -> None:
        """Ekspor."""
        await self._export(interaction, event_id)

    async def _export(self, interaction: Interaction, event_id: int) -> None:
        await think(interaction)
        found, sheet = await self.bot.services.event_guests.sheet(actor(interaction), event_id)
        file = discord.File(io.BytesIO(sheet), f"peserta-acara-{found.id}.xlsx")
        told = f"Peserta **{found.title}**. Isinya data pribadi: simpan seperlunya, jangan dibagikan."
        await answer(interaction, told, files=[file])

    async def _ask_to_cancel(self, interaction: Interaction, found: Event) -> None:
        count = await self.bot.services.events.count(found.id)
        told = f" {count.going + count.waiting} orang akan dikabari." if count.going + count.waiting else ""
        question = f"Batalkan **{found.title}**?{told} Tidak bisa dibuka lagi."
        await confirm(interaction, question, custom_id("event:cancel-yes", found.id), "Ya, batalkan acara")

    async def _panel(self, found: Event) -> views.Message:
        count = await self.bot.services.events.count(found.id)
        return views.panel(found, count, self.bot.services.server.places.channel(ChannelKey.EVENTS))

    async def _show(self, interaction: Interaction, found: Event) -> None:
        await think(interaction)
        message = await self._panel(found)
        await answer(interaction, message, files=await pictures_of(self.bot, message))

    async def _reshow(self, interaction: Interaction, found: Event) -> None:
        """In place of the panel whose button was pressed, so that one panel stays."""
        await hold(interaction)
        message = await self._panel(found)
        await redraw(interaction, message, files=await pictures_of(self.bot, message))

    async def staff_page(self, query: Mapping[str, Any], number: int) -> Page:
        """A page of every event."""
        events = self.bot.services.events
        found, total = await events.listed(list(EventState), limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
        counted = [(one, await events.count(one.id)) for one in found]
        return Page(views.event_list(counted, total, to_staff=True), number, pages(total, PER_PAGE))

    async def feedback_page(self, query: Mapping[str, Any], number: int) -> Page:
        """What people thought of one event: figures, and a page of what they wrote."""
        offset = (number - 1) * COMMENTS_PER_PAGE
        guests = self.bot.services.event_guests
        found, told, comments = await guests.feedback(query["event"], limit=COMMENTS_PER_PAGE, offset=offset)
        return Page(views.feedback(found, told, comments), number, pages(told.comments, COMMENTS_PER_PAGE))

    async def guests_page(self, query: Mapping[str, Any], number: int) -> Page:
        """A page of who comes to one event."""
        events = self.bot.services.events
        found, count = await events.get(query["event"]), await events.count(query["event"])
        rsvps = await events.participants(found.id, limit=GUESTS_PER_PAGE, offset=(number - 1) * GUESTS_PER_PAGE)
        total = pages(count.going + count.waiting, GUESTS_PER_PAGE)
        return Page(views.guests(found, count, rsvps), number, total)
