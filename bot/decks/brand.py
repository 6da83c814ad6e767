"""How decks look and whom they speak for, read from data/deck_brand.json each time one is made: no restart needed."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

from bot.platform.drawing import clean, contrast
from bot.platform.errors import DomainError

ROOT: Final = Path(__file__).resolve().parents[2]
FILE: Final = ROOT / "data" / "deck_brand.json"
ACCENTS: Final = 6
# Texts are measured by the house font, which sets wider than these. A wider one would run over its edges unnoticed.
FONTS: Final = ("Arial", "Helvetica", "Calibri", "Plus Jakarta Sans")
# Text: WCAG 2.2, AA. Bars and marks stand beside their figures, so they may be paler.
_READABLE, _VISIBLE = 4.5, 2.5
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class Colours:
    """One palette, 0xRRGGBB: text and dark grounds, light ground, quieter text, tinted panels, and the six accents."""

    ink: int
    paper: int
    muted: int
    panel: int
    accents: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DeckBrand:
    """Names, colours, font and the last page. `contact` is the agency's own, one line each, and may be empty."""

    company: str
    community: str
    cover_label: str
    logo: Path
    font: str
    colours: Colours
    closing_title: str
    closing_lines: tuple[str, ...]
    contact: tuple[str, ...]


def load(path: Path = FILE) -> DeckBrand:
    """Read and check the file. Raises DomainError with everything that is wrong with it, for whoever makes the deck."""
    try:
        raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        colours = Colours(
            *(_colour(raw["colours"][name]) for name in ("ink", "paper", "muted", "panel")),
            accents=tuple(_colour(item) for item in raw["colours"]["accents"]),
        )
        brand = DeckBrand(
            company=clean(str(raw["company"])),
            community=clean(str(raw["community"])),
            cover_label=clean(str(raw["cover_label"])),
            logo=ROOT / str(raw["logo"]),
            font=str(raw["font"]),
            colours=colours,
            closing_title=clean(str(raw["closing"]["title"])),
            closing_lines=_lines(raw["closing"]["lines"]),
            contact=_lines(raw["closing"].get("contact", [])),
        )
    except KeyError as missing:
        raise DomainError(f"Deck belum bisa dibuat: {path.name} tidak punya bagian {missing}. Lengkapi dulu.") from None
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise DomainError(f"Deck belum bisa dibuat: {path.name} tidak terbaca ({error}). Perbaiki dulu.") from None
    if wrong := list(_faults(brand)):
        raise DomainError(f"Deck belum bisa dibuat. Di {path.name}: {'; '.join(wrong)}.")
    return brand


def _faults(brand: DeckBrand) -> Iterator[str]:
    colours = brand.colours
    if not brand.company or not brand.community:
        yield "nama company dan community harus diisi"
    if brand.font not in FONTS:
        yield f"font harus salah satu dari {', '.join(FONTS)}"
    if not brand.logo.resolve().is_relative_to(ROOT) or not brand.logo.is_file():
        yield "logo harus berkas gambar di dalam folder bot"
    if len(colours.accents) != ACCENTS:
        yield f"accents harus {ACCENTS} warna"
        return
    pairs = {
        "ink dan paper": (colours.ink, colours.paper, _READABLE),
        "ink dan panel": (colours.ink, colours.panel, _READABLE),
        "muted dan paper": (colours.muted, colours.paper, _READABLE),
        "muted dan panel": (colours.muted, colours.panel, _READABLE),
        "accent pertama dan paper": (colours.accents[0], colours.paper, _READABLE),
    } | {
        f"accent ke-{place} dan paper": (accent, colours.paper, _VISIBLE)
        for place, accent in enumerate(colours.accents[1:], start=2)
    }
    for names, (one, other, least) in pairs.items():
        if contrast(one, other) < least:
            yield f"warna {names} terlalu mirip untuk dibaca"


def _colour(value: object) -> int:
    text = str(value)
    if not _COLOUR.fullmatch(text):
        raise ValueError(f"{text} bukan warna, tulis seperti #6A4BF0")
    return int(text[1:], 16)


def _lines(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError("lines dan contact harus daftar")
    return tuple(line for item in cast(Sequence[object], value) if (line := clean(str(item))))
