"""/kol filter: put a search together in forms, keep it by name, use it again."""

from __future__ import annotations

from discord import app_commands
from discord.app_commands import Choice
from discord.utils import escape_markdown

from bot.creators.saved_searches import SavedSearches
from bot.creators.search import CreatorFilter, Sort
from bot.creators.search_steps import Step, changed
from bot.platform.errors import NotFound
from bot.platform.messages import Message
from bot.server.models import Access
from cogs import kol_filter_views as views
from cogs.kol_group import kol
from cogs.kol_search import FOUND, show_found
from cogs.ui.answers import Interaction, actor, answer, redraw
from cogs.ui.forms import Answers, FormSpec
from cogs.ui.routing import AreaCog, allow, allowed, choose, custom_id, form, press

KOL = Access.KOL


async def saved_choices(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Saved filters with what was typed so far in their name."""
    if not allowed(interaction, KOL):
        return []
    part = current.strip().casefold()
    found = await interaction.client.services.saved_searches.of(interaction.user.id)
    named = [one for one in found if part in one.name.casefold()][:25]
    return [Choice(name=f"{one.name} ({'tim' if one.shared else 'milikmu'})", value=f"#{one.id}") for one in named]


class KolFilters(AreaCog):
    """Filters in forms, and those kept."""

    @kol.command(name="filter", description="Susun filter lewat formulir, atau pakai filter yang sudah disimpan")
    @app_commands.describe(nama="Filter yang disimpan; kosongkan untuk menyusun yang baru")
    @app_commands.autocomplete(nama=saved_choices)
    @allow(KOL)
    async def filter(self, interaction: Interaction, nama: str | None = None) -> None:
        """The results of a saved filter, or the panel of a new one."""
        if nama:
            saved = await self._saved.chosen(interaction.user.id, nama)
            await show_found(interaction, saved.wanted, saved.sort)
        else:
            await answer(interaction, await self._panel(interaction, CreatorFilter(), Sort.FOLLOWERS))

    @press("kol:filter:{query_id}", access=KOL)
    async def panel(self, interaction: Interaction, query_id: int) -> None:
        """The panel of the search that is shown."""
        await answer(interaction, await self._panel(interaction, *await self._query(interaction, query_id)))

    @press("kol:filter_clear:{query_id}", access=KOL)
    async def clear(self, interaction: Interaction, query_id: int) -> None:
        """Ask for nothing any more; the order stays."""
        _, sort = await self._query(interaction, query_id)
        await redraw(interaction, await self._panel(interaction, CreatorFilter(), sort))

    @press("kol:filter_open:{query_id}:{step}", access=KOL)
    async def open_step(self, interaction: Interaction, query_id: int, step: int) -> None:
        """Open one of the forms."""
        await self.bot.router.open_form(interaction, custom_id("kol:filter_step", query_id, step))

    async def _step_form(self, interaction: Interaction, query_id: int, step: int) -> FormSpec:
        return views.step_form(Step(step), *await self._query(interaction, query_id))

    @form("kol:filter_step:{query_id}:{step}", access=KOL, build=_step_form)
    async def change(self, interaction: Interaction, answers: Answers, query_id: int, step: int) -> None:
        """Take what a form says into the filter."""
        wanted, sort = await self._query(interaction, query_id)
        sort = Sort(answers.choice("sort") or sort)
        await redraw(interaction, await self._panel(interaction, changed(Step(step), wanted, answers.kept()), sort))

    @press("kol:filter_show:{query_id}", access=KOL)
    async def show_results(self, interaction: Interaction, query_id: int) -> None:
        """Search by it."""
        await show_found(interaction, *await self._query(interaction, query_id))

    @press("kol:filter_name_open:{query_id}", access=KOL)
    async def open_name(self, interaction: Interaction, query_id: int) -> None:
        """Open the form of the name."""
        await self.bot.router.open_form(interaction, custom_id("kol:filter_name", query_id))

    async def _name_form(self, interaction: Interaction, query_id: int) -> FormSpec:
        return views.name_form(await self._saved.of(interaction.user.id))

    @form("kol:filter_name:{query_id}", access=KOL, build=_name_form)
    async def keep_filter(self, interaction: Interaction, answers: Answers, query_id: int) -> None:
        """Keep the filter by name."""
        wanted, sort = await self._query(interaction, query_id)
        shared = answers.choice("scope") == "team"
        saved = await self._saved.save(actor(interaction), answers.text("name"), wanted, sort, shared=shared)
        await answer(interaction, views.kept(saved))

    @press("kol:filter_saved", access=KOL)
    async def list_saved(self, interaction: Interaction) -> None:
        """Those kept, to use or to delete."""
        await answer(interaction, views.list_of(await self._saved.of(interaction.user.id)))

    @choose("kol:filter_use_own", access=KOL)
    async def use_own(self, interaction: Interaction, values: list[str]) -> None:
        """Search by one's own."""
        await self._use(interaction, values)

    @choose("kol:filter_use_team", access=KOL)
    async def use_teams(self, interaction: Interaction, values: list[str]) -> None:
        """Search by one of the team's."""
        await self._use(interaction, values)

    @choose("kol:filter_use_own_drop", access=KOL)
    async def drop_own(self, interaction: Interaction, values: list[str]) -> None:
        """Delete one's own."""
        await self._drop(interaction, values)

    @choose("kol:filter_use_team_drop", access=KOL)
    async def drop_teams(self, interaction: Interaction, values: list[str]) -> None:
        """Delete one of the team's."""
        await self._drop(interaction, values)

    @property
    def _saved(self) -> SavedSearches:
        return self.bot.services.saved_searches

    async def _use(self, interaction: Interaction, values: list[str]) -> None:
        saved = await self._saved.get(interaction.user.id, int(values[0]))
        await show_found(interaction, saved.wanted, saved.sort)

    async def _drop(self, interaction: Interaction, values: list[str]) -> None:
        gone = await self._saved.delete(actor(interaction), int(values[0]))
        await redraw(interaction, views.list_of(await self._saved.of(interaction.user.id)))
        asked = ", ".join(gone.wanted.lines())
        await answer(interaction, escape_markdown(f"Filter {gone.name} dihapus. Isinya: {asked}."))

    async def _panel(self, interaction: Interaction, wanted: CreatorFilter, sort: Sort) -> Message:
        query = {"filter": wanted.to_query(), "sort": sort.value}
        query_id = await self.bot.services.queries.keep(interaction.user.id, FOUND, query)
        saved = await self._saved.of(interaction.user.id)
        total = await self.bot.services.search.count(wanted)
        return views.panel(wanted, sort, total, query_id, saved=bool(saved))

    async def _query(self, interaction: Interaction, query_id: int) -> tuple[CreatorFilter, Sort]:
        kept = await self.bot.services.queries.load(interaction.user.id, query_id)
        if kept is None:
            raise NotFound("Filter ini sudah lama atau milik orang lain. Susun lagi dengan /kol filter, ya.")
        return CreatorFilter.from_query(kept[1]["filter"]), Sort(kept[1]["sort"])
