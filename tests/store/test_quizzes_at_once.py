"""Many people at the same moment, on a real SQLite file: nobody is in twice, the order is that of the commits."""

import asyncio
import random
from collections.abc import Awaitable

import pytest

from bot.giveaways.models import Legal, LegalKind
from bot.platform.audit import Actor
from bot.platform.errors import DomainError
from bot.prizes.models import PrizeSource
from bot.quizzes import rules
from bot.quizzes.models import (
    Conditions,
    Given,
    Question,
    QuestionKind,
    QuizPrize,
    QuizSpec,
    QuizState,
    Result,
    Terms,
    Way,
)
from bot.server.models import ChannelKey
from bot.services import Services

SARI = Actor(1)
CHANNEL = 10
QUESTION = Question(QuestionKind.OPEN, "Warna logo?", accepted=("biru & pink",))


async def open_quiz(
    services: Services,
    *,
    winners: int = 3,
    way: Way = Way.FASTEST,
    conditions: Conditions | None = None,
    questions: tuple[Question, ...] = (QUESTION,),
) -> int:
    await services.server.settle(SARI, {}, {ChannelKey.QUIZZES: CHANNEL, ChannelKey.STAFF: 11})
    terms = Terms("Kuis", way, winners, QuizPrize("GoPay 25.000", 25_000), 3_600)
    async with services.database.unit() as tx:
        spec = QuizSpec(terms, questions, (), conditions or Conditions(), legal=Legal(LegalKind.DRAW))
        quiz_id = await services.quiz_writing.prepare(tx, SARI, spec)
        await services.quizzes.post(tx, SARI, quiz_id, CHANNEL)
    return quiz_id


async def answer(services: Services, quiz_id: int, member: int, text: str) -> int:
    """Answer the first question; the answer's place in the order of commits."""
    (question, *_) = (await services.quizzes.whole(quiz_id)).questions
    _, given = await services.quiz_answers.answer(Actor(member), f"m{member}", quiz_id, [Given(question.id, text)])
    return given[0].id


async def outcomes(*acts: Awaitable[object]) -> tuple[list[object], list[str]]:
    """What succeeded, and what the others were told."""
    done = await asyncio.gather(*acts, return_exceptions=True)
    refused = [one.message for one in done if isinstance(one, DomainError)]
    assert len(refused) == sum(isinstance(one, BaseException) for one in done)
    return [one for one in done if not isinstance(one, BaseException)], refused


async def count(services: Services, sql: str) -> int:
    row = await services.database.read.fetch_one(f"SELECT count(*) AS number FROM {sql}")
    assert row is not None
    return int(row["number"])


def won(found: list[Result]) -> list[int]:
    return [one.member_id for one in found if one.won_in is not None]


async def test_fifty_answers_at_once_are_all_kept_and_the_first_committed_win(services: Services) -> None:
    quiz_id = await open_quiz(services)
    members = list(range(100, 150))
    random.Random(4).shuffle(members)
    arrived: list[int] = []

    async def act(member: int) -> None:
        await answer(services, quiz_id, member, "pink dan biru" if member % 2 else "merah")
        arrived.append(member)

    _, refused = await outcomes(*(act(member) for member in members))
    await services.quizzes.close(SARI, quiz_id)

    kept, total = await services.quiz_answers.given(quiz_id, None, limit=100)
    assert refused == [] and total == 50 and len({one.member_id for one in kept}) == 50
    assert [one.id for one in kept] == sorted(one.id for one in kept)
    # Who was told first was committed first: waiters of one shared commit resume in its order.
    assert arrived == [one.member_id for one in kept]
    right = [one.member_id for one in kept if one.right]
    assert won(await services.quiz_results.of(quiz_id)) == right[:3]
    payouts = await services.prizes.payouts(PrizeSource.QUIZ, quiz_id)
    assert [one.member_id for one in payouts] == right[:3]


async def test_one_member_pressing_many_times_at_once_is_in_once(services: Services) -> None:
    quiz_id = await open_quiz(services)

    done, refused = await outcomes(*(answer(services, quiz_id, 100, f"jawaban {number}") for number in range(20)))

    assert len(done) == 1 and all("hanya bisa sekali" in message for message in refused)
    assert await count(services, "quiz_answer") == 1


async def test_many_changes_at_once_leave_one_answer_at_the_last_place(services: Services) -> None:
    quiz_id = await open_quiz(services, conditions=Conditions(changeable=True))
    first = await answer(services, quiz_id, 200, "pink biru")

    done, refused = await outcomes(*(answer(services, quiz_id, 100, f"jawaban {number}") for number in range(20)))

    assert refused == [] and len(set(map(int, map(str, done)))) == 20
    kept, total = await services.quiz_answers.given(quiz_id, None, limit=9)
    assert total == 2 and [one.member_id for one in kept] == [200, 100]
    assert kept[0].id == first and kept[1].id == max(map(int, map(str, done)))


