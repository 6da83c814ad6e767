"""The picture of an import: how many rows are new, changed, unchanged and rejected, and what looks odd."""

from dataclasses import dataclass
from typing import Final

from bot.platform import palette
from bot.platform.drawing import Box, Canvas, Style, Weight, clean, clip
from bot.platform.drawing.charts import share_bar
from bot.platform.drawing.figures import short, whole
from bot.platform.drawing.parts import MARGIN, TOP, WIDTH, heading, notices, notices_height, page

ANOMALIES: Final = 5
COLOURS: Final = (palette.MINT, palette.SKY, palette.HAZE, palette.ROSE)
LABELS: Final = ("Baru", "Berubah", "Sama", "Ditolak")


@dataclass(frozen=True, slots=True)
class ImportSummaryCard:
    """Rows counted by what becomes of them; `saved` tells an import from its preview; `anomalies` in words."""

    file_name: str
    new: int
    changed: int
    same: int
    rejected: int
    anomalies: tuple[str, ...] = ()
    saved: bool = False

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """New, changed, same, rejected."""
        return self.new, self.changed, self.same, self.rejected


def layout(card: ImportSummaryCard) -> Canvas:
    """Draw the card."""
    anomalies = [text for text in map(clean, card.anomalies) if text]
    extra = notices_height(anomalies, ANOMALIES)
    bar = Box(MARGIN, TOP + 136, WIDTH - 2 * MARGIN, 26)
    tiles = Box(MARGIN, bar.bottom + 28, bar.w, 172)
    canvas = page(tiles.bottom + (24 + extra if extra else 0) + 52, "Database KOL")
    heading(canvas, _title(card), _below(card))
    share_bar(canvas, bar, list(zip(card.counts, COLOURS, strict=True)))
    for box, count, colour, label in zip(tiles.columns(4, 20), card.counts, COLOURS, LABELS, strict=True):
        canvas.fill(box, palette.NIGHT, 24)
        canvas.circle(Box(box.x + 28, box.y + 32, 20, 20), colour)
        canvas.write(label, Box(box.x + 62, box.y + 22, box.w - 80, 40), Style(30, Weight.BOLD, palette.MIST))
        figure = Style(72, Weight.DISPLAY, palette.PAPER if count else palette.HAZE)
        told = whole(count) if count < 1_000_000 else short(count)
        canvas.write(told, Box(box.x + 28, box.y + 66, box.w - 48, 94), figure, smallest=34)
    notices(canvas, anomalies, MARGIN, tiles.bottom + 24, bar.w, most=ANOMALIES)
    return canvas


def _title(card: ImportSummaryCard) -> str:
    return "Impor tersimpan" if card.saved else "Pratinjau impor"


def _below(card: ImportSummaryCard) -> str:
    rows = f"{whole(sum(card.counts))} baris"
    # The name is cut in front of the count, so that a long one never pushes the count out.
    return f"{clip(clean(card.file_name), 48)} · {rows}" if clean(card.file_name) else rows


def alt_text(card: ImportSummaryCard) -> str:
    """The card in words."""
    counts = ", ".join(f"{whole(count)} {label.lower()}" for count, label in zip(card.counts, LABELS, strict=True))
    told = f"{_title(card)}: {_below(card)}; {counts}."
    if anomalies := "; ".join(text.removesuffix(".") for text in map(clean, card.anomalies) if text):
        told += f" Perlu dicek: {clip(anomalies, 700)}."
    return clip(told, 1024)
