"""The SLA clock: stops, runs on, and is never negative, whatever the order of events."""

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.platform.clock import JAKARTA
from bot.tickets.desk_settings import Target, load
from bot.tickets.models import Priority
from bot.tickets.sla import SlaClock, due

DESK = load()
HOURS = DESK.working_time
INSTANTS = st.integers(
    int(datetime(2026, 2, 1, tzinfo=JAKARTA).timestamp()), int(datetime(2027, 4, 30, tzinfo=JAKARTA).timestamp())
)


def wib(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> int:
    return int(datetime(year, month, day, hour, minute, tzinfo=JAKARTA).timestamp())


def test_targets_are_those_of_the_help_desk() -> None:
    assert DESK.targets[Priority.URGENT] == Target(15 * 60, 4 * 3600)
    assert DESK.targets[Priority.HIGH] == Target(3600, 8 * 3600)
    assert DESK.targets[Priority.MEDIUM] == Target(4 * 3600, 24 * 3600)
    assert DESK.targets[Priority.LOW] == Target(8 * 3600, 72 * 3600)


def test_a_withdrawal_on_the_eve_of_lebaran_is_due_after_it() -> None:
    clock = SlaClock.started(wib(2026, 3, 17, 17, 30))
    found = due(clock, DESK.targets[Priority.HIGH], HOURS, answered=False, warn_at_percent=80)
    assert found.response == wib(2026, 3, 25, 9, 30)
    assert found.response_warning == wib(2026, 3, 25, 9, 18)
    assert found.resolution == wib(2026, 3, 25, 16, 30)
    assert found.resolution_warning == wib(2026, 3, 25, 14, 54)


def test_over_lebaran_2027_too() -> None:
    clock = SlaClock.started(wib(2027, 3, 5, 17))
    found = due(clock, DESK.targets[Priority.URGENT], HOURS, answered=False, warn_at_percent=80)
    assert found.response == wib(2027, 3, 5, 17, 15)
    assert found.resolution == wib(2027, 3, 16, 12)


def test_waiting_for_the_creator_stops_the_clock() -> None:
    clock = SlaClock.started(wib(2026, 3, 9, 9)).stopped(wib(2026, 3, 9, 11), HOURS)
    assert clock == SlaClock(2 * 3600, None)
    assert due(clock, DESK.targets[Priority.HIGH], HOURS, answered=True, warn_at_percent=80).resolution is None
    again = clock.running(wib(2026, 3, 11, 9))
    assert again.reaches(8 * 3600, HOURS) == wib(2026, 3, 11, 15)


@given(INSTANTS, st.lists(st.tuples(st.sampled_from(["stop", "run"]), INSTANTS), max_size=12), INSTANTS)
def test_the_clock_is_never_negative_and_never_goes_back_while_it_stands(
    start: int, acts: list[tuple[str, int]], now: int
) -> None:
    clock = SlaClock.started(start)
    for act, at in acts:  # in any order: the wall clock may be put back
        before = clock.used
        clock = clock.stopped(at, HOURS) if act == "stop" else clock.running(at)
        assert clock.used >= before >= 0
    assert clock.elapsed(now, HOURS) >= clock.used


@given(INSTANTS, st.lists(st.integers(0, 400_000), min_size=1, max_size=10))
def test_what_ran_is_the_sum_of_the_running_stretches(start: int, steps: list[int]) -> None:
    clock, at, expected = SlaClock.started(start), start, 0
    for number, step in enumerate(steps):
        if number % 2 == 0:
            expected += HOURS.elapsed(at, at + step)
            clock = clock.stopped(at + step, HOURS)
        else:
            clock = clock.running(at + step)
        at += step
    assert clock.elapsed(at, HOURS) == expected


@given(INSTANTS, st.sampled_from(list(Priority)))
def test_a_warning_is_never_after_what_it_warns_of(start: int, priority: Priority) -> None:
    found = due(SlaClock.started(start), DESK.targets[priority], HOURS, answered=False, warn_at_percent=80)
    assert found.response and found.response_warning and found.resolution and found.resolution_warning
    assert start <= found.response_warning <= found.response <= found.resolution
    assert found.resolution_warning <= found.resolution
