"""/kol duplikat: accounts that look like one, put together or said to be two, and taken apart again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from discord import app_commands

from bot.creator_care.duplicate_rules import Pair
from bot.creator_care.duplicates import Duplicates
from bot.platform.errors import DomainError
from bot.server.models import Access
from cogs import kol_duplicate_views as views
from cogs.kol_group import kol
from cogs.kol_search import creator_choices
from cogs.ui.answers import Interaction, actor, answer, redraw, think
from cogs.ui.confirming import confirm
from cogs.ui.paging import Page, show_list
from cogs.ui.routing import AreaCog, allow, choose, custom_id, press

KOL = Access.KOL
SUSPECTS = "kol.duplicates"


class KolDuplicates(AreaCog):
    """Two rows for one person."""

    def __init__(self, bot: Any) -> None:
        super().__init__(bot)
        bot.lists[SUSPECTS] = (KOL, self._suspects)

    @kol.command(name="duplikat", description="Temukan akun ganda, gabungkan, atau batalkan penggabungan")
    @app_commands.describe(
        kreator="Kosongkan untuk daftar dugaan; isi dua akun untuk menggabungkannya",
        dengan="Akun kedua",
    )
    @app_commands.autocomplete(kreator=creator_choices, dengan=creator_choices)
    @allow(KOL)
    async def duplicates(self, interaction: Interaction, kreator: str | None = None, dengan: str | None = None) -> None:
        """The list of suspects, or two accounts somebody names."""
        if not kreator and not dengan:
            await think(interaction)
            found = await self._duplicates.find()
            # Kept with the list, so that turning its pages does not search everything again.
            await show_list(interaction, SUSPECTS, {"pairs": [pair.to_query() for pair in found]})
            return
        if not kreator or not dengan:
            raise DomainError("Isi dua-duanya, kreator dan dengan, atau kosongkan keduanya untuk melihat dugaan.")
        search = self.bot.services.search
        one, other = await search.only(kreator), await search.only(dengan)
        await answer(interaction, views.pair(*await self._duplicates.pair(one.id, other.id)))

    @choose("kol:dup_open", access=KOL)
    async def open_pair(self, interaction: Interaction, values: list[str]) -> None:
        """One pair of the list."""
        one_id, other_id = map(int, values[0].split(":"))
        await answer(interaction, views.pair(*await self._duplicates.pair(one_id, other_id)))

    @press("kol:dup_keep:{kept_id}:{other_id}", access=KOL)
    async def merge_renamed(self, interaction: Interaction, kept_id: int, other_id: int) -> None:
        """The account was renamed."""
        merged = await self._duplicates.merge_renamed(actor(interaction), kept_id, other_id)
        await redraw(interaction, views.merged(*merged))

    @press("kol:dup_person:{one_id}:{other_id}", access=KOL)
    async def join_accounts(self, interaction: Interaction, one_id: int, other_id: int) -> None:
        """Both belong to one person."""
        joined = await self._duplicates.join(actor(interaction), one_id, other_id)
        await redraw(interaction, views.merged(*joined))

    @press("kol:dup_distinct:{one_id}:{other_id}", access=KOL)
    async def tell_apart(self, interaction: Interaction, one_id: int, other_id: int) -> None:
        """They are two."""
        await self._duplicates.say_distinct(actor(interaction), one_id, other_id)
        await redraw(interaction, "Oke, dua akun ini bukan duplikat dan tidak diusulkan lagi.")

    @press("kol:dup_undo_ask:{merge_id}", access=KOL)
    async def ask_to_undo(self, interaction: Interaction, merge_id: int) -> None:
        """Ask before two are taken apart."""
        await confirm(interaction, views.UNDO_QUESTION, custom_id("kol:dup_undo", merge_id), "Ya, pisahkan")

    @press("kol:dup_undo:{merge_id}", access=KOL)
    async def undo_merge(self, interaction: Interaction, merge_id: int) -> None:
        """Take two apart."""
        undone = await self._duplicates.undo(actor(interaction), merge_id)
        await redraw(interaction, views.undone(*undone))

    @property
    def _duplicates(self) -> Duplicates:
        return self.bot.services.duplicates

    async def _suspects(self, query: Mapping[str, Any], number: int) -> Page:
        pairs = [Pair.from_query(kept) for kept in query["pairs"]]
        found = await self._duplicates.page(pairs, number)
        return Page(views.suspects(found), found.number, found.pages)
