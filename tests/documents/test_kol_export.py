"""KOL sheets written by us: the division's layout, safe to open, and no news when they come back."""

import csv
import io
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.creators.import_plan import plan_import
from bot.creators.models import (
    AgeBand,
    ContentType,
    CreatorRecord,
    Gender,
    Metrics,
    Niche,
    Platform,
)
from bot.creators.sheet import read_sheet
from bot.creators.sheet_export import export_csv, export_xlsx, write_rejected
from tests.documents.workbooks import HEADER, cells, saved, workbook

DATA = Path(__file__).parent.parent / "data"
TIKTOK = (DATA / "kol_tiktok.csv").read_bytes()
MESSY = (DATA / "kol_instagram_berantakan.csv").read_bytes()

FIGURES = st.one_of(st.none(), st.integers(0, 10_000_000))
AVERAGES = st.one_of(FIGURES, st.decimals(0, 10_000, places=2).filter(lambda one: one != int(one)))
CONTACTS = st.one_of(
    st.none(),
    st.sampled_from(
        ["+6281234567890", "+16502530000", "rara@example.com", "@rara_line", "a.n. Rara", "=1+1", "-5", "'x"]
    ),
)


RECORDS = st.builds(
    CreatorRecord,
    platform=st.sampled_from([Platform.TIKTOK, Platform.INSTAGRAM]),
    username=st.from_regex(r"[a-z0-9_]{2,20}", fullmatch=True),
    age_band=st.one_of(st.none(), st.sampled_from(AgeBand)),
    gender=st.one_of(st.none(), st.sampled_from(Gender)),
    niche_1=st.one_of(st.none(), st.sampled_from(Niche)),
    niche_2=st.one_of(st.none(), st.sampled_from(Niche)),
    content_type=st.one_of(st.none(), st.sampled_from(ContentType)),
    affiliate=st.one_of(st.none(), st.booleans()),
    metrics=st.builds(Metrics, FIGURES, AVERAGES, AVERAGES, AVERAGES, AVERAGES),
    reported_er=st.one_of(st.none(), st.integers(0, 20_000_000).map(lambda ppm: Decimal(ppm) / 1_000_000)),
    contact=CONTACTS,
)


def test_the_divisions_own_sheet_comes_out_as_it_went_in_with_the_er_computed() -> None:
    records = [row.record for row in read_sheet(TIKTOK).rows]
    exported = list(csv.reader(io.StringIO(export_csv(records).decode("utf-8-sig"))))
    original = list(csv.reader(io.StringIO(TIKTOK.decode())))
    er = HEADER.index("ER")
    assert [[*row[:er], *row[er + 1 :]] for row in exported] == [[*row[:er], *row[er + 1 :]] for row in original]
    assert [row[er] for row in exported[3:]] == ["337.27%", "3.76%", "1.59%", "0.63%", "2.04%", "36.49%"]


@pytest.mark.parametrize("export", [export_csv, export_xlsx])
def test_an_er_that_contradicts_the_figures_goes_out_beside_the_computed_one_and_comes_back(
    export: Callable[[Sequence[CreatorRecord]], bytes],
) -> None:
    metrics = Metrics(10_000, 1, 390, 9, 1)
    wrong = CreatorRecord(Platform.TIKTOK, "rara", metrics=metrics, reported_er=Decimal("0.09"))
    alone = CreatorRecord(Platform.TIKTOK, "rere", reported_er=Decimal("0.05"))
    rounded = CreatorRecord(Platform.TIKTOK, "riri", metrics=metrics, reported_er=Decimal("0.04"))

    reading = read_sheet(export([wrong, alone, rounded]))

    assert "ER LEMBAR" not in reading.sheets[0].ignored
    assert reading.sheets[0].headings[-2:] == ("CONTACT", "ER LEMBAR")
    assert [row.record.reported_er for row in reading.rows] == [Decimal("0.09"), Decimal("0.05"), Decimal("0.0399")]
    assert plan_import({one.key: one for one in (wrong, alone, rounded)}, reading).changes_nothing
    assert "ER LEMBAR" not in read_sheet(export([rounded])).sheets[0].headings


def test_averages_go_out_with_their_decimals() -> None:
    record = CreatorRecord(Platform.TIKTOK, "rara", metrics=Metrics(10_000, 1, Decimal("300.6"), Decimal("20.5"), 1))
    line = export_csv([record]).decode("utf-8-sig").splitlines()[-1]
    assert line.endswith("10000,1,300.6,20.5,1,3.21%,")
    assert cells(export_xlsx([record]))[3][10:12] == [300.6, 20.5]


