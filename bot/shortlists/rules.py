"""How a shortlist is made: who is out and why, and what each criterion brings the others."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from bot.creators.models import Niche, Tier
from bot.creators.rules import FlagKind, anomalies, engagement_rate, tier
from bot.creators.search import percent_of, range_text
from bot.creators.service import Creator
from bot.platform.indonesian import format_number, format_percent, format_rupiah
from bot.shortlists.models import Candidate, Criteria, CriterionKey, Judgement, Points, Weight
from bot.shortlists.scoring import DEFAULT, Scoring

# Short enough for a chip on the picture; the sentence is in the explanation.
_FLAG_NAMES = {
    FlagKind.HIGH_ENGAGEMENT: "ER tidak wajar",
    FlagKind.HIGH_VIEWS: "Views tidak wajar",
    FlagKind.FEW_COMMENTS: "Komentar hampir nol",
    FlagKind.REPORTED_DIFFERS: "ER lembar berbeda",
    FlagKind.MISSING_METRICS: "Metrik kurang",
}


def weights_for(criteria: Criteria, scoring: Scoring = DEFAULT) -> tuple[Weight, ...]:
    """The weights of a shortlist: whole points that add up to 100.

    Niche and followers count only where they are asked for; their points go to the others in proportion (largest
    remainders, ties in the order of the criteria).
    """
    asked = {CriterionKey.NICHE: bool(criteria.niches), CriterionKey.FOLLOWERS: bool(criteria.followers)}
    kept = [key for key in CriterionKey if asked.get(key, True) and scoring.weights[key] > 0]
    total = sum(scoring.weights[key] for key in kept)
    whole = {key: scoring.weights[key] * 100 // total for key in kept}
    by_remainder = sorted(kept, key=lambda key: -(scoring.weights[key] * 100 % total))
    for key in by_remainder[: 100 - sum(whole.values())]:
        whole[key] += 1
    return tuple(Weight(key, whole[key]) for key in kept)


def related_niches(niches: Iterable[Niche], scoring: Scoring = DEFAULT) -> tuple[Niche, ...]:
    """Niches close to these (of the same group), without these, in the order of the vocabulary."""
    asked = set(niches)
    near = {niche for group in scoring.niche_groups if group & asked for niche in group}
    return tuple(niche for niche in Niche if niche in near - asked)


def judge(
    candidate: Candidate, criteria: Criteria, weights: tuple[Weight, ...], scoring: Scoring = DEFAULT
) -> Judgement:
    """Score one candidate: by the account's figures and the team's own columns, never by what somebody wrote."""
    record = candidate.creator.record
    flags = anomalies(record.metrics, record.reported_er)
    kinds = {flag.kind for flag in flags}
    shares = {
        CriterionKey.NICHE: lambda: _niche(candidate.creator, criteria, scoring),
        CriterionKey.FOLLOWERS: lambda: _followers(candidate.creator, criteria),
        CriterionKey.ENGAGEMENT: lambda: _engagement(candidate.creator, kinds, scoring),
        CriterionKey.VIEWS: lambda: _views(candidate.creator, kinds, scoring),
        CriterionKey.CONTENT: lambda: _content(candidate.creator, scoring),
        CriterionKey.AFFILIATE: lambda: _affiliate(candidate.creator),
        CriterionKey.FIGURES: lambda: _figures(
            [scoring.flag_costs[flag.kind] for flag in flags], [flag.message for flag in flags]
        ),
    }
    points: list[Points] = []
    for weight in weights:
        share, reason = shares[weight.key]()
        gained = int((weight.points * share).to_integral_value(ROUND_HALF_UP))
        points.append(Points(weight.key, gained, weight.points, reason))
    return Judgement(
        candidate,
        tuple(points),
        excluded=tuple(_exclusions(candidate, criteria, scoring)),
        flags=tuple(_FLAG_NAMES[flag.kind] for flag in flags),
    )


def ranked(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Those who are in before those who are out; the higher score, then more followers, then the username first."""

    def order(one: Judgement) -> tuple[bool, int, int, str, str]:
        record = one.candidate.creator.record
        followers = record.metrics.followers if record.metrics.followers is not None else -1
        return bool(one.excluded), -one.score, -followers, record.username, record.platform.value

    return sorted(judgements, key=order)


def criteria_lines(criteria: Criteria) -> list[str]:
    """What is asked for, one short phrase a line; says so when nothing is."""
    lines = criteria.as_filter().lines()
    if criteria.max_rate is not None:
        lines.append(f"Tarif maksimal {format_rupiah(criteria.max_rate)}")
    return lines or ["Tanpa syarat: semua kreator dinilai"]


