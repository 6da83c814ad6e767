"""What the content calendar needs of giveaways: begin one with an entry, and tell what came of it."""

from dataclasses import replace

from bot.content_calendar.activities import ActivityOrder, Attached, Figures
from bot.giveaways import entry_store, messages, store
from bot.giveaways.models import Giveaway, GiveawaySpec, GiveawayState, Legal, LegalKind
from bot.giveaways.reading import MOST_WINNERS, PRIZE_LENGTH, TITLE_LENGTH
from bot.giveaways.service import GiveawayService
from bot.platform.audit import Actor
from bot.platform.database import Reads, UnitOfWork
from bot.platform.errors import DomainError
from bot.platform.messages import Message, to_json
from bot.platform.text import clip, one_line
from bot.prizes.reading import worded


class CalendarGiveaways:
    """Attached to the calendar as its giveaways."""

    def __init__(self, giveaways: GiveawayService) -> None:
        self._giveaways = giveaways

    async def begin(self, tx: UnitOfWork, order: ActivityOrder) -> Attached:
        """Make a giveaway of an entry and open it, in the unit of work in which the entry falls due.

        Raises DomainError when it can't be opened: no prize, no number of winners, no legal choice.
        """
        giveaway_id = await self._giveaways.prepare(tx, Actor(order.created_by), spec_of(order))
        outbox_id = await self._giveaways.post_for_calendar(tx, giveaway_id, order.channel_id, extra=order.announcement)
        return Attached(giveaway_id, outbox_id)

    async def withdraw(self, tx: UnitOfWork, giveaway_id: int) -> None:
        """Its post never reached Discord: nobody saw it, so it is as if it had never begun."""
        await self._giveaways.unsay(tx, giveaway_id)

    def preview(self, order: ActivityOrder) -> Message:
        """What the post will look like, with its end. Raises DomainError for what is still missing."""
        spec = replace(spec_of(order), ends_at=order.due_at + order.open_seconds)
        giveaway = Giveaway(
            id=0,
            spec=spec,
            state=GiveawayState.OPEN,
            revision=0,
            channel_id=order.channel_id,
            extra=to_json(order.announcement),
            commitment="dibuat saat tayang",
            seed_token=None,
            announcement_id=None,
            entries_sha256=None,
            entry_count=None,
            created_at=order.due_at,
            opened_at=order.due_at,
            ended_at=None,
            ended_by=None,
        )
        post = messages.post(giveaway, 0)
        return replace(post, footer=post.footer.replace("Giveaway 0", "Giveaway", 1))

    async def opened(self, reads: Reads, start: int, end: int) -> list[tuple[int, int]]:
        """Giveaways that opened from `start` until before `end`, and when."""
        return await store.opened_between(reads, start, end)

    async def members(self, reads: Reads, giveaway_id: int) -> frozenset[int]:
        """Everybody who joined one."""
        return await entry_store.members(reads, giveaway_id)

    async def figures(self, reads: Reads, giveaway_id: int) -> Figures:
        """Who took part, and what the prizes cost (whole rupiah) once it has ended."""
        giveaway = await store.get(reads, giveaway_id)
        if giveaway is None:
            return Figures()
        spec = giveaway.spec
        took_part = await entry_store.count(reads, giveaway_id)
        ended = giveaway.state is GiveawayState.ENDED
        won = min(spec.winners, took_part)
        return Figures(took_part=took_part, spent=spec.amount * won if ended and spec.amount else None)


def spec_of(order: ActivityOrder) -> GiveawaySpec:
    """The giveaway that an entry of the calendar stands for. Raises DomainError for what is still missing."""
    prize = order.prize
    if prize is None or prize.winners is None:
        raise DomainError("Giveaway belum jelas hadiah dan jumlah pemenangnya.")
    return GiveawaySpec(
        title=one_line(order.title)[:TITLE_LENGTH] or "Giveaway",
        prize=clip(worded(one_line(prize.description), prize.amount), PRIZE_LENGTH) or "Hadiah",
        winners=min(prize.winners, MOST_WINNERS),
        lasts=order.open_seconds,
        amount=prize.amount,
        legal=Legal(LegalKind(order.legal.value), order.permit or None) if order.legal else None,
    )
