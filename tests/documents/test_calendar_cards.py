"""The calendar's cards read back: they open, keep their text inside, and hold whatever the facts are."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from bot.content_calendar.cards import (
    Card,
    DayEntry,
    EvaluationCard,
    EvaluationRow,
    MonthCard,
    PostCard,
    alt_text,
    layout,
)
from bot.platform.palette import Tone
from tests.documents.card_samples import HOSTILE, photograph
from tests.documents.placing import is_well_placed


def post(text: str, photo: bytes | None = None) -> PostCard:
    """A post whose every text is the same."""
    return PostCard(text, text, text, text, photo)


def month(text: str, year: int = 2026, number: int = 2) -> MonthCard:
    """A month with one, two, three and many entries on its days."""
    days = [day for day, count in ((1, 1), (2, 2), (3, 3), (4, 40)) for _ in range(count)]
    tones = list(Tone)
    entries = tuple(DayEntry(day, "23.59", text, tones[index % 6]) for index, day in enumerate(days))
    return MonthCard(year, number, entries, date(year, number, 3))


def evaluation(text: str) -> EvaluationCard:
    """A row whose every text is the same, and one of ordinary figures."""
    figures = ("1.234.567.890", "1.234.567", "Rp 12.345.678", "100%", "12.345%")
    return EvaluationCard(
        text or "Evaluasi",
        text,
        (EvaluationRow(text, text, *([text] * 5)), EvaluationRow("Kuis", "10 Feb · Kuis", *figures, Tone.GOOD)) * 5,
    )


def cards() -> Iterator[tuple[str, Card]]:
    """Every card with ordinary and hostile facts."""
    for name, text in (HOSTILE | {"plain": "BUAT PEMANASAN"}).items():
        yield f"post_{name}", post(text)
        yield f"month_{name}", month(text)
        yield f"evaluation_{name}", evaluation(text)
    yield "post_photo", post("BUAT PEMANASAN", photograph())
    yield "post_broken_photo", post("BUAT PEMANASAN", b"no picture")
    yield "post_words_only", PostCard("SEMANGAT SENIN")
    yield "month_empty", MonthCard(2026, 2, ())
    yield "month_six_weeks", month("x", 2026, 8)
    yield "evaluation_empty", EvaluationCard("Evaluasi", "Belum ada kegiatan", ())


CARDS = dict(cards())
every_card = pytest.mark.parametrize("name", CARDS)


@every_card
def test_text_stays_in_its_room_and_nothing_lies_on_another(name: str) -> None:
    is_well_placed(layout(CARDS[name]))


@every_card
def test_alt_text_is_short_and_says_something(name: str) -> None:
    told = alt_text(CARDS[name])

    assert 10 < len(told) <= 1024


@pytest.mark.parametrize("name", ["post_plain", "post_photo", "month_plain", "evaluation_plain"])
def test_a_card_is_a_png_that_a_phone_loads_quickly(name: str) -> None:
    raw = layout(CARDS[name]).png()

    with Image.open(BytesIO(raw)) as picture:
        assert picture.format == "PNG" and picture.width == 1200
    assert len(raw) < 1_500_000
