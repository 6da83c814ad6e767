"""The drawing kit by itself: cleaning, direction, fitting, figures, fonts and colours."""

import unicodedata
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.platform import palette
from bot.platform.drawing import fonts, logo, text
from bot.platform.drawing.avatars import MOST_PIXELS, initials, picture_of
from bot.platform.drawing.clean import LONGEST, clean, clip, clusters
from bot.platform.drawing.colour import contrast, mix
from bot.platform.drawing.direction import levels, shaped_by_hand, visual_order
from bot.platform.drawing.figures import percent, short, whole
from bot.platform.drawing.fonts import Weight
from bot.platform.drawing.text import ELLIPSIS, Style, fit, line_of, wrap
from bot.platform.palette import TONES
from tests.documents.card_samples import ESSAY, photograph

ASSETS = Path(__file__).resolve().parents[2] / "assets"
STYLE = Style(30)

# Names as they come: letters of scripts we draw, marks, emoji, joiners and rubbish.
names = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("aZ é\u0301\u0337 منى דוד 김さ王 🔥👩🏽\u200d💻🇮🇩 ꧁꧂𝓐 \u202e\u200b\x00()[]12٣"),
    ),
    max_size=60,
)


@given(names)
def test_cleaned_text_is_one_line_and_stays_as_it_is_when_cleaned_again(name: str) -> None:
    cleaned = clean(name)
    assert clean(cleaned) == cleaned
    assert not {unicodedata.category(character) for character in cleaned} & {"Cc", "Co", "Cs", "Cn", "Zl", "Zp"}
    assert "\u202e" not in cleaned
    assert len(cleaned) <= LONGEST


@given(names)
def test_whatever_is_left_after_cleaning_has_a_font(name: str) -> None:
    for weight in Weight:
        for piece in clusters(clean(name)):
            assert fonts.face_for(piece, weight), ascii(piece)


@given(names, st.integers(40, 600), st.integers(1, 4))
def test_text_fits_the_room_it_is_given(name: str, width: int, lines: int) -> None:
    assert fit(name, STYLE, width, 20).width <= width
    wrapped = wrap(name, STYLE, width, lines)
    assert len(wrapped) <= lines
    for line in wrapped:
        # One character alone may be wider than the room; then there is nothing to break.
        assert line.width <= width or len(clusters("".join(run.text for run in line.runs))) == 1


def test_wrapping_loses_nothing_until_it_says_so() -> None:
    lines = wrap("satu dua tiga empat lima", STYLE, 160, 9)
    assert " ".join("".join(run.text for run in line.runs) for line in lines) == "satu dua tiga empat lima"
    assert not any(line.cut for line in lines)
    short_of_room = wrap(ESSAY, STYLE, 300, 3)
    assert len(short_of_room) == 3
    assert short_of_room[-1].cut
    assert short_of_room[-1].runs[-1].text.endswith(ELLIPSIS)


def test_an_amount_stays_with_its_currency() -> None:
    said = ["".join(run.text for run in line.runs) for line in wrap("Barter senilai Rp 350.000", STYLE, 240, 3)]
    assert said == ["Barter senilai", "Rp\u00a0350.000"]


def test_right_to_left_names_are_laid_out_from_the_right() -> None:
    runs = line_of("منى Sari", STYLE).runs
    assert [run.text.strip() for run in runs] == ["Sari", "منى"]


def test_brackets_turn_with_what_they_hold() -> None:
    assert levels(clusters("Siti منى (12) ok")) == [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 1, 0, 0, 0]
    assert levels(clusters("(Siti) منى")) == [0] * 7 + [1] * 3
    assert levels(clusters("منى (Siti)")) == [1, 1, 1, 1, 1, 2, 2, 2, 2, 1]


def test_runs_are_turned_round_level_by_level() -> None:
    assert visual_order([0, 1, 2, 1, 0]) == [0, 3, 2, 1, 4]
    assert visual_order([]) == []


def test_without_a_shaping_library_arabic_is_joined_and_turned_by_us() -> None:
    assert shaped_by_hand(clusters("منى")) == "\ufef0\ufee8\ufee3"
    assert shaped_by_hand(clusters("(ש")) == "ש)"


