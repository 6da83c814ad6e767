"""The evaluation as a table picture: reached, took part, cost, came back, against the objective."""

from dataclasses import dataclass
from typing import Final

from bot.platform import palette
from bot.platform.drawing import Box, Canvas, Style, Weight, clean, clip
from bot.platform.drawing.parts import LABEL, MARGIN, TOP, WIDTH, heading, nothing_here, page
from bot.platform.palette import TONES, Tone

MOST: Final = 10
ROW: Final = 108
UNKNOWN: Final = "belum ada data"
# The right edge of each column of figures.
COLUMNS: Final = (
    ("Jangkauan", 570),
    ("Ikut", 686),
    ("Biaya/peserta", 868),
    ("Kembali", 1000),
    ("Target", WIDTH - MARGIN - 16),
)


@dataclass(frozen=True, slots=True)
class EvaluationRow:
    """One activity; figures come ready to read, `tone` colours how the target was met."""

    title: str
    about: str
    reached: str
    took_part: str
    cost_each: str
    came_back: str
    achieved: str
    tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True, slots=True)
class EvaluationCard:
    """Activities of one page (ten at most are drawn); `below` sums up all of them."""

    title: str
    below: str
    rows: tuple[EvaluationRow, ...]


def layout(card: EvaluationCard) -> Canvas:
    """Draw the card."""
    rows = card.rows[:MOST]
    top = TOP + 180
    canvas = page(top + max(1, len(rows)) * ROW + (160 if not rows else 40), "Evaluasi kegiatan")
    heading(canvas, card.title, card.below)
    if not rows:
        panel = Box(MARGIN, TOP + 136, WIDTH - 2 * MARGIN, 236)
        nothing_here(canvas, panel, "Belum ada kegiatan", "Entri yang sudah keluar muncul di sini.")
        return canvas
    canvas.write("Kegiatan", Box(MARGIN + 16, top - 44, 300, 36), LABEL)
    left = 456
    for name, right in COLUMNS:
        canvas.write(name, Box(left, top - 44, right - left, 36), LABEL, smallest=20, align="right")
        left = right + 12
    for index, row in enumerate(rows):
        _row(canvas, Box(MARGIN, top + index * ROW, WIDTH - 2 * MARGIN, ROW - 10), row)
    return canvas


def _row(canvas: Canvas, box: Box, row: EvaluationRow) -> None:
    canvas.fill(box, palette.NIGHT, 20)
    name = Box(box.x + 16, box.y + 4, 372, 58)
    title = clean(row.title) or "Tanpa judul"
    canvas.write(title, name, Style(27, Weight.BOLD), lines=2, smallest=21, rest="middle")
    canvas.write(row.about, Box(name.x, name.bottom, name.w, 34), Style(22, Weight.BODY, palette.MIST), smallest=20)
    figures = (row.reached, row.took_part, row.cost_each, row.came_back, row.achieved)
    left = 456
    for (_, right), text in zip(COLUMNS, figures, strict=True):
        known = text != UNKNOWN and not text.startswith("belum")
        colour = palette.HAZE if not known else palette.PAPER
        if right == COLUMNS[-1][1] and known:
            colour = TONES[row.tone]
        style = Style(28 if known else 20, Weight.BOLD if known else Weight.BODY, colour, tabular=known)
        cell = Box(left, box.y + 8, right - left, box.h - 16)
        canvas.write(text, cell, style, lines=1 if known else 2, smallest=18, align="right", rest="middle")
        left = right + 12


def alt_text(card: EvaluationCard) -> str:
    """The card in words."""
    lines = "; ".join(
        f"{clean(row.title)}: jangkauan {row.reached}, ikut {row.took_part}, biaya per peserta {row.cost_each},"
        f" kembali {row.came_back}, target {row.achieved}"
        for row in card.rows[:MOST]
    )
    return clip(f"{card.title}. {card.below}. {lines or 'Belum ada kegiatan'}.", 1024)
