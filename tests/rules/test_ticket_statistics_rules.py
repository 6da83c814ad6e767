"""The figures of the help desk, reckoned once more in another way."""

import statistics
from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platform.clock import JAKARTA
from bot.tickets.desk_settings import load
from bot.tickets.models import Priority, Stage, TicketState
from bot.tickets.statistics import Kept, Measured, Offers, compute, percentile, spread

HOURS = load().working_time
FIRST, LAST = date(2026, 3, 2), date(2026, 4, 12)
BEGIN = int(datetime(2026, 3, 2, tzinfo=JAKARTA).timestamp())
SPAN = 42 * 86_400
counts = st.lists(st.integers(0, 10**7), min_size=1, max_size=60)


@st.composite
def tickets(draw: st.DrawFn) -> Measured:
    opened = BEGIN + draw(st.integers(0, SPAN - 1))
    answered = draw(st.none() | st.integers(0, 10 * 86_400))
    resolved = draw(st.none() | st.integers(0, 20 * 86_400))
    return Measured(
        draw(st.integers(1, 10**6)),
        draw(st.sampled_from(Stage)),
        draw(st.sampled_from(Priority)),
        TicketState.NEW if resolved is None else TicketState.RESOLVED,
        opened,
        None if answered is None else opened + answered,
        None if resolved is None else opened + resolved,
        draw(st.integers(0, 10**6)),
        draw(st.booleans()),
        draw(st.booleans()),
        draw(st.sampled_from(["outage", "bank", "other"])) if resolved is not None else None,
        draw(st.none() | st.integers(1, 5)) if resolved is not None else None,
    )


many = st.lists(tickets(), max_size=40)


@given(values=counts)
def test_median_and_p90_are_those_of_a_spreadsheet(values: list[int]) -> None:
    found = spread(values)
    assert found is not None and found.count == len(values)
    assert float(found.median) == pytest.approx(statistics.median(values))
    # PERCENTILE.INC: rank 1 + 0.9 (n - 1), interpolated.
    rank = Fraction(9, 10) * (len(values) - 1)
    ordered = sorted(values)
    below, part = int(rank), rank - int(rank)
    above = ordered[min(below + 1, len(ordered) - 1)]
    assert float(found.p90) == pytest.approx(float(ordered[below] + part * (above - ordered[below])))
    assert min(values) <= found.median <= found.p90 <= max(values)
    if len(values) > 1:
        assert float(found.p90) == pytest.approx(statistics.quantiles(values, n=10, method="inclusive")[8])


@given(found=many, shown=st.integers(0, 30), answered=st.integers(0, 30), sent=st.integers(0, 30))
def test_every_figure_reckoned_in_another_way(found: list[Measured], shown: int, answered: int, sent: int) -> None:
    told = compute(FIRST, LAST, found, Offers(shown, answered, sent), HOURS)

    assert told.whole.opened == len(found)
    assert sum(one.opened for one in told.stages.values()) == len(found)
    assert sum(week.total for week in told.weeks) == len(found)
    assert [week.monday for week in told.weeks] == [FIRST + timedelta(weeks=number) for number in range(6)]
    for week in told.weeks:
        days = {week.monday + timedelta(days=number) for number in range(7)}
        for stage in Stage:
            inside = [one for one in found if one.stage is stage and one.opened_day in days]
            assert week.by_stage[stage] == len(inside)

    response = [
        HOURS.elapsed(one.opened_at, one.first_response_at) for one in found if one.first_response_at is not None
    ]
    if response:
        assert told.whole.response is not None
        assert float(told.whole.response.median) == pytest.approx(statistics.median(response))
    else:
        assert told.whole.response is None
    resolved = [one for one in found if one.resolved_at is not None]
    assert told.whole.resolved == len(resolved)
    if resolved:
        assert told.whole.resolution is not None
        assert float(told.whole.resolution.median) == pytest.approx(
            statistics.median(one.clock_used for one in resolved)
        )

    late = [one for one in found if one.breached_resolution]
    on_time = [one for one in resolved if not one.breached_resolution]
    assert told.whole.resolution_kept == Kept(len(on_time), len(on_time) + len(late))
    assert dict(told.causes) == Counter(one.cause for one in resolved)
    assert [number for _, number in told.causes] == sorted((number for _, number in told.causes), reverse=True)
    stars = [one.stars for one in found if one.stars is not None]
    assert (told.rating is None) == (not stars)
    if stars:
        assert float(told.rating or 0) == pytest.approx(statistics.fmean(stars))
    asked = answered + len(found)
    assert told.deflected == (Decimal(answered) / asked if asked else None)


def test_a_weekend_and_a_night_are_no_time_to_answer() -> None:
    friday = int(datetime(2026, 11, 20, 17, 30, tzinfo=JAKARTA).timestamp())
    monday = int(datetime(2026, 11, 23, 9, 15, tzinfo=JAKARTA).timestamp())
    one = Measured(
        1, Stage.OTHER, Priority.LOW, TicketState.IN_PROGRESS, friday, monday, None, 0, False, False, None, None
    )
    told = compute(date(2026, 11, 16), date(2026, 11, 22), [one], Offers(), HOURS)
    assert told.whole.response is not None and told.whole.response.median == 45 * 60
    assert told.whole.response_kept.ratio == 1 and told.whole.resolution_kept.ratio is None
    assert told.whole.resolution is None and told.rating is None


def test_nothing_is_told_of_nothing() -> None:
    told = compute(FIRST, LAST, [], Offers(), HOURS)
    assert (told.deflected, told.rating, told.whole.response, told.whole.response_kept.ratio) == (None,) * 4
    with pytest.raises(ValueError, match="no values"):
        percentile([], Decimal("0.5"))
