"""The drawing kit: facts in, PNG out. Pure but for reading the fonts in assets/; safe to use from several threads."""

from bot.platform.drawing.avatars import avatar, colour_of, initials, picture_of
from bot.platform.drawing.canvas import Canvas, Placed
from bot.platform.drawing.clean import clean, clip
from bot.platform.drawing.colour import contrast, mix
from bot.platform.drawing.fonts import Weight
from bot.platform.drawing.geometry import Box
from bot.platform.drawing.text import Style, fit, line_of, wrap

__all__ = [
    "Box",
    "Canvas",
    "Placed",
    "Style",
    "Weight",
    "avatar",
    "clean",
    "clip",
    "colour_of",
    "contrast",
    "fit",
    "initials",
    "line_of",
    "mix",
    "picture_of",
    "wrap",
]
