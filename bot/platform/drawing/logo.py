"""The mark of TSCreator: a club (the card suit) whose stem is a speech bubble's tail, with a play sign in its heart.

One geometry for the cards, for assets/logo/*.png and for the SVG beside them, which are made by
`python -m bot.platform.drawing.logo assets/logo`.
"""

import sys
from functools import lru_cache
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

from bot.platform import palette
from bot.platform.drawing import shapes
from bot.platform.drawing.colour import rgb
from bot.platform.drawing.fonts import Weight, font

SIDE: Final = 100
CORNER: Final = 28
LEAVES: Final = ((50.0, 33.0, 18.5), (31.5, 58.0, 18.5), (68.5, 58.0, 18.5))
HEART: Final = ((50.0, 30.0), (72.0, 58.0), (28.0, 58.0))
TAIL: Final = ((43.0, 55.0), (59.0, 55.0), (58.0, 70.0), (36.0, 88.0), (43.0, 70.0))
PLAY: Final = ((44.0, 41.5), (44.0, 60.5), (60.5, 51.0))


def _leaf_mask(side: int) -> Image.Image:
    scale = side * shapes.FINER / SIDE
    large = Image.new("L", (side * shapes.FINER, side * shapes.FINER))
    brush = ImageDraw.Draw(large)
    for x, y, radius in LEAVES:
        brush.ellipse([edge * scale for edge in (x - radius, y - radius, x + radius, y + radius)], fill=255)
    for outline, ink in ((HEART, 255), (TAIL, 255), (PLAY, 0)):
        brush.polygon([(x * scale, y * scale) for x, y in outline], fill=ink)
    return large.reduce(shapes.FINER)


@lru_cache(maxsize=8)
def club(side: int) -> Image.Image:
    """The club alone as mask; shared, so never to be painted on."""
    return _leaf_mask(side)


@lru_cache(maxsize=8)
def mark(side: int) -> Image.Image:
    """The mark on its coloured tile, RGBA, `side` pixels wide; shared, so never to be painted on."""
    tile = Image.new("RGBA", (side, side))
    ground = shapes.gradient(side, side, palette.VIOLET, palette.MAGENTA)
    tile.paste(ground, (0, 0), shapes.rounded(side, side, side * CORNER // SIDE))
    tile.paste((*rgb(palette.PAPER), 255), (0, 0), club(side))
    return tile


def svg() -> str:
    """The mark as an SVG document."""

    def path(points: tuple[tuple[float, float], ...]) -> str:
        return "M" + " L".join(f"{x:g} {y:g}" for x, y in points) + " Z"

    leaves = "".join(f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}"/>' for x, y, radius in LEAVES)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}" role="img" aria-label="TSCreator">'
        f'<defs><linearGradient id="g" gradientUnits="userSpaceOnUse" x2="{SIDE}" y2="{SIDE}">'
        f'<stop stop-color="#{palette.VIOLET:06x}"/>'
        f'<stop offset="1" stop-color="#{palette.MAGENTA:06x}"/></linearGradient></defs>'
        f'<rect width="{SIDE}" height="{SIDE}" rx="{CORNER}" fill="url(#g)"/>'
        f'<g fill="#{palette.PAPER:06x}">{leaves}<path d="{path(HEART)}"/><path d="{path(TAIL)}"/></g>'
        f'<path d="{path(PLAY)}" fill="url(#g)"/></svg>\n'
    )


def wordmark(ink: int) -> Image.Image:
    """The mark with the name beside it in the colour `ink`, RGBA, 1000 x 256."""
    sheet = Image.new("RGBA", (1000, 256))
    sheet.paste(mark(256), (0, 0))
    lettering = font(f"PlusJakartaSans-{Weight.DISPLAY}.ttf", 132)
    ImageDraw.Draw(sheet).text((300, 176), "TSCreator", font=lettering, fill=(*rgb(ink), 255), anchor="ls")
    return sheet


def main(folder: Path) -> None:
    """Write the logo's files."""
    (folder / "mark.svg").write_text(svg(), encoding="utf-8")
    mark(512).save(folder / "mark.png")
    wordmark(palette.PAPER).save(folder / "wordmark-on-dark.png")
    wordmark(palette.INK).save(folder / "wordmark-on-light.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
