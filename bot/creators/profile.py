"""One creator as staff meet them: figures, what they say, how they grew."""

from dataclasses import dataclass
from decimal import Decimal

from bot.creators.models import Metrics, Tier
from bot.creators.rules import (
    Flag,
    ReportedComparison,
    anomalies,
    engagement_rate,
    engagement_rate_by_views,
    explain_reported_difference,
    tier,
)
from bot.creators.store import Creator


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The metrics as they were known from an instant (seconds UTC) on."""

    taken_at: int
    metrics: Metrics


@dataclass(frozen=True, slots=True)
class Profile:
    """An account with everything that is computed from its figures. Rates are ratios, None where unknown."""

    creator: Creator
    tier: Tier | None
    engagement: Decimal | None
    engagement_by_views: Decimal | None
    reported: ReportedComparison
    flags: tuple[Flag, ...]
    history: tuple[Snapshot, ...]

    @property
    def growth(self) -> tuple[Snapshot, ...]:
        """The snapshots that know the followers, oldest first."""
        return tuple(one for one in self.history if one.metrics.followers is not None)


def profile_of(creator: Creator, history: list[tuple[int, Metrics]] | None = None) -> Profile:
    """Compute the profile of an account from its figures and its dated snapshots (oldest first)."""
    metrics, reported = creator.record.metrics, creator.record.reported_er
    return Profile(
        creator=creator,
        tier=tier(metrics.followers),
        engagement=engagement_rate(metrics),
        engagement_by_views=engagement_rate_by_views(metrics),
        reported=explain_reported_difference(reported, metrics),
        flags=tuple(anomalies(metrics, reported)),
        history=tuple(Snapshot(at, one) for at, one in history or ()),
    )
