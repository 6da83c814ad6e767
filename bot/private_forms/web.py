"""The private pages over HTTP: GET looks, POST uses the link up. Nothing here logs an address or what was typed."""

from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from urllib.parse import parse_qsl

import structlog
from aiohttp import web

from bot.platform.errors import DomainError, NotAllowed
from bot.platform.http import BodyRefused, read_body
from bot.private_forms import pages
from bot.private_forms.models import FieldsRefused, LinkRefused, LinkState, Opened, PrivateFormSpec
from bot.private_forms.rules import Attempts, is_same_origin
from bot.private_forms.service import PATH, PrivateForms

MAX_BODY_BYTES = 16 * 1024
_MAX_FIELDS = 30
NOTHING_HERE = "Tidak ada apa-apa di sini"
_FORM_TYPE = "application/x-www-form-urlencoded"
_ONLY_FORMS = "Formulir ini hanya menerima isian dari halamannya sendiri."
_UNREAD = {
    408: "Isiannya belum sampai semua. Periksa jaringanmu, lalu kirim sekali lagi.",
    413: "Isiannya terlalu panjang. Buka linknya lagi dan isi lebih singkat.",
    415: _ONLY_FORMS,
}
# Nobody mistypes a link of 43 characters so often; tokens can't be guessed anyway (256 bits).
WRONG_LINKS = 20
WRONG_LINKS_SECONDS = 600

_log = structlog.get_logger(__name__)


class _Refused(Exception):
    """A request that is not even looked into."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.text = text


class PrivatePages:
    """The routes. `forms` gives the service, None while the bot is starting or stopping."""

    def __init__(self, forms: Callable[[], PrivateForms | None]) -> None:
        self._forms = forms
        self._attempts = Attempts(WRONG_LINKS, WRONG_LINKS_SECONDS)

    def routes(self) -> list[web.AbstractRouteDef]:
        """What HttpServer.add_routes takes."""
        return [
            web.get(PATH + "{token}", self._get),
            web.post(PATH + "{token}", self._post),
            web.route("*", PATH + "{rest:.*}", self._nothing_here),
        ]

    async def _get(self, request: web.Request) -> web.Response:
        return await self._answer(request, self._look)

    async def _post(self, request: web.Request) -> web.Response:
        return await self._answer(request, self._take)

    async def _nothing_here(self, _: web.Request) -> web.Response:
        return _page(404, pages.note_page(NOTHING_HERE, "Buka linknya lagi dari Discord, ya."))

    async def _answer(
        self, request: web.Request, act: Callable[[web.Request, PrivateForms], Awaitable[web.Response]]
    ) -> web.Response:
        forms = self._forms()
        if forms is None:
            return _note(503, "Bot sedang menyala. Coba lagi sebentar, linkmu masih berlaku.")
        now, peer = forms.clock.now().timestamp(), _peer(request)
        wait = self._attempts.wait(peer, now)
        if wait:
            response = _note(429, "Terlalu banyak percobaan dengan link yang salah. Coba lagi beberapa menit lagi.")
            response.headers["Retry-After"] = str(wait)
            return response
        try:
            return await act(request, forms)
        except LinkRefused as refusal:
            if refusal.state is LinkState.UNKNOWN:
                self._attempts.failed(peer, now)
            return _note(404 if refusal.state is LinkState.UNKNOWN else 410, refusal.message)
        except NotAllowed as refusal:
            self._attempts.failed(peer, now)
            return _note(403, refusal.message)
        except DomainError as refusal:
            return _note(409, refusal.message)
        except _Refused as refusal:
            return _note(refusal.status, refusal.text)
        except web.HTTPException:
            raise
        except Exception as error:
            # The traceback passes the scrubber of bot.platform.logs; the address (with its token) is not in it.
            _log.exception("private_form_failed", error=type(error).__name__)
            return _note(500, "Maaf, ada yang salah di sisi bot dan belum ada yang tersimpan. Coba kirim sekali lagi.")

    async def _look(self, request: web.Request, forms: PrivateForms) -> web.Response:
        return _page(200, _unfilled(await forms.open(request.match_info["token"])))

    async def _take(self, request: web.Request, forms: PrivateForms) -> web.Response:
        token = request.match_info["token"]
        _check_origin(request, forms)
        typed = await _read_form(request)
        form_token = typed.pop(pages.FORM_TOKEN, "")
        opened = await forms.open(token)
        if not isinstance(opened.spec, PrivateFormSpec):
            return _page(200, pages.shown_page(opened.spec.title, await forms.reveal(token, form_token)))
        try:
            done = await forms.submit(token, form_token, typed)
        except FieldsRefused as refusal:
            return _page(422, pages.form_page(opened, typed, refusal.by_field))
        return _page(200, pages.note_page("Terima kasih", done))


def _unfilled(opened: Opened) -> str:
    return pages.form_page(opened) if isinstance(opened.spec, PrivateFormSpec) else pages.ask_page(opened)


def _check_origin(request: web.Request, forms: PrivateForms) -> None:
    own = "/".join((forms.address or "").split("/", 3)[:3])
    if not is_same_origin(request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin"), own):
        raise NotAllowed("Formulir ini dikirim dari halaman lain. Buka linknya langsung dari Discord.")


async def _read_form(request: web.Request) -> dict[str, str]:
    """The fields of a plain form. Files, JSON, compressed and large bodies are refused before they are read."""
    if request.content_type != _FORM_TYPE:
        raise _Refused(415, _ONLY_FORMS)
    try:
        body = await read_body(request, MAX_BODY_BYTES)
    except BodyRefused as refusal:
        raise _Refused(refusal.status, _UNREAD[refusal.status]) from None
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="replace", max_num_fields=_MAX_FIELDS)
    except ValueError:
        raise _Refused(400, "Isian ini tidak terbaca. Buka linknya lagi dari Discord.") from None
    return dict(pairs)


def _peer(request: web.Request) -> str:
    """Who asks: the connection's address, or what the proxy on our own network says it is (its last entry)."""
    remote = request.remote or ""
    try:
        behind_proxy = ip_address(remote).is_private
    except ValueError:
        return remote
    forwarded = request.headers.get("X-Forwarded-For", "")
    return forwarded.rsplit(",", 1)[-1].strip()[:64] or remote if behind_proxy else remote


def _note(status: int, text: str) -> web.Response:
    titles = {404: "Link tidak bisa dibuka", 410: "Link tidak bisa dibuka", 429: "Tunggu sebentar", 500: "Ada gangguan"}
    titles[503] = titles[429]
    return _page(status, pages.note_page(titles.get(status, "Belum tersimpan"), text))


def _page(status: int, html: str) -> web.Response:
    return web.Response(
        status=status, text=html, content_type="text/html", charset="utf-8", headers=dict(pages.HEADERS)
    )
