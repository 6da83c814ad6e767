"""Runs the bot against real Discord until a signal stops it."""

from __future__ import annotations

import asyncio
import fcntl
import signal
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager

import discord

from bot.app import TSCreatorBot, create_bot
from bot.it_link.inbox import ItInbox
from bot.it_link.rules import link_problems
from bot.it_link.web import ItAnswers
from bot.platform import logs
from bot.platform.errors import ConfigurationError
from bot.platform.http import HttpServer
from bot.private_forms.service import PrivateForms
from bot.private_forms.web import PrivatePages
from bot.services import Services, link_of
from bot.settings import Settings, missing_for_discord


def run(settings: Settings) -> None:
    """Start, serve, stop cleanly. Raises ConfigurationError when something must be set first."""
    missing = missing_for_discord(settings)
    if missing:
        raise ConfigurationError(
            "Bot belum bisa tersambung ke Discord. Salin .env.example menjadi .env lalu isi:\n- " + "\n- ".join(missing)
        )
    link = link_of(settings)
    if problems := link_problems(link.url, link.secrets):
        raise ConfigurationError("Tautan ke sistem IT belum benar:\n- " + "\n- ".join(problems))
    logs.set_up(settings.log_level, as_json=settings.log_json)
    with only_one(settings):
        asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    bot = create_bot(settings)
    server = http_server(bot)
    loop = asyncio.get_running_loop()
    running = loop.create_task(bot.start(settings.token.get_secret_value()))
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, running.cancel)
    try:
        if settings.http_port:
            await server.start()
        await running
    except asyncio.CancelledError:
        pass
    except discord.LoginFailure:
        raise ConfigurationError(
            "TSC_TOKEN ditolak Discord. Buat token baru: Developer Portal > Bot > Reset Token."
        ) from None
    except discord.PrivilegedIntentsRequired:
        raise ConfigurationError(
            "Intent yang dipakai belum dinyalakan di Developer Portal > Bot > Privileged Gateway Intents: Server "
            "Members (atau set TSC_MEMBERS_INTENT=false), dan Message Content kalau TSC_MESSAGE_CONTENT_INTENT=true."
        ) from None
    except OSError as error:
        raise ConfigurationError(f"Tidak bisa mulai: {error}. Periksa TSC_HTTP_PORT dan jaringan.") from None
    finally:
        await server.stop()
        await bot.close()


def http_server(bot: TSCreatorBot) -> HttpServer:
    """The HTTP side of a bot: its health, and the pages of its areas once its services are open."""

    def open_services() -> Services | None:
        return getattr(bot, "services", None) if not bot.is_closed() else None

    def private_forms() -> PrivateForms | None:
        services = open_services()
        return services.private_forms if services is not None else None

    def it_inbox() -> ItInbox | None:
        services = open_services()
        return services.it_inbox if services is not None else None

    server = HttpServer(bot.settings.http_host, bot.settings.http_port, lambda: _health(bot))
    server.add_routes(PrivatePages(private_forms).routes())
    server.add_routes(ItAnswers(it_inbox).routes())
    return server


async def _health(bot: TSCreatorBot) -> dict[str, bool]:
    services = getattr(bot, "services", None)
    try:
        store = services is not None and await services.database.read.fetch_one("SELECT 1") is not None
    except sqlite3.Error:
        store = False
    return {"store": store, "discord": bot.is_ready() and not bot.is_closed()}


@contextmanager
def only_one(settings: Settings) -> Generator[None]:
    """Two bots on one store would answer everybody twice. The lock goes with the process, kill -9 included."""
    settings.database.parent.mkdir(parents=True, exist_ok=True)
    with settings.database.with_suffix(".lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ConfigurationError("Bot lain sudah jalan dengan penyimpanan ini. Hentikan dulu yang itu.") from None
        yield
