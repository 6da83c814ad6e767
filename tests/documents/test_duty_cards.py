"""The week of duty read back: it opens, keeps its text inside, and holds whoever is in it."""

from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from bot.duty.week_card import MOST_SLOTS, DayRow, Slot, WeekCard, alt_text, layout, render
from bot.platform.palette import Tone
from tests.documents.card_samples import HOSTILE
from tests.documents.placing import is_well_placed

MONDAY = date(2026, 11, 23)


def week(day: DayRow, today: date | None = None) -> WeekCard:
    """Seven such days."""
    return WeekCard(MONDAY, (day,) * 7, today)


def crowd(text: str) -> DayRow:
    """A day of which every name is the same: one person, five, twenty, nobody, and more slots than are shown."""
    tones = list(Tone)
    people = [tuple((text, tones[number % 6]) for number in range(count)) for count in (1, 5, 20, 0, 2, 1, 1)]
    return DayRow(tuple(Slot("22.00–06.00", some) for some in people), text)


CARDS = {name: week(crowd(text), MONDAY) for name, text in (HOSTILE | {"plain": "Dewi, ganti Budi"}).items()} | {
    "empty": week(DayRow(())),
    "holiday": week(DayRow((), "Cuti Bersama Hari Raya Idul Fitri 1447 Hijriah")),
    "gap": week(DayRow((Slot("09.00–18.00"),)), MONDAY),
    "one": week(DayRow((Slot("09.00–18.00", (("Dewi", Tone.BRAND),)),), "Natal"), date(2027, 1, 1)),
}
every_card = pytest.mark.parametrize("name", CARDS)


@every_card
def test_text_stays_in_its_room_and_nothing_lies_on_another(name: str) -> None:
    is_well_placed(layout(CARDS[name]))


@every_card
def test_it_opens_and_is_told_in_words(name: str) -> None:
    picture = render(CARDS[name])
    with Image.open(BytesIO(picture)) as opened:
        assert opened.format == "PNG" and opened.width == 1200
    assert len(picture) < 1_500_000
    words = alt_text(CARDS[name])
    assert "23 November 2026" in words and len(words) <= 1_024


def test_a_gap_is_said_in_words_too() -> None:
    assert "Senin: 09.00–18.00 tidak ada yang piket" in alt_text(CARDS["gap"])
    assert any(one.text == "Tidak ada yang piket" for one in layout(CARDS["gap"]).placed)
    hidden = len(crowd("x").slots) - MOST_SLOTS
    assert any(one.text == f"+{hidden} giliran lagi" for one in layout(CARDS["plain"]).placed)
