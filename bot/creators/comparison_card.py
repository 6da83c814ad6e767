"""The picture of two to four creators side by side: the same figures in rows, the best of each row marked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bot.creators.models import Average
from bot.platform import palette
from bot.platform.drawing import Box, Canvas, Style, Weight, avatar, clean, clip
from bot.platform.drawing.charts import sparkline
from bot.platform.drawing.figures import UNKNOWN, percent, short, whole
from bot.platform.drawing.parts import LABEL, MARGIN, NOTE, TOP, WIDTH, page

MOST: Final = 4
LABELS: Final = 186
HEAD: Final = 236
ROW: Final = 66
GROWTH: Final = 110
GAP: Final = 14
FIGURE: Final = Style(36, Weight.DISPLAY)
WORDS: Final = Style(26, Weight.BODY)


@dataclass(frozen=True, slots=True)
class ComparedCreator:
    """One column; rates are ratios, None where unknown. `history`: followers, oldest first. `warning` is one phrase."""

    name: str
    platform: str
    tier: str
    niches: str
    content_type: str
    region: str
    followers: int | None
    average_views: Average | None
    average_likes: Average | None
    average_comments: Average | None
    average_shares: Average | None
    er: Decimal | None
    er_by_views: Decimal | None
    campaigns: int
    history: tuple[int, ...] = ()
    warning: str = ""


@dataclass(frozen=True, slots=True)
class ComparisonCard:
    """Two to four creators, in the order they were named."""

    creators: tuple[ComparedCreator, ...]


@dataclass(frozen=True, slots=True)
class _Figure:
    label: str
    of: Callable[[ComparedCreator], Average | Decimal | None]
    write: Callable[[ComparedCreator], str]


_FIGURES: Final = (
    _Figure("Followers", lambda one: one.followers, lambda one: short(one.followers)),
    _Figure("ER followers", lambda one: one.er, lambda one: percent(one.er)),
    _Figure("ER views", lambda one: one.er_by_views, lambda one: percent(one.er_by_views)),
    _Figure("Views", lambda one: one.average_views, lambda one: short(one.average_views)),
    _Figure("Like", lambda one: one.average_likes, lambda one: short(one.average_likes)),
    _Figure("Komentar", lambda one: one.average_comments, lambda one: short(one.average_comments)),
    _Figure("Share", lambda one: one.average_shares, lambda one: short(one.average_shares)),
    _Figure("Kampanye kita", lambda one: one.campaigns, lambda one: whole(one.campaigns)),
)
_WORDS: Final[tuple[tuple[str, Callable[[ComparedCreator], str]], ...]] = (
    ("Tier", lambda one: one.tier),
    ("Niche", lambda one: one.niches),
    ("Tipe konten", lambda one: one.content_type),
    ("Wilayah", lambda one: one.region),
)


def layout(card: ComparisonCard) -> Canvas:
    """Draw the card."""
    creators = card.creators[:MOST]
    height = HEAD + ROW * (len(_FIGURES) + len(_WORDS)) + GROWTH
    warned = any(clean(one.warning) for one in creators)
    canvas = page(TOP + height + (ROW + 10 if warned else 0) + 60, "Banding kreator")
    left = MARGIN + LABELS
    columns = Box(left, TOP, WIDTH - MARGIN - left, height).columns(len(creators), GAP)
    for column, one in zip(columns, creators, strict=True):
        canvas.fill(column, palette.NIGHT, 24)
        _head(canvas, Box(column.x, column.y, column.w, HEAD), one)
    y = TOP + HEAD
    for figure in _FIGURES:
        _row(canvas, y, figure.label, columns, [figure.write(one) for one in creators], _best(figure, creators))
        y += ROW
    for label, write in _WORDS:
        words = [clean(write(one)) or UNKNOWN for one in creators]
        _row(canvas, y, label, columns, words, frozenset(), WORDS)
        y += ROW
    _growth(canvas, y, columns, creators)
    if warned:
        _warnings(canvas, y + GROWTH + 10, columns, creators)
    return canvas


def _head(canvas: Canvas, box: Box, one: ComparedCreator) -> None:
    name = clean(one.name) or "tanpa_nama"
    face = Box(box.x + (box.w - 92) // 2, box.y + 22, 92, 92)
    avatar(canvas, face, name)
    inner = Box(box.x + 16, face.bottom + 12, box.w - 32, 66)
    style = Style(32 if box.w > 260 else 27, Weight.BOLD)
    canvas.write(f"@{name}", inner, style, smallest=22, lines=2, align="centre", rest="middle")
    canvas.write(one.platform, Box(inner.x, inner.bottom, inner.w, 34), NOTE, smallest=22, align="centre")


def _row(
    canvas: Canvas,
    y: int,
    label: str,
    columns: Sequence[Box],
    values: Sequence[str],
    best: frozenset[int],
    style: Style = FIGURE,
) -> None:
    canvas.fill(Box(MARGIN, y, WIDTH - 2 * MARGIN, 2), palette.DUSK)
    canvas.write(label, Box(MARGIN, y, LABELS - 12, ROW), LABEL, smallest=20, rest="middle")
    for index, (column, value) in enumerate(zip(columns, values, strict=True)):
        colour = palette.MINT if index in best else palette.HAZE if value == UNKNOWN else palette.PAPER
        shown = Style(style.size, style.weight, colour)
        box = Box(column.x + 14, y + 2, column.w - 28, ROW - 2)
        canvas.write(value, box, shown, smallest=20, align="centre", rest="middle", lines=2 if style.size < 30 else 1)


def _best(figure: _Figure, creators: Sequence[ComparedCreator]) -> frozenset[int]:
    """Who has the most of a figure; nobody where all have the same or only one is known."""
    known = {index: value for index, one in enumerate(creators) if (value := figure.of(one)) is not None}
    if len(known) < 2 or len(set(known.values())) == 1:
        return frozenset()
    most = max(known.values())
    return frozenset(index for index, value in known.items() if value == most)


def _growth(canvas: Canvas, y: int, columns: Sequence[Box], creators: Sequence[ComparedCreator]) -> None:
    canvas.fill(Box(MARGIN, y, WIDTH - 2 * MARGIN, 2), palette.DUSK)
    canvas.write("Riwayat followers", Box(MARGIN, y, LABELS - 12, GROWTH), LABEL, smallest=20, lines=2, rest="middle")
    for column, one in zip(columns, creators, strict=True):
        inner = Box(column.x + 24, y + 18, column.w - 48, GROWTH - 36)
        if len(one.history) > 1:
            rising = one.history[-1] >= one.history[0]
            sparkline(canvas, inner, one.history, palette.MINT if rising else palette.ROSE)
        else:
            canvas.write("belum ada riwayat", inner, NOTE, smallest=22, lines=2, align="centre", rest="middle")


def _warnings(canvas: Canvas, y: int, columns: Sequence[Box], creators: Sequence[ComparedCreator]) -> None:
    canvas.write("Perlu dicek", Box(MARGIN, y, LABELS - 12, ROW), LABEL, smallest=20, rest="middle")
    for column, one in zip(columns, creators, strict=True):
        text = clean(one.warning)
        style = Style(24, Weight.BODY, palette.WARNING if text else palette.HAZE)
        box = Box(column.x + 10, y, column.w - 20, ROW)
        canvas.write(text or "tidak ada", box, style, smallest=19, lines=2, align="centre", rest="middle")


def alt_text(card: ComparisonCard) -> str:
    """The card in words."""
    told = "Perbandingan kreator. "
    told += " ".join(
        f"@{clip(clean(one.name), 40)} ({clean(one.platform)}): {whole(one.followers)} followers, "
        f"ER {percent(one.er)}, rata-rata {whole(one.average_views)} views, {one.campaigns} kampanye bersama kita."
        for one in card.creators[:MOST]
    )
    return clip(told, 1024)
