"""From what people typed about duty to values, and back."""

from collections.abc import Sequence
from datetime import date

from bot.content_calendar.dates import parse_clock, write_clock
from bot.duty.models import Shift
from bot.duty.rules import DAY_MINUTES
from bot.platform.errors import DomainError, FormRefused
from bot.platform.indonesian import format_date, parse_date
from bot.platform.problems import Problems

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
# What `hari` of /piket atur tambah offers: its name, and the weekdays it stands for.
DAY_CHOICES: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("Senin sampai Jumat", (0, 1, 2, 3, 4)),
    ("Setiap hari", (0, 1, 2, 3, 4, 5, 6)),
    ("Sabtu dan Minggu", (5, 6)),
    *((name, (number,)) for number, name in enumerate(WEEKDAYS)),
)
LONGEST_LEAVE_DAYS = 120


def read_hours(starts: str, ends: str) -> tuple[int, int]:
    """Minutes of the day; an end at or before the start is on the next day, `24.00` and `00.00` are midnight.

    Raises FormRefused, also for an end that is the start.
    """
    problems = Problems()
    begin = problems.read(lambda: parse_clock(starts), 0, "Mulai")
    end = problems.read(lambda: _end(ends), 0, "Selesai")
    problems.settle()
    if begin == end:
        raise FormRefused(
            [
                f"Selesai: sama dengan mulainya, {write_clock(begin)}. Tulis kapan gilirannya berakhir; "
                "untuk sehari penuh tulis 00.00 sampai 24.00."
            ]
        )
    return begin, end


def read_leave(first: str, last: str | None, today: date) -> tuple[date, date]:
    """The first and last day away; one day where no last is named. Raises DomainError."""
    problems = Problems()
    begin = problems.read(lambda: _day(first, today), today, "Dari")
    end = problems.read(lambda: _day(last, today), begin, "Sampai") if last and last.strip() else begin
    problems.settle()
    if end < begin:
        raise DomainError(
            f"Izin sampai {format_date(end)} lebih awal dari mulainya, {format_date(begin)}. Tukar tanggalnya."
        )
    if end < today:
        raise DomainError("Tanggal izinnya sudah lewat. Izin hanya bisa dicatat untuk hari ini dan seterusnya.")
    if (end - begin).days >= LONGEST_LEAVE_DAYS:
        raise DomainError(
            f"Izin paling lama {LONGEST_LEAVE_DAYS} hari sekali catat. Untuk yang lebih lama, hapus gilirannya dengan "
            "/piket atur hapus."
        )
    return begin, end


def hours_text(starts: int, ends: int) -> str:
    """`22.00–06.00`."""
    return f"{write_clock(starts)}–{write_clock(ends)}"


def shift_text(shift: Shift) -> str:
    """`Senin 22.00–06.00`."""
    return f"{WEEKDAYS[shift.weekday]} {hours_text(shift.starts, shift.ends)}"


def days_text(first: date, last: date) -> str:
    """`Senin, 9 Maret 2026`, or two of them."""
    return format_date(first) if first == last else f"{format_date(first)} sampai {format_date(last)}"


def weekdays_text(weekdays: Sequence[int]) -> str:
    """As `hari` offers them."""
    named = next((name for name, days in DAY_CHOICES if days == tuple(weekdays)), None)
    return named or ", ".join(WEEKDAYS[day] for day in weekdays)


def _end(text: str) -> int:
    if " ".join(text.lower().split()).removesuffix(" wib") in ("24", "24.00", "24:00"):
        return DAY_MINUTES
    return parse_clock(text) or DAY_MINUTES


def _day(text: str, today: date) -> date:
    found = parse_date(text, today=today)
    if found is None:
        raise DomainError("tanggalnya kosong. Tulis misalnya 9 Maret atau 9/3.")
    return found
