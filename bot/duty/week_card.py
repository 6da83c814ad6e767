"""The week of duty as a picture: a day a row, who holds which hours, and when nobody does."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.platform import palette
from bot.platform.drawing import Box, Canvas, Style, Weight, clean, clip, mix
from bot.platform.drawing.parts import LABEL, MARGIN, NOTE, TOP, WIDTH, chip_width, chips, heading, page, warning_sign
from bot.platform.indonesian import format_date
from bot.platform.palette import TONES, Tone

DAY_WIDTH: Final = 216
HOURS_WIDTH: Final = 206
CHIP: Final = 24
CHIP_HEIGHT: Final = round(CHIP * 1.75)
WIDEST: Final = 600
ROWS: Final = 3
MOST_SLOTS: Final = 6
SLOT_GAP: Final = 8
DAY_HEIGHT: Final = 104
LINE: Final = 56
NOBODY: Final = "Tidak ada yang piket"
LEGEND: Final = ((Tone.BRAND, "Jadwal mingguan"), (Tone.INFO, "Tukar piket"), (Tone.WARN, "Izin"), (Tone.BAD, NOBODY))


@dataclass(frozen=True, slots=True)
class Slot:
    """Hours of a day (`09.00–18.00`) and who has them, each with a tone; without anybody it is a gap."""

    hours: str
    people: tuple[tuple[str, Tone], ...] = ()


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day's slots in the order of their times; `holiday` is its name or empty."""

    slots: tuple[Slot, ...]
    holiday: str = ""


@dataclass(frozen=True, slots=True)
class WeekCard:
    """Seven days from `first`, a Monday. `today` is marked when it is one of them."""

    first: date
    days: tuple[DayRow, ...]
    today: date | None = None


def layout(card: WeekCard) -> Canvas:
    """Draw the card."""
    top = TOP + 132
    heights = [_height(day) for day in card.days]
    canvas = page(top + sum(heights) + 12 * (len(heights) - 1) + 92, "Piket IT")
    heading(canvas, "Piket minggu ini" if _is_now(card) else "Jadwal piket", _below(card))
    y = top
    for number, (day, height) in enumerate(zip(card.days, heights, strict=True)):
        when = card.first + timedelta(days=number)
        _day(canvas, Box(MARGIN, y, WIDTH - 2 * MARGIN, height), day, when, is_today=card.today == when)
        y += height + 12
    _legend(canvas, y + 12)
    return canvas


def render(card: WeekCard) -> bytes:
    """The card as PNG."""
    return layout(card).png()


def alt_text(card: WeekCard) -> str:
    """The card in words."""
    told: list[str] = []
    for number, day in enumerate(card.days):
        when = format_date(card.first + timedelta(days=number)).split(",")[0]
        slots = [
            f"{slot.hours} {', '.join(clean(name) for name, _ in slot.people) or NOBODY.lower()}" for slot in day.slots
        ]
        if slots or day.holiday:
            told.append(f"{when}{f' ({day.holiday})' if day.holiday else ''}: {'; '.join(slots) or 'libur'}")
    return clip(f"Piket IT {_below(card)}. {'. '.join(told)}", 1024)


def _is_now(card: WeekCard) -> bool:
    return card.today is not None and card.first <= card.today < card.first + timedelta(days=7)


def _below(card: WeekCard) -> str:
    last = card.first + timedelta(days=6)
    return f"{format_date(card.first, weekday=False)} – {format_date(last, weekday=False)}, jam dalam WIB"


def _chips_width() -> int:
    return WIDTH - 2 * MARGIN - DAY_WIDTH - HOURS_WIDTH - 24


def _rows(slot: Slot) -> int:
    """Rows of chips that a slot takes, as `chips` will lay them out; at most ROWS."""
    x, row, width = 0, 1, _chips_width()
    for name, _ in slot.people:
        wide = chip_width(clean(name), CHIP, WIDEST)
        if x and x + wide > width:
            x, row = 0, row + 1
        x += wide + 12
    return min(row, ROWS)


