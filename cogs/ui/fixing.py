"""The "Perbaiki" button: opens a refused form again with everything that had been typed."""

from __future__ import annotations

from discord.ext import commands

from bot.platform.errors import DomainError, FormRefused, NotFound
from bot.platform.messages import Button, ButtonStyle, Message
from bot.platform.palette import WARNING
from bot.server.models import Access
from cogs.ui.answers import Interaction, answer
from cogs.ui.routing import AreaCog, custom_id, press


async def offer_fix(
    interaction: Interaction, draft_id: int, error: DomainError, *, had_files: bool, blank: bool
) -> None:
    """Tell why the form was refused; one press brings it back filled in, but for uploads (`had_files`).

    `blank`: nothing had been filled in, so there is nothing to say about keeping it.
    """
    kept = "" if blank else "Isianmu disimpan satu hari."
    title = "Ada yang perlu diperbaiki" if isinstance(error, FormRefused) else ""
    await answer(
        interaction,
        Message(
            title=title,
            description=error.message[:4000],
            colour=WARNING,
            footer=f"{kept} File perlu diunggah ulang.".strip() if had_files else kept,
            buttons=[[Button(custom_id("form:fix", draft_id), "Perbaiki", ButtonStyle.PRIMARY), *error.buttons]],
        ),
    )


class FixingCog(AreaCog):
    """Reopens forms."""

    @press("form:fix:{draft_id}", access=Access.EVERYONE)
    async def fix(self, interaction: Interaction, draft_id: int) -> None:
        """Open the form the draft belongs to; only its owner finds it."""
        form = await self.bot.services.drafts.form_of(interaction.user.id, draft_id)
        if form is None:
            raise NotFound("Jawaban yang tersimpan sudah kedaluwarsa. Buka formulirnya dari awal lagi, ya.")
        await self.bot.router.open_form(interaction, form)


async def setup(bot: commands.Bot) -> None:
    """Called by discord.py."""
    await bot.add_cog(FixingCog(bot))
