"""What the content calendar needs of quizzes: begin one with an entry, and tell what came of it."""

from bot.content_calendar.models import ActivityOrder, Attached, Figures
from bot.platform.audit import Actor
from bot.platform.database import Reads, UnitOfWork
from bot.platform.text import one_line, tidy
from bot.quizzes import answer_store, store
from bot.quizzes.models import Question, QuestionKind, QuizPrize, QuizSpec, Terms
from bot.quizzes.reading import LONGEST, MOST_ACCEPTED, PROMPT_LENGTH, TITLE_LENGTH
from bot.quizzes.rules import MOST_QUESTIONS, MOST_WINNERS
from bot.quizzes.service import QuizService
from bot.quizzes.writing import QuizWriting


class CalendarQuizzes:
    """Attached to the calendar as its quizzes."""

    def __init__(self, quizzes: QuizService, writing: QuizWriting) -> None:
        self._quizzes = quizzes
        self._writing = writing

    async def begin(self, tx: UnitOfWork, order: ActivityOrder) -> Attached:
        """Make a quiz of an entry and post it, in the unit of work in which the entry falls due.

        Questions without answers are judged by staff. Raises DomainError when it can't be posted.
        """
        actor = Actor(order.created_by)
        quiz_id = await self._writing.prepare(tx, actor, spec_of(order))
        outbox_id = await self._quizzes.post(tx, actor, quiz_id, order.channel_id, extra=order.announcement)
        return Attached(quiz_id, outbox_id)

    async def figures(self, reads: Reads, quiz_id: int) -> Figures:
        """Who took part, who came back for a later quiz, and what the prizes cost (whole rupiah)."""
        quiz = await store.get(reads, quiz_id)
        if quiz is None:
            return Figures()
        members, returned = await answer_store.took_part_and_returned(reads, quiz_id)
        amount = quiz.terms.prize.amount if quiz.terms.prize else None
        won = sum(one.won_in is not None for one in await answer_store.results(reads, quiz_id))
        return Figures(took_part=members, came_back=returned, spent=amount * won if amount else None)


def spec_of(order: ActivityOrder) -> QuizSpec:
    """The quiz that an entry of the calendar stands for. Open for a day, won by the fastest."""
    prize = QuizPrize(order.prize.description, order.prize.amount) if order.prize else None
    winners = order.prize.winners if order.prize and order.prize.winners else 1
    terms = Terms(one_line(order.title)[:TITLE_LENGTH] or "Kuis", winners=min(winners, MOST_WINNERS), prize=prize)
    questions = [
        Question(
            QuestionKind.OPEN,
            tidy(asked.text)[:PROMPT_LENGTH],
            accepted=tuple(answer[:LONGEST] for answer in map(one_line, asked.answers) if answer)[:MOST_ACCEPTED],
        )
        for asked in order.questions[:MOST_QUESTIONS]
        if asked.text.strip()
    ]
    if not questions:
        questions = [Question(QuestionKind.OPEN, tidy(order.text)[:PROMPT_LENGTH] or terms.title)]
    return QuizSpec(terms, tuple(questions))
