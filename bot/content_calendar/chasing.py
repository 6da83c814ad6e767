"""What happens when the team does not press "Sudah tayang": a second reminder, then a note to staff."""

from bot.content_calendar import messages, store
from bot.content_calendar.models import Entry, EntryState, Media
from bot.platform.clock import Clock
from bot.platform.database import UnitOfWork
from bot.platform.outbox import Kind as OutboxKind
from bot.platform.outbox import Outbox
from bot.platform.scheduler import Scheduler
from bot.platform.scheduler_store import DueItem
from bot.server.models import ChannelKey
from bot.server.service import ServerService

CHASE = "calendar.chase"
# Counted from the first reminder: long enough to make and upload the post, then long enough to have slept on it.
SECOND_AFTER_SECONDS = 3 * 3_600
STAFF_AFTER_SECONDS = 24 * 3_600


class Chasing:
    """Reminders that are left unanswered. Both notes are redrawn once the link is there."""

    def __init__(self, clock: Clock, outbox: Outbox, scheduler: Scheduler, server: ServerService) -> None:
        self._clock = clock
        self._outbox = outbox
        self._scheduler = scheduler
        self._server = server
        scheduler.handles(CHASE, self._is_due)

    async def begin(self, tx: UnitOfWork, entry_id: int) -> None:
        """A reminder has just been put."""
        await self._scheduler.at(tx, CHASE, entry_id, self._clock.timestamp() + SECOND_AFTER_SECONDS)

    async def stop(self, tx: UnitOfWork, entry: Entry) -> None:
        """The link is there, or the reminder never was."""
        await self._scheduler.cancel(tx, CHASE, entry.id)
        if entry.state is not EntryState.DONE:
            return
        for key in (_again(entry), _overdue(entry)):
            row = await self._outbox.find(key)
            if row is not None:
                await self._outbox.put(tx, OutboxKind.EDIT, row.id, messages.posted_elsewhere(entry))

    async def _is_due(self, tx: UnitOfWork, item: DueItem) -> None:
        entry = await store.get(tx, item.subject_id)
        if entry is None or entry.state is not EntryState.POSTED or entry.content.media is Media.COMMUNITY:
            return
        second = messages.second_reminder(entry)
        if await self._server.tell(tx, ChannelKey.CONTENT, second, dedupe_key=_again(entry)) is not None:
            later = self._clock.timestamp() + STAFF_AFTER_SECONDS - SECOND_AFTER_SECONDS
            await self._scheduler.at(tx, CHASE, entry.id, later)
        else:
            await self._server.tell(tx, ChannelKey.STAFF, messages.overdue(entry), dedupe_key=_overdue(entry))


def _again(entry: Entry) -> str:
    return f"calendar:{entry.id}:again:{entry.outbox_id}"


def _overdue(entry: Entry) -> str:
    return f"calendar:{entry.id}:overdue:{entry.outbox_id}"
