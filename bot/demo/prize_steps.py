"""Scenes of a prize: claimed on the private page, paid by finance. The number never passes through Discord."""

from __future__ import annotations

from simcord.results import ResponseMessage

from bot.demo.browser import fill
from bot.demo.world import World, expect, shown, words

_NUMBER = "081234567890"


async def claim(world: World) -> str:
    """Ayu opens the link from her DM and says where the money goes."""
    ayu = world.people["ayu.lestari"]
    news = next(
        message
        for message in sorted(ayu.user.dm_channel.history(), key=lambda message: -message.id)
        if "kamu menang" in words(message)
    )
    pressed = shown(await ayu.user.click(news, label="Ambil hadiah"))
    page = await fill(link_of(pressed), {"wallet": "gopay", "number": _NUMBER, "name": "Ayu Lestari"})
    if _NUMBER in page:
        raise RuntimeError("halaman menampilkan nomornya kembali")
    await world.delivered()
    confirmed = world.last_dm(ayu)
    expect(confirmed, "7890")
    return f"{words(pressed, 120)} → DM: {words(confirmed, 160)}"


async def pay(world: World) -> str:
    """Budi pays and records it; Ayu hears that it is on its way."""
    budi, ayu = world.people["budi.finance"], world.people["ayu.lestari"]
    listed = await budi.slash(world.channel("umum"), "hadiah-admin daftar", status="claimed")
    prizes = await world.bot.services.payout_desk.page(None, limit=8, offset=0)
    payout = next(one for one in prizes[0] if one.member_id == ayu.id and one.state.value == "claimed")
    detail = await budi.select(shown(listed), [str(payout.id)], custom_id="tsc:prize:open")
    form = await budi.click(shown(detail), label="Sudah dibayar")
    done = await budi.submit_modal(form, {"reference": "TRX-20260107-77"})
    await world.delivered()
    expect(shown(done), "Tercatat")
    return f"{words(shown(done), 150)} DM Ayu: {words(world.last_dm(ayu), 120)}"


def link_of(answer: ResponseMessage) -> str:
    """The address behind the link button of an answer. Raises RuntimeError when there is none."""
    for row in answer.components:
        for item in row.get("components", []):
            if item.get("url"):
                return str(item["url"])
    raise RuntimeError(f"tidak ada link: {words(answer)}")
