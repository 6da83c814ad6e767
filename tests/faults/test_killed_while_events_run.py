"""The bot is killed (kill -9) while people say yes and no to an event and its reminders fall due."""

import asyncio
import os
import random
import time
from collections import Counter

from bot.events.models import EventKind
from bot.events.notices import COUNT, DAY_BEFORE, HOUR_BEFORE
from bot.events.reading import EventForm
from bot.platform.audit import Actor
from bot.platform.deadlines import write_deadline
from tests.faults.rounds import Fact, Rounds, every_message_arrived_once_and_in_order, nobody_was_answered_twice
from tests.loopback.driver import User
from tests.loopback.wire import Json
from tests.support.live import Live, text_of

KILLS = 9
PEOPLE = 9
SEATS = 4
TITLE = "Workshop Bikin Hook"
GOING = "SELECT count(*) FROM event_rsvp WHERE event_id = 1 AND state = 'going'"


async def test_every_yes_is_kept_no_seat_is_given_twice_and_every_reminder_comes_once(live: Live) -> None:
    seed = int(os.environ.get("LOOPBACK_SEED") or random.randrange(1_000_000))
    print(f"LOOPBACK_SEED={seed}")
    rounds = Rounds(live, random.Random(seed))
    people = [live.discord.user(f"anggota{number}") for number in range(PEOPLE)]
    people[0].close_dms()
    await _announce(live)
    post = live.post_with("acara", "tsc:event:join:1")

    for person in people:
        rounds.begin(_member(rounds, person, post))
    for number in range(KILLS):
        falling = {KILLS // 3: DAY_BEFORE, 2 * KILLS // 3: HOUR_BEFORE}.get(number)
        await rounds.round((lambda kind=falling: _falls_due(live, kind)) if falling else None)
        assert live.value(GOING) <= SEATS
    await rounds.end()
    async with asyncio.timeout(30.0):
        while live.value(
            "SELECT count(*) FROM due_item WHERE kind IN (:day, :hour, :count) AND state = 'waiting'",
            {"day": DAY_BEFORE, "hour": HOUR_BEFORE, "count": COUNT},
        ):
            await asyncio.sleep(0.1)
    await live.settled(30.0)

    assert rounds.answered > KILLS
    assert live.damage() == []
    nobody_was_answered_twice(live)
    every_message_arrived_once_and_in_order(live)
    _nobody_waits_before_a_free_seat(live)
    _every_reminder_came_once(live, people)
    going = live.value(GOING)
    assert f"{going} dari {SEATS}" in text_of(live.post_with("acara", "tsc:event:join:1"))


async def _announce(live: Live) -> None:
    """An event three days ahead, put into the stopped bot's store."""
    await live.bot.killed()
    starts = write_deadline((int(time.time()) + 3 * 86_400) // 60 * 60)
    async with live.services() as services:
        staff = Actor(live.owner.id)
        form = EventForm(TITLE, "Tiga detik pertama.", starts, "2 jam", "Zoom https://zoom.us/j/1")
        draft = await services.events.create(staff, EventKind.WORKSHOP, SEATS, form)
        await services.events.open(staff, draft.id, draft.revision)
    await live.bot.restart()
    await live.settled()


async def _member(rounds: Rounds, person: User, post: Json) -> None:
    """Say yes, and sometimes no and yes again, for ever."""
    here = "SELECT count(*) FROM event_rsvp WHERE event_id = 1 AND member_id = :member"
    while True:
        times = rounds.chance.choice((1, 1, 2))
        await rounds.act(lambda: person.press(post, custom_id="tsc:event:join:1"), times=times)
        # The promise is kept until this person says no, so it is looked at before that.
        rounds.check([Fact("Kamu", here, {"member": person.id})])
        await rounds.moment()
        if rounds.chance.random() < 0.4:
            await rounds.act(lambda: person.press(post, custom_id="tsc:event:leave:1"))


def _falls_due(live: Live, kind: str) -> None:
    """What is due in days is due now."""
    now = int(time.time())
    live.change(
        "UPDATE event SET starts_at = :starts WHERE id = 1", {"starts": now + (90_000 if kind == DAY_BEFORE else 3_500)}
    )
    live.change(
        "UPDATE due_item SET due_at = :now WHERE kind = :kind AND state = 'waiting'", {"now": now, "kind": kind}
    )


def _nobody_waits_before_a_free_seat(live: Live) -> None:
    rows = live.rows("SELECT state, number FROM event_rsvp WHERE event_id = 1")
    going = [row["number"] for row in rows if row["state"] == "going"]
    waiting = [row["number"] for row in rows if row["state"] == "waiting"]
    assert len(going) <= SEATS
    assert not waiting or (len(going) == SEATS and max(going) < min(waiting))


def _every_reminder_came_once(live: Live, people: list[User]) -> None:
    reminded = live.rows(
        "SELECT dedupe_key FROM outbox_message"
        " WHERE dedupe_key LIKE 'event:1:day:%' OR dedupe_key LIKE 'event:1:hour:%'"
    )
    wanted = Counter(int(row["dedupe_key"].rsplit(":", 1)[1]) for row in reminded)
    told: Counter[int] = Counter()
    for person in people:
        private = [*person.dms(), *(one for thread in person.threads() for one in live.discord.sent_to(thread))]
        told[person.id] = sum("Pengingat: " in text_of(news) for news in private)
    assert wanted and +told == wanted
    # Discord's own list has it once, however often the bot was killed while putting it there.
    assert len(live.discord.world.scheduled_events) == 1
