"""/shortlist kampanye, cari and lihat: creators for a campaign or a need, ranked by a score that can be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from discord import app_commands
from discord.app_commands import Choice

from bot.campaigns.models import CampaignState
from bot.creators.models import AgeBand, ContentType, Niche, Platform, Tier
from bot.shortlists.models import Shortlist
from bot.shortlists.reading import CriteriaForm, read_criteria
from cogs import shortlist_views as views
from cogs.campaign_choices import campaign_choices
from cogs.campaign_staff_views import applicant_detail
from cogs.kol_search import AGES, CONTENT_TYPES, NICHES, PLATFORMS, TIERS, province_choices
from cogs.shortlist_group import KOL, SHORTLIST, shortlist, shortlist_choices
from cogs.ui.answers import Interaction, actor, answer, think
from cogs.ui.paging import Page, show_list
from cogs.ui.pictures import pictures_of
from cogs.ui.routing import AreaCog, allow, choose, press

# A shortlist may be wanted before the announcement, and for the record after the end.
CAMPAIGNS = tuple(state for state in CampaignState if state is not CampaignState.CANCELLED)


async def _campaigns(interaction: Interaction, current: str) -> list[Choice[str]]:
    return await campaign_choices(interaction, KOL, current, CAMPAIGNS)


class ShortlistBuilding(AreaCog):
    """Build, show, explain."""

    def __init__(self, bot: Any) -> None:
        super().__init__(bot)
        bot.cards["shortlist"] = views.draw_shortlist
        bot.lists[SHORTLIST] = (KOL, self._page)

    @shortlist.command(name="kampanye", description="Susun dari pelamar sebuah kampanye dan database, lalu beri skor")
    @app_commands.describe(judul="Judul kampanyenya")
    @app_commands.autocomplete(judul=_campaigns)
    @allow(KOL)
    async def for_campaign(self, interaction: Interaction, judul: str) -> None:
        """Judge a campaign's applicants and the database side by side."""
        campaign = await self.bot.services.campaigns.chosen(judul, CAMPAIGNS)
        await think(interaction)
        await self._show(
            interaction, await self.bot.services.shortlists.build_for_campaign(actor(interaction), campaign.id)
        )

    @shortlist.command(name="cari", description="Susun dari database menurut kebutuhan brand, lalu beri skor")
    @app_commands.describe(
        niche="Niche yang dicari",
        niche_lain="Niche kedua yang juga boleh",
        platform="Platform akunnya",
        min_followers="Misalnya 10rb, 10.000",
        maks_followers="Misalnya 15rb",
        min_er="ER paling sedikit, misalnya 1%",
        tier="Ukuran akun menurut followers",
        tipe_konten="Penilaian tim atas kontennya",
        wilayah="Provinsi, sebagai syarat",
        utamakan_wilayah="Provinsi yang diutamakan: memberi poin, bukan syarat",
        utamakan_usia="Perkiraan usia yang diutamakan: memberi poin, bukan syarat",
        maks_tarif="Tarif paling tinggi, misalnya 1,5jt",
        judul="Nama shortlist ini (kalau kosong, dari syaratnya)",
    )
    @app_commands.choices(
        niche=NICHES,
        niche_lain=NICHES,
        platform=PLATFORMS,
        tier=TIERS,
        tipe_konten=CONTENT_TYPES,
        utamakan_usia=AGES,
    )
    @app_commands.autocomplete(wilayah=province_choices, utamakan_wilayah=province_choices)
    @allow(KOL)
    async def by_criteria(
        self,
        interaction: Interaction,
        niche: str | None = None,
        niche_lain: str | None = None,
        platform: str | None = None,
        min_followers: str | None = None,
        maks_followers: str | None = None,
        min_er: str | None = None,
        tier: str | None = None,
        tipe_konten: str | None = None,
        wilayah: str | None = None,
        utamakan_wilayah: str | None = None,
        utamakan_usia: str | None = None,
        maks_tarif: str | None = None,
        judul: app_commands.Range[str, 1, 100] | None = None,
    ) -> None:
        """Judge the database by free criteria."""
        title, criteria = read_criteria(
            CriteriaForm(
                title=judul,
                niche=Niche(niche) if niche else None,
                other_niche=Niche(niche_lain) if niche_lain else None,
                platform=Platform(platform) if platform else None,
                min_followers=min_followers,
                max_followers=maks_followers,
                min_engagement=min_er,
                tier=Tier(tier) if tier else None,
                content_type=ContentType(tipe_konten) if tipe_konten else None,
                region=wilayah,
                max_rate=maks_tarif,
                preferred_region=utamakan_wilayah,
                age_band=AgeBand(utamakan_usia) if utamakan_usia else None,
            )
        )
        await think(interaction)
        await self._show(interaction, await self.bot.services.shortlists.build(actor(interaction), title, criteria))

    @shortlist.command(name="lihat", description="Buka shortlist yang sudah disusun")
    @app_commands.describe(judul="Judul shortlist atau kampanyenya")
    @app_commands.autocomplete(judul=shortlist_choices)
    @allow(KOL)
    async def look(self, interaction: Interaction, judul: str) -> None:
        """An earlier shortlist as it was kept."""
        found = await self.bot.services.shortlists.chosen(judul)
        await think(interaction)
        await self._show(interaction, found)

    @press("shortlist:show:{shortlist_id}", access=KOL)
    async def show(self, interaction: Interaction, shortlist_id: int) -> None:
        """The present version, from a button."""
        await think(interaction)
        await self._show(interaction, await self.bot.services.shortlists.get(shortlist_id))

    @choose("shortlist:explain:{shortlist_id}", access=KOL)
    async def explain(self, interaction: Interaction, values: list[str], shortlist_id: int) -> None:
        """One creator's score, line by line, with what staff may do about them."""
        await self._explain(interaction, int(values[0]), await self.bot.services.shortlists.get(shortlist_id))

    @choose("shortlist:explained:{shortlist_id}:{revision}", access=KOL)
    async def explain_earlier(
        self, interaction: Interaction, values: list[str], shortlist_id: int, revision: int
    ) -> None:
        """The same in an earlier version, to read only."""
        await self._explain(interaction, int(values[0]), await self.bot.services.shortlists.get(shortlist_id, revision))

    @press("shortlist:rebuild:{shortlist_id}", access=KOL)
    async def rebuild(self, interaction: Interaction, shortlist_id: int) -> None:
        """Judge again by what is known now."""
        await think(interaction)
        await self._show(interaction, await self.bot.services.shortlists.rebuild(actor(interaction), shortlist_id))

    @press("shortlist:applicant:{application_id}", access=KOL)
    async def applicant(self, interaction: Interaction, application_id: int) -> None:
        """The application, with the buttons that decide on it."""
        found = await self.bot.services.applications.applicant(application_id)
        await answer(interaction, applicant_detail(*found))

    async def _explain(self, interaction: Interaction, creator_id: int, shortlist: Shortlist) -> None:
        shortlists = self.bot.services.shortlists
        entry = await shortlists.entry(shortlist.id, creator_id, shortlist.revision)
        await answer(interaction, views.explanation(shortlist, entry, await shortlists.remarks(creator_id)))

    async def _show(self, interaction: Interaction, shortlist: Shortlist) -> None:
        await show_list(interaction, SHORTLIST, {"id": shortlist.id})

    async def _page(self, query: Mapping[str, Any], number: int) -> Page:
        shortlists = self.bot.services.shortlists
        shortlist = await shortlists.get(query["id"], query.get("revision"))
        pages = max(1, -(-(shortlist.listed + shortlist.excluded) // views.PER_PAGE))
        number = min(max(number, 1), pages)
        entries = await shortlists.entries(
            shortlist.id, limit=views.PER_PAGE, offset=(number - 1) * views.PER_PAGE, revision=shortlist.revision
        )
        message = views.page(shortlist, entries)
        return Page(message, number, pages, await pictures_of(self.bot, message))
