"""What creators, staff and IT do with tickets, step by step, as their Discord apps would."""

from __future__ import annotations

import asyncio
from typing import Any

import discord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.results import InteractionResult

from bot.tickets.models import Entry, Stage, Ticket
from tests.support.server import Server, message_of

DAY = 86_400
# Fits no known answer, so that the ticket is opened at once.
ODD = "xyzzy plugh"
CONCLUSION = "Servernya sempat penuh. Sekarang sudah normal, silakan coba lagi dari awal."


async def form_of(server: Server, creator: MemberActor, stage: int = 4) -> InteractionResult:
    """/tiket buka with a stage: the form."""
    return await creator.slash(server.channel("bantuan"), "tiket buka", tahap=stage)


async def typed(server: Server, told: str, stage: int = 4, **others: str) -> dict[str, Any]:
    """A filled-in form: `told` is what happened."""
    questions = await server.services.ticket_questions.of_stage(list(Stage)[stage])
    values: dict[str, Any] = {f"q{one.id}": others.get("line", "plugh") for one in questions[:-1]}
    return {**values, f"q{questions[-1].id}": told}


async def fill_in(
    server: Server, creator: MemberActor, told: str = ODD, stage: int = 4, **files: Any
) -> InteractionResult:
    """Open the form and send it."""
    result = await creator.submit_modal(
        await form_of(server, creator, stage), {**await typed(server, told, stage), **files}
    )
    await server.env.settle()
    return result


async def open_ticket(server: Server, creator: MemberActor, told: str = ODD, stage: int = 4) -> Ticket:
    """A ticket of a creator's, with its thread."""
    shown = await fill_in(server, creator, told, stage)
    if "belum dikirim" in str(message_of(shown).embeds[0].description):
        await creator.click(message_of(shown), label="Tetap kirim")
        await server.env.settle()
    mine, _ = await server.services.tickets.mine(creator.id)
    return max(mine, key=lambda one: one.id)


async def delivered(server: Server) -> None:
    """Wait until everything has happened, also what a test set off through a service itself."""
    waiting = "SELECT count(*) AS n FROM outbox_message WHERE state IN ('pending', 'sending')"
    async with asyncio.timeout(10):
        while True:
            await server.env.settle()
            row = await server.services.database.read.fetch_one(waiting)
            if row is not None and row["n"] == 0:
                return
            await asyncio.sleep(0.01)


async def ticket(server: Server, number: int = 1) -> Ticket:
    """A ticket as the store has it."""
    return await server.services.tickets.get(number)


async def entries(server: Server, number: int = 1) -> list[Entry]:
    """What was said and done in it."""
    return await server.services.tickets.entries(number)


async def thread_of(server: Server, number: int = 1) -> int:
    """Discord's id of its thread."""
    kept_id = (await ticket(server, number)).kept_thread_id
    assert kept_id is not None
    kept = await server.services.threads.get(kept_id)
    assert kept is not None and kept.thread_id is not None
    return kept.thread_id


async def thread_channel(server: Server, number: int = 1) -> ChannelHandle:
    """Its thread, to write in."""
    wanted = await thread_of(server, number)
    return next(one for one in server.channel("bantuan").threads if one.id == wanted)


async def thread_messages(server: Server, number: int = 1) -> list[discord.Message]:
    """What its thread shows, oldest first."""
    return server.messages(await thread_channel(server, number))


async def say(server: Server, who: MemberActor, text: str, number: int = 1) -> None:
    """Write in a ticket's thread."""
    await who.send(await thread_channel(server, number), text)
    await server.env.settle()


async def header(server: Server, number: int = 1) -> discord.Message:
    """The message on top of its thread."""
    return (await thread_messages(server, number))[0]


async def desk_card(server: Server, number: int = 1) -> discord.Message:
    """Its card in IT's channel."""
    wanted = f"Tiket #{number} · "
    return next(
        one for one in server.messages("it-piket") if one.embeds and str(one.embeds[0].title).startswith(wanted)
    )


async def press(server: Server, who: MemberActor, message: Any, label: str) -> InteractionResult:
    """Press a button and let everything it causes happen."""
    result = await who.click(message, label=label)
    await server.env.settle()
    return result


async def press_and_fill(
    server: Server, who: MemberActor, message: Any, label: str, values: dict[str, Any]
) -> InteractionResult:
    """Press a button that opens a form, and send the form."""
    opened = await who.click(message, label=label)
    result = await who.submit_modal(opened, values)
    await server.env.settle()
    return result


async def resolve(server: Server, it: MemberActor, number: int = 1) -> InteractionResult:
    """Selesai, with a conclusion."""
    return await press_and_fill(
        server, it, await desk_card(server, number), "Selesai", {"text": CONCLUSION, "cause": ["outage"]}
    )


async def later(server: Server, days: float) -> None:
    """Days pass, and what falls due is done."""
    await server.env.advance_time(days * DAY)
    await server.env.settle()
