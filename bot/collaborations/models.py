"""The vocabulary of content collaborations: what TSC's own channels make together with creators."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Status(StrEnum):
    """Where a collaboration stands."""

    IDEA = "idea"
    AGREED = "agreed"
    MAKING = "making"
    POSTED = "posted"
    CANCELLED = "cancelled"

    @property
    def indonesian(self) -> str:
        """As staff read it."""
        return {
            "idea": "Ide",
            "agreed": "Disepakati",
            "making": "Diproduksi",
            "posted": "Tayang",
            "cancelled": "Batal",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a collaboration is about. `message` is what the brand wants to say; `planned_on` a day in WIB.

    `creator_name` stays when the account `creator_id` is gone from the database.
    """

    idea: str
    message: str
    creator_id: int | None = None
    creator_name: str | None = None
    planned_on: date | None = None


@dataclass(frozen=True, slots=True)
class Collaboration:
    """A collaboration. `version` counts changes: a button acts on what it was drawn for. Instants are seconds UTC."""

    id: int
    plan: Plan
    status: Status
    link: str | None
    reason: str | None
    version: int
    created_by: int | None
    created_at: int
    changed_at: int
