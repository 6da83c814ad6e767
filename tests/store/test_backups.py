"""Backup and the way back: nothing is overwritten, nothing is restored that can't be read."""

import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.backups import back_up, restore
from bot.platform.errors import ConfigurationError
from bot.services import Services, open_services, rotate_keys
from bot.settings import Settings
from tests.conftest import make_settings


async def _write(settings: Settings, value: str) -> None:
    services = await open_services(settings)
    try:
        await services.server.remember("fact", value)
    finally:
        await services.close()


async def _read(settings: Settings) -> str | None:
    services = await open_services(settings)
    try:
        return await services.server.recall("fact")
    finally:
        await services.close()


@pytest.fixture
async def running(settings: Settings) -> AsyncIterator[Services]:
    services = await open_services(settings)
    yield services
    await services.close()


async def test_a_copy_is_taken_while_the_bot_writes_and_only_its_owner_may_read_it(
    settings: Settings, running: Services
) -> None:
    await running.server.remember("fact", "kept")

    copy = await back_up(settings)

    assert copy.parent == settings.backup_dir
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    await running.close()
    settings.database.unlink()
    await restore(settings, copy)
    assert await _read(settings) == "kept"


async def test_a_restore_can_be_undone_with_the_file_it_names_again_and_again(settings: Settings) -> None:
    await _write(settings, "first")
    copy = await back_up(settings)
    await _write(settings, "second")

    kept = await restore(settings, copy)
    assert kept is not None and await _read(settings) == "first"
    again = await restore(settings, kept)
    assert await _read(settings) == "second"

    assert again is not None and again != kept and again.exists() and kept.exists()
    await restore(settings, again)
    assert await _read(settings) == "first"


async def test_a_copy_whose_key_is_gone_is_refused_and_the_store_stays(tmp_path: Path, settings: Settings) -> None:
    await _write(settings, "old key")
    copy = await back_up(settings)
    old = settings.encryption_keys[0].get_secret_value()
    fresh = make_settings(tmp_path)
    both = make_settings(tmp_path, encryption_keys=[fresh.encryption_keys[0].get_secret_value(), old])
    await rotate_keys(both)
    await _write(both, "new key")

    with pytest.raises(ConfigurationError, match="tidak cocok"):
        await restore(make_settings(tmp_path, encryption_keys=[both.encryption_keys[0].get_secret_value()]), copy)

    assert await _read(both) == "new key"
    assert [path.name for path in tmp_path.glob("*pemulihan*")] == []


async def test_a_damaged_or_foreign_file_is_refused(settings: Settings, tmp_path: Path) -> None:
    await _write(settings, "safe")
    foreign = tmp_path / "foreign.db"
    foreign.write_bytes(b"not a store" * 1000)

    with pytest.raises(ConfigurationError, match="utuh"):
        await restore(settings, foreign)

    assert await _read(settings) == "safe"


async def test_a_place_that_can_not_be_written_is_said_in_a_sentence(settings: Settings, tmp_path: Path) -> None:
    await _write(settings, "x")
    blocked = tmp_path / "file"
    blocked.write_text("")

    with pytest.raises(ConfigurationError, match="tidak bisa ditulis"):
        await back_up(settings, blocked / "copy.db")


async def test_nothing_is_restored_over_a_running_bot(settings: Settings) -> None:
    from bot.running import only_one

    await _write(settings, "x")
    copy = await back_up(settings)
    with only_one(settings), pytest.raises(ConfigurationError, match="Bot lain"):
        await restore(settings, copy)
