"""Decks read back: everybody and every figure is in, nothing private is, and every text has room."""

import io
import json
import re
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageFont
from pptx import Presentation
from pptx.util import Pt

from bot.decks import brand, card
from bot.decks.fitting import LEADING, fit_block, fit_line, width_of
from bot.decks.models import CreatorPage, DeckFacts, Rates
from bot.decks.rules import NO_CONTACT, overview_of, public
from bot.decks.sheet import write_sheet
from bot.decks.slides import average
from bot.decks.template import ACROSS, FOOT, HEIGHT, MARGIN, WIDTH
from bot.decks.writing import write_deck
from bot.platform.drawing import Style, Weight, wrap
from bot.platform.drawing.figures import percent, whole
from bot.platform.errors import DomainError
from bot.platform.indonesian import format_rupiah
from tests.documents.card_samples import HOSTILE
from tests.documents.deck_samples import BRIEF, card_of, creators, deck, hostile, samples

SAMPLES = samples()
every_deck = pytest.mark.parametrize("name", SAMPLES)
# Has the widths of Arial, which is what the brand's font is set in.
LIBERATION = Path("/usr/share/fonts/truetype/liberation2")


@cache
def read(name: str) -> Any:
    return opened(write_deck(SAMPLES[name], brand.load()).save())


def opened(content: bytes) -> Any:
    return Presentation(io.BytesIO(content))


def made(facts: DeckFacts) -> Any:
    return opened(write_deck(facts, brand.load()).save())


def texts_of(slide: Any) -> list[str]:
    found: list[str] = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            found += [paragraph.text for paragraph in shape.text_frame.paragraphs]
        if shape.has_table:
            found += [cell.text for row in shape.table.rows for cell in row.cells]
    return found


def titles_of(slides: Any) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in slides.slides]


def charts_of(slides: Any, title: str) -> list[Any]:
    return [
        shape.chart
        for slide in slides.slides
        if slide.shapes.title.text_frame.text.startswith(title)
        for shape in slide.shapes
        if shape.has_chart
    ]


def figures_of(one: CreatorPage) -> set[str]:
    figures = (one.followers, one.views, one.likes, one.comments, one.shares)
    return {average(figure) if figure is not one.followers else whole(figure) for figure in figures if figure} | (
        {percent(one.er)} if one.er else set()
    )


def test_the_parts_come_in_the_order_a_brand_reads_them() -> None:
    assert titles_of(read("six")) == [
        "Serum Pagi untuk Semua Kulit",
        "Brief",
        "Kriteria pemilihan",
        "Sekilas",
        "Ringkasan kreator",
        *(f"{rank}. @kreator.{rank:02}" for rank in range(1, 7)),
        "Perbandingan",
        "Perkiraan anggaran",
        "Terima kasih",
    ]


def test_one_creator_alone_is_compared_with_nobody() -> None:
    assert titles_of(read("one"))[1:] == ["Kriteria pemilihan", "Ringkasan kreator", "1. @kreator.01", "Terima kasih"]


@pytest.mark.parametrize("name", ["one", "six", "fifty"])
def test_every_creator_has_a_page_with_every_figure_and_a_row_in_the_overview(name: str) -> None:
    facts, slides = SAMPLES[name], read(name)
    pages = {slide.shapes.title.text_frame.text: texts_of(slide) for slide in slides.slides}
    rows = [
        [cell.text for cell in row.cells]
        for slide in slides.slides
        if slide.shapes.title.text_frame.text.startswith("Ringkasan kreator")
        for shape in slide.shapes
        if shape.has_table
        for row in list(shape.table.rows)[1:]
    ]
    assert [row[1] for row in rows] == [one.handle for one in facts.creators]
    for one, row in zip(facts.creators, rows, strict=True):
        page = pages[f"{one.rank}. {one.handle}"]
        assert figures_of(one) <= set(page)
        assert page.count("belum ada data") >= [one.followers, one.views, one.shares, one.er].count(None)
        assert {one.platform, ", ".join(one.niches), f"Skor {one.score} dari 100", *one.reasons} <= set(page)
        assert {item.name for item in one.points} | {f"{item.gained}/{item.weight}" for item in one.points} <= set(page)
        assert {whole(one.followers), average(one.views), percent(one.er), str(one.score)} <= set(row)


