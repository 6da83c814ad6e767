"""The bot: wiring only (open, load, close). What it does lives in the areas; how it looks, in cogs."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Any

import discord
import structlog
from discord.ext import commands

from bot.platform import metrics
from bot.platform.clock import Clock
from bot.services import Services, open_services
from bot.settings import Settings

EXTENSIONS = (
    "cogs.ui.fixing",
    "cogs.ui.paging",
    "cogs.ui.confirming",
    "cogs.server",
    "cogs.onboarding",
    "cogs.registration",
    "cogs.profile",
    "cogs.registration_review",
    "cogs.campaigns",
    "cogs.campaign_admin",
    "cogs.campaign_applicants",
    "cogs.kol",
    "cogs.shortlists",
    "cogs.offers",
    "cogs.suggestions",
    "cogs.collaborations",
    "cogs.giveaways",
    "cogs.prizes",
    "cogs.quizzes",
    "cogs.quiz_admin",
    "cogs.quiz_answers",
    "cogs.content_calendar",
    "cogs.events",
    "cogs.duty",
    "cogs.it_link",
    "cogs.tickets",
    "cogs.ticket_listening",
    "cogs.help_search",
    "cogs.knowledge",
    "cogs.canned",
    "cogs.incidents",
    "cogs.ticket_statistics",
    "cogs.acquisition",
)

_log = structlog.get_logger(__name__)
_COMMANDS_FINGERPRINT = "commands_fingerprint"


class TSCreatorBot(commands.Bot):
    """A discord.py bot with the services behind it. Cogs reach them as `interaction.client.services`."""

    services: Services

    def __init__(self, settings: Settings, clock: Clock | None, **client_kwargs: Any) -> None:
        routing = import_module("cogs.ui.routing")
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=wanted_intents(settings),
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=discord.app_commands.AppCommandContext(
                guild=True, dm_channel=False, private_channel=False
            ),
            max_messages=None,
            allowed_installs=discord.app_commands.AppInstallationType(guild=True, user=False),
            **client_kwargs,
        )
        self.settings = settings
        self.router = routing.Router()
        # Lists that the paginator can draw: kind -> (who may see it, how a page is drawn). Filled by cogs.
        self.lists: dict[str, tuple[Any, Callable[..., Awaitable[Any]]]] = {}
        # Cards that the outbox can draw: name -> (facts, uploaded image) -> (PNG, alt text). Filled by cogs.
        self.cards: dict[str, Callable[..., tuple[bytes, str]]] = {}
        # Documents that messages attach: name -> (facts) -> the file's bytes. Filled by cogs.
        self.documents: dict[str, Callable[[dict[str, Any]], Awaitable[bytes]]] = {}
        self._clock = clock
        self._delivering = False

    async def setup_hook(self) -> None:
        """Called by discord.py after login, before the gateway connects."""
        self.services = await open_services(self.settings, self._clock)
        try:
            await self.services.prizes.resume()
            for extension in EXTENSIONS:
                await self.load_extension(extension)
            await self._sync_commands_if_changed()
        except BaseException:
            await self.services.close()
            raise

    async def _sync_commands_if_changed(self) -> None:
        payload = [command.to_dict(self.tree) for command in self.tree.get_commands()]
        fingerprint = hashlib.sha256(json.dumps(payload, sort_keys=True, default=str).encode()).hexdigest()
        if await self.services.server.recall(_COMMANDS_FINGERPRINT) == fingerprint:
            return
        await self.tree.sync()
        await self.services.server.remember(_COMMANDS_FINGERPRINT, fingerprint)

    async def on_ready(self) -> None:
        """Connected: deliver what waits. Called again after reconnects."""
        metrics.GATEWAY_READY.set(1)
        if self._delivering:
            self.services.outbox.wake()
            self.services.scheduler.wake()
            return
        self._delivering = True
        delivery = import_module("cogs.delivery")
        self.services.outbox.start(delivery.DiscordSender(self), delivery.failure_note(self.services))
        await self.services.scheduler.start()
        self.services.it_link.start()

    async def on_disconnect(self) -> None:
        """The gateway connection broke; discord.py reconnects by itself."""
        metrics.GATEWAY_READY.set(0)

    async def on_message(self, message: discord.Message, /) -> None:
        """There are no commands in text; threads have their own listener (cogs/ticket_listening.py)."""

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Forms, and buttons of messages older than the program that nobody handles any more."""
        await self.router.received(interaction)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """Defects in listeners: logged with their kind, never with what people wrote."""
        error = sys.exc_info()[1]
        _log.error("listener_failed", listener=event_method, reference=kwargs.get("reference"), exc_info=error)

    async def note_defect(self, reference: str, interaction: discord.Interaction[Any], error: BaseException) -> None:
        """Log an unexpected error under the reference that its victim was shown."""
        data: Any = interaction.data or {}
        try:
            raise error
        except BaseException:
            await self.on_error(f"interaction:{data.get('name') or data.get('custom_id')}", reference=reference)

    def log_store_fault(self, error: BaseException) -> None:
        """The store refused a write (locked by another process, disk full)."""
        _log.error("store_unavailable", error=str(error))

    async def close(self) -> None:
        """Stop cleanly: what was confirmed is in the store, what waits to be sent stays there."""
        services = getattr(self, "services", None)
        if services is not None:
            await services.close()
        await super().close()


def wanted_intents(settings: Settings) -> discord.Intents:
    """Guilds and that somebody wrote (for ticket threads); members and what was written where those are switched on."""
    intents = discord.Intents.none()
    intents.guilds = True
    intents.members = settings.members_intent
    intents.guild_messages = True
    intents.message_content = settings.message_content_intent
    return intents


def create_bot(settings: Settings, clock: Clock | None = None, **client_kwargs: Any) -> TSCreatorBot:
    """A bot that has not connected yet. `client_kwargs` go to discord.py (`connector`, `guild_ready_timeout`, ...)."""
    return TSCreatorBot(settings, clock, **client_kwargs)
