"""Pages of comparison: native charts, whose figures the brand can open and change."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.util import Pt

from bot.decks.fitting import fit_line
from bot.decks.models import CreatorPage, DeckFacts, Overview
from bot.decks.paper import Ink, Page, Paper, paint
from bot.decks.slides import NO_DATA, average, paged
from bot.decks.template import ACROSS, BOTTOM, MARGIN, TOP
from bot.platform.drawing.figures import percent, whole
from bot.platform.indonesian import format_number

CREATORS: Final = 10
NICHES: Final = 8
# Thousands with dots whatever the language of the program: beside "54.700" in the text, "54,700" would be misread.
COUNT: Final = r"[>=1000000]#\.000\.000;[>=1000]#\.000;0"
RATE: Final = "0.00%"
_GAP: Final = 24.0
_TILE: Final = 78.0


def at_a_glance(paper: Paper, told: Overview) -> None:
    """The deck in four figures, and how sizes and niches spread."""
    page = paper.page("Sekilas")
    tiles = (
        (format_number(told.creators), "kreator"),
        (whole(told.followers), "followers, jumlah semua akun"),
        (average(told.views), "views per konten, dijumlah"),
        (percent(told.er), "ER, nilai tengah"),
    )
    width = (ACROSS - 3 * 16) / 4
    for index, (value, label) in enumerate(tiles):
        x = MARGIN + index * (width + 16)
        page.box(x, TOP, width, _TILE, Ink.PANEL, round_=8)
        shown = NO_DATA if value == "–" else value
        page.line(x + 16, TOP + 12, width - 32, 32, shown, 24, smallest=12, bold=value != "–")
        page.line(x + 16, TOP + 48, width - 32, 18, label, 11, smallest=8, ink=Ink.MUTED)
    half, top = (ACROSS - _GAP) / 2, TOP + _TILE + _GAP
    spreads = (("Ukuran akun", told.tiers), ("Niche utama", told.niches[:NICHES]))
    for index, (title, spread) in enumerate(spreads):
        x = MARGIN + index * (half + _GAP)
        if not spread:
            page.line(x, top, half, 20, f"{title}: {NO_DATA}", 13, ink=Ink.MUTED)
            continue
        names = [name for name, _ in spread]
        series = [("Kreator", [count for _, count in spread])]
        _bars(
            page, (x, top, half, BOTTOM - top), title, names, series, "0", (Ink.ACCENT, Ink.SECOND)[index : index + 1]
        )


def comparisons(paper: Paper, facts: DeckFacts) -> None:
    """Followers and views beside ER, ten creators a page, the best first."""
    for page, part, _ in paged(paper, "Perbandingan", facts.creators, CREATORS):
        _compared(page, part)
        if any(None in (one.followers, one.views, one.er) for one in part):
            page.line(MARGIN, BOTTOM - 14, ACROSS, 14, f"Tanpa batang: {NO_DATA}.", 10, ink=Ink.MUTED)


def _compared(page: Page, creators: Sequence[CreatorPage]) -> None:
    left = ACROSS * 0.58
    names = [fit_line(one.handle, 150, 10, 10).text for one in creators]
    # A category that stands twice would be drawn as one.
    names = [
        f"{name} ({one.platform})" if names.count(name) > 1 else name for name, one in zip(names, creators, strict=True)
    ]
    sizes: list[tuple[str, list[float | None]]] = [
        ("Followers", [_plain(one.followers) for one in creators]),
        ("Rata-rata views", [_plain(one.views) for one in creators]),
    ]
    _bars(
        page,
        (MARGIN, TOP, left, BOTTOM - TOP - 16),
        "Followers dan rata-rata views",
        names,
        sizes,
        COUNT,
        (Ink.ACCENT, Ink.SECOND),
    )
    rates: list[tuple[str, list[float | None]]] = [("ER", [_plain(one.er) for one in creators])]
    x = MARGIN + left + _GAP
    _bars(page, (x, TOP, ACROSS - left - _GAP, BOTTOM - TOP - 16), "Engagement rate", names, rates, RATE, (Ink.FIFTH,))


def _bars(
    page: Page,
    box: tuple[float, float, float, float],
    title: str,
    names: Sequence[str],
    series: Sequence[tuple[str, Sequence[float | None]]],
    number_format: str,
    inks: Sequence[Ink],
) -> None:
    """Bars from left to right, the first on top, each with its figure; an unknown one has no bar."""
    x, y, width, height = box
    page.line(x, y, width, 20, title, 13, bold=True)
    data: Any = CategoryChartData(number_format=number_format)
    data.categories = list(names)
    for name, values in series:
        data.add_series(name, values)
    # Few bars would grow as thick as walls.
    rows = len(names) * (len(series) + 0.6)
    tall = min(height - 26, 26 * rows + (54 if len(series) > 1 else 26))
    frame = page.slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, Pt(x), Pt(y + 26), Pt(width), Pt(tall), data)
    page.describe(frame, f"Grafik batang: {title}, {len(names)} baris")
    chart: Any = frame.chart
    chart.font.size = Pt(10)
    chart.font.color.theme_color = Ink.INK.value
    chart.has_title = False
    chart.has_legend = len(series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
        chart.legend.font.size = Pt(10)
    across, up = chart.value_axis, chart.category_axis
    across.visible = False
    across.has_major_gridlines = False
    # Room for the figure of the longest bar.
    across.minimum_scale = 0
    across.maximum_scale = 1.25 * max((value or 0 for _, values in series for value in values), default=0) or 1
    up.reverse_order = True
    up.has_major_gridlines = False
    up.major_tick_mark = XL_TICK_MARK.NONE
    up.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    up.format.line.fill.background()
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 45, -5
    plot.vary_by_categories = False
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = number_format, False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size = Pt(10)
    for one, ink in zip(plot.series, inks, strict=True):
        paint(one.format.fill, ink)
        one.invert_if_negative = False


def _plain(figure: int | Decimal | None) -> float | int | None:
    return float(figure) if isinstance(figure, Decimal) else figure
