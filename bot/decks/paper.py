"""The pages of a deck and what can be put on them; all lengths in points.

Colours are slots of the theme, never values: who opens the deck can give it another palette in one step.
"""

import io
from collections.abc import Sequence
from enum import Enum
from typing import Any, Final
from xml.sax.saxutils import escape

from pptx.dml.fill import FillFormat
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Pt

from bot.decks.brand import DeckBrand
from bot.decks.fitting import Fitted, fit_block, fit_line
from bot.decks.template import ACROSS, TITLE_SIZE, Template
from bot.platform.drawing import clean

SMALLEST_TITLE: Final = 18.0
# The smallest that can still be read on paper.
SMALLEST: Final = 10.0

_PARAGRAPH = (
    '<a:p xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:pPr algn="{align}">{space}</a:pPr>'
    '<a:r><a:rPr lang="id-ID" sz="{size}" b="{bold}"><a:solidFill><a:schemeClr val="{ink}"/></a:solidFill></a:rPr>'
    "<a:t>{text}</a:t></a:r></a:p>"
)
_LINE = '<a:lnSpc><a:spcPts val="{}"/></a:lnSpc>'
_BEFORE = '<a:spcBef><a:spcPts val="{}"/></a:spcBef>'
_NUMBER = (
    '<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:nvSpPr>'
    '<p:cNvPr id="{id}" name="Nomor halaman"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
    '<p:nvPr><p:ph type="sldNum" sz="quarter" idx="{index}"/></p:nvPr></p:nvSpPr><p:spPr/>'
    '<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">'
    '<a:rPr lang="id-ID"/><a:t>{number}</a:t></a:fld></a:p></p:txBody></p:sp>'
)


class Ink(Enum):
    """The slots of the palette."""

    INK = MSO_THEME_COLOR.TEXT_1
    PAPER = MSO_THEME_COLOR.BACKGROUND_1
    MUTED = MSO_THEME_COLOR.TEXT_2
    PANEL = MSO_THEME_COLOR.BACKGROUND_2
    ACCENT = MSO_THEME_COLOR.ACCENT_1
    SECOND = MSO_THEME_COLOR.ACCENT_2
    THIRD = MSO_THEME_COLOR.ACCENT_3
    FOURTH = MSO_THEME_COLOR.ACCENT_4
    FIFTH = MSO_THEME_COLOR.ACCENT_5
    SIXTH = MSO_THEME_COLOR.ACCENT_6


ACCENTS: Final = (Ink.ACCENT, Ink.SECOND, Ink.THIRD, Ink.FOURTH, Ink.FIFTH, Ink.SIXTH)
LEFT, CENTRE, RIGHT = PP_ALIGN.LEFT, PP_ALIGN.CENTER, PP_ALIGN.RIGHT
ABOVE, MIDDLE, BELOW = MSO_ANCHOR.TOP, MSO_ANCHOR.MIDDLE, MSO_ANCHOR.BOTTOM


def paint(fill: FillFormat, ink: Ink, brightness: float = 0.0) -> None:
    """Fill with a slot of the palette; `brightness` from -1 (black) to 1 (white)."""
    fill.solid()
    fill.fore_color.theme_color = ink.value
    if brightness:
        fill.fore_color.brightness = brightness


def write(
    frame: Any,
    told: Fitted,
    *,
    ink: Ink = Ink.INK,
    bold: bool = False,
    align: PP_ALIGN = LEFT,
    first: bool = True,
    before: float = 0.0,
    height: float = 0.0,
) -> None:
    """Fitted text into a text frame: in place of its empty paragraph, or below what it holds.

    `before`: points of space above each paragraph but the frame's first; `height` of a line where it isn't the usual.
    Written as XML: a deck has thousands of texts, and the library takes a millisecond to style one.
    """
    body = frame._txBody
    if first:
        body.remove(body.p_lst[0])
    for index, text in enumerate(told.paragraphs or ("",)):
        space = _BEFORE.format(round(before * 100)) if before and not (first and index == 0) else ""
        space = (_LINE.format(round(height * 100)) if height else "") + space
        body.append(
            parse_xml(
                _PARAGRAPH.format(
                    align=align.xml_value,
                    space=space,
                    size=round(told.size * 100),
                    bold=int(bold),
                    ink=ink.value.xml_value,
                    text=escape(text),
                )
            )
        )


