"""What importing a sheet would do, decided before anything is done."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from bot.creators.columns import Column
from bot.creators.models import AgeBand, ContentType, CreatorKey, CreatorRecord, Gender, Metrics, Niche
from bot.creators.rules import engagement_rate
from bot.creators.sheet import AcceptedRow, RejectedRow, SheetReading
from bot.platform.indonesian import format_number, format_percent

_FIELDS = {
    "age_band": Column.AGE_BAND,
    "gender": Column.GENDER,
    "niche_1": Column.NICHE_1,
    "niche_2": Column.NICHE_2,
    "content_type": Column.CONTENT_TYPE,
    "affiliate": Column.AFFILIATE,
    "reported_er": Column.ER,
    "contact": Column.CONTACT,
}
_METRICS = {
    "followers": Column.FOLLOWERS,
    "avg_views": Column.AVG_VIEWS,
    "avg_likes": Column.AVG_LIKES,
    "avg_comments": Column.AVG_COMMENTS,
    "avg_shares": Column.AVG_SHARES,
}
_SHOWN_PRECISION = Decimal("0.00005")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One value before and after. The values stay out of repr: one of them may be a contact."""

    column: Column
    old: Any = field(repr=False)
    new: Any = field(repr=False)

    @property
    def message(self) -> str:
        """`FOLLOWERS 12.200 → 12.900`; of a contact only that it changes."""
        if self.column is Column.CONTACT:
            return f"{self.column} {'diisi' if self.old is None else 'diganti'}"
        return f"{self.column} {_shown(self.old)} → {_shown(self.new)}"


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A known account the sheet says something new about. `after` is what to save."""

    row: AcceptedRow
    before: CreatorRecord
    after: CreatorRecord
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Every row of a reading in exactly one of four places, in the order of the file."""

    new: tuple[AcceptedRow, ...]
    changed: tuple[ChangedRow, ...]
    unchanged: tuple[AcceptedRow, ...]
    rejected: tuple[RejectedRow, ...]

    @property
    def records_to_save(self) -> list[CreatorRecord]:
        """New records and changed ones as they will be."""
        return [row.record for row in self.new] + [row.after for row in self.changed]

    @property
    def changes_nothing(self) -> bool:
        """Whether there is nothing to save."""
        return not self.new and not self.changed


def plan_import(existing: Mapping[CreatorKey, CreatorRecord], reading: SheetReading) -> ImportPlan:
    """Sort the rows of a reading into new, changed, unchanged and rejected.

    A blank in the sheet never erases what is known. Planning again after saving `records_to_save` finds every accepted
    row unchanged. `existing` needs the accounts of the sheet, with their contacts in clear, and may hold others.
    """
    new: list[AcceptedRow] = []
    changed: list[ChangedRow] = []
    unchanged: list[AcceptedRow] = []
    for row in reading.rows:
        before = existing.get(row.record.key)
        if before is None:
            new.append(row)
            continue
        after = merge(before, row.record)
        changes = _changes(before, after)
        if changes:
            changed.append(ChangedRow(row, before, after, changes))
        else:
            unchanged.append(row)
    return ImportPlan(tuple(new), tuple(changed), tuple(unchanged), reading.rejected)


def merge(known: CreatorRecord, told: CreatorRecord) -> CreatorRecord:
    """What is known of an account once the sheet has told its part: told values win, blanks leave the known ones.

    A reported ER that only repeats the computed one, as our own exports do, is no news where none was known. One that
    was reported for other figures is dropped with them: it says nothing about the new ones.
    """
    metrics = Metrics(**{name: _told_or_known(told.metrics, known.metrics, name) for name in _METRICS})
    merged: dict[str, Any] = {name: _told_or_known(told, known, name) for name in _FIELDS}
    if known.reported_er is None and _repeats_computed(told.reported_er, metrics):
        merged["reported_er"] = None
    if told.reported_er is None and engagement_rate(metrics) != engagement_rate(known.metrics):
        merged["reported_er"] = None
    return replace(known, metrics=metrics, **merged)


def _told_or_known(told: object, known: object, name: str) -> Any:
    value = getattr(told, name)
    return getattr(known, name) if value is None else value


def _repeats_computed(reported: Decimal | None, metrics: Metrics) -> bool:
    computed = engagement_rate(metrics)
    return reported is not None and computed is not None and abs(reported - computed) <= _SHOWN_PRECISION


def _changes(before: CreatorRecord, after: CreatorRecord) -> tuple[FieldChange, ...]:
    pairs = [(column, getattr(before, name), getattr(after, name)) for name, column in _FIELDS.items()]
    pairs += [
        (column, getattr(before.metrics, name), getattr(after.metrics, name)) for name, column in _METRICS.items()
    ]
    order = list(Column)
    found = [FieldChange(column, old, new) for column, old, new in pairs if old != new]
    return tuple(sorted(found, key=lambda change: order.index(change.column)))


def _shown(value: Any) -> str:
    if value is None:
        return "kosong"
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if isinstance(value, Decimal):
        return format_percent(value)
    if isinstance(value, (AgeBand, Gender, Niche, ContentType)):
        return value.label
    return format_number(value) if isinstance(value, int) else str(value)
