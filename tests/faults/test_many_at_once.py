"""Fifty people press and type at the same moment: each is answered once and in time, and nothing is there twice."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable

import pytest

from tests.loopback.driver import Answer, User
from tests.loopback.interactions import ANSWER_WITHIN
from tests.support.live import PITCH, Live, apply, custom_ids
from tests.support.registering import ABOUT

PEOPLE = 50
APPLY, RULES, ACCEPT = "tsc:campaign:apply:1", "tsc:onboarding:rules", "tsc:onboarding:accept_rules"


@pytest.fixture
def staff(live: Live) -> list[User]:
    return [live.discord.user(name, "Tim KOL") for name in ("Sari", "Dewi", "Ayu", "Putri", "Lia")]


async def at_once(*acts: Awaitable[Answer]) -> list[Answer]:
    """Everybody acts; the answers, none of which may be missing, late, or a second one."""
    answers = await asyncio.gather(*acts)
    for answer in answers:
        assert answer.kind in ("message", "update", "modal", "autocomplete"), answer
        assert len(answer.callbacks) == 1 and answer.refused == [], answer
        assert answer.latency is not None and answer.latency < ANSWER_WITHIN, answer
    return answers


def times(what: str, answers: Iterable[Answer]) -> str:
    """The latencies of some answers in words."""
    found = sorted(answer.latency or 0.0 for answer in answers)
    cut = {share: found[min(len(found) - 1, int(len(found) * share))] * 1000 for share in (0.5, 0.99)}
    return f"{what}: {len(found)} answers, p50 {cut[0.5]:.0f} ms, p99 {cut[0.99]:.0f} ms, max {found[-1] * 1000:.0f} ms"


async def test_fifty_people_are_each_answered_once_and_within_three_seconds(live: Live, staff: list[User]) -> None:
    post = await live.announce(staff[0], "Serum Pagi")
    people = await live.creators(f"kreator{number}" for number in range(PEOPLE))
    panel = live.post_with("mulai-di-sini", RULES)

    acts: list[Callable[[User], Awaitable[Answer]]] = [
        lambda person: person.press(panel, custom_id=RULES),
        lambda person: person.press(post, custom_id=APPLY),
        lambda person: person.slash("kampanye daftar"),
        lambda person: person.autocomplete("kampanye detail", "judul", "ser"),
    ]
    mixed = await at_once(*(acts[number % 4](person) for number, person in enumerate(people)))
    assert Counter(answer.kind for answer in mixed) == {"message": 25, "modal": 13, "autocomplete": 12}
    assert all("Serum Pagi" in str(answer.choices) for answer in mixed if answer.kind == "autocomplete")
    agreeing = [person.press(rules, custom_id=ACCEPT) for person, rules in zip(people[::4], mixed[::4], strict=True)]
    opened = await at_once(*(person.press(post, custom_id=APPLY) for person in people), *agreeing)
    forms, agreed = opened[:PEOPLE], opened[PEOPLE:]
    assert all("Makasih sudah setuju" in answer.text for answer in agreed)
    typing = [person.autocomplete("kampanye detail", "judul", "") for person in people]
    twice = [
        person.submit(form, {"pitch": PITCH}) for person, form in zip(people, forms, strict=True) for _ in range(2)
    ]
    answers = await at_once(*twice, *typing)
    sent = answers[: len(twice)]
    for what, found in (("mixed", mixed), ("Lamar, agreeing", opened), ("each form twice, typing", answers)):
        print(times(what, found))

    for first, second in zip(sent[::2], sent[1::2], strict=True):
        assert sorted("Lamaranmu terkirim" in answer.text for answer in (first, second)) == [False, True]
        assert any("Kamu sudah melamar" in answer.text for answer in (first, second))
    applied = live.rows("SELECT member_id, state FROM application")
    assert Counter(row["member_id"] for row in applied) == {person.id: 1 for person in people}
    assert live.value("SELECT count(*) FROM audit_entry WHERE action = 'application.sent'") == PEOPLE
    await live.settled()
    assert len([one for one in live.posts("staf-kol") if "tsc:campaign:applicants:1" in custom_ids(one)]) == 1
    assert live.damage() == []


async def test_staff_deciding_at_once_never_fill_more_slots_than_there_are(live: Live, staff: list[User]) -> None:
    post = await live.announce(staff[0], "Serum Pagi", slots=4)
    people = await live.creators(f"kreator{number}" for number in range(10))
    await at_once(*(apply(person, post) for person in people))
    listed = await staff[0].slash("kampanye-admin pelamar", None, 5.0, judul="#1")
    numbers = [str(row["id"]) for row in live.rows("SELECT id FROM application ORDER BY id")]

    opened = await at_once(*(_open_form(staff[0], listed, number) for number in numbers))
    # Every applicant is accepted by one member of staff, and the same by another at the same moment.
    decisions = [
        staff[(index + again) % len(staff)].submit(form, {"reason": ""})
        for index, form in enumerate(opened)
        for again in range(2)
    ]
    await at_once(*decisions)
    await live.settled()

    assert live.value("SELECT count(*) FROM application WHERE state = 'accepted'") == 4
    told = [len(person.dms()) for person in people]
    assert sorted(told) == [0] * 6 + [1] * 4
    assert live.posts("kampanye")[0]["components"][0]["components"][0]["label"] == "Lamar sebagai cadangan"


async def test_two_people_registering_one_account_at_the_same_moment_never_both_get_it(live: Live) -> None:
    people = [live.discord.user(f"orang{number}") for number in range(8)]
    summaries = await asyncio.gather(*(_up_to_summary(person, "rebutan") for person in people))

    sent = await at_once(*(person.press(shown, label="Kirim") for person, shown in zip(people, summaries, strict=True)))
    await live.settled()

    assert sum("Kamu resmi jadi kreator TSC" in answer.text for answer in sent) == 1
    assert sum("buktikan akunmu" in answer.text for answer in sent) == 7
    (owner,) = live.rows("SELECT member_id FROM creator WHERE username = 'rebutan'")
    assert [person.id for person in people if "Kreator" in person.roles] == [owner["member_id"]]


async def test_fifty_people_joining_at_once_get_a_number_and_a_welcome_each(live: Live) -> None:
    people = [live.discord.user(f"tamu{number}", member=False) for number in range(PEOPLE)]
    for person in people:
        person.join()
    await live.discord.world.until(
        lambda: len(live.posts("selamat-datang")) >= PEOPLE, timeout=60.0, what="fifty welcomes"
    )
    await live.settled()

    welcomed = [post["mentions"][0]["id"] for post in live.posts("selamat-datang")]
    assert welcomed == [str(person.id) for person in people]
    rows = live.rows("SELECT number FROM member WHERE id >= :first", {"first": people[0].id})
    numbers = sorted(row["number"] for row in rows)
    assert numbers == list(range(numbers[0], numbers[0] + PEOPLE))


async def _open_form(member: User, listed: Answer, number: str) -> Answer:
    detail = await member.select(listed, [number], custom_id="tsc:campaign:applicant")
    return await member.press(detail, label="Terima")


async def _up_to_summary(person: User, username: str) -> Answer:
    shown = await person.slash("daftar")
    form = await person.press(shown, label="Setuju & mulai")
    shown = await person.submit(form, ABOUT)
    form = await person.press(shown, label="Isi akun")
    account = {"platform": ["tiktok"], "username": username, "followers": "12,4rb", "niches": ["beauty"]}
    shown = await person.submit(form, account)
    return await person.press(shown, label="Lewati")
