"""/kol cari and /kol lihat: find creators by any combination of columns, and look at one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from discord import app_commands
from discord.app_commands import Choice
from discord.utils import escape_markdown

from bot.creators.models import AgeBand, ContentType, Gender, Niche, Platform, Tier
from bot.creators.search import CreatorFilter, Review, Sort
from bot.creators.search_reading import SearchForm, read_search
from bot.creators.service import Creator
from bot.platform.errors import NotAllowed
from bot.platform.indonesian import PROVINCES, format_count, format_phone
from bot.platform.messages import Message
from bot.platform.palette import PRIMARY
from bot.server.models import Access
from cogs import kol_views as views
from cogs.kol_group import kol
from cogs.ui.answers import Interaction, actor, answer, think
from cogs.ui.paging import Page, show_list
from cogs.ui.pictures import pictures_of
from cogs.ui.routing import AreaCog, allow, check_access, choose, press

KOL = Access.KOL
FOUND = "kol.found"
CAMPAIGNS_SHOWN = 20

NICHES = [Choice(name=niche.indonesian, value=niche.value) for niche in Niche]
PLATFORMS = [Choice(name=platform.label, value=platform.value) for platform in Platform]
TIERS = [Choice(name=tier.label, value=tier.value) for tier in Tier]
CONTENT_TYPES = [Choice(name=kind.label, value=kind.value) for kind in ContentType]
GENDERS = [Choice(name=gender.indonesian, value=gender.value) for gender in Gender]
AGES = [Choice(name=band.label, value=band.value) for band in AgeBand]
SORTS = [Choice(name=sort.label, value=sort.value) for sort in Sort]
REVIEWS = [Choice(name=review.label, value=review.value) for review in Review]


async def province_choices(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Provinces with what was typed so far in their name."""
    part = current.strip().casefold()
    return [Choice(name=name, value=name) for name in PROVINCES if part in name.casefold()][:25]


async def _suggestions(interaction: Interaction, current: str) -> Sequence[Any]:
    try:
        check_access(interaction, KOL)
    except NotAllowed:
        return []
    return await interaction.client.services.search.suggest(current)


