"""Pictures from outside (avatars, product photographs), read with suspicion, and what stands in for a missing one."""

import zlib
from io import BytesIO
from typing import Final

import regex
from PIL import Image, ImageOps, UnidentifiedImageError

from bot.platform import palette
from bot.platform.drawing.canvas import Canvas
from bot.platform.drawing.clean import clean, clusters
from bot.platform.drawing.colour import mix
from bot.platform.drawing.fonts import Weight
from bot.platform.drawing.geometry import Box
from bot.platform.drawing.text import Style

FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF")
MOST_PIXELS: Final = 40_000_000
# A letter with the marks that belong to it.
_LETTER = regex.compile(r"(?=\p{L})\X")


def picture_of(raw: bytes | None, width: int, height: int) -> Image.Image | None:
    """The picture cropped to `width` x `height`, or None where there is none, it is broken or far too large."""
    if not raw:
        return None
    try:
        with Image.open(BytesIO(raw), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                return None
            # For JPEG this decodes at a fraction of the size, so that a phone's photograph costs little.
            opened.draft("RGB", (width, height))
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, EOFError):
        return None
    fitted = ImageOps.fit(upright, (width, height), Image.Resampling.LANCZOS)
    ground = Image.new("RGB", (width, height), (255, 255, 255))
    ground.paste(fitted, (0, 0), fitted)
    return ground


def initials(name: str) -> str:
    """One or two capitals for a name: of its first and last word; its first character where it has no letters."""
    name = clean(name)
    firsts = [letter[0] for word in name.split(" ") if (letter := _LETTER.search(word))]
    if not firsts:
        return next(iter(clusters(name)), "?")
    return "".join(firsts[:1] + firsts[1:][-1:]).upper()


def colour_of(name: str) -> int:
    """A colour from the palette that stays the same for the same name."""
    return palette.SERIES[zlib.crc32(name.encode("utf-8", "replace")) % 6]


def avatar(canvas: Canvas, box: Box, name: str, raw: bytes | None = None) -> None:
    """A round portrait; initials on the name's colour where there is no readable picture."""
    picture = picture_of(raw, box.w, box.h)
    if picture is not None:
        canvas.paste(picture, box, box.w)
        return
    colour = colour_of(name)
    canvas.blend(box, mix(palette.PAPER, colour, 0.28), colour, box.w, down=True)
    style = Style(round(box.w * 0.4), Weight.DISPLAY, palette.INK)
    canvas.write(initials(name), box.inset(box.w // 10), style, smallest=style.size // 2, align="centre", rest="middle")
