"""A campaign's applicants: side by side, one by one, and the decision on each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from discord.ext import commands

from bot.campaigns.models import ApplicationState
from bot.server.models import Access
from cogs import campaign_staff_views as views
from cogs.campaign_forms import decision_form
from cogs.campaigns import pages
from cogs.ui.answers import Interaction, actor, answer, redraw, think
from cogs.ui.forms import Answers, FormSpec
from cogs.ui.paging import Page, show_list
from cogs.ui.pictures import pictures_of
from cogs.ui.routing import AreaCog, choose, custom_id, form, press

PER_PAGE = 10
KOL = Access.KOL
ACCEPT, RESERVE, DECLINE = ApplicationState.ACCEPTED, ApplicationState.RESERVED, ApplicationState.DECLINED


async def _build_accepting(cog: Any, interaction: Interaction, application_id: int, version: int) -> FormSpec:
    return decision_form(ACCEPT)


async def _build_reserving(cog: Any, interaction: Interaction, application_id: int, version: int) -> FormSpec:
    return decision_form(RESERVE)


async def _build_declining(cog: Any, interaction: Interaction, application_id: int, version: int) -> FormSpec:
    return decision_form(DECLINE)


class CampaignApplicantsCog(AreaCog):
    """What staff do with applicants. Each button carries the version of the application it was drawn for."""

    def __init__(self, bot: Any) -> None:
        super().__init__(bot)
        bot.cards["applicants"] = views.draw_applicants
        bot.lists["campaign.applicants"] = (KOL, self._page)

    @press("campaign:applicants:{campaign_id}", access=KOL)
    async def list_applicants(self, interaction: Interaction, campaign_id: int) -> None:
        """The list from a button."""
        await think(interaction)
        await show_list(interaction, "campaign.applicants", {"campaign": campaign_id})

    @choose("campaign:applicant", access=KOL)
    async def open(self, interaction: Interaction, values: list[str]) -> None:
        """One applicant in full."""
        found = await self.bot.services.applications.applicant(int(values[0]))
        await answer(interaction, views.applicant_detail(*found))

    @press("campaign:accept:{application_id}:{version}", access=KOL)
    async def accept(self, interaction: Interaction, application_id: int, version: int) -> None:
        """ "Terima"."""
        await self._ask(interaction, "campaign:accept", application_id, version, ACCEPT)

    @press("campaign:reserve:{application_id}:{version}", access=KOL)
    async def reserve(self, interaction: Interaction, application_id: int, version: int) -> None:
        """ "Cadangan"."""
        await self._ask(interaction, "campaign:reserve", application_id, version, RESERVE)

    @press("campaign:decline:{application_id}:{version}", access=KOL)
    async def decline(self, interaction: Interaction, application_id: int, version: int) -> None:
        """ "Tolak"."""
        await self._ask(interaction, "campaign:decline", application_id, version, DECLINE)

    @form("campaign:accept:{application_id}:{version}", access=KOL, build=_build_accepting)
    async def accepted(self, interaction: Interaction, answers: Answers, application_id: int, version: int) -> None:
        """Accept, with a note or without."""
        await self._decide(interaction, answers, application_id, version, ACCEPT)

    @form("campaign:reserve:{application_id}:{version}", access=KOL, build=_build_reserving)
    async def reserved(self, interaction: Interaction, answers: Answers, application_id: int, version: int) -> None:
        """Put among the reserves, with the reason."""
        await self._decide(interaction, answers, application_id, version, RESERVE)

    @form("campaign:decline:{application_id}:{version}", access=KOL, build=_build_declining)
    async def declined(self, interaction: Interaction, answers: Answers, application_id: int, version: int) -> None:
        """Decline, with the reason."""
        await self._decide(interaction, answers, application_id, version, DECLINE)

    async def _ask(
        self, interaction: Interaction, form_id: str, application_id: int, version: int, to: ApplicationState
    ) -> None:
        await self.bot.services.applications.check_decision(actor(interaction), application_id, version, to)
        await self.bot.router.open_form(interaction, custom_id(form_id, application_id, version))

    async def _decide(
        self, interaction: Interaction, answers: Answers, application_id: int, version: int, to: ApplicationState
    ) -> None:
        applications = self.bot.services.applications
        decision = await applications.decide(actor(interaction), application_id, version, to, answers.text("reason"))
        found = await applications.applicant(application_id)
        await redraw(interaction, views.applicant_detail(*found, note=views.decision_note(*decision)))

    async def _page(self, query: Mapping[str, Any], number: int) -> Page:
        campaigns = self.bot.services.campaigns
        campaign = await campaigns.get(query["campaign"])
        counts = await campaigns.counts(campaign.id)
        first = (number - 1) * PER_PAGE
        found = await campaigns.applicants(campaign.id, limit=PER_PAGE, offset=first)
        names = self._names([one.application.member_id for one in found])
        scores = await self.bot.services.shortlists.scores(campaign, found)
        message = views.applicants_page(campaign, counts, found, first + 1, names, scores)
        return Page(message, number, pages(counts.total, PER_PAGE), await pictures_of(self.bot, message))

    def _names(self, member_ids: list[int]) -> dict[int, str]:
        guild = self.bot.get_guild(self.bot.settings.guild_id)
        members = [guild.get_member(member_id) for member_id in member_ids] if guild else []
        return {member.id: member.display_name for member in members if member}


async def setup(bot: commands.Bot) -> None:
    """Called by discord.py."""
    await bot.add_cog(CampaignApplicantsCog(bot))
