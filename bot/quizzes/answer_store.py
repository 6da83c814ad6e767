"""SQL of answers, results and points."""

import json
from collections.abc import Collection, Iterable

from bot.platform.database import Reads, Row, UnitOfWork
from bot.quizzes.models import Answer, Given, PointsKind, Result, Score, Turnout

_ANSWER = (
    "answer.id, answer.quiz_id, answer.question_id, answer.member_id, coalesce(player.name, '') AS name, answer.text,"
    " answer.option, answer.right, answer.answered_at, answer.accepted_by, answer.reason"
)
_FROM = "FROM quiz_answer AS answer LEFT JOIN quiz_player AS player USING (member_id)"


def _answer(row: Row) -> Answer:
    return Answer(
        row["id"],
        row["quiz_id"],
        row["question_id"],
        row["member_id"],
        row["name"],
        row["text"],
        row["option"],
        bool(row["right"]),
        row["answered_at"],
        row["accepted_by"],
        row["reason"],
    )


async def name_player(tx: UnitOfWork, member_id: int, name: str) -> None:
    """Remember what a member is called."""
    await tx.execute(
        "INSERT INTO quiz_player (member_id, name) VALUES (:member, :name)"
        " ON CONFLICT (member_id) DO UPDATE SET name = excluded.name",
        {"member": member_id, "name": name},
    )


async def insert(tx: UnitOfWork, quiz_id: int, member_id: int, given: Given, right: bool, now: int) -> int:
    """An answer, whose id is its place in the order of commits; the unique index lets nobody in twice."""
    row = await tx.fetch_one(
        "INSERT INTO quiz_answer (quiz_id, question_id, member_id, text, option, right, answered_at)"
        " VALUES (:quiz, :question, :member, :text, :option, :right, :now) RETURNING id",
        {
            "quiz": quiz_id,
            "question": given.question_id,
            "member": member_id,
            "text": given.text,
            "option": given.option,
            "right": int(right),
            "now": now,
        },
    )
    assert row is not None
    return int(row["id"])


async def remove(tx: UnitOfWork, answer_id: int) -> None:
    """Take away an answer that is being changed."""
    await tx.execute("DELETE FROM quiz_answer WHERE id = :id", {"id": answer_id})


async def get(reads: Reads, answer_id: int) -> Answer | None:
    """One answer."""
    row = await reads.fetch_one(f"SELECT {_ANSWER} {_FROM} WHERE answer.id = :id", {"id": answer_id})
    return _answer(row) if row else None


async def of_member(reads: Reads, quiz_id: int, member_id: int) -> dict[int, Answer]:
    """A member's answers by question."""
    rows = await reads.fetch_all(
        f"SELECT {_ANSWER} {_FROM} WHERE answer.quiz_id = :quiz AND answer.member_id = :member",
        {"quiz": quiz_id, "member": member_id},
    )
    return {row["question_id"]: _answer(row) for row in rows}


async def of_quiz(reads: Reads, quiz_id: int) -> list[Answer]:
    """Every answer of a quiz in the order they came."""
    rows = await reads.fetch_all(
        f"SELECT {_ANSWER} {_FROM} WHERE answer.quiz_id = :quiz ORDER BY answer.id", {"quiz": quiz_id}
    )
    return [_answer(row) for row in rows]


async def page(reads: Reads, quiz_id: int, right: bool | None, limit: int, offset: int) -> list[Answer]:
    """Some of a quiz's answers in the order they came; only right or only wrong ones unless `right` is None."""
    rows = await reads.fetch_all(
        f"SELECT {_ANSWER} {_FROM} WHERE answer.quiz_id = :quiz AND (:right IS NULL OR answer.right = :right)"
        " ORDER BY answer.id LIMIT :limit OFFSET :offset",
        {"quiz": quiz_id, "right": None if right is None else int(right), "limit": limit, "offset": offset},
    )
    return [_answer(row) for row in rows]


async def count(reads: Reads, quiz_id: int, right: bool | None) -> int:
    """How many there are."""
    row = await reads.fetch_one(
        "SELECT count(*) AS number FROM quiz_answer WHERE quiz_id = :quiz AND (:right IS NULL OR right = :right)",
        {"quiz": quiz_id, "right": None if right is None else int(right)},
    )
    return int(row["number"]) if row else 0


