"""From a shortlist to what a brand gets to read. Whatever is for the team alone stops here."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from statistics import median

from bot.campaigns.models import Campaign
from bot.creators.models import ContentType, Niche, Tier
from bot.creators.rules import FlagKind, anomalies, tier
from bot.creators.usernames import profile_link
from bot.decks.models import BriefPage, CreatorPage, Criterion, DeckFacts, Notes, Overview, Points, Rates
from bot.platform.indonesian import format_number, format_percent
from bot.platform.text import tidy
from bot.shortlists.models import Criteria, CriterionKey, Entry, Shortlist
from bot.shortlists.rules import criteria_lines
from bot.shortlists.scoring import DEFAULT, Scoring

NO_CONTACT = "[kontak dihapus]"
MOST_REASONS = 5
# From this share of its points on, a criterion speaks for a creator.
_SPEAKS_FROM = Decimal("0.6")
# What isn't known of the past counts as middling, so only more than that is praise.
_PRAISE_FROM = Decimal("0.8")
# A missing figure is shown as missing, and what the team's sheet says is for the team.
_DOUBTS = frozenset({FlagKind.HIGH_ENGAGEMENT, FlagKind.HIGH_VIEWS, FlagKind.FEW_COMMENTS})
_PRAISED = (ContentType.TOP, ContentType.GOOD)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Mobile numbers, however they are spaced; amounts never begin with +62 8, 62 8 or 08.
_PHONE = re.compile(r"(?<![\w.,])(?:\+?62[\s.-]?|0)8[\d\s().-]{6,16}\d(?!\w)")
_WALK_IN = re.compile(r"(?:https?://)?(?:wa\.me|api\.whatsapp\.com|t\.me|line\.me)/\S+", re.IGNORECASE)

_MEANINGS = {
    "niche": "Isi akun sesuai bidang yang dicari",
    "followers": "Jumlah followers dalam rentang yang dicari",
    "engagement": "Engagement rate dibanding kebiasaan akun seukurannya",
    "views": "Rata-rata views dibanding followers",
    "content": "Kualitas konten menurut tim kami",
    "affiliate": "Ikut program affiliate",
    "region": "Wilayah kreator",
    "age": "Kelompok usia",
    "past": "Hasil kerja di kampanye sebelumnya",
    "price": "Tarif dibanding perkiraan views",
    "figures": "Angka akun lengkap dan masuk akal",
}


def facts_of(
    shortlist: Shortlist,
    entries: Sequence[Entry],
    *,
    rates: Rates,
    made_on: date,
    brief: BriefPage | None = None,
    most: int,
) -> DeckFacts:
    """The deck of those who are in, best first, `most` of them at most. Figures are the accounts' present ones."""
    inside = sorted((one for one in entries if one.rank is not None), key=lambda one: one.rank or 0)
    criteria = shortlist.criteria if rates is not Rates.HIDDEN else replace(shortlist.criteria, max_rate=None)
    shown = rates is Rates.BUDGET
    return DeckFacts(
        title=public(brief.title if brief else shortlist.title),
        brand=public(brief.brand) if brief else None,
        made_on=made_on,
        rates=rates,
        asked=tuple(criteria_lines(criteria)),
        criteria=tuple(Criterion(one.key.label, one.points, _MEANINGS[one.key]) for one in shortlist.weights),
        creators=tuple(_page(one, criteria, rates) for one in inside[:most]),
        brief=_told(brief, shown) if brief else None,
        left_out=max(0, len(inside) - most),
        budget=(brief.budget if brief and brief.budget else shortlist.budget) if shown else None,
        slots=brief.slots if brief and brief.slots else shortlist.slots,
    )


def brief_of(campaign: Campaign) -> BriefPage:
    """A campaign's brief, for a shortlist that was made for it."""
    basics = campaign.basics
    return BriefPage(title=basics.title, brand=basics.brand, objective=basics.brief, slots=basics.slots)


def notes_of(entries: Sequence[Entry], facts: DeckFacts, trimmed: Iterable[str]) -> Notes:
    """What staff should look at before they send the deck."""
    inside = [one for one in entries if one.rank is not None and one.rank <= len(facts.creators)]
    return Notes(
        doubtful=tuple(one.username for one in facts.creators if one.doubtful),
        moved=tuple(
            one.creator.record.username
            for one in inside
            if (one.followers, one.engagement_ppm) != (one.creator.record.metrics.followers, one.creator.engagement_ppm)
        ),
        unmet=tuple(one.creator.record.username for one in inside if one.unmet),
        without_rate=tuple(one.username for one in facts.creators if facts.shows_rates and one.rate is None),
        trimmed=tuple(dict.fromkeys(trimmed)),
    )


def overview_of(creators: Sequence[CreatorPage]) -> Overview:
    """A deck in a few figures: sums of followers and average views, the median ER, how tiers and niches spread."""
    followers = [one.followers for one in creators if one.followers is not None]
    views = [one.views for one in creators if one.views is not None]
    rates = [one.er for one in creators if one.er is not None]
    sizes = Counter(one.tier for one in creators if one.tier)
    about = Counter(niche for one in creators for niche in one.niches[:1])
    return Overview(
        creators=len(creators),
        followers=sum(followers) if followers else None,
        views=sum(views, start=0) if views else None,
        er=median(rates) if rates else None,
        tiers=tuple((one.label, sizes[one.label]) for one in Tier if sizes[one.label]),
        niches=tuple(sorted(about.items(), key=lambda item: (-item[1], item[0]))),
    )


