"""Who came back: participants who had taken part in another quiz or giveaway in the thirty days before."""

from __future__ import annotations

from datetime import datetime

import pytest
from simcord.actors import MemberActor

from tests.support.calendar import at, decide, kalender, newest, send_sheet, sheet_of, until
from tests.support.campaigns import press_again
from tests.support.server import Server, message_of


@pytest.fixture
async def sari(server: Server) -> MemberActor:
    return await server.staff("sari.kol")


async def giveaway(server: Server, sari: MemberActor, day: datetime, title: str) -> int:
    """A giveaway out of the calendar, open; its id."""
    date = f"{day.day}/{day.month}/{day.year}"
    strategy = "Giveaway - Hadiah Gopay 50.000 untuk 1 pemenang - selama 2 hari"
    data = sheet_of(
        (day.day, date, "Member Engagement", strategy, "Community", "bantuan", "", "", title, f"Yuk {title}")
    )
    preview = await send_sheet(server, sari, data, year=day.year)
    preview = await decide(sari, preview, "0:10", choice="contest")
    await sari.click(message_of(preview), label="Simpan 1 entri")
    await until(server, day)
    entry = await newest(server)
    assert entry.activity_id is not None
    return entry.activity_id


async def told(server: Server, sari: MemberActor, day: datetime) -> str:
    """The evaluation of a day's month in words."""
    shown = await kalender(server, sari, "evaluasi", bulan=f"{day.month}/{day.year}")
    return str(message_of(shown).attachments[0].description)


async def test_who_took_part_before_has_come_back(server: Server, sari: MemberActor) -> None:
    people = [await server.join(f"orang{number}") for number in range(4)]
    first, second, third = at(server, 1), at(server, 20), at(server, 60)
    one = await giveaway(server, sari, first, "Undian satu")
    for member in people[:3]:
        await press_again(server, member, f"tsc:giveaway:join:{one}")
    # Nothing went before: nobody could come back, and nobody is said not to have.
    assert "ikut 3, biaya per peserta belum ada data, kembali belum ada data" in await told(server, sari, first)

    two = await giveaway(server, sari, second, "Undian dua")
    for member in (people[0], people[1], people[3], people[2]):
        await press_again(server, member, f"tsc:giveaway:join:{two}")
    assert "ikut 4, biaya per peserta belum ada data, kembali 75%" in await told(server, sari, second)

    # Forty days later the others lie too far back.
    three = await giveaway(server, sari, third, "Undian tiga")
    await press_again(server, people[0], f"tsc:giveaway:join:{three}")
    assert "ikut 1, biaya per peserta belum ada data, kembali belum ada data" in await told(server, sari, third)


async def test_nobody_came_where_nobody_took_part(server: Server, sari: MemberActor) -> None:
    first, second = at(server, 1), at(server, 5)
    await giveaway(server, sari, first, "Undian sepi")
    await giveaway(server, sari, second, "Undian sepi lagi")

    assert (await told(server, sari, second)).count("ikut 0, biaya per peserta belum ada data, kembali belum") >= 1
