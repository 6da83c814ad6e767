"""Start-up with an empty calendar and with 100,000 rows ahead: services opened and the scheduler's first look."""

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from bot.content_calendar import store
from bot.content_calendar.models import Content, EntryState, Focus, Kind, Media
from bot.content_calendar.service import POST
from bot.services import Services, open_services
from bot.settings import Settings
from tests.conftest import make_settings

ROWS = 100_000
STARTS = 9


async def main() -> list[str]:
    """The figures as printable lines."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        empty, full = make_settings(Path(one)), make_settings(Path(other))
        for settings, rows in ((empty, 0), (full, ROWS)):
            services = await open_services(settings)
            await _fill(services, rows)
            await services.close()
        bare: list[float] = []
        loaded: list[float] = []
        # In turns, so that what else the machine does falls on both.
        for _ in range(STARTS):
            bare.append(await _start(empty))
            loaded.append(await _start(full))
    usual, heavy = statistics.median(bare), statistics.median(loaded)
    return [
        f"start-up, no rows       {usual * 1000:7.1f} ms  (median of {STARTS})",
        f"start-up, {ROWS:,} rows {heavy * 1000:7.1f} ms  ratio {heavy / usual:.2f} (bar 1.5)",
    ]


async def _start(settings: Settings) -> float:
    began = time.perf_counter()
    services = await open_services(settings)
    await services.scheduler.start()
    # The first look is over once nothing is due and the alarm is set.
    while services.scheduler._running is not None:
        await asyncio.sleep(0)
    spent = time.perf_counter() - began
    await services.close()
    return spent


async def _fill(services: Services, rows: int) -> None:
    now = services.clock.timestamp()
    for start in range(0, rows, 1_000):
        async with services.database.unit() as tx:
            for number in range(start, min(rows, start + 1_000)):
                content = Content(Focus.ENGAGEMENT, Media.COMMUNITY, Kind.POST, f"Entri {number}", channel_id=1)
                due_at = now + 86_400 + number * 60
                entry_id = await store.insert(tx, store.NewEntry(content, due_at, 7_200, EntryState.SCHEDULED, 1), now)
                assert entry_id is not None
                await services.scheduler.at(tx, POST, entry_id, due_at)


if __name__ == "__main__":
    print("\n".join(asyncio.run(main())))
