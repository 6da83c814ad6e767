"""From a filled-in form to a ticket: what waits while known answers are read, and the opening itself."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.platform import stored_files
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.crypto import Vault
from bot.platform.database import Database, Reads, UnitOfWork
from bot.platform.drafts import KEEP_SECONDS, Drafts
from bot.platform.errors import TooLate
from bot.platform.files import CheckedFile
from bot.tickets import entry_store, question_store, reading, rules, store
from bot.tickets.flow import TicketFlow
from bot.tickets.models import Author, EntryKind, QuestionAnswer, Speaker, Stage, Ticket
from bot.tickets.reading import Filled


class OpenIncident(Protocol):
    """What is to be known of an incident that is open for a stage."""

    @property
    def id(self) -> int: ...

    @property
    def title(self) -> str: ...

    @property
    def message(self) -> str: ...


IncidentFor = Callable[[Stage, Reads], Awaitable[OpenIncident | None]]
JoinIncident = Callable[[UnitOfWork, Ticket, OpenIncident], Awaitable[Ticket]]


@dataclass(frozen=True, slots=True)
class Pending:
    """A form that was filled in and not sent yet."""

    answers: tuple[QuestionAnswer, ...]
    file_ids: tuple[int, ...]


class TicketOpening:
    """Opens tickets. `attach_incidents` tells where to ask for an open incident."""

    def __init__(self, database: Database, clock: Clock, vault: Vault, drafts: Drafts, flow: TicketFlow) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault
        self._drafts = drafts
        self._flow = flow
        self._incident_for: IncidentFor | None = None

    def attach_incidents(self, incident_for: IncidentFor) -> None:
        """`incident_for(stage, reads)` gives the open incident of a stage, if there is one."""
        self._incident_for = incident_for

    async def incident_for(self, stage: Stage, reads: Reads | None = None) -> OpenIncident | None:
        """The open incident of a stage."""
        if self._incident_for is None:
            return None
        return await self._incident_for(stage, reads or self._database.read)

    async def check(self, creator_id: int, reads: Reads | None = None) -> None:
        """Raise DomainError unless somebody may open one more ticket."""
        self._flow.notices.check_ready()
        limit = self._flow.desk.open_tickets_per_creator
        rules.check_opening(await store.count_open(reads or self._database.read, creator_id), limit)

    async def read(self, stage: Stage, given: Mapping[int, str]) -> Filled:
        """A stage's form as filled in, by question id; masked. Raises FormRefused."""
        return reading.read_answers(await question_store.of_stage(self._database.read, stage), given)

    async def keep_files(self, owner_id: int, files: Sequence[CheckedFile]) -> list[int]:
        """Keep checked screenshots for a day; opening the ticket keeps them for good."""
        # Before the unit of work: encrypting 8 MB takes long enough for everyone else to notice.
        sealed = [await asyncio.to_thread(stored_files.seal, self._vault, file.data) for file in files]
        now = self._clock.timestamp()
        ids: list[int] = []
        async with self._database.unit() as tx:
            for number, (file, content) in enumerate(zip(files, sealed, strict=True), 1):
                ids.append(
                    await stored_files.keep(
                        tx,
                        self._vault,
                        filename=f"bukti-{number}.{file.extension}",
                        kind=file.kind.value,
                        content=content,
                        owner_id=owner_id,
                        now=now,
                        expires_at=now + KEEP_SECONDS,
                    )
                )
        return ids

    async def hold(self, creator_id: int, stage: Stage, filled: Filled, file_ids: Sequence[int]) -> None:
        """Keep a filled-in form while its creator reads known answers; nothing has to be typed again."""
        kept = {
            "questions": [item.question for item in filled.answers],
            "answers": [item.answer for item in filled.answers],
            "files": [str(file_id) for file_id in file_ids],
        }
        await self._drafts.keep(creator_id, _draft_of(stage), kept)

    async def pending(self, creator_id: int, stage: Stage) -> Pending:
        """What waits to be sent. Raises TooLate when it was sent, dropped or forgotten after a day."""
        kept = await self._drafts.load(creator_id, _draft_of(stage))
        if kept is None:
            raise TooLate("Isian ini sudah dikirim atau sudah tidak tersimpan. Cek tiketmu dengan /tiket saya.")
        answers = tuple(map(QuestionAnswer, kept["questions"], kept["answers"]))
        return Pending(answers, tuple(int(one) for one in kept["files"]))

    async def drop(self, creator_id: int, stage: Stage) -> None:
        """It is not to be sent: a known answer did it. Its files expire by themselves."""
        await self._drafts.drop(creator_id, _draft_of(stage))

    async def send_pending(self, actor: Actor, name: str, stage: Stage, join: JoinIncident) -> Ticket:
        """Open the ticket that waited; pressing twice opens one. Raises DomainError."""
        assert actor.id is not None
        waiting = await self.pending(actor.id, stage)
        async with self._database.unit() as tx:
            if not await self._drafts.take(tx, actor.id, _draft_of(stage)):
                raise TooLate("Tiketmu sudah terkirim. Lihat dengan /tiket saya.")
            return await self.open(tx, actor, name, stage, waiting.answers, waiting.file_ids, join)

    async def open(
        self,
        tx: UnitOfWork,
        actor: Actor,
        name: str,
        stage: Stage,
        answers: Sequence[QuestionAnswer],
        file_ids: Sequence[int],
        join: JoinIncident,
    ) -> Ticket:
        """Store a ticket, begin its thread, call IT, join an open incident. Raises DomainError."""
        assert actor.id is not None
        await self.check(actor.id, tx)
        masked = reading.masked_again(answers)
        ticket = await store.insert(
            tx,
            creator_id=actor.id,
            creator_name=name,
            stage=stage,
            priority=self._flow.desk.stage_priority[stage],
            summary=reading.summary_of(masked),
            answers=masked,
            now=self._clock.timestamp(),
        )
        ticket = await self._flow.begin(tx, ticket)
        by = Speaker(Author.CREATOR, actor.id, name)
        text = "\n".join(f"{item.question}: {item.answer}" for item in masked)
        entry = await self._flow.log.add(
            tx, ticket.id, EntryKind.OPENED, by.side, author_id=by.id, author_name=name, text=text,
            to_state=ticket.state,
        )  # fmt: skip
        assert entry is not None
        for file_id in file_ids:
            await stored_files.set_expiry(tx, file_id, None)
        await entry_store.attach(tx, entry.id, file_ids)
        named = [(file_id, filename) for _, file_id, filename in await entry_store.files_of(tx, ticket.id)]
        ticket = await self._flow.notices.begin(tx, ticket, named)
        await self._flow.audit(tx, actor, "opened", ticket, stage=stage.value)
        incident = await self.incident_for(stage, tx)
        return await join(tx, ticket, incident) if incident is not None else ticket


def _draft_of(stage: Stage) -> str:
    return f"ticket:pending:{stage.value}"
