"""`tscreator doctor`: looks at settings, store, keys and, with a token, at the Discord server; changes nothing."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass

import aiohttp
import discord

from bot.platform import migrations
from bot.platform.clock import Clock
from bot.platform.database import connect
from bot.platform.errors import ConfigurationError
from bot.services import open_services
from bot.settings import Settings, missing_for_discord
from cogs.checkup import channel_problems, missing_places, missing_rights


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `cure` is empty when it is well."""

    what: str
    cure: str = ""

    @property
    def well(self) -> bool:
        """Whether nothing has to be done."""
        return not self.cure


async def examine(settings: Settings, *, offline: bool = False) -> list[Finding]:
    """All findings, in the order they are worth mending."""
    findings = [_settings(settings), _folder(settings), await _store(settings)]
    if all(finding.well for finding in findings[1:]):
        findings.append(await _services(settings))
    if not offline and settings.token.get_secret_value() and settings.guild_id:
        findings += await _discord(settings)
    elif not offline:
        findings.append(Finding("Server Discord", "Belum bisa diperiksa: isi TSC_TOKEN dan TSC_GUILD_ID dulu."))
    return findings


def _settings(settings: Settings) -> Finding:
    missing = missing_for_discord(settings)
    return Finding("Setting untuk Discord", "Isi di .env:\n" + "\n".join(missing) if missing else "")


def _folder(settings: Settings) -> Finding:
    folder = settings.database.parent
    if not folder.is_dir():
        return Finding("Folder penyimpanan", f"Buat foldernya: mkdir -p {folder}")
    writable = os.access(folder, os.W_OK)
    return Finding("Folder penyimpanan", "" if writable else f"Beri izin tulis pada {folder}.")


async def _store(settings: Settings) -> Finding:
    if not settings.database.exists():
        return Finding("Berkas penyimpanan (akan dibuat saat pertama jalan)")
    try:
        connection = await connect(settings.database, read_only=True)
        try:
            rows = list(await connection.execute_fetchall("PRAGMA quick_check"))
            versions = list(await connection.execute_fetchall("SELECT max(version) FROM schema_migration"))
        finally:
            await connection.close()
    except sqlite3.Error as error:
        return Finding(
            "Berkas penyimpanan", f"Tidak bisa dibaca ({error}). Pulihkan cadangan dari {settings.backup_dir}."
        )
    if [row[0] for row in rows] != ["ok"]:
        return Finding("Berkas penyimpanan", f"Rusak. Hentikan bot dan pulihkan cadangan dari {settings.backup_dir}.")
    newest = len(migrations.load())
    if (versions[0][0] or 0) > newest:
        return Finding("Berkas penyimpanan", "Dibuat oleh versi bot yang lebih baru. Pasang versi terbaru.")
    return Finding(f"Berkas penyimpanan (skema {versions[0][0]} dari {newest})")


async def _services(settings: Settings) -> Finding:
    if not settings.database.exists():
        return (
            Finding("Kunci enkripsi") if settings.encryption_keys else Finding("Kunci enkripsi", "tscreator keys new")
        )
    try:
        services = await open_services(settings, Clock())
    except ConfigurationError as error:
        return Finding("Kunci enkripsi", str(error))
    await services.close()
    return Finding("Kunci enkripsi cocok dengan penyimpanan")


async def _discord(settings: Settings) -> list[Finding]:
    client = discord.Client(intents=discord.Intents.none())
    try:
        await client.login(settings.token.get_secret_value())
        application = await client.application_info()
        flags = application.flags
        granted = flags.gateway_guild_members or flags.gateway_guild_members_limited
        guild = await client.fetch_guild(settings.guild_id)
        channels = await guild.fetch_channels()
        assert client.user is not None
        me = await guild.fetch_member(client.user.id)
        services = await open_services(settings, Clock())
        try:
            places = services.server.places
        finally:
            await services.close()
        problems = missing_rights(me, members_intent=granted and settings.members_intent)
        missing = missing_places(guild, channels, places)
        problems += channel_problems(me, channels, places)
        if missing:
            problems += [*missing, "Jalankan /pengaturan siapkan di server."]
        return [Finding(f"Server Discord {guild.name}", "\n".join(problems))]
    except discord.LoginFailure:
        return [Finding("Token Discord", "Token ditolak. Buat yang baru: Developer Portal > Bot > Reset Token.")]
    except discord.NotFound:
        return [Finding("Server Discord", "Bot belum ada di server TSC_GUILD_ID. Undang dengan tautan di README.")]
    except discord.Forbidden:
        return [Finding("Server Discord", "Bot belum ada di server TSC_GUILD_ID atau tidak boleh melihatnya.")]
    except (aiohttp.ClientError, discord.HTTPException, OSError) as error:
        return [Finding("Server Discord", f"Discord tidak terjangkau ({type(error).__name__}). Periksa jaringan.")]
    finally:
        await client.close()
