"""The real bot in a process of its own, on a server that has been set up."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.live import Live, live_server


@pytest.fixture
async def live(tmp_path: Path) -> AsyncIterator[Live]:
    """The server; afterwards every request of the bot is checked."""
    async with live_server(tmp_path) as served:
        yield served
