"""The vocabulary of incidents."""

from dataclasses import dataclass
from enum import StrEnum

from bot.tickets.models import Stage


class RoundKind(StrEnum):
    """What is done to every ticket of an incident."""

    GATHER = "gather"
    UPDATE = "update"
    CLOSE = "close"

    @property
    def indonesian(self) -> str:
        """For lists and answers."""
        return {
            RoundKind.GATHER: "Menggabungkan tiket",
            RoundKind.UPDATE: "Mengirim kabar",
            RoundKind.CLOSE: "Menyelesaikan tiket",
        }[self]


@dataclass(frozen=True, slots=True)
class Incident:
    """A disturbance at a stage of the app; one may be open for a stage at a time. Instants in seconds UTC."""

    id: int
    stage: Stage
    title: str
    message: str
    is_open: bool
    opened_by: int
    opened_at: int
    closed_at: int | None
    conclusion: str | None


@dataclass(frozen=True, slots=True)
class Round:
    """Something done to many tickets, some at a time; `cursor` is the last ticket done, `reached` how many were.

    `last_entry_id`: the newest entry of any ticket when it began.
    """

    id: int
    incident_id: int
    kind: RoundKind
    text: str
    actor_id: int
    actor_name: str
    since: int | None
    last_entry_id: int
    cursor: int
    reached: int
    created_at: int
    finished_at: int | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a round has come; `left` is how many tickets are still to be done."""

    round: Round
    left: int


@dataclass(frozen=True, slots=True)
class Standing:
    """An incident with what staff want to know of it: its tickets, and its last rounds, the newest first."""

    incident: Incident
    tickets: int
    open_tickets: int
    rounds: tuple[Progress, ...]

    @property
    def under_way(self) -> bool:
        """Whether something is still being done to its tickets."""
        return any(one.round.finished_at is None for one in self.rounds)
