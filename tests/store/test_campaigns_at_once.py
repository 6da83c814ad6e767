"""Many people at the same moment, on a real SQLite file: nobody is doubled, no slot is given twice."""

import asyncio
from collections.abc import Awaitable

from bot.campaigns.application_form import ApplicationForm
from bot.campaigns.models import Application, ApplicationState
from bot.campaigns.reading import BasicsForm, RewardForm
from bot.creators.models import CreatorRecord, Metrics, Platform
from bot.onboarding import store as onboarding_store
from bot.platform.audit import Actor
from bot.platform.deadlines import write_deadline
from bot.platform.errors import DomainError
from bot.server.models import ChannelKey
from bot.services import Services

SARI, DODI = Actor(1), Actor(2)
FORM = ApplicationForm("Audiens saya pas untuk serum.", "")


async def open_campaign(services: Services, slots: int) -> int:
    await services.server.settle(SARI, {}, {ChannelKey.CAMPAIGNS: 10, ChannelKey.STAFF: 11})
    deadline = write_deadline(services.clock.timestamp() + 7 * 86_400)
    draft = await services.campaign_editing.create(
        SARI, BasicsForm("Serum", "Wardah", "Satu video", str(slots), deadline)
    )
    draft = await services.campaign_editing.change_reward(SARI, draft.id, RewardForm("fee", "1jt", "", "yes"), None)
    return (await services.campaigns.announce(SARI, draft.id, draft.revision)).id


async def creators(services: Services, number: int) -> list[Actor]:
    async with services.database.unit() as tx:
        for index in range(100, 100 + number):
            await onboarding_store.add_member(tx, index, f"kreator{index}", 0)
            record = CreatorRecord(Platform.TIKTOK, f"kreator{index}", metrics=Metrics(10_000))
            await services.creators.save(tx, record, source="test", member_id=index)
    return [Actor(index) for index in range(100, 100 + number)]


async def outcomes(*acts: Awaitable[object]) -> tuple[int, list[str]]:
    """How many succeeded, and what the others were told."""
    done = await asyncio.gather(*acts, return_exceptions=True)
    refused = [one.message for one in done if isinstance(one, DomainError)]
    assert len(refused) == sum(isinstance(one, BaseException) for one in done)
    return len(done) - len(refused), refused


async def sent(services: Services, kind: str) -> int:
    row = await services.database.read.fetch_one(
        "SELECT count(*) AS number FROM outbox_message WHERE kind = :kind", {"kind": kind}
    )
    assert row is not None
    return int(row["number"])


async def test_one_creator_pressing_many_times_at_once_applies_once(services: Services) -> None:
    campaign_id = await open_campaign(services, 2)
    (raka,) = await creators(services, 1)

    succeeded, refused = await outcomes(*(services.applications.apply(raka, campaign_id, FORM) for _ in range(20)))

    assert succeeded == 1
    assert all("sudah melamar" in message for message in refused)
    assert (await services.campaigns.counts(campaign_id)).total == 1


async def test_slots_are_never_given_twice_and_each_creator_hears_once(services: Services) -> None:
    campaign_id = await open_campaign(services, 5)
    for creator in await creators(services, 30):
        await services.applications.apply(creator, campaign_id, FORM)
    waiting = [one.application for one in await services.campaigns.applicants(campaign_id)]

    def accept(by: Actor, application: Application) -> Awaitable[object]:
        return services.applications.decide(by, application.id, application.version, ApplicationState.ACCEPTED, "")

    succeeded, refused = await outcomes(*(accept(by, one) for one in waiting for by in (SARI, DODI)))

    counts = await services.campaigns.counts(campaign_id)
    assert (succeeded, counts.accepted, counts.waiting) == (5, 5, 25)
    assert all("slot sudah terisi" in message or "sudah diputuskan oleh" in message for message in refused)
    assert await sent(services, "person") == 5


async def test_of_two_who_announce_or_cancel_at_once_one_does(services: Services) -> None:
    campaign_id = await open_campaign(services, 5)
    for creator in await creators(services, 3):
        await services.applications.apply(creator, campaign_id, FORM)

    succeeded, refused = await outcomes(*(services.campaigns.cancel(by, campaign_id) for by in (SARI, DODI)))

    assert (succeeded, len(refused)) == (1, 1)
    assert await sent(services, "person") == 3


async def test_staff_and_creator_at_the_same_moment_agree_on_one_outcome(services: Services) -> None:
    campaign_id = await open_campaign(services, 5)
    for creator in await creators(services, 10):
        await services.applications.apply(creator, campaign_id, FORM)
    sent_in = [one.application for one in await services.campaigns.applicants(campaign_id)]
    acts: list[Awaitable[object]] = []
    for one in sent_in:
        acts.append(services.applications.withdraw(Actor(one.member_id), one.id))
        acts.append(services.applications.decide(SARI, one.id, one.version, ApplicationState.DECLINED, "Kurang cocok"))

    succeeded, _ = await outcomes(*acts)

    assert succeeded == 10
    for one in sent_in:
        states = [step.state for step in await services.applications.history(one.id)]
        assert len(states) == 2 and states[0] is ApplicationState.WAITING
