"""What an account's figures say: engagement, size, and what a person should look at."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bot.creators.models import Average, Metrics, Tier
from bot.platform.indonesian import format_number, format_percent

SUSPICIOUS_ENGAGEMENT = Decimal("0.30")
SUSPICIOUS_VIEWS_PER_FOLLOWER = 20
# Comments under 2 per 1,000 likes, looked at only where there are likes enough for the share to mean something.
MANY_LIKES = 1_000
FEW_COMMENTS_PER_LIKE = Decimal("0.002")
# Figures of accounts move within weeks: those that have stood for 90 days are asked for again.
STALE_AFTER = 90 * 86_400

_HALF = Decimal("0.5")
_HALF_A_HUNDREDTH_OF_A_PERCENT = Decimal("0.00005")
_TIER_FLOORS = ((1_000_000, Tier.MEGA), (500_000, Tier.MACRO), (100_000, Tier.MID), (10_000, Tier.MICRO))
_METRIC_NAMES = {
    "followers": "followers",
    "avg_views": "rata-rata views",
    "avg_likes": "rata-rata like",
    "avg_comments": "rata-rata komentar",
    "avg_shares": "rata-rata share",
}


class FlagKind(StrEnum):
    """Why a person should look at a row."""

    HIGH_ENGAGEMENT = "high_engagement"
    HIGH_VIEWS = "high_views"
    FEW_COMMENTS = "few_comments"
    MISSING_METRICS = "missing_metrics"
    REPORTED_DIFFERS = "reported_differs"


@dataclass(frozen=True, slots=True)
class Flag:
    """Something unusual, with the sentence for staff. A flag never blocks an import."""

    kind: FlagKind
    message: str


class Verdict(StrEnum):
    """How the sheet's own ER compares with the computed one."""

    NOT_REPORTED = "not_reported"
    NOT_COMPUTABLE = "not_computable"
    SAME = "same"
    ROUNDING = "rounding"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class ReportedComparison:
    """The sheet's ER beside ours. `lowest` to `highest` is what the unrounded figures could have given (ratios)."""

    verdict: Verdict
    reported: Decimal | None = None
    computed: Decimal | None = None
    lowest: Decimal | None = None
    highest: Decimal | None = None

    @property
    def explained(self) -> bool:
        """False only when there is a difference that rounding can't account for."""
        return self.verdict is not Verdict.DIFFERENT

    @property
    def message(self) -> str:
        """The sentence for staff; empty when there is nothing to compare."""
        if self.reported is None or self.computed is None:
            return ""
        both = f"ER di lembar {format_percent(self.reported)}, hitungan bot {format_percent(self.computed)}"
        endings = {Verdict.SAME: "sama", Verdict.ROUNDING: "selisihnya karena angka di lembar dibulatkan"}
        return f"{both}: {endings.get(self.verdict, 'selisihnya bukan karena pembulatan, periksa angkanya')}."


def engagement_rate(metrics: Metrics) -> Decimal | None:
    """ER as a ratio: (average likes + average comments) / followers (the KOL division's formula).

    None when a figure is unknown or there are no followers; zero only when likes and comments are known zeros.
    """
    return _engagement_per(metrics, metrics.followers)


def engagement_rate_by_views(metrics: Metrics) -> Decimal | None:
    """(average likes + average comments) / average views, as a ratio; None when unknown or without views."""
    return _engagement_per(metrics, metrics.avg_views)


def tier(followers: int | None) -> Tier | None:
    """The size class of an account (bounds: Tier); None when the followers are unknown."""
    if followers is None:
        return None
    return next((tier for floor, tier in _TIER_FLOORS if followers >= floor), Tier.NANO)


def tier_range(size: Tier) -> tuple[int, int | None]:
    """The fewest and the most followers of a tier, both included; None where there is no upper end."""
    ceiling = None
    for floor, named in (*_TIER_FLOORS, (0, Tier.NANO)):
        if named is size:
            return floor, ceiling
        ceiling = floor - 1
    raise ValueError(size)


