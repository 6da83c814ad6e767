"""Changing the weekly rota and the deputies."""

from collections.abc import Collection, Sequence
from datetime import date

from bot.duty import messages, rules, store
from bot.duty.models import Deputy, Shift, Swap, SwapState
from bot.duty.reading import WEEKDAYS, hours_text, shift_text
from bot.duty.service import DutyService
from bot.platform import audit
from bot.platform.audit import SYSTEM, Actor
from bot.platform.clock import Clock, local_day
from bot.platform.database import Database, UnitOfWork
from bot.platform.errors import DomainError, FormRefused, NotFound
from bot.platform.indonesian import format_date
from bot.platform.outbox import Kind, Outbox
from bot.platform.text import one_line
from bot.server.models import ChannelKey
from bot.server.service import ServerService

NAME_LENGTH = 60
# So that the list from which shifts are taken off holds them all.
MOST_SHIFTS = 25


class DutyRota:
    """The weekly rota, and who is called when it has nobody."""

    def __init__(
        self, database: Database, clock: Clock, outbox: Outbox, server: ServerService, duty: DutyService
    ) -> None:
        self._database = database
        self._clock = clock
        self._outbox = outbox
        self._server = server
        self._duty = duty

    async def add(
        self, actor: Actor, member_id: int, name: str, weekdays: Sequence[int], hours: tuple[int, int]
    ) -> list[Shift]:
        """Put somebody on the rota on some weekdays, all or none. Raises FormRefused."""
        starts, ends = hours
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            found = tuple(await store.shifts(tx))
            own = [shift for shift in found if shift.member_id == member_id]
            problems = [
                f"{WEEKDAYS[day]} {hours_text(starts, ends)} bertabrakan dengan {shift_text(other)}, yang sudah ada."
                for day in weekdays
                if (other := rules.overlaps(found, member_id, day, starts, ends))
            ]
            if len(own) + len(weekdays) > MOST_SHIFTS:
                problems.append(f"Satu orang paling banyak {MOST_SHIFTS} giliran seminggu.")
            if problems:
                raise FormRefused([*problems, "Hapus yang lama dulu dengan /piket atur hapus."])
            added = [
                await store.insert_shift(
                    tx, member_id, shown_name(name), day, starts, ends, created_by=actor.id, now=now
                )
                for day in weekdays
            ]
            await self._record(tx, actor, "shifts_added", added)
            await self._duty.plan(tx)
        return added

    async def remove(self, actor: Actor, shift_ids: Collection[int]) -> list[Shift]:
        """Take shifts off the rota; swaps of their coming turns end, and both sides are told. Raises NotFound."""
        async with self._database.unit() as tx:
            removed = await self._remove(tx, actor, shift_ids)
            if not removed:
                raise NotFound("Giliran itu sudah dihapus. Lihat yang masih ada dengan /piket jadwal.")
        return removed

    async def set_deputies(self, actor: Actor, deputies: Sequence[Deputy]) -> list[Deputy]:
        """Who is called when nobody is on duty, in this order; nobody at all for an empty list. Raises DomainError."""
        if len({deputy.member_id for deputy in deputies}) < len(deputies):
            raise DomainError("Orang yang sama tertulis dua kali. Pilih cadangan yang berbeda-beda.")
        kept = [Deputy(deputy.member_id, shown_name(deputy.name)) for deputy in deputies]
        async with self._database.unit() as tx:
            await self._set_deputies(tx, actor, kept)
        return kept

    async def left(self, member_id: int) -> None:
        """Somebody left the server: nobody who is not there may be called. Staff are told what is empty now."""
        today = self._clock.today().date()
        if not await self._is_known(member_id, today):
            return
        async with self._database.unit() as tx:
            shifts = [shift.id for shift in await store.shifts(tx) if shift.member_id == member_id]
            removed = await self._remove(tx, SYSTEM, shifts) if shifts else []
            deputies = await store.deputies(tx)
            staying = [deputy for deputy in deputies if deputy.member_id != member_id]
            was_deputy = len(staying) < len(deputies)
            if was_deputy:
                await self._set_deputies(tx, SYSTEM, staying)
            name = next((shift.name for shift in removed), None) or next(
                (deputy.name for deputy in deputies if deputy.member_id == member_id), None
            )
            for swap in await store.swaps_of(tx, member_id, today):
                await store.answer_swap(tx, swap.id, SwapState.WITHDRAWN, self._clock.timestamp())
                key = f"duty-swap:{swap.id}:returned"
                await self._outbox.put(
                    tx, Kind.PERSON, swap.from_member_id, messages.swap_returned(swap), dedupe_key=key
                )
            if name is not None:
                message = messages.gone(name, len(removed), deputy=was_deputy)
                await self._server.tell(tx, ChannelKey.STAFF, message)

    async def _is_known(self, member_id: int, today: date) -> bool:
        return (
            bool(await self._duty.shifts(member_id))
            or any(deputy.member_id == member_id for deputy in await self._duty.deputies())
            or bool(await store.swaps_of(self._database.read, member_id, today))
        )

    async def _remove(self, tx: UnitOfWork, actor: Actor, shift_ids: Collection[int]) -> list[Shift]:
        now = self._clock.timestamp()
        removed = await store.remove_shifts(tx, shift_ids, now)
        by_id = {shift.id: shift for shift in removed}
        for swap in await store.withdraw_swaps(tx, by_id, local_day(now), now):
            await self._tell_dropped(tx, swap, by_id[swap.shift_id])
        if removed:
            await self._record(tx, actor, "shifts_removed", removed)
        return removed

    async def _tell_dropped(self, tx: UnitOfWork, swap: Swap, shift: Shift) -> None:
        message = messages.swap_dropped(f"{format_date(swap.day)}, {hours_text(shift.starts, shift.ends)} WIB")
        for member in (swap.from_member_id, swap.to_member_id):
            key = f"duty-swap:{swap.id}:dropped:{member}"
            await self._outbox.put(tx, Kind.PERSON, member, message, dedupe_key=key)

    async def _set_deputies(self, tx: UnitOfWork, actor: Actor, deputies: Sequence[Deputy]) -> None:
        await store.clear_deputies(tx)
        for position, deputy in enumerate(deputies, 1):
            await store.insert_deputy(tx, position, deputy)
        await audit.record(
            tx,
            actor,
            "duty.deputies_set",
            ("duty", None),
            at=self._clock.timestamp(),
            details={"deputies": [deputy.member_id for deputy in deputies]},
        )

    async def _record(self, tx: UnitOfWork, actor: Actor, what: str, shifts: Sequence[Shift]) -> None:
        for shift in shifts:
            await audit.record(
                tx,
                actor,
                f"duty.{what}",
                ("duty_shift", shift.id),
                at=self._clock.timestamp(),
                details={"member": shift.member_id, "shift": shift_text(shift)},
            )


def shown_name(name: str) -> str:
    """A member's name as the rota keeps it."""
    return one_line(name)[:NAME_LENGTH] or "Tanpa nama"
