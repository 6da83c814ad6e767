"""/kol tag, /kol catatan, /kol blacklist: what the team knows of a creator beyond the sheet."""

from __future__ import annotations

from discord import app_commands
from discord.utils import escape_markdown

from bot.creator_care.service import GONE, CreatorCare
from bot.creators.service import Creator
from bot.platform.errors import NotFound
from bot.platform.messages import Message
from bot.server.models import Access
from cogs import kol_care_views as views
from cogs.kol_group import kol
from cogs.kol_search import creator_choices
from cogs.ui.answers import Interaction, actor, answer, redraw
from cogs.ui.confirming import confirm
from cogs.ui.forms import Answers, FormSpec
from cogs.ui.routing import AreaCog, allow, choose, custom_id, form, press

KOL = Access.KOL


class KolCare(AreaCog):
    """Tags, notes, blacklist."""

    @kol.command(name="tag", description="Beri atau ubah tag seorang kreator")
    @app_commands.describe(kreator="Username kreator")
    @app_commands.autocomplete(kreator=creator_choices)
    @allow(KOL)
    async def tag(self, interaction: Interaction, kreator: str) -> None:
        """Open the form of tags."""
        await self._open(interaction, "kol:tags", kreator)

    @kol.command(name="catatan", description="Baca dan tulis catatan tim tentang seorang kreator")
    @app_commands.describe(kreator="Username kreator")
    @app_commands.autocomplete(kreator=creator_choices)
    @allow(KOL)
    async def note(self, interaction: Interaction, kreator: str) -> None:
        """Every note on an account."""
        creator = await self.bot.services.search.only(kreator)
        await answer(interaction, await self._notes(creator))

    @kol.command(name="blacklist", description="Masukkan kreator ke blacklist, dengan alasan dan batas waktu")
    @app_commands.describe(kreator="Username kreator")
    @app_commands.autocomplete(kreator=creator_choices)
    @allow(KOL)
    async def bar(self, interaction: Interaction, kreator: str) -> None:
        """Open the form of the blacklist."""
        await self._open(interaction, "kol:bar", kreator)

    @press("kol:tags_open:{creator_id}", access=KOL)
    async def open_tags(self, interaction: Interaction, creator_id: int) -> None:
        """Open the form of tags."""
        await self.bot.router.open_form(interaction, custom_id("kol:tags", creator_id))

    @press("kol:notes:{creator_id}", access=KOL)
    async def notes(self, interaction: Interaction, creator_id: int) -> None:
        """Every note on an account."""
        await answer(interaction, await self._notes(await self._get(creator_id)))

    @press("kol:note_open:{creator_id}", access=KOL)
    async def open_note(self, interaction: Interaction, creator_id: int) -> None:
        """Open the form of a note."""
        await self.bot.router.open_form(interaction, custom_id("kol:note", creator_id))

    @press("kol:bar_open:{creator_id}", access=KOL)
    async def open_bar(self, interaction: Interaction, creator_id: int) -> None:
        """Open the form of the blacklist."""
        await self.bot.router.open_form(interaction, custom_id("kol:bar", creator_id))

    async def _tags_form(self, interaction: Interaction, creator_id: int) -> FormSpec:
        return views.tags_form(await self._get(creator_id), await self._care.of(creator_id))

    async def _note_form(self, interaction: Interaction, creator_id: int) -> FormSpec:
        return views.note_form(await self._get(creator_id))

    async def _bar_form(self, interaction: Interaction, creator_id: int) -> FormSpec:
        return views.blacklist_form(await self._get(creator_id), await self._care.of(creator_id))

    @form("kol:tags:{creator_id}", access=KOL, build=_tags_form)
    async def set_tags(self, interaction: Interaction, answers: Answers, creator_id: int) -> None:
        """Make these the account's tags."""
        tags = await self._care.set_tags(actor(interaction), creator_id, answers.text("tags"))
        await answer(interaction, views.tags_set(await self._get(creator_id), tags))

    @form("kol:note:{creator_id}", access=KOL, build=_note_form)
    async def write_note(self, interaction: Interaction, answers: Answers, creator_id: int) -> None:
        """Keep a note, and show it among the others."""
        await self._care.add_note(actor(interaction), creator_id, answers.text("text"))
        await redraw(interaction, await self._notes(await self._get(creator_id)))

    @choose("kol:note_drop:{creator_id}", access=KOL)
    async def drop_note(self, interaction: Interaction, values: list[str], creator_id: int) -> None:
        """Delete a note; what it said is told once more, so that a slip can be put right."""
        note = await self._care.remove_note(actor(interaction), creator_id, int(values[0]))
        await redraw(interaction, await self._notes(await self._get(creator_id)))
        await answer(interaction, f"Catatan ini dihapus: {escape_markdown(note.text)}")

    @form("kol:bar:{creator_id}", access=KOL, build=_bar_form)
    async def blacklist(self, interaction: Interaction, answers: Answers, creator_id: int) -> None:
        """Put somebody on the blacklist, or change why and how long."""
        entry = await self._care.blacklist(
            actor(interaction), creator_id, answers.text("reason"), answers.text("until")
        )
        await answer(interaction, views.blacklisted(await self._get(creator_id), entry))

    @press("kol:bar_lift_ask:{creator_id}", access=KOL)
    async def ask_to_lift(self, interaction: Interaction, creator_id: int) -> None:
        """Ask before somebody may be recommended again."""
        creator = await self._get(creator_id)
        question = f"Cabut @{escape_markdown(creator.record.username)} dari blacklist? Ia bisa masuk shortlist lagi."
        await confirm(interaction, question, custom_id("kol:bar_lift", creator_id), "Ya, cabut")

    @press("kol:bar_lift:{creator_id}", access=KOL)
    async def lift(self, interaction: Interaction, creator_id: int) -> None:
        """Take somebody off the blacklist."""
        await self._care.lift(actor(interaction), creator_id)
        await redraw(interaction, views.lifted(await self._get(creator_id)))

    @property
    def _care(self) -> CreatorCare:
        return self.bot.services.creator_care

    async def _notes(self, creator: Creator) -> Message:
        found = await self._care.notes(creator.id)
        return views.notes(creator, found, await self._care.blacklist_history(creator.id))

    async def _open(self, interaction: Interaction, action: str, typed: str) -> None:
        creator = await self.bot.services.search.only(typed)
        await self.bot.router.open_form(interaction, custom_id(action, creator.id))

    async def _get(self, creator_id: int) -> Creator:
        creator = await self.bot.services.creators.get(creator_id)
        if creator is None:
            raise NotFound(GONE)
        return creator
