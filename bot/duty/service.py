"""Who is on duty, the picture of the week, and telling whoever's turn begins."""

from datetime import date, timedelta

from bot.duty import messages, rules, store
from bot.duty.models import Deputy, OnDuty, Rota, Shift, Turn, Via, Week
from bot.platform.clock import Clock, local_day
from bot.platform.database import Database, Reads, UnitOfWork
from bot.platform.indonesian.working_time import WorkingTime
from bot.platform.messages import Message
from bot.platform.scheduler import Scheduler
from bot.platform.scheduler_store import DueItem
from bot.server.models import RoleKey
from bot.server.service import ServerService
from bot.tickets.sla_watch import Called

START = "duty.start"
# The rota as a whole is the only subject of START.
ROTA = 0
COMING_DAYS = 28


class DutyService:
    """Reads the rota. What changes it is in arranging.py, swapping.py and leaving.py."""

    def __init__(
        self, database: Database, clock: Clock, scheduler: Scheduler, server: ServerService, working: WorkingTime
    ) -> None:
        self._database = database
        self._clock = clock
        self._scheduler = scheduler
        self._server = server
        self._working = working
        scheduler.handles(START, self._start_is_due)
        # Each start plans the next. Should that chain ever break, it begins anew the next day.
        scheduler.recurs("duty.plan", "5 0 * * *", self.plan)

    async def on_duty(self, at: int | None = None, reads: Reads | None = None) -> OnDuty:
        """Who is called at an instant (seconds UTC), now without one."""
        instant = self._clock.timestamp() if at is None else at
        today = local_day(instant)
        return rules.on_duty(await self.rota(today - timedelta(days=1), today, reads), instant)

    async def called(self, tx: UnitOfWork) -> Called:
        """Whom a ticket pings now: who is on duty, else the IT role, else the KOL team where there is no such role."""
        duty = await self.on_duty(reads=tx)
        if duty.member_ids:
            return Called(users=duty.member_ids)
        places = self._server.places
        role = places.role(RoleKey.IT) or places.role(RoleKey.KOL_TEAM)
        return Called(roles=(role,) if role else ())

    async def rota(self, first: date, last: date, reads: Reads | None = None) -> Rota:
        """All that decides who is on duty in the turns that begin from `first` to `last`."""
        reads = reads or self._database.read
        return Rota(
            tuple(await store.shifts(reads)),
            tuple(await store.leaves(reads, first, last)),
            tuple(await store.accepted_swaps(reads, first, last)),
            tuple(await store.deputies(reads)),
        )

    async def week(self, day: date) -> Week:
        """The week that a day is in, from Monday on."""
        first = day - timedelta(days=day.weekday())
        last = first + timedelta(days=6)
        rota = await self.rota(first - timedelta(days=1), last + timedelta(days=1))
        days = [first + timedelta(days=number) for number in range(7)]
        holidays = {one: found.name for one in days if (found := self._working.calendar.holiday(one))}
        turns = rules.turns(rota, first, last)
        return Week(first, tuple(turns), tuple(rules.gaps(rota, first, last, self._working)), holidays)

    async def coming(self, member_id: int | None = None) -> list[Turn]:
        """The turns of the next four weeks that have not begun; with `member_id`, those that somebody holds."""
        now = self._clock.timestamp()
        today = local_day(now)
        last = today + timedelta(days=COMING_DAYS)
        found = rules.turns(await self.rota(today, last), today, last)
        return [one for one in found if one.starts_at > now and member_id in (None, one.member_id)]

    async def shifts(self, member_id: int | None = None) -> list[Shift]:
        """The weekly rota, or somebody's part of it."""
        found = await store.shifts(self._database.read)
        return [shift for shift in found if member_id in (None, shift.member_id)]

    async def deputies(self) -> list[Deputy]:
        """Who is called when nobody is on duty, in this order."""
        return await store.deputies(self._database.read)

    async def plan(self, tx: UnitOfWork) -> None:
        """Make sure that the next start is told. Starts that are due already stay."""
        now = self._clock.timestamp()
        next_start = rules.next_start(Rota(tuple(await store.shifts(tx))), now)
        if next_start is not None:
            await self._scheduler.at(tx, START, ROTA, next_start)

    async def tell_it(self, tx: UnitOfWork, message: Message, dedupe_key: str) -> None:
        """In IT's channel, once for each key."""
        await self._server.tell_it(tx, message, dedupe_key=dedupe_key)

    async def _start_is_due(self, tx: UnitOfWork, item: DueItem) -> None:
        """Tell what began since the item fell due: more than one start after a pause of the bot."""
        now = self._clock.timestamp()
        yesterday = local_day(now) - timedelta(days=1)
        rota = await self.rota(yesterday, local_day(now), tx)
        begun = rules.begun(rota, item.due_at, now)
        for starts_at in sorted({turn.starts_at for turn in begun}):
            turns = [turn for turn in begun if turn.starts_at == starts_at]
            held = [turn for turn in turns if not turn.away]
            duty = rules.on_duty(rota, now)
            if held:
                message = messages.started(held)
            elif duty.via in (Via.DEPUTY, Via.ROLE):
                message = messages.nobody(turns, duty, self._server.places.role(RoleKey.IT))
            else:
                continue
            await self.tell_it(tx, message, f"duty-start:{starts_at}")
        await self.plan(tx)
