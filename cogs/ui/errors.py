"""The one error answer: what went wrong and what to do next, with a short reference for what nobody expected."""

from __future__ import annotations

import secrets

import aiohttp
import discord
import structlog

from bot.platform import metrics
from bot.platform.errors import DomainError
from bot.platform.messages import Message
from bot.platform.palette import DANGER, WARNING
from cogs.ui.answers import Interaction, answer

_log = structlog.get_logger(__name__)

# Whether it went wrong before or after the change was saved is not known here, so nothing is claimed about that.
UNEXPECTED = (
    "Maaf, ada yang salah di sisi bot. Cek dulu apakah perubahanmu sudah tersimpan, lalu coba sekali lagi kalau belum. "
    "Masih gagal? Sebutkan kode **{reference}** di channel bantuan."
)
EXPIRED = "Tombol ini sudah tidak dipakai lagi. Buka ulang lewat perintahnya, misalnya /kampanye daftar atau /daftar."


async def refuse(interaction: Interaction, error: DomainError) -> None:
    """Tell the person why not."""
    metrics.INTERACTIONS.labels(interaction.type.name, "refused").inc()
    buttons = [list(error.buttons)] if error.buttons else []
    await _try_to_answer(interaction, Message(description=error.message[:4000], colour=WARNING, buttons=buttons))


async def report(interaction: Interaction, error: BaseException) -> None:
    """Answer any error. Refusals are shown as they are; the rest gets a reference that the log has too."""
    error = getattr(error, "original", error)
    if isinstance(error, DomainError):
        await refuse(interaction, error)
        return
    metrics.INTERACTIONS.labels(interaction.type.name, "failed").inc()
    reference = f"TSC-{secrets.token_hex(3).upper()}"
    await interaction.client.note_defect(reference, interaction, error)
    await _try_to_answer(interaction, Message(description=UNEXPECTED.format(reference=reference), colour=DANGER))


async def _try_to_answer(interaction: Interaction, message: Message) -> None:
    try:
        await answer(interaction, message)
    except discord.HTTPException as fault:
        # The token has expired or Discord is unwell: nobody is left to tell.
        _log.warning("error_answer_failed", status=fault.status, code=fault.code)
    except aiohttp.ClientError as fault:
        _log.warning("error_answer_failed", error=type(fault).__name__)
