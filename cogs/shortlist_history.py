"""/shortlist versi: the versions of a shortlist, and what changed between two."""

from __future__ import annotations

from discord import app_commands

from bot.shortlists.models import Shortlist
from cogs import shortlist_history_views as views
from cogs.shortlist_group import KOL, SHORTLIST, shortlist, shortlist_choices
from cogs.ui.answers import Interaction, answer, think
from cogs.ui.paging import show_list
from cogs.ui.routing import AreaCog, allow, choose, press


class ShortlistVersions(AreaCog):
    """Looking back. Nothing here changes anything."""

    @shortlist.command(name="versi", description="Versi-versi sebuah shortlist, dan apa yang berubah di antaranya")
    @app_commands.describe(judul="Judul shortlist")
    @app_commands.autocomplete(judul=shortlist_choices)
    @allow(KOL)
    async def list_versions(self, interaction: Interaction, judul: str) -> None:
        """The list by title."""
        await self._list(interaction, await self.bot.services.shortlists.chosen(judul))

    @press("shortlist:versions:{shortlist_id}", access=KOL)
    async def list_from_button(self, interaction: Interaction, shortlist_id: int) -> None:
        """The list from a button."""
        await self._list(interaction, await self.bot.services.shortlists.get(shortlist_id))

    @choose("shortlist:version:{shortlist_id}", access=KOL)
    async def open_version(self, interaction: Interaction, values: list[str], shortlist_id: int) -> None:
        """One version as it was."""
        await think(interaction)
        await show_list(interaction, SHORTLIST, {"id": shortlist_id, "revision": int(values[0])})

    @choose("shortlist:compare:{shortlist_id}", access=KOL)
    async def compare(self, interaction: Interaction, values: list[str], shortlist_id: int) -> None:
        """What changed between two versions."""
        found = await self.bot.services.shortlist_history.compare(shortlist_id, int(values[0]), int(values[1]))
        await answer(interaction, views.comparison(found))

    async def _list(self, interaction: Interaction, known: Shortlist) -> None:
        await answer(interaction, views.versions(known, await self.bot.services.shortlist_history.versions(known.id)))
