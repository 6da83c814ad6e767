"""Cards as Discord files."""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING

import discord

from bot.platform.messages import Message, Picture

if TYPE_CHECKING:
    from bot.app import TSCreatorBot


async def drawn(bot: TSCreatorBot, picture: Picture) -> discord.File:
    """The card of a message, drawn off the event loop, with its alt text."""
    image = None
    if picture.image_file_id is not None:
        image = await bot.services.file_content(picture.image_file_id)
    png, alt = await asyncio.to_thread(bot.cards[picture.card], picture.facts, image)
    return discord.File(io.BytesIO(png), picture.filename, description=alt[:1024])


async def pictures_of(bot: TSCreatorBot, message: Message) -> list[discord.File]:
    """What to pass as `files` when a message is an answer; empty when it has no picture."""
    return [await drawn(bot, message.picture)] if message.picture else []
