"""The order of a shortlist, and what differs between two versions."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.creators.models import Niche
from bot.shortlists.arrangement import arrange
from bot.shortlists.changes import Content, changes
from bot.shortlists.models import Criteria, CriterionKey, Line, Mark, Points, Weight


def line(number: int, score: int, *unmet: str, barred: bool = False) -> Line:
    points = (Points(CriterionKey.ENGAGEMENT, score, 100, "ER."),)
    return Line(number, None, points, unmet, (), 1_000, 10_000, barred=barred, username=f"k{number:03}")


def order(lines: list[Line]) -> list[int]:
    return [one.creator_id for one in lines if one.rank is not None]


FIVE = [line(1, 90), line(2, 80), line(3, 70), line(4, 60), line(5, 95, "ER terlalu rendah.")]


def test_the_score_decides_and_who_is_out_comes_last() -> None:
    arranged = arrange(FIVE, {})

    assert order(arranged) == [1, 2, 3, 4]
    assert [(one.position, one.rank) for one in arranged][-1] == (5, None)


def test_a_pin_comes_first_and_in_whatever_is_not_met_but_never_from_the_blacklist() -> None:
    pinned = arrange(FIVE, {5: Mark(5, pinned=True), 4: Mark(4, pinned=True)})
    barred = arrange([*FIVE, line(6, 99, "Ada di blacklist.", barred=True)], {6: Mark(6, pinned=True)})

    assert order(pinned) == [5, 4, 1, 2, 3]
    assert pinned[0].unmet == ("ER terlalu rendah.",)
    assert order(barred) == [1, 2, 3, 4]


def test_a_dropped_one_is_out_with_the_reason() -> None:
    arranged = arrange(FIVE, {1: Mark(1, dropped="Baru kerja untuk pesaing")})

    assert order(arranged) == [2, 3, 4]
    assert next(one for one in arranged if one.creator_id == 1).dropped == "Baru kerja untuk pesaing"


def test_a_given_rank_is_kept_and_the_later_of_two_gets_it() -> None:
    first = {4: Mark(4, place=1, placed_at=10)}
    both = {**first, 3: Mark(3, place=1, placed_at=20)}

    assert order(arrange(FIVE, first)) == [4, 1, 2, 3]
    assert order(arrange(FIVE, both)) == [3, 4, 1, 2]
    assert order(arrange(FIVE, {1: Mark(1, place=99, placed_at=5)})) == [2, 3, 4, 1]


marks = st.builds(
    lambda pinned, place, placed_at, dropped: (
        {"dropped": "alasan"} if dropped else {"pinned": pinned, "place": place, "placed_at": place and placed_at}
    ),
    st.booleans(),
    st.one_of(st.none(), st.integers(1, 12)),
    st.integers(1, 3),
    st.booleans(),
)


@given(
    people=st.lists(st.tuples(st.integers(0, 100), st.booleans(), st.booleans()), max_size=10),
    data=st.data(),
    seed=st.randoms(),
)
def test_everyone_has_one_place_and_the_input_order_does_not_matter(
    people: list[tuple[int, bool, bool]], data: st.DataObject, seed: Any
) -> None:
    lines = [
        line(number, score, *(["tidak"] if unmet or barred else []), barred=barred)
        for number, (score, unmet, barred) in enumerate(people, 1)
    ]
    chosen: dict[int, Mark] = {
        one.creator_id: Mark(one.creator_id, **data.draw(marks)) for one in lines if data.draw(st.booleans())
    }
    mixed = lines.copy()
    seed.shuffle(mixed)

    arranged = arrange(lines, chosen)

    assert arrange(mixed, chosen) == arranged
    assert arrange(arranged, chosen) == arranged
    assert [one.position for one in arranged] == list(range(1, len(lines) + 1))
    inside = [one for one in arranged if one.rank is not None]
    assert [one.rank for one in inside] == list(range(1, len(inside) + 1))
    assert all(not one.barred and one.dropped is None for one in inside)
    assert {one.creator_id for one in arranged} == {one.creator_id for one in lines}


@given(scores=st.lists(st.integers(0, 99), min_size=1, max_size=8), data=st.data())
def test_a_higher_score_never_ranks_lower(scores: list[int], data: st.DataObject) -> None:
    lines = [line(number, score) for number, score in enumerate(scores, 1)]
    chosen = data.draw(st.integers(1, len(lines)))
    better = [line(one.creator_id, one.score + (one.creator_id == chosen)) for one in lines]

    before, after = (order(arrange(found, {})).index(chosen) for found in (lines, better))

    assert after <= before


def test_what_changed_between_two_versions_is_told_for_everyone() -> None:
    weights = [Weight(CriterionKey.ENGAGEMENT, 100)]
    before = Content(Criteria(), weights, arrange([line(1, 90), line(2, 80), line(3, 70), line(6, 10)], {}))
    now = [line(1, 60), line(2, 80), line(3, 70, "Niche lain."), line(4, 99)]
    after = Content(
        Criteria(niches=(Niche.FOOD,)),
        [Weight(CriterionKey.ENGAGEMENT, 60), Weight(CriterionKey.NICHE, 40)],
        arrange(now, {}),
    )

    found = changes(before, after)

    assert [(one.creator_id, one.rank) for one in found.entered] == [(4, 1)]
    assert [(one.creator_id, one.rank, one.reasons) for one in found.gone] == [(3, 3, ("Niche lain.",)), (6, 4, ())]
    assert [(one.creator_id, one.rank_before, one.rank_after, one.points) for one in found.moved] == [
        (1, 1, 3, ((CriterionKey.ENGAGEMENT, 90, 60),))
    ]
    assert found.weights == ((CriterionKey.NICHE, 0, 40), (CriterionKey.ENGAGEMENT, 100, 60))
    assert found.newly_asked == ("Niche Kuliner",)
    assert found.no_longer_asked == ("Tanpa syarat: semua kreator dinilai",)


def test_nothing_changed_is_nothing() -> None:
    one = Content(Criteria(), [Weight(CriterionKey.ENGAGEMENT, 100)], arrange(FIVE, {}))

    assert not changes(one, one)
    assert changes(one, replace(one, lines=arrange(FIVE, {1: Mark(1, pinned=True, dropped=None)}))).moved == ()
