"""The Date column as people keep it: `10/2`, then `21` for the same month, then nothing for the same day."""

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from bot.platform.clock import JAKARTA
from bot.platform.errors import DomainError
from bot.platform.indonesian import WEEKDAYS, Unreadable, format_date, is_blank, parse_date
from bot.platform.spreadsheets import CellValue, Formula
from bot.platform.text import quote

# Calendars are written some weeks at a time: a larger step forward is most likely a slip or a range (`10-12`).
LONGEST_STEP = timedelta(days=100)
LONGEST_CELL = 60
FIRST_YEAR, LAST_YEAR = 2020, 2100
TIME_HINT = "Tulis misalnya 19.00 (WIB)."

_LEAP_SUMMERS = (date(2024, 7, 2), date(2032, 7, 2))
_CLOCK = r"(?P<hour>\d{1,2})(?:[.:](?P<minute>\d{2})(?::00)?)?\s*(?P<zone>wib|wita|wit)?"
_TIME = re.compile(rf"(?:(?:jam|pukul|pk|pkl)\.?\s*)?{_CLOCK}", re.ASCII)
# A bare `10.02` alone is a date; only behind a date, or behind "jam", are such digits a time.
_TIMED = re.compile(
    r"(?P<date>.*?)(?:(?:[\s,]+|^)(?:jam|pukul|pk|pkl)\.?\s*(?P<time>\d{1,2}(?:[.:]\d{2})?(?:\s*wi\w+)?)"
    r"|[\s,]+(?P<bare>\d{1,2}[.:]\d{2}(?:\s*wi\w+)?))",
    re.ASCII,
)
_TWO_NUMBERS = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})(?:\s*[-/.]\s*\d{2,4})?", re.ASCII)
_WEEKDAY = re.compile(rf"({'|'.join(WEEKDAYS)})\b")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A day and, where the cell names one, the minute of it (WIB).

    `note` tells how a cell was read that leans on the row above.
    """

    day: date
    minute: int | None = None
    note: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class DateDoubt:
    """A date for a person to decide: why, and the days it might be (none where only a person can know)."""

    reason: str
    options: tuple[date, ...] = ()
    minute: int | None = None


class DateReader:
    """Reads a sheet's dates from top to bottom; a row that is in doubt makes the ones that lean on it doubtful too."""

    def __init__(self, year: int) -> None:
        self._year = year
        self._last: date | None = None
        self._doubtful = False

    def read(self, value: CellValue) -> Stamp | DateDoubt:
        """The day of the next row. Without a year it is in the year the reader was made for."""
        found = self._read(value)
        if isinstance(found, DateDoubt):
            self._doubtful = True
        else:
            self.settle(found.day)
        return found

    def settle(self, day: date) -> None:
        """A person has decided the row that was read last."""
        self._last, self._doubtful = day, False

    def _read(self, value: CellValue) -> Stamp | DateDoubt:
        if isinstance(value, Formula):
            return DateDoubt("Tanggalnya berupa rumus. Pilih atau tulis tanggalnya.")
        if isinstance(value, bool) or len(str(value)) > LONGEST_CELL:
            return DateDoubt(f"Tanggal {quote(value)} tidak terbaca.")
        if is_blank(value):
            return self._same_as_above()
        if isinstance(value, date):
            return self._typed(value)
        if isinstance(value, float):
            return self._decimal(value)
        return self._text(" ".join(str(value).lower().split()))

    def _same_as_above(self) -> Stamp | DateDoubt:
        if self._doubtful:
            return DateDoubt("Tanggalnya kosong, dan tanggal di baris atasnya belum jelas.")
        if self._last is None:
            return DateDoubt("Tanggalnya kosong, dan belum ada tanggal di atasnya.")
        return Stamp(self._last, note=f"Tanggalnya kosong, jadi sama dengan baris di atasnya: {_written(self._last)}.")

    def _typed(self, day: date) -> Stamp | DateDoubt:
        """A real date cell. Spreadsheet programs add the year themselves, and American ones swap day and month."""
        same_year = _on(self._year, day.month, day.day)
        if day.year != self._year:
            options = tuple(one for one in (same_year, day) if one)
            return DateDoubt(f"Tahun di sel ini {day.year}, padahal kalendernya {self._year}.", options)
        swapped = _on(self._year, day.day, day.month)
        if swapped and swapped != day and self._last and not self._follows(day) and self._follows(swapped):
            return DateDoubt(
                f"{_written(day)} tidak urut. Mungkin hari dan bulannya tertukar oleh spreadsheet.", (swapped, day)
            )
        return self._in_order(Stamp(day))

    def _decimal(self, value: float) -> DateDoubt:
        """`10.2` typed into a number cell: most likely 10 February, though 10.20 looks the same there."""
        reason = f"Tanggal {quote(value)} berupa angka desimal."
        match = re.fullmatch(r"(\d{1,2})\.(\d{1,2})", repr(value), re.ASCII)
        day = _on(self._year, int(match[2]), int(match[1])) if match else None
        return DateDoubt(reason, (day,) if day else ())

    def _text(self, text: str) -> Stamp | DateDoubt:
        minute: int | None = None
        if timed := _TIMED.fullmatch(text):
            try:
                minute = parse_clock(timed["time"] or timed["bare"])
            except DomainError as error:
                return DateDoubt(error.message)
            text = timed["date"].strip(" ,")
            if not text:
                above = self._same_as_above()
                return replace(above, minute=minute) if isinstance(above, Stamp) else above
        weekday = _WEEKDAY.match(text)
        bare = text[weekday.end() :].strip(" ,") if weekday else text
        found = self._lone_day(int(bare)) if bare.isascii() and bare.isdigit() else self._full(bare)
        if isinstance(found, DateDoubt):
            return DateDoubt(found.reason, found.options, minute)
        if weekday and found.day.weekday() != WEEKDAYS[weekday[1]]:
            reason = (
                f"Tertulis {quote(text)}, padahal {_written(found.day)} hari {format_date(found.day).split(',')[0]}."
            )
            return DateDoubt(reason, (found.day,), minute)
        return replace(found, minute=minute)

    def _lone_day(self, number: int) -> Stamp | DateDoubt:
        if not 1 <= number <= 31:
            return DateDoubt(f"Tanggal {quote(number)} tidak ada.")
        if self._doubtful or self._last is None:
            above = "belum jelas" if self._doubtful else "belum ada"
            return DateDoubt(f"Tanggal {quote(number)} tanpa bulan, dan bulan di atasnya {above}.")
        this_month = _on(self._last.year, self._last.month, number)
        after = (self._last.replace(day=1) + timedelta(days=32)).replace(day=1)
        next_month = _on(after.year, after.month, number)
        if this_month is None:
            month = format_date(self._last, weekday=False).split(" ", 1)[1]
            return DateDoubt(f"Tanggal {number} tidak ada di {month}.", (next_month,) if next_month else ())
        if this_month < self._last:
            options = tuple(one for one in (next_month, this_month) if one)
            return DateDoubt(f"Tanggal {number} mundur dari {_written(self._last)} di atasnya.", options)
        return Stamp(this_month, note=f"Tanggal {number} dibaca {_written(this_month)}, bulan baris di atasnya.")

    def _full(self, text: str) -> Stamp | DateDoubt:
        try:
            first, second = (parse_date(text, today=summer) for summer in _LEAP_SUMMERS)
        except Unreadable:
            reason = "tidak ada di kalender" if _TWO_NUMBERS.fullmatch(text) else "tidak terbaca"
            return DateDoubt(f"Tanggal {quote(text)} {reason}.")
        assert first is not None and second is not None
        if first == second:  # the year is written out
            same_year = _on(self._year, first.month, first.day)
            if first.year not in (self._year, self._year + 1):
                options = tuple(one for one in (same_year, first) if one)
                return DateDoubt(f"Tertulis tahun {first.year}, padahal kalendernya {self._year}.", options)
            return self._in_order(Stamp(first))
        day = _on(self._year, first.month, first.day)
        if day is None:
            return DateDoubt(f"Tanggal {quote(text)} tidak ada di {self._year}.")
        return self._in_order(Stamp(day))

    def _in_order(self, stamp: Stamp) -> Stamp | DateDoubt:
        last, day = self._last, stamp.day
        if last is None or self._follows(day):
            return stamp
        if day < last:
            options = tuple(one for one in (_on(day.year + 1, day.month, day.day), day) if one)
            if day.month == last.month:
                options = (day,)
            return DateDoubt(f"{_written(day)} mundur dari {_written(last)} di atasnya.", options)
        return DateDoubt(f"{_written(day)} meloncat jauh dari {_written(last)} di atasnya.", (day,))

    def _follows(self, day: date) -> bool:
        return self._last is not None and self._last <= day <= self._last + LONGEST_STEP


