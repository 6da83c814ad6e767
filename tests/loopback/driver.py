"""People who use the bot: each act returns an `Answer` that knows how fast and with what the bot replied.

Acts of different people may run at the same moment (`asyncio.gather`); nothing here waits for anyone else.
"""

import asyncio
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from tests.loopback import choices
from tests.loopback.choices import Upload
from tests.loopback.interactions import (
    AUTOCOMPLETE,
    CHOICES,
    COMMAND,
    COMPONENT,
    LATER,
    MESSAGE,
    MODAL,
    MODAL_SUBMIT,
    THINKING,
    UPDATE,
    Interaction,
)
from tests.loopback.wire import Json, visible_text

if TYPE_CHECKING:
    from tests.loopback.server import Loopback

Kind = Literal["message", "update", "modal", "autocomplete", "deferred", "none"]
KINDS: dict[int | None, Kind] = {
    MESSAGE: "message",
    THINKING: "message",
    UPDATE: "update",
    CHOICES: "autocomplete",
    MODAL: "modal",
}

ANSWER_TIMEOUT = 5.0
"""Seconds to wait for the bot; more than Discord's three, so that a late answer is seen to be late. After "thinking"
twice as long for the final answer."""

SILENT_FINISH = 3.0
"""Seconds to wait for something to be seen after a silent acknowledgement, which may be all there is. It ends the wait,
so that a busy machine may take its time."""


REACTION = 0.2
"""Seconds a person needs to act on what has just appeared. Not decoration: discord.py learns of its own modal or view
only when Discord's reply to sending it has arrived, so nobody may be faster than that."""


class Answer:
    """How the bot answered one act. It is a live view: later edits and follow-ups show here too."""

    def __init__(self, discord: "Loopback", interaction: Interaction) -> None:
        self._discord = discord
        self.interaction = interaction

    def __repr__(self) -> str:
        late = "no answer" if self.latency is None else f"{self.latency * 1000:.0f} ms"
        return f"<Answer {self.kind} in {late}: {self.text!r}>"

    @property
    def latency(self) -> float | None:
        """Seconds from the act to the first answer's arrival; None without one."""
        return _seconds(self.interaction, self.interaction.answered_at)

    @property
    def finished_after(self) -> float | None:
        """Seconds from the act to the first final answer (after "thinking", the filled one); None without one."""
        return _seconds(self.interaction, self.interaction.completed_at)

    @property
    def kind(self) -> Kind:
        """What the person sees: `deferred` is an acknowledgement nothing has followed yet."""
        interaction = self.interaction
        callback = interaction.callback_type
        if callback in (THINKING, LATER) and interaction.completed_at is None:
            return "deferred"
        if callback == LATER:
            return "update" if interaction.edited_source else "message"
        return KINDS.get(callback, "none")

    @property
    def callbacks(self) -> list[Json]:
        """Every answer Discord accepted (never more than one) as sent."""
        return self.interaction.callbacks

    @property
    def refused(self) -> list[Json]:
        """Answers Discord refused: too late, or a second one."""
        return self.interaction.refused_callbacks

    @property
    def message(self) -> Json | None:
        """The message that shows the answer, as it is now; None when there is none (any more)."""
        interaction = self.interaction
        shown = interaction.original_id
        if interaction.callback_type == LATER and not interaction.edited_source:
            shown = interaction.followup_ids[0] if interaction.followup_ids else None
        return self._discord.messages.find(shown) if shown is not None else None

    @property
    def followups(self) -> list[Json]:
        """Follow-up messages as they are now, without those deleted."""
        found = (self._discord.messages.find(i) for i in self.interaction.followup_ids)
        return [message for message in found if message is not None]

    @property
    def content(self) -> str:
        """The content of the message that shows the answer."""
        return (self.message or {}).get("content", "")

    @property
    def embeds(self) -> list[Json]:
        """Its embeds."""
        return (self.message or {}).get("embeds", [])

    @property
    def components(self) -> list[Json]:
        """Its components, or the modal's."""
        return (self.modal or self.message or {}).get("components", [])

    @property
    def attachments(self) -> list[Json]:
        """Its files."""
        return (self.message or {}).get("attachments", [])

    @property
    def ephemeral(self) -> bool:
        """Whether only this person sees it."""
        return self.interaction.ephemeral

    @property
    def modal(self) -> Json | None:
        """The modal that opened, if one did."""
        return self.interaction.callbacks[0]["data"] if self.interaction.callback_type == MODAL else None

    @property
    def choices(self) -> list[Json]:
        """The autocomplete choices."""
        if self.interaction.callback_type != CHOICES:
            return []
        return self.interaction.callbacks[0]["data"]["choices"]

    @property
    def text(self) -> str:
        """Every word of the answer and its follow-ups."""
        shown = [self.modal or self.message or {}, *self.followups]
        return "\n".join(dict.fromkeys(visible_text(message) for message in shown))

    def file(self, index: int = 0) -> bytes:
        """What an attached file holds."""
        return self._discord.file(self.attachments[index])


