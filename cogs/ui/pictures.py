"""Cards and documents as Discord files."""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING

import discord

from bot.platform.messages import Document, Message, Picture

if TYPE_CHECKING:
    from bot.app import TSCreatorBot


async def drawn(bot: TSCreatorBot, picture: Picture) -> discord.File:
    """The card of a message, drawn off the event loop, with its alt text."""
    image = None
    if picture.image_file_id is not None:
        image = await bot.services.file_content(picture.image_file_id)
    png, alt = await asyncio.to_thread(bot.cards[picture.card], picture.facts, image)
    return discord.File(io.BytesIO(png), picture.filename, description=alt[:1024])


async def written(bot: TSCreatorBot, document: Document) -> discord.File:
    """The document of a message."""
    content = document.text.encode()
    if document.maker:
        content = await bot.documents[document.maker](document.facts)
    return discord.File(io.BytesIO(content), document.filename)


async def pictures_of(bot: TSCreatorBot, message: Message) -> list[discord.File]:
    """What to pass as `files` when a message is an answer; empty when nothing is attached to it."""
    files = [await drawn(bot, message.picture)] if message.picture else []
    return [*files, *[await written(bot, document) for document in message.documents]]
