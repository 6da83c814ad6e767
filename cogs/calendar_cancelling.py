"""/kalender batal: what has yet to appear is called off, a post that is out is taken back."""

from __future__ import annotations

from discord import app_commands

from bot.content_calendar.models import Entry, EntryState
from bot.content_calendar.rules import check_cancel, check_withdrawal, is_correctable, when
from bot.content_calendar.service import OPEN
from bot.platform.messages import Button, ButtonStyle, Message
from bot.platform.palette import WARNING
from cogs import calendar_views as views
from cogs.calendar_group import CHOOSE, KOL, entry_choices, kalender
from cogs.ui.answers import Interaction, actor, answer, redraw
from cogs.ui.routing import AreaCog, allow, custom_id, press


class CalendarCancelling(AreaCog):
    """Every way to take an entry back; each asks once."""

    @kalender.command(name="batal", description="Batalkan entri dan ulangannya, atau tarik postingan yang sudah keluar")
    @app_commands.describe(entri=CHOOSE)
    @allow(KOL)
    async def cancel_command(self, interaction: Interaction, entri: str) -> None:
        """Ask once."""
        await self._ask_to_cancel(interaction, await self.bot.services.calendar.chosen(entri))

    @cancel_command.autocomplete("entri")
    async def _cancellable(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        states = (*OPEN, EntryState.POSTED)
        return await entry_choices(interaction, current, states, lambda one: one.is_open or is_correctable(one))

    @press("calendar:cancel:{entry_id}", access=KOL)
    async def cancel(self, interaction: Interaction, entry_id: int) -> None:
        """Ask once."""
        await self._ask_to_cancel(interaction, await self.bot.services.calendar.get(entry_id))

    @press("calendar:cancel-yes:{entry_id}", access=KOL)
    async def cancel_now(self, interaction: Interaction, entry_id: int) -> None:
        """The yes."""
        entry = await self.bot.services.calendar_editing.cancel(actor(interaction), entry_id)
        await redraw(interaction, views.changed(entry, "dibatalkan"))

    @press("calendar:cancel-all:{entry_id}", access=KOL)
    async def cancel_series(self, interaction: Interaction, entry_id: int) -> None:
        """The yes to all later times as well."""
        entry, count = await self.bot.services.calendar_editing.cancel_series(actor(interaction), entry_id)
        await redraw(interaction, views.changed(entry, f"dan ulangannya dibatalkan ({count} entri)"))

    @press("calendar:withdraw-yes:{entry_id}", access=KOL)
    async def withdraw(self, interaction: Interaction, entry_id: int) -> None:
        """The yes to taking back a post."""
        entry = await self.bot.services.calendar.withdraw(actor(interaction), entry_id)
        await redraw(interaction, views.changed(entry, "ditarik; di channelnya sekarang tertulis bahwa tim menariknya"))

    async def _ask_to_cancel(self, interaction: Interaction, entry: Entry) -> None:
        if entry.state is EntryState.POSTED:
            await self._ask_to_withdraw(interaction, entry)
            return
        check_cancel(entry)
        row = [Button(custom_id("calendar:cancel-yes", entry.id), "Ya, batalkan yang ini", ButtonStyle.DANGER)]
        if entry.series_id is not None:
            everything = custom_id("calendar:cancel-all", entry.id)
            row.append(Button(everything, "Batalkan ini dan semua ulangannya", ButtonStyle.DANGER))
        row.append(Button(custom_id("confirm:no"), "Tidak jadi"))
        question = f"Batalkan **{entry.title}** ({when(entry)})? Entri ini tidak akan keluar."
        await answer(interaction, Message(description=question, colour=WARNING, buttons=[row]))

    async def _ask_to_withdraw(self, interaction: Interaction, entry: Entry) -> None:
        check_withdrawal(entry)
        row = [
            Button(custom_id("calendar:withdraw-yes", entry.id), "Ya, tarik", ButtonStyle.DANGER),
            Button(custom_id("confirm:no"), "Tidak jadi"),
        ]
        question = (
            f"Tarik **{entry.title}** dari <#{entry.content.channel_id}>? Teks dan gambarnya hilang, dan di tempatnya "
            "tertulis bahwa tim menariknya. Ini tidak bisa dibatalkan."
        )
        await answer(interaction, Message(description=question, colour=WARNING, buttons=[row]))
