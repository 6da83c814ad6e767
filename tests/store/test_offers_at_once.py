"""Offers through the real service and store: whatever creators, staff and the clock do, also at the same moment."""

import asyncio
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.creators.models import CreatorRecord, Metrics, Niche, Platform
from bot.offers import rules
from bot.offers.models import Choice, Offer, OfferState
from bot.offers.reading import CounterForm, HandForm, ManyForm, OfferForm
from bot.platform.audit import Actor, entries
from bot.platform.clock import Clock
from bot.platform.database import UnitOfWork
from bot.platform.errors import DomainError, NotFound
from bot.platform.indonesian import format_date
from bot.server.models import ChannelKey
from bot.services import Services, open_services
from bot.shortlists.models import Criteria
from tests.conftest import make_settings

SARI, DINA = Actor(1), Actor(2)
RARA = Actor(100)
START = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)


@dataclass
class Desk:
    """Services with a clock that tests move."""

    services: Services
    now: datetime = START
    agreed: list[Offer] = field(default_factory=list[Offer])

    async def wait(self, hours: float) -> None:
        """Time passes; what falls due is done."""
        self.now += timedelta(hours=hours)
        self.services.scheduler.wake()
        await asyncio.sleep(0.02)

    def day(self, ahead: int) -> str:
        return format_date((self.now + timedelta(days=ahead)).date(), weekday=False)

    def form(self, fee: str = "1,5jt") -> OfferForm:
        return OfferForm("Serum Pagi", fee, "1 video", self.day(20), self.day(3))


@pytest.fixture
async def desk(tmp_path: Path):
    holder: list[Desk] = []
    clock = Clock(lambda: holder[0].now if holder else START)
    services = await open_services(make_settings(tmp_path), clock)
    try:
        holder.append(Desk(services))
        await services.server.settle(SARI, {}, {ChannelKey.STAFF: 11})
        async with services.database.unit() as tx:
            for number in range(6):
                record = CreatorRecord(
                    Platform.TIKTOK,
                    f"kreator{number}",
                    niche_1=Niche.BEAUTY,
                    metrics=Metrics(12_000, 9_000, 700, 60, 9),
                )
                member = RARA.id if number == 0 else None
                await services.creators.save(tx, record, source="import", member_id=member)
        await services.shortlists.build(SARI, "Serum Pagi", Criteria(niches=(Niche.BEAUTY,)))

        async def contract(tx: UnitOfWork, offer: Offer) -> None:
            holder[0].agreed.append(offer)

        services.offers.when_accepted(contract)
        await services.scheduler.start()
        yield holder[0]
    finally:
        await services.close()


async def _sent(desk: Desk) -> Offer:
    await desk.services.decisions.decide(SARI, 1, 1, 0, Choice.CHOSEN, "")
    draft = await desk.services.offers.draft(SARI, 1, 1, desk.form())
    return await desk.services.offers.send(SARI, draft.id, draft.version)


async def test_everybody_at_once_leaves_one_outcome_and_one_contract(desk: Desk) -> None:
    sent = await _sent(desk)
    offers, answers = desk.services.offers, desk.services.offer_answers
    counter = CounterForm("2jt", "", "")
    results = await asyncio.gather(
        *(answers.accept(RARA, sent.id, sent.version) for _ in range(5)),
        answers.decline(RARA, sent.id, sent.version, "fee", ""),
        answers.counter(RARA, sent.id, sent.version, counter),
        answers.note(SARI, sent.id, sent.version, HandForm("accept", "", "", "")),
        *(offers.withdraw(who, sent.id, sent.version, "Brand menunda") for who in (SARI, DINA)),
        return_exceptions=True,
    )
    done = [one for one in results if isinstance(one, Offer)]
    assert len(done) == 1
    assert all(isinstance(one, (Offer, DomainError)) for one in results)
    assert desk.agreed == done
    assert (await offers.get(sent.id)) == done[0]


async def test_two_answers_to_one_counter_offer(desk: Desk) -> None:
    sent = await _sent(desk)
    asked = await desk.services.offer_answers.counter(RARA, sent.id, sent.version, CounterForm("2jt", "", ""))
    results = await asyncio.gather(
        desk.services.offers.take_counter(SARI, sent.id, asked.version),
        desk.services.offers.refuse_counter(DINA, sent.id, asked.version, "Anggarannya pas"),
        return_exceptions=True,
    )
    assert sum(isinstance(one, Offer) for one in results) == 1


async def test_a_contract_that_cannot_be_begun_takes_the_acceptance_back(desk: Desk) -> None:
    sent = await _sent(desk)

    async def refuses(tx: UnitOfWork, offer: Offer) -> None:
        raise DomainError("Nomor SPK belum diatur.")

    desk.services.offers.when_accepted(refuses)
    with pytest.raises(DomainError, match="SPK"):
        await desk.services.offer_answers.accept(RARA, sent.id, sent.version)
    assert (await desk.services.offers.get(sent.id)).state is OfferState.SENT


