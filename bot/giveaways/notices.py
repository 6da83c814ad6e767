"""What a giveaway shows by itself, through the outbox: its post with the live count, the winners, notes for staff."""

from collections.abc import Collection, Sequence

from bot.giveaways import entry_store, messages, store
from bot.giveaways.models import Giveaway, GiveawayState, Pick, Posted
from bot.platform.clock import Clock
from bot.platform.database import UnitOfWork
from bot.platform.messages import from_json
from bot.platform.outbox import Kind, Outbox
from bot.platform.scheduler import Scheduler
from bot.platform.scheduler_store import DueItem
from bot.server.models import ChannelKey
from bot.server.service import ServerService

COUNT = "giveaway.count"
# Thousands may press within a second; the post is redrawn once for all that came within so many seconds.
COUNT_EVERY_SECONDS = 15
# Discord takes a bot that writes to thousands at once for a spammer.
MOST_TOLD = 500


class GiveawayNotices:
    """Puts messages into the outbox in the unit of work that causes them; sends nothing itself."""

    def __init__(self, clock: Clock, outbox: Outbox, server: ServerService, scheduler: Scheduler) -> None:
        self._clock = clock
        self._outbox = outbox
        self._server = server
        self._scheduler = scheduler
        scheduler.handles(COUNT, self._count_is_due)

    async def post(self, tx: UnitOfWork, giveaway: Giveaway) -> Giveaway:
        """Post it in its channel, once, and remember the post."""
        assert giveaway.channel_id is not None
        key = f"giveaway:{giveaway.id}:post"
        shown = messages.post(giveaway, 0)
        row_id = await self._outbox.put(tx, Kind.CHANNEL, giveaway.channel_id, shown, dedupe_key=key)
        assert row_id is not None, "a giveaway is opened once"
        return await store.set_announcement(tx, giveaway.id, row_id)

    async def posted(self, giveaway: Giveaway) -> Posted | None:
        """The post as it was sent first, with the commitment of that moment; None where it is not on record."""
        row = await self._outbox.get(giveaway.announcement_id) if giveaway.announcement_id else None
        if row is None:
            return None
        fields = from_json(row.payload).fields
        fits = any(f"`{giveaway.commitment}`" in field.value for field in fields)
        return Posted(fits, (row.channel_id, row.message_id) if row.channel_id and row.message_id else None)

    async def entries_changed(self, tx: UnitOfWork, giveaway_id: int) -> None:
        """Have the count redrawn soon, once for many changes."""
        due_at = (self._clock.timestamp() // COUNT_EVERY_SECONDS + 1) * COUNT_EVERY_SECONDS
        await self._scheduler.at(tx, COUNT, giveaway_id, due_at)

    async def take_back(self, tx: UnitOfWork, giveaway_id: int) -> None:
        """Don't say what waits to be said of a giveaway."""
        await self._outbox.take_back(tx, f"giveaway:{giveaway_id}:")

    async def redraw(self, tx: UnitOfWork, giveaway: Giveaway, count: int) -> None:
        """Show the post as the giveaway now stands."""
        if giveaway.announcement_id is not None:
            await self._outbox.put(tx, Kind.EDIT, giveaway.announcement_id, messages.post(giveaway, count))

    async def announce(self, tx: UnitOfWork, giveaway: Giveaway, picks: Sequence[Pick], reason: str | None) -> None:
        """Publish the picks of one round with the draw file, once a round."""
        assert giveaway.channel_id is not None
        number = picks[0].round if picks else 1
        shown = messages.winners(giveaway, picks, reason)
        key = f"giveaway:{giveaway.id}:winners:{number}"
        await self._outbox.put(tx, Kind.CHANNEL, giveaway.channel_id, shown, dedupe_key=key)

    async def publish_list(self, tx: UnitOfWork, giveaway: Giveaway) -> None:
        """Post a list too long for the draw file in files of its own, each once."""
        assert giveaway.channel_id is not None
        for part, _ in enumerate(messages.list_files(giveaway), start=1):
            shown = messages.entry_list(giveaway, part)
            key = f"giveaway:{giveaway.id}:list:{part}"
            await self._outbox.put(tx, Kind.CHANNEL, giveaway.channel_id, shown, dedupe_key=key)

    async def tell_cancelled(self, tx: UnitOfWork, giveaway: Giveaway, members: Collection[int]) -> None:
        """Tell the channel, and privately who had joined; of very many nobody, the post says it."""
        if giveaway.channel_id is None:
            return
        key = f"giveaway:{giveaway.id}:cancelled"
        shown = messages.cancelled(giveaway, len(members))
        await self._outbox.put(tx, Kind.CHANNEL, giveaway.channel_id, shown, dedupe_key=key)
        if len(members) <= MOST_TOLD:
            note = messages.cancelled_for_entrant(giveaway)
            for member_id in sorted(members):
                await self._outbox.put(tx, Kind.PERSON, member_id, note, dedupe_key=f"{key}:{member_id}")

    async def tell_short(self, tx: UnitOfWork, giveaway: Giveaway, missing: int, why: str) -> None:
        """Tell staff that prizes are left over."""
        await self._server.tell(tx, ChannelKey.STAFF, messages.short_of_winners(giveaway, missing, why))

    async def _count_is_due(self, tx: UnitOfWork, item: DueItem) -> None:
        giveaway = await store.get(tx, item.subject_id)
        if giveaway is not None and giveaway.state is GiveawayState.OPEN:
            await self.redraw(tx, giveaway, await entry_store.count(tx, giveaway.id))
