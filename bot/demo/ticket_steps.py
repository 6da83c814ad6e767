"""Scenes of the help desk: a rota, a ticket from the panel to its rating, an incident, and the figures."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

import discord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.results import ResponseMessage

from bot.demo.world import World, expect, shown, words
from bot.tickets.models import Stage

_NUMBER: Final = "1234567890"
_TOLD: Final = f"Penarikanku gagal terus, padahal nama rekening sudah sama. Rekening BCA {_NUMBER} atas nama Ayu."
_CONCLUSION: Final = (
    "Bank menolaknya karena ada spasi ganda di nama akunmu. Sudah kami rapikan, dan penarikanmu sudah dikirim ulang."
)
_LATE: Final = "Bank sedang gangguan sejak pagi. Saldomu aman dan tetap tercatat."
_NEWS: Final = "Bank mulai normal. Penarikan yang tertunda diproses satu per satu hari ini."
_WORKDAYS: Final = 0  # "Senin sampai Jumat" in the choices of /piket atur tambah


async def set_rota(world: World) -> str:
    """Andi is on duty from Monday to Friday, and hears it when his turn begins."""
    andi, desk = world.people["andi.it"], world.channel("it-piket")
    done = await andi.slash(desk, "piket atur tambah", orang=andi, hari=_WORKDAYS, mulai="09.00", selesai="18.00")
    expect(shown(done), "09.00")
    await world.until(_next_working_day(world.bot.services.clock.today()))
    started = _newest(desk, "Giliran piket mulai")
    week = shown(await world.people["sari.kol"].slash(world.channel("staf-kol"), "piket jadwal"))
    if not week.attachments:
        raise RuntimeError("jadwal piket tanpa gambar")
    return f"{words(started, 130)} → /piket jadwal: {words(week, 160)}"


async def ask(world: World) -> str:
    """Ayu uses the panel and types an account number; what is known comes first, then she sends it all the same."""
    ayu = world.people["ayu.lestari"]
    known = await _fill_in(world, ayu, _TOLD)
    expect(known, "belum dikirim")
    expect(known, "samarkan")
    read = words(known, 330)
    sent = shown(await ayu.click(known, label="Tetap kirim"))
    await world.delivered()
    expect(sent, "Tiket #1 diterima")
    header = (await _thread(world, 1)).history()[0]
    expect(header, "••••7890")
    if _NUMBER in words(header, 5_000) or _NUMBER in words(_card(world, 1), 5_000):
        raise RuntimeError("nomor rekening tidak disamarkan")
    return f"{read} → {words(sent, 110)}"


async def help_out(world: World) -> str:
    """Andi claims it and answers from his channel; Ayu reads that in her thread and writes back there."""
    andi, ayu, thread = world.people["andi.it"], world.people["ayu.lestari"], await _thread(world, 1)
    await world.later(8 * 60)
    claimed = shown(await andi.click(_card(world, 1), label="Ambil"))
    await world.delivered()
    await _press_and_fill(world, andi, "Balas", {"text": "Halo Ayu, kami cek dulu ke bank. Terakhir kamu coba kapan?"})
    answer = world.last(thread)
    expect(answer, "kami cek dulu ke bank")
    await ayu.send(thread, "Tadi pagi jam 8, kak. Makasih ya!")
    await world.delivered()
    return f"{words(claimed, 90)} → di thread: {words(answer, 130)} → #it-piket: {words(world.last('it-piket'), 130)}"


async def solve(world: World) -> str:
    """The conclusion, five stars, and the whole talk as a page to keep."""
    andi, ayu = world.people["andi.it"], world.people["ayu.lestari"]
    await world.later(40 * 60)
    await _press_and_fill(world, andi, "Selesai", {"text": _CONCLUSION, "cause": ["data_mismatch"]})
    told = world.last(await _thread(world, 1))
    expect(told, _CONCLUSION)
    form = await ayu.click(told, label="5 ⭐")
    rated = shown(await ayu.submit_modal(form, {"comment": "Cepat dan ramah!"}))
    await world.delivered()
    expect(rated, "5 dari 5")
    copy = shown(await ayu.slash(world.channel("bantuan"), "tiket transkrip", nomor=1))
    [page] = copy.attachments
    if _NUMBER.encode() in await page.read():
        raise RuntimeError("transkrip memuat nomor rekening")
    return f"{words(told, 170)} → {words(rated, 60)} → {page.filename}: {words(copy, 120)}"


async def incident(world: World) -> str:
    """Two more withdrawals are late. Sari gathers them in one incident and tells both creators the news once."""
    sari = world.people["sari.kol"]
    for username, told in (("vira", "Penarikan 150 ribu masih diproses."), ("raka", "Penarikan 80 ribu belum masuk.")):
        known = await _fill_in(world, world.people[username], told)
        if "belum dikirim" in words(known, 5_000):
            await world.people[username].click(known, label="Tetap kirim")
        await world.delivered()
    stage = list(Stage).index(Stage.WITHDRAWAL)
    form = await sari.slash(world.channel("staf-kol"), "insiden buka", tahap=stage, gabungkan=24)
    opened = shown(await sari.submit_modal(form, {"title": "Penarikan ke BCA tertunda", "message": _LATE}))
    await world.delivered()
    form = await sari.click(opened, label="Beri kabar")
    told = shown(await sari.submit_modal(form, {"text": _NEWS}))
    await world.delivered()
    for number in (2, 3):
        said = [words(message, 5_000) for message in (await _thread(world, number)).history()]
        if sum(_NEWS in text for text in said) != 1:
            raise RuntimeError(f"kabar gangguan di tiket #{number}: {said}")
    return f"{words(told, 200)} → thread Vira dan Raka: {words(world.last(await _thread(world, 2)), 150)}"


async def statistics(world: World) -> str:
    """How the help desk does: a picture and a workbook."""
    result = shown(await world.people["andi.it"].slash(world.channel("it-piket"), "tiket-statistik"))
    kinds = [file.filename.rsplit(".", 1)[1] for file in result.attachments]
    if kinds != ["png", "xlsx"]:
        raise RuntimeError(f"statistik tanpa gambar atau lembar: {kinds}")
    return words(result, 250)


async def _fill_in(world: World, creator: MemberActor, told: str) -> ResponseMessage:
    """The panel's button for withdrawals, and its form filled in; the answer."""
    panel = _newest(world.channel("bantuan"), "Butuh bantuan di aplikasi?")
    form = await creator.click(panel, label=Stage.WITHDRAWAL.indonesian)
    questions = await world.bot.services.ticket_questions.of_stage(Stage.WITHDRAWAL)
    answers = [creator.name, "Rp 250.000, 8 Januari 2026", "BCA", told]
    values: dict[str, Any] = {f"q{one.id}": text for one, text in zip(questions, answers, strict=True)}
    return shown(await creator.submit_modal(form, values))


