"""The Date column read from top to bottom: what is certain is read, what is not goes to a person."""

from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content_calendar.dates import LONGEST_STEP, DateDoubt, DateReader, Stamp, instant, parse_clock, write_clock
from bot.content_calendar.recurring import Pattern, days
from bot.platform.errors import DomainError
from bot.platform.spreadsheets import Formula

YEARS = st.integers(2021, 2090)
DAYS = st.dates(date(2021, 1, 1), date(2090, 12, 31))


def read(year: int, *cells: Any) -> list[Stamp | DateDoubt]:
    """Cells of one column, in their order."""
    reader = DateReader(year)
    return [reader.read(cell) for cell in cells]


def test_a_day_alone_keeps_the_month_and_a_blank_repeats_the_day() -> None:
    assert read(2023, "10/2", 21, None, "22", "", "1/3", 5) == [
        Stamp(date(2023, 2, 10)),
        Stamp(date(2023, 2, 21)),
        Stamp(date(2023, 2, 21)),
        Stamp(date(2023, 2, 22)),
        Stamp(date(2023, 2, 22)),
        Stamp(date(2023, 3, 1)),
        Stamp(date(2023, 3, 5)),
    ]


@pytest.mark.parametrize(
    ("cell", "day", "minute"),
    [
        ("10 Februari", date(2026, 2, 10), None),
        ("10 Feb 2026", date(2026, 2, 10), None),
        ("Selasa, 10/2", date(2026, 2, 10), None),
        ("10-02-2026", date(2026, 2, 10), None),
        ("10.02", date(2026, 2, 10), None),
        ("2026-02-10", date(2026, 2, 10), None),
        (date(2026, 2, 10), date(2026, 2, 10), None),
        ("10/2 19.30", date(2026, 2, 10), 1_170),
        ("10/2 jam 8", date(2026, 2, 10), 480),
        ("10 Februari, pukul 20:00 WIB", date(2026, 2, 10), 1_200),
    ],
)
def test_dates_as_people_write_them(cell: Any, day: date, minute: int | None) -> None:
    assert read(2026, cell) == [Stamp(day, minute)]


@pytest.mark.parametrize(
    ("cells", "told", "options"),
    [
        (("31/2",), "tidak ada di kalender", ()),
        (("29/2",), "tidak ada di 2026", ()),
        ((21,), "tanpa bulan", ()),
        ((None,), "belum ada tanggal di atasnya", ()),
        (("10/2", 0), "tidak ada", ()),
        (("10/2", 32), "tidak ada", ()),
        (("10/2", 29), "tidak ada di Februari", (date(2026, 3, 29),)),
        (("21/2", 3), "mundur", (date(2026, 3, 3), date(2026, 2, 3))),
        (("21/2", "10/2"), "mundur", (date(2026, 2, 10),)),
        (("28/12", "3/1"), "mundur", (date(2027, 1, 3), date(2026, 1, 3))),
        (("10/2", "10-12"), "meloncat jauh", (date(2026, 12, 10),)),
        (("Senin, 10/2",), "hari Selasa", (date(2026, 2, 10),)),
        ((10.2,), "desimal", (date(2026, 2, 10),)),
        (("10/2/2023",), "kalendernya 2026", (date(2026, 2, 10), date(2023, 2, 10))),
        ((date(2023, 2, 10),), "kalendernya 2026", (date(2026, 2, 10), date(2023, 2, 10))),
        (("10/2", date(2026, 12, 2)), "tertukar", (date(2026, 2, 12), date(2026, 12, 2))),
        ((Formula("=NOW()"),), "rumus", ()),
        (("besok",), "tidak terbaca", ()),
        ((True,), "tidak terbaca", ()),
        (("9" * 5_000,), "tidak terbaca", ()),
        (("10/2 25.00",), "tidak ada", ()),
        (("10/2 19.00 WITA",), "bukan WIB", ()),
    ],
)
def test_what_is_not_certain_is_a_question(cells: tuple[Any, ...], told: str, options: tuple[date, ...]) -> None:
    doubt = read(2026, *cells)[-1]

    assert isinstance(doubt, DateDoubt)
    assert told in doubt.reason
    assert doubt.options == options


