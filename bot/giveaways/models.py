"""The vocabulary of giveaways."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.creators.models import Niche


class GiveawayState(StrEnum):
    """Where a giveaway stands."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"  # complete, and waits for the calendar to post it
    OPEN = "open"
    ENDED = "ended"
    CANCELLED = "cancelled"

    @property
    def indonesian(self) -> str:
        """For lists and answers."""
        return {
            GiveawayState.DRAFT: "Draf",
            GiveawayState.SCHEDULED: "Terjadwal",
            GiveawayState.OPEN: "Dibuka",
            GiveawayState.ENDED: "Selesai",
            GiveawayState.CANCELLED: "Dibatalkan",
        }[self]


class LegalKind(StrEnum):
    """What staff say a giveaway is before the law; the rules for permit and tax differ (see messages.LEGAL)."""

    DRAW = "draw"
    CONTEST = "contest"

    @property
    def indonesian(self) -> str:
        """For lists and answers."""
        return {LegalKind.DRAW: "Undian gratis berhadiah", LegalKind.CONTEST: "Kontes"}[self]


@dataclass(frozen=True, slots=True)
class Legal:
    """Staff's choice after the legal reminder, and the permit's number where they have one."""

    kind: LegalKind
    permit: str | None = None


@dataclass(frozen=True, slots=True)
class Requirements:
    """Who may join. None, False or an empty tuple asks for nothing.

    `member_days`: whole days since joining the server. `follow`: the account that members declare to follow.
    """

    role_id: int | None = None
    registered: bool = False
    member_days: int | None = None
    follow: str | None = None
    niches: tuple[Niche, ...] = ()


@dataclass(frozen=True, slots=True)
class GiveawaySpec:
    """What a giveaway is about. `amount` is whole rupiah for each winner, None where the prize is no money.

    It ends at `ends_at` (seconds UTC), or `lasts` seconds after it is posted where that is None.
    """

    title: str
    prize: str
    winners: int
    ends_at: int | None = None
    lasts: int | None = None
    amount: int | None = None
    claim_days: int = 3
    requirements: Requirements = field(default_factory=Requirements)
    legal: Legal | None = None


@dataclass(frozen=True, slots=True)
class Giveaway:
    """A giveaway. `seed_token` is the encrypted seed; instants are seconds UTC; `extra` is JSON of a message."""

    id: int
    spec: GiveawaySpec
    state: GiveawayState
    revision: int
    channel_id: int | None
    extra: str | None
    commitment: str | None
    seed_token: str | None = field(repr=False)
    announcement_id: int | None
    entries_sha256: str | None
    entry_count: int | None
    created_at: int
    opened_at: int | None
    ended_at: int | None
    ended_by: int | None

    @property
    def title(self) -> str:
        """Its title."""
        return self.spec.title

    @property
    def complete(self) -> bool:
        """Whether it holds all that a post needs."""
        return self.spec.legal is not None


@dataclass(frozen=True, slots=True)
class Entry:
    """A member's entry. Only the hash is ever published; the code is for the member alone."""

    giveaway_id: int
    member_id: int
    name: str
    code: str = field(repr=False)
    entry_hash: str
    follow_declared: bool
    joined_at: int


@dataclass(frozen=True, slots=True)
class Pick:
    """One pick of a draw: a winner, or one that was dropped and redrawn. `number` counts from 1 over all rounds."""

    giveaway_id: int
    number: int
    round: int
    entry_hash: str
    member_id: int
    name: str
    reason: str | None
    picked_at: int
    picked_by: int | None
    dropped_at: int | None


@dataclass(frozen=True, slots=True)
class Entrant:
    """Somebody who wants to join, as Discord shows them at that moment. `in_server_since` in seconds UTC."""

    member_id: int
    name: str
    role_ids: frozenset[int] = frozenset()
    in_server_since: int | None = None


class Outcome(StrEnum):
    """What became of pressing Ikut."""

    JOINED = "joined"
    ALREADY = "already"
    MUST_FOLLOW = "must_follow"


@dataclass(frozen=True, slots=True)
class JoinAnswer:
    """The outcome for one member. `entry` is None while they have yet to declare that they follow."""

    outcome: Outcome
    giveaway: Giveaway
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class Posted:
    """The post of a giveaway as it was sent first. `where`: its channel and message, None while it is on its way."""

    commitment_fits: bool
    where: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Verification:
    """What anyone may see of a draw. Before the end `seed`, list hash and picks are not there yet.

    `reproduced`: whether the picks came out the same when drawn again just now; None before the end.
    `posted`: None where the post is not on record any more. `rule`: the name of the rule it was opened under.
    """

    giveaway: Giveaway
    count: int
    seed: str | None
    picks: tuple[Pick, ...]
    reproduced: bool | None
    entry: Entry | None
    posted: Posted | None
    rule: str
