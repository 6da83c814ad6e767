"""Who did what to what, when, from which interaction. Written in the unit of work of the change itself."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from bot.platform.database import Reads, UnitOfWork


@dataclass(frozen=True)
class Actor:
    """Who acts. `id` is the Discord user id, None for the bot itself or the shell."""

    id: int | None
    interaction_id: int | None = None


SYSTEM = Actor(None)


@dataclass(frozen=True)
class Entry:
    """One line of the audit."""

    at: int
    actor_id: int | None
    action: str
    subject_kind: str
    subject_id: int | None
    details: Mapping[str, object]


async def record(
    tx: UnitOfWork,
    actor: Actor,
    action: str,
    subject: tuple[str, int | None],
    *,
    at: int,
    details: Mapping[str, object] | None = None,
) -> None:
    """Append one entry. `details` must not hold private values: it is shown to admins in clear."""
    await tx.execute(
        "INSERT INTO audit_entry (at, actor_id, action, subject_kind, subject_id, details, interaction_id)"
        " VALUES (:at, :actor, :action, :kind, :subject, :details, :interaction)",
        {
            "at": at,
            "actor": actor.id,
            "action": action,
            "kind": subject[0],
            "subject": subject[1],
            "details": json.dumps(details or {}, ensure_ascii=False),
            "interaction": actor.interaction_id,
        },
    )


async def entries(reads: Reads, *, subject_kind: str, subject_id: int) -> list[Entry]:
    """What happened to one subject, oldest first."""
    rows = await reads.fetch_all(
        "SELECT at, actor_id, action, subject_kind, subject_id, details FROM audit_entry"
        " WHERE subject_kind = :kind AND subject_id = :id ORDER BY id",
        {"kind": subject_kind, "id": subject_id},
    )
    return [
        Entry(
            row["at"],
            row["actor_id"],
            row["action"],
            row["subject_kind"],
            row["subject_id"],
            json.loads(row["details"]),
        )
        for row in rows
    ]