def test_rows_below_a_doubtful_one_wait_for_it() -> None:
    reader = DateReader(2026)
    assert isinstance(reader.read("31/2"), DateDoubt)
    assert isinstance(reader.read(None), DateDoubt) and isinstance(reader.read(5), DateDoubt)

    reader.settle(date(2026, 2, 28))

    assert reader.read(None) == Stamp(date(2026, 2, 28))
    assert reader.read("4/3") == Stamp(date(2026, 3, 4))


@given(year=YEARS, start=st.integers(1, 300), steps=st.lists(st.integers(0, 20), max_size=20), style=st.data())
def test_a_calendar_written_in_any_style_reads_back(
    year: int, start: int, steps: list[int], style: st.DataObject
) -> None:
    wanted = [date(year, 1, 1) + timedelta(days=start)]
    for step in steps:
        following = wanted[-1] + timedelta(days=step)
        if following.year != year:
            break
        wanted.append(following)
    cells: list[Any] = []
    for index, day in enumerate(wanted):
        styles: list[Any] = [f"{day.day}/{day.month}", f"{day.day}/{day.month}/{day.year}", day.isoformat()]
        if index and day == wanted[index - 1]:
            styles.append(None)
        if index and (day.year, day.month) == (wanted[index - 1].year, wanted[index - 1].month):
            styles += [day.day, str(day.day)]
        cells.append(style.draw(st.sampled_from(styles)))

    assert read(year, *cells) == [Stamp(day) for day in wanted]


@given(year=YEARS, cells=st.lists(st.one_of(st.none(), st.integers(-5, 40), st.floats(), st.text(max_size=12), DAYS)))
def test_whatever_is_in_the_column_the_days_that_are_read_never_go_back(year: int, cells: list[Any]) -> None:
    found = read(year, *cells)

    certain = [one.day for one in found if isinstance(one, Stamp)]
    assert all(before <= after <= before + LONGEST_STEP for before, after in pairwise(certain))
    assert all(one.day.year in (year, year + 1) for one in found if isinstance(one, Stamp))
    assert all(one.reason for one in found if isinstance(one, DateDoubt))


@given(st.integers(0, 1_439))
def test_hours_read_back(minute: int) -> None:
    assert parse_clock(write_clock(minute)) == minute


@given(DAYS, st.integers(0, 1_439))
def test_a_minute_in_jakarta_is_seven_hours_ahead(day: date, minute: int) -> None:
    assert instant(day, minute) == (day - date(1970, 1, 1)).days * 86_400 + minute * 60 - 7 * 3_600


@pytest.mark.parametrize("text", ["", "24.00", "19.60", "malam", "7 pm", "19.00 WIT"])
def test_hours_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(DomainError):
        parse_clock(text)


@given(st.sampled_from(Pattern), DAYS, st.integers(0, 400), st.integers(0, 400))
def test_days_of_a_series_come_in_order_and_never_twice(pattern: Pattern, first: date, gone: int, ahead: int) -> None:
    after = first + timedelta(days=gone)
    until = after + timedelta(days=ahead)

    found = list(days(pattern, first, after, until))

    assert found == sorted(set(found)) and all(after < day <= until for day in found)
    # Made in two goes, the same days come.
    middle = after + timedelta(days=ahead // 2)
    assert found == [*days(pattern, first, after, middle), *days(pattern, first, middle, until)]
    if pattern is Pattern.MONTHLY:
        assert all(day.day == min(first.day, monthrange(day.year, day.month)[1]) for day in found)
    else:
        step = {Pattern.DAILY: 1, Pattern.WEEKLY: 7, Pattern.BIWEEKLY: 14}[pattern]
        assert all((day - first).days % step == 0 for day in found)
        assert len(found) == (until - first).days // step - (after - first).days // step


def test_a_cell_that_leans_on_the_row_above_says_how_it_was_read() -> None:
    certain, day, blank = read(2026, "10/2", 21, None)

    assert isinstance(certain, Stamp) and certain.note == ""
    assert isinstance(day, Stamp) and day.note == "Tanggal 21 dibaca 21 Februari 2026, bulan baris di atasnya."
    assert isinstance(blank, Stamp) and "kosong" in blank.note and "21 Februari 2026" in blank.note
