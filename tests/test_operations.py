"""What whoever runs the bot meets: health and metrics, the doctor, and a start without settings."""

from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer
from typer.testing import CliRunner

from bot import cli, doctor
from bot.platform.errors import ConfigurationError
from bot.platform.http import HttpServer
from bot.running import only_one, run
from bot.services import open_services
from tests.conftest import make_settings


async def test_health_names_each_part_and_is_not_200_when_one_is_unwell() -> None:
    well = {"store": True, "discord": True}

    async def check() -> dict[str, bool]:
        return well

    async with TestClient(TestServer(HttpServer("127.0.0.1", 0, check).application())) as client:
        good = await client.get("/health")
        assert (good.status, (await good.json())["status"]) == (200, "ok")
        well["discord"] = False
        bad = await client.get("/health")
        assert (bad.status, await bad.json()) == (503, {"status": "unwell", "store": True, "discord": False})


async def test_metrics_are_in_prometheus_form() -> None:
    async def check() -> dict[str, bool]:
        return {}

    async with TestClient(TestServer(HttpServer("127.0.0.1", 0, check).application())) as client:
        text = await (await client.get("/metrics")).text()

    assert "tscreator_store_commits_total" in text
    assert "# HELP tscreator_outbox_waiting" in text


def test_starting_without_settings_says_which_are_missing_and_where_to_get_them(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as refusal:
        run(make_settings(tmp_path, guild_id=0, encryption_keys=[]))

    for part in ("TSC_TOKEN", "Developer Portal", "TSC_GUILD_ID", "Copy Server ID", "TSC_ENCRYPTION_KEYS", "keys new"):
        assert part in str(refusal.value)


def test_a_refusal_in_the_shell_is_a_sentence_and_exit_code_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("TSC_TOKEN", "TSC_GUILD_ID", "TSC_ENCRYPTION_KEYS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.argv", ["tscreator", "run"])

    with pytest.raises(SystemExit) as ended:
        cli.main()

    assert ended.value.code == 2
    assert "TSC_TOKEN" in capsys.readouterr().err


async def test_the_doctor_finds_a_healthy_store_and_says_what_is_missing_for_discord(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    await (await open_services(settings)).close()

    findings = {finding.what: finding for finding in await doctor.examine(settings, offline=True)}

    assert "TSC_TOKEN" in findings["Setting untuk Discord"].cure
    assert findings["Kunci enkripsi cocok dengan penyimpanan"].well
    assert any(what.startswith("Berkas penyimpanan (skema") and finding.well for what, finding in findings.items())


async def test_the_doctor_names_the_cure_for_a_damaged_store_and_for_a_lost_key(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    await (await open_services(settings)).close()

    lost = await doctor.examine(make_settings(tmp_path), offline=True)
    settings.database.write_bytes(b"damaged" * 4096)
    damaged = await doctor.examine(settings, offline=True)

    assert any("tidak cocok" in finding.cure for finding in lost)
    assert any("Pulihkan cadangan" in finding.cure for finding in damaged)


def test_two_bots_never_share_a_store(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)

    with only_one(settings), pytest.raises(ConfigurationError, match="Bot lain"), only_one(settings):
        pass


def test_a_new_key_is_printed_and_fits() -> None:
    from cryptography.fernet import Fernet

    result = CliRunner().invoke(cli.app, ["keys", "new"])

    assert result.exit_code == 0
    Fernet(result.output.strip().encode())
