"""Working days and hours: hand-worked tables around Lebaran and Christmas, and what must hold for any instants."""

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platform.clock import JAKARTA
from bot.platform.errors import ConfigurationError
from bot.platform.indonesian.holidays import Holiday, WorkingCalendar, load
from bot.platform.indonesian.working_time import WorkingTime

CALENDAR = load()
OFFICE = WorkingTime(CALENDAR, time(9), time(18))
HOUR = 3600

INSTANTS = st.integers(
    int(datetime(2026, 1, 1, tzinfo=JAKARTA).timestamp()), int(datetime(2027, 12, 31, tzinfo=JAKARTA).timestamp())
)
AMOUNTS = st.integers(0, 200 * HOUR)


def wib(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> int:
    return int(datetime(year, month, day, hour, minute, tzinfo=JAKARTA).timestamp())


@pytest.mark.parametrize(
    ("posted", "due", "skipped"),
    [
        # Lebaran 2026: 18-20 and 23-24 March, and Good Friday.
        (date(2026, 3, 9), date(2026, 4, 6), [(3, 18), (3, 19), (3, 20), (3, 23), (3, 24), (4, 3)]),
        # Christmas 2026 and New Year: 24 and 25 December, 1 January, and Isra Mikraj on 5 January.
        (date(2026, 12, 14), date(2027, 1, 7), [(12, 24), (12, 25), (1, 1), (1, 5)]),
        # Lebaran 2027 (estimated): 8-12 and 15 March, 25 and 26 March.
        (date(2027, 3, 1), date(2027, 3, 31), [(3, 8), (3, 9), (3, 10), (3, 11), (3, 12), (3, 15), (3, 25), (3, 26)]),
        # Counting from a Saturday begins on Monday.
        (date(2026, 8, 1), date(2026, 8, 21), [(8, 17)]),
    ],
)
def test_fourteen_working_days_are_counted_as_by_hand(posted: date, due: date, skipped: list[tuple[int, int]]) -> None:
    counted = CALENDAR.working_days_after(posted, 14)
    assert counted.day == due
    assert [(one.day.month, one.day.day) for one in counted.skipped] == skipped
    assert all(one.name for one in counted.skipped)


def test_lebaran_without_a_decree_is_marked_as_an_estimate() -> None:
    found = CALENDAR.holiday(date(2027, 3, 10))
    assert found == Holiday(date(2027, 3, 10), "Hari Raya Idul Fitri", estimated=True)
    assert not (decreed := CALENDAR.holiday(date(2026, 3, 21))) or not decreed.estimated


def test_joint_leave_can_be_worked_through() -> None:
    at_work = load(joint_leave_is_off=False)
    assert at_work.is_working_day(date(2026, 3, 18))
    assert not at_work.is_working_day(date(2026, 3, 19))
    assert at_work.working_days_after(date(2026, 3, 9), 14).day == date(2026, 3, 30)


def test_a_newer_decree_corrects_the_package(tmp_path: Path) -> None:
    file = tmp_path / "extra.json"
    file.write_text(
        json.dumps({"libur": {"2027-03-16": "Idul Fitri (SKB)"}, "masuk": ["2027-03-10"], "cuti_bersama": {}}), "utf-8"
    )
    corrected = load(file)
    assert corrected.holiday(date(2027, 3, 16)) == Holiday(date(2027, 3, 16), "Idul Fitri (SKB)")
    assert corrected.is_working_day(date(2027, 3, 10))
    file.write_text('{"libur": {"16 Maret": "x"}}', "utf-8")
    with pytest.raises(ConfigurationError, match="tidak terbaca"):
        load(file)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        (wib(2026, 3, 9, 10), wib(2026, 3, 9, 12), 2),
        (wib(2026, 3, 9, 7), wib(2026, 3, 9, 20), 9),
        (wib(2026, 3, 9, 17), wib(2026, 3, 10, 10), 2),
        # Tuesday 17 March 17:00 over the whole of Lebaran to Wednesday 25 March 10:00.
        (wib(2026, 3, 17, 17), wib(2026, 3, 25, 10), 2),
        # Friday 5 March 2027 over Nyepi and Lebaran to Tuesday 16 March 11:00.
        (wib(2027, 3, 5, 16), wib(2027, 3, 16, 11), 4),
        (wib(2026, 3, 21, 9), wib(2026, 3, 22, 18), 0),
        (wib(2026, 3, 10, 10), wib(2026, 3, 9, 10), 0),
    ],
)
def test_working_hours_between_two_instants_as_by_hand(start: int, end: int, hours: int) -> None:
    assert OFFICE.elapsed(start, end) == hours * HOUR


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        (wib(2026, 3, 9, 10), 4, wib(2026, 3, 9, 14)),
        (wib(2026, 3, 9, 16), 4, wib(2026, 3, 10, 11)),
        (wib(2026, 3, 17, 16), 4, wib(2026, 3, 25, 11)),
        (wib(2027, 3, 5, 16), 8, wib(2027, 3, 16, 15)),
        (wib(2026, 12, 23, 17), 24, wib(2026, 12, 30, 14)),
        (wib(2026, 3, 14, 3), 0, wib(2026, 3, 16, 9)),
    ],
)
def test_an_amount_of_working_time_ends_as_by_hand(start: int, hours: int, due: int) -> None:
    assert OFFICE.after(start, hours * HOUR) == due


@given(INSTANTS, AMOUNTS)
def test_what_is_due_after_an_amount_is_exactly_that_amount_later(start: int, amount: int) -> None:
    due = OFFICE.after(start, amount)
    assert due >= start
    assert OFFICE.elapsed(start, due) == amount


@given(INSTANTS, INSTANTS, INSTANTS)
def test_working_time_adds_up_and_is_never_negative(one: int, two: int, three: int) -> None:
    first, middle, last = sorted((one, two, three))
    assert OFFICE.elapsed(first, middle) + OFFICE.elapsed(middle, last) == OFFICE.elapsed(first, last)
    assert 0 <= OFFICE.elapsed(first, last) <= last - first
    assert OFFICE.elapsed(last, first) == 0


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_a_day_off_counts_nothing(day: date) -> None:
    midnight = int(datetime.combine(day, time(), JAKARTA).timestamp())
    worked = OFFICE.elapsed(midnight, midnight + 24 * HOUR)
    assert worked == (9 * HOUR if CALENDAR.is_working_day(day) else 0)
    if CALENDAR.holiday(day):
        assert worked == 0


@given(st.dates(date(2025, 1, 1), date(2028, 12, 31)), st.integers(1, 120))
def test_counting_working_days_one_by_one_is_the_same(day: date, count: int) -> None:
    counted = CALENDAR.working_days_after(day, count)
    days = [day + timedelta(days=n) for n in range(1, (counted.day - day).days + 1)]
    assert sum(map(CALENDAR.is_working_day, days)) == count
    assert CALENDAR.is_working_day(counted.day)


def test_hours_that_do_not_open_are_refused() -> None:
    with pytest.raises(ValueError, match="opens"):
        WorkingTime(WorkingCalendar(), time(18), time(9))
