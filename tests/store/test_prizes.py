"""Pay-outs on a real store: numbers nowhere in clear, one pay-out a winner, many acts at the same moment."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.platform import audit
from bot.platform.audit import Actor
from bot.platform.crypto import Private
from bot.platform.database import UnitOfWork
from bot.platform.errors import DomainError
from bot.prizes.models import Payout, PayoutState, Prize, PrizeSource
from bot.server.models import ChannelKey
from bot.services import Services, open_services, rotate_keys
from bot.settings import Settings
from tests.conftest import make_settings
from tests.support.private_web import ADDRESS, browser

FINA, ANDO = Actor(1), Actor(2)
NUMBER = "+6281234567890"
TYPED = {"wallet": "dana", "number": "0812-3456-7890", "name": "Raka Pratama"}
PRIVATE = (NUMBER, NUMBER[3:], "0812-3456-7890", "Raka Pratama", "TRX-RAHASIA")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """With an address at which people reach the private pages."""
    return make_settings(tmp_path, http_port=8080, public_url=ADDRESS)


async def award(services: Services, *winners: int, source_id: int = 7, seconds: int = 3 * 86_400) -> list[Payout]:
    async with services.database.unit() as tx:
        return await services.prizes.award(
            tx,
            source=PrizeSource.GIVEAWAY,
            source_id=source_id,
            winners=winners,
            prize=Prize("GoPay", 25_000),
            claim_until=services.clock.timestamp() + seconds,
            by_lot=True,
            title="April",
        )


async def claim(services: Services, payout: Payout, **typed: str) -> None:
    _, link = await services.prizes.claim_link(Actor(payout.member_id), payout.id)
    async with browser(services) as web:
        sent, page = await web.fill(link.url, **(TYPED | typed))
    assert sent.status == 200, page


async def count(services: Services, sql: str) -> int:
    row = await services.database.read.fetch_one(f"SELECT count(*) AS number FROM {sql}")
    assert row is not None
    return int(row["number"])


async def test_a_number_is_nowhere_in_the_file_in_clear_and_survives_new_keys(tmp_path: Path) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    web_settings = {"http_port": 8080, "public_url": ADDRESS}
    services = await open_services(make_settings(tmp_path, encryption_keys=[old], **web_settings))
    try:
        await services.server.settle(FINA, {}, {ChannelKey.STAFF: 11})
        (payout,) = await award(services, 100)
        await claim(services, payout)
        claimed = await services.prizes.get(payout.id)
        await services.payout_desk.pay(FINA, payout.id, claimed.version, "TRX-RAHASIA", None)
    finally:
        await services.close()

    for path in tmp_path.glob("store.db*"):
        content = path.read_bytes()
        for secret in PRIVATE:
            assert secret.encode() not in content, (path.name, secret)
    assert await rotate_keys(make_settings(tmp_path, encryption_keys=[new, old], **web_settings)) == 3

    services = await open_services(make_settings(tmp_path, encryption_keys=[new], **web_settings))
    try:
        assert await services.prizes.number_of(services.database.read, payout.id) == Private(NUMBER)
        proof = await services.payout_desk.proof(FINA, payout.id)
        assert proof.reference == Private("TRX-RAHASIA")
        steps = await audit.entries(services.database.read, subject_kind="prize", subject_id=payout.id)
        assert steps[-1].action == "prize.proof_revealed"
        assert not any(secret in repr(steps) + repr(proof) for secret in PRIVATE)
    finally:
        await services.close()


async def test_awarding_twice_makes_and_tells_nothing_twice(services: Services) -> None:
    first = await award(services, 100, 101, 100)
    again = await award(services, 101, 102)

    assert [payout.member_id for payout in first] == [100, 101]
    assert [payout.member_id for payout in again] == [102]
    found = await services.prizes.payouts(PrizeSource.GIVEAWAY, 7)
    assert [payout.member_id for payout in found] == [100, 101, 102]
    assert await count(services, "outbox_message WHERE kind = 'person'") == 3
    assert found[0].tax_amount == 6_250 and "PP 132/2000" in found[0].tax_note


async def test_the_tax_note_can_be_switched_off(tmp_path: Path) -> None:
    services = await open_services(make_settings(tmp_path, prize_tax_note=False))
    try:
        (payout,) = await award(services, 100)
    finally:
        await services.close()
    assert (payout.tax_amount, payout.tax_note) == (None, "")


async def test_an_award_that_is_taken_back_leaves_nothing(services: Services) -> None:
    with pytest.raises(RuntimeError):
        async with services.database.unit() as tx:
            await services.prizes.award(
                tx,
                source=PrizeSource.QUIZ,
                source_id=1,
                winners=[100],
                prize=Prize("OVO", 10_000),
                claim_until=services.clock.timestamp() + 100,
                by_lot=False,
                title="Kuis",
            )
            raise RuntimeError("crash")

    assert await services.prizes.payouts(PrizeSource.QUIZ, 1) == []
    assert await count(services, "outbox_message") == 0 and await count(services, "due_item") == 0


async def test_many_payments_and_cancellations_at_once_end_in_one(services: Services) -> None:
    payouts = await award(services, *range(100, 110))
    for payout in payouts:
        await claim(services, payout)
    acts = []
    for payout in payouts:
        for number, actor in enumerate((FINA, ANDO, FINA)):
            acts.append(services.payout_desk.pay(actor, payout.id, 2, f"TRX-{number}", None))
        acts.append(services.payout_desk.cancel(ANDO, payout.id, 2, "Dua akun dipakai."))

    done = await asyncio.gather(*acts, return_exceptions=True)

    assert sum(isinstance(one, Payout) for one in done) == 10
    assert all(isinstance(one, Payout | DomainError) for one in done)
    ended = await count(services, "outbox_message WHERE dedupe_key LIKE '%:paid' OR dedupe_key LIKE '%:cancelled'")
    assert ended == 10


async def test_a_claim_sent_as_the_deadline_passes_wins_or_loses_but_never_both(services: Services) -> None:
    (payout,) = await award(services, 100)
    _, link = await services.prizes.claim_link(Actor(100), payout.id)
    async with services.database.unit() as tx:
        await tx.execute("UPDATE prize_payout SET claim_until = 1")

    async with browser(services) as web:
        refused, page = await web.fill(link.url, **TYPED)
        assert refused.status == 409 and "sudah lewat" in page
        # The refusal left the link as it was.
        seen, _ = await web.open(link.url)
        assert seen.status == 200
    assert (await services.prizes.get(payout.id)).state is PayoutState.WAITING


async def test_unclaimed_prizes_are_handed_over_once_and_a_failing_redraw_does_not_bring_them_back(
    services: Services,
) -> None:
    handed: list[list[int]] = []

    async def redraw(tx: UnitOfWork, source_id: int, member_ids: list[int]) -> None:
        handed.append(member_ids)
        if len(handed) == 1:
            raise RuntimeError("a defect of the other area")

    services.prizes.when_unclaimed(PrizeSource.GIVEAWAY, redraw)
    (one, two, three) = await award(services, 100, 101, 102)
    await claim(services, two)
    async with services.database.unit() as tx:
        await tx.execute("UPDATE prize_payout SET claim_until = 1 WHERE id <> 2")
        await tx.execute("UPDATE due_item SET due_at = 1 WHERE kind = 'prize.deadline'")

    await services.scheduler.start()
    await _until(lambda: len(handed) == 1)

    states = [payout.state for payout in await services.prizes.payouts(PrizeSource.GIVEAWAY, 7)]
    assert states == [PayoutState.EXPIRED, PayoutState.CLAIMED, PayoutState.EXPIRED]
    async with services.database.unit() as tx:
        await tx.execute("UPDATE due_item SET due_at = 1 WHERE kind = 'prize.unclaimed' AND state = 'waiting'")
    services.scheduler.wake()
    await _until(lambda: len(handed) == 2)
    assert handed == [[100, 102], [100, 102]]
    assert [one.member_id, three.member_id] == [100, 102]
    assert await count(services, "outbox_message WHERE dedupe_key LIKE '%:expired'") == 2


async def test_a_reroll_takes_the_prize_of_one_winner_back(services: Services) -> None:
    one, two = await award(services, 100, 101)
    async with services.database.unit() as tx:
        taken = await services.prizes.withdraw(tx, FINA, PrizeSource.GIVEAWAY, 7, 100, "Tidak memenuhi syarat")
        nothing = await services.prizes.withdraw(tx, FINA, PrizeSource.GIVEAWAY, 7, 100, "Lagi")

    assert [payout.id for payout in taken] == [one.id] and nothing == []
    assert (await services.prizes.get(two.id)).state is PayoutState.WAITING


async def test_the_store_itself_refuses_what_makes_no_sense(services: Services) -> None:
    await award(services, 100)
    wrong: Mapping[str, str] = {
        "paid without a destination": "state = 'paid', ended_at = 1, proof_reference = 'x'",
        "claimed without a number": "state = 'claimed', claimed_at = 1",
        "cancelled without a reason": "state = 'cancelled', ended_at = 1",
        "an unknown wallet": "wallet = 'paypal'",
        "an end that is none": "ended_at = 1",
    }
    for change in wrong.values():
        with pytest.raises(Exception, match="CHECK"):
            async with services.database.unit() as tx:
                await tx.execute(f"UPDATE prize_payout SET {change}")


async def _until(reached: object) -> None:
    assert callable(reached)
    async with asyncio.timeout(5):
        while not reached():
            await asyncio.sleep(0.01)
