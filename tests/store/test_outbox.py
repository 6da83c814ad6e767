"""The outbox against a sender that fails as Discord does: every message once, in order, and what can't go is told."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.platform.clock import Clock
from bot.platform.messages import Button, ButtonStyle, Document, Field, Message, Picture, from_json, to_json
from bot.platform.outbox import AT_ONCE, EXPIRED, Delivered, Kind, Outbox, TryLater, Undeliverable
from bot.platform.outbox_store import Row
from bot.services import Services


class Channel:
    """Stands for Discord: records what arrives; `faults` are raised first."""

    def __init__(self) -> None:
        self.arrived: list[tuple[int, str, int | None]] = []
        self.faults: list[Exception] = []
        self.arrived_unseen: Delivered | None = None

    async def find(self, row: Row, since: int) -> Delivered | None:
        if self.faults:
            raise self.faults.pop(0)
        return self.arrived_unseen

    async def deliver(self, row: Row, *, in_doubt_since: int | None) -> Delivered:
        await asyncio.sleep(0)
        if self.faults:
            raise self.faults.pop(0)
        self.arrived.append((row.target, from_json(row.payload).content, in_doubt_since))
        return Delivered(row.target, 1000 + len(self.arrived))


class Time:
    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)

    def pass_(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
async def outbox(services: Services, time: Time) -> AsyncIterator[Outbox]:
    box = Outbox(services.database, Clock(lambda: time.now))
    yield box
    await box.stop()


async def _put(services: Services, outbox: Outbox, text: str, channel: int = 1, key: str | None = None) -> int | None:
    async with services.database.unit() as tx:
        return await outbox.put(tx, Kind.CHANNEL, channel, Message(content=text), dedupe_key=key)


async def _settled(outbox: Outbox) -> None:
    lanes = outbox._lanes
    while tasks := [*lanes._busy.values(), *([lanes._looking] if lanes._looking else [])]:
        await asyncio.gather(*tasks, return_exceptions=True)


async def test_messages_of_a_channel_arrive_in_the_order_they_were_put(services: Services, outbox: Outbox) -> None:
    channel = Channel()
    outbox.start(channel)
    for number in range(20):
        await _put(services, outbox, str(number))
    await _settled(outbox)

    assert [text for _, text, _ in channel.arrived] == [str(number) for number in range(20)]


async def test_a_slow_channel_holds_no_other_up(services: Services, outbox: Outbox) -> None:
    channel, gate = Channel(), asyncio.Event()

    class Slow(Channel):
        async def deliver(self, row: Row, *, in_doubt_since: int | None) -> Delivered:
            if row.target == 1:
                await gate.wait()
            return await channel.deliver(row, in_doubt_since=in_doubt_since)

    outbox.start(Slow())
    for text, target in (("slow", 1), ("slower", 1), ("a", 2), ("b", 2), ("c", 3)):
        await _put(services, outbox, text, channel=target)
    while len(channel.arrived) < 3:
        await asyncio.sleep(0.01)
    assert [text for target, text, _ in channel.arrived if target == 2] == ["a", "b"]
    gate.set()
    await _settled(outbox)

    assert [text for target, text, _ in channel.arrived if target == 1] == ["slow", "slower"]


async def test_more_channels_than_are_served_at_once_all_get_their_messages(services: Services, outbox: Outbox) -> None:
    channel = Channel()
    for number in range(2 * AT_ONCE + 7):
        await _put(services, outbox, "halo", channel=number)
        await _put(services, outbox, "lagi", channel=number)
    outbox.start(channel)
    await _settled(outbox)

    assert len(channel.arrived) == 2 * (2 * AT_ONCE + 7)
    assert [text for target, text, _ in channel.arrived if target == 3] == ["halo", "lagi"]


async def test_a_closing_outbox_does_not_wait_for_ever(
    services: Services, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Hanging(Channel):
        async def deliver(self, row: Row, *, in_doubt_since: int | None) -> Delivered:
            await asyncio.Event().wait()
            raise AssertionError

    monkeypatch.setattr("bot.platform.lanes.STOP_WITHIN_SECONDS", 0.05)
    outbox.start(Hanging())
    row_id = await _put(services, outbox, "halo")
    while (row := await outbox.get(row_id or 0)) is None or row.state != "sending":
        await asyncio.sleep(0.01)
    await outbox.stop()

    row = await outbox.get(row_id or 0)
    assert row is not None and row.state == "sending"


async def test_the_same_key_is_sent_once(services: Services, outbox: Outbox) -> None:
    channel = Channel()
    outbox.start(channel)

    first = await _put(services, outbox, "a", key="welcome:1")
    second = await _put(services, outbox, "a", key="welcome:1")
    await _settled(outbox)

    assert first is not None and second is None
    assert len(channel.arrived) == 1


async def test_a_message_of_an_undone_unit_is_never_sent(services: Services, outbox: Outbox) -> None:
    channel = Channel()
    outbox.start(channel)
    with pytest.raises(ValueError):
        async with services.database.unit() as tx:
            await outbox.put(tx, Kind.CHANNEL, 1, Message(content="no"))
            raise ValueError
    outbox.wake()
    await _settled(outbox)

    assert channel.arrived == []


async def test_a_passing_fault_is_tried_again_later_and_keeps_the_order(
    services: Services, outbox: Outbox, time: Time
) -> None:
    channel = Channel()
    channel.faults = [TryLater(), TryLater(2)]
    outbox.start(channel)
    await _put(services, outbox, "first")
    await _put(services, outbox, "second")
    await _put(services, outbox, "elsewhere", channel=2)
    await _settled(outbox)
    # One of the two lanes met the second fault; neither may overtake its own head.
    assert "second" not in [text for _, text, _ in channel.arrived]

    time.pass_(60)
    outbox.wake()
    await _settled(outbox)

    assert [text for target, text, _ in channel.arrived if target == 1] == ["first", "second"]
    assert [text for target, text, _ in channel.arrived if target == 2] == ["elsewhere"]


async def test_what_can_not_be_delivered_is_given_up_and_told(services: Services, outbox: Outbox) -> None:
    channel = Channel()
    channel.faults = [Undeliverable("channel sudah dihapus")]
    told: list[str] = []

    async def note(tx: object, row: Row, reason: str) -> None:
        told.append(reason)

    outbox.start(channel, note)
    row_id = await _put(services, outbox, "lost")
    await _put(services, outbox, "next")
    await _settled(outbox)

    assert told == ["channel sudah dihapus"]
    assert [text for _, text, _ in channel.arrived] == ["next"]
    row = await outbox.get(row_id or 0)
    assert row is not None and row.state == "failed"


async def test_a_defect_in_one_row_does_not_stop_the_others(services: Services, outbox: Outbox) -> None:
    channel = Channel()
    channel.faults = [KeyError("no such card")]
    outbox.start(channel)
    await _put(services, outbox, "broken")
    await _put(services, outbox, "fine")
    await _settled(outbox)

    assert [text for _, text, _ in channel.arrived] == ["fine"]


async def test_a_row_cut_off_in_the_middle_is_sent_again_and_marked_in_doubt_only_when_old(
    services: Services, outbox: Outbox, time: Time
) -> None:
    from bot.platform import outbox_store

    for channel_id, text in ((1, "young"), (2, "old")):
        row_id = await _put(services, outbox, text, channel=channel_id)
        async with services.database.unit() as tx:
            at = int(time.now.timestamp()) - (10 if text == "young" else 1000)
            await outbox_store.mark_sending(tx, row_id or 0, at)
    channel = Channel()
    outbox.start(channel)
    await _settled(outbox)

    doubts = {text: doubt for _, text, doubt in channel.arrived}
    assert doubts["young"] is None
    assert doubts["old"] == int(time.now.timestamp()) - 1000


def test_a_message_survives_its_row() -> None:
    message = Message(
        content="halo",
        title="Judul",
        fields=[Field("a", "b")],
        buttons=[[Button("tsc:x:y:1", "Tekan", ButtonStyle.SUCCESS)]],
        picture=Picture("welcome", {"name": "Ayu"}, "a.png"),
        ping_users=[1],
    )

    assert from_json(to_json(message)) == message


def test_a_row_of_an_earlier_version_keeps_its_one_document() -> None:
    document = Document("undian-1.json", maker="giveaway.draw", facts={"giveaway": 1, "upto": 2})
    old = json.loads(to_json(Message(documents=[document])))
    old["document"] = old.pop("documents")[0]

    assert from_json(json.dumps(old)).documents == [document]
    assert from_json(json.dumps(old | {"document": None})).documents == []


async def _put_until(services: Services, outbox: Outbox, text: str, expires_at: int) -> int:
    async with services.database.unit() as tx:
        row_id = await outbox.put(tx, Kind.CHANNEL, 1, Message(content=text), expires_at=expires_at)
    assert row_id is not None
    return row_id


async def test_a_row_whose_time_is_over_is_not_sent_and_its_owner_is_told(
    services: Services, outbox: Outbox, time: Time
) -> None:
    channel, now = Channel(), int(time.now.timestamp())
    told: list[tuple[int, str]] = []
    others: list[int] = []

    async def owner(tx: object, row: Row, reason: str) -> bool:
        told.append((row.id, reason))
        return True

    async def note(tx: object, row: Row, reason: str) -> None:
        others.append(row.id)

    outbox.owns(owner)
    late = await _put_until(services, outbox, "late", now + 60)
    await _put_until(services, outbox, "in time", now + 600)
    time.pass_(61)
    outbox.start(channel, note)
    await _settled(outbox)

    assert [text for _, text, _ in channel.arrived] == ["in time"]
    assert told == [(late, EXPIRED)] and others == []
    row = await outbox.get(late)
    assert row is not None and row.state == "failed"


async def test_a_row_that_was_tried_before_its_time_was_over_is_looked_for(
    services: Services, outbox: Outbox, time: Time
) -> None:
    channel, now = Channel(), int(time.now.timestamp())
    channel.faults = [TryLater(), TryLater()]
    row_id = await _put_until(services, outbox, "sent, but the answer was lost", now + 60)
    outbox.start(channel)
    await _settled(outbox)
    channel.arrived_unseen = Delivered(1, 77)
    # Discord can't be reached for the search either; what is in doubt waits.
    time.pass_(100)
    outbox.wake()
    await _settled(outbox)
    row = await outbox.get(row_id)
    assert row is not None and row.state == "sending"

    time.pass_(700)
    outbox.wake()
    await _settled(outbox)

    row = await outbox.get(row_id)
    assert row is not None and (row.state, row.message_id) == ("sent", 77)
    assert channel.arrived == []


async def test_what_is_taken_back_is_not_sent(services: Services, outbox: Outbox) -> None:
    channel = Channel()
    for key in ("quiz:1:results", "quiz:12:results"):
        await _put(services, outbox, key, key=key)
    async with services.database.unit() as tx:
        await outbox.take_back(tx, "quiz:1:")
    outbox.start(channel)
    await _settled(outbox)

    assert [text for _, text, _ in channel.arrived] == ["quiz:12:results"]