def test_the_profile_can_be_opened_from_the_page() -> None:
    slide = read("six").slides[5]
    links = [
        run.hyperlink.address
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
        if run.hyperlink.address
    ]
    assert links == [SAMPLES["six"].creators[0].link]


@pytest.mark.parametrize("name", ["six", "fifty"])
def test_the_charts_are_native_and_hold_the_exact_figures(name: str) -> None:
    facts = SAMPLES[name]
    told: dict[str, dict[str, float | None]] = {"Followers": {}, "Rata-rata views": {}, "ER": {}}
    for chart in charts_of(read(name), "Perbandingan"):
        for series in chart.plots[0].series:
            told[series.name] |= dict(zip(chart.plots[0].categories, series.values, strict=True))
    assert told["Followers"] == {one.handle: one.followers for one in facts.creators}
    assert told["Rata-rata views"] == {
        one.handle: None if one.views is None else float(one.views) for one in facts.creators
    }
    assert told["ER"] == {one.handle: None if one.er is None else float(one.er) for one in facts.creators}
    sizes, niches = charts_of(read(name), "Sekilas")
    overview = overview_of(facts.creators)
    assert dict(zip(sizes.plots[0].categories, sizes.plots[0].series[0].values, strict=True)) == dict(overview.tiers)
    shown = dict(zip(niches.plots[0].categories, niches.plots[0].series[0].values, strict=True))
    assert shown == dict(overview.niches)


def test_what_opens_behind_a_chart_is_the_same_and_never_a_formula() -> None:
    chart = charts_of(read("hostile"), "Perbandingan")[0]
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    assert sheet is not None
    assert [cell.value for cell in sheet["A"][1:]] == list(chart.plots[0].categories)
    assert sheet["A2"].value == "@=1+1" and sheet["A2"].data_type == "s"
    assert [cell.value for cell in sheet["B"][1:]] == list(chart.plots[0].series[0].values)


def test_rates_stay_out_unless_they_are_asked_for() -> None:
    # Rates that the facts hold by mistake are not shown either.
    facts = replace(deck(6, Rates.HIDDEN), creators=creators(6, rates=True), brief=replace(BRIEF, budget=None))
    said = [text for slide in made(facts).slides for text in texts_of(slide)]
    assert "Tarif" not in said and not any("Rp" in text for text in said)
    shown = [text for slide in read("campaign").slides for text in texts_of(slide)]
    assert {format_rupiah(one.rate) for one in SAMPLES["campaign"].creators if one.rate} <= set(shown)
    assert "Perkiraan anggaran" not in titles_of(read("campaign"))


def test_the_budget_page_adds_up_and_says_what_it_leaves_out() -> None:
    facts = SAMPLES["six"]
    page = texts_of(read("six").slides[-2])
    known = [one.rate for one in facts.creators if one.rate]
    assert facts.budget is not None
    assert {format_rupiah(sum(known)), format_rupiah(facts.budget)} <= set(page)
    assert {"Kurang", format_rupiah(sum(known) - facts.budget)} <= set(page)
    assert any(text.startswith("2 kreator belum ada tarifnya, jadi belum ikut dijumlah.") for text in page)


@every_deck
def test_pages_are_wide_numbered_and_keep_the_margins(name: str) -> None:
    slides = read(name)
    assert (slides.slide_width, slides.slide_height) == (Pt(WIDTH), Pt(HEIGHT))
    assert slides.slide_width * 9 == slides.slide_height * 16
    for number, slide in enumerate(slides.slides, start=1):
        dark = slide.slide_layout.name == "Sampul"
        assert ([str(number)] if not dark else []) == re.findall(
            r'type="slidenum".*?<a:t>(\d+)</a:t>', slide.part.blob.decode()
        )
        for shape in slide.shapes:
            left, right = (0, WIDTH) if dark else (MARGIN, MARGIN + ACROSS)
            assert Pt(left) - 9 <= shape.left and shape.left + shape.width <= Pt(right) + 9, (number, shape.name)
            floor = HEIGHT if dark or shape.top >= Pt(FOOT) else FOOT
            assert shape.top >= 0 and shape.top + shape.height <= Pt(floor) + 9, (number, shape.name)


@every_deck
def test_colours_are_slots_of_the_brands_palette(name: str) -> None:
    for slide in read(name).slides:
        assert b"srgbClr" not in slide.part.blob


