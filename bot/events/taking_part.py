"""Use cases of who comes to events: say yes, take it back, be there, say what they thought."""

import asyncio
from collections.abc import Sequence

from bot.events import export, rules, store
from bot.events.models import Event, EventState, Feedback, Rsvp, Seat
from bot.events.notices import EventNotices
from bot.events.service import EventService
from bot.platform import audit
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.database import Database, UnitOfWork
from bot.platform.errors import DomainError, NotFound
from bot.platform.text import tidy

COMMENT_LENGTH = 500
MOST_OWN = 10


class TakingPart:
    """What members do with an event, and staff who note who was there."""

    def __init__(self, database: Database, clock: Clock, events: EventService, notices: EventNotices) -> None:
        self._database = database
        self._clock = clock
        self._events = events
        self._notices = notices

    async def join(self, actor: Actor, name: str, event_id: int) -> tuple[Event, Rsvp, bool]:
        """Say yes once: a place, or one in the waiting list. False where they had said it before."""
        assert actor.id is not None
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            event = await self._events.get(event_id, tx)
            rules.check_joining(event, now)
            had = await store.rsvp(tx, event_id, actor.id)
            if had is not None:
                return event, had, False
            seat = rules.seat_for_next(event.spec.seats, await store.count(tx, event_id))
            rsvp = await store.join(tx, event_id, actor.id, name, seat, now)
            await self._notices.count_changed(tx, event_id)
        return event, rsvp, True

    async def leave(self, actor: Actor, event_id: int) -> Event:
        """Take a yes back; the place goes to who has waited longest. Raises DomainError."""
        assert actor.id is not None
        async with self._database.unit() as tx:
            event = await self._events.get(event_id, tx)
            rules.check_joining(event, self._clock.timestamp())
            if not await store.leave(tx, event_id, actor.id):
                raise NotFound("Kamu memang belum ikut acara ini. Mau ikut? Tekan Ikut.")
            await self._events.fill_seats(tx, event)
            await self._notices.count_changed(tx, event_id)
        return event

    async def mine(self, member_id: int) -> list[tuple[Event, Rsvp]]:
        """The latest events that a member said yes to."""
        return await store.of_member(self._database.read, member_id, MOST_OWN)

    async def ahead_of(self, rsvp: Rsvp) -> int:
        """How many wait before somebody who waits."""
        waiting = await store.rsvps(self._database.read, rsvp.event_id, Seat.WAITING)
        return sum(1 for one in waiting if one.number < rsvp.number)

    async def link(self, member_id: int, event_id: int) -> tuple[Event, str]:
        """The link, for people with a place. Raises DomainError."""
        event = await self._events.get(event_id)
        return event, rules.check_link(event, await store.rsvp(self._database.read, event_id, member_id))

    async def attend_by_code(self, actor: Actor, code: str) -> Event:
        """Somebody types the code that was shown at the event. Raises DomainError."""
        assert actor.id is not None
        async with self._database.unit() as tx:
            event = await store.by_code(tx, code.strip().upper())
            if event is None or event.state is EventState.CANCELLED:
                raise NotFound("Kode itu tidak cocok. Periksa lagi kode yang ditampilkan tim di acara.")
            rsvp = await store.rsvp(tx, event.id, actor.id)
            if rsvp is None or rsvp.seat is not Seat.GOING:
                raise DomainError("Kamu tidak terdaftar sebagai peserta acara ini. Minta bantuan tim di acara.")
            rules.check_code_time(event.spec, self._clock.timestamp())
            await self._attended(tx, event, [actor.id])
        return event

    async def note_attendance(self, actor: Actor, event_id: int, member_ids: Sequence[int]) -> list[Rsvp]:
        """Staff note who was there; those who had not been noted before. Raises DomainError."""
        async with self._database.unit() as tx:
            event = await self._events.get(event_id, tx)
            if event.state not in (EventState.OPEN, EventState.ENDED):
                raise DomainError("Kehadiran hanya dicatat untuk acara yang jadi diadakan.")
            if self._clock.timestamp() < event.spec.starts_at - rules.CODE_BEFORE:
                opens = event.spec.starts_at - rules.CODE_BEFORE
                raise DomainError(f"Acaranya belum mulai. Kehadiran bisa dicatat mulai <t:{opens}:f>.")
            noted = await self._attended(tx, event, member_ids)
            await audit.record(
                tx,
                actor,
                "event.attendance",
                ("event", event_id),
                at=self._clock.timestamp(),
                details={"members": [rsvp.member_id for rsvp in noted]},
            )
        return noted

    async def undo_attendance(self, actor: Actor, event_id: int, member_ids: Sequence[int]) -> list[int]:
        """Staff take back that somebody was there, their stars and certificate with it; who had been noted."""
        async with self._database.unit() as tx:
            event = await self._events.get(event_id, tx)
            undone = await store.unattend(tx, event_id, member_ids)
            await audit.record(
                tx,
                actor,
                "event.attendance_undone",
                ("event", event.id),
                at=self._clock.timestamp(),
                details={"members": undone},
            )
        return undone

    async def feedback(self, event_id: int, *, limit: int, offset: int) -> tuple[Event, Feedback, list[Rsvp]]:
        """What people thought of an event, for staff: figures, and a page of what they wrote."""
        reads = self._database.read
        event = await self._events.get(event_id)
        return event, await store.feedback(reads, event_id), await store.comments(reads, event_id, limit, offset)

    async def sheet(self, actor: Actor, event_id: int) -> tuple[Event, bytes]:
        """Who comes and who was there as XLSX; that it was handed out is on record."""
        async with self._database.unit() as tx:
            event = await self._events.get(event_id, tx)
            count, rsvps = await store.count(tx, event_id), await store.rsvps(tx, event_id)
            details: dict[str, object] = {"rows": len(rsvps)}
            now = self._clock.timestamp()
            await audit.record(tx, actor, "event.exported", ("event", event_id), at=now, details=details)
        return event, await asyncio.to_thread(export.sheet, event, count, rsvps)

    async def _attended(self, tx: UnitOfWork, event: Event, member_ids: Sequence[int]) -> list[Rsvp]:
        now = self._clock.timestamp()
        noted = await store.attend(tx, event.id, member_ids, now)
        # The others were asked at that moment; whoever is noted later is asked now.
        if event.state is EventState.ENDED and now >= event.spec.ends_at + rules.CODE_AFTER:
            await self._notices.ask_feedback(tx, event, noted)
        return noted

    async def rate(self, actor: Actor, event_id: int, stars: int, comment: str) -> Event:
        """What somebody who was there thought; the last answer counts. Raises DomainError."""
        assert actor.id is not None
        if not 1 <= stars <= 5:
            raise DomainError("Pilih nilai 1 sampai 5.")
        async with self._database.unit() as tx:
            event = await self._events.get(event_id, tx)
            if not await store.rate(tx, event_id, actor.id, stars, tidy(comment)[:COMMENT_LENGTH] or None):
                raise DomainError("Penilaian ini untuk peserta yang tercatat hadir.")
        return event

    async def attended(self, member_id: int, event_id: int) -> tuple[Event, Rsvp]:
        """An event that has ended and somebody who was there. Raises DomainError."""
        event = await self._events.get(event_id)
        rsvp = await store.rsvp(self._database.read, event_id, member_id)
        if rsvp is None or rsvp.attended_at is None:
            raise DomainError("Sertifikat untuk peserta yang tercatat hadir. Hadir tapi belum tercatat? Hubungi tim.")
        if event.state is not EventState.ENDED:
            raise DomainError(f"Sertifikatnya siap setelah acara selesai, <t:{event.spec.ends_at}:f>.")
        return event, rsvp
