"""Moments as staff type them: a day, a time if they name one, always WIB."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.platform.clock import JAKARTA, from_timestamp
from bot.platform.errors import DomainError
from bot.platform.indonesian import format_date, names_weekday, parse_day
from bot.platform.text import quote

LONGEST_WAIT = timedelta(days=366)
# A day alone means its end, as people mean it.
END_OF_DAY = time(23, 59)

_DEADLINE_HINT = "Tulis misalnya 3 April 2026, 3/4, 3/4 18.00, atau besok 18.00 (WIB)."
_TIMED = re.compile(
    r"(?P<date>.+?)(?:[\s,]+|(?<=\d)t(?=\d))"
    r"(?:(?:(?:jam|pukul|pk\.?|pkl\.?)\s*(?P<hour>\d{1,2})(?:[.:](?P<minute>\d{2}))?)"
    r"|(?P<bare_hour>\d{1,2})[.:](?P<bare_minute>\d{2}))(?::\d{2})?\s*(?P<zone>wib|wita|wit)?",
    re.ASCII,
)
# Where a time has to be there, a number behind the day is the hour: `21/2 19`.
_HOUR_LAST = re.compile(r"(?P<date>.+?)[\s,]+(?P<hour>\d{1,2})\s*(?P<zone>wib|wita|wit)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Moment:
    """A day and, where one was named, the time of it (WIB). `again`: a weekday's name, so a week later will do too."""

    day: date
    at: time | None
    again: bool = False

    def instant(self, now: datetime, otherwise: time = END_OF_DAY) -> datetime:
        """When it is; `Jumat 19.00` typed on a Friday at 20.00 is that of the week after."""
        found = datetime.combine(self.day, self.at or otherwise, JAKARTA)
        return found + timedelta(days=7) if self.again and found <= now else found


def read_moment(text: str, today: date, *, timed: bool = False) -> Moment | None:
    """A day with or without a time: `3/4`, `3 April 2026 18.00`, `besok jam 9`, `Jumat 19.00`; None for a blank.

    Raises DomainError that tells what is wrong with the day and with the time, both at once. `timed`: a lone number
    behind the day is the hour.
    """
    plain = " ".join(text.lower().split())
    match = _TIMED.fullmatch(plain) or (_HOUR_LAST.fullmatch(plain) if timed else None)
    wrong: list[str] = []
    day = at = None
    written = match["date"] if match else plain
    try:
        day = parse_day(written, today=today)
    except DomainError as error:
        wrong.append(error.message)
    if match is not None:
        try:
            at = _time(match)
        except DomainError as error:
            wrong.insert(0, error.message)
    if wrong:
        raise DomainError(" ".join(wrong))
    return None if day is None else Moment(day, at, again=names_weekday(written))


def read_deadline(text: str, now: datetime, *, kept: int | None = None) -> int:
    """An instant (seconds UTC) from `3/4`, `3 April 2026`, `3/4 18.00`, `besok jam 18`, `Jumat`: day first, WIB.

    Without a time it is 23.59 WIB of that day. Refused: what has passed (unless it is the instant `kept`), and what is
    more than a year ahead, which is most likely a slip.
    """
    found = read_moment(text, now.astimezone(JAKARTA).date())
    if found is None:
        raise DomainError(f"belum diisi. {_DEADLINE_HINT}")
    deadline = found.instant(now)
    instant = int(deadline.timestamp())
    if kept is not None and instant == kept - kept % 60:
        return kept
    if deadline <= now:
        raise DomainError(f"{write_deadline(instant)} WIB sudah lewat. Pilih waktu yang akan datang.")
    if deadline - now > LONGEST_WAIT:
        raise DomainError(f"{write_deadline(instant)} WIB lebih dari setahun lagi. Periksa tahunnya.")
    return instant


def write_deadline(instant: int) -> str:
    """`3 April 2026 23.59` in WIB: what `read_deadline` reads back to the same instant."""
    local = from_timestamp(instant).astimezone(JAKARTA)
    return f"{format_date(local.date(), weekday=False)} {local:%H.%M}"


def _time(match: re.Match[str]) -> time:
    named = match.groupdict()
    hour = named["hour"] or named.get("bare_hour") or ""
    minute = named.get("minute") or named.get("bare_minute") or "0"
    if named["zone"] in ("wita", "wit"):
        raise DomainError("Tulis jamnya dalam WIB.")
    if int(hour) > 23 or int(minute) > 59:
        raise DomainError(f"Jam {quote(f'{hour}.{int(minute):02}')} tidak ada, paling akhir 23.59.")
    return time(int(hour), int(minute))