async def turnout(reads: Reads, quiz_id: int) -> Turnout:
    """How many members answered, and how many of them answered every question rightly.

    Where questions come in turn, those that were asked so far count.
    """
    row = await reads.fetch_one(
        "SELECT count(*) AS members, coalesce(sum(right = (SELECT count(*) FROM quiz_question AS question JOIN quiz ON"
        " quiz.id = question.quiz_id WHERE question.quiz_id = :quiz"
        " AND (quiz.question_seconds IS NULL OR question.opened_at IS NOT NULL))), 0) AS all_right"
        " FROM (SELECT sum(right) AS right FROM quiz_answer WHERE quiz_id = :quiz GROUP BY member_id) AS members",
        {"quiz": quiz_id},
    )
    assert row is not None
    return Turnout(row["members"], row["all_right"])


async def any_given(reads: Reads, quiz_id: int) -> bool:
    """Whether somebody has answered."""
    row = await reads.fetch_one("SELECT 1 FROM quiz_answer WHERE quiz_id = :quiz LIMIT 1", {"quiz": quiz_id})
    return row is not None


async def to_question(reads: Reads, question_id: int) -> list[Answer]:
    """Every answer to a question in the order they came."""
    rows = await reads.fetch_all(
        f"SELECT {_ANSWER} {_FROM} WHERE answer.question_id = :question ORDER BY answer.id", {"question": question_id}
    )
    return [_answer(row) for row in rows]


async def judge(tx: UnitOfWork, answer_ids: Collection[int], right: bool) -> None:
    """Answers are right or wrong by a changed key."""
    await tx.execute(
        "UPDATE quiz_answer SET right = :right WHERE id IN (SELECT value FROM json_each(:ids))",
        {"right": int(right), "ids": json.dumps(list(answer_ids))},
    )


async def accept(tx: UnitOfWork, answer_id: int, accepted_by: int | None, reason: str) -> None:
    """Count a wrong answer as right."""
    await tx.execute(
        "UPDATE quiz_answer SET right = 1, accepted_by = :by, reason = :reason WHERE id = :id",
        {"id": answer_id, "by": accepted_by, "reason": reason},
    )


async def save_results(tx: UnitOfWork, results: Iterable[Result]) -> None:
    """Write what came of each member's quiz, over what was written before."""
    await tx.execute_many(
        "INSERT INTO quiz_result (quiz_id, member_id, right, moment, rank, won_in, streak)"
        " VALUES (:quiz, :member, :right, :moment, :rank, :won, :streak)"
        " ON CONFLICT (quiz_id, member_id) DO UPDATE SET right = excluded.right, moment = excluded.moment,"
        " rank = excluded.rank, won_in = excluded.won_in, streak = excluded.streak",
        [
            {
                "quiz": one.quiz_id,
                "member": one.member_id,
                "right": one.right,
                "moment": one.moment,
                "rank": one.rank,
                "won": one.won_in,
                "streak": one.streak,
            }
            for one in results
        ],
    )


async def set_streak(tx: UnitOfWork, quiz_id: int, member_id: int, streak: int) -> None:
    """Overwrite a streak."""
    await tx.execute(
        "UPDATE quiz_result SET streak = :streak WHERE quiz_id = :quiz AND member_id = :member",
        {"streak": streak, "quiz": quiz_id, "member": member_id},
    )


async def set_won(tx: UnitOfWork, quiz_id: int, member_id: int, round_number: int) -> None:
    """Somebody has won in a round of prizes."""
    await tx.execute(
        "UPDATE quiz_result SET won_in = :round WHERE quiz_id = :quiz AND member_id = :member",
        {"round": round_number, "quiz": quiz_id, "member": member_id},
    )


async def results(reads: Reads, quiz_id: int) -> list[Result]:
    """What came of a quiz, in the order in which prizes are given."""
    rows = await reads.fetch_all(
        "SELECT quiz_id, member_id, right, moment, rank, won_in, streak FROM quiz_result WHERE quiz_id = :quiz"
        " ORDER BY rank",
        {"quiz": quiz_id},
    )
    return [_result(row) for row in rows]


