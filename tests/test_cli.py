"""The shell's commands for the KOL database, on real files: no Discord, no token."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from bot.cli import app, main
from bot.creators.models import CreatorRecord, Metrics, Platform
from bot.platform.crypto import new_key
from bot.services import open_services
from bot.settings import load_settings
from tests.documents.workbooks import HEADER, saved, workbook

DATA = Path(__file__).parent / "data"
Refusal = Callable[..., str]

TIKTOK, MESSY = DATA / "kol_tiktok.csv", DATA / "kol_instagram_berantakan.csv"


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with an encryption key and a store of its own, in a wide terminal; no .env, no token."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TSC_TOKEN", raising=False)
    monkeypatch.setenv("TSC_ENCRYPTION_KEYS", new_key())
    monkeypatch.setenv("TSC_DATABASE", str(tmp_path / "store.db"))
    monkeypatch.setenv("TSC_BACKUP_DIR", str(tmp_path / "backups"))
    monkeypatch.setenv("COLUMNS", "200")


def run(*arguments: object) -> Result:
    """A command that goes well."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return result


def line_of(output: str, word: str) -> str:
    return next(line for line in output.splitlines() if word in line)


@pytest.fixture
def refusal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Refusal]:
    """Runs a command that is refused; gives the sentence on stderr."""

    def refused(*arguments: object) -> str:
        monkeypatch.setattr("sys.argv", ["tscreator", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == 2
        return " ".join(capsys.readouterr().err.split())

    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield refused
    root.handlers[:], root.level = before
    structlog.reset_defaults()


def test_the_divisions_sheet_goes_in_with_its_rates_computed_compared_and_flagged() -> None:
    output = run("import", "kol", TIKTOK).output

    rates = {
        "@paetishak": ("337,27%", "336,09%"),
        "@masavufirda": ("3,76%", "3,76%"),
        "@puputholly": ("1,59%", "1,58%"),
        "@dena18": ("0,63%", "0,63%"),
        "@fitrinssi": ("2,04%", "2,04%"),
        "@hiffanytanujaya": ("36,49%", "36,29%"),
    }
    for name, (computed, reported) in rates.items():
        cells = [cell.strip() for cell in line_of(output, name).split("│")]
        assert cells[3:6] == ["baru", computed, reported]
        assert "ER sama" in cells[6] or "Selisih ER karena angka di lembar dibulatkan" in cells[6]
    assert output.count("! ER") == 2 and output.count("! Rata-rata views 142.600, lebih dari 20x followers") == 1
    assert "6 baru, 0 berubah, 0 sama, 0 ditolak. 2 perlu dicek." in output
    assert "Tersimpan." in output


def test_a_messy_sheet_gives_two_and_hands_four_back_with_their_reasons(tmp_path: Path) -> None:
    output = run("import", "kol", MESSY, "--rejected", tmp_path / "ditolak.xlsx").output

    assert "2 baru, 0 berubah, 0 sama, 4 ditolak." in output
    for reason in (
        "Sama dengan baris 4: @jalan.santuy sudah ada di berkas ini.",
        "USERNAME: berisi rumus.",
        "“E (Legend)” tidak dikenal",
        "USERNAME: kosong.",
    ):
        assert reason in output
    rows = list(load_workbook(tmp_path / "ditolak.xlsx").worksheets[0].iter_rows(values_only=True))
    assert len(rows) == 7 and "ALASAN" in rows[2]


@pytest.mark.parametrize(("sheet", "same"), [(TIKTOK, 6), (MESSY, 2)])
def test_importing_again_changes_nothing(sheet: Path, same: int) -> None:
    run("import", "kol", sheet)

    output = run("import", "kol", sheet).output

    assert f"0 baru, 0 berubah, {same} sama" in output
    assert "Tidak ada yang perlu disimpan." in output


def test_a_dry_run_saves_nothing() -> None:
    assert "belum ada yang disimpan" in run("import", "kol", TIKTOK, "--dry-run").output
    assert "6 baru" in run("import", "kol", TIKTOK, "--dry-run").output


def test_a_sheet_without_rows_to_use_still_counts_as_read(tmp_path: Path) -> None:
    sheet = tmp_path / "kol.csv"
    sheet.write_text("USERNAME;FOLLOWERS;ER\nrara[/];1.2.3jt;\n")

    output = run("import", "kol", sheet, "--platform", "tiktok").output

    assert "“1.2.3jt” tidak jelas" in output and "rara[/]" in output
    assert "0 baru, 0 berubah, 0 sama, 1 ditolak." in output


def test_what_is_exported_goes_in_again_unchanged(tmp_path: Path) -> None:
    run("import", "kol", TIKTOK)
    run("import", "kol", MESSY)

    assert "8 kreator" in run("export", "kol", tmp_path / "a.xlsx").output
    assert "dengan kontak apa adanya" in run("export", "kol", tmp_path / "a.csv", "--with-contacts").output
    run("export", "kol", tmp_path / "ig.csv", "--platform", "instagram")

    assert "masavufirda@example.com" in (tmp_path / "a.csv").read_text()
    contacts = [row[14] for row in load_workbook(tmp_path / "a.xlsx")["TikTok"].iter_rows(min_row=4, values_only=True)]
    assert contacts == [None] * 6
    assert "paetishak" not in (tmp_path / "ig.csv").read_text()
    for name, same in (("a.xlsx", 8), ("a.csv", 8), ("ig.csv", 2)):
        assert f"0 baru, 0 berubah, {same} sama, 0 ditolak" in run("import", "kol", tmp_path / name).output


def test_an_unchanged_row_shows_what_is_known_and_is_counted_like_any_other(tmp_path: Path) -> None:
    run("import", "kol", TIKTOK)
    bare = tmp_path / "nama.csv"
    bare.write_text("USERNAME;GENDER;FOLLOWERS\npaetishak;;\nmasavufirda;Female;\n")

    output = run("import", "kol", bare, "--platform", "tiktok").output

    assert "337,27%" in line_of(output, "@paetishak") and "336,09%" in line_of(output, "@paetishak")
    assert "Belum ada" not in output
    assert "0 baru, 0 berubah, 2 sama, 0 ditolak. 1 perlu dicek." in output


def test_several_worksheets_are_told_apart_and_notes_are_printed(tmp_path: Path) -> None:
    book = workbook([1, "rara", *[None] * 6, 12_000, 1, 2, 3, 4, "=K3/I3"], header=[*HEADER, "Bulan"])
    book.worksheets[0].title = "Maret"
    second = book.create_sheet("INSTAGRAM")
    second.append(HEADER)
    second.append([1, "rere", *[None] * 6, 12_000])
    (tmp_path / "kol.xlsx").write_bytes(saved(book))

    output = run("import", "kol", tmp_path / "kol.xlsx").output

    assert "Maret" in line_of(output, "@rara") and "TikTok" in line_of(output, "@rara")
    assert "INSTAGRAM" in line_of(output, "@rere") and "Instagram" in line_of(output, "@rere")
    assert "Kolom yang tidak dipakai: Bulan." in output
    assert "1 baris: ER di lembar berupa rumus" in output


async def register(name: str) -> None:
    """The account belongs to a member of the server."""
    services = await open_services(load_settings())
    try:
        async with services.database.unit() as tx:
            record = CreatorRecord(Platform.TIKTOK, name, metrics=Metrics(15_000, 1, 2, 3, 4))
            await services.creators.save(tx, record, source="registration", member_id=7)
    finally:
        await services.close()


def test_registered_accounts_are_skipped_unless_asked_for() -> None:
    asyncio.run(register("fitrinssi"))

    looked = run("import", "kol", TIKTOK, "--dry-run").output
    output = run("import", "kol", TIKTOK).output
    assert "dilewati" in line_of(looked, "@fitrinssi") and "dilewati" in line_of(output, "@fitrinssi")
    assert "5 baru, 0 berubah, 1 sama" in looked and "5 baru, 0 berubah, 1 sama" in output
    assert "1 akun terdaftar di Discord dilewati" in output

    output = run("import", "kol", TIKTOK, "--overwrite-registered").output
    assert "0 baru, 1 berubah, 5 sama" in output and "terdaftar di Discord" in output


def test_files_with_contacts_are_for_their_owner_alone(tmp_path: Path) -> None:
    run("import", "kol", MESSY, "--rejected", tmp_path / "ditolak.xlsx")
    (tmp_path / "a.csv").touch(0o644)
    run("export", "kol", tmp_path / "a.csv", "--with-contacts")
    run("export", "kol", tmp_path / "b.csv")

    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir() if path.suffix in (".csv", ".xlsx")}
    assert (modes["a.csv"], modes["ditolak.xlsx"]) == (0o600, 0o600)
    assert modes["b.csv"] != 0o600


def test_the_limit_on_uploads_is_the_one_that_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusal: Refusal
) -> None:
    big = tmp_path / "besar.csv"
    big.write_text("USERNAME,FOLLOWERS,ER\nrara,1,\n" + "," * 9 * 1024 * 1024 + "\n")
    assert "paling besar 8 MB" in refusal("import", "kol", big, "--platform", "tiktok")

    monkeypatch.setenv("TSC_UPLOAD_LIMIT_MB", "10")
    assert "1 baru" in run("import", "kol", big, "--platform", "tiktok").output


