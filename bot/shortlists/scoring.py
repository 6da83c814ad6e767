"""The defaults of the score, read from data/shortlist_scoring.json: weights, and what each criterion is measured by."""

import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from bot.creators.models import ContentType, Niche, Tier
from bot.creators.rules import FlagKind
from bot.shortlists.models import CriterionKey

FILE: Final = Path(__file__).resolve().parents[2] / "data" / "shortlist_scoring.json"


@dataclass(frozen=True)
class Scoring:
    """All shares are from 0 to 1. `usual_engagement` and `views_full_at` are ratios to the followers.

    `flag_costs` is what each flag takes from the figures' share, down to 0 at most.
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
        flag_costs={kind: _share(raw["figures"][kind.value]) for kind in FlagKind},
    )
    if sum(scoring.weights.values()) != 100 or min(scoring.weights.values()) < 0:
        raise ValueError("the weights in shortlist_scoring.json must be 0 or more and add up to 100")
    return scoring


def _share(value: Any) -> Decimal:
    share = Decimal(value)
    if not 0 <= share <= 1:
        raise ValueError(f"a share in shortlist_scoring.json is not from 0 to 1: {share}")
    return share


DEFAULT: Final = load()
