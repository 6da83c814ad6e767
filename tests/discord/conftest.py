"""The simulated server, bare and set up."""

from collections.abc import AsyncIterator

import pytest

from bot.settings import Settings
from tests.support.private_web import ADDRESS
from tests.support.server import Server, open_server


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """As on a finished installation: winners reach the private pages. While they don't, no prize lapses."""
    return settings.model_copy(update={"http_port": 8080, "public_url": ADDRESS})


@pytest.fixture
async def bare_server(settings: Settings) -> AsyncIterator[Server]:
    """The bot has just been invited; nobody ran /pengaturan yet."""
    async with open_server(settings) as server:
        yield server


@pytest.fixture
async def server(bare_server: Server) -> Server:
    """The server as /pengaturan siapkan leaves it."""
    await bare_server.set_up()
    return bare_server
