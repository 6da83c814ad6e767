"""How creators of the KOL database look in Discord: rows of a list, one profile, its picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from discord.utils import escape_markdown

from bot.campaigns.models import OwnApplication
from bot.creator_care.models import Care
from bot.creators import cards
from bot.creators.cards import CreatorCard
from bot.creators.models import Average, CreatorRecord
from bot.creators.profile import Profile
from bot.creators.search import CreatorFilter, Sort
from bot.creators.search_service import Loosening, SearchPage
from bot.creators.usernames import profile_link
from bot.platform.indonesian import format_count, format_number, format_percent
from bot.platform.messages import Button, Field, Message, Option, Picture, Select, custom_id
from bot.platform.palette import DANGER, PRIMARY, WARNING
from bot.platform.text import bulleted, clip
from cogs import kol_care_views as care_views

UNKNOWN = "–"
BARRED = "🚫"
_MARK = "⚠️"
# As many points as the picture's line can show apart.
HISTORY_SHOWN = 24
_LOOSENINGS_SHOWN = 5


def draw_creator(facts: Mapping[str, Any], image: bytes | None) -> tuple[bytes, str]:
    """The picture of a profile and its alt text."""
    rates = {name: Decimal(facts[name]) if facts[name] else None for name in ("er", "er_by_views", "er_reported")}
    lists = {name: tuple(facts[name]) for name in ("niches", "flags", "history", "labels")}
    campaigns = tuple((title, state) for title, state in facts["campaigns"])
    card = CreatorCard(**{**facts, **rates, **lists, "campaigns": campaigns})
    return cards.render(card), cards.alt_text(card)


def linked(record: CreatorRecord) -> str:
    """`@name` as a link to the profile on its platform."""
    return f"[@{escape_markdown(record.username)}]({profile_link(record.key)})"


def rate_text(rate: Decimal | None) -> str:
    """`3,76%`, or a dash."""
    return UNKNOWN if rate is None else format_percent(rate)


def found_page(page: SearchPage, wanted: CreatorFilter, sort: Sort, barred: Mapping[int, str]) -> Message:
    """A page of what was found, two short lines a creator so that a phone shows them whole.

    `barred`: who is on the blacklist, with the reason.
    """
    first = (page.number - 1) * 10 + 1
    rows = [_row(number, one, barred.get(one.creator.id)) for number, one in enumerate(page.found, first)]
    options = [
        Option(str(one.creator.id), f"@{one.creator.record.username} · {one.creator.record.platform.label}", brief(one))
        for one in page.found
    ]
    asked = ", ".join(wanted.lines()) or "Semua kreator"
    return Message(
        title=f"{format_number(page.total)} kreator",
        description="\n".join([f"{escape_markdown(asked)}. {sort.label}.", "", *rows]),
        colour=PRIMARY,
        selects=[
            Select(custom_id("kol:open"), "Buka profil kreator", options),
            *([compare_select(options)] if len(options) > 1 else []),
        ],
        footer=f"{_MARK} ada angka yang perlu dicek" if any(one.flags for one in page.found) else "",
    )


def compare_select(options: list[Option]) -> Select:
    """Two to four of those shown, to be compared."""
    return Select(custom_id("kol:compare"), "Bandingkan 2 sampai 4 kreator", options, at_least=2, at_most=4)


def nothing_found(wanted: CreatorFilter, loosenings: Sequence[Loosening], *, empty: bool) -> Message:
    """The answer to a search that finds nobody: what to loosen, and what that would bring. `empty`: nobody is there."""
    if empty:
        return Message(
            title="Database masih kosong",
            description="Belum ada kreator di database. Masukkan lembar KOL dengan /kol impor.",
            colour=WARNING,
        )
    lines = [
        f"tanpa **{escape_markdown(one.phrase)}**: {format_number(one.total)} kreator"
        for one in loosenings[:_LOOSENINGS_SHOWN]
    ]
    hint = (
        f"Coba longgarkan salah satu:\n{bulleted(lines)}"
        if lines
        else "Melonggarkan satu filter saja belum cukup. Kosongkan beberapa, lalu cari lagi."
    )
    return Message(
        title="Tidak ada yang cocok",
        description=f"Yang dicari: {escape_markdown(', '.join(wanted.lines()))}.\n\n{hint}",
        colour=WARNING,
    )


def several(found: Sequence[Profile]) -> Message:
    """One username on several platforms: which is meant?"""
    options = [
        Option(str(one.creator.id), f"@{one.creator.record.username} · {one.creator.record.platform.label}", brief(one))
        for one in found
    ]
    return Message(
        description="Username ini ada di beberapa platform. Pilih yang kamu maksud.",
        colour=PRIMARY,
        selects=[Select(custom_id("kol:open"), "Pilih akun", options)],
    )


def profile(one: Profile, *, contact: str | None, campaigns: Sequence[OwnApplication], care: Care) -> Message:
    """One creator in full, for staff. `contact` is masked; `campaigns` are what they did or tried with us."""
    creator, record = one.creator, one.creator.record
    fields = [
        *care_views.blacklist_field(care),
        Field("ER", _engagement_lines(one), inline=False),
        Field("Rata-rata per konten", _averages(one), inline=False),
        Field("Tentang", _about(one), inline=False),
    ]
    if one.flags:
        fields.append(Field(f"{_MARK} Perlu dicek", bulleted([flag.message for flag in one.flags]), inline=False))
    if len(one.growth) > 1:
        fields.append(Field("Riwayat followers", _history_lines(one), inline=False))
    fields.append(
        Field("Kampanye bersama kita", bulleted(list(map(_campaign_line, campaigns))) or "Belum pernah", inline=False)
    )
    fields.append(Field("Kontak", contact or "Belum ada", inline=False))
    fields += care_views.fields(care)
    size = f" · {one.tier.label}" if one.tier else ""
    return Message(
        title=f"@{escape_markdown(record.username)} · {record.platform.label}",
        description=f"{linked(record)} · {_followers(record)} followers{size}",
        colour=DANGER if care.blacklisting else WARNING if one.flags else PRIMARY,
        fields=fields,
        buttons=[
            *([[Button(custom_id("kol:contact", creator.id), "Lihat kontak")]] if contact else []),
            care_views.buttons(creator.id, care),
        ],
        picture=Picture("creator", _facts(one, campaigns, care), f"profil-{record.platform.value}.png"),
        footer="Membuka kontak dicatat." if contact else "",
    )


def _campaign_line(own: OwnApplication) -> str:
    """What became of an application to a campaign of ours."""
    campaign, application = own.campaign, own.application
    return f"{escape_markdown(campaign.title)}: {application.state.indonesian} <t:{application.applied_at}:d>"


def _row(number: int, one: Profile, barred: str | None) -> str:
    record = one.creator.record
    mark = f" {_MARK}" if one.flags else ""
    reason = f"\n{BARRED} Blacklist: {escape_markdown(clip(barred, 80))}" if barred else ""
    return f"**{number}.** {linked(record)} · {record.platform.label}{mark}\n{brief(one)}{reason}"


def brief(one: Profile) -> str:
    """`10,5 rb · ER 3,76% · Micro · Kecantikan, Perawatan kulit`."""
    record = one.creator.record
    parts = [_followers(record), f"ER {rate_text(one.engagement)}"]
    if one.tier:
        parts.append(one.tier.label)
    if niches := ", ".join(niche.indonesian for niche in (record.niche_1, record.niche_2) if niche):
        parts.append(niches)
    return " · ".join(parts)


def _followers(record: CreatorRecord) -> str:
    return UNKNOWN if record.metrics.followers is None else format_count(record.metrics.followers)


def _engagement_lines(one: Profile) -> str:
    lines = [f"{rate_text(one.engagement)} dari followers · {rate_text(one.engagement_by_views)} dari views"]
    lines.append(one.reported.message or "ER di lembar tidak ada.")
    return "\n".join(lines)


def _averages(one: Profile) -> str:
    metrics = one.creator.record.metrics
    named = (
        ("views", metrics.avg_views),
        ("like", metrics.avg_likes),
        ("komentar", metrics.avg_comments),
        ("share", metrics.avg_shares),
    )
    return " · ".join(f"{UNKNOWN if figure is None else format_number(figure)} {name}" for name, figure in named)


def _about(one: Profile) -> str:
    creator, record = one.creator, one.creator.record
    affiliate = {True: "ya", False: "tidak", None: UNKNOWN}[record.affiliate]
    person = [record.gender.indonesian if record.gender else "", record.age_band.label if record.age_band else ""]
    lines = [
        f"Niche: {', '.join(niche.indonesian for niche in (record.niche_1, record.niche_2) if niche) or UNKNOWN}",
        f"Tipe konten: {record.content_type.label if record.content_type else UNKNOWN} · Affiliate: {affiliate}",
        f"Kreator: {', '.join(filter(None, person)) or UNKNOWN}",
        f"Wilayah: {', '.join(filter(None, (creator.city, creator.region))) or UNKNOWN}",
        f"Discord: <@{creator.member_id}>" if creator.member_id else "Discord: belum terdaftar",
        f"Diperbarui <t:{creator.updated_at}:R>",
    ]
    return "\n".join(lines)


def _history_lines(one: Profile) -> str:
    first, last = one.growth[0], one.growth[-1]
    before, now = first.metrics.followers or 0, last.metrics.followers or 0
    change = f" ({(now - before) / before:+.1%})".replace(".", ",") if before else ""
    return f"{format_number(before)} <t:{first.taken_at}:d> → {format_number(now)} <t:{last.taken_at}:d>{change}"


def _facts(one: Profile, campaigns: Sequence[OwnApplication], care: Care) -> dict[str, Any]:
    record = one.creator.record
    growth = one.growth[-HISTORY_SHOWN:]
    days = (growth[-1].taken_at - growth[0].taken_at) // 86_400 if growth else 0
    return {
        "name": record.username,
        "username": record.username,
        "platform": record.platform.label,
        "tier": one.tier.label if one.tier else "",
        "niches": [niche.indonesian for niche in (record.niche_1, record.niche_2) if niche],
        "followers": record.metrics.followers,
        "average_views": _whole(record.metrics.avg_views),
        "average_likes": _whole(record.metrics.avg_likes),
        "average_comments": _whole(record.metrics.avg_comments),
        "er": _plain(one.engagement),
        "er_by_views": _plain(one.engagement_by_views),
        "er_reported": _plain(one.reported.reported),
        "flags": [flag.message for flag in one.flags],
        "history": [snapshot.metrics.followers for snapshot in growth],
        "history_label": f"{days} hari" if days else "",
        "labels": _labels(record, care),
        "campaigns": [[own.campaign.title, own.application.state.indonesian] for own in campaigns],
        "barred": care.blacklisting.reason if care.blacklisting else "",
    }


def _labels(record: CreatorRecord, care: Care) -> list[str]:
    kind = [f"Konten {record.content_type.value}"] if record.content_type else []
    return [*kind, *(["Affiliate"] if record.affiliate else []), *care.tags]


def _whole(average: Average | None) -> int | None:
    """As the picture shows it; the rates on it are computed from the exact averages."""
    return None if average is None else int(Decimal(average).to_integral_value(ROUND_HALF_UP))


def _plain(rate: Decimal | None) -> str | None:
    return None if rate is None else str(rate)
