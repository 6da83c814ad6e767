"""Counts, rupiah and percentages as people write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platform.indonesian import (
    MAX_COUNT,
    MAX_RUPIAH,
    Unreadable,
    format_count,
    format_number,
    format_percent,
    format_rupiah,
    parse_average,
    parse_count,
    parse_percent,
    parse_rupiah,
)

COUNTS = st.integers(min_value=0, max_value=MAX_COUNT)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1,2jt", 1_200_000),
        ("85.300", 85_300),
        ("12,4rb", 12_400),
        ("54.7K", 54_700),
        ("21K", 21_000),
        ("2.100", 2_100),
        ("54700", 54_700),
        (" 1,2 JT ", 1_200_000),
        ("1.2M", 1_200_000),
        ("0,5jt", 500_000),
        ("1.234,5rb", 1_234_500),
        ("1,234,567", 1_234_567),
        ("12,5", 13),
        ("-200", -200),
        ("−200", -200),
        (54_700, 54_700),
        (54_700.0, 54_700),
        (362.5, 363),
        ("", None),
        ("  ", None),
        ("-", None),
        ("–", None),
        ("n/a", None),
        (None, None),
    ],
)
def test_a_count_is_read_the_way_it_was_meant(written: str | int | float | None, meant: int | None) -> None:
    assert parse_count(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [("20.0", 20), ("20.00", 20), ("0.0", 0), ("20,0", 20), ("20.000", 20_000), ("1.200.000", 1_200_000)],
)
def test_whole_numbers_with_the_decimals_that_spreadsheets_export_are_read(written: str, meant: int) -> None:
    assert parse_count(written, whole=True) == meant
    assert parse_average(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("300,6", Decimal("300.6")),
        ("300.6", Decimal("300.6")),
        ("20.5", Decimal("20.5")),
        ("2,54321", Decimal("2.54")),
        (0.5, Decimal("0.5")),
        (300.625, Decimal("300.63")),
        (362.0, 362),
        ("12,4rb", 12_400),
        ("12.400", 12_400),
        ("-", None),
    ],
)
def test_averages_keep_two_decimals(written: str | float, meant: Decimal | int | None) -> None:
    read = parse_average(written)
    assert (read, type(read)) == (meant, type(meant))


@pytest.mark.parametrize("written", ["12,400", "0.123", "1234.567", "1.2.3jt", "abc"])
def test_averages_that_may_be_thousands_are_refused(written: str) -> None:
    with pytest.raises(Unreadable):
        parse_average(written)


def test_an_average_is_shown_with_its_decimals() -> None:
    assert [format_number(figure) for figure in (Decimal("300.6"), Decimal("0.05"), 12_400)] == [
        "300,6",
        "0,05",
        "12.400",
    ]


@pytest.mark.parametrize("written", ["12.5", "12,400", "1.234rb", "85.300K", "1.2.3jt", "1.234.56", "1,2,3", "0.123"])
def test_what_can_be_read_in_two_ways_is_refused_and_never_guessed(written: str) -> None:
    with pytest.raises(Unreadable, match="tidak jelas") as refusal:
        parse_count(written)
    assert written in refusal.value.message


@pytest.mark.parametrize(
    "written",
    ["abc", "1e5", "12 400", "٣٤", "1" * 5_000, "1,2jtan", "=1+1", "54.7K+", True, float("nan"), float("inf")],
)
def test_what_is_no_number_is_refused_with_an_example_of_how_to_write_it(written: str | float) -> None:
    with pytest.raises(Unreadable, match="Tulis misalnya"):
        parse_count(written)


@pytest.mark.parametrize("written", ["99.999.999.999", "9999999jt", 1e300, 10**4_000])
def test_a_huge_count_is_refused(written: str | float) -> None:
    with pytest.raises(Unreadable, match="terlalu besar"):
        parse_count(written)


def test_followers_are_whole_people_so_a_cell_that_lost_its_thousands_is_refused() -> None:
    # An English Excel turns a typed 85.300 into the number 85.3.
    with pytest.raises(Unreadable, match="tidak bulat"):
        parse_count(85.3, whole=True)
    assert parse_count("54.7K", whole=True) == 54_700


@given(COUNTS)
def test_a_count_survives_every_way_of_writing_it_out(count: int) -> None:
    assert parse_count(format_number(count)) == parse_count(str(count)) == parse_count(count) == count


@given(st.integers(min_value=0, max_value=999_000_000))
def test_a_short_count_reads_back_within_its_one_decimal(count: int) -> None:
    unit = 1_000_000 if count >= 999_950 else 1_000
    error = abs((parse_count(format_count(count)) or 0) - count)
    assert error <= (unit // 20 if count >= 1_000 else 0)


@given(st.one_of(st.text(max_size=60), st.floats(), st.integers()))
def test_reading_gives_a_number_in_bounds_or_a_refusal_and_nothing_else(anything: str | float) -> None:
    for read, limit in ((parse_count, MAX_COUNT), (parse_rupiah, MAX_RUPIAH)):
        try:
            value = read(anything)
        except Unreadable as refusal:
            assert refusal.message
        else:
            assert value is None or abs(value) <= limit


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2500000", 2_500_000),
        ("2.500.000", 2_500_000),
        ("Rp 2.500.000,-", 2_500_000),
        ("Rp2.500.000", 2_500_000),
        ("Rp. 2.500.000,00", 2_500_000),
        ("IDR 75.000", 75_000),
        ("2.500.000 rupiah", 2_500_000),
        ("2,5jt", 2_500_000),
        ("2.5 juta", 2_500_000),
        ("1,5 miliar", 1_500_000_000),
        ("750rb", 750_000),
        ("750k", 750_000),
        (750_000.0, 750_000),
        ("", None),
    ],
)
def test_rupiah_are_read_the_way_they_were_meant(written: str | float, meant: int | None) -> None:
    assert parse_rupiah(written) == meant


@pytest.mark.parametrize(
    "written", ["-5", "2,5M", "2.5", "2.500,50", "2,500", "99999999999999", "lima ratus ribu", 0.5]
)
def test_an_amount_that_is_unclear_negative_or_has_cents_is_refused(written: str | float) -> None:
    with pytest.raises(Unreadable):
        parse_rupiah(written)


@given(st.integers(min_value=0, max_value=MAX_RUPIAH))
def test_rupiah_survive_being_written_out(amount: int) -> None:
    assert parse_rupiah(format_rupiah(amount)) == amount
    assert parse_rupiah(f"{format_rupiah(amount)},-") == amount


def test_amounts_and_counts_look_as_people_here_write_them() -> None:
    assert format_rupiah(2_500_000) == "Rp 2.500.000"
    assert format_number(12_400) == "12.400"
    assert [format_count(count) for count in (0, 999, 54_700, 999_949, 999_950, 1_200_000)] == [
        "0",
        "999",
        "54,7 rb",
        "999,9 rb",
        "1 jt",
        "1,2 jt",
    ]
    assert format_percent(Decimal("0.03765")) == "3,77%"
    assert format_percent(Decimal("33.727")) == "3.372,70%"


@pytest.mark.parametrize(
    ("written", "ratio"),
    [
        ("4,00%", "0.04"),
        ("4.00%", "0.04"),
        ("3.76%", "0.0376"),
        ("336.09%", "3.3609"),
        ("1.234,5 %", "12.345"),
        ("3,76", "0.0376"),
        (3.76, "0.0376"),
        (0.0376, "0.0376"),
        ("0", "0"),
        (1e-9, "0"),
    ],
)
def test_a_percentage_is_a_ratio_whatever_its_decimal_sign(written: str | float, ratio: str) -> None:
    assert parse_percent(written) == Decimal(ratio)


@pytest.mark.parametrize("written", ["abc", "-4%", "4%%", "1.2.3%", "999999999%", "#REF!"])
def test_what_is_no_percentage_is_refused(written: str) -> None:
    with pytest.raises(Unreadable, match="Persentase"):
        parse_percent(written)


@given(st.integers(min_value=0, max_value=10_000_000))
def test_a_percentage_survives_being_written_out(hundredths_of_a_percent: int) -> None:
    ratio = Decimal(hundredths_of_a_percent).scaleb(-4)
    shown = format_percent(ratio)
    # Percentages of 1,000 and more are grouped when shown.
    assert parse_percent(shown) == ratio
