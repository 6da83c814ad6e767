"""Scenes of a giveaway: opened with a commitment, joined, drawn by itself, checked by anyone."""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
import textwrap
from datetime import timedelta
from pathlib import Path

import discord

from bot.demo.world import World, expect, shown, words
from bot.giveaways import verify_draw
from bot.platform.deadlines import write_deadline

_PEOPLE = ("ayu.lestari", "vira", "puput", "raka", "maya")
_HEX = re.compile(r"`([0-9a-f]{32,64})`")


async def open_giveaway(world: World) -> str:
    """Three forms, the legal reminder among them, and a post that commits to its seed."""
    post = await write(world, "Saldo Awal Tahun", "Saldo GoPay", days=3)
    if not post.attachments:
        raise RuntimeError("giveaway tanpa gambar")
    return words(post, 260)


async def join(world: World) -> str:
    """Five join, each with a code of their own; a second press changes nothing."""
    for username, name in (("raka", "Raka"), ("maya", "Maya")):
        await world.join(username, name)
    post = world.last("giveaway")
    for username in _PEOPLE:
        expect(shown(await world.people[username].click(post, label="Ikut")), "Kode undianmu")
    again = await world.people["raka"].click(post, label="Ikut")
    return f"5 peserta. Raka menekan dua kali: {words(shown(again), 130)}"


async def ends(world: World) -> str:
    """The clock moves on; the draw happens by itself."""
    await world.later(3 * 86_400)
    result = world.last("giveaway")
    expect(result, "Pemenang")
    if not any(file.filename.endswith(".json") for file in result.attachments):
        raise RuntimeError("pengumuman tanpa berkas undian")
    return words(result, 260)


async def verify(world: World) -> str:
    """The button, and the script alone on the announced file, as somebody outside runs it."""
    raka, opened, result = world.people["raka"], *_posts(world)
    code, entry = _HEX.findall(_raw(shown(await raka.click(opened, label="Kode undianku")).message))[:2]
    checked = await raka.click(result, label="Periksa undian")
    expect(shown(checked), "Cocok")
    commitment = _HEX.findall(_raw(opened))[0]
    file = next(file for file in result.attachments if file.filename.endswith(".json"))
    said = await _run_script(await file.read(), "--komitmen", commitment, "--anggota", str(raka.id), "--kode", code)
    if "COCOK" not in said or entry not in said:
        raise RuntimeError(f"skrip tidak mencocokkan undian: {said}")
    lines = [" ".join(line.split()) for line in said.splitlines() if line.strip()]
    told = textwrap.shorten(" | ".join(lines), 420, placeholder=" …")
    return f"Tombol: cocok. python -I verify_draw.py {file.filename}: {told}"


async def write(world: World, title: str, prize: str, *, days: int) -> discord.Message:
    """Sari writes a giveaway that ends in so many days and opens it; the post."""
    sari = world.people["sari.kol"]
    ends_at = world.bot.services.clock.today() + timedelta(days=days)
    form = await sari.slash(world.channel("staf-kol"), "giveaway-admin buat")
    panel = await sari.submit_modal(
        form,
        {
            "title": title,
            "prize": prize,
            "amount": "100rb",
            "winners": "2",
            "ends": write_deadline(int(ends_at.timestamp()) // 60 * 60),
        },
    )
    form = await sari.click(shown(panel), label="Undian/kontes & izin")
    panel = await sari.submit_modal(form, {"kind": ["draw"], "permit": "12/UGB/2026", "claim_days": "7"})
    await sari.click(shown(panel), label="Buka giveaway")
    await world.delivered()
    return world.last("giveaway")


def _posts(world: World) -> tuple[discord.Message, discord.Message]:
    first, *_, last = sorted(world.channel("giveaway").history(), key=lambda message: message.id)
    return first, last


def _raw(message: discord.Message) -> str:
    return "\n".join(
        part
        for embed in message.embeds
        for part in (embed.description or "", *(str(field.value) for field in embed.fields))
    ) + (message.content or "")


async def _run_script(draw: bytes, *options: str) -> str:
    with tempfile.TemporaryDirectory(prefix="tscreator-undian-") as folder:
        script, file = Path(folder, "verify_draw.py"), Path(folder, "undian.json")
        script.write_bytes(Path(verify_draw.__file__).read_bytes())
        file.write_bytes(draw)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-I", str(script), str(file), *options, stdout=-1, stderr=-2, cwd=folder
        )
        said, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(said.decode())
    return said.decode()
