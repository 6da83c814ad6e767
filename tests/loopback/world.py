"""What exists in the loopback Discord: one guild with its roles, channels and members, and who is told of changes."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import discord

from tests.loopback.objects import new_channel, new_dm, new_member, new_role, new_thread, new_user
from tests.loopback.wire import (
    ADMINISTRATOR,
    CATEGORY,
    DM,
    EVERY_PERMISSION,
    PRIVATE_THREAD,
    TEXT,
    THREADS,
    DiscordError,
    Json,
    Snowflakes,
    now_iso,
    unknown,
)

T = TypeVar("T")

MEMBER_PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    read_message_history=True,
    attach_files=True,
    embed_links=True,
    add_reactions=True,
    use_application_commands=True,
).value
BOT_PERMISSIONS = EVERY_PERMISSION & ~ADMINISTRATOR


@dataclass
class RecordedRequest:
    """One REST request of the bot, as it arrived. `arrived` is in `time.perf_counter()` seconds."""

    method: str
    path: str
    params: dict[str, str]
    json: Any | None
    reason: str | None
    token: str | None = field(default=None, repr=False)
    files: list[tuple[str, bytes]] = field(default_factory=list)
    arrived: float = field(default_factory=time.perf_counter)
    status: int | None = None


class World:
    """The state of the loopback Discord; everything is kept in the shape Discord would send it."""

    def __init__(self, guild_name: str = "TSCreator", bot_name: str = "TSCreator Bot") -> None:
        self.new_id = Snowflakes()
        self.token = "loopback-token"
        self.guild_id = self.new_id()
        self.guild_name = guild_name
        self.application_id = self.new_id()
        self.users: dict[int, Json] = {}
        self.roles: dict[int, Json] = {}
        self.members: dict[int, Json] = {}
        self.channels: dict[int, Json] = {}
        self.thread_members: dict[int, dict[int, Json]] = {}
        self.commands: dict[int | None, list[Json]] = {None: []}
        self.scheduled_events: dict[int, Json] = {}
        self.closed_dms: set[int] = set()
        self.most_active_threads = 1_000
        self.files: dict[str, bytes] = {}
        self.requests: list[RecordedRequest] = []
        self.unknown_requests: list[RecordedRequest] = []
        self.defects: list[str] = []
        self.listeners: list[Callable[[str, Json], None]] = []
        self._waiting: list[asyncio.Future[None]] = []

        self._put_role(self.guild_id, "@everyone", MEMBER_PERMISSIONS, 0)
        self.owner_id = self._put_user(self.new_id(), "pemilik")
        self._put_member(self.owner_id, [])
        self._put_user(self.application_id, bot_name, bot=True)
        bot_role = self.new_id()
        self._put_role(bot_role, bot_name, BOT_PERMISSIONS, 50, self.application_id)
        self._put_member(self.application_id, [bot_role])
        self.general = self.add_channel("umum")

    # `emit`, `touch` and `until` are the only ways news travels; nothing polls.
    def emit(self, event: str, data: Json) -> None:
        """Tell the gateway (and so the bot) of a change, and wake whoever waits in `until`."""
        for listener in self.listeners:
            listener(event, data)
        self.touch()

    def touch(self) -> None:
        """Let everyone waiting in `until` look again."""
        waiting, self._waiting = self._waiting, []
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def until(self, condition: Callable[[], T], *, timeout: float = 5.0, what: str = "the condition") -> T:
        """Wait until `condition` returns something true and return it; TimeoutError names `what` was waited for."""
        try:
            async with asyncio.timeout(timeout):
                while not (value := condition()):
                    future = asyncio.get_running_loop().create_future()
                    self._waiting.append(future)
                    await future
                return value
        except TimeoutError:
            raise TimeoutError(f"Waited {timeout} s in vain for {what}") from None

    def _put_user(self, user_id: int, name: str, *, bot: bool = False) -> int:
        self.users[user_id] = new_user(user_id, name, bot=bot)
        return user_id

    def _put_role(self, role_id: int, name: str, permissions: int, position: int, bot_id: int | None = None) -> Json:
        self.roles[role_id] = new_role(role_id, name, permissions, position=position, bot_id=bot_id)
        return self.roles[role_id]

    def _put_member(self, user_id: int, role_ids: list[int]) -> Json:
        self.members[user_id] = new_member(self.users[user_id], role_ids)
        return self.members[user_id]

    def add_user(self, name: str) -> int:
        """A person who is not (yet) in the guild."""
        return self._put_user(self.new_id(), name)

    def add_member(self, user_id: int, role_ids: list[int]) -> Json:
        """A person enters the guild."""
        member = self._put_member(user_id, role_ids)
        self.emit("GUILD_MEMBER_ADD", {**member, "guild_id": str(self.guild_id)})
        return member

    def remove_member(self, user_id: int) -> None:
        """A person leaves the guild, or is made to."""
        member = self.members.pop(user_id)
        self.emit("GUILD_MEMBER_REMOVE", {"guild_id": str(self.guild_id), "user": member["user"]})

    def member_changed(self, user_id: int) -> Json:
        """Announce that a member's roles or nickname have changed."""
        member = self.members[user_id]
        self.emit("GUILD_MEMBER_UPDATE", {**member, "guild_id": str(self.guild_id)})
        return member

    def add_role(self, name: str, permissions: int = 0) -> Json:
        """A new role, below the bot's own so that the bot may hand it out."""
        role = self._put_role(self.new_id(), name, permissions, 1)
        self.emit("GUILD_ROLE_CREATE", {"guild_id": str(self.guild_id), "role": role})
        return role

    def role_named(self, name: str) -> Json:
        """The role with this name; LookupError says which there are."""
        return _named(self.roles.values(), name)

    def channel_named(self, name: str) -> Json:
        """The channel or thread with this name; LookupError says which there are."""
        return _named(self.channels.values(), name)

    def add_channel(self, name: str, kind: int = TEXT, **details: Any) -> Json:
        """A new text channel or category; `details` are channel fields as Discord names them."""
        channel_id = self.new_id()
        channel = new_channel(channel_id, self.guild_id, name, kind, position=len(self.channels))
        self.channels[channel_id] = {**channel, **details}
        self.emit("CHANNEL_CREATE", self.channels[channel_id])
        return self.channels[channel_id]

    def add_category(self, name: str) -> Json:
        """A new category."""
        return self.add_channel(name, CATEGORY)

    def add_thread(self, parent: Json, name: str, owner_id: int, kind: int = PRIVATE_THREAD, **details: Any) -> Json:
        """A new thread in `parent`, with its owner as the first member."""
        thread_id = details.get("id") or self.new_id()
        self.channels[thread_id] = new_thread(thread_id, parent, name, kind, owner_id, details)
        owner = self._put_thread_member(thread_id, owner_id)
        payload = {**self.channels[thread_id], "member": owner}
        self.emit("THREAD_CREATE", {**payload, "newly_created": True})
        return payload

    def remove_channel(self, channel_id: int) -> None:
        """A channel or thread is deleted, by hand or by the bot."""
        channel = self.channels.pop(channel_id)
        self.emit("THREAD_DELETE" if channel["type"] in THREADS else "CHANNEL_DELETE", channel)

    def join_thread(self, thread_id: int, user_id: int) -> None:
        """Add a member to a thread; adding one twice changes nothing."""
        if user_id not in self.thread_members[thread_id]:
            entry = self._put_thread_member(thread_id, user_id)
            self._thread_members_changed(thread_id, added_members=[{**entry, "member": self.members.get(user_id)}])

    def _put_thread_member(self, thread_id: int, user_id: int) -> Json:
        members = self.thread_members.setdefault(thread_id, {})
        members[user_id] = {"id": str(thread_id), "user_id": str(user_id), "join_timestamp": now_iso(), "flags": 0}
        self.channels[thread_id]["member_count"] = len(members)
        return members[user_id]

    def leave_thread(self, thread_id: int, user_id: int) -> None:
        """Take a member out of a thread."""
        if self.thread_members[thread_id].pop(user_id, None):
            self.channels[thread_id]["member_count"] -= 1
            self._thread_members_changed(thread_id, removed_member_ids=[str(user_id)])

    def _thread_members_changed(self, thread_id: int, **change: Any) -> None:
        count = len(self.thread_members[thread_id])
        data = {"id": str(thread_id), "guild_id": str(self.guild_id), "member_count": count, **change}
        self.emit("THREAD_MEMBERS_UPDATE", data)

    def dm_channel(self, user_id: int) -> Json:
        """The direct channel between the bot and a person, opened at first use."""
        for channel in self.channels.values():
            if channel["type"] == DM and channel["recipients"][0]["id"] == str(user_id):
                return channel
        channel_id = self.new_id()
        self.channels[channel_id] = new_dm(channel_id, self.user(user_id))
        return self.channels[channel_id]

    def user(self, user_id: int) -> Json:
        """A user, or Discord's 404."""
        if user_id not in self.users:
            raise unknown("User", 10013)
        return self.users[user_id]

    def member(self, user_id: int) -> Json:
        """A member of the guild, or Discord's 404."""
        if user_id not in self.members:
            raise unknown("Member", 10007)
        return self.members[user_id]

    def channel(self, channel_id: int) -> Json:
        """A channel, thread or DM, or Discord's 404."""
        if channel_id not in self.channels:
            raise unknown("Channel", 10003)
        return self.channels[channel_id]

    def refuse_closed_dm(self, channel: Json) -> None:
        """Raise Discord's 50007 when this is the DM of someone who takes none from the bot."""
        if channel["type"] == DM and int(channel["recipients"][0]["id"]) in self.closed_dms:
            raise DiscordError(403, 50007, "Cannot send messages to this user")

    def permissions(self, user_id: int, channel: Json) -> int:
        """What a member may do in a channel: roles first, then the overwrites, as Discord's documentation says."""
        if user_id not in self.members:
            return 0
        held = [str(self.guild_id), *self.members[user_id]["roles"]]
        base = 0
        for role in held:
            base |= int(self.roles[int(role)]["permissions"])
        if user_id == self.owner_id or base & ADMINISTRATOR:
            return EVERY_PERMISSION
        if channel["type"] in THREADS:
            channel = self.channels[int(channel["parent_id"])]
        overwrites = channel.get("permission_overwrites", [])
        for group in ([held[0]], held[1:], [str(user_id)]):
            chosen = [overwrite for overwrite in overwrites if overwrite["id"] in group]
            for overwrite in chosen:
                base &= ~int(overwrite["deny"])
            for overwrite in chosen:
                base |= int(overwrite["allow"])
        return base

    def guild(self) -> Json:
        """The guild as REST gives it."""
        return {
            "id": str(self.guild_id),
            "name": self.guild_name,
            "owner_id": str(self.owner_id),
            "icon": None,
            "splash": None,
            "banner": None,
            "description": None,
            "features": [],
            "roles": list(self.roles.values()),
            "emojis": [],
            "stickers": [],
            "afk_channel_id": None,
            "afk_timeout": 300,
            "system_channel_id": None,
            "system_channel_flags": 0,
            "rules_channel_id": None,
            "public_updates_channel_id": None,
            "verification_level": 1,
            "default_message_notifications": 1,
            "explicit_content_filter": 0,
            "mfa_level": 0,
            "nsfw_level": 0,
            "premium_tier": 0,
            "preferred_locale": "id",
        }

    def guild_channels(self) -> list[Json]:
        """Channels and categories of the guild; neither threads nor DMs."""
        return [c for c in self.channels.values() if c["type"] not in (DM, *THREADS)]

    def threads(self, *, archived: bool = False) -> list[Json]:
        """Threads of the guild that are, or are not, archived."""
        return [
            c for c in self.channels.values() if c["type"] in THREADS and c["thread_metadata"]["archived"] is archived
        ]


def _named(items: Any, name: str) -> Json:
    found = [item for item in items if item.get("name") == name]
    if not found:
        raise LookupError(f"{name!r} is not among {[item.get('name') for item in items]}")
    return found[0]
