"""Use cases of offers for staff: write, send, answer a counter-offer, withdraw. What creators do is in `answering`.

For other areas:
    offers.when_accepted(handler)   # async handler(tx, offer), once, in the unit of work that accepts
    offers.when_withdrawn(handler)  # async handler(tx, before) for one that had been accepted; it may raise DomainError
    await offers.get(offer_id, reads) -> Offer; `terms` are what was agreed
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence

from bot.campaigns.service import CampaignService
from bot.creators.service import CreatorService
from bot.offers import decision_store, reading, rules, store
from bot.offers.models import Offer, OfferAct, OfferDetail, OfferState, OfferView
from bot.offers.notices import DEADLINE, OfferNotices
from bot.offers.reading import OfferForm
from bot.platform import audit
from bot.platform.audit import SYSTEM, Actor
from bot.platform.clock import Clock, local_day
from bot.platform.database import Database, Reads, UnitOfWork
from bot.platform.deadlines import write_deadline
from bot.platform.errors import DomainError, NotFound
from bot.platform.indonesian import format_date
from bot.platform.scheduler import Scheduler
from bot.platform.scheduler_store import DueItem
from bot.shortlists.gathering import CreatorCare
from bot.shortlists.service import ShortlistService

OfferHandler = Callable[[UnitOfWork, Offer], Awaitable[None]]
# Creators get so many days unless staff say otherwise.
_REPLY_DAYS = 3


class OfferService:
    """The only door to offers for staff and other areas. `care` knows the blacklist."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        scheduler: Scheduler,
        creators: CreatorService,
        campaigns: CampaignService,
        shortlists: ShortlistService,
        notices: OfferNotices,
        care: CreatorCare | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._creators = creators
        self._campaigns = campaigns
        self._shortlists = shortlists
        self._notices = notices
        self._care = care
        self._accepted: list[OfferHandler] = []
        self._withdrawn: list[OfferHandler] = []
        scheduler.handles(DEADLINE, self._deadline_is_due)

    def when_accepted(self, handler: OfferHandler) -> None:
        """`handler(tx, offer)` is called once for each offer that is accepted, or whose counter-offer is."""
        self._accepted.append(handler)

    def when_withdrawn(self, handler: OfferHandler) -> None:
        """`handler(tx, before)` is called when staff withdraw an accepted offer; raising DomainError keeps it."""
        self._withdrawn.append(handler)

    async def get(self, offer_id: int, reads: Reads | None = None) -> Offer:
        """One offer. Raises NotFound."""
        offer = await store.get(reads or self._database.read, offer_id)
        if offer is None:
            raise NotFound("Tawaran ini tidak ada. Lihat yang ada dengan /tawaran daftar.")
        return offer

    async def detail(self, offer_id: int) -> OfferDetail:
        """One offer with its account, shortlist and history. Raises NotFound."""
        reads = self._database.read
        view = await self._notices.view(reads, await self.get(offer_id))
        steps = await store.steps(reads, offer_id)
        return OfferDetail(view.offer, view.creator, await self._shortlists.get(view.offer.shortlist_id), tuple(steps))

    async def listed(
        self, states: Collection[OfferState], shortlist_id: int | None = None, *, limit: int, offset: int = 0
    ) -> tuple[list[OfferView], Mapping[OfferState, int]]:
        """Offers with their accounts, what staff have to see to first; and how many there are by state."""
        reads = self._database.read
        offers = await store.listed(reads, states, shortlist_id, limit=limit, offset=offset)
        return await self._views(offers), await store.count(reads, states, shortlist_id)

    async def beginning(self, shortlist_id: int, creator_id: int) -> OfferForm:
        """What the form of a new offer starts with: the words of the last one, the rate that is known of the creator.

        Raises DomainError where no offer may be written.
        """
        await self._check_offering(self._database.read, shortlist_id, creator_id)
        shortlist = await self._shortlists.get(shortlist_id)
        earlier = await store.of_creator(self._database.read, shortlist_id, creator_id)
        last = earlier[0] if earlier else await store.last_written(self._database.read, shortlist_id)
        now = self._clock.timestamp()
        project = last.terms.project if last else ""
        if last is None and shortlist.campaign_id is not None:
            campaign = await self._campaigns.get(shortlist.campaign_id)
            project = f"{campaign.title} · {campaign.basics.brand}"[: reading.PROJECT_LENGTH]
        posts_on = last.terms.posts_on if last and last.terms.posts_on >= local_day(now) else None
        reward = reading.write_reward(last.terms.fee, last.terms.extra) if earlier and last else ""
        reply_day = local_day(now + _REPLY_DAYS * rules.DAY)
        reply_by = rules.end_of(min(reply_day, posts_on) if posts_on else reply_day)
        return OfferForm(
            project,
            reward or reading.write_reward(await self._known_rate(shortlist_id, creator_id), None),
            last.terms.scope if last else "",
            format_date(posts_on, weekday=False) if posts_on else "",
            write_deadline(reply_by),
        )

    async def draft(self, actor: Actor, shortlist_id: int, creator_id: int, form: OfferForm) -> Offer:
        """Begin an offer; nobody is told yet. Raises FormRefused or DomainError."""
        terms = reading.read_terms(form, self._clock.now())
        async with self._database.unit() as tx:
            await self._check_offering(tx, shortlist_id, creator_id)
            now = self._clock.timestamp()
            offer = await store.insert(tx, shortlist_id, creator_id, terms, by=actor.id, now=now)
            await self._record(tx, actor, offer, OfferAct.DRAFT, by_hand=False, reason=None)
        return offer

    async def draft_of(self, offer_id: int, version: int) -> Offer:
        """A draft that may be changed. Raises TooLate."""
        offer = await self.get(offer_id)
        rules.check(offer, OfferAct.CHANGE, version, self._clock.timestamp())
        return offer

    async def change(self, actor: Actor, offer_id: int, version: int, form: OfferForm) -> Offer:
        """Change a draft. Raises FormRefused."""
        terms = reading.read_terms(form, self._clock.now())
        async with self._database.unit() as tx:
            offer = await self.get(offer_id, tx)
            changed = rules.changed(offer, version, terms, self._clock.timestamp())
            return await self.settle(tx, actor, changed, OfferAct.CHANGE)

    async def send(self, actor: Actor, offer_id: int, version: int) -> Offer:
        """Send a draft to the creator's Discord account, or mark it as sent where there is none. Raises DomainError."""
        async with self._database.unit() as tx:
            offer = await self.get(offer_id, tx)
            now = self._clock.timestamp()
            creator = await self._creators.get(offer.creator_id, tx)
            assert creator is not None, "accounts with offers are kept"
            changed = rules.sent(offer, version, creator.member_id, now)
            await self._check_blacklist(tx, offer.creator_id)
            return await self.settle(tx, actor, changed, OfferAct.SEND)

    async def discard(self, actor: Actor, offer_id: int, version: int) -> Offer:
        """Throw a draft away."""
        async with self._database.unit() as tx:
            offer = await self.get(offer_id, tx)
            changed = rules.discarded(offer, version, self._clock.timestamp())
            return await self.settle(tx, actor, changed, OfferAct.DISCARD)

    async def check(self, offer_id: int, act: OfferAct, version: int) -> Offer:
        """Raise unless staff may do this to the offer as they saw it."""
        offer = await self.get(offer_id)
        rules.check(offer, act, version, self._clock.timestamp())
        return offer

    async def take_counter(self, actor: Actor, offer_id: int, version: int) -> Offer:
        """Agree to what the creator asked for."""
        async with self._database.unit() as tx:
            offer = await self.get(offer_id, tx)
            now = self._clock.timestamp()
            changed = rules.counter_taken(offer, version, now, local_day(now))
            return await self.settle(tx, actor, changed, OfferAct.TAKE_COUNTER)

    async def refuse_counter(self, actor: Actor, offer_id: int, version: int, message: str) -> Offer:
        """Don't agree; the offer stands as it was, and the creator reads the message. Raises FormRefused."""
        words = reading.read_reason(message, "Tulis pesan singkat untuk kreator, misalnya kenapa belum bisa.")
        async with self._database.unit() as tx:
            offer = await self.get(offer_id, tx)
            now = self._clock.timestamp()
            changed = rules.counter_refused(offer, version, now, local_day(now))
            return await self.settle(tx, actor, changed, OfferAct.REFUSE_COUNTER, reason=words)

    async def withdraw(self, actor: Actor, offer_id: int, version: int, reason: str) -> Offer:
        """Take an offer back, accepted or not, with a reason the creator reads. Raises FormRefused."""
        words = reading.read_reason(reason, "Tulis alasannya. Kreator ikut membacanya.")
        async with self._database.unit() as tx:
            offer = await self.get(offer_id, tx)
            changed = rules.withdrawn(offer, version, words, self._clock.timestamp())
            if offer.state is OfferState.ACCEPTED:
                for handler in self._withdrawn:
                    await handler(tx, offer)
            return await self.settle(tx, actor, changed, OfferAct.WITHDRAW, reason=words)

    async def settle(
        self,
        tx: UnitOfWork,
        actor: Actor,
        offer: Offer,
        act: OfferAct,
        *,
        reason: str | None = None,
        by_hand: bool = False,
    ) -> Offer:
        """Keep what the rules made of an offer, with all that follows: history, deadlines, news, the contract."""
        await store.save(tx, offer)
        await self._record(tx, actor, offer, act, by_hand=by_hand, reason=reason)
        await self._notices.plan(tx, offer)
        await self._notices.tell(tx, offer, act, by_hand=by_hand)
        if offer.state is OfferState.ACCEPTED:
            for handler in self._accepted:
                await handler(tx, offer)
        return offer

    async def remarks(self, reads: Reads, creator_ids: Collection[int]) -> dict[int, list[str]]:
        """How earlier offers and decisions ended, one sentence each, without amounts; for staff."""
        found: dict[int, list[str]] = {}
        for offer in await store.past_of_creators(reads, creator_ids):
            why = f" ({offer.reason})" if offer.reason else ""
            sentence = f"{offer.terms.project}: {offer.state.indonesian.lower()} <t:{offer.ended_at}:d>{why}"
            found.setdefault(offer.creator_id, []).append(sentence)
        for decision, title in await decision_store.rejections_of(reads, creator_ids):
            sentence = f"{title}: ditolak brand <t:{decision.decided_at}:d> ({decision.reason})"
            found.setdefault(decision.creator_id, []).append(sentence)
        return found

    async def _views(self, offers: Sequence[Offer]) -> list[OfferView]:
        creators = await self._creators.get_many({offer.creator_id for offer in offers})
        return [OfferView(offer, creators[offer.creator_id]) for offer in offers if offer.creator_id in creators]

    async def _known_rate(self, shortlist_id: int, creator_id: int) -> int | None:
        try:
            return (await self._shortlists.entry(shortlist_id, creator_id)).rate
        except NotFound:
            return None

    async def _check_offering(self, reads: Reads, shortlist_id: int, creator_id: int) -> None:
        rules.check_offering(
            await decision_store.present_of(reads, shortlist_id, creator_id),
            await store.under_way(reads, shortlist_id, creator_id),
        )
        await self._check_blacklist(reads, creator_id)

    async def _check_blacklist(self, reads: Reads, creator_id: int) -> None:
        barred = await self._care.blacklisted(reads, [creator_id], self._clock.timestamp()) if self._care else {}
        if creator_id in barred:
            raise DomainError(
                f"Kreator ini ada di daftar hitam ({barred[creator_id]}), jadi tidak bisa ditawari. Cabut dulu kalau "
                "memang keliru."
            )

    async def _deadline_is_due(self, tx: UnitOfWork, item: DueItem) -> None:
        offer = await store.get(tx, item.subject_id)
        over = rules.expired(offer, self._clock.timestamp()) if offer else None
        if over is not None:
            await self.settle(tx, SYSTEM, over, OfferAct.EXPIRE)

    async def _record(
        self, tx: UnitOfWork, actor: Actor, offer: Offer, act: OfferAct, *, by_hand: bool, reason: str | None
    ) -> None:
        now = self._clock.timestamp()
        await store.add_step(tx, offer, act, at=now, by=actor.id, by_hand=by_hand, reason=reason)
        await audit.record(
            tx,
            actor,
            f"offer.{act.value}",
            ("offer", offer.id),
            at=now,
            details={"creator_id": offer.creator_id, "state": offer.state.value, "by_hand": by_hand},
        )
