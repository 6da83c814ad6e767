"""What importing a sheet would do, decided before anything is done."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from bot.creators.columns import Column
from bot.creators.models import AgeBand, ContentType, CreatorKey, CreatorRecord, Gender, Metrics, Niche
from bot.creators.rules import Verdict, engagement_rate, explain_reported_difference
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
# What a registered creator has told of themselves in their registration; a sheet never overrules it. The city, told
# there as well, is in no sheet.
_OWN_WORD = ("age_band", "gender", "contact")


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
        if self.column is Column.ER:
            # Not "ER" alone: the computed one does not vanish with what an earlier sheet reported.
            return f"ER lembar {_rate(self.old)} → {_rate(self.new)}"
        return f"{self.column} {_shown(self.old)} → {_shown(self.new)}"


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A known account the sheet says something new about. `after` is what to save.

    `registered`: the account belongs to a member of the server. `own` are the columns that the sheet has otherwise and
    that stay as that person filled them in.
    """

    row: AcceptedRow
    before: CreatorRecord
    after: CreatorRecord
    changes: tuple[FieldChange, ...]
    registered: bool = False
    own: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class UnchangedRow:
    """A known account the sheet says nothing new about; `record` is what is known of it. `own` as in ChangedRow."""

    row: AcceptedRow
    record: CreatorRecord
    own: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Every row of a reading in exactly one place, in the order of the file.

    `skipped` are rows of registered accounts that would change and are left as they are.
    """

    new: tuple[AcceptedRow, ...]
    changed: tuple[ChangedRow, ...]
    unchanged: tuple[UnchangedRow, ...]
    rejected: tuple[RejectedRow, ...]
    skipped: tuple[ChangedRow, ...] = ()

    @property
    def records_to_save(self) -> list[CreatorRecord]:
        """New records and changed ones as they will be."""
        return [row.record for row in self.new] + [row.after for row in self.changed]

    @property
    def changes_nothing(self) -> bool:
        """Whether there is nothing to save."""
        return not self.new and not self.changed

    @property
    def registered(self) -> tuple[ChangedRow, ...]:
        """The changed rows of accounts that belong to members."""
        return tuple(row for row in self.changed if row.registered)

    def without_registered(self) -> "ImportPlan":
        """The same, leaving registered accounts as they are."""
        others = tuple(row for row in self.changed if not row.registered)
        return replace(self, changed=others, skipped=(*self.skipped, *self.registered))


def plan_import(
    existing: Mapping[CreatorKey, CreatorRecord], reading: SheetReading, registered: Collection[CreatorKey] = ()
) -> ImportPlan:
    """Sort the rows of a reading into new, changed, unchanged and rejected.

    A blank in the sheet never erases what is known. Planning again after saving `records_to_save` finds every accepted
    row unchanged. `existing` needs the accounts of the sheet, with their contacts in clear, and may hold others.
    Of `registered` accounts (a set, best) age, gender and contact are never changed: who they are is theirs to say.
    """
    new: list[AcceptedRow] = []
    changed: list[ChangedRow] = []
    unchanged: list[UnchangedRow] = []
    for row in reading.rows:
        before = existing.get(row.record.key)
        if before is None:
            new.append(row)
            continue
        is_registered = row.record.key in registered
        told, own = _respecting(before, row.record) if is_registered else (row.record, ())
        after = merge(before, told)
        changes = _changes(before, after)
        if changes:
            changed.append(ChangedRow(row, before, after, changes, is_registered, own))
        else:
            unchanged.append(UnchangedRow(row, before, own))
    return ImportPlan(tuple(new), tuple(changed), tuple(unchanged), reading.rejected)


def merge(known: CreatorRecord, told: CreatorRecord) -> CreatorRecord:
    """What is known of an account once the sheet has told its part: told values win, blanks leave the known ones.

    A reported ER that only repeats the computed one, as our own exports do, is no news: not where none was known, nor
    where the known one differs by rounding alone. One that was reported for other figures is dropped with them: it says
    nothing about the new ones.
    """
    metrics = Metrics(**{name: _told_or_known(told.metrics, known.metrics, name) for name in _METRICS})
    merged: dict[str, Any] = {name: _told_or_known(told, known, name) for name in _FIELDS}
    if _verdict(told.reported_er, metrics) is Verdict.SAME and _no_contradiction(known.reported_er, metrics):
        merged["reported_er"] = known.reported_er
    if told.reported_er is None and engagement_rate(metrics) != engagement_rate(known.metrics):
        merged["reported_er"] = None
    return replace(known, metrics=metrics, **merged)


def _told_or_known(told: object, known: object, name: str) -> Any:
    value = getattr(told, name)
    return getattr(known, name) if value is None else value


def _respecting(known: CreatorRecord, told: CreatorRecord) -> tuple[CreatorRecord, tuple[Column, ...]]:
    """What a sheet tells of a registered account without what is the person's own to say, and what was left out."""
    differing = [name for name in _OWN_WORD if getattr(told, name) not in (None, getattr(known, name))]
    respectful = replace(told, age_band=None, gender=None, contact=None)
    return respectful, tuple(_FIELDS[name] for name in differing)


def own_word(columns: Collection[Column]) -> str:
    """That these columns stay as the creator filled them in."""
    return f"{', '.join(columns)} tidak diubah: diisi sendiri oleh kreator"


def _verdict(reported: Decimal | None, metrics: Metrics) -> Verdict:
    return explain_reported_difference(reported, metrics).verdict


def _no_contradiction(reported: Decimal | None, metrics: Metrics) -> bool:
    return _verdict(reported, metrics) in (Verdict.NOT_REPORTED, Verdict.SAME, Verdict.ROUNDING)


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
    if isinstance(value, (AgeBand, Gender, Niche, ContentType)):
        return value.label
    return format_number(value) if isinstance(value, (int, Decimal)) else str(value)


def _rate(value: Decimal | None) -> str:
    return "kosong" if value is None else format_percent(value)
