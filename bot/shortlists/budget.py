"""The best set of creators under a budget and a number of slots, exactly."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

MOST_EXPLAINED = 5


@dataclass(frozen=True, slots=True)
class Offer:
    """A creator who could be taken: score (0 to 100), rate in whole rupiah, and whether they must be (pinned)."""

    creator_id: int
    score: int
    rate: int
    must: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who is not in the set. `too_dear`: not even alone beside those who must be taken. Otherwise `instead` is
    the highest sum of scores of a set that has them, never above that of the best set.
    """

    creator_id: int
    too_dear: bool = False
    instead: int = 0


@dataclass(frozen=True, slots=True)
class BestSet:
    """The set with the highest sum of scores; of several, the cheapest. `taken` in the order of the offers."""

    taken: tuple[int, ...]
    score: int
    cost: int
    left_out: tuple[LeftOut, ...] = ()


class _State(NamedTuple):
    """A way to spend: what it costs, what it scores, what was taken last, and the way before that."""

    cost: int
    score: int
    taken: int
    before: "_State | None"


def best_set(offers: Sequence[Offer], budget: int, slots: int) -> BestSet | None:
    """Choose at most `slots` offers costing at most `budget` together. None when those that must be taken don't fit.

    The answer does not depend on the order of the offers. The first few that are not taken are explained, best first.
    """
    ordered = sorted(offers, key=lambda one: (-one.score, one.rate, one.creator_id))
    found = _best(ordered, budget, slots)
    if found is None:
        return None
    taken, score, cost = found
    others = [one for one in ordered if one.creator_id not in taken][:MOST_EXPLAINED]
    left_out = tuple(_explained(one, ordered, budget, slots) for one in others)
    return BestSet(tuple(one.creator_id for one in offers if one.creator_id in taken), score, cost, left_out)


def _explained(one: Offer, offers: Sequence[Offer], budget: int, slots: int) -> LeftOut:
    forced = [Offer(other.creator_id, other.score, other.rate, other.must or other is one) for other in offers]
    found = _best(forced, budget, slots)
    return LeftOut(one.creator_id, too_dear=True) if found is None else LeftOut(one.creator_id, instead=found[1])


def _best(offers: Sequence[Offer], budget: int, slots: int) -> tuple[set[int], int, int] | None:
    must = [one for one in offers if one.must]
    budget, slots = budget - sum(one.rate for one in must), slots - len(must)
    if budget < 0 or slots < 0:
        return None
    free = [one for one in offers if not one.must and one.score > 0 and one.rate <= budget]
    best = state = _search(free, budget, slots)
    taken = {one.creator_id for one in must}
    while state.before is not None:
        taken.add(free[state.taken].creator_id)
        state = state.before
    return taken, best.score + sum(one.score for one in must), best.cost + sum(one.rate for one in must)


def _search(offers: Sequence[Offer], budget: int, slots: int) -> _State:
    """Dynamic programming over offer and number taken. Of each number only the ways that no other beats in both cost
    and score are kept (Nemhauser and Ullmann), and of those only what can still beat the best known (branch and bound).
    """
    nothing = _State(0, 0, -1, None)
    best = nothing
    fronts: list[list[_State]] = [[nothing], *([] for _ in range(min(slots, len(offers))))]
    goal = _greedy(offers, budget, slots)
    bounds = [_Bound(offers[index:]) for index in range(len(offers) + 1)]
    for index, offer in enumerate(offers):
        rest = bounds[index + 1]
        for count in range(min(index, len(fronts) - 2), -1, -1):
            more = [
                _State(one.cost + offer.rate, one.score + offer.score, index, one)
                for one in fronts[count]
                if one.cost + offer.rate <= budget
            ]
            merged = _undominated(fronts[count + 1], more)
            left = slots - count - 1
            fronts[count + 1] = [one for one in merged if one.score + rest.most(budget - one.cost, left) >= goal]
            best = min((best, *more), key=lambda one: (-one.score, one.cost))
            goal = max(goal, best.score)
    return best


def _undominated(first: Sequence[_State], second: Sequence[_State]) -> list[_State]:
    """Both together by rising cost, without those that cost as much as another and score no more."""
    kept: list[_State] = []
    for one in sorted((*first, *second), key=lambda state: (state.cost, -state.score)):
        if not kept or one.score > kept[-1].score:
            kept.append(one)
    return kept


class _Bound:
    """What the offers that are left could bring at most. They come by falling score."""

    def __init__(self, offers: Sequence[Offer]) -> None:
        self._scores = [0]
        for one in offers:
            self._scores.append(self._scores[-1] + one.score)
        self._by_worth = sorted(offers, key=lambda one: Fraction(one.rate, one.score))
        self._costs, self._worth = [0], [0]
        for one in self._by_worth:
            self._costs.append(self._costs[-1] + one.rate)
            self._worth.append(self._worth[-1] + one.score)

    def most(self, budget: int, slots: int) -> int:
        """Never less than the real best: the highest scores for the slots, or for the budget with the last one cut."""
        by_slots = self._scores[min(slots, len(self._scores) - 1)]
        whole = bisect_right(self._costs, budget) - 1
        by_budget = self._worth[whole]
        if whole < len(self._by_worth):
            cut = self._by_worth[whole]
            by_budget += (budget - self._costs[whole]) * cut.score // cut.rate
        return min(by_slots, by_budget)


def _greedy(offers: Sequence[Offer], budget: int, slots: int) -> int:
    """A score that can certainly be reached: the better of taking by score and taking by worth."""

    def reached(order: Sequence[Offer]) -> int:
        score = spent = count = 0
        for one in order:
            if count < slots and spent + one.rate <= budget:
                score, spent, count = score + one.score, spent + one.rate, count + 1
        return score

    return max(reached(offers), reached(sorted(offers, key=lambda one: Fraction(one.rate, one.score))))
