"""The pictures of quizzes: readable whatever the facts, silhouettes that show the shape and nothing else."""

import random
from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from bot.platform.errors import DomainError
from bot.quizzes.cards import QuizCard, RankingCard, RankRow, WinnersCard, alt_text, layout
from bot.quizzes.silhouette import check_silhouette, shape
from tests.documents.placing import shared, stays_in_its_room

LONG = "Kuis " + "sangat panjang sekali " * 30
HOSTILE = "‮\x00@everyone 🧑‍🎤 " + "W" * 300


def picture(mode: str = "RGB", noise: int = 0, kind: str = "PNG") -> bytes:
    ground = (0, 0, 0, 0) if mode == "RGBA" else (240, 244, 250)
    drawn = Image.new(mode, (400, 300), ground)
    ImageDraw.Draw(drawn).ellipse((100, 60, 300, 240), fill=(90, 40, 30))
    # A light patch inside the subject, of the background's own colour.
    ImageDraw.Draw(drawn).ellipse((180, 120, 220, 160), fill=(240, 244, 250))
    chance = random.Random(1)
    for _ in range(noise):
        at = chance.randrange(400), chance.randrange(300)
        colour = drawn.getpixel(at)
        assert isinstance(colour, tuple)
        drawn.putpixel(at, tuple(max(0, min(255, value + chance.randint(-15, 15))) for value in colour))
    target = BytesIO()
    drawn.save(target, kind)
    return target.getvalue()


CARDS = {
    "ordinary": QuizCard("Kuis Jumat", "WARNA APA?", "Isian", "GoPay 25.000", "2 jawaban benar tercepat", "2 jam"),
    "asked": QuizCard("Kuis", "WARNA APA?", "Isian", "Kaos", "1", "2 jam", question="Apa warna logo TSC?"),
    "only_asked": QuizCard("Kuis", "", "Isian", "Kaos", "1", "2 jam", question="Ibu kota Jawa Barat?"),
    "long_asked": QuizCard(LONG, "", "Isian", LONG, LONG, LONG, False, LONG, question=LONG),
    "pictured": QuizCard("T", "APA?", "Tebak gambar", "Kaos", "1", "1 jam", False, "Gajah", picture(), question=LONG),
    "no_big_words": QuizCard("Kuis Ramadan", "", "Pilihan ganda", "Poin musim ini", "3 diundi", "1 hari"),
    "hidden": QuizCard("Tebak", "HEWAN APA?", "Tebak gambar", "Kaos", "1 tercepat", "30 menit", image=picture()),
    "shown": QuizCard("Tebak", "APA?", "Tebak gambar", "Kaos", "1", "1 jam", False, "Gajah", picture("RGBA")),
    "broken": QuizCard("Tebak", "APA?", "Tebak gambar", "Kaos", "1", "1 jam", image=b"not a picture"),
    "long": QuizCard(LONG, LONG, LONG, LONG, LONG, LONG, False, LONG, picture()),
    "hostile": QuizCard(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE),
    "empty": QuizCard("", "", "", "", "", ""),
    "winner": WinnersCard("Kuis", ("Raka",), 0, "Biru & pink", "GoPay 25.000", "Tercepat"),
    "winners": WinnersCard(LONG, (LONG, HOSTILE, "", *map(str, range(9))), 38, LONG, LONG, "Hasil undian"),
    "ranking": RankingCard(
        "April–Juni 2026",
        tuple(RankRow(number, LONG if number == 2 else f"Anggota {number}", 10**6, 99, 12) for number in range(1, 11)),
        50_000,
        RankRow(12_345, HOSTILE, 3, 1, 0, True),
    ),
    "nobody": RankingCard("April–Juni 2026", (), 0),
}


@pytest.mark.parametrize("name", CARDS)
def test_every_card_opens_keeps_its_text_inside_and_has_words_for_it(name: str) -> None:
    canvas = layout(CARDS[name])
    with Image.open(BytesIO(canvas.png())) as opened:
        assert opened.size == (1200, canvas.box.h)
    for placed in canvas.placed:
        stays_in_its_room(canvas.box, placed)
    assert 20 < len(alt_text(CARDS[name])) <= 1024


@pytest.mark.parametrize("name", CARDS)
def test_no_text_lies_on_another(name: str) -> None:
    placed = layout(CARDS[name]).placed
    for index, one in enumerate(placed):
        for other in placed[index + 1 :]:
            assert shared(one.box, other.box) <= 0.2 * min(one.box.w * one.box.h, other.box.w * other.box.h), (
                one.text,
                other.text,
            )


def test_the_question_is_on_the_card_and_in_its_words() -> None:
    for name in ("asked", "only_asked"):
        card = CARDS[name]
        assert isinstance(card, QuizCard)
        assert card.question in {placed.text for placed in layout(card).placed}
        assert card.question in alt_text(card)


@pytest.mark.parametrize(
    "raw",
    [picture(), picture("RGBA"), picture(noise=20_000), picture(noise=9_000, kind="JPEG")],
    ids=["flat", "transparent", "noisy", "jpeg"],
)
def test_the_shape_is_the_subject_and_nothing_else(raw: bytes) -> None:
    check_silhouette(raw)
    with Image.open(BytesIO(raw)) as opened:
        mask = shape(opened.convert("RGBA"))
    assert mask.size == (400, 300)
    assert mask.getpixel((110, 150)) > 200 and mask.getpixel((290, 150)) > 200  # type: ignore[operator]
    # The patch inside belongs to the subject: the background reaches it from no corner.
    assert mask.getpixel((200, 140)) > 200  # type: ignore[operator]
    for outside in ((5, 5), (395, 5), (5, 295), (395, 295), (60, 150), (200, 20)):
        assert mask.getpixel(outside) < 30  # type: ignore[operator]


def test_a_silhouette_gives_none_of_the_subjects_colours_away() -> None:
    hidden = layout(CARDS["hidden"]).image
    assert (90, 40, 30) not in {colour for _, colour in hidden.getcolors(1_000_000) or []}
    assert "Gajah" not in alt_text(CARDS["hidden"])


def test_pictures_without_a_shape_are_refused_with_advice() -> None:
    chance = random.Random(2)
    flat, noise = Image.new("RGB", (200, 200), (9, 9, 9)), Image.new("RGB", (200, 200))
    noise.putdata([tuple(chance.randrange(256) for _ in range(3)) for _ in range(40_000)])
    for drawn in (flat, noise):
        target = BytesIO()
        drawn.save(target, "PNG")
        with pytest.raises(DomainError, match="latar polos"):
            check_silhouette(target.getvalue())
