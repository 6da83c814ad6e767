"""The REST side of the loopback Discord: one entrance that records, fails on order, asks for the token and answers."""

import asyncio
import json
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import BodyPartReader, web

from tests.loopback.faults import NO_FAULT, Fault
from tests.loopback.messages import File
from tests.loopback.wire import DiscordError, Json, unknown
from tests.loopback.world import RecordedRequest, World

if TYPE_CHECKING:
    from tests.loopback.server import Loopback

API = "/api/v10"
OPEN_PATHS = ("/interactions/", "/webhooks/", "/gateway")


@dataclass
class Call:
    """One request for a handler: `ids` are the numbers in its path."""

    discord: "Loopback"
    match: dict[str, str]
    request: RecordedRequest

    @property
    def world(self) -> World:
        """The state the request is about."""
        return self.discord.world

    @property
    def body(self) -> Json:
        """The JSON object that was sent (empty when there was none)."""
        return self.request.json or {}

    @property
    def files(self) -> list[File]:
        """Uploaded files in the order of their numbers."""
        return self.request.files

    def id(self, name: str) -> int:
        """A snowflake of the path; `@me` is the bot itself."""
        text = self.match[name]
        if text == "@me":
            return self.world.application_id
        if not text.isdigit():
            raise DiscordError(400, 50035, f"Invalid Form Body: {text!r} is not snowflake")
        return int(text)

    def check_guild(self) -> None:
        """Refuse a path of a guild that is not the one there is."""
        if self.id("guild") != self.world.guild_id:
            raise unknown("Guild", 10004)


Handler = Callable[[Call], Any]
"""Returns the JSON to answer with (status 200), or None for 204."""

ROUTES: list[tuple[str, str, Handler]] = []


def route(method: str, *paths: str) -> Callable[[Handler], Handler]:
    """Register a handler for paths below `/api/v10`."""

    def register(handler: Handler) -> Handler:
        ROUTES.extend((method, path, handler) for path in paths)
        return handler

    return register


async def answer(discord: "Loopback", request: web.Request, handler: Handler | None) -> web.StreamResponse:
    """Serve one request from its arrival to its answer."""
    try:
        recorded = await _record(discord, request, known=handler is not None)
    except ConnectionError:
        return web.Response()
    fault = discord.faults.meet(recorded.method, recorded.path) or NO_FAULT
    try:
        status, body, headers = await _carry_out(Call(discord, dict(request.match_info), recorded), handler, fault)
    except _Dropped:
        if request.transport is not None:
            request.transport.abort()
        return web.Response()
    recorded.status = status
    discord.world.touch()
    if body is None:
        return web.Response(status=status, headers=headers)
    # discord.py reads JSON only where the header says exactly this, without a charset.
    return web.Response(
        status=status, headers=headers, body=json.dumps(body).encode(), content_type="application/json", charset=None
    )


class _Dropped(Exception):
    """The connection is to be closed without an answer."""


async def _carry_out(call: Call, handler: Handler | None, fault: Fault) -> tuple[int, Any, dict[str, str]]:
    if fault.gate is not None and not fault.applied:
        await fault.gate.pass_through()
    if fault.delay:
        await asyncio.sleep(fault.delay)
    fails = fault.status is not None or fault.dropped
    status, body = (204, None) if fails and not fault.applied else _handle(call, handler)
    if fault.gate is not None and fault.applied:
        await fault.gate.pass_through()
    if fault.dropped:
        raise _Dropped
    return (status, body, {}) if fault.status is None else (fault.status, fault.body, fault.headers)


def _handle(call: Call, handler: Handler | None) -> tuple[int, Any]:
    try:
        if handler is None:
            raise DiscordError(404, 0, "404: Not Found")
        if not call.request.path.startswith(OPEN_PATHS) and not call.discord.authorized(call.request):
            raise DiscordError(401, 0, "401: Unauthorized")
        body = handler(call)
    except DiscordError as error:
        return error.status, error.body
    except Exception:
        # discord.py would try again and hide a mistake of the loopback's own.
        call.world.defects.append(f"{call.request.method} {call.request.path}\n{traceback.format_exc()}")
        return 500, {"message": "The loopback failed", "code": 0}
    return (204, None) if body is None else (200, body)


async def _record(discord: "Loopback", request: web.Request, *, known: bool) -> RecordedRequest:
    recorded = RecordedRequest(
        method=request.method,
        path=request.path.removeprefix(API),
        params=dict(request.query),
        json=None,
        reason=request.headers.get("X-Audit-Log-Reason"),
        token=request.headers.get("Authorization"),
    )
    if request.content_type == "application/json":
        text = await request.text()
        recorded.json = json.loads(text) if text else None
    elif request.content_type == "multipart/form-data":
        await _read_form(request, recorded)
    # What breaks off while it is read (the bot was killed) has not reached Discord.
    discord.world.requests.append(recorded)
    if not known:
        discord.world.unknown_requests.append(recorded)
    return recorded


async def _read_form(request: web.Request, recorded: RecordedRequest) -> None:
    numbered: list[tuple[int, File]] = []
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        name = part.name or ""
        if name == "payload_json":
            recorded.json = json.loads(await part.text())
        elif name.startswith("files["):
            data = bytes(await part.read())
            numbered.append((int(name[6:-1]), (part.filename or "file", data)))
    recorded.files = [file for _, file in sorted(numbered, key=lambda pair: pair[0])]
