"""What staff know of a creator beyond the sheet: tags, notes, whether we work with them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence for staff on an account; never for creators or brands. `written_by` is a Discord user id."""

    id: int
    creator_id: int
    text: str
    written_by: int | None
    written_at: int


@dataclass(frozen=True, slots=True)
class Blacklisting:
    """Why we don't work with somebody, and until when (seconds UTC, excluded); None: until it is lifted.

    `creator_id` is the account it was said of; it counts for all accounts of that person.
    """

    id: int
    creator_id: int
    reason: str
    expires_at: int | None
    listed_by: int | None
    listed_at: int
    lifted_at: int | None = None

    def in_force(self, at: int) -> bool:
        """Whether it counts at an instant."""
        return self.lifted_at is None and (self.expires_at is None or at < self.expires_at)


@dataclass(frozen=True, slots=True)
class Care:
    """All of it for one account. `blacklisting` is what is in force now, said of any account of the person."""

    tags: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    note_count: int = 0
    blacklisting: Blacklisting | None = None
