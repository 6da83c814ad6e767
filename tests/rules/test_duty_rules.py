"""Who is on duty: exactly the holders at any instant, over midnight and the end of the week, with swaps and leave."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.duty import rules
from bot.duty.models import Deputy, Leave, Rota, Shift, Swap, SwapState, Via
from bot.duty.reading import hours_text, read_hours, read_leave
from bot.platform.clock import JAKARTA, local_day
from bot.platform.errors import DomainError, FormRefused, TooLate
from bot.platform.indonesian.holidays import load
from bot.platform.indonesian.working_time import WorkingTime

OFFICE = WorkingTime(load(), time(9), time(18))
MONDAY = date(2026, 3, 9)
HOUR = 3_600
DAY = 24 * HOUR

MEMBERS = st.integers(1, 5)
DAYS = st.integers(-2, 15).map(lambda days: MONDAY + timedelta(days=days))


def wib(day: date, hour: int = 0, minute: int = 0) -> int:
    return int(datetime.combine(day, time(hour, minute), JAKARTA).timestamp())


MOMENTS = st.integers(wib(MONDAY), wib(MONDAY + timedelta(days=13)))


def name_of(member_id: int) -> str:
    return f"Orang {member_id}"


def shift(number: int, member_id: int, weekday: int, starts: int, ends: int) -> Shift:
    return Shift(number, member_id, name_of(member_id), weekday, starts, ends)


@st.composite
def rotas(draw: st.DrawFn) -> Rota:
    """Any rota: hours of any length up to a day, leave, swaps of every state, deputies."""
    raw = draw(
        st.lists(st.tuples(MEMBERS, st.integers(0, 6), st.integers(0, 1_439), st.integers(1, 1_440)), max_size=8)
    )
    shifts = tuple(shift(number, *one) for number, one in enumerate(raw))
    leaves = tuple(
        Leave(number, member, first, first + timedelta(days=length))
        for number, (member, first, length) in enumerate(
            draw(st.lists(st.tuples(MEMBERS, DAYS, st.integers(0, 4)), max_size=4))
        )
    )
    swaps: dict[tuple[int, date], Swap] = {}
    for one in shifts:
        for week in draw(st.sets(st.integers(-1, 2))):
            day = MONDAY + timedelta(days=one.weekday + 7 * week)
            to = draw(MEMBERS.filter(lambda member, one=one: member != one.member_id))
            swaps[one.id, day] = Swap(
                len(swaps), one.id, day, one.member_id, to, name_of(to), draw(st.sampled_from(SwapState))
            )
    deputies = tuple(Deputy(member, name_of(member)) for member in draw(st.lists(MEMBERS, unique=True, max_size=3)))
    return Rota(shifts, leaves, tuple(swaps.values()), deputies)


def holders(rota: Rota, instant: int) -> set[int]:
    """The same question answered minute by minute, without the code under test."""
    found: set[int] = set()
    for one in rota.shifts:
        lasts = (one.ends - one.starts) % 1_440 or 1_440
        for back in range(2):
            day = datetime.fromtimestamp(instant, JAKARTA).date() - timedelta(days=back)
            begin = wib(day) + one.starts * 60
            if day.weekday() != one.weekday or not begin <= instant < begin + lasts * 60:
                continue
            swapped = [
                swap.to_member_id
                for swap in rota.swaps
                if swap.shift_id == one.id and swap.day == day and swap.state is SwapState.ACCEPTED
            ]
            holder = swapped[0] if swapped else one.member_id
            if not any(leave.member_id == holder and leave.first_day <= day <= leave.last_day for leave in rota.leaves):
                found.add(holder)
    return found


@given(rotas(), MOMENTS)
def test_exactly_the_holders_are_on_duty_at_any_instant(rota: Rota, instant: int) -> None:
    duty = rules.on_duty(rota, instant)
    expected = holders(rota, instant)
    today = datetime.fromtimestamp(instant, JAKARTA).date()
    if expected:
        assert set(duty.member_ids) == expected and duty.via in (Via.ROTA, Via.SWAP)
        assert len(duty.member_ids) == len(expected) == len(duty.names)
        assert duty.until is not None and instant < duty.until <= instant + DAY
    elif here := [one for one in rota.deputies if not rules.is_away(rota.leaves, one.member_id, today)]:
        assert (duty.member_ids, duty.via) == ((here[0].member_id,), Via.DEPUTY)
    else:
        assert (duty.member_ids, duty.via) == ((), Via.ROLE)


@given(rotas(), MOMENTS)
def test_nobody_on_leave_that_day_is_ever_called_for_a_turn_of_it(rota: Rota, instant: int) -> None:
    for turn in rules.begun(rota, instant - DAY, instant):
        if rules.is_away(rota.leaves, turn.member_id, turn.day):
            assert turn.away
            others = [one for one in rules.begun(rota, instant - DAY, instant) if not one.away]
            if not any(one.member_id == turn.member_id for one in others):
                duty = rules.on_duty(rota, instant)
                assert duty.via is Via.DEPUTY or turn.member_id not in duty.member_ids


@given(rotas(), st.integers(0, 6))
def test_the_week_after_the_next_begins_where_this_one_ends(rota: Rota, start: int) -> None:
    """Turns of two stretches are those of both together: none is lost or doubled where weeks meet."""
    first = MONDAY + timedelta(days=start)
    middle, last = first + timedelta(days=6), first + timedelta(days=13)
    both = rules.turns(rota, first, middle) + rules.turns(rota, middle + timedelta(days=1), last)
    assert sorted(both, key=lambda turn: (turn.starts_at, turn.name, turn.shift_id)) == rules.turns(rota, first, last)


@given(rotas(), DAYS)
def test_a_gap_is_time_that_somebody_should_have_and_nobody_has(rota: Rota, first: date) -> None:
    last = first + timedelta(days=6)
    gaps = rules.gaps(rota, first, last, OFFICE)
    assert all(one.starts_at < one.ends_at for one in gaps)
    assert all(one.ends_at <= other.starts_at for one, other in pairwise(gaps))
    inside = {one: {one.starts_at, one.ends_at - 1, (one.starts_at + one.ends_at) // 2} for one in gaps}
    assert not any(holders(rota, instant) for instants in inside.values() for instant in instants)
    # Each hour of the office in which nobody is on duty is in one of them.
    for number in range(7):
        day = first + timedelta(days=number)
        for hour in range(9, 18) if OFFICE.hours_of(day) else ():
            instant = wib(day, hour, 30)
            assert bool(holders(rota, instant)) != any(one.starts_at <= instant < one.ends_at for one in gaps)


@given(rotas(), MOMENTS)
def test_every_start_is_found_once_by_going_from_one_to_the_next(rota: Rota, begin: int) -> None:
    end, at, found = begin + 9 * DAY, begin, []
    while (coming := rules.next_start(rota, at)) is not None and coming <= end:
        found.append(coming)
        at = coming
    first, last = local_day(begin), local_day(end)
    expected = sorted({turn.starts_at for turn in rules.turns(rota, first, last) if begin < turn.starts_at <= end})
    assert found == expected
    assert all(rules.begun(rota, start, start) for start in found)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 1_439), st.integers(1, 1_440)), min_size=2, max_size=2))
def test_two_shifts_of_one_person_overlap_exactly_when_they_share_a_minute(raw: list[tuple[int, int, int]]) -> None:
    week = 7 * 1_440
    minutes = [
        {(day * 1_440 + starts + minute) % week for minute in range(rules.length(starts, ends))}
        for day, starts, ends in raw
    ]
    kept = (shift(1, 1, *raw[0]),)
    assert (rules.overlaps(kept, 1, *raw[1]) is not None) == bool(minutes[0] & minutes[1])
    assert rules.overlaps(kept, 2, *raw[1]) is None


def test_an_overnight_turn_runs_into_the_next_week() -> None:
    sunday = MONDAY + timedelta(days=6)
    rota = Rota((shift(1, 1, 6, 22 * 60, 6 * 60),))
    assert rules.on_duty(rota, wib(sunday, 22)).member_ids == (1,)
    assert rules.on_duty(rota, wib(sunday + timedelta(days=1), 5, 59)).member_ids == (1,)
    assert rules.on_duty(rota, wib(sunday + timedelta(days=1), 6)).via is Via.ROLE
    # Leave on Sunday empties the whole night, leave on Monday none of it.
    for day, empty in ((sunday, True), (sunday + timedelta(days=1), False)):
        away = Rota(rota.shifts, (Leave(1, 1, day, day),))
        assert (rules.on_duty(away, wib(sunday + timedelta(days=1), 3)).via is Via.ROLE) is empty


def test_only_an_accepted_swap_counts_and_only_on_its_day() -> None:
    shifts = (shift(1, 1, 0, 540, 1_080),)
    for state in SwapState:
        swap = Swap(1, 1, MONDAY, 1, 2, "Orang 2", state)
        duty = rules.on_duty(Rota(shifts, swaps=(swap,)), wib(MONDAY, 10))
        expected = ((2,), Via.SWAP) if state is SwapState.ACCEPTED else ((1,), Via.ROTA)
        assert (duty.member_ids, duty.via) == expected
        next_week = rules.on_duty(Rota(shifts, swaps=(swap,)), wib(MONDAY + timedelta(days=7), 10))
        assert next_week.member_ids == (1,)


def test_what_leave_empties_is_the_part_that_nobody_else_holds() -> None:
    away = (Leave(1, 1, MONDAY, MONDAY),)
    rota = Rota((shift(1, 1, 0, 540, 1_080), shift(2, 2, 0, 12 * 60, 15 * 60)), away)
    [turn] = [one for one in rules.turns(rota, MONDAY, MONDAY) if one.member_id == 1]
    assert [(one.starts_at, one.ends_at) for one in rules.uncovered(rota, turn)] == [
        (wib(MONDAY, 9), wib(MONDAY, 12)),
        (wib(MONDAY, 15), wib(MONDAY, 18)),
    ]


def test_holidays_need_nobody_unless_somebody_was_to_be_there() -> None:
    lebaran = date(2026, 3, 20)
    assert not rules.gaps(Rota(), lebaran, lebaran, OFFICE)
    rota = Rota((shift(1, 1, 4, 540, 1_080),), (Leave(1, 1, lebaran, lebaran),))
    assert [one.day for one in rules.gaps(rota, lebaran, lebaran, OFFICE)] == [lebaran]


def test_a_turn_that_began_or_is_gone_cannot_be_swapped() -> None:
    rota = Rota((shift(1, 1, 0, 540, 1_080),), (Leave(1, 3, MONDAY, MONDAY),))
    turn = rules.turn_of(rota, 1, MONDAY)
    assert turn is not None and rules.turn_of(rota, 1, MONDAY + timedelta(days=1)) is None
    assert rules.check_swap(rota, turn, 2, turn.starts_at - 1) is turn
    for nothing, at in ((None, 0), (turn, turn.starts_at)):
        with pytest.raises(TooLate):
            rules.check_swap(rota, nothing, 2, at)
    for member in (1, 3):
        with pytest.raises(DomainError):
            rules.check_swap(rota, turn, member, 0)


@given(st.integers(0, 1_439), st.integers(1, 1_440))
def test_hours_are_read_as_they_are_written(starts: int, ends: int) -> None:
    assume(starts != ends)
    assert read_hours(*hours_text(starts, ends).split("–")) == (starts, ends)


@pytest.mark.parametrize(
    ("typed", "hours"),
    [(("9", "18.00"), (540, 1_080)), (("jam 22", "06:30"), (1_320, 390)), (("18.00", "00.00"), (1_080, 1_440))],
)
def test_hours_as_people_type_them(typed: tuple[str, str], hours: tuple[int, int]) -> None:
    assert read_hours(*typed) == hours


def test_every_hour_that_is_wrong_is_said() -> None:
    with pytest.raises(FormRefused) as refused:
        read_hours("pagi", "26.00")
    assert len(refused.value.problems) == 2


def test_a_turn_that_ends_when_it_begins_is_asked_about() -> None:
    with pytest.raises(FormRefused, match=r"00\.00 sampai 24\.00"):
        read_hours("09.00", "09.00")
    assert read_hours("00.00", "24.00") == (0, 1_440)


def test_leave_is_read_and_kept_within_reason() -> None:
    assert read_leave("9/3", None, MONDAY) == (MONDAY, MONDAY)
    assert read_leave("7 Maret", "12 Maret 2026", MONDAY) == (date(2026, 3, 7), date(2026, 3, 12))
    for first, last in (("8/3", None), ("12/3", "10/3"), ("9/3", "9/9"), ("besok lusa", None)):
        with pytest.raises(DomainError):
            read_leave(first, last, MONDAY)
