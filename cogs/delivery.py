"""Carries out what the outbox holds: the Discord side of `bot.platform.outbox.Sender`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import aiohttp
import discord

from bot.platform import messages
from bot.platform.clock import from_timestamp
from bot.platform.database import UnitOfWork
from bot.platform.messages import Message
from bot.platform.outbox import Delivered, Kind, Sender, TryLater, Undeliverable
from bot.platform.outbox_store import Row
from bot.platform.palette import WARNING
from bot.platform.text import one_line
from bot.server.models import ChannelKey
from bot.services import Services
from cogs import scheduled, threads
from cogs.ui.answers import payload
from cogs.ui.pictures import drawn, pictures_of
from cogs.ui.views import as_embed

if TYPE_CHECKING:
    from bot.app import TSCreatorBot

CANNOT_DM = 50007


class DiscordSender(Sender):
    """Sends messages, DMs (or private threads where DMs are closed), edits, and role grants."""

    def __init__(self, bot: TSCreatorBot) -> None:
        self._bot = bot
        self._threads = threads.ThreadKeeper(bot)

    async def deliver(self, row: Row, *, in_doubt_since: int | None) -> Delivered:
        """See Sender."""
        with _faults():
            match Kind(row.kind):
                case Kind.CHANNEL:
                    return await self._send_to(row.target, row, in_doubt_since)
                case Kind.PERSON:
                    return await self._send_to_person(row, in_doubt_since)
                case Kind.EDIT:
                    return await self._edit(row)
                case Kind.GRANT:
                    return await self._grant(row)
                case Kind.SCHEDULE:
                    return await self._schedule(row)
                case Kind.THREAD:
                    return await self._threads.carry_out(row)
                case Kind.THREAD_MESSAGE:
                    return await self._threads.send(row, lambda thread: self._send_to(thread, row, in_doubt_since))

    async def find(self, row: Row, since: int) -> Delivered | None:
        """See Sender. Only what is sent to channels has an expiry."""
        if row.kind != Kind.CHANNEL:
            return None
        with _faults():
            channel = self._bot.get_partial_messageable(row.target)
            earlier = await self._find_earlier(channel, row, messages.from_json(row.payload), since)
        return Delivered(earlier.channel.id, earlier.id) if earlier else None

    async def _send_to(self, channel_id: int, row: Row, in_doubt_since: int | None) -> Delivered:
        return await self._send(self._bot.get_partial_messageable(channel_id), row, in_doubt_since)

    async def _send(self, channel: discord.abc.Messageable, row: Row, in_doubt_since: int | None) -> Delivered:
        message = messages.from_json(row.payload)
        if in_doubt_since is not None:
            earlier = await self._find_earlier(channel, row, message, in_doubt_since)
            if earlier is not None:
                return Delivered(earlier.channel.id, earlier.id)
        arguments = payload(message)
        if files := await pictures_of(self._bot, message):
            arguments["files"] = files
        sent = await channel.send(**arguments, nonce=_nonce(row))
        return Delivered(sent.channel.id, sent.id)

    async def _send_to_person(self, row: Row, in_doubt_since: int | None) -> Delivered:
        try:
            channel = await self._bot.create_dm(discord.Object(row.target))
            return await self._send(channel, row, in_doubt_since)
        except discord.Forbidden as fault:
            if fault.code != CANNOT_DM:
                raise
            if messages.from_json(row.payload).only_dm:
                return Delivered()
        thread = await self._private_thread(row.target)
        return await self._send(thread, row, in_doubt_since or row.attempted_at)

    async def _private_thread(self, user_id: int) -> discord.Thread:
        """The one private thread in which somebody with closed DMs gets the bot's messages."""
        help_id = self._bot.services.server.places.channel(ChannelKey.HELP)
        help_channel = self._bot.get_channel(help_id) if help_id else None
        if not isinstance(help_channel, discord.TextChannel):
            raise Undeliverable("DM tertutup dan channel bantuan belum diatur (jalankan /pengaturan)")
        key = f"private_thread:{user_id}"
        known = await self._bot.services.server.recall(key)
        if known is not None:
            try:
                thread = await self._bot.fetch_channel(int(known))
            except discord.NotFound:
                thread = None
            if isinstance(thread, discord.Thread):
                return thread
        # The name ends in whose it is, so that one made just before a crash is found again instead of made twice.
        member = await self._bot.services.onboarding.member(user_id)
        whose = f"· anggota {member.number}" if member else f"· {user_id}"
        threads = await help_channel.guild.active_threads()
        assert self._bot.user is not None
        mine = (item for item in threads if item.owner_id == self._bot.user.id)
        thread = next((item for item in mine if item.name.endswith(whose)), None)
        if thread is None:
            name = one_line(member.display_name)[:60] if member else "kamu"
            thread = await help_channel.create_thread(
                name=f"Pesan untuk {name} {whose}", type=discord.ChannelType.private_thread, invitable=False
            )
        await thread.add_user(discord.Object(user_id))
        await self._bot.services.server.remember(key, str(thread.id))
        return thread

    async def _find_earlier(
        self, channel: discord.abc.Messageable, row: Row, message: Message, since: int
    ) -> discord.Message | None:
        """The copy that a cut-off attempt may have left in the channel."""
        after = from_timestamp(since) - timedelta(seconds=30)
        assert self._bot.user is not None
        wanted = _fingerprint_of(message)
        async for candidate in channel.history(after=after, limit=200, oldest_first=True):
            if candidate.author.id != self._bot.user.id:
                continue
            if str(candidate.nonce) == _nonce(row):
                return candidate
            if _fingerprint(candidate) == wanted and not await self._bot.services.outbox.knows(candidate.id):
                return candidate
        return None

    async def _edit(self, row: Row) -> Delivered:
        original = await self._bot.services.outbox.get(row.target)
        if original is not None and original.state in ("pending", "sending"):
            raise TryLater
        if original is None or not original.message_id or not original.channel_id:
            raise Undeliverable("pesan aslinya tidak pernah terkirim")
        message = messages.from_json(row.payload)
        edited = self._bot.get_partial_messageable(original.channel_id).get_partial_message(original.message_id)

        async def edit() -> None:
            arguments = payload(message)
            arguments.setdefault("view", None)
            if message.picture is not None:
                arguments["attachments"] = [await drawn(self._bot, message.picture)]
            elif messages.from_json(original.payload).picture is not None:
                # Without its embed the old picture would stand below as a loose file.
                arguments["attachments"] = []
            await edited.edit(**arguments)

        await self._threads.edit(original.channel_id, edit, again=row.state == "sending")
        return Delivered(original.channel_id, original.message_id)

    async def _grant(self, row: Row) -> Delivered:
        wanted: dict[str, Any] = json.loads(row.payload)
        guild = self._bot.get_guild(self._bot.settings.guild_id)
        if guild is None:
            raise TryLater
        member = guild.get_member(row.target) or await guild.fetch_member(row.target)
        if wanted["roles"]:
            await member.add_roles(*map(discord.Object, wanted["roles"]), reason=str(wanted["reason"]))
        if wanted.get("taken"):
            await member.remove_roles(*map(discord.Object, wanted["taken"]), reason=str(wanted["reason"]))
        return Delivered()

    async def _schedule(self, row: Row) -> Delivered:
        guild = self._bot.get_guild(self._bot.settings.guild_id)
        if guild is None:
            raise TryLater
        return await scheduled.carry_out(guild, json.loads(row.payload), self._bot.services.clock.timestamp())


