"""/kol banding: two to four creators side by side."""

from __future__ import annotations

from typing import Any

from discord import app_commands

from bot.creators.service import Creator
from bot.platform.errors import DomainError
from bot.server.models import Access
from cogs import kol_compare_views as views
from cogs.kol_group import kol
from cogs.kol_search import creator_choices
from cogs.ui.answers import Interaction, answer, think
from cogs.ui.pictures import pictures_of
from cogs.ui.routing import AreaCog, allow, choose

KOL = Access.KOL


class KolCompare(AreaCog):
    """Several creators in one picture."""

    def __init__(self, bot: Any) -> None:
        super().__init__(bot)
        bot.cards["comparison"] = views.draw

    @kol.command(name="banding", description="Bandingkan dua sampai empat kreator dalam satu gambar")
    @app_commands.describe(
        pertama="Username kreator",
        kedua="Username kreator",
        ketiga="Username kreator (boleh kosong)",
        keempat="Username kreator (boleh kosong)",
    )
    @app_commands.autocomplete(
        pertama=creator_choices, kedua=creator_choices, ketiga=creator_choices, keempat=creator_choices
    )
    @allow(KOL)
    async def compare(
        self,
        interaction: Interaction,
        pertama: str,
        kedua: str,
        ketiga: str | None = None,
        keempat: str | None = None,
    ) -> None:
        """Side by side in the order they were named."""
        search = self.bot.services.search
        found = [await search.only(typed) for typed in (pertama, kedua, ketiga, keempat) if typed]
        await self._side_by_side(interaction, found)

    @choose("kol:compare", access=KOL)
    async def compare_chosen(self, interaction: Interaction, values: list[str]) -> None:
        """Those chosen from a page of search results."""
        known = await self.bot.services.creators.get_many([int(value) for value in values])
        await self._side_by_side(interaction, [known[int(value)] for value in values if int(value) in known])

    async def _side_by_side(self, interaction: Interaction, creators: list[Creator]) -> None:
        ids = list(dict.fromkeys(creator.id for creator in creators))
        if len(ids) < 2:
            raise DomainError("Pilih paling sedikit dua kreator yang berbeda.")
        await think(interaction)
        services = self.bot.services
        profiles = [await services.search.profile(creator_id) for creator_id in ids]
        records = await services.campaigns.track_records(ids)
        taken = {creator_id: record.taken for creator_id, record in records.items()}
        message = views.comparison(profiles, taken, await services.creator_care.barred(ids))
        await answer(interaction, message, files=await pictures_of(self.bot, message))
