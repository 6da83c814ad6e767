"""Joins that come at the same moment share one unit of work and its few statements: that is what makes a rush cheap."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from bot.giveaways import entry_store, store
from bot.giveaways.models import Entry
from bot.platform.database import Database, UnitOfWork

_Waiting = tuple[Entry, asyncio.Future[Entry | None]]

# The writer is held for about 20 ms by this many.
AT_ONCE = 1_000


class Entering:
    """Keeps entries durably. While a commit is under way, the joins that arrive gather for the next one."""

    def __init__(
        self, database: Database, now: Callable[[], int], changed: Callable[[UnitOfWork, int], Awaitable[None]]
    ) -> None:
        self._database = database
        self._now = now
        self._changed = changed
        self._waiting: deque[_Waiting] = deque()
        self._writer: asyncio.Task[None] | None = None

    async def add(self, entry: Entry) -> Entry | None:
        """The member's entry as it is in the store, durably: this one, or the one they had. None: it is too late.

        Raises sqlite3.Error when the store refuses: then it is not in.
        """
        loop = asyncio.get_running_loop()
        kept: asyncio.Future[Entry | None] = loop.create_future()
        self._waiting.append((entry, kept))
        if self._writer is None:
            self._writer = loop.create_task(self._write())
        return await kept

    async def _write(self) -> None:
        together: list[_Waiting] = []
        try:
            while self._waiting:
                together = [self._waiting.popleft() for _ in range(min(AT_ONCE, len(self._waiting)))]
                await self._keep(together)
        except BaseException as error:
            _refuse([*together, *self._waiting], error)
            self._waiting.clear()
            raise
        finally:
            self._writer = None

    async def _keep(self, together: list[_Waiting]) -> None:
        try:
            async with self._database.unit() as tx:
                kept = await self._add(tx, [entry for entry, _ in together])
        except Exception as error:
            _refuse(together, error)
            return
        for entry, answer in together:
            if not answer.done():
                answer.set_result(kept.get((entry.giveaway_id, entry.member_id)))

    async def _add(self, tx: UnitOfWork, entries: list[Entry]) -> dict[tuple[int, int], Entry]:
        """Each member's entry as it is in the end. Nobody else writes inside the unit, so looking first is safe."""
        kept = await entry_store.had(tx, entries)
        taking = await store.taking_entries(tx, {entry.giveaway_id for entry in entries}, self._now())
        fresh: list[Entry] = []
        for entry in entries:
            if entry.giveaway_id in taking and (entry.giveaway_id, entry.member_id) not in kept:
                kept[entry.giveaway_id, entry.member_id] = entry
                fresh.append(entry)
        if fresh:
            await entry_store.add(tx, fresh)
        for giveaway_id in {entry.giveaway_id for entry in fresh}:
            await self._changed(tx, giveaway_id)
        return kept


def _refuse(together: list[_Waiting], error: BaseException) -> None:
    for _, kept in together:
        if not kept.done():
            kept.set_exception(error if isinstance(error, Exception) else RuntimeError("the writer was stopped"))
            # Someone cancelled may never look; an unread error must not be reported as a defect of the loop.
            kept.exception()
