"""The demo's front page in the browser: pick a channel and see it as anyone; make time pass; restart the bot."""

from __future__ import annotations

import asyncio
import html
import secrets
from typing import Any

from aiohttp import web
from simcord.backend.access import can_access_channel
from simcord.builders import ChannelHandle

from bot.demo.world import World

_PAGE = """<!doctype html><html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>TSCreator · demo</title><style>
:root{{color-scheme:dark;--ink:#120f26;--night:#1c1839;--line:#443b78;--paper:#f8f6ff;--mist:#c3bce3;--violet:#a893ff}}
body{{margin:0;background:var(--ink);color:var(--paper);font:16px/1.5 system-ui,sans-serif}}
main{{max-width:60rem;margin:auto;padding:2rem 1rem}}h1{{margin:0;font-size:2rem}}p{{color:var(--mist)}}
h2{{margin:2rem 0 .5rem;font-size:1rem;color:var(--violet)}}
ul{{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:.5rem}}
a,button{{display:block;width:100%;box-sizing:border-box;padding:.75rem 1rem;background:var(--night);color:var(--paper);
border:1px solid var(--line);border-radius:.6rem;text-decoration:none;font:inherit;text-align:left;cursor:pointer}}
a:hover,button:hover,a:focus,button:focus{{border-color:var(--violet)}}small{{display:block;color:var(--mist)}}
form{{margin:0}}.join{{display:flex;gap:.5rem;max-width:30rem}}input{{flex:1;padding:.75rem
1rem;background:var(--night);
color:var(--paper);border:1px solid var(--line);border-radius:.6rem;font:inherit}}.join
button{{width:auto}}</style><main><h1>TSCreator di Discord tiruan</h1>
<p>Bot yang sungguhan, server yang disimulasikan. Buka channel, pilih <b>Viewing as</b> untuk menjadi kreator atau staf,
lalu tekan tombolnya atau ketik perintah (misalnya <code>/kampanye daftar</code>, <code>/kol cari</code>).
Masih jalan untuk dicoba: giveaway, kuis, dan acara di channel-nya masing-masing, serta kalender bulan ini
(<code>/kalender lihat</code> sebagai Sari di #staf-kol); majukan waktu untuk melihatnya tampil dan diundi sendiri.
Meja bantuan: panel di #bantuan, dua tiket terbuka di #it-piket (jadi Andi), artikel di <code>/bantuan</code>, dan
piket minggu ini di <code>/piket jadwal</code>.
Satu channel terbuka pada satu waktu: pindah lewat halaman ini, dan buka lagi dari sini setelah bot dimulai ulang.</p>
<p>Waktu di server: <b>{now}</b> WIB{news}</p>
<form method="post" action="{base}/gabung" class="join"><input name="nama" required maxlength="32"
placeholder="Nama anggota baru" aria-label="Nama anggota baru"><button>Bergabung ke server</button></form>
<h2>Channel</h2><ul>{channels}</ul><h2>Pesan pribadi (DM)</h2><ul>{dms}</ul>
<h2>Waktu dan bot</h2><ul>{controls}</ul></main></html>"""

_NEWS = {
    "waktu": "waktu sudah maju",
    "mulai": "bot baru saja dimulai ulang; coba tekan tombol di pesan lama",
    "gabung": "anggota baru sudah disapa di #selamat-datang; pilih namanya di Viewing as",
}


