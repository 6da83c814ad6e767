"""The help desk with its link to IT as a process of its own: tickets are opened and written in until it is killed.

`main` is forked by `python -m tests.loopback.warm tests.loopback.it_bot`; settings come from the environment.
"""

import asyncio
import os
import random
import signal

from bot.it_link.web import ItAnswers
from bot.platform.http import HttpServer
from bot.services import Services, open_services
from bot.settings import load_settings
from tests.support.it_desk import Desk, Time

WORK_VARIABLE = "TSC_TEST_WORK_FILE"
"""While this file is there, people open tickets and write in them."""


async def main() -> None:
    """Serve until SIGTERM."""
    settings = load_settings()
    services = await open_services(settings)
    try:

        async def check() -> dict[str, bool]:
            return {"store": True}

        server = HttpServer(settings.http_host, settings.http_port, check)
        server.add_routes(ItAnswers(lambda: services.it_inbox).routes())
        await server.start()
        services.it_link.start()
        closing = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, closing.set)
        working = asyncio.create_task(_people(services))
        await closing.wait()
        working.cancel()
        await server.stop()
    finally:
        await services.close()


async def _people(services: Services) -> None:
    desk = Desk(services, Time())
    while os.path.exists(os.environ[WORK_VARIABLE]):
        ticket = await desk.open(f"Masalah {random.random()}")
        for _ in range(random.randint(0, 3)):
            await desk.write(ticket, f"kabar {random.random()}")
            await asyncio.sleep(random.uniform(0, 0.02))
        await asyncio.sleep(random.uniform(0, 0.05))
