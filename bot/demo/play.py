"""Plays the story step by step, shows progress, keeps the pictures, and opens the lobby for going on by hand."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

from bot.demo.lobby import Lobby
from bot.demo.pictures import save_pictures
from bot.demo.story import STEPS
from bot.demo.world import World, open_world


async def play(console: Console, *, once: bool, output: Path, port: int) -> int:
    """Play every step; 0 when all went as told, else 1. Without `once` the server stays open until Ctrl+C."""
    async with open_world() as world:
        well = await _tell(console, world)
        pictures = await save_pictures(world, output)
        console.print(f"\n{len(pictures)} gambar dan file disimpan di [bold]{output}[/].")
        if once or not well:
            return 0 if well else 1
        await _stay(console, world, port)
        return 0


async def _tell(console: Console, world: World) -> bool:
    bar = Progress(SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), console=console, transient=True)
    with bar as progress:
        task = progress.add_task("Memainkan alur utama ...", total=len(STEPS))
        for number, step in enumerate(STEPS, start=1):
            progress.update(task, description=step.title)
            try:
                outcome = await step.act(world)
                world.env.raise_errors()
            except Exception as error:
                console.print(f"[red]✗[/] {number:>2}. {step.title}")
                console.print_exception() if console.is_terminal else console.print(repr(error), markup=False)
                return False
            console.print(f"[green]✓[/] {number:>2}. [bold]{step.title}[/]", soft_wrap=True)
            console.print(f"      {outcome}", markup=False, highlight=False, style="dim", soft_wrap=True)
            progress.advance(task)
    return True


async def _stay(console: Console, world: World, port: int) -> None:
    lobby = Lobby(world, port)
    address = await lobby.start()
    console.print("\n[bold]Servernya terbuka di peramban:[/]")
    console.print(f"  {address}", style="bold cyan", soft_wrap=True)
    console.print('Pilih channel, jadi siapa saja lewat "Viewing as", lalu lanjutkan sendiri. Ctrl+C untuk berhenti.')
    console.print("\n[bold]Halaman pribadi untuk mengambil hadiah:[/]")
    console.print(f"  {world.bot.settings.forms_address}/isi/…", style="bold cyan", soft_wrap=True)
    console.print(
        "Tautannya sekali pakai: buka DM pemenang giveaway, tekan Ambil hadiah, lalu isi nomor e-wallet di sana."
    )
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stopped.set)
    try:
        await stopped.wait()
    finally:
        await lobby.stop()
