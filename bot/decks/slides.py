"""The pages of a deck that are not about one creator: cover, brief, criteria, overview, budget, closing."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, TypeVar

from pptx.util import Pt

from bot.creators.models import Average
from bot.decks.models import BriefPage, CreatorPage, DeckFacts
from bot.decks.paper import LEFT, MIDDLE, RIGHT, Ink, Page, Paper
from bot.decks.template import ACROSS, BOTTOM, HEIGHT, MARGIN, TOP, WIDTH
from bot.platform.drawing import logo
from bot.platform.drawing.figures import percent, whole
from bot.platform.indonesian import format_date, format_number, format_rupiah

T = TypeVar("T")

NO_DATA: Final = "belum ada data"
NO_RATE: Final = "belum ada"
ROWS: Final = 12
_ROW: Final = 29.0
_GAP: Final = 20.0
_DARK_MARGIN: Final = 64.0
_SIDE: Final = 300.0


def cover(paper: Paper, facts: DeckFacts) -> None:
    """Whose deck, for whom, of when."""
    page = paper.cover(facts.title)
    _club(page, WIDTH - _SIDE, _SIDE)
    _sender(page, paper)
    across = WIDTH - _SIDE - _DARK_MARGIN - 40
    page.line(_DARK_MARGIN, 168, across, 22, paper.brand.cover_label, 16, ink=Ink.PANEL)
    page.head(Ink.PAPER, (_DARK_MARGIN, 196, across, 140), 42)
    below = [f"Untuk {facts.brand}"] if facts.brand else []
    page.block(_DARK_MARGIN, 350, across, 56, below, 20, smallest=14, ink=Ink.PAPER)
    told = f"{format_number(len(facts.creators))} kreator · {format_date(facts.made_on)}"
    page.line(_DARK_MARGIN, HEIGHT - 84, across, 20, told, 14, ink=Ink.PANEL)


def closing(paper: Paper, facts: DeckFacts) -> None:
    """What happens next, and who to ask."""
    brand = paper.brand
    page = paper.cover(brand.closing_title)
    _club(page, WIDTH - _SIDE, _SIDE)
    _sender(page, paper)
    across = WIDTH - _SIDE - _DARK_MARGIN - 40
    page.head(Ink.PAPER, (_DARK_MARGIN, 150, across, 60), 42)
    room = 150 if brand.contact else 230
    page.block(_DARK_MARGIN, 236, across, room, brand.closing_lines, 17, smallest=12, ink=Ink.PANEL, gap=0.6)
    if brand.contact:
        page.block(_DARK_MARGIN, 400, across, 84, brand.contact, 14, ink=Ink.PAPER, bold=True, gap=0.3)


def brief(paper: Paper, told: BriefPage) -> None:
    """The brief in a page: what is plain in a row of facts, what is said in words in panels below."""
    page = paper.page("Brief")
    known = [("Brand", told.brand), ("Kampanye", told.title), ("Waktu", _when(told))]
    if told.slots:
        known.append(("Kebutuhan", f"{format_number(told.slots)} kreator"))
    if told.budget:
        known.append(("Anggaran", format_rupiah(told.budget)))
    known = [(label, value) for label, value in known if value]
    width = (ACROSS - _GAP * (len(known) - 1)) / max(1, len(known))
    for index, (label, value) in enumerate(known):
        _fact(page, MARGIN + index * (width + _GAP), TOP, width, label, value)
    said = [
        ("Tujuan", told.objective),
        ("Konten yang diharapkan", told.content),
        ("Yang perlu ada", told.do),
        ("Yang dihindari", told.dont),
    ]
    said = [(label, text) for label, text in said if text.strip()]
    # Panels two by two; a last one without a neighbour has a row for itself.
    rows = [said[index : index + 2] for index in range(0, len(said), 2)]
    top = TOP + 84
    heights = _shares([[text for _, text in row] for row in rows], BOTTOM - top - _GAP * (len(rows) - 1))
    for row, height in zip(rows, heights, strict=True):
        across = (ACROSS - _GAP * (len(row) - 1)) / len(row)
        for index, (label, text) in enumerate(row):
            x = MARGIN + index * (across + _GAP)
            page.box(x, top, across, height, Ink.PANEL, round_=8)
            page.line(x + 18, top + 14, across - 36, 18, label, 12, ink=Ink.ACCENT, bold=True)
            page.block(x + 18, top + 38, across - 36, height - 52, text, 15)
        top += height + _GAP


def _shares(rows: Sequence[Sequence[str]], height: float) -> list[float]:
    """Heights of rows of panels that are `height` together: more for longer texts, but nothing too low to read in."""
    wants = [3 + max(len(text) * len(row) / 140 for text in row) for row in rows]
    least = min(110.0, height / max(1, len(rows)))
    spare = height - least * len(rows)
    return [least + spare * want / sum(wants) for want in wants]


def criteria(paper: Paper, facts: DeckFacts) -> None:
    """What was asked for, and how much each criterion counts."""
    page = paper.page("Kriteria pemilihan")
    left = 300.0
    page.box(MARGIN, TOP, left, BOTTOM - TOP, Ink.PANEL, round_=8)
    page.line(MARGIN + 20, TOP + 16, left - 40, 18, "Yang dicari", 12, ink=Ink.ACCENT, bold=True)
    page.block(MARGIN + 20, TOP + 44, left - 40, BOTTOM - TOP - 60, facts.asked, 16, gap=0.5)
    x = MARGIN + left + _GAP
    across = ACROSS - left - _GAP
    page.line(x, TOP + 16, across, 18, "Cara kami menilai: poin paling banyak 100", 12, ink=Ink.ACCENT, bold=True)
    top = TOP + 44
    step = min(46.0, (BOTTOM - top) / max(1, len(facts.criteria)))
    heaviest = max((one.weight for one in facts.criteria), default=1) or 1
    for index, one in enumerate(facts.criteria):
        y = top + index * step
        page.line(x, y, 128, step - 8, one.name, 13, bold=True)
        page.box(x + 136, y + (step - 8) / 2 - 5, 110, 10, Ink.PANEL, round_=5)
        if one.weight:
            filled = max(10.0, 110.0 * one.weight / heaviest)
            page.box(x + 136, y + (step - 8) / 2 - 5, filled, 10, Ink.ACCENT, round_=5)
        page.line(x + 252, y, 32, step - 8, str(one.weight), 13, bold=True, align=RIGHT)
        page.block(x + 300, y - 3, across - 300, step - 2, one.meaning, 12, smallest=9, ink=Ink.MUTED, anchor=MIDDLE)


def overview_tables(paper: Paper, facts: DeckFacts) -> None:
    """Everybody in a table, twelve a page."""
    for page, creators, last in paged(paper, "Ringkasan kreator", facts.creators):
        heads = ["", "Kreator", "Platform", "Niche", "Tier", "Followers", "Rata-rata views", "ER", "Skor"]
        widths = [34.0, 186.0, 80.0, 180.0, 58.0, 90.0, 116.0, 64.0, 56.0]
        aligns = [RIGHT, LEFT, LEFT, LEFT, LEFT, RIGHT, RIGHT, RIGHT, RIGHT]
        if facts.shows_rates:
            heads, aligns = [*heads, "Tarif"], [*aligns, RIGHT]
            widths = [34.0, 152.0, 78.0, 120.0, 56.0, 86.0, 112.0, 62.0, 52.0, 112.0]
        rows = [_overview_row(one, facts.shows_rates) for one in creators]
        _table(page, heads, widths, aligns, rows, name=1)
        if facts.left_out and last:
            told = f"{format_number(facts.left_out)} kreator lain ada di shortlist, di luar deck ini."
            page.line(MARGIN, BOTTOM - 8, ACROSS, 14, told, 10, ink=Ink.MUTED)


def budget(paper: Paper, facts: DeckFacts) -> None:
    """What everybody asks, and what it comes to."""
    known = [one.rate for one in facts.creators if one.rate is not None]
    for page, creators, last in paged(paper, "Perkiraan anggaran", facts.creators, most=ROWS - 3):
        heads = ["", "Kreator", "Platform", "Rata-rata views", "Tarif per view", "Tarif"]
        widths = [34.0, 270.0, 120.0, 150.0, 130.0, 160.0]
        rows = [_budget_row(one) for one in creators]
        _table(page, heads, widths, [RIGHT, LEFT, LEFT, RIGHT, RIGHT, RIGHT], rows, name=1)
        if last:
            _totals(page, facts, known)


def _totals(page: Page, facts: DeckFacts, known: Sequence[int]) -> None:
    tiles = [("Jumlah tarif yang diketahui", format_rupiah(sum(known)) if known else NO_DATA)]
    missing = len(facts.creators) - len(known)
    if facts.budget:
        tiles.append(("Anggaran", format_rupiah(facts.budget)))
        left = facts.budget - sum(known)
        tiles.append(("Sisa" if left >= 0 else "Kurang", format_rupiah(abs(left))))
    if facts.slots:
        tiles.append(("Kebutuhan", f"{format_number(facts.slots)} kreator"))
    width = (ACROSS - _GAP * (len(tiles) - 1)) / len(tiles)
    top = BOTTOM - 86
    for index, (label, value) in enumerate(tiles):
        _fact(page, MARGIN + index * (width + _GAP), top, width, label, value)
    notes = ["Belum termasuk pajak; angka akhir mengikuti penawaran yang disepakati."]
    if missing:
        notes.insert(0, f"{format_number(missing)} kreator belum ada tarifnya, jadi belum ikut dijumlah.")
    page.line(MARGIN, BOTTOM - 14, ACROSS, 16, " ".join(notes), 11, smallest=8, ink=Ink.MUTED)


def _overview_row(one: CreatorPage, rates: bool) -> list[str]:
    cells = [
        str(one.rank),
        one.handle,
        one.platform,
        ", ".join(one.niches[: 1 if rates else 2]) or "–",
        one.tier or "–",
        whole(one.followers),
        average(one.views),
        percent(one.er),
        str(one.score),
    ]
    return [*cells, format_rupiah(one.rate) if one.rate is not None else NO_RATE] if rates else cells


def _budget_row(one: CreatorPage) -> list[str]:
    per_view = "–"
    if one.rate is not None and one.views:
        per_view = f"Rp {format_number(round(Decimal(one.rate) / Decimal(one.views), 2))}"
    asked = format_rupiah(one.rate) if one.rate is not None else NO_RATE
    return [str(one.rank), one.handle, one.platform, average(one.views), per_view, asked]


def average(figure: Average | None) -> str:
    """`12.345`, `20,5`: decimals only where they are more than noise."""
    return whole(figure if figure is None or figure < 1_000 else round(figure))


def paged(
    paper: Paper, title: str, creators: Sequence[T], most: int = ROWS
) -> Iterator[tuple[Page, Sequence[T], bool]]:
    """A page for each part and whether it is the last; of about equal length, so that no row ends up alone."""
    pages = max(1, -(-len(creators) // most))
    rows = -(-len(creators) // pages)
    for place in range(pages):
        named = title if pages == 1 else f"{title} ({place + 1} dari {pages})"
        yield paper.page(named), creators[place * rows : (place + 1) * rows], place == pages - 1


def _table(
    page: Page,
    heads: Sequence[str],
    widths: Sequence[float],
    aligns: Sequence[object],
    rows: Sequence[Sequence[str]],
    *,
    name: int,
) -> None:
    table = page.table(MARGIN, TOP, widths, len(rows) + 1, _ROW)
    for place, row in enumerate([heads, *rows]):
        cells = list(table.rows[place].cells)
        for index, (cell, text) in enumerate(zip(cells, row, strict=True)):
            head = place == 0
            page.cell(
                cell,
                widths[index],
                text,
                11 if head else 12,
                ink=Ink.PAPER if head else Ink.INK,
                ground=Ink.INK if head else (Ink.PANEL if place % 2 == 0 else Ink.PAPER),
                bold=head or index == name,
                align=aligns[index],  # type: ignore[arg-type]
            )


def _fact(page: Page, x: float, y: float, width: float, label: str, value: str) -> None:
    page.box(x, y, width, 64, Ink.PANEL, round_=8)
    page.line(x + 16, y + 10, width - 32, 16, label, 11, ink=Ink.MUTED)
    page.block(x + 16, y + 27, width - 32, 30, value, 18, smallest=11, bold=True, anchor=MIDDLE)


def _when(told: BriefPage) -> str:
    dates = [format_date(day, weekday=False) for day in (told.starts_on, told.ends_on) if day]
    return " – ".join(dict.fromkeys(dates))


def _sender(page: Page, paper: Paper) -> None:
    page.slide.shapes.add_picture(str(paper.brand.logo), Pt(_DARK_MARGIN), Pt(56), Pt(40), Pt(40))
    across = WIDTH - _SIDE - _DARK_MARGIN - 100
    page.line(_DARK_MARGIN + 54, 56, across, 22, paper.brand.community, 16, ink=Ink.PAPER, bold=True)
    page.line(_DARK_MARGIN + 54, 78, across, 18, paper.brand.company, 12, ink=Ink.PANEL)


def _club(page: Page, x: float, width: float) -> None:
    """The house's club on a strip of the brand's colour, in one piece so that it is moved as one."""
    page.box(x, 0, width, HEIGHT, Ink.ACCENT)
    side = width * 0.82
    left, top = x + (width - side) / 2, (HEIGHT - side) / 2
    scale = side / logo.SIDE
    for centre, middle, radius in logo.LEAVES:
        at = (left + (centre - radius) * scale, top + (middle - radius) * scale)
        page.circle(*at, 2 * radius * scale, Ink.ACCENT, brightness=0.22)
    for outline, brightness in ((logo.HEART, 0.22), (logo.TAIL, 0.22), (logo.PLAY, 0.0)):
        page.polygon([(left + px * scale, top + py * scale) for px, py in outline], Ink.ACCENT, brightness=brightness)
