"""People's text made fit for a picture: one line, nothing invisible, nothing that no font can draw."""

import unicodedata
from functools import lru_cache
from typing import Final

import regex

from bot.platform.drawing.fonts import Weight, face_for
from bot.platform.text import is_hidden

LONGEST: Final = 1500
MARKS: Final = 3

_BLANKS = regex.compile(r"[\s\p{Z}]+")
_JOINERS: Final = frozenset("\u200c\u200d")
_CLUSTER = regex.compile(r"\X")


def clusters(text: str) -> list[str]:
    """The text as what a person counts as characters (grapheme clusters)."""
    return _CLUSTER.findall(text)


def _drawable(cluster: str) -> str:
    """The cluster, or its plainer equivalent (`ﬁ` -> `fi`) or bare base where only these can be drawn, or nothing."""
    marks = 0
    kept: list[str] = []
    for character in cluster:
        # Stacked marks ("zalgo") would climb over the lines above and below.
        marks += unicodedata.category(character) == "Mn" and character not in "\ufe0e\ufe0f"
        if marks <= MARKS:
            kept.append(character)
    whole = "".join(kept)
    for candidate in (whole, unicodedata.normalize("NFKC", whole), whole[0]):
        if candidate and all(face_for(part, Weight.BODY) for part in clusters(candidate)):
            return candidate
    return ""


@lru_cache(maxsize=2048)
def clean(text: str) -> str:
    """`text` as one line without control, bidi-override, private-use or undrawable characters; at most LONGEST long."""
    text = unicodedata.normalize("NFC", text[: 2 * LONGEST])
    spaced = _BLANKS.sub(" ", text)
    kept = "".join(c for c in spaced if c in _JOINERS or not is_hidden(c))
    drawn = "".join(" " if cluster == " " else _drawable(cluster) for cluster in clusters(kept))
    return _BLANKS.sub(" ", drawn).strip()[:LONGEST]


def clip(text: str, length: int) -> str:
    """`text` cut to at most `length` code points at a cluster's edge, with an ellipsis where something was cut."""
    if len(text) <= length:
        return text
    kept: list[str] = []
    room = length - 1
    for cluster in clusters(text[: length + 32]):
        if len(cluster) > room:
            break
        room -= len(cluster)
        kept.append(cluster)
    return "".join(kept).rstrip() + "…"
