"""The giveaway's pictures read back: they open, stay light, keep their text inside, whatever the facts are."""

from io import BytesIO

import pytest
from PIL import Image

from bot.giveaways.cards import GiveawayCard, WinnersCard, alt_text, layout
from tests.documents.card_samples import HOSTILE

HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
CARDS: dict[str, GiveawayCard | WinnersCard] = {
    "post": GiveawayCard("Akhir Pekan", "Saldo GoPay Rp 100.000", 3, "30 November 2026 20.00 WIB"),
    "worth": GiveawayCard("Akhir Pekan", "Saldo GoPay", 3, "30 November 2026 20.00 WIB", "Rp 75.000 per pemenang"),
    "over": GiveawayCard("Giveaway Ramadan", "Voucher belanja", 1, "1 Maret 2026 20.00 WIB", "Rp 75.000", "Selesai"),
    **{
        f"winners_{number}": WinnersCard("A", "Pulsa", tuple(f"Sari {i}" for i in range(number)), 50_000, HASH)
        for number in (1, 2, 3, 4, 5, 10, 11, 100)
    },
    **{f"post_{name}": GiveawayCard(text, text, 10**9, text, text, text) for name, text in HOSTILE.items()},
    **{f"winners_{name}": WinnersCard(text, text, (text,) * 7, 10**9, HASH, True) for name, text in HOSTILE.items()},
}


@pytest.mark.parametrize("name", CARDS)
def test_text_stays_in_its_room_and_on_the_picture(name: str) -> None:
    canvas = layout(CARDS[name])
    safe = canvas.box.inset(16)
    for placed in canvas.placed:
        assert placed.within.holds(placed.box, slack=6), placed
        assert safe.holds(placed.box), placed


@pytest.mark.parametrize("name", ["post", "worth", "over", "winners_1", "winners_10", "winners_100"])
def test_a_card_is_a_light_png_with_words_beside_it(name: str) -> None:
    raw = layout(CARDS[name]).png()
    with Image.open(BytesIO(raw)) as picture:
        assert picture.format == "PNG" and picture.width == 1200
    assert len(raw) < 400_000
    assert 20 < len(alt_text(CARDS[name])) <= 1024


def test_the_money_and_that_it_is_over_are_on_the_picture_and_in_its_words() -> None:
    worth, over = ({placed.text for placed in layout(CARDS[name]).placed} for name in ("worth", "over"))

    assert "Rp 75.000 per pemenang" in worth and "Berakhir" in worth and "Selesai" not in worth
    assert {"Rp 75.000", "Selesai"} <= over and "Berakhir" not in over
    assert alt_text(CARDS["over"]) == (
        "Giveaway Ramadan. Hadiah: Voucher belanja, Rp 75.000, untuk 1 pemenang. Selesai 1 Maret 2026 20.00 WIB."
    )
    assert alt_text(CARDS["worth"]).startswith("Giveaway Akhir Pekan. Hadiah: Saldo GoPay, Rp 75.000 per pemenang")


def test_more_winners_than_fit_are_counted() -> None:
    said = " ".join(placed.text for placed in layout(CARDS["winners_11"]).placed)

    assert "Sari 9" in said and "Sari 10" not in said and "+1 pemenang lagi" in said
    assert "dan 1 lagi" in alt_text(CARDS["winners_11"])


@pytest.mark.parametrize("name", HOSTILE)
def test_words_for_people_who_do_not_see_it_hold_whatever_the_names_are(name: str) -> None:
    for card in (CARDS[f"post_{name}"], CARDS[f"winners_{name}"]):
        assert 20 < len(alt_text(card)) <= 1024 and "\u202e" not in alt_text(card)
