"""Small pieces of Discord's wire format that the whole loopback shares."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]

SOCKET_VARIABLE = "TSC_LOOPBACK_SOCKET"
TOKEN_VARIABLE = "TSC_TOKEN"
GUILD_VARIABLE = "TSC_GUILD_ID"

DISCORD_EPOCH_MS = 1_420_070_400_000
ADMINISTRATOR = 1 << 3
EVERY_PERMISSION = (1 << 53) - 1

TEXT, DM, CATEGORY = 0, 1, 4
THREADS = (10, 11, 12)
PRIVATE_THREAD = 12

EPHEMERAL = 1 << 6
LOADING = 1 << 7
COMPONENTS_V2 = 1 << 15


class DiscordError(Exception):
    """An answer Discord refuses with: HTTP status, JSON error code, message."""

    def __init__(self, status: int, code: int, message: str, **extra: Any) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.body: Json = {"message": message, "code": code, **extra}


def unknown(what: str, code: int) -> DiscordError:
    """The 404 of an object that does not exist, such as `unknown("Message", 10008)`."""
    return DiscordError(404, code, f"Unknown {what}")


class Snowflakes:
    """Ids that carry the real time, as discord.py reads it back from them; never the same twice."""

    def __init__(self) -> None:
        self._last = 0

    def __call__(self) -> int:
        now = (time.time_ns() // 1_000_000 - DISCORD_EPOCH_MS) << 22
        self._last = max(now, self._last + 1)
        return self._last


def now_iso() -> str:
    """The present instant as Discord writes it."""
    return datetime.now(UTC).isoformat()


def walk_components(components: Any) -> Iterator[Json]:
    """Every component of a message or modal, parents first, also inside rows, sections, containers and labels."""
    for component in components or ():
        yield component
        yield from walk_components(component.get("components"))
        for key in ("accessory", "component"):
            if component.get(key):
                yield from walk_components([component[key]])


def visible_text(message: Json) -> str:
    """All words of a message a person can read, for assertions: content, embeds, text displays, button labels."""
    parts = [message.get("content") or ""]
    for embed in message.get("embeds") or ():
        parts += [embed.get("title") or "", embed.get("description") or ""]
        parts += [f"{field['name']}\n{field['value']}" for field in embed.get("fields") or ()]
        parts.append((embed.get("footer") or {}).get("text") or "")
    for component in walk_components(message.get("components")):
        parts += [str(component.get(key) or "") for key in ("content", "label", "placeholder")]
    return "\n".join(part for part in parts if part)
