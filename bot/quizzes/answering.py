"""Use cases of taking part: answer, look at one's own answers; staff look at all of them and accept one by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.platform.audit import SYSTEM, Actor
from bot.platform.clock import Clock
from bot.platform.database import Database, UnitOfWork
from bot.platform.errors import DomainError, NotFound
from bot.platform.text import one_line
from bot.prizes.models import Payout
from bot.quizzes import answer_store, question_store, rules
from bot.quizzes.models import Answer, Given, Question, QuestionKind, Quiz, QuizState, Result
from bot.quizzes.results import QuizResults
from bot.quizzes.service import QuizService
from bot.quizzes.whole import Whole

NAME_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Own:
    """A member's quiz: their answers by question; once it has closed what came of it, and the prize they won."""

    whole: Whole
    given: Mapping[int, Answer]
    result: Result | None
    payout: Payout | None


class QuizAnswers:
    """Takes answers. Nothing it says to a member tells whether an answer is right before the end."""

    def __init__(self, database: Database, clock: Clock, quizzes: QuizService, results: QuizResults) -> None:
        self._database = database
        self._clock = clock
        self._quizzes = quizzes
        self._results = results

    async def may_answer(self, member_id: int, quiz_id: int) -> tuple[Whole, dict[int, Answer]]:
        """The quiz and the member's answers so far, by question. Raises DomainError with why they can't answer now."""
        whole = await self._quizzes.whole(quiz_id)
        rules.check_player(whole.quiz, member_id)
        rules.check_takes_answers(whole.quiz, self._clock.timestamp())
        given = await answer_store.of_member(self._database.read, quiz_id, member_id)
        if len(given) == len(whole.questions):
            rules.check_first_answer(whole.quiz, min(given.values(), key=lambda one: one.answered_at, default=None))
        return whole, given

    async def may_reply(self, member_id: int, question_id: int) -> tuple[Whole, Question, Answer | None]:
        """A question that comes in turn and the member's answer to it. Raises DomainError with why not now."""
        quiz, question = await self._quizzes.question(question_id)
        whole = await self._quizzes.whole(quiz.id)
        now = self._clock.timestamp()
        rules.check_player(quiz, member_id)
        rules.check_takes_answers(quiz, now)
        rules.check_asked(quiz, question, now)
        before = (await answer_store.of_member(self._database.read, quiz.id, member_id)).get(question_id)
        rules.check_first_answer(quiz, before)
        return whole, question, before

    async def answer(self, actor: Actor, name: str, quiz_id: int, given: Sequence[Given]) -> tuple[Whole, list[Answer]]:
        """Take a member's answers to some questions of one quiz, all or none; blank ones of several are left out.

        The order in which answers count is the order of the commits. A changed answer takes its place anew; the same
        one sent again keeps the place it had. Returns the member's answers so far. Raises DomainError.
        """
        assert actor.id is not None
        wanted = [Given(one.question_id, one_line(one.text), one.option) for one in given]
        if len(wanted) > 1:
            wanted = [one for one in wanted if one.text or one.option is not None]
        if not wanted:
            raise DomainError("Belum ada jawaban yang diisi. Isi paling tidak satu soal, ya.")
        async with self._database.unit() as tx:
            whole = await self._quizzes.whole(quiz_id, tx)
            rules.check_player(whole.quiz, actor.id)
            rules.check_takes_answers(whole.quiz, self._clock.timestamp())
            questions = {question.id: question for question in whole.questions}
            before = await answer_store.of_member(tx, quiz_id, actor.id)
            await answer_store.name_player(tx, actor.id, one_line(name)[:NAME_LENGTH])
            for one in wanted:
                question = questions.get(one.question_id)
                if question is None:
                    raise NotFound("Soal ini bukan bagian dari kuis itu. Buka lagi kuisnya, ya.")
                rules.check_asked(whole.quiz, question, self._clock.timestamp())
                await self._take(tx, whole.quiz, question, actor.id, one, before.get(one.question_id))
            await self.close_when_enough(tx, whole.quiz)
            now_given = await answer_store.of_member(tx, quiz_id, actor.id)
        return whole, [now_given[question.id] for question in whole.questions if question.id in now_given]

    async def pick(self, actor: Actor, name: str, question_id: int, option: int) -> tuple[Whole, list[Answer]]:
        """Answer a multiple-choice question by its button."""
        quiz, _ = await self._quizzes.question(question_id)
        return await self.answer(actor, name, quiz.id, [Given(question_id, option=option)])

    async def mine(self, member_id: int, quiz_id: int) -> Own:
        """A member's own answers; after the end also what came of them."""
        whole = await self._quizzes.whole(quiz_id)
        given = await answer_store.of_member(self._database.read, quiz_id, member_id)
        return Own(whole, given, *await self._results.of_member(quiz_id, member_id))

    async def given(self, quiz_id: int, right: bool | None, *, limit: int, offset: int = 0) -> tuple[list[Answer], int]:
        """Answers for staff in the order they came (all, only right, only wrong), and how many there are."""
        reads = self._database.read
        return (
            await answer_store.page(reads, quiz_id, right, limit, offset),
            await answer_store.count(reads, quiz_id, right),
        )

    async def get(self, answer_id: int) -> Answer:
        """One answer for staff. Raises NotFound."""
        answer = await answer_store.get(self._database.read, answer_id)
        if answer is None:
            raise NotFound("Jawaban ini sudah tidak ada, mungkin diganti pemiliknya. Buka lagi daftar jawabannya.")
        return answer

    async def accept(self, actor: Actor, answer_id: int, reason: str) -> tuple[Quiz, Answer, bool]:
        """Staff count an answer as right; see QuizResults.accept. May close the quiz by count."""
        async with self._database.unit() as tx:
            quiz, answer, won = await self._results.accept(tx, actor, answer_id, reason)
            await self.close_when_enough(tx, quiz)
        return quiz, answer, won

    async def _take(
        self, tx: UnitOfWork, quiz: Quiz, question: Question, member_id: int, given: Given, before: Answer | None
    ) -> None:
        rules.check_given(question, given)
        rules.check_first_answer(quiz, before)
        chosen = given.option if question.kind is QuestionKind.CHOICE else None
        text = question.options[chosen] if chosen is not None else given.text
        if before is not None:
            if (before.text, before.option) == (text, chosen):
                return
            await answer_store.remove(tx, before.id)
        taken = Given(question.id, text, chosen)
        right = rules.is_right(question, taken)
        await answer_store.insert(tx, quiz.id, member_id, taken, right, self._clock.timestamp())

    async def close_when_enough(self, tx: UnitOfWork, quiz: Quiz) -> None:
        """Close an open quiz that ends with so many who have everything right, once there are as many."""
        if quiz.conditions.close_after is None or quiz.state is not QuizState.OPEN:
            return
        if quiz.pacing.in_turn and any(one.opened_at is None for one in await question_store.questions(tx, quiz.id)):
            return
        if (await answer_store.turnout(tx, quiz.id)).all_right >= quiz.conditions.close_after:
            await self._quizzes.close_in(tx, SYSTEM, quiz)
