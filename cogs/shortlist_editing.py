"""What staff do with a shortlist: pin, add, drop, put in order, note, weigh."""

from __future__ import annotations

from typing import Any

from discord import app_commands

from bot.shortlists.marking import NOTE_LENGTH, REASON_LENGTH
from bot.shortlists.models import Entry
from bot.shortlists.weighing import write_weights
from cogs import shortlist_views as views
from cogs.kol_search import creator_choices
from cogs.shortlist_group import KOL, SHORTLIST, shortlist, shortlist_choices
from cogs.ui.answers import Interaction, actor, answer, redraw, think
from cogs.ui.forms import Answers, FormSpec, TextField
from cogs.ui.paging import show_list
from cogs.ui.routing import AreaCog, allow, custom_id, form, press


async def _build_dropping(cog: Any, interaction: Interaction, shortlist_id: int, creator_id: int) -> FormSpec:
    reason = TextField(
        "reason", "Kenapa dikeluarkan?", placeholder="Misalnya: baru bekerja untuk pesaing", max_length=REASON_LENGTH
    )
    return FormSpec("Keluarkan dari shortlist", (reason,))


async def _build_moving(cog: Any, interaction: Interaction, shortlist_id: int, creator_id: int) -> FormSpec:
    entry = await cog.bot.services.shortlists.entry(shortlist_id, creator_id)
    rank = TextField(
        "rank",
        "Peringkat ke berapa?",
        description="Kosongkan supaya kembali diurutkan menurut skor.",
        max_length=5,
        required=False,
        default=str(entry.place or entry.rank or ""),
    )
    return FormSpec("Atur peringkat", (rank,))


async def _build_noting(cog: Any, interaction: Interaction, shortlist_id: int, creator_id: int) -> FormSpec:
    entry = await cog.bot.services.shortlists.entry(shortlist_id, creator_id)
    note = TextField(
        "note",
        "Catatan",
        description="Hanya untuk tim: tidak ikut ke deck brand.",
        max_length=NOTE_LENGTH,
        required=False,
        paragraph=True,
        default=entry.note or "",
    )
    rate = TextField(
        "rate",
        "Tarif dari kreator",
        description="Kalau diketahui dari luar Discord. Kosongkan untuk memakai tarif dari lamaran.",
        placeholder="Misalnya 1,5jt",
        max_length=20,
        required=False,
        default=views.rate_to_edit(entry),
    )
    return FormSpec("Catatan dan tarif", (note, rate))


async def _build_weighing(cog: Any, interaction: Interaction, shortlist_id: int) -> FormSpec:
    known = await cog.bot.services.shortlists.get(shortlist_id)
    weights = TextField(
        "weights",
        "Bobot tiap kriteria",
        description="Satu kriteria satu baris. Jumlahnya harus 100; 0 berarti tidak dihitung.",
        max_length=600,
        paragraph=True,
        default=write_weights(known.criteria, known.weights),
    )
    return FormSpec("Atur bobot", (weights,))


