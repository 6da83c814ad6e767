"""From a sheet's rows to entries. What is not understood becomes a question for a person; nothing is guessed."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date

from bot.content_calendar.asking import (
    Decisions,
    Known,
    Planned,
    Setting,
)
from bot.content_calendar.columns import Column
from bot.content_calendar.dates import DateDoubt, DateReader, Stamp
from bot.content_calendar.row_reading import RowReading
from bot.content_calendar.sheet import CalendarSheet
from bot.platform.spreadsheets import Formula
from bot.platform.text import one_line


def plan(
    sheet: CalendarSheet, setting: Setting, decisions: Decisions, known: Mapping[str, Known] | None = None
) -> list[Planned]:
    """Every row of the sheet as understood. `known` holds rows that are in the calendar, by digest: not asked again."""
    known = known or {}
    reader = DateReader(setting.year)
    planned: list[Planned] = []
    first_seen: dict[str, int] = {}
    for index, (row, digest) in enumerate(zip(sheet.rows, digests(sheet, setting.year), strict=True)):
        reading = RowReading(index, row, digest, setting, decisions)
        stamp = reader.read(row.date)
        one = reading.plan(stamp, known.get(digest))
        if isinstance(stamp, DateDoubt) and one.due_at is not None:
            reader.settle(reading.day)
        if digest in first_seen and not one.skipped:
            twin = sheet.rows[first_seen[digest]].number
            one = Planned(index, row, digest, None, None, same_as=twin)
        first_seen.setdefault(digest, index)
        planned.append(one)
    return planned


def digests(sheet: CalendarSheet, year: int) -> list[str]:
    """By which rows are known again: their texts and the last certain day, whatever people decided about them."""
    reader = DateReader(year)
    anchor: date | None = None
    found: list[str] = []
    for row in sheet.rows:
        stamp = reader.read(row.date)
        if isinstance(stamp, Stamp):
            anchor = stamp.day
        # A day that is certain stands for itself: `21` under February and `21/2` are the same row.
        told = "" if isinstance(stamp, Stamp) else one_line(_shown(row.date))
        minute = stamp.minute
        texts = [row.text(column) for column in Column if column not in (Column.NO, Column.DATE)]
        text = json.dumps([year, anchor.isoformat() if anchor else None, told, minute, *texts], ensure_ascii=False)
        found.append(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())
    return found


def _shown(value: object) -> str:
    return value.text if isinstance(value, Formula) else "" if value is None else str(value)
