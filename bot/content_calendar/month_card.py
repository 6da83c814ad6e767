"""A month of the calendar as a picture: a week a row, what appears on each day."""

from calendar import monthcalendar
from dataclasses import dataclass
from datetime import date
from typing import Final

from babel.dates import format_date as babel_format_date

from bot.platform import palette
from bot.platform.drawing import Box, Canvas, Style, Weight, clean, clip, mix
from bot.platform.drawing.parts import LABEL, MARGIN, TOP, WIDTH, heading, page
from bot.platform.palette import TONES, Tone

WEEKDAYS: Final = ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min")
LINES: Final = 3
ROW: Final = 172
LEGEND: Final = (
    (Tone.BRAND, "Terjadwal"),
    (Tone.GOOD, "Sudah keluar"),
    (Tone.WARN, "Perlu diputuskan"),
    (Tone.NEUTRAL, "Draf"),
)


@dataclass(frozen=True, slots=True)
class DayEntry:
    """What appears on a day: its hour (`19.00`), its name, and the tone of its state."""

    day: int
    hour: str
    title: str
    tone: Tone = Tone.BRAND


@dataclass(frozen=True, slots=True)
class MonthCard:
    """A month; `entries` in the order of their times. `today` is marked when it is in the month."""

    year: int
    month: int
    entries: tuple[DayEntry, ...]
    today: date | None = None


def layout(card: MonthCard) -> Canvas:
    """Draw the card."""
    weeks = monthcalendar(card.year, card.month)
    top = TOP + 132
    canvas = page(top + 44 + ROW * len(weeks) + 84, "Kalender konten")
    heading(canvas, month_name(card), _below(card))
    grid = Box(MARGIN, top + 44, WIDTH - 2 * MARGIN, ROW * len(weeks))
    columns = Box(MARGIN, top, grid.w, 40).columns(7, 8)
    for box, name in zip(columns, WEEKDAYS, strict=True):
        canvas.write(name, box, LABEL, align="centre")
    by_day: dict[int, list[DayEntry]] = {}
    for entry in card.entries:
        by_day.setdefault(entry.day, []).append(entry)
    for row, week in enumerate(weeks):
        for column, day in enumerate(week):
            if day:
                box = Box(columns[column].x, grid.y + row * ROW, columns[column].w, ROW - 8)
                _day(canvas, box, day, by_day.get(day, []), is_today=card.today == date(card.year, card.month, day))
    _legend(canvas, grid.bottom + 20)
    return canvas


def month_name(card: MonthCard) -> str:
    """`Februari 2026`."""
    return babel_format_date(date(card.year, card.month, 1), "MMMM y", locale="id_ID")


def _day(canvas: Canvas, box: Box, day: int, entries: list[DayEntry], *, is_today: bool) -> None:
    canvas.fill(box, palette.NIGHT if entries else mix(palette.NIGHT, palette.INK, 0.5), 16)
    if is_today:
        canvas.edge(box, palette.SUN, 16, 3)
    number = Style(24, Weight.BOLD, palette.SUN if is_today else palette.PAPER if entries else palette.HAZE)
    canvas.write(str(day), Box(box.x + 12, box.y + 6, 50, 32), number)
    shown = entries[:LINES] if len(entries) <= LINES else entries[: LINES - 1]
    # A day with few entries has room for more of their names.
    lines = {1: 4, 2: 2}.get(len(entries), 1)
    tall = {1: 116, 2: 56}.get(len(entries), 36)
    y = box.y + 40
    for entry in shown:
        line = Box(box.x + 6, y, box.w - 12, tall)
        canvas.fill(line, mix(TONES[entry.tone], palette.NIGHT, 0.24), 8)
        canvas.fill(Box(line.x, line.y + 4, 4, line.h - 8), TONES[entry.tone], 2)
        style = Style(18, Weight.BOLD, palette.PAPER)
        told = f"{entry.hour} {clean(entry.title)}"
        room = Box(line.x + 11, line.y + (4 if lines > 1 else 0), line.w - 16, line.h - (6 if lines > 1 else 0))
        canvas.write(told, room, style, lines=lines, smallest=17, rest="top" if lines > 1 else "middle")
        y += tall + 4
    if len(entries) > len(shown):
        more = Box(box.x + 16, y, box.w - 28, 34)
        canvas.write(f"+{len(entries) - len(shown)} lagi", more, Style(19, Weight.BOLD, palette.MIST), rest="middle")


def _legend(canvas: Canvas, y: int) -> None:
    x = MARGIN
    for tone, label in LEGEND:
        canvas.circle(Box(x, y + 10, 18, 18), TONES[tone])
        taken = canvas.write(label, Box(x + 28, y, 240, 38), Style(24, Weight.BODY, palette.MIST), rest="middle")
        x = taken.right + 40


def _below(card: MonthCard) -> str:
    return f"{len(card.entries)} entri, jam dalam WIB" if card.entries else "Belum ada entri"


def alt_text(card: MonthCard) -> str:
    """The card in words."""
    told = f"Kalender konten {month_name(card)}: {_below(card)}."
    lines = "; ".join(f"tanggal {one.day} jam {one.hour} {clean(one.title)}" for one in card.entries)
    return clip(f"{told} {lines}".strip(), 1024)
