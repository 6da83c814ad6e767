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
ROW: Final = 236
LEGEND: Final = (
    (Tone.INFO, "Terjadwal"),
    (Tone.GOOD, "Sudah keluar"),
    (Tone.WARN, "Menunggu tim"),
    (Tone.BAD, "Terlewat"),
    (Tone.NEUTRAL, "Draf"),
)
# By how many entries of a day are drawn: the height of each, its lines, and the size of its letters.
_ROOMS: Final = {1: (180, 6, 23), 2: (88, 3, 23), 3: (58, 2, 22)}


_LEGEND: Final = Style(24, Weight.BODY, palette.MIST)


@dataclass(frozen=True, slots=True)
class DayEntry:
    """What appears on a day: its hour (`19.00`), its name, the tone of its state; a `reminder` is drawn hollow."""

    day: int
    hour: str
    title: str
    tone: Tone = Tone.INFO
    reminder: bool = False


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
    tall, lines, size = _ROOMS[min(len(entries), LINES)] if entries else _ROOMS[1]
    y = box.y + 40
    for entry in shown:
        _entry(canvas, Box(box.x + 5, y, box.w - 10, tall), entry, lines, size)
        y += tall + 5
    if len(entries) > len(shown):
        more = Box(box.x + 16, y, box.w - 28, 40)
        canvas.write(f"+{len(entries) - len(shown)} lagi", more, Style(23, Weight.BOLD, palette.MIST), rest="middle")


def _entry(canvas: Canvas, box: Box, entry: DayEntry, lines: int, size: int) -> None:
    colour = TONES[entry.tone]
    if entry.reminder:
        canvas.edge(box, colour, 8, 2)
    else:
        canvas.fill(box, mix(colour, palette.NIGHT, 0.3), 8)
        canvas.fill(Box(box.x, box.y + 4, 5, box.h - 8), colour, 2)
    style = Style(size, Weight.BOLD, palette.PAPER)
    room = Box(box.x + 10, box.y + 3, box.w - 14, box.h - 6)
    canvas.write(f"{entry.hour} {clean(entry.title)}", room, style, lines=lines, smallest=20, rest="top")


def _legend(canvas: Canvas, y: int) -> None:
    x = MARGIN
    for tone, label in LEGEND:
        canvas.circle(Box(x, y + 10, 18, 18), TONES[tone])
        x = canvas.write(label, Box(x + 26, y, 220, 38), _LEGEND, rest="middle").right + 26
    canvas.edge(Box(x, y + 8, 34, 22), palette.MIST, 6, 2)
    canvas.write("Pengingat", Box(x + 42, y, 160, 38), _LEGEND, rest="middle")


def _below(card: MonthCard) -> str:
    return f"{len(card.entries)} entri, jam dalam WIB" if card.entries else "Belum ada entri"


def alt_text(card: MonthCard) -> str:
    """The card in words."""
    told = f"Kalender konten {month_name(card)}: {_below(card)}."
    lines = "; ".join(
        f"tanggal {one.day} jam {one.hour} {clean(one.title)}{' (pengingat)' if one.reminder else ''}"
        for one in card.entries
    )
    return clip(f"{told} {lines}".strip(), 1024)
