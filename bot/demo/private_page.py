"""The bot's private pages on loopback, so that links from the simulated Discord open in a real browser."""

from __future__ import annotations

import socket
from collections.abc import Callable

from aiohttp import web

from bot.private_forms.service import PrivateForms
from bot.private_forms.web import PrivatePages


class PrivatePage:
    """Serves the pages of whichever bot is running. The port is taken at once: the bot's settings name it."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._runner: web.AppRunner | None = None

    @property
    def address(self) -> str:
        """Where it listens, as TSC_PUBLIC_URL would say it."""
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    async def start(self, forms: Callable[[], PrivateForms | None]) -> None:
        """Listen; `forms` gives the service of the bot that runs at that moment."""
        application = web.Application()
        application.add_routes(PrivatePages(forms).routes())
        # As `run` serves them: addresses hold one-time tokens, so there is no access log.
        self._runner = web.AppRunner(application, access_log=None, auto_decompress=False)
        await self._runner.setup()
        await web.SockSite(self._runner, self._socket).start()

    async def stop(self) -> None:
        """Stop listening and free the port."""
        if self._runner is not None:
            await self._runner.cleanup()
        self._socket.close()