def lines_needed(paragraph: Any, width: float) -> int:
    (run,) = paragraph.runs
    style = Style(round(run.font.size.pt * 4), Weight.BOLD if run.font.bold else Weight.BODY)
    return max(1, len(wrap(paragraph.text, style, int(width * 4), 500)))


def frames_of(slides: Any) -> list[tuple[str, Any, float, float]]:
    """Every text frame with the points it has for text across and down."""
    found: list[tuple[str, Any, float, float]] = []
    for slide in slides.slides:
        for shape in slide.shapes:
            if shape.has_text_frame and shape.text_frame.text and "slidenum" not in shape._element.xml:
                frame = shape.text_frame
                inside = shape.width.pt - frame.margin_left.pt - frame.margin_right.pt
                found.append((slide.shapes.title.text_frame.text, frame, inside, shape.height.pt))
            if shape.has_table:
                for row in shape.table.rows:
                    for column, cell in zip(shape.table.columns, row.cells, strict=True):
                        found.append((cell.text, cell.text_frame, column.width.pt - 16, row.height.pt))
    return found


@every_deck
def test_every_text_fits_its_place(name: str) -> None:
    for where, frame, width, height in frames_of(read(name)):
        needed = 0.0
        for paragraph in frame.paragraphs:
            if not paragraph.runs:
                continue
            before = paragraph.space_before.pt if paragraph.space_before else 0
            leading = paragraph.line_spacing.pt if paragraph.line_spacing else paragraph.runs[0].font.size.pt * LEADING
            needed += lines_needed(paragraph, width) * leading + before
        # A line alone may be taller than its box: it stays in the middle of it.
        assert needed <= height + 2 or (len(frame.paragraphs) == 1 and needed <= height * 1.35), (where, frame.text)


@pytest.mark.skipif(not LIBERATION.is_dir(), reason="needs Liberation Sans, which is as wide as Arial")
@pytest.mark.parametrize("name", ["one", "six", "campaign", "fifty"])
def test_single_lines_fit_in_the_font_that_they_are_shown_in(name: str) -> None:
    fonts = {bold: ImageFont.truetype(LIBERATION / f"LiberationSans-{kind}.ttf", 100)
             for bold, kind in ((True, "Bold"), (False, "Regular"))}  # fmt: skip
    for where, frame, width, _ in frames_of(read(name)):
        for paragraph in frame.paragraphs:
            for run in paragraph.runs:
                if lines_needed(paragraph, width / 1.06) == 1:
                    taken = fonts[bool(run.font.bold)].getlength(run.text) * run.font.size.pt / 100
                    assert taken <= width, (where, run.text)


@settings(deadline=None)
@given(st.sampled_from([*HOSTILE.values(), "Kopi susu", "a b c " * 90]), st.integers(40, 500), st.integers(12, 200))
def test_what_is_fitted_fits_and_says_when_it_was_cut(text: str, width: int, height: int) -> None:
    line = fit_line(text, width, 24, 9)
    assert width_of(line.text, line.size) <= width
    assert line.cut == line.text.endswith("…") or text.endswith("…")
    block = fit_block(text, width, height, 20, 9)
    style = Style(round(block.size * 4))
    needed = sum(len(wrap(part, style, int(width * 4 / 1.06), 500)) for part in block.paragraphs)
    assert not block.paragraphs or needed * block.size * LEADING <= max(height, 9 * LEADING) + 1


def test_staff_hear_which_pages_were_shortened() -> None:
    shortened = [page.title for page in write_deck(hostile(), brand.load()).pages if page.trimmed]
    assert "Brief" in shortened
    assert [page.title for page in write_deck(deck(50), brand.load()).pages if page.trimmed] == []


