"""The help desk's statistics as a workbook: the figures, and each ticket they come from, without anybody's name."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from bot.platform.indonesian import format_date
from bot.platform.indonesian.working_time import WorkingTime
from bot.platform.spreadsheet_files import Percent, Sheet, Writable, write_xlsx
from bot.tickets.models import Stage
from bot.tickets.rules import CAUSE_WORDS
from bot.tickets.statistics import METHOD, UNKNOWN, Group, Kept, Measured, Spread, Statistics

_GROUP_HEADER = (
    "Tahap",
    "Tiket masuk",
    "Selesai",
    "Balasan pertama, median (jam kerja)",
    "Balasan pertama, p90 (jam kerja)",
    "Penyelesaian, median (jam kerja)",
    "Penyelesaian, p90 (jam kerja)",
    "SLA balasan pertama",
    "SLA penyelesaian",
)
_TICKET_HEADER = (
    "Nomor",
    "Dibuka",
    "Tahap",
    "Prioritas",
    "Keadaan",
    "Balasan pertama (jam kerja)",
    "Penyelesaian (jam kerja)",
    "Balasan lewat target",
    "Penyelesaian lewat target",
    "Penyebab",
    "Nilai",
)


def export(found: Statistics, hours: WorkingTime) -> bytes:
    """The workbook. Slow for many tickets: call it off the event loop."""
    span = f"{format_date(found.first, weekday=False)} sampai {format_date(found.last, weekday=False)}"
    title = [f"Statistik tiket {span}"]
    return write_xlsx(
        [
            Sheet("Ringkasan", title, ("Angka", "Nilai", "Dari"), _summary(found)),
            Sheet("Per tahap", title, _GROUP_HEADER, _groups(found)),
            Sheet(
                "Per minggu",
                title,
                ("Minggu mulai", *(stage.indonesian for stage in Stage), "Semua"),
                [[week.monday, *(week.by_stage[stage] for stage in Stage), week.total] for week in found.weeks],
            ),
            Sheet("Penyebab", title, ("Penyebab", "Tiket", "Bagian"), _causes(found)),
            Sheet("Tiket", title, _TICKET_HEADER, [_ticket(one, hours) for one in found.tickets]),
            Sheet("Cara hitung", title, ("Angka", "Cara menghitungnya"), METHOD),
        ]
    )


def _summary(found: Statistics) -> list[Sequence[Writable]]:
    whole, offers = found.whole, found.offers
    rated = sum(found.stars.values())
    return [
        ("Tiket masuk", whole.opened, ""),
        ("Tiket selesai", whole.resolved, f"dari {whole.opened} tiket"),
        *_spread_rows("Balasan pertama", whole.response),
        *_spread_rows("Penyelesaian", whole.resolution),
        ("SLA balasan pertama", _share(whole.response_kept), _judged(whole.response_kept)),
        ("SLA penyelesaian", _share(whole.resolution_kept), _judged(whole.resolution_kept)),
        ("Nilai rata-rata (1 sampai 5)", UNKNOWN if found.rating is None else _rounded(found.rating), f"{rated} nilai"),
        *((f"Nilai {stars}", number, "") for stars, number in found.stars.items()),
        (
            "Terjawab tanpa tiket",
            UNKNOWN if found.deflected is None else Percent(found.deflected),
            f"{offers.answered} dari {found.questions} pertanyaan",
        ),
        ("Jawaban ditawarkan", offers.shown, "sebelum tiket dikirim dan lewat /bantuan"),
        ("… menjawab", offers.answered, ""),
        ("… tetap lanjut ke tiket", offers.sent, ""),
        ("… tidak ditekan apa-apa", offers.shown - offers.answered - offers.sent, ""),
    ]


def _spread_rows(name: str, found: Spread | None) -> list[Sequence[Writable]]:
    count = f"{found.count if found else 0} tiket"
    return [
        (f"{name}, median (jam kerja)", _hours(found.median if found else None), count),
        (f"{name}, p90 (jam kerja)", _hours(found.p90 if found else None), count),
    ]


def _groups(found: Statistics) -> list[Sequence[Writable]]:
    rows = [_group(stage.indonesian, found.stages[stage]) for stage in Stage]
    return [*rows, _group("Semua", found.whole)]


def _group(name: str, one: Group) -> Sequence[Writable]:
    return (
        name,
        one.opened,
        one.resolved,
        _hours(one.response.median if one.response else None),
        _hours(one.response.p90 if one.response else None),
        _hours(one.resolution.median if one.resolution else None),
        _hours(one.resolution.p90 if one.resolution else None),
        _share(one.response_kept),
        _share(one.resolution_kept),
    )


def _causes(found: Statistics) -> list[Sequence[Writable]]:
    total = sum(number for _, number in found.causes)
    return [
        (CAUSE_WORDS.get(cause, cause), number, Percent(Decimal(number) / total)) for cause, number in found.causes
    ] or [(UNKNOWN, 0, UNKNOWN)]


def _ticket(one: Measured, hours: WorkingTime) -> Sequence[Writable]:
    return (
        one.id,
        one.opened_day,
        one.stage.indonesian,
        one.priority.indonesian,
        one.state.indonesian,
        _hours(one.response(hours)),
        _hours(one.resolution),
        "ya" if one.breached_response else "tidak",
        "ya" if one.breached_resolution else "tidak",
        CAUSE_WORDS.get(one.cause, one.cause) if one.cause else UNKNOWN,
        UNKNOWN if one.stars is None else one.stars,
    )


def _hours(seconds: int | Decimal | None) -> Writable:
    return UNKNOWN if seconds is None else _rounded(Decimal(seconds) / 3600)


def _rounded(value: Decimal) -> float:
    return float(value.quantize(Decimal("0.01"), ROUND_HALF_UP))


def _share(kept: Kept) -> Writable:
    return UNKNOWN if kept.ratio is None else Percent(kept.ratio)


def _judged(kept: Kept) -> str:
    return f"{kept.met} dari {kept.judged} tiket"
