"""What a brand needs of creators."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.creators.models import AgeBand, ContentType, Niche, Platform, Tier
from bot.creators.search import ANY, CreatorFilter, Range


@dataclass(frozen=True, slots=True)
class Criteria:
    """What is needed. An empty tuple, None or an empty range asks for nothing.

    Everything is hard (who does not answer it is out, with the reason) but `preferred_regions` and `age_bands`, which
    bring points only. `min_engagement_ppm` is in parts per million, `max_rate` in whole rupiah; a rate that isn't
    known keeps nobody out, and that is said. `near_niches`: whether a niche close to the ones asked for will do, for
    fewer points.
    """

    platforms: tuple[Platform, ...] = ()
    niches: tuple[Niche, ...] = ()
    tiers: tuple[Tier, ...] = ()
    content_types: tuple[ContentType, ...] = ()
    regions: tuple[str, ...] = ()
    followers: Range = ANY
    min_engagement_ppm: int | None = None
    max_rate: int | None = None
    near_niches: bool = True
    preferred_regions: tuple[str, ...] = ()
    age_bands: tuple[AgeBand, ...] = ()

    def as_filter(self, related: tuple[Niche, ...] = ()) -> CreatorFilter:
        """What is hard, as a search of the database, with `related` niches accepted too. Rates aren't searched."""
        return CreatorFilter(
            platforms=self.platforms,
            niches=(*self.niches, *related) if self.niches else (),
            tiers=self.tiers,
            content_types=self.content_types,
            regions=self.regions,
            followers=self.followers,
            engagement=Range(low=self.min_engagement_ppm),
        )

    def to_json(self) -> dict[str, Any]:
        """As JSON-able values."""
        return {
            "platforms": list(self.platforms),
            "niches": list(self.niches),
            "tiers": list(self.tiers),
            "content_types": list(self.content_types),
            "regions": list(self.regions),
            "followers": [self.followers.low, self.followers.high],
            "min_engagement_ppm": self.min_engagement_ppm,
            "max_rate": self.max_rate,
            "near_niches": self.near_niches,
            "preferred_regions": list(self.preferred_regions),
            "age_bands": list(self.age_bands),
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Criteria":
        """From what `to_json` gave, also that of earlier versions of the program."""
        return cls(
            platforms=tuple(Platform(item) for item in values["platforms"]),
            niches=tuple(Niche(item) for item in values["niches"]),
            tiers=tuple(Tier(item) for item in values["tiers"]),
            content_types=tuple(ContentType(item) for item in values["content_types"]),
            regions=tuple(values["regions"]),
            followers=Range(*values["followers"]),
            min_engagement_ppm=values["min_engagement_ppm"],
            max_rate=values["max_rate"],
            near_niches=values["near_niches"],
            preferred_regions=tuple(values.get("preferred_regions", ())),
            age_bands=tuple(AgeBand(item) for item in values.get("age_bands", ())),
        )
