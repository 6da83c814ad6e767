"""What staff do with pay-outs: look at them, give more time, pay and prove it, cancel."""

import asyncio
from dataclasses import replace

from bot.platform import audit, stored_files
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.crypto import Private, Vault
from bot.platform.database import Database, Reads, UnitOfWork
from bot.platform.errors import DomainError, NotFound
from bot.platform.files import CheckedFile
from bot.platform.indonesian import format_phone
from bot.private_forms.models import FormLink
from bot.private_forms.service import PrivateForms
from bot.prizes import claim_form, messages, rules, store
from bot.prizes.models import Payout, PayoutDetail, PayoutState, PrizeSource, Proof, Totals
from bot.prizes.service import PrizeService


class PayoutDesk:
    """Who may do what is checked by the caller; that nobody pays themselves is checked here."""

    def __init__(
        self, database: Database, clock: Clock, vault: Vault, forms: PrivateForms, prizes: PrizeService
    ) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault
        self._forms = forms
        self._prizes = prizes
        forms.register_page(claim_form.NUMBER, replace(claim_form.NUMBER_PAGE, about=self._about), self._reveal)

    async def page(self, state: PayoutState | None, *, limit: int, offset: int = 0) -> tuple[list[Payout], Totals]:
        """Pay-outs for staff, to be paid first, and what they come to in all."""
        states = [state] if state else list(PayoutState)
        found = await store.in_states(self._database.read, states, limit, offset)
        sums = {one: await store.total_in_states(self._database.read, [one]) for one in states}
        money = {one: rupiah for one, (_, rupiah) in sums.items()}
        return found, Totals(sum(number for number, _ in sums.values()), money)

    async def detail(self, payout_id: int) -> PayoutDetail:
        """One pay-out with what happened to it. Raises NotFound."""
        payout = await self._prizes.get(payout_id)
        steps = await audit.entries(self._database.read, subject_kind="prize", subject_id=payout_id)
        return PayoutDetail(payout, await self._prizes.masked_number(payout), tuple(steps))

    async def number_link(self, actor: Actor, payout_id: int) -> tuple[Payout, FormLink]:
        """A link to the page that shows the whole destination once; opening it is what the audit records."""
        assert actor.id is not None
        async with self._database.unit() as tx:
            payout = await self._prizes.get(payout_id, tx)
            if await self._prizes.number_of(tx, payout_id) is None:
                raise DomainError("Tujuan hadiah ini tidak ada: belum diisi pemenang, atau hadiahnya dibatalkan.")
            return payout, await self._forms.link(tx, claim_form.NUMBER, payout_id, actor.id)

    async def check_payable(self, actor: Actor, payout_id: int, version: int) -> Payout:
        """Raise DomainError unless the pay-out, as it was shown, can be marked paid by this person."""
        payout = await self._prizes.get(payout_id)
        rules.check_payment(payout, version, actor.id)
        return payout

    async def pay(
        self, actor: Actor, payout_id: int, version: int, reference: str, picture: CheckedFile | None
    ) -> Payout:
        """Record a payment with its proof, and tell the winner once. Raises DomainError or FormRefused."""
        # Encrypted before the unit of work: nobody else writes while it is open.
        sealed = await asyncio.to_thread(stored_files.seal, self._vault, picture.data) if picture else None
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            payout = await self._prizes.get(payout_id, tx)
            rules.check_payment(payout, version, actor.id)
            number = await self._prizes.number_of(tx, payout_id)
            assert number is not None, "a claimed prize has a destination"
            words = rules.read_reference(reference, number, has_file=sealed is not None)
            file_id = None
            if picture is not None and sealed is not None:
                file_id = await stored_files.keep(
                    tx,
                    self._vault,
                    filename=f"bukti-hadiah-{payout_id}.{picture.extension}",
                    kind=picture.kind.value,
                    content=sealed,
                    owner_id=actor.id,
                    now=now,
                )
            kept = self._vault.encrypt(Private(words)) if words else None
            paid = await store.pay(tx, payout_id, version, reference=kept, file_id=file_id, by=actor.id, now=now)
            assert paid is not None, "checked in this unit of work"
            await self._prizes.tell_paid(tx, paid, number)
            proof = {"reference": words != "", "picture": file_id is not None}
            await self._prizes.record(tx, actor, "paid", paid, {**proof, "amount": paid.prize.amount})
        return paid

    async def proof(self, actor: Actor, payout_id: int) -> Proof:
        """What was kept of a payment; the look is recorded. Raises NotFound before it has been paid."""
        payout = await self._prizes.get(payout_id)
        if payout.state is not PayoutState.PAID:
            raise NotFound("Hadiah ini belum dibayar, jadi belum ada buktinya.")
        picture = None
        if payout.proof_file_id is not None:
            picture = await stored_files.load(self._database.read, self._vault, payout.proof_file_id)
        kept = await store.reference(self._database.read, payout_id)
        async with self._database.unit() as tx:
            await self._prizes.record(tx, actor, "proof_revealed", payout)
        return Proof(self._vault.decrypt(kept) if kept else None, picture)

    async def check_extendable(self, payout_id: int, version: int) -> Payout:
        """Raise DomainError unless the pay-out, as it was shown, can be given more time."""
        payout = await self._prizes.get(payout_id)
        rules.check_extension(payout, version)
        return payout

    async def extend(self, actor: Actor, payout_id: int, version: int, until: str, reason: str) -> Payout:
        """Give one winner more time, with a reason they read. Raises DomainError or FormRefused."""
        async with self._database.unit() as tx:
            payout = await self._prizes.get(payout_id, tx)
            rules.check_extension(payout, version)
            instant, why = rules.read_extension(until, reason, self._clock.now(), [payout.claim_until])
            (extended,) = await self._prizes.extend_in(tx, actor, [payout], instant, why)
        return extended

    async def latest_deadline(self, source: PrizeSource, source_id: int) -> int:
        """The latest deadline of those who have not claimed yet. Raises DomainError when nobody is left."""
        return max(payout.claim_until for payout in await self._waiting(self._database.read, source, source_id))

    async def extend_all(
        self, actor: Actor, source: PrizeSource, source_id: int, until: str, reason: str
    ) -> list[Payout]:
        """Give everyone more time who has not claimed yet; those with a later deadline keep it.

        Raises DomainError or FormRefused.
        """
        async with self._database.unit() as tx:
            waiting = await self._waiting(tx, source, source_id)
            deadlines = [payout.claim_until for payout in waiting]
            instant, why = rules.read_extension(until, reason, self._clock.now(), deadlines)
            return await self._prizes.extend_in(tx, actor, waiting, instant, why)

    async def check_cancellable(self, payout_id: int, version: int) -> Payout:
        """Raise DomainError unless the pay-out, as it was shown, can be cancelled."""
        payout = await self._prizes.get(payout_id)
        rules.check_cancelling(payout, version)
        return payout

    async def cancel(self, actor: Actor, payout_id: int, version: int, reason: str) -> Payout:
        """Take a prize back with a reason the winner reads; what they filled in is deleted."""
        words = rules.read_reason(reason)
        async with self._database.unit() as tx:
            payout = await self._prizes.get(payout_id, tx)
            rules.check_cancelling(payout, version)
            cancelled = await self._prizes.cancel_in(tx, actor, payout, words)
            assert cancelled is not None, "checked in this unit of work"
        return cancelled

    async def _waiting(self, reads: Reads, source: PrizeSource, source_id: int) -> list[Payout]:
        payouts = await self._prizes.payouts(source, source_id, reads)
        waiting = [payout for payout in payouts if payout.state is PayoutState.WAITING]
        if not waiting:
            raise DomainError("Tidak ada hadiah yang masih menunggu diambil di sini. Lihat /hadiah-admin daftar.")
        return waiting

    async def _about(self, reads: Reads, payout_id: int) -> str:
        payout = await self._prizes.get(payout_id, reads)
        return f"Hadiah {payout.id}: {messages.prize_text(payout.prize)} dari {payout.origin}"

    async def _reveal(self, tx: UnitOfWork, payout_id: int, member_id: int) -> list[tuple[str, Private]]:
        payout = await self._prizes.get(payout_id, tx)
        kept = await store.destination(tx, payout_id)
        if kept is None:
            raise DomainError("Tujuan hadiah ini sudah dihapus karena hadiahnya dibatalkan.")
        number, name, address = kept
        await self._prizes.record(tx, Actor(member_id), "number_revealed", payout)
        shown = [
            (payout.wallet.label if payout.wallet else "Nomor HP", self._phone(number)),
            ("Nama penerima", self._vault.decrypt(name)),
        ]
        if address is not None:
            shown.append(("Alamat", self._vault.decrypt(address)))
        return [*shown, ("Hadiah", Private(messages.prize_text(payout.prize)))]

    def _phone(self, token: str) -> Private:
        return Private(format_phone(self._vault.decrypt(token).reveal()))
