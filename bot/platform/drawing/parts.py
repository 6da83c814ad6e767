"""What every card is put together from: page, header, chips, tiles, notices."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from PIL import Image

from bot.platform import palette
from bot.platform.drawing import logo, shapes
from bot.platform.drawing.canvas import Canvas
from bot.platform.drawing.clean import clean
from bot.platform.drawing.colour import mix
from bot.platform.drawing.fonts import Weight
from bot.platform.drawing.geometry import Box
from bot.platform.drawing.text import Style, fit
from bot.platform.palette import TONES, Tone

WIDTH: Final = 1200
MARGIN: Final = 56
TOP: Final = 136

TITLE: Final = Style(56, Weight.DISPLAY)
LEAD: Final = Style(30, Weight.BODY, palette.MIST)
NAME: Final = Style(32, Weight.BOLD)
NOTE: Final = Style(26, Weight.BODY, palette.MIST)
LABEL: Final = Style(24, Weight.BOLD, palette.MIST)


@lru_cache(maxsize=4)
def _lights(height: int, lively: bool) -> Image.Image:
    """What is behind everything else; shared, so never to be painted on."""
    canvas = Canvas(WIDTH, height)
    if lively:
        canvas.glow(Box(380, -560, 1400, 1400), palette.MAGENTA, 185)
        canvas.glow(Box(-620, -480, 1640, 1400), palette.VIOLET, 185)
        canvas.stamp(logo.club(780), 620, -40, palette.LILAC, 0.07)
    else:
        canvas.glow(Box(400, -420, 1240, 840), palette.VIOLET, 140)
    return canvas.image


def page(height: int, label: str = "", *, name: str = "TSCreator", lively: bool = False) -> Canvas:
    """A sheet with the house's lights and header; `lively` for the cards that greet and announce."""
    canvas = Canvas(WIDTH, height)
    canvas.image.paste(_lights(height, lively))
    side = 52
    mark = logo.mark(side)
    canvas.image.paste(mark, (MARGIN, 44), mark)
    tag = fit(label, LABEL, 420, 24).width if label else 0
    room = Box(MARGIN + side + 18, 44, WIDTH - 2 * MARGIN - side - 18 - round(tag) - 100, side)
    canvas.write(clean(name) or "TSCreator", room, Style(34, Weight.DISPLAY), smallest=26, rest="middle")
    if label:
        pill(canvas, label, WIDTH - MARGIN - round(tag) - 44, 48)
    return canvas


def pill(canvas: Canvas, text: str, x: int, y: int) -> Box:
    """The tag in the header's right corner."""
    wide = round(fit(text, LABEL, 420, 24).width) + 44
    box = Box(x, y, wide, 44)
    canvas.fill(box, mix(palette.VIOLET, palette.INK, 0.45), 22)
    style = Style(24, Weight.BOLD, palette.PAPER)
    canvas.write(text, box.inset(20, 0), style, align="centre", rest="middle")
    return box


def heading(canvas: Canvas, title: str, below: str, y: int = TOP, *, lines: int = 1) -> int:
    """A title with a line below it across the page; gives back the row where the next part may begin."""
    across = WIDTH - 2 * MARGIN
    taken = canvas.write(title, Box(MARGIN, y, across, 72 * lines), TITLE, smallest=42, lines=lines)
    y = max(y, taken.bottom) + 4
    if below:
        y = canvas.write(below, Box(MARGIN, y, across, 40), LEAD, smallest=26).bottom
    return y + 28


def chip_width(text: str, size: int, widest: int) -> int:
    """Pixels a chip takes, at most `widest`."""
    return min(widest, round(fit(text, Style(size, Weight.BOLD), widest - size, size).width) + round(size * 1.3))