async def username_choices(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Usernames, as text to search by."""
    names = dict.fromkeys(one.key.username for one in await _suggestions(interaction, current))
    return [Choice(name=f"@{name}"[:100], value=name[:100]) for name in names]


async def creator_choices(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Accounts, each by its own number."""
    return [
        Choice(
            name=" · ".join(
                [f"@{one.key.username}"[:70], one.key.platform.label]
                + ([] if one.followers is None else [format_count(one.followers)])
            ),
            value=f"#{one.creator_id}",
        )
        for one in await _suggestions(interaction, current)
    ]


class KolSearch(AreaCog):
    """Looking into the database."""

    def __init__(self, bot: Any) -> None:
        super().__init__(bot)
        bot.cards["creator"] = views.draw_creator
        bot.lists[FOUND] = (KOL, self._page)

    @kol.command(name="cari", description="Cari kreator di database: gabungkan filter sesukamu")
    @app_commands.describe(
        teks="Username, sebagian username, atau link profil",
        platform="Platform akunnya",
        niche="Niche pertama atau kedua",
        tier="Ukuran akun menurut followers",
        min_followers="Misalnya 10rb, 10.000, 1,2jt",
        maks_followers="Misalnya 50rb",
        min_er="ER paling sedikit, misalnya 1%",
        maks_er="ER paling banyak, misalnya 30%",
        tipe_konten="Penilaian tim atas kontennya",
        gender="Gender kreator",
        usia="Perkiraan usia",
        affiliate="Ikut program affiliate atau tidak",
        wilayah="Provinsi",
        kota="Kota, persis seperti tercatat",
        min_views="Rata-rata views paling sedikit",
        maks_views="Rata-rata views paling banyak",
        min_like="Rata-rata like paling sedikit",
        min_komentar="Rata-rata komentar paling sedikit",
        min_share="Rata-rata share paling sedikit",
        di_discord="Sudah terdaftar di Discord atau belum",
        ada_kontak="Punya kontak di database atau belum",
        angka="Apa kata angkanya",
        urut="Urutan hasil (biasanya followers terbanyak)",
    )
    @app_commands.choices(
        platform=PLATFORMS,
        niche=NICHES,
        tier=TIERS,
        tipe_konten=CONTENT_TYPES,
        gender=GENDERS,
        usia=AGES,
        angka=REVIEWS,
        urut=SORTS,
    )
    @app_commands.autocomplete(teks=username_choices, wilayah=province_choices)
    @allow(KOL)
    async def search(
        self,
        interaction: Interaction,
        teks: str | None = None,
        platform: str | None = None,
        niche: str | None = None,
        tier: str | None = None,
        min_followers: str | None = None,
        maks_followers: str | None = None,
        min_er: str | None = None,
        maks_er: str | None = None,
        tipe_konten: str | None = None,
        gender: str | None = None,
        usia: str | None = None,
        affiliate: bool | None = None,
        wilayah: str | None = None,
        kota: str | None = None,
        min_views: str | None = None,
        maks_views: str | None = None,
        min_like: str | None = None,
        min_komentar: str | None = None,
        min_share: str | None = None,
        di_discord: bool | None = None,
        ada_kontak: bool | None = None,
        angka: str | None = None,
        urut: str | None = None,
    ) -> None:
        """Find creators; the answer has pages, and a select to open one."""
        wanted = read_search(
            SearchForm(
                text=teks,
                platform=Platform(platform) if platform else None,
                niche=Niche(niche) if niche else None,
                tier=Tier(tier) if tier else None,
                content_type=ContentType(tipe_konten) if tipe_konten else None,
                gender=Gender(gender) if gender else None,
                age_band=AgeBand(usia) if usia else None,
                affiliate=affiliate,
                min_followers=min_followers,
                max_followers=maks_followers,
                min_engagement=min_er,
                max_engagement=maks_er,
                min_views=min_views,
                max_views=maks_views,
                min_likes=min_like,
                min_comments=min_komentar,
                min_shares=min_share,
                region=wilayah,
                city=kota,
                registered=di_discord,
                reachable=ada_kontak,
                review=Review(angka) if angka else None,
            )
        )
        query = {"filter": wanted.to_query(), "sort": urut or Sort.FOLLOWERS.value}
        await show_list(interaction, FOUND, query)

    @kol.command(name="lihat", description="Lihat satu kreator: gambar, angka, riwayat, dan yang perlu dicek")
    @app_commands.describe(kreator="Username kreator")
    @app_commands.autocomplete(kreator=creator_choices)
    @allow(KOL)
    async def look(self, interaction: Interaction, kreator: str) -> None:
        """One creator, or the choice between several of that name."""
        found = await self.bot.services.search.chosen(kreator)
        if len(found) == 1:
            await self._show(interaction, found[0].creator.id)
        else:
            await answer(interaction, views.several(found))

    @choose("kol:open", access=KOL)
    async def open(self, interaction: Interaction, values: list[str]) -> None:
        """One creator from a list."""
        await self._show(interaction, int(values[0]))

    @press("kol:show:{creator_id}", access=KOL)
    async def show(self, interaction: Interaction, creator_id: int) -> None:
        """One creator from a button."""
        await self._show(interaction, creator_id)

    @press("kol:contact:{creator_id}", access=KOL)
    async def reveal(self, interaction: Interaction, creator_id: int) -> None:
        """The contact in full, to this person alone and on record."""
        creator, contact = await self.bot.services.search.reveal_contact(actor(interaction), creator_id)
        await answer(interaction, _contact(creator.record.username, contact.reveal()))

    async def _show(self, interaction: Interaction, creator_id: int) -> None:
        await think(interaction)
        one = await self.bot.services.search.profile(creator_id)
        contact = self.bot.services.search.masked_contact(one.creator)
        message = views.profile(one, contact=contact, campaigns=await self._campaigns(one.creator))
        await answer(interaction, message, files=await pictures_of(self.bot, message))

    async def _campaigns(self, creator: Creator) -> list[str]:
        if creator.member_id is None:
            return []
        sent, _ = await self.bot.services.applications.of_member(creator.member_id, limit=CAMPAIGNS_SHOWN)
        return [
            views.campaign_line(own.campaign, own.application)
            for own in sent
            if own.application.creator_id == creator.id
        ]

    async def _page(self, query: Mapping[str, Any], number: int) -> Page:
        wanted, sort = CreatorFilter.from_query(query["filter"]), Sort(query["sort"])
        page = await self.bot.services.search.page(wanted, sort, number)
        if page.total:
            return Page(views.found_page(page, wanted, sort), page.number, page.pages)
        search = self.bot.services.search
        return Page(views.nothing_found(wanted, await search.loosen(wanted), empty=await search.is_empty()), 1, 1)


def _contact(username: str, contact: str) -> Message:
    return Message(
        title=f"Kontak @{escape_markdown(username)}",
        # As code, so that `_rina_ok_@mail.com` keeps its underscores.
        description=f"``{format_phone(contact).replace('`', 'ˋ')}``",
        colour=PRIMARY,
        footer="Hanya kamu yang melihat ini, dan pembukaannya dicatat. Jangan teruskan ke channel umum.",
    )
