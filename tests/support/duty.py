"""What IT does with its rota, step by step, as their Discord apps would. Days and hours are in WIB."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import discord
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.duty.reading import DAY_CHOICES
from bot.platform.clock import JAKARTA
from tests.support.server import Server, text_of

WORKDAYS = 0
WEEK = timedelta(days=7)
IT_ROLE = "IT Support"


async def it_people(server: Server, *names: str) -> list[MemberActor]:
    """Members of IT, as many as there are names."""
    return [await server.join(name, display=name.capitalize(), roles=(IT_ROLE,)) for name in names]


async def until(server: Server, *when: int) -> None:
    """Time passes up to a moment (year, month, day, hour, minute) and what falls due by then is done."""
    await server.env.settle()
    left = datetime(*when, tzinfo=JAKARTA) - server.env.now()  # type: ignore[misc,arg-type]
    assert left.total_seconds() >= 0, "that moment has passed"
    # A week at a time: simcord gives each jump five seconds of real time to settle, and every day has its jobs.
    for _ in range(int(left / WEEK)):
        await server.env.advance_time(WEEK.total_seconds())
    await server.env.advance_time((left % WEEK).total_seconds())
    await server.env.settle()


async def on_rota(
    server: Server,
    by: MemberActor,
    who: MemberActor,
    day: int | str = WORKDAYS,
    hours: tuple[str, str] = ("09.00", "18.00"),
) -> InteractionResult:
    """/piket atur tambah. `day`: the number of a choice, or its name."""
    number = day if isinstance(day, int) else [name for name, _ in DAY_CHOICES].index(day)
    options: dict[str, Any] = {"orang": who, "hari": number, "mulai": hours[0], "selesai": hours[1]}
    done = await by.slash(server.channel("it-piket"), "piket atur tambah", **options)
    await server.env.settle()
    return done


async def ask_swap(server: Server, who: MemberActor, to: MemberActor, part: str) -> InteractionResult:
    """/piket tukar with the first own turn that fits what is typed."""
    channel = server.channel("it-piket")
    choices = await who.autocomplete(channel, "piket tukar", "giliran", part, dengan=to)
    assert choices, "no turn of theirs fits"
    asked = await who.slash(channel, "piket tukar", giliran=choices[0]["value"], dengan=to)
    await server.env.settle()
    return asked


def told(server: Server, channel: str, holding: str) -> list[discord.Message]:
    """A channel's messages that hold some words."""
    return [message for message in server.messages(channel) if holding in text_of(message)]
