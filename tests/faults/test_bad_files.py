"""Large and hostile sheets: the event loop goes on answering everybody else meanwhile."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar

import pytest

from bot.creators.import_report import ImportReport
from bot.creators.models import Platform
from bot.platform import audit
from bot.platform.audit import Actor
from bot.platform.files import FileRefused
from bot.services import Services
from tests.documents.workbooks import saved, sheet_xml, with_members, workbook

T = TypeVar("T")

SARI = Actor(1)
ROWS = 20_000
MOST_SECONDS = 0.5
# A machine that is busy with something else may take the processor away for longer than the bound.
_TRIES = 3


@dataclass
class Gap:
    """The longest that the event loop was away."""

    seconds: float = 0.0


@asynccontextmanager
async def ticking() -> AsyncIterator[Gap]:
    """A task that wants to be woken every 5 ms."""
    gap = Gap()

    async def tick() -> None:
        last = time.perf_counter()
        while True:
            await asyncio.sleep(0.005)
            now = time.perf_counter()
            gap.seconds = max(gap.seconds, now - last)
            last = now

    ticker = asyncio.create_task(tick())
    await asyncio.sleep(0)
    try:
        yield gap
    finally:
        ticker.cancel()


def large_sheet() -> bytes:
    """As many creators as a file may hold, each with everything filled in."""
    rows = (
        [
            number,
            f"kreator{number:05}",
            "18-24",
            "Female",
            "Beauty",
            "Makeup",
            "B (Good Creator)",
            "Yes",
            10_000 + number,
            5_000 + number % 900,
            400 + number % 90,
            20 + number % 9,
            number % 50,
            "4.13%",
            f"08{1_200_000_000 + number}",
        ]
        for number in range(ROWS)
    )
    return saved(workbook(*rows))


@pytest.mark.slow
async def test_others_are_answered_while_twenty_thousand_rows_are_read_and_saved(
    services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    data = large_sheet()

    async def watched(what: str, work: Callable[[], Awaitable[T]]) -> T:
        for left in reversed(range(_TRIES)):
            started = time.perf_counter()
            async with ticking() as gap:
                result = await work()
            took = time.perf_counter() - started
            with capsys.disabled():
                print(f"\n{what}: {took:.1f} s, event loop away for {gap.seconds * 1_000:.0f} ms at most", end="")
            if gap.seconds < MOST_SECONDS or not left:
                break
        assert gap.seconds < MOST_SECONDS
        return result

    async def save() -> ImportReport:
        # A new preview for each try: one that is saved can't be saved again.
        report = await services.imports.preview(data, "besar.xlsx", None, SARI)
        return report if report.id is None else await services.imports.apply(report.id, SARI)

    await watched("20.000 baris dibaca dan disimpan", save)
    assert await services.creators.count(Platform.TIKTOK) == ROWS
    again = await watched("20.000 baris dibandingkan", lambda: services.imports.look(data, "besar.xlsx"))
    assert again.counts.unchanged == ROWS


async def test_a_zip_bomb_and_a_sheet_of_two_hundred_thousand_rows_are_refused_in_a_moment(services: Services) -> None:
    bomb = with_members(saved(workbook()), {"xl/worksheets/sheet1.xml": b" " * 64 * 1024 * 1024})
    body = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 200_001))
    endless = with_members(saved(workbook()), {"xl/worksheets/sheet1.xml": sheet_xml(body)})

    for data in (bomb, endless):
        started = time.perf_counter()
        async with ticking() as gap:
            with pytest.raises(FileRefused):
                await services.imports.preview(data, "kol.xlsx", None, SARI)
        assert time.perf_counter() - started < 3
        assert gap.seconds < MOST_SECONDS


async def test_a_save_that_is_broken_off_anywhere_is_done_whole_or_not_at_all(services: Services) -> None:
    rows = [[number, f"kreator{number}", *[None] * 6, 1_000] for number in range(2_000)]
    preview = await services.imports.preview(saved(workbook(*rows)), "kol.xlsx", None, SARI)
    assert preview.id is not None

    count = 0
    for wait in (0.0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 60.0):
        saving = asyncio.create_task(services.imports.apply(preview.id, SARI))
        await asyncio.wait([saving], timeout=wait)
        saving.cancel()
        await asyncio.gather(saving, return_exceptions=True)
        count = await services.creators.count(Platform.TIKTOK)
        entries = await audit.entries(services.database.read, subject_kind="creator_import", subject_id=preview.id)
        assert (count, len(entries)) in {(0, 0), (2_000, 1)}

    assert count == 2_000
