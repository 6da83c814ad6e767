"""Messages of the loopback Discord: writing, editing, listing, attachments, and a nonce that is obeyed."""

import copy
import mimetypes
import re
import time
from collections.abc import Sequence
from typing import Any

from tests.loopback.wire import (
    COMPONENTS_V2,
    EPHEMERAL,
    LOADING,
    THREADS,
    DiscordError,
    Json,
    now_iso,
    unknown,
    walk_components,
)
from tests.loopback.world import World

File = tuple[str, bytes]

NONCE_WINDOW = 300.0
"""Seconds in which a repeated nonce returns the earlier message. Discord says only "the past few minutes"."""

EDITABLE = ("content", "embeds", "components")
LASTING_FLAGS = EPHEMERAL | COMPONENTS_V2


class Messages:
    """All messages by id, and by channel in the order they were written."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._by_id: dict[int, Json] = {}
        self._in_channel: dict[int, list[int]] = {}
        self._nonces: dict[tuple[int, int, str], tuple[int, float]] = {}
        self.nonce_window = NONCE_WINDOW

    def create(self, channel: Json, author_id: int, body: Json, files: Sequence[File] = (), **fields: Any) -> Json:
        """Write a message, or return the earlier one when its enforced nonce was used before; `fields` override."""
        channel_id = int(channel["id"])
        key = (channel_id, author_id, str(body.get("nonce")))
        if body.get("enforce_nonce") and key in self._nonces:
            message_id, since = self._nonces[key]
            if time.monotonic() - since < self.nonce_window and message_id in self._by_id:
                return self._by_id[message_id]
        message_id = self._world.new_id()
        message: Json = {
            "id": str(message_id),
            "channel_id": channel["id"],
            "author": self._world.users[author_id],
            "timestamp": now_iso(),
            "edited_timestamp": None,
            "tts": False,
            "pinned": False,
            "type": 0,
            "flags": 0,
            "content": "",
            "embeds": [],
            "components": [],
            "attachments": [],
            "reactions": [],
            **({"guild_id": channel["guild_id"]} if "guild_id" in channel else {}),
            **({"message_reference": body["message_reference"]} if body.get("message_reference") else {}),
            **fields,
        }
        self._apply(message, body, files)
        if not any(message[part] for part in ("content", "embeds", "components", "attachments")) and (
            not message["flags"] & LOADING
        ):
            raise DiscordError(400, 50006, "Cannot send an empty message")
        if body.get("nonce") is not None:
            message["nonce"] = body["nonce"]
            self._nonces[key] = (message_id, time.monotonic())
        self._by_id[message_id] = message
        if not message["flags"] & EPHEMERAL:
            self._in_channel.setdefault(channel_id, []).append(message_id)
            channel["last_message_id"] = str(message_id)
            self._wake_thread(channel)
            self._world.emit("MESSAGE_CREATE", self._event(message))
        return message

    def edit(self, message_id: int, body: Json, files: Sequence[File] = (), **fields: Any) -> Json:
        """Edit a message. The old payload stays as it was, so that a test can keep a stale view of it."""
        message = copy.copy(self.get(message_id))
        message.update(fields, edited_timestamp=now_iso())
        self._apply(message, body, files)
        self._by_id[message_id] = message
        if not message["flags"] & EPHEMERAL:
            self._world.emit("MESSAGE_UPDATE", self._event(message))
        return message

    def delete(self, message_id: int) -> None:
        """Delete a message."""
        message = self.get(message_id)
        del self._by_id[message_id]
        in_channel = self._in_channel.get(int(message["channel_id"]), [])
        if message_id in in_channel:
            in_channel.remove(message_id)
            data = {key: message[key] for key in ("id", "channel_id", "guild_id") if key in message}
            self._world.emit("MESSAGE_DELETE", data)

    def find(self, message_id: int) -> Json | None:
        """A message as it is now, or None when there is none (any more)."""
        return self._by_id.get(message_id)

    def get(self, message_id: int, channel_id: int | None = None) -> Json:
        """A message as it is now, or Discord's 404."""
        message = self.find(message_id)
        if message is None or (channel_id is not None and int(message["channel_id"]) != channel_id):
            raise unknown("Message", 10008)
        return message

    def in_channel(self, channel_id: int) -> list[Json]:
        """Messages of a channel that everyone there sees, oldest first."""
        return [self._by_id[i] for i in self._in_channel.get(channel_id, ())]

    def page(self, channel_id: int, params: dict[str, str]) -> list[Json]:
        """A page of a channel as `GET /channels/{id}/messages` gives it, newest first."""
        limit = int(params.get("limit", 50))
        messages = self.in_channel(channel_id)
        if "around" in params:
            around = int(params["around"])
            nearest = sorted(messages, key=lambda m: abs(int(m["id"]) - around))[:limit]
            return sorted(nearest, key=lambda m: -int(m["id"]))
        if "after" in params:
            later = [m for m in messages if int(m["id"]) > int(params["after"])]
            return later[:limit][::-1]
        if "before" in params:
            messages = [m for m in messages if int(m["id"]) < int(params["before"])]
        return messages[-limit:][::-1]

    def store_file(self, folder: str, filename: str, data: bytes, description: str | None = None) -> Json:
        """Keep a file where the CDN's paths serve it, and return its attachment object."""
        attachment_id = self._world.new_id()
        path = f"/{folder}/{attachment_id}/{filename}"
        self._world.files[path] = data
        return {
            "id": str(attachment_id),
            "filename": filename,
            "size": len(data),
            "url": f"https://cdn.discordapp.com{path}",
            "proxy_url": f"https://media.discordapp.net{path}",
            "content_type": mimetypes.guess_type(filename)[0] or "application/octet-stream",
            **({"description": description} if description else {}),
        }

    def _apply(self, message: Json, body: Json, files: Sequence[File]) -> None:
        for key in EDITABLE:
            if key in body:
                message[key] = body[key] or type(message[key])()  # null empties it
        if "flags" in body:
            message["flags"] = int(body["flags"] or 0) | message["flags"] & LASTING_FLAGS
        self._attach(message, body, files)
        urls = {f"attachment://{a['filename']}": a["url"] for a in message["attachments"]}
        message["embeds"] = [_resolved({"type": "rich", **embed}, urls) for embed in message["embeds"]]
        message["components"] = _resolved(message["components"], urls)
        for number, component in enumerate(walk_components(message["components"]), start=1):
            component["id"] = component.get("id") or number
        message.update(self._mentions(message["content"], body.get("allowed_mentions")))

    def _attach(self, message: Json, body: Json, files: Sequence[File]) -> None:
        declared = body.get("attachments")
        if declared is None:
            declared = [*message["attachments"], *({"id": str(index)} for index in range(len(files)))]
        present = {a["id"]: a for a in message["attachments"]}
        folder = f"attachments/{message['channel_id']}"
        message["attachments"] = []
        for entry in declared:
            if (key := str(entry["id"])) in present:
                message["attachments"].append(present[key])
            elif int(key) < len(files):
                filename, data = files[int(key)]
                message["attachments"].append(self.store_file(folder, filename, data, entry.get("description")))
            else:
                raise DiscordError(400, 50035, "Invalid Form Body: attachments refer to a file that was not sent")

    def _mentions(self, content: str, allowed: Json | None) -> Json:
        """Whom a message pings: what the text names, as far as `allowed_mentions` lets it (all of it by default)."""
        allowed = allowed if allowed is not None else {"parse": ["users", "roles", "everyone"]}
        parse = allowed.get("parse") or []

        def may(kind: str, found: str) -> bool:
            return kind in parse or found in [str(i) for i in allowed.get(kind) or ()]

        users = [u for u in re.findall(r"<@!?(\d+)>", content) if may("users", u) and int(u) in self._world.users]
        roles = [r for r in re.findall(r"<@&(\d+)>", content) if may("roles", r)]
        return {
            "mentions": [self._world.users[int(u)] for u in dict.fromkeys(users)],
            "mention_roles": list(dict.fromkeys(roles)),
            "mention_everyone": "everyone" in parse and bool(re.search(r"@(everyone|here)", content)),
        }

    def _event(self, message: Json) -> Json:
        member = self._world.members.get(int(message["author"]["id"]))
        if "guild_id" not in message or member is None:
            return message
        return {**message, "member": {key: value for key, value in member.items() if key != "user"}}

    def _wake_thread(self, channel: Json) -> None:
        if channel["type"] not in THREADS:
            return
        channel["message_count"] += 1
        channel["total_message_sent"] += 1
        if channel["thread_metadata"]["archived"]:
            channel["thread_metadata"]["archived"] = False
            self._world.emit("THREAD_UPDATE", channel)


def _resolved(value: Any, urls: dict[str, str]) -> Any:
    """A copy of `value` in which `attachment://name` became the address the file is served at."""
    if isinstance(value, dict):
        return {key: _resolved(inner, urls) for key, inner in value.items()}
    if isinstance(value, list):
        return [_resolved(inner, urls) for inner in value]
    return urls.get(value, value) if isinstance(value, str) else value
