"""Dates, day first, and phone numbers."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platform.indonesian import Unreadable, format_date, format_phone, normalise_phone, parse_date

TODAY = date(2026, 3, 2)
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-09",
        "2026-03-09 00:00:00",
        "9/3",
        "9/3/26",
        "09-03-2026",
        "9.3.2026",
        "9 Mar",
        "9 Mar 2026",
        "9 Maret 2026",
        "9 March 2026",
        "9-Mar-26",
        "Senin, 9 Maret 2026",
        date(2026, 3, 9),
        datetime(2026, 3, 9, 14, 30),
    ],
)
def test_a_day_is_read_from_every_usual_way_of_writing_it(written: str | date) -> None:
    assert parse_date(written, today=TODAY) == date(2026, 3, 9)


@pytest.mark.parametrize(
    ("written", "today", "meant"),
    [
        ("10/2", date(2026, 2, 1), date(2026, 2, 10)),
        ("3 Jan", date(2026, 12, 28), date(2027, 1, 3)),
        ("28 Des", date(2027, 1, 4), date(2026, 12, 28)),
        ("29/2", date(2027, 12, 1), date(2028, 2, 29)),
        ("9 Agt", TODAY, date(2026, 8, 9)),
    ],
)
def test_a_day_without_a_year_is_the_nearest_one(written: str, today: date, meant: date) -> None:
    assert parse_date(written, today=today) == meant


@pytest.mark.parametrize(
    "written", ["31/2", "29/2", "0/0", "13/13", "21", "9 Foo", "besok", "9/3/1", "1/1/0001", "x" * 900]
)
def test_what_is_no_day_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(Unreadable, match="Tulis misalnya"):
        parse_date(written, today=TODAY)


def test_a_blank_date_is_no_date() -> None:
    assert parse_date("", today=TODAY) is None
    assert parse_date(" - ", today=TODAY) is None


@given(DAYS, DAYS)
def test_a_day_survives_being_written_out(day: date, today: date) -> None:
    for written in (
        format_date(day),
        format_date(day, weekday=False),
        day.isoformat(),
        f"{day.day}/{day.month}/{day.year}",
    ):
        assert parse_date(written, today=today) == day


def test_a_day_looks_as_in_a_letter() -> None:
    assert format_date(date(2026, 3, 9)) == "Senin, 9 Maret 2026"


@pytest.mark.parametrize(
    "written", ["0812-3456-7890", "62812 3456 7890", "+62 812-3456-7890", "(0812) 34567890", "81234567890", 81234567890]
)
def test_the_same_phone_is_the_same_number_however_it_is_written(written: str | int) -> None:
    assert normalise_phone(written) == "+6281234567890"


@pytest.mark.parametrize(
    "written",
    [
        "",
        None,
        "abc",
        "112",
        "0812",
        "rara@example.com",
        "0812-3456-7890 a.n. Rara",
        "0812-3456-7890 / 0813",
        "٠٨١٢٣٤٥٦٧٨٩٠",
    ],
)
def test_what_is_no_single_phone_number_is_none(written: str | None) -> None:
    assert normalise_phone(written) is None


def test_a_number_is_shown_as_people_dial_it_and_reads_back() -> None:
    assert format_phone("+6281234567890") == "0812-3456-7890"
    assert normalise_phone(format_phone("+6281234567890")) == "+6281234567890"
    assert normalise_phone(format_phone("+16502530000")) == "+16502530000"
    assert format_phone("rara@example.com") == "rara@example.com"
