"""Use cases of those who are offered something: look, accept, decline, counter; and staff noting it for them."""

from bot.creators.service import CreatorService
from bot.offers import reading, rules, store
from bot.offers.models import Offer, OfferAct, OfferDetail, OfferState, OfferView
from bot.offers.reading import CounterForm, HandForm
from bot.offers.service import OfferService
from bot.platform.audit import Actor
from bot.platform.clock import Clock, local_day
from bot.platform.database import Database, Reads, UnitOfWork
from bot.platform.errors import FormRefused, NotFound

NOT_YOURS = "Tawaran ini tidak ada, atau bukan untukmu. Lihat tawaranmu dengan /tawaran saya."
_NEVER_SENT = frozenset({OfferState.DRAFT, OfferState.DISCARDED})


class OfferAnswers:
    """A creator's side of offers. An offer is its addressee's alone, whoever presses its buttons."""

    def __init__(self, database: Database, clock: Clock, creators: CreatorService, offers: OfferService) -> None:
        self._database = database
        self._clock = clock
        self._creators = creators
        self._offers = offers

    async def see(self, member_id: int, offer_id: int) -> OfferDetail:
        """One's own offer, with its history. Raises NotFound for everybody else."""
        await self._own(self._database.read, member_id, offer_id)
        return await self._offers.detail(offer_id)

    async def mine(self, member_id: int, *, limit: int, offset: int = 0) -> tuple[list[OfferView], int]:
        """What a member was offered, what waits for an answer first; and how many there are."""
        reads = self._database.read
        offers = await store.of_member(reads, member_id, limit=limit, offset=offset)
        creators = await self._creators.get_many({offer.creator_id for offer in offers})
        views = [OfferView(offer, creators[offer.creator_id]) for offer in offers if offer.creator_id in creators]
        return views, await store.count_of_member(reads, member_id)

    async def check(self, member_id: int, offer_id: int, act: OfferAct, version: int) -> Offer:
        """One's own offer, if the act is possible on it as it was shown. Raises DomainError."""
        offer = await self._own(self._database.read, member_id, offer_id)
        rules.check(offer, act, version, self._clock.timestamp())
        return offer

    async def accept(self, actor: Actor, offer_id: int, version: int) -> Offer:
        """Say yes to the terms as they were shown."""
        async with self._database.unit() as tx:
            offer = await self._own(tx, actor.id, offer_id)
            return await self._accept(tx, actor, offer, version)

    async def decline(self, actor: Actor, offer_id: int, version: int, kind: str | None, detail: str) -> Offer:
        """Say no, with a reason. Raises FormRefused."""
        async with self._database.unit() as tx:
            offer = await self._own(tx, actor.id, offer_id)
            return await self._decline(tx, actor, offer, version, reading.read_decline(kind, detail))

    async def counter(self, actor: Actor, offer_id: int, version: int, form: CounterForm) -> Offer:
        """Ask for another fee or day. Raises FormRefused."""
        async with self._database.unit() as tx:
            offer = await self._own(tx, actor.id, offer_id)
            return await self._counter(tx, actor, offer, version, form)

    async def note(self, actor: Actor, offer_id: int, version: int, form: HandForm) -> Offer:
        """Staff note what a creator answered outside Discord. Raises FormRefused.

        Who is in Discord too gets to know what was noted.
        """
        act = reading.read_answer(form.answer)
        async with self._database.unit() as tx:
            offer = await self._offers.get(offer_id, tx)
            if offer.member_id is not None and offer.member_id == actor.id:
                raise FormRefused(["Ini tawaran untukmu sendiri. Jawab lewat /tawaran saya."])
            if act is OfferAct.ACCEPT:
                return await self._accept(tx, actor, offer, version, by_hand=True)
            if act is OfferAct.DECLINE:
                words = reading.read_reason(form.reason, "Tulis alasan kreator menolak di kolom catatan.")
                return await self._decline(tx, actor, offer, version, words, by_hand=True)
            counter = CounterForm(form.fee, form.posts_on, form.reason)
            return await self._counter(tx, actor, offer, version, counter, by_hand=True)

    async def _accept(
        self, tx: UnitOfWork, actor: Actor, offer: Offer, version: int, *, by_hand: bool = False
    ) -> Offer:
        changed = rules.accepted(offer, version, self._clock.timestamp())
        return await self._offers.settle(tx, actor, changed, OfferAct.ACCEPT, by_hand=by_hand)

    async def _decline(
        self, tx: UnitOfWork, actor: Actor, offer: Offer, version: int, reason: str, *, by_hand: bool = False
    ) -> Offer:
        changed = rules.declined(offer, version, reason, self._clock.timestamp())
        return await self._offers.settle(tx, actor, changed, OfferAct.DECLINE, reason=reason, by_hand=by_hand)

    async def _counter(
        self, tx: UnitOfWork, actor: Actor, offer: Offer, version: int, form: CounterForm, *, by_hand: bool = False
    ) -> Offer:
        now = self._clock.timestamp()
        rules.check(offer, OfferAct.COUNTER, version, now)
        counter = reading.read_counter(form, offer, local_day(now))
        changed = rules.countered(offer, version, counter, now)
        return await self._offers.settle(tx, actor, changed, OfferAct.COUNTER, reason=counter.message, by_hand=by_hand)

    async def _own(self, reads: Reads, member_id: int | None, offer_id: int) -> Offer:
        offer = await store.get(reads, offer_id)
        if offer is None or member_id is None or offer.member_id != member_id or offer.state in _NEVER_SENT:
            raise NotFound(NOT_YOURS)
        return offer