async def _press_and_fill(world: World, staff: MemberActor, label: str, values: dict[str, Any]) -> None:
    """A button on the first ticket's card in IT's channel, and the form behind it."""
    form = await staff.click(_card(world, 1), label=label)
    await staff.submit_modal(form, values)
    await world.delivered()


def _card(world: World, number: int) -> discord.Message:
    return _newest(world.channel("it-piket"), f"Tiket #{number} · ")


async def _thread(world: World, number: int) -> ChannelHandle:
    services = world.bot.services
    ticket = await services.tickets.get(number)
    kept = await services.threads.get(ticket.kept_thread_id) if ticket.kept_thread_id else None
    if kept is None:
        raise RuntimeError(f"thread tiket #{number} belum dibuat")
    return next(one for one in world.channel("bantuan").threads if one.id == kept.thread_id)


def _newest(channel: ChannelHandle, part: str) -> discord.Message:
    """The newest message of a channel that says `part`. Raises RuntimeError when none does."""
    found = [message for message in channel.history() if part in words(message, 5_000)]
    if not found:
        raise RuntimeError(f"tidak ada pesan dengan {part!r}")
    return max(found, key=lambda message: message.id)


def _next_working_day(now: datetime) -> datetime:
    """The next weekday's 09.00, when the desk opens."""
    day = now + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day.replace(hour=9, minute=0, second=0, microsecond=0)
