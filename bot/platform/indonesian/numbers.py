"""Counts, rupiah and percentages.

The rule for text: **the dot groups thousands, the comma decides** (is the decimal sign). From it follows:
- `85.300` is 85,300 and `2.500.000` is two and a half million; `12,5` is twelve and a half.
- With a suffix the number is an abbreviation as the apps show it, so a dot that can't be grouping is a decimal sign:
  `54.7K` is 54,700, `2.5 juta` is 2,500,000.
- Whatever can be read in two ways is refused, never guessed: `12.5` without a suffix, `12,400`, `1.234rb`, `1.2.3jt`.
- A dot before nothing but zeros is how spreadsheets export whole numbers: `20.0` is 20 (but `20.000` is grouped).
- Where fractions are expected (averages), a dot that can't be grouping is a decimal sign too: `300.6`.
- Commas that come twice or more can only group (`1,234,567`), so they are read.
A number from an XLSX cell is a number already and none of this applies to it.
"""

import re
from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import format_compact_decimal, format_currency, format_decimal

from bot.platform.indonesian.blanks import Unreadable, is_blank
from bot.platform.text import quote

MAX_COUNT = 10_000_000_000
MAX_RUPIAH = 1_000_000_000_000
# 100,000 %: nothing in this trade is more, so a larger one is a slip.
MAX_RATIO = Decimal(1_000)

_THOUSAND, _MILLION, _BILLION = Decimal(1_000), Decimal(1_000_000), Decimal(1_000_000_000)
_WORDS = {
    "": Decimal(1),
    "k": _THOUSAND,
    "rb": _THOUSAND,
    "rbu": _THOUSAND,
    "ribu": _THOUSAND,
    "jt": _MILLION,
    "juta": _MILLION,
    "mlr": _BILLION,
    "miliar": _BILLION,
    "milyar": _BILLION,
}
# The apps' English "1.2M" is a million. In rupiah "M" may as well be miliar, so it is missing there: a factor of 1,000.
_COUNT_SUFFIXES = {**_WORDS, "m": _MILLION, "b": _BILLION}

_NUMBER = re.compile(r"(?P<sign>[-−–]?)\s*(?P<digits>[0-9][0-9.,]*)\s*(?P<suffix>[a-z]*)\.?", re.ASCII)
_RUPIAH_SIGN = re.compile(r"^(?:rp|idr)\.?\s*|\s*(?:rupiah|idr)$|,\s*[-–]+$", re.ASCII)
_DOT_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_COMMA_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3}){2,}")
_COMMA_DECIMAL = re.compile(r"[0-9]+,[0-9]+")
_DOT_DECIMAL = re.compile(r"[0-9]+\.[0-9]+")
_PERCENT = re.compile(r"[0-9]+(?:[.,][0-9]+)?|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+")


def parse_count(value: str | int | float | None, *, whole: bool = False) -> int | None:
    """A count of people, views or likes: `1,2jt`, `85.300`, `12,4rb`, `54.7K`, `54700`, or a number cell.

    None for a blank. Fractions (an average of 362.4 likes) are rounded half up, or refused where only `whole` numbers
    make sense (followers: a cell holding 85.3 was most likely meant as 85.300). Negative numbers are given back as
    they are: whether they make sense is for the caller. Beyond MAX_COUNT is refused.
    """
    if is_blank(value):
        return None
    number = _read(value, _COUNT_SUFFIXES, "Tulis misalnya 85300, 85.300, 12,4rb, atau 1,2jt.")
    if abs(number) > MAX_COUNT:
        raise Unreadable(f"Angka {quote(value)} terlalu besar. Periksa jumlah nolnya.")
    if whole and number != number.to_integral_value():
        raise Unreadable(
            f"Angka {quote(value)} tidak bulat. Kalau maksudnya ribuan, tulis tanpa titik, misalnya 85300."
        )
    return int(number.to_integral_value(ROUND_HALF_UP))


def parse_average(value: str | int | float | None) -> int | Decimal | None:
    """An average a post (of likes, views): as `parse_count`, but kept to two decimals, rounded half up: `300,6`, `2.5`.

    Whole averages are int, so that they compare and show like counts. None for a blank; negative ones come back as
    they are; beyond MAX_COUNT is refused.
    """
    if is_blank(value):
        return None
    number = _read(value, _COUNT_SUFFIXES, "Tulis misalnya 362, 20,5, 12,4rb, atau 1,2jt.", fractional=True)
    if abs(number) > MAX_COUNT:
        raise Unreadable(f"Angka {quote(value)} terlalu besar. Periksa jumlah nolnya.")
    kept = number.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return int(kept) if kept == kept.to_integral_value() else kept.normalize()


def parse_rupiah(value: str | int | float | None) -> int | None:
    """An amount in whole rupiah: `2500000`, `2.500.000`, `Rp 2.500.000,-`, `2,5jt`, `2.5 juta`, `750rb`, `750k`.

    None for a blank. Refused: negative amounts, cents other than ,00, amounts over MAX_RUPIAH, and `2,5M`, which may
    mean million or miliar.
    """
    if is_blank(value):
        return None
    hint = "Tulis misalnya 2500000, Rp 2.500.000, 2,5jt, atau 750rb."
    text = _RUPIAH_SIGN.sub("", value.strip().lower().replace("\xa0", " ")) if isinstance(value, str) else value
    amount = _read(text, _WORDS, hint, shown=value)
    if amount < 0:
        raise Unreadable(f"Nominal {quote(value)} negatif. {hint}")
    if amount > MAX_RUPIAH:
        raise Unreadable(f"Nominal {quote(value)} terlalu besar. Periksa jumlah nolnya.")
    if amount != amount.to_integral_value():
        raise Unreadable(f"Nominal {quote(value)} tidak bulat. {hint}")
    return int(amount)


