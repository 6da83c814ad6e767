"""Copies of the store, made while it is in use, and the way back. Private fields stay encrypted in them."""

import shutil
import sqlite3
from pathlib import Path

from bot.platform import migrations
from bot.platform.database import connect
from bot.platform.errors import ConfigurationError
from bot.running import only_one
from bot.settings import Settings


async def back_up(settings: Settings, target: Path) -> None:
    """Write a consistent copy to `target` and verify it. Raises ConfigurationError when there is nothing to copy."""
    if not settings.database.exists():
        raise ConfigurationError(f"Belum ada penyimpanan di {settings.database}.")
    if target.exists():
        raise ConfigurationError(f"{target} sudah ada. Pilih nama lain supaya cadangan lama tidak tertimpa.")
    target.parent.mkdir(parents=True, exist_ok=True)
    connection = await connect(settings.database, read_only=True)
    try:
        await migrations.copy(connection, target)
    finally:
        await connection.close()
    await _verify(target)


async def restore(settings: Settings, source: Path) -> Path | None:
    """Put a verified copy in the store's place; what was there is kept beside it and its path returned."""
    if not source.exists():
        raise ConfigurationError(f"Cadangan {source} tidak ada.")
    await _verify(source)
    with only_one(settings):
        kept: Path | None = None
        if settings.database.exists():
            kept = settings.database.with_suffix(".sebelum")
            connection = await connect(settings.database)
            try:
                await connection.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                await connection.close()
            settings.database.replace(kept)
        for leftover in ("-wal", "-shm"):
            settings.database.with_name(settings.database.name + leftover).unlink(missing_ok=True)
        shutil.copyfile(source, settings.database)
    return kept


async def _verify(path: Path) -> None:
    try:
        connection = await connect(path, read_only=True)
        try:
            rows = list(await connection.execute_fetchall("PRAGMA integrity_check"))
            await connection.execute_fetchall("SELECT version FROM schema_migration LIMIT 1")
        finally:
            await connection.close()
    except sqlite3.Error:
        raise ConfigurationError(f"{path} bukan penyimpanan bot yang utuh.") from None
    if [row[0] for row in rows] != ["ok"]:
        raise ConfigurationError(f"{path} rusak; pakai cadangan yang lain.")
