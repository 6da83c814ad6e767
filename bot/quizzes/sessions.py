"""Questions that come one after another: asked after a pause, closed after their time; the last one ends the quiz.

Every step is a due row, so a session goes on where it stood after a restart. The time of a question begins when it is
asked, so people lose nothing of it when the bot comes back late.
"""

from collections.abc import Awaitable, Callable, Sequence

from bot.platform.audit import SYSTEM, Actor
from bot.platform.clock import Clock
from bot.platform.database import UnitOfWork
from bot.platform.outbox import Kind, Outbox
from bot.platform.scheduler import Scheduler
from bot.platform.scheduler_store import DueItem
from bot.quizzes import question_store, rules, session_messages, store
from bot.quizzes.models import Question, Quiz, QuizState

QUESTION = "quiz.question"
QUESTION_ENDS = "quiz.question_ends"

Close = Callable[[UnitOfWork, Actor, Quiz], Awaitable[None]]


class QuizSessions:
    """Asks and closes questions in turn. `close` ends the quiz after the last one."""

    def __init__(self, clock: Clock, outbox: Outbox, scheduler: Scheduler, close: Close) -> None:
        self._clock = clock
        self._outbox = outbox
        self._scheduler = scheduler
        self._close = close
        scheduler.handles(QUESTION, self._question_is_due)
        scheduler.handles(QUESTION_ENDS, self._question_has_ended)

    async def begin(self, tx: UnitOfWork, quiz: Quiz, questions: Sequence[Question]) -> None:
        """Have the first question asked after a pause."""
        await self._scheduler.at(tx, QUESTION, questions[0].id, self._clock.timestamp() + quiz.pacing.pause_seconds)

    async def stop(self, tx: UnitOfWork, quiz: Quiz, questions: Sequence[Question]) -> None:
        """Ask nothing more, and close the question under way."""
        for question in questions:
            await self._scheduler.cancel(tx, QUESTION, question.id)
            await self._scheduler.cancel(tx, QUESTION_ENDS, question.id)
            closed = await question_store.close_question(tx, question.id, self._clock.timestamp())
            if closed is not None:
                await self.redraw(tx, quiz, closed, len(questions))

    async def redraw(self, tx: UnitOfWork, quiz: Quiz, question: Question, total: int) -> None:
        """Show a question that was asked as it now stands."""
        if question.announcement_id is not None:
            shown = session_messages.question(quiz, question, total)
            await self._outbox.put(tx, Kind.EDIT, question.announcement_id, shown)

    async def _question_is_due(self, tx: UnitOfWork, item: DueItem) -> None:
        found = await question_store.question_of(tx, item.subject_id)
        quiz = await store.get(tx, found[0]) if found else None
        if found is None or quiz is None or quiz.state is not QuizState.OPEN or found[1].opened_at is not None:
            return
        channel_id, seconds = quiz.channel_id, quiz.pacing.question_seconds
        assert channel_id is not None and seconds is not None
        now = self._clock.timestamp()
        closes_at = now + seconds
        question = await question_store.open_question(tx, item.subject_id, now, closes_at)
        questions = await question_store.questions(tx, quiz.id)
        left = sum(one.opened_at is None for one in questions)
        quiz = await store.save_closing(tx, quiz.id, rules.turn_ends(quiz.pacing, closes_at, left))
        row_id = await self._outbox.put(
            tx,
            Kind.CHANNEL,
            channel_id,
            session_messages.question(quiz, question, len(questions)),
            dedupe_key=f"quiz:{quiz.id}:question:{question.id}",
        )
        assert row_id is not None, "a question is asked once"
        await question_store.set_announcement(tx, question.id, row_id)
        await self._scheduler.at(tx, QUESTION_ENDS, question.id, closes_at)

    async def _question_has_ended(self, tx: UnitOfWork, item: DueItem) -> None:
        found = await question_store.question_of(tx, item.subject_id)
        quiz = await store.get(tx, found[0]) if found else None
        if quiz is None or quiz.state is not QuizState.OPEN:
            return
        now = self._clock.timestamp()
        closed = await question_store.close_question(tx, item.subject_id, now)
        if closed is None:
            return
        questions = await question_store.questions(tx, quiz.id)
        await self.redraw(tx, quiz, closed, len(questions))
        following = next((one for one in questions if one.opened_at is None), None)
        if following is None:
            await self._close(tx, SYSTEM, quiz)
        else:
            await self._scheduler.at(tx, QUESTION, following.id, now + quiz.pacing.pause_seconds)
