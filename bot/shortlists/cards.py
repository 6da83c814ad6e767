"""The picture of a shortlist: every creator's score, broken down by criterion."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bot.platform import palette
from bot.platform.drawing import Box, Canvas, Style, Weight, avatar, clean, clip, fit, line_of
from bot.platform.drawing.charts import score_bar
from bot.platform.drawing.figures import percent, short, whole
from bot.platform.drawing.parts import (
    LABEL,
    MARGIN,
    NAME,
    NOTE,
    TOP,
    WIDTH,
    chips,
    heading,
    nothing_here,
    page,
)
from bot.platform.palette import Tone

MOST: Final = 10
CRITERIA: Final = len(palette.SERIES)
ROW: Final = 154
GAP: Final = 12
SWATCH: Final = 34
WEIGHT: Final = Style(26, Weight.BOLD)
BAR_LEFT, BAR_RIGHT = 540, 1016


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is scored, and the most points it can bring (all weights together are 100)."""

    name: str
    weight: float


@dataclass(frozen=True, slots=True)
class ShortlistRow:
    """One creator; `points` in the order of the criteria, `total` their sum (0 to 100), `er` a ratio."""

    name: str
    username: str
    platform: str
    followers: int | None
    er: Decimal | None
    points: tuple[float, ...]
    total: float
    flags: tuple[str, ...] = ()
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class ShortlistCard:
    """Creators of one page (ten at most are drawn) in the order they rank; `first` is the rank of the first."""

    title: str
    criteria: tuple[Criterion, ...]
    rows: tuple[ShortlistRow, ...]
    total: int
    first: int = 1


def layout(card: ShortlistCard) -> Canvas:
    """Draw the card."""
    rows = card.rows[:MOST]
    legend = _legend(card)
    top = TOP + 136 + 46 * len(legend) + (18 if legend else 0)
    body = ROW * len(rows) + GAP * (len(rows) - 1) if rows else 236
    canvas = page(top + body + 48, "Shortlist")
    heading(canvas, clean(card.title) or "Shortlist", _below(card, len(rows)))
    for index, line in enumerate(legend):
        _draw_legend(canvas, line, TOP + 132 + 46 * index)
    if not rows:
        panel = Box(MARGIN, top, WIDTH - 2 * MARGIN, 236)
        nothing_here(
            canvas, panel, "Shortlist masih kosong", "Tambah dari pelamar kampanye atau dari database kreator."
        )
        return canvas
    for index, row in enumerate(rows):
        box = Box(MARGIN, top + index * (ROW + GAP), WIDTH - 2 * MARGIN, ROW)
        _row(canvas, box, card.first + index, row, card.criteria[:CRITERIA])
    return canvas


def _below(card: ShortlistCard, shown: int) -> str:
    if shown and card.total > shown:
        return f"Peringkat {whole(card.first)}–{whole(card.first + shown - 1)} dari {whole(card.total)} kreator"
    return f"{whole(card.total)} kreator, skor dari 100"


def _legend(card: ShortlistCard) -> list[list[tuple[str, str, int, int]]]:
    """Criteria in lines that fit the page: name, weight, colour and the width taken, each."""
    lines: list[list[tuple[str, str, int, int]]] = []
    used = 0
    for index, criterion in enumerate(card.criteria[:CRITERIA]):
        name, weight = clip(clean(criterion.name), 28), _points(criterion.weight)
        width = SWATCH + round(fit(name, NOTE, 460, NOTE.size).width + line_of(weight, WEIGHT).width) + 10 + 28
        if not lines or used + width > WIDTH - 2 * MARGIN:
            lines.append([])
            used = 0
        lines[-1].append((name, weight, palette.SERIES[index], width))
        used += width
    return lines


