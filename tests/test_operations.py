"""What whoever runs the bot meets: health and metrics, the doctor, and a start without settings."""

from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from typer.testing import CliRunner

from bot import cli, doctor
from bot.platform.errors import ConfigurationError
from bot.platform.http import HttpServer
from bot.private_forms.web import PrivatePages
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


@pytest.mark.parametrize(
    ("link", "cure"),
    [
        ({"it_webhook_url": "http://it.contoh.id/tiket", "it_webhook_secrets": ["x" * 32]}, "https"),
        ({"it_webhook_url": "https://it.contoh.id/tiket"}, "TSC_IT_WEBHOOK_SECRETS"),
        ({"it_webhook_url": "https://it.contoh.id/tiket", "it_webhook_secrets": ["terlalu-pendek"]}, "32 huruf"),
    ],
)
async def test_the_doctor_and_the_start_refuse_a_link_to_it_that_is_set_wrongly(
    tmp_path: Path, link: dict[str, object], cure: str
) -> None:
    settings = make_settings(tmp_path, token="ada", http_port=8080, **link)
    (finding,) = [one for one in await doctor.examine(settings, offline=True) if "IT" in one.what]
    assert cure in finding.cure
    assert "terlalu-pendek" not in finding.cure
    with pytest.raises(ConfigurationError, match="sistem IT"):
        run(settings)


async def test_the_doctor_accepts_a_link_to_it_that_is_set_well_or_not_at_all(tmp_path: Path) -> None:
    link = {"it_webhook_url": "https://it.contoh.id/tiket", "it_webhook_secrets": ["x" * 32]}
    for settings in (make_settings(tmp_path), make_settings(tmp_path, http_port=8080, **link)):
        (finding,) = [one for one in await doctor.examine(settings, offline=True) if "IT" in one.what]
        assert finding.well
    (deaf,) = [one for one in await doctor.examine(make_settings(tmp_path, **link), offline=True) if "IT" in one.what]
    assert "TSC_HTTP_PORT" in deaf.cure


async def test_the_doctor_finds_a_fresh_folder_well_and_leaves_it_alone(tmp_path: Path) -> None:
    fresh = tmp_path / "data" / "baru"
    settings = make_settings(tmp_path, database=fresh / "store.db", http_port=0)

    findings = await doctor.examine(settings, offline=True)

    [folder] = [finding for finding in findings if finding.what.startswith("Folder penyimpanan")]
    assert folder.well and "dibuat saat pertama jalan" in folder.what and not fresh.exists()
    (tmp_path / "berkas").write_text("")
    settings = make_settings(tmp_path, database=tmp_path / "berkas" / "store.db")
    [blocked] = [one for one in await doctor.examine(settings, offline=True) if one.what == "Folder penyimpanan"]
    assert "bukan folder" in blocked.cure


async def test_the_doctor_names_the_cure_for_a_damaged_store_and_for_a_lost_key(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    await (await open_services(settings)).close()

    lost = await doctor.examine(make_settings(tmp_path), offline=True)
    settings.database.write_bytes(b"damaged" * 4096)
    damaged = await doctor.examine(settings, offline=True)

    assert any("tidak cocok" in finding.cure for finding in lost)
    assert any("Pulihkan cadangan" in finding.cure for finding in damaged)


async def test_the_doctor_says_how_winners_reach_the_private_page(tmp_path: Path) -> None:
    async def cure(**settings: object) -> str:
        findings = await doctor.examine(make_settings(tmp_path, **settings), offline=True)
        return next(finding.cure for finding in findings if finding.what.startswith("Halaman pribadi"))

    assert "TSC_HTTP_PORT" in await cure(http_port=0)
    unset = await cure(http_port=8081)
    assert "alamat https" in unset and "TSC_PUBLIC_URL=http://127.0.0.1:8081" in unset
    assert await cure(http_port=8081, public_url="http://127.0.0.1:8081") == ""
    assert await cure(http_port=8081, public_url="https://formulir.tsc.example") == ""
    with pytest.raises(ValueError, match="harus alamat https"):
        make_settings(tmp_path, public_url="http://formulir.tsc.example")


async def test_the_doctor_tries_the_private_page_while_the_bot_runs(tmp_path: Path) -> None:
    """A proxy in front that passes on nothing, everything, and at last the private pages alone."""
    settings = make_settings(tmp_path)
    services = await open_services(settings)
    passed: tuple[str, ...] = ()

    async def check() -> dict[str, bool]:
        return {"store": True}

    bot = HttpServer("127.0.0.1", 0, check)
    bot.add_routes(PrivatePages(lambda: services.private_forms).routes())

    async def proxy(request: web.Request) -> web.Response:
        if not request.path.startswith(passed):
            return web.Response(status=502)
        answered = await inside.get(request.path)
        return web.Response(status=answered.status, text=await answered.text(), content_type="text/html")

    outside = web.Application()
    outside.router.add_get("/{path:.*}", proxy)

    async def page() -> doctor.Finding:
        found = await doctor.examine(make_settings(tmp_path, token="", **here))
        return next(finding for finding in found if finding.what.startswith("Halaman pribadi"))

    try:
        async with TestClient(TestServer(bot.application())) as inside, TestClient(TestServer(outside)) as front:
            here = {"http_port": inside.port, "public_url": f"http://127.0.0.1:{front.port}"}
            passed = ("/nothing",)
            assert "tidak dijawab oleh bot" in (await page()).cure
            passed = ("/",)
            assert "/metrics" in (await page()).cure
            passed = ("/isi/",)
            assert (await page()).well
            await front.close()
            assert "tidak terjangkau" in (await page()).cure
            await inside.close()
            assert "bot sedang tidak jalan" in (await page()).what
    finally:
        await services.close()


def test_two_bots_never_share_a_store(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)

    with only_one(settings), pytest.raises(ConfigurationError, match="Bot lain"), only_one(settings):
        pass


def test_a_new_key_is_printed_and_fits() -> None:
    from cryptography.fernet import Fernet

    result = CliRunner().invoke(cli.app, ["keys", "new"])

    assert result.exit_code == 0
    Fernet(result.output.strip().encode())
