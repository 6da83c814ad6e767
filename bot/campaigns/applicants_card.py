"""The picture on which staff compare a campaign's applicants."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bot.platform import palette
from bot.platform.drawing import Box, Canvas, Style, Weight, avatar, clean, clip
from bot.platform.drawing.charts import level_bar
from bot.platform.drawing.figures import percent, short, whole
from bot.platform.drawing.parts import (
    LABEL,
    MARGIN,
    NAME,
    NOTE,
    TOP,
    WIDTH,
    chip,
    chip_width,
    heading,
    nothing_here,
    page,
)
from bot.platform.palette import Tone

MOST: Final = 10
ROW: Final = 112
REASON: Final = 42
GAP: Final = 12
FOLLOWERS, ER, SCORE, STATUS = 650, 780, 884, 1120


@dataclass(frozen=True, slots=True)
class ApplicantRow:
    """One applicant; `er` a ratio (0.0421), `score` 0 to 100, None where unknown; `tone` colours the status."""

    name: str
    username: str
    platform: str
    followers: int | None
    er: Decimal | None
    score: int | None
    status: str
    reason: str = ""
    tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True, slots=True)
class ApplicantsCard:
    """Applicants of one page (ten at most are drawn); `first` is the number of the first, `total` all there are."""

    campaign: str
    rows: tuple[ApplicantRow, ...]
    total: int
    first: int = 1


def layout(card: ApplicantsCard) -> Canvas:
    """Draw the card."""
    rows = card.rows[:MOST]
    heights = [ROW + (REASON if clean(row.reason) else 0) for row in rows]
    top = TOP + 176
    canvas = page((top + sum(heights) + GAP * max(0, len(rows) - 1) if rows else top + 200) + 48, "Pelamar")
    heading(canvas, clean(card.campaign) or "Kampanye", _below(card, len(rows)))
    if not rows:
        panel = Box(MARGIN, TOP + 136, WIDTH - 2 * MARGIN, 236)
        nothing_here(canvas, panel, "Belum ada pelamar", "Bagikan pengumumannya supaya lebih banyak kreator tahu.")
        return canvas
    _headings(canvas, top - 44)
    y = top
    for number, (row, height) in enumerate(zip(rows, heights, strict=True), start=card.first):
        _row(canvas, Box(MARGIN, y, WIDTH - 2 * MARGIN, height), number, row)
        y += height + GAP
    return canvas


def _below(card: ApplicantsCard, shown: int) -> str:
    if shown and card.total > shown:
        return f"Pelamar {whole(card.first)}–{whole(card.first + shown - 1)} dari {whole(card.total)}"
    return f"{whole(card.total)} pelamar"


def _headings(canvas: Canvas, y: int) -> None:
    canvas.write("Kreator", Box(MARGIN + 104, y, 300, 34), LABEL)
    for text, right in (("Followers", FOLLOWERS), ("ER", ER), ("Skor", SCORE)):
        canvas.write(text, Box(right - 140, y, 140, 34), LABEL, align="right")
    canvas.write("Status", Box(STATUS - 160, y, 160, 34), LABEL, align="right")


def _row(canvas: Canvas, box: Box, number: int, row: ApplicantRow) -> None:
    canvas.fill(box, palette.NIGHT, 24)
    name = clean(row.name) or clean(row.username) or "Tanpa nama"
    face = Box(box.x + 20, box.y + 24, 64, 64)
    avatar(canvas, face, name)
    badge = Box(face.x - 10, face.y - 12, 32, 32)
    canvas.circle(Box(badge.x - 4, badge.y - 4, 40, 40), palette.NIGHT)
    canvas.circle(badge, palette.PAPER)
    canvas.write(str(number), badge, Style(20, Weight.DISPLAY, palette.INK), smallest=13, align="centre", rest="middle")

    across = FOLLOWERS - 132 - 12 - face.right - 20
    canvas.write(name, Box(face.right + 20, box.y + 18, across, 42), NAME, smallest=26)
    handle = " · ".join(part for part in (f"@{clean(row.username)}", clean(row.platform)) if len(part) > 1)
    canvas.write(handle, Box(face.right + 20, box.y + 58, across, 36), NOTE, smallest=24)

    figure = Style(31, Weight.BOLD, tabular=True)
    for text, right, wide in ((short(row.followers), FOLLOWERS, 132), (percent(row.er), ER, 116)):
        canvas.write(text, Box(right - wide, box.y, wide, ROW), figure, smallest=24, align="right", rest="middle")
    _score(canvas, Box(SCORE - 84, box.y, 84, ROW), row.score)
    status = clean(row.status) or "–"
    wide = chip_width(status, 25, STATUS - SCORE - 24)
    chip(canvas, status, STATUS - wide, box.y + (ROW - 44) // 2, row.tone, size=25, widest=STATUS - SCORE - 24)
    if clean(row.reason):
        canvas.write(f"“{clip(clean(row.reason), 160)}”", Box(face.right + 20, box.y + ROW - 14, 950, 40), NOTE)


def _score(canvas: Canvas, box: Box, score: int | None) -> None:
    if score is None:
        canvas.write("–", box, Style(34, Weight.BOLD, palette.MIST), align="right", rest="middle")
        return
    colour = palette.MINT if score >= 70 else palette.SUN if score >= 40 else palette.ROSE
    style = Style(36, Weight.DISPLAY, colour, tabular=True)
    canvas.write(str(score), Box(box.x, box.y + 20, box.w, 50), style, smallest=26, align="right")
    level_bar(canvas, Box(box.x + 8, box.y + 76, box.w - 8, 10), score / 100, colour)


def alt_text(card: ApplicantsCard) -> str:
    """The card in words: every applicant drawn, as far as 1,024 characters go."""
    told = (
        f"Pelamar kampanye {clip(clean(card.campaign) or 'tanpa judul', 120)}: {_below(card, len(card.rows[:MOST]))}."
    )
    for number, row in enumerate(card.rows[:MOST], start=card.first):
        name = clip(clean(row.name) or clean(row.username) or "Tanpa nama", 40)
        score = "–" if row.score is None else str(row.score)
        told += f" {number}. {name}, {short(row.followers)} followers, ER {percent(row.er)}, skor {score}"
        told += f", {clean(row.status)}." if clean(row.status) else "."
    return clip(told, 1024)
