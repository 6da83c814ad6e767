"""Where IT's own system sends its answers. Logs why something was refused, never what was in it."""

import sqlite3
from collections.abc import Callable

import structlog
from aiohttp import web

from bot.it_link.inbox import AnswerRefused, IdUsedTwice, ItInbox
from bot.it_link.signing import SIGNATURE_HEADER, TIMESTAMP_HEADER, SignatureRefused
from bot.platform.errors import DomainError, NotFound
from bot.platform.http import BodyRefused, read_body

PATH = "/it/balasan"
MAX_BODY_BYTES = 64 * 1024
_RETRY_SECONDS = 5
_UNREAD = {
    408: "isi tidak sampai semua",
    413: f"isi lebih dari {MAX_BODY_BYTES} byte",
    415: "isi tidak boleh dikompres",
}

_log = structlog.get_logger(__name__)


class ItAnswers:
    """The route. `inbox` gives the service, None while the bot is starting or stopping."""

    def __init__(self, inbox: Callable[[], ItInbox | None]) -> None:
        self._inbox = inbox

    def routes(self) -> list[web.AbstractRouteDef]:
        """What HttpServer.add_routes takes."""
        return [web.post(PATH, self._post)]

    async def _post(self, request: web.Request) -> web.Response:
        inbox = self._inbox()
        if inbox is None:
            return _refused(503, "bot sedang menyala, kirim lagi sebentar")
        if not inbox.on:
            return _refused(404, "tautan IT belum diatur di bot")
        try:
            body = await read_body(request, MAX_BODY_BYTES)
            receipt = await inbox.take(
                request.headers.get(TIMESTAMP_HEADER), request.headers.get(SIGNATURE_HEADER), body
            )
        except BodyRefused as refusal:
            return _refused(refusal.status, _UNREAD[refusal.status])
        except SignatureRefused as refusal:
            return _refused(401, str(refusal))
        except AnswerRefused as refusal:
            return _refused(400, "isi tidak sesuai format", refusal.problems)
        except IdUsedTwice:
            return _refused(409, "id ini sudah dipakai untuk isi yang lain; tiap balasan perlu id sendiri")
        except NotFound:
            return _refused(404, "tiket ini tidak ada")
        except DomainError as refusal:
            return _refused(422, refusal.message)
        except sqlite3.Error as error:
            _log.error("it_answer_not_stored", error=type(error).__name__)
            return _refused(503, "belum tersimpan, kirim lagi sebentar")
        except web.HTTPException:
            raise
        except Exception as error:
            _log.exception("it_answer_failed", error=type(error).__name__)
            return _refused(500, "ada yang salah di sisi bot dan belum tersimpan, kirim lagi")
        said: dict[str, object] = {
            "status": receipt.taken.value,
            "ticket": {"number": receipt.ticket_id, "state": receipt.state.value},
        }
        if receipt.warning:
            said["warning"] = receipt.warning
        return web.json_response(said)


def _refused(status: int, reason: str, problems: list[str] | None = None) -> web.Response:
    _log.warning("it_answer_refused", status=status, reason=reason)
    answer: dict[str, object] = {"status": "refused", "reason": reason}
    if problems:
        answer["problems"] = problems
    headers = {"Retry-After": str(_RETRY_SECONDS)} if status == 503 else None
    return web.json_response(answer, status=status, headers=headers)
