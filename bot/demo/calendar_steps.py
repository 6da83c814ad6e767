"""Scenes of the content calendar: the division's sheet comes in, and what it holds appears by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.demo.world import World, expect, sample, shown, words
from bot.platform.clock import JAKARTA

SHEET = "kalender_januari.csv"
# What the sheet leaves open: row and question, as the preview numbers them, and the answer chosen or typed.
_DECISIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("1:4", {"choice": [], "typed": "kuis"}),
    ("2:6", {"choice": ["total"]}),
    ("5:10", {"choice": ["contest"]}),
)


async def import_sheet(world: World) -> str:
    """A preview, three decisions, and only then a calendar."""
    sari, today = world.people["sari.kol"], world.bot.services.clock.today()
    preview = await _send(world, sari, year=today.year)
    expect(shown(preview), "3 hal perlu kamu putuskan")
    for value, answers in _DECISIONS:
        question = await sari.select(shown(preview), [value], custom_id="tsc:calendar:import:ask:1")
        preview = await sari.submit_modal(question, answers)
    ready = words(shown(preview), 160)
    saved = await sari.click(shown(preview), label="Simpan 8 entri")
    expect(shown(saved), "8 baru")
    again = await _send(world, sari, year=today.year)
    expect(shown(again), "Tidak ada yang perlu disimpan")
    return f"{ready} → {words(shown(saved), 60)} Diimpor lagi: tidak ada yang berubah."


async def look_at_month(world: World) -> str:
    """The month as a picture."""
    result = await world.people["sari.kol"].slash(world.channel("staf-kol"), "kalender lihat")
    if not shown(result).attachments:
        raise RuntimeError("kalender tanpa gambar")
    return words(shown(result), 200)


async def post_appears(world: World) -> str:
    """Nobody presses anything: the clock moves on and the post is there, once."""
    due = await due_at(world, "SAPAAN AWAL TAHUN")
    await world.until(due)
    post = world.last("umum")
    expect(post, "Satu kata untuk kontenmu")
    if not post.attachments:
        raise RuntimeError("posting kalender tanpa kartu")
    return f"Tampil {post.created_at.astimezone(JAKARTA):%d-%m %H.%M} WIB di #umum, dengan kartu: {words(post, 90)}"


async def due_at(world: World, title: str) -> datetime:
    """When an entry of the sheet falls due."""
    return (await world.bot.services.calendar.chosen(title)).local


async def _send(world: World, sari: MemberActor, *, year: int) -> InteractionResult:
    sheet = (SHEET, sample(SHEET))
    return await sari.slash(world.channel("staf-kol"), "kalender impor", berkas=sheet, tahun=year, jam="09.00")
