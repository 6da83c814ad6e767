"""/tiket for creators: open, see one's own, close, reopen, rate, transcript."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands

from bot.platform.errors import NotAllowed
from bot.server.models import Access
from bot.tickets.models import Author, Ticket
from cogs import ticket_forms as forms
from cogs import ticket_views as views
from cogs.campaigns import pages
from cogs.ticket_group import STAGES, speaker, tiket
from cogs.ui.answers import Interaction, actor, answer, hold, redraw, think
from cogs.ui.confirming import confirm
from cogs.ui.forms import Answers, FormSpec
from cogs.ui.paging import Page, show_list
from cogs.ui.routing import AreaCog, allow, custom_id, form, press
from cogs.ui.uploads import read_image

PER_PAGE = 5
KNOWN_ANSWERS = 3
# Creators who have not registered yet need help as well: registering is a stage of its own.
ANYONE = Access.EVERYONE
_STAGE_CHOICES = [app_commands.Choice(name=stage.indonesian, value=number) for number, stage in enumerate(STAGES)]


async def _build_opening(cog: TicketMembers, interaction: Interaction, stage: int) -> FormSpec:
    await cog.bot.services.tickets.opening.check(interaction.user.id)
    return forms.opening_form(STAGES[stage], await cog.bot.services.ticket_questions.of_stage(STAGES[stage]))


async def _build_rating(cog: TicketMembers, interaction: Interaction, ticket_id: int, stars: int) -> FormSpec:
    return forms.rating_form(await cog.bot.services.tickets.rateable(actor(interaction), ticket_id, stars), stars)


class TicketMembers(AreaCog):
    """The creators' half."""

    @tiket.command(name="buka", description="Ada yang macet di aplikasi? Ceritakan ke IT yang sedang piket")
    @app_commands.describe(tahap="Di tahap mana kamu tersendat")
    @app_commands.choices(tahap=_STAGE_CHOICES)
    @allow(ANYONE)
    async def open_command(self, interaction: Interaction, tahap: app_commands.Choice[int] | None = None) -> None:
        """The form, or first the question which."""
        if tahap is None:
            await self.ask_stage(interaction)
        else:
            await self.bot.router.open_form(interaction, custom_id("ticket:form", tahap.value))

    @tiket.command(name="saya", description="Tiketmu, keadaannya, dan jalan ke thread-nya")
    @allow(ANYONE)
    async def mine_command(self, interaction: Interaction) -> None:
        """One's own."""
        await show_list(interaction, "ticket.mine", {"creator": interaction.user.id})

    @tiket.command(name="transkrip", description="Unduh percakapan tiketmu sebagai halaman HTML")
    @app_commands.describe(nomor="Nomor tiket, lihat /tiket saya")
    @allow(ANYONE)
    async def transcript_command(self, interaction: Interaction, nomor: app_commands.Range[int, 1, 10**9]) -> None:
        """The creator's copy to its creator, the full one to staff."""
        tickets, staff = self.bot.services.tickets, speaker(interaction).side is not Author.CREATOR
        ticket = await (tickets.get(nomor) if staff else tickets.own(interaction.user.id, nomor))
        await self._hand_transcript(interaction, ticket, staff=staff and ticket.creator_id != interaction.user.id)

    @press("ticket:new", access=ANYONE)
    async def ask_stage(self, interaction: Interaction) -> None:
        """Which stage."""
        await self.bot.services.tickets.opening.check(interaction.user.id)
        await answer(interaction, views.choose_stage())

    @press("ticket:start:{stage}", access=ANYONE)
    async def start(self, interaction: Interaction, stage: int) -> None:
        """The form of a stage."""
        await self.bot.router.open_form(interaction, custom_id("ticket:form", stage))

    @form("ticket:form:{stage}", access=ANYONE, build=_build_opening)
    async def filled_in(self, interaction: Interaction, answers: Answers, stage: int) -> None:
        """Show what is known about it; else open the ticket."""
        await think(interaction)
        tickets, chosen = self.bot.services.tickets, STAGES[stage]
        await tickets.opening.check(interaction.user.id)
        questions = await self.bot.services.ticket_questions.of_stage(chosen)
        filled = await tickets.opening.read(chosen, forms.given(answers, questions))
        images = [await read_image(file, self.bot.settings.upload_limit_mb) for file in answers.files("files")]
        files = await tickets.opening.keep_files(interaction.user.id, images) if images else []
        masked = views.masked_note(filled.hidden, nik=filled.nik)
        known = await self.bot.services.knowledge.suggest(chosen, filled.text, KNOWN_ANSWERS)
        incident = await tickets.opening.incident_for(chosen)
        if known or incident is not None:
            await tickets.opening.hold(interaction.user.id, chosen, filled, files)
            if known:
                await self.bot.services.knowledge.offered(interaction.user.id, chosen, len(known))
            await answer(interaction, views.known(chosen, known, incident, masked=masked))
            return
        name = interaction.user.display_name
        ticket = await tickets.open(actor(interaction), name, chosen, filled.answers, files)
        await answer(interaction, views.opened(ticket, masked=masked))

    @press("ticket:send:{stage}", access=ANYONE)
    async def send_anyway(self, interaction: Interaction, stage: int) -> None:
        """Tetap kirim."""
        await hold(interaction)
        name = interaction.user.display_name
        ticket = await self.bot.services.tickets.send_pending(actor(interaction), name, STAGES[stage])
        await self.bot.services.knowledge.sent(interaction.user.id, STAGES[stage])
        await redraw(interaction, views.opened(ticket))

    @press("ticket:answered:{stage}:{article_id}:{number}", access=ANYONE)
    async def is_answered(self, interaction: Interaction, stage: int, article_id: int, number: int) -> None:
        """Ini menjawab."""
        opening = self.bot.services.tickets.opening
        await opening.pending(interaction.user.id, STAGES[stage])
        await self.bot.services.knowledge.answered(interaction.user.id, STAGES[stage], article_id or None)
        await opening.drop(interaction.user.id, STAGES[stage])
        await redraw(interaction, views.answered())

    @press("ticket:close:{ticket_id}", access=ANYONE)
    async def close(self, interaction: Interaction, ticket_id: int) -> None:
        """Ask once."""
        ticket = await self.bot.services.tickets.closable(actor(interaction), ticket_id)
        question = f"Tutup tiket #{ticket.id}? Kalau masalahnya muncul lagi, kamu bisa membukanya lagi."
        await confirm(interaction, question, custom_id("ticket:close-yes", ticket.id), "Ya, tutup")

    @press("ticket:close-yes:{ticket_id}", access=ANYONE)
    async def close_now(self, interaction: Interaction, ticket_id: int) -> None:
        """The yes."""
        name = interaction.user.display_name
        ticket = await self.bot.services.tickets.close_own(actor(interaction), name, ticket_id)
        await redraw(interaction, f"Tiket #{ticket.id} ditutup. Makasih sudah mengabari, ya.")

    @press("ticket:reopen:{ticket_id}", access=ANYONE)
    async def reopen(self, interaction: Interaction, ticket_id: int) -> None:
        """By its creator, or by staff."""
        ticket = await self.bot.services.tickets.reopen(actor(interaction), ticket_id, speaker(interaction))
        await answer(interaction, f"Tiket #{ticket.id} dibuka lagi. Lanjutkan di thread-nya.")

    @press("ticket:enter:{ticket_id}", access=ANYONE)
    async def enter(self, interaction: Interaction, ticket_id: int) -> None:
        """Buka thread: lets staff in; shows its creator the way."""
        tickets = self.bot.services.tickets
        ticket = await tickets.get(ticket_id)
        is_own = ticket.creator_id == interaction.user.id
        if not is_own and speaker(interaction).side is Author.CREATOR:
            raise NotAllowed("Thread ini untuk pembuat tiketnya dan staf. Punya masalah sendiri? Pakai /tiket buka.")
        ticket = await self.bot.services.ticket_desk.enter(actor(interaction), ticket_id)
        await answer(interaction, views.way_in(ticket, await tickets.thread_url(ticket), added=not is_own))

    @press("ticket:rate:{ticket_id}:{stars}", access=ANYONE)
    async def write_rating(self, interaction: Interaction, ticket_id: int, stars: int) -> None:
        """Stars first, then the form for a comment."""
        await self.bot.router.open_form(interaction, custom_id("ticket:rate", ticket_id, stars))

    @form("ticket:rate:{ticket_id}:{stars}", access=ANYONE, build=_build_rating)
    async def rated(self, interaction: Interaction, answers: Answers, ticket_id: int, stars: int) -> None:
        """What the creator thought."""
        name, comment = interaction.user.display_name, answers.text("comment")
        await self.bot.services.tickets.rate(actor(interaction), name, ticket_id, stars, comment)
        await answer(interaction, f"Nilaimu tercatat: {stars} dari 5. Makasih, ini membantu kami jadi lebih baik.")

    @press("ticket:transcript:{ticket_id}", access=ANYONE)
    async def transcript(self, interaction: Interaction, ticket_id: int) -> None:
        """The creator's copy to its creator, the full one to staff."""
        ticket = await self.bot.services.tickets.get(ticket_id)
        staff = speaker(interaction).side is not Author.CREATOR
        if not staff and ticket.creator_id != interaction.user.id:
            raise NotAllowed("Transkrip ini untuk pembuat tiketnya dan staf.")
        await self._hand_transcript(interaction, ticket, staff=staff and ticket.creator_id != interaction.user.id)

    async def _hand_transcript(self, interaction: Interaction, ticket: Ticket, *, staff: bool = False) -> None:
        await think(interaction)
        copy = await self.bot.services.transcripts.copy(ticket.id, staff=staff)
        file = discord.File(io.BytesIO(copy.content), copy.filename)
        await answer(interaction, views.transcript_note(ticket, staff=staff), files=[file])

    async def mine_page(self, query: Mapping[str, Any], number: int) -> Page:
        """A page of somebody's own tickets."""
        tickets = self.bot.services.tickets
        found, total = await tickets.mine(query["creator"], limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
        linked = [(one, await tickets.thread_url(one)) for one in found]
        return Page(views.my_tickets(linked, total), number, pages(total, PER_PAGE))
