"""Use cases of quizzes: look at them, post, give hints, close, call off.

The content calendar comes in through `from_calendar.CalendarQuizzes`, which uses two of these inside its own unit of
work: `QuizWriting.prepare(tx, actor, QuizSpec(...))` makes a quiz in state `scheduled`, and
`QuizService.post(tx, actor, quiz_id, channel_id, extra=Message | None)` opens it and gives the outbox row of the
announcement (the same row when asked again). `extra` is the caption and card the announcement is built on. DomainError
is a sentence for staff on why it can't be posted.
"""

import re
from collections.abc import Collection, Sequence

from bot.platform import audit, messages
from bot.platform.audit import SYSTEM, Actor
from bot.platform.clock import Clock
from bot.platform.database import Database, Reads, UnitOfWork
from bot.platform.errors import DomainError, NotFound
from bot.platform.messages import Message
from bot.platform.outbox import Kind, Outbox
from bot.platform.scheduler import Scheduler
from bot.platform.scheduler_store import DueItem
from bot.platform.text import clip, named, one_line
from bot.quizzes import answer_store, question_store, result_messages, rules, store
from bot.quizzes import messages as wording
from bot.quizzes.models import CalledOff, Hint, HintSpec, Question, Quiz, QuizState, Turnout
from bot.quizzes.results import REASON_LENGTH, QuizResults
from bot.quizzes.sessions import QuizSessions
from bot.quizzes.whole import Whole
from bot.server.models import ChannelKey
from bot.server.service import ServerService

DEADLINE = "quiz.deadline"
HINT = "quiz.hint"
MOST_SUGGESTIONS = 25
_CHOSEN = re.compile(r"#(\d{1,18})")


