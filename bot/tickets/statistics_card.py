"""The help desk's statistics as a picture: figures, tickets by week and stage, each stage, top causes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from bot.platform import palette
from bot.platform.drawing import Box, Canvas, Style, Weight, clean, clip
from bot.platform.drawing.charts import level_bar
from bot.platform.drawing.parts import LABEL, MARGIN, NOTE, TOP, WIDTH, heading, nothing_here, page, tile
from bot.platform.indonesian import format_date, format_number, format_percent
from bot.tickets.models import Stage
from bot.tickets.rules import CAUSE_WORDS
from bot.tickets.statistics import UNKNOWN, Group, Kept, Spread, Statistics

MOST_WEEKS: Final = 12
MOST_CAUSES: Final = 5
ACROSS: Final = WIDTH - 2 * MARGIN
GAP: Final = 20
TILE: Final = 168
CHART: Final = 400
NO_CHART: Final = 236
ROW: Final = 58
# The right edge of each column of the table of stages.
COLUMNS: Final = (
    ("Masuk", 420),
    ("Median balas", 590),
    ("Median selesai", 770),
    ("SLA balas", 930),
    ("SLA selesai", WIDTH - MARGIN - 24),
)
_COLOURS: Final = dict(zip((stage.indonesian for stage in Stage), palette.SERIES, strict=False))


@dataclass(frozen=True, slots=True)
class StatisticsCard:
    """Figures come ready to read. `tiles`: (label, value, note), four and then three.

    `weeks`: (label, a count a stage). `stages`: (name, cells of the table). `causes`: (name, count), the most first.
    """

    title: str
    below: str
    tiles: tuple[tuple[str, str, str], ...]
    weeks: tuple[tuple[str, tuple[int, ...]], ...]
    stages: tuple[tuple[str, tuple[str, ...]], ...]
    causes: tuple[tuple[str, int], ...]


def card_of(found: Statistics, working_hours: str) -> StatisticsCard:
    """The picture of statistics. `working_hours` tells which hours count."""
    whole, shown = found.whole, found.weeks[-MOST_WEEKS:]
    rated = sum(found.stars.values())
    return StatisticsCard(
        title="Statistik tiket",
        below=f"{span_text(found.first, found.last)} · {working_hours}",
        tiles=(
            ("Tiket masuk", format_number(whole.opened), f"{format_number(whole.resolved)} selesai"),
            ("Median balasan", _median(whole.response), _p90(whole.response)),
            ("Median selesai", _median(whole.resolution), _p90(whole.resolution)),
            ("Nilai kreator", rating_text(found.rating), f"dari {format_number(rated)} nilai" if rated else ""),
            ("SLA balasan pertama", kept_text(whole.response_kept), _judged(whole.response_kept)),
            ("SLA penyelesaian", kept_text(whole.resolution_kept), _judged(whole.resolution_kept)),
            (
                "Terjawab tanpa tiket",
                UNKNOWN if found.deflected is None else format_percent(found.deflected, 0),
                deflection_text(found) if found.questions else "",
            ),
        ),
        weeks=tuple((_short(week.monday), tuple(week.by_stage[stage] for stage in Stage)) for week in shown),
        stages=tuple((stage.indonesian, _cells(found.stages[stage])) for stage in Stage),
        causes=tuple((CAUSE_WORDS.get(cause, cause), number) for cause, number in found.causes[:MOST_CAUSES]),
    )


def span_text(first: date, last: date) -> str:
    """`1 Oktober 2026 – 25 November 2026`, or the one day."""
    begin, end = (format_date(day, weekday=False) for day in (first, last))
    return begin if first == last else f"{begin} – {end}"


def hours_text(seconds: Decimal | None) -> str:
    """Working time for glancing at: `35 mnt`, `2,4 jam`."""
    if seconds is None:
        return UNKNOWN
    if seconds < 3600:
        return f"{int((seconds / 60).quantize(Decimal(1), ROUND_HALF_UP))} mnt"
    return f"{format_number((seconds / 3600).quantize(Decimal('0.1'), ROUND_HALF_UP))} jam"


def kept_text(kept: Kept) -> str:
    """A share for people."""
    return UNKNOWN if kept.ratio is None else format_percent(kept.ratio, 0)


def rating_text(rating: Decimal | None) -> str:
    """`4,3 dari 5`."""
    if rating is None:
        return UNKNOWN
    return f"{format_number(rating.quantize(Decimal('0.1'), ROUND_HALF_UP))} dari 5"


def deflection_text(found: Statistics) -> str:
    """`3 dari 12 pertanyaan`."""
    return f"{format_number(found.offers.answered)} dari {format_number(found.questions)} pertanyaan"


def _median(found: Spread | None) -> str:
    return hours_text(found.median if found else None)


def _p90(found: Spread | None) -> str:
    return f"p90: {hours_text(found.p90)}" if found else ""


def _judged(kept: Kept) -> str:
    return f"{format_number(kept.met)} dari {format_number(kept.judged)}" if kept.judged else ""


def _cells(one: Group) -> tuple[str, ...]:
    figures = (
        _median(one.response),
        _median(one.resolution),
        kept_text(one.response_kept),
        kept_text(one.resolution_kept),
    )
    return (format_number(one.opened), *("–" if text == UNKNOWN else text for text in figures))


def _short(day: date) -> str:
    number, month, _ = format_date(day, weekday=False).split(" ")
    return f"{number} {month[:3]}"


def layout(card: StatisticsCard) -> Canvas:
    """Draw the card."""
    causes = max(1, len(card.causes))
    tiles_top = TOP + 136
    chart_top = tiles_top + 2 * (TILE + GAP)
    chart = CHART if any(sum(counts) for _, counts in card.weeks) else NO_CHART
    table_top = chart_top + chart + GAP
    causes_top = table_top + 68 + ROW * len(card.stages) + 20 + GAP
    canvas = page(causes_top + 84 + ROW * causes + 48, "Meja bantuan")
    heading(canvas, card.title, card.below)
    _tiles(canvas, card.tiles[:4], tiles_top)
    _tiles(canvas, card.tiles[4:], tiles_top + TILE + GAP, last=110)
    _chart(canvas, Box(MARGIN, chart_top, ACROSS, chart), card)
    _table(canvas, Box(MARGIN, table_top, ACROSS, causes_top - GAP - table_top), card.stages)
    _causes(canvas, Box(MARGIN, causes_top, ACROSS, 84 + ROW * causes), card.causes)
    return canvas


def render(card: StatisticsCard) -> bytes:
    """The card as PNG."""
    return layout(card).png()


def alt_text(card: StatisticsCard) -> str:
    """The card in words; at most 1,024 characters."""
    figures = "; ".join(f"{label} {value}" + (f" ({note})" if note else "") for label, value, note in card.tiles)
    weeks = ", ".join(f"{label} {format_number(sum(counts))}" for label, counts in card.weeks)
    causes = ", ".join(f"{clean(name)} {format_number(count)}" for name, count in card.causes) or UNKNOWN
    return clip(f"{card.title}, {card.below}. {figures}. Tiket tiap minggu: {weeks}. Penyebab: {causes}.", 1024)


def _tiles(canvas: Canvas, tiles: Sequence[tuple[str, str, str]], y: int, last: int = 0) -> None:
    """A row of tiles; the last one is `last` wider than the others."""
    wide = (ACROSS - last - GAP * (len(tiles) - 1)) // max(1, len(tiles))
    for index, (label, value, note) in enumerate(tiles):
        colour = palette.PAPER if value != UNKNOWN else palette.HAZE
        x = MARGIN + index * (wide + GAP)
        room = Box(x, y, wide if index < len(tiles) - 1 else MARGIN + ACROSS - x, TILE)
        tile(canvas, room, value, label, colour, note)


def _chart(canvas: Canvas, box: Box, card: StatisticsCard) -> None:
    most = max((sum(counts) for _, counts in card.weeks), default=0)
    if not most:
        nothing_here(canvas, box, "Belum ada tiket di rentang ini", "Pilih rentang lain dengan dari dan sampai.")
        return
    canvas.fill(box, palette.NIGHT, 24)
    canvas.write("Tiket masuk tiap minggu", Box(box.x + 26, box.y + 18, 460, 36), LABEL)
    _legend(canvas, Box(box.x + 26, box.bottom - 54, box.w - 52, 36), [name for name, _ in card.stages])
    floor, high = box.bottom - 108, box.h - 108 - 100
    step = (box.w - 52) / len(card.weeks)
    wide = min(96, round(step * 0.62))
    for index, (label, counts) in enumerate(card.weeks):
        middle = round(box.x + 26 + step * (index + 0.5))
        slot = Box(round(middle - step / 2) + 2, floor + 8, round(step) - 4, 34)
        canvas.write(label, slot, Style(22, Weight.BODY, palette.MIST), smallest=17, align="centre")
        total = sum(counts)
        top = _bar(canvas, middle - wide // 2, floor, wide, counts, high / most)
        over = Box(slot.x, top - 38, slot.w, 34)
        style = Style(24, Weight.BOLD, palette.PAPER if total else palette.HAZE, tabular=True)
        canvas.write(format_number(total), over, style, smallest=18, align="centre")


def _bar(canvas: Canvas, x: int, floor: int, wide: int, counts: Sequence[int], scale: float) -> int:
    """One week's bar, a part a stage; the row where it ends."""
    edge = float(floor)
    for colour, count in zip(palette.SERIES, counts, strict=False):
        if count:
            tall = max(3.0, count * scale)
            canvas.fill(Box(x, round(edge - tall), wide, round(edge) - round(edge - tall)), colour, 4)
            edge -= tall
    return round(edge)