class ShortlistEditing(AreaCog):
    """Marks and weights. A mark redraws the explanation it was made on."""

    @shortlist.command(name="tambah", description="Masukkan seorang kreator ke shortlist, lalu sematkan di atas")
    @app_commands.describe(judul="Judul shortlist", kreator="Username kreator")
    @app_commands.autocomplete(judul=shortlist_choices, kreator=creator_choices)
    @allow(KOL)
    async def add(self, interaction: Interaction, judul: str, kreator: str) -> None:
        """Pin somebody who may not be in it yet."""
        services = self.bot.services
        found, named = await services.shortlists.chosen(judul), await services.search.only(kreator)
        entry = await services.shortlist_marking.add(actor(interaction), found.id, named.id)
        known = await services.shortlists.get(found.id)
        await answer(interaction, views.explanation(known, entry, done="Ditambahkan dan disematkan."))

    @press("shortlist:pin:{shortlist_id}:{creator_id}", access=KOL)
    async def pin(self, interaction: Interaction, shortlist_id: int, creator_id: int) -> None:
        """To the top."""
        entry = await self.bot.services.shortlist_marking.pin(actor(interaction), shortlist_id, creator_id)
        await self._redraw(interaction, shortlist_id, entry, "Disematkan.")

    @press("shortlist:unpin:{shortlist_id}:{creator_id}", access=KOL)
    async def unpin(self, interaction: Interaction, shortlist_id: int, creator_id: int) -> None:
        """Back to the place of the score."""
        entry = await self.bot.services.shortlist_marking.unpin(actor(interaction), shortlist_id, creator_id)
        await self._redraw(interaction, shortlist_id, entry, "Sematan dilepas.")

    @press("shortlist:drop:{shortlist_id}:{creator_id}", access=KOL)
    async def ask_why(self, interaction: Interaction, shortlist_id: int, creator_id: int) -> None:
        """The form for the reason."""
        await self.bot.router.open_form(interaction, custom_id("shortlist:drop", shortlist_id, creator_id))

    @form("shortlist:drop:{shortlist_id}:{creator_id}", access=KOL, build=_build_dropping)
    async def drop(self, interaction: Interaction, answers: Answers, shortlist_id: int, creator_id: int) -> None:
        """Out, with the reason."""
        marking = self.bot.services.shortlist_marking
        entry = await marking.drop(actor(interaction), shortlist_id, creator_id, answers.text("reason"))
        await self._redraw(interaction, shortlist_id, entry, "Dikeluarkan dari shortlist.")

    @press("shortlist:restore:{shortlist_id}:{creator_id}", access=KOL)
    async def restore(self, interaction: Interaction, shortlist_id: int, creator_id: int) -> None:
        """In again, if what is asked for is met."""
        entry = await self.bot.services.shortlist_marking.restore(actor(interaction), shortlist_id, creator_id)
        await self._redraw(interaction, shortlist_id, entry, "Tidak jadi dikeluarkan.")

    @press("shortlist:move:{shortlist_id}:{creator_id}", access=KOL)
    async def ask_where(self, interaction: Interaction, shortlist_id: int, creator_id: int) -> None:
        """The form for the rank."""
        await self.bot.router.open_form(interaction, custom_id("shortlist:move", shortlist_id, creator_id))

    @form("shortlist:move:{shortlist_id}:{creator_id}", access=KOL, build=_build_moving)
    async def move(self, interaction: Interaction, answers: Answers, shortlist_id: int, creator_id: int) -> None:
        """To a rank."""
        marking = self.bot.services.shortlist_marking
        entry = await marking.move(actor(interaction), shortlist_id, creator_id, answers.text("rank"))
        done = "Peringkatnya diatur tim." if entry.place else "Peringkatnya kembali menurut skor."
        await self._redraw(interaction, shortlist_id, entry, done)

    @press("shortlist:note:{shortlist_id}:{creator_id}", access=KOL)
    async def ask_note(self, interaction: Interaction, shortlist_id: int, creator_id: int) -> None:
        """The form for note and rate."""
        await self.bot.router.open_form(interaction, custom_id("shortlist:note", shortlist_id, creator_id))

    @form("shortlist:note:{shortlist_id}:{creator_id}", access=KOL, build=_build_noting)
    async def note(self, interaction: Interaction, answers: Answers, shortlist_id: int, creator_id: int) -> None:
        """Note and rate."""
        marking = self.bot.services.shortlist_marking
        entry = await marking.note(
            actor(interaction), shortlist_id, creator_id, answers.text("note"), answers.text("rate")
        )
        await self._redraw(
            interaction, shortlist_id, entry, "Disimpan. Tarif ikut ke skor setelah shortlist disusun ulang."
        )

    @press("shortlist:weigh:{shortlist_id}", access=KOL)
    async def ask_weights(self, interaction: Interaction, shortlist_id: int) -> None:
        """The form for the weights."""
        await self.bot.router.open_form(interaction, custom_id("shortlist:weigh", shortlist_id))

    @form("shortlist:weigh:{shortlist_id}", access=KOL, build=_build_weighing)
    async def weigh(self, interaction: Interaction, answers: Answers, shortlist_id: int) -> None:
        """Judge everyone by other weights."""
        await think(interaction)
        await self.bot.services.shortlists.weigh(actor(interaction), shortlist_id, answers.text("weights"))
        await show_list(interaction, SHORTLIST, {"id": shortlist_id})

    @press("shortlist:weigh-default:{shortlist_id}", access=KOL)
    async def weigh_by_default(self, interaction: Interaction, shortlist_id: int) -> None:
        """Judge everyone by the weights of everyone."""
        await think(interaction)
        await self.bot.services.shortlists.weigh_by_default(actor(interaction), shortlist_id)
        await show_list(interaction, SHORTLIST, {"id": shortlist_id})

    async def _redraw(self, interaction: Interaction, shortlist_id: int, entry: Entry, done: str) -> None:
        shortlists = self.bot.services.shortlists
        known = await shortlists.get(shortlist_id)
        remarks = await shortlists.remarks(entry.creator.id)
        await redraw(interaction, views.explanation(known, entry, remarks, done=done))
