"""The bot under test as a process of its own, which can be killed for real and started again."""

import asyncio
import os
import signal
import tempfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

REPOSITORY = Path(__file__).resolve().parents[2]
STOP_WITHIN = 10.0
"""Seconds a bot may take to close down in good order before it is killed."""


class BotProcess:
    """`async with BotProcess(command, env, ready=...) as bot:` runs a bot from its READY to the end of the block.

    `ready` is called just before each start and returns what to await until the bot is there. What the bot prints
    goes to `bot.log`, and into the error when it does not come up.
    """

    def __init__(
        self,
        command: Sequence[str],
        env: Mapping[str, str],
        *,
        ready: Callable[[], Awaitable[Any]],
        on_death: Callable[[], None] = lambda: None,
    ) -> None:
        self._command = list(command)
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("TSC_")}
        self._env = {**inherited, "PYTHONPATH": str(REPOSITORY), **env}
        self._ready = ready
        self._on_death = on_death
        self._process: asyncio.subprocess.Process | None = None
        # Somewhere without a `.env`, so that a developer's own settings stay out of the test.
        self._folder = tempfile.TemporaryDirectory(prefix="tsc-bot-")
        self._output = Path(self._folder.name, "output").open("a+b")  # noqa: SIM115 - closed with the process

    async def __aenter__(self) -> Self:
        try:
            await self.start()
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()
        self._output.close()
        self._folder.cleanup()

    @property
    def running(self) -> bool:
        """Whether the process lives."""
        return self._process is not None and self._process.returncode is None

    @property
    def pid(self) -> int:
        """The process id of the bot that was started last."""
        assert self._process is not None
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """How the last process ended: an exit status, or a negative signal number."""
        return self._process.returncode if self._process else None

    @property
    def log(self) -> str:
        """Everything the bot has printed, over all its starts."""
        return os.pread(self._output.fileno(), 10_000_000, 0).decode(errors="replace")

    async def start(self) -> None:
        """Start the bot and wait until it is ready; RuntimeError with its last words when it ends before."""
        assert not self.running
        ready = asyncio.ensure_future(self._ready())
        self._process = await self._spawn()
        ended = asyncio.ensure_future(self._process.wait())
        try:
            await asyncio.wait({ready, ended}, return_when=asyncio.FIRST_COMPLETED)
            if not ready.done():
                raise RuntimeError(f"The bot ended with {self.returncode} before it was ready:\n{self.log[-4000:]}")
            if ready.exception() is not None:
                raise RuntimeError(f"The bot is not ready:\n{self.log[-4000:]}") from ready.exception()
        finally:
            ready.cancel()
            ended.cancel()

    def kill(self) -> None:
        """SIGKILL, at once: nothing of the bot runs after this."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)

    async def killed(self) -> None:
        """Kill the bot and wait until it is gone."""
        self.kill()
        await self._gone()

    async def restart(self) -> None:
        """Start again with the same environment, after the bot was killed or stopped."""
        await self._gone()
        await self.start()

    async def stop(self) -> None:
        """Ask the bot to close down (SIGTERM) and wait; one that does not obey is killed."""
        if self._process is None:
            return
        if self.running:
            self._process.terminate()
            try:
                async with asyncio.timeout(STOP_WITHIN):
                    await self._process.wait()
            except TimeoutError:
                self.kill()
        await self._gone()

    async def _spawn(self) -> Any:
        """A new process, or what behaves like one (see `tests.loopback.warm`)."""
        return await asyncio.create_subprocess_exec(
            *self._command, env=self._env, cwd=self._folder.name, stdout=self._output, stderr=self._output
        )

    async def _gone(self) -> None:
        assert self._process is not None
        await self._process.wait()
        self._on_death()


def processor_seconds(pid: int) -> float:
    """Processor time a process has used so far, its threads and what it did in the kernel included. Linux only."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
