"""The SQL of calendar entries."""

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date

from bot.content_calendar.models import (
    Content,
    Entry,
    EntryState,
    Focus,
    Kind,
    LegalKind,
    Media,
    Prize,
    Question,
    Source,
    Way,
)
from bot.platform.database import Reads, Row, UnitOfWork

COLUMNS = (
    "e.id, e.state, e.due_at, e.grace_seconds, e.focus, e.media, e.kind, e.section, e.channel_id, e.title, e.caption,"
    " e.big_words, e.content, e.strategy, e.directive, e.reference, e.questions, e.prize, e.prize_amount, e.winners,"
    " e.legal, e.permit, e.open_seconds, e.way, e.target, e.image_file_id, e.revision, e.series_id, e.occurrence,"
    " e.source_hash, e.source_number, e.source_due_at, e.activity_id, e.outbox_id, e.link, e.reached, e.took_part,"
    " e.spent, e.reason, e.created_by, e.posted_at, e.edited_at, o.state AS delivery, o.message_id"
)
FROM = "FROM calendar_entry AS e LEFT JOIN outbox_message AS o ON o.id = e.outbox_id"
_CONTENT = (
    "focus, media, kind, section, channel_id, title, caption, big_words, content, strategy, directive, reference,"
    " questions, prize, prize_amount, winners, legal, permit, open_seconds, way"
)
_CONTENT_VALUES = ", ".join(f":{name.strip()}" for name in _CONTENT.split(","))
_CONTENT_SET = ", ".join(f"{name.strip()} = :{name.strip()}" for name in _CONTENT.split(","))


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What a new row needs."""

    content: Content
    due_at: int
    grace_seconds: int
    state: EntryState
    created_by: int | None
    source: Source | None = None
    series_id: int | None = None
    occurrence: date | None = None
    image_file_id: int | None = None
    target: int | None = None


def entry_of(row: Row) -> Entry:
    """An entry from a row of COLUMNS."""
    prize = Prize(row["prize"], row["prize_amount"], row["winners"]) if row["prize"] else None
    content = Content(
        focus=Focus(row["focus"]),
        media=Media(row["media"]),
        kind=Kind(row["kind"]),
        title=row["title"],
        section=row["section"],
        channel_id=row["channel_id"],
        caption=row["caption"],
        big_words=row["big_words"],
        content=row["content"],
        strategy=row["strategy"],
        directive=row["directive"],
        reference=row["reference"],
        questions=tuple(
            Question(one["number"], one["text"], tuple(one["answers"])) for one in json.loads(row["questions"])
        ),
        prize=prize,
        legal=LegalKind(row["legal"]) if row["legal"] else None,
        permit=row["permit"],
        open_seconds=row["open_seconds"],
        way=Way(row["way"]) if row["way"] else None,
    )
    source = None
    if row["source_hash"] is not None:
        source = Source(row["source_hash"], row["source_number"], row["source_due_at"])
    return Entry(
        id=row["id"],
        state=EntryState(row["state"]),
        due_at=row["due_at"],
        grace_seconds=row["grace_seconds"],
        content=content,
        target=row["target"],
        image_file_id=row["image_file_id"],
        revision=row["revision"],
        series_id=row["series_id"],
        occurrence=date.fromisoformat(row["occurrence"]) if row["occurrence"] else None,
        source=source,
        activity_id=row["activity_id"],
        outbox_id=row["outbox_id"],
        link=row["link"],
        reached=row["reached"],
        took_part=row["took_part"],
        spent=row["spent"],
        reason=row["reason"],
        created_by=row["created_by"],
        posted_at=row["posted_at"],
        delivery=row["delivery"],
        message_id=row["message_id"],
        edited_at=row["edited_at"],
    )


def _content(content: Content) -> dict[str, object]:
    prize = content.prize
    return {
        "focus": content.focus.value,
        "media": content.media.value,
        "kind": content.kind.value,
        "section": content.section,
        "channel_id": content.channel_id,
        "title": content.title,
        "caption": content.caption,
        "big_words": content.big_words,
        "content": content.content,
        "strategy": content.strategy,
        "directive": content.directive,
        "reference": content.reference,
        "questions": json.dumps([asdict(one) for one in content.questions], ensure_ascii=False),
        "prize": prize.description if prize else "",
        "prize_amount": prize.amount if prize else None,
        "winners": prize.winners if prize else None,
        "legal": content.legal.value if content.legal else None,
        "permit": content.permit,
        "open_seconds": content.open_seconds,
        "way": content.way.value if content.way else None,
    }


async def insert(tx: UnitOfWork, new: NewEntry, now: int) -> int | None:
    """A new entry; None when the sheet's row or the series' day is in the calendar already."""
    source = new.source
    row = await tx.fetch_one(
        f"INSERT INTO calendar_entry (state, due_at, grace_seconds, {_CONTENT}, target, image_file_id, series_id,"
        " occurrence, source_hash, source_number, source_due_at, created_by, created_at)"
        f" VALUES (:state, :due_at, :grace, {_CONTENT_VALUES}, :target, :image, :series, :occurrence, :hash, :number,"
        " :source_due, :by, :now) ON CONFLICT DO NOTHING RETURNING id",
        {
            **_content(new.content),
            "state": new.state.value,
            "due_at": new.due_at,
            "grace": new.grace_seconds,
            "target": new.target,
            "image": new.image_file_id,
            "series": new.series_id,
            "occurrence": new.occurrence.isoformat() if new.occurrence else None,
            "hash": source.digest if source else None,
            "number": source.number if source else None,
            "source_due": source.due_at if source else None,
            "by": new.created_by,
            "now": now,
        },
    )
    return int(row["id"]) if row else None


async def get(reads: Reads, entry_id: int) -> Entry | None:
    """One entry."""
    row = await reads.fetch_one(f"SELECT {COLUMNS} {FROM} WHERE e.id = :id", {"id": entry_id})
    return entry_of(row) if row else None


async def by_outbox(reads: Reads, row_id: int) -> Entry | None:
    """The entry whose message a row of the outbox is."""
    row = await reads.fetch_one(f"SELECT {COLUMNS} {FROM} WHERE e.outbox_id = :row", {"row": row_id})
    return entry_of(row) if row else None


async def save_content(tx: UnitOfWork, entry_id: int, content: Content) -> None:
    """Overwrite what an entry says."""
    await tx.execute(
        f"UPDATE calendar_entry SET {_CONTENT_SET}, revision = revision + 1 WHERE id = :id",
        {**_content(content), "id": entry_id},
    )


async def save_time(tx: UnitOfWork, entry_id: int, due_at: int, grace_seconds: int, state: EntryState) -> None:
    """Another time for an entry."""
    await tx.execute(
        "UPDATE calendar_entry SET due_at = :due, grace_seconds = :grace, state = :state, reason = '',"
        " revision = revision + 1 WHERE id = :id",
        {"due": due_at, "grace": grace_seconds, "state": state.value, "id": entry_id},
    )


async def save_image(tx: UnitOfWork, entry_id: int, file_id: int | None) -> None:
    """The uploaded picture."""
    await tx.execute(
        "UPDATE calendar_entry SET image_file_id = :file, revision = revision + 1 WHERE id = :id",
        {"file": file_id, "id": entry_id},
    )


async def save_figures(
    tx: UnitOfWork, entry_id: int, *, target: int | None, reached: int | None, took_part: int | None, spent: int | None
) -> None:
    """What staff counted by hand."""
    await tx.execute(
        "UPDATE calendar_entry SET target = :target, reached = :reached, took_part = :took_part, spent = :spent"
        " WHERE id = :id",
        {"target": target, "reached": reached, "took_part": took_part, "spent": spent, "id": entry_id},
    )


async def set_state(
    tx: UnitOfWork,
    entry_id: int,
    before: Collection[EntryState],
    state: EntryState,
    *,
    reason: str,
    by: int | None,
    now: int,
) -> bool:
    """Settle an entry; False when it is not in one of the states `before` any more."""
    names = [one.value for one in before]
    slots = ", ".join(f":before_{index}" for index in range(len(names)))
    row = await tx.fetch_one(
        "UPDATE calendar_entry SET state = :state, reason = :reason, settled_at = :now, settled_by = :by"
        f" WHERE id = :id AND state IN ({slots}) RETURNING id",
        {
            **{f"before_{index}": name for index, name in enumerate(names)},
            "state": state.value,
            "reason": reason,
            "now": now,
            "by": by,
            "id": entry_id,
        },
    )
    return row is not None


async def set_posted(
    tx: UnitOfWork, entry_id: int, before: EntryState, outbox_id: int | None, activity_id: int | None, now: int
) -> bool:
    """It has been put into the outbox; False when somebody else has done so."""
    row = await tx.fetch_one(
        "UPDATE calendar_entry SET state = 'posted', posted_at = :now, outbox_id = :outbox, activity_id = :activity,"
        " reason = '' WHERE id = :id AND state = :before RETURNING id",
        {"now": now, "outbox": outbox_id, "activity": activity_id, "id": entry_id, "before": before.value},
    )
    return row is not None


async def set_undelivered(tx: UnitOfWork, entry_id: int, reason: str) -> None:
    """Its message never reached Discord; what had begun with it is taken back."""
    await tx.execute(
        "UPDATE calendar_entry SET state = 'missed', reason = :reason, posted_at = NULL, activity_id = NULL"
        " WHERE id = :id AND state = 'posted'",
        {"id": entry_id, "reason": reason},
    )


async def set_link(tx: UnitOfWork, entry_id: int, link: str, by: int | None, now: int) -> bool:
    """The team has posted; False when another entry has this link."""
    row = await tx.fetch_one(
        "UPDATE OR IGNORE calendar_entry SET state = 'done', link = :link, settled_by = :by, settled_at = :now"
        " WHERE id = :id AND state = 'posted' RETURNING id",
        {"link": link, "by": by, "now": now, "id": entry_id},
    )
    return row is not None


async def between(reads: Reads, start: int, end: int, limit: int, offset: int = 0) -> list[Entry]:
    """Entries due from `start` until before `end`, the earliest first, cancelled ones too."""
    rows = await reads.fetch_all(
        f"SELECT {COLUMNS} {FROM} WHERE e.due_at >= :start AND e.due_at < :end ORDER BY e.due_at, e.id"
        " LIMIT :limit OFFSET :offset",
        {"start": start, "end": end, "limit": limit, "offset": offset},
    )
    return [entry_of(row) for row in rows]


async def count_between(reads: Reads, start: int, end: int) -> int:
    """How many."""
    row = await reads.fetch_one(
        "SELECT count(*) AS number FROM calendar_entry WHERE due_at >= :start AND due_at < :end",
        {"start": start, "end": end},
    )
    return int(row["number"]) if row else 0


async def titled(reads: Reads, part: str, states: Collection[EntryState], since: int, limit: int) -> list[Entry]:
    """Entries with `part` in their title, in one of the states, due after `since`, the earliest first."""
    names = [one.value for one in states]
    slots = ", ".join(f":state_{index}" for index in range(len(names)))
    escaped = part.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    rows = await reads.fetch_all(
        f"SELECT {COLUMNS} {FROM} WHERE e.due_at >= :since AND e.state IN ({slots})"
        " AND lower(e.title) LIKE :part ESCAPE '\\' ORDER BY e.due_at, e.id LIMIT :limit",
        {
            **{f"state_{index}": name for index, name in enumerate(names)},
            "since": since,
            "part": f"%{escaped}%",
            "limit": limit,
        },
    )
    return [entry_of(row) for row in rows]
