"""The bot is killed (kill -9) a hundred times while people act: what was confirmed is there, and nothing twice."""

import os
import random
from collections import Counter

import pytest

from bot.creators.models import CreatorRecord, Metrics, Platform
from tests.faults import stories
from tests.faults.rounds import Rounds, every_message_arrived_once_and_in_order, nobody_was_answered_twice
from tests.loopback.driver import User
from tests.support.live import Live, text_of

KILLS = 100
CREATORS_AT_ONCE = 8
ROLES = {"Kreator", "Kreator TikTok", "Niche Kecantikan"}

TWICE = {
    "applications": "SELECT campaign_id, member_id FROM application GROUP BY 1, 2 HAVING count(*) > 1",
    "steps": "SELECT application_id, state FROM application_step GROUP BY 1, 2 HAVING count(*) > 1",
    "steps left out": "SELECT application_id FROM application_step GROUP BY 1 HAVING max(version) <> count(*)",
    "registrations": "SELECT member_id FROM registration GROUP BY 1 HAVING count(*) > 1",
    "accounts": "SELECT member_id FROM creator WHERE member_id IS NOT NULL GROUP BY 1 HAVING count(*) > 1",
    "campaigns": "SELECT title FROM campaign GROUP BY 1 HAVING count(*) > 1",
    "acts": "SELECT interaction_id, action FROM audit_entry WHERE interaction_id IS NOT NULL GROUP BY 1, 2"
    " HAVING count(*) > 1",
    "changes": "SELECT action, subject_kind, subject_id FROM audit_entry"
    " WHERE action IN ('rules.accepted', 'application.sent', 'application.withdrawn', 'campaign.announced')"
    " GROUP BY 1, 2, 3 HAVING count(*) > 1",
    "messages": "SELECT message_id FROM outbox_message WHERE kind <> 'edit' AND message_id <> 0 GROUP BY 1"
    " HAVING count(*) > 1",
}


@pytest.mark.slow
async def test_whatever_was_confirmed_is_kept_and_nothing_is_there_twice(live: Live) -> None:
    seed = int(os.environ.get("LOOPBACK_SEED") or random.randrange(1_000_000))
    print(f"LOOPBACK_SEED={seed}")
    rounds = Rounds(live, random.Random(seed))
    people = await _hundred_kills(live, rounds)
    print(
        f"{rounds.acts} acts of {len(people)} creators and 4 staff, {rounds.answered} answered, "
        f"{len(rounds.confirmed)} promises, {rounds.cut_off} messages cut off while they were being sent"
    )
    assert min(rounds.answered, rounds.acts - rounds.answered) > KILLS, "the kills came too early or too late"
    assert rounds.cut_off > 0

    rounds.check(rounds.confirmed)
    assert live.damage() == []
    assert {name: found for name, sql in TWICE.items() if (found := [tuple(row) for row in live.rows(sql)])} == {}
    nobody_was_answered_twice(live)
    every_message_arrived_once_and_in_order(live)
    _everyone_was_greeted_and_every_campaign_announced_once(live, people)
    _every_decision_was_told_once(live, people)
    _everyone_registered_holds_the_roles(live, people)


async def _hundred_kills(live: Live, rounds: Rounds) -> list[User]:
    """The rounds, and a bot that then delivers what is left; the creators who took part."""
    people: list[User] = []
    staff = [live.discord.user(name, "Tim KOL") for name in ("Sari", "Dewi", "Ayu", "Putri")]
    await live.announce(staff[0], "Serum Pagi")
    jobs = (stories.decider, stories.decider, stories.planner, stories.approver)
    for job, member in zip(jobs, staff, strict=True):
        rounds.begin(job(rounds, member))
    for _ in range(KILLS):
        while rounds.active < CREATORS_AT_ONCE + len(staff):
            person, known = live.discord.user(f"kreator{len(people)}", member=False), rounds.chance.random() < 0.3
            people.append(person)
            if known:
                await _make_known(live, person)
            if rounds.chance.random() < 0.3:
                person.close_dms()
            rounds.begin(stories.creator(rounds, person, known=known))
        await rounds.round()
    await rounds.end()
    await live.settled(60.0)
    return people


async def _make_known(live: Live, person: User) -> None:
    """An account in the KOL database that this person may claim."""
    async with live.services() as services, services.database.unit() as tx:
        record = CreatorRecord(Platform.TIKTOK, person.name, metrics=Metrics(12_000, 900, 80, 9, 1))
        await services.creators.save(tx, record, source="import")


def _everyone_was_greeted_and_every_campaign_announced_once(live: Live, people: list[User]) -> None:
    greeted = Counter(int(post["mentions"][0]["id"]) for post in live.posts("selamat-datang"))
    joined = [person.id for person in people if person.id in live.discord.world.members]
    assert {person: greeted[person] for person in joined} == dict.fromkeys(joined, 1)
    announced = Counter(post["embeds"][0]["title"] for post in live.posts("kampanye"))
    assert announced == {row["title"]: 1 for row in live.rows("SELECT title FROM campaign WHERE state = 'open'")}


def _every_decision_was_told_once(live: Live, people: list[User]) -> None:
    decisions = live.rows(
        "SELECT member_id, title FROM application_step AS step JOIN application ON application.id = application_id"
        " JOIN campaign ON campaign.id = campaign_id WHERE step.state IN ('accepted', 'reserved', 'declined')"
    )
    titles = {row["title"] for row in decisions}
    told: Counter[tuple[int, str]] = Counter()
    for person in people:
        assert len(person.threads()) <= 1
        private = [*person.dms(), *(message for thread in person.threads() for message in live.discord.sent_to(thread))]
        told += Counter((person.id, title) for news in private for title in titles if f"**{title}**" in text_of(news))
    assert told == Counter((row["member_id"], row["title"]) for row in decisions)


def _everyone_registered_holds_the_roles(live: Live, people: list[User]) -> None:
    owners = {row["member_id"] for row in live.rows("SELECT member_id FROM creator WHERE member_id IS NOT NULL")}
    assert {person.name: person.roles for person in people if person.id in owners and person.roles != ROLES} == {}
