"""Whether a text fits its place on a page, found out by measuring it; all lengths in points (1/72 inch).

Presentation programs set the brand's font, which this machine need not have: the house font stands in for it. It is the
wider of the two for all but a few letters; the reserve covers these.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.platform.drawing import Style, Weight, clean, line_of, wrap
from bot.platform.drawing.clean import clusters

RESERVE: Final = 1.06
# From one baseline to the next, in shares of the size: what the programs take for the brand's fonts, at most.
LEADING: Final = 1.22
# Sizes are measured this much larger, since the drawing kit counts in whole pixels.
_FINER: Final = 4
_ELLIPSIS: Final = "…"
_LONGEST: Final = 2_000


@dataclass(frozen=True, slots=True)
class Fitted:
    """Text as it goes on the page: its paragraphs, the size in points, and whether some of it had to go."""

    paragraphs: tuple[str, ...]
    size: float
    cut: bool = False

    @property
    def text(self) -> str:
        """On one line."""
        return " ".join(self.paragraphs)


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Points that clean `text` takes on one line, the reserve included."""
    return line_of(text, _style(size, bold)).width * RESERVE / _FINER


def fit_line(text: str, width: float, size: float, smallest: float, *, bold: bool = False) -> Fitted:
    """`text` on one line: smaller down to `smallest`, then shortened."""
    text = clean(text)
    while True:
        if width_of(text, size, bold=bold) <= width:
            return Fitted((text,), size)
        if size <= smallest:
            break
        size = max(smallest, size - 1)
    pieces = clusters(text)
    low, high = 0, len(pieces)
    while low < high:
        middle = (low + high + 1) // 2
        if width_of(_ended(pieces, middle), size, bold=bold) <= width:
            low = middle
        else:
            high = middle - 1
    return Fitted((_ended(pieces, low),), size, cut=True)


def fit_block(
    text: str | Sequence[str],
    width: float,
    height: float,
    size: float,
    smallest: float,
    *,
    bold: bool = False,
    gap: float = 0.0,
) -> Fitted:
    """Paragraphs in a box: smaller down to `smallest`, then cut short. `gap`: space between them, in lines."""
    source = text.split("\n") if isinstance(text, str) else text
    paragraphs = [one for one in (clean(part) for part in source) if one]
    shortened = sum(map(len, paragraphs)) > _LONGEST
    paragraphs = _first(paragraphs, _LONGEST)
    while True:
        room = height / (size * LEADING)
        if _lines_of(paragraphs, width, size, bold, gap) <= room:
            return Fitted(_closed(paragraphs, shortened), size, shortened)
        if size <= smallest:
            break
        size = max(smallest, size - 1)
    kept: list[str] = []
    left = room
    for paragraph in paragraphs:
        if left < 1:
            break
        lines = _count(paragraph, width, size, bold)
        if lines > left:
            kept.append(_cut(paragraph, width, int(left), size, bold))
            break
        kept.append(paragraph)
        left -= lines + gap
    return Fitted(_closed(kept, True), size, cut=True)


def _style(size: float, bold: bool) -> Style:
    return Style(round(size * _FINER), Weight.BOLD if bold else Weight.BODY)


def _count(text: str, width: float, size: float, bold: bool) -> int:
    style = _style(size, bold)
    pixels = int(width * _FINER / RESERVE)
    if line_of(text, style).width <= pixels:
        return 1
    return len(wrap(text, style, pixels, 500))


def _lines_of(paragraphs: Sequence[str], width: float, size: float, bold: bool, gap: float) -> float:
    lines = sum(_count(one, width, size, bold) for one in paragraphs)
    return lines + gap * max(0, len(paragraphs) - 1)


def _cut(text: str, width: float, lines: int, size: float, bold: bool) -> str:
    """As many words as fit `lines`; of a word that alone is too long, as much as does."""
    for pieces, glue in ((text.split(" "), " "), (clusters(text), "")):
        low, high = 0, len(pieces)
        while low < high:
            middle = (low + high + 1) // 2
            if _count(glue.join(pieces[:middle]) + _ELLIPSIS, width, size, bold) <= lines:
                low = middle
            else:
                high = middle - 1
        if low:
            return glue.join(pieces[:low]) + _ELLIPSIS
    return _ELLIPSIS


def _ended(pieces: Sequence[str], count: int) -> str:
    return "".join(pieces[:count]).rstrip() + _ELLIPSIS


def _closed(paragraphs: Sequence[str], cut: bool) -> tuple[str, ...]:
    """Text that goes on elsewhere says so by its last character."""
    if not cut or not paragraphs or paragraphs[-1].endswith(_ELLIPSIS):
        return tuple(paragraphs)
    return (*paragraphs[:-1], paragraphs[-1].rstrip(" .,;:") + _ELLIPSIS)


def _first(paragraphs: Sequence[str], length: int) -> list[str]:
    kept: list[str] = []
    for paragraph in paragraphs:
        if length <= 0:
            break
        kept.append(paragraph[:length])
        length -= len(paragraph)
    return kept