class User:
    """A person in the loopback Discord."""

    def __init__(self, discord: "Loopback", user_id: int) -> None:
        self._discord = discord
        self.id = user_id

    @property
    def name(self) -> str:
        """The name they are shown with."""
        return self._discord.world.users[self.id]["global_name"]

    @property
    def mention(self) -> str:
        """How a message names them."""
        return f"<@{self.id}>"

    @property
    def roles(self) -> set[str]:
        """Names of the roles they hold now."""
        world = self._discord.world
        return {world.roles[int(role)]["name"] for role in world.member(self.id)["roles"]}

    def join(self, *roles: Json | str) -> None:
        """Enter the guild, holding these roles."""
        world = self._discord.world
        held = [world.role_named(role) if isinstance(role, str) else role for role in roles]
        world.add_member(self.id, [int(role["id"]) for role in held])

    def leave(self) -> None:
        """Leave the guild."""
        self._discord.world.remove_member(self.id)

    def close_dms(self) -> None:
        """Take no more direct messages from the bot."""
        self._discord.world.closed_dms.add(self.id)

    def dms(self) -> list[Json]:
        """Direct messages with the bot, oldest first."""
        return self._discord.sent_to(self._discord.world.dm_channel(self.id))

    def threads(self) -> list[Json]:
        """Threads they are in."""
        world = self._discord.world
        return [world.channels[thread] for thread, members in world.thread_members.items() if self.id in members]

    def say(self, channel: Json, content: str, files: Sequence[Upload] = ()) -> Json:
        """Write a message in a channel, thread, or their DM (`world.dm_channel(user.id)`)."""
        uploads = [(file.filename, file.data) for file in files]
        return self._discord.messages.create(channel, self.id, {"content": content}, uploads)

    async def slash(
        self, command: str, channel: Json | None = None, timeout: float = ANSWER_TIMEOUT, /, **options: Any
    ) -> Answer:
        """Use a slash command: `await user.slash("kampanye daftar", halaman=2)`; people, roles, files as objects."""
        data = choices.command_data(self._commands(), command, options, self._resolver())
        return await self._act(COMMAND, channel or self._discord.world.general, data, timeout, name=command)

    async def autocomplete(
        self,
        command: str,
        option: str,
        typed: str,
        channel: Json | None = None,
        timeout: float = ANSWER_TIMEOUT,
        /,
        **options: Any,
    ) -> Answer:
        """Type in an option that offers choices; `options` are those filled in before."""
        data = choices.autocomplete_data(self._commands(), command, option, typed, options, self._resolver())
        return await self._act(AUTOCOMPLETE, channel or self._discord.world.general, data, timeout, name=command)

    async def press(
        self,
        message: Json | Answer,
        *,
        custom_id: str | None = None,
        label: str | None = None,
        timeout: float = ANSWER_TIMEOUT,
    ) -> Answer:
        """Press a button of a message. An old copy of the message may be given: that is a stale press."""
        shown = _message(message)
        component = choices.find_component(shown, (choices.BUTTON,), custom_id, label)
        return await self._use(shown, choices.component_data(component, None, self._resolver()), timeout)

    async def select(
        self,
        message: Json | Answer,
        values: Any,
        *,
        custom_id: str | None = None,
        timeout: float = ANSWER_TIMEOUT,
    ) -> Answer:
        """Choose in a select menu: option values, or people, roles and channels as objects."""
        shown = _message(message)
        component = choices.find_component(shown, choices.SELECTS, custom_id, None)
        several = values if isinstance(values, Iterable) and not isinstance(values, str | Mapping) else [values]
        data = choices.component_data(component, list(several), self._resolver())
        return await self._use(shown, data, timeout)

    async def submit(self, opened: Answer, values: Mapping[str, Any], *, timeout: float = ANSWER_TIMEOUT) -> Answer:
        """Send the modal an answer opened, fields by custom_id: text, values, booleans or `Upload`s."""
        if opened.modal is None:
            raise LookupError(f"{opened} is no modal")
        data = choices.modal_data(opened.modal, values, self._resolver())
        await _react(time.perf_counter() - (opened.interaction.answered_at or 0.0))
        source = opened.interaction.source_id
        message = self._discord.messages.get(source) if source is not None else None
        return await self._act(MODAL_SUBMIT, opened.interaction.channel, data, timeout, source=message)

    async def _use(self, shown: Json, data: Json, timeout: float) -> Answer:
        message = self._discord.messages.get(int(shown["id"]))
        changed = datetime.fromisoformat(message["edited_timestamp"] or message["timestamp"])
        await _react((datetime.now(UTC) - changed).total_seconds())
        channel = self._discord.world.channel(int(shown["channel_id"]))
        return await self._act(COMPONENT, channel, data, timeout, source=message)

    async def _act(self, kind: int, channel: Json, data: Json, timeout: float, **details: Any) -> Answer:
        interaction = self._discord.interactions.start(kind, self.id, channel, data, **details)
        await _wait(interaction.answered, timeout)
        if interaction.callback_type in (THINKING, LATER):
            patience = 2 * timeout if interaction.callback_type == THINKING else SILENT_FINISH
            await _wait(interaction.completed, patience)
        return Answer(self._discord, interaction)

    def _resolver(self) -> choices.Resolver:
        return choices.Resolver(self._discord.world, self._discord.messages, self.id)

    def _commands(self) -> list[Json]:
        commands = self._discord.world.commands
        return [*commands.get(self._discord.world.guild_id, []), *commands[None]]


async def _react(age: float) -> None:
    """Let what is `age` seconds old be seen before it is acted on."""
    if age < REACTION:
        await asyncio.sleep(REACTION - age)


async def _wait(event: asyncio.Event, timeout: float) -> None:
    try:
        async with asyncio.timeout(timeout):
            await event.wait()
    except TimeoutError:
        return


def _message(message: Json | Answer) -> Json:
    if not isinstance(message, Answer):
        return message
    if message.message is None:
        raise LookupError(f"{message} shows no message")
    return message.message


def _seconds(interaction: Interaction, instant: float | None) -> float | None:
    return None if instant is None else instant - interaction.sent
