"""Answers of IT's own system: checked, and put into their ticket's thread once, whatever order they come in."""

import hashlib
from collections.abc import Awaitable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.it_link import rules, store
from bot.it_link.models import Link
from bot.it_link.signing import verify
from bot.platform.clock import Clock
from bot.platform.database import Database, Reads, UnitOfWork
from bot.platform.text import one_line, tidy
from bot.tickets.it_answers import Landed
from bot.tickets.models import Ticket, TicketState
from bot.tickets.rules import MESSAGE_LENGTH

LONGEST_TEXT = MESSAGE_LENGTH.stop - 1


class Answer(BaseModel):
    """What IT's system sends, version 1. Unknown fields are refused: a misspelt one would be lost without a word."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    version: Literal[1]
    id: str = Field(pattern=r"^[!-~]{1,100}$")
    ticket: int = Field(ge=1, le=2**53)
    author: str = Field("", max_length=80)
    text: str = Field("", max_length=LONGEST_TEXT)
    status: Literal["in_progress", "waiting", "resolved", "closed", "reopened"] | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "Answer":
        if not tidy(self.text) and self.status is None:
            raise ValueError("text or status")
        return self


class AnswerRefused(Exception):
    """A body that is no answer. `problems`: which field, and what is wrong with it; never what it held."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


class IdUsedTwice(Exception):
    """The id belongs to another answer."""


class Taken(StrEnum):
    """What became of an answer."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What IT's system is told: `state` is where the ticket stands now; `warning`: what of it was not used, and why."""

    taken: Taken
    ticket_id: int
    state: TicketState
    warning: str = ""


class Find(Protocol):
    """Gives a ticket. Raises NotFound."""

    def __call__(self, ticket_id: int, reads: Reads | None = None) -> Awaitable[Ticket]: ...


class Reply(Protocol):
    """Puts an answer into its ticket, once."""

    def __call__(
        self,
        tx: UnitOfWork,
        ticket_id: int,
        text: str,
        *,
        external_id: str,
        author_name: str = "",
        status: TicketState | None = None,
    ) -> Awaitable[Landed]: ...


class ItInbox:
    """Takes answers in. `on` is False while no secret is set: then nobody can be trusted."""

    def __init__(self, database: Database, clock: Clock, link: Link, find: Find, reply: Reply) -> None:
        self._database = database
        self._clock = clock
        self._link = link
        self._find = find
        self._reply = reply

    @property
    def on(self) -> bool:
        """Whether answers are taken."""
        return bool(self._link.secrets) and not rules.link_problems("", self._link.secrets)

    async def take(self, timestamp: str | None, signature: str | None, body: bytes) -> Receipt:
        """Check an answer and put it into its ticket, in one unit of work.

        Raises SignatureRefused, AnswerRefused, IdUsedTwice, and DomainError (no such ticket).
        """
        verify(self._link.secrets, timestamp, signature, body, self._clock.timestamp())
        answer = read_answer(body)
        digest = hashlib.sha256(answer.model_dump_json().encode()).hexdigest()
        async with self._database.unit() as tx:
            ticket = await self._find(answer.ticket, tx)
            earlier = await store.note_answer(tx, answer.id, ticket.id, digest, self._clock.timestamp())
            if earlier is not None and earlier != digest:
                raise IdUsedTwice
            landed = Landed(is_new=False)
            if earlier is None:
                landed = await self._reply(
                    tx,
                    ticket.id,
                    answer.text,
                    external_id=answer.id,
                    author_name=one_line(answer.author),
                    status=TicketState(answer.status) if answer.status else None,
                )
            ticket = await self._find(ticket.id, tx)
        taken = Taken.ACCEPTED if landed.is_new else Taken.DUPLICATE
        return Receipt(taken, ticket.id, ticket.state, landed.warning)


def read_answer(body: bytes) -> Answer:
    """A body as an answer. Raises AnswerRefused."""
    try:
        return Answer.model_validate_json(body)
    except ValidationError as error:
        raise AnswerRefused(
            [
                f"{'.'.join(map(str, item['loc'])) or 'body'}: {item['type']}"
                for item in error.errors(include_input=False, include_context=False, include_url=False)
            ]
        ) from None
