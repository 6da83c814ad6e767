"""Posts of the calendar that are out: corrected, given another picture, or taken back."""

from __future__ import annotations

import pytest
from simcord.actors import MemberActor

from bot.content_calendar.models import EntryState
from tests.support.calendar import add, at, decide, kalender, newest, send_sheet, sheet_of, until
from tests.support.campaigns import press_again
from tests.support.server import Server, message_of, text_of

TEXTS = {"headline": "", "caption": "", "big_words": "", "directive": "", "reference": ""}


@pytest.fixture
async def sari(server: Server) -> MemberActor:
    return await server.staff("sari.kol")


async def audited(server: Server) -> list[str]:
    """What is on record about the calendar."""
    rows = await server.services.database.read.fetch_all(
        "SELECT action FROM audit_entry WHERE subject_kind = 'calendar_entry' ORDER BY id"
    )
    return [row["action"] for row in rows]


async def test_a_slip_in_a_post_is_corrected_where_it_stands(server: Server, sari: MemberActor) -> None:
    await add(server, sari, at(server, 1), "Besok ada workshp", headline="Kabar")
    await until(server, at(server, 1))
    [before] = [one for one in server.messages("bantuan") if "workshp" in text_of(one)]

    panel = await kalender(server, sari, "ubah", entri="#1")
    form = await sari.click(message_of(panel), label="Perbaiki isi")
    await sari.submit_modal(form, {**TEXTS, "headline": "Kabar", "caption": "Besok ada workshop"})
    await server.env.settle()

    [after] = [one for one in server.messages("bantuan") if "workshop" in text_of(one)]
    assert after.id == before.id and "workshp" not in text_of(after)
    assert (await newest(server)).state is EntryState.POSTED
    assert (await audited(server))[-1] == "calendar.corrected"
    form = await press_again(server, sari, "tsc:calendar:texts:1")
    refused = await sari.submit_modal(form, TEXTS)
    assert "pakai /kalender batal" in text_of(refused)


async def test_a_post_is_taken_back_with_its_picture_after_a_question(server: Server, sari: MemberActor) -> None:
    await add(server, sari, at(server, 1), "Promo yang salah")
    form = await press_again(server, sari, "tsc:calendar:texts:1")
    await sari.submit_modal(form, {**TEXTS, "caption": "Promo yang salah", "big_words": "PROMO"})
    await until(server, at(server, 1))
    [post] = [one for one in server.messages("bantuan") if "Promo" in text_of(one)]
    assert post.attachments

    found = await sari.autocomplete(server.channel("staf-kol"), "kalender batal", "entri", "promo")
    assert [choice["value"] for choice in found] == ["#1"]
    asked = await kalender(server, sari, "batal", entri="#1")
    assert "Tarik **" in text_of(asked) and [one for one in server.messages("bantuan") if "Promo" in text_of(one)]
    await sari.click(message_of(asked), label="Ya, tarik")
    await server.env.settle()

    [note] = [one for one in server.messages("bantuan") if one.id == post.id]
    assert text_of(note).strip() == "Postingan ini ditarik oleh tim." and not note.attachments
    assert (await newest(server)).state is EntryState.CANCELLED
    assert (await audited(server))[-1] == "calendar.withdrawn"
    again = await press_again(server, sari, "tsc:calendar:withdraw-yes:1")
    assert "tidak bisa ditarik: sudah ditarik" in text_of(again)
    shown = await kalender(server, sari, "evaluasi", bulan=f"{at(server, 0).month}/{at(server, 0).year}")
    assert "Promo" not in str(message_of(shown).attachments[0].description)


async def test_a_running_giveaway_is_not_touched_from_the_calendar(server: Server, sari: MemberActor) -> None:
    day = at(server, 1)
    strategy = "Giveaway - Hadiah Gopay 50.000 untuk 3 pemenang"
    row = (1, f"{day.day}/{day.month}/{day.year}", "Member Engagement", strategy,
           "Community", "bantuan", "", "", "Undian akbar", "Yuk!")  # fmt: skip
    preview = await send_sheet(server, sari, sheet_of(row), year=day.year)
    preview = await decide(sari, preview, "0:10", choice="contest")
    await sari.click(message_of(preview), label="Simpan 1 entri")
    await until(server, day)

    refused = await kalender(server, sari, "batal", entri="#1")
    assert "sudah berjalan" in text_of(refused) and "/giveaway-admin batal" in text_of(refused)
    assert "sudah berjalan" in text_of(await press_again(server, sari, "tsc:calendar:texts:1"))