async def streaks_before(reads: Reads, quiz_id: int, closed_at: int, season: str) -> dict[int, int]:
    """Everybody's streak as the season's quiz that closed last before this one left it."""
    rows = await reads.fetch_all(
        "SELECT member_id, streak FROM quiz_result WHERE streak > 0 AND quiz_id ="
        " (SELECT id FROM quiz WHERE state = 'closed' AND season = :season AND (closed_at, id) < (:closed, :quiz)"
        " ORDER BY closed_at DESC, id DESC LIMIT 1)",
        {"quiz": quiz_id, "closed": closed_at, "season": season},
    )
    return {row["member_id"]: row["streak"] for row in rows}


async def history(reads: Reads, member_id: int, season: str) -> list[tuple[int, Result | None]]:
    """The season's closed quizzes in the order they closed, each with what came of it for a member."""
    rows = await reads.fetch_all(
        "SELECT quiz.id, result.quiz_id, result.member_id, result.right, result.moment, result.rank, result.won_in,"
        " result.streak FROM quiz LEFT JOIN quiz_result AS result ON result.quiz_id = quiz.id"
        " AND result.member_id = :member WHERE quiz.state = 'closed' AND quiz.season = :season"
        " ORDER BY quiz.closed_at, quiz.id",
        {"member": member_id, "season": season},
    )
    return [(row["id"], _result(row) if row["quiz_id"] is not None else None) for row in rows]


def _result(row: Row) -> Result:
    return Result(
        row["quiz_id"],
        row["member_id"],
        row["right"],
        row["moment"],
        row["rank"],
        row["won_in"],
        row["streak"],
    )


async def save_points(
    tx: UnitOfWork, season: str, quiz_id: int, earned: Iterable[tuple[int, PointsKind, int]], now: int
) -> None:
    """Write points (member, what for, how many) into the ledger, over what was written for the same."""
    await tx.execute_many(
        "INSERT INTO quiz_points (season, quiz_id, member_id, kind, points, at)"
        " VALUES (:season, :quiz, :member, :kind, :points, :now)"
        " ON CONFLICT (quiz_id, member_id, kind) DO UPDATE SET points = excluded.points",
        [
            {
                "season": season,
                "quiz": quiz_id,
                "member": member,
                "kind": kind.value,
                "points": number,
                "now": now,
            }
            for member, kind, number in earned
        ],
    )


async def scores(reads: Reads, season: str) -> list[Score]:
    """Every member's season; the streak is the one the season's last quiz left."""
    rows = await reads.fetch_all(
        "SELECT points.member_id, coalesce(player.name, '') AS name, sum(points.points) AS points,"
        " count(DISTINCT points.quiz_id) AS quizzes, max(points.id) AS reached,"
        " (SELECT sum(result.right) FROM quiz_result AS result JOIN quiz ON quiz.id = result.quiz_id"
        "  WHERE result.member_id = points.member_id AND quiz.season = :season) AS right,"
        " (SELECT result.streak FROM quiz_result AS result WHERE result.member_id = points.member_id"
        "  AND result.quiz_id = (SELECT id FROM quiz WHERE state = 'closed' AND season = :season"
        "  ORDER BY closed_at DESC, id DESC LIMIT 1)) AS streak"
        " FROM quiz_points AS points LEFT JOIN quiz_player AS player USING (member_id)"
        " WHERE points.season = :season GROUP BY points.member_id",
        {"season": season},
    )
    return [
        Score(
            row["member_id"],
            row["name"],
            row["points"],
            row["right"] or 0,
            row["quizzes"],
            row["reached"],
            row["streak"] or 0,
        )
        for row in rows
    ]


async def members(reads: Reads, quiz_id: int) -> frozenset[int]:
    """Everybody who answered a quiz."""
    rows = await reads.fetch_all("SELECT DISTINCT member_id FROM quiz_answer WHERE quiz_id = :quiz", {"quiz": quiz_id})
    return frozenset(int(row["member_id"]) for row in rows)
