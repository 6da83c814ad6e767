"""Interactions of the loopback Discord: what a person did, and how the bot answered it.

The rules that matter are kept as Discord has them: one answer within three seconds, follow-ups for fifteen minutes,
the first follow-up after a "thinking" answer fills that answer.
"""

import asyncio
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.loopback.messages import File, Messages
from tests.loopback.wire import DM, EPHEMERAL, LOADING, DiscordError, Json, unknown, walk_components
from tests.loopback.world import World

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SUBMIT = 2, 3, 4, 5
PONG, MESSAGE, THINKING, LATER, UPDATE, CHOICES, MODAL = 1, 4, 5, 6, 7, 8, 9

ANSWER_WITHIN = 3.0
FOLLOW_UP_WITHIN = 15 * 60.0


@dataclass
class Interaction:
    """One act of one person. Times are `time.perf_counter()` seconds."""

    id: int
    token: str
    kind: int
    user_id: int
    channel: Json
    source_id: int | None
    name: str | None
    sent: float
    callbacks: list[Json] = field(default_factory=list)
    refused_callbacks: list[Json] = field(default_factory=list)
    answered_at: float | None = None
    completed_at: float | None = None
    original_id: int | None = None
    edited_source: bool = False
    followup_ids: list[int] = field(default_factory=list)
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    completed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def callback_type(self) -> int | None:
        """The type of the accepted answer, or None while there is none."""
        return self.callbacks[0]["type"] if self.callbacks else None

    @property
    def ephemeral(self) -> bool:
        """Whether the answer is for this person only."""
        data = self.callbacks[0].get("data") if self.callbacks else None
        return bool(int((data or {}).get("flags") or 0) & EPHEMERAL)

    def complete(self) -> None:
        """The person now sees a final answer."""
        self.completed_at = self.completed_at or time.perf_counter()
        self.completed.set()

    def abandon(self) -> None:
        """Stop waiting for an answer that can no longer be expected (it still counts if it comes)."""
        self.answered.set()
        self.completed.set()


