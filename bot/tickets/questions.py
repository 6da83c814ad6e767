"""The questions of each stage's form; staff change them."""

import json
from pathlib import Path
from typing import Final

from bot.platform import audit
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.database import Database, UnitOfWork
from bot.platform.errors import ConfigurationError, DomainError, NotFound
from bot.tickets import question_store as store
from bot.tickets import reading
from bot.tickets.models import Question, Stage

FILE: Final = Path(__file__).resolve().parents[2] / "data" / "ticket_stages.json"


class TicketQuestions:
    """Keeps what is asked."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def load(self, path: Path = FILE) -> None:
        """Begin with the questions of the file, unless there are any. Raises ConfigurationError."""
        if await store.any_ever(self._database.read):
            return
        try:
            raw = json.loads(path.read_text(encoding="utf-8"))
            wanted = [(Stage(stage), item) for stage, items in raw.items() for item in items]
            async with self._database.unit() as tx:
                for stage, item in wanted:
                    label, hint = reading.read_question(item["label"], item["hint"])
                    await store.insert(tx, stage, label, hint, required=item["required"], paragraph=item["paragraph"])
        except (OSError, ValueError, KeyError, TypeError, DomainError) as error:
            raise ConfigurationError(f"{path.name} tidak bisa dipakai: {error}.") from None

    async def of_stage(self, stage: Stage) -> list[Question]:
        """What a stage's form asks; never more than fit."""
        return (await store.of_stage(self._database.read, stage))[: reading.MOST_QUESTIONS]

    async def get(self, question_id: int) -> Question:
        """One question. Raises NotFound."""
        question = await store.get(self._database.read, question_id)
        if question is None:
            raise NotFound("Pertanyaan ini sudah dihapus. Buka lagi daftarnya dengan /tiket-admin pertanyaan.")
        return question

    async def add(
        self, actor: Actor, stage: Stage, label: str, hint: str, *, required: bool, paragraph: bool
    ) -> Question:
        """Ask one more. Raises DomainError."""
        label, hint = reading.read_question(label, hint)
        async with self._database.unit() as tx:
            if len(await store.of_stage(tx, stage)) >= reading.MOST_QUESTIONS:
                raise DomainError(
                    f"Satu formulir memuat paling banyak {reading.MOST_QUESTIONS} pertanyaan (batas Discord). "
                    "Hapus atau ubah salah satu dulu."
                )
            question = await store.insert(tx, stage, label, hint, required=required, paragraph=paragraph)
            await self._record(tx, actor, "added", question)
        return question

    async def change(
        self, actor: Actor, question_id: int, label: str, hint: str, *, required: bool, paragraph: bool
    ) -> Question:
        """Ask it otherwise. Raises DomainError."""
        label, hint = reading.read_question(label, hint)
        async with self._database.unit() as tx:
            question = await store.save(tx, question_id, label, hint, required=required, paragraph=paragraph)
            if question is None:
                raise NotFound("Pertanyaan ini sudah dihapus.")
            await self._record(tx, actor, "changed", question)
        return question

    async def remove(self, actor: Actor, question_id: int) -> Question:
        """Ask it no more; a form keeps at least one question. Raises DomainError."""
        async with self._database.unit() as tx:
            question = await store.remove(tx, question_id, self._clock.timestamp())
            if question is None:
                raise NotFound("Pertanyaan ini sudah dihapus.")
            if not await store.of_stage(tx, question.stage):
                raise DomainError("Setiap tahap butuh minimal satu pertanyaan. Tambah yang baru dulu, lalu hapus ini.")
            await self._record(tx, actor, "removed", question)
        return question

    async def _record(self, tx: UnitOfWork, actor: Actor, what: str, question: Question) -> None:
        await audit.record(
            tx,
            actor,
            f"ticket_question.{what}",
            ("ticket_question", question.id),
            at=self._clock.timestamp(),
            details={"stage": question.stage.value, "label": question.label},
        )
