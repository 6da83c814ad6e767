"""Account and identity numbers typed by mistake, cut down to their last four digits before anything is stored. Pure.

A run of 8 or more digits is taken for such a number, with single blanks, dots, hyphens or slashes between them or not.
Spared are what people rightly write: links, e-mail addresses, user names, Discord mentions, dates, times, amounts of
rupiah, and, where a form asks for one, phone numbers.
"""

import re
from dataclasses import dataclass
from typing import Final

from bot.platform.indonesian.phones import normalise_phone

FEWEST_DIGITS: Final = 8
NIK_DIGITS: Final = 16
# No amount anybody withdraws is longer; an account number may be.
MOST_AMOUNT_DIGITS: Final = 12

_GAP = r"(?: ?[\-\u2010-\u2015\u2212/.] ?|[ \t\u00a0\u2007\u202f_])?"
_RUN = re.compile(rf"\d(?:{_GAP}\d){{{FEWEST_DIGITS - 1},}}")
_MONTHS = r"(?:jan|feb|mar|apr|mei|may|jun|jul|ag|aug|sep|okt|oct|nov|des|dec)\w*"  # also in full: Agustus, December
_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
# What is not a number to hide. A date or time must stand alone: no digit or joining mark on either side.
_ALONE_BEFORE, _ALONE_AFTER = r"(?<![\d])(?<!\d[.\-/_,])", r"(?!\d)(?![.\-/_,]\d)"
_SPARED = re.compile(
    "|".join(
        (
            r"https?://\S+",
            r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+",
            r"<(?:@[!&]?|#|a?:\w+:|t:)\d+(?::\w)?>",
            r"(?<![\w.])@(?=[\w.]*[^\W\d_])[\w.]+",
            rf"{_ALONE_BEFORE}{_DAY}([./\- ]){_MONTH}\1{_YEAR}{_ALONE_AFTER}",
            rf"{_ALONE_BEFORE}{_YEAR}([./\-]){_MONTH}\2{_DAY}{_ALONE_AFTER}",
            rf"{_ALONE_BEFORE}{_DAY}[ \-]{_MONTHS}[ \-]{_YEAR}{_ALONE_AFTER}",
            rf"{_ALONE_BEFORE}(?:[01]?\d|2[0-3])[.:][0-5]\d(?:[.:][0-5]\d)?{_ALONE_AFTER}",
        )
    ),
    re.IGNORECASE,
)
_RUPIAH_BEFORE = re.compile(r"(?:rp|idr)\.?[ \t\u00a0]*$", re.IGNORECASE)
_RUPIAH_AFTER = re.compile(r"^(?:,-|[ \t\u00a0]*(?:rupiah|ribu|rb|juta|jt|idr)\b)", re.IGNORECASE)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d{1,2})?|[1-9]\d{0,2}(?:,\d{3})+(?:\.\d{1,2})?")
_ACCOUNT_BEFORE = re.compile(
    r"\b(?:no(?:mor)?|rek\w*|norek|acc\w*|va|kartu|nik|ktp|bca|bni|bri|bsi|mandiri)\b\W*$", re.I
)
_ASKS_FOR_PHONE = re.compile(r"\b(?:no(?:mor)?)\b.*\b(?:hp|handphone|telepon|telp|whatsapp|wa)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Masked:
    """A text as it may be kept, and how many numbers were hidden in it; `nik`: one of them was as long as a NIK."""

    text: str
    hidden: int
    nik: bool


def asks_for_phone(label: str) -> bool:
    """Whether a form's question wants a phone number, as in "Nomor HP di aplikasi"."""
    return _ASKS_FOR_PHONE.search(label) is not None


def mask(text: str, *, phones_wanted: bool = False) -> Masked:
    """Hide account numbers, card numbers and NIKs (16 digits) but for their last four: `••••7890`.

    `phones_wanted`: phone numbers may stay. Masking a masked text changes nothing.
    """
    pieces: list[str] = []
    hidden, nik, position = 0, False, 0

    def hide(part: str, before: str, after: str) -> str:
        nonlocal hidden, nik
        out: list[str] = []
        end = 0
        for match in _RUN.finditer(part):
            run = match.group()
            context = (before + part[: match.start()])[-40:]
            following = (part[match.end() :] + after)[:12]
            if _is_amount(run, context, following) or (phones_wanted and _is_phone(run, context)):
                continue
            digits = re.sub(r"\D", "", run)
            out += [part[end : match.start()], f"••••{digits[-4:]}"]
            end = match.end()
            hidden += 1
            nik = nik or len(digits) == NIK_DIGITS
        return "".join([*out, part[end:]])

    for spared in _SPARED.finditer(text):
        part = text[position : spared.start()]
        pieces += [hide(part, text[:position][-40:], spared.group()[:12]), spared.group()]
        position = spared.end()
    pieces.append(hide(text[position:], text[:position][-40:], ""))
    return Masked("".join(pieces), hidden, nik)


def _is_amount(run: str, before: str, after: str) -> bool:
    named = _RUPIAH_BEFORE.search(before) is not None or _RUPIAH_AFTER.search(after) is not None
    if all(len(amount) <= 16 and _THOUSANDS.fullmatch(amount) for amount in run.split()):
        return named or _ACCOUNT_BEFORE.search(before) is None
    return named and run.isdigit() and len(run) <= MOST_AMOUNT_DIGITS


def _is_phone(run: str, before: str) -> bool:
    sign = "+" if before.endswith("+") else ""
    return normalise_phone(f"{sign}{run}") is not None
