"""The waiting list through the real service and store: many people at the same moment, at random."""

import asyncio
import random

import pytest

from bot.events.models import Event, EventKind, Seat
from bot.events.reading import DetailsForm, EventForm, write_place
from bot.platform.audit import Actor
from bot.platform.errors import DomainError
from bot.server.models import ChannelKey
from bot.services import Services
from tests.support.events import LINK

SARI = Actor(1)


async def _event(services: Services, seats: int) -> Event:
    await services.server.settle(SARI, {}, {ChannelKey.EVENTS: 70, ChannelKey.STAFF: 11})
    year = services.clock.today().year + 1
    form = EventForm("Bikin Hook", "Tiga detik.", f"1 Januari {year} 19.00", "2 jam", f"Zoom {LINK}")
    draft = await services.events.create(SARI, EventKind.WEBINAR, seats, form)
    return await services.events.open(SARI, draft.id, draft.revision)


async def test_a_rush_fills_exactly_the_seats_and_the_rest_waits_in_order(services: Services) -> None:
    event = await _event(services, 20)
    guests = services.event_guests
    # Everyone presses twice.
    await asyncio.gather(*(guests.join(Actor(100 + n % 60), f"Orang {n % 60}", event.id) for n in range(120)))
    count = await services.events.count(event.id)
    assert (count.going, count.waiting) == (20, 40)
    rsvps = await services.events.participants(event.id, limit=100, offset=0)
    assert [rsvp.number for rsvp in rsvps] == sorted(rsvp.number for rsvp in rsvps)
    assert max(r.number for r in rsvps if r.seat is Seat.GOING) < min(r.number for r in rsvps if r.seat is Seat.WAITING)


@pytest.mark.parametrize("seed", range(5))
async def test_whatever_people_do_the_first_who_waited_gets_the_place_and_is_told_once(
    services: Services, seed: int
) -> None:
    chance = random.Random(seed)
    seats = 3
    event = await _event(services, seats)
    going: list[int] = []
    waiting: list[int] = []
    told = 0
    for _ in range(120):
        who = 100 + chance.randrange(9)
        match chance.choice(["join", "join", "leave", "more"]):
            case "join":
                await services.event_guests.join(Actor(who), "Orang", event.id)
                if who not in going + waiting:
                    (going if len(going) < seats else waiting).append(who)
            case "leave":
                try:
                    await services.event_guests.leave(Actor(who), event.id)
                except DomainError:
                    assert who not in going + waiting
                going = [one for one in going if one != who]
                waiting = [one for one in waiting if one != who]
            case _:
                if chance.random() < 0.1:
                    seats += 1
                    form = DetailsForm("Bikin Hook", "Tiga detik.", write_place(event.spec), str(seats))
                    await services.events.change_details(SARI, event.id, form)
        while waiting and len(going) < seats:
            going.append(waiting.pop(0))
            told += 1
        rsvps = await services.events.participants(event.id, limit=100, offset=0)
        assert {rsvp.member_id for rsvp in rsvps if rsvp.seat is Seat.GOING} == set(going)
        assert [rsvp.member_id for rsvp in rsvps if rsvp.seat is Seat.WAITING] == waiting
    row = await services.database.read.fetch_one(
        "SELECT count(*) AS number FROM outbox_message WHERE kind = 'person' AND payload LIKE '%Kamu dapat tempat%'"
    )
    assert row is not None and row["number"] == told
