"""Interactions a second of the real bot through the loopback Discord, beside a bare discord.py bot from the same run.

The loopback shares the machine with the bot, so the rates are lower bounds; the bot's own processor time says what an
interaction costs it.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from tests.loopback.driver import Answer, User
from tests.loopback.process import BotProcess, processor_seconds
from tests.loopback.server import Loopback
from tests.support.live import PITCH, live_server

ECHO = (sys.executable, "-m", "tests.loopback.echo_bot")
ACTS = 2_000
AT_ONCE = 50

Act = Callable[[User], Awaitable[Answer]]


@dataclass(frozen=True)
class Figures:
    """What a run of one kind of act has shown."""

    rate: float
    median: float
    slowest: float
    cost: float

    def line(self, name: str, bare: "Figures | None" = None) -> str:
        """One printable line; rates and costs beside those of the bare bot."""
        text = (
            f"{name:<22}{self.rate:>7,.0f}/s   p50 {self.median * 1000:>4.0f} ms   p99 {self.slowest * 1000:>4.0f} ms"
            f"   bot {self.cost * 1e6:>6,.0f} us each"
        )
        return f"{text}   ratio {self.rate / bare.rate:.3f} (cost {self.cost / bare.cost:.1f}x)" if bare else text


async def main() -> list[str]:
    """The figures as printable lines."""
    async with Loopback() as discord, discord.bot(ECHO) as bot:
        people = [discord.user(f"Orang {number}") for number in range(AT_ONCE)]
        panel = (await people[0].slash("gema panel")).message
        assert panel is not None
        echo_slash = await _run(bot, people, lambda person: person.slash("gema teks", teks="halo"))
        echo_press = await _run(bot, people, lambda person: person.press(panel, label="Hitung 7"))
    with tempfile.TemporaryDirectory() as folder:
        async with live_server(Path(folder)) as live:
            staff = live.discord.user("Sari", "Tim KOL")
            for number in range(5):
                await live.announce(staff, f"Kampanye {number}")
            people = await live.creators(f"kreator{number}" for number in range(AT_ONCE))
            post = live.posts("kampanye")[0]
            listed = await _run(live.bot, people, lambda person: person.slash("kampanye daftar"))
            typed = await _run(
                live.bot, people, lambda person: person.autocomplete("kampanye detail", "judul", "kampanye 3")
            )
            opened = await _run(live.bot, people, lambda person: person.press(post, label="Lamar"))
            forms = {person.id: await person.press(post, label="Lamar") for person in people}
            unreadable = {"pitch": PITCH, "rate": "entah"}
            refused = await _run(live.bot, people, lambda person: person.submit(forms[person.id], unreadable))
            assert live.value("SELECT count(*) FROM form_draft") == AT_ONCE
    return [
        f"{ACTS:,} acts of a kind, {AT_ONCE} people at once",
        echo_slash.line("bare bot, command"),
        echo_press.line("bare bot, button"),
        listed.line("/kampanye daftar (5)", echo_slash),
        typed.line("autocomplete", echo_slash),
        opened.line("Lamar, opens form", echo_press),
        refused.line("form refused and kept", echo_press),
    ]


async def _run(bot: BotProcess, people: list[User], act: Act) -> Figures:
    latencies: list[float] = []

    async def one(person: User, turns: int) -> None:
        for _ in range(turns):
            answer = await act(person)
            assert answer.latency is not None and len(answer.callbacks) == 1, answer
            latencies.append(answer.latency)

    # The first act of each is not counted: it loads what is loaded once.
    await asyncio.gather(*(one(person, 1) for person in people))
    latencies.clear()
    spent, started = processor_seconds(bot.pid), time.perf_counter()
    await asyncio.gather(*(one(person, ACTS // AT_ONCE) for person in people))
    elapsed = time.perf_counter() - started
    cost = (processor_seconds(bot.pid) - spent) / len(latencies)
    latencies.sort()
    return Figures(len(latencies) / elapsed, latencies[len(latencies) // 2], latencies[-len(latencies) // 100], cost)
