"""Targets for new creators: periods, what counts for what, pace and cost."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.acquisition import rules
from bot.acquisition.models import Aim, Arrivals, Cost, Period, Strategy, Target, days
from bot.acquisition.reading import read_amount, read_period
from bot.acquisition.rules import Standing
from bot.creators.models import Niche, Platform, Tier
from bot.platform.clock import JAKARTA
from bot.platform.errors import DomainError

TODAY = date(2026, 2, 14)
Q1 = Period(date(2026, 1, 1), 3)
JANUARY, FEBRUARY = Period(date(2026, 1, 1), 1), Period(date(2026, 2, 1), 1)

periods = st.builds(
    lambda year, month, months: Period(date(year, month if months == 1 else (month - 1) // 3 * 3 + 1, 1), months),
    st.integers(2000, 2099),
    st.integers(1, 12),
    st.sampled_from([1, 3]),
)
aims = st.builds(
    Aim,
    st.none() | st.sampled_from(Platform),
    st.none() | st.sampled_from(["Bali", "Jawa Barat"]),
    st.none() | st.sampled_from(Niche),
    st.none() | st.sampled_from(Tier),
    st.none() | st.sampled_from(Strategy),
)
arrived = st.builds(
    Arrivals,
    st.sampled_from([date(2026, month, 1) for month in range(1, 5)]),
    st.sampled_from(Platform),
    st.none() | st.sampled_from(["Bali", "Jawa Barat"]),
    st.lists(st.sampled_from(Niche), max_size=2).map(tuple),
    st.none() | st.sampled_from(Tier),
    st.none() | st.sampled_from(Strategy),
    st.integers(1, 50),
)


def some(month: int, count: int, strategy: Strategy | None = None, platform: Platform = Platform.TIKTOK) -> Arrivals:
    return Arrivals(date(2026, month, 1), platform, "Bali", (Niche.FOOD, Niche.TRAVEL), Tier.NANO, strategy, count)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (None, Q1),
        ("", Q1),
        ("Q1 2026", Q1),
        ("q1", Q1),
        ("kuartal 1 2026", Q1),
        ("TW4/2025", Period(date(2025, 10, 1), 3)),
        ("Februari 2026", FEBRUARY),
        ("2/2026", FEBRUARY),
        ("januari", JANUARY),
    ],
)
def test_a_period_is_read_as_people_write_it(typed: str | None, expected: Period) -> None:
    assert read_period(typed, TODAY) == expected


@pytest.mark.parametrize("typed", ["Q5 2026", "besok", "13/2026", "Q1 Februari"])
def test_what_is_no_period_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(DomainError, match="Q1 2026"):
        read_period(typed, TODAY)


def test_a_cost_of_nothing_is_refused() -> None:
    assert read_amount("1,5jt") == 1_500_000
    with pytest.raises(DomainError):
        read_amount("0")


@given(periods)
def test_a_period_survives_its_code_and_its_name(period: Period) -> None:
    assert Period.of_code(period.code) == period
    assert read_period(period.label, TODAY) == period
    assert period.moved(5).moved(-5) == period
    assert sum(days(month) for month in period.each_month()) == days(period)


@pytest.mark.parametrize("code", [0, 2026022, 2026023, 2026131, 2026001])
def test_a_number_that_is_no_period_is_refused(code: int) -> None:
    with pytest.raises(ValueError):
        Period.of_code(code)


def test_a_period_begins_at_midnight_in_jakarta() -> None:
    assert FEBRUARY.starts_at == int(datetime(2026, 2, 1, tzinfo=JAKARTA).timestamp()) == JANUARY.ends_at


@given(st.lists(arrived, max_size=12), aims)
def test_a_narrower_target_never_counts_more(arrivals: list[Arrivals], aim: Aim) -> None:
    narrow = rules.count(arrivals, Q1, aim)

    assert narrow <= rules.count(arrivals, Q1, Aim(platform=aim.platform)) <= rules.count(arrivals, Q1, Aim())
    assert narrow == sum(rules.count(arrivals, month, aim) for month in Q1.each_month())


@given(st.lists(arrived, max_size=12))
def test_every_new_creator_is_in_exactly_one_strategy_row(arrivals: list[Arrivals]) -> None:
    found = rules.ways(arrivals, [], Q1)

    assert sum(one.count for one in found) == rules.count(arrivals, Q1, Aim())
    assert all(one.cost is None and one.cost_each is None for one in found)


def test_either_niche_counts_and_an_unknown_value_fits_no_wish() -> None:
    one = some(1, 3)

    assert rules.fits(one, Aim(niche=Niche.TRAVEL)) and rules.fits(one, Aim(region="Bali", tier=Tier.NANO))
    assert not rules.fits(one, Aim(strategy=Strategy.REFERRAL))


@given(st.integers(0, 500), st.integers(1, 500), st.integers(0, 120))
def test_more_new_creators_never_look_worse(done: int, wanted: int, day: int) -> None:
    order = [Standing.MISSED, Standing.BEHIND, Standing.WAITING, Standing.ON_PACE, Standing.REACHED]
    today = Q1.first + timedelta(days=day)
    share, over = rules.elapsed(Q1, today), today >= Q1.after

    now = rules.standing(done, wanted, share, over=over)
    assert order.index(now) <= order.index(rules.standing(done + 1, wanted, share, over=over))
    assert (now is Standing.REACHED) == (done >= wanted)
    assert (now is Standing.MISSED) == (over and done < wanted)


def test_pace_is_an_even_course_and_the_last_day_is_not_over() -> None:
    def how(done: int, today: date) -> Standing:
        [one] = rules.outcomes([Target(1, JANUARY, Aim(), 31)], [some(1, done)], today)
        return one.standing

    assert rules.elapsed(JANUARY, date(2026, 1, 1)) == Decimal(1) / 31
    assert how(10, date(2026, 1, 10)) is Standing.ON_PACE
    assert how(9, date(2026, 1, 10)) is Standing.BEHIND
    assert how(30, date(2026, 1, 31)) is Standing.BEHIND
    assert how(30, date(2026, 2, 1)) is Standing.MISSED
    assert how(31, date(2026, 2, 1)) is Standing.REACHED
    assert how(1, date(2025, 12, 31)) is Standing.WAITING


def test_cost_each_is_unknown_without_a_cost_or_without_anybody() -> None:
    costs = [
        Cost(1, JANUARY, Strategy.GIVEAWAY, 100_000, ""),
        Cost(2, FEBRUARY, Strategy.GIVEAWAY, 50_001, ""),
        Cost(3, JANUARY, Strategy.REFERRAL, 70_000, ""),
        Cost(4, Q1, Strategy.GIVEAWAY, 900_000, ""),
    ]
    arrivals = [some(1, 2, Strategy.GIVEAWAY), some(2, 1, Strategy.COMMUNITY)]

    by = {one.strategy: one for one in rules.ways(arrivals, costs, JANUARY)}
    assert by[Strategy.GIVEAWAY].cost_each == 50_000
    assert by[Strategy.REFERRAL].cost == 70_000 and by[Strategy.REFERRAL].cost_each is None
    assert by[Strategy.COMMUNITY].cost is None

    quarter = rules.ways(arrivals, costs, Q1)
    assert {one.strategy: one.cost for one in quarter}[Strategy.GIVEAWAY] == 1_050_001
    assert rules.together(quarter).cost_each == 560_001  # 1,120,001 / 2, half up
    assert rules.cost_each(3, 2) == 2


def test_the_strongest_strategies_share_the_place_when_level() -> None:
    level = rules.ways([some(1, 4, Strategy.REFERRAL), some(1, 4, Strategy.GIVEAWAY), some(1, 9)], [], JANUARY)

    assert [one.strategy for one in rules.strongest(level)] == [Strategy.GIVEAWAY, Strategy.REFERRAL]
    assert rules.strongest(rules.ways([], [], JANUARY)) == []


def test_a_months_goal_is_its_own_or_a_third_of_its_quarters() -> None:
    tiktok = Aim(platform=Platform.TIKTOK)
    targets = [
        Target(1, Q1, tiktok, 100),
        Target(2, FEBRUARY, tiktok, 7),
        Target(3, Q1, Aim(platform=Platform.TIKTOK, niche=Niche.FOOD), 999),
    ]

    assert rules.goal(targets, Platform.TIKTOK, JANUARY) == 33
    assert rules.goal(targets, Platform.TIKTOK, FEBRUARY) == 7
    assert rules.goal(targets, Platform.INSTAGRAM, JANUARY) is None
    assert rules.goal(targets, Platform.TIKTOK, Period(date(2026, 4, 1), 1)) is None


def test_growth_shows_platforms_with_accounts_or_plans_only() -> None:
    plan = [Target(1, FEBRUARY, Aim(platform=Platform.YOUTUBE), 5)]
    found = rules.growth([some(1, 3), some(2, 4)], {Platform.TIKTOK: 10}, plan, [JANUARY, FEBRUARY])

    assert [(one.platform, one.counts, one.total) for one in found] == [
        (Platform.TIKTOK, (3, 4), 17),
        (Platform.YOUTUBE, (0, 0), 0),
    ]
    assert found[1].goals == (None, 5)
