"""What a deck says: facts only, in which there is no place for a contact or for the team's notes."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bot.creators.models import Average

MOST_CREATORS = 100


class Rates(StrEnum):
    """Whether the brand gets to see what creators ask."""

    HIDDEN = "hidden"
    SHOWN = "shown"
    BUDGET = "budget"

    @property
    def label(self) -> str:
        """For the command's choice."""
        return {
            "hidden": "Tanpa tarif",
            "shown": "Tarif di tabel dan halaman kreator",
            "budget": "Tarif dan halaman anggaran",
        }[self.value]


@dataclass(frozen=True, slots=True)
class BriefPage:
    """What the brand asked for, as its page tells it; what is empty or None is left out. `budget` in whole rupiah."""

    title: str
    brand: str
    objective: str = ""
    content: str = ""
    do: str = ""
    dont: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    slots: int | None = None
    budget: int | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of the score: its name, the most points it brings, and what it looks at."""

    name: str
    weight: int
    meaning: str


@dataclass(frozen=True, slots=True)
class Points:
    """What a criterion brought a creator, of how much."""

    name: str
    gained: int
    weight: int


@dataclass(frozen=True, slots=True)
class CreatorPage:
    """One creator as a brand gets to know them. Averages are a post's; `er` is a ratio; None is "not known".

    `rate` in whole rupiah, None also where rates are kept back. `doubtful`: the figures want a second look.
    """

    rank: int
    username: str
    platform: str
    link: str
    niches: tuple[str, ...]
    tier: str | None
    region: str | None
    content_type: str | None
    affiliate: bool | None
    followers: int | None
    views: Average | None
    likes: Average | None
    comments: Average | None
    shares: Average | None
    er: Decimal | None
    score: int
    points: tuple[Points, ...]
    reasons: tuple[str, ...]
    doubtful: bool = False
    rate: int | None = None

    @property
    def handle(self) -> str:
        """`@name`."""
        return f"@{self.username}"


@dataclass(frozen=True, slots=True)
class DeckFacts:
    """A whole deck. `left_out` creators of the shortlist did not fit in; `budget` (whole rupiah) and `slots` are the
    brand's, None where unknown or kept back.
    """

    title: str
    brand: str | None
    made_on: date
    rates: Rates
    asked: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    creators: tuple[CreatorPage, ...]
    brief: BriefPage | None = None
    left_out: int = 0
    budget: int | None = None
    slots: int | None = None

    @property
    def shows_rates(self) -> bool:
        """Whether rates stand in it."""
        return self.rates is not Rates.HIDDEN


@dataclass(frozen=True, slots=True)
class Overview:
    """A deck in a few figures, each over the creators who have it. `er` is the median, a ratio."""

    creators: int
    followers: int | None
    views: Average | None
    er: Decimal | None
    tiers: tuple[tuple[str, int], ...]
    niches: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Notes:
    """What staff should know before the deck goes out, as usernames and page titles; none of it stands in the deck."""

    doubtful: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()
    without_rate: tuple[str, ...] = ()
    trimmed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deck:
    """The files, ready to be handed to the one who asked."""

    facts: DeckFacts
    overview: Overview
    notes: Notes
    pages: int
    filename: str
    slides: bytes = field(repr=False)
    sheet: bytes = field(repr=False)
