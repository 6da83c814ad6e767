"""The shell's door: run, demo, doctor, import, export, backup, restore, keys."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.cli_calendar import import_calendar
from bot.cli_creators import exporting, importing
from bot.platform import logs
from bot.platform.errors import ConfigurationError, DomainError
from bot.settings import load_settings

app = typer.Typer(help="Bot TSCreator dan back office-nya.", no_args_is_help=True, pretty_exceptions_show_locals=False)
keys = typer.Typer(help="Kunci enkripsi data pribadi.", no_args_is_help=True)
app.add_typer(keys, name="keys")
app.add_typer(importing, name="import")
app.add_typer(exporting, name="export")
importing.command("kalender")(import_calendar)

console = Console()


@app.command()
def run() -> None:
    """Jalankan bot di Discord (butuh TSC_TOKEN, TSC_GUILD_ID, TSC_ENCRYPTION_KEYS)."""
    from bot.running import run as serve

    serve(load_settings())


@app.command()
def demo(
    once: Annotated[bool, typer.Option("--once", help="Mainkan cerita sampai selesai lalu keluar")] = False,
    output: Annotated[Path, typer.Option(help="Folder gambar hasil demo")] = Path("demo-output"),
    port: Annotated[int, typer.Option(help="Port halaman pratinjau di 127.0.0.1; 0 memilih sendiri")] = 0,
) -> None:
    """Mainkan alur utama di Discord tiruan, lalu buka di peramban. Tanpa token, tanpa jaringan."""
    from bot.platform import logs

    # Before the simulated Discord is imported: it warns about a client of its own.
    logs.set_up("ERROR", as_json=False)
    from bot.demo.play import play

    raise typer.Exit(asyncio.run(play(console, once=once, output=output, port=port)))


@app.command()
def doctor(
    offline: Annotated[bool, typer.Option("--offline", help="Jangan hubungi Discord")] = False,
) -> None:
    """Periksa setting, penyimpanan, kunci, dan server Discord; setiap temuan disertai cara membereskannya."""
    from bot.doctor import examine

    findings = asyncio.run(examine(load_settings(), offline=offline))
    for finding in findings:
        console.print(f"[green]✓[/] {finding.what}" if finding.well else f"[red]✗[/] {finding.what}")
        if finding.cure:
            console.print("  " + finding.cure.replace("\n", "\n  ").replace("**", ""), markup=False)
    raise typer.Exit(0 if all(finding.well for finding in findings) else 1)


@keys.command("new")
def new_key() -> None:
    """Cetak satu kunci baru untuk TSC_ENCRYPTION_KEYS. Simpan di tempat aman, terpisah dari cadangan."""
    from bot.platform.crypto import new_key as make

    typer.echo(make())


@keys.command("rotate")
def rotate_keys() -> None:
    """Enkripsi ulang semua data pribadi dengan kunci pertama di TSC_ENCRYPTION_KEYS. Aman diulang."""
    from bot.services import rotate_keys as rotate

    count = asyncio.run(rotate(load_settings()))
    console.print(
        f"{count} nilai sudah memakai kunci terbaru. Kunci lama boleh dihapus dari TSC_ENCRYPTION_KEYS, tetapi simpan "
        "salinannya selama masih ada cadangan dari sebelum ini: cadangan lama hanya terbuka dengan kunci lama."
    )


@app.command()
def backup(
    target: Annotated[Path | None, typer.Argument(help="Berkas tujuan (bawaan: data/backups/)")] = None,
) -> None:
    """Buat salinan penyimpanan yang utuh, juga selagi bot jalan."""
    from bot.backups import back_up

    made = asyncio.run(back_up(load_settings(), target))
    console.print(f"Cadangan tersimpan di {made}. Simpan kunci enkripsi di tempat lain.", markup=False)


@app.command()
def restore(source: Annotated[Path, typer.Argument(help="Berkas cadangan")]) -> None:
    """Kembalikan penyimpanan dari cadangan. Bot harus berhenti dulu; isi yang sekarang ikut disimpan."""
    from bot.backups import restore as put_back

    kept = asyncio.run(put_back(load_settings(), source))
    console.print("Penyimpanan dipulihkan." + (f" Isi sebelumnya ada di {kept}." if kept else ""), markup=False)


@app.command("verify-draw")
def verify_draw(
    files: Annotated[
        list[Path], typer.Argument(help="Berkas undian dari pengumuman pemenang, dan berkas daftarnya kalau ada")
    ],
    commitment: Annotated[str | None, typer.Option("--komitmen", help="Komitmen dari pengumuman awal")] = None,
    member: Annotated[int | None, typer.Option("--anggota", help="Id Discord-mu, untuk mencari entrimu")] = None,
    code: Annotated[str | None, typer.Option("--kode", help="Kode undianmu")] = None,
) -> None:
    """Periksa undian giveaway: hitung ulang pemenangnya dari berkas yang diumumkan. Sama dengan skrip mandirinya."""
    from bot.giveaways.verify_draw import main as check

    given = {"--komitmen": commitment, "--anggota": member, "--kode": code}
    options = [part for name, value in given.items() if value is not None for part in (name, str(value))]
    raise typer.Exit(check([*options, "--", *map(str, files)]))


@app.command("draw-file")
def draw_file(
    giveaway: Annotated[int, typer.Argument(help="Nomor giveaway yang sudah diundi")],
    target: Annotated[Path, typer.Argument(help="Berkas tujuan, mis. undian-12.json")],
) -> None:
    """Tulis berkas undian beserta seluruh daftar entrinya, sebesar apa pun, ke satu berkas."""
    from bot.giveaways.export import write_draw_file

    asyncio.run(write_draw_file(load_settings(), giveaway, target))
    console.print(f"Tersimpan di {target}. Periksa dengan: tscreator verify-draw {target}", markup=False)


def main() -> None:
    """Entry point: refusals are one clear message and exit code 2, never a traceback."""
    logs.set_up("WARNING", as_json=False)
    try:
        app()
    except (ConfigurationError, DomainError) as error:
        # Not as markup: the sentence may quote what somebody wrote.
        Console(stderr=True).print(str(error), style="red", markup=False, highlight=False)
        raise SystemExit(2) from None
