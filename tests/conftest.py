"""Fixtures shared by all tests: settings on a fresh SQLite file, services, and the real bot on a simulated Discord."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.services import Services, open_services
from bot.settings import Settings


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


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Fresh settings with a store of their own."""
    return make_settings(tmp_path)


@pytest.fixture
async def services(settings: Settings) -> AsyncIterator[Services]:
    """The services on a real, migrated SQLite file."""
    opened = await open_services(settings)
    try:
        yield opened
    finally:
        await opened.close()
