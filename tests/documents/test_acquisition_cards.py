"""The cards of /target read back: they open, keep their text inside, and hold whatever the facts are."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image

from bot.acquisition.cards import Card, GrowthCard, GrowthRow, PlanCard, TargetRow, WayRow, alt_text, layout
from bot.platform.palette import Tone
from tests.documents.card_samples import HOSTILE
from tests.documents.placing import is_well_placed

MONTHS = tuple(f"{month}/26" for month in range(1, 13))
WAYS = (
    WayRow("Campaign relevan", ("1.234", "Rp 12.345.678.900", "Rp 10.004.602"), (True, True, True), True),
    WayRow("Event online", ("0", "belum ada data", "belum ada data"), (False, False, False)),
    WayRow("Belum diketahui asalnya", ("17", "–", "–"), (True, False, False)),
)


def plan(text: str) -> PlanCard:
    """Eight targets whose every text is the same, one with ordinary figures, and the strategies."""
    rows = (TargetRow(text, text, text, 0.4, 0.6, Tone.WARN), TargetRow("Semua", "40%", "4 / 10", 2.0, 1.0, Tone.GOOD))
    return PlanCard(text or "Target", text, rows * 4, (WayRow(text, (text, text, text), (True, True, False)), *WAYS))


def growth(text: str) -> GrowthCard:
    """Platforms with nothing, with a goal far above, and with large figures."""
    return GrowthCard(
        text or "Kreator baru",
        text,
        MONTHS,
        (
            GrowthRow(text, text, (0,) * 12, ("0",) * 12, (None,) * 12),
            GrowthRow("TikTok", "12 akun", tuple(range(12)), tuple(map(str, range(12))), (300,) * 12),
            GrowthRow("YouTube", "1,2 jt akun", (250_000,) * 12, ("250 rb",) * 12, (1,) * 12),
        ),
    )


def cards() -> Iterator[tuple[str, Card]]:
    """Every card with ordinary and hostile facts."""
    for name, text in (HOSTILE | {"plain": "TikTok · Kuliner · Jawa Barat"}).items():
        yield f"plan_{name}", plan(text)
        yield f"growth_{name}", growth(text)
    yield "plan_empty", PlanCard("Target akuisisi Q1 2026", "0 kreator baru", ())
    yield "plan_no_targets", PlanCard("Target akuisisi Q1 2026", "3 kreator baru", (), WAYS)
    yield "growth_empty", GrowthCard("Kreator baru", "Belum ada", MONTHS, ())


CARDS = dict(cards())
every_card = pytest.mark.parametrize("name", CARDS)


@every_card
def test_text_stays_in_its_room_and_nothing_lies_on_another(name: str) -> None:
    is_well_placed(layout(CARDS[name]))


@every_card
def test_alt_text_is_short_and_says_something(name: str) -> None:
    assert 10 < len(alt_text(CARDS[name])) <= 1024


@pytest.mark.parametrize("name", ["plan_plain", "plan_empty", "growth_plain", "growth_empty"])
def test_a_card_is_a_png_that_a_phone_loads_quickly(name: str) -> None:
    raw = layout(CARDS[name]).png()

    with Image.open(BytesIO(raw)) as picture:
        assert picture.format == "PNG" and picture.width == 1200
    assert len(raw) < 1_500_000
