"""Which two accounts look like one, how sure that is, and what is to be done with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.creators.service import Creator


class Sign(StrEnum):
    """Why two accounts look like one person's, most telling first."""

    CONTACT = "contact"
    MEMBER = "member"
    USERNAME = "username"
    SIMILAR = "similar"

    @property
    def label(self) -> str:
        """For staff."""
        return {
            "contact": "kontak sama",
            "member": "anggota Discord sama",
            "username": "username sama",
            "similar": "username hampir sama",
        }[self.value]


# How telling a sign is; together they decide the order in which pairs are shown.
_WEIGHTS = {Sign.CONTACT: 8, Sign.MEMBER: 8, Sign.USERNAME: 4, Sign.SIMILAR: 2}


class MergeKind(StrEnum):
    """What merging means: an account that was renamed is hidden, two platforms of one person stay two accounts."""

    RENAMED = "renamed"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two accounts that look like one, the lower id first."""

    low_id: int
    high_id: int
    signs: frozenset[Sign]

    def to_query(self) -> list[Any]:
        """As JSON-able values."""
        return [self.low_id, self.high_id, sorted(self.signs)]

    @classmethod
    def from_query(cls, kept: Sequence[Any]) -> "Pair":
        """From what `to_query` gave."""
        low_id, high_id, signs = kept
        return cls(low_id, high_id, frozenset(map(Sign, signs)))

    @property
    def strength(self) -> int:
        """More is surer."""
        return sum(_WEIGHTS[sign] for sign in self.signs)


@dataclass(frozen=True, slots=True)
class Merge:
    """Two accounts put together; `moved` is what went over."""

    id: int
    kind: MergeKind
    kept_id: int
    other_id: int
    moved: dict[str, Any]
    merged_by: int | None
    merged_at: int
    undone_at: int | None


def together(found: list[tuple[int, int, Sign]]) -> list[Pair]:
    """One pair for each two accounts with all its signs, the surest first, then by id. Order doesn't matter."""
    signs: dict[tuple[int, int], set[Sign]] = {}
    for one, other, sign in found:
        if one != other:
            signs.setdefault((min(one, other), max(one, other)), set()).add(sign)
    pairs = [Pair(low, high, frozenset(told)) for (low, high), told in signs.items()]
    return sorted(pairs, key=lambda pair: (-pair.strength, pair.low_id, pair.high_id))


def kind_of(one: Creator, other: Creator) -> MergeKind:
    """On one platform an account was renamed; on two a person has both."""
    same = one.record.platform is other.record.platform
    return MergeKind.RENAMED if same else MergeKind.PERSON


def newer(one: Creator, other: Creator) -> Creator:
    """Which of two rows of a renamed account is likely the present one: figures or membership that are newer."""
    return max((one, other), key=lambda creator: (creator.measured_at or 0, creator.updated_at, creator.id))
