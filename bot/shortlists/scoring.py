"""The defaults of the score, read from data/shortlist_scoring.json: weights, and what each criterion is measured by."""

import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from bot.creators.models import ContentType, Niche, Tier
from bot.creators.rules import FlagKind
from bot.platform.indonesian import PROVINCES
from bot.shortlists.models import CriterionKey

FILE: Final = Path(__file__).resolve().parents[2] / "data" / "shortlist_scoring.json"
# Asked for by few shortlists: their weights come on top of the others', and all are brought back to 100 together.
ON_TOP: Final = frozenset({CriterionKey.REGION, CriterionKey.AGE})


@dataclass(frozen=True)
class Scoring:
    """All shares are from 0 to 1. `usual_engagement` and `views_full_at` are ratios to the followers.

    `past_neutral` is the share of somebody we have no record of, which counts as `past_counts_as` campaigns beside the
    real ones; each late post takes `past_late_costs` of its campaign; results make up `past_result_share`.
    `price_full_at` is in rupiah a view. `flag_costs` is what each flag takes from the figures' share, down to 0.
    """

    weights: dict[CriterionKey, int]
    first_niche: Decimal
    second_niche: Decimal
    related_niche: Decimal
    niche_groups: tuple[frozenset[Niche], ...]
    usual_engagement: dict[Tier, Decimal]
    engagement_source: str
    engagement_full_at: Decimal
    views_full_at: Decimal
    content: dict[ContentType | None, Decimal]
    near_region: Decimal
    unknown_region: Decimal
    region_groups: tuple[frozenset[str], ...]
    near_age: Decimal
    unknown_age: Decimal
    past_neutral: Decimal
    past_counts_as: int
    past_late_costs: Decimal
    past_result_share: Decimal
    price_full_at: Decimal
    price_source: str
    price_neutral: Decimal
    flag_costs: dict[FlagKind, Decimal]


def load(path: Path = FILE) -> Scoring:
    """Read and check the file. Raises ValueError or KeyError when it is incomplete or does not add up."""
    raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    content = {kind: _share(raw["content"][kind.value]) for kind in ContentType}
    scoring = Scoring(
        weights={key: int(raw["weights"][key.value]) for key in CriterionKey},
        first_niche=_share(raw["niche"]["first"]),
        second_niche=_share(raw["niche"]["second"]),
        related_niche=_share(raw["niche"]["related"]),
        niche_groups=tuple(frozenset(Niche(item) for item in group) for group in raw["niche"]["groups"]),
        usual_engagement={tier: Decimal(raw["engagement"]["usual"][tier.value]) for tier in Tier},
        engagement_source=str(raw["engagement"]["source"]),
        engagement_full_at=Decimal(raw["engagement"]["full_at"]),
        views_full_at=Decimal(raw["views"]["full_at"]),
        content={**content, None: _share(raw["content"]["unknown"])},
        near_region=_share(raw["region"]["near"]),
        unknown_region=_share(raw["region"]["unknown"]),
        region_groups=tuple(frozenset(map(_province, group)) for group in raw["region"]["groups"]),
        near_age=_share(raw["age"]["near"]),
        unknown_age=_share(raw["age"]["unknown"]),
        past_neutral=_share(raw["past"]["neutral"]),
        past_counts_as=int(raw["past"]["counts_as"]),
        past_late_costs=_share(raw["past"]["late_costs"]),
        past_result_share=_share(raw["past"]["result_share"]),
        price_full_at=Decimal(raw["price"]["full_at"]),
        price_source=str(raw["price"]["source"]),
        price_neutral=_share(raw["price"]["neutral"]),
        flag_costs={kind: _share(raw["figures"][kind.value]) for kind in FlagKind},
    )
    always = sum(points for key, points in scoring.weights.items() if key not in ON_TOP)
    if min(scoring.weights.values()) < 0 or always != 100:
        raise ValueError(
            "the weights in shortlist_scoring.json must be 0 or more and, without region and age, add up to 100"
        )
    if scoring.past_counts_as < 1 or scoring.price_full_at <= 0:
        raise ValueError("past.counts_as and price.full_at in shortlist_scoring.json must be above 0")
    return scoring


def _share(value: Any) -> Decimal:
    share = Decimal(value)
    if not 0 <= share <= 1:
        raise ValueError(f"a share in shortlist_scoring.json is not from 0 to 1: {share}")
    return share


def _province(name: str) -> str:
    if name not in PROVINCES:
        raise ValueError(f"a region in shortlist_scoring.json is no province: {name}")
    return name


DEFAULT: Final = load()
