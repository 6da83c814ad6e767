"""Watches the SLA clock of open tickets: warns before a target is missed, escalates when it is."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from bot.platform.clock import Clock
from bot.platform.database import UnitOfWork
from bot.platform.messages import Message
from bot.platform.palette import DANGER, WARNING
from bot.platform.scheduler import Scheduler
from bot.platform.scheduler_store import DueItem
from bot.platform.text import one_line
from bot.server.models import ChannelKey, RoleKey
from bot.server.service import ServerService
from bot.tickets import clock_store, sla
from bot.tickets.clock_store import Clocked
from bot.tickets.desk_settings import DeskSettings
from bot.tickets.log import TicketLog
from bot.tickets.models import OPEN_STATES, Author, EntryKind, TicketState
from bot.tickets.sla import Due, SlaClock

RESPONSE_WARNING: Final = "ticket.response-warning"
RESPONSE_BREACH: Final = "ticket.response-breach"
RESOLUTION_WARNING: Final = "ticket.resolution-warning"
RESOLUTION_BREACH: Final = "ticket.resolution-breach"
KINDS: Final = (RESPONSE_WARNING, RESPONSE_BREACH, RESOLUTION_WARNING, RESOLUTION_BREACH)
# The clock stands while the creator is asked, and once an answer was given.
STANDS: Final = (frozenset(TicketState) - OPEN_STATES) | {TicketState.WAITING}


@dataclass(frozen=True, slots=True)
class Called:
    """Whom a message about a ticket pings: people, or a role where nobody is on duty."""

    users: tuple[int, ...] = ()
    roles: tuple[int, ...] = ()


WhoIsOnDuty = Callable[[UnitOfWork], Awaitable[Called]]


class SlaWatch:
    """`started` and `changed` are called by whoever changes a ticket, in the same unit of work."""

    def __init__(
        self,
        clock: Clock,
        scheduler: Scheduler,
        server: ServerService,
        log: TicketLog,
        desk: DeskSettings,
        on_duty: WhoIsOnDuty,
    ) -> None:
        self._clock = clock
        self._scheduler = scheduler
        self._server = server
        self._log = log
        self._desk = desk
        self._on_duty = on_duty
        for kind in KINDS:
            scheduler.handles(kind, self._is_due)

    async def started(self, tx: UnitOfWork, ticket_id: int) -> None:
        """A ticket was opened: its clock runs from now."""
        ticket = await clock_store.load(tx, ticket_id)
        if ticket is not None:
            await self._set(tx, ticket, SlaClock.started(self._clock.timestamp()))

    async def changed(self, tx: UnitOfWork, ticket_id: int) -> None:
        """A ticket's state, priority or first reply changed: stop or run the clock, and reckon anew what is due."""
        ticket = await clock_store.load(tx, ticket_id)
        if ticket is None:
            return
        now = self._clock.timestamp()
        stands = ticket.state in STANDS
        for kind in KINDS:
            await self._scheduler.cancel(tx, kind, ticket.id)
        await self._set(
            tx,
            ticket,
            ticket.clock.stopped(now, self._desk.working_time) if stands else ticket.clock.running(now),
        )

    async def _set(self, tx: UnitOfWork, ticket: Clocked, clock: SlaClock) -> None:
        due, now = self._due(ticket, clock), self._clock.timestamp()
        await clock_store.save(tx, ticket.id, clock, due)
        for kind, instant in _instants(due).items():
            if instant is None or _told(ticket, kind):
                continue
            # Back from waiting, a share that was used up and warned of before is used up still: once is enough.
            if kind in _WARNINGS and instant <= now and _target(kind) in ticket.warned:
                continue
            await self._scheduler.at(tx, kind, ticket.id, instant)

    def _due(self, ticket: Clocked, clock: SlaClock) -> Due:
        return sla.due(
            clock,
            self._desk.targets[ticket.priority],
            self._desk.working_time,
            answered=ticket.answered,
            warn_at_percent=self._desk.warn_at_percent,
        )

    async def _is_due(self, tx: UnitOfWork, item: DueItem) -> None:
        ticket = await clock_store.load(tx, item.subject_id)
        if ticket is None or ticket.state in STANDS or _told(ticket, item.kind):
            return
        due = self._due(ticket, ticket.clock)
        instant, now = _instants(due)[item.kind], self._clock.timestamp()
        if instant is None or instant > now:
            return  # answered, or reckoned anew, meanwhile
        response, breach = item.kind in _OF_RESPONSE, item.kind not in _WARNINGS
        deadline = due.response if response else due.resolution
        assert deadline is not None
        if not breach and deadline <= now:
            return  # after a pause of the bot both are due: the breach says it all
        if breach:
            await clock_store.mark_breached(tx, ticket.id, response=response, now=now)
        await self._log.add(
            tx,
            ticket.id,
            EntryKind.SLA_BREACHED if breach else EntryKind.SLA_WARNED,
            Author.SYSTEM,
            text=_target(item.kind),
            internal=True,
        )
        called = await self._whom(tx, ticket)
        key = f"{item.kind}:{ticket.id}:{instant}"
        message = _breached if breach else _warned
        await self._server.tell_it(tx, message(ticket, deadline, called, response=response), dedupe_key=f"{key}:it")
        if breach and self._server.places.channel(ChannelKey.IT) is not None:
            kol = self._server.places.role(RoleKey.KOL_TEAM)
            team = Called(roles=(kol,) if kol is not None else ())
            await self._server.tell(
                tx, ChannelKey.STAFF, message(ticket, deadline, team, response=response), dedupe_key=f"{key}:staff"
            )

    async def _whom(self, tx: UnitOfWork, ticket: Clocked) -> Called:
        duty = await self._on_duty(tx)
        if ticket.assignee_id is None:
            return duty
        return Called((ticket.assignee_id, *(one for one in duty.users if one != ticket.assignee_id)))


