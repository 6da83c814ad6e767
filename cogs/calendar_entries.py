"""/kalender tambah, ubah, pindah, duplikat, ulangi: entries written by hand."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.content_calendar.models import Entry, EntryState, Media
from bot.content_calendar.reading import ActivityForm, NewForm, PlaceForm, TermsForm, TextsForm
from bot.content_calendar.recurring import Pattern
from bot.content_calendar.rules import (
    check_change,
    check_text_change,
    when,
)
from bot.content_calendar.service import OPEN
from bot.platform.errors import DomainError
from cogs import calendar_forms as forms
from cogs import calendar_views as views
from cogs.calendar_group import CHOOSE, KOL, channels_of, entry_choices, kalender
from cogs.ui.answers import Interaction, actor, answer, hold, redraw, think
from cogs.ui.forms import Answers, FormSpec, TextField
from cogs.ui.pictures import pictures_of
from cogs.ui.routing import AreaCog, allow, choose, custom_id, form, press
from cogs.ui.uploads import read_image

PATTERNS = [app_commands.Choice(name=one.label, value=one.value) for one in Pattern]


async def _build_new(cog: CalendarEntries, interaction: Interaction, channel_id: int) -> FormSpec:
    return forms.new_form()


async def _build_texts(cog: CalendarEntries, interaction: Interaction, entry_id: int) -> FormSpec:
    return forms.texts_form((await cog.correctable(entry_id)).content)


async def _build_activity(cog: CalendarEntries, interaction: Interaction, entry_id: int) -> FormSpec:
    return forms.activity_form((await cog.changeable(entry_id)).content)


async def _build_terms(cog: CalendarEntries, interaction: Interaction, entry_id: int) -> FormSpec:
    return forms.terms_form((await cog.changeable(entry_id)).content)


async def _build_place(cog: CalendarEntries, interaction: Interaction, entry_id: int) -> FormSpec:
    entry = await cog.changeable(entry_id)
    names = {number: name for name, number in channels_of(interaction).items()}
    return forms.place_form(entry, names.get(entry.content.channel_id or 0, ""))


async def _build_picture(cog: CalendarEntries, interaction: Interaction, entry_id: int) -> FormSpec:
    await cog.correctable(entry_id)
    return forms.picture_form()


async def _build_copy(cog: CalendarEntries, interaction: Interaction, entry_id: int) -> FormSpec:
    await cog.bot.services.calendar.get(entry_id)
    return FormSpec("Duplikat", (TextField("when", "Tanggal dan jam salinannya", forms.WHEN, "besok 19.00", 60),))


class CalendarEntries(AreaCog):
    """Entries by hand."""

    @kalender.command(name="tambah", description="Tulis entri baru; jadi draf dulu sampai kamu jadwalkan")
    @app_commands.describe(channel="Channel tempat tampil, untuk media Community")
    @allow(KOL)
    async def add(self, interaction: Interaction, channel: discord.TextChannel | None = None) -> None:
        """The first form."""
        await self.bot.router.open_form(interaction, custom_id("calendar:new", channel.id if channel else 0))

    @kalender.command(name="ubah", description="Lihat dan ubah satu entri")
    @app_commands.describe(entri=CHOOSE)
    @allow(KOL)
    async def change(self, interaction: Interaction, entri: str) -> None:
        """The panel of an entry."""
        await self.show(interaction, await self.bot.services.calendar.chosen(entri))

    @kalender.command(name="pindah", description="Pindahkan entri ke waktu atau channel lain")
    @app_commands.describe(entri=CHOOSE)
    @allow(KOL)
    async def move(self, interaction: Interaction, entri: str) -> None:
        """The form about time and place."""
        entry = await self.bot.services.calendar.chosen(entri)
        await self.bot.router.open_form(interaction, custom_id("calendar:place", entry.id))

    @kalender.command(name="duplikat", description="Salin entri ke waktu lain sebagai draf")
    @app_commands.describe(entri=CHOOSE, waktu="Misalnya 21/2 19.00")
    @allow(KOL)
    async def duplicate(self, interaction: Interaction, entri: str, waktu: str) -> None:
        """A copy."""
        entry = await self.bot.services.calendar.chosen(entri)
        copy = await self.bot.services.calendar_editing.duplicate(actor(interaction), entry.id, waktu)
        await self.show(interaction, copy)

    @kalender.command(name="ulangi", description="Ulangi entri tiap hari, minggu, dua minggu, atau bulan")
    @app_commands.describe(entri=CHOOSE, pola="Seberapa sering", sampai="Tanggal terakhir, misalnya 31/12/2026")
    @app_commands.choices(pola=PATTERNS)
    @allow(KOL)
    async def repeat(self, interaction: Interaction, entri: str, pola: str, sampai: str) -> None:
        """Let it come again."""
        entry = await self.bot.services.calendar.chosen(entri)
        pattern = Pattern(pola)
        entry, made = await self.bot.services.calendar_editing.repeat(actor(interaction), entry.id, pattern, sampai)
        told = f"diulang {pattern.label.lower()} sampai {sampai}; {made} ulangan pertama sudah terjadwal"
        await answer(interaction, views.changed(entry, told))

    @change.autocomplete("entri")
    @duplicate.autocomplete("entri")
    async def _any(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        return await entry_choices(interaction, current, tuple(EntryState))

    @move.autocomplete("entri")
    @repeat.autocomplete("entri")
    async def _open(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        return await entry_choices(interaction, current, OPEN)

    @form("calendar:new:{channel_id}", access=KOL, build=_build_new)
    async def created(self, interaction: Interaction, answers: Answers, channel_id: int) -> None:
        """A draft in the store."""
        filled = NewForm(
            answers.text("when"),
            answers.choice("media"),
            answers.choice("focus"),
            answers.text("headline"),
            answers.text("caption"),
        )
        community = filled.media in (None, Media.COMMUNITY.value)
        editing = self.bot.services.calendar_editing
        place = channel_id if channel_id and community else None
        await self.show(interaction, await editing.create(actor(interaction), filled, place))

    @choose("calendar:open", access=KOL)
    async def open_one(self, interaction: Interaction, values: list[str]) -> None:
        """One entry of a list."""
        await self.show(interaction, await self.bot.services.calendar.get(int(values[0])))

    @press("calendar:texts:{entry_id}", access=KOL)
    async def write_texts(self, interaction: Interaction, entry_id: int) -> None:
        """Open the form about texts."""
        await self.bot.router.open_form(interaction, custom_id("calendar:texts", entry_id))

    @form("calendar:texts:{entry_id}", access=KOL, build=_build_texts)
    async def texts_written(self, interaction: Interaction, answers: Answers, entry_id: int) -> None:
        """What it says."""
        fields = ("headline", "caption", "big_words", "directive", "reference")
        filled = TextsForm(*(answers.text(field) for field in fields))
        editing = self.bot.services.calendar_editing
        await self._reshow(interaction, await editing.change_texts(actor(interaction), entry_id, filled))

    @press("calendar:activity:{entry_id}", access=KOL)
    async def write_activity(self, interaction: Interaction, entry_id: int) -> None:
        """Open the form about quiz, giveaway and prize."""
        await self.bot.router.open_form(interaction, custom_id("calendar:activity", entry_id))

    @form("calendar:activity:{entry_id}", access=KOL, build=_build_activity)
    async def activity_written(self, interaction: Interaction, answers: Answers, entry_id: int) -> None:
        """What it starts."""
        filled = ActivityForm(
            answers.choice("kind"),
            answers.text("prize"),
            answers.text("questions"),
            answers.choice("way"),
            answers.choice("legal"),
        )
        editing = self.bot.services.calendar_editing
        await self._reshow(interaction, await editing.change_activity(actor(interaction), entry_id, filled))

    @press("calendar:terms:{entry_id}", access=KOL)
    async def write_terms(self, interaction: Interaction, entry_id: int) -> None:
        """Open the form about how long it is open."""
        await self.bot.router.open_form(interaction, custom_id("calendar:terms", entry_id))

    @form("calendar:terms:{entry_id}", access=KOL, build=_build_terms)
    async def terms_written(self, interaction: Interaction, answers: Answers, entry_id: int) -> None:
        """How long it is open, and its permit."""
        filled = TermsForm(answers.text("open_for"), answers.text("permit"))
        editing = self.bot.services.calendar_editing
        await self._reshow(interaction, await editing.change_terms(actor(interaction), entry_id, filled))

    @press("calendar:place:{entry_id}", access=KOL)
    async def write_place(self, interaction: Interaction, entry_id: int) -> None:
        """Open the form about time and place."""
        await self.bot.router.open_form(interaction, custom_id("calendar:place", entry_id))

    @form("calendar:place:{entry_id}", access=KOL, build=_build_place)
    async def place_written(self, interaction: Interaction, answers: Answers, entry_id: int) -> None:
        """When and where. Opened by a command or from any message, so this answers anew."""
        filled = PlaceForm(
            answers.text("when"),
            answers.text("channel"),
            answers.text("grace"),
            answers.choice("media"),
            answers.choice("focus"),
        )
        entry = await self.bot.services.calendar_editing.move(
            actor(interaction), entry_id, filled, channels_of(interaction)
        )
        verb = "tetap draf, waktunya" if entry.state is EntryState.DRAFT else "dijadwalkan"
        await answer(interaction, views.changed(entry, f"{verb} {when(entry)}"))

    @press("calendar:picture:{entry_id}", access=KOL)
    async def choose_picture(self, interaction: Interaction, entry_id: int) -> None:
        """Open the upload form."""
        await self.bot.router.open_form(interaction, custom_id("calendar:picture", entry_id))

    @form("calendar:picture:{entry_id}", access=KOL, build=_build_picture)
    async def picture_given(self, interaction: Interaction, answers: Answers, entry_id: int) -> None:
        """An uploaded picture."""
        await hold(interaction)
        uploads = answers.files("picture")
        if not uploads:
            raise DomainError("Gambarnya belum diunggah. Pilih satu gambar, ya.")
        image = await read_image(uploads[0], self.bot.settings.upload_limit_mb)
        editing = self.bot.services.calendar_editing
        entry = await editing.change_picture(actor(interaction), entry_id, (uploads[0].filename, image.data))
        await self._reshow(interaction, entry)

    @press("calendar:no-picture:{entry_id}", access=KOL)
    async def drop_picture(self, interaction: Interaction, entry_id: int) -> None:
        """Go on without the uploaded picture."""
        editing = self.bot.services.calendar_editing
        await self._reshow(interaction, await editing.change_picture(actor(interaction), entry_id, None))

    @press("calendar:copy:{entry_id}", access=KOL)
    async def ask_copy(self, interaction: Interaction, entry_id: int) -> None:
        """Ask when the copy is due."""
        await self.bot.router.open_form(interaction, custom_id("calendar:copy", entry_id))

    @form("calendar:copy:{entry_id}", access=KOL, build=_build_copy)
    async def copied(self, interaction: Interaction, answers: Answers, entry_id: int) -> None:
        """A copy as a draft."""
        editing = self.bot.services.calendar_editing
        await self.show(interaction, await editing.duplicate(actor(interaction), entry_id, answers.text("when")))

    @press("calendar:schedule:{entry_id}:{revision}", access=KOL)
    async def schedule(self, interaction: Interaction, entry_id: int, revision: int) -> None:
        """Let a draft appear at its time."""
        editing = self.bot.services.calendar_editing
        await self._reshow(interaction, await editing.schedule(actor(interaction), entry_id, revision))

    @press("calendar:panel:{entry_id}", access=KOL)
    async def open_panel(self, interaction: Interaction, entry_id: int) -> None:
        """The panel, from a note about the entry."""
        await self.show(interaction, await self.bot.services.calendar.get(entry_id))

    @press("calendar:shown:{entry_id}", access=KOL)
    async def show_exactly(self, interaction: Interaction, entry_id: int) -> None:
        """Exactly what will appear."""
        await think(interaction)
        calendar = self.bot.services.calendar
        entry = await calendar.get(entry_id)
        message = calendar.shown(entry.content, entry.due_at, entry)
        await answer(interaction, message, files=await pictures_of(self.bot, message))

    async def correctable(self, entry_id: int) -> Entry:
        """An entry whose words may still be changed. Raises DomainError."""
        entry = await self.bot.services.calendar.get(entry_id)
        check_text_change(entry)
        return entry

    async def changeable(self, entry_id: int) -> Entry:
        """An entry that may still be changed. Raises DomainError."""
        entry = await self.bot.services.calendar.get(entry_id)
        check_change(entry)
        return entry

    async def show(self, interaction: Interaction, entry: Entry) -> None:
        """The panel of an entry."""
        await think(interaction)
        message = views.panel(entry, self.bot.services.clock.timestamp())
        await answer(interaction, message, files=await pictures_of(self.bot, message))

    async def _reshow(self, interaction: Interaction, entry: Entry) -> None:
        """In place of the panel whose button was pressed."""
        await hold(interaction)
        message = views.panel(entry, self.bot.services.clock.timestamp())
        await redraw(interaction, message, files=await pictures_of(self.bot, message))
