"""Private threads the bot keeps: made exactly once, written to in order, noticed when somebody deletes them.

What is to happen goes through the outbox in one lane a thread (`thread:{kept id}`), so that a message waits until its
thread exists and never overtakes another. `cogs/threads.py` is the Discord side.
"""

import json
from collections.abc import Awaitable, Callable, Sequence

from bot.platform import outbox_store, thread_store
from bot.platform.clock import Clock
from bot.platform.database import Database, Reads, UnitOfWork
from bot.platform.messages import Message
from bot.platform.outbox import Kind, Outbox
from bot.platform.text import one_line
from bot.platform.thread_store import KeptThread

# Discord's own limit.
LONGEST_NAME = 100

LostHandler = Callable[[UnitOfWork, KeptThread], Awaitable[None]]


class Threads:
    """Opens, writes to and arranges threads. Knows all that exist by heart, so that other channels cost nothing."""

    def __init__(self, database: Database, clock: Clock, outbox: Outbox) -> None:
        self._database = database
        self._clock = clock
        self._outbox = outbox
        self._by_discord_id: dict[int, KeptThread] = {}
        self._lost_handlers: list[LostHandler] = []
        # Takes in what people wrote in a thread and nobody has taken in yet; set by whoever listens there. Called
        # before a thread is archived: an archived one is not looked at again when the bot starts.
        self.read_on: Callable[[KeptThread], Awaitable[None]] | None = None

    async def load(self) -> None:
        """Learn by heart what the store has."""
        for kept in await thread_store.on_discord(self._database.read):
            self._know(kept)

    async def open(self, tx: UnitOfWork, key: str, parent_id: int, name: str, members: Sequence[int] = ()) -> int:
        """Have a private thread made below a channel, with these members in it; returns its kept id.

        Opening a key again changes nothing. `name` must be unlike any other's (`Tiket #12 ...`): after a crash it tells
        whether Discord had made the thread already. It is cut at Discord's 100 characters.
        """
        kept_id = await thread_store.insert(
            tx, key, parent_id, one_line(name)[:LONGEST_NAME].strip(), self._clock.timestamp()
        )
        if kept_id is None:
            earlier = await thread_store.find(tx, key)
            assert earlier is not None
            return earlier.id
        await self._outbox.put(tx, Kind.THREAD, kept_id, json.dumps({"op": "open", "add": list(members)}))
        return kept_id

    async def say(self, tx: UnitOfWork, kept_id: int, message: Message, dedupe_key: str | None = None) -> int | None:
        """Put a message for a thread behind everything said there before; returns its outbox id.

        None when `dedupe_key` was used before. A thread that should be archived is archived again afterwards.
        """
        row_id = await self._outbox.put(tx, Kind.THREAD_MESSAGE, kept_id, message, dedupe_key=dedupe_key)
        kept = await thread_store.get(tx, kept_id)
        if row_id is not None and kept is not None and kept.archived:
            await self._put_arrangement(tx, kept_id, archived=True)
        return row_id

    async def arrange(
        self,
        tx: UnitOfWork,
        kept_id: int,
        archived: bool | None = None,
        locked: bool | None = None,
        add: Sequence[int] = (),
        remove: Sequence[int] = (),
        name: str | None = None,
    ) -> None:
        """Archive or un-archive, lock, rename, add and remove members, after what was said before."""
        if name is not None:
            name = one_line(name)[:LONGEST_NAME].strip()
        kept = await thread_store.change(tx, kept_id, archived, locked, name)
        if kept is None:
            return
        await self._put_arrangement(
            tx, kept_id, archived=archived, locked=locked, add=list(add), remove=list(remove), name=name
        )
        self._know_after(tx, kept)

    async def get(self, kept_id: int, reads: Reads | None = None) -> KeptThread | None:
        """One by its kept id."""
        return await thread_store.get(reads or self._database.read, kept_id)

    async def find(self, key: str, reads: Reads | None = None) -> KeptThread | None:
        """One by what it is for."""
        return await thread_store.find(reads or self._database.read, key)

    def by_discord_id(self, thread_id: int) -> KeptThread | None:
        """The kept thread that a Discord channel is, if it is one. Asks no store."""
        return self._by_discord_id.get(thread_id)

    def all_on_discord(self) -> list[KeptThread]:
        """Every kept thread that Discord has."""
        return list(self._by_discord_id.values())

    def when_lost(self, handler: LostHandler) -> None:
        """Call `handler` in the unit of work that notes a thread as deleted by hand, or as impossible to make."""
        self._lost_handlers.append(handler)

    async def made(self, kept_id: int, thread_id: int) -> None:
        """Discord has made the thread. Called before anybody is let into it, so that no message there is missed."""
        async with self._database.unit() as tx:
            kept = await thread_store.made(tx, kept_id, thread_id)
            if kept is not None:
                self._know_after(tx, kept)

    async def read_up_to(self, kept_id: int, message_id: int) -> None:
        """What people wrote up to this message has been taken in; after a restart only what is later is looked at."""
        async with self._database.unit() as tx:
            kept = await thread_store.read_up_to(tx, kept_id, message_id)
            if kept is not None:
                self._know_after(tx, kept)

    async def lost(self, tx: UnitOfWork, kept_id: int) -> None:
        """Somebody deleted the thread (or it can't be made): what waits for it is dropped, handlers are told once."""
        now = self._clock.timestamp()
        kept = await thread_store.lose(tx, kept_id, now)
        if kept is None:
            return
        await outbox_store.fail_lane(tx, f"{Kind.THREAD}:{kept_id}", "thread-nya dihapus", now)
        if (thread_id := kept.thread_id) is not None:
            tx.after_commit(lambda: self._forget(thread_id))
        for handler in self._lost_handlers:
            await handler(tx, kept)

    async def _put_arrangement(self, tx: UnitOfWork, kept_id: int, **wanted: object) -> None:
        said = {key: value for key, value in wanted.items() if value is not None and value != []}
        await self._outbox.put(tx, Kind.THREAD, kept_id, json.dumps({"op": "arrange", **said}, ensure_ascii=False))

    def _know_after(self, tx: UnitOfWork, kept: KeptThread) -> None:
        tx.after_commit(lambda: self._know(kept))

    def _know(self, kept: KeptThread) -> None:
        if kept.thread_id is not None and kept.lost_at is None:
            self._by_discord_id[kept.thread_id] = kept

    def _forget(self, thread_id: int) -> None:
        self._by_discord_id.pop(thread_id, None)
