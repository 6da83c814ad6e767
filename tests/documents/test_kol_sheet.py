"""Reading KOL sheets as people really keep them."""

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.creators.models import AgeBand, ContentType, CreatorRecord, Gender, Metrics, Niche, Platform
from bot.creators.rules import FlagKind
from bot.creators.sheet import AcceptedRow, PlatformNeeded, SheetReading, read_sheet
from bot.platform.files import FileRefused
from tests.documents.workbooks import HEADER, saved, sheet_xml, with_members, workbook

DATA = Path(__file__).parent.parent / "data"
TIKTOK = (DATA / "kol_tiktok.csv").read_bytes()
MESSY = (DATA / "kol_instagram_berantakan.csv").read_bytes()


def as_workbook(data: bytes, delimiter: str) -> bytes:
    """The same cells as an XLSX, all of them text, as when a CSV is opened without a thought."""
    book = workbook(title=None, header=[])
    for row in csv.reader(io.StringIO(data.decode()), delimiter=delimiter):
        book.worksheets[0].append(row)
    return saved(book)


def row(**values: object) -> list[object]:
    """A data row by heading."""
    named = {"USERNAME": "rara", "FOLLOWERS": 12_000, **{key.replace("_", " "): value for key, value in values.items()}}
    return [named.get(heading.replace(".", "").replace("  ", " ")) for heading in HEADER]


def one(*rows: list[object]) -> AcceptedRow:
    reading = read_sheet(saved(workbook(*rows)))
    assert not reading.rejected, reading.rejected
    return reading.rows[0]


def reasons(*rows: list[object]) -> tuple[str, ...]:
    return read_sheet(saved(workbook(*rows))).rejected[0].reasons


@pytest.mark.parametrize("data", [TIKTOK, as_workbook(TIKTOK, ",")], ids=["csv", "xlsx"])
def test_the_divisions_own_sheet_gives_its_six_creators(data: bytes) -> None:
    reading = read_sheet(data, "kol_tiktok.csv")
    assert not reading.rejected
    assert reading.platforms == [Platform.TIKTOK]
    assert [row.number for row in reading.rows] == [4, 5, 6, 7, 8, 9]
    assert reading.rows[1].record == CreatorRecord(
        platform=Platform.TIKTOK,
        username="masavufirda",
        age_band=AgeBand.FROM_25,
        gender=Gender.FEMALE,
        niche_1=Niche.BEAUTY,
        niche_2=Niche.SKINCARE,
        content_type=ContentType.MIDDLE,
        affiliate=True,
        metrics=Metrics(10_500, 2_300, 362, 33, 27),
        reported_er=Decimal("0.0376"),
        contact="masavufirda@example.com",
    )
    flagged = {row.record.username: {flag.kind for flag in row.flags} for row in reading.rows if row.flags}
    assert flagged == {
        "paetishak": {FlagKind.HIGH_ENGAGEMENT, FlagKind.HIGH_VIEWS},
        "hiffanytanujaya": {FlagKind.HIGH_ENGAGEMENT},
    }


@pytest.mark.parametrize("data", [MESSY, as_workbook(MESSY, ";")], ids=["csv", "xlsx"])
def test_a_messy_sheet_gives_its_good_rows_and_every_reason_against_the_bad_ones(data: bytes) -> None:
    reading = read_sheet(data, "kol_instagram_berantakan.csv")
    first, second = (row.record for row in reading.rows)
    assert (first.username, first.platform) == ("dapur.bunda_rara", Platform.INSTAGRAM)
    assert first.metrics == Metrics(1_200_000, 85_300, 12_400, 310, 92)
    assert (first.gender, first.affiliate, first.content_type) == (Gender.FEMALE, True, ContentType.TOP)
    assert first.contact == "+6281234567890"
    assert (second.username, second.age_band, second.affiliate) == ("jalan.santuy", AgeBand.FROM_18, False)
    assert second.metrics == Metrics(54_700, 21_000, 2_100, 88, 15)
    assert second.reported_er == Decimal("0.04")

    duplicate, formula, wrong, nameless = reading.rejected
    assert duplicate.reasons == ("Sama dengan baris 4: @jalan.santuy sudah ada di berkas ini.",)
    assert formula.reasons[0].startswith("USERNAME: berisi rumus")
    assert len(wrong.reasons) == 3
    assert all(any(text in reason for reason in wrong.reasons) for text in ("E (Legend)", "-200", "abc"))
    assert nameless.reasons == ("USERNAME: kosong.",)
    assert [rejected.number for rejected in reading.rejected] == [5, 6, 7, 8]


