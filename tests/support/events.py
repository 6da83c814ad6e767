"""What staff and members do with events, step by step, as their Discord app would."""

from __future__ import annotations

from typing import Any

import discord
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from tests.support.campaigns import in_days
from tests.support.server import Server, message_of

LINK = "https://zoom.us/j/98765"


async def begin(server: Server, staff: MemberActor, **typed: Any) -> InteractionResult:
    """/acara-admin buat and its form; the answer is the panel of the draft."""
    options: dict[str, Any] = {"jenis": typed.pop("kind", 0)}
    seats = typed.pop("seats", None)
    if seats is not None:
        options["kuota"] = seats
    shown = await staff.slash(server.channel("staf-kol"), "acara-admin buat", **options)
    filled = {
        "title": "Bikin Hook",
        "about": "Belajar menulis tiga detik pertama.",
        "starts": in_days(server, 3),
        "lasts": "2 jam",
        "place": f"Zoom {LINK}",
    }
    return await staff.submit_modal(shown, filled | typed)


async def announce(server: Server, staff: MemberActor, **typed: Any) -> discord.Message:
    """Write an event and announce it; returns the post."""
    panel = await begin(server, staff, **typed)
    await staff.click(message_of(panel), label="Umumkan")
    await server.env.settle()
    return server.last("acara")


async def later(server: Server, seconds: float) -> None:
    """Time passes and what falls due is done."""
    await server.env.advance_time(seconds)
    await server.env.settle()