@contextmanager
def _faults() -> Iterator[None]:
    """What Discord answers or fails to, as the outbox understands it."""
    try:
        yield
    except sqlite3.Error:
        # Not a defect of the row: the outbox waits until the store can be written again.
        raise TryLater from None
    except discord.RateLimited as fault:
        raise TryLater(fault.retry_after) from None
    except (discord.DiscordServerError, aiohttp.ClientError, OSError, TimeoutError):
        raise TryLater from None
    except discord.HTTPException as fault:
        if fault.status == 429 or fault.status >= 500:
            raise TryLater from None
        raise Undeliverable(f"Discord menolak ({fault.status}, kode {fault.code})") from None


def failure_note(services: Services) -> Callable[[UnitOfWork, Row, str], Awaitable[None]]:
    """What happens when a message can't be delivered: staff read it in the log channel."""

    async def note(tx: UnitOfWork, row: Row, reason: str) -> None:
        log_channel = services.server.places.channel(ChannelKey.STAFF_LOG)
        if row.lane == f"{Kind.CHANNEL}:{log_channel}":
            return
        whom = {
            Kind.CHANNEL: f"ke <#{row.target}>",
            Kind.PERSON: f"ke <@{row.target}>",
            Kind.GRANT: f"(role) <@{row.target}>",
            Kind.SCHEDULE: f"(jadwal acara {row.target} di Discord)",
        }
        if row.kind in (Kind.THREAD, Kind.THREAD_MESSAGE):
            whom[Kind(row.kind)] = await threads.note_failure(services.threads, tx, row)
        await services.server.tell(
            tx,
            ChannelKey.STAFF_LOG,
            Message(
                title="Pesan tidak terkirim",
                description=f"Pesan {whom.get(Kind(row.kind), '')} tidak bisa disampaikan: {reason}. "
                "Sampaikan langsung bila penting.",
                colour=WARNING,
                footer=f"outbox {row.id}",
            ),
            dedupe_key=f"failure:{row.id}",
        )

    return note


def _nonce(row: Row) -> str:
    # Not the id alone: a store put back from a backup gives the same ids again. At most 25 characters.
    return f"{row.id}-{row.created_at}"


def _fingerprint_of(message: Message) -> tuple[str, str, str, tuple[str, ...]]:
    buttons = tuple(button.custom_id for line in message.buttons for button in line)
    return _words(message.content, as_embed(message), buttons)


def _fingerprint(message: discord.Message) -> tuple[str, str, str, tuple[str, ...]]:
    buttons = tuple(
        item.custom_id
        for line in message.components
        if isinstance(line, discord.ActionRow)
        for item in line.children
        if isinstance(item, discord.Button) and item.custom_id
    )
    return _words(message.content, message.embeds[0] if message.embeds else None, buttons)


def _words(
    content: str, embed: discord.Embed | None, buttons: tuple[str, ...]
) -> tuple[str, str, str, tuple[str, ...]]:
    """What is compared, without the blanks at its ends, which Discord takes away."""
    title, description = (embed.title, embed.description) if embed else (None, None)
    return content.strip(), (title or "").strip(), (description or "").strip(), buttons
