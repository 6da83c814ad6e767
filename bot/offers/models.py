"""The vocabulary of what follows a shortlist: the brand's decision on a creator, and the offer they get."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.creators.service import Creator
from bot.shortlists.models import Shortlist


class Choice(StrEnum):
    """What was decided about a creator of a shortlist. `OPEN` takes an earlier decision back."""

    CHOSEN = "chosen"
    RESERVE = "reserve"
    REJECTED = "rejected"
    OPEN = "open"

    @property
    def indonesian(self) -> str:
        """As staff read it."""
        return {"chosen": "Terpilih", "reserve": "Cadangan", "rejected": "Ditolak", "open": "Belum diputuskan"}[self]


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. `revision` is the version of the shortlist it was made on, `decided_at` seconds UTC."""

    id: int
    shortlist_id: int
    creator_id: int
    revision: int
    choice: Choice
    reason: str | None
    decided_by: int | None
    decided_at: int


class OfferState(StrEnum):
    """Where an offer stands."""

    DRAFT = "draft"
    SENT = "sent"
    COUNTERED = "countered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    # A draft thrown away. The row stays, so that its old buttons never act on an offer that came after it.
    DISCARDED = "discarded"

    @property
    def indonesian(self) -> str:
        """As staff and creators read it."""
        return {
            OfferState.DRAFT: "Draf",
            OfferState.SENT: "Menunggu jawaban kreator",
            OfferState.COUNTERED: "Kreator mengajukan perubahan",
            OfferState.ACCEPTED: "Diterima, menunggu SPK",
            OfferState.DECLINED: "Ditolak kreator",
            OfferState.EXPIRED: "Lewat batas jawab",
            OfferState.WITHDRAWN: "Ditarik tim",
            OfferState.DISCARDED: "Draf dibuang",
        }[self]


class OfferAct(StrEnum):
    """What can be done to an offer."""

    DRAFT = "draft"
    CHANGE = "change"
    SEND = "send"
    DISCARD = "discard"
    ACCEPT = "accept"
    DECLINE = "decline"
    COUNTER = "counter"
    TAKE_COUNTER = "take_counter"
    REFUSE_COUNTER = "refuse_counter"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


@dataclass(frozen=True, slots=True)
class Terms:
    """What is offered: a fee in whole rupiah, or something else (`extra`), or both.

    `posts_on` is the last day for posting (WIB), `reply_by` the instant (seconds UTC) from which it is too late to
    answer. Fee and scope stay out of repr: they are for the creator and staff alone.
    """

    project: str
    fee: int | None = field(repr=False)
    extra: str | None = field(repr=False)
    scope: str = field(repr=False)
    posts_on: date
    reply_by: int


@dataclass(frozen=True, slots=True)
class Counter:
    """What a creator asks for instead: a fee in whole rupiah (None: as little as before), a day, and a word on why."""

    fee: int | None = field(repr=False)
    posts_on: date
    message: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer to one account. Instants are seconds UTC.

    `terms` are those that stand: after a counter-offer was taken over, they are its. `member_id` is who answers in
    Discord, None where staff note the answer. `version` counts changes, `counters` the counter-offers so far.
    """

    id: int
    shortlist_id: int
    creator_id: int
    member_id: int | None
    terms: Terms
    state: OfferState
    version: int
    counter: Counter | None
    counters: int
    reason: str | None = field(repr=False)
    created_by: int | None
    created_at: int
    sent_at: int | None
    ended_at: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done to an offer, with the terms after it. `by_hand`: staff noted the creator's answer."""

    act: OfferAct
    at: int
    actor_id: int | None
    by_hand: bool
    fee: int | None = field(repr=False)
    posts_on: date
    reason: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class OfferView:
    """An offer beside the account it is for."""

    offer: Offer
    creator: Creator

    @property
    def account(self) -> str:
        """`@rara (TikTok)`."""
        record = self.creator.record
        return f"@{record.username} ({record.platform.label})"


@dataclass(frozen=True, slots=True)
class OfferDetail(OfferView):
    """The same with its history, as staff look at it."""

    shortlist: Shortlist
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """One creator of a shortlist with what was decided and offered.

    `rank` is None for those who are out, or not in the present version (`listed` False).
    """

    creator: Creator
    listed: bool
    rank: int | None
    rate: int | None = field(repr=False)
    application_id: int | None
    decision: Decision | None
    offer: Offer | None

    @property
    def choice(self) -> Choice:
        """What counts now."""
        return self.decision.choice if self.decision else Choice.OPEN


@dataclass(frozen=True, slots=True)
class Decisions:
    """Everyone of a shortlist who matters for the decision: who is in, and whoever was decided on."""

    shortlist: Shortlist
    people: tuple[Decided, ...]

    def of(self, choice: Choice) -> list[Decided]:
        """Those with one choice, in the order of the shortlist."""
        return [one for one in self.people if one.choice is choice]
