"""Quiz answers a second through the real service and store, beside a bare executemany; and how long settling takes."""

import asyncio
import sqlite3
import tempfile
import time
from pathlib import Path

from bot.platform import migrations
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.quizzes.models import Given, Question, QuestionKind, QuizSpec, Terms
from bot.server.models import ChannelKey
from bot.services import Services, open_services
from tests.conftest import make_settings

MEMBERS = 5_000
AT_ONCE = 250
STAFF = Actor(1)
_TEXTS = ("pink dan biru", "merah", "Biru, pink!", "ungu muda")
_BARE = (
    "INSERT INTO quiz_answer (quiz_id, question_id, member_id, text, right, answered_at)"
    " VALUES (1, 1, :member, 'pink dan biru', 1, 0)"
)


async def main() -> list[str]:
    """The figures as printable lines."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "bare").mkdir()
        services = await open_services(make_settings(Path(folder)))
        try:
            answered, settled, listed = await _through_the_service(services)
        finally:
            await services.close()
        bare = await _bare(Path(folder) / "bare" / "store.db")
    return [
        f"answers through the service  {MEMBERS / answered:>9,.0f} answers/s  ({AT_ONCE} members at once)",
        f"bare executemany             {MEMBERS / bare:>9,.0f} rows/s   ratio {bare / answered:.3f}",
        f"settling {MEMBERS:,} members       {settled * 1000:>9,.0f} ms, leaderboard {listed * 1000:,.0f} ms",
    ]


async def _through_the_service(services: Services) -> tuple[float, float, float]:
    await services.server.settle(STAFF, {}, {ChannelKey.QUIZZES: 10, ChannelKey.STAFF: 11})
    question = Question(QuestionKind.OPEN, "Warna?", accepted=("biru & pink",))
    async with services.database.unit() as tx:
        quiz_id = await services.quiz_writing.prepare(tx, STAFF, QuizSpec(Terms("Kuis", winners=10), (question,)))
        await services.quizzes.post(tx, STAFF, quiz_id, 10)
    (asked,) = (await services.quizzes.whole(quiz_id)).questions

    async def caller(first: int) -> None:
        for member in range(first, MEMBERS, AT_ONCE):
            given = [Given(asked.id, _TEXTS[member % len(_TEXTS)])]
            await services.quiz_answers.answer(Actor(1_000 + member), f"anggota{member}", quiz_id, given)

    started = time.perf_counter()
    await asyncio.gather(*(caller(number) for number in range(AT_ONCE)))
    answered = time.perf_counter()
    await services.quizzes.close(STAFF, quiz_id)
    settled = time.perf_counter()
    places = await services.quiz_seasons.leaderboard(await services.quiz_seasons.season())
    assert len(places) == MEMBERS // 2
    return answered - started, settled - answered, time.perf_counter() - settled


async def _bare(path: Path) -> float:
    await migrations.prepare(path, Clock())
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA synchronous = FULL")
        started = time.perf_counter()
        connection.executemany(_BARE, [{"member": member} for member in range(MEMBERS)])
        connection.commit()
        return time.perf_counter() - started
    finally:
        connection.close()
