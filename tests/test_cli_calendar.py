"""`tscreator import kalender`, as a shell user runs it."""

from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.platform.errors import DomainError

SHEET = Path(__file__).parent / "data" / "kalender_konten.csv"


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of a fresh store; nothing of this machine's."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TSC_ENCRYPTION_KEYS", Fernet.generate_key().decode())
    monkeypatch.setenv("TSC_DATABASE", str(tmp_path / "store.db"))
    monkeypatch.setenv("TSC_BACKUP_DIR", str(tmp_path / "backups"))
    monkeypatch.setenv("COLUMNS", "240")


def run(*arguments: object) -> Result:
    """Run the program; a refusal is raised."""
    return CliRunner().invoke(app, ["import", "kalender", *map(str, arguments)], catch_exceptions=False)


PLACE = ("--section", "Ngabral Santoy=123456789012345678")


def test_a_dry_run_tells_everything_and_saves_nothing() -> None:
    output = run(SHEET, "--year", 2099, "--hour", "19:00", *PLACE, "--dry-run").output

    assert "Senin, 3 Agustus 2099 19.00" in output and "Jumat, 14 Agustus 2099 19.00" in output
    assert "total: Rp 75.000 total (Rp 25.000 per pemenang)" in output
    assert "2 baru, 0 berubah, 0 sama, 1 perlu diputuskan, 0 tidak ikut." in output
    assert "belum ada yang disimpan" in output
    assert "2 baru" in run(SHEET, "--year", 2099, "--hour", "19:00", *PLACE, "--dry-run").output


def test_decisions_come_from_the_shell_and_importing_again_changes_nothing() -> None:
    first = run(SHEET, "--year", 2099, "--hour", "19.00", *PLACE, "--decide", "4:prize=total").output
    assert "3 baru" in first and "Tersimpan." in first

    again = run(SHEET, "--year", 2099, "--hour", "19.00").output

    assert "0 baru, 0 berubah, 3 sama, 0 perlu diputuskan" in again and "Tidak ada yang perlu disimpan." in again


def test_a_section_without_a_channel_is_told_not_guessed() -> None:
    result = run(SHEET, "--year", 2099, "--hour", "19:00")

    assert "0 baru" in result.output and "belum punya channel" in result.output
    assert '--section "Ngabral Santoy=ID_CHANNEL"' in result.output and "--decide 4:prize=each" in result.output
    assert "jawab dulu yang di atas" in result.output and result.exit_code == 1


def test_what_follows_from_saving_is_told_truly() -> None:
    output = run(SHEET, "--year", 2099, "--hour", "19.00", *PLACE, "--decide", "4:prize=total").output

    assert "2 entri Community keluar sendiri pada waktunya. 1 hanya jadi pengingat untuk tim konten." in output
    assert "Baris 2 (NO 1) masih kurang: kunci jawaban soal 1, 2, gambar yang diminta arahan." in output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--year", 1999, "--hour", "19:00"), "1999"),
        (("--year", 2099, "--hour", "25:00"), "tidak ada"),
        (("--year", 2099, "--hour", "19:00", "--section", "Ngabral"), "--section"),
        (("--year", 2099, "--hour", "19:00", "--decide", "1:apa=x"), "--decide"),
        (("--year", 2099, "--hour", "19:00", "--decide", "1:media=x"), "tidak bertanya"),
    ],
)
def test_a_slip_is_one_sentence(arguments: tuple[object, ...], told: str) -> None:
    with pytest.raises(DomainError, match=told):
        run(SHEET, *arguments)
