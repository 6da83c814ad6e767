"""How long quizzes and giveaways of the calendar are open, how quizzes are won, whose version of an entry stays."""

from __future__ import annotations

from typing import Any

import pytest
from simcord.actors import MemberActor

from bot.content_calendar.models import LegalKind, Way
from tests.support.calendar import (
    add,
    at,
    decide,
    entries,
    kalender,
    newest,
    selects_of,
    send_sheet,
    sheet_of,
    until,
    written,
)
from tests.support.campaigns import buttons_of
from tests.support.server import Server, message_of, text_of

PRIZE = "Hadiah Gopay 25.000 untuk 2 pemenang"
DAY = 86_400


@pytest.fixture
async def sari(server: Server) -> MemberActor:
    return await server.staff("sari.kol")


def quiz_row(number: int, date: str, strategy: str, caption: str = "") -> tuple[Any, ...]:
    """A row of the sheet that starts a quiz in #bantuan."""
    asked = caption or f"Quiz 1\nSoal nomor {number}?\nJawaban: ya"
    return (number, date, "Member Engagement", strategy, "Community", "bantuan", "", "", f"Kuis {number}", asked)


async def test_what_the_strategy_says_of_winning_and_length_is_taken_and_the_rest_is_the_sheets_default(
    server: Server, sari: MemberActor
) -> None:
    day = at(server, 2)
    date = f"{day.day}/{day.month}/{day.year}"
    data = sheet_of(
        quiz_row(1, date, f"Quiz - {PRIZE} - tercepat - dibuka 2 jam"),
        quiz_row(2, date, f"Quiz - {PRIZE} - pemenang diundi - 1x24 jam"),
        quiz_row(3, date, f"Quiz - {PRIZE}"),
        quiz_row(4, date, f"Quiz - {PRIZE}", "Pemenangnya diundi ya!\nQuiz 1\nSiapa pelari tercepat?\nJawaban: Bolt"),
        (
            5,
            date,
            "Member Engagement",
            f"Giveaway - {PRIZE} - selama 5 hari",
            "Community",
            "bantuan",
            "",
            "",
            "GA",
            "A",
        ),
        (6, date, "Member Engagement", f"Giveaway - {PRIZE}", "Community", "bantuan", "", "", "GA lagi", "B"),
    )
    preview = await send_sheet(server, sari, data, year=day.year)
    assert "kuis dibuka 1 hari dan dimenangkan yang tercepat, giveaway dibuka 3 hari" in text_of(preview)
    shown = await sari.click(message_of(preview), label="Ubah bawaan")
    basics = {"year": str(day.year), "hour": "19.00", "quiz_open": "6 jam", "giveaway_open": "2 hari"}
    wrong = await sari.submit_modal(shown, basics | {"giveaway_open": "sebulan", "way": ["fastest"]})
    assert "Giveaway dibuka" in text_of(wrong)
    shown = await sari.click(message_of(preview), label="Ubah bawaan")
    preview = await sari.submit_modal(shown, basics | {"way": ["fastest"]})
    text = text_of(preview)
    assert "kuis dibuka 6 jam" in text and "giveaway dibuka 2 hari" in text
    assert "tidak dikerjakan bot" not in text
    for row in (1, 3, 4, 5):
        preview = await decide(sari, preview, f"{row}:10", choice="contest" if row == 3 else "draw")
    text = text_of(preview)
    assert "Kuis (yang tercepat, dibuka 2 jam)" in text and "Kuis (diundi di antara yang benar, dibuka 1 hari)" in text
    assert "Giveaway (dibuka 5 hari)" in text and "Giveaway (dibuka 2 hari)" in text
    await sari.click(message_of(preview), label="Simpan 6 entri")

    found = [one.content for one in await entries(server)]
    assert [one.way for one in found[:4]] == [Way.FASTEST, Way.DRAWN, Way.FASTEST, Way.DRAWN]
    assert [one.lasts for one in found] == [7_200, DAY, 21_600, 21_600, 5 * DAY, 2 * DAY]
    assert [one.legal for one in found] == [None, LegalKind.DRAW, None, LegalKind.CONTEST, *[LegalKind.DRAW] * 2]

    await until(server, day)
    reads = server.services.database.read
    quizzes = await reads.fetch_all("SELECT way, closes_at - opened_at AS lasts FROM quiz ORDER BY id")
    assert [tuple(row) for row in quizzes] == [
        ("fastest", 7_200), ("drawn", DAY), ("fastest", 21_600), ("drawn", 21_600)
    ]  # fmt: skip
    giveaways = await reads.fetch_all("SELECT ends_at - opened_at AS lasts FROM giveaway ORDER BY id")
    assert [row["lasts"] for row in giveaways] == [5 * DAY, 2 * DAY]


async def test_what_a_sheet_says_twice_is_asked(server: Server, sari: MemberActor) -> None:
    day = at(server, 2)
    date = f"{day.day}/{day.month}/{day.year}"
    data = sheet_of(
        quiz_row(1, date, "Quiz - tercepat", "Pemenangnya diundi.\nQuiz 1\nApa?\nJawaban: itu"),
        quiz_row(2, date, "Quiz - 2 jam - 3 hari"),
        quiz_row(3, date, "Quiz - tidak diundi"),
    )
    preview = await send_sheet(server, sari, data, year=day.year)
    text = text_of(preview)
    assert "3 hal perlu kamu putuskan" in text and "beberapa lama waktu" in text

    preview = await decide(sari, preview, "0:11", choice="fastest")
    wrong = await decide(sari, preview, "1:12", typed="100 hari")
    assert "paling lama 30 hari" in text_of(wrong)
    preview = await decide(sari, preview, "1:12", typed="90 menit")
    preview = await decide(sari, preview, "2:11", choice="fastest")
    await sari.click(message_of(preview), label="Simpan 3 entri")

    assert [one.content.lasts for one in await entries(server)] == [DAY, 5_400, DAY]


