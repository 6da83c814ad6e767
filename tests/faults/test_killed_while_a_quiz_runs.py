"""The bot is killed (kill -9) while questions come one after another and people answer them."""

import asyncio
import copy
import os
import random
import time
from collections import Counter

from bot.platform.audit import Actor
from bot.quizzes.models import Pacing, Question, QuestionKind, QuizPrize, QuizSpec, Terms
from bot.quizzes.sessions import QUESTION, QUESTION_ENDS
from tests.faults.rounds import Fact, Rounds, every_message_arrived_once_and_in_order, nobody_was_answered_twice
from tests.loopback.driver import User
from tests.loopback.wire import Json, walk_components
from tests.support.live import Live, text_of

QUESTIONS = 4
PEOPLE = 6
WINNERS = 2
ANSWERING = 3
PICK, REPLY = "tsc:quiz:pick:", "tsc:quiz:reply:"
SPEC = QuizSpec(
    Terms("Kuis Kilat", winners=WINNERS, prize=QuizPrize("GoPay Rp 25.000", 25_000)),
    tuple(
        Question(QuestionKind.CHOICE, "Ibu kota Jawa Barat?", options=("Bandung", "Semarang"), right_option=0)
        if number % 2
        else Question(QuestionKind.OPEN, "Apa warna logo TSC?", accepted=("biru & pink",))
        for number in range(QUESTIONS)
    ),
    pacing=Pacing(question_seconds=3_600, pause_seconds=60),
)


async def test_every_question_comes_once_and_every_answer_is_kept(live: Live) -> None:
    seed = int(os.environ.get("LOOPBACK_SEED") or random.randrange(1_000_000))
    print(f"LOOPBACK_SEED={seed}")
    rounds = Rounds(live, random.Random(seed))
    people = [live.discord.user(f"anggota{number}") for number in range(PEOPLE)]
    people[0].close_dms()
    await _post(live)

    for person in people:
        rounds.begin(_member(rounds, person))
    for _ in range(QUESTIONS):
        # People answer in the first rounds; while the bot is down the question ends, and then the next one is asked.
        for _ in range(ANSWERING):
            await rounds.round()
        await rounds.round(lambda: _next_step(live))
        await rounds.round(lambda: _next_step(live))
        await _steps_are_taken(live)
    await rounds.end()
    await _the_rest(live)

    answers = live.value("SELECT count(*) FROM quiz_answer")
    print(f"{rounds.acts} acts, {rounds.answered} answered, {len(rounds.confirmed)} promises, {answers} answers kept")
    assert answers >= len(rounds.confirmed) > QUESTIONS, "the kills came too early"
    rounds.check(rounds.confirmed)
    assert live.damage() == []
    nobody_was_answered_twice(live)
    every_message_arrived_once_and_in_order(live)
    titles = Counter(post["embeds"][0].get("title", "") for post in live.posts("kuis"))
    assert titles == dict.fromkeys(
        [
            "Kuis Kilat",
            *(f"Soal {number} dari {QUESTIONS}: Kuis Kilat" for number in range(1, QUESTIONS + 1)),
            "Pemenang: Kuis Kilat",
        ],
        1,
    )
    _the_fastest_of_the_best_won_once(live, people)


async def _post(live: Live) -> None:
    """A quiz put into the stopped bot's store; its first question is a minute away."""
    await live.bot.killed()
    async with live.services() as services, services.database.unit() as tx:
        staff = Actor(live.owner.id)
        quiz_id = await services.quiz_writing.prepare(tx, staff, SPEC)
        await services.quizzes.post(tx, staff, quiz_id, int(live.channel("kuis")["id"]))
    _next_step(live)
    await live.bot.restart()
    await _steps_are_taken(live)


def _next_step(live: Live) -> None:
    """The question that waits is due now, or the one under way ends now."""
    now = int(time.time())
    live.change(
        "UPDATE quiz_question SET closes_at = :now WHERE opened_at IS NOT NULL AND closed_at IS NULL", {"now": now}
    )
    for kind in (QUESTION, QUESTION_ENDS):
        live.change(
            "UPDATE due_item SET due_at = :now WHERE kind = :kind AND state = 'waiting'", {"now": now, "kind": kind}
        )


async def _steps_are_taken(live: Live) -> None:
    due = "SELECT count(*) FROM due_item WHERE kind IN (:asks, :ends) AND state = 'waiting' AND due_at <= :now"
    async with asyncio.timeout(30.0):
        while live.value(due, {"asks": QUESTION, "ends": QUESTION_ENDS, "now": int(time.time())}):
            await asyncio.sleep(0.05)
    await live.settled(30.0)


async def _the_rest(live: Live) -> None:
    """What the kills came before, until the quiz is over."""
    while live.value("SELECT count(*) FROM quiz WHERE state = 'open'"):
        await live.bot.killed()
        _next_step(live)
        await live.bot.restart()
        await _steps_are_taken(live)


async def _member(rounds: Rounds, person: User) -> None:
    """Answer each question that is open, for ever."""
    answered: set[str] = set()
    while True:
        open_ones = [
            (post, one)
            for post in rounds.live.posts("kuis")
            for part in walk_components(post.get("components"))
            for one in (part.get("custom_id", ""),)
            if one.startswith((PICK, REPLY)) and _question(one) not in answered
        ]
        if not open_ones:
            # Not until the next round: then the first one after a new question would pass unused.
            await asyncio.sleep(0.02)
            continue
        post, button = rounds.chance.choice(open_ones)
        answered.add(_question(button))
        await _answer(rounds, person, copy.deepcopy(post), button)


async def _answer(rounds: Rounds, person: User, post: Json, button: str) -> None:
    recorded = Fact(
        "Jawabanmu tercatat",
        "SELECT count(*) FROM quiz_answer WHERE question_id = :question AND member_id = :member",
        {"question": int(_question(button)), "member": person.id},
    )
    times = rounds.chance.choice((1, 1, 2))
    if button.startswith(PICK):
        await rounds.act(lambda: person.press(post, custom_id=button), recorded, times=times)
        return
    opened = await rounds.act(lambda: person.press(post, custom_id=button))
    if opened.kind == "modal":
        field = next(part["custom_id"] for part in walk_components(opened.components) if "custom_id" in part)
        said = rounds.chance.choice(("biru & pink", "pink sama biru", "merah"))
        await rounds.act(lambda: person.submit(opened, {field: said}), recorded, times=times)


def _question(button: str) -> str:
    return button.removeprefix(PICK).removeprefix(REPLY).partition(":")[0]


def _the_fastest_of_the_best_won_once(live: Live, people: list[User]) -> None:
    best = live.rows(
        "SELECT member_id FROM quiz_answer GROUP BY 1 HAVING sum(right) > 0"
        " ORDER BY sum(right) DESC, max(CASE WHEN right THEN id END) LIMIT :winners",
        {"winners": WINNERS},
    )
    won = [row["member_id"] for row in best]
    paid = live.rows("SELECT member_id FROM prize_payout ORDER BY id")
    assert [row["member_id"] for row in paid] == won
    for person in people:
        private = [*person.dms(), *(one for thread in person.threads() for one in live.discord.sent_to(thread))]
        assert sum("**Kuis Kilat**" in text_of(news) for news in private) == (person.id in won)
