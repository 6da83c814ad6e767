"""Anyone checks a draw: with the command, and with the script alone on the file from the announcement."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.giveaways import verify_draw
from tests.support.campaigns import buttons_of
from tests.support.giveaways import DAY, crowd, draw_file, end_now, give_away, redraw, winners
from tests.support.server import Server, message_of, text_of


def run_script(folder: Path, raw: bytes, *options: str) -> subprocess.CompletedProcess[str]:
    """The script as somebody outside runs it: one file, only Python."""
    script, file = folder / "verify_draw.py", folder / "undian.json"
    script.write_bytes(Path(verify_draw.__file__).read_bytes())
    file.write_bytes(raw)
    return subprocess.run([sys.executable, "-I", str(script), str(file), *options], capture_output=True, text=True)


def code_in(text: str) -> str:
    return text.split("Kode undianmu: `")[1].split("`")[0]


async def test_the_script_reproduces_the_winners_from_the_downloaded_file(server: Server, tmp_path: Path) -> None:
    staff = await server.staff()
    post = await give_away(server, staff)
    commitment = text_of(post).split("seed rahasia):\n`")[1].split("`")[0]
    raka = await server.join("raka")
    code = code_in(text_of(await raka.click(post, label="Ikut")))
    await crowd(server, post, 6)
    await server.env.advance_time(3 * DAY)
    await server.env.settle()
    raw = await draw_file(server.last("giveaway"))

    done = run_script(tmp_path, raw, "--komitmen", commitment, "--anggota", str(raka.id), "--kode", code)

    assert done.returncode == 0, done.stderr
    assert "COCOK" in done.stdout and "Entri      : 7" in done.stdout and "ada di daftar" in done.stdout
    for pick in await winners(server):
        assert pick.entry_hash in done.stdout
    wrong = run_script(tmp_path, raw, "--anggota", str(raka.id), "--kode", "0" * 32)
    assert "TIDAK ADA di daftar" in wrong.stdout


@pytest.mark.parametrize("what", ["entries", "seed", "winner"])
async def test_the_script_refuses_a_downloaded_file_that_was_changed(server: Server, tmp_path: Path, what: str) -> None:
    staff = await server.staff()
    post = await give_away(server, staff, winners="1")
    await crowd(server, post, 4)
    await end_now(server, staff)
    data = json.loads(await draw_file(server.last("giveaway")))
    if what == "entries":
        data["entries"][0] = "0" * 64
    elif what == "seed":
        data["seed"] = "00" * 32
    else:
        data["picks"][0]["entry"] = next(one for one in data["entries"] if one != data["picks"][0]["entry"])

    done = run_script(tmp_path, json.dumps(data).encode())

    assert done.returncode == 1 and "TIDAK COCOK" in done.stderr


async def test_every_announced_file_of_a_redrawn_giveaway_checks(server: Server, tmp_path: Path) -> None:
    staff = await server.staff()
    post = await give_away(server, staff)
    await crowd(server, post, 5)
    await end_now(server, staff)
    first = await draw_file(server.last("giveaway"))
    (gone, _) = await winners(server)
    await redraw(server, staff, gone.member_id, "Akunnya terbukti ganda")
    second = await draw_file(server.last("giveaway"))

    for raw, picked in ((first, 2), (second, 3)):
        done = run_script(tmp_path, raw)
        assert done.returncode == 0, done.stderr
        assert done.stdout.count("Terundi") == picked
    assert "undian ulang: Akunnya terbukti ganda" in done.stdout
    assert json.loads(first)["entries"] == json.loads(second)["entries"]


async def test_the_command_draws_again_live_and_shows_everything(server: Server) -> None:
    staff = await server.staff()
    post = await give_away(server, staff)
    members = await crowd(server, post, 4)
    early = await members[0].slash(server.channel("bantuan"), "giveaway verifikasi", judul="#1")
    commitment = (await server.services.giveaways.get(1)).commitment
    assert early.ephemeral and str(commitment) in text_of(early) and "Masih rahasia" in text_of(early)
    await end_now(server, staff)

    shown = await members[0].click(server.last("giveaway"), label="Periksa undian")

    data = json.loads(await draw_file(server.last("giveaway")))
    assert shown.ephemeral and "✅ Cocok" in text_of(shown)
    for part in (
        data["seed"],
        data["commitment"],
        data["entries_sha256"],
        "verify_draw.py",
        "kode",
        "tscreator-draw-1",
    ):
        assert part in text_of(shown)
    _, entry = await server.services.giveaway_entries.mine(members[0].id, 1)
    assert entry.entry_hash in text_of(shown) and entry.code in text_of(shown)
    assert entry.entry_hash in data["entries"]
    stranger = await server.join("tamu")
    seen = await stranger.slash(server.channel("bantuan"), "giveaway verifikasi", judul="Akhir Pekan")
    assert "✅ Cocok" in text_of(seen) and "Entrimu" not in text_of(seen)
    assert message_of(seen).attachments[0].filename == "undian-1.json"


async def test_a_list_changed_in_the_store_is_seen_by_everyone(server: Server) -> None:
    staff = await server.staff()
    post = await give_away(server, staff)
    await crowd(server, post, 4)
    await end_now(server, staff)
    async with server.services.database.unit() as tx:
        await tx.execute("UPDATE giveaway_pick SET entry_hash = :other WHERE number = 1", {"other": "ab" * 32})

    shown = await staff.slash(server.channel("staf-kol"), "giveaway verifikasi", judul="#1")

    assert "❌ Tidak cocok" in text_of(shown)


async def test_my_code_finds_my_entry_after_the_end(server: Server) -> None:
    staff = await server.staff()
    post = await give_away(server, staff)
    members = await crowd(server, post, 3)
    await end_now(server, staff)

    assert "Kode undianku" in buttons_of(server.messages("giveaway")[0])
    mine = await members[1].click(server.messages("giveaway")[0], label="Kode undianku")
    data = json.loads(await draw_file(server.last("giveaway")))

    hashed = text_of(mine).split("dipublikasikan: `")[1].split("`")[0]
    assert mine.ephemeral and hashed in data["entries"]
    stranger = await server.join("tamu")
    assert "tidak ikut" in text_of(await stranger.click(server.messages("giveaway")[0], label="Kode undianku"))


async def test_the_shell_checks_a_draw_file_too(server: Server, tmp_path: Path) -> None:
    staff = await server.staff()
    post = await give_away(server, staff)
    await crowd(server, post, 3)
    await end_now(server, staff)
    file = tmp_path / "undian.json"
    file.write_bytes(await draw_file(server.last("giveaway")))

    assert CliRunner().invoke(app, ["verify-draw", str(file)]).exit_code == 0
    assert CliRunner().invoke(app, ["verify-draw", str(file), "--komitmen", "0" * 64]).exit_code == 1
