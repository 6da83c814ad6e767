"""The weights of a shortlist: the defaults that fit what is asked for, and those that staff write."""

import re
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz, process

from bot.platform.errors import FormRefused
from bot.platform.text import one_line, quote
from bot.shortlists.models import Criteria, CriterionKey, Weight
from bot.shortlists.scoring import DEFAULT, Scoring

_LINE = re.compile(r"(?P<name>.*?[^\s:=\d-])\s*[:=]?\s*(?P<points>-?[\d.,]+)\s*%?")
_BY_LABEL = {key.label.casefold(): key for key in CriterionKey}
_SIMILAR = 75


def weights_for(
    criteria: Criteria, own: Sequence[Weight] | None = None, scoring: Scoring = DEFAULT
) -> tuple[Weight, ...]:
    """The weights of a shortlist: whole points that add up to 100, from its own or else the defaults.

    What isn't asked for (niche, followers, region, age) has none; its points go to the others in proportion (largest
    remainders, ties in the order of the criteria).
    """
    own = [weight for weight in own or () if weight.key in askable(criteria)]
    sizes = {weight.key: weight.points for weight in own} if any(weight.points for weight in own) else scoring.weights
    return _to_hundred({key: sizes.get(key, 0) for key in askable(criteria)})


def askable(criteria: Criteria) -> tuple[CriterionKey, ...]:
    """The criteria that can bring points here, in their order."""
    asked = {
        CriterionKey.NICHE: bool(criteria.niches),
        CriterionKey.FOLLOWERS: bool(criteria.followers),
        CriterionKey.REGION: bool(criteria.preferred_regions),
        CriterionKey.AGE: bool(criteria.age_bands),
    }
    return tuple(key for key in CriterionKey if asked.get(key, True))


def _to_hundred(sizes: Mapping[CriterionKey, int]) -> tuple[Weight, ...]:
    kept = [key for key, size in sizes.items() if size > 0]
    total = sum(sizes[key] for key in kept)
    whole = {key: sizes[key] * 100 // total for key in kept}
    by_remainder = sorted(kept, key=lambda key: -(sizes[key] * 100 % total))
    for key in by_remainder[: 100 - sum(whole.values())]:
        whole[key] += 1
    return tuple(Weight(key, whole[key]) for key in kept if whole[key])


def write_weights(criteria: Criteria, weights: Sequence[Weight]) -> str:
    """One line a criterion (`ER: 26`), those without points too, as the form shows and `read_weights` reads."""
    points = {weight.key: weight.points for weight in weights}
    return "\n".join(f"{key.label}: {points.get(key, 0)}" for key in askable(criteria))


def read_weights(text: str, criteria: Criteria) -> tuple[Weight, ...]:
    """The weights somebody wrote, one criterion a line; one that isn't written has none.

    Raises FormRefused with everything that is wrong, and how far the sum is from 100.
    """
    problems: list[str] = []
    found: dict[CriterionKey, int] = {}
    can = askable(criteria)
    for line in filter(None, map(one_line, text.splitlines())):
        match = _LINE.fullmatch(line)
        if match is None:
            problems.append(f"Baris {quote(line)} belum bisa dibaca. Tulis misalnya “ER: 30”.")
            continue
        key, points = _BY_LABEL.get(match["name"].casefold()), match["points"]
        if key is None:
            problems.append(_unknown(match["name"], can))
        elif key in found:
            problems.append(f"{key.label} tertulis dua kali. Sisakan satu.")
        elif not points.isascii() or not points.isdigit() or int(points) > 100:
            problems.append(f"Bobot {key.label} harus bilangan bulat dari 0 sampai 100, bukan {quote(points)}.")
        elif key not in can and int(points):
            problems.append(f"{key.label} tidak bisa diberi bobot, karena shortlist ini tidak memintanya.")
        else:
            found[key] = int(points)
    total = sum(found.values())
    if not problems and total != 100:
        change = f"tambah {100 - total} lagi" if total < 100 else f"kurangi {total - 100}"
        problems.append(f"Jumlah semua bobot {total}, harusnya 100: {change}.")
    if problems:
        raise FormRefused(problems)
    return tuple(Weight(key, found[key]) for key in can if found.get(key))


def _unknown(name: str, can: Sequence[CriterionKey]) -> str:
    near = process.extractOne(name.casefold(), [key.label.casefold() for key in can], scorer=fuzz.ratio)
    if near and near[1] >= _SIMILAR:
        return f"Kriteria {quote(name)} tidak dikenal. Maksudmu {_BY_LABEL[near[0]].label}?"
    return f"Kriteria {quote(name)} tidak dikenal. Yang bisa: {', '.join(key.label for key in can)}."
