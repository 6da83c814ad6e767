"""The Discord side of the private threads the bot keeps: making, arranging, and what to do when one is shut or gone."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Never, TypeVar

import discord
import structlog
from discord.http import Route

from bot.platform.clock import from_timestamp
from bot.platform.database import UnitOfWork
from bot.platform.messages import Message
from bot.platform.outbox import Delivered, Kind, TryLater, Undeliverable
from bot.platform.outbox_store import Row
from bot.platform.palette import WARNING
from bot.platform.thread_store import KeptThread
from bot.platform.threads import Threads
from bot.server.models import ChannelKey

if TYPE_CHECKING:
    from bot.app import TSCreatorBot

UNKNOWN_CHANNEL = 10003
# Somebody who has left the server, or Discord.
GONE_PEOPLE = (10007, 10013)
THREAD_ARCHIVED = 50083
TOO_MANY_THREADS = 160006
# A week, the longest there is; the bot archives what is done itself.
ARCHIVE_AFTER_MINUTES = 10_080
# No thread is archived by itself sooner than this.
SOONEST_ARCHIVED_SECONDS = 3_600
TOO_MANY_RETRY_SECONDS = 300

T = TypeVar("T")
_log = structlog.get_logger(__name__)


class ThreadKeeper:
    """Carries out rows of Kind.THREAD, and helps with messages in such threads."""

    def __init__(self, bot: TSCreatorBot) -> None:
        self._bot = bot

    async def carry_out(self, row: Row) -> Delivered:
        """Make or arrange a thread."""
        wanted: dict[str, Any] = json.loads(row.payload)
        kept = await self._standing(row.target)
        if wanted["op"] == "open":
            kept = await self._open(kept, row)
        assert kept.thread_id is not None
        try:
            await self._arrange(kept, kept.thread_id, wanted)
        except discord.HTTPException as fault:
            await self.note_if_gone(kept, fault)
            raise
        return Delivered(kept.thread_id)

    async def send(self, row: Row, send: Callable[[int], Awaitable[Delivered]]) -> Delivered:
        """Send a message into its thread by `send(channel id)`."""
        kept = await self._standing(row.target)
        thread_id = kept.thread_id
        assert thread_id is not None
        try:
            return await self._awake(kept, thread_id, lambda: send(thread_id))
        except discord.HTTPException as fault:
            await self.note_if_gone(kept, fault)
            raise

    async def edit(self, channel_id: int, edit: Callable[[], Awaitable[None]], *, again: bool) -> None:
        """Edit a message, which in an archived thread needs it opened for the moment.

        `again`: an earlier attempt was cut off, and may have left the thread open.
        """
        kept = self._threads.by_discord_id(channel_id)
        if kept is None:
            await edit()
            return
        try:
            await self._awake(kept, channel_id, edit, shut_again=True, opened_before=again)
        except discord.HTTPException as fault:
            await self.note_if_gone(kept, fault)
            raise

    async def note_if_gone(self, kept: KeptThread, fault: discord.HTTPException) -> None:
        """Note a thread that Discord knows no more, and say so."""
        if fault.code != UNKNOWN_CHANNEL:
            return
        async with self._bot.services.database.unit() as tx:
            await self._threads.lost(tx, kept.id)
        raise Undeliverable("thread-nya sudah dihapus") from None

    @property
    def _threads(self) -> Threads:
        return self._bot.services.threads

    async def _standing(self, kept_id: int) -> KeptThread:
        kept = await self._threads.get(kept_id)
        if kept is None or kept.lost_at is not None:
            raise Undeliverable("thread-nya sudah dihapus")
        return kept

    async def _open(self, kept: KeptThread, row: Row) -> KeptThread:
        """The thread, made now unless an earlier attempt made it. Nobody is in it yet."""
        if kept.thread_id is None:
            thread_id = await self._made_earlier(kept, row) if row.state == "sending" else None
            await self._threads.made(kept.id, thread_id or await self._make(kept))
        return await self._standing(kept.id)

    async def _make(self, kept: KeptThread) -> int:
        route = Route("POST", "/channels/{channel_id}/threads", channel_id=kept.parent_id)
        body = {
            "name": kept.name,
            "type": discord.ChannelType.private_thread.value,
            "invitable": False,
            "auto_archive_duration": ARCHIVE_AFTER_MINUTES,
        }
        try:
            made = await self._bot.http.request(route, json=body, files=[_OneAttempt()])  # type: ignore[list-item]
        except discord.HTTPException as fault:
            if fault.code == TOO_MANY_THREADS:
                await self._say_that_it_is_full()
            raise
        return int(made["id"])

    async def _made_earlier(self, kept: KeptThread, row: Row) -> int | None:
        """The thread that a cut-off attempt may have left: by its name, which no other has."""
        guild = self._bot.get_guild(self._bot.settings.guild_id)
        if guild is None:
            raise TryLater
        # A store put back from a backup gives the same names again, so what is older does not count.
        since = from_timestamp(row.created_at) - timedelta(minutes=5)

        def fits(thread: discord.Thread) -> bool:
            return (
                thread.parent_id == kept.parent_id
                and thread.name == kept.name
                and self._bot.user is not None
                and thread.owner_id == self._bot.user.id
                and discord.utils.snowflake_time(thread.id) >= since
                and self._threads.by_discord_id(thread.id) is None
            )

        for thread in await guild.active_threads():
            if fits(thread):
                return thread.id
        parent = guild.get_channel(kept.parent_id)
        attempted_at = row.attempted_at or row.created_at
        if (
            isinstance(parent, discord.TextChannel)
            and self._bot.services.clock.timestamp() - attempted_at > SOONEST_ARCHIVED_SECONDS
        ):
            async for thread in parent.archived_threads(private=True, limit=200):
                if fits(thread):
                    return thread.id
        return None

    async def _arrange(self, kept: KeptThread, thread_id: int, wanted: dict[str, Any]) -> None:
        if any(wanted.get(change) for change in ("add", "remove", "name")):
            await self._awake(kept, thread_id, lambda: self._change(thread_id, wanted), shut_again=True)
        state = {part: wanted[part] for part in ("archived", "locked") if part in wanted}
        if state:
            await self._awake(kept, thread_id, lambda: self._settle(kept, thread_id, **state))

    async def _change(self, thread_id: int, wanted: dict[str, Any]) -> None:
        if wanted.get("name"):
            await self._patch(thread_id, name=wanted["name"])
        for user_id in wanted.get("add", ()):
            await self._let_in(thread_id, user_id)
        for user_id in wanted.get("remove", ()):
            try:
                await self._bot.http.remove_user_from_thread(thread_id, user_id)
            except discord.HTTPException as fault:
                if fault.code not in GONE_PEOPLE:
                    raise

    async def _let_in(self, thread_id: int, user_id: int) -> None:
        try:
            await self._bot.http.add_user_to_thread(thread_id, user_id)
        except discord.HTTPException as fault:
            if fault.code in (UNKNOWN_CHANNEL, THREAD_ARCHIVED) or fault.status == 429 or fault.status >= 500:
                raise
            # One who can't come in must not keep the others and the messages out.
            _log.warning("thread_member_refused", thread=thread_id, status=fault.status, code=fault.code)
            if fault.code not in GONE_PEOPLE:
                await self._tell_staff(
                    f"<@{user_id}> tidak bisa masuk ke <#{thread_id}> (Discord: {fault.status}, kode {fault.code}). "
                    "Periksa apakah ia bisa melihat channel induknya, lalu sebut namanya di thread itu.",
                    f"thread-member:{thread_id}:{user_id}",
                )

    async def _awake(
        self,
        kept: KeptThread,
        thread_id: int,
        act: Callable[[], Awaitable[T]],
        *,
        shut_again: bool = False,
        opened_before: bool = False,
    ) -> T:
        """Act in a thread, un-archiving it when that is what keeps it from being done."""
        opened = opened_before
        try:
            result = await act()
        except discord.HTTPException as fault:
            if fault.code != THREAD_ARCHIVED:
                raise
            await self._patch(thread_id, archived=False)
            opened = True
            result = await act()
        if shut_again and opened and kept.archived:
            await self._settle(kept, thread_id, archived=True)
        return result

    async def _settle(self, kept: KeptThread, thread_id: int, **state: bool) -> None:
        if state.get("archived") and self._threads.read_on is not None:
            await self._threads.read_on(kept)
        await self._patch(thread_id, **state)

    async def _patch(self, thread_id: int, **fields: Any) -> None:
        await self._bot.http.edit_channel(thread_id, reason=None, **fields)

    async def _say_that_it_is_full(self) -> Never:
        hour = self._bot.services.clock.timestamp() // 3600
        await self._tell_staff(
            "Server sudah punya 1.000 thread aktif, batas Discord. Tiket baru tersimpan; thread-nya dibuat "
            "begitu ada tempat. Arsipkan thread yang sudah selesai.",
            f"threads-full:{hour}",
        )
        raise TryLater(TOO_MANY_RETRY_SECONDS) from None

    async def _tell_staff(self, text: str, dedupe_key: str) -> None:
        note = Message(title="Thread perlu dilihat", description=text, colour=WARNING)
        async with self._bot.services.database.unit() as tx:
            await self._bot.services.server.tell(tx, ChannelKey.STAFF_LOG, note, dedupe_key=dedupe_key)


async def note_failure(threads: Threads, tx: UnitOfWork, row: Row) -> str:
    """How staff are told where a row of a thread failed. A thread that could not be made is noted as lost."""
    kept = await threads.get(row.target, tx)
    if kept is not None and kept.thread_id is None and row.kind == Kind.THREAD:
        await threads.lost(tx, kept.id)
    return f"di thread **{discord.utils.escape_markdown(kept.name)}**" if kept else "di sebuah thread"


class _OneAttempt:
    """Keeps discord.py from sending a request again by itself after a 5xx.

    It does so up to five times, and a second "make a thread" makes a second thread, as there is no nonce for that. It
    calls `reset` on all files before each attempt; this one is no file and lets the first pass alone.
    """

    def reset(self, *, seek: int | bool = True) -> None:
        if seek:
            raise TryLater
