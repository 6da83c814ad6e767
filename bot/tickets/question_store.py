"""All SQL of the questions that each stage's form asks."""

from bot.platform.database import Reads, Row, UnitOfWork
from bot.tickets.models import Question, Stage

_COLUMNS = "id, stage, position, label, hint, required, paragraph"


def _question(row: Row) -> Question:
    return Question(
        row["id"],
        Stage(row["stage"]),
        row["position"],
        row["label"],
        row["hint"],
        bool(row["required"]),
        bool(row["paragraph"]),
    )


async def of_stage(reads: Reads, stage: Stage) -> list[Question]:
    """What a stage asks, in order."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM ticket_question WHERE stage = :stage AND removed_at IS NULL ORDER BY position, id",
        {"stage": stage.value},
    )
    return [_question(row) for row in rows]


async def get(reads: Reads, question_id: int) -> Question | None:
    """One question that is still asked."""
    row = await reads.fetch_one(
        f"SELECT {_COLUMNS} FROM ticket_question WHERE id = :id AND removed_at IS NULL", {"id": question_id}
    )
    return _question(row) if row else None


async def any_ever(reads: Reads) -> bool:
    """Whether there are questions, asked or removed."""
    return await reads.fetch_one("SELECT 1 AS yes FROM ticket_question LIMIT 1") is not None


async def insert(tx: UnitOfWork, stage: Stage, label: str, hint: str, *, required: bool, paragraph: bool) -> Question:
    """Ask one more, last."""
    row = await tx.fetch_one(
        "INSERT INTO ticket_question (stage, position, label, hint, required, paragraph) VALUES (:stage,"
        " (SELECT coalesce(max(position), 0) + 1 FROM ticket_question WHERE stage = :stage), :label, :hint, :required,"
        f" :paragraph) RETURNING {_COLUMNS}",
        {"stage": stage.value, "label": label, "hint": hint, "required": required, "paragraph": paragraph},
    )
    assert row is not None
    return _question(row)


async def save(
    tx: UnitOfWork, question_id: int, label: str, hint: str, *, required: bool, paragraph: bool
) -> Question | None:
    """Ask it otherwise; tickets keep the words they were opened with."""
    row = await tx.fetch_one(
        "UPDATE ticket_question SET label = :label, hint = :hint, required = :required, paragraph = :paragraph"
        f" WHERE id = :id AND removed_at IS NULL RETURNING {_COLUMNS}",
        {"id": question_id, "label": label, "hint": hint, "required": required, "paragraph": paragraph},
    )
    return _question(row) if row else None


async def remove(tx: UnitOfWork, question_id: int, now: int) -> Question | None:
    """Ask it no more."""
    row = await tx.fetch_one(
        f"UPDATE ticket_question SET removed_at = :now WHERE id = :id AND removed_at IS NULL RETURNING {_COLUMNS}",
        {"id": question_id, "now": now},
    )
    return _question(row) if row else None
