"""Numbered SQL files, applied in order, each in its own transaction, remembered with a checksum."""

import hashlib
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import aiosqlite
import structlog

from bot.platform.clock import Clock
from bot.platform.database import connect
from bot.platform.errors import ConfigurationError

FOLDER = Path(__file__).resolve().parent.parent.parent / "data" / "migrations"

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Migration:
    """One file: its number, name, text, and the checksum that tells whether it was edited after being applied."""

    version: int
    name: str
    sql: str

    @property
    def checksum(self) -> str:
        """SHA-256 of the text, line endings made equal."""
        return hashlib.sha256(self.sql.replace("\r\n", "\n").encode()).hexdigest()


def load(folder: Path = FOLDER) -> list[Migration]:
    """All migrations in order. Raises ConfigurationError when numbers are missing or doubled."""
    found = [
        Migration(int(path.name[:4]), path.stem[5:], path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    ]
    if [item.version for item in found] != list(range(1, len(found) + 1)):
        raise ConfigurationError(f"Nomor migrasi di {folder.name} tidak berurutan dari 0001.")
    return found


def statements(script: str) -> Iterator[str]:
    """Split a script at the semicolons that end statements (a trigger's body stays whole)."""
    pending = ""
    for piece in re.findall(r"[^;]*;|[^;]+$", script):
        pending += piece
        if sqlite3.complete_statement(pending):
            yield pending.strip()
            pending = ""
    if pending.strip() and not all(line.lstrip().startswith("--") or not line.strip() for line in pending.splitlines()):
        raise ConfigurationError("Sebuah file migrasi berakhir di tengah perintah SQL.")


async def prepare(path: Path, clock: Clock, *, backup_dir: Path | None = None, folder: Path = FOLDER) -> int:
    """Bring the file at `path` to the newest schema, making it if need be, and return that version.

    A copy is put into `backup_dir` before an existing store is changed. Raises ConfigurationError when the store is
    newer than the program, when a file was edited after being applied, or when the store is damaged.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(
            f"Folder {path.parent} tidak bisa dibuat: {error.strerror}. Ganti TSC_DATABASE."
        ) from None
    known = load(folder)
    try:
        connection = await connect(path)
    except sqlite3.DatabaseError as error:
        raise ConfigurationError(f"Penyimpanan {path.name} tidak bisa dibuka: {error}.") from None
    try:
        applied = await _applied(connection)
        _check(applied, known, path)
        pending = [item for item in known if item.version not in applied]
        if pending and applied and backup_dir is not None:
            await _back_up(connection, path, backup_dir, max(applied), clock)
        for item in pending:
            await _apply(connection, item, clock)
        return len(known)
    finally:
        await connection.close()


async def _applied(connection: aiosqlite.Connection) -> dict[int, str]:
    await connection.execute_fetchall(
        "CREATE TABLE IF NOT EXISTS schema_migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL,"
        " checksum TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT"
    )
    rows = await connection.execute_fetchall("SELECT version, checksum FROM schema_migration")
    return {int(row["version"]): str(row["checksum"]) for row in rows}


def _check(applied: dict[int, str], known: list[Migration], path: Path) -> None:
    if applied and max(applied) > len(known):
        raise ConfigurationError(
            f"{path.name} dibuat oleh versi bot yang lebih baru (skema {max(applied)}, program ini {len(known)}). "
            "Pasang versi bot terbaru, atau pulihkan cadangan yang dibuat sebelum pembaruan."
        )
    for item in known:
        if applied.get(item.version, item.checksum) != item.checksum:
            raise ConfigurationError(
                f"Migrasi {item.version:04} ({item.name}) berubah setelah dipakai. Kembalikan isi file aslinya."
            )


async def _apply(connection: aiosqlite.Connection, item: Migration, clock: Clock) -> None:
    await connection.execute_fetchall("BEGIN IMMEDIATE")
    try:
        for statement in statements(item.sql):
            await connection.execute_fetchall(statement)
        await connection.execute_fetchall(
            "INSERT INTO schema_migration (version, name, checksum, applied_at)"
            " VALUES (:version, :name, :checksum, :applied_at)",
            {"version": item.version, "name": item.name, "checksum": item.checksum, "applied_at": clock.timestamp()},
        )
        await connection.execute_fetchall("COMMIT")
    except BaseException:
        await connection.execute_fetchall("ROLLBACK")
        raise
    _log.info("migration_applied", version=item.version, name=item.name)


async def _back_up(connection: aiosqlite.Connection, path: Path, backup_dir: Path, version: int, clock: Clock) -> None:
    backup_dir.mkdir(parents=True, exist_ok=True)
    target = backup_dir / f"{path.stem}-schema{version:04}-{clock.now():%Y%m%dT%H%M%SZ}.db"
    await copy(connection, target)
    _log.info("backup_taken", file=target.name)


async def copy(connection: aiosqlite.Connection, target: Path) -> None:
    """A consistent copy of the open store, made while it is in use."""
    copy_connection = await aiosqlite.connect(target)
    try:
        await connection.backup(copy_connection)
    finally:
        await copy_connection.close()
