"""How well one candidate answers each criterion: a share from 0 to 1, and the sentence that says why."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from bot.creators.models import AgeBand, Niche
from bot.creators.rules import Flag, FlagKind, engagement_rate, tier
from bot.creators.search import range_text
from bot.platform.indonesian import format_number, format_percent, format_rupiah
from bot.shortlists.models import Candidate, Criteria, CriterionKey
from bot.shortlists.scoring import Scoring

Measure = tuple[Decimal, str]
NOTHING, FULL = Decimal(0), Decimal(1)


@dataclass(frozen=True, slots=True)
class Case:
    """One candidate before one need. `flags` are what their figures show (rules of creators)."""

    candidate: Candidate
    criteria: Criteria
    flags: tuple[Flag, ...]
    scoring: Scoring

    def flagged(self, kind: FlagKind) -> bool:
        """Whether the figures have this flag."""
        return any(flag.kind is kind for flag in self.flags)


def measure(key: CriterionKey, case: Case) -> Measure:
    """By the account's figures, the team's own columns and past campaigns, never by what somebody wrote."""
    return _MEASURES[key](case)


def related_niches(niches: Iterable[Niche], scoring: Scoring) -> tuple[Niche, ...]:
    """Niches close to these (of the same group), without these, in the order of the vocabulary."""
    asked = set(niches)
    near = {niche for group in scoring.niche_groups if group & asked for niche in group}
    return tuple(niche for niche in Niche if niche in near - asked)


def niche(case: Case) -> Measure:
    """The first column counts in full, the second and a close niche for less."""
    criteria, scoring = case.criteria, case.scoring
    first, second = case.candidate.creator.record.niche_1, case.candidate.creator.record.niche_2
    wanted = either(one.indonesian for one in criteria.niches)
    if first is None and second is None:
        return NOTHING, f"Niche belum tercatat, yang dicari {wanted}."
    if first in criteria.niches:
        return scoring.first_niche, f"Niche utama {first.indonesian if first else ''} cocok."
    if second in criteria.niches:
        return scoring.second_niche, f"Niche kedua {second.indonesian if second else ''} cocok."
    named = " dan ".join(one.indonesian for one in (first, second) if one)
    near = set(related_niches(criteria.niches, scoring)) if criteria.near_niches else set[Niche]()
    if first in near or second in near:
        return scoring.related_niche, f"Niche {named} dekat dengan {wanted}."
    return NOTHING, f"Niche {named}, yang dicari {wanted}."


def followers(case: Case) -> Measure:
    """All or nothing: in the range or not."""
    known, asked = case.candidate.creator.record.metrics.followers, range_text(case.criteria.followers)
    if known is None:
        return NOTHING, f"Followers belum tercatat, yang dicari {asked}."
    if known in case.criteria.followers:
        return FULL, f"Followers {format_number(known)}, sesuai ({asked})."
    return NOTHING, f"Followers {format_number(known)}, yang dicari {asked}."


def _engagement(case: Case) -> Measure:
    """Against what is usual for the tier; nothing for a rate that needs a look first."""
    metrics = case.candidate.creator.record.metrics
    rate, size = engagement_rate(metrics), tier(metrics.followers)
    if rate is None or size is None:
        return NOTHING, "ER belum bisa dihitung karena metriknya belum lengkap."
    if case.flagged(FlagKind.HIGH_ENGAGEMENT):
        return NOTHING, f"ER {format_percent(rate)} tidak wajar, jadi belum diberi poin. Periksa dulu angkanya."
    usual = case.scoring.usual_engagement[size]
    full = usual * case.scoring.engagement_full_at
    told = f"ER {format_percent(rate)}. Biasanya {rate_text(usual)} untuk {size.label}; penuh mulai {rate_text(full)}."
    return min(rate / full, FULL), told


def _views(case: Case) -> Measure:
    """Average views a follower."""
    metrics = case.candidate.creator.record.metrics
    known, views = metrics.followers, metrics.avg_views
    if not known or views is None:
        return NOTHING, "Rata-rata views atau followers belum tercatat."
    reach = Decimal(views) / known
    told = f"Rata-rata views {format_number(views)}, {format_percent(reach, 0)} dari followers"
    if case.flagged(FlagKind.HIGH_VIEWS):
        return NOTHING, f"{told}: tidak wajar, jadi belum diberi poin."
    full = case.scoring.views_full_at
    return min(reach / full, FULL), f"{told}; penuh mulai {rate_text(full)}."


def _content(case: Case) -> Measure:
    kind = case.candidate.creator.record.content_type
    share = case.scoring.content[kind]
    return share, f"Tipe konten {kind.label}." if kind else "Tipe konten belum dinilai tim."


def _affiliate(case: Case) -> Measure:
    known = case.candidate.creator.record.affiliate
    if known:
        return FULL, "Ikut program affiliate."
    return NOTHING, "Affiliate belum diketahui." if known is None else "Tidak ikut program affiliate."


def _region(case: Case) -> Measure:
    """A province asked for counts in full, another one of its islands for less."""
    region, asked = case.candidate.creator.region, case.criteria.preferred_regions
    if region is None:
        return case.scoring.unknown_region, f"Wilayah belum tercatat, yang diutamakan {either(asked)}."
    if region in asked:
        return FULL, f"Wilayah {region}, sesuai yang diutamakan."
    if any(region in group and group & set(asked) for group in case.scoring.region_groups):
        return case.scoring.near_region, f"Wilayah {region}, satu kepulauan dengan {either(asked)}."
    return NOTHING, f"Wilayah {region}, yang diutamakan {either(asked)}."


def _age(case: Case) -> Measure:
    """The band asked for counts in full, its neighbours for less."""
    band, asked = case.candidate.creator.record.age_band, case.criteria.age_bands
    wanted = either(one.label for one in asked)
    if band is None:
        return case.scoring.unknown_age, f"Perkiraan usia belum tercatat, yang diutamakan {wanted}."
    if band in asked:
        return FULL, f"Perkiraan usia {band.label}, sesuai yang diutamakan."
    bands = list(AgeBand)
    if any(abs(bands.index(band) - bands.index(one)) == 1 for one in asked):
        return case.scoring.near_age, f"Perkiraan usia {band.label}, berdekatan dengan {wanted}."
    return NOTHING, f"Perkiraan usia {band.label}, yang diutamakan {wanted}."


def _past(case: Case) -> Measure:
    """Campaigns finished of those begun, beside a few neutral ones so that one campaign does not decide; then results.

    A campaign that was left counts 0, one whose post came late what is left of 1. Without any record the share is the
    neutral one; without results, finishing is all there is.
    """
    track, scoring = case.candidate.track, case.scoring
    if not track.known:
        return scoring.past_neutral, "Belum ada data kampanye bersama kami, jadi diberi poin tengah."
    finished = track.taken if track.delivered is None else track.delivered
    begun = finished + track.stepped_back
    kept = finished - scoring.past_late_costs * min(track.late, finished)
    share = (kept + scoring.past_neutral * scoring.past_counts_as) / Decimal(begun + scoring.past_counts_as)
    told = f"Ikut {begun} kampanye bersama kami, mundur dari {track.stepped_back}."
    told += " Ketepatan waktu belum ada data." if track.delivered is None else f" Terlambat tayang {track.late} kali."
    if track.result is None:
        return share, f"{told} Hasil belum ada data."
    part = scoring.past_result_share
    result = min(track.result, FULL)
    return (1 - part) * share + part * result, f"{told} Hasil {format_percent(track.result, 0)} dari target."


def _price(case: Case) -> Measure:
    """Rupiah an expected view, the average of their posts; the cheaper the more."""
    price, views = case.candidate.price, case.candidate.creator.record.metrics.avg_views
    scoring = case.scoring
    if price is None:
        return scoring.price_neutral, "Tarif belum diketahui, jadi diberi poin tengah."
    if case.flagged(FlagKind.HIGH_VIEWS):
        return NOTHING, "Views-nya tidak wajar, jadi harga per view belum diberi poin."
    if not views:
        return scoring.price_neutral, "Rata-rata views belum tercatat, jadi diberi poin tengah."
    each = Decimal(price) / Decimal(views)
    share = FULL if not each else min(scoring.price_full_at / each, FULL)
    told = f"{format_rupiah(price)} untuk sekitar {format_number(views)} views: {format_rupiah(round(each))} per view"
    return share, f"{told}; penuh sampai {format_rupiah(round(scoring.price_full_at))} ({scoring.price_source})."


def _figures(case: Case) -> Measure:
    """What each flag leaves."""
    if not case.flags:
        return FULL, "Angkanya wajar dan lengkap."
    costs = sum((case.scoring.flag_costs[flag.kind] for flag in case.flags), NOTHING)
    return max(NOTHING, 1 - costs), " ".join(flag.message for flag in case.flags)


_MEASURES: dict[CriterionKey, Callable[[Case], Measure]] = {
    CriterionKey.NICHE: niche,
    CriterionKey.FOLLOWERS: followers,
    CriterionKey.ENGAGEMENT: _engagement,
    CriterionKey.VIEWS: _views,
    CriterionKey.CONTENT: _content,
    CriterionKey.AFFILIATE: _affiliate,
    CriterionKey.REGION: _region,
    CriterionKey.AGE: _age,
    CriterionKey.PAST: _past,
    CriterionKey.PRICE: _price,
    CriterionKey.FIGURES: _figures,
}


@lru_cache(maxsize=64)
def rate_text(ratio: Decimal) -> str:
    """A ratio as a percentage with as many decimals as it has, two at most."""
    return format_percent(ratio, 0 if ratio * 100 % 1 == 0 else 2 if ratio * 1000 % 1 else 1)


def either(names: Iterable[str]) -> str:
    """`A atau B`."""
    return " atau ".join(names)