def public(text: str) -> str:
    """People's text without unseen characters, phone numbers, e-mail addresses and chat links."""
    text = _WALK_IN.sub(NO_CONTACT, tidy(text))
    return _PHONE.sub(NO_CONTACT, _EMAIL.sub(NO_CONTACT, text))


def _told(brief: BriefPage, with_budget: bool) -> BriefPage:
    return replace(
        brief,
        title=public(brief.title),
        brand=public(brief.brand),
        objective=public(brief.objective),
        content=public(brief.content),
        do=public(brief.do),
        dont=public(brief.dont),
        budget=brief.budget if with_budget else None,
    )


def _page(one: Entry, criteria: Criteria, rates: Rates) -> CreatorPage:
    record, metrics = one.creator.record, one.creator.record.metrics
    size = tier(metrics.followers)
    page = CreatorPage(
        rank=one.rank or 0,
        username=record.username,
        platform=record.platform.label,
        link=profile_link(record.key),
        niches=tuple(niche.indonesian for niche in (record.niche_1, record.niche_2) if niche),
        tier=size.label if size else None,
        region=one.creator.region,
        content_type=_quality(record.content_type),
        affiliate=record.affiliate,
        followers=metrics.followers,
        views=metrics.avg_views,
        likes=metrics.avg_likes,
        comments=metrics.avg_comments,
        shares=metrics.avg_shares,
        er=None if one.creator.engagement_ppm is None else Decimal(one.creator.engagement_ppm) / 1_000_000,
        score=one.score,
        points=tuple(Points(item.key.label, item.gained, item.weight) for item in one.points),
        reasons=(),
        doubtful=any(flag.kind in _DOUBTS for flag in anomalies(metrics, record.reported_er)),
        rate=one.rate if rates is not Rates.HIDDEN else None,
    )
    return replace(page, reasons=reasons_for(one, page, criteria))


def reasons_for(one: Entry, page: CreatorPage, criteria: Criteria, scoring: Scoring = DEFAULT) -> tuple[str, ...]:
    """Why this creator, strongest criterion first, in sentences of the deck's own.

    The reasons of the score are written for the team (lateness, doubts, rates), so none of them is passed on.
    """
    strong = sorted(
        (item for item in one.points if item.weight and Decimal(item.gained) / item.weight >= _SPEAKS_FROM),
        key=lambda item: -item.gained,
    )
    told = (_reason(item.key, Decimal(item.gained) / item.weight, one, page, criteria, scoring) for item in strong)
    return tuple(sentence for sentence in told if sentence)[:MOST_REASONS]


def _reason(
    key: CriterionKey, share: Decimal, one: Entry, page: CreatorPage, criteria: Criteria, scoring: Scoring
) -> str | None:
    record = one.creator.record
    match key.value:
        case "niche":
            return _about(record.niche_1, record.niche_2, criteria.niches)
        case "followers" if page.followers is not None:
            return f"{format_number(page.followers)} followers, sesuai ukuran yang dicari."
        case "engagement" if page.er is not None and not page.doubtful:
            size = tier(page.followers)
            usual = scoring.usual_engagement[size] if size else None
            if size is None or usual is None or page.er < usual:
                return None
            return f"ER {format_percent(page.er)}, di atas kebiasaan akun {size.label} ({short_percent(usual)})."
        case "views" if page.views is not None and page.followers and not page.doubtful:
            reach = format_percent(Decimal(page.views) / page.followers, 0)
            return f"Rata-rata {format_number(page.views)} views per konten, {reach} dari followers."
        case "content" if record.content_type in _PRAISED:
            return f"Kualitas konten {page.content_type} menurut tim kami."
        case "affiliate" if record.affiliate:
            return "Ikut program affiliate, jadi bisa sekaligus menjual."
        case "region" if one.creator.region:
            return f"Berdomisili di {one.creator.region}."
        case "age" if record.age_band and record.age_band in criteria.age_bands:
            return f"Kelompok usia {record.age_band.label}, sesuai yang dicari."
        case "past" if share >= _PRAISE_FROM:
            return "Rekam jejaknya baik di kampanye bersama kami."
        case "price" if page.rate is not None and share >= _PRAISE_FROM:
            return "Tarifnya hemat dibanding perkiraan views."
        case _:
            return None


def _quality(kind: ContentType | None) -> str | None:
    """`B (Good Creator)`; below that the letter alone: "Buzzer" is a word for the team."""
    if kind is None:
        return None
    return kind.label if kind in _PRAISED else kind.value


def _about(first: Niche | None, second: Niche | None, wanted: Sequence[Niche]) -> str | None:
    if first and first in wanted:
        return f"Niche utama {first.indonesian}, sesuai yang dicari."
    if second and second in wanted:
        return f"Niche kedua {second.indonesian}, sesuai yang dicari."
    return None


def short_percent(ratio: Decimal) -> str:
    """`3%`, `1,5%`."""
    return format_percent(ratio, 0 if ratio * 100 == int(ratio * 100) else 1)
