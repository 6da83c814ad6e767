"""Use cases of incidents: open, tell everyone, close. Many tickets are done some at a time, each exactly once."""

from typing import Final

from bot.incidents import store
from bot.incidents.models import Incident, Progress, Round, RoundKind, Standing
from bot.platform import audit
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.database import Database, Reads, UnitOfWork
from bot.platform.errors import FormRefused, NotFound, TooLate
from bot.platform.scheduler import Scheduler
from bot.platform.scheduler_store import DueItem
from bot.platform.text import one_line, tidy
from bot.tickets import rules as ticket_rules
from bot.tickets.masking import mask
from bot.tickets.models import Author, EntryKind, Speaker, Stage, Ticket
from bot.tickets.service import TicketService

ROUND: Final = "incident.round"
# Tickets of one unit of work, one a second: everybody else waits for at most about a tenth of a second.
AT_ONCE: Final = 20
TITLE_LENGTH: Final = range(5, 101)
MESSAGE_LENGTH: Final = range(10, 1001)
CAUSE: Final = "outage"
MOST_ROUNDS: Final = 3


class IncidentService:
    """The door to incidents."""

    def __init__(self, database: Database, clock: Clock, scheduler: Scheduler, tickets: TicketService) -> None:
        self._database = database
        self._clock = clock
        self._scheduler = scheduler
        self._tickets = tickets
        scheduler.handles(ROUND, self._round_is_due)

    async def open_for(self, stage: Stage, reads: Reads | None = None) -> Incident | None:
        """The open incident of a stage."""
        return await store.open_for(reads or self._database.read, stage)

    async def get(self, incident_id: int, reads: Reads | None = None) -> Incident:
        """One incident. Raises NotFound."""
        found = await store.get(reads or self._database.read, incident_id)
        if found is None:
            raise NotFound("Insiden ini tidak ada. Lihat semuanya dengan /insiden daftar.")
        return found

    async def listed(self, *, limit: int, offset: int) -> tuple[list[Incident], int]:
        """A page of incidents, open ones first, and how many there have been."""
        reads = self._database.read
        return await store.listed(reads, limit=limit, offset=offset), await store.count(reads)

    async def all_open(self) -> list[Incident]:
        """Every open incident, at most one a stage."""
        return await store.all_open(self._database.read)

    async def chosen(self, text: str) -> Incident:
        """The incident staff mean: the number that autocomplete fills in. Raises NotFound."""
        number = text.strip().removeprefix("#")
        if not number.isdecimal() or len(number) > 15:
            raise NotFound("Pilih gangguannya dari daftar yang muncul. Lihat semuanya dengan /insiden daftar.")
        return await self.get(int(number))

    async def still_open(self, incident_id: int, reads: Reads | None = None) -> Incident:
        """An incident that something may be done about. Raises NotFound or TooLate."""
        incident = await self.get(incident_id, reads)
        if not incident.is_open:
            raise TooLate(f"Gangguan “{incident.title}” sudah ditutup. Semua tiketnya sudah diselesaikan bersama.")
        return incident

    async def standing(self, incident_id: int) -> Standing:
        """An incident with its tickets and how far its rounds have come. Raises NotFound."""
        reads = self._database.read
        incident = await self.get(incident_id)
        tickets, still_open = await store.count_tickets(reads, incident_id)
        rounds = [
            Progress(one, 0 if one.finished_at is not None else await store.count_left(reads, incident, one))
            for one in await store.rounds_of(reads, incident_id, MOST_ROUNDS)
        ]
        return Standing(incident, tickets, still_open, tuple(rounds))

    async def count_to_gather(self, stage: Stage, hours: int) -> int:
        """How many open tickets of a stage from so many hours back belong to no incident."""
        return await store.count_to_gather(self._database.read, stage, self._clock.timestamp() - hours * 3600)

    async def open(
        self, actor: Actor, name: str, stage: Stage, title: str, message: str, *, gather_hours: int | None = None
    ) -> Incident:
        """Open one. `gather_hours`: open tickets of the stage from so many hours back join. Raises DomainError."""
        assert actor.id is not None
        title, message = mask(one_line(title)).text, mask(tidy(message)).text
        problems: list[str] = []
        if len(title) not in TITLE_LENGTH:
            problems.append(f"Nama gangguan: {TITLE_LENGTH.start} sampai {TITLE_LENGTH.stop - 1} huruf.")
        problems += _message_problems(message)
        if problems:
            raise FormRefused(problems)
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            opened = await store.insert(tx, stage, title, message, actor.id, now)
            if opened is None:
                raise TooLate(
                    f"Sudah ada gangguan terbuka untuk tahap {stage.indonesian}. Beri kabarnya dengan /insiden kabar."
                )
            details = {"stage": stage.value, "title": title}
            await audit.record(tx, actor, "incident.opened", ("incident", opened.id), at=now, details=details)
            if gather_hours is not None:
                since = now - gather_hours * 3600
                await self._begin(tx, opened, RoundKind.GATHER, message, actor.id, name, since)
        return opened

    async def update(self, actor: Actor, name: str, incident_id: int, text: str) -> Incident:
        """Tell every creator of its open tickets, and those who ask from now on. Raises DomainError."""
        assert actor.id is not None
        text = mask(tidy(text)).text
        if problems := _message_problems(text):
            raise FormRefused(problems)
        async with self._database.unit() as tx:
            incident = await self.still_open(incident_id, tx)
            await store.change_message(tx, incident_id, text)
            await self._begin(tx, incident, RoundKind.UPDATE, text, actor.id, name)
            now = self._clock.timestamp()
            await audit.record(tx, actor, "incident.updated", ("incident", incident_id), at=now)
        return incident

    async def close(self, actor: Actor, name: str, incident_id: int, conclusion: str) -> Incident:
        """It is over: every open ticket of it is resolved with the conclusion. Raises DomainError."""
        assert actor.id is not None
        conclusion = mask(tidy(conclusion)).text
        ticket_rules.check_conclusion(conclusion, CAUSE)
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            await self.still_open(incident_id, tx)
            closed = await store.close(tx, incident_id, conclusion, now)
            assert closed is not None
            await self._begin(tx, closed, RoundKind.CLOSE, conclusion, actor.id, name)
            await audit.record(tx, actor, "incident.closed", ("incident", incident_id), at=now)
        return closed

    async def pull_in(self, actor: Actor, incident_id: int, ticket_id: int) -> Ticket:
        """One more ticket, of any stage, belongs to it; its creator reads so. Raises DomainError."""
        async with self._database.unit() as tx:
            incident = await self.still_open(incident_id, tx)
            ticket = await self._tickets.get(ticket_id, tx)
            if ticket.incident_id == incident.id:
                raise TooLate(f"Tiket #{ticket.id} sudah termasuk gangguan “{incident.title}”.")
            if ticket.incident_id is not None and (await self.get(ticket.incident_id, tx)).is_open:
                raise TooLate(f"Tiket #{ticket.id} sudah termasuk gangguan lain yang masih terbuka.")
            after = await self._tickets.join_incident(tx, ticket.id, incident.id, _told_on_joining(incident))
            now = self._clock.timestamp()
            details = {"ticket": ticket.id}
            await audit.record(tx, actor, "incident.pulled_in", ("incident", incident.id), at=now, details=details)
        return after

    async def _begin(
        self,
        tx: UnitOfWork,
        incident: Incident,
        kind: RoundKind,
        text: str,
        actor_id: int,
        name: str,
        since: int | None = None,
    ) -> None:
        now = self._clock.timestamp()
        before = await store.next_round(tx, incident.id)
        begun = await store.begin_round(tx, incident.id, kind, text, actor_id, name, now, since)
        # It waits for the rounds before it, so that nobody reads the second update before the first.
        await self._scheduler.at(tx, ROUND, (before or begun).id, now)

    async def _round_is_due(self, tx: UnitOfWork, item: DueItem) -> None:
        found = await store.get_round(tx, item.subject_id)
        if found is None or found.finished_at is not None:
            return
        incident = await self.get(found.incident_id, tx)
        # Closed while tickets were being gathered: nobody joins what is over.
        over = found.kind is RoundKind.GATHER and not incident.is_open
        numbers = [] if over else await store.next_tickets(tx, incident, found, AT_ONCE)
        for number in numbers:
            await self._do(tx, incident, found, number)
        now = self._clock.timestamp()
        done = len(numbers) < AT_ONCE
        cursor = numbers[-1] if numbers else found.cursor
        await store.move_on(tx, found.id, cursor, found.reached + len(numbers), now if done else None)
        following = await store.next_round(tx, incident.id) if done else found
        if following is not None:
            # Never the instant of the row being done: that one would count as done already.
            await self._scheduler.at(tx, ROUND, following.id, now if done else max(now, item.due_at + 1))

    async def _do(self, tx: UnitOfWork, incident: Incident, found: Round, ticket_id: int) -> None:
        by = Speaker(Author.STAFF, found.actor_id, found.actor_name)
        match found.kind:
            case RoundKind.GATHER:
                await self._tickets.join_incident(tx, ticket_id, incident.id, _told_on_joining(incident))
            case RoundKind.UPDATE:
                ticket = await self._tickets.get(ticket_id, tx)
                await self._tickets.say(tx, ticket, found.text, kind=EntryKind.INCIDENT_UPDATE, author=by)
            case RoundKind.CLOSE:
                await self._tickets.resolve(tx, Actor(found.actor_id), ticket_id, found.text, CAUSE, by=by)


def _told_on_joining(incident: Incident) -> str:
    return f"Ini bagian dari gangguan yang sedang ditangani: **{incident.title}**. {incident.message}"


def _message_problems(text: str) -> list[str]:
    if len(text) in MESSAGE_LENGTH:
        return []
    return [f"Kabar: {MESSAGE_LENGTH.start} sampai {MESSAGE_LENGTH.stop - 1} huruf. Ini yang dibaca kreator."]