class Page:
    """One page. Every text is measured before it is set; `trimmed` tells that something had to be left out."""

    def __init__(self, slide: Any, number: int, title: str) -> None:
        self.slide = slide
        self.number = number
        self.title = title
        self.trimmed = False
        # Shape ids are counted on, instead of looked for among all shapes each time.
        slide.shapes.turbo_add_enabled = True

    def head(self, ink: Ink, box: tuple[float, float, float, float] | None = None, size: float = TITLE_SIZE) -> None:
        """The title in its own place: one line where the layout has it, up to three in a box elsewhere."""
        holder = self.slide.shapes.title
        if box is None:
            told = fit_line(self.title, ACROSS, size, SMALLEST_TITLE, bold=True)
        else:
            holder.left, holder.top, holder.width, holder.height = map(Pt, box)
            holder.text_frame.vertical_anchor = BELOW
            told = fit_block(self.title, box[2], box[3], size, SMALLEST_TITLE, bold=True)
        write(holder.text_frame, self._note(told), ink=ink, bold=True)
        self.title = told.text

    def line(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        text: str,
        size: float,
        *,
        smallest: float = SMALLEST,
        ink: Ink = Ink.INK,
        bold: bool = False,
        align: PP_ALIGN = LEFT,
        anchor: MSO_ANCHOR = MIDDLE,
    ) -> Any:
        """One line of text."""
        told = self._note(fit_line(text, width, size, smallest, bold=bold))
        frame = self.frame(x, y, width, height, anchor)
        write(frame, told, ink=ink, bold=bold, align=align)
        return frame

    def block(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        text: str | Sequence[str],
        size: float,
        *,
        smallest: float = SMALLEST,
        ink: Ink = Ink.INK,
        bold: bool = False,
        anchor: MSO_ANCHOR = ABOVE,
        align: PP_ALIGN = LEFT,
        gap: float = 0.4,
    ) -> Any:
        """Paragraphs with `gap` lines between them."""
        told = self._note(fit_block(text, width, height, size, smallest, bold=bold, gap=gap))
        frame = self.frame(x, y, width, height, anchor)
        write(frame, told, ink=ink, bold=bold, align=align, before=gap * told.size)
        return frame

    def lines(
        self, x: float, y: float, width: float, step: float, texts: Sequence[str], size: float, **look: Any
    ) -> None:
        """One line a text, `step` points from the middle of each to that of the next: columns that keep in step."""
        frame = self.frame(x, y, width, step * len(texts), ABOVE)
        # Each program sets a line at another height of a much taller one, so the space stands between the lines.
        look["height"] = size + 2
        look["before"] = step - look["height"]
        for index, text in enumerate(texts):
            told = self._note(fit_line(text, width, size, 8.0, bold=look.get("bold", False)))
            write(frame, told, first=index == 0, **look)

    def box(
        self, x: float, y: float, width: float, height: float, ink: Ink, *, round_: float = 0.0, brightness: float = 0.0
    ) -> Any:
        """A filled box; `round_` is the radius of its corners in points."""
        kind = MSO_SHAPE.ROUNDED_RECTANGLE if round_ else MSO_SHAPE.RECTANGLE
        shape = self._shape(kind, x, y, width, height, ink, brightness)
        if round_:
            shape.adjustments[0] = min(0.5, round_ / min(width, height))
        return shape

    def circle(self, x: float, y: float, side: float, ink: Ink, *, brightness: float = 0.0) -> Any:
        """A filled circle."""
        return self._shape(MSO_SHAPE.OVAL, x, y, side, side, ink, brightness)

    def polygon(self, points: Sequence[tuple[float, float]], ink: Ink, *, brightness: float = 0.0) -> Any:
        """A filled outline."""
        builder = self.slide.shapes.build_freeform(*(Pt(value) for value in points[0]))
        builder.add_line_segments([(Pt(x), Pt(y)) for x, y in points[1:]], close=True)
        return self._plain(builder.convert_to_shape(), ink, brightness)

    def table(self, x: float, y: float, widths: Sequence[float], rows: int, row_height: float) -> Any:
        """An empty table without a style of its own."""
        frame = self.slide.shapes.add_table(rows, len(widths), Pt(x), Pt(y), Pt(sum(widths)), Pt(row_height * rows))
        table = frame.table
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Pt(width)
        for row in table.rows:
            row.height = Pt(row_height)
        # "No style, no grid": the cells are painted from the palette instead.
        frame._element.graphic.graphicData.tbl.tblPr.find(
            qn("a:tableStyleId")
        ).text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
        return table

    def cell(
        self,
        cell: Any,
        width: float,
        text: str,
        size: float,
        *,
        ink: Ink = Ink.INK,
        ground: Ink | None = None,
        bold: bool = False,
        align: PP_ALIGN = LEFT,
    ) -> None:
        """One line of text in a cell that is `width` points wide."""
        cell.margin_left = cell.margin_right = Pt(8)
        cell.margin_top = cell.margin_bottom = Pt(0)
        cell.vertical_anchor = MIDDLE
        if ground is not None:
            paint(cell.fill, ground)
        told = self._note(fit_line(text, width - 16, size, 9.0, bold=bold))
        write(cell.text_frame, told, ink=ink, bold=bold, align=align)

    def describe(self, shape: Any, text: str) -> None:
        """What a shape shows, for those who can't see it."""
        shape._element.xpath(".//p:cNvPr")[0].set("descr", clean(text))

    def _note(self, told: Fitted) -> Fitted:
        self.trimmed = self.trimmed or told.cut
        return told

    def frame(self, x: float, y: float, width: float, height: float, anchor: MSO_ANCHOR = ABOVE) -> Any:
        """An empty text frame without margins."""
        frame = self.slide.shapes.add_textbox(Pt(x), Pt(y), Pt(width), Pt(height)).text_frame
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.word_wrap = True
        frame.vertical_anchor = anchor
        return frame

    def _shape(
        self, kind: MSO_SHAPE, x: float, y: float, width: float, height: float, ink: Ink, brightness: float
    ) -> Any:
        return self._plain(self.slide.shapes.add_shape(kind, Pt(x), Pt(y), Pt(width), Pt(height)), ink, brightness)

    def _plain(self, shape: Any, ink: Ink, brightness: float) -> Any:
        # The style would bring an outline, a shadow and white text along.
        shape._element.remove(shape._element.find(qn("p:style")))
        paint(shape.fill, ink, brightness)
        return shape


class Paper:
    """The presentation in the making."""

    def __init__(self, brand: DeckBrand) -> None:
        self.brand = brand
        self.pages: list[Page] = []
        self._template = Template(brand)
        self._number_index = self._template.number_index

    def page(self, title: str) -> Page:
        """A page with its title and its number."""
        page = self._add(self._template.page, title)
        page.head(Ink.INK)
        # The number is the page's third part; those written later count on from it.
        number = _NUMBER.format(id=3, index=self._number_index, number=page.number)
        page.slide.shapes._spTree.append(parse_xml(number))
        return page

    def cover(self, title: str) -> Page:
        """A dark page without a number; where its title stands is for the caller."""
        page = self._add(self._template.cover, title)
        for holder in list(page.slide.placeholders):
            if holder.placeholder_format.idx != 0:
                holder._element.getparent().remove(holder._element)
        return page

    def save(self) -> bytes:
        """The file."""
        out = io.BytesIO()
        self._template.slides.save(out)
        return out.getvalue()

    def _add(self, layout: Any, title: str) -> Page:
        page = Page(self._template.slides.slides.add_slide(layout), len(self.pages) + 1, title)
        self.pages.append(page)
        return page
