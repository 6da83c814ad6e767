"""An incident of many tickets in a real store, a new process after every step: each ticket is done exactly once."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta

from bot.incidents.service import AT_ONCE, ROUND
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.services import Services, open_services
from bot.settings import Settings
from bot.tickets.models import EntryKind, QuestionAnswer, Stage
from tests.support.ticket_rush import settle

STAFF = Actor(9)
FIRST, SECOND, THIRD = "Bank sedang gangguan sejak pagi.", "Bank mulai normal lagi.", "Tinggal sedikit antrean."
OVER = "Gangguan bank sudah selesai dan semua penarikan sudah dikirim."
NEWS = [FIRST, SECOND, THIRD]
NUMBER = 217


class Time:
    """A clock that is put forward by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 25, 3, tzinfo=UTC)
        self.clock = Clock(lambda: self.now)


async def step(settings: Settings, time: Time) -> bool:
    """A process does what is due at this second, and ends; whether anything is left for later."""
    services = await open_services(settings, time.clock)
    try:
        await services.scheduler.start()
        await asyncio.sleep(0)
        await services.scheduler.stop()
        row = await services.database.read.fetch_one(
            "SELECT count(*) AS number FROM due_item WHERE state = 'waiting' AND kind = :kind", {"kind": ROUND}
        )
    finally:
        await services.close()
    time.now += timedelta(seconds=1)
    return row is not None and row["number"] > 0


async def texts(services: Services, kind: EntryKind) -> dict[int, list[str]]:
    """What each ticket was told in entries of a kind, in order."""
    rows = await services.database.read.fetch_all(
        "SELECT ticket_id, text FROM ticket_entry WHERE kind = :kind ORDER BY id", {"kind": kind.value}
    )
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(row["ticket_id"], []).append(row["text"])
    return found


async def test_every_ticket_is_gathered_told_and_solved_once_with_a_restart_after_every_step(
    settings: Settings,
) -> None:
    time = Time()
    services = await open_services(settings, time.clock)
    await settle(services)
    for creator in range(NUMBER):
        await services.tickets.open(
            Actor(100 + creator), f"kreator{creator}", Stage.WITHDRAWAL, [QuestionAnswer("Masalah", "gagal")]
        )
    incident = await services.incidents.open(
        STAFF, "Sari", Stage.WITHDRAWAL, "Penarikan tertunda", FIRST, gather_hours=1
    )
    await services.close()
    # The first news is written while tickets are still being gathered, the second while the first is going round.
    await step(settings, time)
    services = await open_services(settings, time.clock)
    await services.incidents.update(STAFF, "Sari", incident.id, SECOND)
    await services.close()
    for _ in range(NUMBER // AT_ONCE + 3):
        await step(settings, time)
    services = await open_services(settings, time.clock)
    await services.incidents.update(STAFF, "Sari", incident.id, THIRD)
    await services.close()
    steps = 0
    while await step(settings, time):
        steps += 1
        assert steps < 40
    services = await open_services(settings, time.clock)
    joined, told = await texts(services, EntryKind.INCIDENT_JOINED), await texts(services, EntryKind.INCIDENT_UPDATE)
    assert sorted(joined) == list(range(1, NUMBER + 1)) and all(len(one) == 1 for one in joined.values())
    for number in range(1, NUMBER + 1):
        # Everybody hears all news once, in order; who was gathered after the first one read it on joining.
        heard = [part for part in NEWS if part in joined[number][0]] + told.get(number, [])
        assert heard == NEWS[NEWS.index(heard[0]) :], number
    await services.incidents.close(STAFF, "Sari", incident.id, OVER)
    await services.close()
    while await step(settings, time):
        pass
    services = await open_services(settings, time.clock)
    try:
        solved = await texts(services, EntryKind.RESOLVED)
        assert solved == {number: [OVER] for number in range(1, NUMBER + 1)}
        rows = await services.database.read.fetch_all(
            "SELECT lane, payload FROM outbox_message WHERE kind = 'thread_message'"
        )
        for part in (*NEWS[1:], OVER):
            reached = Counter(row["lane"] for row in rows if part in row["payload"])
            assert len(reached) == NUMBER and set(reached.values()) == {1}
        rounds = await services.database.read.fetch_all(
            "SELECT kind, reached, finished_at FROM incident_round ORDER BY id"
        )
        assert [row["kind"] for row in rounds] == ["gather", "update", "update", "close"]
        assert all(row["finished_at"] is not None for row in rounds)
        # Of the first news the gathered tickets that had not read it on joining.
        assert rounds[1]["reached"] == sum(SECOND in one for one in told.values())
        assert [rounds[number]["reached"] for number in (0, 2, 3)] == [NUMBER] * 3
    finally:
        await services.close()
