"""/kol profil: one creator in full, and their contact for whom the role allows it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from discord import app_commands
from discord.utils import escape_markdown

from bot.campaigns.models import OwnApplication
from bot.creators.service import Creator
from bot.platform.indonesian import format_phone
from bot.platform.messages import Message
from bot.platform.palette import PRIMARY
from bot.server.models import Access
from cogs import kol_duplicate_views as duplicate_views
from cogs import kol_views as views
from cogs.kol_group import kol
from cogs.kol_search import creator_choices
from cogs.ui.answers import Interaction, actor, answer, think
from cogs.ui.pictures import pictures_of
from cogs.ui.routing import AreaCog, allow, choose, press

KOL = Access.KOL
CAMPAIGNS_SHOWN = 20


class KolProfile(AreaCog):
    """Looking at one creator."""

    def __init__(self, bot: Any) -> None:
        super().__init__(bot)
        bot.cards["creator"] = views.draw_creator

    @kol.command(name="profil", description="Lihat satu kreator: gambar, angka, riwayat, tag, dan yang perlu dicek")
    @app_commands.describe(kreator="Username kreator")
    @app_commands.autocomplete(kreator=creator_choices)
    @allow(KOL)
    async def look(self, interaction: Interaction, kreator: str) -> None:
        """One creator, or the choice between several of that name."""
        found = await self.bot.services.search.chosen(kreator)
        if len(found) == 1:
            await self._show(interaction, found[0].creator.id)
        else:
            await answer(interaction, views.several(found))

    @choose("kol:open", access=KOL)
    async def open(self, interaction: Interaction, values: list[str]) -> None:
        """One creator from a list."""
        await self._show(interaction, int(values[0]))

    @press("kol:show:{creator_id}", access=KOL)
    async def show(self, interaction: Interaction, creator_id: int) -> None:
        """One creator from a button."""
        await self._show(interaction, creator_id)

    @press("kol:contact:{creator_id}", access=KOL)
    async def reveal(self, interaction: Interaction, creator_id: int) -> None:
        """The contact in full, to this person alone and on record."""
        creator, contact = await self.bot.services.search.reveal_contact(actor(interaction), creator_id)
        await answer(interaction, _contact(creator.record.username, contact.reveal()))

    async def _show(self, interaction: Interaction, creator_id: int) -> None:
        await think(interaction)
        services = self.bot.services
        one = await services.search.profile(creator_id)
        message = views.profile(
            one,
            contact=services.search.masked_contact(one.creator),
            campaigns=await self._campaigns(one.creator),
            care=await services.creator_care.of(creator_id),
        )
        together = await services.duplicates.of(creator_id)
        if together:
            fields = [*message.fields, *duplicate_views.together_field(one.creator, together)]
            rows = [*message.buttons, duplicate_views.together_buttons(together)]
            message = replace(message, fields=fields, buttons=rows)
        await answer(interaction, message, files=await pictures_of(self.bot, message))

    async def _campaigns(self, creator: Creator) -> list[OwnApplication]:
        if creator.member_id is None:
            return []
        sent, _ = await self.bot.services.applications.of_member(creator.member_id, limit=CAMPAIGNS_SHOWN)
        return [own for own in sent if own.application.creator_id == creator.id]


def _contact(username: str, contact: str) -> Message:
    return Message(
        title=f"Kontak @{escape_markdown(username)}",
        # As code, so that `_rina_ok_@mail.com` keeps its underscores.
        description=f"``{format_phone(contact).replace('`', 'ˋ')}``",
        colour=PRIMARY,
        footer="Hanya kamu yang melihat ini, dan pembukaannya dicatat. Jangan teruskan ke channel umum.",
    )
