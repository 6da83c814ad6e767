"""/tiket-admin: the queue, one ticket's card, priority, hand-over, merging, the panel and the forms' questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands

from bot.server.models import Access
from bot.tickets.models import OPEN_STATES, Priority, Question, Stage, TicketState
from bot.tickets.rules import QueueFilter
from cogs import ticket_forms as forms
from cogs import ticket_views as views
from cogs.campaigns import pages
from cogs.ticket_group import STAGES, speaker, ticket_choices, tiket_admin
from cogs.ticket_staff import TicketStaff
from cogs.ui.answers import Interaction, actor, answer, redraw
from cogs.ui.forms import Answers, FormSpec
from cogs.ui.paging import Page, show_list
from cogs.ui.routing import allow, choose, custom_id, form, press

PER_PAGE = 8
STAFF = Access.STAFF
PRIORITIES = tuple(Priority)
_OPEN = tuple(state for state in TicketState if state in OPEN_STATES)
_STAGE_CHOICES = [app_commands.Choice(name=stage.indonesian, value=stage.value) for stage in STAGES]
_PRIORITY_CHOICES = [app_commands.Choice(name=one.indonesian, value=one.value) for one in PRIORITIES]
_STATE_CHOICES = [app_commands.Choice(name=one.indonesian, value=one.value) for one in _OPEN]


async def _build_new_question(cog: TicketAdmin, interaction: Interaction, stage: int) -> FormSpec:
    return forms.question_form(None)


async def _build_question(cog: TicketAdmin, interaction: Interaction, question_id: int) -> FormSpec:
    return forms.question_form(await cog.bot.services.ticket_questions.get(question_id))


def _question_of(answers: Answers) -> dict[str, bool]:
    return {"required": answers.choice("required") != "no", "paragraph": answers.choice("length") == "paragraph"}


class TicketAdmin(TicketStaff):
    """The staff's commands."""

    @tiket_admin.command(name="antrian", description="Tiket terbuka, yang paling dekat batas waktunya di atas")
    @app_commands.describe(
        tahap="Hanya tahap ini",
        prioritas="Hanya prioritas ini",
        status="Hanya keadaan ini",
        pemegang="Hanya yang dipegang orang ini",
        belum_dipegang="Hanya yang belum dipegang siapa pun",
    )
    @app_commands.choices(tahap=_STAGE_CHOICES, prioritas=_PRIORITY_CHOICES, status=_STATE_CHOICES)
    @allow(STAFF)
    async def queue_command(
        self,
        interaction: Interaction,
        tahap: str | None = None,
        prioritas: str | None = None,
        status: str | None = None,
        pemegang: discord.User | None = None,
        belum_dipegang: bool = False,
    ) -> None:
        """The queue."""
        holder = pemegang.id if pemegang else None
        query = {"stage": tahap, "priority": prioritas, "state": status, "holder": holder, "free": belum_dipegang}
        await show_list(interaction, "ticket.queue", query)

    @tiket_admin.command(name="lihat", description="Kartu satu tiket dengan semua tombolnya")
    @app_commands.describe(tiket="Nomor tiket; ketik nomor, nama kreator, atau isi")
    @allow(STAFF)
    async def show_command(self, interaction: Interaction, tiket: str) -> None:
        """One ticket."""
        await self._show(interaction, (await self.bot.services.tickets.chosen(tiket)).id)

    @tiket_admin.command(name="prioritas", description="Ubah prioritas tiket; target waktunya ikut berubah")
    @app_commands.describe(tiket="Nomor tiket", prioritas="Prioritas baru")
    @app_commands.choices(prioritas=_PRIORITY_CHOICES)
    @allow(STAFF)
    async def priority_command(self, interaction: Interaction, tiket: str, prioritas: str) -> None:
        """Another priority."""
        found, wanted = await self.bot.services.tickets.chosen(tiket), Priority(prioritas)
        desk = self.bot.services.ticket_desk
        ticket = await desk.set_priority(actor(interaction), found.id, speaker(interaction), wanted)
        await answer(interaction, f"Prioritas tiket #{ticket.id} sekarang {wanted.indonesian.lower()}.")

    @tiket_admin.command(name="alihkan", description="Alihkan tiket ke orang lain dari tim")
    @app_commands.describe(tiket="Nomor tiket", orang="Siapa yang melanjutkan")
    @allow(STAFF)
    async def hand_over_command(self, interaction: Interaction, tiket: str, orang: discord.User) -> None:
        """To somebody else."""
        found = await self.bot.services.tickets.chosen(tiket)
        await answer(interaction, await self.give_to(interaction, found.id, orang))

    @tiket_admin.command(name="gabung", description="Gabungkan dua tiket dari kreator yang sama")
    @app_commands.describe(tiket="Tiket yang ditutup", ke="Tiket yang dilanjutkan")
    @allow(STAFF)
    async def merge_command(self, interaction: Interaction, tiket: str, ke: str) -> None:
        """Two become one."""
        tickets = self.bot.services.tickets
        source, target = await tickets.chosen(tiket), await tickets.chosen(ke)
        desk = self.bot.services.ticket_desk
        await desk.merge(actor(interaction), source.id, target.id, speaker(interaction))
        await answer(interaction, f"Tiket #{source.id} digabung ke #{target.id}. Kreatornya dikabari di kedua thread.")

    @show_command.autocomplete("tiket")
    async def _any_tickets(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        return await ticket_choices(interaction, current, tuple(TicketState))

    @priority_command.autocomplete("tiket")
    @hand_over_command.autocomplete("tiket")
    @merge_command.autocomplete("tiket")
    @merge_command.autocomplete("ke")
    async def _open_tickets(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        return await ticket_choices(interaction, current, _OPEN)

    @tiket_admin.command(name="panel", description="Pasang panel tombol bantuan di channel bantuan")
    @allow(STAFF)
    async def panel_command(self, interaction: Interaction) -> None:
        """Post the panel."""
        channel_id = await self.bot.services.tickets.post_panel(actor(interaction), views.panel())
        await answer(
            interaction, f"Panel bantuan dikirim ke <#{channel_id}>. Sematkan pesannya supaya mudah ditemukan."
        )

    @tiket_admin.command(name="pertanyaan", description="Ubah pertanyaan di formulir bantuan")
    @app_commands.describe(tahap="Formulir tahap mana")
    @app_commands.choices(tahap=_STAGE_CHOICES)
    @allow(STAFF)
    async def questions_command(self, interaction: Interaction, tahap: str) -> None:
        """A stage's questions."""
        await answer(interaction, await self._questions(Stage(tahap)))

    @choose("ticket:show", access=STAFF)
    async def show(self, interaction: Interaction, values: list[str]) -> None:
        """One ticket of the queue."""
        await self._show(interaction, int(values[0]))

    @press("ticket:question-new:{stage}", access=STAFF)
    async def write_new_question(self, interaction: Interaction, stage: int) -> None:
        """Tambah pertanyaan."""
        await self.bot.router.open_form(interaction, custom_id("ticket:question-new", stage))

    @form("ticket:question-new:{stage}", access=STAFF, build=_build_new_question)
    async def new_question(self, interaction: Interaction, answers: Answers, stage: int) -> None:
        """One more question."""
        questions = self.bot.services.ticket_questions
        label, hint = answers.text("label"), answers.text("hint")
        added = await questions.add(actor(interaction), STAGES[stage], label, hint, **_question_of(answers))
        await self._redraw_questions(interaction, added)

    @choose("ticket:question-edit", access=STAFF)
    async def write_question_anew(self, interaction: Interaction, values: list[str]) -> None:
        """Ubah pertanyaan."""
        await self.bot.router.open_form(interaction, custom_id("ticket:question", int(values[0])))

    @form("ticket:question:{question_id}", access=STAFF, build=_build_question)
    async def question_changed(self, interaction: Interaction, answers: Answers, question_id: int) -> None:
        """The same question otherwise."""
        questions = self.bot.services.ticket_questions
        label, hint = answers.text("label"), answers.text("hint")
        changed = await questions.change(actor(interaction), question_id, label, hint, **_question_of(answers))
        await self._redraw_questions(interaction, changed)

    @choose("ticket:question-remove", access=STAFF)
    async def question_removed(self, interaction: Interaction, values: list[str]) -> None:
        """Hapus pertanyaan."""
        removed = await self.bot.services.ticket_questions.remove(actor(interaction), int(values[0]))
        await self._redraw_questions(interaction, removed)

    async def _questions(self, stage: Stage) -> views.Message:
        return views.questions(stage, await self.bot.services.ticket_questions.of_stage(stage))

    async def _redraw_questions(self, interaction: Interaction, question: Question) -> None:
        await redraw(interaction, await self._questions(question.stage))

    async def _show(self, interaction: Interaction, ticket_id: int) -> None:
        await answer(interaction, await self.bot.services.tickets.card(ticket_id))

    async def queue_page(self, query: Mapping[str, Any], number: int) -> Page:
        """A page of the queue."""
        wanted = QueueFilter(
            Stage(query["stage"]) if query["stage"] else None,
            Priority(query["priority"]) if query["priority"] else None,
            TicketState(query["state"]) if query["state"] else None,
            query["holder"],
            query["free"],
        )
        found, total = await self.bot.services.tickets.queue(wanted, PER_PAGE, (number - 1) * PER_PAGE)
        shown = views.queue(found, total, filtered=wanted != QueueFilter())
        return Page(shown, number, pages(total, PER_PAGE))
