"""The quizzes and giveaways that begin with entries: beginning them, taking them back, showing them beforehand."""

from dataclasses import replace

from bot.content_calendar import messages
from bot.content_calendar.activities import (
    Activity,
    ActivityFigures,
    ActivityOrder,
    Attached,
    Figures,
    Preview,
    Withdrawal,
)
from bot.content_calendar.models import Content, Entry, Kind
from bot.platform.database import Reads, UnitOfWork
from bot.platform.errors import DomainError
from bot.platform.messages import Message


class AttachedActivities:
    """What the areas of quizzes and giveaways have handed in, by kind of entry."""

    def __init__(self) -> None:
        self.begin: dict[Kind, Activity] = {}
        self.figures: dict[Kind, ActivityFigures] = {}
        self.withdrawals: dict[Kind, Withdrawal] = {}
        self.previews: dict[Kind, Preview] = {}

    async def start(self, tx: UnitOfWork, entry: Entry, channel_id: int) -> Attached | None:
        """What begins with an entry; None for a post. Raises DomainError."""
        activity = self.begin.get(entry.content.kind)
        return await activity(tx, _order(entry.content, channel_id, entry)) if activity is not None else None

    async def withdraw(self, tx: UnitOfWork, entry: Entry) -> None:
        """Take back what began with an entry whose message did not arrive."""
        withdraw = self.withdrawals.get(entry.content.kind)
        if withdraw is not None and entry.activity_id is not None:
            await withdraw(tx, entry.activity_id)

    async def counted(self, reads: Reads, entry: Entry) -> Figures:
        """What a quiz or giveaway knows of itself."""
        teller = self.figures.get(entry.content.kind)
        return await teller(reads, entry.activity_id) if teller is not None and entry.activity_id else Figures()

    def shown(self, content: Content, due_at: int, entry_id: int = 0, image_file_id: int | None = None) -> Message:
        """Exactly what will appear in the community, its buttons switched off; for other media the reminder."""
        preview = self.previews.get(content.kind)
        sample = messages.sample(content, due_at, entry_id, image_file_id)
        if not content.in_community or preview is None:
            return sample
        try:
            post = preview(_order(content, content.channel_id or 0, due_at=due_at, image_file_id=image_file_id))
        except DomainError:  # it still lacks something, which is told elsewhere
            return sample
        return replace(post, buttons=[[replace(one, disabled=True) for one in row] for row in post.buttons])


def _order(
    content: Content, channel_id: int, entry: Entry | None = None, *, due_at: int = 0, image_file_id: int | None = None
) -> ActivityOrder:
    number, image = (entry.id, entry.image_file_id) if entry else (0, image_file_id)
    return ActivityOrder(
        entry_id=number,
        kind=content.kind,
        title=content.title,
        text=content.caption,
        questions=content.questions,
        prize=content.prize,
        legal=content.legal,
        permit=content.permit,
        open_seconds=content.lasts,
        way=content.won,
        channel_id=channel_id,
        announcement=messages.opening(content, number, image),
        image_file_id=image,
        due_at=entry.due_at if entry else due_at,
        created_by=entry.created_by if entry else None,
        big_words=content.big_words,
    )
