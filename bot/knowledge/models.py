"""The vocabulary of known answers."""

from dataclasses import dataclass
from enum import StrEnum

from bot.tickets.models import Stage


class Source(StrEnum):
    """Where a known answer comes from."""

    ARTICLE = "article"
    TICKET = "ticket"


@dataclass(frozen=True, slots=True)
class Article:
    """An article of the knowledge base. `ticket_id`: the solved ticket it was made of."""

    id: int
    stage: Stage
    title: str
    body: str
    published: bool
    ticket_id: int | None
    updated_at: int


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """What a form for a new article begins with."""

    stage: Stage
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A known answer that may fit a question. Of a solved ticket nothing is shown but its answer, without names."""

    source: Source
    id: int
    title: str
    answer: str


@dataclass(frozen=True, slots=True)
class Canned:
    """A ready-made answer with fields like {nama}; `stage` None: for every stage."""

    id: int
    name: str
    body: str
    stage: Stage | None
