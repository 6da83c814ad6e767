"""How long something lasts, as staff type it and read it."""

import re
from decimal import Decimal

from bot.platform.errors import DomainError
from bot.platform.text import quote

_UNITS = {
    **dict.fromkeys(("detik", "dtk"), 1),
    **dict.fromkeys(("menit", "mnt", "m"), 60),
    **dict.fromkeys(("jam", "j"), 3_600),
    **dict.fromkeys(("hari", "h"), 86_400),
    **dict.fromkeys(("minggu", "pekan"), 604_800),
}
_COUNTED = ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh")
_WORDS = {
    **{word: Decimal(number) for number, word in enumerate(_COUNTED, start=1)},
    "sebelas": Decimal(11),
    "setengah": Decimal("0.5"),
    "satu setengah": Decimal("1.5"),
    "se": Decimal(1),
}
_NUMBER = r"\d{1,4}(?:[.,]5)?|satu setengah|" + "|".join(word for word in _WORDS if word not in ("se", "satu setengah"))
_PART = re.compile(
    rf"\b(?:(?P<number>{_NUMBER})\s*|(?P<one>se))"
    r"(?P<unit>minggu|pekan|menit|mnt|m|jam|j|hari|h|detik|dtk)\b",
    re.ASCII,
)
DURATION_HINT = "Tulis misalnya 30 menit, 2 jam, atau 1 hari."


def read_duration(text: str) -> int:
    """Seconds from `30 detik`, `30 menit`, `2 jam`, `dua jam`, `1,5 jam`, `sejam`, `1 hari`, `1 jam 30 menit`."""
    plain = " ".join(re.sub(r",(?!\d)", " ", text.lower()).replace(" dan ", " ").split())
    if re.fullmatch(rf"{_NUMBER}", plain, re.ASCII):
        raise DomainError(f"Maksudnya {plain} menit atau {plain} jam? Tulis satuannya.")
    parts = list(_PART.finditer(plain))
    if not parts or _PART.sub("", plain).strip():
        raise DomainError(f"{quote(text)} tidak terbaca. {DURATION_HINT}")
    return int(sum(_counted(part["number"] or part["one"]) * _UNITS[part["unit"]] for part in parts))


def write_duration(seconds: int) -> str:
    """`1 jam 30 menit`: what `read_duration` reads back."""
    parts: list[str] = []
    for name in ("hari", "jam", "menit", "detik"):
        number, seconds = divmod(seconds, _UNITS[name])
        if number:
            parts.append(f"{number} {name}")
    return " ".join(parts) or "0 menit"


def _counted(word: str) -> Decimal:
    return _WORDS[word] if word in _WORDS else Decimal(word.replace(",", "."))
