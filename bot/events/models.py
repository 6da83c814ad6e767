"""The vocabulary of events."""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum


class EventKind(StrEnum):
    """What sort of event it is."""

    WORKSHOP = "workshop"
    WEBINAR = "webinar"
    MEETUP = "meetup"

    @property
    def indonesian(self) -> str:
        """For lists and answers."""
        return {EventKind.WORKSHOP: "Workshop", EventKind.WEBINAR: "Webinar", EventKind.MEETUP: "Meet-up"}[self]


class EventState(StrEnum):
    """Where an event stands."""

    DRAFT = "draft"
    OPEN = "open"
    ENDED = "ended"
    CANCELLED = "cancelled"

    @property
    def indonesian(self) -> str:
        """For lists and answers."""
        return {
            EventState.DRAFT: "Draf",
            EventState.OPEN: "Dibuka",
            EventState.ENDED: "Selesai",
            EventState.CANCELLED: "Dibatalkan",
        }[self]


class Seat(StrEnum):
    """Whether a member has a place or waits for one."""

    GOING = "going"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class EventSpec:
    """What an event is about. `starts_at` in seconds UTC, `lasts` in seconds; `seats` None where everyone fits.

    `link` is for participants only: it is never part of a public message.
    """

    kind: EventKind
    title: str
    about: str
    starts_at: int
    lasts: int
    place: str
    link: str | None = field(default=None, repr=False)
    seats: int | None = None

    @property
    def ends_at(self) -> int:
        """When it is over, in seconds UTC."""
        return self.starts_at + self.lasts


@dataclass(frozen=True, slots=True)
class Event:
    """An event. `code` is what people who are there type; instants are seconds UTC."""

    id: int
    spec: EventSpec
    state: EventState
    revision: int
    code: str | None = field(repr=False)
    channel_id: int | None
    announcement_id: int | None
    closed_at: int | None

    @property
    def title(self) -> str:
        """Its title."""
        return self.spec.title


@dataclass(frozen=True, slots=True)
class Rsvp:
    """A member's yes to an event. `number` orders the waiting list."""

    event_id: int
    member_id: int
    name: str
    number: int
    seat: Seat
    joined_at: int
    attended_at: int | None
    stars: int | None
    comment: str | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many come and how many wait."""

    going: int = 0
    waiting: int = 0
    attended: int = 0


@dataclass(frozen=True, slots=True)
class Feedback:
    """What people who were there thought: how many gave each number of stars, and how many wrote something."""

    stars: dict[int, int]
    attended: int
    comments: int

    @property
    def rated(self) -> int:
        """How many gave stars."""
        return sum(self.stars.values())

    @property
    def average(self) -> Decimal | None:
        """The stars on average, to one decimal (half up); None where nobody gave any."""
        if not self.rated:
            return None
        total = sum(number * count for number, count in self.stars.items())
        return (Decimal(total) / self.rated).quantize(Decimal("0.1"), ROUND_HALF_UP)
