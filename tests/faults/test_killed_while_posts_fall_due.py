"""The bot is killed (kill -9) hundreds of times while the calendar falls due: each post, draw and pay-out once."""

import asyncio
import copy
import os
import random
import time
from collections import Counter

import pytest

from bot.content_calendar import store as calendar_store
from bot.content_calendar.models import Content, EntryState, Focus, Kind, LegalKind, Media, Prize, Question
from bot.content_calendar.service import POST
from bot.giveaways.notices import COUNT
from bot.giveaways.service import END
from bot.quizzes.service import DEADLINE
from tests.faults.rounds import Fact, Rounds, every_message_arrived_once_and_in_order, nobody_was_answered_twice
from tests.loopback.driver import User
from tests.loopback.wire import Json, walk_components
from tests.support.live import Live, text_of

KILLS = 205
SECONDS_OF_CALENDAR = 60
PEOPLE = 10
WINNERS = 2
# What falls due in one second or the next, and where: channels are delivered to side by side.
POSTS = ((Kind.POST, Media.COMMUNITY, "kampanye"), (Kind.POST, Media.COMMUNITY, "bantuan"))
IN_TURN = ((Kind.GIVEAWAY, Media.COMMUNITY, "giveaway"), (Kind.QUIZ, Media.COMMUNITY, "kuis"))
# Elsewhere people post, and the team is reminded.
REMINDER, REMINDER_EVERY_SECONDS = (Kind.POST, Media.TIKTOK, "tim-konten"), 3
# How long giveaways and quizzes stay open here, in seconds; the calendar opens them for days.
OPEN = (4, 9)
WON, UNANSWERED, NOBODY = "Pemenang: ", "Selesai: ", ": tidak ada pemenang"
JOIN, ANSWER = "tsc:giveaway:join:", "tsc:quiz:answer:"

TWICE = {
    "entries": "SELECT giveaway_id, member_id FROM giveaway_entry GROUP BY 1, 2 HAVING count(*) > 1",
    "answers": "SELECT question_id, member_id FROM quiz_answer GROUP BY 1, 2 HAVING count(*) > 1",
    "giveaways": "SELECT title FROM giveaway GROUP BY 1 HAVING count(*) > 1",
    "quizzes": "SELECT title FROM quiz GROUP BY 1 HAVING count(*) > 1",
    "pay-outs": "SELECT source, source_id, member_id FROM prize_payout GROUP BY 1, 2, 3 HAVING count(*) > 1",
    "changes": "SELECT action, subject_kind, subject_id FROM audit_entry WHERE action IN ('giveaway.opened',"
    " 'giveaway.ended', 'quiz.posted', 'quiz.closed', 'quiz.settled', 'prize.awarded') GROUP BY 1, 2, 3"
    " HAVING count(*) > 1",
    "due rows": "SELECT kind, subject_id FROM due_item WHERE kind IN ('calendar.post', 'giveaway.end',"
    " 'quiz.deadline') GROUP BY 1, 2 HAVING count(*) > 1 OR min(state) <> 'done' OR max(state) <> 'done'",
}


@pytest.mark.slow
async def test_every_due_post_draw_and_pay_out_happens_exactly_once(live: Live) -> None:
    seed = int(os.environ.get("LOOPBACK_SEED") or random.randrange(1_000_000))
    print(f"LOOPBACK_SEED={seed}")
    rounds = Rounds(live, random.Random(seed))
    people = [live.discord.user(f"anggota{number}") for number in range(PEOPLE)]
    for person in people[:2]:
        person.close_dms()

    due = await _fill_the_calendar(live)
    began = time.monotonic()
    for person in people:
        rounds.begin(_member(rounds, person))
    for _ in range(KILLS):
        await rounds.round(lambda: _let_time_pass(live, rounds.chance))
    lasted = time.monotonic() - began
    await rounds.end()
    await _everything_has_fallen_due(live)

    posted, entries, answers, draws, quizzes, payouts = (
        live.value(f"SELECT count(*) FROM {counted}")
        for counted in (
            "calendar_entry WHERE state = 'posted'",
            "giveaway_entry",
            "quiz_answer",
            "giveaway WHERE state = 'ended'",
            "quiz WHERE state = 'closed'",
            "prize_payout",
        )
    )
    print(
        f"{KILLS} kills in {lasted:.0f} s: {posted} calendar posts, {entries} entries into {draws} draws,"
        f" {answers} answers to {quizzes} quizzes, {payouts} pay-outs; {rounds.acts} acts, {rounds.answered} answered,"
        f" {len(rounds.confirmed)} promises, {rounds.cut_off} messages cut off while they were being sent"
    )
    assert min(rounds.answered, rounds.acts - rounds.answered) > KILLS, "the kills came too early or too late"
    assert min(rounds.cut_off, entries, answers, payouts) > 10

    rounds.check(rounds.confirmed)
    assert live.damage() == []
    assert {name: found for name, sql in TWICE.items() if (found := [tuple(row) for row in live.rows(sql)])} == {}
    nobody_was_answered_twice(live)
    every_message_arrived_once_and_in_order(live)
    _every_entry_of_the_calendar_appeared_once(live, due)
    _every_result_was_announced_once(live)
    await _every_draw_holds_all_entries_and_can_be_verified(live)
    _every_winner_has_one_payout_and_was_told_once(live, people)


