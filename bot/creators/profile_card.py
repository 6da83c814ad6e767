"""The picture of one creator: figures, engagement, growth, and what a person should look at."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bot.creators.models import Average
from bot.platform import palette
from bot.platform.drawing import Box, Canvas, Style, Weight, avatar, clean, clip
from bot.platform.drawing.charts import sparkline
from bot.platform.drawing.figures import UNKNOWN, percent, short, whole
from bot.platform.drawing.parts import LEAD, MARGIN, NOTE, TOP, WIDTH, chips, notices, notices_height, page, tile
from bot.platform.palette import Tone

FLAGS: Final = 5
CAMPAIGNS: Final = 4
TILES: Final = TOP + 216
TILE: Final = 174


@dataclass(frozen=True, slots=True)
class CreatorCard:
    """One creator on one platform; rates are ratios (0.0421), None where unknown.

    `er_reported` is the rate the sheet states, shown only where given; `history` is the followers over `history_label`,
    oldest first. `labels` are what else is shown beside the niches (content tier, affiliate, tags). `campaigns` are
    those they did or tried with us, each a title and what became of it; None: nothing is told of them.
    """

    name: str
    username: str
    platform: str
    tier: str
    niches: tuple[str, ...]
    followers: int | None
    average_views: Average | None
    average_likes: Average | None
    average_comments: Average | None
    er: Decimal | None
    er_by_views: Decimal | None = None
    er_reported: Decimal | None = None
    flags: tuple[str, ...] = ()
    history: tuple[int, ...] = ()
    history_label: str = ""
    labels: tuple[str, ...] = ()
    campaigns: tuple[tuple[str, str], ...] | None = None
    barred: str = ""
    avatar: bytes | None = None


def layout(card: CreatorCard) -> Canvas:
    """Draw the card."""
    flags = [flag for flag in map(clean, card.flags) if flag]
    if reason := clean(card.barred):
        flags.insert(0, f"Blacklist: {reason}")
    bottom = TILES + 2 * TILE + 20
    campaigns = bottom + 20
    bottom += _campaigns_height(card)
    extra = notices_height(flags, FLAGS)
    canvas = page(bottom + (20 + extra if extra else 0) + 52, "Profil kreator")
    _who(canvas, card)
    across = WIDTH - 2 * MARGIN
    figures = (
        ("Followers", card.followers, "saat ini"),
        ("Views", card.average_views, "rata-rata"),
        ("Like", card.average_likes, "rata-rata"),
        ("Komentar", card.average_comments, "rata-rata"),
    )
    for box, (label, figure, note) in zip(Box(MARGIN, TILES, across, TILE).columns(4, 20), figures, strict=True):
        tile(canvas, box, short(figure), label, note=note)
    row = Box(MARGIN, TILES + TILE + 20, across, TILE)
    if len(card.history) > 1:
        first, second, third, fourth = row.columns(4, 20)
        _rates(canvas, first, second, card)
        _growth(canvas, Box(third.x, third.y, fourth.right - third.x, third.h), card)
    else:
        left, right = row.columns(2, 20)
        _rates(canvas, left, right, card)
    if card.campaigns is not None:
        _campaigns(canvas, Box(MARGIN, campaigns, across, bottom - campaigns), card.campaigns)
    notices(canvas, flags, MARGIN, bottom + 20, across, most=FLAGS)
    return canvas


def _who(canvas: Canvas, card: CreatorCard) -> None:
    name = clean(card.name) or clean(card.username) or "Tanpa nama"
    face = Box(MARGIN, TOP + 2, 184, 184)
    avatar(canvas, face, name, card.avatar)
    left = face.right + 36
    across = WIDTH - MARGIN - left
    y = canvas.write(name, Box(left, TOP + 2, across, 76), Style(58, Weight.DISPLAY), smallest=40).bottom
    handle = " · ".join(part for part in (f"@{clean(card.username)}", clean(card.platform)) if len(part) > 1)
    y = canvas.write(handle or UNKNOWN, Box(left, y, across, 42), LEAD, smallest=26).bottom + 16
    labels = [(card.tier, Tone.BRAND), *((niche, Tone.NEUTRAL) for niche in card.niches)]
    labels += [(label, Tone.INFO) for label in card.labels]
    chips(canvas, labels, Box(left, y, across, 50), size=28)


def _campaigns_height(card: CreatorCard) -> int:
    if card.campaigns is None:
        return 0
    return 20 + 84 + 44 * max(1, min(len(card.campaigns), CAMPAIGNS))


def _campaigns(canvas: Canvas, box: Box, campaigns: tuple[tuple[str, str], ...]) -> None:
    canvas.fill(box, palette.NIGHT, 24)
    more = f" ({len(campaigns)}, terbaru dulu)" if len(campaigns) > CAMPAIGNS else ""
    canvas.write(f"Kampanye bersama kita{more}", Box(box.x + 26, box.y + 18, box.w - 52, 36), NOTE, smallest=24)
    y = box.y + 60
    if not campaigns:
        canvas.write("Belum pernah", Box(box.x + 26, y, box.w - 52, 44), Style(30), rest="middle")
    for title, state in campaigns[:CAMPAIGNS]:
        canvas.write(clean(title), Box(box.x + 26, y, box.w - 400, 44), Style(30), smallest=25, rest="middle")
        canvas.write(clean(state), Box(box.right - 356, y, 330, 44), NOTE, smallest=22, align="right", rest="middle")
        y += 44


def _rates(canvas: Canvas, first: Box, second: Box, card: CreatorCard) -> None:
    note = "hasil hitung" if card.er_reported is None else f"di lembar {percent(card.er_reported)}"
    unknown = "metrik kurang"
    colour = palette.PAPER if card.er is None else palette.MINT
    tile(canvas, first, percent(card.er), "ER followers", colour, unknown if card.er is None else note)
    by_views = unknown if card.er_by_views is None else "hasil hitung"
    tile(canvas, second, percent(card.er_by_views), "ER views", palette.PAPER, by_views)


def _growth(canvas: Canvas, box: Box, card: CreatorCard) -> None:
    canvas.fill(box, palette.NIGHT, 24)
    first, last = card.history[0], card.history[-1]
    style = Style(44, Weight.DISPLAY, palette.MINT if last >= first else palette.ROSE)
    label = f"Followers, {clean(card.history_label)}" if clean(card.history_label) else "Pertumbuhan followers"
    canvas.write(label, Box(box.x + 26, box.y + 20, box.w - 52, 36), NOTE, smallest=24)
    canvas.write(_change(first, last), Box(box.x + 26, box.y + 58, 190, box.h - 78), style, smallest=28, rest="middle")
    sparkline(canvas, Box(box.x + 230, box.y + 64, box.w - 256, box.h - 88), card.history, style.colour)


def _change(first: int, last: int) -> str:
    if first <= 0:
        return f"+{short(last)}"
    grown = (last - first) / first * 100
    return "> 999%" if grown > 999 else f"{grown:+.1f}%".replace(".", ",")


def alt_text(card: CreatorCard) -> str:
    """The card in words."""
    name = clip(clean(card.name) or clean(card.username) or "Tanpa nama", 80)
    told = f"Profil kreator {name} (@{clip(clean(card.username), 60)}, {clean(card.platform)}): "
    told += f"{whole(card.followers)} followers, rata-rata {whole(card.average_views)} views, "
    told += f"{whole(card.average_likes)} like, {whole(card.average_comments)} komentar, ER {percent(card.er)}"
    told += "." if card.er_reported is None else f" (di lembar {percent(card.er_reported)})."
    if niches := ", ".join(filter(None, map(clean, card.niches))):
        told += f" Niche: {clip(niches, 150)}."
    if card.campaigns:
        listed = "; ".join(f"{clean(title)} ({clean(state)})" for title, state in card.campaigns)
        told += f" Kampanye bersama kita: {clip(listed, 250)}."
    if reason := clean(card.barred):
        told += f" Di blacklist: {clip(reason, 200)}."
    if flags := "; ".join(flag.removesuffix(".") for flag in map(clean, card.flags) if flag):
        told += f" Perlu dicek: {clip(flags, 400)}."
    return clip(told, 1024)
