"""/shortlist keputusan: what the brand decided about each creator, and from there to the offers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from discord import app_commands

from bot.offers.models import Choice
from bot.platform.errors import DomainError
from cogs import decision_views as views
from cogs import offer_forms as forms
from cogs.shortlist_group import KOL, shortlist, shortlist_choices
from cogs.ui.answers import Interaction, actor, answer, redraw
from cogs.ui.forms import Answers, FormSpec
from cogs.ui.paging import Page, show_list
from cogs.ui.routing import AreaCog, allow, choose, custom_id, form, press

DECISIONS = "shortlist.decisions"
_CHOICES = list(Choice)


def _choice(number: int) -> Choice:
    if number >= len(_CHOICES):
        raise DomainError("Tombol ini sudah tidak dikenal. Buka lagi dengan /shortlist keputusan.")
    return _CHOICES[number]


async def _build_one(
    cog: ShortlistDecisions, interaction: Interaction, shortlist_id: int, creator_id: int, seen: int, choice: int
) -> FormSpec:
    await cog.bot.services.decisions.check(shortlist_id, creator_id, seen, _choice(choice))
    _, person, _ = await cog.bot.services.decisions.one(shortlist_id, creator_id)
    return forms.decision_form(_choice(choice), person.creator.record.username)


async def _build_many(cog: ShortlistDecisions, interaction: Interaction, shortlist_id: int) -> FormSpec:
    _, undecided = await cog.bot.services.decisions.undecided(shortlist_id)
    if not undecided:
        raise DomainError("Semua kreator di shortlist ini sudah diputuskan. Buka satu kreator untuk mengubahnya.")
    return forms.many_form(undecided)


class ShortlistDecisions(AreaCog):
    """Chosen, reserve, rejected."""

    def __init__(self, bot: Any) -> None:
        super().__init__(bot)
        bot.lists[DECISIONS] = (KOL, self._decisions_page)

    @shortlist.command(name="keputusan", description="Catat pilihan brand: terpilih, cadangan, ditolak; lalu tawarkan")
    @app_commands.describe(judul="Judul shortlist atau kampanyenya")
    @app_commands.autocomplete(judul=shortlist_choices)
    @allow(KOL)
    async def decisions(self, interaction: Interaction, judul: str) -> None:
        """What was decided about a shortlist."""
        found = await self.bot.services.shortlists.chosen(judul)
        await show_list(interaction, DECISIONS, {"shortlist": found.id})

    @press("decision:list:{shortlist_id}", access=KOL)
    async def decisions_by_button(self, interaction: Interaction, shortlist_id: int) -> None:
        """Keputusan brand."""
        await show_list(interaction, DECISIONS, {"shortlist": shortlist_id})

    @choose("decision:open:{shortlist_id}", access=KOL)
    async def open_decided(self, interaction: Interaction, values: list[str], shortlist_id: int) -> None:
        """One creator."""
        await answer(interaction, views.person(*await self.bot.services.decisions.one(shortlist_id, int(values[0]))))

    @press("decision:person:{shortlist_id}:{creator_id}", access=KOL)
    async def person(self, interaction: Interaction, shortlist_id: int, creator_id: int) -> None:
        """The same from the explanation of a score."""
        await answer(interaction, views.person(*await self.bot.services.decisions.one(shortlist_id, creator_id)))

    @press("decision:set:{shortlist_id}:{creator_id}:{seen}:{choice}", access=KOL)
    async def decide(
        self, interaction: Interaction, shortlist_id: int, creator_id: int, seen: int, choice: int
    ) -> None:
        """Terpilih, Cadangan, Ditolak, Buka lagi: ask why."""
        form_id = custom_id("decision:set", shortlist_id, creator_id, seen, choice)
        await self.bot.router.open_form(interaction, form_id)

    @form("decision:set:{shortlist_id}:{creator_id}:{seen}:{choice}", access=KOL, build=_build_one)
    async def decided(
        self, interaction: Interaction, answers: Answers, shortlist_id: int, creator_id: int, seen: int, choice: int
    ) -> None:
        """Kept; the panel whose button was pressed shows it."""
        decisions = self.bot.services.decisions
        why = answers.text("reason")
        await decisions.decide(actor(interaction), shortlist_id, creator_id, seen, _choice(choice), why)
        found, person, history = await decisions.one(shortlist_id, creator_id)
        await redraw(interaction, views.person(found, person, history, "**Tercatat.**"))

    @press("decision:many:{shortlist_id}", access=KOL)
    async def decide_many(self, interaction: Interaction, shortlist_id: int) -> None:
        """Catat keputusan."""
        await self.bot.router.open_form(interaction, custom_id("decision:many", shortlist_id))

    @form("decision:many:{shortlist_id}", access=KOL, build=_build_many)
    async def decided_many(self, interaction: Interaction, answers: Answers, shortlist_id: int) -> None:
        """Kept, but for those somebody else has decided on meanwhile."""
        typed = forms.many_of(answers)
        outcome = await self.bot.services.decisions.decide_many(actor(interaction), shortlist_id, typed)
        await answer(interaction, views.noted(*outcome))
        await show_list(interaction, DECISIONS, {"shortlist": shortlist_id})

    async def _decisions_page(self, query: Mapping[str, Any], number: int) -> Page:
        services = self.bot.services
        found = await services.decisions.overview(query["shortlist"])
        pages = max(1, -(-len(found.people) // views.PER_PAGE))
        first = (min(number, pages) - 1) * views.PER_PAGE
        campaign_id = found.shortlist.campaign_id
        suggestions = await services.suggestions.on_campaign(campaign_id) if campaign_id is not None else []
        people = found.people[first : first + views.PER_PAGE]
        return Page(views.overview(found, people, suggestions), min(number, pages), pages)