def _legend(canvas: Canvas, box: Box, names: Sequence[str]) -> None:
    x = box.x
    for name in names:
        canvas.circle(Box(x, box.y + 9, 18, 18), _COLOURS.get(name, palette.MIST))
        room = Box(x + 26, box.y, min(206, box.right - x - 26), 36)
        taken = canvas.write(name, room, Style(22, Weight.BODY, palette.MIST), smallest=18, rest="middle")
        x = min(taken.right + 28, box.right - 60)


def _table(canvas: Canvas, box: Box, stages: Sequence[tuple[str, tuple[str, ...]]]) -> None:
    canvas.fill(box, palette.NIGHT, 24)
    canvas.write("Tiap tahap", Box(box.x + 26, box.y + 18, 220, 36), LABEL)
    left = box.x + 260
    for name, right in COLUMNS:
        canvas.write(name, Box(left, box.y + 18, right - left, 36), LABEL, smallest=20, align="right")
        left = right + 12
    for index, (name, cells) in enumerate(stages):
        y = box.y + 64 + index * ROW
        canvas.circle(Box(box.x + 26, y + 20, 18, 18), _COLOURS.get(name, palette.MIST))
        canvas.write(name, Box(box.x + 56, y, 228, ROW), Style(26, Weight.BODY), smallest=20, rest="middle")
        left = box.x + 260
        for (_, right), text in zip(COLUMNS, cells, strict=True):
            style = Style(27, Weight.BOLD, palette.HAZE if text == "–" else palette.PAPER, tabular=True)
            cell = Box(max(left, box.x + 290), y, right - max(left, box.x + 290), ROW)
            canvas.write(text, cell, style, smallest=18, align="right", rest="middle")
            left = right + 12


def _causes(canvas: Canvas, box: Box, causes: Sequence[tuple[str, int]]) -> None:
    canvas.fill(box, palette.NIGHT, 24)
    canvas.write("Penyebab terbanyak", Box(box.x + 26, box.y + 18, 460, 36), LABEL)
    if not causes:
        canvas.write(UNKNOWN, Box(box.x + 26, box.y + 64, box.w - 52, ROW), NOTE, rest="middle")
        return
    most = max(count for _, count in causes)
    for index, (name, count) in enumerate(causes):
        y = box.y + 64 + index * ROW
        canvas.write(name, Box(box.x + 26, y, 380, ROW), Style(26, Weight.BODY), smallest=20, rest="middle")
        level_bar(canvas, Box(box.x + 430, y + 18, box.w - 430 - 150, 22), count / most, palette.LILAC)
        style = Style(27, Weight.BOLD, tabular=True)
        canvas.write(
            format_number(count), Box(box.right - 130, y, 104, ROW), style, smallest=20, align="right", rest="middle"
        )
