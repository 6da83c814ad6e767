"""The picture of a post: the directive's big words, and the team's photograph beside them where there is one."""

from dataclasses import dataclass
from typing import Final

from bot.platform import palette
from bot.platform.drawing import Box, Canvas, Style, Weight, clean, clip, mix, picture_of
from bot.platform.drawing.parts import MARGIN, WIDTH, page

HEIGHT: Final = 675


@dataclass(frozen=True, slots=True)
class PostCard:
    """`label` is the tag in the corner (Kuis, Giveaway, the section), `prize` comes ready to read."""

    big_words: str
    below: str = ""
    label: str = ""
    prize: str = ""
    photo: bytes | None = None


def layout(card: PostCard) -> Canvas:
    """Draw the card."""
    canvas = page(HEIGHT, clip(clean(card.label), 40), lively=True)
    photo = picture_of(card.photo, 404, 470)
    across = WIDTH - 2 * MARGIN
    if photo is not None:
        frame = Box(WIDTH - MARGIN - 404, 136, 404, 470)
        canvas.paste(photo, frame, 40)
        across -= 404 + 40
    prize = clean(card.prize)
    room = Box(MARGIN, 136, across, 470 - (112 if prize else 0))
    below = clean(card.below)
    words = Box(room.x, room.y, room.w, room.h - (96 if below else 0))
    largest = 150 if len(clean(card.big_words)) <= 18 else 118
    taken = canvas.write(
        clean(card.big_words) or "TSCreator",
        words,
        Style(largest, Weight.DISPLAY, palette.SUN),
        lines=4,
        smallest=44,
        rest="middle",
    )
    if below:
        space = Box(room.x, max(taken.bottom + 8, words.bottom), room.w, 92)
        space = Box(space.x, min(space.y, room.bottom - 92), space.w, 92)
        canvas.write(below, space, Style(34, Weight.BOLD, palette.PAPER), lines=2, smallest=26)
    if prize:
        ribbon = Box(MARGIN, 522, across, 84)
        canvas.fill(ribbon, mix(palette.MAGENTA, palette.NIGHT, 0.35), 26)
        canvas.write(prize, ribbon.inset(28, 0), Style(30, Weight.BOLD), lines=2, smallest=24, rest="middle")
    return canvas


def alt_text(card: PostCard) -> str:
    """The card in words."""
    parts = [clean(card.label), f"tulisan besar “{clip(clean(card.big_words), 200)}”", clean(card.below)]
    told = ", ".join(part for part in parts if part)
    if prize := clean(card.prize):
        told += f". Hadiah: {prize}"
    return clip(f"Kartu komunitas: {told}." + (" Ada fotonya." if card.photo else ""), 1024)