def test_every_row_is_accounted_for_and_no_contact_shows_in_a_log() -> None:
    reading = read_sheet(MESSY)
    assert len(reading.rows) + len(reading.rejected) == 6
    logged = repr(reading) + repr(reading.rows) + repr(reading.rejected) + repr(reading.rows[0].record)
    assert "0812" not in logged and "6281" not in logged and "@example.com" not in logged


def test_headings_are_known_by_their_synonyms_in_any_order() -> None:
    named = {
        "Link Akun": "tiktok.com/@rara",
        "Rata-rata Tayangan": "21K",
        "Jumlah Pengikut": "1,2jt",
        "rata2 like": "2.100",
        "Rata-rata komen": 88,
        "Jenis Kelamin": "P",
        "UMUR": "27",
        "Kategori": "Kuliner",
        "kategori 2": "Gaya hidup",
        "Tipe Konten": "B",
        "Afiliasi": "Tidak",
        "No. HP": 81234567890,
        "Folowers lama": "x",
        "Catatan": "ok",
    }
    reading = read_sheet(saved(workbook(list(named.values()), header=list(named))))
    record = reading.rows[0].record
    assert record.metrics == Metrics(1_200_000, 21_000, 2_100, 88, None)
    assert (record.username, record.gender, record.age_band) == ("rara", Gender.FEMALE, AgeBand.FROM_25)
    assert (record.niche_1, record.niche_2, record.affiliate) == (Niche.FOOD, Niche.LIFESTYLE, False)
    assert record.contact == "+6281234567890"
    assert reading.sheets[0].ignored == ("Folowers lama", "Catatan")


def test_a_misspelt_heading_is_understood_and_the_right_one_wins_over_a_synonym() -> None:
    header = ["USERNAME", "FOLLOWRES", "Views", "AVG. VIEWS", "AVG LIKES", "AVG.COM"]
    reading = read_sheet(saved(workbook(["rara", 12_000, 999_999, 2_000, 300, 10], header=header)))
    assert reading.rows[0].record.metrics == Metrics(12_000, 2_000, 300, 10, None)
    assert reading.sheets[0].ignored == ("Views",)


def test_a_heading_merged_over_both_niches_names_both() -> None:
    book = workbook(row(NICHE_1="Food", NICHE_2="Travel"), row(USERNAME="rere"))
    sheet = book.worksheets[0]
    sheet["E2"] = "NICHE"
    sheet.merge_cells("E2:F2")
    # Someone merged the gender and the niches of two creators in a row.
    sheet["D3"] = "Female"
    sheet.merge_cells("D3:D4")
    first, second = (row.record for row in read_sheet(saved(book)).rows)
    assert (first.niche_1, first.niche_2) == (Niche.FOOD, Niche.TRAVEL)
    assert first.gender is second.gender is Gender.FEMALE


def test_title_rows_over_the_whole_width_and_headings_repeated_below_do_no_harm() -> None:
    book = workbook(row(), HEADER, row(USERNAME="rere"), row(USERNAME=None, FOLLOWERS=None, NO=3))
    book.worksheets[0].merge_cells("A1:O1")
    reading = read_sheet(saved(book))
    assert [row.record.username for row in reading.rows] == ["rara", "rere"]
    assert not reading.rejected


def test_several_worksheets_are_read_each_for_its_platform() -> None:
    book = workbook(row(), row(USERNAME="sama"))
    second = book.create_sheet("INSTAGRAM")
    second.append(HEADER)
    second.append(row(USERNAME="rara"))
    third = book.create_sheet("tiktok lagi")
    third.append(HEADER)
    third.append(row(USERNAME="@Sama"))
    book.create_sheet("Catatan").append(["rapat hari Jumat"])
    reading = read_sheet(saved(book))
    assert [(row.record.platform, row.record.username) for row in reading.rows] == [
        (Platform.TIKTOK, "rara"),
        (Platform.TIKTOK, "sama"),
        (Platform.INSTAGRAM, "rara"),
    ]
    assert reading.rejected[0].reasons == ("Sama dengan baris 4 di lembar “Sheet”: @sama sudah ada di berkas ini.",)


def test_a_list_that_mixes_platforms_says_so_in_a_column() -> None:
    header = ["PLATFORM", "USERNAME", "FOLLOWERS"]
    reading = read_sheet(
        saved(workbook(["IG", "rara", 1], ["TikTok", "rara", 2], ["", "rere", 3], title=None, header=header))
    )
    assert [row.record.platform for row in reading.rows] == [Platform.INSTAGRAM, Platform.TIKTOK]
    assert reading.rejected[0].reasons == ("PLATFORM: kosong.",)


