"""Scenes of an event: announced with two seats, a waiting list, a freed seat, a reminder."""

from __future__ import annotations

from datetime import timedelta

import discord

from bot.demo.world import World, expect, shown, words
from bot.events.models import EventKind, EventState
from bot.platform.clock import from_timestamp
from bot.platform.deadlines import write_deadline


async def announce(world: World) -> str:
    """A workshop with two seats; its link stays with those who come."""
    post = await write(world, EventKind.WORKSHOP, "Workshop Bikin Hook", days=3, seats=2)
    if not post.attachments or "zoom.us" in words(post, 5_000):
        raise RuntimeError(f"pengumuman tanpa gambar, atau dengan tautannya: {words(post)}")
    return words(post, 220)


async def say_yes(world: World) -> str:
    """Two are in, the third waits."""
    post = world.last("acara")
    answers = [shown(await world.people[name].click(post, label="Ikut")) for name in ("ayu.lestari", "vira", "raka")]
    expect(answers[0], "Kamu ikut")
    expect(answers[2], "daftar tunggu")
    return f"Ayu dan Vira ikut. Raka: {words(answers[2], 150)}"


async def seat_is_freed(world: World) -> str:
    """Vira can't come; Raka gets her seat and hears it."""
    await world.people["vira"].click(world.last("acara"), label="Batal ikut")
    await world.delivered()
    news = world.last_dm(world.people["raka"])
    expect(news, "Kamu dapat tempat")
    return f"DM Raka: {words(news, 180)}"


async def reminded(world: World) -> str:
    """A day before, with the link."""
    event = await world.bot.services.events.chosen("Workshop Bikin Hook", [EventState.OPEN])
    await world.until(from_timestamp(event.spec.starts_at) - timedelta(days=1))
    news = world.last_dm(world.people["raka"])
    expect(news, "Pengingat")
    return f"DM Raka: {words(news, 200)}"


async def write(world: World, kind: EventKind, title: str, *, days: int, seats: int) -> discord.Message:
    """Sari writes an event for an evening in so many days and announces it; the post."""
    sari = world.people["sari.kol"]
    starts = (world.bot.services.clock.today() + timedelta(days=days)).replace(hour=19, minute=0, second=0)
    number = list(EventKind).index(kind)
    form = await sari.slash(world.channel("staf-kol"), "acara-admin buat", jenis=number, kuota=seats)
    panel = await sari.submit_modal(
        form,
        {
            "title": title,
            "about": "Belajar menulis tiga detik pertama yang bikin orang berhenti scroll.",
            "starts": write_deadline(int(starts.timestamp())),
            "lasts": "2 jam",
            "place": "Zoom https://zoom.us/j/98765",
        },
    )
    await sari.click(shown(panel), label="Umumkan")
    await world.delivered()
    return world.last("acara")
