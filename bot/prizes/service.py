"""Use cases of prizes: award, claim, deadline. Paying and cancelling are in `paying`.

For other areas:
    await prizes.award(tx, source=..., source_id=..., winners=[...], prize=Prize(...), claim_until=..., by_lot=...,
                       title=..., round_number=1) -> the pay-outs made now; doing it again makes and tells nothing
    prizes.when_unclaimed(source, handler)  # async handler(tx, source_id, member_ids), once per deadline
    await prizes.payouts(source, source_id, reads) -> list[Payout]
    await prizes.withdraw(tx, actor, source, source_id, member_id, reason) -> list[Payout]  # e.g. a reroll

Money prizes carry `amount` (their winners are asked for an e-wallet); without it an address is asked for.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace

from bot.platform import audit
from bot.platform.audit import SYSTEM, Actor
from bot.platform.clock import Clock
from bot.platform.crypto import Private, Vault
from bot.platform.database import Database, Reads, UnitOfWork
from bot.platform.errors import DomainError, NotAllowed, NotFound
from bot.platform.outbox import Kind, Outbox
from bot.platform.scheduler import Scheduler
from bot.platform.scheduler_store import DueItem
from bot.private_forms.models import FormLink
from bot.private_forms.service import PrivateForms
from bot.prizes import claim_form, messages, rules, store, tax
from bot.prizes.models import Payout, PayoutState, Prize, PrizeSource
from bot.prizes.pausing import ClaimPause
from bot.prizes.tax import PrizeTax, TaxNote
from bot.server.models import ChannelKey, RoleKey
from bot.server.service import ServerService

DEADLINE = "prize.deadline"
REMINDER = "prize.reminder"
UNCLAIMED = "prize.unclaimed"
TO_PAY = "prize.to_pay"
# Winners fill in their forms in a bunch; finance is told once for all that came within so many seconds.
TELL_FINANCE_EVERY_SECONDS = 600

UnclaimedHandler = Callable[[UnitOfWork, int, list[int]], Awaitable[None]]


class PrizeService:
    """The only door to prizes for cogs and other areas. `taxes` is None where the tax note is switched off."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        vault: Vault,
        outbox: Outbox,
        scheduler: Scheduler,
        server: ServerService,
        forms: PrivateForms,
        taxes: PrizeTax | None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault
        self._outbox = outbox
        self._scheduler = scheduler
        self._server = server
        self._forms = forms
        self._taxes = taxes
        self._unclaimed: dict[PrizeSource, UnclaimedHandler] = {}
        scheduler.handles(DEADLINE, self._deadline_is_due)
        scheduler.handles(UNCLAIMED, self._hand_over_unclaimed)
        scheduler.handles(REMINDER, self._reminder_is_due)
        scheduler.handles(TO_PAY, self._tell_finance)
        self._pause = ClaimPause(clock, server, forms)
        money = replace(claim_form.MONEY_FORM, about=self._about, filled=self._begun)
        forms.register(claim_form.MONEY, money, self._claim)
        forms.register(claim_form.GOODS, replace(claim_form.GOODS_FORM, about=self._about), self._claim)

    @property
    def paused(self) -> bool:
        """Whether winners can't claim now, so that no deadline runs out."""
        return self._pause.closed

    async def resume(self) -> None:
        """Called as the bot starts: the form may have closed or opened. Winners get lost time back, and hear it."""
        async with self._database.unit() as tx:
            if self._pause.closed:
                await self._pause.begin(tx)
                return
            closed_since = await self._pause.end(tx)
            if closed_since is None:
                return
            now = self._clock.timestamp()
            for payout in await store.waiting(tx):
                until = rules.resumed_until(payout, closed_since, now)
                await self.extend_in(tx, SYSTEM, [payout], until, messages.REOPENED)

    def when_unclaimed(self, source: PrizeSource, handler: UnclaimedHandler) -> None:
        """`handler(tx, source_id, member_ids)` is called once for the prizes that ended unclaimed together."""
        self._unclaimed[source] = handler

    async def award(
        self,
        tx: UnitOfWork,
        *,
        source: PrizeSource,
        source_id: int,
        winners: Sequence[int],
        prize: Prize,
        claim_until: int,
        by_lot: bool,
        title: str,
        round_number: int = 1,
    ) -> list[Payout]:
        """One pay-out a winner, each told privately; those who have one of this source and round are left alone.

        A redraw may use the same round for other winners; for a second prize to the same winner, count the round up.
        `claim_until` is an instant in whole seconds. Refuses nothing: it is called where a draw ends by itself.
        """
        prize = rules.tidied(prize)
        now = self._clock.timestamp()
        note = self._tax_note(by_lot, prize)
        made: list[Payout] = []
        for member_id in winners:
            payout = await store.insert(
                tx,
                source=source,
                source_id=source_id,
                round_number=round_number,
                member_id=member_id,
                title=title,
                prize=prize,
                by_lot=by_lot,
                tax_amount=note.amount,
                tax_note=note.text,
                claim_until=claim_until,
                now=now,
            )
            if payout is not None:
                made.append(payout)
                await self._tell(tx, payout, messages.won(payout), "won")
                await self.record(tx, SYSTEM, "awarded", payout, {"source": source.value, "source_id": source_id})
        if made:
            await self._wait_for_claims(tx, made[0])
            if self._pause.closed:
                await self._pause.begin(tx)
        return made

    async def payouts(self, source: PrizeSource, source_id: int, reads: Reads | None = None) -> list[Payout]:
        """Every pay-out of a giveaway or quiz, in the order they were won."""
        return await store.of_source(reads or self._database.read, source, source_id)

    async def get(self, payout_id: int, reads: Reads | None = None) -> Payout:
        """One pay-out. Raises NotFound."""
        payout = await store.get(reads or self._database.read, payout_id)
        if payout is None:
            raise NotFound("Hadiah ini tidak ada. Lihat hadiahmu dengan /hadiah saya.")
        return payout

    async def of_member(self, member_id: int, *, limit: int, offset: int = 0) -> tuple[list[Payout], int]:
        """What a member has won, the latest first, and how many there are in all."""
        return (
            await store.of_member(self._database.read, member_id, limit, offset),
            await store.count_of_member(self._database.read, member_id),
        )

    async def masked_number(self, payout: Payout) -> Private | None:
        """Where a prize goes, for showing it masked; None before the claim."""
        return await self.number_of(self._database.read, payout.id)

    async def claim_link(self, actor: Actor, payout_id: int) -> tuple[Payout, FormLink]:
        """A fresh link to the form for the winner's destination, or to correct it. Only for the winner, in time.

        Raises DomainError; while the form is closed staff are told of it first.
        """
        async with self._database.unit() as tx:
            payout = await self.get(payout_id, tx)
            if payout.member_id != actor.id:
                raise NotAllowed("Hadiah ini untuk pemenang lain. Lihat hadiahmu sendiri dengan /hadiah saya.")
            if not (self._pause.closed and not rules.is_final(payout.state)):
                rules.check_claim(payout, self._clock.timestamp())
                kind = claim_form.MONEY if payout.is_money else claim_form.GOODS
                return payout, await self._forms.link(tx, kind, payout.id, payout.member_id)
            await self._pause.alert(tx, payout)
        raise DomainError(messages.FORM_CLOSED)

    async def withdraw(
        self, tx: UnitOfWork, actor: Actor, source: PrizeSource, source_id: int, member_id: int, reason: str
    ) -> list[Payout]:
        """Take back what a member has won here and has not got yet, telling them why; empty when there is nothing."""
        taken: list[Payout] = []
        for payout in await store.of_source(tx, source, source_id):
            if payout.member_id == member_id and not rules.is_final(payout.state):
                cancelled = await self.cancel_in(tx, actor, payout, reason)
                taken += [cancelled] if cancelled else []
        return taken

    async def cancel_in(self, tx: UnitOfWork, actor: Actor, payout: Payout, reason: str) -> Payout | None:
        """Cancel inside a unit of work, the winner told once; None when it had ended meanwhile."""
        cancelled = await store.cancel(tx, payout.id, reason, actor.id, self._clock.timestamp())
        if cancelled is not None:
            await self._tell(tx, cancelled, messages.cancelled(cancelled), "cancelled")
            await self.record(tx, actor, "cancelled", cancelled, {"reason": reason})
        return cancelled

    async def extend_in(
        self, tx: UnitOfWork, actor: Actor, payouts: Sequence[Payout], until: int, reason: str
    ) -> list[Payout]:
        """Give winners of one source until a later instant, each told why; those who got more time by this call."""
        extended: list[Payout] = []
        for payout in payouts:
            later = await store.extend(tx, payout.id, until)
            if later is not None:
                extended.append(later)
                await self._tell(tx, later, messages.extended(later, reason), f"extended:{later.version}")
                details = {"reason": reason, "from": payout.claim_until, "until": until}
                await self.record(tx, actor, "extended", later, details)
        if extended:
            await self._wait_for_claims(tx, extended[0])
        return extended

    async def tell_paid(self, tx: UnitOfWork, payout: Payout, number: Private) -> None:
        """The winner hears of the payment, once."""
        await self._tell(tx, payout, messages.paid(payout, number), "paid")

    async def number_of(self, reads: Reads, payout_id: int) -> Private | None:
        """The number in memory; whoever reveals it records that."""
        kept = await store.destination(reads, payout_id)
        return self._vault.decrypt(kept[0]) if kept else None

    async def record(
        self, tx: UnitOfWork, actor: Actor, what: str, payout: Payout, details: Mapping[str, object] | None = None
    ) -> None:
        """One line of the audit about a pay-out; never private values."""
        now = self._clock.timestamp()
        await audit.record(tx, actor, f"prize.{what}", ("prize", payout.id), at=now, details=details)

    async def _about(self, reads: Reads, payout_id: int) -> str:
        payout = await self.get(payout_id, reads)
        return f"{messages.prize_text(payout.prize)} dari {payout.origin}"

    async def _begun(self, reads: Reads, payout_id: int) -> Mapping[str, str]:
        return claim_form.begun(await self.get(payout_id, reads))

    async def _claim(self, tx: UnitOfWork, payout_id: int, member_id: int, values: Mapping[str, Private]) -> None:
        payout = await self.get(payout_id, tx)
        if payout.member_id != member_id:
            raise NotAllowed("Hadiah ini untuk pemenang lain.")
        now = self._clock.timestamp()
        rules.check_claim(payout, now)
        claim = claim_form.claim_of(values)
        claimed = await store.claim(
            tx,
            payout_id,
            wallet=claim.wallet,
            number=self._vault.encrypt(claim.number),
            name=self._vault.encrypt(claim.name),
            address=self._vault.encrypt(claim.address) if claim.address else None,
            now=now,
        )
        assert claimed is not None, "checked in this unit of work"
        await self._tell(tx, claimed, messages.claimed(claimed, claim.number), f"claimed:{claimed.version}")
        what = "claimed" if payout.state is PayoutState.WAITING else "corrected"
        await self.record(tx, Actor(member_id), what, claimed, {"wallet": claim.wallet.value if claim.wallet else None})
        due_at = (now // TELL_FINANCE_EVERY_SECONDS + 1) * TELL_FINANCE_EVERY_SECONDS
        await self._scheduler.at(tx, TO_PAY, 0, due_at)

    async def _wait_for_claims(self, tx: UnitOfWork, payout: Payout) -> None:
        """Have all of its source that fall due with it reminded and ended. Rows of an earlier deadline find nothing."""
        await self._scheduler.at(tx, DEADLINE, payout.id, payout.claim_until)
        remind_at = rules.reminder_at(self._clock.timestamp(), payout.claim_until)
        if remind_at is not None:
            await self._scheduler.at(tx, REMINDER, payout.id, remind_at)

    async def _deadline_is_due(self, tx: UnitOfWork, item: DueItem) -> None:
        first = await store.get(tx, item.subject_id)
        if first is None:
            return
        if self._pause.closed:
            await self._pause.begin(tx)
            return
        expired = await store.expire(tx, first.source, first.source_id, self._clock.timestamp())
        if not expired:
            return
        for payout in expired:
            await self._tell(tx, payout, messages.expired(payout), "expired")
            await self.record(tx, SYSTEM, "expired", payout)
        redrawn = first.source in self._unclaimed
        note = messages.unclaimed(expired, redrawn=redrawn)
        await self._server.tell(tx, ChannelKey.STAFF, note, dedupe_key=f"prize:{expired[0].id}:unclaimed")
        if redrawn:
            # A unit of its own: prizes end even where nobody is left to be drawn.
            await self._scheduler.at(tx, UNCLAIMED, expired[0].id, self._clock.timestamp())

    async def _hand_over_unclaimed(self, tx: UnitOfWork, item: DueItem) -> None:
        first = await store.get(tx, item.subject_id)
        handler = self._unclaimed.get(first.source) if first else None
        if first is None or handler is None or first.ended_at is None:
            return
        expired = await store.expired_at(tx, first.source, first.source_id, first.ended_at)
        await handler(tx, first.source_id, [payout.member_id for payout in expired])

    async def _reminder_is_due(self, tx: UnitOfWork, item: DueItem) -> None:
        first = await store.get(tx, item.subject_id)
        if first is None or self._pause.closed:
            return
        now = self._clock.timestamp()
        until = now + rules.REMIND_BEFORE_SECONDS
        for payout in await store.unclaimed_until(tx, first.source, first.source_id, now, until):
            # A deadline that was moved is reminded of again.
            await self._tell(tx, payout, messages.reminder(payout), f"reminder:{payout.claim_until}")

    async def _tell_finance(self, tx: UnitOfWork, item: DueItem) -> None:
        number, rupiah = await store.total_in_states(tx, [PayoutState.CLAIMED])
        if number:
            note = messages.to_pay(number, rupiah, self._server.places.role(RoleKey.FINANCE))
            await self._server.tell(tx, ChannelKey.STAFF, note, dedupe_key=f"prize:to-pay:{item.due_at}")

    async def _tell(self, tx: UnitOfWork, payout: Payout, message: messages.Message, what: str) -> None:
        key = f"prize:{payout.id}:{what}"
        await self._outbox.put(tx, Kind.PERSON, payout.member_id, message, dedupe_key=key)

    def _tax_note(self, by_lot: bool, prize: Prize) -> TaxNote:
        if self._taxes is None:
            return TaxNote(None, "")
        return tax.note_of(self._taxes, by_lot=by_lot, amount=prize.amount)
