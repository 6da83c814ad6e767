"""The picture of a deck in Discord: what is in it at a glance."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bot.creators.models import Average
from bot.platform import palette
from bot.platform.drawing import Box, Canvas, Style, Weight, avatar, clean, clip
from bot.platform.drawing.charts import share_bar
from bot.platform.drawing.figures import percent, short, whole
from bot.platform.drawing.parts import LABEL, MARGIN, NAME, NOTE, TOP, WIDTH, heading, page, tile

MOST: Final = 10
SLICES: Final = 5
_TILE: Final = 150
_ROW: Final = 84
_GAP: Final = 16


@dataclass(frozen=True, slots=True)
class DeckRow:
    """One creator; `er` is a ratio."""

    username: str
    platform: str
    followers: int | None
    er: Decimal | None
    score: int


@dataclass(frozen=True, slots=True)
class DeckCard:
    """A deck: `followers` and `views` are sums, `er` is the median; `niches` are counted by main niche, most first."""

    title: str
    brand: str | None
    creators: int
    pages: int
    followers: int | None
    views: Average | None
    er: Decimal | None
    niches: tuple[tuple[str, int], ...]
    rows: tuple[DeckRow, ...]


def layout(card: DeckCard) -> Canvas:
    """Draw the card: ten creators at most, in two columns."""
    rows = card.rows[:MOST]
    high = -(-len(rows) // 2)
    slices = _slices(card)
    top = TOP + 130
    list_top = top + _TILE + 24 + (104 if slices else 0)
    canvas = page(list_top + high * (_ROW + _GAP) + 40, "Deck")
    heading(canvas, clean(card.title) or "Deck", _below(card))
    tiles = (
        ("Kreator", whole(card.creators), ""),
        ("Followers", short(card.followers), "jumlah"),
        ("Views", short(card.views), "jumlah rata-rata"),
        ("ER", percent(card.er), "nilai tengah"),
    )
    across = WIDTH - 2 * MARGIN
    for box, (label, value, note) in zip(Box(MARGIN, top, across, _TILE).columns(4, 20), tiles, strict=True):
        tile(canvas, box, value, label, note=note)
    if slices:
        bar = Box(MARGIN, top + _TILE + 28, across, 26)
        share_bar(canvas, bar, [(count, colour) for _, count, colour in slices])
        _legend(canvas, slices, bar.bottom + 12)
    columns = Box(MARGIN, list_top, across, _ROW).columns(2, 20)
    for index, row in enumerate(rows):
        column = columns[index // high if high else 0]
        y = list_top + (index % high) * (_ROW + _GAP)
        _row(canvas, Box(column.x, y, column.w, _ROW), index + 1, row)
    return canvas


def render(card: DeckCard) -> bytes:
    """The card as PNG."""
    return layout(card).png()


def alt_text(card: DeckCard) -> str:
    """The card in words."""
    told = f"Deck {clip(clean(card.title) or 'tanpa judul', 120)}: {_below(card)}. "
    told += f"{whole(card.followers)} followers, {whole(card.views)} views, ER tengah {percent(card.er)}."
    for rank, row in enumerate(card.rows[:MOST], start=1):
        told += f" {rank}. @{clip(clean(row.username), 40)}, {whole(row.followers)} followers, skor {row.score}."
    return clip(told, 1024)


def _below(card: DeckCard) -> str:
    whose = f"{clip(clean(card.brand), 60)} · " if card.brand and clean(card.brand) else ""
    more = f", {MOST} teratas di sini" if card.creators > MOST else ""
    return f"{whose}{whole(card.pages)} halaman, {whole(card.creators)} kreator{more}"


def _slices(card: DeckCard) -> list[tuple[str, int, int]]:
    """Main niches with a colour each; those past the fourth together."""
    named = list(card.niches[:SLICES]) if len(card.niches) <= SLICES else list(card.niches[: SLICES - 1])
    if left := sum(count for _, count in card.niches[len(named) :]):
        named.append(("lainnya", left))
    return [(name, count, palette.SERIES[index]) for index, (name, count) in enumerate(named)]


def _legend(canvas: Canvas, slices: list[tuple[str, int, int]], y: int) -> None:
    for column, (name, count, colour) in zip(
        Box(MARGIN, y, WIDTH - 2 * MARGIN, 40).columns(SLICES, 12), slices, strict=False
    ):
        canvas.fill(Box(column.x, y + 9, 22, 22), colour, 6)
        told = f"{clean(name)} {count}"
        canvas.write(told, Box(column.x + 32, y, column.w - 32, 40), LABEL, smallest=20, rest="middle")


def _row(canvas: Canvas, box: Box, rank: int, row: DeckRow) -> None:
    canvas.fill(box, palette.NIGHT, 20)
    place = Style(28, Weight.DISPLAY, palette.MIST, tabular=True)
    canvas.write(str(rank), Box(box.x + 8, box.y, 46, _ROW), place, smallest=20, align="centre", rest="middle")
    face = Box(box.x + 58, box.y + 15, 54, 54)
    name = clean(row.username) or "tanpa nama"
    avatar(canvas, face, name)
    left, across = face.right + 14, box.w - 58 - 54 - 14 - 84
    canvas.write(f"@{name}", Box(left, box.y + 8, across, 38), NAME, smallest=20)
    facts = f"{clean(row.platform)} · {short(row.followers)} · ER {percent(row.er)}"
    canvas.write(facts, Box(left, box.y + 44, across, 32), NOTE, smallest=20)
    total = Style(36, Weight.DISPLAY, palette.PAPER, tabular=True)
    canvas.write(str(row.score), Box(box.right - 84, box.y, 66, _ROW), total, smallest=24, align="right", rest="middle")
