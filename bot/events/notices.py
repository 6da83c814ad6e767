"""What an event shows by itself, through the outbox: its post with the live count, and news for who said yes."""

import json
from collections.abc import Sequence

from bot.events import messages, rules, store
from bot.events.models import Event, EventState, Rsvp, Seat
from bot.platform.clock import Clock
from bot.platform.database import UnitOfWork
from bot.platform.messages import Message
from bot.platform.outbox import Kind, Outbox
from bot.platform.scheduler import Scheduler
from bot.platform.scheduler_store import DueItem
from bot.platform.text import clip
from bot.server.models import ChannelKey
from bot.server.service import ServerService

COUNT = "event.count"
DAY_BEFORE = "event.day_before"
HOUR_BEFORE = "event.hour_before"
# The post is redrawn once for all that came within so many seconds.
COUNT_EVERY_SECONDS = 15
# Discord takes 1,000 characters of text, our mark among them, and 100 of place.
ABOUT_IN_DISCORD = 900
PLACE_IN_DISCORD = 100


class EventNotices:
    """Puts messages into the outbox in the unit of work that causes them; sends nothing itself."""

    def __init__(self, clock: Clock, outbox: Outbox, scheduler: Scheduler, server: ServerService) -> None:
        self._clock = clock
        self._outbox = outbox
        self._scheduler = scheduler
        self._server = server
        scheduler.handles(COUNT, self._count_is_due)
        scheduler.handles(DAY_BEFORE, self._day_before_is_due)
        scheduler.handles(HOUR_BEFORE, self._hour_before_is_due)

    async def post(self, tx: UnitOfWork, event: Event) -> Event:
        """Post it in its channel, once, and remember the post."""
        assert event.channel_id is not None
        shown = messages.post(event, await store.count(tx, event.id))
        row_id = await self._outbox.put(tx, Kind.CHANNEL, event.channel_id, shown, dedupe_key=f"event:{event.id}:post")
        assert row_id is not None, "an event is opened once"
        return await store.set_announcement(tx, event.id, row_id)

    async def schedule(self, tx: UnitOfWork, event: Event) -> None:
        """Have Discord's own list of events show it as it now stands. Never with the link."""
        spec = event.spec
        wanted = {
            "mark": f"TSCreator · acara {event.id}",
            "name": spec.title,
            "about": clip(spec.about, ABOUT_IN_DISCORD),
            "place": clip(spec.place, PLACE_IN_DISCORD),
            "starts_at": spec.starts_at,
            "ends_at": spec.ends_at,
            "cancelled": event.state is EventState.CANCELLED,
        }
        await self._outbox.put(tx, Kind.SCHEDULE, event.id, json.dumps(wanted))

    async def count_changed(self, tx: UnitOfWork, event_id: int) -> None:
        """Have the count redrawn soon, once for many changes."""
        due_at = (self._clock.timestamp() // COUNT_EVERY_SECONDS + 1) * COUNT_EVERY_SECONDS
        await self._scheduler.at(tx, COUNT, event_id, due_at)

    async def redraw(self, tx: UnitOfWork, event: Event) -> None:
        """Show the post as the event now stands."""
        if event.announcement_id is not None:
            shown = messages.post(event, await store.count(tx, event.id))
            await self._outbox.put(tx, Kind.EDIT, event.announcement_id, shown)

    async def plan_reminders(self, tx: UnitOfWork, event: Event) -> None:
        """Remind a day and an hour before, in place of what was planned; not of what was announced just now."""
        await self.drop_reminders(tx, event.id)
        for kind, before in ((DAY_BEFORE, rules.DAY), (HOUR_BEFORE, rules.HOUR)):
            if event.spec.starts_at - before > self._clock.timestamp():
                await self._scheduler.at(tx, kind, event.id, event.spec.starts_at - before)

    async def drop_reminders(self, tx: UnitOfWork, event_id: int) -> None:
        """Remind of nothing."""
        for kind in (DAY_BEFORE, HOUR_BEFORE):
            await self._scheduler.cancel(tx, kind, event_id)

    async def tell_moved_up(self, tx: UnitOfWork, event: Event, rsvps: Sequence[Rsvp]) -> None:
        """Tell those who waited, each once."""
        for rsvp in rsvps:
            await self._tell(tx, rsvp, messages.moved_up(event), f"moved_up:{rsvp.number}")

    async def tell_changed(self, tx: UnitOfWork, event: Event, before: Event) -> None:
        """Tell everyone of a new time or place, once each."""
        for rsvp in await store.rsvps(tx, event.id):
            shown = messages.changed(event, before, rsvp.seat is Seat.GOING)
            await self._tell(tx, rsvp, shown, f"changed:{event.revision}")

    async def tell_cancelled(self, tx: UnitOfWork, event: Event) -> None:
        """Tell everyone that it won't happen, once each."""
        for rsvp in await store.rsvps(tx, event.id):
            await self._tell(tx, rsvp, messages.cancelled(event), "cancelled")

    async def ask_feedback(self, tx: UnitOfWork, event: Event, rsvps: Sequence[Rsvp]) -> None:
        """Ask those who were there, once each."""
        for rsvp in rsvps:
            if rsvp.attended_at is not None:
                await self._tell(tx, rsvp, messages.feedback(event), "feedback")

    async def _tell(self, tx: UnitOfWork, rsvp: Rsvp, message: Message, what: str) -> None:
        key = f"event:{rsvp.event_id}:{what}:{rsvp.member_id}"
        await self._outbox.put(tx, Kind.PERSON, rsvp.member_id, message, dedupe_key=key)

    async def _day_before_is_due(self, tx: UnitOfWork, item: DueItem) -> None:
        event = await store.get(tx, item.subject_id)
        if event is not None and rules.reminds_a_day_before(event.spec, self._clock.timestamp()):
            await self._remind(tx, event, "day")

    async def _hour_before_is_due(self, tx: UnitOfWork, item: DueItem) -> None:
        event = await store.get(tx, item.subject_id)
        if event is not None and rules.reminds_an_hour_before(event.spec, self._clock.timestamp()):
            await self._remind(tx, event, "hour")
            await self._remind_staff(tx, event)

    async def _remind(self, tx: UnitOfWork, event: Event, which: str) -> None:
        if event.state is not EventState.OPEN:
            return
        shown = messages.reminder(event, self._clock.timestamp())
        for rsvp in await store.rsvps(tx, event.id, Seat.GOING):
            await self._tell(tx, rsvp, shown, f"{which}:{event.spec.starts_at}")

    async def _remind_staff(self, tx: UnitOfWork, event: Event) -> None:
        if event.state is EventState.OPEN:
            told = messages.about_to_begin(event, await store.count(tx, event.id), self._clock.timestamp())
            key = f"event:{event.id}:staff:{event.spec.starts_at}"
            await self._server.tell(tx, ChannelKey.STAFF, told, dedupe_key=key)

    async def _count_is_due(self, tx: UnitOfWork, item: DueItem) -> None:
        event = await store.get(tx, item.subject_id)
        if event is not None and event.state is EventState.OPEN:
            await self.redraw(tx, event)
