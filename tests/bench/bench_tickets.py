"""Tickets a second through the real service and store, all opened at once, beside bare inserts of the same rows."""

import sqlite3
import tempfile
import time
from pathlib import Path

from bot.platform import migrations
from bot.platform.clock import Clock
from bot.services import open_services
from tests.conftest import make_settings
from tests.support.ticket_rush import open_all, problems, settle

TICKETS = 2_000
# What one ticket writes, as far as other areas have no part in it.
TABLES = ("ticket", "ticket_entry", "kept_thread", "outbox_message", "due_item", "audit_entry")


async def main() -> list[str]:
    """The figures as printable lines; raises AssertionError when a ticket was lost or told of and not stored."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "bare").mkdir()
        settings = make_settings(Path(folder))
        services = await open_services(settings)
        try:
            await settle(services)
            started = time.perf_counter()
            told = await open_all(services, TICKETS)
            lasted = time.perf_counter() - started
            assert len(told) == TICKETS, f"{len(told)} of {TICKETS} tickets"
            assert (wrong := await problems(services, told)) == [], wrong[:5]
        finally:
            await services.close()
        rows, bare = await _bare(settings.database, Path(folder) / "bare" / "store.db")
    return [
        f"tickets opened at once    {TICKETS / lasted:>9,.0f} tickets/s  ({TICKETS:,} creators, {lasted:.1f} s,"
        f" {rows / TICKETS:.1f} rows a ticket)",
        f"the same rows, bare       {TICKETS / bare:>9,.0f} tickets/s  ratio {bare / lasted:.3f}",
        "each has its thread queued first, its header next; none told of and not stored",
    ]


async def _bare(filled: Path, path: Path) -> tuple[int, float]:
    """Copy the rows by executemany in one transaction: how many, and how long the inserts took."""
    await migrations.prepare(path, Clock())
    source, connection = sqlite3.connect(filled), sqlite3.connect(path)
    try:
        connection.execute("PRAGMA synchronous = FULL")
        read = {table: source.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
        for table in TABLES:
            connection.execute(f"DELETE FROM {table}")
        connection.commit()
        started = time.perf_counter()
        connection.execute("PRAGMA defer_foreign_keys = ON")
        for table, rows in read.items():
            if rows:
                marks = ", ".join("?" * len(rows[0]))
                connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        connection.commit()
        return sum(map(len, read.values())), time.perf_counter() - started
    finally:
        source.close()
        connection.close()
