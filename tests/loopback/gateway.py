"""The gateway of the loopback Discord: identify, heartbeat, resume, events, and losing the connection on order."""

import asyncio
import json
import secrets
from collections import deque
from collections.abc import Awaitable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from aiohttp import WSMsgType, web

from tests.loopback.wire import DM, Json
from tests.loopback.world import World


class Op(IntEnum):
    """Gateway opcodes."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    RESUME = 6
    RECONNECT = 7
    REQUEST_MEMBERS = 8
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


MEMBERS_INTENT, MESSAGE_CONTENT_INTENT = 1 << 1, 1 << 15
PRIVILEGED_INTENTS = MEMBERS_INTENT | 1 << 8 | MESSAGE_CONTENT_INTENT
LARGE_GUILD = 250
CHUNK = 1000

INTENT_OF_EVENT = {
    "GUILD_ROLE_": 1 << 0,
    "CHANNEL_": 1 << 0,
    "THREAD_": 1 << 0,
    "GUILD_MEMBER_": MEMBERS_INTENT,
}
GUILD_MESSAGES, DIRECT_MESSAGES = 1 << 9, 1 << 12
HIDDEN_CONTENT: Json = {"content": "", "embeds": [], "attachments": [], "components": []}


@dataclass
class Session:
    """What Discord remembers of a connected bot, so that it can resume."""

    intents: int
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    sequence: int = 0
    sent: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=2000))
    queue: "asyncio.Queue[str] | None" = None


class Gateway:
    """One bot's gateway. `refused` keeps it out, `allowed_intents` are those switched on in the developer portal."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.sessions: dict[str, Session] = {}
        self.session: Session | None = None
        self.ready_count = 0
        self.resumed_count = 0
        self.heartbeat_seconds = 41.25
        self.allowed_intents = ~0
        self.resumable = True
        self.refused = False
        self._socket: web.WebSocketResponse | None = None
        self._request: web.Request | None = None
        world.listeners.append(self._on_event)

    @property
    def connected(self) -> bool:
        """Whether a bot has identified (or resumed) and its connection stands."""
        return self.session is not None and self.session.queue is not None

    def next_ready(self, timeout: float = 20.0) -> Awaitable[Any]:
        """Wait for the next READY, counted from this call (not from the await)."""
        seen = self.ready_count
        return self._world.until(lambda: self.ready_count > seen, timeout=timeout, what="the bot's READY")

    def next_resume(self, timeout: float = 20.0) -> Awaitable[Any]:
        """Wait for the next RESUMED, counted from this call."""
        seen = self.resumed_count
        return self._world.until(lambda: self.resumed_count > seen, timeout=timeout, what="the bot to resume")

    def cut(self) -> None:
        """Lose the connection, as when a cable is pulled; Discord keeps the session."""
        if self._request is not None and self._request.transport is not None:
            self._request.transport.abort()

    async def close(self, code: int = 4000) -> None:
        """Close the connection with a gateway close code."""
        if self._socket is not None:
            await self._socket.close(code=code)

    def ask_to_reconnect(self) -> None:
        """Opcode 7: Discord wants the bot to connect anew and resume."""
        self._send({"op": Op.RECONNECT, "d": None})

    def invalidate(self, *, resumable: bool = False) -> None:
        """Opcode 9: the session is no longer good; not resumable means the bot must identify again."""
        if not resumable:
            self.sessions.clear()
        self._send({"op": Op.INVALID_SESSION, "d": resumable})

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """The websocket endpoint. The client asks for zlib-stream in the URL and takes plain text frames as well."""
        if self.refused:
            return web.Response(status=503)
        socket = web.WebSocketResponse(compress=False, max_msg_size=0)
        await socket.prepare(request)
        queue: asyncio.Queue[str] = asyncio.Queue()
        self._socket, self._request = socket, request
        sender = asyncio.create_task(self._write(socket, queue))
        session: Session | None = None
        queue.put_nowait(json.dumps({"op": Op.HELLO, "d": {"heartbeat_interval": int(self.heartbeat_seconds * 1000)}}))
        try:
            async for frame in socket:
                if frame.type is not WSMsgType.TEXT:
                    break
                message = json.loads(frame.data)
                match message["op"]:
                    case Op.HEARTBEAT:
                        queue.put_nowait(json.dumps({"op": Op.HEARTBEAT_ACK, "d": None}))
                    case Op.IDENTIFY:
                        if (code := self._refusal(message["d"])) is not None:
                            await socket.close(code=code)
                            break
                        session = self._identify(message["d"], queue)
                    case Op.RESUME:
                        session = self._resume(message["d"], queue)
                    case Op.REQUEST_MEMBERS if session is not None:
                        self._send_members(message["d"])
        finally:
            sender.cancel()
            if session is not None and session.queue is queue:
                session.queue = None
            self._world.touch()
        return socket

    async def _write(self, socket: web.WebSocketResponse, queue: "asyncio.Queue[str]") -> None:
        while True:
            try:
                await socket.send_str(await queue.get())
            except (ConnectionError, RuntimeError):
                return

    def _refusal(self, data: Json) -> int | None:
        if data["token"] != self._world.token:
            return 4004
        return 4014 if data["intents"] & PRIVILEGED_INTENTS & ~self.allowed_intents else None

    def _identify(self, data: Json, queue: "asyncio.Queue[str]") -> Session:
        world = self._world
        self.session = Session(intents=data["intents"], queue=queue)
        self.sessions[self.session.id] = self.session
        ready = {
            "v": 10,
            "user": world.users[world.application_id],
            "guilds": [{"id": str(world.guild_id), "unavailable": True}],
            "session_id": self.session.id,
            "session_type": "normal",
            "resume_gateway_url": "wss://gateway.discord.gg",
            "application": {"id": str(world.application_id), "flags": 0},
            **({"shard": data["shard"]} if "shard" in data else {}),
        }
        self._dispatch("READY", ready)
        self._dispatch("GUILD_CREATE", self._guild())
        self.ready_count += 1
        world.touch()
        return self.session

    def _resume(self, data: Json, queue: "asyncio.Queue[str]") -> Session | None:
        session = self.sessions.get(data["session_id"])
        if session is None or not self.resumable:
            queue.put_nowait(json.dumps({"op": Op.INVALID_SESSION, "d": False}))
            return None
        self.session, session.queue = session, queue
        for sequence, text in session.sent:
            if sequence > (data["seq"] or 0):
                queue.put_nowait(text)
        self._dispatch("RESUMED", {})
        self.resumed_count += 1
        self._world.touch()
        return session

    def _guild(self) -> Json:
        world = self._world
        large = len(world.members) >= LARGE_GUILD
        members = [world.members[world.application_id]] if large else list(world.members.values())
        return {
            **world.guild(),
            "joined_at": world.members[world.application_id]["joined_at"],
            "large": large,
            "unavailable": False,
            "member_count": len(world.members),
            "members": members,
            "channels": world.guild_channels(),
            "threads": world.threads(),
            "presences": [],
            "voice_states": [],
            "stage_instances": [],
            "guild_scheduled_events": list(world.scheduled_events.values()),
            "soundboard_sounds": [],
        }

    def _send_members(self, data: Json) -> None:
        found = list(self._world.members.values())
        if data.get("user_ids"):
            wanted = [str(i) for i in ([data["user_ids"]] if isinstance(data["user_ids"], str) else data["user_ids"])]
            found = [m for m in found if m["user"]["id"] in wanted]
        elif data.get("query"):
            found = [m for m in found if m["user"]["username"].startswith(data["query"].lower())]
        if data.get("limit"):
            found = found[: data["limit"]]
        pieces = [found[i : i + CHUNK] for i in range(0, len(found), CHUNK)] or [[]]
        for index, members in enumerate(pieces):
            chunk = {
                "guild_id": str(self._world.guild_id),
                "members": members,
                "chunk_index": index,
                "chunk_count": len(pieces),
                "not_found": [],
                **({"nonce": data["nonce"]} if "nonce" in data else {}),
            }
            self._dispatch("GUILD_MEMBERS_CHUNK", chunk)

    def _on_event(self, event: str, data: Json) -> None:
        session = self.session
        if session is None:
            return
        if event.startswith("MESSAGE_"):
            is_dm = "guild_id" not in data
            if not session.intents & (DIRECT_MESSAGES if is_dm else GUILD_MESSAGES):
                return
            self._dispatch(event, self.as_read(data))
            return
        wanted = next((bit for prefix, bit in INTENT_OF_EVENT.items() if event.startswith(prefix)), None)
        about_bot = event == "GUILD_MEMBER_UPDATE" and data["user"]["id"] == str(self._world.application_id)
        if wanted is None or session.intents & wanted or about_bot:
            self._dispatch(event, data)

    def as_read(self, message: Json) -> Json:
        """A message as the connected bot is given it, by the gateway and by REST: perhaps without what it says."""
        session = self.session
        return message if session is None or self._may_read(session, message) else {**message, **HIDDEN_CONTENT}

    def _may_read(self, session: Session, message: Json) -> bool:
        """Without the message content intent a bot reads DMs, its own messages and those that mention it."""
        bot = str(self._world.application_id)
        channel = self._world.channels.get(int(message["channel_id"]))
        return (
            "author" not in message
            or bool(session.intents & MESSAGE_CONTENT_INTENT)
            or (channel is not None and channel["type"] == DM)
            or message["author"]["id"] == bot
            or any(user["id"] == bot for user in message["mentions"])
        )

    def _dispatch(self, event: str, data: Json) -> None:
        session = self.session
        assert session is not None
        session.sequence += 1
        text = json.dumps({"op": Op.DISPATCH, "t": event, "s": session.sequence, "d": data})
        session.sent.append((session.sequence, text))
        if session.queue is not None:
            session.queue.put_nowait(text)

    def _send(self, message: Json) -> None:
        if self.session is not None and self.session.queue is not None:
            self.session.queue.put_nowait(json.dumps(message))
