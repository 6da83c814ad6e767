"""Leave: who is away on which days, and who is called in the turns this empties."""

from datetime import date, timedelta

from bot.duty import messages, rules, store
from bot.duty.arranging import shown_name
from bot.duty.models import Gap, Leave, OnDuty, Rota
from bot.duty.reading import days_text
from bot.duty.service import DutyService
from bot.platform import audit
from bot.platform.audit import Actor
from bot.platform.clock import Clock, local_day
from bot.platform.database import Database, UnitOfWork
from bot.platform.errors import DomainError, NotAllowed, NotFound
from bot.server.models import ChannelKey, RoleKey
from bot.server.service import ServerService

Covers = list[tuple[Gap, OnDuty]]


class DutyLeaves:
    """Note leave and take it back."""

    def __init__(self, database: Database, clock: Clock, server: ServerService, duty: DutyService) -> None:
        self._database = database
        self._clock = clock
        self._server = server
        self._duty = duty

    async def of(self, member_id: int) -> list[Leave]:
        """Somebody's leave that is not over."""
        return await store.leaves_of(self._database.read, member_id, self._clock.today().date())

    async def note(self, actor: Actor, member_id: int, name: str, first: date, last: date) -> tuple[Leave, Covers]:
        """Somebody is away. Staff are told at once who is called in the turns this empties. Raises DomainError."""
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            known = await store.leaves_of(tx, member_id, first)
            if any(one.first_day <= first and last <= one.last_day for one in known):
                raise DomainError(f"Izin {days_text(first, last)} sudah tercatat. Lihat semuanya di /piket saya.")
            leave = await store.insert_leave(tx, member_id, first, last, created_by=actor.id, now=now)
            await self._record(tx, actor, "noted", leave)
            covers = self._covers(await self._rota(tx, leave), leave, now)
            if covers:
                role = self._server.places.role(RoleKey.IT)
                days, shown = days_text(first, last), shown_name(name)
                for channel, ping in ((ChannelKey.IT, True), (ChannelKey.STAFF, False)):
                    message = messages.emptied(shown, days, covers, role, ping=ping)
                    await self._server.tell(tx, channel, message, dedupe_key=f"duty-leave:{leave.id}:{channel}")
        return leave, covers

    async def take_back(self, actor: Actor, leave_id: int, *, of_anybody: bool) -> Leave:
        """Somebody is there after all. `of_anybody`: the actor may do this for others. Raises DomainError."""
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            leave = await store.leave(tx, leave_id)
            if leave is None or leave.last_day < local_day(now):
                raise NotFound("Izin ini sudah dibatalkan atau sudah lewat.")
            if leave.member_id != actor.id and not of_anybody:
                raise NotAllowed("Izin orang lain hanya bisa dibatalkan oleh orangnya sendiri atau admin.")
            had_emptied = bool(self._covers(await self._rota(tx, leave), leave, now))
            await store.remove_leave(tx, leave_id, now)
            await self._record(tx, actor, "taken_back", leave)
            if had_emptied:
                message = messages.back(leave.member_id, days_text(leave.first_day, leave.last_day))
                for channel in (ChannelKey.IT, ChannelKey.STAFF):
                    key = f"duty-leave:{leave.id}:back:{channel}"
                    await self._server.tell(tx, channel, message, dedupe_key=key)
        return leave

    async def _rota(self, tx: UnitOfWork, leave: Leave) -> Rota:
        day = timedelta(days=1)
        return await self._duty.rota(leave.first_day - day, leave.last_day + day, tx)

    def _covers(self, rota: Rota, leave: Leave, now: int) -> Covers:
        """What the leave empties from now on, and who is called then."""
        emptied = [
            gap
            for turn in rules.turns(rota, leave.first_day, leave.last_day)
            if turn.member_id == leave.member_id and turn.ends_at > now
            for gap in rules.uncovered(rota, turn)
            if gap.ends_at > now
        ]
        return [(gap, rules.on_duty(rota, max(now, gap.starts_at))) for gap in emptied]

    async def _record(self, tx: UnitOfWork, actor: Actor, what: str, leave: Leave) -> None:
        await audit.record(
            tx,
            actor,
            f"duty.leave_{what}",
            ("duty_leave", leave.id),
            at=self._clock.timestamp(),
            details={
                "member": leave.member_id,
                "first": leave.first_day.isoformat(),
                "last": leave.last_day.isoformat(),
            },
        )
