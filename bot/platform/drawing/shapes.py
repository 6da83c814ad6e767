"""Smooth shapes as masks and fills: Pillow's own have jagged edges, so these are drawn larger and scaled down."""

# Pillow's annotations name numpy, which is not installed.
# pyright: reportUnknownMemberType=false

from functools import lru_cache
from typing import Final

from PIL import Image, ImageDraw

from bot.platform.drawing.colour import mix, rgb

FINER: Final = 4


@lru_cache(maxsize=64)
def disc(diameter: int) -> Image.Image:
    """A filled circle as mask; shared, so never to be painted on."""
    large = Image.new("L", (diameter * FINER, diameter * FINER))
    ImageDraw.Draw(large).ellipse((0, 0, diameter * FINER - 1, diameter * FINER - 1), fill=255)
    return large.reduce(FINER)


@lru_cache(maxsize=128)
def rounded(width: int, height: int, radius: int) -> Image.Image:
    """A filled box with round corners as mask; shared, so never to be painted on."""
    radius = max(0, min(radius, width // 2, height // 2))
    mask = Image.new("L", (width, height), 255)
    if radius:
        round_ = disc(2 * radius)
        for left in (True, False):
            for top in (True, False):
                x, y = (0 if left else radius), (0 if top else radius)
                corner = round_.crop((x, y, x + radius, y + radius))
                mask.paste(corner, (0 if left else width - radius, 0 if top else height - radius))
    return mask


def outline(width: int, height: int, radius: int, thickness: int) -> Image.Image:
    """The edge of a rounded box as mask, `thickness` pixels wide."""
    mask = rounded(width, height, radius).copy()
    inner = rounded(width - 2 * thickness, height - 2 * thickness, max(0, radius - thickness))
    mask.paste(0, (thickness, thickness), inner)
    return mask


def gradient(width: int, height: int, start: int, end: int, *, down: bool = False) -> Image.Image:
    """From `start` in the upper left corner to `end` in the lower right one; straight `down` on demand."""
    middle = mix(start, end, 0.5)
    corners = (start, start, end, end) if down else (start, middle, middle, end)
    seed = Image.new("RGB", (2, 2))
    seed.putdata([rgb(corner) for corner in corners])
    # Between the centres of the four pixels: outside of them the scaling would leave flat rims.
    return seed.resize((width, height), Image.Resampling.BILINEAR, box=(0.5, 0.5, 1.5, 1.5))


@lru_cache(maxsize=16)
def glow(width: int, height: int, strength: int) -> Image.Image:
    """A soft light as mask: `strength` (0 to 255) in the middle, nothing at the edge; shared, so never painted on."""
    # Pillow's gradient reaches 181 at the middle of an edge. Squaring takes the light down to it without a visible rim.
    levels = [round(strength * max(0.0, 1 - distance / 180) ** 2) for distance in range(256)]
    return Image.radial_gradient("L").point(levels).resize((width, height), Image.Resampling.BICUBIC)


def polygon(points: list[tuple[float, float]], width: int, height: int) -> Image.Image:
    """A filled polygon as mask of the given size; points in pixels."""
    large = Image.new("L", (width * FINER, height * FINER))
    ImageDraw.Draw(large).polygon([(x * FINER, y * FINER) for x, y in points], fill=255)
    return large.reduce(FINER)


def stroke(points: list[tuple[float, float]], width: int, height: int, thickness: float) -> Image.Image:
    """A line through the points with round joints and ends, as mask of the given size."""
    large = Image.new("L", (width * FINER, height * FINER))
    brush = ImageDraw.Draw(large)
    scaled = [(x * FINER, y * FINER) for x, y in points]
    brush.line(scaled, fill=255, width=round(thickness * FINER), joint="curve")
    half = thickness * FINER / 2
    for x, y in (scaled[0], scaled[-1]):
        brush.ellipse((x - half, y - half, x + half, y + half), fill=255)
    return large.reduce(FINER)
