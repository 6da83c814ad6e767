"""Writing KOL sheets in the division's own layout, so that what was exported can be imported again."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from bot.creators.columns import SHEET_COLUMNS, Column
from bot.creators.models import Average, CreatorRecord, Platform
from bot.creators.rules import Verdict, engagement_rate, explain_reported_difference
from bot.creators.sheet import ReadSheet, SheetReading
from bot.platform.indonesian import MAX_RATIO, format_phone
from bot.platform.spreadsheet_files import Percent, Sheet, Writable, write_csv, write_xlsx

_COMPANY = "The Social Club"
_TWO_DECIMALS_OF_A_PERCENT = Decimal("0.0001")
_REASON, _ORIGINAL_ROW = "ALASAN", "BARIS ASAL"


def export_xlsx(records: Sequence[CreatorRecord]) -> bytes:
    """The records as a workbook, a worksheet for each platform in the layout of the KOL sheet, in the order given.

    ER is the computed one. Where an earlier sheet reported another that rounding can't explain, or one that can't be
    computed, it stands in ER LEMBAR, a last column that is there only when needed. Contacts are in clear: hand it only
    to whom may see them. Slow for thousands of rows: call it off the event loop.
    """
    by_platform = {platform: [record for record in records if record.platform is platform] for platform in Platform}
    sheets = [_sheet(platform, own, SHEET_COLUMNS) for platform, own in by_platform.items() if own]
    return write_xlsx(sheets or [_sheet(None, [], SHEET_COLUMNS)])


def export_csv(records: Sequence[CreatorRecord]) -> bytes:
    """The records as one CSV table in the layout of the KOL sheet, with a PLATFORM column when it mixes several."""
    platforms = {record.platform for record in records}
    if len(platforms) == 1:
        return write_csv(_sheet(next(iter(platforms)), records, SHEET_COLUMNS))
    return write_csv(_sheet(None, records, (*SHEET_COLUMNS, Column.PLATFORM)))


def write_rejected(reading: SheetReading) -> bytes:
    """The rejected rows as they were, each with its reasons, as XLSX.

    Titles and headings stay, so that corrected rows can be sent in as they are.
    """
    sheets = [sheet for one in reading.sheets if (sheet := _rejected_of(reading, one)).rows]
    return write_xlsx(sheets or [Sheet("Ditolak", [], [_REASON], [])])


def _rejected_of(reading: SheetReading, sheet: ReadSheet) -> Sheet:
    # A sheet handed back once already has our own columns; they are written anew.
    kept = [index for index, heading in enumerate(sheet.headings) if heading not in (_REASON, _ORIGINAL_ROW)]
    rows: list[Sequence[Writable]] = [
        [*(row.cells[index] if index < len(row.cells) else None for index in kept), " ".join(row.reasons), row.number]
        for row in reading.rejected
        if row.sheet == sheet.name
    ]
    header = [*(sheet.headings[index] for index in kept), _REASON, _ORIGINAL_ROW]
    return Sheet(sheet.name or "Ditolak", _titles(sheet.platform), header, rows)


def _sheet(platform: Platform | None, records: Sequence[CreatorRecord], columns: Sequence[Column]) -> Sheet:
    if any(_contradicting(record) is not None for record in records):
        columns = (*columns, Column.REPORTED_ER)
    rows = [_row(number, record, columns) for number, record in enumerate(records, start=1)]
    return Sheet(platform.label if platform else "KOL", _titles(platform), columns, rows)


def _titles(platform: Platform | None) -> list[str]:
    about = f" ({platform.label.upper()} CREATORS)" if platform else ""
    return [_COMPANY, f"THE SOCIAL CLUB DATABASE{about}"]


def _row(number: int, record: CreatorRecord, columns: Sequence[Column]) -> list[Writable]:
    metrics = record.metrics
    rate, contradicting = engagement_rate(metrics), _contradicting(record)
    # A rate beyond MAX_RATIO (a single follower, thousands of likes) would be refused when read back.
    if rate is not None:
        rate = None if rate > MAX_RATIO else rate.quantize(_TWO_DECIMALS_OF_A_PERCENT, ROUND_HALF_UP)
    affiliate = {True: "Yes", False: "No", None: None}[record.affiliate]
    values: dict[Column, Writable] = {
        Column.NO: number,
        Column.USERNAME: record.username,
        Column.AGE_BAND: record.age_band.label if record.age_band else None,
        Column.GENDER: record.gender.label if record.gender else None,
        Column.NICHE_1: record.niche_1.label if record.niche_1 else None,
        Column.NICHE_2: record.niche_2.label if record.niche_2 else None,
        Column.CONTENT_TYPE: record.content_type.label if record.content_type else None,
        Column.AFFILIATE: affiliate,
        Column.FOLLOWERS: metrics.followers,
        Column.AVG_VIEWS: _number(metrics.avg_views),
        Column.AVG_LIKES: _number(metrics.avg_likes),
        Column.AVG_COMMENTS: _number(metrics.avg_comments),
        Column.AVG_SHARES: _number(metrics.avg_shares),
        Column.ER: None if rate is None else Percent(rate),
        Column.CONTACT: format_phone(record.contact) if record.contact else None,
        Column.PLATFORM: record.platform.label,
        Column.REPORTED_ER: None if contradicting is None else Percent(contradicting),
    }
    return [values[column] for column in columns]


def _contradicting(record: CreatorRecord) -> Decimal | None:
    """The ER of an earlier sheet where the computed one doesn't stand for it."""
    verdict = explain_reported_difference(record.reported_er, record.metrics).verdict
    return record.reported_er if verdict in (Verdict.DIFFERENT, Verdict.NOT_COMPUTABLE) else None


def _number(average: Average | None) -> int | float | None:
    return float(average) if isinstance(average, Decimal) else average