class QuizService:
    """The only door to quizzes for cogs and other areas."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        outbox: Outbox,
        scheduler: Scheduler,
        server: ServerService,
        results: QuizResults,
    ) -> None:
        self._database = database
        self._clock = clock
        self._outbox = outbox
        self._scheduler = scheduler
        self._server = server
        self._results = results
        self.sessions = QuizSessions(clock, outbox, scheduler, self.close_in)
        scheduler.handles(DEADLINE, self._deadline_is_due)
        scheduler.handles(HINT, self._hint_is_due)

    async def get(self, quiz_id: int, reads: Reads | None = None) -> Quiz:
        """One quiz. Raises NotFound."""
        quiz = await store.get(reads or self._database.read, quiz_id)
        if quiz is None or quiz.state is QuizState.DISCARDED:
            raise NotFound("Kuis ini sudah tidak ada. Pantau channel kuis untuk yang berikutnya, ya.")
        return quiz

    async def whole(self, quiz_id: int, reads: Reads | None = None) -> Whole:
        """One quiz with questions and hints. Raises NotFound."""
        source = reads or self._database.read
        quiz = await self.get(quiz_id, source)
        return Whole(
            quiz,
            tuple(await question_store.questions(source, quiz_id)),
            tuple(await question_store.hints(source, quiz_id)),
        )

    async def question(self, question_id: int, reads: Reads | None = None) -> tuple[Quiz, Question]:
        """A question with its quiz. Raises NotFound."""
        source = reads or self._database.read
        found = await question_store.question_of(source, question_id)
        if found is None:
            raise NotFound("Soal ini sudah tidak ada. Buka lagi kuisnya, ya.")
        return await self.get(found[0], source), found[1]

    async def all_quizzes(self, *, limit: int, offset: int = 0) -> tuple[list[Quiz], int]:
        """Every quiz for staff, those under way first, and how many there are."""
        return await store.newest(self._database.read, limit, offset), await store.count_all(self._database.read)

    async def turnout(self, quiz_id: int) -> Turnout:
        """How many took part. For staff only while the quiz is open."""
        return await answer_store.turnout(self._database.read, quiz_id)

    async def suggest(self, part: str, states: Collection[QuizState]) -> list[Quiz]:
        """Up to 25 quizzes for autocomplete, by part of the title."""
        return await store.titled(self._database.read, part.strip(), states, MOST_SUGGESTIONS)

    async def chosen(self, text: str, states: Collection[QuizState]) -> Quiz:
        """The quiz somebody means: `#12` as autocomplete fills in, or its title. Raises DomainError."""
        match = _CHOSEN.fullmatch(text.strip())
        quiz = await store.get(self._database.read, int(match[1])) if match else None
        if quiz is None:
            found = await self.suggest(text, states)
            exact = [item for item in found if item.title.casefold() == text.strip().casefold()] or found
            if len(exact) > 1:
                raise DomainError("Ada beberapa kuis dengan judul itu. Pilih salah satu dari daftar yang muncul.")
            quiz = exact[0] if exact else None
        if quiz is None or quiz.state not in states:
            raise NotFound("Kuis itu tidak ditemukan. Pilih dari daftar yang muncul saat kamu mengetik judulnya.")
        return quiz

    async def publish(self, actor: Actor, quiz_id: int, revision: int) -> Quiz:
        """Post a draft in the quiz channel as it was previewed (`revision`), once."""
        async with self._database.unit() as tx:
            quiz = await self.get(quiz_id, tx)
            if not quiz.unposted:
                raise DomainError(f"Kuis ini sudah ditayangkan <t:{quiz.opened_at}:R>, jadi tidak ditayangkan lagi.")
            if quiz.revision != revision:
                raise DomainError("Kuis ini sudah diubah sejak pratinjau itu. Buka yang terbaru lewat /kuis daftar.")
            channel_id = self._server.places.channel(ChannelKey.QUIZZES)
            if channel_id is None:
                raise DomainError("Channel kuis belum diatur. Minta admin menjalankan /pengaturan siapkan dulu.")
            await self.post(tx, actor, quiz_id, channel_id)
            return await self.get(quiz_id, tx)

    async def post(
        self, tx: UnitOfWork, actor: Actor, quiz_id: int, channel_id: int, *, extra: Message | None = None
    ) -> int:
        """Post a prepared quiz inside the caller's unit of work; see the head of this file."""
        whole = await self.whole(quiz_id, tx)
        if whole.quiz.announcement_id is not None:
            return whole.quiz.announcement_id
        rules.check_unposted(whole.quiz)
        if whole.missing:
            raise DomainError(f"{named('Kuis', clip(whole.quiz.title, 80))} belum siap: {' '.join(whole.missing)}")
        now = self._clock.timestamp()
        closes_at = rules.closing_time(whole.quiz, len(whole.questions), now)
        # The announcement tells when it closes, so it is put once the row knows; its id is filled in right after.
        opened = await store.open_quiz(
            tx, quiz_id, channel_id, messages.to_json(extra) if extra else None, now, closes_at
        )
        row_id = await self._outbox.put(
            tx,
            Kind.CHANNEL,
            channel_id,
            wording.announcement(opened, whole.questions),
            dedupe_key=f"quiz:{quiz_id}:announcement",
        )
        assert row_id is not None, "a quiz is opened once"
        await store.set_announcement(tx, quiz_id, row_id)
        if opened.pacing.in_turn:
            await self.sessions.begin(tx, opened, whole.questions)
        else:
            await self._scheduler.at(tx, DEADLINE, quiz_id, closes_at)
        await self.plan_hints(tx, opened, whole.hints)
        await self.record(tx, actor, "posted", opened)
        return row_id

    async def unsay(self, tx: UnitOfWork, quiz_id: int) -> None:
        """Take back an open quiz whose announcement never reached Discord; nothing is said of it."""
        whole = await self.whole(quiz_id, tx)
        if whole.quiz.state is QuizState.OPEN:
            await self._stop(tx, whole)
            await self.record(tx, SYSTEM, "unsaid", await store.set_state(tx, quiz_id, QuizState.DISCARDED))
        await self._outbox.take_back(tx, f"quiz:{quiz_id}:")

    async def close(self, actor: Actor, quiz_id: int) -> Quiz:
        """Close by hand."""
        async with self._database.unit() as tx:
            quiz = await self.get(quiz_id, tx)
            rules.check_closing(quiz)
            await self.close_in(tx, actor, quiz)
            return await self.get(quiz_id, tx)

    async def close_in(self, tx: UnitOfWork, actor: Actor, quiz: Quiz) -> None:
        """Take no more answers; settle at once where every question has a key or nobody came, else ask staff."""
        closed = await store.close(tx, quiz.id, actor.id, self._clock.timestamp())
        if closed is None:
            return
        whole = await self.whole(quiz.id, tx)
        await self._stop(tx, whole)
        await self.record(tx, actor, "closed", closed)
        turnout = await answer_store.turnout(tx, quiz.id)
        # Where nobody took part there is nothing to judge.
        if not turnout.members or all(question.has_key for question in whole.asked):
            await self._results.settle(tx, closed, whole.asked)
            return
        await self._results.redraw(tx, closed, whole.questions)
        note = result_messages.judging_note(closed, turnout)
        await self._server.tell(tx, ChannelKey.STAFF, note, dedupe_key=f"quiz:{quiz.id}:judging")

    async def settle(self, actor: Actor, quiz_id: int) -> Quiz:
        """Staff have judged: announce the winners."""
        async with self._database.unit() as tx:
            whole = await self.whole(quiz_id, tx)
            if whole.quiz.state is not QuizState.JUDGING:
                raise DomainError("Kuis ini tidak sedang dinilai. Lihat keadaannya lewat /kuis daftar.")
            await self.record(tx, actor, "judged", whole.quiz)
            return await self._results.settle(tx, whole.quiz, whole.asked)

    async def call_off(self, actor: Actor, quiz_id: int, reason: str) -> Quiz:
        """End a posted quiz without winners, points or prizes; members read the reason. Raises DomainError."""
        reason = one_line(reason)[:REASON_LENGTH]
        async with self._database.unit() as tx:
            whole = await self.whole(quiz_id, tx)
            rules.check_calling_off(whole.quiz, reason)
            quiz = await store.call_off(tx, quiz_id, CalledOff(self._clock.timestamp(), actor.id, reason))
            assert quiz is not None and quiz.channel_id is not None, "checked in this unit of work"
            await self._stop(tx, Whole(quiz, whole.questions, whole.hints))
            await self._results.redraw(tx, quiz, whole.questions)
            said = result_messages.called_off(quiz, await answer_store.turnout(tx, quiz_id))
            await self._outbox.put(tx, Kind.CHANNEL, quiz.channel_id, said, dedupe_key=f"quiz:{quiz_id}:called_off")
            await self.record(tx, actor, "called_off", quiz, {"reason": reason})
        return quiz

    async def plan_hints(self, tx: UnitOfWork, quiz: Quiz, hints: Sequence[Hint]) -> None:
        """Have hints shown at their time after the post."""
        assert quiz.opened_at is not None
        for hint in hints:
            await self._scheduler.at(tx, HINT, hint.id, quiz.opened_at + hint.spec.after_seconds)

    async def drop_hints(self, tx: UnitOfWork, hints: Sequence[Hint]) -> None:
        """Have hints not shown."""
        for hint in hints:
            await self._scheduler.cancel(tx, HINT, hint.id)

    async def replace_hints(self, tx: UnitOfWork, whole: Whole, hints: Sequence[HintSpec], now: int) -> None:
        """Overwrite the hints that are still to come, and have the new ones shown at their time."""
        shown = len(whole.shown_hints(now))
        await self.drop_hints(tx, whole.hints[shown:])
        await question_store.replace_hints(tx, whole.quiz.id, hints, shown)
        if whole.quiz.opened_at is not None:
            await self.plan_hints(tx, whole.quiz, (await question_store.hints(tx, whole.quiz.id))[shown:])

    async def move_closing(self, tx: UnitOfWork, quiz_id: int, closes_at: int) -> Quiz:
        """Have an open quiz close at another instant."""
        await self._scheduler.cancel(tx, DEADLINE, quiz_id)
        await self._scheduler.at(tx, DEADLINE, quiz_id, closes_at)
        return await store.save_closing(tx, quiz_id, closes_at)

    async def redraw(self, tx: UnitOfWork, quiz_id: int) -> None:
        """Show the posts of a posted quiz as they now should be."""
        whole = await self.whole(quiz_id, tx)
        await self._results.redraw(tx, whole.quiz, whole.questions)
        for question in whole.asked:
            await self.sessions.redraw(tx, whole.quiz, question, len(whole.questions))

    async def _stop(self, tx: UnitOfWork, whole: Whole) -> None:
        await self._scheduler.cancel(tx, DEADLINE, whole.quiz.id)
        await self.drop_hints(tx, whole.hints)
        if whole.quiz.pacing.in_turn:
            await self.sessions.stop(tx, whole.quiz, whole.questions)

    async def _deadline_is_due(self, tx: UnitOfWork, item: DueItem) -> None:
        quiz = await store.get(tx, item.subject_id)
        if quiz is None or quiz.closes_at is None or quiz.closes_at > self._clock.timestamp():
            return
        await self.close_in(tx, SYSTEM, quiz)

    async def _hint_is_due(self, tx: UnitOfWork, item: DueItem) -> None:
        hint = await question_store.hint(tx, item.subject_id)
        quiz = await store.get(tx, hint.quiz_id) if hint else None
        # After a time offline a hint may fall due when nobody can answer any more.
        if hint is None or quiz is None or not rules.takes_answers(quiz, self._clock.timestamp()):
            return
        assert quiz.channel_id is not None
        key = f"quiz:{quiz.id}:hint:{hint.number}"
        await self._outbox.put(tx, Kind.CHANNEL, quiz.channel_id, wording.hint(quiz, hint), dedupe_key=key)

    async def record(
        self, tx: UnitOfWork, actor: Actor, what: str, quiz: Quiz, details: dict[str, object] | None = None
    ) -> None:
        """Note in the audit what was done with a quiz."""
        # Neither questions nor answers: the audit is read by people who may want to take part.
        told = {"title": quiz.title, **(details or {})}
        await audit.record(tx, actor, f"quiz.{what}", ("quiz", quiz.id), at=self._clock.timestamp(), details=told)
