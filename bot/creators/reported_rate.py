"""Reading the ER that a sheet reports of itself, which the bot only compares with its own."""

import re
from decimal import Decimal
from typing import Any

from bot.creators.models import Metrics
from bot.creators.rules import Verdict, explain_reported_difference
from bot.platform.indonesian import MAX_RATIO, parse_percent

FORMULA_NOTE = "ER di lembar berupa rumus, jadi diabaikan. Bot menghitung ER sendiri."
ERROR_NOTE = "ER di lembar berisi galat seperti #DIV/0!, jadi diabaikan. Bot menghitung ER sendiri."
UNCLEAR_NOTE = (
    "ER di lembar ditulis tanpa tanda % dan tidak jelas (0,11 bisa berarti 0,11% atau 11%), jadi diabaikan. "
    "Bot menghitung ER sendiri."
)
# What Excel, Google Sheets and LibreOffice leave where a formula fails.
_ERROR = re.compile(r"#(?:N/A|NAME\?|(?:DIV/0|NULL|NUM|REF|VALUE|ERROR|SPILL|CALC|FIELD)!)|Err:[0-9]{3}", re.IGNORECASE)


def is_error(value: object) -> bool:
    """Whether a cell holds the error of a formula instead of a value."""
    return isinstance(value, str) and _ERROR.fullmatch(value.strip()) is not None


def read_reported(value: Any, metrics: Metrics) -> tuple[Decimal | None, str]:
    """The reported ER as a ratio, and a note where it was left out.

    A percent sign (or a percent-formatted cell) says what is meant. A bare number does not: 0.11 may be 0,11 % or the
    ratio of 11 %. Then it is the one that the row's own figures give, rounding aside. When they give neither, a number
    over 1 is in percent as everywhere, and a smaller one is unclear. Raises Unreadable.
    """
    parsed = parse_percent(value)
    if parsed is None or (isinstance(value, str) and value.strip().endswith("%")):
        return parsed, ""
    as_percent = parse_percent(f"{_text(value)}%")
    assert as_percent is not None
    as_ratio = parsed * 100 if parsed == as_percent else parsed
    likely = [one for one in (as_percent, as_ratio) if one <= MAX_RATIO and _fits(one, metrics)]
    if likely:
        computed = explain_reported_difference(as_percent, metrics).computed or Decimal(0)
        return min(likely, key=lambda one: abs(one - computed)), ""
    return (as_percent, "") if as_percent > Decimal("0.01") or not as_percent else (None, UNCLEAR_NOTE)


def _fits(reported: Decimal, metrics: Metrics) -> bool:
    return explain_reported_difference(reported, metrics).verdict in (Verdict.SAME, Verdict.ROUNDING)


def _text(value: Any) -> str:
    return format(Decimal(repr(value)), "f") if isinstance(value, float) else str(value)
