"""Shared commits: what is confirmed is durable, and one unit's failure is its own."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from bot.platform import state
from bot.services import Services


async def _value(services: Services, key: str) -> str | None:
    return await state.recall(services.database.read, key)


async def test_a_unit_is_in_the_store_once_its_block_is_left(services: Services) -> None:
    async with services.database.unit() as tx:
        await state.remember(tx, "a", "1")

    assert await _value(services, "a") == "1"


async def test_a_unit_that_fails_leaves_nothing_and_takes_no_neighbour_with_it(services: Services) -> None:
    async def good(number: int) -> None:
        async with services.database.unit() as tx:
            await state.remember(tx, f"good{number}", "kept")

    async def bad() -> None:
        async with services.database.unit() as tx:
            await state.remember(tx, "bad", "lost")
            raise ValueError("changed my mind")

    results = await asyncio.gather(good(1), bad(), good(2), return_exceptions=True)

    assert isinstance(results[1], ValueError)
    assert [await _value(services, key) for key in ("good1", "bad", "good2")] == ["kept", None, "kept"]


async def test_units_that_wait_together_share_a_commit(services: Services) -> None:
    from bot.platform.metrics import REGISTRY

    before = REGISTRY.get_sample_value("tscreator_store_commits_total") or 0

    async def one(number: int) -> None:
        async with services.database.unit() as tx:
            await state.remember(tx, f"key{number}", "x")

    await asyncio.gather(*(one(number) for number in range(100)))

    commits = (REGISTRY.get_sample_value("tscreator_store_commits_total") or 0) - before
    assert commits < 50
    row = await services.database.read.fetch_one("SELECT count(*) AS n FROM app_state WHERE key LIKE 'key%'")
    assert row is not None and row["n"] == 100


async def test_a_unit_whose_caller_is_cancelled_is_undone_and_the_writer_goes_on(services: Services) -> None:
    entered = asyncio.Event()

    async def hang() -> None:
        async with services.database.unit() as tx:
            await state.remember(tx, "hung", "x")
            entered.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(hang())
    await entered.wait()
    waiting = asyncio.create_task(services.server.remember("next", "y"))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await waiting

    assert await _value(services, "hung") is None
    assert await _value(services, "next") == "y"


async def test_someone_cancelled_while_waiting_for_the_writer_is_skipped(services: Services) -> None:
    async with services.database.unit() as tx:
        waiting = asyncio.create_task(_separately(services))
        await asyncio.sleep(0)
        waiting.cancel()
        await state.remember(tx, "first", "x")
    await asyncio.gather(waiting, return_exceptions=True)

    assert await _value(services, "first") == "x"
    assert await _value(services, "never") is None


async def _separately(services: Services) -> None:
    async with services.database.unit() as tx:
        await state.remember(tx, "never", "x")


async def test_a_second_unit_inside_the_first_is_refused_instead_of_waiting_for_ever(services: Services) -> None:
    async with services.database.unit():
        with pytest.raises(RuntimeError, match="already"):
            async with services.database.unit():
                pass


async def test_a_store_locked_for_too_long_is_an_error_and_the_next_try_works(services: Services) -> None:
    writer = services.database._writer
    await writer.execute_fetchall("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(services.database.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(sqlite3.OperationalError, match="locked"):
        await services.server.remember("during", "x")
    other.execute("ROLLBACK")
    other.close()
    await services.server.remember("after", "x")

    assert await _value(services, "during") is None
    assert await _value(services, "after") == "x"


async def test_after_commit_runs_for_kept_units_only(services: Services) -> None:
    called: list[str] = []
    async with services.database.unit() as tx:
        tx.after_commit(lambda: called.append("kept"))
    with pytest.raises(ValueError):
        async with services.database.unit() as tx:
            tx.after_commit(lambda: called.append("undone"))
            raise ValueError

    assert called == ["kept"]


async def test_readers_can_not_write(services: Services) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await services.database.read.fetch_all("DELETE FROM app_state")


async def test_the_audit_can_not_be_rewritten(services: Services) -> None:
    from bot.platform import audit

    async with services.database.unit() as tx:
        await audit.record(tx, audit.SYSTEM, "test.done", ("test", 1), at=1)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        async with services.database.unit() as tx:
            await tx.execute("UPDATE audit_entry SET action = 'forged'")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        async with services.database.unit() as tx:
            await tx.execute("DELETE FROM audit_entry")


def test_every_query_of_a_hot_path_uses_an_index(tmp_path: Path) -> None:
    from bot.platform import migrations

    connection = sqlite3.connect(tmp_path / "plan.db")
    for migration in migrations.load():
        connection.executescript(migration.sql)
    hot = [
        "SELECT min(due_at) FROM due_item WHERE state = 'waiting'",
        "SELECT id FROM due_item WHERE state = 'waiting' AND due_at <= 1 ORDER BY due_at, id LIMIT 100",
        "SELECT min(id) FROM outbox_message WHERE state IN ('pending', 'sending') GROUP BY lane",
        "SELECT id FROM creator WHERE platform = 'tiktok' AND username = 'x'",
        "SELECT id FROM creator WHERE member_id = 1",
        "SELECT id FROM application WHERE campaign_id = 1 AND member_id = 1",
    ]
    for query in hot:
        plan = " ".join(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {query}"))
        assert "USING" in plan and "INDEX" in plan, (query, plan)
    connection.close()