def test_the_workbook_has_the_divisions_layout_with_numbers_as_numbers() -> None:
    records = [row.record for row in read_sheet(TIKTOK).rows]
    book = openpyxl.load_workbook(io.BytesIO(export_xlsx(records)))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[3]] == HEADER
    assert sheet["A2"].value == "THE SOCIAL CLUB DATABASE (TIKTOK CREATORS)"
    assert sheet.freeze_panes == "A4" and sheet.title == "TikTok"
    assert (sheet["I4"].value, sheet["N4"].value, sheet["N4"].number_format) == (3_249, 3.3727, "0.00%")


def test_each_platform_has_its_worksheet_and_a_mixed_csv_a_column() -> None:
    records = [row.record for data in (TIKTOK, MESSY) for row in read_sheet(data).rows]
    assert openpyxl.load_workbook(io.BytesIO(export_xlsx(records))).sheetnames == ["TikTok", "Instagram"]
    assert read_sheet(export_csv(records)).rows[-1].record == records[-1]
    assert cells(export_xlsx([]))[2] == HEADER


def test_a_phone_goes_out_as_people_dial_it_and_a_missing_er_as_we_compute_it() -> None:
    record = CreatorRecord(Platform.TIKTOK, "rara", metrics=Metrics(10_000, 1, 390, 9, 1), contact="+6281234567890")
    line = export_csv([record]).decode("utf-8-sig").splitlines()[-1]
    assert line.endswith("3.99%,0812-3456-7890")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(RECORDS, min_size=1, max_size=6, unique_by=lambda record: record.key), st.booleans())
def test_importing_our_own_export_changes_nothing(records: list[CreatorRecord], as_workbook: bool) -> None:
    reading = read_sheet(export_xlsx(records) if as_workbook else export_csv(records))
    assert not reading.rejected, reading.rejected
    plan = plan_import({record.key: record for record in records}, reading)
    assert plan.changes_nothing, [change.message for row in plan.changed for change in row.changes]
    assert len(plan.unchanged) == len(records)
    by_key = {row.record.key: row.record for row in reading.rows}
    assert all(by_key[record.key].contact == record.contact for record in records)


def test_a_rate_too_absurd_to_read_back_is_left_out() -> None:
    record = CreatorRecord(Platform.TIKTOK, "rara", metrics=Metrics(1, 1, 0, 1_001, 1))
    assert not read_sheet(export_csv([record])).rejected


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-1", "@sum", "\t=1"])
def test_a_contact_that_would_start_a_formula_is_escaped_in_both_formats(text: str) -> None:
    record = CreatorRecord(Platform.TIKTOK, "rara", contact=text)
    assert cells(export_xlsx([record]))[3][-1] == f"'{text}"
    assert list(csv.reader(io.StringIO(export_csv([record]).decode("utf-8-sig"))))[3][-1] == f"'{text}"


def test_rejected_rows_come_back_as_they_were_with_every_reason() -> None:
    reading = read_sheet(MESSY)
    handed_back = cells(write_rejected(reading))
    header, duplicate, formula, wrong, nameless = handed_back[2:]
    assert header[:3] == ["No", "Username", "Est. Usia"]
    assert header[-2:] == ["ALASAN", "BARIS ASAL"]
    assert [row[-1] for row in handed_back[3:]] == [5, 6, 7, 8]
    assert "Sama dengan baris 4" in duplicate[-2]
    assert formula[1] == '\'=HYPERLINK("http://example.com","klik")'
    assert wrong[6] == "E (Legend)" and all(text in wrong[-2] for text in ("E (Legend)", "-200", "abc"))
    assert nameless[-2] == "USERNAME: kosong."


def test_corrected_rows_can_be_sent_in_as_they_were_handed_back() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_rejected(read_sheet(MESSY))))
    sheet = book.worksheets[0]
    sheet["G6"], sheet["I6"], sheet["J6"] = "C", 200, "1,5rb"
    reading = read_sheet(saved(book))
    assert [(row.record.username, row.record.platform) for row in reading.rows] == [
        ("jalan.santuy", Platform.INSTAGRAM),
        ("glow.byintan", Platform.INSTAGRAM),
    ]
    again = cells(write_rejected(reading))
    assert again[2].count("ALASAN") == 1
    assert "USERNAME" in again[3][-2]


def test_rejected_rows_of_several_worksheets_stay_apart() -> None:
    book = workbook(["1", ""] + ["x"] * 3)
    second = book.create_sheet("INSTAGRAM")
    second.append(HEADER)
    second.append([1, "a b"])
    handed_back = openpyxl.load_workbook(io.BytesIO(write_rejected(read_sheet(saved(book)))))
    assert handed_back.sheetnames == ["Sheet", "INSTAGRAM"]
    assert handed_back.worksheets[1]["A2"].value == "THE SOCIAL CLUB DATABASE (INSTAGRAM CREATORS)"


def test_nothing_rejected_still_gives_a_workbook_that_opens() -> None:
    assert cells(write_rejected(read_sheet(TIKTOK))) == [["ALASAN"]]