async def _fill_the_calendar(live: Live) -> dict[str, str]:
    """Put the entries into the stopped bot's store, due from now on; where each caption is to appear."""
    await live.bot.killed()
    start = int(time.time()) + 1
    due: dict[str, str] = {}
    async with live.services() as services, services.database.unit() as tx:
        for second in range(SECONDS_OF_CALENDAR):
            falling = [*POSTS, IN_TURN[second % len(IN_TURN)]]
            if second % REMINDER_EVERY_SECONDS == 0:
                falling.append(REMINDER)
            for kind, media, channel in falling:
                caption = f"Isi kalender nomor {len(due):04} untuk komunitas."
                due[caption] = channel
                content = _content(kind, media, int(live.channel(channel)["id"]), caption, len(due))
                new = calendar_store.NewEntry(content, start + second, 7_200, EntryState.SCHEDULED, live.owner.id)
                entry_id = await calendar_store.insert(tx, new, services.clock.timestamp())
                assert entry_id is not None
                await services.scheduler.at(tx, POST, entry_id, start + second)
    await live.bot.restart()
    return due


def _content(kind: Kind, media: Media, channel_id: int, caption: str, number: int) -> Content:
    quiz, giveaway = kind is Kind.QUIZ, kind is Kind.GIVEAWAY
    return Content(
        Focus.ENGAGEMENT,
        media,
        kind,
        title=f"{kind.label} {number:04}",
        channel_id=channel_id if media is Media.COMMUNITY else None,
        caption=caption,
        questions=(Question(1, "Apa warna logo TSC?", ("biru",)),) if quiz else (),
        prize=None if kind is Kind.POST else Prize("Saldo GoPay", 25_000, WINNERS),
        legal=LegalKind.CONTEST if giveaway else None,
    )


async def _member(rounds: Rounds, person: User) -> None:
    """Join giveaways and answer quizzes while they can be, for ever."""
    taken: set[str] = set()
    while True:
        open_ones = [
            (post, one)
            for channel in ("giveaway", "kuis")
            for post in rounds.live.posts(channel)[-4:]
            for part in walk_components(post.get("components"))
            for one in (part.get("custom_id", ""),)
            if one.startswith((JOIN, ANSWER)) and one not in taken and not part.get("disabled")
        ]
        if not open_ones:
            await rounds.moment()
            continue
        post, button = rounds.chance.choice(open_ones)
        # As the person saw it: it may be closed by the time it is pressed.
        shown = copy.deepcopy(post)
        taken.add(button)
        if button.startswith(JOIN):
            await _join(rounds, person, shown, button)
        else:
            await _answer(rounds, person, shown, button)


async def _join(rounds: Rounds, person: User, post: Json, button: str) -> None:
    entered = Fact(
        "Kode undianmu",
        "SELECT count(*) FROM giveaway_entry WHERE giveaway_id = :giveaway AND member_id = :member",
        {"giveaway": int(button.removeprefix(JOIN)), "member": person.id},
    )
    times = rounds.chance.choice((1, 1, 2))
    await rounds.act(lambda: person.press(post, custom_id=button), entered, times=times)


async def _answer(rounds: Rounds, person: User, post: Json, button: str) -> None:
    opened = await rounds.act(lambda: person.press(post, custom_id=button))
    if opened.kind != "modal":
        return
    field = next(part["custom_id"] for part in walk_components(opened.components) if "custom_id" in part)
    said = rounds.chance.choice(("biru", "Biru!", "merah"))
    recorded = Fact(
        "Jawabanmu tercatat",
        "SELECT count(*) FROM quiz_answer WHERE quiz_id = :quiz AND member_id = :member",
        {"quiz": int(button.removeprefix(ANSWER).partition(":")[0]), "member": person.id},
    )
    await rounds.act(lambda: person.submit(opened, {field: said}), recorded, times=rounds.chance.choice((1, 2)))


