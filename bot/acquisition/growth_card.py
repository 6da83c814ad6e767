"""Growth of the database as a picture: new accounts a month on each platform, a line where the target lies."""

from dataclasses import dataclass
from typing import Final

from bot.platform import palette
from bot.platform.drawing import Box, Canvas, Style, Weight, clean, clip
from bot.platform.drawing.parts import MARGIN, TOP, WIDTH, heading, nothing_here, page

MOST_PLATFORMS: Final = 8
MOST_MONTHS: Final = 12
ROW: Final = 212
NAME_WIDE: Final = 210
BAR_HIGH: Final = 104


@dataclass(frozen=True, slots=True)
class GrowthRow:
    """One platform: what each month brought, the figure as written above its bar, and the month's target."""

    name: str
    about: str
    counts: tuple[int, ...]
    written: tuple[str, ...]
    goals: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class GrowthCard:
    """Months from left to right (twelve at most), a row a platform (eight at most). Each row has a scale of its own."""

    title: str
    below: str
    months: tuple[str, ...]
    rows: tuple[GrowthRow, ...]


def layout(card: GrowthCard) -> Canvas:
    """Draw the card."""
    rows = card.rows[:MOST_PLATFORMS]
    top = TOP + 146
    canvas = page(top + (len(rows) * ROW + 32 if rows else 274), "Pertumbuhan")
    heading(canvas, card.title, card.below)
    if not rows:
        panel = Box(MARGIN, top, WIDTH - 2 * MARGIN, 230)
        nothing_here(canvas, panel, "Belum ada kreator", "Isi databasenya dengan /kol impor atau ajak mendaftar.")
        return canvas
    for index, row in enumerate(rows):
        colour = palette.SERIES[index % len(palette.SERIES)]
        _platform(canvas, Box(MARGIN, top + index * ROW, WIDTH - 2 * MARGIN, ROW - 14), row, card.months, colour)
    return canvas


def _platform(canvas: Canvas, box: Box, row: GrowthRow, months: tuple[str, ...], colour: int) -> None:
    canvas.fill(box, palette.NIGHT, 20)
    name = Box(box.x + 22, box.y + 46, NAME_WIDE - 34, 44)
    canvas.write(clean(row.name) or "?", name, Style(30, Weight.BOLD, colour), smallest=20, rest="middle")
    about = Box(name.x, name.bottom, name.w, 64)
    canvas.write(row.about, about, Style(21, Weight.BODY, palette.MIST), lines=2, smallest=18)
    shown = min(len(months), MOST_MONTHS, len(row.counts))
    slot = (box.w - NAME_WIDE - 20) // max(1, shown)
    goals = [goal or 0 for goal in row.goals[:shown]]
    top = max([1, *row.counts[:shown], *goals])
    floor = box.y + 36 + BAR_HIGH + 12
    for index in range(shown):
        left = box.x + NAME_WIDE + index * slot
        count, goal = row.counts[index], row.goals[index]
        high = round(BAR_HIGH * count / top)
        if high:
            canvas.fill(Box(left + 10, floor - high, slot - 20, max(high, 4)), colour, min(8, high // 2))
        else:
            canvas.fill(Box(left + 10, floor - 3, slot - 20, 3), palette.LINE)
        if goal:
            line = floor - round(BAR_HIGH * goal / top)
            canvas.fill(Box(left + 2, line - 2, slot - 4, 4), palette.PAPER, 2)
        figure = Style(21, Weight.BOLD, palette.PAPER if count else palette.HAZE, tabular=True)
        # Above whichever is higher, so that the target's line never strikes the figure through.
        head = floor - round(BAR_HIGH * max(count, goal or 0) / top)
        canvas.write(row.written[index], Box(left, head - 34, slot, 28), figure, smallest=16, align="centre")
        below = Box(left, floor + 8, slot, 28)
        canvas.write(months[index], below, Style(19, Weight.BODY, palette.MIST), smallest=16, align="centre")


def alt_text(card: GrowthCard) -> str:
    """The card in words: the last month's figures."""
    lines = "; ".join(
        f"{clean(row.name)}: {row.written[-1] if row.written else '0'} di bulan terakhir, {row.about}"
        for row in card.rows[:MOST_PLATFORMS]
    )
    return clip(f"{card.title}. {card.below}. {lines or 'Belum ada kreator'}.", 1024)
