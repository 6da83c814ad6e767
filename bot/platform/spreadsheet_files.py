"""Writing spreadsheets: XLSX and CSV that are pleasant to open and hold no formula, whatever the texts say."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from bot.platform.spreadsheets import Formula, escape_text

_LONGEST_TEXT = 32_000
_NARROWEST, _WIDEST = 6, 60
_SHEET_NAME_TABOO = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


@dataclass(frozen=True, slots=True)
class Percent:
    """A ratio shown as a percentage: a number in XLSX, `3.76%` in CSV; at least two decimals."""

    ratio: Decimal

    @property
    def decimals(self) -> int:
        """As many as it takes to lose nothing, two at least and four at most."""
        exponent = self.ratio.normalize().as_tuple().exponent
        return min(max(2, -exponent - 2), 4) if isinstance(exponent, int) else 2

    def __str__(self) -> str:
        return f"{(self.ratio * 100).quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP):f}%"


Writable = str | int | float | bool | date | Percent | Formula | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What goes on one worksheet: title rows, the header, the rows below it."""

    name: str
    titles: Sequence[str]
    header: Sequence[str]
    rows: Sequence[Sequence[Writable]] = field(repr=False)


def write_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """A workbook with a worksheet for each (at least one): bold header that stays in view, columns wide enough to read.

    Numbers, dates and percentages are numbers; texts are escaped, formulas written as text.
    """
    workbook = Workbook(write_only=True)
    for sheet in sheets:
        target: Any = workbook.create_sheet(sheet.name.translate(_SHEET_NAME_TABOO)[:31])
        target.freeze_panes = f"A{len(sheet.titles) + 2}"
        for index, width in enumerate(_widths(sheet), start=1):
            target.column_dimensions[get_column_letter(index)].width = width
        for title in sheet.titles:
            target.append([_styled(target, title, Font(bold=True, size=13))])
        bold, wrapped = Font(bold=True), Alignment(vertical="center")
        target.append([_styled(target, text, bold, wrapped) for text in sheet.header])
        for row in sheet.rows:
            target.append([_xlsx_value(target, value) for value in row])
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def write_csv(sheet: Sheet) -> bytes:
    """The same as CSV: commas, UTF-8 with the mark by which Excel knows it, every line as wide as the header."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    width = len(sheet.header)
    for title in sheet.titles:
        writer.writerow([_clean_text(title), *[""] * (width - 1)])
    writer.writerow([_clean_text(text) for text in sheet.header])
    for row in sheet.rows:
        writer.writerow([_plain_value(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _styled(target: Any, text: str, font: Font, alignment: Alignment | None = None) -> Any:
    cell = cast(Any, WriteOnlyCell)(target, value=_clean_text(text))
    cell.font = font
    if alignment:
        cell.alignment = alignment
    return cell


def _xlsx_value(target: Any, value: Writable) -> Any:
    if isinstance(value, Percent):
        cell = cast(Any, WriteOnlyCell)(target, value=value.ratio)
        cell.number_format = f"0.{'0' * value.decimals}%"
        return cell
    return _plain_value(value)


def _plain_value(value: Writable) -> str | int | float | bool | date | None:
    if isinstance(value, (str, Percent)):
        return _clean_text(str(value))
    return _clean_text(value.text) if isinstance(value, Formula) else value


def _clean_text(text: str) -> str:
    """Escaped, without characters that XML can't hold, cut at what a cell can."""
    return escape_text(ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST_TEXT])


def _widths(sheet: Sheet) -> list[float]:
    """The longest of the header and the first rows; every row would be read twice for no visible gain."""
    sample = [sheet.header, *sheet.rows[:200]]
    longest = [
        max(len(str(_plain_value(row[i]) or "")) for row in sample if i < len(row)) for i in range(len(sheet.header))
    ]
    return [min(max(length + 2, _NARROWEST), _WIDEST) for length in longest]
