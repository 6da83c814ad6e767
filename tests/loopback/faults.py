"""What can go wrong between the bot and Discord, on order."""

import asyncio
import fnmatch
from dataclasses import dataclass, field
from typing import Any

from tests.loopback.wire import Json


@dataclass
class Fault:
    """One thing that will go wrong with requests of a method (`*` for any) to paths that fit a pattern."""

    method: str
    pattern: str
    times: int | None
    status: int | None = None
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    applied: bool = False
    """Whether Discord still does what was asked, so that only the answer is wrong or lost."""
    dropped: bool = False
    gate: "Gate | None" = None

    def fits(self, method: str, path: str) -> bool:
        """Whether a request meets this fault; the pattern is a glob over the path without `/api/v10`."""
        return self.times != 0 and self.method in ("*", method) and fnmatch.fnmatchcase(path, self.pattern)


class Gate:
    """Holds requests back until it is opened: to do something (kill the bot, say) while one is on its way."""

    def __init__(self) -> None:
        self._opened = asyncio.Event()
        self._reached = asyncio.Event()

    async def reached(self, timeout: float = 5.0) -> None:
        """Wait until a request stands before the gate."""
        async with asyncio.timeout(timeout):
            await self._reached.wait()

    def open(self) -> None:
        """Let the requests through."""
        self._opened.set()

    async def pass_through(self) -> None:
        """Called for each request that meets the gate."""
        self._reached.set()
        await self._opened.wait()


NO_FAULT = Fault("*", "*", None)


class Faults:
    """The faults that are set at present; the first that fits a request is met, `times` times (None: always)."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(
        self,
        method: str,
        pattern: str,
        *,
        status: int | None = None,
        body: Any = None,
        times: int | None = 1,
        delay: float = 0.0,
        applied: bool = False,
    ) -> Fault:
        """Answer with `status` and `body` after `delay` seconds; without a status only the delay is felt.

        With `applied` Discord carries the request out and the bot is told otherwise.
        """
        if status is not None and body is None:
            body = {"message": f"{status}: asked for by the test", "code": 0}
        return self._put(Fault(method, pattern, times, status, body, delay=delay, applied=applied))

    def drop(self, method: str, pattern: str, *, times: int | None = 1, applied: bool = False) -> Fault:
        """Close the connection without an answer, before the request is carried out or (`applied`) after."""
        return self._put(Fault(method, pattern, times, applied=applied, dropped=True))

    def rate_limit(
        self,
        method: str = "*",
        pattern: str = "*",
        *,
        retry_after: float,
        is_global: bool = False,
        times: int | None = 1,
    ) -> Fault:
        """Answer 429; `retry_after` in seconds. discord.py waits it out only when a `Via` header is there."""
        body: Json = {"message": "You are being rate limited.", "retry_after": retry_after, "global": is_global}
        headers = {"Via": "1.1 loopback", "Retry-After": str(retry_after)}
        if is_global:
            headers["X-RateLimit-Global"] = "true"
        return self._put(Fault(method, pattern, times, 429, body, headers))

    def hold(self, method: str, pattern: str, *, times: int | None = 1, applied: bool = False) -> Gate:
        """Keep requests waiting at a gate until the test opens it, before they are carried out or (`applied`) after."""
        gate = Gate()
        self._put(Fault(method, pattern, times, applied=applied, gate=gate))
        return gate

    def clear(self) -> None:
        """Everything works again."""
        self._faults.clear()

    def meet(self, method: str, path: str) -> Fault | None:
        """The fault this request runs into, if any; counts it."""
        for fault in self._faults:
            if fault.fits(method, path):
                if fault.times is not None:
                    fault.times -= 1
                return fault
        return None

    def _put(self, fault: Fault) -> Fault:
        self._faults.append(fault)
        return fault
