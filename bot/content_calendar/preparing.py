"""A word to the content team, in time, about entries that would appear without their key or their picture."""

from bot.content_calendar import messages, rules, store
from bot.content_calendar.models import Entry, EntryState
from bot.platform.clock import Clock
from bot.platform.database import UnitOfWork
from bot.platform.outbox import Kind as OutboxKind
from bot.platform.outbox import Outbox
from bot.platform.scheduler import Scheduler
from bot.platform.scheduler_store import DueItem
from bot.server.models import ChannelKey
from bot.server.service import ServerService

LACKS = "calendar.lacks"
# Whoever schedules an entry for soon is left this long to finish it before others hear of it.
_FINISHING_SECONDS = 600


class Preparing:
    """One reminder an entry and time, `ahead` seconds before it; redrawn once everything is there."""

    def __init__(self, clock: Clock, outbox: Outbox, scheduler: Scheduler, server: ServerService, ahead: int) -> None:
        self._clock = clock
        self._outbox = outbox
        self._scheduler = scheduler
        self._server = server
        self._ahead = ahead
        scheduler.handles(LACKS, self._is_due)

    async def begin(self, tx: UnitOfWork, entry_id: int, due_at: int) -> None:
        """An entry will appear at `due_at`."""
        when = max(due_at - self._ahead, self._clock.timestamp() + _FINISHING_SECONDS)
        if when < due_at:
            await self._scheduler.at(tx, LACKS, entry_id, when)

    async def stop(self, tx: UnitOfWork, entry_id: int) -> None:
        """It will not, or at another time."""
        await self._scheduler.cancel(tx, LACKS, entry_id)

    async def changed(self, tx: UnitOfWork, entry: Entry) -> None:
        """Somebody worked on an entry: the reminder says so when nothing is lacking any more."""
        if entry.state is not EntryState.SCHEDULED or rules.unfinished(entry.content, entry.image_file_id):
            return
        row = await self._outbox.find(_key(entry))
        if row is not None:
            done = messages.finished(entry)
            await self._outbox.put(tx, OutboxKind.EDIT, row.id, done, dedupe_key=f"{_key(entry)}:finished")

    async def _is_due(self, tx: UnitOfWork, item: DueItem) -> None:
        entry = await store.get(tx, item.subject_id)
        if entry is None or entry.state is not EntryState.SCHEDULED or entry.due_at <= self._clock.timestamp():
            return
        if lacks := rules.unfinished(entry.content, entry.image_file_id):
            await self._server.tell(tx, ChannelKey.CONTENT, messages.unfinished(entry, lacks), dedupe_key=_key(entry))


def _key(entry: Entry) -> str:
    return f"calendar:{entry.id}:lacks:{entry.due_at}"
