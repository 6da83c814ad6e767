"""The vocabulary of suggestions: what sales and marketing say about a creator or a campaign."""

from dataclasses import dataclass, field
from enum import StrEnum


class Tone(StrEnum):
    """Which way a suggestion points."""

    RECOMMEND = "recommend"
    CONSIDER = "consider"
    CAUTION = "caution"

    @property
    def label(self) -> str:
        """As staff choose and read it."""
        return {"recommend": "Rekomendasi", "consider": "Pertimbangkan", "caution": "Hati-hati"}[self.value]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggestion on one creator or one campaign. `subject` is the account's or campaign's name.

    `outcome` is what became of it once it is closed. Instants are seconds UTC. For staff alone.
    """

    id: int
    creator_id: int | None
    campaign_id: int | None
    subject: str
    tone: Tone
    text: str = field(repr=False)
    made_by: int | None
    made_at: int
    closed_at: int | None
    closed_by: int | None
    outcome: str | None = field(repr=False)

    @property
    def is_open(self) -> bool:
        """Whether it still counts."""
        return self.closed_at is None
