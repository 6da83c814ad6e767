"""What is written to IT's system about an event, version 1. README, "Tautan ke sistem IT", tells it to them. Pure."""

import json
from datetime import UTC

from bot.platform.clock import from_timestamp
from bot.tickets.masking import mask
from bot.tickets.models import Entry, EntryKind, Ticket
from bot.tickets.reading import masked_again

VERSION = 1


def event_id(entry: Entry) -> str:
    """The idempotency key: the entry's id, and when it was written.

    Ids alone would be given out again after an older backup was restored.
    """
    return f"{entry.id}-{entry.at}"


def write(ticket: Ticket, entry: Entry) -> str:
    """The JSON body. It holds the whole ticket as it stands after the event, so that each can be read by itself.

    Everything is masked when it is stored; once more here, so that no number ever leaves by another way. The text of
    "opened" is left out: the ticket's answers are it.
    """
    return json.dumps(
        {
            "version": VERSION,
            "event": {
                "id": event_id(entry),
                "number": entry.id,
                "kind": entry.kind.value,
                "at": _instant(entry.at),
                "author": {"side": entry.author.value, "name": entry.author_name},
                "text": "" if entry.internal or entry.kind is EntryKind.OPENED else mask(entry.text).text,
                "from_state": entry.from_state.value if entry.from_state else None,
                "to_state": entry.to_state.value if entry.to_state else None,
            },
            "ticket": {
                "number": ticket.id,
                "stage": ticket.stage.value,
                "priority": ticket.priority.value,
                "state": ticket.state.value,
                "creator": ticket.creator_name,
                "summary": mask(ticket.summary).text,
                "answers": [
                    {"question": item.question, "answer": item.answer} for item in masked_again(ticket.answers)
                ],
                "conclusion": mask(ticket.conclusion).text if ticket.conclusion else None,
                "incident": ticket.incident_id,
                "merged_into": ticket.merged_into,
                "opened_at": _instant(ticket.opened_at),
                "response_due_at": _instant(ticket.response_due_at),
                "resolution_due_at": _instant(ticket.resolution_due_at),
            },
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _instant(seconds: int | None) -> str | None:
    return from_timestamp(seconds).astimezone(UTC).isoformat().replace("+00:00", "Z") if seconds is not None else None