def test_a_place_that_can_not_be_written_is_refused_before_anything_is_done(tmp_path: Path, refusal: Refusal) -> None:
    for place in (tmp_path / "tidak" / "ada.xlsx", tmp_path):
        assert "tidak bisa ditulis" in refusal("import", "kol", MESSY, "--rejected", place)
    assert "2 baru" in run("import", "kol", MESSY).output
    (tmp_path / "folder.csv").mkdir()
    for place in (tmp_path / "tidak" / "ada.xlsx", tmp_path / "folder.csv"):
        assert "tidak bisa ditulis" in refusal("export", "kol", place)


def test_without_a_key_it_says_how_to_make_one(monkeypatch: pytest.MonkeyPatch, refusal: Refusal) -> None:
    monkeypatch.delenv("TSC_ENCRYPTION_KEYS")

    assert "tscreator keys new" in refusal("import", "kol", TIKTOK)


def test_a_file_that_can_not_be_used_is_one_sentence_and_code_two(tmp_path: Path, refusal: Refusal) -> None:
    (tmp_path / "pdf.xlsx").write_bytes(b"%PDF-1.7 %%EOF")
    (tmp_path / "tanpa.csv").write_text("satu;dua;tiga\n1;2;3\n")
    (tmp_path / "polos.csv").write_text("USERNAME;FOLLOWERS;ER\nrara;1;\n")
    with (tmp_path / "besar.xlsx").open("wb") as file:
        file.truncate(50 * 1024 * 1024)

    assert "Jenis file ini tidak bisa dipakai" in refusal("import", "kol", tmp_path / "pdf.xlsx")
    assert "Baris judul kolom tidak ditemukan" in refusal("import", "kol", tmp_path / "tanpa.csv")
    assert "--platform tiktok" in refusal("import", "kol", tmp_path / "polos.csv")
    assert "50,0 MB" in refusal("import", "kol", tmp_path / "besar.xlsx")
    assert "tidak bisa dibaca" in refusal("import", "kol", tmp_path / "tidak-ada.xlsx")
    assert "tidak bisa dibaca" in refusal("import", "kol", tmp_path)
    assert "masih kosong" in refusal("export", "kol", tmp_path / "a.xlsx")
    assert ".xlsx atau .csv" in refusal("export", "kol", tmp_path / "a.pdf")