_WARNINGS: Final = (RESPONSE_WARNING, RESOLUTION_WARNING)
_OF_RESPONSE: Final = (RESPONSE_WARNING, RESPONSE_BREACH)
_TARGET: Final = {True: "balasan pertama", False: "penyelesaian"}


def _target(kind: str) -> str:
    return _TARGET[kind in _OF_RESPONSE]


def _instants(due: Due) -> dict[str, int | None]:
    return {
        RESPONSE_WARNING: due.response_warning,
        RESPONSE_BREACH: due.response,
        RESOLUTION_WARNING: due.resolution_warning,
        RESOLUTION_BREACH: due.resolution,
    }


def _told(ticket: Clocked, kind: str) -> bool:
    return ticket.breached_response if kind in _OF_RESPONSE else ticket.breached_resolution


def _warned(ticket: Clocked, deadline: int, called: Called, *, response: bool) -> Message:
    return _message(
        ticket,
        called,
        f"Tiket #{ticket.id}: {_TARGET[response]} hampir lewat target",
        f"Batasnya <t:{deadline}:f> (<t:{deadline}:R>). "
        + ("Balas kreatornya sekarang." if response else "Selesaikan, atau eskalasi bila butuh bantuan."),
        WARNING,
    )


def _breached(ticket: Clocked, deadline: int, called: Called, *, response: bool) -> Message:
    return _message(
        ticket,
        called,
        f"Tiket #{ticket.id}: {_TARGET[response]} lewat target",
        f"Seharusnya paling lambat <t:{deadline}:f>. Tiket ini dieskalasi: beri kabar ke kreatornya dulu, "
        "lalu tentukan siapa yang menyelesaikannya.",
        DANGER,
    )


def _message(ticket: Clocked, called: Called, title: str, description: str, colour: int) -> Message:
    mentions = [*(f"<@{user}>" for user in called.users), *(f"<@&{role}>" for role in called.roles)]
    return Message(
        content=" ".join(mentions),
        title=title,
        description=f"{one_line(ticket.summary)}\n{description}",
        colour=colour,
        ping_users=list(called.users),
        ping_roles=list(called.roles),
        footer=f"Prioritas {ticket.priority.indonesian.lower()}. Lihat semua: /tiket-admin antrian",
    )
