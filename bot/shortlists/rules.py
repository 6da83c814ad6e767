"""How a shortlist is made: who is out and why, and what each criterion brings the others."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP

from bot.creators.models import Tier
from bot.creators.rules import FlagKind, anomalies, tier
from bot.creators.search import percent_of
from bot.platform.indonesian import format_rupiah
from bot.shortlists.measures import Case, either, followers, measure, niche, rate_text
from bot.shortlists.models import Candidate, Criteria, Judgement, Points, Weight
from bot.shortlists.scoring import DEFAULT, Scoring

# Short enough for a chip on the picture; the sentence is in the explanation.
_FLAG_NAMES = {
    FlagKind.HIGH_ENGAGEMENT: "ER tidak wajar",
    FlagKind.HIGH_VIEWS: "Views tidak wajar",
    FlagKind.FEW_COMMENTS: "Komentar hampir nol",
    FlagKind.REPORTED_DIFFERS: "ER lembar berbeda",
    FlagKind.MISSING_METRICS: "Metrik kurang",
}


def judge(
    candidate: Candidate, criteria: Criteria, weights: tuple[Weight, ...], scoring: Scoring = DEFAULT
) -> Judgement:
    """Score one candidate: each criterion's share of its weight, rounded to whole points (half up)."""
    record = candidate.creator.record
    flags = tuple(anomalies(record.metrics, record.reported_er))
    case = Case(candidate, criteria, flags, scoring)
    points: list[Points] = []
    for weight in weights:
        share, reason = measure(weight.key, case)
        gained = int((weight.points * share).to_integral_value(ROUND_HALF_UP))
        points.append(Points(weight.key, gained, weight.points, reason))
    return Judgement(
        candidate,
        tuple(points),
        excluded=tuple(_exclusions(case)),
        flags=tuple(_FLAG_NAMES[flag.kind] for flag in flags),
    )


def criteria_lines(criteria: Criteria) -> list[str]:
    """What is asked for, one short phrase a line; says so when nothing is."""
    lines = criteria.as_filter().lines()
    if criteria.max_rate is not None:
        lines.append(f"Tarif maksimal {format_rupiah(criteria.max_rate)}")
    if criteria.preferred_regions:
        lines.append(f"Diutamakan wilayah {either(criteria.preferred_regions)}")
    if criteria.age_bands:
        lines.append(f"Diutamakan usia {either(band.label for band in criteria.age_bands)}")
    return lines or ["Tanpa syarat: semua kreator dinilai"]


def usual_rates(scoring: Scoring = DEFAULT) -> str:
    """The reference table of the ER criterion in one line, with where it comes from."""
    rates = ", ".join(f"{size.label} {rate_text(scoring.usual_engagement[size])}" for size in Tier)
    return f"ER yang biasa: {rates} ({scoring.engagement_source})."


def _exclusions(case: Case) -> list[str]:
    """Every hard requirement that is not met, one sentence each. What isn't known is not met."""
    candidate, criteria = case.candidate, case.criteria
    creator, record = candidate.creator, candidate.creator.record
    reasons: list[str] = []
    if candidate.barred is not None:
        reasons.append(f"Ada di blacklist: {candidate.barred.rstrip('.')}.")
    if criteria.platforms and record.platform not in criteria.platforms:
        wanted = either(platform.label for platform in criteria.platforms)
        reasons.append(f"Platform {record.platform.label}, yang dicari {wanted}.")
    if criteria.niches:
        share, why = niche(case)
        reasons += [] if share else [why]
    if record.metrics.followers not in criteria.followers:
        reasons.append(followers(case)[1])
    size = tier(record.metrics.followers)
    if criteria.tiers and size not in criteria.tiers:
        wanted = either(one.label for one in criteria.tiers)
        reasons.append(f"Tier {size.label if size else 'belum diketahui'}, yang dicari {wanted}.")
    if criteria.min_engagement_ppm is not None:
        least = percent_of(criteria.min_engagement_ppm)
        if creator.engagement_ppm is None:
            reasons.append(f"ER belum bisa dihitung, minimal {least}.")
        elif creator.engagement_ppm < criteria.min_engagement_ppm:
            reasons.append(f"ER {percent_of(creator.engagement_ppm)}, di bawah minimal {least}.")
    if criteria.content_types and record.content_type not in criteria.content_types:
        wanted = either(kind.label for kind in criteria.content_types)
        kind = record.content_type.label if record.content_type else "belum dinilai"
        reasons.append(f"Tipe konten {kind}, yang dicari {wanted}.")
    if criteria.regions and creator.region not in criteria.regions:
        reasons.append(f"Wilayah {creator.region or 'belum tercatat'}, yang dicari {either(criteria.regions)}.")
    price = candidate.price
    if criteria.max_rate is not None and price is not None and price > criteria.max_rate:
        reasons.append(f"Tarif {format_rupiah(price)}, di atas {format_rupiah(criteria.max_rate)}.")
    return reasons


def ranked(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Those who are in before those who are out; the higher score, then more followers, then the username first."""

    def order(one: Judgement) -> tuple[bool, int, int, str, str]:
        record = one.candidate.creator.record
        known = record.metrics.followers if record.metrics.followers is not None else -1
        return bool(one.excluded), -one.score, -known, record.username, record.platform.value

    return sorted(judgements, key=order)
