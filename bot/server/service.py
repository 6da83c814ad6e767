"""Use cases about the server itself: remembering places, telling staff."""

from bot.platform import audit, state
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.database import Database, UnitOfWork
from bot.platform.messages import Message
from bot.platform.outbox import Kind, Outbox
from bot.server.models import Access, ChannelKey, Places
from bot.server.rules import may


class ServerService:
    """Knows the server's roles and channels. `places` is a copy kept in memory; `load` refreshes it."""

    def __init__(self, database: Database, clock: Clock, outbox: Outbox) -> None:
        self._database = database
        self._clock = clock
        self._outbox = outbox
        self.places = Places({}, {})

    async def load(self) -> None:
        """Read the places from the store."""
        self.places = Places(
            await state.places(self._database.read, "role"), await state.places(self._database.read, "channel")
        )

    async def settle(self, actor: Actor, roles: dict[str, int], channels: dict[str, int]) -> None:
        """Remember which Discord roles and channels serve the bot."""
        async with self._database.unit() as tx:
            for key, discord_id in roles.items():
                await state.set_place(tx, "role", key, discord_id)
            for key, discord_id in channels.items():
                await state.set_place(tx, "channel", key, discord_id)
            await audit.record(
                tx,
                actor,
                "server.settled",
                ("server", None),
                at=self._clock.timestamp(),
                details={"roles": roles, "channels": channels},
            )
        await self.load()

    def may(self, access: Access, held_roles: list[int], *, administrator: bool) -> bool:
        """Whether somebody with these roles may do what needs `access`."""
        return may(access, held_roles, self.places, administrator=administrator)

    async def tell(
        self, tx: UnitOfWork, channel: ChannelKey, message: Message, *, dedupe_key: str | None = None
    ) -> int | None:
        """Put a message for one of the server's channels into the outbox; None when the channel is not set up."""
        channel_id = self.places.channel(channel)
        if channel_id is None:
            return None
        return await self._outbox.put(tx, Kind.CHANNEL, channel_id, message, dedupe_key=dedupe_key)

    async def tell_it(self, tx: UnitOfWork, message: Message, *, dedupe_key: str | None = None) -> int | None:
        """Like `tell`, in IT's channel; in staff's while the server has none."""
        has_it = self.places.channel(ChannelKey.IT) is not None
        return await self.tell(tx, ChannelKey.IT if has_it else ChannelKey.STAFF, message, dedupe_key=dedupe_key)

    async def remember(self, key: str, value: str) -> None:
        """Keep a small fact."""
        async with self._database.unit() as tx:
            await state.remember(tx, key, value)

    async def recall(self, key: str) -> str | None:
        """A small fact kept earlier."""
        return await state.recall(self._database.read, key)
