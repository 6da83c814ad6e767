"""Use cases of events for staff: write, announce, change, call off. What members do is in taking_part.py."""

import re
from collections.abc import Callable, Collection

from bot.events import reading, rules, store
from bot.events.models import Count, Event, EventKind, EventSpec, EventState, Rsvp, Seat
from bot.events.notices import EventNotices
from bot.events.reading import DetailsForm, EventForm
from bot.platform import audit
from bot.platform.audit import SYSTEM, Actor
from bot.platform.clock import Clock
from bot.platform.database import Database, Reads, UnitOfWork
from bot.platform.errors import DomainError, NotFound
from bot.platform.scheduler import Scheduler
from bot.platform.scheduler_store import DueItem
from bot.server.models import ChannelKey
from bot.server.service import ServerService

END = "event.end"
FEEDBACK = "event.feedback"
MOST_SUGGESTIONS = 25
_CHOSEN = re.compile(r"#(\d{1,18})")


class EventService:
    """Events from the first form to their end."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        scheduler: Scheduler,
        server: ServerService,
        notices: EventNotices,
        new_code: Callable[[], str],
    ) -> None:
        self._database = database
        self._clock = clock
        self._scheduler = scheduler
        self._server = server
        self._notices = notices
        self._new_code = new_code
        scheduler.handles(END, self._end_is_due)
        scheduler.handles(FEEDBACK, self._feedback_is_due)

    async def get(self, event_id: int, reads: Reads | None = None) -> Event:
        """One event. Raises NotFound."""
        event = await store.get(reads or self._database.read, event_id)
        if event is None:
            raise NotFound("Acara ini sudah tidak ada. Lihat yang ada dengan /acara daftar.")
        return event

    async def editable(self, event_id: int) -> Event:
        """One that may still be changed. Raises DomainError."""
        event = await self.get(event_id)
        rules.check_edit(event, self._clock.timestamp())
        return event

    async def public(self, event_id: int) -> Event:
        """One that was announced. Raises NotFound for drafts, so that nobody sees them early."""
        event = await self.get(event_id)
        if event.state not in (EventState.OPEN, EventState.ENDED):
            raise NotFound("Acara ini tidak ada di daftar. Lihat yang ada dengan /acara daftar.")
        return event

    async def count(self, event_id: int) -> Count:
        """How many come, wait, and were there."""
        return await store.count(self._database.read, event_id)

    async def participants(self, event_id: int, *, limit: int, offset: int) -> list[Rsvp]:
        """A page of who said yes: those with a place first."""
        return await store.rsvps(self._database.read, event_id, limit=limit, offset=offset)

    async def listed(self, states: Collection[EventState], *, limit: int, offset: int = 0) -> tuple[list[Event], int]:
        """Events in some states, those to come first, and how many there are in all."""
        reads = self._database.read
        return await store.listed(reads, states, limit, offset), await store.count_events(reads, states)

    async def suggest(self, part: str, states: Collection[EventState]) -> list[Event]:
        """Up to 25 events for autocomplete, by part of the title."""
        return await store.titled(self._database.read, part.strip(), states, MOST_SUGGESTIONS)

    async def chosen(self, text: str, states: Collection[EventState]) -> Event:
        """The event somebody means: `#12` as autocomplete fills in, or its title. Raises DomainError."""
        match = _CHOSEN.fullmatch(text.strip())
        event = await store.get(self._database.read, int(match[1])) if match else None
        if event is None:
            found = await self.suggest(text, states)
            exact = [item for item in found if item.title.casefold() == text.strip().casefold()] or found
            if len(exact) > 1:
                raise DomainError("Ada beberapa acara dengan judul itu. Pilih salah satu dari daftar yang muncul.")
            event = exact[0] if exact else None
        if event is None or event.state not in states:
            raise NotFound("Acara itu tidak ditemukan. Pilih dari daftar yang muncul saat kamu mengetik judulnya.")
        return event

    async def create(self, actor: Actor, kind: EventKind, seats: int | None, form: EventForm) -> Event:
        """Begin a draft. Raises FormRefused."""
        spec = reading.read_event(kind, seats, form, self._clock.now())
        async with self._database.unit() as tx:
            event = await store.insert(tx, spec, actor.id, self._clock.timestamp())
            await self._record(tx, actor, "created", event)
        return event

    async def change_details(self, actor: Actor, event_id: int, form: DetailsForm) -> Event:
        """Change title, text, place, seats. Raises FormRefused."""
        async with self._database.unit() as tx:
            event = await self.get(event_id, tx)
            return await self._change(tx, actor, event, reading.read_details(form, event.spec))

    async def change_time(self, actor: Actor, event_id: int, starts: str, lasts: str) -> Event:
        """Change when it is. Raises FormRefused."""
        async with self._database.unit() as tx:
            event = await self.get(event_id, tx)
            return await self._change(tx, actor, event, reading.read_time(starts, lasts, event.spec, self._clock.now()))

    async def open(self, actor: Actor, event_id: int, revision: int) -> Event:
        """Announce a draft as it was previewed, once. Raises DomainError."""
        channel_id = self._server.places.channel(ChannelKey.EVENTS)
        if channel_id is None:
            raise DomainError("Channel acara belum diatur. Minta admin menjalankan /pengaturan siapkan dulu.")
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            rules.check_opening(await self.get(event_id, tx), revision, now)
            opened = await store.open_it(tx, event_id, channel_id, self._new_code(), now)
            opened = await self._notices.post(tx, opened)
            await self._notices.schedule(tx, opened)
            await self._plan(tx, opened)
            await self._record(tx, actor, "opened", opened)
        return opened

    async def cancel(self, actor: Actor, event_id: int) -> Event:
        """Call it off for good; everyone who said yes is told once. Raises DomainError."""
        async with self._database.unit() as tx:
            event = await self.get(event_id, tx)
            rules.check_cancelling(event)
            cancelled = await store.close(tx, event_id, EventState.CANCELLED, self._clock.timestamp())
            await self._notices.drop_reminders(tx, event_id)
            for kind in (END, FEEDBACK):
                await self._scheduler.cancel(tx, kind, event_id)
            await self._notices.redraw(tx, cancelled)
            if event.state is EventState.OPEN:
                await self._notices.schedule(tx, cancelled)
            await self._notices.tell_cancelled(tx, cancelled)
            await self._record(tx, actor, "cancelled", cancelled)
        return cancelled

    async def fill_seats(self, tx: UnitOfWork, event: Event) -> None:
        """Give free places to who has waited longest, and tell them."""
        waiting = await store.rsvps(tx, event.id, Seat.WAITING)
        lucky = rules.moving_up(event.spec.seats, (await store.count(tx, event.id)).going, waiting)
        if lucky:
            await store.give_seats(tx, event.id, [rsvp.member_id for rsvp in lucky])
            await self._notices.tell_moved_up(tx, event, lucky)

    async def _change(self, tx: UnitOfWork, actor: Actor, before: Event, spec: EventSpec) -> Event:
        rules.check_edit(before, self._clock.timestamp())
        if spec == before.spec:
            return before
        event = await store.save(tx, before.id, spec)
        await self._record(tx, actor, "changed", event)
        if event.state is not EventState.OPEN:
            return event
        old = before.spec
        if (spec.starts_at, spec.lasts) != (old.starts_at, old.lasts):
            await self._plan(tx, event)
        if (spec.starts_at, spec.lasts, spec.place, spec.link) != (old.starts_at, old.lasts, old.place, old.link):
            await self._notices.tell_changed(tx, event, before)
        await self.fill_seats(tx, event)
        await self._notices.redraw(tx, event)
        await self._notices.schedule(tx, event)
        return event

    async def _plan(self, tx: UnitOfWork, event: Event) -> None:
        await self._notices.plan_reminders(tx, event)
        for kind, due_at in ((END, event.spec.ends_at), (FEEDBACK, event.spec.ends_at + rules.CODE_AFTER)):
            await self._scheduler.cancel(tx, kind, event.id)
            await self._scheduler.at(tx, kind, event.id, due_at)

    async def _end_is_due(self, tx: UnitOfWork, item: DueItem) -> None:
        event = await store.get(tx, item.subject_id)
        if event is not None and event.state is EventState.OPEN:
            ended = await store.close(tx, event.id, EventState.ENDED, self._clock.timestamp())
            await self._notices.redraw(tx, ended)
            await self._record(tx, SYSTEM, "ended", ended)

    async def _feedback_is_due(self, tx: UnitOfWork, item: DueItem) -> None:
        event = await store.get(tx, item.subject_id)
        if event is not None and event.state is EventState.ENDED:
            await self._notices.ask_feedback(tx, event, await store.rsvps(tx, event.id, Seat.GOING))

    async def _record(self, tx: UnitOfWork, actor: Actor, what: str, event: Event) -> None:
        await audit.record(
            tx,
            actor,
            f"event.{what}",
            ("event", event.id),
            at=self._clock.timestamp(),
            details={"title": event.title, "starts_at": event.spec.starts_at, "seats": event.spec.seats},
        )
