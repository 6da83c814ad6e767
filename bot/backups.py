"""Copies of the store, made while it is in use, and the way back. Private fields stay encrypted in them."""

import os
import sqlite3
from datetime import datetime
from pathlib import Path

from bot.platform import migrations
from bot.platform.clock import Clock
from bot.platform.crypto import Vault
from bot.platform.database import Database, connect
from bot.platform.errors import ConfigurationError
from bot.running import only_one
from bot.settings import Settings


async def back_up(settings: Settings, target: Path | None = None, clock: Clock | None = None) -> Path:
    """Write a consistent, verified copy, readable by its owner alone; returns where it is.

    Without `target` it goes into the backup folder under the date and time. Raises ConfigurationError when there is
    nothing to copy or the place can't be written.
    """
    if not settings.database.exists():
        raise ConfigurationError(f"Belum ada penyimpanan di {settings.database}.")
    now = (clock or Clock()).today()
    target = target or settings.backup_dir / f"{settings.database.stem}-{_stamp(now)}.db"
    if target.exists():
        raise ConfigurationError(f"{target} sudah ada. Pilih nama lain supaya cadangan lama tidak tertimpa.")
    await _copy(settings.database, target)
    await _verify(target)
    return target


async def restore(settings: Settings, source: Path, clock: Clock | None = None) -> Path | None:
    """Put a verified copy in the store's place; what was there is kept beside it and its path returned.

    Raises ConfigurationError, with the store untouched, when the copy is damaged, when no present key opens it, or when
    the bot is running.
    """
    if not source.exists():
        raise ConfigurationError(f"Cadangan {source} tidak ada.")
    await _verify(source)
    fresh = settings.database.with_name(f"{settings.database.name}.pemulihan")
    fresh.unlink(missing_ok=True)
    with only_one(settings):
        # The copy is complete before anything is moved: `source` may be the very file that the store is moved onto.
        await _copy(source, fresh)
        try:
            await _check_keys(settings, fresh, clock or Clock())
        except ConfigurationError:
            _remove(fresh)
            raise
        kept: Path | None = None
        if settings.database.exists():
            kept = _unused(
                settings.database.with_name(f"{settings.database.stem}-sebelum-{_stamp((clock or Clock()).today())}")
            )
            await _fold_in(settings.database)
            settings.database.replace(kept)
        _remove(settings.database)
        fresh.replace(settings.database)
    return kept


def _stamp(now: datetime) -> str:
    return f"{now:%Y-%m-%d-%H%M%S}"


def _unused(path: Path) -> Path:
    candidate, number = path.with_name(path.name + ".db"), 1
    while candidate.exists():
        number += 1
        candidate = path.with_name(f"{path.name}-{number}.db")
    return candidate


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


async def _copy(source: Path, target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # Made before it is filled, so that it is never readable by others.
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        connection = await connect(source, read_only=True)
        try:
            await migrations.copy(connection, target)
        finally:
            await connection.close()
    except OSError as error:
        raise ConfigurationError(f"{target} tidak bisa ditulis: {error.strerror}. Pilih tempat lain.") from None


async def _fold_in(path: Path) -> None:
    """Bring what is still in the write-ahead log into the file."""
    connection = await connect(path)
    try:
        await connection.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        await connection.close()


async def _check_keys(settings: Settings, path: Path, clock: Clock) -> None:
    await migrations.prepare(path, clock)
    async with await Database.open(path, readers=1) as database, database.unit() as tx:
        await Vault.open([key.get_secret_value() for key in settings.encryption_keys], tx)
    await _fold_in(path)


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