def _slot_height(slot: Slot) -> int:
    rows = _rows(slot)
    return max(LINE, rows * CHIP_HEIGHT + (rows - 1) * 12 + 14)


def _height(day: DayRow) -> int:
    shown = day.slots[:MOST_SLOTS]
    more = LINE if len(day.slots) > MOST_SLOTS else 0
    return max(DAY_HEIGHT + (32 if day.holiday and day.slots else 0), 24 + _slots_height(shown) + more)


def _slots_height(slots: tuple[Slot, ...]) -> int:
    return sum(_slot_height(slot) for slot in slots) + SLOT_GAP * max(0, len(slots) - 1)


def _day(canvas: Canvas, box: Box, day: DayRow, when: date, *, is_today: bool) -> None:
    canvas.fill(box, palette.NIGHT if day.slots else mix(palette.NIGHT, palette.INK, 0.5), 20)
    if is_today:
        canvas.edge(box, palette.SUN, 20, 3)
    weekday, _, rest = format_date(when).partition(", ")
    colour = palette.SUN if is_today else palette.PAPER
    name = Box(box.x + 24, box.y + 16, DAY_WIDTH - 36, 40)
    canvas.write(weekday, name, Style(32, Weight.BOLD, colour))
    canvas.write(
        rest.rsplit(" ", 1)[0], Box(name.x, name.bottom, name.w, 32), Style(24, Weight.BODY, palette.MIST), smallest=20
    )
    room = Box(box.x + DAY_WIDTH, box.y + 12, box.w - DAY_WIDTH - 24, box.h - 24)
    if not day.slots:
        said = f"Libur: {clean(day.holiday)}" if day.holiday else "Tidak ada giliran"
        canvas.write(said, room, NOTE, lines=2, rest="middle")
        return
    if day.holiday:
        canvas.write("Libur", Box(name.x, name.bottom + 32, name.w, 32), Style(24, Weight.BOLD, palette.ROSE))
    shown = day.slots[:MOST_SLOTS]
    more = len(day.slots) - len(shown)
    y = room.y + max(0, room.h - _slots_height(shown) - (LINE if more else 0)) // 2
    for slot in shown:
        _slot(canvas, Box(room.x, y, room.w, _slot_height(slot)), slot)
        y += _slot_height(slot) + SLOT_GAP
    if more:
        canvas.write(f"+{more} giliran lagi", Box(room.x, y - SLOT_GAP, room.w, LINE), NOTE, rest="middle")


def _slot(canvas: Canvas, box: Box, slot: Slot) -> None:
    hours = Box(box.x, box.y, HOURS_WIDTH - 16, box.h)
    canvas.write(slot.hours, hours, Style(26, Weight.BOLD), smallest=22, rest="middle")
    left = box.x + HOURS_WIDTH
    if slot.people:
        rows = _rows(slot)
        tall = rows * CHIP_HEIGHT + (rows - 1) * 12
        room = Box(left, box.y + (box.h - tall) // 2, box.right - left, tall)
        chips(canvas, slot.people, room, rows=rows, size=CHIP, widest=WIDEST)
        return
    line = Box(left, box.y + (box.h - CHIP_HEIGHT) // 2, box.right - left, CHIP_HEIGHT)
    canvas.fill(line, mix(palette.DANGER, palette.INK, 0.18), 12)
    warning_sign(canvas, line.x + 14, line.y + 7, 28, palette.DANGER)
    said = Box(line.x + 56, line.y, line.w - 70, line.h)
    canvas.write(NOBODY, said, Style(26, Weight.BOLD, palette.DANGER), rest="middle")


def _legend(canvas: Canvas, y: int) -> None:
    x = MARGIN
    for tone, label in LEGEND:
        canvas.circle(Box(x, y + 10, 18, 18), TONES[tone])
        taken = canvas.write(label, Box(x + 28, y, 300, 38), LABEL, rest="middle")
        x = taken.right + 40