def chip(
    canvas: Canvas, text: str, x: int, y: int, tone: Tone = Tone.NEUTRAL, *, size: int = 26, widest: int = 420
) -> Box:
    """A short label in a tinted pill."""
    box = Box(x, y, chip_width(text, size, widest), round(size * 1.75))
    canvas.fill(box, mix(TONES[tone], palette.NIGHT, 0.2), box.h // 2)
    style = Style(size, Weight.BOLD, TONES[tone])
    canvas.write(text, box.inset(round(size * 0.55), 0), style, align="centre", rest="middle")
    return box


def chips(
    canvas: Canvas, labels: Iterable[tuple[str, Tone]], box: Box, *, rows: int = 1, size: int = 26, widest: int = 420
) -> int:
    """Chips from left to right in at most `rows` rows; what has no room is counted (`+3`). The row below the last."""
    wanted = [(text, tone) for text, tone in ((clean(text), tone) for text, tone in labels) if text]
    height, gap = round(size * 1.75), 12
    x, y, row = box.x, box.y, 1
    for index, (text, tone) in enumerate(wanted):
        left = len(wanted) - index
        # The last row keeps room for the count of what is left over.
        spare = chip_width(f"+{left}", size, widest) + gap if row == rows and left > 1 else 0
        wide = chip_width(text, size, min(widest, box.w - spare))
        if x > box.x and x + wide + spare > box.right:
            if row == rows:
                chip(canvas, f"+{left}", x, y, size=size)
                return y + height
            x, y, row = box.x, y + height + gap, row + 1
        x = chip(canvas, text, x, y, tone, size=size, widest=wide).right + gap
    return y + height if wanted else y


def tile(canvas: Canvas, box: Box, value: str, label: str, colour: int = palette.PAPER, note: str = "") -> None:
    """A figure with what it counts, and a note under it."""
    canvas.fill(box, palette.NIGHT, 24)
    inner = box.inset(26, 20)
    canvas.write(label, Box(inner.x, inner.y, inner.w, 36), NOTE, smallest=24)
    figure = Box(inner.x, inner.y + 38, inner.w, inner.h - 38 - (36 if note else 0))
    canvas.write(value, figure, Style(min(54, figure.h), Weight.DISPLAY, colour), smallest=26, rest="middle")
    canvas.write(note, Box(inner.x, inner.bottom - 36, inner.w, 36), NOTE, smallest=24)


def warning_sign(canvas: Canvas, x: int, y: int, side: int, colour: int) -> None:
    """A triangle with an exclamation mark."""
    corners = [(side * 0.5, side * 0.06), (side * 0.98, side * 0.92), (side * 0.02, side * 0.92)]
    canvas.stamp(shapes.polygon(corners, side, side), x, y, colour)
    canvas.fill(Box(x + side // 2 - 2, y + round(side * 0.36), 4, round(side * 0.28)), palette.INK, 2)
    canvas.fill(Box(x + side // 2 - 2, y + round(side * 0.74), 4, 5), palette.INK, 2)


def notices_height(notices: Sequence[str], most: int) -> int:
    """Pixels that `notices` will take."""
    shown = min(len(notices), most) + (len(notices) > most)
    return 40 + 44 * shown if shown else 0


def notices(canvas: Canvas, texts: Sequence[str], x: int, y: int, width: int, *, most: int) -> None:
    """A panel with one warning a line; what goes past `most` is counted."""
    if not texts:
        return
    canvas.fill(Box(x, y, width, notices_height(texts, most)), mix(palette.WARNING, palette.INK, 0.12), 24)
    row = y + 20
    for text in texts[:most]:
        warning_sign(canvas, x + 26, row + 5, 32, palette.WARNING)
        canvas.write(text, Box(x + 74, row, width - 100, 44), Style(27), smallest=25, rest="middle")
        row += 44
    if len(texts) > most:
        canvas.write(f"+{len(texts) - most} catatan lagi", Box(x + 74, row, width - 100, 44), NOTE, rest="middle")


def nothing_here(canvas: Canvas, box: Box, text: str, advice: str) -> None:
    """The panel of a list without rows: what is missing and what to do."""
    canvas.fill(box, palette.NIGHT, 28)
    club = logo.club(72)
    canvas.stamp(club, box.x + (box.w - 72) // 2, box.y + 34, palette.LILAC)
    canvas.write(
        text, Box(box.x + 40, box.y + 118, box.w - 80, 50), Style(36, Weight.BOLD), smallest=28, align="centre"
    )
    canvas.write(advice, Box(box.x + 40, box.y + 168, box.w - 80, 44), LEAD, smallest=26, align="centre")
