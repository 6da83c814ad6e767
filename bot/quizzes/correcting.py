"""What staff may still change once members have answered: the end, hints to come, and which answers are right."""

from bot.platform import audit
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.database import Database
from bot.platform.errors import FormRefused
from bot.quizzes import answer_store, question_store, reading, rules, store, times
from bot.quizzes.answering import QuizAnswers
from bot.quizzes.models import Given, Question, QuestionKind, Quiz
from bot.quizzes.service import QuizService
from bot.quizzes.times import ClosingForm
from bot.quizzes.whole import Whole


class QuizCorrecting:
    """Corrections of posted quizzes, each on record."""

    def __init__(self, database: Database, clock: Clock, quizzes: QuizService, answers: QuizAnswers) -> None:
        self._database = database
        self._clock = clock
        self._quizzes = quizzes
        self._answers = answers

    async def open_one(self, quiz_id: int) -> tuple[Whole, int]:
        """A quiz whose end and hints may be changed, and the present instant. Raises DomainError."""
        whole = await self._quizzes.whole(quiz_id)
        rules.check_open(whole.quiz)
        return whole, self._clock.timestamp()

    async def change_closing(self, actor: Actor, quiz_id: int, form: ClosingForm) -> Whole:
        """When it closes, and the hints that are still to come. Raises FormRefused.

        A length counts from the post, as in the first form. Where questions come in turn the end is theirs.
        """
        async with self._database.unit() as tx:
            whole = await self._quizzes.whole(quiz_id, tx)
            quiz, now = whole.quiz, self._clock.timestamp()
            rules.check_open(quiz)
            assert quiz.opened_at is not None and quiz.closes_at is not None
            closes_at = quiz.closes_at
            if not quiz.pacing.in_turn:
                seconds, until = times.read_closing(form.closing, self._clock.now(), closes_at)
                closes_at = until or quiz.opened_at + seconds
                if closes_at <= now:
                    raise FormRefused([rules.too_late_to_close(closes_at)])
            shown = len(whole.shown_hints(now))
            hints = times.read_hints(form.hints, closes_at - quiz.opened_at, whole.elapsed(now), shown)
            if closes_at != quiz.closes_at:
                await self._quizzes.move_closing(tx, quiz_id, closes_at)
            await self._quizzes.replace_hints(tx, whole, hints, now)
            await self._quizzes.redraw(tx, quiz_id)
            details: dict[str, object] = {"title": quiz.title, "closes_at": closes_at, "hints": shown + len(hints)}
            await audit.record(tx, actor, "quiz.closing_changed", ("quiz", quiz_id), at=now, details=details)
            return await self._quizzes.whole(quiz_id, tx)

    async def key_of(self, question_id: int) -> tuple[Quiz, Question]:
        """A question whose accepted answers may be changed. Raises DomainError."""
        quiz, question = await self._quizzes.question(question_id)
        rules.check_key_change(quiz)
        return quiz, question

    async def change_key(self, actor: Actor, question_id: int, key: str) -> tuple[Whole, int]:
        """Other accepted answers (one a line), or another right option; how many answers changed by it.

        What was answered is judged anew, except what staff accepted by hand. Raises FormRefused.
        """
        async with self._database.unit() as tx:
            quiz, question = await self._quizzes.question(question_id, tx)
            rules.check_key_change(quiz)
            changed = reading.rekeyed(question, key)
            await question_store.save_question(tx, question_id, changed)
            quiz = await store.touch(tx, quiz.id)
            turned = 0
            given = await answer_store.to_question(tx, question_id)
            for right in (True, False):
                ids = [
                    one.id
                    for one in given
                    if one.accepted_by is None
                    and one.right is not right
                    and rules.is_right(changed, Given(question_id, one.text, one.option)) is right
                ]
                await answer_store.judge(tx, ids, right)
                turned += len(ids)
            # Not the answers themselves: the audit is read by people who may want to take part.
            details: dict[str, object] = {"title": quiz.title, "question": question.position, "judged_anew": turned}
            now = self._clock.timestamp()
            await audit.record(tx, actor, "quiz.key_changed", ("quiz", quiz.id), at=now, details=details)
            await self._answers.close_when_enough(tx, quiz)
            await self._quizzes.redraw(tx, quiz.id)
            return await self._quizzes.whole(quiz.id, tx), turned


def key_text(question: Question) -> str:
    """The key as staff type it."""
    if question.kind is not QuestionKind.CHOICE:
        return "\n".join(question.accepted)
    return reading.letter(question.right_option) if question.right_option is not None else ""