def test_another_palette_and_font_need_no_code(tmp_path: Path) -> None:
    raw = json.loads(brand.FILE.read_text(encoding="utf-8"))
    raw["colours"]["accents"][0], raw["colours"]["ink"] = "#B3123C", "#220811"
    raw |= {"font": "Calibri", "community": "Komunitas Baru"}
    raw["closing"]["contact"] = ["kol@contoh.id"]
    (tmp_path / "brand.json").write_text(json.dumps(raw), encoding="utf-8")

    content = write_deck(deck(2), brand.load(tmp_path / "brand.json")).save()

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        theme = archive.read("ppt/theme/theme1.xml").decode()
        layouts = "".join(archive.read(name).decode() for name in archive.namelist() if "slideLayouts/slide" in name)
    assert '<a:dk1><a:srgbClr val="220811"/>' in theme and '<a:accent1><a:srgbClr val="B3123C"/>' in theme
    assert theme.count('latin typeface="Calibri"') == 2
    assert "Komunitas Baru · The Social Club Indonesia" in layouts
    assert "kol@contoh.id" in texts_of(list(opened(content).slides)[-1])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda raw: raw["colours"].update(muted="#EEEEEE"), "warna muted dan paper terlalu mirip"),
        (lambda raw: raw["colours"].update(ink="ungu"), "ungu bukan warna"),
        (lambda raw: raw["colours"].update(accents=["#6A4BF0"]), "accents harus 6 warna"),
        (lambda raw: raw.update(font="Impact"), "font harus salah satu dari Arial"),
        (lambda raw: raw.update(logo="../../etc/hostname"), "logo harus berkas gambar"),
        (lambda raw: raw.pop("company"), "tidak punya bagian 'company'"),
        (lambda raw: raw["closing"].update(lines="satu"), "lines dan contact harus daftar"),
    ],
)
def test_a_faulty_brand_file_is_refused_with_what_to_do(change: Any, said: str, tmp_path: Path) -> None:
    raw = json.loads(brand.FILE.read_text(encoding="utf-8"))
    change(raw)
    (tmp_path / "deck_brand.json").write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(DomainError, match=re.escape(said)):
        brand.load(tmp_path / "deck_brand.json")


@pytest.mark.parametrize(
    "contact",
    ["0812-3456-7890", "+62 812 3456 7890", "62812.3456.7890", "0812 345 678", "rara@contoh.co.id", "wa.me/62812345678",
     "https://t.me/rara_kreator"],
)  # fmt: skip
def test_contacts_typed_into_a_brief_stay_out(contact: str) -> None:
    assert public(f"Tanya {contact} ya") == f"Tanya {NO_CONTACT} ya"


@pytest.mark.parametrize(
    "text",
    ["Rp 812.345.678", "10.000-15.000 followers", "8 Maret 2026 pukul 08.00", "@rara.makeup", "085% x", "ER 0,86%"],
)
def test_amounts_dates_and_handles_are_no_contacts(text: str) -> None:
    assert public(text) == text


def test_the_sheet_says_the_same_in_numbers() -> None:
    facts = SAMPLES["six"]
    book = openpyxl.load_workbook(io.BytesIO(write_sheet(facts)))
    assert book.sheetnames == ["Kreator", "Skor", "Brief dan kriteria", "Anggaran"]
    header, *rows = [[cell.value for cell in row] for row in book["Kreator"].iter_rows(min_row=3)]
    told = [dict(zip(header, row, strict=True)) for row in rows]
    for one, row in zip(facts.creators, told, strict=True):
        figures = (one.followers, one.views, one.likes, one.comments, one.shares, one.er)
        names = ("Followers", "Rata-rata views", "Rata-rata like", "Rata-rata komentar", "Rata-rata share", "ER")
        assert (row["Username"], row["Skor"], row["Tarif (Rp)"]) == (one.username, one.score, one.rate)
        assert [row[name] for name in names] == [None if figure is None else float(figure) for figure in figures]
    scores = [[cell.value for cell in row] for row in book["Skor"].iter_rows(min_row=4)]
    assert [row[2:] for row in scores] == [[*(i.gained for i in one.points), one.score] for one in facts.creators]
    assert "Tarif (Rp)" not in [cell.value for cell in openpyxl.load_workbook(
        io.BytesIO(write_sheet(SAMPLES["one"])))["Kreator"][3]]  # fmt: skip


@every_deck
def test_the_picture_keeps_its_text_inside(name: str) -> None:
    picture = card_of(SAMPLES[name], 20)
    canvas = card.layout(picture)
    safe = canvas.box.inset(16)
    for placed in canvas.placed:
        assert placed.within.holds(placed.box, slack=6) and safe.holds(placed.box), placed.text
    assert len(card.alt_text(picture)) <= 1024
    if name in ("one", "six"):
        assert all(one.handle in {placed.text for placed in canvas.placed} for one in SAMPLES[name].creators)
