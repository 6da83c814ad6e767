"""Use cases of quizzes: look at them, post, give hints, close.

For the content calendar (see `from_calendar` for what it attaches):
    await quiz_writing.prepare(tx, actor, QuizSpec(...)) -> quiz id, in state `scheduled`, not posted
    await quizzes.post(tx, actor, quiz_id, channel_id, extra=Message|None) -> outbox row of the announcement; posting
        again gives the same row. `extra` is the caption and card the announcement is built on. Raises DomainError with
        a sentence for staff when the quiz can't be posted.
    quizzes.post_for_calendar(tx, order) -> Attached; quizzes.figures(reads, quiz_id) -> Figures
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from bot.platform import audit, messages
from bot.platform.audit import SYSTEM, Actor
from bot.platform.clock import Clock
from bot.platform.database import Database, Reads, UnitOfWork
from bot.platform.errors import DomainError, NotFound
from bot.platform.messages import Message
from bot.platform.outbox import Kind, Outbox
from bot.platform.scheduler import Scheduler
from bot.platform.scheduler_store import DueItem
from bot.quizzes import answer_store, rules, store
from bot.quizzes import messages as wording
from bot.quizzes.models import Hint, Question, Quiz, QuizState, Turnout
from bot.quizzes.results import QuizResults
from bot.server.models import ChannelKey
from bot.server.service import ServerService

DEADLINE = "quiz.deadline"
HINT = "quiz.hint"
MOST_SUGGESTIONS = 25
_CHOSEN = re.compile(r"#(\d{1,18})")


@dataclass(frozen=True, slots=True)
class Whole:
    """A quiz with its questions and hints."""

    quiz: Quiz
    questions: tuple[Question, ...]
    hints: tuple[Hint, ...]

    @property
    def missing(self) -> list[str]:
        """What it still lacks, one sentence each."""
        return rules.missing(self.quiz.terms, self.quiz.conditions, self.questions)


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
        return Whole(quiz, tuple(await store.questions(source, quiz_id)), tuple(await store.hints(source, quiz_id)))

    async def question(self, question_id: int) -> tuple[Quiz, Question]:
        """A question with its quiz. Raises NotFound."""
        found = await store.question_of(self._database.read, question_id)
        if found is None:
            raise NotFound("Soal ini sudah tidak ada. Buka lagi kuisnya, ya.")
        return await self.get(found[0]), found[1]

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
            if not quiz.editable:
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
        rules.check_editable(whole.quiz)
        if whole.missing:
            raise DomainError(f"Kuis {wording.clip(whole.quiz.title, 80)} belum siap: {' '.join(whole.missing)}")
        now = self._clock.timestamp()
        # The announcement tells when it closes, so it is put once the row knows; its id is filled in right after.
        opened = await store.open_quiz(tx, quiz_id, channel_id, messages.to_json(extra) if extra else None, now)
        row_id = await self._outbox.put(
            tx,
            Kind.CHANNEL,
            channel_id,
            wording.announcement(opened, whole.questions),
            dedupe_key=f"quiz:{quiz_id}:announcement",
        )
        assert row_id is not None and opened.closes_at is not None, "a quiz is opened once"
        await store.set_announcement(tx, quiz_id, row_id)
        await self._scheduler.at(tx, DEADLINE, quiz_id, opened.closes_at)
        for hint in whole.hints:
            await self._scheduler.at(tx, HINT, hint.id, now + hint.spec.after_seconds)
        await self._record(tx, actor, "posted", opened)
        return row_id

    async def close(self, actor: Actor, quiz_id: int) -> Quiz:
        """Close by hand."""
        async with self._database.unit() as tx:
            quiz = await self.get(quiz_id, tx)
            rules.check_closing(quiz)
            await self.close_in(tx, actor, quiz)
            return await self.get(quiz_id, tx)

    async def close_in(self, tx: UnitOfWork, actor: Actor, quiz: Quiz) -> None:
        """Take no more answers; settle at once where every question has a key, else ask staff to judge."""
        closed = await store.close(tx, quiz.id, actor.id, self._clock.timestamp())
        if closed is None:
            return
        whole = await self.whole(quiz.id, tx)
        await self._scheduler.cancel(tx, DEADLINE, quiz.id)
        for hint in whole.hints:
            await self._scheduler.cancel(tx, HINT, hint.id)
        await self._record(tx, actor, "closed", closed)
        if all(question.has_key for question in whole.questions):
            await self._results.settle(tx, closed, whole.questions)
            return
        await self._results.redraw(tx, closed, whole.questions)
        note = wording.judging_note(closed, await answer_store.turnout(tx, quiz.id))
        await self._server.tell(tx, ChannelKey.STAFF, note, dedupe_key=f"quiz:{quiz.id}:judging")

    async def settle(self, actor: Actor, quiz_id: int) -> Quiz:
        """Staff have judged: announce the winners."""
        async with self._database.unit() as tx:
            whole = await self.whole(quiz_id, tx)
            if whole.quiz.state is not QuizState.JUDGING:
                raise DomainError("Kuis ini tidak sedang dinilai. Lihat keadaannya lewat /kuis daftar.")
            await self._record(tx, actor, "judged", whole.quiz)
            return await self._results.settle(tx, whole.quiz, whole.questions)

    async def _deadline_is_due(self, tx: UnitOfWork, item: DueItem) -> None:
        quiz = await store.get(tx, item.subject_id)
        if quiz is None or quiz.closes_at is None or quiz.closes_at > self._clock.timestamp():
            return
        await self.close_in(tx, SYSTEM, quiz)

    async def _hint_is_due(self, tx: UnitOfWork, item: DueItem) -> None:
        hint = await store.hint(tx, item.subject_id)
        quiz = await store.get(tx, hint.quiz_id) if hint else None
        # After a time offline a hint may fall due when nobody can answer any more.
        if hint is None or quiz is None or not rules.takes_answers(quiz, self._clock.timestamp()):
            return
        assert quiz.channel_id is not None
        key = f"quiz:{quiz.id}:hint:{hint.number}"
        await self._outbox.put(tx, Kind.CHANNEL, quiz.channel_id, wording.hint(quiz, hint), dedupe_key=key)

    async def _record(self, tx: UnitOfWork, actor: Actor, what: str, quiz: Quiz) -> None:
        await audit.record(
            tx, actor, f"quiz.{what}", ("quiz", quiz.id), at=self._clock.timestamp(), details={"title": quiz.title}
        )
