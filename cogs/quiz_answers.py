"""What members answered, for staff: look at it, accept one by hand, announce the winners of a judged quiz."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from discord.ext import commands

from bot.server.models import Access
from cogs import quiz_forms as forms
from cogs import quiz_staff_views as views
from cogs.ui.answers import Interaction, actor, answer, redraw
from cogs.ui.confirming import confirm
from cogs.ui.forms import Answers, FormSpec
from cogs.ui.paging import Page, show_list
from cogs.ui.routing import AreaCog, choose, custom_id, form, press

KOL = Access.KOL
PER_PAGE = 12


async def _build_acceptance(cog: QuizAnswersCog, interaction: Interaction, answer_id: int) -> FormSpec:
    return forms.acceptance_form(await cog.bot.services.quiz_answers.get(answer_id))


class QuizAnswersCog(AreaCog):
    """Answers, for staff only."""

    def __init__(self, bot: Any) -> None:
        super().__init__(bot)
        bot.lists["quiz.answers"] = (KOL, self._answers_page)

    @press("quiz:answers:{quiz_id}", access=KOL)
    async def answers(self, interaction: Interaction, quiz_id: int) -> None:
        """What members answered, from a button."""
        await show_list(interaction, "quiz.answers", {"quiz": quiz_id, "right": None})

    @press("quiz:settle:{quiz_id}", access=KOL)
    async def settle(self, interaction: Interaction, quiz_id: int) -> None:
        """Ask once: the winners are announced and paid by it."""
        whole = await self.bot.services.quizzes.whole(quiz_id)
        turnout = await self.bot.services.quizzes.turnout(quiz_id)
        question = f"Umumkan pemenang **{whole.quiz.title}**? Sejauh ini {turnout.all_right} orang benar semua."
        await confirm(interaction, question, custom_id("quiz:settle-yes", quiz_id), "Ya, umumkan")

    @press("quiz:settle-yes:{quiz_id}", access=KOL)
    async def settle_now(self, interaction: Interaction, quiz_id: int) -> None:
        """The yes."""
        quiz = await self.bot.services.quizzes.settle(actor(interaction), quiz_id)
        await redraw(interaction, f"Pemenang **{quiz.title}** diumumkan di <#{quiz.channel_id}>.")

    @choose("quiz:accept", access=KOL)
    async def choose_answer(self, interaction: Interaction, values: list[str]) -> None:
        """Open the form that asks why."""
        await self.bot.router.open_form(interaction, custom_id("quiz:accept", int(values[0])))

    @form("quiz:accept:{answer_id}", access=KOL, build=_build_acceptance)
    async def accept(self, interaction: Interaction, answers: Answers, answer_id: int) -> None:
        """Count it as right, with the reason on record."""
        quiz, accepted, won = await self.bot.services.quiz_answers.accept(
            actor(interaction), answer_id, answers.text("reason")
        )
        await answer(interaction, views.accepted(quiz, accepted, won=won))

    async def _answers_page(self, query: Mapping[str, Any], number: int) -> Page:
        services = self.bot.services
        whole = await services.quizzes.whole(query["quiz"])
        offset = (number - 1) * PER_PAGE
        found, total = await services.quiz_answers.given(query["quiz"], query["right"], limit=PER_PAGE, offset=offset)
        turnout = await services.quizzes.turnout(query["quiz"])
        message = views.answers(whole, found, offset + 1, total, turnout)
        return Page(message, number, max(1, -(-total // PER_PAGE)))


async def setup(bot: commands.Bot) -> None:
    """Called by discord.py."""
    await bot.add_cog(QuizAnswersCog(bot))
