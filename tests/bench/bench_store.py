"""Durable units of work a second through the real store, beside a bare executemany and one commit a unit."""

import asyncio
import sqlite3
import tempfile
import time
from pathlib import Path

from bot.platform import migrations
from bot.platform.clock import Clock
from bot.platform.database import Database

UNITS = 20_000
AT_ONCE = 500
_INSERT = "INSERT INTO app_state (key, value) VALUES (:key, :value)"


async def main() -> list[str]:
    """The figures as printable lines."""
    with tempfile.TemporaryDirectory() as folder:
        together = await _together(Path(folder) / "a.db")
        bare = await _bare(Path(folder) / "b.db")
        alone = await _alone(Path(folder) / "c.db")
    return [
        f"shared commits     {together:>9,.0f} units/s  ({AT_ONCE} callers at once)",
        f"bare executemany   {bare:>9,.0f} rows/s   ratio {together / bare:.3f}",
        f"one commit a unit  {alone:>9,.0f} units/s  ratio {together / alone:.2f}",
    ]


async def _together(path: Path) -> float:
    await migrations.prepare(path, Clock())
    async with await Database.open(path) as database:

        async def caller(number: int) -> None:
            for turn in range(UNITS // AT_ONCE):
                async with database.unit() as tx:
                    await tx.execute(_INSERT, {"key": f"{number}:{turn}", "value": "x"})

        started = time.perf_counter()
        await asyncio.gather(*(caller(number) for number in range(AT_ONCE)))
        return UNITS / (time.perf_counter() - started)


async def _bare(path: Path) -> float:
    await migrations.prepare(path, Clock())
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous = FULL")
    started = time.perf_counter()
    connection.executemany(_INSERT, [{"key": str(number), "value": "x"} for number in range(UNITS)])
    connection.commit()
    elapsed = time.perf_counter() - started
    connection.close()
    return UNITS / elapsed


async def _alone(path: Path) -> float:
    await migrations.prepare(path, Clock())
    async with await Database.open(path) as database:
        count = UNITS // 20
        started = time.perf_counter()
        for number in range(count):
            async with database.unit() as tx:
                await tx.execute(_INSERT, {"key": str(number), "value": "x"})
        return count / (time.perf_counter() - started)