class Interactions:
    """All interactions of a run, and the rules of answering them."""

    def __init__(self, world: World, messages: Messages) -> None:
        self._world = world
        self._messages = messages
        self.all: dict[int, Interaction] = {}
        self._by_token: dict[str, Interaction] = {}
        self.answer_within = ANSWER_WITHIN

    def abandon(self) -> None:
        """The bot is gone: nobody need wait for the answers it still owes."""
        for interaction in self.all.values():
            interaction.abandon()

    def start(
        self, kind: int, user_id: int, channel: Json, data: Json, *, source: Json | None = None, name: str | None = None
    ) -> Interaction:
        """A person acts: tell the bot."""
        interaction = Interaction(
            id=self._world.new_id(),
            token=secrets.token_urlsafe(24),
            kind=kind,
            user_id=user_id,
            channel=channel,
            source_id=int(source["id"]) if source else None,
            name=name,
            sent=time.perf_counter(),
        )
        self.all[interaction.id] = interaction
        self._by_token[interaction.token] = interaction
        self._world.emit("INTERACTION_CREATE", self._payload(interaction, data, source))
        return interaction

    def _payload(self, interaction: Interaction, data: Json, source: Json | None) -> Json:
        world, channel = self._world, interaction.channel
        in_guild = channel["type"] != DM
        payload: Json = {
            "id": str(interaction.id),
            "application_id": str(world.application_id),
            "type": interaction.kind,
            "token": interaction.token,
            "version": 1,
            "data": data,
            "channel_id": channel["id"],
            "channel": channel,
            "locale": "id",
            "entitlements": [],
            "authorizing_integration_owners": {"0": str(world.guild_id)},
            "context": 0 if in_guild else 1,
            "attachment_size_limit": 10 * 1024 * 1024,
            "app_permissions": str(world.permissions(world.application_id, channel)),
        }
        if source is not None:
            payload["message"] = source
        if in_guild:
            permissions = str(world.permissions(interaction.user_id, channel))
            payload["guild_id"] = str(world.guild_id)
            payload["guild"] = {"id": str(world.guild_id), "features": [], "locale": "id"}
            payload["guild_locale"] = "id"
            payload["member"] = {**world.member(interaction.user_id), "permissions": permissions}
        else:
            payload["user"] = world.user(interaction.user_id)
        return payload

    def callback(self, interaction_id: int, token: str, body: Json, files: Sequence[File], arrived: float) -> Json:
        """`POST /interactions/{id}/{token}/callback`: the bot's answer. Returns the body of `with_response=true`."""
        interaction = self.all.get(interaction_id)
        if interaction is None or interaction.token != token:
            raise unknown("interaction", 10062)
        try:
            return self._accept(interaction, body, files, arrived)
        except DiscordError:
            interaction.refused_callbacks.append(body)
            raise

    def _accept(self, interaction: Interaction, body: Json, files: Sequence[File], arrived: float) -> Json:
        if interaction.callbacks:
            raise DiscordError(400, 40060, "Interaction has already been acknowledged.")
        if arrived - interaction.sent > self.answer_within:
            raise unknown("interaction", 10062)
        kind, data = body["type"], body.get("data") or {}
        if not _fits(kind, interaction):
            raise DiscordError(400, 50035, f"Invalid Form Body: type {kind} cannot answer this interaction")
        message: Json | None = None
        if kind == MESSAGE:
            message = self._respond(interaction, data, files)
        elif kind == THINKING:
            flags = LOADING | (int(data.get("flags") or 0) & EPHEMERAL)
            message = self._respond(interaction, {"flags": flags}, ())
        elif kind == UPDATE and interaction.source_id:
            message = self._messages.edit(interaction.source_id, data, files)
            interaction.original_id = interaction.source_id
        elif kind == LATER:
            interaction.original_id = interaction.source_id
        elif kind == MODAL:
            for number, component in enumerate(walk_components(data["components"]), start=1):
                component["id"] = component.get("id") or number
        interaction.callbacks.append(body)
        interaction.answered_at = arrived
        interaction.answered.set()
        if kind not in (THINKING, LATER):
            interaction.complete()
        self._world.touch()
        resource = {"type": kind, **({"message": message} if message else {})}
        return {"interaction": self._summary(interaction), "resource": resource}

    def _summary(self, interaction: Interaction) -> Json:
        return {
            "id": str(interaction.id),
            "type": interaction.kind,
            "response_message_id": str(interaction.original_id) if interaction.original_id else None,
            "response_message_loading": interaction.callback_type == THINKING,
            "response_message_ephemeral": interaction.ephemeral,
        }

    def _respond(self, interaction: Interaction, body: Json, files: Sequence[File]) -> Json:
        message = self._create(interaction, body, files, type=20 if interaction.kind == COMMAND else 0)
        interaction.original_id = int(message["id"])
        return message

    def _create(self, interaction: Interaction, body: Json, files: Sequence[File], **fields: Any) -> Json:
        metadata = {
            "id": str(interaction.id),
            "type": interaction.kind,
            "user": self._world.users[interaction.user_id],
            "authorizing_integration_owners": {"0": str(self._world.guild_id)},
        }
        return self._messages.create(
            interaction.channel,
            self._world.application_id,
            body,
            files,
            webhook_id=str(self._world.application_id),
            interaction_metadata=metadata,
            **fields,
        )

    def by_token(self, token: str) -> Interaction:
        """The answered interaction a webhook token belongs to, or Discord's refusals."""
        interaction = self._by_token.get(token)
        if interaction is None or not interaction.callbacks:
            raise unknown("Webhook", 10015)
        if time.perf_counter() - interaction.sent > FOLLOW_UP_WITHIN:
            raise DiscordError(401, 50027, "Invalid Webhook Token")
        return interaction

    def follow_up(self, token: str, body: Json, files: Sequence[File]) -> Json:
        """`POST /webhooks/{application}/{token}`: another message, or what fills the "thinking" answer."""
        interaction = self.by_token(token)
        if interaction.callback_type == THINKING and not interaction.completed_at:
            return self.edit(token, "@original", body, files)
        message = self._create(interaction, body, files)
        interaction.followup_ids.append(int(message["id"]))
        interaction.complete()
        self._world.touch()
        return message

    def message_of(self, token: str, which: str) -> int:
        """The id behind `@original` or a follow-up's id, if this token may touch it."""
        interaction = self.by_token(token)
        message_id = interaction.original_id if which == "@original" else int(which)
        if message_id is None or message_id not in (interaction.original_id, *interaction.followup_ids):
            raise unknown("Message", 10008)
        return message_id

    def edit(self, token: str, which: str, body: Json, files: Sequence[File]) -> Json:
        """`PATCH /webhooks/{application}/{token}/messages/{which}`."""
        interaction = self.by_token(token)
        message_id = self.message_of(token, which)
        flags = self._messages.get(message_id)["flags"] & ~LOADING | int(body.get("flags") or 0)
        message = self._messages.edit(message_id, {**body, "flags": flags}, files)
        if message_id == interaction.original_id:
            interaction.edited_source = message_id == interaction.source_id
            interaction.complete()
        self._world.touch()
        return message


def _fits(kind: int, interaction: Interaction) -> bool:
    """Whether Discord takes this type of answer for this kind of act."""
    if interaction.kind == AUTOCOMPLETE:
        return kind == CHOICES
    if kind in (LATER, UPDATE):
        return interaction.source_id is not None
    if kind == MODAL:
        return interaction.kind != MODAL_SUBMIT
    return kind in (PONG, MESSAGE, THINKING)
