"""The vocabulary of shortlists: what a brand needs, and how well each creator answers it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.creators.models import ContentType, Niche, Platform, Tier
from bot.creators.search import ANY, CreatorFilter, Range
from bot.creators.service import Creator


class CriterionKey(StrEnum):
    """What brings points, in the order in which it is shown."""

    NICHE = "niche"
    FOLLOWERS = "followers"
    ENGAGEMENT = "engagement"
    VIEWS = "views"
    CONTENT = "content"
    AFFILIATE = "affiliate"
    FIGURES = "figures"

    @property
    def label(self) -> str:
        """For the legend and the explanation."""
        return {
            "niche": "Niche",
            "followers": "Followers",
            "engagement": "ER",
            "views": "Jangkauan views",
            "content": "Tipe konten",
            "affiliate": "Affiliate",
            "figures": "Angka wajar",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Criteria:
    """What is needed. An empty tuple, None or an empty range asks for nothing.

    Everything here is hard: who does not answer it is out, with the reason. `min_engagement_ppm` is in parts per
    million, `max_rate` in whole rupiah; a rate that isn't known keeps nobody out, and that is said. `near_niches`:
    whether a niche close to the ones asked for will do, for fewer points.
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

    def as_filter(self, related: tuple[Niche, ...] = ()) -> CreatorFilter:
        """The same as a search of the database, with `related` niches accepted too. The rate is not in the database."""
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
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Criteria":
        """From what `to_json` gave."""
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
        )


@dataclass(frozen=True, slots=True)
class Weight:
    """The most points a criterion can bring; all weights of a shortlist together are 100."""

    key: CriterionKey
    points: int


@dataclass(frozen=True, slots=True)
class Points:
    """What a criterion brought a creator, of how much, and the Indonesian sentence that says why."""

    key: CriterionKey
    gained: int
    weight: int
    reason: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """An account to be judged. An applicant has an application; their `rate` is what they ask (whole rupiah)."""

    creator: Creator
    application_id: int | None = None
    rate: int | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A candidate with their score: the sum of the points, 0 to 100. `excluded` holds why they are out, if they are."""

    candidate: Candidate
    points: tuple[Points, ...]
    excluded: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()

    @property
    def score(self) -> int:
        """0 to 100. Those who are out have one too, for comparison."""
        return sum(item.gained for item in self.points)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a kept shortlist, as it was judged then; `creator` is the account as it is known now.

    `rank` counts those who are in, from 1; None for those who are out. `engagement_ppm` is in parts per million, `rate`
    what the applicant asked then, in whole rupiah.
    """

    creator: Creator
    application_id: int | None
    position: int
    rank: int | None
    points: tuple[Points, ...]
    excluded: tuple[str, ...]
    flags: tuple[str, ...]
    followers: int | None
    engagement_ppm: int | None
    rate: int | None = None

    @property
    def score(self) -> int:
        """0 to 100."""
        return sum(item.gained for item in self.points)


@dataclass(frozen=True, slots=True)
class Shortlist:
    """A kept shortlist. Instants are seconds UTC; `revision` counts how often it was built.

    `considered` of the `matching` accounts in the database were judged: the highest ER first where there were too many.
    `listed` entries are in, `excluded` are out; of those who are in, `without_rate` have no known rate.
    """

    id: int
    title: str
    campaign_id: int | None
    criteria: Criteria
    weights: tuple[Weight, ...]
    created_by: int | None
    built_at: int
    revision: int
    considered: int
    matching: int
    listed: int
    excluded: int
    without_rate: int = 0
