"""What somebody looks for in the KOL database: any combination of the sheet's columns, as a value that can be kept."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, cast

from bot.creators.models import AgeBand, ContentType, Gender, Niche, Platform, Tier
from bot.creators.rules import FlagKind
from bot.platform.indonesian import format_number, format_percent


class Sort(StrEnum):
    """In which order creators are listed. Unknown figures come last; ties go by username."""

    FOLLOWERS = "followers"
    ENGAGEMENT = "er"
    VIEWS = "views"
    NEWEST = "newest"
    USERNAME = "username"

    @property
    def label(self) -> str:
        """For the option and above the list."""
        return {
            "followers": "Followers terbanyak",
            "er": "ER tertinggi",
            "views": "Views terbanyak",
            "newest": "Terbaru masuk",
            "username": "Username A-Z",
        }[self.value]


class Review(StrEnum):
    """What the figures of an account say about themselves (see rules.anomalies).

    A sheet's ER that differs from ours is not among them: it is told on the profile and in the import's preview.
    """

    DOUBTFUL = "doubtful"
    HIGH_ENGAGEMENT = FlagKind.HIGH_ENGAGEMENT.value
    HIGH_VIEWS = FlagKind.HIGH_VIEWS.value
    FEW_COMMENTS = FlagKind.FEW_COMMENTS.value
    MISSING_METRICS = FlagKind.MISSING_METRICS.value
    SOUND = "sound"

    @property
    def label(self) -> str:
        """For the option and above the list."""
        return {
            "doubtful": "Ada yang perlu dicek",
            "high_engagement": "ER di atas 30%",
            "high_views": "Views lebih dari 20x followers",
            "few_comments": "Komentar hampir nol",
            "missing_metrics": "Metrik belum lengkap",
            "sound": "Wajar dan lengkap",
        }[self.value]


class Missing(StrEnum):
    """What the database does not know of an account."""

    NICHE = "niche"
    REGION = "region"
    CONTENT_TYPE = "content_type"
    AGE = "age"
    GENDER = "gender"

    @property
    def label(self) -> str:
        """Above the list."""
        return {
            "niche": "Belum ada niche",
            "region": "Belum ada wilayah",
            "content_type": "Belum ada tipe konten",
            "age": "Belum ada usia",
            "gender": "Belum ada gender",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Range:
    """Figures from `low` to `high`, both included; None is "no bound". An unknown figure is in no bounded range."""

    low: int | None = None
    high: int | None = None

    def __bool__(self) -> bool:
        return self.low is not None or self.high is not None

    def __contains__(self, figure: int | None) -> bool:
        if figure is None:
            return not self
        return (self.low is None or figure >= self.low) and (self.high is None or figure <= self.high)


ANY: Final = Range()


@dataclass(frozen=True, slots=True)
class CreatorFilter:
    """Everything here must hold; an empty tuple, None or an empty range asks for nothing.

    `text` is a part of the username in lower case. A niche counts in either of its two columns. `engagement` is in
    parts per million (1 % is 10,000). `city` is compared without case. One of the `tags` is enough. `stale` asks for
    figures that have stood for rules.STALE_AFTER.
    """

    text: str = ""
    platforms: tuple[Platform, ...] = ()
    niches: tuple[Niche, ...] = ()
    tiers: tuple[Tier, ...] = ()
    content_types: tuple[ContentType, ...] = ()
    genders: tuple[Gender, ...] = ()
    age_bands: tuple[AgeBand, ...] = ()
    affiliate: bool | None = None
    followers: Range = ANY
    engagement: Range = ANY
    views: Range = ANY
    likes: Range = ANY
    comments: Range = ANY
    shares: Range = ANY
    regions: tuple[str, ...] = ()
    city: str = ""
    registered: bool | None = None
    reachable: bool | None = None
    review: Review | None = None
    tags: tuple[str, ...] = ()
    blacklisted: bool | None = None
    stale: bool | None = None
    missing: Missing | None = None

    def without(self, part: str) -> "CreatorFilter":
        """The same, asking nothing about one of its fields."""
        return replace(self, **{part: getattr(CreatorFilter(), part)})

    def parts(self) -> list[str]:
        """The fields that ask for something, in the order of the class."""
        return [field.name for field in fields(self) if getattr(self, field.name) != field.default]

    def lines(self) -> list[str]:
        """What is asked for, one short Indonesian phrase a field, in the order of `parts`."""
        return [_phrase(part, getattr(self, part)) for part in self.parts()]

    def to_query(self) -> dict[str, Any]:
        """As JSON-able values, only what asks for something."""
        return {part: _plain(getattr(self, part)) for part in self.parts()}

    @classmethod
    def from_query(cls, query: Mapping[str, Any]) -> "CreatorFilter":
        """From what `to_query` gave. Fields of another version of the program are left out."""
        known = {field.name for field in fields(cls)}
        return cls(**{part: _read(part, value) for part, value in query.items() if part in known})


_KINDS: dict[str, type[StrEnum]] = {
    "platforms": Platform,
    "niches": Niche,
    "tiers": Tier,
    "content_types": ContentType,
    "genders": Gender,
    "age_bands": AgeBand,
}
_RANGES = {
    "followers": "Followers",
    "engagement": "ER",
    "views": "Rata-rata views",
    "likes": "Rata-rata like",
    "comments": "Rata-rata komentar",
    "shares": "Rata-rata share",
}
_YES_NO = {
    "affiliate": ("Ikut affiliate", "Tidak ikut affiliate"),
    "registered": ("Terdaftar di Discord", "Belum terdaftar di Discord"),
    "reachable": ("Ada kontak", "Belum ada kontak"),
    "blacklisted": ("Di blacklist", "Tidak di blacklist"),
    "stale": ("Angka lama (lebih dari 90 hari)", "Angka baru (90 hari terakhir)"),
}
_NAMES = {
    "platforms": "Platform",
    "niches": "Niche",
    "tiers": "Tier",
    "content_types": "Tipe konten",
    "genders": "Gender",
    "age_bands": "Usia",
    "regions": "Wilayah",
    "tags": "Tag",
}


def percent_of(ppm: int) -> str:
    """`1%` or `3,76%` from parts per million."""
    return format_percent(Decimal(ppm) / 1_000_000, 2 if ppm % 10_000 else 0)


def range_text(bounds: Range, *, percent: bool = False) -> str:
    """`10.000 sampai 15.000`, `minimal 1%`, `maksimal 5.000`; empty for no bounds."""
    write = percent_of if percent else format_number
    if bounds.low is not None and bounds.high is not None:
        return f"{write(bounds.low)} sampai {write(bounds.high)}"
    if bounds.low is not None:
        return f"minimal {write(bounds.low)}"
    return "" if bounds.high is None else f"maksimal {write(bounds.high)}"


def _phrase(part: str, value: Any) -> str:
    if part in _RANGES:
        return f"{_RANGES[part]} {range_text(value, percent=part == 'engagement')}"
    if part in _YES_NO:
        return _YES_NO[part][0 if value else 1]
    if part == "text":
        return f"Username berisi “{value}”"
    if part == "city":
        return f"Kota {value}"
    if part in ("review", "missing"):
        return value.label
    return f"{_NAMES[part]} {' atau '.join(_name(item) for item in value)}"


def _name(item: Any) -> str:
    return str(getattr(item, "indonesian", None) or getattr(item, "label", item))


def _plain(value: Any) -> Any:
    if isinstance(value, Range):
        return [value.low, value.high]
    return list(cast(tuple[Any, ...], value)) if isinstance(value, tuple) else value


def _read(part: str, value: Any) -> Any:
    if part in _RANGES:
        return Range(*value)
    if part in _KINDS:
        return tuple(_KINDS[part](item) for item in value)
    if part in ("regions", "tags"):
        return tuple(str(item) for item in value)
    if part == "missing":
        return Missing(value)
    return Review(value) if part == "review" else value
