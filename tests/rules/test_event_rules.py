"""The waiting list, whatever people do; and what the event forms read."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events import reading
from bot.events.models import Count, Seat
from bot.events.rules import moving_up, seat_for_next
from bot.platform.errors import DomainError

_ACTS = st.lists(st.tuples(st.sampled_from(["join", "leave", "more"]), st.integers(0, 12)), max_size=80)


@given(st.one_of(st.none(), st.integers(1, 5)), _ACTS)
def test_places_are_never_oversold_never_idle_and_go_in_order(seats: int | None, acts: list[tuple[str, int]]) -> None:
    going: list[int] = []
    waiting: list[int] = []
    for act, who in acts:
        if act == "join" and who not in going + waiting:
            seat = seat_for_next(seats, Count(len(going), len(waiting)))
            (going if seat is Seat.GOING else waiting).append(who)
        elif act == "leave":
            going = [one for one in going if one != who]
            waiting = [one for one in waiting if one != who]
        elif act == "more" and seats is not None:
            seats += 1
        lucky = moving_up(seats, len(going), waiting)
        assert lucky == waiting[: len(lucky)]
        going, waiting = going + lucky, waiting[len(lucky) :]
        if seats is None:
            assert not waiting
        else:
            assert len(going) <= seats
            assert not waiting or len(going) == seats


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("2 jam", 120), ("1,5 jam", 90), ("90 menit", 90), ("90", 90), ("1 jam 30 menit", 90), ("2j", 120)],
)
def test_a_length_is_read_as_people_write_it_and_reads_back(text: str, minutes: int) -> None:
    seconds = reading.read_length(text)
    assert seconds == minutes * 60
    assert reading.read_length(reading.write_length(seconds)) == seconds


@pytest.mark.parametrize("text", ["", "0", "lama", "25 jam", "2 hari"])
def test_a_length_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(DomainError):
        reading.read_length(text)


def test_a_link_is_taken_out_of_the_place() -> None:
    assert reading.read_place("Zoom: https://zoom.us/j/1") == ("Zoom", "https://zoom.us/j/1")
    assert reading.read_place("https://zoom.us/j/1") == ("Online", "https://zoom.us/j/1")
    assert reading.read_place("Kafe Senja, Bandung") == ("Kafe Senja, Bandung", None)


def test_a_start_needs_a_time() -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    for text in ("25/3 19.00", "25/3 19:00", "25 Maret jam 7"):
        assert reading.read_start(text, now) > now.timestamp()
    with pytest.raises(DomainError):
        reading.read_start("25/3", now)
