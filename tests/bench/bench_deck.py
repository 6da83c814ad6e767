"""What a deck of fifty creators costs: CPU seconds, beside python-pptx adding as many blank pages in the same run.

The bar is 3 s of CPU. The loop is watched meanwhile, since the deck is made in a thread of the bot.
"""

from __future__ import annotations

import asyncio
import io
import time
from collections.abc import Callable

from pptx import Presentation

from bot.decks import brand
from bot.decks.models import Rates
from bot.decks.sheet import write_sheet
from bot.decks.writing import write_deck
from bot.platform.collecting import without_full_collections
from tests.bench.loop_watch import watched
from tests.documents.deck_samples import deck

CREATORS = 50
BAR = 3.0


async def main(creators: int = CREATORS) -> list[str]:
    """The figures as lines to print."""
    facts = deck(creators)
    sizes: list[int] = []

    def whole() -> None:
        paper = write_deck(facts, brand.load())
        sizes[:] = [len(paper.pages), len(paper.save())]

    write_deck(deck(2, Rates.SHOWN), brand.load())
    _, idle = await _watched(lambda: time.sleep(1))
    slides, held_up = await _watched(whole)
    blank = _cpu(lambda: _blank(sizes[0]))
    sheet = _cpu(lambda: write_sheet(facts))
    reached = "reached" if slides < BAR else "MISSED"
    return [
        f"{f'{creators} creators, {sizes[0]} pages, {sizes[1] / 1024:.0f} kB':46} {slides:6.2f} s CPU"
        f"   (bar {BAR:.0f} s: {reached}), loop held up {held_up * 1e3:.0f} ms at most ({idle * 1e3:.0f} idle)",
        f"{f'{sizes[0]} blank pages by python-pptx (reference)':46} {blank:6.2f} s CPU   {slides / blank:.1f} x",
        f"{'the workbook':46} {sheet:6.2f} s CPU",
    ]


def _blank(pages: int) -> None:
    slides = Presentation()
    for _ in range(pages):
        slides.slides.add_slide(slides.slide_layouts[6])
    slides.save(io.BytesIO())


def _cpu(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


async def _watched(work: Callable[[], object]) -> tuple[float, float]:
    """CPU seconds of `work` in a thread, and how late the loop was at worst meanwhile."""
    async with watched() as gaps:
        with without_full_collections():
            taken = await asyncio.to_thread(_thread_cpu, work)
    return taken, max(gaps)


def _thread_cpu(work: Callable[[], object]) -> float:
    started = time.thread_time()
    work()
    return time.thread_time() - started


if __name__ == "__main__":
    print("\n".join(asyncio.run(main())))
