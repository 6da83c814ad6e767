"""The one confirmation: asks once before what can't be taken back. The "yes" button is the action's own press."""

from __future__ import annotations

from discord.ext import commands

from bot.platform.messages import Button, ButtonStyle, Message
from bot.platform.palette import WARNING
from bot.server.models import Access
from cogs.ui.answers import Interaction, answer, redraw
from cogs.ui.routing import AreaCog, custom_id, press


async def confirm(interaction: Interaction, question: str, yes_id: str, yes_label: str) -> None:
    """Ask; `yes_id` is the custom_id of the press that does it."""
    await answer(
        interaction,
        Message(
            description=question,
            colour=WARNING,
            buttons=[
                [
                    Button(yes_id, yes_label, ButtonStyle.DANGER),
                    Button(custom_id("confirm:no"), "Tidak jadi", ButtonStyle.SECONDARY),
                ]
            ],
        ),
    )


class ConfirmingCog(AreaCog):
    """Takes the no."""

    @press("confirm:no", access=Access.EVERYONE)
    async def no(self, interaction: Interaction) -> None:
        """Nothing happens, and that is said."""
        await redraw(interaction, "Oke, tidak jadi. Tidak ada yang berubah.")


async def setup(bot: commands.Bot) -> None:
    """Called by discord.py."""
    await bot.add_cog(ConfirmingCog(bot))
