"""The order of a shortlist: by score, then as staff want it."""

from collections.abc import Iterable
from dataclasses import replace

from bot.shortlists.models import Judgement, Line, Mark, Marks


def line_of(one: Judgement) -> Line:
    """A judgement as it is kept, not yet in its place."""
    candidate, record = one.candidate, one.candidate.creator.record
    return Line(
        creator_id=candidate.creator.id,
        application_id=candidate.application_id,
        points=one.points,
        unmet=one.excluded,
        flags=one.flags,
        followers=record.metrics.followers,
        engagement_ppm=candidate.creator.engagement_ppm,
        barred=candidate.barred is not None,
        rate=candidate.rate,
        rate_source=candidate.rate_source,
        username=record.username,
        platform=record.platform,
    )


def arrange(lines: Iterable[Line], marks: Marks) -> list[Line]:
    """Everyone in their place, whatever the order they come in: those who are in, then those who are out.

    Pinned ones come first and are in whatever they don't meet (but for the blacklist); dropped ones are out. Of the
    rest the higher score comes first, then more followers, then the username. A rank given by staff is kept where
    there is one that high; of two who were given the same, the later gets it and the other the next.
    """
    marked = [_marked(line, marks.get(line.creator_id)) for line in lines]
    inside = [line for line in marked if not _out(line)]
    outside = sorted((line for line in marked if _out(line)), key=_order)
    queue = sorted((line for line in inside if line.place is None), key=lambda line: (not line.pinned, *_order(line)))
    fixed = sorted(
        (line for line in inside if line.place is not None),
        key=lambda line: (line.place, -(marks[line.creator_id].placed_at or 0), *_order(line)),
    )
    placed: list[Line] = []
    for rank in range(1, len(inside) + 1):
        due = fixed and (fixed[0].place or 0) <= rank
        placed.append((fixed if due or not queue else queue).pop(0))
    ranked = [replace(line, rank=rank, position=rank) for rank, line in enumerate(placed, start=1)]
    return ranked + [
        replace(line, rank=None, position=position) for position, line in enumerate(outside, start=len(placed) + 1)
    ]


def _marked(line: Line, mark: Mark | None) -> Line:
    mark = mark or Mark(line.creator_id)
    return replace(
        line, staff_rate=mark.rate, pinned=mark.pinned, dropped=mark.dropped, note=mark.note, place=mark.place
    )


def _out(line: Line) -> bool:
    return line.dropped is not None or line.barred or (bool(line.unmet) and not line.pinned)


def _order(line: Line) -> tuple[int, int, str, str]:
    followers = line.followers if line.followers is not None else -1
    return -line.score, -followers, line.username, line.platform.value
