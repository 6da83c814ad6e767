"""Days, times and lengths as people type them who plan ahead."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content_calendar.reading import read_grace, read_when
from bot.platform.clock import JAKARTA
from bot.platform.deadlines import read_deadline, read_moment
from bot.platform.durations import read_duration, write_duration
from bot.platform.errors import DomainError
from bot.platform.indonesian import Unreadable, parse_date, parse_day

# A Wednesday.
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=JAKARTA)
TODAY = NOW.date()
DAYS = st.dates(date(2021, 1, 1), date(2090, 12, 31))
WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("besok 19.00", datetime(2026, 11, 26, 19)),
        ("Besok jam 9", datetime(2026, 11, 26, 9)),
        ("lusa 08.30", datetime(2026, 11, 27, 8, 30)),
        ("hari ini 23.00", datetime(2026, 11, 25, 23)),
        ("Jumat 19.00", datetime(2026, 11, 27, 19)),
        ("jum'at, pukul 19:00 WIB", datetime(2026, 11, 27, 19)),
        ("Minggu 7.00", datetime(2026, 11, 29, 7)),
        ("rabu 11.00", datetime(2026, 11, 25, 11)),
        ("rabu 09.00", datetime(2026, 12, 2, 9)),
        ("27/11 19", datetime(2026, 11, 27, 19)),
        ("Jumat, 27 November 2026 19.00", datetime(2026, 11, 27, 19)),
    ],
)
def test_a_moment_as_people_say_it(typed: str, meant: datetime) -> None:
    assert read_when(typed, NOW) == int(meant.replace(tzinfo=JAKARTA).timestamp())


def test_a_day_alone_ends_with_the_day_where_that_is_enough() -> None:
    assert read_deadline("lusa", NOW) == int(datetime(2026, 11, 27, 23, 59, tzinfo=JAKARTA).timestamp())
    with pytest.raises(DomainError, match="Jamnya belum ada"):
        read_when("lusa", NOW)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("30/2 19.00", ("30 Februari tidak ada",)),
        ("29/2/2027", ("29 Februari 2027 tidak ada",)),
        ("31 April 2026", ("31 April tidak ada",)),
        ("31/02/2026 25.00", ("31 Februari tidak ada", "Jam “25.00” tidak ada")),
        ("9/13/2026 7.75", ("bulannya tidak ada", "Jam “7.75” tidak ada")),
        ("jumat depan 19.00", ("tidak terbaca",)),
        ("kapan-kapan", ("tidak terbaca",)),
        ("9/3/3026", ("di luar 1900 sampai 2100",)),
    ],
)
def test_everything_that_is_wrong_is_told(typed: str, told: tuple[str, ...]) -> None:
    for read in (read_deadline, read_when):
        with pytest.raises(DomainError) as refusal:
            read(typed, NOW)
        assert all(part in refusal.value.message for part in told), refusal.value.message


def test_a_sheet_does_not_know_which_day_tomorrow_is() -> None:
    for word in ("besok", "lusa", "hari ini", "jumat"):
        with pytest.raises(Unreadable):
            parse_date(word, today=TODAY)


@given(DAYS, st.sampled_from(WEEKDAYS))
def test_a_weekday_is_the_next_one(today: date, name: str) -> None:
    found = parse_day(name, today=today)

    assert found is not None and today <= found < today + timedelta(days=7)
    assert found.weekday() == WEEKDAYS.index(name)


@given(DAYS, st.sampled_from(WEEKDAYS), st.integers(0, 1_439), st.integers(0, 1_439))
def test_a_weekday_with_an_hour_is_within_a_week_and_never_past(
    today: date, name: str, minute: int, passed: int
) -> None:
    now = datetime.combine(today, time(passed // 60, passed % 60), JAKARTA)

    found = read_when(f"{name} {minute // 60:02}.{minute % 60:02}", now) - int(now.timestamp())

    assert 0 < found <= 7 * 86_400


@given(st.text(max_size=30), DAYS)
def test_whatever_is_typed_is_a_moment_a_blank_or_a_sentence(text: str, today: date) -> None:
    try:
        found = read_moment(text, today, timed=True)
    except DomainError as error:
        assert error.message
    else:
        assert found is None or 1900 <= found.day.year <= 2100


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("dua jam", 7_200),
        ("2 jam", 7_200),
        ("1,5 jam", 5_400),
        ("satu setengah jam", 5_400),
        ("setengah jam", 1_800),
        ("sejam", 3_600),
        ("Sehari", 86_400),
        ("seminggu", 604_800),
        ("tiga hari dan dua jam", 266_400),
        ("1 jam, 30 menit", 5_400),
        ("sepuluh menit", 600),
    ],
)
def test_a_length_as_people_say_it(typed: str, seconds: int) -> None:
    assert read_duration(typed) == seconds


def test_a_number_alone_is_asked_about() -> None:
    for read in (read_duration, read_grace):
        with pytest.raises(DomainError, match="Maksudnya 90 menit atau 90 jam"):
            read("90")
    assert read_grace("0") == 0


@pytest.mark.parametrize("typed", ["", "jam", "lama", "2 tahun", "se", "dua", "2 jam lagi", "1,25 jam"])
def test_what_is_no_length_is_refused(typed: str) -> None:
    with pytest.raises(DomainError):
        read_duration(typed)


@given(st.integers(0, 40 * 86_400))
def test_a_length_reads_back(seconds: int) -> None:
    assert read_duration(write_duration(seconds)) == seconds


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_length_or_a_sentence(text: str) -> None:
    try:
        assert read_duration(text) >= 0
    except DomainError as error:
        assert error.message
