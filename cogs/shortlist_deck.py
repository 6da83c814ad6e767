"""/shortlist deck: the presentation and the sheet of a shortlist, for the one who asked alone."""

from __future__ import annotations

import io
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.decks.models import MOST_CREATORS, Deck, Rates
from bot.decks.service import Progress
from bot.platform.errors import DomainError
from cogs import shortlist_deck_views as views
from cogs.shortlist_group import KOL, shortlist, shortlist_choices
from cogs.ui.answers import Interaction, actor, redraw, think
from cogs.ui.pictures import pictures_of
from cogs.ui.routing import AreaCog, allow, press

RATES = [Choice(name=one.label, value=one.value) for one in Rates]


class ShortlistDecks(AreaCog):
    """What a brand is sent."""

    def __init__(self, bot: Any) -> None:
        super().__init__(bot)
        bot.cards["deck"] = views.draw_deck

    @shortlist.command(name="deck", description="Buat PowerPoint dan Excel shortlist, siap dikirim ke brand")
    @app_commands.describe(
        judul="Judul shortlist",
        tarif="Apakah brand boleh melihat tarif (kalau kosong, tidak)",
        jumlah="Berapa kreator teratas (kalau kosong, semua yang masuk)",
    )
    @app_commands.choices(tarif=RATES)
    @app_commands.autocomplete(judul=shortlist_choices)
    @allow(KOL)
    async def deck(
        self,
        interaction: Interaction,
        judul: str,
        tarif: str | None = None,
        jumlah: app_commands.Range[int, 1, 100] | None = None,
    ) -> None:
        """Make it by title."""
        known = await self.bot.services.shortlists.chosen(judul)
        await self._make(interaction, known.id, Rates(tarif or Rates.HIDDEN), jumlah or MOST_CREATORS)

    @press("shortlist:deck:{shortlist_id}", access=KOL)
    async def make(self, interaction: Interaction, shortlist_id: int) -> None:
        """Make it of everybody, without rates."""
        await self._make(interaction, shortlist_id, Rates.HIDDEN)

    @press("shortlist:deck-rates:{shortlist_id}:{most}", access=KOL)
    async def make_with_rates(self, interaction: Interaction, shortlist_id: int, most: int) -> None:
        """The same with rates."""
        await self._make(interaction, shortlist_id, Rates.SHOWN, most)

    @press("shortlist:deck-budget:{shortlist_id}:{most}", access=KOL)
    async def make_with_budget(self, interaction: Interaction, shortlist_id: int, most: int) -> None:
        """The same with rates and what they come to."""
        await self._make(interaction, shortlist_id, Rates.BUDGET, most)

    async def _make(self, interaction: Interaction, shortlist_id: int, rates: Rates, most: int = MOST_CREATORS) -> None:
        await think(interaction)
        told = False

        async def tell(progress: Progress) -> None:
            nonlocal told
            told = True
            await redraw(interaction, views.under_way(progress))

        try:
            deck = await self.bot.services.decks.make(
                actor(interaction), shortlist_id, rates=rates, most=most, tell=tell
            )
            await self._hand_over(interaction, shortlist_id, deck, most)
        except BaseException:
            if told:
                await redraw(interaction, "Deck tidak jadi dibuat.")
            raise

    async def _hand_over(self, interaction: Interaction, shortlist_id: int, deck: Deck, most: int) -> None:
        if len(deck.slides) + len(deck.sheet) > interaction.filesize_limit:
            raise DomainError("Deck ini terlalu besar untuk Discord. Buat dengan jumlah kreator yang lebih sedikit.")
        message = views.made(shortlist_id, deck, most)
        files = await pictures_of(self.bot, message)
        files += [
            discord.File(io.BytesIO(deck.slides), f"{deck.filename}.pptx"),
            discord.File(io.BytesIO(deck.sheet), f"{deck.filename}.xlsx"),
        ]
        await redraw(interaction, message, files=files)
