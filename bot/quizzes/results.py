"""How a quiz ends: winners, points and prizes, computed once; answers accepted by hand; prizes passed on."""

from collections.abc import Callable, Sequence

from bot.giveaways.models import LegalKind
from bot.platform import audit
from bot.platform.audit import SYSTEM, Actor
from bot.platform.clock import Clock
from bot.platform.database import Database, UnitOfWork
from bot.platform.errors import DomainError, NotFound
from bot.platform.messages import Message
from bot.platform.outbox import Kind, Outbox
from bot.platform.text import one_line
from bot.prizes.models import Payout, Prize, PrizeSource
from bot.prizes.service import PrizeService
from bot.quizzes import answer_store, messages, result_messages, rules, season_rules, season_store, store
from bot.quizzes.models import Answer, Entry, Question, Quiz, QuizState, Result, Way
from bot.server.models import ChannelKey
from bot.server.service import ServerService

REASON_LENGTH = 300
_DAY = 86_400


class QuizResults:
    """Settles quizzes. `new_seed` gives the seed of a draw; tests pass their own."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        outbox: Outbox,
        server: ServerService,
        prizes: PrizeService,
        new_seed: Callable[[], str],
    ) -> None:
        self._database = database
        self._clock = clock
        self._outbox = outbox
        self._server = server
        self._prizes = prizes
        self._new_seed = new_seed
        prizes.when_unclaimed(PrizeSource.QUIZ, self.pass_on)

    async def of(self, quiz_id: int) -> list[Result]:
        """What came of a closed quiz, in the order in which prizes are given."""
        return await answer_store.results(self._database.read, quiz_id)

    async def of_member(self, quiz_id: int, member_id: int) -> tuple[Result | None, Payout | None]:
        """What came of a member's quiz once it has closed, and their prize."""
        result = next((one for one in await self.of(quiz_id) if one.member_id == member_id), None)
        if result is None or result.won_in is None:
            return result, None
        payouts = await self._prizes.payouts(PrizeSource.QUIZ, quiz_id)
        own = [one for one in payouts if one.member_id == member_id]
        return result, max(own, key=lambda one: one.round, default=None)

    async def settle(self, tx: UnitOfWork, quiz: Quiz, questions: Sequence[Question]) -> Quiz:
        """From `judging` to `closed`: results, points, prizes and the announcement in one unit, exactly once."""
        season = season_rules.season_of(quiz.closed_at or 0, await season_store.named(tx)).key
        finished = await store.finish(tx, quiz.id, self._new_seed(), season)
        if finished is None or finished.seed is None or finished.closed_at is None:
            raise DomainError("Pemenang kuis ini sudah diumumkan.")
        answers = await answer_store.of_quiz(tx, quiz.id)
        ranked = rules.ranking(rules.entries(answers), quiz.terms.way, finished.seed)
        won = {one.member_id for one in rules.winners(ranked, quiz.terms.winners)}
        before = await answer_store.streaks_before(tx, quiz.id, finished.closed_at, season)
        found = [
            _result(quiz.id, rank, one, 1 if one.member_id in won else None, before)
            for rank, one in enumerate(ranked, start=1)
        ]
        await answer_store.save_results(tx, found)
        earned = [
            (one.member_id, kind, number)
            for one in found
            for kind, number in rules.points(one.right, won=one.won_in is not None, streak=one.streak).items()
        ]
        await answer_store.save_points(tx, season, quiz.id, earned, self._clock.timestamp())
        winners = [one for one in found if one.won_in is not None]
        await self._award(tx, finished, [one.member_id for one in winners], 1)
        turnout = await answer_store.turnout(tx, quiz.id)
        names = {answer.member_id: answer.name for answer in answers}
        told = result_messages.results(finished, questions, winners, [names[one.member_id] for one in winners], turnout)
        await self._tell(tx, finished, told, f"quiz:{quiz.id}:winners")
        await self.redraw(tx, finished, questions)
        details: dict[str, object] = {
            "title": quiz.title,
            "members": turnout.members,
            "winners": [one.member_id for one in winners],
            "seed": finished.seed,
        }
        await self._record(tx, SYSTEM, "settled", finished, details)
        return finished

    async def redraw(self, tx: UnitOfWork, quiz: Quiz, questions: Sequence[Question]) -> None:
        """Show the announcement as the quiz now stands."""
        if quiz.announcement_id is not None:
            unanswered = quiz.state is QuizState.CLOSED and not (await answer_store.turnout(tx, quiz.id)).members
            shown = messages.announcement(quiz, questions, unanswered=unanswered)
            await self._outbox.put(tx, Kind.EDIT, quiz.announcement_id, shown)

    async def accept(self, tx: UnitOfWork, actor: Actor, answer_id: int, reason: str) -> tuple[Quiz, Answer, bool]:
        """Count an answer as right by hand, with the reason on record; whether its member has won by it now.

        While the quiz is open or being judged the answer simply counts from now on. After the end the results are
        computed anew: the member gets their points and streak, and a prize where their place is among the first.
        Prizes announced before stay: the member's prize is then one more.
        """
        answer = await answer_store.get(tx, answer_id)
        quiz = await store.get(tx, answer.quiz_id) if answer else None
        if answer is None or quiz is None:
            raise NotFound("Jawaban ini sudah tidak ada, mungkin diganti pemiliknya. Buka lagi daftar jawabannya.")
        reason = one_line(reason)[:REASON_LENGTH]
        rules.check_acceptance(quiz, answer, reason)
        await answer_store.accept(tx, answer_id, actor.id, reason)
        details: dict[str, object] = {"answer": answer_id, "member": answer.member_id, "reason": reason}
        await self._record(tx, actor, "answer_accepted", quiz, details)
        won = quiz.state is QuizState.CLOSED and await self._settle_again(tx, quiz, answer.member_id)
        return quiz, answer, won

    async def _settle_again(self, tx: UnitOfWork, quiz: Quiz, member_id: int) -> bool:
        assert quiz.seed is not None and quiz.closed_at is not None
        ranked = rules.ranking(rules.entries(await answer_store.of_quiz(tx, quiz.id)), quiz.terms.way, quiz.seed)
        known = {one.member_id: one for one in await answer_store.results(tx, quiz.id)}
        first = {one.member_id for one in rules.winners(ranked, quiz.terms.winners)}
        wins_now = member_id in first and known[member_id].won_in is None
        # A round of its own, so that a prize once passed on or lapsed is never mixed up with this one.
        number = 1 + max((one.won_in or 0 for one in known.values()), default=0)
        streaks = {one.member_id: one.streak for one in known.values()}
        await answer_store.save_results(
            tx,
            [
                Result(
                    quiz.id,
                    one.member_id,
                    one.right,
                    one.moment,
                    rank,
                    number if wins_now and one.member_id == member_id else known[one.member_id].won_in,
                    streaks[one.member_id],
                )
                for rank, one in enumerate(ranked, start=1)
            ],
        )
        await self._score_again(tx, quiz, member_id)
        if wins_now:
            await self._award(tx, quiz, [member_id], number)
            await self._tell(
                tx, quiz, result_messages.added_winner(quiz, member_id), f"quiz:{quiz.id}:added:{member_id}"
            )
        return wins_now

    async def _score_again(self, tx: UnitOfWork, quiz: Quiz, member_id: int) -> None:
        """A member's points of the whole season: a quiz that counts now lengthens the streaks after it."""
        assert quiz.season is not None
        streak = 0
        for quiz_id, result in await answer_store.history(tx, member_id, quiz.season):
            streak = rules.streak_after(streak, result.right) if result else 0
            if result is None:
                continue
            await answer_store.set_streak(tx, quiz_id, member_id, streak)
            earned = rules.points(result.right, won=result.won_in is not None, streak=streak)
            rows = [(member_id, kind, number) for kind, number in earned.items()]
            await answer_store.save_points(tx, quiz.season, quiz_id, rows, self._clock.timestamp())

    async def pass_on(self, tx: UnitOfWork, quiz_id: int, member_ids: list[int]) -> None:
        """Prizes that lapsed go to those who came next; where nobody is left staff are told."""
        quiz = await store.get(tx, quiz_id)
        if quiz is None or quiz.state is not QuizState.CLOSED:
            return
        known = await answer_store.results(tx, quiz_id)
        next_ones = [one for one in known if one.right > 0 and one.won_in is None][: len(member_ids)]
        number = 1 + max((one.won_in or 0 for one in known), default=0)
        for one in next_ones:
            await answer_store.set_won(tx, quiz_id, one.member_id, number)
            await self._score_again(tx, quiz, one.member_id)
        members = [one.member_id for one in next_ones]
        if members:
            await self._award(tx, quiz, members, number)
            await self._tell(tx, quiz, result_messages.passed_on(quiz, members), f"quiz:{quiz_id}:passed_on:{number}")
            details: dict[str, object] = {"from": member_ids, "to": members}
            await self._record(tx, SYSTEM, "prize_passed_on", quiz, details)
        if left := len(member_ids) - len(members):
            key = f"quiz:{quiz_id}:nobody_left:{'-'.join(map(str, member_ids))}"
            await self._server.tell(tx, ChannelKey.STAFF, result_messages.nobody_left(quiz, left), dedupe_key=key)

    async def _award(self, tx: UnitOfWork, quiz: Quiz, members: list[int], round_number: int) -> None:
        prize = quiz.terms.prize
        if prize is None or not members:
            return
        await self._prizes.award(
            tx,
            source=PrizeSource.QUIZ,
            source_id=quiz.id,
            winners=members,
            prize=Prize(prize.description, prize.amount),
            claim_until=self._clock.timestamp() + quiz.conditions.claim_days * _DAY,
            by_lot=quiz.terms.way is Way.DRAWN and (quiz.legal is None or quiz.legal.kind is LegalKind.DRAW),
            title=quiz.title,
            round_number=round_number,
        )

    async def _tell(self, tx: UnitOfWork, quiz: Quiz, message: Message, key: str) -> None:
        assert quiz.channel_id is not None
        await self._outbox.put(tx, Kind.CHANNEL, quiz.channel_id, message, dedupe_key=key)

    async def _record(self, tx: UnitOfWork, actor: Actor, what: str, quiz: Quiz, details: dict[str, object]) -> None:
        now = self._clock.timestamp()
        await audit.record(tx, actor, f"quiz.{what}", ("quiz", quiz.id), at=now, details=details)


def _result(quiz_id: int, rank: int, one: Entry, won_in: int | None, before: dict[int, int]) -> Result:
    streak = rules.streak_after(before.get(one.member_id, 0), one.right)
    return Result(quiz_id, one.member_id, one.right, one.moment, rank, won_in, streak)
