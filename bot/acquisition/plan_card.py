"""Plan against actual as a picture: a bar a target with the course it should keep, and a row a strategy."""

from dataclasses import dataclass
from typing import Final

from bot.platform import palette
from bot.platform.drawing import Box, Canvas, Style, Weight, clean, clip
from bot.platform.drawing.charts import level_bar
from bot.platform.drawing.parts import LABEL, MARGIN, NOTE, TOP, WIDTH, heading, nothing_here, page
from bot.platform.palette import TONES, Tone

MOST: Final = 8
ROW: Final = 136
WAY_ROW: Final = 58
ACROSS: Final = WIDTH - 2 * MARGIN
# The right edge of each column of a strategy's figures.
COLUMNS: Final = (("Kreator baru", 640), ("Biaya", 890), ("CAC", WIDTH - MARGIN - 24))


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target. `share` of it is done and `pace` of its time has begun (0 to 1); `tone` says how it does."""

    name: str
    about: str
    figures: str
    share: float
    pace: float
    tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True, slots=True)
class WayRow:
    """One strategy, its figures ready to read; `known` tells which of them are figures and not "belum ada data"."""

    name: str
    figures: tuple[str, str, str]
    known: tuple[bool, bool, bool]
    best: bool = False


@dataclass(frozen=True, slots=True)
class PlanCard:
    """A page of targets (eight at most are drawn) and, on the first page, the strategies."""

    title: str
    below: str
    targets: tuple[TargetRow, ...]
    ways: tuple[WayRow, ...] = ()


def layout(card: PlanCard) -> Canvas:
    """Draw the card."""
    targets = card.targets[:MOST]
    top = TOP + 146
    below = top + (len(targets) * ROW if targets else 250)
    height = below + (128 + len(card.ways) * WAY_ROW if card.ways else 44)
    canvas = page(height, "Akuisisi kreator")
    heading(canvas, card.title, card.below)
    if targets:
        for index, row in enumerate(targets):
            _target(canvas, Box(MARGIN, top + index * ROW, ACROSS, ROW - 12), row)
    else:
        advice = "Pasang dengan /target atur, lalu bot menghitung hasilnya."
        nothing_here(canvas, Box(MARGIN, top, ACROSS, 230), "Belum ada target", advice)
    if card.ways:
        _ways(canvas, below + 14, card.ways)
    return canvas


def _target(canvas: Canvas, box: Box, row: TargetRow) -> None:
    canvas.fill(box, palette.NIGHT, 20)
    inner = box.inset(22, 12)
    name = clean(row.name) or "Tanpa nama"
    canvas.write(name, Box(inner.x, inner.y, 750, 40), Style(27, Weight.BOLD), smallest=18, rest="middle")
    figures = Style(30, Weight.BOLD, TONES[row.tone], tabular=True)
    right = Box(inner.right - 280, inner.y, 280, 40)
    canvas.write(row.figures, right, figures, smallest=20, align="right", rest="middle")
    about = Box(inner.x, inner.y + 42, inner.w, 30)
    canvas.write(row.about, about, Style(21, Weight.BODY, palette.MIST), smallest=18, rest="middle")
    bar = Box(inner.x, inner.bottom - 16, inner.w, 12)
    level_bar(canvas, bar, row.share, TONES[row.tone])
    if 0 < row.pace < 1:
        canvas.fill(Box(bar.x + round(bar.w * row.pace) - 2, bar.y - 6, 4, bar.h + 12), palette.PAPER, 2)


def _ways(canvas: Canvas, top: int, ways: tuple[WayRow, ...]) -> None:
    canvas.write("Strategi", Box(MARGIN + 24, top, 300, 36), LABEL)
    left = 440
    for name, right in COLUMNS:
        canvas.write(name, Box(left, top, right - left, 36), LABEL, smallest=20, align="right")
        left = right + 12
    panel = Box(MARGIN, top + 44, ACROSS, len(ways) * WAY_ROW + 16)
    canvas.fill(panel, palette.NIGHT, 20)
    for index, row in enumerate(ways):
        _way(canvas, Box(panel.x + 24, panel.y + 8 + index * WAY_ROW, panel.w - 48, WAY_ROW), row)


def _way(canvas: Canvas, box: Box, row: WayRow) -> None:
    name = Style(26, Weight.BOLD, TONES[Tone.GOOD]) if row.best else Style(26)
    canvas.write(row.name, Box(box.x, box.y, 350, box.h), name, smallest=20, rest="middle")
    left = 440
    for (_, right), text, known in zip(COLUMNS, row.figures, row.known, strict=True):
        style = Style(27, Weight.BOLD, palette.PAPER, tabular=True) if known else Style(22, NOTE.weight, palette.HAZE)
        cell = Box(left, box.y, right - left, box.h)
        canvas.write(text, cell, style, smallest=18, align="right", rest="middle")
        left = right + 12


def alt_text(card: PlanCard) -> str:
    """The card in words."""
    targets = "; ".join(f"{clean(row.name)}: {row.figures} ({clean(row.about)})" for row in card.targets[:MOST])
    ways = "; ".join(f"{row.name}: {row.figures[0]} kreator baru, biaya {row.figures[1]}" for row in card.ways)
    told = f"{card.title}. {card.below}. {targets or 'Belum ada target'}." + (f" {ways}." if ways else "")
    return clip(told, 1024)
