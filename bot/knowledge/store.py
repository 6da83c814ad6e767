"""All SQL of articles, of finding answers by their words, and of what came of showing them."""

from collections.abc import Mapping
from typing import Any

from bot.knowledge.models import Article, Source, Suggestion
from bot.platform.database import Reads, Row, UnitOfWork
from bot.tickets.models import Stage

_COLUMNS = "id, stage, title, body, state, ticket_id, updated_at"


def _article(row: Row) -> Article:
    return Article(
        row["id"],
        Stage(row["stage"]),
        row["title"],
        row["body"],
        row["state"] == "published",
        row["ticket_id"],
        row["updated_at"],
    )


async def get(reads: Reads, article_id: int) -> Article | None:
    """One article, archived ones too."""
    row = await reads.fetch_one(f"SELECT {_COLUMNS} FROM knowledge_article WHERE id = :id", {"id": article_id})
    return _article(row) if row else None


async def of_ticket(reads: Reads, ticket_id: int) -> Article | None:
    """The article made of a ticket."""
    row = await reads.fetch_one(
        f"SELECT {_COLUMNS} FROM knowledge_article WHERE ticket_id = :ticket", {"ticket": ticket_id}
    )
    return _article(row) if row else None


async def listed(reads: Reads, *, limit: int, offset: int) -> list[Article]:
    """Published articles by stage and title."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM knowledge_article WHERE state = 'published'"
        " ORDER BY stage, title, id LIMIT :limit OFFSET :offset",
        {"limit": limit, "offset": offset},
    )
    return [_article(row) for row in rows]


async def matching(reads: Reads, part: str, limit: int) -> list[Article]:
    """Published articles whose number begins with `part` or whose title has it in it."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM knowledge_article WHERE state = 'published' AND (:part = ''"
        " OR CAST(id AS TEXT) LIKE :part || '%' OR instr(lower(title), lower(:part))) ORDER BY title, id LIMIT :limit",
        {"part": part, "limit": limit},
    )
    return [_article(row) for row in rows]


async def count(reads: Reads) -> int:
    """How many articles are published."""
    row = await reads.fetch_one("SELECT count(*) AS total FROM knowledge_article WHERE state = 'published'")
    return int(row["total"]) if row else 0


async def insert(tx: UnitOfWork, values: Mapping[str, Any]) -> Article | None:
    """A new article; None when its slug or its ticket has one already.

    `values`: slug, stage, title, body, ticket, actor, now.
    """
    row = await tx.fetch_one(
        "INSERT INTO knowledge_article (slug, stage, title, body, state, ticket_id, created_by, created_at, updated_at)"
        " VALUES (:slug, :stage, :title, :body, 'published', :ticket, :actor, :now, :now)"
        f" ON CONFLICT DO NOTHING RETURNING {_COLUMNS}",
        values,
    )
    return _article(row) if row else None


async def change(tx: UnitOfWork, article_id: int, stage: Stage, title: str, body: str, now: int) -> Article | None:
    """Write an article anew; None when it is archived or gone."""
    row = await tx.fetch_one(
        "UPDATE knowledge_article SET stage = :stage, title = :title, body = :body, updated_at = :now"
        f" WHERE id = :id AND state = 'published' RETURNING {_COLUMNS}",
        {"id": article_id, "stage": stage.value, "title": title, "body": body, "now": now},
    )
    return _article(row) if row else None


async def archive(tx: UnitOfWork, article_id: int, now: int) -> Article | None:
    """Take an article out of sight; None when it was already."""
    row = await tx.fetch_one(
        "UPDATE knowledge_article SET state = 'archived', updated_at = :now"
        f" WHERE id = :id AND state = 'published' RETURNING {_COLUMNS}",
        {"id": article_id, "now": now},
    )
    return _article(row) if row else None


async def put_text(
    tx: UnitOfWork, source: Source, subject_id: int, stage: Stage, title: str, body: str, answer: str
) -> None:
    """Make something findable by the words of its title and body; what was there of it is replaced."""
    await drop_text(tx, source, subject_id)
    await tx.execute(
        "INSERT INTO knowledge_text (rowid, stage, title, body, answer)"
        " VALUES (:rowid, :stage, :title, :body, :answer)",
        {
            "rowid": _rowid(source, subject_id),
            "stage": stage.value,
            "title": title,
            "body": body,
            "answer": answer,
        },
    )


async def drop_text(tx: UnitOfWork, source: Source, subject_id: int) -> None:
    """Make something unfindable."""
    await tx.execute("DELETE FROM knowledge_text WHERE rowid = :rowid", {"rowid": _rowid(source, subject_id)})


async def found(reads: Reads, query: str, stage: Stage | None, limit: int) -> list[tuple[Suggestion, str]]:
    """What fits an FTS5 query best, with the words it was found by; the stage's own before others'."""
    rows = await reads.fetch_all(
        "SELECT rowid AS number, title, body, answer FROM knowledge_text WHERE knowledge_text MATCH :query"
        # bm25 is the better the smaller it is (negative); a title says more than a body, another stage less.
        " ORDER BY bm25(knowledge_text, 0, 4, 1, 0) * CASE WHEN stage = :stage THEN 1.5 ELSE 1.0 END LIMIT :limit",
        {"query": query, "stage": stage and stage.value, "limit": limit},
    )
    return [
        (
            Suggestion(
                Source.TICKET if row["number"] % 2 else Source.ARTICLE, row["number"] // 2, row["title"], row["answer"]
            ),
            f"{row['title']} {row['body']}",
        )
        for row in rows
    ]


async def offered(tx: UnitOfWork, member_id: int, place: str, stage: Stage | None, shown: int, now: int) -> int:
    """Known answers were shown to somebody; the offer's number. `place`: form or search."""
    row = await tx.fetch_one(
        "INSERT INTO knowledge_offer (member_id, place, stage, shown, offered_at)"
        " VALUES (:member, :place, :stage, :shown, :now) RETURNING id",
        {"member": member_id, "place": place, "stage": stage and stage.value, "shown": shown, "now": now},
    )
    assert row is not None
    return int(row["id"])


async def last_offer(reads: Reads, member_id: int, stage: Stage) -> int | None:
    """The last offer to somebody before a ticket of a stage was sent."""
    row = await reads.fetch_one(
        "SELECT max(id) AS id FROM knowledge_offer WHERE member_id = :member AND stage = :stage AND place = 'form'",
        {"member": member_id, "stage": stage.value},
    )
    return row["id"] if row else None


async def settle_offer(
    tx: UnitOfWork, member_id: int, offer_id: int, outcome: str, article_id: int | None, now: int
) -> bool:
    """What came of an offer; False when that is known already, or it was somebody else's."""
    row = await tx.fetch_one(
        "UPDATE knowledge_offer SET outcome = :outcome, article_id = :article, settled_at = :now"
        " WHERE outcome IS NULL AND id = :id AND member_id = :member RETURNING id",
        {"id": offer_id, "member": member_id, "outcome": outcome, "article": article_id, "now": now},
    )
    return row is not None


def _rowid(source: Source, subject_id: int) -> int:
    return subject_id * 2 + (source is Source.TICKET)
