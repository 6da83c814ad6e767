"""One attempt to hand an event to IT's system over HTTP."""

import asyncio
import ssl
from types import TracebackType
from typing import Self

import httpx

from bot.it_link.models import Delivery, Link, Outcome, Verdict
from bot.it_link.rules import retry_after, verdict
from bot.it_link.signing import SIGNATURE_HEADER, TIMESTAMP_HEADER, signatures

IDEMPOTENCY_HEADER = "Idempotency-Key"


class Sender:
    """An open HTTP client. Only the status of an answer is read, so a huge or endless body does no harm."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._client = httpx.AsyncClient(
            # The system's own list of authorities (SSL_CERT_FILE for a company's own); httpx would bring another.
            verify=ssl.create_default_context(),
            # A redirect could lead signed tickets anywhere, and so could a proxy somebody's environment names.
            follow_redirects=False,
            trust_env=False,
            timeout=link.timeout_seconds,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Drop the connections."""
        await self._client.aclose()

    async def send(self, delivery: Delivery, timestamp: int) -> Outcome:
        """Post one event, signed at `timestamp`. Never raises for what the other side or the network does."""
        body = delivery.body.encode()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "TSCreator",
            IDEMPOTENCY_HEADER: delivery.event_id,
            TIMESTAMP_HEADER: str(timestamp),
            SIGNATURE_HEADER: signatures(self._link.secrets, timestamp, body),
        }
        try:
            # httpx's timeout is one for each read; a side that sends a header byte now and then would never end.
            async with (
                asyncio.timeout(self._link.timeout_seconds),
                self._client.stream("POST", self._link.url, content=body, headers=headers) as response,
            ):
                return _outcome(response)
        except (TimeoutError, httpx.TimeoutException):
            return Outcome(Verdict.LATER, f"tidak dijawab dalam {self._link.timeout_seconds} detik")
        except httpx.ConnectError:
            return Outcome(Verdict.LATER, "tidak bisa tersambung")
        except (httpx.TransportError, httpx.InvalidURL) as error:
            return Outcome(Verdict.LATER, f"sambungan terputus ({type(error).__name__})")


def _outcome(response: httpx.Response) -> Outcome:
    meaning = verdict(response.status_code)
    if meaning is Verdict.ACCEPTED:
        return Outcome(meaning)
    redirected = " (dialihkan; pakai alamat akhirnya)" if response.is_redirect else ""
    return Outcome(
        meaning, f"dijawab HTTP {response.status_code}{redirected}", retry_after(response.headers.get("Retry-After"))
    )
