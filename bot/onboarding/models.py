"""The vocabulary of joining and registering."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from bot.creators.models import AgeBand, Average, CreatorKey, Gender, Metrics, Niche, Platform
from bot.platform.crypto import Private

# What the age question offers beside AgeBand: whoever chooses it is not registered.
UNDER_18: Final = "under_18"
MOST_NICHES: Final = 2
LONGEST_CITY: Final = 60
LONGEST_REASON: Final = 500


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the server, as Discord knows them now. `joined_at` is None where Discord does not say (in a DM)."""

    id: int
    display_name: str
    joined_at: int | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody the bot remembers. `number` is the order of first joining; it never changes.

    `greeted_at` is None for somebody who acted before their joining was seen. `refused_until` is set once they chose to
    be under 18: until that instant registering is not offered.
    """

    id: int
    display_name: str
    number: int
    joined_at: int
    left_at: int | None
    times_joined: int
    rules_accepted_at: int | None
    registered_at: int | None
    refused_until: int | None = None
    data_requested_at: int | None = None
    greeted_at: int | None = None


class Arrival(StrEnum):
    """What somebody's joining meant."""

    FIRST = "first"
    BACK = "back"
    KNOWN = "known"  # told twice, or seen before: nothing to do


@dataclass(frozen=True, slots=True)
class Consent:
    """Which text was agreed to, and when."""

    version: str
    at: int


@dataclass(frozen=True, slots=True)
class AboutYou:
    """Who the creator is; the same for all of their accounts."""

    age_band: AgeBand
    gender: Gender
    city: str
    region: str
    contact: Private


@dataclass(frozen=True, slots=True)
class Account:
    """The account to be registered. `niches` are one or two."""

    platform: Platform
    username: str
    followers: int
    niches: tuple[Niche, ...]

    @property
    def key(self) -> CreatorKey:
        """What makes it this account."""
        return CreatorKey(self.platform, self.username)


@dataclass(frozen=True, slots=True)
class Averages:
    """A usual post's figures, each None when not told."""

    views: int | None = None
    likes: int | None = None
    comments: int | None = None
    shares: int | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """New answers of a registered creator. `contact` is None where it stays; place and contact are the person's."""

    city: str
    region: str
    contact: Private | None
    niches: tuple[Niche, ...]


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that was changed by its owner. `name` is Indonesian."""

    name: str
    before: Average
    after: Average


class Step(StrEnum):
    """What a registration asks, in this order."""

    ABOUT_YOU = "about_you"
    ACCOUNT = "account"
    AVERAGES = "averages"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class Draft:
    """A registration that was begun. `revision` goes up with each answer; at 0 nothing of it is kept yet."""

    member_id: int
    consent: Consent
    about: AboutYou | None = None
    account: Account | None = None
    averages: Averages | None = None
    insight_file_id: int | None = None
    revision: int = 0

    @property
    def next_step(self) -> Step:
        """What is to be asked next."""
        if self.about is None:
            return Step.ABOUT_YOU
        if self.account is None:
            return Step.ACCOUNT
        return Step.AVERAGES if self.averages is None else Step.SUMMARY


class RegistrationState(StrEnum):
    """Where a registration stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"

    @property
    def indonesian(self) -> str:
        """For people."""
        return {
            RegistrationState.WAITING: "Menunggu bukti & persetujuan",
            RegistrationState.APPROVED: "Diterima",
            RegistrationState.REJECTED: "Ditolak",
            RegistrationState.WITHDRAWN: "Ditarik kembali",
        }[self]


@dataclass(frozen=True, slots=True)
class Registration:
    """What was sent. `decided_by` is None when nobody had to decide. The contact stays encrypted in `contact_token`."""

    id: int
    member_id: int
    state: RegistrationState
    creator_id: int | None
    account: Account
    averages: Averages
    age_band: AgeBand
    gender: Gender
    city: str
    region: str
    consent: Consent
    insight_file_id: int | None
    proof_code: str | None
    proof_file_id: int | None
    reason: str | None
    decided_by: int | None
    decided_at: int | None
    created_at: int
    contact_token: str = field(repr=False, default="")
    code_placed_at: int | None = None

    @property
    def metrics(self) -> Metrics:
        """The figures told, as the KOL database keeps them."""
        return Metrics(
            self.account.followers,
            self.averages.views,
            self.averages.likes,
            self.averages.comments,
            self.averages.shares,
        )

    @property
    def has_proof(self) -> bool:
        """Whether the claimant has done their part: sent a screenshot, or said that the code is in the bio."""
        return self.proof_file_id is not None or self.code_placed_at is not None

    @property
    def is_claim(self) -> bool:
        """Whether the account was in the KOL database before, so that ownership had to be proved."""
        return self.proof_code is not None

    def decided(
        self, state: RegistrationState, *, by: int | None, at: int, reason: str | None = None
    ) -> "Registration":
        """The same registration after a decision."""
        return replace(self, state=state, decided_by=by, decided_at=at, reason=reason)


class Sent(StrEnum):
    """What became of a registration when it was sent."""

    ACCEPTED = "accepted"
    WAITING = "waiting"
    ALREADY_YOURS = "already_yours"
    ALREADY_WAITING = "already_waiting"
    CHANGED_SINCE = "changed_since"
    NOTHING_TO_SEND = "nothing_to_send"
