"""SQL of a quiz's questions and hints."""

import json
from collections.abc import Iterable

from bot.platform.database import Reads, Row, UnitOfWork
from bot.quizzes.models import Hint, HintSpec, Question, QuestionKind

_QUESTION = (
    "id, quiz_id, position, kind, prompt, big_words, accepted, options, right_option, explanation, image_file_id,"
    " opened_at, closes_at, closed_at, announcement_id"
)


def _question(row: Row) -> Question:
    return Question(
        kind=QuestionKind(row["kind"]),
        prompt=row["prompt"],
        big_words=row["big_words"],
        accepted=tuple(json.loads(row["accepted"])),
        options=tuple(json.loads(row["options"])),
        right_option=row["right_option"],
        explanation=row["explanation"],
        image_file_id=row["image_file_id"],
        id=row["id"],
        position=row["position"],
        opened_at=row["opened_at"],
        closes_at=row["closes_at"],
        closed_at=row["closed_at"],
        announcement_id=row["announcement_id"],
    )


async def add_question(tx: UnitOfWork, quiz_id: int, question: Question) -> int:
    """Append a question; its id."""
    row = await tx.fetch_one(
        "INSERT INTO quiz_question (quiz_id, position, kind, prompt, big_words, accepted, options, right_option,"
        " explanation, image_file_id)"
        " SELECT :quiz, 1 + coalesce(max(position), 0), :kind, :prompt, :big, :accepted, :options, :right,"
        " :explanation, :image FROM quiz_question WHERE quiz_id = :quiz RETURNING id",
        {"quiz": quiz_id, **_asked(question)},
    )
    assert row is not None
    return int(row["id"])


async def save_question(tx: UnitOfWork, question_id: int, question: Question) -> None:
    """Overwrite a question."""
    await tx.execute(
        "UPDATE quiz_question SET kind = :kind, prompt = :prompt, big_words = :big, accepted = :accepted,"
        " options = :options, right_option = :right, explanation = :explanation, image_file_id = :image"
        " WHERE id = :id",
        {"id": question_id, **_asked(question)},
    )


def _asked(question: Question) -> dict[str, object]:
    return {
        "kind": question.kind.value,
        "prompt": question.prompt,
        "big": question.big_words,
        "accepted": json.dumps(question.accepted, ensure_ascii=False),
        "options": json.dumps(question.options, ensure_ascii=False),
        "right": question.right_option,
        "explanation": question.explanation,
        "image": question.image_file_id,
    }


async def open_question(tx: UnitOfWork, question_id: int, now: int, closes_at: int) -> Question:
    """A question that comes in turn is asked now."""
    row = await tx.fetch_one(
        "UPDATE quiz_question SET opened_at = :now, closes_at = :closes WHERE id = :id AND opened_at IS NULL"
        f" RETURNING {_QUESTION}",
        {"id": question_id, "now": now, "closes": closes_at},
    )
    assert row is not None, "the question was read in this unit of work"
    return _question(row)


async def set_announcement(tx: UnitOfWork, question_id: int, outbox_id: int) -> None:
    """Remember the outbox row of a question's post."""
    await tx.execute(
        "UPDATE quiz_question SET announcement_id = :outbox WHERE id = :id", {"outbox": outbox_id, "id": question_id}
    )


async def close_question(tx: UnitOfWork, question_id: int, now: int) -> Question | None:
    """Take no more answers to a question that comes in turn; None where it is not open."""
    row = await tx.fetch_one(
        "UPDATE quiz_question SET closed_at = :now WHERE id = :id AND opened_at IS NOT NULL AND closed_at IS NULL"
        f" RETURNING {_QUESTION}",
        {"id": question_id, "now": now},
    )
    return _question(row) if row else None


async def drop_last_question(tx: UnitOfWork, quiz_id: int) -> Question | None:
    """Take the last question away."""
    row = await tx.fetch_one(
        "DELETE FROM quiz_question WHERE quiz_id = :quiz AND position ="
        f" (SELECT max(position) FROM quiz_question WHERE quiz_id = :quiz) RETURNING {_QUESTION}",
        {"quiz": quiz_id},
    )
    return _question(row) if row else None


async def questions(reads: Reads, quiz_id: int) -> list[Question]:
    """A quiz's questions in order."""
    rows = await reads.fetch_all(
        f"SELECT {_QUESTION} FROM quiz_question WHERE quiz_id = :quiz ORDER BY position", {"quiz": quiz_id}
    )
    return [_question(row) for row in rows]


async def question_of(reads: Reads, question_id: int) -> tuple[int, Question] | None:
    """A question and its quiz's id."""
    row = await reads.fetch_one(f"SELECT {_QUESTION} FROM quiz_question WHERE id = :id", {"id": question_id})
    return (row["quiz_id"], _question(row)) if row else None


async def replace_hints(tx: UnitOfWork, quiz_id: int, hints: Iterable[HintSpec], shown: int = 0) -> None:
    """Overwrite all hints but the first `shown`, which members have read."""
    await tx.execute(
        "DELETE FROM quiz_hint WHERE quiz_id = :quiz AND number > :shown", {"quiz": quiz_id, "shown": shown}
    )
    await tx.execute_many(
        "INSERT INTO quiz_hint (quiz_id, number, after_seconds, text) VALUES (:quiz, :number, :after, :text)",
        [
            {"quiz": quiz_id, "number": number, "after": hint.after_seconds, "text": hint.text}
            for number, hint in enumerate(sorted(hints, key=lambda one: one.after_seconds), start=shown + 1)
        ],
    )


async def hints(reads: Reads, quiz_id: int) -> list[Hint]:
    """A quiz's hints in the order they appear."""
    rows = await reads.fetch_all(
        "SELECT id, quiz_id, number, after_seconds, text FROM quiz_hint WHERE quiz_id = :quiz ORDER BY number",
        {"quiz": quiz_id},
    )
    return [_hint(row) for row in rows]


async def hint(reads: Reads, hint_id: int) -> Hint | None:
    """One hint."""
    row = await reads.fetch_one(
        "SELECT id, quiz_id, number, after_seconds, text FROM quiz_hint WHERE id = :id", {"id": hint_id}
    )
    return _hint(row) if row else None


def _hint(row: Row) -> Hint:
    return Hint(row["id"], row["quiz_id"], row["number"], HintSpec(row["after_seconds"], row["text"]))
