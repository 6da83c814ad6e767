"""SQL of quizzes: the quiz itself. Its questions and hints are in question_store."""

import json
from collections.abc import Collection

from bot.giveaways.models import Legal, LegalKind
from bot.platform.database import Reads, Row, UnitOfWork
from bot.quizzes.models import CalledOff, Conditions, Pacing, Quiz, QuizPrize, QuizState, Terms, Way

_COLUMNS = (
    "id, title, way, winners, prize, prize_amount, open_seconds, changeable, creators_only, close_after, claim_days,"
    " state, revision, channel_id, announcement_id, extra, created_by, created_at, opened_at, closes_at, closed_at,"
    " closed_by, seed, closes_wanted, question_seconds, pause_seconds, legal_kind, permit, called_off_at,"
    " called_off_by, called_off_reason, season"
)


def _quiz(row: Row) -> Quiz:
    prize = QuizPrize(row["prize"], row["prize_amount"]) if row["prize"] is not None else None
    called_off = None
    if row["called_off_at"] is not None:
        called_off = CalledOff(row["called_off_at"], row["called_off_by"], row["called_off_reason"])
    return Quiz(
        id=row["id"],
        terms=Terms(row["title"], Way(row["way"]), row["winners"], prize, row["open_seconds"], row["closes_wanted"]),
        conditions=Conditions(
            bool(row["changeable"]), bool(row["creators_only"]), row["close_after"], row["claim_days"]
        ),
        state=QuizState.CALLED_OFF if called_off else QuizState(row["state"]),
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
        pacing=Pacing(row["question_seconds"], row["pause_seconds"]),
        legal=Legal(LegalKind(row["legal_kind"]), row["permit"]) if row["legal_kind"] else None,
        called_off=called_off,
        season=row["season"],
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
        "until": terms.until,
    }


async def insert(tx: UnitOfWork, terms: Terms, state: QuizState, created_by: int | None, now: int) -> Quiz:
    """A new quiz without questions."""
    row = await tx.fetch_one(
        "INSERT INTO quiz (title, way, winners, prize, prize_amount, open_seconds, closes_wanted, state, created_by,"
        " created_at) VALUES (:title, :way, :winners, :prize, :amount, :seconds, :until, :state, :by, :now)"
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
        " open_seconds = :seconds, closes_wanted = :until, revision = revision + 1"
        f" WHERE id = :id RETURNING {_COLUMNS}",
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


async def save_pacing(tx: UnitOfWork, quiz_id: int, pacing: Pacing) -> Quiz:
    """Overwrite how questions come."""
    row = await tx.fetch_one(
        "UPDATE quiz SET question_seconds = :seconds, pause_seconds = :pause, revision = revision + 1"
        f" WHERE id = :id RETURNING {_COLUMNS}",
        {"seconds": pacing.question_seconds, "pause": pacing.pause_seconds, "id": quiz_id},
    )
    return _one(row)


async def save_legal(tx: UnitOfWork, quiz_id: int, legal: Legal, now: int) -> Quiz:
    """Record what staff say it is before the law, and when they first did."""
    row = await tx.fetch_one(
        "UPDATE quiz SET legal_kind = :kind, permit = :permit, reminded_at = coalesce(reminded_at, :now),"
        f" revision = revision + 1 WHERE id = :id RETURNING {_COLUMNS}",
        {"kind": legal.kind.value, "permit": legal.permit, "now": now, "id": quiz_id},
    )
    return _one(row)


async def save_closing(tx: UnitOfWork, quiz_id: int, closes_at: int) -> Quiz:
    """An open quiz takes answers until another instant."""
    row = await tx.fetch_one(
        f"UPDATE quiz SET closes_at = :closes, revision = revision + 1 WHERE id = :id RETURNING {_COLUMNS}",
        {"closes": closes_at, "id": quiz_id},
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


async def open_quiz(tx: UnitOfWork, quiz_id: int, channel_id: int, extra: str | None, now: int, closes_at: int) -> Quiz:
    """From now on answers are taken."""
    row = await tx.fetch_one(
        "UPDATE quiz SET state = 'open', channel_id = :channel, extra = :extra, opened_at = :now, closes_at = :closes"
        f" WHERE id = :id AND state IN ('draft', 'scheduled') RETURNING {_COLUMNS}",
        {"id": quiz_id, "channel": channel_id, "extra": extra, "now": now, "closes": closes_at},
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


async def finish(tx: UnitOfWork, quiz_id: int, seed: str, season: str) -> Quiz | None:
    """The results stand and count in a season; None when they stood before."""
    row = await tx.fetch_one(
        "UPDATE quiz SET state = 'closed', seed = :seed, season = :season WHERE id = :id AND state = 'judging'"
        f" RETURNING {_COLUMNS}",
        {"id": quiz_id, "seed": seed, "season": season},
    )
    return _quiz(row) if row else None


async def call_off(tx: UnitOfWork, quiz_id: int, called_off: CalledOff) -> Quiz | None:
    """Call off a posted quiz; None where its results stand or somebody else did."""
    row = await tx.fetch_one(
        "UPDATE quiz SET state = 'discarded', closed_at = NULL, closed_by = NULL, called_off_at = :now,"
        " called_off_by = :by, called_off_reason = :reason WHERE id = :id AND state IN ('open', 'judging')"
        f" RETURNING {_COLUMNS}",
        {"id": quiz_id, "now": called_off.at, "by": called_off.by, "reason": called_off.reason},
    )
    return _quiz(row) if row else None


async def newest(reads: Reads, limit: int, offset: int) -> list[Quiz]:
    """Every quiz, those under way first."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM quiz WHERE state <> 'discarded' OR called_off_at IS NOT NULL"
        " ORDER BY CASE state WHEN 'judging' THEN 0 WHEN 'open' THEN 1 WHEN 'scheduled' THEN 2 WHEN 'draft' THEN 3"
        " ELSE 4 END, id DESC LIMIT :limit OFFSET :offset",
        {"limit": limit, "offset": offset},
    )
    return [_quiz(row) for row in rows]


async def count_all(reads: Reads) -> int:
    """How many quizzes there are."""
    row = await reads.fetch_one(
        "SELECT count(*) AS number FROM quiz WHERE state <> 'discarded' OR called_off_at IS NOT NULL"
    )
    return int(row["number"]) if row else 0


async def titled(reads: Reads, part: str, states: Collection[QuizState], limit: int) -> list[Quiz]:
    """Quizzes in some states whose title has `part` in it, newest first."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM quiz WHERE instr(lower(title), lower(:part)) > 0"
        " AND state IN (SELECT value FROM json_each(:states)) ORDER BY id DESC LIMIT :limit",
        {"part": part, "states": json.dumps([state.value for state in states]), "limit": limit},
    )
    return [_quiz(row) for row in rows]


async def opened_between(reads: Reads, start: int, end: int) -> list[tuple[int, int]]:
    """Quizzes that opened from `start` until before `end` (seconds UTC), and when; discarded ones are left out."""
    rows = await reads.fetch_all(
        "SELECT id, opened_at FROM quiz WHERE opened_at >= :start AND opened_at < :end"
        " AND state IN ('open', 'judging', 'closed') ORDER BY opened_at",
        {"start": start, "end": end},
    )
    return [(int(row["id"]), int(row["opened_at"])) for row in rows]
