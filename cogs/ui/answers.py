"""The one way to answer an interaction, whatever has been answered before."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import aiohttp
import discord

from bot.platform.audit import Actor
from bot.platform.messages import Message
from cogs.ui.views import as_embed, as_select, as_view

if TYPE_CHECKING:
    from bot.app import TSCreatorBot

    Interaction = discord.Interaction[TSCreatorBot]
else:
    Interaction = discord.Interaction


ALREADY_ANSWERED = 40060
# In `Interaction.extras`, for an answer that arrived although discord.py has not learnt so.
_ANSWERED = "answered"


def actor(interaction: Interaction) -> Actor:
    """Who acts, for the audit."""
    return Actor(interaction.user.id, interaction.id)


def is_answered(interaction: Interaction) -> bool:
    """Whether the one first answer has been given."""
    return interaction.response.is_done() or _ANSWERED in interaction.extras


async def respond(interaction: Interaction, send: Callable[[], Awaitable[object]]) -> None:
    """Give the first answer by `send`, and once more when the connection breaks on the way.

    Discord takes one answer to an interaction, so nobody sees two: "already acknowledged" means the lost one arrived.
    """
    try:
        try:
            await send()
        except aiohttp.ClientError:
            await send()
    except discord.HTTPException as fault:
        if fault.code != ALREADY_ANSWERED:
            raise
        interaction.extras[_ANSWERED] = True


async def think(interaction: Interaction, *, ephemeral: bool = True) -> None:
    """Tell Discord that the answer takes longer than a moment; the person sees "sedang berpikir"."""
    if not is_answered(interaction):
        await respond(interaction, lambda: interaction.response.defer(ephemeral=ephemeral, thinking=True))


async def hold(interaction: Interaction) -> None:
    """Like `think`, where the message whose button or form was used is going to be redrawn: no new message appears."""
    if not is_answered(interaction):
        await respond(interaction, interaction.response.defer)


async def answer(
    interaction: Interaction, message: Message | str, *, ephemeral: bool = True, files: list[discord.File] | None = None
) -> None:
    """Answer, or add to the answer given before."""
    arguments = payload(message)
    if files:
        arguments["files"] = files
    if is_answered(interaction):
        await interaction.followup.send(**arguments, ephemeral=ephemeral)
        return

    async def send() -> None:
        _rewind(files)
        await interaction.response.send_message(**arguments, ephemeral=ephemeral)

    await respond(interaction, send)


async def redraw(interaction: Interaction, message: Message | str, *, files: list[discord.File] | None = None) -> None:
    """Change the message whose button was pressed. Attachments are replaced by `files`."""
    arguments = payload(message)
    arguments.setdefault("embed", None)
    arguments.setdefault("view", None)
    arguments["attachments"] = files or []
    if is_answered(interaction):
        await interaction.edit_original_response(**arguments)
        return

    async def send() -> None:
        _rewind(files)
        await interaction.response.edit_message(**arguments)

    await respond(interaction, send)


def _rewind(files: list[discord.File] | None) -> None:
    """A file that a broken attempt has read is read from its beginning again."""
    for file in files or ():
        file.reset()


def payload(message: Message | str) -> dict[str, Any]:
    """A message as keyword arguments of discord.py's senders."""
    if isinstance(message, str):
        return {"content": message, "allowed_mentions": discord.AllowedMentions.none()}
    arguments: dict[str, Any] = {
        "content": message.content or None,
        "allowed_mentions": discord.AllowedMentions(
            everyone=False,
            users=[discord.Object(user) for user in message.ping_users],
            roles=[discord.Object(role) for role in message.ping_roles],
        ),
    }
    embed = as_embed(message)
    if embed is not None:
        arguments["embed"] = embed
    view = as_view(message.buttons, *map(as_select, message.selects))
    if view is not None:
        arguments["view"] = view
    return arguments
