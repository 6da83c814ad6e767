"""The vocabulary of shortlists: how well each creator answers a need, and what staff make of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.campaigns.track_record import UNKNOWN, TrackRecord
from bot.creators.models import Platform
from bot.creators.service import Creator
from bot.shortlists.criteria import Criteria

__all__ = [
    "Candidate",
    "Cause",
    "Criteria",
    "CriterionKey",
    "Entry",
    "Judgement",
    "Line",
    "Mark",
    "Points",
    "RateSource",
    "Shortlist",
    "Version",
    "Weight",
]


class CriterionKey(StrEnum):
    """What brings points, in the order in which it is shown."""

    NICHE = "niche"
    FOLLOWERS = "followers"
    ENGAGEMENT = "engagement"
    VIEWS = "views"
    CONTENT = "content"
    AFFILIATE = "affiliate"
    REGION = "region"
    AGE = "age"
    PAST = "past"
    PRICE = "price"
    FIGURES = "figures"

    @property
    def label(self) -> str:
        """For the legend, the explanation and the form of the weights."""
        return {
            "niche": "Niche",
            "followers": "Followers",
            "engagement": "ER",
            "views": "Jangkauan views",
            "content": "Tipe konten",
            "affiliate": "Affiliate",
            "region": "Wilayah",
            "age": "Usia",
            "past": "Rekam jejak",
            "price": "Harga per view",
            "figures": "Angka wajar",
        }[self.value]


class RateSource(StrEnum):
    """Where a rate comes from."""

    APPLICATION = "application"
    FEE = "fee"
    EARLIER = "earlier"
    STAFF = "staff"

    @property
    def label(self) -> str:
        """In brackets behind the rate."""
        return {
            "application": "diminta di lamaran",
            "fee": "fee kampanye",
            "earlier": "diminta di lamaran sebelumnya",
            "staff": "diisi tim",
        }[self.value]


class Cause(StrEnum):
    """Why there is a version."""

    BUILT = "built"
    REBUILT = "rebuilt"
    WEIGHTS = "weights"

    @property
    def label(self) -> str:
        """For the list of versions."""
        return {"built": "disusun", "rebuilt": "disusun ulang", "weights": "bobot diubah"}[self.value]


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
    """An account to be judged. An applicant has an application.

    `rate` is what is known of their price (whole rupiah), `staff_rate` what staff wrote over it. `barred` is the reason
    they are on the blacklist for, `track` what campaigns say about them.
    """

    creator: Creator
    application_id: int | None = None
    rate: int | None = None
    rate_source: RateSource | None = None
    staff_rate: int | None = None
    barred: str | None = None
    track: TrackRecord = UNKNOWN

    @property
    def price(self) -> int | None:
        """The rate that counts."""
        return self.rate if self.staff_rate is None else self.staff_rate


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
class Mark:
    """What staff decided about a creator of a shortlist. `dropped` is the reason; `place` the rank they gave, at the
    instant `placed_at`; `rate` in whole rupiah.
    """

    creator_id: int
    pinned: bool = False
    dropped: str | None = None
    note: str | None = None
    rate: int | None = None
    place: int | None = None
    placed_at: int | None = None

    def __bool__(self) -> bool:
        return self != Mark(self.creator_id)


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it is kept: the judgement, what staff marked, and where that puts it.

    `unmet` are the requirements that are not met, `barred` that one of them is the blacklist. `rank` is None for those
    who are out. The account's name is the present one, and no part of what a version holds.
    """

    creator_id: int
    application_id: int | None
    points: tuple[Points, ...]
    unmet: tuple[str, ...]
    flags: tuple[str, ...]
    followers: int | None
    engagement_ppm: int | None
    barred: bool = False
    rate: int | None = None
    rate_source: RateSource | None = None
    staff_rate: int | None = None
    pinned: bool = False
    dropped: str | None = None
    note: str | None = None
    place: int | None = None
    position: int = 0
    rank: int | None = None
    username: str = field(default="", compare=False)
    platform: Platform = field(default=Platform.TIKTOK, compare=False)

    @property
    def score(self) -> int:
        """0 to 100."""
        return sum(item.gained for item in self.points)

    @property
    def price(self) -> int | None:
        """The rate that counts."""
        return self.rate if self.staff_rate is None else self.staff_rate


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a kept shortlist, as it was judged then; `creator` is the account as it is known now.

    `rank` counts those who are in, from 1; None for those who are out, for the reasons in `excluded`. `unmet` are the
    requirements that somebody who is in does not meet: a pin brought them in. `engagement_ppm` is in parts per million,
    `rate` what is known of their price in whole rupiah. `note` is for staff alone.
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
    rate_source: RateSource | None = None
    unmet: tuple[str, ...] = ()
    barred: bool = False
    pinned: bool = False
    dropped: str | None = None
    note: str | None = None
    place: int | None = None

    @property
    def score(self) -> int:
        """0 to 100."""
        return sum(item.gained for item in self.points)


@dataclass(frozen=True, slots=True)
class Shortlist:
    """A kept shortlist, in its present version or an earlier one. Instants are seconds UTC.

    `revision` counts the versions from 1; `latest` is the present one. `considered` of the `matching` accounts in the
    database were judged: the highest ER first where there were too many. `listed` entries are in, `excluded` are out;
    of those who are in, `without_rate` have no known rate. `own_weights`: whether staff set the weights. `budget`
    (whole rupiah) and `slots` are what it was fitted to last, or the brief's.
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
    latest: int = 1
    own_weights: bool = False
    brief_id: int | None = None
    budget: int | None = None
    slots: int | None = None

    @property
    def is_latest(self) -> bool:
        """Whether this is the present version."""
        return self.revision == self.latest


@dataclass(frozen=True, slots=True)
class Version:
    """One line of the history of a shortlist."""

    revision: int
    cause: Cause
    built_by: int | None
    built_at: int
    listed: int
    excluded: int


Marks = Mapping[int, Mark]
