"""A sheet of 20,000 creators: read and compared, saved, and how long everybody else's write waits meanwhile."""

import asyncio
import tempfile
import time
from pathlib import Path

from bot.creators.import_report import ImportReport
from bot.platform.audit import Actor
from bot.services import Services, open_services
from tests.conftest import make_settings
from tests.documents.workbooks import saved, workbook

ROWS = 20_000
SARI = Actor(1)


async def main() -> list[str]:
    """The figures as printable lines."""
    with tempfile.TemporaryDirectory() as folder:
        services = await open_services(make_settings(Path(folder)))
        try:
            return [
                line for what, step in (("new", 0), ("all changed", 7)) for line in await _import(services, what, step)
            ]
        finally:
            await services.close()


async def _import(services: Services, what: str, step: int) -> list[str]:
    sheet = _sheet(step)
    started = time.perf_counter()
    report = await services.imports.preview(sheet, "besar.xlsx", None, SARI)
    looked = time.perf_counter() - started
    started = time.perf_counter()
    waited = await _longest_wait(services, report)
    saved_in = time.perf_counter() - started
    return [
        f"{what:<12} previewed in {looked:>5.1f} s  {ROWS / looked:>8,.0f} rows/s",
        f"{what:<12} saved in     {saved_in:>5.1f} s  longest wait of another writer {waited * 1_000:,.0f} ms",
    ]


async def _longest_wait(services: Services, report: ImportReport) -> float:
    assert report.id is not None
    saving = asyncio.create_task(services.imports.apply(report.id, SARI))
    longest = 0.0
    while not saving.done():
        started = time.perf_counter()
        await services.server.remember("bench", "x")
        longest = max(longest, time.perf_counter() - started)
        await asyncio.sleep(0.005)
    await saving
    return longest


def _sheet(step: int) -> bytes:
    who = ["18-24", "Female", "Beauty", "Makeup", "B", "Yes"]
    rows = (
        [n, f"kreator{n:05}", *who, 10_000 + n + step, 5_000, 400, 20, 9, "4.13%", f"08{1_200_000_000 + n}"]
        for n in range(ROWS)
    )
    return saved(workbook(*rows))
