"""IT's own system on a real loopback port, with faults on demand. It keeps each event once by its idempotency key."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Self

from aiohttp import web

SECRET = "rahasia-bersama-bot-dan-sistem-it-0001"
OLD_SECRET = "rahasia-lama-bot-dan-sistem-it-000000"
_ENDLESS_CHUNK = b"x" * 65_536


class Fault(Enum):
    """What goes wrong with one request."""

    ERROR = "500"
    BUSY = "429 with Retry-After"
    SLOW = "no answer"
    DRIP = "an answer that never ends its headers"
    CUT_BEFORE = "cut before it is stored"
    CUT_AFTER = "stored, then cut before the answer"
    ERROR_AFTER = "stored, then 500"
    HUGE = "stored, then an endless body"
    REDIRECT = "307 to elsewhere"
    GONE = "410"
    GARBAGE = "not HTTP"


@dataclass(frozen=True)
class Attempt:
    """One request that arrived."""

    key: str
    body: str
    genuine: bool


class ItSystem:
    """`async with ItSystem() as it:` listens; `down` and `up` close and reopen the same port."""

    def __init__(self, secret: str = SECRET, now: Callable[[], float] = time.time) -> None:
        self.secret = secret
        self.faults: deque[Fault] = deque()
        self.attempts: list[Attempt] = []
        self.events: dict[str, dict[str, Any]] = {}
        """Accepted events by their key, in the order they were accepted."""
        self.refused: set[str] = set()
        self.visits_elsewhere = 0
        self.says_duplicate_with = 200
        self.choose_fault: Callable[[], Fault | None] = lambda: self.faults.popleft() if self.faults else None
        self.now = now
        self._runner: web.AppRunner | None = None
        self._port = 0

    async def __aenter__(self) -> Self:
        await self.up()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.down()

    @property
    def url(self) -> str:
        """Where events go."""
        return f"http://127.0.0.1:{self._port}/tiket"

    async def up(self) -> None:
        """Listen, on the same port as before."""
        application = web.Application(client_max_size=1_000_000)
        application.router.add_post("/tiket", self._receive)
        application.router.add_route("*", "/lain", self._elsewhere)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def down(self) -> None:
        """Refuse connections."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def of_ticket(self, number: int) -> list[dict[str, Any]]:
        """A ticket's accepted events, in the order they were accepted."""
        return [event for event in self.events.values() if event["ticket"]["number"] == number]

    def times(self) -> Counter[str]:
        """How often each event arrived."""
        return Counter(attempt.key for attempt in self.attempts)

    def changed_bodies(self) -> list[str]:
        """Keys whose repetitions differ."""
        bodies: dict[str, set[str]] = {}
        for attempt in self.attempts:
            bodies.setdefault(attempt.key, set()).add(attempt.body)
        return [key for key, seen in bodies.items() if len(seen) > 1]

    async def _receive(self, request: web.Request) -> web.StreamResponse:
        try:
            body = (await request.read()).decode()
        except ConnectionError:
            # The bot was killed while it was sending.
            return web.Response(status=400)
        key = request.headers["Idempotency-Key"]
        genuine = self._is_genuine(request, body)
        self.attempts.append(Attempt(key, body, genuine))
        fault = self.choose_fault()
        if not genuine:
            return web.Response(status=401)
        if fault in (None, Fault.CUT_AFTER, Fault.ERROR_AFTER, Fault.HUGE):
            is_new = key not in self.events
            self.events.setdefault(key, json.loads(body))
            if fault is None:
                return web.Response(status=200 if is_new else self.says_duplicate_with)
        return await self._fail(request, fault, key)

    async def _fail(self, request: web.Request, fault: Fault | None, key: str) -> web.StreamResponse:
        transport = request.transport
        assert transport is not None
        if fault in (Fault.CUT_BEFORE, Fault.CUT_AFTER):
            transport.abort()
        elif fault is Fault.SLOW:
            await asyncio.sleep(30)
        elif fault is Fault.GARBAGE:
            transport.write(b"\x00\x01 apa ini?\r\n\r\n")
            transport.close()
        elif fault is Fault.DRIP:
            transport.write(b"HTTP/1.1 200 OK\r\n")
            while not transport.is_closing():
                transport.write(b"X-Still: here\r\n")
                await asyncio.sleep(0.1)
        elif fault is Fault.HUGE:
            return await self._never_end(request)
        elif fault is Fault.REDIRECT:
            return web.Response(status=307, headers={"Location": "/lain"})
        elif fault is Fault.BUSY:
            return web.Response(status=429, headers={"Retry-After": "120"})
        elif fault is Fault.GONE:
            self.refused.add(key)
            return web.Response(status=410)
        return web.Response(status=500)

    async def _never_end(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            while True:
                await response.write(_ENDLESS_CHUNK)
        except (ConnectionError, asyncio.CancelledError):
            return response

    async def _elsewhere(self, _: web.Request) -> web.Response:
        self.visits_elsewhere += 1
        return web.Response()

    def _is_genuine(self, request: web.Request, body: str) -> bool:
        timestamp = request.headers["X-TSC-Timestamp"]
        wanted = signature(self.secret, timestamp, body.encode())
        signed = wanted in request.headers["X-TSC-Signature"].split(",")
        return signed and abs(self.now() - int(timestamp)) <= 300


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """What IT's side writes and expects, by the README."""
    return "v1=" + hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def signed(
    answer: dict[str, Any] | bytes, *, secret: str = SECRET, at: float | None = None
) -> tuple[bytes, dict[str, str]]:
    """An answer's body and headers, signed now or at an instant."""
    body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    timestamp = str(int(time.time() if at is None else at))
    headers = {"X-TSC-Timestamp": timestamp, "X-TSC-Signature": signature(secret, timestamp, body)}
    return body, {"Content-Type": "application/json", **headers}
