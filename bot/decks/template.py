"""The empty presentation that decks are written on: 16:9, two layouts, the brand's palette and font in the theme."""

# The library describes XML elements only in part.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from copy import deepcopy
from typing import Any, Final

from pptx import Presentation
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Pt

from bot.decks.brand import DeckBrand

# All lengths are in points (1/72 inch).
WIDTH: Final = 960.0
HEIGHT: Final = 540.0
MARGIN: Final = 48.0
ACROSS: Final = WIDTH - 2 * MARGIN
# Titles end, and what a page says begins and ends, at the same heights everywhere.
TITLE_TOP, TITLE_HEIGHT = 28.0, 48.0
TOP: Final = 92.0
BOTTOM: Final = 490.0
FOOT: Final = 506.0
TITLE_SIZE: Final = 26.0
_FOOT_SIZE: Final = 10
# Of the layouts that come with the library: "Title Slide" and "Title Only".
_COVER, _PAGE = 0, 5
_UNUSED = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER)


class Template:
    """The presentation and its layouts: `cover` is dark and has no number, `page` has logo and name at its foot."""

    def __init__(self, brand: DeckBrand) -> None:
        slides: Any = Presentation()
        slides.slide_width, slides.slide_height = Pt(WIDTH), Pt(HEIGHT)
        master = slides.slide_master
        _set_theme(master, brand)
        self.slides = slides
        self.cover, self.page = (slides.slide_layouts[index] for index in (_COVER, _PAGE))
        for layout in list(slides.slide_layouts):
            if layout not in (self.cover, self.page):
                slides.slide_layouts.remove(layout)
        self.cover.name, self.page.name = "Sampul", "Halaman"
        for sheet in (master, self.cover, self.page):
            _place(sheet)
        level = master._element.find(".//" + qn("p:titleStyle")).find(qn("a:lvl1pPr"))
        level.set("algn", "l")
        _look(level.find(qn("a:defRPr")), sz=str(round(TITLE_SIZE * 100)), b="1")
        ground = self.cover.background.fill
        ground.solid()
        ground.fore_color.theme_color = MSO_THEME_COLOR.TEXT_1
        self._brand_the_foot(brand)

    @property
    def number_index(self) -> int:
        """By which a page's number finds its place on the layout."""
        kinds = {one.placeholder_format.type: one.placeholder_format.idx for one in self.page.placeholders}
        return kinds[PP_PLACEHOLDER.SLIDE_NUMBER]

    def _brand_the_foot(self, brand: DeckBrand) -> None:
        """Logo and name on the layout, so that they are changed in one place.

        The library adds shapes to slides only: they are made on one that is thrown away, and copied.
        """
        scratch = self.slides.slides.add_slide(self.page)
        scratch.shapes.add_picture(str(brand.logo), Pt(MARGIN), Pt(FOOT), Pt(16), Pt(16))
        name = scratch.shapes.add_textbox(Pt(MARGIN + 24), Pt(FOOT), Pt(ACROSS - 120), Pt(16)).text_frame
        name.margin_left = name.margin_right = name.margin_top = name.margin_bottom = 0
        name.vertical_anchor, name.word_wrap = MSO_ANCHOR.MIDDLE, True
        name.text = f"{brand.community} · {brand.company}"
        font = name.paragraphs[0].runs[0].font
        font.size, font.color.theme_color = Pt(_FOOT_SIZE), MSO_THEME_COLOR.TEXT_2
        _, relation = self.page.part.get_or_add_image_part(str(brand.logo))
        for shape in scratch.shapes:
            if shape.is_placeholder:
                continue
            element = deepcopy(shape._element)
            for picture in element.iter(qn("a:blip")):
                picture.set(qn("r:embed"), relation)
            element.xpath(".//p:cNvPr")[0].set("id", str(100 + shape.shape_id))
            self.page._element.cSld.spTree.append(element)
        listed = self.slides.slides._sldIdLst
        self.slides.part.drop_rel(listed[0].rId)
        listed.remove(listed[0])


def _set_theme(master: Any, brand: DeckBrand) -> None:
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme: Any = parse_xml(part.blob)
    theme.set("name", brand.company)
    colours = brand.colours
    slots = {"dk1": colours.ink, "lt1": colours.paper, "dk2": colours.muted, "lt2": colours.panel}
    slots |= {f"accent{place}": accent for place, accent in enumerate(colours.accents, start=1)}
    slots |= {"hlink": colours.accents[0], "folHlink": colours.muted}
    scheme = theme.find(".//" + qn("a:clrScheme"))
    for name, colour in slots.items():
        slot = scheme.find(qn(f"a:{name}"))
        _empty(slot)
        slot.append(_look(OxmlElement("a:srgbClr"), val=f"{colour:06X}"))
    for kind in ("a:majorFont", "a:minorFont"):
        theme.find(f".//{qn(kind)}").find(qn("a:latin")).set("typeface", brand.font)
    part._blob = serialize_part_xml(theme)


def _place(sheet: Any) -> None:
    """Placeholders where the pages have them; dates and footers, which nobody fills in, go."""
    for holder in list(sheet.placeholders):
        kind = holder.placeholder_format.type
        if kind in _UNUSED:
            holder._element.getparent().remove(holder._element)
            continue
        if kind is PP_PLACEHOLDER.SLIDE_NUMBER:
            box = (WIDTH - MARGIN - 80, FOOT, 80, 16)
            _right_and_quiet(holder)
        elif kind in (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE):
            box = (MARGIN, TITLE_TOP, ACROSS, TITLE_HEIGHT)
        else:
            box = (MARGIN, TOP, ACROSS, BOTTOM - TOP)
        holder.left, holder.top, holder.width, holder.height = map(Pt, box)
        body = holder.text_frame
        body.margin_left = body.margin_right = body.margin_top = body.margin_bottom = 0
        body.vertical_anchor = MSO_ANCHOR.MIDDLE


def _right_and_quiet(holder: Any) -> None:
    style = holder._element.txBody.find(qn("a:lstStyle"))
    _empty(style)
    level, look, fill = (OxmlElement(f"a:{name}") for name in ("lvl1pPr", "defRPr", "solidFill"))
    fill.append(_look(OxmlElement("a:schemeClr"), val="tx2"))
    look.append(fill)
    level.append(_look(look, sz=str(_FOOT_SIZE * 100)))
    style.append(_look(level, algn="r"))


def _look(element: Any, **values: str) -> Any:
    for name, value in values.items():
        element.set(name, value)
    return element


def _empty(element: Any) -> None:
    for child in list(element):
        element.remove(child)