def parse_clock(text: str) -> int:
    """The minute of the day from `19.00`, `19:00`, `jam 19`, `7.30 WIB`. Raises DomainError."""
    match = _TIME.fullmatch(" ".join(text.lower().split()))
    if match is None:
        raise DomainError(f"Jam {quote(text)} tidak terbaca. {TIME_HINT}")
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["zone"] in ("wita", "wit"):
        raise DomainError(f"Jam {quote(text)} bukan WIB. {TIME_HINT}")
    if hour > 23 or minute > 59:
        raise DomainError(f"Jam {quote(text)} tidak ada. {TIME_HINT}")
    return hour * 60 + minute


def parse_year(text: str) -> int:
    """A year a calendar may be for. Raises DomainError."""
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and FIRST_YEAR <= int(digits[:6]) <= LAST_YEAR):
        raise DomainError(f"Tahun {quote(text)} tidak bisa dipakai. Tulis empat angka, misalnya 2026.")
    return int(digits)


def instant(day: date, minute: int) -> int:
    """Seconds UTC of a minute of a day in WIB."""
    return int(datetime.combine(day, time(minute // 60, minute % 60), JAKARTA).timestamp())


def write_clock(minute: int) -> str:
    """`19.00`."""
    return f"{minute // 60:02}.{minute % 60:02}"


def _on(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _written(day: date) -> str:
    return format_date(day, weekday=False)
