"""How late the event loop is while something runs."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

TICK_SECONDS = 0.002


@asynccontextmanager
async def watched() -> AsyncIterator[list[float]]:
    """Gives a list that fills with how late (seconds) each tick of the loop came, until the block ends."""
    gaps: list[float] = []

    async def watch() -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(TICK_SECONDS)
            gaps.append(time.perf_counter() - before - TICK_SECONDS)

    watcher = asyncio.create_task(watch())
    try:
        yield gaps
    finally:
        watcher.cancel()
