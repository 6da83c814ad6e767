"""50,000 members press Ikut once or twice; entries a second beside a bare executemany and one commit a press."""

import asyncio
import random
import secrets
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bot.giveaways import entry_store, messages, verify_draw
from bot.giveaways.models import Entrant, Entry, GiveawaySpec, Legal, LegalKind
from bot.giveaways.rules import CODE_BYTES
from bot.platform import migrations
from bot.platform.audit import SYSTEM
from bot.platform.clock import Clock
from bot.services import Services, open_services
from tests.conftest import make_settings

MEMBERS = 50_000
AT_ONCE = 1_000
MANY = 1_000_000
FIRST_ID = 10**17
_INSERT = (
    "INSERT INTO giveaway_entry (giveaway_id, member_id, name, code, entry_hash, follow_declared, joined_at)"
    " VALUES (?, ?, ?, ?, ?, 0, 0)"
)


async def main() -> list[str]:
    """The figures as printable lines."""
    with tempfile.TemporaryDirectory() as folder:
        rate, presses, pressed, kept, ended = await _together(Path(folder) / "a")
        bare = await _bare(Path(folder) / "b.db")
        alone = await _alone(Path(folder) / "c.db")
        drawn = await _many(Path(folder) / "d")
    return [
        f"through the service {rate:>9,.0f} entries/s  ({presses:,} presses: {pressed:,.0f}/s, {AT_ONCE} at once)",
        f"bare executemany    {bare:>9,.0f} rows/s     ratio {rate / bare:.3f}",
        f"one commit a press  {alone:>9,.0f} entries/s  ratio {rate / alone:.2f}",
        f"entries kept        {kept:>9,} of {MEMBERS:,} members; ended, drawn and announced in {ended:.2f} s",
        *drawn,
    ]


async def _giveaway(services: Services, winners: int = 3) -> int:
    await services.server.settle(SYSTEM, {}, {})
    async with services.database.unit() as tx:
        spec = GiveawaySpec("Besar", "Pulsa", winners, lasts=86_400, legal=Legal(LegalKind.DRAW))
        giveaway_id = await services.giveaways.prepare(tx, SYSTEM, spec)
        await services.giveaways.post_for_calendar(tx, giveaway_id, 1)
    return giveaway_id


async def _together(folder: Path) -> tuple[float, int, float, int, float]:
    folder.mkdir()
    services = await open_services(make_settings(folder))
    try:
        giveaway_id = await _giveaway(services)
        source = random.Random(1)
        presses = [*range(MEMBERS), *source.sample(range(MEMBERS), MEMBERS // 2)]
        source.shuffle(presses)
        waiting = iter(presses)

        async def caller() -> None:
            for member in waiting:
                entrant = Entrant(FIRST_ID + member, f"peserta{member}")
                await services.giveaway_entries.join(entrant, giveaway_id)

        started = time.perf_counter()
        await asyncio.gather(*(caller() for _ in range(AT_ONCE)))
        elapsed = time.perf_counter() - started
        kept = await services.giveaway_entries.count(giveaway_id)
        assert kept == MEMBERS, f"{kept} entries of {MEMBERS} members"
        started = time.perf_counter()
        await services.giveaways.end(SYSTEM, giveaway_id)
        ended = time.perf_counter() - started
        return MEMBERS / elapsed, len(presses), len(presses) / elapsed, kept, ended
    finally:
        await services.close()


def _rows(giveaway_id: int, number: int) -> Iterator[tuple[int, int, str, str, str]]:
    for member in range(number):
        code = secrets.token_hex(CODE_BYTES)
        member_id = FIRST_ID + member
        yield giveaway_id, member_id, f"peserta{member}", code, verify_draw.entry_hash(giveaway_id, member_id, code)


async def _prepared(path: Path) -> sqlite3.Connection:
    await migrations.prepare(path, Clock())
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(
        "INSERT INTO giveaway (id, title, prize, winners, claim_days, state, created_at)"
        " VALUES (1, 'x', 'x', 1, 1, 'draft', 0)"
    )
    return connection


async def _bare(path: Path) -> float:
    connection = await _prepared(path)
    try:
        rows = list(_rows(1, MEMBERS))
        random.Random(2).shuffle(rows)
        started = time.perf_counter()
        connection.execute("BEGIN")
        connection.executemany(_INSERT, rows)
        connection.execute("COMMIT")
        return MEMBERS / (time.perf_counter() - started)
    finally:
        connection.close()


async def _alone(path: Path) -> float:
    connection = await _prepared(path)
    try:
        rows = list(_rows(1, MEMBERS // 20))
        started = time.perf_counter()
        for row in rows:
            connection.execute(_INSERT, row)
        return len(rows) / (time.perf_counter() - started)
    finally:
        connection.close()


async def _many(folder: Path) -> list[str]:
    """A draw over a million entries through the service, and its check from the published file."""
    folder.mkdir()
    services = await open_services(make_settings(folder))
    try:
        giveaway_id = await _giveaway(services, winners=100)
        rows = list(_rows(giveaway_id, MANY))
        for start in range(0, MANY, 50_000):
            async with services.database.unit() as tx:
                await entry_store.add(tx, [Entry(*row, False, 0) for row in rows[start : start + 50_000]])
        started = time.perf_counter()
        ended = await services.giveaways.end(SYSTEM, giveaway_id)
        drawn = time.perf_counter() - started
        assert ended.entry_count == MANY
        draws, parts = services.giveaway_draws, len(messages.list_files(ended))
        # As they are posted: the draw file, and the list in files that Discord takes.
        files = [await draws.document(giveaway_id)]
        files += [await draws.list_part(giveaway_id, part) for part in range(1, parts + 1)]
        started = time.perf_counter()
        won = verify_draw.verify(verify_draw.read_draw(*files), ended.commitment)
        checked = time.perf_counter() - started
        return [
            f"draw over {MANY:,} entries: {drawn:.1f} s in one unit of work; "
            f"{len(files)} files, the largest {max(map(len, files)) / 2**20:.1f} MiB, checked in {checked:.1f} s, "
            f"{len(won)} winners agree"
        ]
    finally:
        await services.close()
