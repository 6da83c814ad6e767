"""Turns what a person types, picks and uploads into the data of an interaction, as a Discord client would.

What a client would not let them send (an unknown option, an empty required field, a disabled button) is a ValueError
or LookupError of the test, not a request to the bot.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.loopback.messages import Messages
from tests.loopback.wire import Json, walk_components
from tests.loopback.world import World

STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = 3, 4, 5, 6, 7, 8, 9, 10, 11
SUBCOMMANDS = (1, 2)
PLAIN_TYPES: dict[int, tuple[type, ...]] = {STRING: (str,), INTEGER: (int,), BOOLEAN: (bool,), NUMBER: (int, float)}

BUTTON, STRING_SELECT, TEXT_INPUT, FILE_UPLOAD = 2, 3, 4, 19
SELECTS = (3, 5, 6, 7, 8)
RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX = 21, 22, 23
URL_STYLE = 5


@dataclass(frozen=True)
class Upload:
    """A file a person attaches."""

    filename: str
    data: bytes


class Resolver:
    """Collects the `resolved` objects that go with the ids in an interaction."""

    def __init__(self, world: World, messages: Messages, user_id: int) -> None:
        self._world, self._messages, self._user_id = world, messages, user_id
        self.resolved: dict[str, dict[str, Json]] = {}

    def id_of(self, value: Any) -> str:
        """The id of a person, role, channel or file, noting the object it stands for."""
        if isinstance(value, Upload):
            folder = f"ephemeral-attachments/{self._world.application_id}"
            attachment = self._messages.store_file(folder, value.filename, value.data)
            return self._note("attachments", {**attachment, "ephemeral": True})
        if isinstance(value, Mapping):
            if "permissions" in value and "recipients" not in value:
                return self._note("roles", dict(value))
            permissions = str(self._world.permissions(self._user_id, dict(value)))
            return self._note("channels", {**value, "permissions": permissions})
        user_id = int(value.id)
        if user_id in self._world.members:
            member = {key: inner for key, inner in self._world.members[user_id].items() if key != "user"}
            permissions = str(self._world.permissions(user_id, self._world.general))
            self.resolved.setdefault("members", {})[str(user_id)] = {**member, "permissions": permissions}
        return self._note("users", self._world.user(user_id))

    def _note(self, kind: str, item: Json) -> str:
        self.resolved.setdefault(kind, {})[item["id"]] = item
        return item["id"]


def find_command(commands: Sequence[Json], path: str) -> tuple[Json, list[Json], list[Json]]:
    """The command, its subcommand chain and the options of the last one, for a path such as `kampanye daftar`."""
    names = path.removeprefix("/").split()
    command = _named(commands, names[0], "command")
    chain: list[Json] = []
    options = command.get("options") or []
    for name in names[1:]:
        chain.append(_named(options, name, f"subcommand of {path}"))
        options = chain[-1].get("options") or []
    if any(option["type"] in SUBCOMMANDS for option in options):
        raise LookupError(f"/{path} is a group; it has {[option['name'] for option in options]}")
    return command, chain, options


def command_data(commands: Sequence[Json], path: str, given: Mapping[str, Any], resolver: Resolver) -> Json:
    """The data of a slash command, checked against the command the bot has registered."""
    command, chain, options = find_command(commands, path)
    missing = [o["name"] for o in options if o.get("required") and o["name"] not in given]
    if missing:
        raise ValueError(f"/{path} needs {missing}")
    filled = [_option(_named(options, name, f"option of /{path}"), value, resolver) for name, value in given.items()]
    return _nested(command, chain, filled, resolver)


def autocomplete_data(
    commands: Sequence[Json], path: str, focused: str, typed: str, given: Mapping[str, Any], resolver: Resolver
) -> Json:
    """The data of an autocomplete request while a person types in one option."""
    command, chain, options = find_command(commands, path)
    option = _named(options, focused, f"option of /{path}")
    if not option.get("autocomplete"):
        raise LookupError(f"Option {focused!r} of /{path} has no autocomplete")
    filled = [_option(_named(options, name, f"option of /{path}"), value, resolver) for name, value in given.items()]
    filled.append({"name": focused, "type": option["type"], "value": typed, "focused": True})
    return _nested(command, chain, filled, resolver)


def _nested(command: Json, chain: list[Json], filled: list[Json], resolver: Resolver) -> Json:
    for level in reversed(chain):
        filled = [{"name": level["name"], "type": level["type"], "options": filled}]
    data: Json = {"id": command["id"], "name": command["name"], "type": 1, "options": filled}
    if "guild_id" in command:
        data["guild_id"] = command["guild_id"]
    return {**data, "resolved": resolver.resolved} if resolver.resolved else data


def _option(option: Json, value: Any, resolver: Resolver) -> Json:
    kind = option["type"]
    if kind in PLAIN_TYPES:
        if not isinstance(value, PLAIN_TYPES[kind]) or (isinstance(value, bool) and kind != BOOLEAN):
            raise ValueError(f"Option {option['name']!r} does not take {value!r}")
        choices = [choice["value"] for choice in option.get("choices") or []]
        if choices and value not in choices:
            raise ValueError(f"Option {option['name']!r} offers {choices}, not {value!r}")
        _check_bounds(option, value)
    else:
        value = resolver.id_of(value)
    return {"name": option["name"], "type": kind, "value": value}


def _check_bounds(option: Json, value: Any) -> None:
    size: Callable[[Any], Any] = len if isinstance(value, str) else lambda number: number
    low, high = ("min_length", "max_length") if isinstance(value, str) else ("min_value", "max_value")
    if size(value) < option.get(low, float("-inf")) or size(value) > option.get(high, float("inf")):
        raise ValueError(f"Option {option['name']!r}: {value!r} is outside its bounds")


def find_component(message: Json, kinds: Sequence[int], custom_id: str | None, label: str | None) -> Json:
    """The one enabled component of these kinds that a person means; LookupError says what is there."""
    there = [c for c in walk_components(message.get("components")) if c["type"] in kinds and "custom_id" in c]
    found = [
        component
        for component in there
        if custom_id in (None, component["custom_id"])
        and (label is None or label in (component.get("label"), component.get("placeholder")))
    ]
    if len(found) != 1:
        seen = [(c["custom_id"], c.get("label") or c.get("placeholder")) for c in there]
        raise LookupError(f"{len(found)} components fit custom_id={custom_id!r}, label={label!r} among {seen}")
    if found[0].get("disabled"):
        raise LookupError(f"{found[0]['custom_id']!r} is disabled")
    return found[0]


def component_data(component: Json, values: Sequence[Any] | None, resolver: Resolver) -> Json:
    """The data of a press (`values` None) or of a choice in a select menu."""
    data: Json = {"id": component["id"], "custom_id": component["custom_id"], "component_type": component["type"]}
    if values is None:
        return data
    data["values"] = _picked(component, values, resolver)
    return {**data, "resolved": resolver.resolved} if resolver.resolved else data


def _picked(component: Json, values: Sequence[Any], resolver: Resolver) -> list[str]:
    if "options" in component:
        offered = [option["value"] for option in component["options"]]
        if not set(values) <= set(offered):
            raise ValueError(f"{component['custom_id']!r} offers {offered}, not {list(values)}")
        picked = [str(value) for value in values]
    else:
        picked = [resolver.id_of(value) for value in values]
    low, high = component.get("min_values", 1), component.get("max_values", 1)
    if component.get("required", True) and not low <= len(picked) <= high:
        raise ValueError(f"{component['custom_id']!r} takes {low} to {high} choices, not {len(picked)}")
    return picked


def modal_data(modal: Json, given: Mapping[str, Any], resolver: Resolver) -> Json:
    """The data of a submitted modal, in the layout (labels, rows) the bot gave it; fields are named by custom_id."""
    fields = [c for c in walk_components(modal["components"]) if "custom_id" in c]
    unknown = set(given) - {field["custom_id"] for field in fields}
    if unknown:
        raise LookupError(f"{sorted(unknown)} are not among {[field['custom_id'] for field in fields]}")
    components = [_submitted(component, given, resolver) for component in modal["components"]]
    data: Json = {"custom_id": modal["custom_id"], "components": components}
    return {**data, "resolved": resolver.resolved} if resolver.resolved else data


def _submitted(component: Json, given: Mapping[str, Any], resolver: Resolver) -> Json:
    result: Json = {"type": component["type"], "id": component["id"]}
    if "component" in component:
        return {**result, "component": _submitted(component["component"], given, resolver)}
    if "components" in component:
        return {**result, "components": [_submitted(child, given, resolver) for child in component["components"]]}
    if "custom_id" not in component:
        return result
    return {**result, "custom_id": component["custom_id"], **_entered(component, given, resolver)}


def _entered(field: Json, given: Mapping[str, Any], resolver: Resolver) -> Json:
    name, kind = field["custom_id"], field["type"]
    value = given.get(name)
    if kind == TEXT_INPUT:
        text = str(field.get("value") or "") if value is None else str(value)
        if field.get("required", True) and not text:
            raise ValueError(f"Field {name!r} is required")
        if text and not (field.get("min_length") or 0) <= len(text) <= (field.get("max_length") or 4000):
            raise ValueError(f"Field {name!r} does not take {len(text)} characters")
        return {"value": text}
    if kind == CHECKBOX:
        return {"value": bool(field.get("default")) if value is None else bool(value)}
    options = field.get("options") or []
    preset = [option["value"] for option in options if option.get("default")]
    chosen = preset if value is None else [value] if isinstance(value, str | Upload) else list(value)
    if not chosen and not field.get("required", True):
        return {"value": None} if kind == RADIO_GROUP else {"values": []}
    picked = _picked(field, chosen, resolver)
    return {"value": picked[0]} if kind == RADIO_GROUP else {"values": picked}


def _named(items: Sequence[Json], name: str, what: str) -> Json:
    for item in items:
        if item["name"] == name:
            return item
    raise LookupError(f"No {what} named {name!r}; there are {[item['name'] for item in items]}")
