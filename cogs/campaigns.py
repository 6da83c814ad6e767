"""/kampanye: what is open, how it fits me, applying, and what became of my applications."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.campaigns.application_form import ApplicationForm
from bot.campaigns.buttons import REGISTER_BUTTON
from bot.campaigns.models import CampaignState
from bot.platform.errors import NotAllowed
from bot.server.models import Access, ChannelKey
from cogs import campaign_own_views as own_views
from cogs import campaign_views as views
from cogs.campaign_choices import campaign_choices
from cogs.campaign_forms import application_form, stepping_back_form
from cogs.ui.answers import Interaction, actor, answer, redraw
from cogs.ui.confirming import confirm
from cogs.ui.forms import Answers, FormSpec
from cogs.ui.paging import Page, show_list
from cogs.ui.routing import AreaCog, allow, choose, custom_id, form, press

PER_PAGE = 5
ANNOUNCED = (CampaignState.OPEN, CampaignState.CLOSED)


async def _build_application(cog: CampaignsCog, interaction: Interaction, campaign_id: int) -> FormSpec:
    return application_form(await cog.bot.services.applications.may_apply(interaction.user.id, campaign_id))


async def _build_change(cog: CampaignsCog, interaction: Interaction, application_id: int) -> FormSpec:
    return application_form(await cog.bot.services.applications.may_change(interaction.user.id, application_id))


async def _build_stepping_back(cog: CampaignsCog, interaction: Interaction, application_id: int) -> FormSpec:
    return stepping_back_form(
        await cog.bot.services.applications.check_stepping_back(interaction.user.id, application_id)
    )


def _typed(answers: Answers) -> ApplicationForm:
    return ApplicationForm(
        answers.text("pitch"), answers.text("links"), answers.text("rate"), answers.choice("account")
    )


class CampaignsCog(AreaCog):
    """The creators' side of campaigns."""

    kampanye = app_commands.Group(name="kampanye", description="Kampanye yang dibuka dan lamaranmu")

    def __init__(self, bot: Any) -> None:
        super().__init__(bot)
        bot.cards["campaign"] = views.draw_campaign
        bot.lists["campaign.open"] = (Access.EVERYONE, self._open_page)
        bot.lists["campaign.mine"] = (Access.EVERYONE, self._my_page)

    @kampanye.command(name="daftar", description=views.LIST_TITLE)
    @allow(Access.EVERYONE)
    async def list_open(self, interaction: Interaction) -> None:
        """What is open, with how it fits me."""
        await show_list(interaction, "campaign.open", {"member": interaction.user.id})

    @kampanye.command(name="status", description="Lamaranmu dan sampai mana prosesnya")
    @allow(Access.EVERYONE)
    async def status(self, interaction: Interaction) -> None:
        """My applications, step by step."""
        await show_list(interaction, "campaign.mine", {"member": interaction.user.id})

    @kampanye.command(name="detail", description="Brief, syarat, dan imbalan satu kampanye")
    @app_commands.describe(judul="Ketik sebagian judul, lalu pilih")
    @allow(Access.EVERYONE)
    async def show(self, interaction: Interaction, judul: str) -> None:
        """One campaign in full."""
        campaign = await self.bot.services.campaigns.chosen(judul, ANNOUNCED)
        await self._show_detail(interaction, campaign.id)

    @show.autocomplete("judul")
    async def _titles(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        return await campaign_choices(interaction, Access.EVERYONE, current, ANNOUNCED)

    @press("campaign:browse", access=Access.EVERYONE)
    async def browse(self, interaction: Interaction) -> None:
        """The open list from a button."""
        await show_list(interaction, "campaign.open", {"member": interaction.user.id})

    @press("campaign:status", access=Access.EVERYONE)
    async def my_status(self, interaction: Interaction) -> None:
        """My applications from a button."""
        await show_list(interaction, "campaign.mine", {"member": interaction.user.id})

    @press("campaign:details:{campaign_id}", access=Access.EVERYONE)
    async def details(self, interaction: Interaction, campaign_id: int) -> None:
        """ "Syarat lengkap" under the announcement."""
        await self._show_detail(interaction, campaign_id)

    @choose("campaign:open", access=Access.EVERYONE)
    async def open(self, interaction: Interaction, values: list[str]) -> None:
        """One campaign of a list."""
        await self._show_detail(interaction, int(values[0]))

    @press("campaign:apply:{campaign_id}", access=Access.CREATOR)
    async def apply(self, interaction: Interaction, campaign_id: int) -> None:
        """ "Lamar": the form, or why not."""
        await self._check_role_in_dm(interaction)
        await self.bot.router.open_form(interaction, custom_id("campaign:apply", campaign_id))

    @form("campaign:apply:{campaign_id}", access=Access.CREATOR, build=_build_application)
    async def send_application(self, interaction: Interaction, answers: Answers, campaign_id: int) -> None:
        """The form came back."""
        await self._check_role_in_dm(interaction)
        sent = await self.bot.services.applications.apply(actor(interaction), campaign_id, _typed(answers))
        await answer(interaction, own_views.applied(*sent))

    @press("campaign:change:{application_id}", access=Access.EVERYONE)
    async def change(self, interaction: Interaction, application_id: int) -> None:
        """ "Ubah lamaran": the form, filled in, or why not."""
        await self.bot.router.open_form(interaction, custom_id("campaign:change", application_id))

    @form("campaign:change:{application_id}", access=Access.EVERYONE, build=_build_change)
    async def send_change(self, interaction: Interaction, answers: Answers, application_id: int) -> None:
        """The changed form came back."""
        changed = await self.bot.services.applications.change(actor(interaction), application_id, _typed(answers))
        await answer(interaction, own_views.changed(*changed))

    @press("campaign:step-back:{application_id}", access=Access.EVERYONE)
    async def step_back(self, interaction: Interaction, application_id: int) -> None:
        """ "Aku tidak bisa ikut": asks why."""
        await self.bot.router.open_form(interaction, custom_id("campaign:step-back", application_id))

    @form("campaign:step-back:{application_id}", access=Access.EVERYONE, build=_build_stepping_back)
    async def send_step_back(self, interaction: Interaction, answers: Answers, application_id: int) -> None:
        """The reason."""
        applications = self.bot.services.applications
        campaign = await applications.step_back(actor(interaction), application_id, answers.text("reason"))
        await answer(interaction, own_views.stepped_back(campaign))

    @press("campaign:withdraw:{application_id}", access=Access.EVERYONE)
    async def withdraw(self, interaction: Interaction, application_id: int) -> None:
        """Ask once: there is no way back."""
        question = own_views.withdraw_question(
            await self.bot.services.applications.withdrawable(interaction.user.id, application_id)
        )
        await confirm(interaction, question, custom_id("campaign:withdraw-yes", application_id), "Ya, batalkan lamaran")

    @press("campaign:withdraw-yes:{application_id}", access=Access.EVERYONE)
    async def withdraw_now(self, interaction: Interaction, application_id: int) -> None:
        """The yes."""
        campaign, _ = await self.bot.services.applications.withdraw(actor(interaction), application_id)
        await redraw(interaction, own_views.withdrawn(campaign))

    async def _show_detail(self, interaction: Interaction, campaign_id: int) -> None:
        await answer(
            interaction, views.detail(await self.bot.services.applications.opening(interaction.user.id, campaign_id))
        )

    async def _check_role_in_dm(self, interaction: Interaction) -> None:
        """A press in a DM carries no roles, so they are looked up: who left or lost the role can't apply from there."""
        if interaction.guild_id is not None:
            return
        guild = self.bot.get_guild(self.bot.settings.guild_id)
        member = guild and (guild.get_member(interaction.user.id) or await _fetched(guild, interaction.user.id))
        roles = [role.id for role in member.roles] if member else []
        if not self.bot.services.server.may(Access.CREATOR, roles, administrator=False):
            raise NotAllowed(
                "Kamu perlu role Kreator di server TSCreator untuk melamar. Daftar dulu dengan /daftar di sana.",
                [REGISTER_BUTTON],
            )

    async def _open_page(self, query: Mapping[str, Any], number: int) -> Page:
        services = self.bot.services
        found, total = await services.campaigns.open_campaigns(limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
        openings = [await services.applications.opening(query["member"], campaign.id) for campaign in found]
        channel_id = services.server.places.channel(ChannelKey.CAMPAIGNS)
        return Page(views.open_list(openings, total, channel_id), number, pages(total, PER_PAGE))

    async def _my_page(self, query: Mapping[str, Any], number: int) -> Page:
        per_page = own_views.PER_PAGE
        sent, total = await self.bot.services.applications.of_member(
            query["member"], limit=per_page, offset=(number - 1) * per_page
        )
        return Page(own_views.my_applications(sent, total), number, pages(total, per_page))


def pages(total: int, per_page: int) -> int:
    """How many pages a list has, one when it is empty."""
    return max(1, -(-total // per_page))


async def _fetched(guild: discord.Guild, user_id: int) -> discord.Member | None:
    try:
        return await guild.fetch_member(user_id)
    except discord.NotFound:
        return None


async def setup(bot: commands.Bot) -> None:
    """Called by discord.py."""
    await bot.add_cog(CampaignsCog(bot))
