"""How a comparison of creators looks in Discord."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from discord.utils import escape_markdown

from bot.creators import cards
from bot.creators.cards import ComparedCreator, ComparisonCard
from bot.creators.profile import Profile
from bot.platform.messages import Message, Option, Picture, Select, custom_id
from bot.platform.palette import PRIMARY
from cogs import kol_views as views


def draw(facts: Mapping[str, Any], image: bytes | None) -> tuple[bytes, str]:
    """The picture of a comparison and its alt text."""
    card = ComparisonCard(tuple(_column(one) for one in facts["creators"]))
    return cards.render(card), cards.alt_text(card)


def comparison(profiles: Sequence[Profile], campaigns: Mapping[int, int], barred: Mapping[int, str]) -> Message:
    """Creators side by side. `campaigns`: how many they took part in; `barred`: who is on the blacklist, why."""
    lines = [
        f"{views.linked(one.creator.record)} · {one.creator.record.platform.label}"
        + (f"\n{views.BARRED} Blacklist: {escape_markdown(barred[one.creator.id])}" if one.creator.id in barred else "")
        for one in profiles
    ]
    options = [
        Option(
            str(one.creator.id), f"@{one.creator.record.username} · {one.creator.record.platform.label}", _flags(one)
        )
        for one in profiles
    ]
    facts = [_facts(one, campaigns.get(one.creator.id, 0), one.creator.id in barred) for one in profiles]
    return Message(
        title=f"Banding {len(profiles)} kreator",
        description="\n".join(lines),
        colour=PRIMARY,
        selects=[Select(custom_id("kol:open"), "Buka profil kreator", options)],
        picture=Picture("comparison", {"creators": facts}, "banding.png"),
        footer="Hijau: paling besar di barisnya. Besar tidak selalu wajar, lihat juga baris Perlu dicek.",
    )


def _flags(one: Profile) -> str:
    return " ".join(flag.message for flag in one.flags) or "Angkanya wajar dan lengkap"


def _facts(one: Profile, campaigns: int, barred: bool) -> dict[str, Any]:
    record, metrics = one.creator.record, one.creator.record.metrics
    niches = [niche.indonesian for niche in (record.niche_1, record.niche_2) if niche]
    warnings = [*(["di blacklist"] if barred else []), *([f"{len(one.flags)} hal di angka"] if one.flags else [])]
    return {
        "name": record.username,
        "platform": record.platform.label,
        "tier": one.tier.label if one.tier else "",
        "niches": ", ".join(niches),
        "content_type": record.content_type.label if record.content_type else "",
        "region": ", ".join(filter(None, (one.creator.city, one.creator.region))),
        "followers": metrics.followers,
        "average_views": _told(metrics.avg_views),
        "average_likes": _told(metrics.avg_likes),
        "average_comments": _told(metrics.avg_comments),
        "average_shares": _told(metrics.avg_shares),
        "er": _told(one.engagement),
        "er_by_views": _told(one.engagement_by_views),
        "campaigns": campaigns,
        "history": [snapshot.metrics.followers for snapshot in one.growth[-views.HISTORY_SHOWN :]],
        "warning": ", ".join(warnings),
    }


def _column(facts: Mapping[str, Any]) -> ComparedCreator:
    figures = ("average_views", "average_likes", "average_comments", "average_shares", "er", "er_by_views")
    numbers = {name: None if facts[name] is None else Decimal(facts[name]) for name in figures}
    return ComparedCreator(**{**facts, **numbers, "history": tuple(facts["history"])})


def _told(figure: int | Decimal | None) -> str | None:
    return None if figure is None else str(figure)
