"""Fixtures shared by all tests: settings on a fresh SQLite file, services, and the real bot on a simulated Discord."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import hypothesis
import pytest
from cryptography.fernet import Fernet

from bot.platform import migrations
from bot.platform.clock import Clock
from bot.services import Services, open_services
from bot.settings import Settings

# No time limit an example: it would judge the machine, not the rule.
hypothesis.settings.register_profile("rules", deadline=None)
hypothesis.settings.load_profile("rules")


def make_settings(folder: Path, **overrides: object) -> Settings:
    """Settings that read no environment and no .env file."""
    values: dict[str, object] = {
        "_env_file": None,
        "guild_id": 1_000_000_000_000_000_000,
        "encryption_keys": [Fernet.generate_key().decode()],
        "database": folder / "store.db",
        "backup_dir": folder / "backups",
        "http_port": 0,
        "readers": 2,
        # Virtual time: nothing but due rows may wake the scheduler.
        "max_sleep_seconds": 40 * 86_400,
    }
    return Settings(**(values | overrides))


@pytest.fixture(scope="session")
def migrated_store(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A SQLite file after all migrations, nothing in it yet. Made once: copying it is faster than migrating."""
    path = tmp_path_factory.mktemp("migrated") / "store.db"
    asyncio.run(migrations.prepare(path, Clock()))
    return path.read_bytes()


@pytest.fixture
def settings(tmp_path: Path, migrated_store: bytes) -> Settings:
    """Fresh settings with a store of their own."""
    made = make_settings(tmp_path)
    made.database.write_bytes(migrated_store)
    return made


@pytest.fixture
async def services(settings: Settings) -> AsyncIterator[Services]:
    """The services on a real, migrated SQLite file."""
    opened = await open_services(settings)
    try:
        yield opened
    finally:
        await opened.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that start processes or measure time stay in one worker: two of them at once would starve each other."""
    for item in items:
        if {"faults", "loopback"} & set(item.path.parts):
            item.add_marker(pytest.mark.xdist_group("processes"))
