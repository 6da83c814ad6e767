"""Reminders to the content team that nobody answers: a second one, then a note to staff, and both end with the link."""

from __future__ import annotations

import discord
import pytest
from simcord.actors import MemberActor

from tests.support.calendar import add, at, until
from tests.support.campaigns import buttons_of
from tests.support.server import Server, text_of


@pytest.fixture
async def sari(server: Server) -> MemberActor:
    return await server.staff("sari.kol")


def found(server: Server, channel: str, text: str) -> list[discord.Message]:
    """The messages of a channel that hold a text."""
    return [message for message in server.messages(channel) if text in text_of(message)]


async def test_a_reminder_that_nobody_answers_comes_again_and_then_staff_are_told(
    server: Server, sari: MemberActor
) -> None:
    when = at(server, 1, 10)
    await add(server, sari, when, "Caption siap salin", media="instagram_feed", headline="Feed Senin")
    await until(server, when, 3 * 3_600 - 5)
    assert found(server, "tim-konten", "Sudah tayang belum?") == []
    await until(server, when, 3 * 3_600 + 5)
    [second] = found(server, "tim-konten", "Sudah tayang belum?")
    assert "Feed Senin" in text_of(second) and buttons_of(second) == {"Sudah tayang": True}
    await server.restart(off_for=3_600)
    assert found(server, "staf-kol", "Belum dicatat tayang") == []

    await until(server, when, 24 * 3_600 + 10)
    [note] = found(server, "staf-kol", "Belum dicatat tayang")
    assert buttons_of(note) == {"Sudah tayang": True}
    await server.env.advance_time(7 * 86_400)
    assert len(found(server, "tim-konten", "Sudah tayang belum?")) == 1
    assert len(found(server, "staf-kol", "Belum dicatat tayang")) == 1

    shown = await sari.click(second, label="Sudah tayang")
    await sari.submit_modal(shown, {"link": "https://www.instagram.com/p/ABC/"})
    await server.env.settle()
    redrawn = [*found(server, "tim-konten", "instagram.com/p/ABC"), *found(server, "staf-kol", "instagram.com/p/ABC")]
    assert len(redrawn) == 3 and all(buttons_of(message) == {} for message in redrawn)


async def test_a_reminder_that_was_answered_is_not_repeated(server: Server, sari: MemberActor) -> None:
    when = at(server, 1, 10)
    await add(server, sari, when, "Caption siap salin", media="instagram_feed")
    await until(server, when)
    [reminder] = found(server, "tim-konten", "Caption siap salin")
    shown = await sari.click(reminder, label="Sudah tayang")
    await sari.submit_modal(shown, {"link": "https://www.instagram.com/p/ABC/"})

    await server.env.advance_time(3 * 86_400)

    assert found(server, "tim-konten", "Sudah tayang belum?") == []
    assert found(server, "staf-kol", "Belum dicatat") == []
