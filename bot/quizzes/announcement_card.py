"""The picture that announces a quiz: its big words, or the shape of what is to be guessed."""

# Pillow's annotations name numpy, which is not installed.
# pyright: reportUnknownMemberType=false

from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image, UnidentifiedImageError

from bot.platform import palette
from bot.platform.drawing import Box, Canvas, Style, Weight, clean, clip, mix
from bot.platform.drawing.colour import rgb
from bot.platform.drawing.parts import LABEL, MARGIN, WIDTH, page
from bot.platform.drawing.shapes import gradient
from bot.platform.text import named
from bot.quizzes.silhouette import shape

HEIGHT: Final = 675
SIDE: Final = 408
_ASKED: Final = 112
_SHORT: Final = 40


@dataclass(frozen=True, slots=True)
class QuizCard:
    """What a member must know to take part; texts come ready to read.

    `question` stands below the big words, or in their place.
    `image` is shown as a dark shape while `hidden`, and as it is afterwards; `answer` only after the end.
    """

    title: str
    big_words: str
    badge: str
    prize: str
    winners: str
    lasts: str
    hidden: bool = True
    answer: str = ""
    image: bytes | None = None
    lasts_label: str = "Dibuka selama"
    question: str = ""


def layout(card: QuizCard) -> Canvas:
    """Draw the card."""
    canvas = page(HEIGHT, clean(card.badge) or "Kuis", lively=True)
    picture = _opened(card.image)
    across = WIDTH - 2 * MARGIN - (SIDE + 44 if picture else 0)
    if picture is not None:
        _subject(canvas, Box(WIDTH - MARGIN - SIDE, 116, SIDE, SIDE - 28), picture, hidden=card.hidden)
    title, big, question = clean(card.title) or "Kuis", clean(card.big_words), clean(card.question)
    answer = clean(card.answer)
    y = 128
    if big or question:
        y = canvas.write(title, Box(MARGIN, y, across, 46), Style(34, Weight.BOLD, palette.SUN), smallest=26).bottom + 6
    floor = 494 - (92 if answer else 0)
    align = "left" if picture else "centre"
    asked = _ASKED if big and question else 0
    words = Box(MARGIN, y, across, floor - y - asked)
    if big or not question:
        size = 92 if picture or asked else 118
        style, lines, smallest = Style(size, Weight.DISPLAY), 2 if asked else 3, 40 if asked else 48
    else:
        style, lines, smallest = Style(96 if len(question) <= _SHORT else 64, Weight.DISPLAY), 5, 32
    canvas.write(big or question or title, words, style, lines=lines, smallest=smallest, align=align, rest="middle")
    if asked:
        below = Box(MARGIN, words.bottom, across, asked)
        canvas.write(question, below, Style(40, Weight.BOLD), lines=2, smallest=26, align=align, rest="middle")
    if answer:
        _answer(canvas, Box(MARGIN, 412, across, 76), answer)
    _facts(canvas, Box(MARGIN, 520, WIDTH - 2 * MARGIN, 116), card)
    return canvas


def _opened(raw: bytes | None) -> Image.Image | None:
    if not raw:
        return None
    try:
        with Image.open(BytesIO(raw)) as opened:
            return opened.convert("RGBA")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        return None


def _subject(canvas: Canvas, box: Box, picture: Image.Image, *, hidden: bool) -> None:
    ground = gradient(box.w, box.h, palette.SUN, palette.CORAL)
    room = box.inset(26)
    if hidden:
        mask = shape(picture)
        # Without the empty rim, so that the shape is as large as it can be.
        mask = _fitted(mask.crop(mask.point([255 if value > 127 else 0 for value in range(256)]).getbbox()), room)
        ground.paste(rgb(palette.INK), _centred(mask, box), mask)
    else:
        fitted = _fitted(picture, room)
        ground.paste(fitted, _centred(fitted, box), fitted)
    canvas.paste(ground, box, 40)
    if hidden:
        badge = Box(box.right - 82, box.y + 14, 66, 66)
        canvas.circle(badge, palette.PAPER)
        canvas.write("?", badge, Style(44, Weight.DISPLAY, palette.INK), align="centre", rest="middle")


def _fitted(picture: Image.Image, room: Box) -> Image.Image:
    scale = min(room.w / picture.width, room.h / picture.height)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _centred(picture: Image.Image, box: Box) -> tuple[int, int, int, int]:
    x, y = (box.w - picture.width) // 2, (box.h - picture.height) // 2
    return x, y, x + picture.width, y + picture.height


def _answer(canvas: Canvas, box: Box, answer: str) -> None:
    canvas.fill(box, mix(palette.MINT, palette.INK, 0.22), 24)
    text = f"Jawaban: {answer}"
    canvas.write(text, box.inset(28, 6), Style(38, Weight.BOLD, palette.MINT), smallest=26, rest="middle")


def _facts(canvas: Canvas, box: Box, card: QuizCard) -> None:
    canvas.fill(box, palette.NIGHT, 28)
    facts = (("Hadiah", card.prize), ("Pemenang", card.winners), (card.lasts_label, card.lasts))
    widths = (430, 402, box.w - 832)
    x = box.x
    for (label, text), width in zip(facts, widths, strict=True):
        inner = Box(x + 28, box.y + 12, width - 42, 32)
        if x > box.x:
            canvas.fill(Box(x, box.y + 24, 2, box.h - 48), palette.LINE)
        canvas.write(label, inner, LABEL)
        told = clean(text) or "Menyusul"
        below = Box(inner.x, inner.bottom, inner.w, 60)
        canvas.write(told, below, Style(32, Weight.BOLD), lines=2, smallest=23, rest="middle")
        x += width


def alt_text(card: QuizCard) -> str:
    """The card in words; it never says what a hidden picture shows."""
    told = f"{named('Kuis', clip(clean(card.title) or 'tanpa judul', 150))} ({clip(clean(card.badge), 40)})."
    for text in (clean(card.big_words), clean(card.question)):
        if text:
            told += f" {clip(text, 150)}" + ("" if text[-1] in ".?!" else ".")
    if card.image:
        told += " Gambar siluet gelap yang harus ditebak." if card.hidden else " Gambar aslinya sudah dibuka."
    if answer := clean(card.answer):
        told += f" Jawaban: {clip(answer, 200)}."
    prize, winners, lasts = (clip(clean(one) or "menyusul", 120) for one in (card.prize, card.winners, card.lasts))
    return clip(f"{told} Hadiah: {prize}; pemenang: {winners}; {card.lasts_label.lower()} {lasts}.", 1024)
