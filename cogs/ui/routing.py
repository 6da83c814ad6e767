"""How presses, choices and forms find their handler: by custom_id alone, so that nothing is lost at a restart.

A cog's methods are marked with `@press`, `@choose` or `@form`; the template `campaign:apply:{campaign_id}` stands for
custom_ids like `tsc:campaign:apply:12`. Ids in it are integers and reach the handler by name. The role is checked at
every press. Slash commands get the same treatment from `@allow`.
"""

from __future__ import annotations

import functools
import inspect
import re
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import discord
from discord.ext import commands

from bot.platform import metrics
from bot.platform.errors import DomainError, NotAllowed, NotFound, TooLate
from bot.platform.messages import PREFIX, custom_id
from bot.server.models import Access
from cogs.ui import forms
from cogs.ui.answers import Interaction, respond
from cogs.ui.errors import EXPIRED, refuse, report
from cogs.ui.forms import Answers, FormSpec

F = TypeVar("F", bound=Callable[..., Awaitable[Any]])
SpecBuilder = Callable[..., Awaitable[FormSpec]]

__all__ = [
    "PREFIX",
    "AreaCog",
    "Route",
    "Router",
    "allow",
    "allowed",
    "check_access",
    "choose",
    "custom_id",
    "form",
    "guarded",
    "press",
]

_REFUSALS = {
    Access.CREATOR: "Fitur ini untuk kreator yang sudah terdaftar. Daftar dulu dengan /daftar, cuma beberapa menit.",
    Access.STAFF: "Perintah ini hanya untuk staf The Social Club.",
    Access.KOL: "Perintah ini hanya untuk Tim KOL. Kalau kamu bagian dari tim, minta role-nya ke admin.",
    Access.FINANCE: "Ini hanya untuk Finance. Kalau kamu bagian dari tim, minta role-nya ke admin.",
    Access.IT: "Ini hanya untuk IT Support. Kalau kamu bagian dari tim, minta role-nya ke admin.",
    Access.ADMIN: "Perintah ini hanya untuk admin server.",
}


@dataclass(frozen=True)
class Route:
    """One kind of component: its template, who may use it, and for forms how it is built."""

    kind: str
    template: str
    access: Access
    build: SpecBuilder | None = None

    @property
    def pattern(self) -> re.Pattern[str]:
        """The template as a regular expression over whole custom_ids."""
        return re.compile(PREFIX + re.sub(r"\{(\w+)\}", r"(?P<\1>\\d{1,20})", self.template))


def _mark(route: Route) -> Callable[[F], F]:
    def decorate(function: F) -> F:
        function.__route__ = route  # type: ignore[attr-defined]
        return function

    return decorate


def press(template: str, *, access: Access) -> Callable[[F], F]:
    """Mark `async def handler(self, interaction, **ids)` as what a button does."""
    return _mark(Route("button", template, access))


def choose(template: str, *, access: Access) -> Callable[[F], F]:
    """Mark `async def handler(self, interaction, values: list[str], **ids)` as what a select does."""
    return _mark(Route("select", template, access))


def form(template: str, *, access: Access, build: SpecBuilder) -> Callable[[F], F]:
    """Mark `async def handler(self, interaction, answers: Answers, **ids)` as what a submitted form does.

    `build(cog, interaction, **ids)` gives the form's fields; it is called each time the form is opened.
    """
    return _mark(Route("modal", template, access, build))


class NotRegistered(NotAllowed):
    """Something for creators was tried by somebody who is none (yet)."""


def check_access(interaction: Interaction, access: Access) -> None:
    """Raise NotAllowed unless the person may do this now: right server, still holding the role, not a bot."""
    bot = interaction.client
    user = interaction.user
    if user.bot:
        raise NotAllowed("Bot lain tidak bisa memakai ini.")
    if interaction.guild_id is None:
        if access in (Access.EVERYONE, Access.CREATOR):
            return  # buttons in a DM: the handler looks up whose it is
        raise NotAllowed("Perintah ini hanya bisa dipakai di dalam server TSCreator.")
    if bot.settings.guild_id and interaction.guild_id != bot.settings.guild_id:
        raise NotAllowed("Bot ini hanya melayani server TSCreator.")
    roles = [role.id for role in user.roles] if isinstance(user, discord.Member) else []
    if not bot.services.server.may(access, roles, administrator=interaction.permissions.administrator):
        raise (NotRegistered if access is Access.CREATOR else NotAllowed)(_REFUSALS[access])


def allowed(interaction: Interaction, access: Access) -> bool:
    """Whether `check_access` would let this person in: for what is shown or suggested to some and not to others."""
    try:
        check_access(interaction, access)
    except NotAllowed:
        return False
    return True


async def _let_in(interaction: Interaction, access: Access) -> None:
    """`check_access`, with a refusal that knows of a claim that is being looked at."""
    try:
        check_access(interaction, access)
    except NotRegistered:
        raise await interaction.client.services.onboarding.why_not_creator(interaction.user.id) from None


async def guarded(interaction: Interaction, access: Access, work: Callable[[], Awaitable[Any]]) -> None:
    """Check the role, do the work, answer every error; the one frame around all that people can touch."""
    with metrics.INTERACTION_SECONDS.time():
        try:
            await _let_in(interaction, access)
            await work()
        except DomainError as error:
            await refuse(interaction, error)
        except sqlite3.OperationalError as error:
            interaction.client.log_store_fault(error)
            await refuse(
                interaction,
                DomainError(
                    "Penyimpanan sedang tidak bisa ditulis, jadi belum ada yang berubah. Coba lagi sebentar lagi."
                ),
            )
        except Exception as error:
            await report(interaction, error)
        else:
            metrics.INTERACTIONS.labels(interaction.type.name, "done").inc()


