"""What differs between two versions of a shortlist."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.shortlists.models import Criteria, CriterionKey, Line, Weight
from bot.shortlists.rules import criteria_lines


@dataclass(frozen=True, slots=True)
class Difference:
    """One creator in both versions. `points` are the criteria whose points differ: before and after."""

    creator_id: int
    rank_before: int | None
    rank_after: int | None
    score_before: int
    score_after: int
    points: tuple[tuple[CriterionKey, int, int], ...]


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody who is in now and was not. `before`: what kept them out, empty when they weren't looked at."""

    creator_id: int
    rank: int
    before: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gone:
    """Somebody who was in and is not. `reasons`: why, empty when others have taken all the room."""

    creator_id: int
    rank: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """From one version to another. Ranks are of those who are in; `moved` have another rank or score."""

    entered: tuple[Entered, ...] = ()
    gone: tuple[Gone, ...] = ()
    moved: tuple[Difference, ...] = ()
    weights: tuple[tuple[CriterionKey, int, int], ...] = ()
    no_longer_asked: tuple[str, ...] = ()
    newly_asked: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != Changes()


@dataclass(frozen=True, slots=True)
class Content:
    """What a version says."""

    criteria: Criteria
    weights: Sequence[Weight]
    lines: Sequence[Line]


def changes(before: Content, after: Content) -> Changes:
    """What became of everyone, in the order of their new rank (of those who are gone, the old one)."""
    old, new = ({line.creator_id: line for line in one.lines} for one in (before, after))
    was_in = {one: line.rank for one, line in old.items() if line.rank is not None}
    is_in = {one: line.rank for one, line in new.items() if line.rank is not None}
    entered = [
        Entered(one, rank, reasons_out(old[one]) if one in old else ())
        for one, rank in is_in.items()
        if one not in was_in
    ]
    gone = [
        Gone(one, rank, reasons_out(new[one]) if one in new else ()) for one, rank in was_in.items() if one not in is_in
    ]
    both = [_difference(old[one], new[one]) for one in is_in if one in was_in]
    asked_before, asked_after = criteria_lines(before.criteria), criteria_lines(after.criteria)
    return Changes(
        entered=tuple(sorted(entered, key=lambda one: one.rank)),
        gone=tuple(sorted(gone, key=lambda one: one.rank)),
        moved=tuple(
            sorted(
                (one for one in both if one.rank_before != one.rank_after or one.points),
                key=lambda one: one.rank_after or 0,
            )
        ),
        weights=_weights(before.weights, after.weights),
        no_longer_asked=tuple(line for line in asked_before if line not in asked_after),
        newly_asked=tuple(line for line in asked_after if line not in asked_before),
    )


def reasons_out(line: Line) -> tuple[str, ...]:
    """Why a line is out; empty when it is in."""
    if line.rank is not None:
        return ()
    dropped = (f"Dikeluarkan tim: {line.dropped.rstrip('.')}.",) if line.dropped else ()
    return (*dropped, *line.unmet)


def _difference(before: Line, after: Line) -> Difference:
    old, new = ({one.key: one.gained for one in line.points} for line in (before, after))
    return Difference(
        before.creator_id,
        before.rank,
        after.rank,
        before.score,
        after.score,
        tuple((key, old.get(key, 0), new.get(key, 0)) for key in CriterionKey if old.get(key, 0) != new.get(key, 0)),
    )


def _weights(before: Sequence[Weight], after: Sequence[Weight]) -> tuple[tuple[CriterionKey, int, int], ...]:
    old, new = ({one.key: one.points for one in weights} for weights in (before, after))
    return tuple((key, old.get(key, 0), new.get(key, 0)) for key in CriterionKey if old.get(key, 0) != new.get(key, 0))
