"""What the content calendar needs of quizzes: begin one with an entry, and tell what came of it."""

from dataclasses import replace

from bot.content_calendar.activities import ActivityOrder, Attached, Figures
from bot.giveaways.models import Legal, LegalKind
from bot.platform.audit import Actor
from bot.platform.database import Reads, UnitOfWork
from bot.platform.messages import Message, to_json
from bot.platform.text import one_line, tidy
from bot.prizes.reading import worded
from bot.quizzes import answer_store, messages, store
from bot.quizzes.models import Question, QuestionKind, Quiz, QuizPrize, QuizSpec, QuizState, Terms, Way
from bot.quizzes.reading import BIG_WORDS_LENGTH, LONGEST, MOST_ACCEPTED, PROMPT_LENGTH, TITLE_LENGTH
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

    async def withdraw(self, tx: UnitOfWork, quiz_id: int) -> None:
        """Its announcement never reached Discord: nobody saw it, so it is as if it had never begun."""
        await self._quizzes.unsay(tx, quiz_id)

    def preview(self, order: ActivityOrder) -> Message:
        """What the post will look like, with its end."""
        spec = spec_of(order)
        quiz = Quiz(
            id=0,
            terms=spec.terms,
            conditions=spec.conditions,
            state=QuizState.OPEN,
            revision=0,
            channel_id=order.channel_id,
            announcement_id=None,
            extra=to_json(order.announcement),
            created_by=order.created_by,
            created_at=order.due_at,
            opened_at=order.due_at,
            closes_at=order.due_at + order.open_seconds,
            closed_at=None,
            closed_by=None,
            seed=None,
            pacing=spec.pacing,
            legal=spec.legal,
        )
        asked = [replace(one, position=number) for number, one in enumerate(spec.questions, start=1)]
        post = messages.announcement(quiz, asked)
        return replace(post, footer=post.footer.replace("Kuis 0", "Kuis", 1))

    async def opened(self, reads: Reads, start: int, end: int) -> list[tuple[int, int]]:
        """Quizzes that opened from `start` until before `end`, and when."""
        return await store.opened_between(reads, start, end)

    async def members(self, reads: Reads, quiz_id: int) -> frozenset[int]:
        """Everybody who answered one."""
        return await answer_store.members(reads, quiz_id)

    async def figures(self, reads: Reads, quiz_id: int) -> Figures:
        """Who took part, and what the prizes cost (whole rupiah)."""
        quiz = await store.get(reads, quiz_id)
        if quiz is None:
            return Figures()
        took_part = (await answer_store.turnout(reads, quiz_id)).members
        amount = quiz.terms.prize.amount if quiz.terms.prize else None
        won = sum(one.won_in is not None for one in await answer_store.results(reads, quiz_id))
        return Figures(took_part=took_part, spent=amount * won if amount else None)


def spec_of(order: ActivityOrder) -> QuizSpec:
    """The quiz that an entry of the calendar stands for."""
    prize = None
    if order.prize:
        prize = QuizPrize(worded(order.prize.description, order.prize.amount), order.prize.amount)
    winners = order.prize.winners if order.prize and order.prize.winners else 1
    terms = Terms(
        one_line(order.title)[:TITLE_LENGTH] or "Kuis",
        way=Way(order.way.value),
        winners=min(winners, MOST_WINNERS),
        prize=prize,
        open_seconds=order.open_seconds,
    )
    big_words = one_line(order.big_words)[:BIG_WORDS_LENGTH]
    questions = [
        Question(
            QuestionKind.OPEN,
            tidy(asked.text)[:PROMPT_LENGTH],
            big_words,
            accepted=tuple(answer[:LONGEST] for answer in map(one_line, asked.answers) if answer)[:MOST_ACCEPTED],
        )
        for asked in order.questions[:MOST_QUESTIONS]
        if asked.text.strip()
    ]
    if not questions:
        questions = [Question(QuestionKind.OPEN, tidy(order.text)[:PROMPT_LENGTH] or terms.title, big_words)]
    legal = Legal(LegalKind(order.legal.value), order.permit or None) if order.legal else None
    return QuizSpec(terms, tuple(questions), legal=legal)
