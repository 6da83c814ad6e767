"""The door to the help desk's statistics."""

import asyncio
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.platform.clock import JAKARTA, Clock
from bot.platform.database import Database
from bot.platform.errors import DomainError
from bot.platform.indonesian import Unreadable, parse_date
from bot.platform.indonesian.working_time import WorkingTime
from bot.platform.text import quote
from bot.tickets import statistics_store as store
from bot.tickets.desk_settings import DeskSettings
from bot.tickets.statistics import Statistics, compute, monday_of

USUAL_WEEKS: Final = 8
MOST_DAYS: Final = 366


class TicketReports:
    """Reads a span of days and reckons."""

    def __init__(self, database: Database, clock: Clock, desk: DeskSettings) -> None:
        self._database = database
        self._clock = clock
        self._desk = desk

    @property
    def working_time(self) -> WorkingTime:
        """The hours by which times are measured."""
        return self._desk.working_time

    @property
    def hours_text(self) -> str:
        """`jam kerja 09.00–18.00 WIB`."""
        opens, closes = (f"{at:%H.%M}" for at in (self.working_time.opens, self.working_time.closes))
        return f"jam kerja {opens}–{closes} WIB"

    def span(self, first: str | None, last: str | None) -> tuple[date, date]:
        """The days staff mean, both included: the last eight weeks with this one, when they name none.

        Raises DomainError for what can't be read, a span the wrong way round, and more than 366 days.
        """
        today = self._clock.today().date()
        end = _read(last, today) or today
        begin = _read(first, today) or monday_of(end) - timedelta(weeks=USUAL_WEEKS - 1)
        if begin > end:
            raise DomainError("Hari pertama lebih baru dari hari terakhir. Tukar dari dan sampai, ya.")
        if (end - begin).days >= MOST_DAYS:
            raise DomainError(f"Rentangnya paling panjang {MOST_DAYS} hari. Ambil per tahun atau lebih pendek.")
        return begin, end

    async def of(self, first: date, last: date) -> Statistics:
        """Everything about the tickets opened on these days (WIB), both included."""
        start, end = _midnight(first), _midnight(last + timedelta(days=1))
        tickets = await store.opened_between(self._database.read, start, end)
        offers = await store.offers_between(self._database.read, start, end)
        return await asyncio.to_thread(compute, first, last, tickets, offers, self._desk.working_time)


def _read(text: str | None, today: date) -> date | None:
    try:
        return parse_date(text, today=today)
    except Unreadable:
        raise DomainError(f"Tanggal {quote(text)} tidak terbaca. Tulis misalnya 1 Maret 2026 atau 1/3.") from None


def _midnight(day: date) -> int:
    return int(datetime.combine(day, time(), JAKARTA).timestamp())
