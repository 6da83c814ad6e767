"""The buttons of a ticket for staff and IT. Each checks the role and the ticket's state anew."""

from __future__ import annotations

import discord

from bot.knowledge.models import Canned
from bot.platform.errors import DomainError
from bot.server.models import Access, RoleKey
from bot.tickets.models import Ticket
from cogs import ticket_forms as forms
from cogs import ticket_views as views
from cogs.ticket_group import speaker
from cogs.ui.answers import Interaction, actor, answer, redraw, think
from cogs.ui.forms import Answers, FormSpec
from cogs.ui.routing import AreaCog, choose, custom_id, form, press

STAFF = Access.STAFF
MOST_PEOPLE = 25
# Who may be given a ticket, first come those whose work it is.
_HANDS = (RoleKey.IT, RoleKey.KOL_TEAM, RoleKey.ADMIN, RoleKey.FINANCE)


async def _with_canned(cog: TicketStaff, ticket_id: int) -> tuple[Ticket, list[Canned]]:
    ticket = await cog.bot.services.ticket_desk.workable(ticket_id)
    return ticket, await cog.bot.services.canned.for_stage(ticket.stage)


async def _build_escalation(cog: TicketStaff, interaction: Interaction, ticket_id: int) -> FormSpec:
    return forms.escalation_form(await cog.bot.services.ticket_desk.workable(ticket_id))


async def _build_asking(cog: TicketStaff, interaction: Interaction, ticket_id: int) -> FormSpec:
    return forms.asking_form(*await _with_canned(cog, ticket_id))


async def _build_note(cog: TicketStaff, interaction: Interaction, ticket_id: int) -> FormSpec:
    return forms.note_form(await cog.bot.services.tickets.get(ticket_id))


async def _build_reply(cog: TicketStaff, interaction: Interaction, ticket_id: int) -> FormSpec:
    return forms.reply_form(*await _with_canned(cog, ticket_id))


async def _build_conclusion(cog: TicketStaff, interaction: Interaction, ticket_id: int) -> FormSpec:
    return forms.conclusion_form(*await _with_canned(cog, ticket_id))