def test_cards_can_be_drawn_without_a_shaping_library(monkeypatch: pytest.MonkeyPatch) -> None:
    caches = (fonts.font, line_of, clean)
    for module in (fonts, text):
        monkeypatch.setattr(module, "SHAPES_ITSELF", False)
    for cache in caches:
        cache.cache_clear()
    try:
        assert line_of("Siti منى 👩🏽‍💻", STYLE).width > 0
        assert fit(ESSAY, STYLE, 300, 20).width <= 300
    finally:
        for cache in caches:
            cache.cache_clear()


def test_stacked_marks_do_not_climb_over_other_lines() -> None:
    assert len(clean("Z" + "\u0337\u0321\u0322\u031b\u0329\u0353" * 12)) == 4


@given(st.text(max_size=200), st.integers(1, 60))
def test_clipped_text_is_never_longer_than_asked(words: str, length: int) -> None:
    assert len(clip(words, length)) <= length


def test_every_font_has_the_characters_it_is_said_to_have() -> None:
    for face, edges in fonts._coverage().items():
        opened = fonts.font(face, 40)
        missing = bytes(opened.getmask("\U0010fffe"))
        drawn = [code for code in edges if unicodedata.category(chr(code))[0] in "LNS"]
        assert all(bytes(opened.getmask(chr(code))) != missing for code in drawn[:: max(1, len(drawn) // 12)]), face


def test_every_font_file_is_used_and_has_its_licence() -> None:
    there = {path.name for path in (ASSETS / "fonts").iterdir() if path.suffix in (".ttf", ".otf")}
    used = {face for weight in Weight for face in fonts._order(weight)}
    assert there == used == set(fonts._coverage())
    assert sum(path.stat().st_size for path in (ASSETS / "fonts").iterdir()) < 8_000_000
    for family in ("PlusJakartaSans", "Noto", "Twemoji"):
        assert "SIL OPEN FONT LICENSE" in (ASSETS / "fonts" / f"LICENSE-{family}.txt").read_text(encoding="utf-8")


def test_the_logo_files_are_those_the_geometry_gives() -> None:
    assert (ASSETS / "logo" / "mark.svg").read_text(encoding="utf-8") == logo.svg()
    with Image.open(ASSETS / "logo" / "mark.png") as kept:
        assert kept.tobytes() == logo.mark(512).tobytes()


@pytest.mark.parametrize("ground", [palette.INK, palette.NIGHT, palette.DUSK])
def test_text_colours_are_readable_on_every_ground(ground: int) -> None:
    for colour in (palette.PAPER, palette.MIST, palette.HAZE, *TONES.values()):
        assert contrast(colour, ground) >= 4.5
    for colour in (*TONES.values(), *palette.SERIES):
        assert contrast(palette.INK, colour) >= 4.5
        assert contrast(colour, mix(colour, palette.NIGHT, 0.2)) >= 4.5


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast(0xFFFFFF, 0x000000) == pytest.approx(21)
    assert contrast(0x777777, 0xFFFFFF) == pytest.approx(4.48, abs=0.01)


def test_figures_use_the_decimal_comma_and_a_dash_for_the_unknown() -> None:
    assert [whole(85_300), short(54_700), whole(None), short(None)] == ["85.300", "54,7 rb", "–", "–"]
    ratios = (Decimal("0.0425"), Decimal("0.3629"), Decimal("3.372"), Decimal("0.00631"), None)
    assert [percent(ratio) for ratio in ratios] == ["4,25%", "36,3%", "337%", "0,63%", "–"]


def test_initials_come_from_the_first_and_last_word() -> None:
    assert initials("Ni Luh Ayu Lestari") == "NL"
    assert initials("🌸 maya 🌸") == "M"
    assert initials("Siti (12)") == "S"
    assert initials("🔥🔥") == "🔥"
    assert initials("") == "?"


def test_pictures_from_outside_are_cropped_or_refused() -> None:
    cropped = picture_of(photograph(900, 300), 100, 100)
    assert cropped is not None
    assert cropped.size == (100, 100)
    assert picture_of(b"GIF89a", 10, 10) is None
    assert picture_of(b"", 10, 10) is None
    side = int(MOST_PIXELS**0.5) + 10
    huge = BytesIO()
    Image.new("1", (side, side)).save(huge, "PNG")
    assert picture_of(huge.getvalue(), 100, 100) is None