def _exclusions(candidate: Candidate, criteria: Criteria, scoring: Scoring) -> list[str]:
    """Every hard requirement that is not met, one sentence each. What isn't known is not met."""
    creator, record = candidate.creator, candidate.creator.record
    followers = record.metrics.followers
    reasons: list[str] = []
    if criteria.platforms and record.platform not in criteria.platforms:
        wanted = _either(platform.label for platform in criteria.platforms)
        reasons.append(f"Platform {record.platform.label}, yang dicari {wanted}.")
    if criteria.niches and _niche(creator, criteria, scoring)[0] == 0:
        reasons.append(_niche(creator, criteria, scoring)[1])
    if followers not in criteria.followers:
        reasons.append(_followers(creator, criteria)[1])
    size = tier(followers)
    if criteria.tiers and size not in criteria.tiers:
        wanted = _either(one.label for one in criteria.tiers)
        reasons.append(f"Tier {size.label if size else 'belum diketahui'}, yang dicari {wanted}.")
    if criteria.min_engagement_ppm is not None:
        least = percent_of(criteria.min_engagement_ppm)
        if creator.engagement_ppm is None:
            reasons.append(f"ER belum bisa dihitung, minimal {least}.")
        elif creator.engagement_ppm < criteria.min_engagement_ppm:
            reasons.append(f"ER {percent_of(creator.engagement_ppm)}, di bawah minimal {least}.")
    if criteria.content_types and record.content_type not in criteria.content_types:
        wanted = _either(kind.label for kind in criteria.content_types)
        kind = record.content_type.label if record.content_type else "belum dinilai"
        reasons.append(f"Tipe konten {kind}, yang dicari {wanted}.")
    if criteria.regions and creator.region not in criteria.regions:
        reasons.append(f"Wilayah {creator.region or 'belum tercatat'}, yang dicari {_either(criteria.regions)}.")
    if criteria.max_rate is not None and candidate.rate is not None and candidate.rate > criteria.max_rate:
        reasons.append(f"Tarif {format_rupiah(candidate.rate)}, di atas {format_rupiah(criteria.max_rate)}.")
    return reasons


def _niche(creator: Creator, criteria: Criteria, scoring: Scoring) -> tuple[Decimal, str]:
    first, second = creator.record.niche_1, creator.record.niche_2
    wanted = _either(niche.indonesian for niche in criteria.niches)
    if first is None and second is None:
        return Decimal(0), f"Niche belum tercatat, yang dicari {wanted}."
    if first in criteria.niches:
        return scoring.first_niche, f"Niche utama {first.indonesian if first else ''} cocok."
    if second in criteria.niches:
        return scoring.second_niche, f"Niche kedua {second.indonesian if second else ''} cocok."
    named = " dan ".join(niche.indonesian for niche in (first, second) if niche)
    near = set(related_niches(criteria.niches, scoring)) if criteria.near_niches else set[Niche]()
    if first in near or second in near:
        return scoring.related_niche, f"Niche {named} dekat dengan {wanted}."
    return Decimal(0), f"Niche {named}, yang dicari {wanted}."


def _followers(creator: Creator, criteria: Criteria) -> tuple[Decimal, str]:
    followers, asked = creator.record.metrics.followers, range_text(criteria.followers)
    if followers is None:
        return Decimal(0), f"Followers belum tercatat, yang dicari {asked}."
    if followers in criteria.followers:
        return Decimal(1), f"Followers {format_number(followers)}, sesuai ({asked})."
    return Decimal(0), f"Followers {format_number(followers)}, yang dicari {asked}."


def _engagement(creator: Creator, flags: set[FlagKind], scoring: Scoring) -> tuple[Decimal, str]:
    rate, size = engagement_rate(creator.record.metrics), tier(creator.record.metrics.followers)
    if rate is None or size is None:
        return Decimal(0), "ER belum bisa dihitung karena metriknya belum lengkap."
    if FlagKind.HIGH_ENGAGEMENT in flags:
        return Decimal(0), f"ER {format_percent(rate)} tidak wajar, jadi belum diberi poin. Periksa dulu angkanya."
    usual = scoring.usual_engagement[size]
    full = usual * scoring.engagement_full_at
    share = min(rate / full, Decimal(1))
    return share, f"ER {format_percent(rate)}. Biasanya {_rate(usual)} untuk {size.label}; penuh mulai {_rate(full)}."


def _views(creator: Creator, flags: set[FlagKind], scoring: Scoring) -> tuple[Decimal, str]:
    followers, views = creator.record.metrics.followers, creator.record.metrics.avg_views
    if not followers or views is None:
        return Decimal(0), "Rata-rata views atau followers belum tercatat."
    reach = Decimal(views) / followers
    told = f"Rata-rata views {format_number(views)}, {format_percent(reach, 0)} dari followers"
    if FlagKind.HIGH_VIEWS in flags:
        return Decimal(0), f"{told}: tidak wajar, jadi belum diberi poin."
    return min(reach / scoring.views_full_at, Decimal(1)), f"{told}; penuh mulai {_rate(scoring.views_full_at)}."


def _content(creator: Creator, scoring: Scoring) -> tuple[Decimal, str]:
    kind = creator.record.content_type
    share = scoring.content[kind]
    return share, f"Tipe konten {kind.label}." if kind else "Tipe konten belum dinilai tim."


def _affiliate(creator: Creator) -> tuple[Decimal, str]:
    if creator.record.affiliate:
        return Decimal(1), "Ikut program affiliate."
    unknown = creator.record.affiliate is None
    return Decimal(0), "Affiliate belum diketahui." if unknown else "Tidak ikut program affiliate."


def _figures(costs: list[Decimal], messages: list[str]) -> tuple[Decimal, str]:
    if not costs:
        return Decimal(1), "Angkanya wajar dan lengkap."
    return max(Decimal(0), 1 - sum(costs, Decimal(0))), " ".join(messages)


@lru_cache(maxsize=64)
def _rate(ratio: Decimal) -> str:
    return format_percent(ratio, 0 if ratio * 100 % 1 == 0 else 2 if ratio * 1000 % 1 else 1)


def _either(names: Iterable[str]) -> str:
    return " atau ".join(names)


def usual_rates(scoring: Scoring = DEFAULT) -> str:
    """The reference table of the ER criterion in one line, with where it comes from."""
    rates = ", ".join(f"{size.label} {_rate(scoring.usual_engagement[size])}" for size in Tier)
    return f"ER yang biasa: {rates} ({scoring.engagement_source})."