class TicketStaff(AreaCog):
    """What staff and IT press."""

    @press("ticket:claim:{ticket_id}", access=STAFF)
    async def claim(self, interaction: Interaction, ticket_id: int) -> None:
        """Ambil."""
        ticket = await self.bot.services.ticket_desk.claim(actor(interaction), ticket_id, speaker(interaction))
        await answer(interaction, f"Tiket #{ticket.id} kamu pegang. Kamu dimasukkan ke thread-nya; balas di sana.")

    @press("ticket:hand-over:{ticket_id}", access=STAFF)
    async def hand_over(self, interaction: Interaction, ticket_id: int) -> None:
        """Alihkan: to whom."""
        ticket = await self.bot.services.ticket_desk.workable(ticket_id)
        await answer(interaction, views.hand_over(ticket, self._people(interaction, ticket)))

    @choose("ticket:hand-over-to:{ticket_id}", access=STAFF)
    async def handed_over(self, interaction: Interaction, values: list[str], ticket_id: int) -> None:
        """Alihkan: the choice."""
        assert interaction.guild is not None
        member = interaction.guild.get_member(int(values[0]))
        await redraw(interaction, await self.give_to(interaction, ticket_id, member))

    @press("ticket:escalate:{ticket_id}", access=STAFF)
    async def write_escalation(self, interaction: Interaction, ticket_id: int) -> None:
        """Eskalasi: why."""
        await self.bot.router.open_form(interaction, custom_id("ticket:escalate", ticket_id))

    @form("ticket:escalate:{ticket_id}", access=STAFF, build=_build_escalation)
    async def escalated(self, interaction: Interaction, answers: Answers, ticket_id: int) -> None:
        """Eskalasi."""
        desk = self.bot.services.ticket_desk
        await desk.escalate(actor(interaction), ticket_id, speaker(interaction), answers.text("text"))
        await answer(interaction, f"Tiket #{ticket_id} dieskalasi. IT yang piket dan Tim KOL dipanggil.")

    @press("ticket:ask:{ticket_id}", access=STAFF)
    async def write_question(self, interaction: Interaction, ticket_id: int) -> None:
        """Minta info: what."""
        await self.bot.router.open_form(interaction, custom_id("ticket:ask", ticket_id))

    @form("ticket:ask:{ticket_id}", access=STAFF, build=_build_asking)
    async def asked(self, interaction: Interaction, answers: Answers, ticket_id: int) -> None:
        """Minta info."""
        desk = self.bot.services.ticket_desk
        words = await self._words(ticket_id, answers)
        await desk.ask(actor(interaction), ticket_id, speaker(interaction), words)
        await answer(interaction, f"Kreator tiket #{ticket_id} ditanya di thread-nya. Waktu target berhenti dulu.")

    @press("ticket:note:{ticket_id}", access=STAFF)
    async def write_note(self, interaction: Interaction, ticket_id: int) -> None:
        """Catatan internal: the words."""
        await self.bot.router.open_form(interaction, custom_id("ticket:note", ticket_id))

    @form("ticket:note:{ticket_id}", access=STAFF, build=_build_note)
    async def noted(self, interaction: Interaction, answers: Answers, ticket_id: int) -> None:
        """Catatan internal."""
        desk = self.bot.services.ticket_desk
        await desk.note(actor(interaction), ticket_id, speaker(interaction), answers.text("text"))
        await answer(interaction, f"Catatan untuk tiket #{ticket_id} tersimpan. Hanya staf yang melihatnya.")

    @press("ticket:reply:{ticket_id}", access=STAFF)
    async def write_reply(self, interaction: Interaction, ticket_id: int) -> None:
        """Balas: the words."""
        await self.bot.router.open_form(interaction, custom_id("ticket:reply", ticket_id))

    @form("ticket:reply:{ticket_id}", access=STAFF, build=_build_reply)
    async def replied(self, interaction: Interaction, answers: Answers, ticket_id: int) -> None:
        """Balas."""
        desk = self.bot.services.ticket_desk
        words = await self._words(ticket_id, answers)
        await desk.reply(actor(interaction), ticket_id, speaker(interaction), words)
        await answer(interaction, f"Balasanmu masuk ke thread tiket #{ticket_id}.")

    @press("ticket:resolve:{ticket_id}", access=STAFF)
    async def write_conclusion(self, interaction: Interaction, ticket_id: int) -> None:
        """Selesai: the conclusion."""
        await self.bot.router.open_form(interaction, custom_id("ticket:resolve", ticket_id))

    @form("ticket:resolve:{ticket_id}", access=STAFF, build=_build_conclusion)
    async def resolved(self, interaction: Interaction, answers: Answers, ticket_id: int) -> None:
        """Selesai."""
        await think(interaction)
        conclusion, cause = await self._words(ticket_id, answers), answers.choice("cause") or ""
        desk = self.bot.services.ticket_desk
        await desk.resolve(actor(interaction), ticket_id, speaker(interaction), conclusion, cause)
        await answer(interaction, f"Tiket #{ticket_id} selesai. Kesimpulanmu dikirim ke kreatornya.")

    @press("ticket:thread:{ticket_id}", access=STAFF)
    async def new_thread(self, interaction: Interaction, ticket_id: int) -> None:
        """Buat thread baru."""
        await self.bot.services.ticket_conversation.new_thread(actor(interaction), ticket_id)
        await answer(interaction, f"Thread baru untuk tiket #{ticket_id} sedang dibuat.")

    async def give_to(
        self, interaction: Interaction, ticket_id: int, member: discord.User | discord.Member | None
    ) -> str:
        """Hand a ticket to somebody who is staff; the answer to who did. Raises DomainError."""
        roles = [role.id for role in member.roles] if isinstance(member, discord.Member) else []
        if member is None or member.bot or not self.bot.services.server.may(STAFF, roles, administrator=False):
            raise DomainError("Orang itu tidak punya role staf. Pilih yang lain, atau minta admin memberi role-nya.")
        desk = self.bot.services.ticket_desk
        await desk.hand_over(actor(interaction), ticket_id, speaker(interaction), member.id, member.display_name)
        return f"Tiket #{ticket_id} dialihkan ke {member.mention}."

    async def _words(self, ticket_id: int, answers: Answers) -> str:
        """A ready-made answer, filled in for the ticket, and what was written below it."""
        chosen, written = answers.choice("canned"), answers.text("text")
        if chosen is None:
            return written
        ticket = await self.bot.services.tickets.get(ticket_id)
        return f"{await self.bot.services.canned.filled(int(chosen), ticket)}\n\n{written}".strip()

    def _people(self, interaction: Interaction, ticket: Ticket) -> list[tuple[int, str, str]]:
        assert interaction.guild is not None
        people: dict[int, tuple[int, str, str]] = {}
        for key in _HANDS:
            role = interaction.guild.get_role(self.bot.services.server.places.role(key) or 0)
            for member in role.members if role else []:
                if not member.bot and member.id != ticket.assignee_id:
                    people.setdefault(member.id, (member.id, member.display_name, role.name if role else ""))
        return list(people.values())[:MOST_PEOPLE]
