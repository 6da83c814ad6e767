"""/insiden: one disturbance that many tickets are about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.platform.errors import TooLate
from bot.platform.text import clip
from bot.server.models import Access
from bot.tickets.models import OPEN_STATES, Stage
from cogs import incident_views as views
from cogs.campaigns import pages
from cogs.ticket_group import STAGES, ticket_choices
from cogs.ui.answers import Interaction, actor, answer, hold, redraw, think
from cogs.ui.confirming import confirm
from cogs.ui.forms import Answers, FormSpec
from cogs.ui.paging import Page, show_list
from cogs.ui.routing import AreaCog, allow, allowed, choose, custom_id, form, press

STAFF = Access.STAFF
PER_PAGE = 5
_STAGE_CHOICES = [app_commands.Choice(name=stage.indonesian, value=number) for number, stage in enumerate(STAGES)]
_GATHER_CHOICES = [
    app_commands.Choice(name="24 jam terakhir", value=24),
    app_commands.Choice(name="3 hari terakhir", value=72),
    app_commands.Choice(name="7 hari terakhir", value=168),
    app_commands.Choice(name="Jangan gabungkan tiket lama", value=0),
]


async def _build_opening(cog: Incidents, interaction: Interaction, stage: int, hours: int) -> FormSpec:
    incidents, chosen = cog.bot.services.incidents, STAGES[stage]
    is_open = await incidents.open_for(chosen)
    if is_open is not None:
        raise TooLate(
            f"Sudah ada gangguan terbuka untuk tahap {chosen.indonesian}: “{is_open.title}”. "
            "Beri kabarnya dengan /insiden kabar."
        )
    return views.opening_form(chosen, await incidents.count_to_gather(chosen, hours) if hours else None)


async def _build_update(cog: Incidents, interaction: Interaction, incident_id: int) -> FormSpec:
    incident = await cog.bot.services.incidents.still_open(incident_id)
    return views.update_form(incident, (await cog.bot.services.incidents.standing(incident_id)).open_tickets)


async def _build_closing(cog: Incidents, interaction: Interaction, incident_id: int) -> FormSpec:
    incident = await cog.bot.services.incidents.still_open(incident_id)
    return views.closing_form(incident, (await cog.bot.services.incidents.standing(incident_id)).open_tickets)


class Incidents(AreaCog):
    """Opening, telling, closing."""

    insiden = app_commands.Group(
        name="insiden",
        description="Gangguan yang kena banyak kreator: satu kabar untuk semua tiketnya (staf)",
        default_permissions=discord.Permissions(manage_events=True),
    )

    def __init__(self, bot: Any) -> None:
        super().__init__(bot)
        bot.lists["incident.list"] = (STAFF, self._page)

    @insiden.command(name="buka", description="Catat gangguan; tiket baru di tahap itu ikut, tiket lama bisa digabung")
    @app_commands.describe(tahap="Tahap yang terganggu", gabungkan="Tiket lama yang ikut; biasanya 24 jam terakhir")
    @app_commands.choices(tahap=_STAGE_CHOICES, gabungkan=_GATHER_CHOICES)
    @allow(STAFF)
    async def open_command(
        self,
        interaction: Interaction,
        tahap: app_commands.Choice[int],
        gabungkan: app_commands.Choice[int] | None = None,
    ) -> None:
        """The form."""
        hours = gabungkan.value if gabungkan else _GATHER_CHOICES[0].value
        await self.bot.router.open_form(interaction, custom_id("incident:open", tahap.value, hours))

    @insiden.command(name="kabar", description="Kirim satu kabar ke semua tiket sebuah gangguan")
    @app_commands.describe(gangguan="Pilih dari yang terbuka")
    @allow(STAFF)
    async def update_command(self, interaction: Interaction, gangguan: str) -> None:
        """The form."""
        incident = await self.bot.services.incidents.chosen(gangguan)
        await self.bot.router.open_form(interaction, custom_id("incident:update", incident.id))

    @insiden.command(name="gabung", description="Masukkan satu tiket ke gangguan yang terbuka")
    @app_commands.describe(gangguan="Pilih dari yang terbuka", tiket="Nomor tiketnya")
    @allow(STAFF)
    async def pull_in_command(self, interaction: Interaction, gangguan: str, tiket: str) -> None:
        """One more ticket."""
        services = self.bot.services
        incident, ticket = await services.incidents.chosen(gangguan), await services.tickets.chosen(tiket)
        await services.incidents.pull_in(actor(interaction), incident.id, ticket.id)
        await answer(interaction, f"Tiket #{ticket.id} masuk gangguan “{incident.title}”. Kreatornya dikabari.")

    @insiden.command(name="tutup", description="Gangguan selesai: semua tiketnya diselesaikan dengan satu kesimpulan")
    @app_commands.describe(gangguan="Pilih dari yang terbuka")
    @allow(STAFF)
    async def close_command(self, interaction: Interaction, gangguan: str) -> None:
        """Ask once."""
        await self._ask_closing(interaction, (await self.bot.services.incidents.chosen(gangguan)).id)

    @insiden.command(name="daftar", description="Gangguan yang terbuka dan yang sudah lewat")
    @allow(STAFF)
    async def list_command(self, interaction: Interaction) -> None:
        """All of them."""
        await show_list(interaction, "incident.list", {})

    @update_command.autocomplete("gangguan")
    @pull_in_command.autocomplete("gangguan")
    @close_command.autocomplete("gangguan")
    async def _choices(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        if not allowed(interaction, STAFF):
            return []
        found = await self.bot.services.incidents.all_open()
        named = [(clip(f"{one.title} ({one.stage.indonesian})", 100), str(one.id)) for one in found]
        return [
            app_commands.Choice(name=name, value=value)
            for name, value in named
            if current.casefold() in name.casefold()
        ]

    @pull_in_command.autocomplete("tiket")
    async def _tickets(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        return await ticket_choices(interaction, current, tuple(OPEN_STATES))

    @form("incident:open:{stage}:{hours}", access=STAFF, build=_build_opening)
    async def opened(self, interaction: Interaction, answers: Answers, stage: int, hours: int) -> None:
        """A new incident."""
        await think(interaction)
        opened = await self.bot.services.incidents.open(
            actor(interaction),
            interaction.user.display_name,
            STAGES[stage],
            answers.text("title"),
            answers.text("message"),
            gather_hours=hours or None,
        )
        await self._show(interaction, opened.id, said=_opened_text(STAGES[stage], gathers=bool(hours)))

    @press("incident:update:{incident_id}", access=STAFF)
    async def write_update(self, interaction: Interaction, incident_id: int) -> None:
        """Beri kabar."""
        await self.bot.router.open_form(interaction, custom_id("incident:update", incident_id))

    @form("incident:update:{incident_id}", access=STAFF, build=_build_update)
    async def updated(self, interaction: Interaction, answers: Answers, incident_id: int) -> None:
        """News."""
        await think(interaction)
        incidents, name = self.bot.services.incidents, interaction.user.display_name
        await incidents.update(actor(interaction), name, incident_id, answers.text("text"))
        await self._show(interaction, incident_id, said="Kabar dikirim bertahap ke semua tiketnya.")

    @press("incident:close:{incident_id}", access=STAFF)
    async def ask_closing(self, interaction: Interaction, incident_id: int) -> None:
        """Tutup gangguan: ask once."""
        await self._ask_closing(interaction, incident_id)

    @press("incident:conclude:{incident_id}", access=STAFF)
    async def write_conclusion(self, interaction: Interaction, incident_id: int) -> None:
        """The yes: what it was."""
        await self.bot.router.open_form(interaction, custom_id("incident:close", incident_id))

    @form("incident:close:{incident_id}", access=STAFF, build=_build_closing)
    async def closed(self, interaction: Interaction, answers: Answers, incident_id: int) -> None:
        """It is over."""
        await think(interaction)
        incidents, name = self.bot.services.incidents, interaction.user.display_name
        await incidents.close(actor(interaction), name, incident_id, answers.text("text"))
        await self._show(interaction, incident_id, said="Gangguan ditutup. Tiketnya diselesaikan bertahap.")

    @choose("incident:show", access=STAFF)
    async def show(self, interaction: Interaction, values: list[str]) -> None:
        """One of the list."""
        await self._show(interaction, int(values[0]))

    @press("incident:refresh:{incident_id}", access=STAFF)
    async def refresh(self, interaction: Interaction, incident_id: int) -> None:
        """How far it has come."""
        await hold(interaction)
        await redraw(interaction, views.card(await self.bot.services.incidents.standing(incident_id)))

    async def _show(self, interaction: Interaction, incident_id: int, *, said: str = "") -> None:
        standing = await self.bot.services.incidents.standing(incident_id)
        await answer(interaction, views.card(standing, said=said))

    async def _ask_closing(self, interaction: Interaction, incident_id: int) -> None:
        await self.bot.services.incidents.still_open(incident_id)
        question = views.close_question(await self.bot.services.incidents.standing(incident_id))
        await confirm(interaction, question, custom_id("incident:conclude", incident_id), "Ya, tulis kesimpulan")

    async def _page(self, query: Mapping[str, Any], number: int) -> Page:
        incidents = self.bot.services.incidents
        found, total = await incidents.listed(limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
        standing = [await incidents.standing(one.id) for one in found]
        return Page(views.listed(standing, total), number, pages(total, PER_PAGE))


def _opened_text(stage: Stage, *, gathers: bool) -> str:
    gathered = " Tiket lama yang terbuka digabungkan bertahap." if gathers else ""
    return f"Gangguan dicatat. Tiket baru di tahap {stage.indonesian} ikut ke sini dan membaca kabarnya.{gathered}"


async def setup(bot: commands.Bot) -> None:
    """Called by discord.py."""
    await bot.add_cog(Incidents(bot))
