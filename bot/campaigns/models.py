"""The vocabulary of campaigns: what is offered to creators, who it is for, and what becomes of those who apply."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from bot.creators.models import Niche, Platform, Tier
from bot.creators.service import Creator


class CampaignState(StrEnum):
    """Where a campaign stands."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    # A draft thrown away. The row stays, so that its old buttons never act on a campaign that came after it.
    DISCARDED = "discarded"

    @property
    def indonesian(self) -> str:
        """For lists and answers."""
        return {
            CampaignState.DRAFT: "Draf",
            CampaignState.OPEN: "Dibuka",
            CampaignState.CLOSED: "Ditutup",
            CampaignState.CANCELLED: "Dibatalkan",
            CampaignState.DISCARDED: "Dibuang",
        }[self]


class ApplicationState(StrEnum):
    """Where an application stands."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    RESERVED = "reserved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"

    @property
    def indonesian(self) -> str:
        """For lists and answers, to creators as well as staff."""
        return _STATES_IN_INDONESIAN[self]


_STATES_IN_INDONESIAN = {
    ApplicationState.WAITING: "Menunggu keputusan",
    ApplicationState.ACCEPTED: "Diterima",
    ApplicationState.RESERVED: "Cadangan",
    ApplicationState.DECLINED: "Belum terpilih",
    ApplicationState.WITHDRAWN: "Dibatalkan kreator",
}


class RewardKind(StrEnum):
    """What an accepted creator gets."""

    FEE = "fee"
    BARTER = "barter"


@dataclass(frozen=True, slots=True)
class Reward:
    """A fee in whole rupiah, or a barter described in words. `public`: whether the announcement names the fee."""

    kind: RewardKind
    fee: int | None = None
    barter: str | None = None
    public: bool = True


@dataclass(frozen=True, slots=True)
class Requirements:
    """Which accounts a campaign is for. An empty tuple or None asks for nothing; bounds are included.

    `min_engagement_ppm` is the engagement rate in parts per million (3 % is 30,000).
    """

    platforms: tuple[Platform, ...] = ()
    niches: tuple[Niche, ...] = ()
    tiers: tuple[Tier, ...] = ()
    regions: tuple[str, ...] = ()
    min_followers: int | None = None
    max_followers: int | None = None
    min_engagement_ppm: int | None = None


@dataclass(frozen=True, slots=True)
class Basics:
    """What the first form of a campaign asks. `deadline_at` is an instant (seconds UTC): from then on it is closed."""

    title: str
    brand: str
    brief: str
    slots: int
    deadline_at: int


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign. `announcement_id` and `board_id` are outbox rows; instants are seconds UTC."""

    id: int
    basics: Basics
    reward: Reward | None
    requirements: Requirements
    image_file_id: int | None
    state: CampaignState
    revision: int
    created_at: int
    announced_at: int | None
    announced_by: int | None
    closed_at: int | None
    closed_by: int | None
    announcement_id: int | None
    board_id: int | None
    board_drawn_at: int | None = None

    @property
    def title(self) -> str:
        """Its title."""
        return self.basics.title

    @property
    def complete(self) -> bool:
        """Whether it holds all that an announcement needs."""
        return self.reward is not None

    @property
    def pays_fee(self) -> bool:
        """Whether a fee is paid, so that applicants are asked for their rate."""
        return self.reward is not None and self.reward.kind is RewardKind.FEE


@dataclass(frozen=True, slots=True)
class Counts:
    """How many applications stand where."""

    waiting: int = 0
    accepted: int = 0
    reserved: int = 0
    declined: int = 0
    withdrawn: int = 0

    @property
    def total(self) -> int:
        """All that were ever sent."""
        return self.waiting + self.accepted + self.reserved + self.declined + self.withdrawn


@dataclass(frozen=True, slots=True)
class Application:
    """A creator's application. `rate` in whole rupiah stays out of repr: only staff and its owner see it."""

    id: int
    campaign_id: int
    member_id: int
    creator_id: int
    pitch: str = field(repr=False)
    rate: int | None = field(repr=False)
    sample_links: tuple[str, ...] = field(repr=False)
    state: ApplicationState
    version: int
    reason: str | None = field(repr=False)
    decided_by: int | None
    decided_at: int | None
    applied_at: int


@dataclass(frozen=True, slots=True)
class Step:
    """One state an application has had: since when, by whom, and the reason given.

    A state is entered once, so `waiting` after `waiting` means that its creator changed what it says.
    """

    state: ApplicationState
    at: int
    actor_id: int | None
    reason: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Applicant:
    """An application beside the account it was sent with.

    `engagement` is a ratio; `flags` are sentences for staff; `decisions` are the states staff may move it to.
    """

    application: Application
    creator: Creator
    tier: Tier | None
    engagement: Decimal | None
    flags: tuple[str, ...]
    decisions: frozenset[ApplicationState]


@dataclass(frozen=True, slots=True)
class OwnApplication:
    """An application as its creator sees it. `account`: what it was sent with, None once that account is gone."""

    campaign: Campaign
    application: Application
    account: Creator | None
    steps: tuple[Step, ...]
    changeable: bool
    withdrawable: bool
    can_step_back: bool


@dataclass(frozen=True, slots=True)
class Opening:
    """A campaign as one member meets it.

    `accepting`: whether applications are taken at this moment. `fitting` are the accounts they may apply with; `unmet`
    says why the others may not, one sentence each. `own`: their application, if they sent one.
    """

    campaign: Campaign
    full: bool
    accepting: bool
    own: OwnApplication | None = None
    accounts: tuple[Creator, ...] = ()
    fitting: tuple[Creator, ...] = ()
    unmet: tuple[str, ...] = ()
