"""Discord limits, fails, loses answers and drops the gateway: every message still arrives once and in order."""

import asyncio

import pytest

from bot.platform.messages import Message
from bot.platform.outbox import Kind
from tests.loopback.driver import User
from tests.loopback.wire import Json
from tests.support.live import Live, apply, path_of

SOON = 10.0
CHANNELS = ("kampanye", "bantuan", "staf-kol", "selamat-datang", "log-bot")


@pytest.fixture
def staff(live: Live) -> User:
    return live.discord.user("Sari", "Tim KOL")


@pytest.fixture
async def raka(live: Live, staff: User) -> User:
    """A creator who has applied to the first campaign."""
    post = await live.announce(staff, "Pertama")
    (person,) = await live.creators(["raka"])
    assert "Lamaranmu terkirim" in (await apply(person, post)).text
    await live.settled()
    return person


def titles(messages: list[Json]) -> list[str]:
    return [message["embeds"][0]["title"] for message in messages]


async def accept(staff: User) -> None:
    """Staff accept the one applicant of the first campaign."""
    listed = await staff.slash("kampanye-admin pelamar", None, SOON, judul="#1")
    detail = await staff.select(listed, ["1"], custom_id="tsc:campaign:applicant")
    answer = await staff.submit(await staff.press(detail, label="Terima"), {"reason": ""})
    assert "Kreator sedang dikabari" in answer.text, answer


async def test_a_rate_limited_channel_holds_nobody_else_up(live: Live, staff: User, raka: User) -> None:
    live.discord.faults.rate_limit("POST", path_of(live.channel("kampanye")), retry_after=3.0)
    limited = asyncio.create_task(live.announce(staff, "Kedua"))
    await live.discord.world.until(
        lambda: any(request.status == 429 for request in live.discord.world.requests), timeout=SOON
    )

    await accept(staff)
    await live.discord.world.until(raka.dms, timeout=1.5, what="the news, while the campaign channel is rate limited")
    assert titles(live.posts("kampanye")) == ["Pertama"]
    await limited

    assert titles(live.posts("kampanye")) == ["Pertama", "Kedua"]
    assert len(raka.dms()) == 1


async def test_a_global_rate_limit_is_waited_out(live: Live, staff: User, raka: User) -> None:
    live.discord.faults.rate_limit("POST", "/channels/*/messages", retry_after=1.0, is_global=True)

    await live.announce(staff, "Kedua")
    await accept(staff)
    await live.settled()

    assert titles(live.posts("kampanye")) == ["Pertama", "Kedua"]
    assert len(raka.dms()) == 1


async def test_what_errors_delay_arrives_once_and_in_order(live: Live) -> None:
    """500 is repeated by discord.py itself; 503 and a lost connection come back to the outbox, five seconds later."""
    places = [path_of(live.channel(name)) for name in CHANNELS]
    before = {name: len(live.posts(name)) for name in CHANNELS}
    await live.bot.stop()
    texts = ("satu", "dua", "tiga")
    channels = [int(live.channel(name)["id"]) for name in CHANNELS]
    await live.put(*((Kind.CHANNEL, channel, Message(content=text)) for text in texts for channel in channels))
    faults = live.discord.faults
    faults.add("POST", places[0], status=503)
    faults.add("POST", places[1], status=503, applied=True)
    faults.drop("POST", places[2])
    faults.drop("POST", places[3], applied=True)
    faults.add("POST", places[4], status=500, applied=True)
    await live.bot.restart()
    await live.settled(30.0)

    arrived = {name: [post["content"] for post in live.posts(name)[before[name] :]] for name in CHANNELS}
    assert arrived == {name: list(texts) for name in CHANNELS}


async def test_what_can_not_be_delivered_is_told_to_staff_once_and_blocks_nothing(live: Live) -> None:
    stranger = live.discord.user("pergi", member=False)
    stranger.close_dms()
    await live.bot.stop()
    await live.put(
        (Kind.PERSON, stranger.id, Message(content="kabar")),
        (Kind.CHANNEL, 1, Message(content="ke channel yang sudah dihapus")),
        (Kind.CHANNEL, int(live.channel("bantuan")["id"]), Message(content="sampai")),
    )
    await live.bot.restart()
    await live.settled()

    # Beside the help panel, which has an embed only.
    assert [post["content"] for post in live.posts("bantuan") if post["content"]] == ["sampai"]
    told = [post["embeds"][0]["description"] for post in live.posts("log-bot")]
    assert len(told) == 2
    assert any(stranger.mention in text for text in told) and any("<#1>" in text for text in told)


async def test_a_cut_gateway_loses_no_press_and_greets_nobody_twice(live: Live) -> None:
    rini, panel = live.discord.user("rini"), live.posts("mulai-di-sini")[0]
    await live.discord.world.until(lambda: live.posts("selamat-datang"), timeout=SOON)
    rules = await rini.press(panel, custom_id="tsc:onboarding:rules")
    resumed = live.discord.gateway.next_resume()
    live.discord.gateway.cut()
    await live.discord.world.until(lambda: not live.discord.gateway.connected)
    tono = live.discord.user("tono")
    pressed = await rini.press(rules, custom_id="tsc:onboarding:accept_rules", timeout=SOON)
    await resumed
    await live.discord.world.until(lambda: len(live.posts("selamat-datang")) == 2, timeout=SOON)
    # After a long break Discord takes no answer any more, but the press was heard and kept.
    assert pressed.kind == "update" or pressed.refused
    assert live.value("SELECT count(*) FROM member WHERE rules_accepted_at IS NOT NULL") == 1

    ready = live.discord.gateway.next_ready()
    live.discord.gateway.invalidate()
    sita = live.discord.user("sita")
    await ready
    await live.discord.world.until(lambda: len(live.posts("selamat-datang")) == 3, timeout=SOON)
    await live.settled()

    greeted = [post["mentions"][0]["id"] for post in live.posts("selamat-datang")]
    assert greeted == [str(person.id) for person in (rini, tono, sita)]
    assert (await sita.press(panel, custom_id="tsc:onboarding:rules")).kind == "message"
