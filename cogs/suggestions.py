"""/saran: what sales and marketing suggest on a creator or a campaign; it shows in the shortlist."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Choice
from discord.ext import commands

from bot.campaigns.models import CampaignState
from bot.server.models import Access
from bot.suggestions.models import Tone
from bot.suggestions.service import OUTCOME_LENGTH, TEXT_LENGTH
from cogs import suggestion_views as views
from cogs.campaign_choices import campaign_choices
from cogs.kol_search import staff_creator_choices
from cogs.ui.answers import Interaction, actor, answer, redraw
from cogs.ui.forms import Answers, ChoiceField, FormSpec, TextField
from cogs.ui.paging import Page, show_list
from cogs.ui.routing import AreaCog, allow, choose, custom_id, form, press

STAFF = Access.STAFF
LIST = "suggestion.list"
_CAMPAIGNS = (CampaignState.DRAFT, CampaignState.OPEN, CampaignState.CLOSED)
_TONES = tuple((tone.value, tone.label) for tone in Tone)


async def _campaigns(interaction: Interaction, current: str) -> list[Choice[str]]:
    return await campaign_choices(interaction, STAFF, current, _CAMPAIGNS)


def _form(about: str) -> FormSpec:
    return FormSpec(
        f"Saran: {about}",
        (
            ChoiceField("tone", "Jenis saran", _TONES),
            TextField("text", "Saranmu", "Hanya dibaca tim, muncul di shortlist.", "", TEXT_LENGTH, paragraph=True),
        ),
    )


async def _build_on_creator(cog: SuggestionsCog, interaction: Interaction, creator_id: int) -> FormSpec:
    return _form(f"@{(await cog.bot.services.search.profile(creator_id)).creator.record.username}")


async def _build_on_campaign(cog: SuggestionsCog, interaction: Interaction, campaign_id: int) -> FormSpec:
    return _form((await cog.bot.services.campaigns.get(campaign_id)).title)


async def _build_closing(cog: SuggestionsCog, interaction: Interaction, suggestion_id: int) -> FormSpec:
    await cog.bot.services.suggestions.closable(suggestion_id)
    return FormSpec("Tutup saran", (TextField("outcome", "Hasilnya", "", "Dipakai di Serum Pagi", OUTCOME_LENGTH),))


class SuggestionsCog(AreaCog):
    """Suggest, look, close."""

    saran = app_commands.Group(
        name="saran",
        description="Saran sales dan marketing tentang kreator atau kampanye",
        default_permissions=discord.Permissions(manage_events=True),
    )

    def __init__(self, bot: Any) -> None:
        super().__init__(bot)
        bot.lists[LIST] = (STAFF, self._page)

    @saran.command(name="kreator", description="Beri saran tentang seorang kreator")
    @app_commands.describe(kreator="Username kreatornya")
    @app_commands.autocomplete(kreator=staff_creator_choices)
    @allow(STAFF)
    async def on_creator(self, interaction: Interaction, kreator: str) -> None:
        """A suggestion on an account."""
        chosen = await self.bot.services.search.only(kreator)
        await self.bot.router.open_form(interaction, custom_id("suggestion:creator", chosen.id))

    @saran.command(name="kampanye", description="Beri saran tentang sebuah kampanye")
    @app_commands.describe(judul="Judul kampanyenya")
    @app_commands.autocomplete(judul=_campaigns)
    @allow(STAFF)
    async def on_campaign(self, interaction: Interaction, judul: str) -> None:
        """A suggestion on a campaign."""
        campaign = await self.bot.services.campaigns.chosen(judul, _CAMPAIGNS)
        await self.bot.router.open_form(interaction, custom_id("suggestion:campaign", campaign.id))

    @saran.command(name="daftar", description="Saran yang masih berlaku, atau yang sudah ditutup")
    @app_commands.describe(ditutup="Tampilkan yang sudah ditutup")
    @allow(STAFF)
    async def list_all(self, interaction: Interaction, ditutup: bool = False) -> None:
        """What was suggested."""
        await show_list(interaction, LIST, {"closed": ditutup})

    @form("suggestion:creator:{creator_id}", access=STAFF, build=_build_on_creator)
    async def made_on_creator(self, interaction: Interaction, answers: Answers, creator_id: int) -> None:
        """Kept."""
        tone, text = answers.choice("tone"), answers.text("text")
        made = await self.bot.services.suggestions.on_creator(actor(interaction), creator_id, tone, text)
        await answer(interaction, views.detail(made, "**Saran tersimpan.** Tim KOL melihatnya di shortlist."))

    @form("suggestion:campaign:{campaign_id}", access=STAFF, build=_build_on_campaign)
    async def made_on_campaign(self, interaction: Interaction, answers: Answers, campaign_id: int) -> None:
        """Kept."""
        tone, text = answers.choice("tone"), answers.text("text")
        made = await self.bot.services.suggestions.about_campaign(actor(interaction), campaign_id, tone, text)
        await answer(interaction, views.detail(made, "**Saran tersimpan.** Tim KOL melihatnya di keputusan brand."))

    @choose("suggestion:open", access=STAFF)
    async def open(self, interaction: Interaction, values: list[str]) -> None:
        """One of the list."""
        await answer(interaction, views.detail(await self.bot.services.suggestions.get(int(values[0]))))

    @press("suggestion:close:{suggestion_id}", access=STAFF)
    async def close(self, interaction: Interaction, suggestion_id: int) -> None:
        """Tutup saran: ask what became of it."""
        await self.bot.router.open_form(interaction, custom_id("suggestion:close", suggestion_id))

    @form("suggestion:close:{suggestion_id}", access=STAFF, build=_build_closing)
    async def closed(self, interaction: Interaction, answers: Answers, suggestion_id: int) -> None:
        """It no longer shows in shortlists."""
        outcome = answers.text("outcome")
        closed = await self.bot.services.suggestions.close(actor(interaction), suggestion_id, outcome)
        await redraw(interaction, views.detail(closed, "**Saran ditutup.**"))

    async def _page(self, query: Mapping[str, Any], number: int) -> Page:
        found, total = await self.bot.services.suggestions.listed(
            closed=query["closed"], limit=views.PER_PAGE, offset=(number - 1) * views.PER_PAGE
        )
        message = views.listing(found, total, closed=query["closed"])
        return Page(message, number, max(1, -(-total // views.PER_PAGE)))


async def setup(bot: commands.Bot) -> None:
    """Called by discord.py."""
    await bot.add_cog(SuggestionsCog(bot))
