"""The picture of a season's leaderboard."""

from dataclasses import dataclass
from typing import Final

from bot.platform import palette
from bot.platform.drawing import Box, Canvas, Style, Weight, avatar, clean, clip
from bot.platform.drawing.charts import level_bar
from bot.platform.drawing.colour import mix
from bot.platform.drawing.figures import whole
from bot.platform.drawing.parts import LABEL, MARGIN, NAME, NOTE, TOP, WIDTH, heading, nothing_here, page

MOST: Final = 10
ROW: Final = 92
GAP: Final = 10
RIGHT, STREAK, POINTS = 730, 880, 1112


@dataclass(frozen=True, slots=True)
class RankRow:
    """One member: rank, name, points, right answers, quizzes in a row; `mine` is the one who looks."""

    rank: int
    name: str
    points: int
    right: int
    streak: int
    mine: bool = False


@dataclass(frozen=True, slots=True)
class RankingCard:
    """The first of a season (ten are drawn), and whoever looks where they are further down (`own`)."""

    season: str
    rows: tuple[RankRow, ...]
    members: int
    own: RankRow | None = None


def layout(card: RankingCard) -> Canvas:
    """Draw the card."""
    rows = card.rows[:MOST]
    top = TOP + 172
    own = ROW + 34 if card.own else 0
    canvas = page((top + len(rows) * (ROW + GAP) + own if rows else TOP + 372) + 40, "Klasemen kuis")
    heading(canvas, "Klasemen kuis", f"Musim {clean(card.season)} · {whole(card.members)} peserta berpoin")
    if not rows:
        panel = Box(MARGIN, TOP + 136, WIDTH - 2 * MARGIN, 236)
        nothing_here(canvas, panel, "Belum ada poin musim ini", "Jawab kuis berikutnya dan jadi yang pertama di sini.")
        return canvas
    for text, right in (("Benar", RIGHT), ("Beruntun", STREAK), ("Poin", POINTS)):
        canvas.write(text, Box(right - 150, top - 42, 150, 34), LABEL, align="right")
    best = max(1, rows[0].points)
    for index, row in enumerate(rows):
        _row(canvas, Box(MARGIN, top + index * (ROW + GAP), WIDTH - 2 * MARGIN, ROW), row, best)
    if card.own:
        y = top + len(rows) * (ROW + GAP) + 24
        canvas.fill(Box(MARGIN, y - 18, WIDTH - 2 * MARGIN, 2), palette.LINE)
        _row(canvas, Box(MARGIN, y, WIDTH - 2 * MARGIN, ROW), card.own, best)
    return canvas


def _row(canvas: Canvas, box: Box, row: RankRow, best: int) -> None:
    canvas.fill(box, mix(palette.VIOLET, palette.NIGHT, 0.3) if row.mine else palette.NIGHT, 22)
    colour = {1: palette.SUN, 2: palette.MIST, 3: palette.CORAL}.get(row.rank)
    place = Box(box.x + 16, box.y + 18, 56, 56)
    if colour is not None:
        canvas.circle(place, colour)
    ink = palette.INK if colour is not None else palette.MIST
    canvas.write(
        str(row.rank), place.inset(4, 0), Style(28, Weight.DISPLAY, ink), smallest=13, align="centre", rest="middle"
    )
    name = clean(row.name) or "Tanpa nama"
    avatar(canvas, Box(place.right + 16, box.y + 16, 60, 60), name)
    x = place.right + 92
    across = RIGHT - 130 - x
    canvas.write(name, Box(x, box.y + 12, across - (96 if row.mine else 0), 42), NAME, smallest=24)
    level_bar(canvas, Box(x, box.y + 64, across - 20, 10), min(1.0, row.points / best), colour or palette.LILAC)
    figure = Style(30, Weight.BOLD, tabular=True)
    canvas.write(whole(row.right), Box(RIGHT - 120, box.y, 120, ROW), figure, smallest=20, align="right", rest="middle")
    streak = f"{row.streak}×" if row.streak > 1 else "–"
    style = Style(30, Weight.BOLD, palette.MINT if row.streak > 1 else palette.MIST)
    canvas.write(streak, Box(STREAK - 120, box.y, 120, ROW), style, smallest=20, align="right", rest="middle")
    points = Style(40, Weight.DISPLAY, colour or palette.PAPER, tabular=True)
    canvas.write(
        whole(row.points), Box(POINTS - 200, box.y, 200, ROW), points, smallest=24, align="right", rest="middle"
    )
    if row.mine:
        canvas.write("Kamu", Box(x + across - 84, box.y + 16, 76, 34), NOTE, align="right")


def alt_text(card: RankingCard) -> str:
    """The card in words."""
    told = f"Klasemen kuis musim {clean(card.season)}, {whole(card.members)} peserta berpoin."
    for row in card.rows[:MOST]:
        told += f" {row.rank}. {clip(clean(row.name) or 'Tanpa nama', 40)}, {whole(row.points)} poin."
    if card.own:
        told += f" Kamu di peringkat {card.own.rank} dengan {whole(card.own.points)} poin."
    return clip(told if card.rows else f"{told} Belum ada poin.", 1024)
