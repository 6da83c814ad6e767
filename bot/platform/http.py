"""The bot's own HTTP server: /health for whoever watches over it, /metrics for Prometheus, and the areas' pages.

It listens on a private address; a proxy passes on what people may reach, never /health and /metrics.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable

import structlog
from aiohttp import web
from prometheus_client import generate_latest

from bot.platform.metrics import REGISTRY

HealthCheck = Callable[[], Awaitable[dict[str, bool]]]

# Seconds a request body may take to arrive.
READ_WITHIN_SECONDS = 20

_log = structlog.get_logger(__name__)


class HttpServer:
    """Started by `run`, stopped on every path. `check` names each part and whether it is well."""

    def __init__(self, host: str, port: int, check: HealthCheck) -> None:
        self._host = host
        self._port = port
        self._check = check
        self._routes: list[web.AbstractRouteDef] = []
        self._runner: web.AppRunner | None = None

    def add_routes(self, routes: Iterable[web.AbstractRouteDef]) -> None:
        """Serve an area's pages too. Call it before `start`."""
        self._routes += routes

    def application(self) -> web.Application:
        """The routes."""
        application = web.Application()
        application.router.add_get("/health", self._health)
        application.router.add_get("/metrics", self._metrics)
        application.add_routes(self._routes)
        return application

    async def start(self) -> None:
        """Listen. Raises OSError when the port is taken."""
        # No access log: addresses hold one-time tokens. Nothing here takes compressed bodies.
        self._runner = web.AppRunner(self.application(), access_log=None, auto_decompress=False)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()
        _log.info("http_listening", host=self._host, port=self._port)

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _health(self, _: web.Request) -> web.Response:
        parts = await self._check()
        well = all(parts.values())
        return web.json_response({"status": "ok" if well else "unwell", **parts}, status=200 if well else 503)

    async def _metrics(self, _: web.Request) -> web.Response:
        return web.Response(body=generate_latest(REGISTRY), content_type="text/plain", charset="utf-8")


class BodyRefused(Exception):
    """A request body that is not read to its end: too large (413), compressed (415), or too slow (408)."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


async def read_body(request: web.Request, limit: int) -> bytes:
    """The body, at most `limit` bytes of it. Raises BodyRefused before more than that is kept in memory."""
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise BodyRefused(415)
    if (request.content_length or 0) > limit:
        raise BodyRefused(413)
    body = bytearray()
    try:
        async with asyncio.timeout(READ_WITHIN_SECONDS):
            async for chunk in request.content.iter_chunked(limit):
                body += chunk
                if len(body) > limit:
                    raise BodyRefused(413)
    except TimeoutError:
        raise BodyRefused(408) from None
    return bytes(body)
