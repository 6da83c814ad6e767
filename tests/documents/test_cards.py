"""The cards read back: they open, stay light, keep their text inside and readable, whatever the facts are."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from io import BytesIO

import pytest
from PIL import Image

from bot.platform.drawing import Box, Canvas, contrast
from bot.platform.drawing.canvas import Placed
from tests.documents.card_samples import APPLICANTS, HOSTILE, SHORTLIST, Card, hostile, ordinary, strange
from tests.documents.placing import shared, stays_in_its_room
from tests.documents.render_cards import alt_text, layout

HEAVIEST = 1_500_000
LIGHT = 400_000

ORDINARY = dict(ordinary())
HOSTILE_CARDS = dict(hostile())
STRANGE = dict(strange())
ALL = ORDINARY | HOSTILE_CARDS | STRANGE

every_card = pytest.mark.parametrize("name", ALL)


@cache
def drawn(name: str) -> tuple[Box, tuple[Placed, ...]]:
    """The size of a sample's picture and the text on it; without the picture, of which a hundred would be heavy."""
    canvas = layout(ALL[name])
    return canvas.box, tuple(canvas.placed)


def words_on(name: str) -> list[str]:
    """Every line of text on a sample's picture."""
    return [placed.text for placed in drawn(name)[1]]


@pytest.mark.parametrize("card", (ORDINARY | STRANGE).values(), ids=(ORDINARY | STRANGE).keys())
def test_a_card_is_a_png_that_a_phone_loads_quickly(card: Card) -> None:
    canvas = layout(card)
    raw = canvas.png()
    with Image.open(BytesIO(raw)) as picture:
        picture.load()
        assert picture.format == "PNG"
        assert picture.size == (1200, canvas.box.h)
    assert len(raw) < HEAVIEST


@pytest.mark.parametrize("name", [name for name in ORDINARY if "photo" not in name and "avatar" not in name])
def test_a_card_without_a_photograph_stays_light(name: str) -> None:
    assert len(layout(ORDINARY[name]).png()) < LIGHT


def test_the_worst_picture_still_gives_a_card_within_the_limit() -> None:
    assert len(layout(STRANGE["campaign_noise"]).png()) < HEAVIEST


@every_card
def test_text_never_leaves_its_room_or_the_picture(name: str) -> None:
    sheet, texts = drawn(name)
    for placed in texts:
        stays_in_its_room(sheet, placed)


@every_card
def test_no_text_lies_on_another(name: str) -> None:
    placed = drawn(name)[1]
    for index, one in enumerate(placed):
        for other in placed[index + 1 :]:
            # A row's number sits on the rim of its portrait, clear of the initials but within their line.
            if one.text.isdigit() != other.text.isdigit() and max(one.style.size, other.style.size) <= 26:
                continue
            smaller = min(one.box.w * one.box.h, other.box.w * other.box.h)
            assert shared(one.box, other.box) <= 0.12 * smaller, f"{one} lies on {other}"


def _ground(canvas: Canvas, placed: Placed) -> int:
    """The colour most of the text's line stands on, ink and its soft edges left out."""
    area = canvas.image.crop(placed.box.corners).quantize(8).convert("RGB")
    counted = Counter(dict((colour, count) for count, colour in area.getcolors() or []))
    colours = {red << 16 | green << 8 | blue: count for (red, green, blue), count in counted.items()}
    return max(colours, key=lambda colour: colours[colour] * (contrast(colour, placed.style.colour) > 2))


@pytest.mark.parametrize("card", ORDINARY.values(), ids=ORDINARY.keys())
def test_text_stands_out_from_what_is_behind_it(card: Card) -> None:
    canvas = layout(card)
    for placed in canvas.placed:
        needed = 3.0 if placed.style.size >= 48 else 4.5
        ratio = contrast(_ground(canvas, placed), placed.style.colour)
        assert ratio >= needed, f"{placed.text!r}: {ratio:.2f}"


@pytest.mark.parametrize("name", ORDINARY)
def test_ordinary_facts_are_large_enough_and_seldom_cut(name: str) -> None:
    placed = drawn(name)[1]
    assert min(one.style.size for one in placed if len(one.text) > 2) >= 24
    assert sum(one.cut for one in placed) <= len(placed) // 10


@every_card
def test_every_card_has_words_for_people_who_do_not_see_it(name: str) -> None:
    words = alt_text(ALL[name])
    assert 20 < len(words) <= 1024
    assert words.isprintable() or any(ord(character) in (0x200C, 0x200D) for character in words)
    assert "\u202e" not in words


def test_staff_see_each_applicant_with_figures_and_reason() -> None:
    said = " ".join(words_on("applicants_10"))
    for row in APPLICANTS.rows:
        assert row.name in said
        assert f"@{row.username}" in said
        assert row.status in said
    assert "54,7 rb" in said
    assert "Pelamar 1–10 dari 34" in said
    assert "“Aku sering bikin konten kopi" in said


def test_a_shortlist_shows_every_weight_and_every_creators_points() -> None:
    said = words_on("shortlist_10")
    for criterion in SHORTLIST.criteria:
        assert criterion.name in said
    for row in SHORTLIST.rows:
        assert str(round(row.total)) in said
    assert said.count("Disematkan") == 1


def test_more_than_ten_rows_draw_the_first_ten() -> None:
    said = words_on("applicants_40_rows")
    assert "10" in said
    assert "11" not in said


def test_a_name_without_anything_to_draw_gets_a_stand_in() -> None:
    for name in ("invisible", "empty"):
        assert "kreator" in words_on(f"welcome_{name}")
        assert "Tanpa nama" in words_on(f"creator_{name}")


def test_a_broken_portrait_falls_back_to_initials() -> None:
    for name in ("welcome_broken_avatar", "welcome_cut_avatar"):
        assert "SD" in words_on(name)


def test_cards_drawn_by_several_threads_are_those_drawn_by_one() -> None:
    cards = [
        ORDINARY["welcome"],
        ORDINARY["shortlist_1"],
        *(HOSTILE_CARDS[f"creator_{name}"] for name in list(HOSTILE)[:9]),
    ]
    alone = [layout(card).image.tobytes() for card in cards]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda card: layout(card).image.tobytes(), cards * 3))
    assert together == alone * 3
