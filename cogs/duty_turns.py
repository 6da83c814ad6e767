"""/piket for everyone in IT: the week, who is on duty now, one's own turns, swaps and leave."""

from __future__ import annotations

from datetime import date

import discord
from discord import app_commands

from bot.duty import messages
from bot.duty.reading import days_text, read_leave
from bot.server.models import Access, RoleKey
from cogs import duty_views as views
from cogs.duty_group import colleague, own_turn_choices, piket, read_turn
from cogs.ui.answers import Interaction, actor, answer, hold, redraw, think
from cogs.ui.pictures import pictures_of
from cogs.ui.routing import AreaCog, allow, allowed, check_access, choose, press

IT, STAFF = Access.IT, Access.STAFF
# Who is asked for a swap answers in a private message, where nobody has roles: the service knows who was asked.
ASKED = Access.EVERYONE


class DutyTurns(AreaCog):
    """Looking at duty, and what somebody does about their own turns."""

    @piket.command(name="jadwal", description="Gambar piket seminggu: siapa jam berapa, tukar, izin, dan yang kosong")
    @allow(STAFF)
    async def show_week(self, interaction: Interaction) -> None:
        """This week."""
        await think(interaction)
        message = await self._week(self.bot.services.clock.today().date())
        await answer(interaction, message, files=await pictures_of(self.bot, message))

    @press("duty:week:{ordinal}", access=STAFF)
    async def other_week(self, interaction: Interaction, ordinal: int) -> None:
        """The week before or after."""
        await hold(interaction)
        message = await self._week(date.fromordinal(ordinal))
        await redraw(interaction, message, files=await pictures_of(self.bot, message))

    @piket.command(name="sekarang", description="Siapa yang piket sekarang, dan siapa berikutnya")
    @allow(STAFF)
    async def show_now(self, interaction: Interaction) -> None:
        """Who is called now."""
        services = self.bot.services
        coming = next(iter(await services.duty.coming()), None)
        role = services.server.places.role(RoleKey.IT)
        await answer(interaction, views.now(await services.duty.on_duty(), coming, role))

    @piket.command(name="saya", description="Giliranmu, tukar piket, dan izinmu; tarik atau batalkan di sini (IT)")
    @allow(IT)
    async def own(self, interaction: Interaction) -> None:
        """Somebody's own turns, swaps and leave."""
        services, member_id = self.bot.services, interaction.user.id
        turns, swaps = await services.duty.coming(member_id), await services.duty_swaps.of(member_id)
        await answer(interaction, views.own(member_id, turns, swaps, await services.duty_leaves.of(member_id)))

    @piket.command(name="tukar", description="Minta orang lain menggantikan satu giliranmu (IT)")
    @app_commands.describe(giliran="Pilih giliranmu dari daftar", dengan="Siapa yang menggantikan; dia ditanya dulu")
    @allow(IT)
    async def ask_swap(self, interaction: Interaction, giliran: str, dengan: discord.User) -> None:
        """Ask somebody."""
        member, (shift_id, day) = colleague(interaction, dengan), read_turn(giliran)
        swaps = self.bot.services.duty_swaps
        swap, turn = await swaps.ask(actor(interaction), shift_id, day, member.id, member.display_name)
        await answer(interaction, views.asked(swap, turn))

    @ask_swap.autocomplete("giliran")
    async def _own_turns(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        return await own_turn_choices(interaction, current)

    @press("duty:swap-accept:{swap_id}", access=ASKED)
    async def accept_swap(self, interaction: Interaction, swap_id: int) -> None:
        """Yes."""
        await self._answer_swap(interaction, swap_id, accept=True)

    @press("duty:swap-decline:{swap_id}", access=ASKED)
    async def decline_swap(self, interaction: Interaction, swap_id: int) -> None:
        """No."""
        await self._answer_swap(interaction, swap_id, accept=False)

    @press("duty:swap-withdraw:{swap_id}", access=IT)
    async def withdraw_swap(self, interaction: Interaction, swap_id: int) -> None:
        """The asker keeps the turn."""
        await self._withdraw(interaction, swap_id)

    @choose("duty:swap-drop", access=IT)
    async def withdraw_chosen(self, interaction: Interaction, values: list[str]) -> None:
        """The same from /piket saya."""
        await self._withdraw(interaction, int(values[0]))

    @choose("duty:swap-open", access=IT)
    async def open_swap(self, interaction: Interaction, values: list[str]) -> None:
        """A question to somebody, again, for who has lost the private message."""
        swap, turn = await self.bot.services.duty_swaps.asked_of(interaction.user.id, int(values[0]))
        await answer(interaction, messages.swap_asked(swap, turn))

    @piket.command(name="izin", description="Catat izin sehari atau lebih; tim dikabari kalau ada giliran kosong (IT)")
    @app_commands.describe(
        dari="Hari pertama, misalnya 9 Maret",
        sampai="Hari terakhir; kosongkan kalau cuma sehari",
        orang="Untuk orang lain, hanya admin; kosongkan untuk dirimu sendiri",
    )
    @allow(IT)
    async def note_leave(
        self,
        interaction: Interaction,
        dari: app_commands.Range[str, 1, 40],
        sampai: app_commands.Range[str, 1, 40] | None = None,
        orang: discord.User | None = None,
    ) -> None:
        """Somebody is away."""
        services = self.bot.services
        if orang is not None and orang.id != interaction.user.id:
            check_access(interaction, Access.ADMIN)
        member = colleague(interaction, orang or interaction.user)
        first, last = read_leave(dari, sampai, services.clock.today().date())
        leave, covers = await services.duty_leaves.note(actor(interaction), member.id, member.display_name, first, last)
        await answer(interaction, views.leave_noted(leave, covers, services.server.places.role(RoleKey.IT)))

    @press("duty:leave-drop:{leave_id}", access=IT)
    async def drop_leave(self, interaction: Interaction, leave_id: int) -> None:
        """There after all."""
        await self._drop_leave(interaction, leave_id)

    @choose("duty:leaves-drop", access=IT)
    async def drop_chosen_leave(self, interaction: Interaction, values: list[str]) -> None:
        """The same from /piket saya."""
        await self._drop_leave(interaction, int(values[0]))

    async def _week(self, day: date) -> views.Message:
        return views.week(await self.bot.services.duty.week(day), self.bot.services.clock.today().date())

    async def _answer_swap(self, interaction: Interaction, swap_id: int, *, accept: bool) -> None:
        swap, turn = await self.bot.services.duty_swaps.answer(actor(interaction), swap_id, accept=accept)
        await redraw(interaction, views.answered(swap, turn))

    async def _withdraw(self, interaction: Interaction, swap_id: int) -> None:
        swap = await self.bot.services.duty_swaps.take_back(actor(interaction), swap_id)
        await redraw(interaction, f"Tukar piket ditarik. Giliran itu milikmu lagi, dan {swap.to_name} dikabari.")

    async def _drop_leave(self, interaction: Interaction, leave_id: int) -> None:
        leave = await self.bot.services.duty_leaves.take_back(
            actor(interaction), leave_id, of_anybody=allowed(interaction, Access.ADMIN)
        )
        await redraw(interaction, f"Izin {days_text(leave.first_day, leave.last_day)} dibatalkan.")
