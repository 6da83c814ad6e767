"""The answer to a press fails on its way: the person is answered all the same, or at least told nothing untrue."""

import pytest

from tests.loopback.driver import Answer, User
from tests.loopback.interactions import ANSWER_WITHIN
from tests.loopback.wire import Json
from tests.support.live import PITCH, REWARD, Live, basics

CALLBACK, FOLLOW_UP = "/interactions/*/callback", "/webhooks/*"


@pytest.fixture
def staff(live: Live) -> User:
    return live.discord.user("Sari", "Tim KOL")


@pytest.fixture
async def post(live: Live, staff: User) -> Json:
    return await live.announce(staff, "Serum Pagi")


@pytest.fixture
async def raka(live: Live, post: Json) -> User:
    (person,) = await live.creators(["raka"])
    return person


def fail(live: Live, pattern: str, how: str, *, applied: bool) -> None:
    """The next answer fails; `applied`: Discord takes it, and only the bot does not learn so."""
    if how == "dropped":
        live.discord.faults.drop("*", pattern, applied=applied)
    else:
        live.discord.faults.add("*", pattern, status=int(how), applied=applied)


def seen_once_in_time(answer: Answer) -> bool:
    return len(answer.callbacks) == 1 and answer.latency is not None and answer.latency < ANSWER_WITHIN


@pytest.mark.parametrize("applied", [False, True], ids=["lost", "arrived"])
@pytest.mark.parametrize("how", ["502", "dropped"])
async def test_an_answer_that_fails_once_is_given_again_but_never_twice(
    live: Live, raka: User, post: Json, *, how: str, applied: bool
) -> None:
    form = await raka.press(post, label="Lamar")
    fail(live, CALLBACK, how, applied=applied)
    answer = await raka.submit(form, {"pitch": PITCH})
    await live.settled()

    assert seen_once_in_time(answer) and "Lamaranmu terkirim" in answer.text
    assert answer.followups == []
    assert live.value("SELECT count(*) FROM application") == 1
    assert "listener_failed" not in live.bot.log


@pytest.mark.parametrize("applied", [False, True], ids=["lost", "arrived"])
async def test_a_form_whose_opening_was_lost_still_opens(live: Live, raka: User, post: Json, *, applied: bool) -> None:
    fail(live, CALLBACK, "dropped", applied=applied)
    form = await raka.press(post, label="Lamar")

    assert form.kind == "modal" and seen_once_in_time(form)
    assert "Lamaranmu terkirim" in (await raka.submit(form, {"pitch": PITCH})).text


async def test_what_was_done_stays_done_when_nobody_could_be_told(live: Live, raka: User, post: Json) -> None:
    form = await raka.press(post, label="Lamar")
    gone = {"message": "Unknown interaction", "code": 10062}
    live.discord.faults.add("POST", CALLBACK, status=404, body=gone, times=None)
    unanswered = await raka.submit(form, {"pitch": PITCH}, timeout=1.0)
    live.discord.faults.clear()

    assert unanswered.kind == "none"
    assert live.value("SELECT count(*) FROM application") == 1
    assert "Kamu sudah melamar" in (await raka.press(post, label="Lamar")).text
    assert "Serum Pagi · Menunggu" in (await raka.slash("kampanye status")).text


@pytest.mark.parametrize("applied", [False, True], ids=["lost", "arrived"])
async def test_thinking_that_was_lost_ends_with_the_answer(live: Live, staff: User, *, applied: bool) -> None:
    form = await staff.slash("kampanye-admin buat")
    fail(live, CALLBACK, "dropped", applied=applied)
    panel = await staff.submit(form, basics("Serum Pagi"))

    assert "Draf tersimpan" in panel.text and panel.ephemeral
    assert live.value("SELECT count(*) FROM campaign") == 1


async def test_nobody_is_told_that_nothing_changed_when_something_did(live: Live, staff: User) -> None:
    panel = await staff.submit(await staff.slash("kampanye-admin buat"), basics("Serum Pagi"))
    form = await staff.press(panel, label="Isi imbalan & gambar")
    live.discord.faults.add("PATCH", FOLLOW_UP, status=400, times=1)
    answer = await staff.submit(form, REWARD)

    assert live.value("SELECT count(*) FROM campaign WHERE fee = 1500000") == 1
    assert "TSC-" in answer.text and "Cek dulu" in answer.text
    assert "Belum ada yang berubah" not in answer.text
