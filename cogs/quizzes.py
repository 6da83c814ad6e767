"""Taking part in quizzes: answer, see one's own answers, /peringkat."""

from __future__ import annotations

from typing import Any

from discord import app_commands
from discord.ext import commands

from bot.platform.errors import DomainError, NotAllowed
from bot.quizzes.models import Given, Question, QuestionKind, Quiz
from bot.quizzes.rules import QUESTIONS_A_FORM
from bot.server.models import Access
from cogs import quiz_forms as forms
from cogs import quiz_views as views
from cogs.ui.answers import Interaction, actor, answer, think
from cogs.ui.forms import Answers, FormSpec
from cogs.ui.pictures import pictures_of
from cogs.ui.routing import AreaCog, allow, allowed, check_access, custom_id, form, press


def check_player(interaction: Interaction, quiz: Quiz) -> None:
    """Raise NotAllowed unless this person may take part: in the server, registered where asked for, not staff."""
    if interaction.guild_id is None:
        raise NotAllowed("Kuis hanya bisa dijawab di dalam server TSCreator.")
    if quiz.conditions.creators_only:
        check_access(interaction, Access.CREATOR)
    if allowed(interaction, Access.KOL):
        raise NotAllowed("Tim bisa melihat kunci dan jawaban kuis, jadi tidak ikut menjawab. Biar adil, ya.")


async def _build_answer(cog: QuizzesCog, interaction: Interaction, quiz_id: int, number: int) -> FormSpec:
    whole, given = await cog.bot.services.quiz_answers.may_answer(interaction.user.id, quiz_id)
    check_player(interaction, whole.quiz)
    start = (number - 1) * QUESTIONS_A_FORM
    asked = whole.questions[start : start + QUESTIONS_A_FORM]
    if not whole.quiz.conditions.changeable:
        asked = tuple(question for question in asked if question.id not in given)
    if not asked:
        raise DomainError("Soal bagian ini sudah kamu jawab semua. Lihat jawabanmu lewat tombol Jawabanku.")
    return forms.answer_form(whole.quiz, asked, given, alone=len(whole.questions) == 1)


async def _build_reply(cog: QuizzesCog, interaction: Interaction, question_id: int) -> FormSpec:
    whole, question, before = await cog.bot.services.quiz_answers.may_reply(interaction.user.id, question_id)
    check_player(interaction, whole.quiz)
    return forms.answer_form(whole.quiz, [question], {question_id: before} if before else {}, alone=True)


class QuizzesCog(AreaCog):
    """The members' side of quizzes."""

    def __init__(self, bot: Any) -> None:
        super().__init__(bot)
        bot.cards["quiz"] = views.draw_quiz
        bot.cards["quiz_winners"] = views.draw_winners
        bot.cards["quiz_ranking"] = views.draw_ranking

    @press("quiz:answer:{quiz_id}:{number}", access=Access.EVERYONE)
    async def open_form(self, interaction: Interaction, quiz_id: int, number: int) -> None:
        """ "Jawab": the form, or why not."""
        await self.bot.router.open_form(interaction, custom_id("quiz:answer", quiz_id, number))

    @form("quiz:answer:{quiz_id}:{number}", access=Access.EVERYONE, build=_build_answer)
    async def answered(self, interaction: Interaction, answers: Answers, quiz_id: int, number: int) -> None:
        """The form came back."""
        whole = await self.bot.services.quizzes.whole(quiz_id)
        check_player(interaction, whole.quiz)
        asked = answers.kept()
        given = [_given(question, answers) for question in whole.questions if forms.field_of(question) in asked]
        whole, so_far = await self.bot.services.quiz_answers.answer(
            actor(interaction), interaction.user.display_name, quiz_id, given
        )
        await answer(interaction, views.recorded(whole, so_far))

    @press("quiz:reply:{question_id}", access=Access.EVERYONE)
    async def open_reply(self, interaction: Interaction, question_id: int) -> None:
        """ "Jawab" under a question that comes in turn."""
        await self.bot.router.open_form(interaction, custom_id("quiz:reply", question_id))

    @form("quiz:reply:{question_id}", access=Access.EVERYONE, build=_build_reply)
    async def replied(self, interaction: Interaction, answers: Answers, question_id: int) -> None:
        """The form of one question came back."""
        quiz, question = await self.bot.services.quizzes.question(question_id)
        check_player(interaction, quiz)
        whole, so_far = await self.bot.services.quiz_answers.answer(
            actor(interaction), interaction.user.display_name, quiz.id, [_given(question, answers)]
        )
        await answer(interaction, views.recorded(whole, so_far))

    @press("quiz:pick:{question_id}:{option}", access=Access.EVERYONE)
    async def pick(self, interaction: Interaction, question_id: int, option: int) -> None:
        """A, B, C … under a multiple-choice question."""
        quiz, _ = await self.bot.services.quizzes.question(question_id)
        check_player(interaction, quiz)
        whole, so_far = await self.bot.services.quiz_answers.pick(
            actor(interaction), interaction.user.display_name, question_id, option
        )
        await answer(interaction, views.recorded(whole, so_far))

    @press("quiz:mine:{quiz_id}", access=Access.EVERYONE)
    async def mine(self, interaction: Interaction, quiz_id: int) -> None:
        """ "Jawabanku"."""
        await answer(interaction, views.mine(await self.bot.services.quiz_answers.mine(interaction.user.id, quiz_id)))

    @app_commands.command(name="peringkat", description="Klasemen poin kuis musim ini")
    @app_commands.describe(musim="Musim lain, kalau bukan yang sekarang")
    @allow(Access.EVERYONE)
    async def ranking(self, interaction: Interaction, musim: str = "") -> None:
        """The season's leaderboard as a picture."""
        await think(interaction)
        seasons = self.bot.services.quiz_seasons
        season = await seasons.season(musim)
        message = views.ranking(season, await seasons.leaderboard(season), interaction.user.id)
        await answer(interaction, message, files=await pictures_of(self.bot, message))

    @ranking.autocomplete("musim")
    async def _seasons(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        found = await self.bot.services.quiz_seasons.seasons()
        return [
            app_commands.Choice(name=season.name, value=season.key)
            for season in found
            if current.casefold() in season.name.casefold()
        ][:25]


def _given(question: Question, answers: Answers) -> Given:
    field = forms.field_of(question)
    if question.kind is not QuestionKind.CHOICE:
        return Given(question.id, answers.text(field))
    chosen = answers.choice(field)
    return Given(question.id, option=int(chosen) if chosen is not None and chosen.isdecimal() else None)


async def setup(bot: commands.Bot) -> None:
    """Called by discord.py."""
    await bot.add_cog(QuizzesCog(bot))
