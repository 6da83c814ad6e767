"""Scenes of a quiz that the calendar opens: answered, closed, won."""

from __future__ import annotations

from bot.demo.calendar_steps import due_at
from bot.demo.world import World, expect, shown, words

# Whoever is right first wins; spelling is forgiven.
_ANSWERS = {"ayu.lestari": "Key Opinion Leader", "puput": "kumpulan orang lucu", "vira": "opinion laeder, key"}


async def opens(world: World) -> str:
    """The calendar's second entry is a quiz."""
    await world.until(await due_at(world, "TEBAK-TEBAKAN SABTU PAGI"))
    post = world.last("kuis")
    expect(post, "Apa kepanjangan KOL?")
    return words(post, 220)


async def answer(world: World) -> str:
    """Three answer; one tries again."""
    post = world.last("kuis")
    said: list[str] = []
    for username, text in _ANSWERS.items():
        member = world.people[username]
        form = await member.click(post, label="Jawab")
        recorded = shown(await member.submit_modal(form, {"q1": text}))
        expect(recorded, "tercatat")
        said.append(f"{member.user.global_name}: “{text}”")
    again = await world.people["puput"].click(post, label="Jawab")
    return f"{', '.join(said)}. Puput mencoba lagi: {words(shown(again), 110)}"


async def close(world: World) -> str:
    """Staff close it early; the winners are announced with a card and each is told."""
    sari = world.people["sari.kol"]
    asked = await sari.slash(world.channel("staf-kol"), "kuis tutup", judul="#1")
    await sari.click(shown(asked), label="Ya, tutup kuis")
    await world.delivered()
    result = world.last("kuis")
    expect(result, "Ayu Lestari")
    if not result.attachments:
        raise RuntimeError("pemenang tanpa gambar")
    return f"{words(result, 200)} DM Ayu: {words(world.last_dm(world.people['ayu.lestari']), 90)}"


async def ranking(world: World) -> str:
    """The season's points."""
    result = await world.people["vira"].slash(world.channel("kuis"), "peringkat")
    if not shown(result).attachments:
        raise RuntimeError("klasemen tanpa gambar")
    return words(shown(result), 200)
