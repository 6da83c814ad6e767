"""SQL of quizzes: the quiz itself, its questions and hints."""

import json
from collections.abc import Collection, Iterable

from bot.platform.database import Reads, Row, UnitOfWork
from bot.quizzes.models import (
    Conditions,
    Hint,
    HintSpec,
    Question,
    QuestionKind,
    Quiz,
    QuizPrize,
    QuizState,
    Terms,
    Way,
)

_COLUMNS = (
    "id, title, way, winners, prize, prize_amount, open_seconds, changeable, creators_only, close_after, claim_days,"
    " state, revision, channel_id, announcement_id, extra, created_by, created_at, opened_at, closes_at, closed_at,"
    " closed_by, seed"
)
_QUESTION = (
    "id, quiz_id, position, kind, prompt, big_words, accepted, options, right_option, explanation, image_file_id"
)


def _quiz(row: Row) -> Quiz:
    prize = QuizPrize(row["prize"], row["prize_amount"]) if row["prize"] is not None else None
    return Quiz(
        id=row["id"],
        terms=Terms(row["title"], Way(row["way"]), row["winners"], prize, row["open_seconds"]),
        conditions=Conditions(
            bool(row["changeable"]), bool(row["creators_only"]), row["close_after"], row["claim_days"]
        ),
        state=QuizState(row["state"]),
        revision=row["revision"],
        channel_id=row["channel_id"],
        announcement_id=row["announcement_id"],
        extra=row["extra"],
        created_by=row["created_by"],
        created_at=row["created_at"],
        opened_at=row["opened_at"],
        closes_at=row["closes_at"],
        closed_at=row["closed_at"],
        closed_by=row["closed_by"],
        seed=row["seed"],
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
    )


def _one(row: Row | None) -> Quiz:
    assert row is not None, "the quiz was read in this unit of work"
    return _quiz(row)


def _terms(terms: Terms) -> dict[str, object]:
    return {
        "title": terms.title,
        "way": terms.way.value,
        "winners": terms.winners,
        "prize": terms.prize.description if terms.prize else None,
        "amount": terms.prize.amount if terms.prize else None,
        "seconds": terms.open_seconds,
    }


async def insert(tx: UnitOfWork, terms: Terms, state: QuizState, created_by: int | None, now: int) -> Quiz:
    """A new quiz without questions."""
    row = await tx.fetch_one(
        "INSERT INTO quiz (title, way, winners, prize, prize_amount, open_seconds, state, created_by, created_at)"
        " VALUES (:title, :way, :winners, :prize, :amount, :seconds, :state, :by, :now)"
        f" RETURNING {_COLUMNS}",
        {**_terms(terms), "state": state.value, "by": created_by, "now": now},
    )
    return _one(row)


async def get(reads: Reads, quiz_id: int) -> Quiz | None:
    """One quiz."""
    row = await reads.fetch_one(f"SELECT {_COLUMNS} FROM quiz WHERE id = :id", {"id": quiz_id})
    return _quiz(row) if row else None


async def save_terms(tx: UnitOfWork, quiz_id: int, terms: Terms) -> Quiz:
    """Overwrite what the first form asks."""
    row = await tx.fetch_one(
        "UPDATE quiz SET title = :title, way = :way, winners = :winners, prize = :prize, prize_amount = :amount,"
        f" open_seconds = :seconds, revision = revision + 1 WHERE id = :id RETURNING {_COLUMNS}",
        {**_terms(terms), "id": quiz_id},
    )
    return _one(row)


async def save_conditions(tx: UnitOfWork, quiz_id: int, conditions: Conditions) -> Quiz:
    """Overwrite the finer rules."""
    row = await tx.fetch_one(
        "UPDATE quiz SET changeable = :changeable, creators_only = :creators, close_after = :after,"
        f" claim_days = :days, revision = revision + 1 WHERE id = :id RETURNING {_COLUMNS}",
        {
            "changeable": int(conditions.changeable),
            "creators": int(conditions.creators_only),
            "after": conditions.close_after,
            "days": conditions.claim_days,
            "id": quiz_id,
        },
    )
    return _one(row)