def _draw_legend(canvas: Canvas, line: list[tuple[str, str, int, int]], y: int) -> None:
    x = MARGIN
    for name, weight, colour, width in line:
        canvas.fill(Box(x, y + 7, 24, 24), colour, 7)
        taken = canvas.write(name, Box(x + SWATCH, y, 460, 38), NOTE, rest="middle")
        after = taken.right + 10 if taken.w else x + SWATCH
        canvas.write(weight, Box(after, y, 90, 38), WEIGHT, rest="middle")
        x += width


def _points(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".").replace(".", ",")


def _row(canvas: Canvas, box: Box, rank: int, row: ShortlistRow, criteria: tuple[Criterion, ...]) -> None:
    canvas.fill(box, palette.NIGHT, 24)
    name = clean(row.name) or clean(row.username) or "Tanpa nama"
    place = Style(36, Weight.DISPLAY, palette.SUN if rank <= 3 else palette.MIST, tabular=True)
    canvas.write(str(rank), Box(box.x + 10, box.y, 62, ROW), place, smallest=22, align="centre", rest="middle")
    face = Box(box.x + 80, box.y + (ROW - 68) // 2, 68, 68)
    avatar(canvas, face, name)
    left = face.right + 20
    across = BAR_LEFT - left - 24
    canvas.write(name, Box(left, box.y + 18, across, 42), NAME, smallest=26)
    handle = " · ".join(part for part in (f"@{clean(row.username)}", clean(row.platform)) if len(part) > 1)
    canvas.write(handle, Box(left, box.y + 58, across, 36), NOTE, smallest=24)
    known = row.followers is not None or row.er is not None
    facts = f"{short(row.followers)} · ER {percent(row.er)}" if known else "Metrik belum ada"
    canvas.write(facts, Box(left, box.y + 96, across, 36), NOTE, smallest=24)

    pinned = [("Disematkan", Tone.BRAND)] if row.pinned else []
    labels = [*pinned, *((flag, Tone.WARN) for flag in map(clean, row.flags) if flag)]
    bar = Box(BAR_LEFT, box.y + (26 if labels else 46), BAR_RIGHT - BAR_LEFT, 30)
    _score(canvas, bar, criteria, row)
    chips(canvas, labels, Box(BAR_LEFT, box.y + 98, box.right - BAR_LEFT - 130, 42), size=24, widest=340)
    total = Style(48, Weight.DISPLAY, palette.PAPER, tabular=True)
    room = Box(BAR_RIGHT + 10, box.y, box.right - BAR_RIGHT - 38, ROW)
    canvas.write(_points(round(row.total)), room, total, smallest=30, align="right", rest="middle")


def _score(canvas: Canvas, box: Box, criteria: tuple[Criterion, ...], row: ShortlistRow) -> None:
    slots = score_bar(canvas, box, [criterion.weight for criterion in criteria], row.points)
    for slot, gained in zip(slots, row.points, strict=False):
        fitting = (text for text in map(_points, (gained, round(gained))) if line_of(text, LABEL).width <= slot.w)
        if text := next(fitting, ""):
            canvas.write(text, Box(slot.x, slot.bottom + 4, slot.w, 32), LABEL, align="centre")


def render(card: ShortlistCard) -> bytes:
    """The card as PNG."""
    return layout(card).png()


def alt_text(card: ShortlistCard) -> str:
    """The card in words: the criteria and every creator drawn, as far as 1,024 characters go."""
    parts = ", ".join(f"{clip(clean(c.name), 28)} {_points(c.weight)}" for c in card.criteria[:CRITERIA])
    told = f"Shortlist {clip(clean(card.title) or 'tanpa judul', 120)}: {_below(card, len(card.rows[:MOST]))}."
    told += f" Bobot: {parts}." if parts else ""
    for rank, row in enumerate(card.rows[:MOST], start=card.first):
        flags = f", perlu dicek: {clip(', '.join(map(clean, row.flags)), 80)}" if row.flags else ""
        name = clip(clean(row.name) or clean(row.username) or "Tanpa nama", 40)
        told += f" {rank}. {name}, skor {round(row.total)}{flags}."
    return clip(told, 1024)
