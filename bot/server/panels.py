"""Panels: messages with buttons that stay in a channel. Each is there once, and an earlier version's is redrawn."""

from typing import Final

from bot.platform import outbox_store, state
from bot.platform.database import Database, UnitOfWork
from bot.platform.messages import Message, to_json
from bot.platform.outbox import Kind, Outbox
from bot.server.models import ChannelKey
from bot.server.service import ServerService

START: Final = "onboarding.panel"
HELP: Final = "tickets.panel"


class Panels:
    """Remembers by a panel's name which message it is."""

    def __init__(self, database: Database, outbox: Outbox, server: ServerService) -> None:
        self._database = database
        self._outbox = outbox
        self._server = server

    async def put(self, tx: UnitOfWork, name: str, channel: ChannelKey, panel: Message, *, present: bool) -> None:
        """Post a panel unless it is there (`present`) or on its way; one from an earlier version is redrawn."""
        earlier = await state.recall(tx, name)
        # Through the unit: a panel posted by another unit of the same shared commit must be seen.
        row = await outbox_store.get(tx, int(earlier)) if earlier else None
        if present or (row is not None and row.state in ("pending", "sending")):
            if row is not None and row.payload != to_json(panel):
                await self._outbox.put(tx, Kind.EDIT, row.id, panel)
            return
        row_id = await self._server.tell(tx, channel, panel)
        if row_id is not None:
            await state.remember(tx, name, str(row_id))

    async def keep(self, name: str, channel: ChannelKey, panel: Message, *, present: bool) -> None:
        """The same in a unit of its own."""
        async with self._database.unit() as tx:
            await self.put(tx, name, channel, panel, present=present)

    async def sent(self, name: str) -> tuple[int, int] | None:
        """Channel and message of the panel sent last; None when none has been sent yet."""
        earlier = await state.recall(self._database.read, name)
        row = await self._outbox.get(int(earlier)) if earlier else None
        return (row.channel_id, row.message_id) if row and row.channel_id and row.message_id else None
