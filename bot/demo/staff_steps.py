"""Scenes of the staff: setting the server up, and bringing the sheets in."""

from __future__ import annotations

from bot.creators.models import Platform
from bot.demo.world import World, expect, sample, shown, words


async def set_up(world: World) -> str:
    """The owner sets the server up."""
    result = await world.owner.slash(world.channel("umum"), "pengaturan siapkan")
    expect(shown(result), "Server siap dipakai")
    return f"{len(world.guild.roles)} role dan {len(world.guild.channels)} channel ada; panel mulai terpasang."


async def staff_arrive(world: World) -> str:
    """Three members of staff."""
    for username, name, role in (
        ("sari.kol", "Sari", "Tim KOL"),
        ("budi.finance", "Budi", "Finance"),
        ("andi.it", "Andi", "IT Support"),
    ):
        await world.join(username, name, role)
    return "Sari (Tim KOL), Budi (Finance), Andi (IT Support)."


async def import_tiktok(world: World) -> str:
    """The real layout of the team's sheet."""
    await _import(world, "kol_tiktok.csv")
    creators = await world.bot.services.creators.count(Platform.TIKTOK)
    if creators != 6:
        raise RuntimeError(f"seharusnya 6 kreator, ada {creators}")
    return f"{creators} kreator TikTok di database; ER dihitung, selisih dijelaskan, keanehan ditandai."


async def import_messy(world: World) -> str:
    """As people really keep sheets."""
    preview = await _import(world, "kol_instagram_berantakan.csv")
    creators = await world.bot.services.creators.count(Platform.INSTAGRAM)
    if creators != 2:
        raise RuntimeError(f"seharusnya 2 kreator, ada {creators}")
    return f"{creators} baris masuk, sisanya dikembalikan dengan alasan. {preview}"


async def import_again(world: World) -> str:
    """The same file twice."""
    sari = world.people["sari.kol"]
    result = await sari.slash(
        world.channel("staf-kol"), "kol impor", berkas=("kol_tiktok.csv", sample("kol_tiktok.csv"))
    )
    text = words(shown(result), 200)
    if await world.bot.services.creators.count(Platform.TIKTOK) != 6:
        raise RuntimeError("impor ulang mengubah jumlah kreator")
    return text


async def _import(world: World, name: str) -> str:
    sari = world.people["sari.kol"]
    preview = await sari.slash(world.channel("staf-kol"), "kol impor", berkas=(name, sample(name)))
    saved = await sari.click(shown(preview), label="Simpan")
    await world.env.settle()
    return words(shown(saved), 220)
