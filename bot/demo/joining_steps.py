"""Scenes of creators: joining, registering, and proving that an account is theirs."""

from __future__ import annotations

from typing import Any

from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.demo.world import World, expect, shown, words

_ABOUT: dict[str, Any] = {
    "age": ["25-34"],
    "gender": ["female"],
    "city": "Bandung",
    "province": "jabar",
    "contact": "0812-3456-7890",
}


async def ayu_joins(world: World) -> str:
    """The welcome, and the rules."""
    ayu = await world.join("ayu.lestari", "Ayu Lestari")
    welcome = world.last("selamat-datang")
    if not welcome.attachments:
        raise RuntimeError("sapaan tanpa gambar")
    rules = await ayu.click(welcome, label="Setujui aturan")
    accepted = await ayu.click(shown(rules), label="Saya setuju")
    return f"{words(welcome, 110)} → {words(shown(accepted), 110)}"


async def ayu_registers(world: World) -> str:
    """The whole registration."""
    ayu = world.people["ayu.lestari"]
    done = await _register(world, ayu, "@ayu.cantik", "14,2rb", ["beauty", "skincare"], ("9.800", "410", "36", "12"))
    await world.env.settle()
    roles = sorted(role.name for role in ayu.member.roles if not role.is_default()) if ayu.member else []
    if "Kreator" not in roles:
        raise RuntimeError(f"role Kreator belum diberikan: {words(shown(done))}")
    return f"Role: {', '.join(roles)}."


async def dina_is_too_young(world: World) -> str:
    """Refused kindly, nothing kept."""
    dina = await world.join("dina", "Dina")
    started = await dina.slash(world.channel("bantuan"), "daftar")
    form = await dina.click(shown(started), label="Setuju & mulai")
    refused = await dina.submit_modal(form, _ABOUT | {"age": ["under_18"]})
    expect(shown(refused), "18")
    return words(shown(refused), 200)


async def vira_claims(world: World) -> str:
    """An account the database knows already."""
    vira = await world.join("vira", "Vira Firda")
    waiting = await _register(
        world, vira, "masavufirda", "10,6rb", ["beauty", "skincare"], ("2.400", "371", "34", "27")
    )
    approved = await world.people["sari.kol"].click(world.last("staf-kol"), label="Setujui")
    await world.env.settle()
    return f"{words(shown(waiting), 110)} → {words(shown(approved), 60)} → DM: {words(world.last_dm(vira), 60)}"


async def puput_claims(world: World) -> str:
    """The same, for somebody whose DMs are closed."""
    puput = await world.join("puput", "Puput Holly")
    await _register(world, puput, "puputholly", "11,6rb", ["beauty", "makeup"], ("6.100", "188", "6", "4"))
    world.env.inject_error(
        "POST", "/users/@me/channels", status=403, code=50007, message="Cannot send messages to this user", times=1
    )
    await world.people["sari.kol"].click(world.last("staf-kol"), label="Setujui")
    await world.env.settle()
    threads = world.channel("bantuan").threads
    if not threads:
        raise RuntimeError("thread privat belum dibuat")
    return f"Thread privat #{threads[-1].name}: {words(world.last(threads[-1]), 120)}"


async def _register(
    world: World,
    member: MemberActor,
    username: str,
    followers: str,
    niches: list[str],
    averages: tuple[str, str, str, str],
) -> InteractionResult:
    started = await member.slash(world.channel("bantuan"), "daftar")
    about = await member.click(shown(started), label="Setuju & mulai")
    step = await member.submit_modal(about, _ABOUT)
    account = await member.click(shown(step), label="Isi akun")
    step = await member.submit_modal(
        account, {"platform": ["tiktok"], "username": username, "followers": followers, "niches": niches}
    )
    figures = await member.click(shown(step), label="Isi rata-rata")
    step = await member.submit_modal(
        figures, dict(zip(("views", "likes", "comments", "shares"), averages, strict=True))
    )
    return await member.click(shown(step), label="Kirim")
