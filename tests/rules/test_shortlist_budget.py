"""The best set under a budget: exact, and the same whatever order the offers come in."""

import time
from itertools import combinations
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.shortlists.budget import LeftOut, Offer, best_set

A, B, C, D = Offer(1, 90, 7_000_000), Offer(2, 80, 3_000_000), Offer(3, 75, 3_500_000), Offer(4, 60, 3_000_000)


def test_two_that_fit_are_better_than_the_best_one() -> None:
    found = best_set([A, B, C, D], 10_000_000, 3)

    assert found is not None
    assert (found.taken, found.score, found.cost) == ((2, 3, 4), 215, 9_500_000)
    assert found.left_out == (LeftOut(1, instead=170),)


def test_who_costs_more_than_the_whole_budget_is_said_to() -> None:
    found = best_set([A, B], 5_000_000, 2)

    assert found is not None and found.taken == (2,)
    assert found.left_out == (LeftOut(1, too_dear=True),)


def test_a_pinned_one_is_taken_whatever_it_costs_the_score() -> None:
    found = best_set([Offer(1, 90, 7_000_000, must=True), B, C, D], 10_000_000, 3)

    assert found is not None
    assert (found.taken, found.score) == ((1, 2), 170)


def test_pinned_ones_that_do_not_fit_leave_no_answer() -> None:
    assert best_set([Offer(1, 90, 7_000_000, must=True)], 5_000_000, 3) is None
    assert best_set([Offer(1, 9, 0, must=True), Offer(2, 9, 0, must=True)], 5_000_000, 1) is None


def test_of_equal_scores_the_cheapest_set_is_taken() -> None:
    found = best_set([Offer(1, 50, 900), Offer(2, 50, 400), Offer(3, 50, 500)], 1_000, 2)

    assert found is not None and (found.taken, found.cost) == ((2, 3), 900)


def test_nobody_fits() -> None:
    found = best_set([A], 1, 5)

    assert found is not None and (found.taken, found.score) == ((), 0)


offers = st.lists(st.tuples(st.integers(0, 100), st.integers(0, 60), st.booleans()), max_size=9).map(
    lambda found: [Offer(number, score, rate, must and number < 3) for number, (score, rate, must) in enumerate(found)]
)


def by_trying_all(found: list[Offer], budget: int, slots: int) -> tuple[int, int] | None:
    """The highest score and the lowest cost that reaches it."""
    must = {one.creator_id for one in found if one.must}
    sets = [
        (-sum(one.score for one in group), sum(one.rate for one in group))
        for size in range(min(slots, len(found)) + 1)
        for group in combinations(found, size)
        if sum(one.rate for one in group) <= budget and must <= {one.creator_id for one in group}
    ]
    return min(sets, default=None)


@given(found=offers, budget=st.integers(0, 200), slots=st.integers(1, 6), seed=st.randoms())
@settings(max_examples=300)
def test_no_other_set_is_better_and_order_does_not_matter(
    found: list[Offer], budget: int, slots: int, seed: Any
) -> None:
    best = best_set(found, budget, slots)
    expected = by_trying_all(found, budget, slots)
    mixed = found.copy()
    seed.shuffle(mixed)
    again = best_set(mixed, budget, slots)

    assert (best is None) == (expected is None) == (again is None)
    if best is None or again is None or expected is None:
        return
    assert (-best.score, best.cost) == expected
    assert len(best.taken) <= slots
    assert set(again.taken) == set(best.taken) and again.left_out == best.left_out
    assert all(one.instead <= best.score for one in best.left_out)


def test_a_hundred_offers_and_thirty_slots_take_a_moment() -> None:
    random = Random(7)
    many = [Offer(n, random.randint(40, 95), random.randint(300, 9_000) * 1_000 + n) for n in range(120)]

    began = time.process_time()
    found = best_set(many, 60_000_000, 30)

    assert found is not None and len(found.taken) <= 30
    assert time.process_time() - began < 5
