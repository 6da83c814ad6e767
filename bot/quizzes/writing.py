"""Use cases of writing a quiz: every form is saved at once, so that a restart loses nothing."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.platform import audit, stored_files
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.crypto import Vault
from bot.platform.database import Database, UnitOfWork
from bot.platform.errors import DomainError, FormRefused
from bot.platform.files import FileKind, check_upload, clean_image
from bot.platform.stored_files import Sealed
from bot.quizzes import reading, rules, store
from bot.quizzes.models import Question, QuestionKind, Quiz, QuizSpec, QuizState
from bot.quizzes.reading import ChoiceForm, ConditionsForm, OpenForm, TermsForm
from bot.quizzes.service import QuizService, Whole
from bot.quizzes.silhouette import check_silhouette

# Drawn at up to 460 pixels on the card; twice that is sharp on any screen.
IMAGE_SIDE = 960
# Messages that still wait in the outbox may name the picture that was replaced.
KEEP_REPLACED_SECONDS = 7 * 86_400

Change = Callable[[UnitOfWork, Quiz], Awaitable[object]]


class QuizWriting:
    """Drafts and quizzes that wait for the calendar; what is posted stays as it is."""

    def __init__(self, database: Database, clock: Clock, vault: Vault, quizzes: QuizService) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault
        self._quizzes = quizzes

    async def editable(self, quiz_id: int) -> Whole:
        """A quiz that may still be changed. Raises DomainError."""
        whole = await self._quizzes.whole(quiz_id)
        rules.check_editable(whole.quiz)
        return whole

    async def create(self, actor: Actor, form: TermsForm) -> Whole:
        """Begin a draft. Raises FormRefused."""
        terms = reading.read_terms(form)
        async with self._database.unit() as tx:
            quiz = await store.insert(tx, terms, QuizState.DRAFT, actor.id, self._clock.timestamp())
            await self._record(tx, actor, "created", quiz)
        return await self._quizzes.whole(quiz.id)

    async def prepare(self, tx: UnitOfWork, actor: Actor, spec: QuizSpec) -> int:
        """Make a quiz that waits to be posted (state `scheduled`) in the caller's unit of work; its id.

        It may still lack something: `QuizService.post` says what, and staff can fill it in meanwhile.
        """
        quiz = await store.insert(tx, spec.terms, QuizState.SCHEDULED, actor.id, self._clock.timestamp())
        await store.save_conditions(tx, quiz.id, spec.conditions)
        for question in spec.questions[: rules.MOST_QUESTIONS]:
            await store.add_question(tx, quiz.id, question)
        await store.replace_hints(tx, quiz.id, spec.hints[: rules.MOST_HINTS])
        await self._record(tx, actor, "prepared", quiz)
        return quiz.id

    async def change_terms(self, actor: Actor, quiz_id: int, form: TermsForm) -> Whole:
        """Title, way, winners, prize, time open. Raises FormRefused."""
        terms = reading.read_terms(form)

        async def change(tx: UnitOfWork, quiz: Quiz) -> None:
            hints = await store.hints(tx, quiz_id)
            if hints and hints[-1].spec.after_seconds >= terms.open_seconds:
                raise FormRefused(["Lama kuis: ada petunjuk yang muncul setelah kuis ditutup. Ubah petunjuknya dulu."])
            await store.save_terms(tx, quiz_id, terms)

        return await self._change(actor, quiz_id, "terms_changed", change)

    async def change_conditions(self, actor: Actor, quiz_id: int, form: ConditionsForm) -> Whole:
        """The finer rules and the hints. Raises FormRefused."""

        async def change(tx: UnitOfWork, quiz: Quiz) -> None:
            conditions, hints = reading.read_conditions(form, quiz.terms.open_seconds)
            await store.save_conditions(tx, quiz_id, conditions)
            await store.replace_hints(tx, quiz_id, hints)

        return await self._change(actor, quiz_id, "conditions_changed", change)

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

        async def change(tx: UnitOfWork, quiz: Quiz) -> None:
            changed = question
            if sealed is not None and upload is not None:
                await self._expire(tx, known)
                changed = replace(changed, image_file_id=await self._keep(tx, actor, upload[0], sealed))
            await store.save_question(tx, question_id, changed)
            await store.touch(tx, quiz.id)

        return await self._change(actor, quiz.id, "question_changed", change)

    async def drop_last_question(self, actor: Actor, quiz_id: int) -> Whole:
        """Take the last question away."""

        async def change(tx: UnitOfWork, quiz: Quiz) -> None:
            dropped = await store.drop_last_question(tx, quiz_id)
            if dropped is None:
                raise DomainError("Belum ada soal yang bisa dihapus.")
            await self._expire(tx, dropped)
            await store.touch(tx, quiz_id)

        return await self._change(actor, quiz_id, "question_dropped", change)

    async def discard(self, actor: Actor, quiz_id: int) -> Quiz:
        """Throw away a quiz that was not posted."""
        async with self._database.unit() as tx:
            whole = await self._quizzes.whole(quiz_id, tx)
            rules.check_editable(whole.quiz)
            for question in whole.questions:
                await self._expire(tx, question)
            quiz = await store.set_state(tx, quiz_id, QuizState.DISCARDED)
            await self._record(tx, actor, "discarded", quiz)
        return quiz

    async def _add(
        self, actor: Actor, quiz_id: int, question: Question, picture: tuple[str, Sealed] | None = None
    ) -> Whole:
        async def change(tx: UnitOfWork, quiz: Quiz) -> None:
            if len(await store.questions(tx, quiz_id)) >= rules.MOST_QUESTIONS:
                raise FormRefused([f"Satu kuis paling banyak {rules.MOST_QUESTIONS} soal."])
            added = question
            if picture is not None:
                added = replace(added, image_file_id=await self._keep(tx, actor, *picture))
            await store.add_question(tx, quiz_id, added)
            await store.touch(tx, quiz_id)

        return await self._change(actor, quiz_id, "question_added", change)

    async def _change(self, actor: Actor, quiz_id: int, what: str, change: Change) -> Whole:
        async with self._database.unit() as tx:
            quiz = await self._quizzes.get(quiz_id, tx)
            rules.check_editable(quiz)
            await change(tx, quiz)
            await self._record(tx, actor, what, quiz)
            return await self._quizzes.whole(quiz_id, tx)

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

    async def _record(self, tx: UnitOfWork, actor: Actor, what: str, quiz: Quiz) -> None:
        # Neither questions nor answers: the audit is read by people who may want to take part.
        await audit.record(
            tx, actor, f"quiz.{what}", ("quiz", quiz.id), at=self._clock.timestamp(), details={"title": quiz.title}
        )


def _sealed_picture(vault: Vault, data: bytes) -> Sealed:
    checked = clean_image(check_upload(data, [FileKind.IMAGE]), IMAGE_SIDE)
    check_silhouette(checked.data)
    return stored_files.seal(vault, checked.data)