def test_a_sheet_that_does_not_name_its_platform_asks_for_it() -> None:
    data = saved(workbook(row(), title="Database KOL"))
    with pytest.raises(PlatformNeeded, match="Pilih platform"):
        read_sheet(data)
    assert read_sheet(data, platform=Platform.SHOPEE).platforms == [Platform.SHOPEE]


def test_a_platform_that_contradicts_the_title_is_refused() -> None:
    with pytest.raises(FileRefused, match="Judul lembar menyebut TikTok, tetapi yang dipilih Instagram"):
        read_sheet(TIKTOK, platform=Platform.INSTAGRAM)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"satu;dua;tiga\n1;2;3\n", "Baris judul kolom tidak ditemukan"),
        (saved(workbook()), "Tidak ada baris data"),
        (b"%PDF-1.7 %%EOF", "Jenis file"),
        (b"", "kosong"),
    ],
)
def test_a_file_that_is_no_kol_sheet_is_refused_with_what_to_do(data: bytes, why: str) -> None:
    with pytest.raises(FileRefused, match=why):
        read_sheet(data)


def test_a_formula_is_never_believed_whatever_value_lies_beside_it() -> None:
    assert reasons(row(FOLLOWERS="=A1+1")) == (
        "FOLLOWERS: berisi rumus. Salin, lalu tempel sebagai nilai (Paste values).",
    )
    assert reasons(row(CONTACT='=HYPERLINK("http://example.com")'))[0].startswith("CONTACT: berisi rumus")
    titles = '<row r="1"><c r="A1" t="inlineStr"><is><t>(TIKTOK CREATORS)</t></is></c></row>'
    heads = "".join(
        f'<c r="{column}2" t="inlineStr"><is><t>{name}</t></is></c>'
        for column, name in zip("ABC", ("USERNAME", "FOLLOWERS", "ER"), strict=True)
    )
    cells = '<c r="A3" t="inlineStr"><is><t>rara</t></is></c><c r="B3"><f>9*9</f><v>54700</v></c>'
    cached = sheet_xml(f'{titles}<row r="2">{heads}</row><row r="3">{cells}</row>')
    reading = read_sheet(with_members(saved(workbook()), {"xl/worksheets/sheet1.xml": cached}))
    assert reading.rejected[0].reasons[0].startswith("FOLLOWERS: berisi rumus")


def test_a_formula_in_the_er_or_number_column_costs_nothing_since_neither_is_needed() -> None:
    accepted = one(row(NO="=ROW()-2", ER="=(K3+L3)/I3"))
    assert accepted.record.reported_er is None
    assert accepted.notes == ("ER di lembar berupa rumus, jadi diabaikan. Bot menghitung ER sendiri.",)


def test_numbers_that_can_be_read_in_two_ways_are_handed_back() -> None:
    wrong = reasons(row(FOLLOWERS="1.2.3jt", AVG_VIEWS="12,400", AVG_LIKE="9" * 12, AVG_COM=True))
    assert [reason.split(":")[0] for reason in wrong] == ["FOLLOWERS", "AVG. VIEWS", "AVG. LIKE", "AVG. COM"]


def test_percentages_are_read_however_the_cell_holds_them() -> None:
    written = {"aa": "4,00%", "bb": 0.0376, "cc": 3.3609, "dd": None, "ee": "3.76"}
    book = workbook(*(row(USERNAME=name, ER=rate) for name, rate in written.items()))
    book.worksheets[0]["N4"].number_format = book.worksheets[0]["N5"].number_format = "0.00%"
    rates = {row.record.username: row.record.reported_er for row in read_sheet(saved(book)).rows}
    percent = Decimal("0.0376")
    assert rates == {"aa": Decimal("0.04"), "bb": percent, "cc": Decimal("3.3609"), "dd": None, "ee": percent}


@pytest.mark.parametrize("error", ["#DIV/0!", "#N/A", "#REF!", "#ERROR!"])
def test_the_error_of_a_formula_in_the_er_column_costs_nothing_and_elsewhere_is_named(error: str) -> None:
    accepted = one(row(ER=error))
    assert accepted.record.reported_er is None
    assert accepted.notes == ("ER di lembar berisi galat seperti #DIV/0!, jadi diabaikan. Bot menghitung ER sendiri.",)
    assert reasons(row(FOLLOWERS="#REF!")) == (
        "FOLLOWERS: berisi galat spreadsheet #REF!. Perbaiki rumusnya, atau isi nilainya.",
    )
    assert reasons(row(CONTACT="#VALUE!"))[0].startswith("CONTACT: berisi galat")
    assert one(row(CONTACT="#rara")).record.contact == "#rara"


