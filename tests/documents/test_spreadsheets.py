"""Reading tables out of spreadsheets, and writing ones that hold no formula."""

import csv
import io
import time
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platform.files import FileKind, FileRefused, check_upload
from bot.platform.spreadsheet_files import Percent, Sheet, write_csv, write_xlsx
from bot.platform.spreadsheets import CellValue, Formula, Table, escape_text, read_tables, unescape_text
from tests.documents.workbooks import (
    cells,
    lying_about_sizes,
    saved,
    sheet_xml,
    with_members,
    with_shared_strings,
    workbook,
)


def tables(data: bytes, max_rows: int = 20_000) -> list[Table]:
    return read_tables(check_upload(data, {FileKind.SPREADSHEET}), max_rows)


def rows(data: bytes) -> list[tuple[CellValue, ...]]:
    return [row.cells for row in tables(data)[0].rows]


def refusal(data: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        tables(data)
    return refused.value.message


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_even_below_titles_and_beside_decimal_commas(delimiter: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([["Judul, dengan koma"], [], ["NO", "NAMA", "LIKE"], ["1", "rara; dan\nkawan", "12,4rb"]])
    read = tables(out.getvalue().encode())[0].rows
    assert [row.number for row in read] == [1, 3, 4]
    assert read[-1].cells == ("1", "rara; dan\nkawan", "12,4rb")


def test_the_delimiter_a_file_declares_is_used() -> None:
    assert rows(b"sep=;\r\na,b;c\r\n") == [("a,b", "c")]


def test_a_quote_that_is_never_closed_is_refused_once_it_swallows_the_file() -> None:
    assert "tanda kutip" in refusal(b'a;b\n1;"never closed ' + b"x;y\n" * 50_000)


def test_cells_of_a_workbook_come_as_people_see_them() -> None:
    book = workbook([1.0, " rara ", True, date(2026, 3, 9), 3.5, None, "#N/A"], title=None, header=["a"])
    sheet = book.worksheets[0]
    sheet["A3"], sheet["B3"], sheet["C3"] = 0.04, 3.3609, 0.0376
    for cell, shown in (("A3", "0.00%"), ("B3", "0%"), ("C3", "0.0000%")):
        sheet[cell].number_format = shown
    assert rows(saved(book)) == [
        ("a",),
        (1, "rara", True, date(2026, 3, 9), 3.5, None, "#N/A"),
        ("4.00%", "336%", "3.7600%"),
    ]


def test_formulas_are_told_apart_and_their_cached_values_never_used() -> None:
    book = workbook(["=1+1", "=SUM(A1:A9)"], title=None, header=["a", "b"])
    formula_with_value = sheet_xml('<row r="1"><c r="A1"><f>1+1</f><v>54700</v></c><c r="B1"><v>2</v></c></row>')
    assert rows(saved(book))[1] == (Formula("=1+1"), Formula("=SUM(A1:A9)"))
    assert rows(with_members(saved(book), {"xl/worksheets/sheet1.xml": formula_with_value})) == [(Formula("=1+1"), 2)]
    assert rows(b"a;b\n =1+1;'=1+1\n")[1] == (Formula("=1+1"), "=1+1")


def test_merged_cells_hold_their_value_in_every_cell() -> None:
    book = workbook(["x", None, "p"], ["y", None, None], ["z", None, "q"], title=None, header=["a", "b", "c"])
    sheet = book.worksheets[0]
    sheet.merge_cells("A2:B2")
    sheet.merge_cells("C2:C3")
    assert rows(saved(book)) == [("a", "b", "c"), ("x", "x", "p"), ("y", None, "p"), ("z", None, "q")]


def test_a_range_over_the_whole_sheet_costs_nothing() -> None:
    body = '<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="B9"><v>2</v></c></row>'
    whole = sheet_xml(body, '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    assert rows(with_members(saved(workbook()), {"xl/worksheets/sheet1.xml": whole})) == [(1,) * 64, (1,) * 64]


def test_ranges_that_overlap_without_end_are_refused() -> None:
    merged = "".join('<mergeCell ref="A1:BL20000"/>' for _ in range(2_000))
    body = "".join(f'<row r="{i}"><c r="A{i}"><v>1</v></c></row>' for i in range(1, 500))
    hostile = with_members(
        saved(workbook()), {"xl/worksheets/sheet1.xml": sheet_xml(body, f"<mergeCells>{merged}</mergeCells>")}
    )
    assert "tidak wajar" in refusal(hostile)


def test_every_visible_worksheet_is_read_and_hidden_or_empty_ones_are_not() -> None:
    book = workbook(["x"], title=None, header=["a"])
    book.create_sheet("kosong")
    book.create_sheet("kedua").append(["b"])
    hidden = book.create_sheet("rahasia")
    hidden.append(["c"])
    hidden.sheet_state = "hidden"
    assert [table.name for table in tables(saved(book))] == ["Sheet", "kedua"]


def test_200000_rows_are_refused_quickly_and_with_a_sentence() -> None:
    row = '<row r="{0}"><c r="A{0}"><v>1</v></c></row>'
    body = "".join(row.format(i) for i in range(1, 200_001))
    started = time.perf_counter()
    many = with_members(saved(workbook()), {"xl/worksheets/sheet1.xml": sheet_xml(body)})
    made = time.perf_counter()
    assert "paling banyak 20.000 baris" in refusal(many)
    assert "paling banyak 20.000 baris" in refusal(b"1;2\n" * 200_000)
    assert time.perf_counter() - made < max(5.0, made - started)


def test_rows_and_columns_far_out_cost_little() -> None:
    far = sheet_xml('<row r="1048576"><c r="XFD1048576"><v>1</v></c><c r="A1048576"><v>2</v></c></row>')
    assert [
        row.number for row in tables(with_members(saved(workbook()), {"xl/worksheets/sheet1.xml": far}))[0].rows
    ] == [1_048_576]
    beyond = sheet_xml('<row r="999999999999"><c r="A1"><v>1</v></c></row>')
    assert tables(with_members(saved(workbook()), {"xl/worksheets/sheet1.xml": beyond})) == []


BILLION_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">'
    + b"".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">'.encode() for i in range(9))
    + b"]>"
)


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"]
)
def test_billion_laughs_are_not_laughed_at(part: str) -> None:
    hostile = BILLION_LAUGHS + sheet_xml('<row r="1"><c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row>')
    started = time.perf_counter()
    assert "rusak" in refusal(with_members(saved(workbook(["x"])), {part: hostile}))
    assert time.perf_counter() - started < 5


def test_billion_laughs_are_not_laughed_at_among_the_shared_texts_either() -> None:
    strings = BILLION_LAUGHS + b"<sst><si><t>&j;</t></si></sst>"
    hostile = with_shared_strings(
        saved(workbook()), strings, sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
    )
    assert "rusak" in refusal(hostile)


def test_texts_that_excel_keeps_in_a_part_of_their_own_are_read() -> None:
    namespace = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    strings = f"<sst {namespace}><si><t> rara </t></si><si><r><t>da</t></r><r><t>pur</t></r></si></sst>".encode()
    sheet = sheet_xml('<row r="1"><c r="A1" t="s"><v>1</v></c><c r="C1" t="s"><v>0</v></c></row>')
    assert rows(with_shared_strings(saved(workbook()), strings, sheet)) == [("dapur", None, "rara")]


def test_an_external_entity_is_not_read() -> None:
    hostile = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + sheet_xml(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row>'
    )
    assert "rusak" in refusal(with_members(saved(workbook()), {"xl/worksheets/sheet1.xml": hostile}))


def test_openpyxl_parses_with_defusedxml() -> None:
    assert openpyxl.DEFUSEDXML


def test_a_member_that_lies_about_its_size_is_refused() -> None:
    assert "rusak" in refusal(lying_about_sizes(saved(workbook(["x"] * 50)), "xl/worksheets/sheet1.xml"))


@pytest.mark.parametrize(
    "xml", [b"", b"<worksheet", b"\x00\x01", b"<html/>", sheet_xml('<row r="x"><c r="??"/></row>')]
)
def test_damaged_worksheets_are_refused_or_empty(xml: bytes) -> None:
    data = with_members(saved(workbook()), {"xl/worksheets/sheet1.xml": xml})
    try:
        assert tables(data) == []
    except FileRefused as refused:
        assert "rusak" in refused.message


RISKY = ["=1+1", "+62812", "-5", "@rara", "\tx", "\rx", " =1", "'=1", "''@x"]


@pytest.mark.parametrize("text", RISKY)
def test_text_that_would_start_a_formula_is_escaped_and_comes_back(text: str) -> None:
    assert escape_text(text).startswith("'")
    assert unescape_text(escape_text(text)) == text


@given(st.text())
def test_escaping_loses_nothing(text: str) -> None:
    assert unescape_text(escape_text(text)) == text
    assert not escape_text(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_written_workbook_has_values_where_they_belong_and_no_formula() -> None:
    sheet = Sheet(
        "Kol/Baru: [1]",
        ["Judul"],
        ["NO", "NAMA", "ER", "TANGGAL", "RUMUS"],
        [
            [1, "=HYPERLINK(1)", Percent(Decimal("0.0376")), date(2026, 3, 9), Formula("=1+1")],
            [2, "a\x0bb", None, None, "-x"],
        ],
    )
    data = write_xlsx([sheet])
    book = openpyxl.load_workbook(io.BytesIO(data))
    written = book.worksheets[0]
    assert (written.title, written.freeze_panes) == ("Kol Baru   1 ", "A3")
    assert (written["B3"].value, written["B3"].data_type) == ("'=HYPERLINK(1)", "s")
    assert (written["C3"].value, written["C3"].number_format) == (0.0376, "0.00%")
    assert (written["E3"].value, written["E4"].value) == ("'=1+1", "'-x")
    assert written["A2"].font.bold and written.column_dimensions["B"].width >= 16
    assert all(cell.data_type != "f" for row in written.iter_rows() for cell in row)
    assert cells(data)[3][1] == "ab"


def test_a_written_csv_opens_in_excel_as_it_is() -> None:
    sheet = Sheet("x", ["Judul"], ["NO", "ER", "NAMA"], [[1, Percent(Decimal("3.3609")), "@rara"], [2, None, "a,b"]])
    data = write_csv(sheet)
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig").splitlines() == ["Judul,,", "NO,ER,NAMA", "1,336.09%,'@rara", '2,,"a,b"']


@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=4), min_size=1, max_size=6))
def test_no_text_ever_becomes_a_formula_in_either_format(texts: list[list[str]]) -> None:
    sheet = Sheet("x", [], ["A"], texts)
    for data in (write_csv(sheet), write_xlsx([sheet])):
        read = tables(data)[0]
        assert not any(isinstance(cell, Formula) for row in read.rows for cell in row.cells)
