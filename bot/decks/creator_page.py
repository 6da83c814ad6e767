"""The page of one creator: who they are, their figures, what they score and why they are recommended."""

from typing import Any, Final

from pptx.util import Pt

from bot.creators.models import Tier
from bot.decks.fitting import fit_line
from bot.decks.models import CreatorPage
from bot.decks.paper import ACCENTS, CENTRE, MIDDLE, RIGHT, Ink, Page, Paper, write
from bot.decks.rules import short_percent
from bot.decks.slides import NO_DATA, NO_RATE, average
from bot.decks.template import ACROSS, BOTTOM, MARGIN, TOP
from bot.platform.drawing import initials
from bot.platform.drawing.figures import percent, whole
from bot.platform.indonesian import format_rupiah
from bot.shortlists.scoring import DEFAULT

_SIDE: Final = 250.0
_GAP: Final = 20.0
_RIGHT: Final = MARGIN + _SIDE + _GAP
_ACROSS: Final = ACROSS - _SIDE - _GAP
_TILE: Final = 74.0
_LOWER: Final = TOP + 2 * _TILE + 12 + _GAP
DOUBTFUL: Final = "Sebagian angka akun ini sedang kami verifikasi."


def creator_page(paper: Paper, one: CreatorPage, rates: bool) -> None:
    """One page."""
    page = paper.page(f"{one.rank}. {one.handle}")
    _who(page, one, rates)
    _figures(page, one)
    _score(page, one)
    _why(page, one)


def _who(page: Page, one: CreatorPage, rates: bool) -> None:
    page.box(MARGIN, TOP, _SIDE, BOTTOM - TOP, Ink.PANEL, round_=8)
    side = 84.0
    portrait = page.circle(MARGIN + 20, TOP + 20, side, ACCENTS[(one.rank - 1) % len(ACCENTS)])
    portrait.text_frame.margin_left = portrait.text_frame.margin_right = 0
    portrait.text_frame.word_wrap = False
    portrait.text_frame.vertical_anchor = MIDDLE
    letters = fit_line(initials(one.username), side - 20, 30, 16, bold=True)
    write(portrait.text_frame, letters, ink=Ink.PAPER, bold=True, align=CENTRE)
    page.describe(portrait, f"Inisial {one.handle}")
    x, across = MARGIN + 20 + side + 14, _SIDE - side - 14 - 40
    page.line(x, TOP + 36, across, 24, one.platform, 16, bold=True)
    link = page.line(x, TOP + 60, across, 18, "Lihat profil", 12, ink=Ink.ACCENT)
    link.paragraphs[0].runs[0].hyperlink.address = one.link
    known = [
        ("Niche", ", ".join(one.niches) or NO_DATA),
        ("Ukuran akun", one.tier or NO_DATA),
        ("Wilayah", one.region or NO_DATA),
        ("Kualitas konten", one.content_type or NO_DATA),
        ("Affiliate", {True: "Ya", False: "Tidak", None: NO_DATA}[one.affiliate]),
    ]
    if rates:
        known.append(("Tarif", format_rupiah(one.rate) if one.rate is not None else NO_RATE))
    top = TOP + 20 + side + 18
    step = min(46.0, (BOTTOM - top - 10) / len(known))
    frame = page.frame(MARGIN + 20, top, _SIDE - 40, BOTTOM - top - 10)
    for index, (label, value) in enumerate(known):
        write(frame, fit_line(label, _SIDE - 40, 11, 9), ink=Ink.MUTED, first=index == 0, before=step - 32)
        told = fit_line(value, _SIDE - 40, 14, 9, bold=True)
        page.trimmed = page.trimmed or told.cut
        write(frame, told, ink=Ink.INK if value != NO_DATA else Ink.MUTED, bold=True, first=False)


def _figures(page: Page, one: CreatorPage) -> None:
    usual = ""
    size = next((tier for tier in Tier if tier.label == one.tier), None)
    if size:
        usual = f"ER, biasanya {short_percent(DEFAULT.usual_engagement[size])}"
    tiles = (
        (whole(one.followers), "Followers"),
        (percent(one.er), usual or "Engagement rate"),
        (average(one.views), "Rata-rata views"),
        (average(one.likes), "Rata-rata like"),
        (average(one.comments), "Rata-rata komentar"),
        (average(one.shares), "Rata-rata share"),
    )
    width = (_ACROSS - 24) / 3
    for index, (value, label) in enumerate(tiles):
        x, y = _RIGHT + (index % 3) * (width + 12), TOP + (index // 3) * (_TILE + 12)
        tile = page.box(x, y, width, _TILE, Ink.PANEL, round_=8)
        _two_lines(page, tile, width, value, label)


def _two_lines(page: Page, tile: Any, width: float, value: str, label: str) -> None:
    frame = tile.text_frame
    frame.margin_left = frame.margin_right = Pt(14)
    frame.vertical_anchor = MIDDLE
    frame.word_wrap = True
    missing = value == "–"
    told = fit_line(NO_DATA if missing else value, width - 28, 16 if missing else 24, 12, bold=not missing)
    write(frame, told, ink=Ink.MUTED if missing else Ink.INK, bold=not missing)
    write(frame, fit_line(label, width - 28, 11, 8), ink=Ink.MUTED, first=False, before=2)


def _score(page: Page, one: CreatorPage) -> None:
    across = _ACROSS * 0.5
    page.line(_RIGHT, _LOWER, across, 22, f"Skor {one.score} dari 100", 16, bold=True)
    top = _LOWER + 32
    step = min(24.0, (BOTTOM - top) / max(1, len(one.points)))
    page.lines(_RIGHT, top, 110, step, [item.name for item in one.points], 11)
    page.lines(
        _RIGHT + across - 52, top, 52, step, [f"{item.gained}/{item.weight}" for item in one.points], 11,
        align=RIGHT, bold=True,
    )  # fmt: skip
    x, bar = _RIGHT + 118, across - 118 - 60
    for index, item in enumerate(one.points):
        y = top + index * step + 6.5 - 4
        page.box(x, y, bar, 8, Ink.PANEL, round_=4)
        if item.gained and item.weight:
            page.box(x, y, max(8.0, bar * item.gained / item.weight), 8, Ink.ACCENT, round_=4)


def _why(page: Page, one: CreatorPage) -> None:
    x = _RIGHT + _ACROSS * 0.5 + 28
    across = MARGIN + ACROSS - x
    page.line(x, _LOWER, across, 22, "Kenapa kreator ini", 16, bold=True)
    reasons = one.reasons or ("Masuk daftar menurut pilihan tim kami.",)
    room = BOTTOM - _LOWER - 32 - (34 if one.doubtful else 0)
    page.block(x, _LOWER + 32, across, room, reasons, 13, smallest=9, gap=0.35)
    if one.doubtful:
        page.block(x, BOTTOM - 28, across, 28, DOUBTFUL, 11, smallest=9, ink=Ink.MUTED)
