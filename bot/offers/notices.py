"""What follows a change of an offer in its own unit of work: news, deadlines, reminders. Sends nothing itself."""

from bot.creators.service import CreatorService
from bot.offers import decision_store, messages, store
from bot.offers.models import Choice, Offer, OfferAct, OfferState, OfferView
from bot.offers.rules import STAFF_REMINDED_AFTER, is_open_for_answers, reminder_at
from bot.platform.clock import Clock
from bot.platform.database import Reads, UnitOfWork
from bot.platform.messages import Message
from bot.platform.outbox import Kind, Outbox
from bot.platform.scheduler import Scheduler
from bot.platform.scheduler_store import DueItem
from bot.server.models import ChannelKey
from bot.server.service import ServerService

DEADLINE = "offer.deadline"
REMINDER = "offer.reminder"
STAFF_WAITS = "offer.staff_waits"
# What the creator is told when staff noted their answer.
_NOTED = {
    OfferAct.ACCEPT: "kamu menerima tawarannya",
    OfferAct.DECLINE: "kamu menolak tawarannya",
    OfferAct.COUNTER: "kamu mengajukan perubahan",
}


class OfferNotices:
    """Messages and due rows of offers."""

    def __init__(
        self, clock: Clock, outbox: Outbox, scheduler: Scheduler, server: ServerService, creators: CreatorService
    ) -> None:
        self._clock = clock
        self._outbox = outbox
        self._scheduler = scheduler
        self._server = server
        self._creators = creators
        scheduler.handles(REMINDER, self._reminder_is_due)
        scheduler.handles(STAFF_WAITS, self._staff_reminder_is_due)

    async def view(self, reads: Reads, offer: Offer) -> OfferView:
        """An offer beside its account."""
        creator = await self._creators.get(offer.creator_id, reads)
        assert creator is not None, "accounts with offers are kept"
        return OfferView(offer, creator)

    async def plan(self, tx: UnitOfWork, offer: Offer) -> None:
        """Set what falls due by itself as the offer now stands."""
        for kind in (DEADLINE, REMINDER, STAFF_WAITS):
            await self._scheduler.cancel(tx, kind, offer.id)
        now = self._clock.timestamp()
        if offer.state is OfferState.SENT:
            await self._scheduler.at(tx, DEADLINE, offer.id, offer.terms.reply_by)
            remind_at = reminder_at(now, offer.terms.reply_by)
            if remind_at is not None:
                await self._scheduler.at(tx, REMINDER, offer.id, remind_at)
        elif offer.state is OfferState.COUNTERED:
            await self._scheduler.at(tx, STAFF_WAITS, offer.id, now + STAFF_REMINDED_AFTER)

    async def tell(self, tx: UnitOfWork, offer: Offer, act: OfferAct, *, by_hand: bool) -> None:
        """Tell whoever did not do it, once."""
        view = await self.view(tx, offer)
        to_creator = {
            OfferAct.SEND: messages.sent,
            OfferAct.TAKE_COUNTER: messages.counter_taken,
            OfferAct.REFUSE_COUNTER: messages.counter_refused,
            OfferAct.WITHDRAW: messages.withdrawn,
            OfferAct.EXPIRE: messages.expired,
        }
        if act in to_creator:
            await self._to_creator(tx, offer, to_creator[act](view), act)
        elif by_hand and act in _NOTED:
            await self._to_creator(tx, offer, messages.noted_for_you(view, _NOTED[act]), act)
        if act is OfferAct.ACCEPT:
            await self._to_staff(tx, offer, messages.to_staff_accepted(view), act)
        elif act is OfferAct.DECLINE:
            await self._to_staff(tx, offer, messages.to_staff_declined(view, await self._reserves(tx, offer)), act)
        elif act is OfferAct.EXPIRE:
            await self._to_staff(tx, offer, messages.to_staff_expired(view, await self._reserves(tx, offer)), act)
        elif act is OfferAct.COUNTER and not by_hand:
            await self._to_staff(tx, offer, messages.to_staff_countered(view), act)

    async def _reminder_is_due(self, tx: UnitOfWork, item: DueItem) -> None:
        offer = await store.get(tx, item.subject_id)
        if offer is None or not is_open_for_answers(offer, self._clock.timestamp()):
            return
        view = await self.view(tx, offer)
        if offer.member_id is not None:
            await self._to_creator(tx, offer, messages.reminder(view), "reminder")
        else:
            await self._to_staff(tx, offer, messages.to_staff_by_hand(view), "reminder")

    async def _staff_reminder_is_due(self, tx: UnitOfWork, item: DueItem) -> None:
        offer = await store.get(tx, item.subject_id)
        if offer is not None and offer.state is OfferState.COUNTERED:
            await self._to_staff(tx, offer, messages.to_staff_waiting(await self.view(tx, offer)), "staff-waits")

    async def _reserves(self, tx: UnitOfWork, offer: Offer) -> int:
        decisions = await decision_store.present(tx, offer.shortlist_id)
        return sum(decision.choice is Choice.RESERVE for decision in decisions.values())

    async def _to_creator(self, tx: UnitOfWork, offer: Offer, message: Message, what: str) -> None:
        if offer.member_id is not None:
            key = f"offer:{offer.id}:{offer.version}:{what}"
            await self._outbox.put(tx, Kind.PERSON, offer.member_id, message, dedupe_key=key)

    async def _to_staff(self, tx: UnitOfWork, offer: Offer, message: Message, what: str) -> None:
        key = f"offer:{offer.id}:{offer.version}:{what}:staff"
        await self._server.tell(tx, ChannelKey.STAFF, message, dedupe_key=key)
