"""/bantuan: finds answers before anybody has to be asked."""

from __future__ import annotations

from discord import app_commands
from discord.ext import commands

from bot.server.models import Access
from cogs import knowledge_views as views
from cogs.ticket_group import STAGES
from cogs.ticket_views import choose_stage
from cogs.ui.answers import Interaction, answer, redraw, think
from cogs.ui.routing import AreaCog, allow, custom_id, press

# Registering is a stage of its own: who has not registered yet needs answers as well.
ANYONE = Access.EVERYONE
MOST = 3
_STAGE_CHOICES = [app_commands.Choice(name=stage.indonesian, value=number) for number, stage in enumerate(STAGES)]


class HelpSearch(AreaCog):
    """Searching the knowledge base."""

    @app_commands.command(name="bantuan", description="Cari jawaban: registrasi, apply campaign, posting, penarikan")
    @app_commands.describe(kata="Apa yang macet? Misalnya: kode otp tidak masuk", tahap="Kalau tahu tahapnya")
    @app_commands.choices(tahap=_STAGE_CHOICES)
    @allow(ANYONE)
    async def search(
        self,
        interaction: Interaction,
        kata: app_commands.Range[str, 2, 200],
        tahap: app_commands.Choice[int] | None = None,
    ) -> None:
        """What is known about it."""
        await think(interaction)
        services, stage = self.bot.services, STAGES[tahap.value] if tahap else None
        found = await services.knowledge.suggest(stage, kata, MOST)
        incidents = [one for one in await services.incidents.all_open() if stage in (None, one.stage)]
        offer = await services.knowledge.searched(interaction.user.id, stage, len(found)) if found else 0
        await answer(interaction, views.found(kata, stage, found, offer, incidents))

    @press("help:answered:{offer_id}:{article_id}:{number}", access=ANYONE)
    async def is_answered(self, interaction: Interaction, offer_id: int, article_id: int, number: int) -> None:
        """Ini menjawab."""
        await self.bot.services.knowledge.search_answered(interaction.user.id, offer_id, article_id or None)
        await redraw(interaction, views.glad())

    @press("help:ticket:{offer_id}:{stage}", access=ANYONE)
    async def wants_ticket(self, interaction: Interaction, offer_id: int, stage: int) -> None:
        """Buka tiket; `stage` is counted from 1, 0 for none."""
        await self.bot.services.tickets.opening.check(interaction.user.id)
        await self.bot.services.knowledge.search_failed(interaction.user.id, offer_id)
        if stage:
            await self.bot.router.open_form(interaction, custom_id("ticket:form", stage - 1))
        else:
            await answer(interaction, choose_stage())


async def setup(bot: commands.Bot) -> None:
    """Called by discord.py."""
    await bot.add_cog(HelpSearch(bot))
