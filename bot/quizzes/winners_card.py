"""The picture of a quiz's winners."""

from dataclasses import dataclass
from typing import Final

from bot.platform import palette
from bot.platform.drawing import Box, Canvas, Style, Weight, avatar, clean, clip
from bot.platform.drawing.parts import MARGIN, NAME, NOTE, TOP, WIDTH, heading, page
from bot.platform.text import named

MOST: Final = 12
ROW: Final = 96
GAP: Final = 14


@dataclass(frozen=True, slots=True)
class WinnersCard:
    """Names in the order of their places (twelve are drawn), `more` who are not; texts ready to read."""

    title: str
    names: tuple[str, ...]
    more: int = 0
    answer: str = ""
    prize: str = ""
    way: str = ""


def layout(card: WinnersCard) -> Canvas:
    """Draw the card."""
    names = card.names[:MOST]
    wide = len(names) > 3
    rows = -(-len(names) // 2) if wide else len(names)
    answer, prize = clean(card.answer), clean(card.prize)
    top = TOP + 136 + (58 if answer else 0)
    more = 52 if card.more > 0 else 0
    canvas = page(top + rows * (ROW + GAP) + more + 44, clean(card.way) or "Pemenang", lively=True)
    told = clip(clean(card.title) or "Kuis", 60)
    if prize:
        told += f" · masing-masing {prize}" if len(names) > 1 else f" · {prize}"
    heading(canvas, "Selamat, pemenang!", told)
    if answer:
        text = f"Jawaban: {answer}"
        style = Style(34, Weight.BOLD, palette.MINT)
        canvas.write(text, Box(MARGIN, top - 72, WIDTH - 2 * MARGIN, 50), style, smallest=24, rest="middle")
    cells = Box(MARGIN, top, WIDTH - 2 * MARGIN, ROW).columns(2 if wide else 1, 20)
    for index, name in enumerate(names):
        column, row = (index // rows, index % rows) if wide else (0, index)
        cell = cells[column]
        _winner(canvas, Box(cell.x, top + row * (ROW + GAP), cell.w, ROW), index + 1, name)
    if more:
        y = top + rows * (ROW + GAP) + 4
        canvas.write(f"dan {card.more} pemenang lainnya", Box(MARGIN, y, 700, 40), NOTE)
    return canvas


def _winner(canvas: Canvas, box: Box, number: int, name: str) -> None:
    canvas.fill(box, palette.NIGHT, 24)
    name = clean(name) or "Tanpa nama"
    colour = {1: palette.SUN, 2: palette.MIST, 3: palette.CORAL}.get(number, palette.LILAC)
    place = Box(box.x + 20, box.y + 22, 52, 52)
    canvas.circle(place, colour)
    canvas.write(str(number), place, Style(28, Weight.DISPLAY, palette.INK), align="centre", rest="middle")
    avatar(canvas, Box(place.right + 18, box.y + 16, 64, 64), name)
    canvas.write(name, Box(place.right + 100, box.y, box.w - 210, ROW), NAME, smallest=24, rest="middle")


def alt_text(card: WinnersCard) -> str:
    """The card in words."""
    told = f"Pemenang {named('Kuis', clip(clean(card.title) or 'tanpa judul', 150))}:"
    told += " " + ", ".join(clip(clean(name) or "Tanpa nama", 40) for name in card.names[:MOST])
    told += f", dan {card.more} lainnya." if card.more > 0 else "."
    if answer := clean(card.answer):
        told += f" Jawaban: {clip(answer, 200)}."
    if prize := clean(card.prize):
        told += f" Hadiah: {clip(prize, 120)}."
    return clip(told, 1024)
