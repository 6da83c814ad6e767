"""What importing a sheet would do, or did, with what about its figures a person should know."""

from collections import Counter
from dataclasses import dataclass, field

from bot.creators.import_plan import ImportPlan
from bot.creators.import_store import ImportCounts
from bot.creators.models import CreatorRecord
from bot.creators.rules import Flag, FlagKind, ReportedComparison, Verdict, anomalies, explain_reported_difference
from bot.creators.sheet import AcceptedRow, SheetReading
from bot.platform.indonesian import format_number


@dataclass(frozen=True, slots=True)
class ReviewedRow:
    """A row with what its figures say. `record` is the account as it will be, blanks filled with what is known."""

    row: AcceptedRow
    record: CreatorRecord
    comparison: ReportedComparison
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The plan of an import and what stands out in its rows.

    `id` is what to confirm; None when nothing is kept, as there is nothing to save. `flagged` need a person, whether
    they change or not, those that only lack figures last. `rounded` are new and changed ones whose ER in the sheet
    differs from ours because of rounding. `drifted` tells that the database has changed between the preview and the
    saving, so that the counts are not those shown.
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
        """The rows by what becomes of them; those of registered accounts that are left alone stay unchanged."""
        plan = self.plan
        same = len(plan.unchanged) + len(plan.skipped)
        return ImportCounts(len(plan.new), len(plan.changed), same, len(plan.rejected))

    @property
    def ignored(self) -> list[str]:
        """The headings that mean nothing to the KOL database, as written, each once."""
        return list(dict.fromkeys(heading for sheet in self.reading.sheets for heading in sheet.ignored))

    @property
    def notes(self) -> list[str]:
        """What was left out of the good rows, each with how many rows it is true of."""
        told = Counter(note for row in self.reading.rows for note in row.notes)
        return [f"{format_number(count)} baris: {note}" for note, count in told.items()]


def report_of(reading: SheetReading, plan: ImportPlan) -> ImportReport:
    """The report of a plan. Looks at every good row: call it off the event loop."""
    told = [review(row, row.record) for row in plan.new] + [review(one.row, one.after) for one in plan.changed]
    same = [review(one.row, one.record) for one in plan.unchanged]
    same += [review(one.row, one.before) for one in plan.skipped]
    flagged = sorted((one for one in (*told, *same) if one.flags), key=_only_lacks_figures)
    rounded = [one for one in told if one.comparison.verdict is Verdict.ROUNDING]
    return ImportReport(reading, plan, tuple(flagged), tuple(rounded))


def review(row: AcceptedRow, record: CreatorRecord) -> ReviewedRow:
    """What the figures of a row say."""
    metrics, reported = record.metrics, record.reported_er
    comparison = explain_reported_difference(reported, metrics)
    return ReviewedRow(row, record, comparison, tuple(anomalies(metrics, reported)))


def _only_lacks_figures(one: ReviewedRow) -> bool:
    return all(flag.kind is FlagKind.MISSING_METRICS for flag in one.flags)
