"""What importing a sheet would do, or did, with what about its figures a person should know."""

from dataclasses import dataclass, field

from bot.creators.import_plan import ImportPlan
from bot.creators.import_store import ImportCounts
from bot.creators.models import CreatorRecord
from bot.creators.rules import Flag, FlagKind, ReportedComparison, Verdict, anomalies, explain_reported_difference
from bot.creators.sheet import AcceptedRow, SheetReading


@dataclass(frozen=True, slots=True)
class ReviewedRow:
    """A row with what its figures say. `record` is the account as it will be, blanks filled with what is known."""

    row: AcceptedRow
    record: CreatorRecord
    comparison: ReportedComparison
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The plan of an import and what stands out in its new and changed rows.

    `id` is what to confirm; None when nothing is kept, as there is nothing to save. `flagged` need a person, those that
    only lack figures last. `rounded` are those whose ER in the sheet differs from ours because of rounding. `drifted`
    tells that the database has changed between the preview and the saving, so that the counts are not those shown.
    """

    reading: SheetReading
    plan: ImportPlan
    flagged: tuple[ReviewedRow, ...] = field(repr=False)
    rounded: tuple[ReviewedRow, ...] = field(repr=False)
    id: int | None = None
    saved: bool = False
    drifted: bool = False

    @property
    def counts(self) -> ImportCounts:
        """The rows by what becomes of them."""
        plan = self.plan
        return ImportCounts(len(plan.new), len(plan.changed), len(plan.unchanged), len(plan.rejected))


def report_of(reading: SheetReading, plan: ImportPlan) -> ImportReport:
    """The report of a plan. Looks at every new and changed row: call it off the event loop."""
    reviews = [review(row, row.record) for row in plan.new] + [review(one.row, one.after) for one in plan.changed]
    flagged = sorted((one for one in reviews if one.flags), key=_only_lacks_figures)
    rounded = [one for one in reviews if one.comparison.verdict is Verdict.ROUNDING]
    return ImportReport(reading, plan, tuple(flagged), tuple(rounded))


def review(row: AcceptedRow, record: CreatorRecord) -> ReviewedRow:
    """What the figures of a row say."""
    metrics, reported = record.metrics, record.reported_er
    comparison = explain_reported_difference(reported, metrics)
    return ReviewedRow(row, record, comparison, tuple(anomalies(metrics, reported)))


def _only_lacks_figures(one: ReviewedRow) -> bool:
    return all(flag.kind is FlagKind.MISSING_METRICS for flag in one.flags)