async def test_the_same_answer_sent_again_keeps_its_place(services: Services) -> None:
    quiz_id = await open_quiz(services, conditions=Conditions(changeable=True))
    place = await answer(services, quiz_id, 100, "pink biru")
    await answer(services, quiz_id, 200, "pink biru")
    assert await answer(services, quiz_id, 100, "pink biru") == place


async def test_it_closes_exactly_once_when_the_last_right_answers_race(services: Services) -> None:
    quiz_id = await open_quiz(services, winners=3, conditions=Conditions(close_after=3))

    done, refused = await outcomes(*(answer(services, quiz_id, member, "biru pink") for member in range(100, 130)))

    assert len(done) == 3 and all("sudah ditutup" in message for message in refused)
    assert (await services.quizzes.get(quiz_id)).state is QuizState.CLOSED
    assert len(await services.prizes.payouts(PrizeSource.QUIZ, quiz_id)) == 3
    assert await count(services, "audit_entry WHERE action = 'quiz.settled'") == 1
    assert await count(services, f"outbox_message WHERE dedupe_key = 'quiz:{quiz_id}:winners'") == 1


async def test_closing_many_times_at_once_settles_once(services: Services) -> None:
    quiz_id = await open_quiz(services)
    await answer(services, quiz_id, 100, "biru pink")

    done, refused = await outcomes(*(services.quizzes.close(SARI, quiz_id) for _ in range(10)))

    assert len(done) == 1 and len(refused) == 9
    assert await count(services, "quiz_points WHERE kind = 'right'") == 1
    assert await count(services, "prize_payout") == 1


async def test_a_failure_while_settling_leaves_the_quiz_open_and_nothing_half_done(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiz_id = await open_quiz(services)
    await answer(services, quiz_id, 100, "biru pink")

    async def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("cut off")

    with monkeypatch.context() as patched:
        patched.setattr(services.prizes, "award", broken)
        with pytest.raises(RuntimeError):
            await services.quizzes.close(SARI, quiz_id)
    assert (await services.quizzes.get(quiz_id)).state is QuizState.OPEN
    assert await count(services, "quiz_result") == await count(services, "quiz_points") == 0

    await services.quizzes.close(SARI, quiz_id)
    assert await count(services, "prize_payout") == 1


async def test_the_recorded_seed_and_answers_give_the_ranking_again(services: Services) -> None:
    quiz_id = await open_quiz(services, way=Way.DRAWN, winners=2)
    for member in range(100, 120):
        await answer(services, quiz_id, member, "biru pink")
    quiz = await services.quizzes.close(SARI, quiz_id)

    kept, _ = await services.quiz_answers.given(quiz_id, None, limit=100)
    again = rules.ranking(rules.entries(kept), Way.DRAWN, quiz.seed or "")
    assert [one.member_id for one in again] == [one.member_id for one in await services.quiz_results.of(quiz_id)]
    assert won(await services.quiz_results.of(quiz_id)) == [one.member_id for one in again[:2]]


async def test_streaks_grow_break_and_are_mended_by_an_acceptance(services: Services) -> None:
    answers = {100: ("biru pink", "ungu", "biru pink"), 200: ("biru pink", "biru pink", "biru pink")}
    for turn in range(3):
        quiz_id = await open_quiz(services, winners=1)
        await answer(services, quiz_id, 200, answers[200][turn])
        await answer(services, quiz_id, 100, answers[100][turn])
        await services.quizzes.close(SARI, quiz_id)

    async def points() -> dict[int, tuple[int, int]]:
        season = await services.quiz_seasons.season()
        places = await services.quiz_seasons.leaderboard(season)
        return {place.score.member_id: (place.score.points, place.score.streak) for place in places}

    # 200: 3 x 10, 3 x 5 for winning, 2 + 4 for the streak. 100: 2 x 10, the streak broken in between.
    assert await points() == {200: (51, 3), 100: (20, 1)}
    (wrong,), _ = await services.quiz_answers.given(2, False, limit=1)
    await services.quiz_answers.accept(SARI, wrong.id, "Ungu campuran keduanya")
    assert await points() == {200: (51, 3), 100: (36, 3)}


async def test_a_question_of_another_quiz_is_refused_whole(services: Services) -> None:
    first, second = await open_quiz(services), await open_quiz(services)
    (other,) = (await services.quizzes.whole(second)).questions
    (own,) = (await services.quizzes.whole(first)).questions

    with pytest.raises(DomainError):
        given = [Given(own.id, "biru pink"), Given(other.id, "biru pink")]
        await services.quiz_answers.answer(Actor(100), "m", first, given)

    assert await count(services, "quiz_answer") == 0
