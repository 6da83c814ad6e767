"""`python -m tests.loopback.run_bot`: the real bot, in the loopback Discord whose socket the environment names."""

import asyncio
import os
import signal
from typing import Any

import aiohttp
import discord

from tests.loopback.wire import SOCKET_VARIABLE, TOKEN_VARIABLE


def client_kwargs() -> dict[str, Any]:
    """Options for any discord.py client that send REST, gateway, CDN and webhooks to the socket; needs a running loop.

    `connector` is a public option of discord.py, so nothing of the bot is replaced. `guild_ready_timeout` is the wait
    for further guilds after READY, which a test with one guild need not spend.
    """
    return {
        "connector": aiohttp.UnixConnector(os.environ[SOCKET_VARIABLE], limit=0),
        "guild_ready_timeout": 0.05,
    }


async def run(bot: discord.Client) -> None:
    """Run a client until it ends or SIGTERM asks it to close."""
    loop = asyncio.get_running_loop()
    closing: list[asyncio.Task[None]] = []
    loop.add_signal_handler(signal.SIGTERM, lambda: closing.append(loop.create_task(bot.close())))
    async with bot:
        await bot.start(os.environ[TOKEN_VARIABLE])


async def main() -> None:
    """Build the bot from its settings, as `bot.cli` does, with the loopback's options and, where wanted, its pages."""
    from bot.app import create_bot
    from bot.running import http_server
    from bot.settings import load_settings

    settings = load_settings()
    bot = create_bot(settings, **client_kwargs())
    server = http_server(bot)
    try:
        if settings.http_port:
            await server.start()
        await run(bot)
    finally:
        await server.stop()


if __name__ == "__main__":
    asyncio.run(main())
