"""Which font draws a piece of text: the files in assets/fonts, what each covers, and the opened fonts.

Opened fonts are shared by threads: Pillow holds the interpreter lock (or, in a build without one, a lock per font)
through every call on a font, and none of these calls changes it.
"""

import json
from bisect import bisect_right
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import regex
from PIL import ImageFont, features

FOLDER: Final = Path(__file__).resolve().parents[3] / "assets" / "fonts"
EMOJI: Final = "TwemojiMozilla.ttf"
# Pillow's wheels carry raqm but look for the system's fribidi at run time; text.py shapes by itself where it is absent.
SHAPES_ITSELF: Final = bool(features.check("raqm"))

_OTHERS: Final = (
    *(f"NotoSans{script}.ttf" for script in ("Thai", "Javanese", "Balinese", "Sundanese", "Buginese", "Batak")),
    *(f"NotoSans{script}.ttf" for script in ("Devanagari", "Bengali", "Tamil", "Kannada", "Lao", "Georgian")),
    *(f"NotoSans{script}.ttf" for script in ("Armenian", "Cherokee", "CanadianAboriginal", "Lisu", "Runic")),
    "NotoSerifTibetan.ttf",
    "NotoSansMath.ttf",
    "NotoSansSymbols.ttf",
    "NotoSansSymbols2.ttf",
    "NotoSansCJK.otf",
    EMOJI,
)
_PICTORIAL = regex.compile(
    r"[\p{Extended_Pictographic}--[©®™]]|\p{Regional_Indicator}|.\uFE0F|[#*0-9]\uFE0F?\u20E3", regex.V1
)
_INVISIBLE: Final = frozenset({0x200C, 0x200D, 0xFE0E, 0xFE0F})


class Weight(StrEnum):
    """Weights of the house font."""

    BODY = "Medium"
    BOLD = "Bold"
    DISPLAY = "ExtraBold"


@cache
def _coverage() -> dict[str, list[int]]:
    """For each file the characters it has, as [first, last, first, last, ...], ascending."""
    return json.loads((FOLDER / "coverage.json").read_text(encoding="utf-8"))


def _has(face: str, code: int) -> bool:
    edges = _coverage()[face]
    place = bisect_right(edges, code)
    return place % 2 == 1 or (place > 0 and edges[place - 1] == code)


def covers(face: str, cluster: str) -> bool:
    """Whether the file has every visible character of the cluster."""
    return all(_has(face, ord(character)) for character in cluster if ord(character) not in _INVISIBLE)


@cache
def _order(weight: Weight) -> tuple[str, ...]:
    heft = "Regular" if weight is Weight.BODY else "Bold"
    paired = tuple(f"{family}-{heft}.ttf" for family in ("NotoSans", "NotoSansArabic", "NotoSansHebrew"))
    return (f"PlusJakartaSans-{weight}.ttf", *paired, *_OTHERS)


@lru_cache(maxsize=8192)
def face_for(cluster: str, weight: Weight) -> str | None:
    """The file that can draw this grapheme cluster, or None where no font of ours can."""
    if all(ord(character) in _INVISIBLE for character in cluster):
        return None
    faces = _order(weight)
    if _PICTORIAL.match(cluster):
        faces = (EMOJI, *faces)
    return next((face for face in faces if covers(face, cluster)), None)


@lru_cache(maxsize=512)
def font(face: str, size: int) -> ImageFont.FreeTypeFont:
    """The opened font at `size` pixels per em."""
    engine = ImageFont.Layout.RAQM if SHAPES_ITSELF else ImageFont.Layout.BASIC
    return ImageFont.truetype(str(FOLDER / face), size, layout_engine=engine)
