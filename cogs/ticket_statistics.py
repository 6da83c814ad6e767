"""/tiket-statistik: how the help desk does, as a picture and a workbook."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.platform.messages import Message, Picture
from bot.platform.palette import PRIMARY
from bot.server.models import Access
from bot.tickets import statistics_card
from bot.tickets.statistics_card import StatisticsCard, card_of, span_text
from bot.tickets.statistics_sheet import export
from cogs.ui.answers import Interaction, answer, think
from cogs.ui.pictures import drawn
from cogs.ui.routing import AreaCog, allow

STAFF = Access.STAFF


def draw(facts: Mapping[str, Any], image: bytes | None) -> tuple[bytes, str]:
    """The picture and its alt text."""
    card = StatisticsCard(**facts)
    return statistics_card.render(card), statistics_card.alt_text(card)


class TicketStatistics(AreaCog):
    """The one command."""

    def __init__(self, bot: Any) -> None:
        super().__init__(bot)
        bot.cards["ticket.statistics"] = draw

    @app_commands.command(name="tiket-statistik", description="Tiket: jumlah, waktu jawab, SLA, penyebab, nilai (staf)")
    @app_commands.describe(
        dari="Hari pertama, misalnya 1 Maret 2026; kosong berarti delapan minggu terakhir",
        sampai="Hari terakhir; kosong berarti hari ini",
    )
    @app_commands.default_permissions(manage_events=True)
    @allow(STAFF)
    async def show(
        self,
        interaction: Interaction,
        dari: app_commands.Range[str, 1, 40] | None = None,
        sampai: app_commands.Range[str, 1, 40] | None = None,
    ) -> None:
        """The picture and the workbook."""
        reports = self.bot.services.ticket_reports
        first, last = reports.span(dari, sampai)
        await think(interaction)
        found = await reports.of(first, last)
        card = card_of(found, reports.hours_text)
        picture = Picture("ticket.statistics", asdict(card), f"statistik-tiket-{first}-{last}.png")
        sheet = await asyncio.to_thread(export, found, reports.working_time)
        files = [
            await drawn(self.bot, picture),
            discord.File(io.BytesIO(sheet), f"statistik-tiket-{first}-{last}.xlsx"),
        ]
        await answer(interaction, _shown(span_text(first, last), picture), files=files)


def _shown(span: str, picture: Picture) -> Message:
    return Message(
        title="Statistik tiket",
        description=f"{span}. Angka lengkap, tiap tiket, dan cara hitungnya ada di berkas Excel.",
        colour=PRIMARY,
        picture=picture,
    )


async def setup(bot: commands.Bot) -> None:
    """Called by discord.py."""
    await bot.add_cog(TicketStatistics(bot))
