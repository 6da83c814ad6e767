"""The bot forked from a process that has imported it before: started in a fraction of the time, killed just as really.

`python -m tests.loopback.warm` is that process, and serves one test after the other: for each line it reads, the
environment of a bot and where that runs, it forks one, tells its id and, when it has ended, how. An argument names
another module whose `main` is forked instead of `run_bot`'s.
"""

import asyncio
import atexit
import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Coroutine
from importlib import import_module
from typing import Any

from tests.loopback import run_bot
from tests.loopback.process import BotProcess


class Nursery:
    """The forking process. It holds one bot at a time; reading from it waits on whichever event loop runs."""

    def __init__(self, command: list[str], env: dict[str, str]) -> None:
        self.command = command
        self._process = subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._unread = b""

    @property
    def lives(self) -> bool:
        """Whether it can fork another bot."""
        return self._process.poll() is None

    def send(self, order: dict[str, Any]) -> None:
        """Ask for a bot."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()

    async def number(self) -> int | None:
        """The next line it tells; None when it has ended."""
        assert self._process.stdout is not None
        pipe, loop = self._process.stdout.fileno(), asyncio.get_running_loop()
        while b"\n" not in self._unread:
            readable = asyncio.Event()
            loop.add_reader(pipe, readable.set)
            try:
                await readable.wait()
            finally:
                loop.remove_reader(pipe)
            more = os.read(pipe, 1024)
            if not more:
                return None
            self._unread += more
        line, _, self._unread = self._unread.partition(b"\n")
        return int(line)

    def close(self) -> None:
        """End it."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


_idle: list[Nursery] = []


@atexit.register
def _close_idle() -> None:
    for nursery in _idle:
        nursery.close()


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
        status = await self._nursery.number()
        self.returncode = -signal.SIGKILL if status is None else status
        return self.returncode


class WarmBot(BotProcess):
    """For `Loopback.bot(command, env, process=WarmBot)`; the command is `python -m tests.loopback.warm`."""

    _nursery: Nursery | None = None

    async def __aexit__(self, *_: object) -> None:
        try:
            await super().__aexit__()
        finally:
            if self._nursery is not None and not self.running:
                _idle.append(self._nursery)

    async def _spawn(self) -> Child:
        if self._nursery is None:
            mine = next((one for one in _idle if one.command == self._command and one.lives), None)
            _idle[:] = [one for one in _idle if one is not mine and one.lives]
            self._nursery = mine or Nursery(self._command, self._env)
        self._nursery.send({"env": self._env, "folder": self._folder.name, "output": self._output.name})
        started = await self._nursery.number()
        if started is None:
            raise RuntimeError("The bot can't be imported: see the standard error of the test")
        return Child(started, self._nursery)


def main() -> None:
    """Import everything and open the fonts, then fork on demand, one bot at a time."""
    app = import_module("bot.app")
    for extension in (*app.EXTENSIONS, "cogs.delivery"):
        import_module(extension)
    import_module("cogs.onboarding").draw_welcome({"display_name": "", "member_number": 1, "server_name": ""}, None)
    program = import_module(sys.argv[1]) if len(sys.argv) > 1 else run_bot
    for order in sys.stdin.buffer:
        pid = os.fork()
        if not pid:
            _be(program.main, **json.loads(order))
        os.write(1, f"{pid}\n".encode())
        _, status = os.waitpid(pid, 0)
        os.write(1, f"{os.waitstatus_to_exitcode(status)}\n".encode())


def _be(program: Callable[[], Coroutine[Any, Any, None]], env: dict[str, str], folder: str, output: str) -> None:
    status = 1
    try:
        os.environ.clear()
        os.environ.update(env)
        os.chdir(folder)
        printed = os.open(output, os.O_WRONLY | os.O_APPEND)
        # Standard output tells the parent's news.
        os.dup2(printed, 1)
        os.dup2(printed, 2)
        asyncio.run(program())
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


if __name__ == "__main__":
    main()
