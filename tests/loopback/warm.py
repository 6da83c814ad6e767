"""The bot forked from a process that has imported it before: started in a fraction of the time, killed just as really.

`python -m tests.loopback.warm` is that process: for each byte it reads it forks a bot, tells its id and, when it has
ended, how.
"""

import asyncio
import os
import signal
import traceback
from importlib import import_module
from typing import Protocol

from tests.loopback import run_bot
from tests.loopback.process import BotProcess


class Nursery(Protocol):
    """What is read from the forking process."""

    async def readline(self) -> bytes: ...


class Child:
    """A forked bot, as far as `BotProcess` needs it to be an asyncio subprocess."""

    def __init__(self, pid: int, nursery: Nursery) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._nursery = nursery
        self._ended = asyncio.ensure_future(self._end())

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it is over."""
        if self.returncode is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to close."""
        self.send_signal(signal.SIGTERM)

    async def wait(self) -> int:
        """Wait until it has ended."""
        return await asyncio.shield(self._ended)

    async def _end(self) -> int:
        self.returncode = int(await self._nursery.readline())
        return self.returncode


class WarmBot(BotProcess):
    """For `Loopback.bot(command, env, process=WarmBot)`; the command is `python -m tests.loopback.warm`."""

    _nursery: asyncio.subprocess.Process | None = None

    async def __aexit__(self, *_: object) -> None:
        try:
            await super().__aexit__()
        finally:
            if self._nursery is not None:
                assert self._nursery.stdin is not None
                self._nursery.stdin.close()
                await self._nursery.wait()

    async def _spawn(self) -> Child:
        if self._nursery is None:
            pipe = asyncio.subprocess.PIPE
            self._nursery = await asyncio.create_subprocess_exec(
                *self._command, env=self._env, cwd=self._folder.name, stdin=pipe, stdout=pipe, stderr=self._output
            )
        assert self._nursery.stdin is not None and self._nursery.stdout is not None
        self._nursery.stdin.write(b"+")
        started = await self._nursery.stdout.readline()
        if not started:
            raise RuntimeError(f"The bot can't be imported:\n{self.log[-4000:]}")
        return Child(int(started), self._nursery.stdout)


def main() -> None:
    """Import everything and open the fonts, then fork on demand, one bot at a time."""
    app = import_module("bot.app")
    for extension in (*app.EXTENSIONS, "cogs.delivery"):
        import_module(extension)
    import_module("cogs.onboarding").draw_welcome({"display_name": "", "member_number": 1, "server_name": ""}, None)
    while os.read(0, 1):
        pid = os.fork()
        if not pid:
            _be_the_bot()
        os.write(1, f"{pid}\n".encode())
        _, status = os.waitpid(pid, 0)
        os.write(1, f"{os.waitstatus_to_exitcode(status)}\n".encode())


def _be_the_bot() -> None:
    # Standard output tells the parent's news; what the bot prints goes where its errors go.
    os.dup2(2, 1)
    status = 1
    try:
        asyncio.run(run_bot.main())
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


if __name__ == "__main__":
    main()
