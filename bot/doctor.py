"""`tscreator doctor`: settings, store, keys, private page and, with a token, the Discord server; changes nothing."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass

import aiohttp
import discord

from bot.it_link.rules import link_problems
from bot.platform import migrations
from bot.platform.clock import Clock
from bot.platform.database import connect
from bot.platform.errors import ConfigurationError
from bot.private_forms.service import PATH
from bot.private_forms.web import NOTHING_HERE
from bot.services import link_of, open_services
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
    store_is_well = all(finding.well for finding in findings[1:])
    findings.append(_it_link(settings))
    if store_is_well:
        findings.append(await _services(settings))
    findings.append(await _private_page(settings, offline=offline))
    if not offline and settings.token.get_secret_value() and settings.guild_id:
        findings += await _discord(settings)
    elif not offline:
        findings.append(Finding("Server Discord", "Belum bisa diperiksa: isi TSC_TOKEN dan TSC_GUILD_ID dulu."))
    return findings


def _settings(settings: Settings) -> Finding:
    missing = missing_for_discord(settings)
    return Finding("Setting untuk Discord", "Isi di .env:\n" + "\n".join(missing) if missing else "")


def _it_link(settings: Settings) -> Finding:
    link = link_of(settings)
    problems = link_problems(link.url, link.secrets)
    if link.url and not settings.http_port:
        problems.append("TSC_HTTP_PORT: 0, jadi balasan sistem IT tidak bisa masuk. Isi dengan port, misalnya 8080.")
    if problems:
        return Finding("Tautan ke sistem IT", "\n".join(problems))
    return Finding("Tautan ke sistem IT" if link.url else "Tautan ke sistem IT (tidak dipakai, IT bekerja di Discord)")


def _folder(settings: Settings) -> Finding:
    folder = settings.database.parent
    there = next((one for one in (folder, *folder.parents) if one.exists()), folder)
    if not there.is_dir():
        return Finding("Folder penyimpanan", f"{there} itu berkas, bukan folder. Ganti TSC_DATABASE.")
    if not os.access(there, os.W_OK | os.X_OK):
        return Finding("Folder penyimpanan", f"Beri izin tulis pada {there}.")
    # The first start makes it, so a fresh copy has nothing to mend here.
    return Finding("Folder penyimpanan" + ("" if there == folder else f" ({folder}, dibuat saat pertama jalan)"))


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


async def _private_page(settings: Settings, *, offline: bool) -> Finding:
    """Whether winners can reach the page on which they say where their prize goes."""
    what, url = "Halaman pribadi (TSC_PUBLIC_URL)", settings.public_url
    if not settings.http_port:
        return Finding(what, "Servernya mati, jadi pemenang tidak bisa mengambil hadiah. Isi TSC_HTTP_PORT, mis. 8080.")
    host = "127.0.0.1" if settings.http_host == "0.0.0.0" else settings.http_host
    inside = f"http://{host}:{settings.http_port}"
    if not url:
        return Finding(
            what,
            "Belum diisi, jadi pemenang tidak bisa membuka formulirnya. Isi dengan alamat https yang diteruskan proxy "
            f"ke {inside}, hanya jalur /isi/.\nUntuk mencoba di komputer ini saja: TSC_PUBLIC_URL={inside}",
        )
    what = f"Halaman pribadi {url}"
    if url.startswith("http://"):
        # Settings take plain http for this computer alone.
        what += " (hanya terbuka di komputer ini)"
    if offline:
        return Finding(what)
    timeout = aiohttp.ClientTimeout(total=10)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        if await _page(session, f"{inside}/health") is None:
            return Finding(f"{what}, belum dicoba dibuka karena bot sedang tidak jalan")
        page = await _page(session, url + PATH)
        if page is None or NOTHING_HERE not in page:
            answered = "tidak terjangkau" if page is None else "tidak dijawab oleh bot"
            return Finding(what, f"{url}{PATH} {answered}. Periksa DNS, sertifikat, dan proxy ke {inside}.")
        if url != inside and "tscreator_" in (await _page(session, f"{url}/metrics") or ""):
            return Finding(what, "Proxy juga membuka /metrics ke internet. Teruskan jalur /isi/ saja.")
    return Finding(what)


async def _page(session: aiohttp.ClientSession, url: str) -> str | None:
    """What an address answers, whatever the status; None when nobody answers."""
    try:
        async with session.get(url) as answered:
            return await answered.text(errors="replace")
    except (aiohttp.ClientError, OSError, TimeoutError):
        return None


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
        if settings.message_content_intent and not (
            flags.gateway_message_content or flags.gateway_message_content_limited
        ):
            problems.append(
                "TSC_MESSAGE_CONTENT_INTENT=true, tetapi intent **Message Content** mati: bot tidak bisa mulai. "
                "Nyalakan di Developer Portal > Bot."
            )
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