@pytest.mark.parametrize(
    ("written", "likes", "meant"),
    [
        ("0.11", 13, "0.0011"),
        ("0,11", 13, "0.0011"),
        ("0.11", 1_320, "0.11"),
        (0.11, 1_320, "0.11"),
        ("0.11", 600, None),
        ("0.11", None, None),
        ("11%", 600, "0.11"),
        ("11", 600, "0.11"),
        ("3.36", 40_320, "3.36"),
        ("1", 12_000, "1"),
        ("1", 120, "0.01"),
        ("0", 600, "0"),
    ],
)
def test_a_bare_er_is_the_one_that_the_figures_give(written: object, likes: int | None, meant: str | None) -> None:
    accepted = one(row(ER=written, AVG_LIKE=likes, AVG_COM=0))
    assert accepted.record.reported_er == (None if meant is None else Decimal(meant))
    assert [note[:32] for note in accepted.notes] == ([] if meant else ["ER di lembar ditulis tanpa tanda"])


def test_averages_may_have_decimals_and_followers_the_zeros_of_an_export() -> None:
    accepted = one(row(FOLLOWERS="10000.0", AVG_VIEWS=20.0, AVG_LIKE="300,6", AVG_COM="20.5", ER="3,21%"))
    assert accepted.record.metrics == Metrics(10_000, 20, Decimal("300.6"), Decimal("20.5"))
    assert FlagKind.REPORTED_DIFFERS not in {flag.kind for flag in accepted.flags}
    assert reasons(row(FOLLOWERS="12.5"))[0].startswith("FOLLOWERS: Angka “12.5” tidak jelas")


def test_names_in_emoji_or_right_to_left_are_refused_and_do_not_upset_the_answer() -> None:
    for name in ("rara💄", "\u202eolleh", "قهوة", "rаrа"):
        (reason,) = reasons(row(USERNAME=name))
        assert reason.startswith("USERNAME: Username")
        assert "\u202e" not in reason


def test_a_contact_is_kept_as_a_phone_an_address_or_a_short_text_and_never_quoted() -> None:
    assert one(row(CONTACT=" Rara@Example.COM ")).record.contact == "rara@example.com"
    assert one(row(CONTACT="0812-3456-7890 a.n. Rara")).record.contact == "0812-3456-7890 a.n. Rara"
    assert one(row(CONTACT="@rara_line")).record.contact == "@rara_line"
    for bad in ("rara\u202e@example.com", "rahasia " * 40):
        (reason,) = reasons(row(CONTACT=bad))
        assert reason.startswith("CONTACT: ") and "rahasia" not in reason and "example" not in reason


def test_minors_are_not_kept() -> None:
    assert "di bawah 18" in reasons(row(EST_USIA="13-17"))[0]


def test_the_first_good_row_wins_even_after_a_bad_one() -> None:
    reading = read_sheet(saved(workbook(row(FOLLOWERS=-1), row(FOLLOWERS=2), row(FOLLOWERS=3))))
    assert [accepted.record.metrics.followers for accepted in reading.rows] == [2]
    assert "Sama dengan baris 4" in reading.rejected[1].reasons[0]


def test_more_creators_than_the_limit_are_refused() -> None:
    lines = "USERNAME;FOLLOWERS;ER\n" + "".join(f"user{i};1;\n" for i in range(20_001))
    with pytest.raises(FileRefused, match=r"[Pp]aling banyak 20\.000"):
        read_sheet(lines.encode(), platform=Platform.TIKTOK)


CELLS = st.one_of(
    st.none(), st.text(max_size=25), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.booleans()
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(CELLS, min_size=15, max_size=15), min_size=1, max_size=4))
def test_whatever_the_cells_hold_every_row_is_read_or_refused_with_reasons(rows: list[list[object]]) -> None:
    lines = [[str(cell) if cell is not None else "" for cell in line] for line in rows]
    out = io.StringIO()
    csv.writer(out).writerows([HEADER, *lines])
    try:
        reading: SheetReading = read_sheet(out.getvalue().encode(), platform=Platform.TIKTOK)
    except FileRefused as refused:
        assert refused.message
        return
    assert len(reading.rows) + len(reading.rejected) <= len(rows)
    assert all(rejected.reasons for rejected in reading.rejected)