class Lobby:
    """Serves the front page on loopback; the address holds a secret, as the preview's does."""

    def __init__(self, world: World, port: int) -> None:
        self._world = world
        self._port = port
        self._secret = secrets.token_urlsafe(16)
        self._runner: web.AppRunner | None = None
        self._preview: Any = None
        self._busy = asyncio.Lock()

    async def start(self) -> str:
        """Listen on 127.0.0.1 and return the address to open."""
        application = web.Application()
        base = f"/{self._secret}"
        application.router.add_get(base, self._index)
        application.router.add_get(base + "/buka/{channel}", self._open)
        application.router.add_post(base + "/waktu/{hours}", self._advance)
        application.router.add_post(base + "/mulai-ulang", self._restart)
        application.router.add_post(base + "/gabung", self._join)
        self._runner = web.AppRunner(application, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        port = self._runner.addresses[0][1]
        return f"http://127.0.0.1:{port}{base}"

    async def stop(self) -> None:
        """Close the preview and stop listening."""
        await self._close_preview()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _index(self, request: web.Request) -> web.Response:
        base = f"/{self._secret}"
        rooms = "".join(
            _link(f"{base}/buka/{channel.id}", f"# {name}", _topic(channel)) for name, channel in self._rooms().items()
        )
        dms = "".join(
            _link(f"{base}/buka/{channel.id}", name, "pesan dari bot") for name, channel in self._dms().items()
        )
        controls = (
            _button(f"{base}/waktu/1", "Majukan 1 jam", "pengingat dan tenggat ikut jalan")
            + _button(f"{base}/waktu/24", "Majukan 1 hari", "kalender tampil, kuis dan kampanye tutup sendiri")
            + _button(f"{base}/waktu/168", "Majukan 7 hari", "giveaway diundi, acara mengingatkan lalu selesai")
            + _button(f"{base}/mulai-ulang", "Mulai ulang bot", "semua tombol lama tetap bisa ditekan")
        )
        now = self._world.bot.services.clock.today()
        news = f" · {html.escape(_NEWS[request.query['kabar']])}" if request.query.get("kabar") in _NEWS else ""
        parts = {"now": f"{now:%d-%m-%Y %H:%M}", "news": news, "base": base}
        return _html(_PAGE.format(**parts, channels=rooms, dms=dms, controls=controls))

    async def _open(self, request: web.Request) -> web.Response:
        channel_id = int(request.match_info["channel"])
        rooms = {channel.id: channel for channel in [*self._rooms().values(), *self._dms().values()]}
        if channel_id not in rooms:
            raise web.HTTPNotFound(text="Channel itu tidak ada lagi.")
        async with self._busy:
            await self._close_preview()
            self._preview = self._world.env.preview(
                rooms[channel_id],
                viewers=self._viewers(rooms[channel_id]),
                layout="channel",
                locale="id",
                timezone="Asia/Jakarta",
            )
            await self._preview.__aenter__()
            url = str(self._preview.url)
        raise web.HTTPFound(url)

    async def _advance(self, request: web.Request) -> web.Response:
        hours = min(int(request.match_info["hours"]), 24 * 31)
        async with self._busy:
            await self._world.later(hours * 3600)
        raise web.HTTPFound(f"/{self._secret}?kabar=waktu")

    async def _join(self, request: web.Request) -> web.Response:
        name = str((await request.post()).get("nama", "")).strip()[:32] or "Anggota baru"
        async with self._busy:
            await self._world.join(f"anggota{len(self._world.people) + 1}", name)
        raise web.HTTPFound(f"/{self._secret}?kabar=gabung")

    async def _restart(self, _: web.Request) -> web.Response:
        async with self._busy:
            await self._close_preview()
            await self._world.restart()
        raise web.HTTPFound(f"/{self._secret}?kabar=mulai")

    async def _close_preview(self) -> None:
        if self._preview is not None:
            preview, self._preview = self._preview, None
            await preview.close()

    def _rooms(self) -> dict[str, ChannelHandle]:
        rooms = dict(self._world.guild.channels)
        for channel in list(rooms.values()):
            rooms |= {str(thread.name): thread for thread in channel.threads}
        return rooms

    def _dms(self) -> dict[str, ChannelHandle]:
        return {
            member.user.global_name or member.name: member.user.dm_channel
            for member in self._world.people.values()
            if member.user.dm_channel.history()
        }

    def _viewers(self, channel: ChannelHandle) -> list[Any]:
        owner = next(
            (member for member in self._world.people.values() if member.user.dm_channel.id == channel.id), None
        )
        if owner is not None:
            return [owner.user]
        everyone = [*self._world.people.values(), self._world.owner]
        # The first one is chosen: somebody who can take part, where there is one.
        everyone.sort(key=lambda member: self._sees(member, self._world.channel("staf-kol")))
        return [member for member in everyone if self._sees(member, channel)]

    def _sees(self, member: Any, channel: ChannelHandle) -> bool:
        return can_access_channel(self._world.env, channel.id, member, history=True)


def _topic(channel: ChannelHandle) -> str:
    return getattr(channel._channel, "topic", None) or ""  # pyright: ignore[reportPrivateUsage]


def _link(url: str, label: str, note: str) -> str:
    return f'<li><a href="{html.escape(url)}">{html.escape(label)}<small>{html.escape(note)}</small></a></li>'


def _button(url: str, label: str, note: str) -> str:
    text = f"{html.escape(label)}<small>{html.escape(note)}</small>"
    return f'<li><form method="post" action="{html.escape(url)}"><button>{text}</button></form></li>'


def _html(text: str) -> web.Response:
    return web.Response(text=text, content_type="text/html", charset="utf-8")
