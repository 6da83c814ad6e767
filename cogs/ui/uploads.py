"""Files from people, read and checked before anything else sees them. Defer first: this takes a while."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

import aiohttp
import discord

from bot.platform.errors import DomainError
from bot.platform.files import CheckedFile, FileKind, check_upload, clean_image, refuse_oversize

_GONE = "Filenya tidak bisa diambil dari Discord. Coba unggah sekali lagi, ya."


async def read_upload(attachment: discord.Attachment, kinds: Collection[FileKind], limit_mb: int) -> CheckedFile:
    """The checked content of one upload. Raises DomainError (FileRefused) with what to send instead."""
    limit = limit_mb * 1024 * 1024
    refuse_oversize(attachment.size, limit)
    try:
        data = await attachment.read()
    except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError):
        raise DomainError(_GONE) from None
    return await asyncio.to_thread(check_upload, data, kinds, limit)


async def read_image(attachment: discord.Attachment, limit_mb: int) -> CheckedFile:
    """A picture, drawn anew without place or camera data."""
    checked = await read_upload(attachment, (FileKind.IMAGE,), limit_mb)
    return await asyncio.to_thread(clean_image, checked)
