"""/kol cari: find creators by any combination of columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from discord import app_commands
from discord.app_commands import Choice

from bot.creators.models import AgeBand, ContentType, Gender, Niche, Platform, Tier
from bot.creators.search import CreatorFilter, Review, Sort
from bot.creators.search_reading import SearchForm, read_search
from bot.platform.indonesian import PROVINCES, format_count
from bot.server.models import Access
from cogs import kol_filter_views as filter_views
from cogs import kol_views as views
from cogs.kol_group import kol
from cogs.ui.answers import Interaction
from cogs.ui.paging import Page, show_list
from cogs.ui.routing import AreaCog, allow, allowed

KOL = Access.KOL
FOUND = "kol.found"
# One of the choices about figures, though it is about their age.
STALE = "stale"

NICHES = [Choice(name=niche.indonesian, value=niche.value) for niche in Niche]
PLATFORMS = [Choice(name=platform.label, value=platform.value) for platform in Platform]
TIERS = [Choice(name=tier.label, value=tier.value) for tier in Tier]
CONTENT_TYPES = [Choice(name=kind.label, value=kind.value) for kind in ContentType]
GENDERS = [Choice(name=gender.indonesian, value=gender.value) for gender in Gender]
AGES = [Choice(name=band.label, value=band.value) for band in AgeBand]
SORTS = [Choice(name=sort.label, value=sort.value) for sort in Sort]
REVIEWS = [
    *(Choice(name=review.label, value=review.value) for review in Review),
    Choice(name="Angka lama (lebih dari 90 hari)", value=STALE),
]


async def province_choices(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Provinces with what was typed so far in their name."""
    part = current.strip().casefold()
    return [Choice(name=name, value=name) for name in PROVINCES if part in name.casefold()][:25]


async def _suggestions(interaction: Interaction, current: str, access: Access = KOL) -> Sequence[Any]:
    if not allowed(interaction, access):
        return []
    return await interaction.client.services.search.suggest(current)


async def tag_choices(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Tags in use, after those typed already."""
    if not allowed(interaction, KOL):
        return []
    before, comma, part = current.rpartition(",")
    found = await interaction.client.services.creator_care.suggest_tags(part)
    typed = f"{before}, " if comma else ""
    return [Choice(name=f"{typed}{tag} ({uses})"[-100:], value=f"{typed}{tag}"[:100]) for tag, uses in found]


async def username_choices(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Usernames, as text to search by."""
    names = dict.fromkeys(one.key.username for one in await _suggestions(interaction, current))
    return [Choice(name=f"@{name}"[:100], value=name[:100]) for name in names]


async def creator_choices(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Accounts, each by its own number."""
    return _accounts(await _suggestions(interaction, current))


async def staff_creator_choices(interaction: Interaction, current: str) -> list[Choice[str]]:
    """The same for all staff, sales and marketing among them."""
    return _accounts(await _suggestions(interaction, current, Access.STAFF))


def _accounts(found: Sequence[Any]) -> list[Choice[str]]:
    return [
        Choice(
            name=" · ".join(
                [f"@{one.key.username}"[:70], one.key.platform.label]
                + ([] if one.followers is None else [format_count(one.followers)])
            ),
            value=f"#{one.creator_id}",
        )
        for one in found
    ]


async def show_found(interaction: Interaction, wanted: CreatorFilter, sort: Sort) -> None:
    """Answer with who meets a filter; below stands what to do with the filter itself."""
    query = {"filter": wanted.to_query(), "sort": sort.value}
    kept = await interaction.client.services.queries.keep(interaction.user.id, FOUND, query)
    await show_list(interaction, FOUND, {**query, "kept": kept})


class KolSearch(AreaCog):
    """Looking into the database."""

    def __init__(self, bot: Any) -> None:
        super().__init__(bot)
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
        tag="Salah satu tag ini, pisahkan dengan koma",
        blacklist="Hanya yang di blacklist, atau hanya yang tidak",
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
    @app_commands.autocomplete(teks=username_choices, wilayah=province_choices, tag=tag_choices)
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
        tag: str | None = None,
        blacklist: bool | None = None,
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
                review=Review(angka) if angka and angka != STALE else None,
                stale=True if angka == STALE else None,
                tags=tag,
                blacklisted=blacklist,
            )
        )
        await show_found(interaction, wanted, Sort(urut or Sort.FOLLOWERS))

    async def _page(self, query: Mapping[str, Any], number: int) -> Page:
        wanted, sort = CreatorFilter.from_query(query["filter"]), Sort(query["sort"])
        search = self.bot.services.search
        page = await search.page(wanted, sort, number)
        if page.total:
            barred = await self.bot.services.creator_care.barred(one.creator.id for one in page.found)
            message = views.found_page(page, wanted, sort, barred)
        else:
            message = views.nothing_found(wanted, await search.loosen(wanted), empty=await search.is_empty())
        # Lists begun before filters were kept have none to change.
        if wanted.parts() and "kept" in query:
            message = replace(message, buttons=[*message.buttons, filter_views.buttons(query["kept"])])
        return Page(message, page.number, page.pages)
