"""Anyone checks a draw: with the command, and with the script alone on the file from the announcement."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.giveaways import messages, verify_draw
from bot.giveaways.draws import sealed
from bot.platform.crypto import Private
from tests.support.campaigns import buttons_of
from tests.support.giveaways import DAY, crowd, draw_file, end_now, give_away, redraw, winners
from tests.support.server import Server, message_of, text_of


def run_script(
    folder: Path, raw: bytes, *options: str, lists: Sequence[bytes] = ()
) -> subprocess.CompletedProcess[str]:
    """The script as somebody outside runs it: the downloaded files, only Python."""
    script, files = folder / "verify_draw.py", [folder / f"unduhan-{number}" for number in range(1 + len(lists))]
    script.write_bytes(Path(verify_draw.__file__).read_bytes())
    for file, content in zip(files, (raw, *lists), strict=True):
        file.write_bytes(content)
    command = [sys.executable, "-I", str(script), *map(str, files), *options]
    return subprocess.run(command, capture_output=True, text=True)


def code_in(text: str) -> str:
    return text.split("Kode undianmu: `")[1].split("`")[0]


async def test_the_script_reproduces_the_winners_from_the_downloaded_file(server: Server, tmp_path: Path) -> None:
    staff = await server.staff()
    post = await give_away(server, staff)
    commitment = text_of(post).split("aturannya:\n`")[1].split("`")[0]
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
        "tscreator-draw-2",
    ):
        assert part in text_of(shown)
    _, entry = await server.services.giveaway_entries.mine(members[0].id, 1)
    assert entry.entry_hash in text_of(shown) and entry.code in text_of(shown)
    assert entry.entry_hash in data["entries"]
    stranger = await server.join("tamu")
    seen = await stranger.slash(server.channel("bantuan"), "giveaway verifikasi", judul="Akhir Pekan")
    assert "✅ Cocok" in text_of(seen) and "Entrimu" not in text_of(seen)
    assert [file.filename for file in message_of(seen).attachments] == ["undian-1.json", "verify_draw.py"]


async def test_a_list_changed_in_the_store_is_seen_by_everyone(server: Server) -> None:
    staff = await server.staff()
    post = await give_away(server, staff)
    await crowd(server, post, 4)
    await end_now(server, staff)
    async with server.services.database.unit() as tx:
        await tx.execute("UPDATE giveaway_pick SET entry_hash = :other WHERE number = 1", {"other": "ab" * 32})

    shown = await staff.slash(server.channel("staf-kol"), "giveaway verifikasi", judul="#1")

    assert "❌ Tidak cocok" in text_of(shown)


async def test_more_winners_than_were_announced_are_seen_by_everyone(server: Server, tmp_path: Path) -> None:
    staff = await server.staff()
    post = await give_away(server, staff, winners="2")
    announced = text_of(post).split("aturannya:\n`")[1].split("`")[0]
    await crowd(server, post, 5)
    async with server.services.database.unit() as tx:
        await tx.execute("UPDATE giveaway SET winners = 3")
    await end_now(server, staff)

    shown = await staff.slash(server.channel("staf-kol"), "giveaway verifikasi", judul="#1")
    done = run_script(tmp_path, await draw_file(server.last("giveaway")), "--komitmen", announced)

    assert "❌ Tidak cocok" in text_of(shown)
    assert done.returncode == 1 and "jumlah pemenang" in done.stderr


async def test_a_seed_swapped_with_its_commitment_is_not_the_one_that_was_posted(
    server: Server, tmp_path: Path
) -> None:
    staff = await server.staff()
    post = await give_away(server, staff)
    announced = text_of(post).split("aturannya:\n`")[1].split("`")[0]
    members = await crowd(server, post, 5)
    assert announced in text_of(await members[0].click(post, label="Kode undianku"))
    commitment, seed = sealed(server.services.vault, b"f" * 32, 1, 2)
    async with server.services.database.unit() as tx:
        await tx.execute("UPDATE giveaway SET commitment = :new, seed = :seed", {"new": commitment, "seed": seed})
    await end_now(server, staff)
    raw = await draw_file(server.last("giveaway"))

    shown = await members[0].slash(server.channel("bantuan"), "giveaway verifikasi", judul="#1")

    assert "❌ Komitmennya bukan yang diumumkan di awal" in text_of(shown)
    assert run_script(tmp_path, raw).returncode == 0, "by itself the forged file is sound"
    caught = run_script(tmp_path, raw, "--komitmen", announced)
    assert caught.returncode == 1 and "bukan komitmen yang diumumkan di awal" in caught.stderr


async def test_the_check_links_to_the_post_with_the_commitment(server: Server) -> None:
    staff = await server.staff()
    post = await give_away(server, staff)

    shown = await staff.slash(server.channel("staf-kol"), "giveaway verifikasi", judul="#1")

    assert f"https://discord.com/channels/{server.guild.id}/{post.channel.id}/{post.id}" in text_of(shown)


async def test_a_giveaway_opened_by_an_earlier_version_is_drawn_and_checks_by_its_own_rule(
    server: Server, tmp_path: Path
) -> None:
    staff = await server.staff()
    post = await give_away(server, staff)
    await crowd(server, post, 4)
    seed = b"s" * 32
    first = hashlib.sha256(seed).hexdigest()
    async with server.services.database.unit() as tx:
        sealed_seed = server.services.vault.encrypt(Private(seed.hex()))
        now = await tx.fetch_one("SELECT commitment FROM giveaway")
        assert now is not None
        await tx.execute("UPDATE giveaway SET commitment = :new, seed = :seed", {"new": first, "seed": sealed_seed})
        # As the earlier version posted it.
        await tx.execute(
            "UPDATE outbox_message SET payload = replace(payload, :old, :new)", {"old": now["commitment"], "new": first}
        )
    early = await staff.slash(server.channel("staf-kol"), "giveaway verifikasi", judul="#1")
    await end_now(server, staff)
    raw = await draw_file(server.last("giveaway"))

    assert "tscreator-draw-1" in text_of(early)
    assert json.loads(raw)["format"] == "tscreator-draw-1"
    assert run_script(tmp_path, raw, "--komitmen", first).returncode == 0
    shown = await staff.slash(server.channel("staf-kol"), "giveaway verifikasi", judul="#1")
    assert "✅ Cocok" in text_of(shown)


async def test_a_list_too_long_for_one_file_is_posted_in_parts_that_the_script_reads(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "PLAIN_ENTRIES", 2)
    monkeypatch.setattr(messages, "LISTED_ENTRIES", 3)
    staff = await server.staff()
    post = await give_away(server, staff)
    await crowd(server, post, 7)
    await end_now(server, staff)

    _, announced, *parts = server.messages("giveaway")
    raw, lists = await draw_file(announced), [await draw_file(part) for part in parts]
    assert [one.filename for part in parts for one in part.attachments] == [
        f"undian-1-daftar-{number}.txt.gz" for number in (1, 2, 3)
    ]
    assert "undian-1.json.gz undian-1-daftar-*.txt.gz" in text_of(announced)
    done = run_script(tmp_path, raw, lists=list(reversed(lists)))
    assert done.returncode == 0, done.stderr
    missing = run_script(tmp_path, raw, lists=lists[1:])
    assert missing.returncode == 2 and "undian-1-daftar-1.txt.gz" in missing.stderr
    shown = await staff.slash(server.channel("staf-kol"), "giveaway verifikasi", judul="#1")
    assert "✅ Cocok" in text_of(shown) and "3 berkas daftar" in text_of(shown)

    (gone, _) = await winners(server)
    await redraw(server, staff, gone.member_id, "Akunnya terbukti ganda")
    assert len(server.messages("giveaway")) == 6, "the list is posted once"
    again = run_script(tmp_path, await draw_file(server.last("giveaway")), lists=lists)
    assert again.returncode == 0 and again.stdout.count("Terundi") == 3


async def test_the_attached_script_is_all_that_a_member_needs(server: Server, tmp_path: Path) -> None:
    staff = await server.staff()
    post = await give_away(server, staff)
    await crowd(server, post, 3)
    await end_now(server, staff)
    announced = server.last("giveaway")
    for file in announced.attachments:
        (tmp_path / file.filename).write_bytes(await file.read())
    command = text_of(announced).split("lalu jalankan `python ")[1].split("`")[0].split()

    done = subprocess.run([sys.executable, "-I", *command], capture_output=True, text=True, cwd=tmp_path)

    assert done.returncode == 0 and "COCOK" in done.stdout, done.stderr


def test_the_script_refuses_in_indonesian(tmp_path: Path) -> None:
    def says(*arguments: str) -> str:
        command = [sys.executable, "-I", verify_draw.__file__, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
        assert done.returncode == 2
        return done.stderr

    assert says("hilang.json") == "Berkas tidak bisa dibuka: hilang.json tidak ada. Periksa nama dan foldernya.\n"
    assert "itu folder" in says(".")
    for wrong in ([], ["a.json", "--anggota", "saya"], ["a.json", "--apa"]):
        assert "Contoh: python verify_draw.py" in says(*wrong) and "usage" not in says(*wrong)


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
