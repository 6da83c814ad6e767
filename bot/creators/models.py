"""The vocabulary of the KOL database: who a creator is and what their figures are."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Platform(StrEnum):
    """Where an account lives. One person may have accounts on several."""

    TIKTOK = "tiktok"
    INSTAGRAM = "instagram"
    YOUTUBE = "youtube"
    X = "x"
    FACEBOOK = "facebook"
    SHOPEE = "shopee"

    @property
    def label(self) -> str:
        """The platform's name as it writes itself."""
        return {Platform.TIKTOK: "TikTok", Platform.YOUTUBE: "YouTube"}.get(self, self.value.capitalize())


class AgeBand(StrEnum):
    """Estimated age. There is none below 18: the database does not keep minors."""

    FROM_18 = "18-24"
    FROM_25 = "25-34"
    FROM_35 = "35-44"
    FROM_45 = "45-54"
    FROM_55 = "55+"

    @property
    def label(self) -> str:
        """As the sheet writes it."""
        return self.value


class Gender(StrEnum):
    """As far as the sheet or the creator says it."""

    FEMALE = "female"
    MALE = "male"

    @property
    def label(self) -> str:
        """As the sheet writes it."""
        return self.value.capitalize()

    @property
    def indonesian(self) -> str:
        """For forms and answers."""
        return "Perempuan" if self is Gender.FEMALE else "Laki-laki"


class ContentType(StrEnum):
    """How good the content is, in the KOL team's judgement."""

    TOP = "A"
    GOOD = "B"
    MIDDLE = "C"
    BUZZER = "D"

    @property
    def meaning(self) -> str:
        """The name beside the letter."""
        names = {"A": "Top Creator", "B": "Good Creator", "C": "Middle Creator", "D": "Buzzer"}
        return names[self.value]

    @property
    def label(self) -> str:
        """As the sheet writes it: `B (Good Creator)`."""
        return f"{self.value} ({self.meaning})"


class Niche(StrEnum):
    """What an account is about: a fixed list, so that filters and shortlists mean the same to everyone."""

    BEAUTY = "beauty"
    SKINCARE = "skincare"
    MAKEUP = "makeup"
    FASHION = "fashion"
    LIFESTYLE = "lifestyle"
    FOOD = "food"
    TRAVEL = "travel"
    PARENTING = "parenting"
    TECH = "tech"
    GAMING = "gaming"
    FINANCE = "finance"
    BUSINESS = "business"
    HEALTH = "health"
    SPORT = "sport"
    EDUCATION = "education"
    ENTERTAINMENT = "entertainment"
    COMEDY = "comedy"
    AUTOMOTIVE = "automotive"
    HOME = "home"
    MUSIC = "music"
    ART = "art"
    PETS = "pets"
    RELIGION = "religion"
    OTHER = "other"

    @property
    def label(self) -> str:
        """As the sheet writes it."""
        return self.value.capitalize()

    @property
    def indonesian(self) -> str:
        """For forms and answers to creators."""
        return _NICHES_IN_INDONESIAN[self]


_NICHES_IN_INDONESIAN = {
    Niche.BEAUTY: "Kecantikan",
    Niche.SKINCARE: "Perawatan kulit",
    Niche.MAKEUP: "Makeup",
    Niche.FASHION: "Fesyen",
    Niche.LIFESTYLE: "Gaya hidup",
    Niche.FOOD: "Kuliner",
    Niche.TRAVEL: "Wisata",
    Niche.PARENTING: "Parenting",
    Niche.TECH: "Teknologi",
    Niche.GAMING: "Gim",
    Niche.FINANCE: "Keuangan",
    Niche.BUSINESS: "Bisnis",
    Niche.HEALTH: "Kesehatan",
    Niche.SPORT: "Olahraga",
    Niche.EDUCATION: "Edukasi",
    Niche.ENTERTAINMENT: "Hiburan",
    Niche.COMEDY: "Komedi",
    Niche.AUTOMOTIVE: "Otomotif",
    Niche.HOME: "Rumah",
    Niche.MUSIC: "Musik",
    Niche.ART: "Seni",
    Niche.PETS: "Hewan peliharaan",
    Niche.RELIGION: "Religi",
    Niche.OTHER: "Lainnya",
}


class Tier(StrEnum):
    """Size by followers, the lower bound included: nano under 10,000; micro from 10,000; mid from 100,000; macro from
    500,000; mega from 1,000,000. The bounds are the ones agencies commonly use; rates follow them.
    """

    NANO = "nano"
    MICRO = "micro"
    MID = "mid"
    MACRO = "macro"
    MEGA = "mega"

    @property
    def label(self) -> str:
        """For tables and answers."""
        return self.value.capitalize()


Average = int | Decimal


@dataclass(frozen=True, slots=True)
class Metrics:
    """What an account shows: followers and averages a post, each None when unknown. Zero means a known zero.

    An average may have up to two decimals (20,5 comments); a whole one is an int. They are kept as they were told,
    since for small accounts a rounded average gives another engagement rate.
    """

    followers: int | None = None
    avg_views: Average | None = None
    avg_likes: Average | None = None
    avg_comments: Average | None = None
    avg_shares: Average | None = None

    def __post_init__(self) -> None:
        for value in (self.followers, self.avg_views, self.avg_likes, self.avg_comments, self.avg_shares):
            if value is not None and value < 0:
                raise ValueError("metrics are never negative")


class CreatorKey(NamedTuple):
    """What makes an account the same account, in any sheet and after any rename of the person."""

    platform: Platform
    username: str


@dataclass(frozen=True, slots=True)
class CreatorRecord:
    """An account as the KOL database knows it from a sheet row or a registration; None is "not known".

    `username` is normalised (lower case, no @). `reported_er` is the sheet's own ER as a ratio to the millionth.
    The second niche is moved up where the first is missing, and dropped where it repeats it.
    `contact` is a phone in E.164, an e-mail address or a short text, in clear: it stays out of repr, logs and decks.
    """

    platform: Platform
    username: str
    age_band: AgeBand | None = None
    gender: Gender | None = None
    niche_1: Niche | None = None
    niche_2: Niche | None = None
    content_type: ContentType | None = None
    affiliate: bool | None = None
    metrics: Metrics = Metrics()
    reported_er: Decimal | None = None
    contact: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        # There is a second niche only beside a different first one, so that one account has one spelling.
        first, second = self.niche_1 or self.niche_2, self.niche_2 if self.niche_1 else None
        object.__setattr__(self, "niche_1", first)
        object.__setattr__(self, "niche_2", None if second is first else second)

    @property
    def key(self) -> CreatorKey:
        """Its identity."""
        return CreatorKey(self.platform, self.username)