def allow(access: Access) -> Callable[[F], F]:
    """Put directly above a slash command's function (and below discord.py's decorators)."""

    def decorate(function: F) -> F:
        @functools.wraps(function)
        async def wrapper(self: Any, interaction: Interaction, *args: Any, **kwargs: Any) -> None:
            await guarded(interaction, access, lambda: function(self, interaction, *args, **kwargs))

        # discord.py reads options off the annotations, and would look up in this module those that are text.
        wrapper.__signature__ = inspect.signature(function, eval_str=True)  # type: ignore[attr-defined]
        wrapper.__access__ = access  # type: ignore[attr-defined]
        return wrapper  # type: ignore[return-value]

    return decorate


class Router:
    """Knows every route of the bot; owned by the bot, filled by cogs as they load."""

    def __init__(self) -> None:
        self.routes: list[tuple[Route, Callable[..., Awaitable[Any]], Any]] = []

    def add_cog(self, bot: commands.Bot, cog: commands.Cog) -> None:
        """Register the marked methods of a cog."""
        for route, handler in _marked(cog):
            self.routes.append((route, handler, cog))
            if route.kind != "modal":
                bot.add_dynamic_items(_dynamic_item(route, handler))

    def known(self, kind: str, identifier: str) -> bool:
        """Whether a component with this custom_id has a handler."""
        return any(route.kind == kind and route.pattern.fullmatch(identifier) for route, _, _ in self.routes)

    def modal(self, identifier: str) -> tuple[Route, Callable[..., Awaitable[Any]], Any, dict[str, int]] | None:
        """The form behind a custom_id."""
        for route, handler, cog in self.routes:
            match = route.pattern.fullmatch(identifier) if route.kind == "modal" else None
            if match:
                return route, handler, cog, _ids(match)
        return None

    async def open_form(self, interaction: Interaction, identifier: str) -> None:
        """Show a form, filled with the draft that was kept when it was last refused."""
        found = self.modal(identifier)
        if found is None:
            raise DomainError(EXPIRED)
        route, _, cog, ids = found
        await _let_in(interaction, route.access)
        assert route.build is not None
        spec = await route.build(cog, interaction, **ids)
        draft = await interaction.client.services.drafts.load(interaction.user.id, identifier)
        modal = forms.build(identifier, spec, draft)
        await respond(interaction, lambda: interaction.response.send_modal(modal))

    async def received(self, interaction: Interaction) -> None:
        """Every interaction passes here; forms, and presses that nobody handles any more, are answered."""
        identifier = str((interaction.data or {}).get("custom_id", ""))
        if interaction.type is discord.InteractionType.modal_submit:
            await self.submitted(interaction)
        elif (
            interaction.type is discord.InteractionType.component
            and identifier.startswith(PREFIX)
            and not self.known("button", identifier)
            and not self.known("select", identifier)
        ):
            await refuse(interaction, DomainError(EXPIRED))

    async def submitted(self, interaction: Interaction) -> None:
        """A form came back."""
        identifier = str((interaction.data or {}).get("custom_id", ""))
        found = self.modal(identifier)
        if found is None:
            if identifier.startswith(PREFIX):
                await refuse(interaction, DomainError(EXPIRED))
            return
        route, handler, _, ids = found
        answers = forms.read(interaction)

        async def work() -> None:
            await _with_draft(interaction, identifier, answers, lambda: handler(interaction, answers, **ids))

        await guarded(interaction, route.access, work)


async def _with_draft(
    interaction: Interaction, identifier: str, answers: Answers, work: Callable[[], Awaitable[Any]]
) -> None:
    from cogs.ui.fixing import offer_fix

    drafts = interaction.client.services.drafts
    try:
        await work()
    except (NotAllowed, NotFound, TooLate):
        # No correction of the answers would help.
        await drafts.drop(interaction.user.id, identifier)
        raise
    except DomainError as error:
        kept = await drafts.keep(interaction.user.id, identifier, answers.kept())
        await offer_fix(interaction, kept, error, had_files=answers.had_file_fields, blank=answers.blank)
    except Exception:
        await drafts.keep(interaction.user.id, identifier, answers.kept())
        raise
    else:
        await drafts.drop(interaction.user.id, identifier)


def _marked(cog: commands.Cog) -> Iterator[tuple[Route, Callable[..., Awaitable[Any]]]]:
    for name in dir(type(cog)):
        function = getattr(type(cog), name, None)
        route = getattr(function, "__route__", None)
        if isinstance(route, Route):
            yield route, getattr(cog, name)


def _ids(match: re.Match[str]) -> dict[str, int]:
    return {key: int(value) for key, value in match.groupdict().items()}


def _dynamic_item(route: Route, handler: Callable[..., Awaitable[Any]]) -> type[discord.ui.DynamicItem[Any]]:
    expected = discord.ComponentType.button if route.kind == "button" else discord.ComponentType.string_select

    class Item(discord.ui.DynamicItem[Any], template=route.pattern):
        def __init__(self, item: discord.ui.Item[Any], ids: dict[str, int]) -> None:
            super().__init__(item)
            self.ids = ids

        @classmethod
        async def from_custom_id(
            cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
        ) -> Item:
            return cls(item, _ids(match))

        async def callback(self, interaction: discord.Interaction[Any]) -> None:
            if self.item.type is not expected:
                return
            values = list((interaction.data or {}).get("values", []))
            extra = [] if route.kind == "button" else [values]
            await guarded(interaction, route.access, lambda: handler(interaction, *extra, **self.ids))

    return Item


class AreaCog(commands.Cog):
    """Base of every cog: registers its buttons, selects and forms as it loads."""

    def __init__(self, bot: Any) -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        """Called by discord.py."""
        self.bot.router.add_cog(self.bot, self)
