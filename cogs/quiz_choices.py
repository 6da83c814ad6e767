"""Autocomplete on a quiz's title."""

from __future__ import annotations

from collections.abc import Collection

from discord import app_commands

from bot.platform.text import clip
from bot.quizzes.models import QuizState
from bot.server.models import Access
from cogs.ui.answers import Interaction
from cogs.ui.routing import allowed


async def quiz_choices(
    interaction: Interaction, access: Access, current: str, states: Collection[QuizState]
) -> list[app_commands.Choice[str]]:
    """Quizzes that fit what was typed so far; nothing for people without `access`."""
    if not allowed(interaction, access):
        return []
    found = await interaction.client.services.quizzes.suggest(current, states)
    return [
        app_commands.Choice(name=f"{clip(quiz.title, 80)} · {quiz.state.indonesian}", value=f"#{quiz.id}")
        for quiz in found
    ]