def explain_reported_difference(reported: Decimal | None, metrics: Metrics) -> ReportedComparison:
    """Whether the sheet's ER fits its own figures, by interval arithmetic.

    A sheet shows rounded figures (10.9K is kept as 10900) but its ER was computed before rounding. Each figure is
    therefore taken as all values that are shown this way, the reported ER as all that show the same two decimals of a
    percent; if the two ranges meet, rounding explains the difference.
    """
    computed = engagement_rate(metrics)
    if reported is None:
        return ReportedComparison(Verdict.NOT_REPORTED, computed=computed)
    if computed is None or metrics.followers is None or metrics.avg_likes is None or metrics.avg_comments is None:
        return ReportedComparison(Verdict.NOT_COMPUTABLE, reported)
    least_likes, most_likes = _shown_as(metrics.avg_likes)
    least_comments, most_comments = _shown_as(metrics.avg_comments)
    least_followers, most_followers = _shown_as(metrics.followers)
    lowest = (least_likes + least_comments) / most_followers
    highest = (most_likes + most_comments) / least_followers
    slack = _HALF_A_HUNDREDTH_OF_A_PERCENT
    if abs(reported - computed) <= slack:
        verdict = Verdict.SAME
    elif lowest <= reported + slack and reported - slack <= highest:
        verdict = Verdict.ROUNDING
    else:
        verdict = Verdict.DIFFERENT
    return ReportedComparison(verdict, reported, computed, lowest, highest)


def anomalies(metrics: Metrics, reported: Decimal | None = None) -> list[Flag]:
    """What about these figures needs a person, most telling first; empty when nothing does."""
    flags: list[Flag] = []
    rate = engagement_rate(metrics)
    followers, views = metrics.followers, metrics.avg_views
    likes, comments = metrics.avg_likes, metrics.avg_comments
    if rate is not None and rate > SUSPICIOUS_ENGAGEMENT:
        limit = format_percent(SUSPICIOUS_ENGAGEMENT, 0)
        flags.append(Flag(FlagKind.HIGH_ENGAGEMENT, f"ER {format_percent(rate)}, di atas {limit}. Periksa angkanya."))
    if followers and views is not None and views > SUSPICIOUS_VIEWS_PER_FOLLOWER * followers:
        times = f"lebih dari {SUSPICIOUS_VIEWS_PER_FOLLOWER}x followers ({format_number(followers)})"
        flags.append(Flag(FlagKind.HIGH_VIEWS, f"Rata-rata views {format_number(views)}, {times}."))
    if likes is not None and comments is not None and likes >= MANY_LIKES and comments < likes * FEW_COMMENTS_PER_LIKE:
        sentence = f"Komentar hanya {format_number(comments)} dari {format_number(likes)} like. Periksa keasliannya."
        flags.append(Flag(FlagKind.FEW_COMMENTS, sentence))
    comparison = explain_reported_difference(reported, metrics)
    if not comparison.explained:
        flags.append(Flag(FlagKind.REPORTED_DIFFERS, comparison.message))
    missing = [name for field, name in _METRIC_NAMES.items() if getattr(metrics, field) is None]
    if missing:
        flags.append(Flag(FlagKind.MISSING_METRICS, f"Belum ada {', '.join(missing)}."))
    elif followers == 0:
        flags.append(Flag(FlagKind.MISSING_METRICS, "Followers 0, jadi ER tidak bisa dihitung."))
    return flags


def _engagement_per(metrics: Metrics, base: Average | None) -> Decimal | None:
    if not base or metrics.avg_likes is None or metrics.avg_comments is None:
        return None
    return Decimal(metrics.avg_likes + metrics.avg_comments) / base


def _shown_as(figure: Average) -> tuple[Decimal, Decimal]:
    """The smallest and largest value that a sheet would show as this figure."""
    half = _shown_unit(figure) * _HALF
    return max(Decimal(0), figure - half), figure + half


def _shown_unit(figure: Average) -> int | Decimal:
    """The step to which a figure was most likely rounded.

    Apps abbreviate with one decimal (7.5K, 10.9K, 1.2M) and without one from three digits on (154K): the step is the
    largest of those that divides the figure, and 1 for a figure that shows all its digits (3249, 362). A figure with
    decimals (20,5) shows as many as it has.
    """
    if isinstance(figure, Decimal):
        exponent = figure.normalize().as_tuple().exponent
        return Decimal(1).scaleb(min(0, int(exponent)))
    steps = [10 ** (len(str(figure)) - 3) if figure >= 100_000 else 1, 100]
    if figure >= 1_000_000:
        steps.append(100_000)
    return next((step for step in sorted(steps, reverse=True) if figure >= 1_000 and figure % step == 0), 1)