async def touch(tx: UnitOfWork, quiz_id: int) -> Quiz:
    """Count an edit of its questions or hints."""
    row = await tx.fetch_one(
        f"UPDATE quiz SET revision = revision + 1 WHERE id = :id RETURNING {_COLUMNS}", {"id": quiz_id}
    )
    return _one(row)


async def set_state(tx: UnitOfWork, quiz_id: int, state: QuizState) -> Quiz:
    """A draft becomes scheduled or discarded, or a draft again."""
    row = await tx.fetch_one(
        f"UPDATE quiz SET state = :state WHERE id = :id RETURNING {_COLUMNS}", {"state": state.value, "id": quiz_id}
    )
    return _one(row)


async def open_quiz(tx: UnitOfWork, quiz_id: int, channel_id: int, extra: str | None, now: int) -> Quiz:
    """From now on answers are taken."""
    row = await tx.fetch_one(
        "UPDATE quiz SET state = 'open', channel_id = :channel, extra = :extra, opened_at = :now,"
        " closes_at = :now + open_seconds"
        f" WHERE id = :id AND state IN ('draft', 'scheduled') RETURNING {_COLUMNS}",
        {"id": quiz_id, "channel": channel_id, "extra": extra, "now": now},
    )
    return _one(row)


async def set_announcement(tx: UnitOfWork, quiz_id: int, outbox_id: int) -> None:
    """Remember the outbox row of the announcement."""
    await tx.execute("UPDATE quiz SET announcement_id = :outbox WHERE id = :id", {"outbox": outbox_id, "id": quiz_id})


async def close(tx: UnitOfWork, quiz_id: int, closed_by: int | None, now: int) -> Quiz | None:
    """Take no more answers; None when somebody else has closed it."""
    row = await tx.fetch_one(
        "UPDATE quiz SET state = 'judging', closed_at = :now, closed_by = :by WHERE id = :id AND state = 'open'"
        f" RETURNING {_COLUMNS}",
        {"id": quiz_id, "by": closed_by, "now": now},
    )
    return _quiz(row) if row else None


async def finish(tx: UnitOfWork, quiz_id: int, seed: str) -> Quiz | None:
    """The results stand; None when they stood before."""
    row = await tx.fetch_one(
        f"UPDATE quiz SET state = 'closed', seed = :seed WHERE id = :id AND state = 'judging' RETURNING {_COLUMNS}",
        {"id": quiz_id, "seed": seed},
    )
    return _quiz(row) if row else None


async def newest(reads: Reads, limit: int, offset: int) -> list[Quiz]:
    """Every quiz, those under way first."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM quiz WHERE state <> 'discarded'"
        " ORDER BY CASE state WHEN 'judging' THEN 0 WHEN 'open' THEN 1 WHEN 'scheduled' THEN 2 WHEN 'draft' THEN 3"
        " ELSE 4 END, id DESC LIMIT :limit OFFSET :offset",
        {"limit": limit, "offset": offset},
    )
    return [_quiz(row) for row in rows]


async def count_all(reads: Reads) -> int:
    """How many quizzes there are."""
    row = await reads.fetch_one("SELECT count(*) AS number FROM quiz WHERE state <> 'discarded'")
    return int(row["number"]) if row else 0


async def titled(reads: Reads, part: str, states: Collection[QuizState], limit: int) -> list[Quiz]:
    """Quizzes in some states whose title has `part` in it, newest first."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM quiz WHERE instr(lower(title), lower(:part)) > 0"
        " AND state IN (SELECT value FROM json_each(:states)) ORDER BY id DESC LIMIT :limit",
        {"part": part, "states": json.dumps([state.value for state in states]), "limit": limit},
    )
    return [_quiz(row) for row in rows]


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


async def replace_hints(tx: UnitOfWork, quiz_id: int, hints: Iterable[HintSpec]) -> None:
    """Overwrite all hints."""
    await tx.execute("DELETE FROM quiz_hint WHERE quiz_id = :quiz", {"quiz": quiz_id})
    await tx.execute_many(
        "INSERT INTO quiz_hint (quiz_id, number, after_seconds, text) VALUES (:quiz, :number, :after, :text)",
        [
            {"quiz": quiz_id, "number": number, "after": hint.after_seconds, "text": hint.text}
            for number, hint in enumerate(sorted(hints, key=lambda one: one.after_seconds), start=1)
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