async def test_length_way_and_permit_are_changed_by_hand(server: Server, sari: MemberActor) -> None:
    when = at(server, 2)
    entry = await add(server, sari, when, "Yuk main")
    panel = await kalender(server, sari, "ubah", entri=f"#{entry.id}")
    assert "Lama & izin" not in buttons_of(message_of(panel))
    values = {"kind": ["quiz"], "prize": "Gopay 25.000 untuk 2 pemenang", "questions": "Quiz 1\nApa?\nJawaban: itu"}

    async def fill(button: str, answers: dict[str, Any]) -> Any:
        panel = await kalender(server, sari, "ubah", entri=f"#{entry.id}")
        shown = await sari.click(message_of(panel), label=button)
        return await sari.submit_modal(shown, answers)

    refused = await fill("Kegiatan & hadiah", values | {"way": ["drawn"], "legal": []})
    assert "Kuis ini undian atau kontes?" in text_of(refused)
    panel = await fill("Kegiatan & hadiah", values | {"way": ["drawn"], "legal": ["draw"]})
    assert "Diundi di antara yang benar, dibuka 1 hari" in text_of(panel)
    wrong = await fill("Lama & izin", {"open_for": "2 bulan", "permit": ""})
    assert "tidak terbaca" in text_of(wrong)
    panel = await fill("Lama & izin", {"open_for": "3 hari", "permit": "KEMENSOS-1"})
    assert "dibuka 3 hari" in text_of(panel) and "KEMENSOS-1" in text_of(panel)

    await until(server, when)
    reads = server.services.database.read
    [quiz] = await reads.fetch_all("SELECT way, open_seconds, legal_kind, permit FROM quiz")
    assert tuple(quiz) == ("drawn", 3 * DAY, "draw", "KEMENSOS-1")


async def test_an_entry_that_was_changed_by_hand_stays_unless_staff_take_the_sheets_version(
    server: Server, sari: MemberActor
) -> None:
    day = at(server, 2)
    date = f"{day.day}/{day.month}/{day.year}"

    def sheet(*captions: str) -> bytes:
        return sheet_of(
            *((number, date, "Member Engagement", "Sapa", "Community", "bantuan", "", "", f"Sapaan {number}", caption)
              for number, caption in enumerate(captions, start=1))
        )  # fmt: skip

    preview = await send_sheet(server, sari, sheet("Halo satu", "Halo dua", "Halo tiga"), year=day.year)
    await sari.click(message_of(preview), label="Simpan 3 entri")
    for number in (1, 2):
        panel = await kalender(server, sari, "ubah", entri=f"#{number}")
        shown = await sari.click(message_of(panel), label="Ubah isi")
        texts = {"headline": f"Sapaan {number}", "big_words": "", "directive": "", "reference": ""}
        await sari.submit_modal(shown, texts | {"caption": f"Versi tim {number}"})

    changed = sheet("Halo satu lagi", "Halo dua lagi", "Halo tiga lagi")
    preview = await send_sheet(server, sari, changed, year=day.year)
    text = text_of(preview)
    assert "Sudah diubah tim, dipertahankan (2)" in text and "Berubah (1)" in text and "beda teks" in text
    preview = await decide(sari, preview, "1:13", choice="sheet")
    preview = await decide(sari, preview, "0:13", choice="keep")
    saved = await sari.click(message_of(preview), label="Simpan 2 entri")
    assert "1 entri yang sudah diubah tim dibiarkan" in text_of(saved)
    captions = [one.content.caption for one in await entries(server)]
    assert captions == ["Versi tim 1", "Halo dua lagi", "Halo tiga lagi"]

    again = await send_sheet(server, sari, changed, year=day.year)
    assert "Tidak ada yang perlu disimpan" in text_of(again) and selects_of(again) == {}


async def test_an_entry_that_was_moved_by_hand_is_not_moved_back_by_itself(server: Server, sari: MemberActor) -> None:
    day, other = at(server, 2), at(server, 3)

    def sheet(caption: str) -> bytes:
        date = f"{day.day}/{day.month}/{day.year}"
        return sheet_of((1, date, "Member Engagement", "Sapa", "Community", "bantuan", "", "", "Sapaan", caption))

    preview = await send_sheet(server, sari, sheet("Halo"), year=day.year)
    await sari.click(message_of(preview), label="Simpan 1 entri")
    shown = await kalender(server, sari, "pindah", entri="#1")
    place = {"channel": "bantuan", "grace": "2 jam", "media": ["community"], "focus": ["engagement"]}
    await sari.submit_modal(shown, place | {"when": written(other)})

    preview = await send_sheet(server, sari, sheet("Halo semua"), year=day.year)
    assert buttons_of(message_of(preview))["Simpan"] is False
    assert "waktu" in text_of(preview)
    shown = await sari.select(message_of(preview), ["0"], custom_id="tsc:calendar:import:show:2")
    assert "Halo semua" in text_of(shown)

    assert (await newest(server)).local == other
