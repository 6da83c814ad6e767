"""Right-to-left text: the order in which pieces of a line are drawn (Unicode Bidirectional Algorithm)."""

# Neither library has type annotations.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false

import unicodedata
from typing import Any, Final

import regex
from arabic_reshaper import reshape
from bidi import algorithm, mirror

from bot.platform.drawing.clean import clusters

_RIGHT_TO_LEFT = regex.compile(r"[\p{Bidi_Class=R}\p{Bidi_Class=AL}\p{Bidi_Class=AN}]")
_MIRRORED: Final[dict[str, str]] = mirror.MIRRORED


def levels(pieces: list[str]) -> list[int]:
    """Embedding level of each grapheme cluster; odd reads right to left.

    The algorithm sees one character a cluster: joiners and marks inside one never part from their base.
    """
    if not any(_RIGHT_TO_LEFT.search(piece) for piece in pieces):
        return [0] * len(pieces)
    bases = "".join(piece[0] for piece in pieces)
    storage: dict[str, Any] = algorithm.get_empty_storage()
    base = algorithm.get_base_level(bases)
    storage["base_level"], storage["base_dir"] = base, ("L", "R")[base]
    algorithm.get_embedding_levels(bases, storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    _resolve_brackets(storage["chars"], "LR"[base])
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    return [int(character["level"]) for character in storage["chars"]]


def _resolve_brackets(characters: list[dict[str, Any]], outer: str) -> None:
    """Rule N0, which the library predates: a pair of brackets takes its direction as one.

    That of the line (`outer`, L or R) where any text inside has it, else that of the text before the pair.
    """
    strong = {"L": "L", "R": "R", "EN": "R", "AN": "R"}
    kinds = [strong.get(character["type"], "") for character in characters]
    waiting: list[int] = []
    pairs: list[tuple[int, int]] = []
    for place, character in enumerate(characters):
        category = unicodedata.category(character["ch"])
        if category == "Ps":
            waiting.append(place)
        elif category == "Pe":
            partner = next(
                (at for at in reversed(waiting) if _MIRRORED.get(characters[at]["ch"]) == character["ch"]), None
            )
            if partner is not None:
                del waiting[waiting.index(partner) :]
                pairs.append((partner, place))
    for start, end in sorted(pairs):
        inside = set(kinds[start + 1 : end]) - {""}
        if inside:
            before = next((kind for kind in reversed(kinds[:start]) if kind), outer)
            kinds[start] = kinds[end] = outer if outer in inside else before
            characters[start]["type"] = characters[end]["type"] = kinds[start]


def visual_order(run_levels: list[int]) -> list[int]:
    """Indices of runs from left to right: rule L2, every stretch at or above a level is turned round, highest first."""
    order = list(range(len(run_levels)))
    for level in range(max(run_levels, default=0), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and run_levels[order[end]] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = max(end, start + 1)
    return order


def shaped_by_hand(pieces: list[str]) -> str:
    """A right-to-left run as it is seen, Arabic letters joined, for a layout engine that does neither."""
    joined = reshape("".join(pieces))
    return "".join(_MIRRORED.get(piece, piece) for piece in reversed(clusters(joined)))
