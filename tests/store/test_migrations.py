"""Schema changes: applied once, in order, with a copy taken first, and never on a store they don't fit."""

import sqlite3
from pathlib import Path

import pytest

from bot.platform import migrations
from bot.platform.clock import Clock
from bot.platform.errors import ConfigurationError


def _folder(tmp_path: Path, *scripts: str) -> Path:
    folder = tmp_path / "migrations"
    folder.mkdir(exist_ok=True)
    for number, script in enumerate(scripts, start=1):
        (folder / f"{number:04}_step.sql").write_text(script)
    return folder


async def test_a_new_store_gets_every_migration_and_a_second_start_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "store.db"

    first = await migrations.prepare(path, Clock())
    again = await migrations.prepare(path, Clock())

    assert first == again == len(migrations.load())


async def test_a_copy_is_taken_before_an_existing_store_is_changed(tmp_path: Path) -> None:
    path, backups = tmp_path / "store.db", tmp_path / "backups"
    await migrations.prepare(path, Clock(), backup_dir=backups, folder=_folder(tmp_path, "CREATE TABLE a (x);"))
    assert not backups.exists()

    folder = _folder(tmp_path, "CREATE TABLE a (x);", "CREATE TABLE b (x);")
    await migrations.prepare(path, Clock(), backup_dir=backups, folder=folder)

    [copy] = list(backups.iterdir())
    with sqlite3.connect(copy) as connection:
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert "a" in names and "b" not in names


async def test_a_migration_that_fails_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    folder = _folder(tmp_path, "CREATE TABLE a (x);", "CREATE TABLE b (x); SELECT * FROM missing;")

    with pytest.raises(sqlite3.OperationalError):
        await migrations.prepare(path, Clock(), folder=folder)

    with sqlite3.connect(path) as connection:
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert [row[0] for row in connection.execute("SELECT version FROM schema_migration")] == [1]
    assert "b" not in names


async def test_a_store_from_a_newer_program_is_refused_with_a_way_out(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    await migrations.prepare(path, Clock(), folder=_folder(tmp_path, "CREATE TABLE a (x);", "CREATE TABLE b (x);"))
    (tmp_path / "migrations" / "0002_step.sql").unlink()

    with pytest.raises(ConfigurationError, match="lebih baru"):
        await migrations.prepare(path, Clock(), folder=tmp_path / "migrations")


async def test_a_migration_edited_after_it_was_applied_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    await migrations.prepare(path, Clock(), folder=_folder(tmp_path, "CREATE TABLE a (x);"))

    with pytest.raises(ConfigurationError, match="berubah"):
        await migrations.prepare(path, Clock(), folder=_folder(tmp_path, "CREATE TABLE a (x, y);"))


async def test_a_file_that_is_no_store_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(b"this is not a database at all, not even close" * 100)

    with pytest.raises(ConfigurationError, match="tidak bisa dibuka"):
        await migrations.prepare(path, Clock())


def test_triggers_stay_whole_when_a_script_is_split() -> None:
    script = "CREATE TABLE a (x);\nCREATE TRIGGER t BEFORE DELETE ON a\nBEGIN\n  SELECT 1;\n  SELECT 2;\nEND;\n-- end\n"

    assert len(list(migrations.statements(script))) == 2
