"""/kampanye-admin: staff write, announce, change, close and cancel campaigns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.campaigns.models import Campaign, CampaignState
from bot.campaigns.reading import AccountsForm, BasicsForm, FiguresForm, RewardForm
from bot.platform.files import refuse_oversize
from bot.server.models import Access, ChannelKey
from cogs import campaign_forms as forms
from cogs import campaign_staff_views as views
from cogs.campaign_choices import campaign_choices
from cogs.campaigns import pages
from cogs.ui.answers import Interaction, actor, answer, hold, redraw, think
from cogs.ui.confirming import confirm
from cogs.ui.forms import Answers, FormSpec
from cogs.ui.paging import Page, show_list
from cogs.ui.pictures import pictures_of
from cogs.ui.routing import AreaCog, allow, choose, custom_id, form, press

PER_PAGE = 8
KOL = Access.KOL
DRAFTS = (CampaignState.DRAFT,)
EDITABLE = (CampaignState.DRAFT, CampaignState.OPEN, CampaignState.CLOSED)
OPEN = (CampaignState.OPEN,)
STANDING = (CampaignState.OPEN, CampaignState.CLOSED)
ANNOUNCED = (CampaignState.OPEN, CampaignState.CLOSED, CampaignState.CANCELLED)
_STATES = {"ubah": EDITABLE, "umumkan": DRAFTS, "tutup": OPEN, "batal": STANDING, "pelamar": ANNOUNCED}


async def _build_new(cog: CampaignAdminCog, interaction: Interaction) -> FormSpec:
    return forms.basics_form(None)


async def _build_basics(cog: CampaignAdminCog, interaction: Interaction, campaign_id: int) -> FormSpec:
    return forms.basics_form(await cog.bot.services.campaign_editing.editable(campaign_id))


async def _build_reward(cog: CampaignAdminCog, interaction: Interaction, campaign_id: int) -> FormSpec:
    return forms.reward_form(await cog.bot.services.campaign_editing.editable(campaign_id))


async def _build_accounts(cog: CampaignAdminCog, interaction: Interaction, campaign_id: int) -> FormSpec:
    return forms.accounts_form(await cog.bot.services.campaign_editing.editable(campaign_id))


async def _build_figures(cog: CampaignAdminCog, interaction: Interaction, campaign_id: int) -> FormSpec:
    return forms.figures_form(await cog.bot.services.campaign_editing.editable(campaign_id))


def _basics(answers: Answers) -> BasicsForm:
    return BasicsForm(*(answers.text(field) for field in ("title", "brand", "brief", "slots", "deadline")))


class CampaignAdminCog(AreaCog):
    """The staff's side of campaigns."""

    kampanye_admin = app_commands.Group(
        name="kampanye-admin",
        description="Buat dan kelola kampanye (Tim KOL)",
        default_permissions=discord.Permissions(manage_events=True),
    )

    def __init__(self, bot: Any) -> None:
        super().__init__(bot)
        bot.lists["campaign.all"] = (KOL, self._all_page)

    @kampanye_admin.command(name="buat", description="Tulis kampanye baru; drafnya tersimpan di setiap langkah")
    @allow(KOL)
    async def create(self, interaction: Interaction) -> None:
        """The first form."""
        await self.bot.router.open_form(interaction, custom_id("campaign:new"))

    @kampanye_admin.command(name="ubah", description="Lanjutkan draf atau ubah kampanye")
    @app_commands.describe(judul="Ketik sebagian judul, lalu pilih")
    @allow(KOL)
    async def edit(self, interaction: Interaction, judul: str) -> None:
        """The panel of a campaign."""
        await self._show(interaction, await self.bot.services.campaigns.chosen(judul, EDITABLE))

    @kampanye_admin.command(name="umumkan", description="Lihat pratinjau draf, lalu umumkan")
    @app_commands.describe(judul="Ketik sebagian judul, lalu pilih")
    @allow(KOL)
    async def preview(self, interaction: Interaction, judul: str) -> None:
        """The preview, whose button announces."""
        campaign = await self.bot.services.campaigns.chosen(judul, DRAFTS + OPEN)
        if campaign.state is CampaignState.OPEN:
            await self.bot.services.campaigns.announce_again(actor(interaction), campaign.id)
            await answer(interaction, "Pengumumannya dikirim ulang ke channel kampanye. Lihat hasilnya di sana.")
            return
        await self._show(interaction, campaign)

    @kampanye_admin.command(name="tutup", description="Tutup lamaran sebelum batas waktunya")
    @app_commands.describe(judul="Ketik sebagian judul, lalu pilih")
    @allow(KOL)
    async def close_command(self, interaction: Interaction, judul: str) -> None:
        """Ask once."""
        await self._ask_to_close(interaction, await self.bot.services.campaigns.chosen(judul, OPEN))

    @kampanye_admin.command(name="batal", description="Batalkan kampanye dan kabari semua pelamarnya")
    @app_commands.describe(judul="Ketik sebagian judul, lalu pilih")
    @allow(KOL)
    async def cancel_command(self, interaction: Interaction, judul: str) -> None:
        """Ask once."""
        await self._ask_to_cancel(interaction, await self.bot.services.campaigns.chosen(judul, STANDING))

    @kampanye_admin.command(name="pelamar", description="Bandingkan pelamar, terima, cadangkan, atau tolak")
    @app_commands.describe(judul="Ketik sebagian judul, lalu pilih")
    @allow(KOL)
    async def applicants(self, interaction: Interaction, judul: str) -> None:
        """The applicants side by side."""
        campaign = await self.bot.services.campaigns.chosen(judul, ANNOUNCED)
        await think(interaction)
        await show_list(interaction, "campaign.applicants", {"campaign": campaign.id})

    @kampanye_admin.command(name="daftar", description="Semua kampanye: draf, dibuka, ditutup, dibatalkan")
    @allow(KOL)
    async def list_all(self, interaction: Interaction) -> None:
        """Every campaign."""
        await show_list(interaction, "campaign.all", {})

    @edit.autocomplete("judul")
    @preview.autocomplete("judul")
    @close_command.autocomplete("judul")
    @cancel_command.autocomplete("judul")
    @applicants.autocomplete("judul")
    async def _titles(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        states = _STATES[interaction.command.name] if interaction.command else ()
        return await campaign_choices(interaction, KOL, current, states)

    @choose("campaign:manage", access=KOL)
    async def manage(self, interaction: Interaction, values: list[str]) -> None:
        """One campaign of the staff list."""
        await self._show(interaction, await self.bot.services.campaigns.get(int(values[0])))

    @form("campaign:new", access=KOL, build=_build_new)
    async def created(self, interaction: Interaction, answers: Answers) -> None:
        """Step 1 is a draft in the store."""
        await self._show(
            interaction, await self.bot.services.campaign_editing.create(actor(interaction), _basics(answers))
        )

    @press("campaign:basics:{campaign_id}", access=KOL)
    async def write_basics(self, interaction: Interaction, campaign_id: int) -> None:
        """Open the first form again."""
        await self.bot.router.open_form(interaction, custom_id("campaign:basics", campaign_id))

    @form("campaign:basics:{campaign_id}", access=KOL, build=_build_basics)
    async def basics_written(self, interaction: Interaction, answers: Answers, campaign_id: int) -> None:
        """Title, brand, brief, slots, deadline."""
        editing = self.bot.services.campaign_editing
        await self._reshow(interaction, await editing.change_basics(actor(interaction), campaign_id, _basics(answers)))

    @press("campaign:reward:{campaign_id}", access=KOL)
    async def write_reward(self, interaction: Interaction, campaign_id: int) -> None:
        """Open the reward form."""
        await self.bot.router.open_form(interaction, custom_id("campaign:reward", campaign_id))

    @form("campaign:reward:{campaign_id}", access=KOL, build=_build_reward)
    async def reward_written(self, interaction: Interaction, answers: Answers, campaign_id: int) -> None:
        """Fee or barter, and the picture. Looking at a large picture takes a moment, so this answers later."""
        await hold(interaction)
        filled = RewardForm(
            answers.choice("kind"), answers.text("fee"), answers.text("barter"), answers.choice("public")
        )
        picture = None
        for upload in answers.files("picture")[:1]:
            refuse_oversize(upload.size, self.bot.settings.upload_limit_mb * 1024 * 1024)
            picture = (upload.filename, await upload.read())
        editing = self.bot.services.campaign_editing
        await self._reshow(interaction, await editing.change_reward(actor(interaction), campaign_id, filled, picture))

    @press("campaign:drop-picture:{campaign_id}", access=KOL)
    async def drop_picture(self, interaction: Interaction, campaign_id: int) -> None:
        """Go on without the product picture."""
        await self._reshow(
            interaction, await self.bot.services.campaign_editing.drop_picture(actor(interaction), campaign_id)
        )

    @press("campaign:accounts:{campaign_id}", access=KOL)
    async def write_accounts(self, interaction: Interaction, campaign_id: int) -> None:
        """Open the form about accounts."""
        await self.bot.router.open_form(interaction, custom_id("campaign:accounts", campaign_id))

    @form("campaign:accounts:{campaign_id}", access=KOL, build=_build_accounts)
    async def accounts_written(self, interaction: Interaction, answers: Answers, campaign_id: int) -> None:
        """Platforms, niches, tiers, provinces."""
        regions = [name for field in forms.REGION_FIELDS for name in answers.choices(field)]
        filled = AccountsForm(
            answers.choices("platforms"), answers.choices("niches"), answers.choices("tiers"), regions
        )
        editing = self.bot.services.campaign_editing
        await self._reshow(interaction, await editing.change_accounts(actor(interaction), campaign_id, filled))

    @press("campaign:figures:{campaign_id}", access=KOL)
    async def write_figures(self, interaction: Interaction, campaign_id: int) -> None:
        """Open the form about figures."""
        await self.bot.router.open_form(interaction, custom_id("campaign:figures", campaign_id))

    @form("campaign:figures:{campaign_id}", access=KOL, build=_build_figures)
    async def figures_written(self, interaction: Interaction, answers: Answers, campaign_id: int) -> None:
        """Followers and ER."""
        filled = FiguresForm(*(answers.text(field) for field in ("min_followers", "max_followers", "min_engagement")))
        editing = self.bot.services.campaign_editing
        await self._reshow(interaction, await editing.change_figures(actor(interaction), campaign_id, filled))

    @press("campaign:announce:{campaign_id}:{revision}", access=KOL)
    async def announce(self, interaction: Interaction, campaign_id: int, revision: int) -> None:
        """Post it, once."""
        campaign = await self.bot.services.campaigns.announce(actor(interaction), campaign_id, revision)
        channel_id = self.bot.services.server.places.channel(ChannelKey.CAMPAIGNS)
        await redraw(interaction, views.announced(campaign, channel_id))

    @press("campaign:close:{campaign_id}", access=KOL)
    async def close(self, interaction: Interaction, campaign_id: int) -> None:
        """Ask once."""
        await self._ask_to_close(interaction, await self.bot.services.campaigns.get(campaign_id))

    @press("campaign:close-yes:{campaign_id}", access=KOL)
    async def close_now(self, interaction: Interaction, campaign_id: int) -> None:
        """The yes."""
        campaign = await self.bot.services.campaigns.close(actor(interaction), campaign_id)
        await redraw(interaction, views.ended(campaign, await self.bot.services.campaigns.counts(campaign_id)))

    @press("campaign:cancel:{campaign_id}", access=KOL)
    async def cancel(self, interaction: Interaction, campaign_id: int) -> None:
        """Ask once."""
        await self._ask_to_cancel(interaction, await self.bot.services.campaigns.get(campaign_id))

    @press("campaign:cancel-yes:{campaign_id}", access=KOL)
    async def cancel_now(self, interaction: Interaction, campaign_id: int) -> None:
        """The yes."""
        campaign = await self.bot.services.campaigns.cancel(actor(interaction), campaign_id)
        await redraw(interaction, views.ended(campaign, await self.bot.services.campaigns.counts(campaign_id)))

    @press("campaign:discard:{campaign_id}", access=KOL)
    async def discard(self, interaction: Interaction, campaign_id: int) -> None:
        """Ask once."""
        campaign = await self.bot.services.campaigns.get(campaign_id)
        question = f"Buang draf **{campaign.title}**? Isinya hilang dan tidak bisa dikembalikan."
        await confirm(interaction, question, custom_id("campaign:discard-yes", campaign_id), "Ya, buang draf")

    @press("campaign:discard-yes:{campaign_id}", access=KOL)
    async def discard_now(self, interaction: Interaction, campaign_id: int) -> None:
        """The yes."""
        campaign = await self.bot.services.campaigns.discard(actor(interaction), campaign_id)
        await redraw(interaction, f"Draf **{campaign.title}** dibuang.")

    async def _ask_to_close(self, interaction: Interaction, campaign: Campaign) -> None:
        question = f"Tutup lamaran **{campaign.title}** sekarang? Pelamar yang sudah masuk tetap bisa diputuskan."
        await confirm(interaction, question, custom_id("campaign:close-yes", campaign.id), "Ya, tutup lamaran")

    async def _ask_to_cancel(self, interaction: Interaction, campaign: Campaign) -> None:
        counts = await self.bot.services.campaigns.counts(campaign.id)
        question = views.cancelling_question(campaign, counts)
        await confirm(interaction, question, custom_id("campaign:cancel-yes", campaign.id), "Ya, batalkan kampanye")

    async def _panel(self, campaign: Campaign) -> views.Message:
        counts = await self.bot.services.campaigns.counts(campaign.id)
        return views.panel(campaign, counts, self.bot.services.server.places.channel(ChannelKey.CAMPAIGNS))

    async def _show(self, interaction: Interaction, campaign: Campaign) -> None:
        await think(interaction)
        message = await self._panel(campaign)
        await answer(interaction, message, files=await pictures_of(self.bot, message))

    async def _reshow(self, interaction: Interaction, campaign: Campaign) -> None:
        """In place of the panel whose button was pressed, so that one panel stays."""
        await hold(interaction)
        message = await self._panel(campaign)
        await redraw(interaction, message, files=await pictures_of(self.bot, message))

    async def _all_page(self, query: Mapping[str, Any], number: int) -> Page:
        campaigns = self.bot.services.campaigns
        found, total = await campaigns.all_campaigns(limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
        counted = [(campaign, await campaigns.counts(campaign.id)) for campaign in found]
        return Page(views.staff_list(counted, total), number, pages(total, PER_PAGE))


async def setup(bot: commands.Bot) -> None:
    """Called by discord.py."""
    await bot.add_cog(CampaignAdminCog(bot))
