"""/kuis for writing, posting and closing quizzes. More of it is in quiz_desk; what members answered in quiz_answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from discord import app_commands

from bot.platform.files import refuse_oversize
from bot.quizzes.models import QuestionKind, Quiz, QuizState
from bot.quizzes.whole import Whole
from bot.server.models import Access, ChannelKey
from cogs import quiz_forms as forms
from cogs import quiz_staff_views as views
from cogs.quiz_choices import quiz_choices
from cogs.quiz_desk import QuizDesk
from cogs.quiz_group import kuis
from cogs.ui.answers import Interaction, actor, answer, hold, redraw, think
from cogs.ui.confirming import confirm
from cogs.ui.forms import Answers, FormSpec
from cogs.ui.paging import Page, show_list
from cogs.ui.pictures import pictures_of
from cogs.ui.routing import allow, choose, custom_id, form, press

KOL = Access.KOL
PER_PAGE = 8
OPEN = (QuizState.OPEN,)
POSTED = (QuizState.OPEN, QuizState.JUDGING, QuizState.CLOSED)
_SHOW = {"semua": None, "benar": True, "salah": False}


async def _build_new(cog: QuizStaff, interaction: Interaction) -> FormSpec:
    return forms.terms_form(None)


async def _build_terms(cog: QuizStaff, interaction: Interaction, quiz_id: int) -> FormSpec:
    return forms.terms_form((await cog.bot.services.quiz_writing.changeable(quiz_id)).quiz.terms)


async def _build_conditions(cog: QuizStaff, interaction: Interaction, quiz_id: int) -> FormSpec:
    whole = await cog.bot.services.quiz_writing.changeable(quiz_id)
    return forms.conditions_form(whole, cog.bot.services.clock.timestamp())


async def _build_open(cog: QuizStaff, interaction: Interaction, quiz_id: int) -> FormSpec:
    await cog.bot.services.quiz_writing.changeable(quiz_id)
    return forms.question_form(QuestionKind.OPEN)


async def _build_choice(cog: QuizStaff, interaction: Interaction, quiz_id: int) -> FormSpec:
    await cog.bot.services.quiz_writing.changeable(quiz_id)
    return forms.question_form(QuestionKind.CHOICE)


async def _build_picture(cog: QuizStaff, interaction: Interaction, quiz_id: int) -> FormSpec:
    await cog.bot.services.quiz_writing.changeable(quiz_id)
    return forms.question_form(QuestionKind.PICTURE)


async def _build_question(cog: QuizStaff, interaction: Interaction, question_id: int) -> FormSpec:
    quiz, question = await cog.bot.services.quizzes.question(question_id)
    await cog.bot.services.quiz_writing.changeable(quiz.id)
    return forms.question_form(question.kind, question)


class QuizStaff(QuizDesk):
    """The staff's side of quizzes."""

    @kuis.command(name="buat", description="Tulis kuis baru; drafnya tersimpan di setiap langkah")
    @allow(KOL)
    async def create(self, interaction: Interaction) -> None:
        """The first form."""
        await self.bot.router.open_form(interaction, custom_id("quiz:new"))

    @kuis.command(name="daftar", description="Semua kuis: draf, dibuka, dinilai, selesai")
    @allow(KOL)
    async def list_all(self, interaction: Interaction) -> None:
        """Every quiz."""
        await show_list(interaction, "quiz.all", {})

    @kuis.command(name="tutup", description="Tutup kuis sebelum waktunya dan umumkan pemenangnya")
    @app_commands.describe(judul="Ketik sebagian judul, lalu pilih")
    @allow(KOL)
    async def close_command(self, interaction: Interaction, judul: str) -> None:
        """Ask once."""
        await self._ask_to_close(interaction, await self.bot.services.quizzes.chosen(judul, OPEN))

    @kuis.command(name="jawaban", description="Lihat semua jawaban dan terima yang seharusnya benar")
    @app_commands.describe(judul="Ketik sebagian judul, lalu pilih", tampilkan="Semua, hanya yang benar, atau salah")
    @app_commands.choices(tampilkan=[app_commands.Choice(name=name.capitalize(), value=name) for name in _SHOW])
    @allow(KOL)
    async def answers_command(self, interaction: Interaction, judul: str, tampilkan: str = "semua") -> None:
        """What members answered."""
        quiz = await self.bot.services.quizzes.chosen(judul, POSTED)
        await show_list(interaction, "quiz.answers", {"quiz": quiz.id, "right": _SHOW[tampilkan]})

    @close_command.autocomplete("judul")
    async def _open_titles(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        return await quiz_choices(interaction, KOL, current, OPEN)

    @answers_command.autocomplete("judul")
    async def _posted_titles(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        return await quiz_choices(interaction, KOL, current, POSTED)

    @choose("quiz:manage", access=KOL)
    async def manage(self, interaction: Interaction, values: list[str]) -> None:
        """One quiz of the list: its panel, or how it stands."""
        await self.show_panel(interaction, int(values[0]))

    @form("quiz:new", access=KOL, build=_build_new)
    async def created(self, interaction: Interaction, answers: Answers) -> None:
        """The first form makes a draft."""
        made = await self.bot.services.quiz_writing.create(actor(interaction), forms.read_terms(answers))
        await self.show_panel(interaction, made.quiz.id)

    @press("quiz:terms:{quiz_id}", access=KOL)
    async def write_terms(self, interaction: Interaction, quiz_id: int) -> None:
        """Open the first form again."""
        await self.bot.router.open_form(interaction, custom_id("quiz:terms", quiz_id))

    @form("quiz:terms:{quiz_id}", access=KOL, build=_build_terms)
    async def terms_written(self, interaction: Interaction, answers: Answers, quiz_id: int) -> None:
        """Title, way, winners, prize, time open."""
        writing = self.bot.services.quiz_writing
        await self.reshow(
            interaction, await writing.change_terms(actor(interaction), quiz_id, forms.read_terms(answers))
        )

    @press("quiz:conditions:{quiz_id}", access=KOL)
    async def write_conditions(self, interaction: Interaction, quiz_id: int) -> None:
        """Open the form of the finer rules."""
        await self.bot.router.open_form(interaction, custom_id("quiz:conditions", quiz_id))

    @form("quiz:conditions:{quiz_id}", access=KOL, build=_build_conditions)
    async def conditions_written(self, interaction: Interaction, answers: Answers, quiz_id: int) -> None:
        """The finer rules and hints."""
        writing = self.bot.services.quiz_writing
        filled = forms.read_conditions(answers)
        await self.reshow(interaction, await writing.change_conditions(actor(interaction), quiz_id, filled))

    @press("quiz:add-open:{quiz_id}", access=KOL)
    async def write_open(self, interaction: Interaction, quiz_id: int) -> None:
        """Open the form of an open question."""
        await self.bot.router.open_form(interaction, custom_id("quiz:add-open", quiz_id))

    @form("quiz:add-open:{quiz_id}", access=KOL, build=_build_open)
    async def open_written(self, interaction: Interaction, answers: Answers, quiz_id: int) -> None:
        """One more open question."""
        writing = self.bot.services.quiz_writing
        await self.reshow(interaction, await writing.add_open(actor(interaction), quiz_id, forms.read_open(answers)))

    @press("quiz:add-choice:{quiz_id}", access=KOL)
    async def write_choice(self, interaction: Interaction, quiz_id: int) -> None:
        """Open the form of a multiple-choice question."""
        await self.bot.router.open_form(interaction, custom_id("quiz:add-choice", quiz_id))

    @form("quiz:add-choice:{quiz_id}", access=KOL, build=_build_choice)
    async def choice_written(self, interaction: Interaction, answers: Answers, quiz_id: int) -> None:
        """One more multiple-choice question."""
        writing = self.bot.services.quiz_writing
        await self.reshow(
            interaction, await writing.add_choice(actor(interaction), quiz_id, forms.read_choice(answers))
        )

    @press("quiz:add-picture:{quiz_id}", access=KOL)
    async def write_picture(self, interaction: Interaction, quiz_id: int) -> None:
        """Open the form of a picture to guess."""
        await self.bot.router.open_form(interaction, custom_id("quiz:add-picture", quiz_id))

    @form("quiz:add-picture:{quiz_id}", access=KOL, build=_build_picture)
    async def picture_written(self, interaction: Interaction, answers: Answers, quiz_id: int) -> None:
        """One more picture to guess. Looking at a large picture takes a moment, so this answers later."""
        await hold(interaction)
        writing, filled, upload = self.bot.services.quiz_writing, forms.read_open(answers), await self._upload(answers)
        await self.reshow(interaction, await writing.add_picture(actor(interaction), quiz_id, filled, upload))

    @choose("quiz:edit-question", access=KOL)
    async def edit_question(self, interaction: Interaction, values: list[str]) -> None:
        """Open a question again."""
        await self.bot.router.open_form(interaction, custom_id("quiz:question", int(values[0])))

    @form("quiz:question:{question_id}", access=KOL, build=_build_question)
    async def question_written(self, interaction: Interaction, answers: Answers, question_id: int) -> None:
        """A question written anew."""
        await hold(interaction)
        _, question = await self.bot.services.quizzes.question(question_id)
        filled, upload = forms.read_question(question.kind, answers), await self._upload(answers)
        writing = self.bot.services.quiz_writing
        await self.reshow(interaction, await writing.change_question(actor(interaction), question_id, filled, upload))

    @press("quiz:drop-question:{quiz_id}", access=KOL)
    async def drop_question(self, interaction: Interaction, quiz_id: int) -> None:
        """Take the last question away."""
        writing = self.bot.services.quiz_writing
        await self.reshow(interaction, await writing.drop_last_question(actor(interaction), quiz_id))

    @press("quiz:publish:{quiz_id}:{revision}", access=KOL)
    async def publish(self, interaction: Interaction, quiz_id: int, revision: int) -> None:
        """Post it, once."""
        quiz = await self.bot.services.quizzes.publish(actor(interaction), quiz_id, revision)
        await redraw(interaction, views.published(quiz, quiz.channel_id))

    @press("quiz:discard:{quiz_id}", access=KOL)
    async def discard(self, interaction: Interaction, quiz_id: int) -> None:
        """Ask once."""
        quiz = await self.bot.services.quiz_writing.unposted(quiz_id)
        question = f"Buang draf kuis **{quiz.title}**? Isinya hilang dan tidak bisa dikembalikan."
        await confirm(interaction, question, custom_id("quiz:discard-yes", quiz_id), "Ya, buang draf")

    @press("quiz:discard-yes:{quiz_id}", access=KOL)
    async def discard_now(self, interaction: Interaction, quiz_id: int) -> None:
        """The yes."""
        quiz = await self.bot.services.quiz_writing.discard(actor(interaction), quiz_id)
        await redraw(interaction, f"Draf kuis **{quiz.title}** dibuang.")

    @press("quiz:close:{quiz_id}", access=KOL)
    async def close(self, interaction: Interaction, quiz_id: int) -> None:
        """Ask once."""
        await self._ask_to_close(interaction, await self.bot.services.quizzes.get(quiz_id))

    @press("quiz:close-yes:{quiz_id}", access=KOL)
    async def close_now(self, interaction: Interaction, quiz_id: int) -> None:
        """The yes."""
        await self.bot.services.quizzes.close(actor(interaction), quiz_id)
        await self.reshow(interaction, await self.bot.services.quizzes.whole(quiz_id))

    async def _ask_to_close(self, interaction: Interaction, quiz: Quiz) -> None:
        question = f"Tutup kuis **{quiz.title}** sekarang? Jawaban baru tidak diterima dan hasilnya langsung dihitung."
        await confirm(interaction, question, custom_id("quiz:close-yes", quiz.id), "Ya, tutup kuis")

    async def _upload(self, answers: Answers) -> tuple[str, bytes] | None:
        for upload in answers.files("picture")[:1]:
            refuse_oversize(upload.size, self.bot.settings.upload_limit_mb * 1024 * 1024)
            return upload.filename, await upload.read()
        return None

    async def _panel(self, whole: Whole) -> views.Message:
        if whole.quiz.unposted:
            return views.panel(whole, self.bot.services.server.places.channel(ChannelKey.QUIZZES))
        return views.status(whole, await self.bot.services.quizzes.turnout(whole.quiz.id))

    async def show_panel(self, interaction: Interaction, quiz_id: int) -> None:
        """A quiz as staff see it: as it will be, or how it stands."""
        await think(interaction)
        message = await self._panel(await self.bot.services.quizzes.whole(quiz_id))
        await answer(interaction, message, files=await pictures_of(self.bot, message))

    async def reshow(self, interaction: Interaction, whole: Whole) -> None:
        """In place of the panel whose button was pressed, so that one panel stays."""
        await hold(interaction)
        message = await self._panel(whole)
        await redraw(interaction, message, files=await pictures_of(self.bot, message))

    async def all_page(self, query: Mapping[str, Any], number: int) -> Page:
        """A page of every quiz."""
        quizzes = self.bot.services.quizzes
        found, total = await quizzes.all_quizzes(limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
        return Page(views.all_quizzes(found, total), number, max(1, -(-total // PER_PAGE)))
