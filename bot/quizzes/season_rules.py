"""Which season an instant falls in: one that staff named, or the quarter of the year."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.platform.clock import JAKARTA, from_timestamp
from bot.platform.errors import DomainError
from bot.quizzes.models import Season

_SEASONS: Final = ("Januari–Maret", "April–Juni", "Juli–September", "Oktober–Desember")


def season_of(instant: int, named: Sequence[Season] = ()) -> Season:
    """The season an instant falls in: one that staff named, else the quarter of the year (Jakarta).

    A quarter ends where a named season begins within it, and what comes after that one counts in the quarter again.
    """
    for season in named:
        if season.starts_at <= instant < season.ends_at:
            return season
    local = from_timestamp(instant).astimezone(JAKARTA)
    quarter = _season(local.year, (local.month - 1) // 3)
    return replace(
        quarter, ends_at=min([quarter.ends_at, *(one.starts_at for one in named if one.starts_at > instant)])
    )


def season_by_key(key: str, named: Sequence[Season] = ()) -> Season | None:
    """The season of a key such as `2026-2` or `musim-3`, None for anything else."""
    match = re.fullmatch(r"(20\d\d)-([1-4])", key, re.ASCII)
    if match:
        return _season(int(match[1]), int(match[2]) - 1)
    return next((one for one in named if one.key == key), None)


def check_season(name: str, starts_at: int, ends_at: int, others: Sequence[Season]) -> None:
    """Raise DomainError unless a season makes sense beside the others that staff named."""
    if not name:
        raise DomainError("Nama musimnya belum diisi.")
    if ends_at <= starts_at:
        raise DomainError("Tanggal selesai harus setelah tanggal mulai.")
    for other in others:
        if starts_at < other.ends_at and other.starts_at < ends_at:
            raise DomainError(
                f"Waktunya bertumpuk dengan musim {other.name} "
                f"(<t:{other.starts_at}:D> sampai <t:{other.ends_at - 1}:D>)."
            )


def _season(year: int, quarter: int) -> Season:
    following = (year, quarter + 1) if quarter < 3 else (year + 1, 0)
    starts, ends = (
        int(datetime(a_year, a_quarter * 3 + 1, 1, tzinfo=JAKARTA).timestamp())
        for a_year, a_quarter in ((year, quarter), following)
    )
    return Season(f"{year}-{quarter + 1}", f"{_SEASONS[quarter]} {year}", starts, ends)
