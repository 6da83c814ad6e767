"""The pictures of events: readable whatever the facts; a certificate shows the whole name of who was there."""

from io import BytesIO

import pytest
from PIL import Image

from bot.events.cards import CertificateCard, EventCard, alt_text, layout
from tests.documents.placing import stays_in_its_room

LONG = "Workshop " + "sangat panjang sekali " * 30
HOSTILE = "‮\x00@everyone 🧑‍🎤 " + "W" * 300
START = 1_774_440_000
# As long as people's names get, and as long as Discord lets them be (32 characters).
NAMES = (
    "Raka",
    "Raden Ajeng Siti Nurhaliza Kusumawardhani Tjokrodiningrat",
    "W" * 32,
    "Muhammad Fathurrahman Al-Hafidz S",
)

CARDS = {
    "ordinary": EventCard("Workshop", "Bikin Hook", START, "2 jam", "Zoom", 30),
    "no_limit": EventCard("Meet-up", "Kopdar Bandung", START, "1 jam 30 menit", "Kafe Senja, Jl. Braga 10", None),
    "long": EventCard("Webinar", LONG, START, "24 jam", LONG, 1_000),
    "hostile": EventCard("Meet-up", HOSTILE, 0, "1 jam", HOSTILE, 1),
    "empty": EventCard("", "", START, "", "", None),
    "certificate_long": CertificateCard("Workshop", LONG, LONG, "25 Maret 2026", "2 jam", "TSC-12345-6789"),
    "certificate_hostile": CertificateCard("Webinar", HOSTILE, HOSTILE, "1 Januari 1970", "1 jam", "TSC-1-2"),
    "certificate_empty": CertificateCard("", "", "", "", "", ""),
    **{
        f"certificate_{number}": CertificateCard("Workshop", "Bikin Hook", name, "25 Maret 2026", "2 jam", "TSC-1-2")
        for number, name in enumerate(NAMES)
    },
}


@pytest.mark.parametrize("name", CARDS)
def test_every_card_opens_keeps_its_text_inside_and_has_words_for_it(name: str) -> None:
    canvas = layout(CARDS[name])
    with Image.open(BytesIO(canvas.png())) as opened:
        assert opened.size == (1200, canvas.box.h)
    for placed in canvas.placed:
        stays_in_its_room(canvas.box, placed)
    words = alt_text(CARDS[name])
    assert 20 < len(words) <= 1024 and "\x00" not in words


@pytest.mark.parametrize("name", CARDS)
def test_no_text_lies_on_another(name: str) -> None:
    placed = layout(CARDS[name]).placed
    for index, one in enumerate(placed):
        for other in placed[index + 1 :]:
            wide = min(one.box.right, other.box.right) - max(one.box.x, other.box.x)
            high = min(one.box.bottom, other.box.bottom) - max(one.box.y, other.box.y)
            assert wide <= 0 or high <= 0.2 * min(one.box.h, other.box.h), (one.text, other.text)


@pytest.mark.parametrize("name", NAMES)
def test_a_certificate_shows_the_whole_name(name: str) -> None:
    card = CertificateCard("Workshop", "Bikin Hook", name, "25 Maret 2026", "2 jam", "TSC-1-2")
    placed = layout(card).placed
    assert name.replace(" ", "") in "".join(one.text for one in placed).replace(" ", "") and not any(
        one.cut for one in placed
    )
    assert name in alt_text(card) and "TSC-1-2" in alt_text(card)
