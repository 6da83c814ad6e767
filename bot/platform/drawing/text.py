"""Lines of text: cut into runs of one font and direction, measured, shrunk, wrapped and ended with an ellipsis."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import regex

from bot.platform import palette
from bot.platform.drawing.clean import clean, clusters
from bot.platform.drawing.direction import levels, shaped_by_hand, visual_order
from bot.platform.drawing.fonts import EMOJI, SHAPES_ITSELF, Weight, covers, face_for, font

ELLIPSIS: Final = "…"
# The height of the house font's capitals, in shares of the size.
CAPITALS: Final = 0.745
# Glyphs are laid out and drawn this much larger and scaled down: FreeType rounds every advance to a whole pixel, which
# at the sizes of a card sets letters visibly uneven.
FINER: Final = 2
# Scripts that stand much taller or hang much deeper than Latin, and emoji, which fill their whole square.
SCALES: Final = {EMOJI: 0.94, "NotoSansJavanese.ttf": 0.74, "NotoSansBalinese.ttf": 0.74, "NotoSansTamil.ttf": 0.9}
SHRINK: Final = 0.94


_UNIT = regex.compile(r"(?<=\bRp) (?=\d)|(?<=\d) (?=(?:rb|jt|M|ribu|juta|WIB|WITA|WIT)\b)")


@dataclass(frozen=True, slots=True)
class Style:
    """How text looks: size in pixels per em, weight, colour, and whether digits are equally wide (for columns)."""

    size: int
    weight: Weight = Weight.BODY
    colour: int = palette.PAPER
    tabular: bool = False

    @property
    def line_height(self) -> int:
        """Pixels from one baseline to the next; headlines stand closer."""
        return round(self.size * (1.14 if self.weight is Weight.DISPLAY else 1.25))

    @property
    def baseline(self) -> float:
        """Pixels from a line's top to its baseline: its capitals stand in the middle of its height."""
        return (self.line_height + CAPITALS * self.size) / 2


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one font and direction; `text` is in reading order unless the layout engine can't turn it."""

    text: str
    face: str
    size: int
    direction: str | None
    width: float


@dataclass(frozen=True, slots=True)
class Line:
    """Runs from left to right, ready to be drawn; `cut` tells that text was left out."""

    runs: tuple[Run, ...]
    width: float
    style: Style
    cut: bool = False


def features_of(style: Style, face: str) -> list[str] | None:
    """OpenType features the layout engine is asked for."""
    return ["tnum"] if SHAPES_ITSELF and style.tabular and face.startswith("PlusJakarta") else None


def _run(pieces: list[str], face: str, level: int, style: Style) -> Run:
    backwards = bool(level % 2)
    direction = ("rtl" if backwards else "ltr") if SHAPES_ITSELF else None
    text = "".join(pieces)
    if not SHAPES_ITSELF:
        if face == EMOJI:
            # Without shaping a joined emoji would fall apart into several; its first part stands for it.
            text = "".join(piece[0] for piece in (pieces[::-1] if backwards else pieces))
        elif backwards:
            text = shaped_by_hand(pieces)
    size = round(style.size * SCALES.get(face, 1))
    length = font(face, size * FINER).getlength(text, direction=direction, features=features_of(style, face))
    return Run(text, face, size, direction, length / FINER)


@lru_cache(maxsize=2048)
def line_of(text: str, style: Style) -> Line:
    """`text`, which must be clean, as one line of whatever width it takes."""
    pieces = clusters(text)
    depth = levels(pieces)
    stretches: list[tuple[list[str], str, int]] = []
    for piece, level in zip(pieces, depth, strict=True):
        face = face_for(piece, style.weight)
        # A blank goes with the run it follows: a font change at every space would lose the kerning around it.
        if piece == " " and stretches and stretches[-1][2] == level and covers(stretches[-1][1], piece):
            face = stretches[-1][1]
        if face is None:
            continue
        if stretches and stretches[-1][1:] == (face, level):
            stretches[-1][0].append(piece)
        else:
            stretches.append(([piece], face, level))
    order = visual_order([level for _, _, level in stretches])
    runs = tuple(_run(*stretches[index], style) for index in order)
    return Line(runs, sum(run.width for run in runs), style)


def shorten(text: str, style: Style, width: int) -> Line:
    """As much of `text` as fits `width` pixels, ended by an ellipsis where something had to go."""
    whole = line_of(text, style)
    if whole.width <= width:
        return whole
    pieces = clusters(text)
    low, high = 0, len(pieces)
    while low < high:
        middle = (low + high + 1) // 2
        if line_of("".join(pieces[:middle]).rstrip() + ELLIPSIS, style).width <= width:
            low = middle
        else:
            high = middle - 1
    kept = "".join(pieces[:low]).rstrip()
    line = line_of(kept + ELLIPSIS, style)
    return replace(line, cut=True) if line.width <= width else Line((), 0, style, cut=True)


def _shrunk(style: Style, smallest: int) -> Iterator[Style]:
    size = style.size
    while size > smallest:
        yield replace(style, size=size)
        size = min(size - 1, int(size * SHRINK))
    yield replace(style, size=min(style.size, smallest))


def fit(text: str, style: Style, width: int, smallest: int) -> Line:
    """`text` on one line of `width` pixels: smaller down to `smallest`, then shortened."""
    text = clean(text)
    for candidate in _shrunk(style, smallest):
        line = line_of(text, candidate) if len(text) <= 200 else None
        if line and line.width <= width:
            return line
    return shorten(text[:300], replace(style, size=min(style.size, smallest)), width)


def _words(text: str, style: Style, width: int) -> Iterator[tuple[str, bool]]:
    """Pieces a line may break between, with whether a blank precedes; a word wider than a line comes in parts."""
    for word in text.split(" "):
        if line_of(word, style).width <= width:
            yield word, True
            continue
        part, blank = "", True
        for piece in clusters(word):
            if part and line_of(part + piece, style).width > width:
                yield part, blank
                part, blank = "", False
            part += piece
        yield part, blank


def wrap(text: str, style: Style, width: int, lines: int) -> list[Line]:
    """`text` in at most `lines` lines of `width` pixels; the last one ends in an ellipsis where text is left."""
    # A currency and its amount, a number and its unit stay together.
    text = _UNIT.sub("\u00a0", clean(text))
    if not text or width <= 0 or lines <= 0:
        return []
    done: list[str] = []
    current = ""
    used = 0
    for word, blank in _words(text, style, width):
        longer = current + (" " if blank and current else "") + word
        if not current or line_of(longer, style).width <= width:
            current = longer
        else:
            if len(done) == lines - 1:
                break
            done.append(current)
            current = word
        used += len(word) + (blank and used > 0)
    rest = text[used:]
    last = shorten(current + rest[:200], style, width) if rest else line_of(current, style)
    return [*(line_of(part, style) for part in done), last]


def fit_block(text: str, style: Style, width: int, height: int, lines: int, smallest: int) -> list[Line]:
    """`text` in at most `lines` lines and `height` pixels, in the largest size down to `smallest` that shows it all."""
    wrapped: list[Line] = []
    for candidate in _shrunk(style, smallest):
        wrapped = wrap(text, candidate, width, max(1, min(lines, height // candidate.line_height)))
        if not wrapped or not wrapped[-1].cut:
            break
    return wrapped