async def test_an_accepted_offer_is_withdrawn_only_if_the_contract_lets_it_go(desk: Desk) -> None:
    sent = await _sent(desk)
    done = await desk.services.offer_answers.accept(RARA, sent.id, sent.version)

    async def keeps(tx: UnitOfWork, offer: Offer) -> None:
        raise DomainError("SPK-nya sudah disetujui.")

    desk.services.offers.when_withdrawn(keeps)
    with pytest.raises(DomainError, match="disetujui"):
        await desk.services.offers.withdraw(SARI, done.id, done.version, "Brand menunda")
    assert (await desk.services.offers.get(sent.id)).state is OfferState.ACCEPTED


async def test_two_drafts_for_one_creator_at_the_same_moment(desk: Desk) -> None:
    await desk.services.decisions.decide(SARI, 1, 1, 0, Choice.CHOSEN, "")
    results = await asyncio.gather(
        *(desk.services.offers.draft(who, 1, 1, desk.form()) for who in (SARI, DINA)), return_exceptions=True
    )
    assert sum(isinstance(one, Offer) for one in results) == 1


async def test_what_somebody_else_decided_meanwhile_stays(desk: Desk) -> None:
    await desk.services.decisions.decide(SARI, 1, 2, 0, Choice.REJECTED, "Kurang cocok")
    kept, earlier = await desk.services.decisions.decide_many(DINA, 1, ManyForm(["1", "2"], ["3"], [], ""))
    assert kept == {1: Choice.CHOSEN, 3: Choice.RESERVE}
    assert earlier[2].choice is Choice.REJECTED and earlier[2].decided_by == SARI.id
    assert len(await entries(desk.services.database.read, subject_kind="shortlist", subject_id=1)) == 4


@pytest.mark.parametrize("seed", range(6))
async def test_whatever_happens_the_books_are_right(desk: Desk, seed: int) -> None:
    chance = random.Random(seed)
    offers, answers = desk.services.offers, desk.services.offer_answers
    await desk.services.decisions.decide(SARI, 1, 1, 0, Choice.CHOSEN, "")
    seen: set[tuple[int, int]] = set()
    for _ in range(60):
        listed, _ = await offers.listed(list(OfferState), limit=100)
        current = {view.offer.id: view.offer for view in listed}
        seen |= {(one.id, one.version) for one in current.values()}
        number, version = chance.choice(sorted(seen)) if seen else (1, 1)
        if current and chance.random() < 0.7:
            latest = max(current.values(), key=lambda one: one.id)
            number, version = latest.id, latest.version
        before = current.get(number)
        act = chance.choice(["draft", "send", "accept", "decline", "counter", "take", "refuse", "withdraw", "wait"])
        try:
            match act:
                case "draft":
                    await offers.draft(SARI, 1, 1, desk.form())
                case "send":
                    await offers.send(SARI, number, version)
                case "accept" if chance.random() < 0.4:
                    await answers.accept(RARA, number, version)
                case "decline" if chance.random() < 0.4:
                    await answers.decline(RARA, number, version, "fee", "")
                case "counter":
                    await answers.counter(RARA, number, version, CounterForm("2jt", desk.day(22), ""))
                case "take" if chance.random() < 0.4:
                    await offers.take_counter(SARI, number, version)
                case "refuse":
                    await offers.refuse_counter(SARI, number, version, "Belum bisa")
                case "withdraw" if chance.random() < 0.5:
                    await offers.withdraw(SARI, number, version, "Brand menunda")
                case _:
                    await desk.wait(chance.choice([1, 20, 50]))
        except (DomainError, NotFound):
            assert before is None or act == "wait" or (await offers.get(number)) == before
    listed, counts = await offers.listed(list(OfferState), limit=100)
    assert sum(counts.values()) == len(listed)
    assert sum(view.offer.state in rules.UNDER_WAY for view in listed) <= 1
    for view in listed:
        detail = await offers.detail(view.offer.id)
        # Each version is one step, and the last one holds the terms that stand.
        assert len(detail.steps) == view.offer.version
        if view.offer.counter is None:
            assert (detail.steps[-1].fee, detail.steps[-1].posts_on) == (
                view.offer.terms.fee,
                view.offer.terms.posts_on,
            )
        if view.offer.state is OfferState.SENT:
            assert view.offer.terms.reply_by > desk.now.timestamp()
    accepted = [view.offer.id for view in listed if view.offer.state is OfferState.ACCEPTED]
    assert len({one.id for one in desk.agreed}) == len(desk.agreed) and set(accepted) <= {one.id for one in desk.agreed}
    row = await desk.services.database.read.fetch_one(
        "SELECT count(*) AS number FROM outbox_message WHERE payload LIKE '%1.500.000%' OR payload LIKE '%2.000.000%'"
        " OR payload LIKE '%1500000%' OR payload LIKE '%2000000%'"
    )
    assert row is not None and row["number"] == 0
    doubled = await desk.services.database.read.fetch_all(
        "SELECT dedupe_key FROM outbox_message WHERE dedupe_key LIKE 'offer:%' GROUP BY dedupe_key HAVING count(*) > 1"
    )
    assert doubled == []
