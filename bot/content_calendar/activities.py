"""What the calendar and the quizzes and giveaways that begin with its entries know of each other."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from bot.content_calendar.models import Kind, LegalKind, Prize, Question, Way
from bot.platform.database import Reads, UnitOfWork
from bot.platform.messages import Message


@dataclass(frozen=True, slots=True)
class ActivityOrder:
    """What a quiz or giveaway needs in order to begin with an entry.

    `announcement` is what the calendar adds to its post: a headline that is not the title, a text in front, a card.
    Questions, prize and end are the activity's own to tell.

    It is open for `open_seconds`; `way` is how a quiz is won. `legal` is set where fate decides (see Content.by_lot).
    """

    entry_id: int
    kind: Kind
    title: str
    text: str
    questions: tuple[Question, ...]
    prize: Prize | None
    legal: LegalKind | None
    permit: str
    open_seconds: int
    way: Way
    channel_id: int
    announcement: Message
    image_file_id: int | None
    due_at: int
    created_by: int | None
    big_words: str = ""


@dataclass(frozen=True, slots=True)
class Attached:
    """What began: its id, and the outbox row of the message it posted (None: the calendar posts the announcement)."""

    activity_id: int
    outbox_id: int | None


# Begins a quiz or a giveaway inside the unit of work in which its entry falls due. Raises DomainError when it can't:
# then nothing of it is kept, and staff are told the sentence.
Activity = Callable[[UnitOfWork, ActivityOrder], Awaitable[Attached]]


# What the post of one will look like, before there is one. Buttons may be as in the real post: nobody can press them.
Preview = Callable[[ActivityOrder], Message]


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of an activity; None where nobody knows. Money in whole rupiah."""

    reached: int | None = None
    took_part: int | None = None
    spent: int | None = None


# Tells what came of a quiz or giveaway by its id.
ActivityFigures = Callable[[Reads, int], Awaitable[Figures]]

# Takes a quiz or giveaway back whose announcement never reached Discord. Nobody has seen it; it must not raise.
Withdrawal = Callable[[UnitOfWork, int], Awaitable[None]]


class Participants(Protocol):
    """Who took part in the quizzes, or in the giveaways, of the server, the calendar's and others."""

    async def opened(self, reads: Reads, start: int, end: int, /) -> list[tuple[int, int]]:
        """Ids of those that opened from `start` until before `end`, with the instant at which each did."""
        ...

    async def members(self, reads: Reads, activity_id: int, /) -> frozenset[int]:
        """Everybody who took part in one."""
        ...
