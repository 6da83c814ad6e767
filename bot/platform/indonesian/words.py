"""Common Indonesian words: what tells a slip of the finger from another word that looks much like it."""

from functools import lru_cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).resolve().parents[3] / "data" / "common_words_id.txt"


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def is_common_word(word: str) -> bool:
    """Whether `word` (lower case, 4 to 16 letters) is in the list of some 11,000 that people use much."""
    return word in _words()
