"""What the content calendar needs of giveaways: begin one with an entry, and tell what came of it."""

from bot.content_calendar.models import ActivityOrder, Attached, Figures
from bot.giveaways import entry_store, store
from bot.giveaways.models import GiveawaySpec, GiveawayState, Legal, LegalKind
from bot.giveaways.reading import MOST_WINNERS, PRIZE_LENGTH, TITLE_LENGTH
from bot.giveaways.service import GiveawayService
from bot.platform.audit import Actor
from bot.platform.database import Reads, UnitOfWork
from bot.platform.errors import DomainError
from bot.platform.text import one_line

# A giveaway of the calendar is open for three days.
OPEN_SECONDS = 3 * 86_400


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
        prize=one_line(prize.description)[:PRIZE_LENGTH] or "Hadiah",
        winners=min(prize.winners, MOST_WINNERS),
        lasts=OPEN_SECONDS,
        amount=prize.amount,
        legal=Legal(LegalKind(order.legal.value), order.permit or None) if order.legal else None,
    )
