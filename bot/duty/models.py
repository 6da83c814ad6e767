"""The vocabulary of duty."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Via(StrEnum):
    """Why somebody is called."""

    ROTA = "rota"
    SWAP = "swap"
    DEPUTY = "deputy"
    ROLE = "role"

    @property
    def indonesian(self) -> str:
        """Behind a name."""
        return {
            Via.ROTA: "jadwal mingguan",
            Via.SWAP: "tukar piket",
            Via.DEPUTY: "cadangan, karena tidak ada yang piket",
            Via.ROLE: "seluruh IT, karena tidak ada yang piket",
        }[self]


class SwapState(StrEnum):
    """Where a swap stands."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Shift:
    """A weekly shift. Minutes of the day in WIB; `ends` at or before `starts` is on the day after `weekday`."""

    id: int
    member_id: int
    name: str
    weekday: int
    starts: int
    ends: int


@dataclass(frozen=True, slots=True)
class Leave:
    """Whole days away, both included. Why is not asked: it may be about somebody's health."""

    id: int
    member_id: int
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Swap:
    """One shift of one day goes to somebody else."""

    id: int
    shift_id: int
    day: date
    from_member_id: int
    to_member_id: int
    to_name: str
    state: SwapState


@dataclass(frozen=True, slots=True)
class Deputy:
    """Called when nobody is on duty."""

    member_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Rota:
    """All that decides who is on duty in some stretch of time. Of the swaps, only accepted ones count."""

    shifts: tuple[Shift, ...] = ()
    leaves: tuple[Leave, ...] = ()
    swaps: tuple[Swap, ...] = ()
    deputies: tuple[Deputy, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """A shift on a certain day: from `starts_at` until before `ends_at` (seconds UTC), held by `member_id`.

    `instead_of`: whose shift it is by the rota, after a swap. `away`: the holder is on leave, so nobody holds it.
    """

    shift_id: int
    day: date
    starts_at: int
    ends_at: int
    member_id: int
    name: str
    instead_of: str | None = None
    away: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Nobody is on duty from `starts_at` until before `ends_at` (seconds UTC), shown with `day`."""

    day: date
    starts_at: int
    ends_at: int


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days from a Monday on: who holds which turn, and when nobody does. `holidays`: names by day."""

    first: date
    turns: tuple[Turn, ...]
    gaps: tuple[Gap, ...]
    holidays: Mapping[date, str]


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Who is called. `member_ids` is empty only for Via.ROLE. `until`: when the turn ends (seconds UTC)."""

    member_ids: tuple[int, ...]
    names: tuple[str, ...]
    via: Via
    until: int | None = None
