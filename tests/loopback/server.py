"""The loopback Discord as a whole: REST, gateway and CDN of one world on one Unix socket."""

import functools
import io
import tempfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Self

from aiohttp import web
from PIL import Image

from tests.loopback import rest, routes_events, routes_guild, routes_messages
from tests.loopback.driver import User
from tests.loopback.faults import Faults
from tests.loopback.gateway import Gateway
from tests.loopback.interactions import Interactions
from tests.loopback.messages import Messages
from tests.loopback.process import BotProcess
from tests.loopback.wire import GUILD_VARIABLE, SOCKET_VARIABLE, TOKEN_VARIABLE, Json
from tests.loopback.world import RecordedRequest, World
from tests.support.discord_schema import problems_in

assert routes_events and routes_guild and routes_messages, "importing them registers their routes"

CDN = "https://cdn.discordapp.com"
BURST_BACKLOG = 4096
LARGEST_UPLOAD = 64 * 1024 * 1024


class Loopback:
    """`async with Loopback() as discord:` serves a Discord; `discord.bot(...)` starts a bot in it."""

    def __init__(self, world: World | None = None) -> None:
        self.world = world or World()
        self.messages = Messages(self.world)
        self.interactions = Interactions(self.world, self.messages)
        self.faults = Faults()
        self.gateway = Gateway(self.world)
        # A Unix socket's path may hold about 100 characters, which pytest's own directories can exceed.
        self._folder = tempfile.TemporaryDirectory(prefix="tsc-")
        self.socket = Path(self._folder.name) / "discord.sock"
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=LARGEST_UPLOAD)
        for method, path, handler in rest.ROUTES:
            app.router.add_route(method, rest.API + path, self._serving(handler))
        app.router.add_get("/", self.gateway.handle)
        for folder in ("attachments", "ephemeral-attachments"):
            app.router.add_get(f"/{folder}/{{rest:.*}}", self._serve_file)
        for folder in ("embed/avatars", "avatars", "icons"):
            app.router.add_get(f"/{folder}/{{rest:.*}}", self._serve_picture)
        app.router.add_route("*", "/{rest:.*}", self._serving(None))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.UnixSite(self._runner, str(self.socket), backlog=BURST_BACKLOG).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()
        self._folder.cleanup()

    def bot(
        self,
        command: Sequence[str],
        env: Mapping[str, str] | None = None,
        *,
        start_timeout: float = 20.0,
        process: type[BotProcess] = BotProcess,
    ) -> BotProcess:
        """A bot process for this Discord; its environment names the socket, the token and the guild."""
        place = {
            SOCKET_VARIABLE: str(self.socket),
            TOKEN_VARIABLE: self.world.token,
            GUILD_VARIABLE: str(self.world.guild_id),
        }
        return process(
            command,
            {**place, **(env or {})},
            ready=lambda: self.gateway.next_ready(start_timeout),
            on_death=self.interactions.abandon,
        )

    def user(self, name: str, *roles: Json | str, member: bool = True) -> User:
        """A person, a member of the guild with these roles (given as objects or names) unless told otherwise."""
        user_id = self.world.add_user(name)
        person = User(self, user_id)
        if member:
            person.join(*roles)
        return person

    def authorized(self, request: RecordedRequest) -> bool:
        """Whether a request carries the bot's token."""
        return request.token == f"Bot {self.world.token}"

    def sent_to(self, channel: Json) -> list[Json]:
        """Messages in a channel, thread or DM as they are now, oldest first."""
        return self.messages.in_channel(int(channel["id"]))

    def file(self, attachment: Json) -> bytes:
        """What a file in a message holds."""
        return self.world.files[attachment["url"].removeprefix(CDN)]

    def check(self) -> None:
        """Fail on requests of the bot that this Discord does not know, or that the published schema does not allow."""
        unknown = [f"{r.method} {r.path}" for r in self.world.unknown_requests]
        assert not unknown, f"The loopback does not know: {unknown}"
        assert not self.world.defects, "The loopback failed:\n" + "\n".join(self.world.defects)
        problems = problems_in(self.world.requests)
        assert not problems, "Not valid for Discord:\n" + "\n".join(problems)

    def _serving(self, handler: rest.Handler | None) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def serve(request: web.Request) -> web.StreamResponse:
            return await rest.answer(self, request, handler)

        return serve

    async def _serve_file(self, request: web.Request) -> web.Response:
        data = self.world.files.get(request.path)
        return web.Response(status=404) if data is None else web.Response(body=data)

    async def _serve_picture(self, request: web.Request) -> web.Response:
        return web.Response(body=_picture(), content_type="image/png")


@functools.cache
def _picture() -> bytes:
    """What the CDN serves for every avatar and icon."""
    stream = io.BytesIO()
    Image.new("RGB", (128, 128), (88, 101, 242)).save(stream, "PNG")
    return stream.getvalue()