def parse_percent(value: str | int | float | None) -> Decimal | None:
    """A share as a ratio: `4,00%`, `4.00%` and the number 0.04 are all Decimal("0.04"). None for a blank.

    With a % sign dot and comma both are decimal signs (percentages are not grouped). Without one, a number up to 1 is
    a ratio, as XLSX stores it, and a larger one is in percent. Kept to a millionth, rounded half up.
    Beyond MAX_RATIO is refused.
    """
    if is_blank(value):
        return None
    hint = "Tulis misalnya 3,76%."
    text = str(value).strip() if not isinstance(value, float) else format(Decimal(repr(value)), "f")
    bare = text.removesuffix("%").rstrip()
    if isinstance(value, bool) or len(text) > 40 or not _PERCENT.fullmatch(bare):
        raise Unreadable(f"Persentase {quote(value)} tidak terbaca. {hint}")
    decimal_sign = max(bare.rfind("."), bare.rfind(","))
    digits = re.sub(r"[.,]", "", bare)
    number = Decimal(digits).scaleb(-(len(bare) - decimal_sign - 1)) if decimal_sign >= 0 else Decimal(digits)
    ratio = number / 100 if text.endswith("%") or number > 1 else number
    if ratio > MAX_RATIO:
        raise Unreadable(f"Persentase {quote(value)} terlalu besar. {hint}")
    return ratio.quantize(Decimal("0.000001"), ROUND_HALF_UP)


def format_rupiah(amount: int) -> str:
    """`Rp 2.500.000`: whole rupiah without decimals."""
    return format_currency(amount, "IDR", "¤ #,##0", locale="id_ID", currency_digits=False)


def format_number(number: int | Decimal) -> str:
    """`12.400`: every digit, grouped; up to two decimals of an average: `300,6`."""
    return format_decimal(number, "#,##0.##", locale="id_ID")


def format_count(number: int | Decimal) -> str:
    """`54,7 rb`, `1,2 jt`: one decimal, for glancing at. Below a thousand whole numbers are exact. 1 M is a miliar."""
    for unit in (1_000_000_000, 1_000_000, 1_000):
        # Babel rounds after choosing the unit and would write 999,950 as "1000 rb".
        if unit * Decimal("0.99995") <= abs(number) < unit and unit > 1_000:
            number = unit if number > 0 else -unit
    return format_compact_decimal(number, locale="id_ID", fraction_digits=1).replace("\xa0", " ")


def format_percent(ratio: Decimal, decimals: int = 2) -> str:
    """`3,76%` from the ratio 0.0376, rounded half up."""
    step = Decimal(1).scaleb(-decimals)
    percent = (ratio * 100).quantize(step, ROUND_HALF_UP)
    return format_decimal(percent, "#,##0." + "0" * decimals if decimals else "#,##0", locale="id_ID") + "%"


def _read(
    value: str | int | float | None,
    suffixes: dict[str, Decimal],
    hint: str,
    shown: str | int | float | None = None,
    *,
    fractional: bool = False,
) -> Decimal:
    """The exact number behind a cell or a text; raises Unreadable with the hint. `shown` is what the person wrote."""
    shown = value if shown is None else shown
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        if number.is_finite():
            return number
    text = value.strip().lower().replace("\xa0", " ") if isinstance(value, str) else ""
    match = _NUMBER.fullmatch(text) if len(text) <= 40 else None
    factor = suffixes.get(match["suffix"]) if match else None
    if match is None or factor is None:
        raise Unreadable(f"Angka {quote(shown)} tidak terbaca. {hint}")
    number = _plain(match["digits"], abbreviated=bool(match["suffix"]), fractional=fractional)
    if number is None:
        raise Unreadable(f"Angka {quote(shown)} tidak jelas. {hint}")
    return number * factor * (-1 if match["sign"] else 1)


def _plain(digits: str, *, abbreviated: bool, fractional: bool = False) -> Decimal | None:
    """Digits with dots and commas by the rule of this module; None when there is no single reading."""
    if digits.isdigit():
        return Decimal(digits)
    if _COMMA_GROUPS.fullmatch(digits):
        return Decimal(digits.replace(",", ""))
    if _DOT_GROUPS.fullmatch(digits):
        lone_group = digits.count(".") == 1 and "," not in digits
        return None if abbreviated and lone_group else Decimal(digits.replace(".", "").replace(",", "."))
    if _COMMA_DECIMAL.fullmatch(digits):
        looks_english = len(digits.partition(",")[2]) == 3 and not digits.startswith("0")
        return None if looks_english and not abbreviated else Decimal(digits.replace(",", "."))
    # Three digits behind the dot that are no group, as in `0.123` or `1234.567`, may still have been meant as one.
    decimals = digits.rpartition(".")[2]
    unambiguous = len(decimals) != 3 and (fractional or not decimals.strip("0"))
    if _DOT_DECIMAL.fullmatch(digits) and (abbreviated or unambiguous):
        return Decimal(digits)
    return None
