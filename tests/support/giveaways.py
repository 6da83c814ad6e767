"""What staff and members do with giveaways, step by step, as their Discord app would."""

from __future__ import annotations

from typing import Any

import discord
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.giveaways.models import Pick
from bot.platform.deadlines import write_deadline
from tests.support.campaigns import fill
from tests.support.server import Server, message_of

DAY = 86_400


async def begin(server: Server, staff: MemberActor, **typed: Any) -> InteractionResult:
    """/giveaway-admin buat and its first form; the answer is the panel of the draft."""
    days = typed.pop("days", 3)
    ends = int(server.services.clock.timestamp() + days * DAY)
    shown = await staff.slash(server.channel("staf-kol"), "giveaway-admin buat")
    basics = {
        "title": "Akhir Pekan",
        "prize": "Saldo GoPay",
        "amount": "100rb",
        "winners": "2",
        "ends": write_deadline(ends - ends % 60),
    }
    return await staff.submit_modal(shown, basics | typed)


async def choose_legal(staff: MemberActor, panel: InteractionResult, **typed: Any) -> InteractionResult:
    """The legal form of a draft; the answer is its panel."""
    return await fill(staff, panel, "Undian/kontes & izin", {"kind": ["draw"], "permit": "", "claim_days": "3"} | typed)


async def give_away(server: Server, staff: MemberActor, **options: Any) -> discord.Message:
    """Write a giveaway and open it; returns the post. `wanted` and `legal` fill those forms."""
    wanted, legal = options.pop("wanted", None), options.pop("legal", {})
    panel = await begin(server, staff, **options)
    if wanted is not None:
        panel = await fill(staff, panel, "Syarat ikut", {"who": ["everyone"]} | wanted)
    panel = await choose_legal(staff, panel, **legal)
    await staff.click(message_of(panel), label="Buka giveaway")
    await server.env.settle()
    return server.last("giveaway")


async def crowd(server: Server, post: Any, number: int) -> list[MemberActor]:
    """So many members who have joined the giveaway."""
    members = [await server.join(f"peserta{index}") for index in range(1, number + 1)]
    for member in members:
        await member.click(post, label="Ikut")
    return members


async def end_now(server: Server, staff: MemberActor, giveaway: str = "#1") -> InteractionResult:
    """/giveaway-admin akhiri and its yes."""
    asked = await staff.slash(server.channel("staf-kol"), "giveaway-admin akhiri", judul=giveaway)
    done = await staff.click(message_of(asked), label="Ya, akhiri & undi")
    await server.env.settle()
    return done


async def redraw(
    server: Server, staff: MemberActor, member_id: int, reason: str = "Pemenang mengundurkan diri", giveaway: str = "#1"
) -> InteractionResult:
    """/giveaway-admin undi-ulang for one winner."""
    offered = await staff.slash(server.channel("staf-kol"), "giveaway-admin undi-ulang", judul=giveaway)
    shown = await staff.select(message_of(offered), [str(member_id)])
    done = await staff.submit_modal(shown, {"reason": reason})
    await server.env.settle()
    return done


async def winners(server: Server, giveaway_id: int = 1) -> list[Pick]:
    """The winners as they stand."""
    return await server.services.giveaway_draws.winners(giveaway_id)


async def draw_file(message: discord.Message) -> bytes:
    """The draw file that a message carries, downloaded."""
    (file,) = [one for one in message.attachments if one.filename.startswith("undian-")]
    return await file.read()
