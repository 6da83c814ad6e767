"""The bot is killed while a message is on its way: after the restart it has arrived once, whatever Discord knows."""

import pytest

from bot.platform.messages import Button, Message
from bot.platform.outbox import Kind
from tests.loopback.driver import User
from tests.loopback.wire import Json
from tests.support.live import Live, path_of

HOUR = 3600


@pytest.fixture
async def raka(live: Live) -> User:
    """Somebody who has been welcomed."""
    person = live.discord.user("raka")
    await live.discord.world.until(lambda: live.posts("selamat-datang"), what="the welcome")
    await live.settled()
    return person


async def cut_off(live: Live, method: str, pattern: str, *, applied: bool) -> None:
    """Start the bot, and kill it when such a request has reached Discord; `applied`: after it was carried out."""
    gate = live.discord.faults.hold(method, pattern, applied=applied)
    await live.bot.restart()
    await gate.reached()
    await live.bot.killed()
    assert live.value("SELECT count(*) FROM outbox_message WHERE state = 'sending'") == 1


def an_hour_passes(live: Live) -> None:
    """The attempt lies further back than Discord remembers a nonce."""
    live.change("UPDATE outbox_message SET attempted_at = attempted_at - :hour", {"hour": HOUR})
    live.discord.messages.nonce_window = 0.0


def recorded(live: Live) -> list[tuple[str, str]]:
    """Where the newest outbox row says its message is."""
    rows = live.rows("SELECT channel_id, message_id FROM outbox_message ORDER BY id DESC LIMIT 1")
    return [(str(row["channel_id"]), str(row["message_id"])) for row in rows]


def there(messages: list[Json]) -> list[tuple[str, str]]:
    return [(message["channel_id"], message["id"]) for message in messages]


@pytest.mark.parametrize("old", [False, True], ids=["young", "old"])
@pytest.mark.parametrize("applied", [False, True], ids=["lost", "arrived"])
async def test_an_announcement_cut_off_on_its_way_is_posted_once(live: Live, *, applied: bool, old: bool) -> None:
    staff = live.discord.user("Sari", "Tim KOL")
    await live.announce(staff, "Serum Pagi")
    await live.bot.stop()
    # The same campaign is announced anew: same title, text, picture and buttons as a message that is known to be sent.
    live.change(
        "INSERT INTO outbox_message (kind, lane, payload, due_at, created_at) SELECT kind, lane, payload, due_at,"
        " created_at FROM outbox_message WHERE dedupe_key = 'campaign:1:announcement'"
    )
    await cut_off(live, "POST", path_of(live.channel("kampanye")), applied=applied)
    if old:
        an_hour_passes(live)

    await live.bot.restart()
    await live.settled()

    assert len(live.posts("kampanye")) == 2
    assert there(live.posts("kampanye"))[1:] == recorded(live)


@pytest.mark.parametrize("old", [False, True], ids=["young", "old"])
@pytest.mark.parametrize("applied", [False, True], ids=["lost", "arrived"])
async def test_a_direct_message_cut_off_on_its_way_arrives_once(
    live: Live, raka: User, *, applied: bool, old: bool
) -> None:
    await live.bot.stop()
    news = Message(title="Selamat, kamu diterima!", buttons=[[Button("tsc:campaign:status", "Status lamaranku")]])
    await live.put((Kind.PERSON, raka.id, news))
    await cut_off(live, "POST", path_of(live.discord.world.dm_channel(raka.id)), applied=applied)
    if old:
        an_hour_passes(live)

    await live.bot.restart()
    await live.settled()

    assert there(raka.dms()) == recorded(live)
    assert raka.threads() == []


STEPS = {
    "before the thread": ("POST", "/channels/*/threads", False),
    "after the thread": ("POST", "/channels/*/threads", True),
    "after the member was added": ("PUT", "/channels/*/thread-members/*", True),
    "before the message": ("POST", "/channels/{thread}/messages", False),
    "after the message": ("POST", "/channels/{thread}/messages", True),
}


@pytest.mark.parametrize("old", [False, True], ids=["young", "old"])
@pytest.mark.parametrize("step", STEPS)
async def test_with_closed_dms_there_is_one_thread_with_one_message_wherever_the_bot_was_killed(
    live: Live, raka: User, *, step: str, old: bool
) -> None:
    raka.close_dms()
    await live.bot.stop()
    await live.put((Kind.PERSON, raka.id, Message(content="Kabar pertama")))
    method, pattern, applied = STEPS[step]
    if "{thread}" in pattern:
        # The thread has no id yet: its message is the one that does not go to the DM, which this fault lets pass.
        live.discord.faults.add("POST", path_of(live.discord.world.dm_channel(raka.id)), times=None)
        pattern = "/channels/*/messages"
    await cut_off(live, method, pattern, applied=applied)
    live.discord.faults.clear()
    if old:
        an_hour_passes(live)

    await live.bot.restart()
    await live.settled()
    await live.bot.stop()
    await live.put((Kind.PERSON, raka.id, Message(content="Kabar kedua")))
    await live.bot.restart()
    await live.settled()

    (thread,) = raka.threads()
    assert [message["content"] for message in live.discord.sent_to(thread)] == ["Kabar pertama", "Kabar kedua"]
    assert live.discord.world.threads() == [thread]
    assert live.posts("log-bot") == []


@pytest.mark.parametrize("applied", [False, True], ids=["lost", "arrived"])
async def test_roles_whose_granting_was_cut_off_are_all_there_after_the_restart(
    live: Live, raka: User, *, applied: bool
) -> None:
    await live.bot.stop()
    roles = [live.discord.world.role_named(name)["id"] for name in ("Kreator", "Kreator TikTok")]
    await live.put((Kind.GRANT, raka.id, f'{{"roles": [{", ".join(roles)}], "reason": "Registrasi"}}'))
    await cut_off(live, "PUT", "/guilds/*/members/*/roles/*", applied=applied)

    await live.bot.restart()
    await live.settled()

    assert raka.roles == {"Kreator", "Kreator TikTok"}


@pytest.mark.parametrize("applied", [False, True], ids=["lost", "arrived"])
async def test_an_edit_cut_off_on_its_way_is_made_and_makes_no_message(live: Live, *, applied: bool) -> None:
    await live.announce(live.discord.user("Sari", "Tim KOL"), "Serum Pagi")
    await live.bot.stop()
    announcement = live.value("SELECT announcement_id FROM campaign")
    await live.put((Kind.EDIT, announcement, Message(content="Ditutup")))
    await cut_off(live, "PATCH", "/channels/*/messages/*", applied=applied)

    await live.bot.restart()
    await live.settled()

    assert [post["content"] for post in live.posts("kampanye")] == ["Ditutup"]