def _let_time_pass(live: Live, chance: random.Random) -> None:
    """Those opened since the last kill end within seconds instead of days."""
    now = int(time.time())
    at = {"far": now + 3_600, "end": now + chance.randint(*OPEN)}
    live.change("UPDATE giveaway SET ends_at = :end WHERE state = 'open' AND ends_at > :far", at)
    live.change("UPDATE quiz SET closes_at = :end WHERE state = 'open' AND closes_at > :far", at)
    for kind, instant in ((END, "ends_at FROM giveaway"), (DEADLINE, "closes_at FROM quiz")):
        live.change(
            f"UPDATE due_item SET due_at = (SELECT {instant} WHERE id = subject_id)"
            " WHERE kind = :kind AND state = 'waiting'",
            {"kind": kind},
        )


async def _everything_has_fallen_due(live: Live) -> None:
    """Leave the bot alone until nothing is waiting that this test has brought about."""
    async with asyncio.timeout(60.0):
        await _none_waits(live, POST)
        await live.bot.killed()
        _let_time_pass(live, random.Random(0))
        await live.bot.restart()
        await _none_waits(live, END, DEADLINE, COUNT)
    await live.settled(60.0)


async def _none_waits(live: Live, *kinds: str) -> None:
    for kind in kinds:
        while live.value("SELECT count(*) FROM due_item WHERE kind = :kind AND state = 'waiting'", {"kind": kind}):
            await asyncio.sleep(0.1)


def _every_entry_of_the_calendar_appeared_once(live: Live, due: dict[str, str]) -> None:
    assert Counter(row["state"] for row in live.rows("SELECT state FROM calendar_entry")) == {"posted": len(due)}
    names = {one["name"]: one for one in live.discord.world.channels.values() if one.get("name")}
    seen = Counter(
        (caption, name)
        for name, channel in names.items()
        for post in live.discord.sent_to(channel)
        for caption in due
        if caption in text_of(post)
    )
    assert seen == Counter(due.items())


def _every_result_was_announced_once(live: Live) -> None:
    ended = {
        (channel, row["title"])
        for channel, table in (("giveaway", "giveaway"), ("kuis", "quiz"))
        for row in live.rows(f"SELECT title FROM {table}")
    }
    told = Counter(
        (channel, title.removeprefix(WON).removeprefix(UNANSWERED).removesuffix(NOBODY))
        for channel in ("giveaway", "kuis")
        for post in live.posts(channel)
        for title in (post["embeds"][0].get("title", ""),)
        if title.startswith((WON, UNANSWERED)) or title.endswith(NOBODY)
    )
    assert told == Counter(dict.fromkeys(ended, 1))


async def _every_draw_holds_all_entries_and_can_be_verified(live: Live) -> None:
    entries = Counter(row["giveaway_id"] for row in live.rows("SELECT giveaway_id FROM giveaway_entry"))
    picked = Counter(row["giveaway_id"] for row in live.rows("SELECT giveaway_id FROM giveaway_pick"))
    async with live.services() as services:
        for row in live.rows("SELECT id, state, entry_count FROM giveaway"):
            number = entries[row["id"]]
            assert (row["state"], row["entry_count"]) == ("ended", number)
            assert picked[row["id"]] == min(WINNERS, number)
            assert (await services.giveaway_draws.verification(row["id"], live.owner.id)).reproduced is True


def _every_winner_has_one_payout_and_was_told_once(live: Live, people: list[User]) -> None:
    winners = Counter(
        (row["title"], row["member_id"])
        for sql in (
            "SELECT title, member_id FROM giveaway_pick JOIN giveaway ON giveaway.id = giveaway_id",
            "SELECT title, member_id FROM quiz_result JOIN quiz ON quiz.id = quiz_id WHERE won_in IS NOT NULL",
        )
        for row in live.rows(sql)
    )
    payouts = Counter(
        (row["title"], row["member_id"]) for row in live.rows("SELECT title, member_id FROM prize_payout")
    )
    assert payouts == winners
    told: Counter[tuple[str, int]] = Counter()
    for person in people:
        private = [*person.dms(), *(message for thread in person.threads() for message in live.discord.sent_to(thread))]
        for news in private:
            told += Counter({(title, person.id): 1 for title, _ in winners if f"**{title}**" in text_of(news)})
    assert told == winners
