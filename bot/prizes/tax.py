"""The tax note of a prize, by the rates in data/prize_tax.json. It computes; it is no advice."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from bot.platform.indonesian import format_date, format_rupiah

FILE: Final = Path(__file__).resolve().parents[2] / "data" / "prize_tax.json"


@dataclass(frozen=True)
class Bracket:
    """`percent` of what lies above the bracket before and up to `up_to` whole rupiah (None: without end)."""

    up_to: int | None
    percent: int


@dataclass(frozen=True)
class TaxRule:
    """One tax with what it rests on."""

    name: str
    legal_basis: str
    effective_from: date
    base: str
    brackets: tuple[Bracket, ...]


@dataclass(frozen=True)
class PrizeTax:
    """A prize drawn by lot is taxed by another rule than one won by skill."""

    drawn: TaxRule
    skill: TaxRule
    note: str


@dataclass(frozen=True)
class TaxNote:
    """`amount` in whole rupiah, None where the prize has no amount to reckon with."""

    amount: int | None
    text: str


def load(path: Path = FILE) -> PrizeTax:
    """Read and check the file. Raises ValueError or KeyError when it is incomplete."""
    raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return PrizeTax(_rule(raw["drawn"]), _rule(raw["skill"]), str(raw["note"]))


def _rule(raw: dict[str, Any]) -> TaxRule:
    brackets = tuple(Bracket(item["up_to"], int(item["percent"])) for item in raw["brackets"])
    ends = [bracket.up_to for bracket in brackets]
    bounds = [end for end in ends[:-1] if end is not None]
    if not ends or ends[-1] is not None or len(bounds) != len(ends) - 1 or bounds != sorted(set(bounds)):
        raise ValueError("brackets in prize_tax.json must rise, and the last one must have no end")
    if any(not 0 <= bracket.percent <= 100 for bracket in brackets):
        raise ValueError("a percentage in prize_tax.json is not from 0 to 100")
    return TaxRule(raw["name"], raw["legal_basis"], date.fromisoformat(raw["effective_from"]), raw["base"], brackets)


def tax_of(rule: TaxRule, gross: int) -> int:
    """The tax on `gross` whole rupiah, bracket by bracket, half up to whole rupiah at the end."""
    hundredths = 0
    below = 0
    for bracket in rule.brackets:
        upper = gross if bracket.up_to is None else min(gross, bracket.up_to)
        hundredths += max(0, upper - below) * bracket.percent
        below = max(below, upper)
    return (hundredths + 50) // 100


def note_of(taxes: PrizeTax, *, by_lot: bool, amount: int | None) -> TaxNote:
    """What staff read beside a prize: which tax, how much, on which legal basis, and who to ask."""
    rule = taxes.drawn if by_lot else taxes.skill
    basis = f"{rule.legal_basis}, berlaku sejak {format_date(rule.effective_from, weekday=False)}"
    rates = "/".join(str(bracket.percent) for bracket in rule.brackets)
    if amount is None:
        tax, reckoned = None, f"{rates}% dari {rule.base}; nilai barangnya diisi finance"
    else:
        tax = tax_of(rule, amount)
        share = f"{rates}%" if len(rule.brackets) == 1 else f"tarif {rates}%"
        reckoned = f"{format_rupiah(tax)} ({share} dari {format_rupiah(amount)})"
    return TaxNote(tax, f"{rule.name}: {reckoned}. Dasar: {basis}. {taxes.note.capitalize()}.")
