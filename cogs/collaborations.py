"""/kolaborasi: content that TSC's own channels make with creators, from the idea to the link."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Choice
from discord.ext import commands

from bot.collaborations.models import Collaboration, Status
from bot.collaborations.rules import IDEA_LENGTH, LINK_LENGTH, MESSAGE_LENGTH, REASON_LENGTH, PlanForm
from bot.platform.errors import DomainError
from bot.platform.indonesian import format_date
from bot.platform.text import one_line
from bot.server.models import Access
from cogs import collaboration_views as views
from cogs.kol_search import staff_creator_choices
from cogs.ui.answers import Interaction, actor, answer, redraw
from cogs.ui.forms import Answers, FormSpec, TextField
from cogs.ui.paging import Page, show_list
from cogs.ui.routing import AreaCog, allow, allowed, choose, custom_id, form, press

STAFF = Access.STAFF
LIST = "collaboration.list"
_STATUSES = list(Status)
_CHOICES = [Choice(name=status.indonesian, value=status.value) for status in Status]


async def _collaborations(interaction: Interaction, current: str) -> list[Choice[str]]:
    if not allowed(interaction, STAFF):
        return []
    found = await interaction.client.services.collaborations.suggest(current)
    return [Choice(name=f"{one.id}. {one_line(one.plan.idea)}"[:100], value=f"#{one.id}") for one in found]


def _plan_form(title: str, known: Collaboration | None = None) -> FormSpec:
    plan = known.plan if known else None
    planned = format_date(plan.planned_on, weekday=False) if plan and plan.planned_on else ""
    return FormSpec(
        title,
        (
            TextField(
                "idea",
                "Ide konten",
                "",
                "Reels GRWM bareng kreator baru",
                IDEA_LENGTH,
                paragraph=True,
                default=plan.idea if plan else "",
            ),
            TextField(
                "message",
                "Pesan brand",
                "Apa yang harus sampai ke penonton?",
                "",
                MESSAGE_LENGTH,
                paragraph=True,
                default=plan.message if plan else "",
            ),
            TextField("planned_on", "Rencana tayang", "Boleh dikosongkan", "20/3", 40, required=False, default=planned),
        ),
    )


def _plan_of(answers: Answers) -> PlanForm:
    return PlanForm(answers.text("idea"), answers.text("message"), answers.text("planned_on"))


def _status(number: int) -> Status:
    if number >= len(_STATUSES):
        raise DomainError("Tombol ini sudah tidak dikenal. Buka lagi dengan /kolaborasi daftar.")
    return _STATUSES[number]


async def _build_new(cog: CollaborationsCog, interaction: Interaction, creator_id: int) -> FormSpec:
    return _plan_form("Kolaborasi baru")


async def _build_edit(cog: CollaborationsCog, interaction: Interaction, number: int, version: int) -> FormSpec:
    return _plan_form("Ubah kolaborasi", await cog.bot.services.collaborations.get(number))


async def _build_move(
    cog: CollaborationsCog, interaction: Interaction, number: int, version: int, status: int
) -> FormSpec:
    known = await cog.bot.services.collaborations.check_move(number, version, _status(status))
    if _status(status) is Status.POSTED:
        link = TextField("link", "Tautan konten", "", "https://…", LINK_LENGTH, default=known.link or "")
        return FormSpec("Sudah tayang", (link,))
    return FormSpec("Batalkan kolaborasi", (TextField("reason", "Alasan", max_length=REASON_LENGTH, paragraph=True),))


class CollaborationsCog(AreaCog):
    """Idea, creator, brand message, status, link."""

    kolaborasi = app_commands.Group(
        name="kolaborasi",
        description="Konten TSC bersama kreator: ide, kreator, pesan brand, status, tautan",
        default_permissions=discord.Permissions(manage_events=True),
    )

    def __init__(self, bot: Any) -> None:
        super().__init__(bot)
        bot.lists[LIST] = (STAFF, self._page)

    @kolaborasi.command(name="buat", description="Catat ide kolaborasi baru")
    @app_commands.describe(kreator="Kreatornya, kalau sudah ada")
    @app_commands.autocomplete(kreator=staff_creator_choices)
    @allow(STAFF)
    async def begin(self, interaction: Interaction, kreator: str | None = None) -> None:
        """A new idea."""
        creator_id = (await self.bot.services.search.only(kreator)).id if kreator else 0
        await self.bot.router.open_form(interaction, custom_id("collaboration:new", creator_id))

    @kolaborasi.command(name="daftar", description="Semua kolaborasi konten dan statusnya")
    @app_commands.describe(status="Tampilkan yang berstatus ini saja")
    @app_commands.choices(status=_CHOICES)
    @allow(STAFF)
    async def list_all(self, interaction: Interaction, status: str | None = None) -> None:
        """Every collaboration."""
        await show_list(interaction, LIST, {"status": status})

    @kolaborasi.command(name="kreator", description="Pilih atau ganti kreator sebuah kolaborasi")
    @app_commands.describe(kolaborasi="Idenya", kreator="Username kreatornya")
    @app_commands.autocomplete(kolaborasi=_collaborations, kreator=staff_creator_choices)
    @allow(STAFF)
    async def set_creator(self, interaction: Interaction, kolaborasi: str, kreator: str) -> None:
        """Who makes it."""
        service = self.bot.services.collaborations
        known, creator = await service.chosen(kolaborasi), await self.bot.services.search.only(kreator)
        changed = await service.set_creator(actor(interaction), known.id, creator.id)
        await answer(interaction, await self._panel(changed, "**Kreatornya tersimpan.**"))

    @form("collaboration:new:{creator_id}", access=STAFF, build=_build_new)
    async def begun(self, interaction: Interaction, answers: Answers, creator_id: int) -> None:
        """Kept."""
        service = self.bot.services.collaborations
        begun = await service.begin(actor(interaction), creator_id or None, _plan_of(answers))
        await answer(interaction, await self._panel(begun, "**Ide tersimpan.**"))

    @choose("collaboration:pick", access=STAFF)
    async def pick(self, interaction: Interaction, values: list[str]) -> None:
        """One of the list."""
        await answer(interaction, await self._panel(await self.bot.services.collaborations.get(int(values[0]))))

    @press("collaboration:edit:{number}:{version}", access=STAFF)
    async def edit(self, interaction: Interaction, number: int, version: int) -> None:
        """Ubah isi."""
        await self.bot.router.open_form(interaction, custom_id("collaboration:edit", number, version))

    @form("collaboration:edit:{number}:{version}", access=STAFF, build=_build_edit)
    async def edited(self, interaction: Interaction, answers: Answers, number: int, version: int) -> None:
        """Kept."""
        service = self.bot.services.collaborations
        changed = await service.change(actor(interaction), number, version, _plan_of(answers))
        await redraw(interaction, await self._panel(changed, "**Tersimpan.**"))

    @press("collaboration:move:{number}:{version}:{status}", access=STAFF)
    async def move(self, interaction: Interaction, number: int, version: int, status: int) -> None:
        """One step on; a link or a reason is asked for where one is needed."""
        following = _status(status)
        if following in (Status.POSTED, Status.CANCELLED):
            await self.bot.router.open_form(interaction, custom_id("collaboration:move", number, version, status))
            return
        moved = await self.bot.services.collaborations.move(actor(interaction), number, version, following)
        await redraw(interaction, await self._panel(moved, f"**Sekarang: {moved.status.indonesian}.**"))

    @form("collaboration:move:{number}:{version}:{status}", access=STAFF, build=_build_move)
    async def moved(self, interaction: Interaction, answers: Answers, number: int, version: int, status: int) -> None:
        """Posted with its link, or cancelled with its reason."""
        moved = await self.bot.services.collaborations.move(
            actor(interaction),
            number,
            version,
            _status(status),
            link=answers.text("link"),
            reason=answers.text("reason"),
        )
        await redraw(interaction, await self._panel(moved, f"**Sekarang: {moved.status.indonesian}.**"))

    async def _panel(self, one: Collaboration, note: str = "") -> views.Message:
        return views.panel(one, await self.bot.services.collaborations.history(one.id), note)

    async def _page(self, query: Mapping[str, Any], number: int) -> Page:
        status = Status(query["status"]) if query["status"] else None
        found, total = await self.bot.services.collaborations.listed(
            [status] if status else _STATUSES, limit=views.PER_PAGE, offset=(number - 1) * views.PER_PAGE
        )
        return Page(views.listing(found, total, status), number, max(1, -(-total // views.PER_PAGE)))


async def setup(bot: commands.Bot) -> None:
    """Called by discord.py."""
    await bot.add_cog(CollaborationsCog(bot))
