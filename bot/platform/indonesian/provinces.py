"""The 38 provinces (since 2022), by the names people use for them."""

import json
import re
from pathlib import Path
from typing import Final, TypedDict

from rapidfuzz import fuzz, process

from bot.platform.indonesian.blanks import Unreadable, is_blank
from bot.platform.text import quote

_FILE = Path(__file__).resolve().parents[3] / "data" / "provinces.json"
# "Jawa Brat" (89) passes; "Jawa" alone (57) and "Papua Utara" for "Papua Tengah" (70) do not.
_CLOSE_ENOUGH = 86
_PREFIX = re.compile(r"^(?:provinsi|prov|kota|kab|kabupaten)\s+")


class _Entry(TypedDict):
    name: str
    also: list[str]


def _plain(text: str) -> str:
    return _PREFIX.sub("", " ".join(re.sub(r"[^a-z]+", " ", text.lower()).split()))


_ENTRIES: Final[list[_Entry]] = json.loads(_FILE.read_text(encoding="utf-8"))
PROVINCES: Final[tuple[str, ...]] = tuple(entry["name"] for entry in _ENTRIES)
_KNOWN: Final = {_plain(word): entry["name"] for entry in _ENTRIES for word in (entry["name"], *entry["also"])}


def parse_province(value: str | None) -> str | None:
    """The official name of a province from its name, a usual short form (`Jabar`, `DIY`, `NTB`), or a big city of it.

    None for a blank. Small slips are forgiven where only one province is near; otherwise Unreadable names the nearest.
    """
    if is_blank(value):
        return None
    word = _plain(str(value)[:200])
    if word in _KNOWN:
        return _KNOWN[word]
    near = process.extract(word, _KNOWN.keys(), scorer=fuzz.ratio, limit=6)
    if near and near[0][1] >= _CLOSE_ENOUGH and len(word) > 3:
        best = {_KNOWN[name] for name, score, _ in near if score >= near[0][1] - 3}
        if len(best) == 1:
            return best.pop()
    likely = [name for name in PROVINCES if len(word) > 3 and word in _plain(name)]
    likely = likely or list(dict.fromkeys(_KNOWN[name] for name, score, _ in near if score >= 65))[:3]
    hint = f"Maksudmu {', '.join(likely)}?" if likely else "Tulis misalnya Jawa Barat, Jabar, atau DKI Jakarta."
    raise Unreadable(f"Provinsi {quote(value)} tidak dikenal. {hint}")
