"""Use cases of writing a quiz: every form is saved at once, so that a restart loses nothing."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.platform import stored_files
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.crypto import Vault
from bot.platform.database import Database, UnitOfWork
from bot.platform.errors import DomainError, FormRefused
from bot.platform.files import FileKind, check_upload, clean_image
from bot.platform.stored_files import Sealed
from bot.quizzes import answer_store, question_store, reading, rules, store, times
from bot.quizzes.models import Question, QuestionKind, Quiz, QuizSpec, QuizState
from bot.quizzes.reading import ChoiceForm, ConditionsForm, OpenForm, TermsForm
from bot.quizzes.service import QuizService
from bot.quizzes.silhouette import check_silhouette
from bot.quizzes.times import SessionForm
from bot.quizzes.whole import Whole

# Drawn at up to 460 pixels on the card; twice that is sharp on any screen.
IMAGE_SIDE = 960
# Messages that still wait in the outbox may name the picture that was replaced.
KEEP_REPLACED_SECONDS = 7 * 86_400

Change = Callable[[UnitOfWork, Whole], Awaitable[object]]


class QuizWriting:
    """Drafts, and posted quizzes that nobody has answered yet; what may change later is in `correcting`."""

    def __init__(self, database: Database, clock: Clock, vault: Vault, quizzes: QuizService) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault
        self._quizzes = quizzes

    async def changeable(self, quiz_id: int) -> Whole:
        """A quiz of which everything may be changed. Raises DomainError."""
        whole = await self._quizzes.whole(quiz_id)
        rules.check_change(whole.quiz, await answer_store.any_given(self._database.read, quiz_id))
        return whole

    async def unposted(self, quiz_id: int) -> Quiz:
        """A quiz that may be thrown away. Raises DomainError."""
        quiz = await self._quizzes.get(quiz_id)
        rules.check_unposted(quiz)
        return quiz

    async def create(self, actor: Actor, form: TermsForm) -> Whole:
        """Begin a draft. Raises FormRefused."""
        terms = reading.read_terms(form, self._clock.now())
        async with self._database.unit() as tx:
            quiz = await store.insert(tx, terms, QuizState.DRAFT, actor.id, self._clock.timestamp())
            await self._quizzes.record(tx, actor, "created", quiz)
        return await self._quizzes.whole(quiz.id)

    async def prepare(self, tx: UnitOfWork, actor: Actor, spec: QuizSpec) -> int:
        """Make a quiz that waits to be posted (state `scheduled`) in the caller's unit of work; its id.

        It may still lack something: `QuizService.post` says what, and staff can fill it in meanwhile.
        """
        quiz = await store.insert(tx, spec.terms, QuizState.SCHEDULED, actor.id, self._clock.timestamp())
        await store.save_conditions(tx, quiz.id, spec.conditions)
        await store.save_pacing(tx, quiz.id, spec.pacing)
        if spec.legal is not None:
            await store.save_legal(tx, quiz.id, spec.legal, self._clock.timestamp())
        for question in spec.questions[: rules.MOST_QUESTIONS]:
            await question_store.add_question(tx, quiz.id, question)
        await question_store.replace_hints(tx, quiz.id, spec.hints[: rules.MOST_HINTS])
        await self._quizzes.record(tx, actor, "prepared", quiz)
        return quiz.id

    async def change_terms(self, actor: Actor, quiz_id: int, form: TermsForm) -> Whole:
        """Title, way, winners, prize, when it closes. Raises FormRefused."""

        async def change(tx: UnitOfWork, whole: Whole) -> None:
            quiz = whole.quiz
            terms = reading.read_terms(form, self._clock.now(), quiz.terms.until)
            changed = await store.save_terms(tx, quiz_id, terms)
            if quiz.pacing.in_turn:
                return
            closes_at = terms.until or (quiz.opened_at or self._clock.timestamp()) + terms.open_seconds
            lasts = closes_at - (quiz.opened_at or self._clock.timestamp())
            if whole.hints and whole.hints[-1].spec.after_seconds >= lasts:
                raise FormRefused(["Ditutup: ada petunjuk yang muncul setelah kuis ditutup. Ubah petunjuknya dulu."])
            if changed.state is QuizState.OPEN and closes_at != quiz.closes_at:
                if closes_at <= self._clock.timestamp():
                    raise FormRefused([rules.too_late_to_close(closes_at)])
                await self._quizzes.move_closing(tx, quiz_id, closes_at)

        return await self._change(actor, quiz_id, "terms_changed", change)

    async def change_conditions(self, actor: Actor, quiz_id: int, form: ConditionsForm) -> Whole:
        """The finer rules and the hints that are still to come. Raises FormRefused."""

        async def change(tx: UnitOfWork, whole: Whole) -> None:
            now = self._clock.timestamp()
            shown = whole.shown_hints(now)
            conditions, hints = reading.read_conditions(form, whole.lasts, whole.elapsed(now), len(shown))
            await store.save_conditions(tx, quiz_id, conditions)
            await self._quizzes.replace_hints(tx, whole, hints, now)

        return await self._change(actor, quiz_id, "conditions_changed", change)

    async def change_session(self, actor: Actor, quiz_id: int, form: SessionForm) -> Whole:
        """All questions at once, or one after another; only before it is posted. Raises FormRefused."""
        pacing = times.read_session(form)

        async def change(tx: UnitOfWork, whole: Whole) -> None:
            rules.check_unposted(whole.quiz)
            await store.save_pacing(tx, quiz_id, pacing)

        return await self._change(actor, quiz_id, "session_changed", change)

    async def choose_legal(self, actor: Actor, quiz_id: int, kind: str | None, permit: str) -> Whole:
        """Record what staff say a drawn quiz is before the law, and the permit. Raises FormRefused.

        The permit may be noted late; not what it is, once it is posted and somebody has answered.
        """
        legal = reading.read_legal(kind, permit)
        async with self._database.unit() as tx:
            whole = await self._quizzes.whole(quiz_id, tx)
            if whole.quiz.legal is None or whole.quiz.legal.kind is not legal.kind:
                rules.check_change(whole.quiz, await answer_store.any_given(tx, quiz_id))
            await store.save_legal(tx, quiz_id, legal, self._clock.timestamp())
            details: dict[str, object] = {"legal": legal.kind.value, "permit": legal.permit}
            await self._quizzes.record(tx, actor, "legal_chosen", whole.quiz, details)
            if not whole.quiz.unposted:
                await self._quizzes.redraw(tx, quiz_id)
            return await self._quizzes.whole(quiz_id, tx)

    async def add_open(self, actor: Actor, quiz_id: int, form: OpenForm) -> Whole:
        """One more open question. Raises FormRefused."""
        return await self._add(actor, quiz_id, reading.read_open(form, QuestionKind.OPEN))

    async def add_choice(self, actor: Actor, quiz_id: int, form: ChoiceForm) -> Whole:
        """One more multiple-choice question. Raises FormRefused."""
        return await self._add(actor, quiz_id, reading.read_choice(form))

    async def add_picture(self, actor: Actor, quiz_id: int, form: OpenForm, upload: tuple[str, bytes] | None) -> Whole:
        """One more picture to guess (file name, bytes). Raises FormRefused, FileRefused."""
        question = reading.read_open(form, QuestionKind.PICTURE)
        if upload is None:
            raise FormRefused(["Gambar belum diunggah. Pilih gambar yang akan ditebak."])
        sealed = await asyncio.to_thread(_sealed_picture, self._vault, upload[1])
        return await self._add(actor, quiz_id, question, (upload[0], sealed))

    async def change_question(
        self, actor: Actor, question_id: int, form: OpenForm | ChoiceForm, upload: tuple[str, bytes] | None = None
    ) -> Whole:
        """Write a question anew; a picture stays unless another is uploaded. Raises FormRefused, FileRefused."""
        quiz, known = await self._quizzes.question(question_id)
        sealed = await asyncio.to_thread(_sealed_picture, self._vault, upload[1]) if upload else None
        if isinstance(form, ChoiceForm):
            question = reading.read_choice(form)
        else:
            question = reading.read_open(form, known.kind, known.image_file_id)

        async def change(tx: UnitOfWork, whole: Whole) -> None:
            changed = question
            if sealed is not None and upload is not None:
                await self._expire(tx, known)
                changed = replace(changed, image_file_id=await self._keep(tx, actor, upload[0], sealed))
            await question_store.save_question(tx, question_id, changed)
            await store.touch(tx, quiz.id)

        return await self._change(actor, quiz.id, "question_changed", change)

    async def drop_last_question(self, actor: Actor, quiz_id: int) -> Whole:
        """Take the last question away."""

        async def change(tx: UnitOfWork, whole: Whole) -> None:
            if whole.quiz.state is QuizState.OPEN and len(whole.questions) < 2:
                raise DomainError("Kuis yang sudah tayang perlu paling tidak satu soal. Ubah soalnya, atau batalkan.")
            if whole.asked and whole.quiz.pacing.in_turn and whole.asked[-1] == whole.questions[-1]:
                raise DomainError("Soal terakhir sudah muncul di channel. Ubah soalnya saja.")
            dropped = await question_store.drop_last_question(tx, quiz_id)
            if dropped is None:
                raise DomainError("Belum ada soal yang bisa dihapus.")
            await self._expire(tx, dropped)
            await store.touch(tx, quiz_id)

        return await self._change(actor, quiz_id, "question_dropped", change)

    async def discard(self, actor: Actor, quiz_id: int) -> Quiz:
        """Throw away a quiz that was not posted."""
        async with self._database.unit() as tx:
            whole = await self._quizzes.whole(quiz_id, tx)
            rules.check_unposted(whole.quiz)
            for question in whole.questions:
                await self._expire(tx, question)
            quiz = await store.set_state(tx, quiz_id, QuizState.DISCARDED)
            await self._quizzes.record(tx, actor, "discarded", quiz)
        return quiz

    async def _add(
        self, actor: Actor, quiz_id: int, question: Question, picture: tuple[str, Sealed] | None = None
    ) -> Whole:
        async def change(tx: UnitOfWork, whole: Whole) -> None:
            if len(await question_store.questions(tx, quiz_id)) >= rules.MOST_QUESTIONS:
                raise FormRefused([f"Satu kuis paling banyak {rules.MOST_QUESTIONS} soal."])
            added = question
            if picture is not None:
                added = replace(added, image_file_id=await self._keep(tx, actor, *picture))
            await question_store.add_question(tx, quiz_id, added)
            await store.touch(tx, quiz_id)

        return await self._change(actor, quiz_id, "question_added", change)

    async def _change(self, actor: Actor, quiz_id: int, what: str, change: Change) -> Whole:
        async with self._database.unit() as tx:
            whole = await self._quizzes.whole(quiz_id, tx)
            rules.check_change(whole.quiz, await answer_store.any_given(tx, quiz_id))
            await change(tx, whole)
            await self._quizzes.record(tx, actor, what, whole.quiz)
            changed = await self._quizzes.whole(quiz_id, tx)
            if not changed.quiz.unposted:
                if changed.missing:
                    raise FormRefused(changed.missing)
                await self._quizzes.redraw(tx, quiz_id)
            return changed

    async def _keep(self, tx: UnitOfWork, actor: Actor, filename: str, sealed: Sealed) -> int:
        return await stored_files.keep(
            tx,
            self._vault,
            filename=filename[:100],
            kind=FileKind.IMAGE,
            content=sealed,
            owner_id=actor.id,
            now=self._clock.timestamp(),
        )

    async def _expire(self, tx: UnitOfWork, question: Question) -> None:
        if question.image_file_id is not None:
            expires_at = self._clock.timestamp() + KEEP_REPLACED_SECONDS
            await stored_files.set_expiry(tx, question.image_file_id, expires_at)


def _sealed_picture(vault: Vault, data: bytes) -> Sealed:
    checked = clean_image(check_upload(data, [FileKind.IMAGE]), IMAGE_SIDE)
    check_silhouette(checked.data)
    return stored_files.seal(vault, checked.data)
