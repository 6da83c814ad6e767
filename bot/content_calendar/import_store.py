"""The SQL of uploaded calendars: waiting for decisions and confirmation, or what became of them."""

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.content_calendar.asking import Ask, Decisions, Defaults
from bot.content_calendar.models import GIVEAWAY_SECONDS, QUIZ_SECONDS, Way
from bot.platform.database import Reads, UnitOfWork


class ImportState(StrEnum):
    """What became of an uploaded calendar."""

    PREVIEW = "preview"
    APPLIED = "applied"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Upload:
    """A calendar somebody sent. `year` and `minute` are None until they have been asked."""

    id: int
    file_id: int | None
    filename: str
    actor_id: int | None
    year: int | None
    minute: int | None
    decisions: Decisions
    state: ImportState
    added: int
    changed: int
    created_at: int
    finished_at: int | None
    defaults: Defaults


async def insert(
    tx: UnitOfWork,
    *,
    file_id: int,
    filename: str,
    sha256: str,
    actor_id: int | None,
    year: int | None,
    minute: int | None,
    now: int,
) -> int:
    """Keep an upload; returns its id."""
    row = await tx.fetch_one(
        "INSERT INTO calendar_import (file_id, filename, sha256, actor_id, year, minute, state, created_at)"
        " VALUES (:file, :filename, :sha256, :actor, :year, :minute, 'preview', :now) RETURNING id",
        {
            "file": file_id,
            "filename": filename,
            "sha256": sha256,
            "actor": actor_id,
            "year": year,
            "minute": minute,
            "now": now,
        },
    )
    assert row is not None
    return int(row["id"])


async def get(reads: Reads, import_id: int) -> Upload | None:
    """One upload."""
    row = await reads.fetch_one(
        "SELECT id, file_id, filename, actor_id, year, minute, decisions, state, added, changed, created_at,"
        " finished_at, quiz_seconds, giveaway_seconds, way FROM calendar_import WHERE id = :id",
        {"id": import_id},
    )
    if row is None:
        return None
    return Upload(
        id=row["id"],
        file_id=row["file_id"],
        filename=row["filename"],
        actor_id=row["actor_id"],
        year=row["year"],
        minute=row["minute"],
        decisions=_decisions(json.loads(row["decisions"])),
        state=ImportState(row["state"]),
        added=row["added"],
        changed=row["changed"],
        created_at=row["created_at"],
        finished_at=row["finished_at"],
        defaults=Defaults(
            row["quiz_seconds"] or QUIZ_SECONDS,
            row["giveaway_seconds"] or GIVEAWAY_SECONDS,
            Way(row["way"] or "fastest"),
        ),
    )


async def set_basics(tx: UnitOfWork, import_id: int, year: int, minute: int, defaults: Defaults) -> None:
    """The year, the default hour, and what is usual for activities."""
    await tx.execute(
        "UPDATE calendar_import SET year = :year, minute = :minute, quiz_seconds = :quiz, giveaway_seconds = :giveaway,"
        " way = :way WHERE id = :id AND state = 'preview'",
        {
            "year": year,
            "minute": minute,
            "quiz": defaults.quiz_seconds,
            "giveaway": defaults.giveaway_seconds,
            "way": defaults.way.value,
            "id": import_id,
        },
    )


async def set_decisions(tx: UnitOfWork, import_id: int, decisions: Decisions) -> None:
    """What people decided so far."""
    text = json.dumps(
        {
            "rows": {
                str(index): {str(int(ask)): value for ask, value in answers.items()}
                for index, answers in decisions.rows.items()
            },
            "sections": dict(decisions.sections),
        },
        ensure_ascii=False,
    )
    await tx.execute(
        "UPDATE calendar_import SET decisions = :decisions WHERE id = :id AND state = 'preview'",
        {"decisions": text, "id": import_id},
    )


async def finish(tx: UnitOfWork, import_id: int, state: ImportState, *, added: int, changed: int, now: int) -> bool:
    """Settle an upload; False when somebody else has."""
    row = await tx.fetch_one(
        "UPDATE calendar_import SET state = :state, added = :added, changed = :changed, finished_at = :now"
        " WHERE id = :id AND state = 'preview' RETURNING id",
        {"state": state.value, "added": added, "changed": changed, "now": now, "id": import_id},
    )
    return row is not None


def _decisions(raw: dict[str, Any]) -> Decisions:
    return Decisions(
        rows={
            int(index): {Ask(int(ask)): str(value) for ask, value in answers.items()}
            for index, answers in raw.get("rows", {}).items()
        },
        sections={str(key): int(value) for key, value in raw.get("sections", {}).items()},
    )
