"""The vocabulary of the link to IT's own system."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Link:
    """How to reach IT's system. An empty `url`: nothing goes out; no `secrets`: nothing comes in."""

    url: str = ""
    secrets: tuple[str, ...] = ()  # newest first; more than one while they are being changed
    timeout_seconds: int = 10
    give_up_seconds: int = 86_400

    def __repr__(self) -> str:
        """Without the secrets."""
        return f"Link(on={bool(self.url)}, secrets={len(self.secrets)})"


class DeliveryState(StrEnum):
    """Where a delivery stands."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    DEAD = "dead"  # given up; staff may put it back


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event on its way to IT's system. Instants in seconds UTC; see migration 0013 for the columns."""

    id: int
    entry_id: int
    ticket_id: int
    event_id: str
    body: str
    state: DeliveryState
    attempts: int
    due_at: int
    trying_since: int
    failure: str
    created_at: int


@dataclass(frozen=True, slots=True)
class Overview:
    """How the link is doing. `last_accepted_at` is None when nothing was ever accepted."""

    on: bool
    pending: int
    dead: int
    last_accepted_at: int | None


class Verdict(StrEnum):
    """What an attempt came to."""

    ACCEPTED = "accepted"
    LATER = "later"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one attempt came to. `failure`: why, for staff; `retry_after`: seconds the other side asked for."""

    verdict: Verdict
    failure: str = ""
    retry_after: int = 0
