"""A search put together step by step in forms: what each form shows of a filter, and the filter it makes of it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import IntEnum
from typing import Any, Final

from bot.creators.models import AgeBand, ContentType, Gender, Niche, Platform, Tier
from bot.creators.search import ANY, CreatorFilter, Range, Review, percent_of
from bot.creators.search_reading import TEXT_LENGTH, read_counts, read_engagement, read_text
from bot.creators.tags import read_tags
from bot.platform.indonesian import format_number, parse_province
from bot.platform.problems import Problems
from bot.platform.text import one_line, quote

# What a form's fields hold, by field id: a text field has one value, a select as many as were chosen.
Told = Mapping[str, Sequence[str]]


class Step(IntEnum):
    """The forms, in order; each has at most five fields, as many as Discord takes."""

    ACCOUNT = 1
    PERSON = 2
    FIGURES = 3
    STANDING = 4

    @property
    def label(self) -> str:
        """For the button and the form's title."""
        return {1: "Akun", 2: "Kreator", 3: "Angka", 4: "Lainnya"}[self.value]


# Yes and no of what is known or not, as options of one select: value, what it asks, the answer, its words.
STANDINGS: Final = tuple(
    (f"{part}:{int(answer)}", part, answer, words)
    for part, yes, no in (
        ("affiliate", "Ikut affiliate", "Tidak ikut affiliate"),
        ("registered", "Terdaftar di Discord", "Belum terdaftar di Discord"),
        ("reachable", "Ada kontak", "Belum ada kontak"),
        ("blacklisted", "Di blacklist", "Tidak di blacklist"),
        ("stale", "Angka lama (lebih dari 90 hari)", "Angka baru (90 hari terakhir)"),
    )
    for answer, words in ((True, yes), (False, no))
)
FIGURES: Final = {
    "followers": "Followers",
    "engagement": "ER",
    "views": "Rata-rata views",
    "likes": "Rata-rata like",
    "comments": "Rata-rata komentar",
}
_LEAST: Final = re.compile(r"(?:minimal|min|paling sedikit|mulai|>=?|≥)\.?\s*(?P<figure>.+)", re.IGNORECASE)
_MOST: Final = re.compile(r"(?:maksimal|maks|max|paling banyak|sampai|<=?|≤)\.?\s*(?P<figure>.+)", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"(?P<low>[^\-–—]+?)\s*(?:[\-–—]|s/d|sampai)\s*(?P<high>[^\-–—]+)", re.IGNORECASE)


def shown(step: Step, wanted: CreatorFilter) -> dict[str, list[str]]:
    """What a form begins with: the filter so far."""
    if step is Step.ACCOUNT:
        lists = {name: [str(item) for item in getattr(wanted, name)] for name in ("platforms", "niches", "tiers")}
        return {"text": [wanted.text], **lists, "content_types": [str(kind) for kind in wanted.content_types]}
    if step is Step.PERSON:
        lists = {name: [str(item) for item in getattr(wanted, name)] for name in ("genders", "age_bands")}
        typed = {"regions": [", ".join(wanted.regions)], "city": [wanted.city], "tags": [", ".join(wanted.tags)]}
        return {**lists, **typed}
    if step is Step.FIGURES:
        return {name: [_range(getattr(wanted, name), percent=name == "engagement")] for name in FIGURES}
    standings = [value for value, part, answer, _ in STANDINGS if getattr(wanted, part) is answer]
    return {
        "shares": [_range(wanted.shares)],
        "review": [wanted.review.value] if wanted.review else [],
        "standing": standings,
    }


def changed(step: Step, wanted: CreatorFilter, told: Told) -> CreatorFilter:
    """The filter with what a form says in place of what it had there. Raises FormRefused with all that is wrong."""
    readers = {Step.ACCOUNT: _account, Step.PERSON: _person, Step.FIGURES: _figures, Step.STANDING: _standing}
    problems = Problems()
    values = readers[step](told, problems)
    problems.settle()
    # Bounds are shown rounded: a field nobody touched keeps the exact ones.
    same = {name for name, value in shown(step, wanted).items() if list(told.get(name, ())) == value}
    return replace(wanted, **{name: value for name, value in values.items() if name not in same})


def read_range(typed: str, read: Callable[[str | None, str | None], Range]) -> Range:
    """Bounds from `10rb - 50rb`, `min 10rb`, `maks 50rb`; one figure alone is the least. Blank: no bounds."""
    text = one_line(typed)
    if not text:
        return ANY
    if most := _MOST.fullmatch(text):
        return read(None, most["figure"])
    if least := _LEAST.fullmatch(text):
        return read(least["figure"], None)
    if both := _BETWEEN.fullmatch(text):
        return read(both["low"], both["high"])
    return read(text, None)


def _account(told: Told, problems: Problems) -> dict[str, Any]:
    return {
        "text": read_text(_text(told, "text")),
        "platforms": tuple(Platform(value) for value in told.get("platforms", ())),
        "niches": tuple(Niche(value) for value in told.get("niches", ())),
        "tiers": tuple(Tier(value) for value in told.get("tiers", ())),
        "content_types": tuple(ContentType(value) for value in told.get("content_types", ())),
    }


def _person(told: Told, problems: Problems) -> dict[str, Any]:
    pieces = [piece.strip() for piece in re.split(r"[,;\n]", _text(told, "regions")) if piece.strip()]
    regions = [problems.read(lambda piece=piece: parse_province(piece), None) for piece in pieces]
    return {
        "genders": tuple(Gender(value) for value in told.get("genders", ())),
        "age_bands": tuple(AgeBand(value) for value in told.get("age_bands", ())),
        "regions": tuple(dict.fromkeys(region for region in regions if region)),
        "city": one_line(_text(told, "city"))[:TEXT_LENGTH],
        "tags": problems.read(lambda: read_tags(_text(told, "tags")), ()),
    }


def _figures(told: Told, problems: Problems) -> dict[str, Any]:
    return {name: problems.read(lambda name=name: _figure(name, _text(told, name)), ANY) for name in FIGURES}


def _figure(name: str, typed: str) -> Range:
    if name == "engagement":
        return read_range(typed, read_engagement)
    return read_range(typed, lambda low, high: read_counts(FIGURES[name], low, high))


def _standing(told: Told, problems: Problems) -> dict[str, Any]:
    chosen = set(told.get("standing", ()))
    values: dict[str, Any] = {part: None for _, part, _, _ in STANDINGS}
    for value, part, answer, words in STANDINGS:
        if value not in chosen:
            continue
        if values[part] is not None:
            problems.sentences.append(f"{quote(words)} dan kebalikannya tidak bisa dipilih bersama. Pilih salah satu.")
        values[part] = answer
    shares = problems.read(
        lambda: read_range(_text(told, "shares"), lambda low, high: read_counts("Rata-rata share", low, high)), ANY
    )
    review = next(iter(told.get("review", ())), None)
    return {**values, "shares": shares, "review": Review(review) if review else None}


def _text(told: Told, name: str) -> str:
    return next(iter(told.get(name, ())), "")


def _range(bounds: Range, *, percent: bool = False) -> str:
    """As `read_range` reads it back to the same bounds."""

    def write(figure: int) -> str:
        # A dot in a percentage would be read as the decimal one.
        return percent_of(figure).replace(".", "") if percent else format_number(figure)

    if bounds.low is not None and bounds.high is not None:
        return f"{write(bounds.low)} - {write(bounds.high)}"
    if bounds.low is not None:
        return f"min {write(bounds.low)}"
    return "" if bounds.high is None else f"maks {write(bounds.high)}"
