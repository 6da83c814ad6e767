"""Limits of Discord that its published schema does not state, checked on what the bot sends.

Sources: Discord's developer documentation of messages, embeds, components, modals and application commands. Each
function returns sentences about what is wrong; an empty list means fine.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

COMPONENTS_V2 = 1 << 15
CONTENT = 2000
EMBEDS_TOTAL = 6000
LAYOUT_COMPONENTS = 40
LAYOUT_TEXT = 4000
ROWS = 5
BUTTONS_IN_ROW = 5
COMMANDS = {1: 100, 2: 15, 3: 15}
COMMAND_TEXT_TOTAL = 8000
CHOICE = 100
NONCE = 25
REASON = 512

ROW, BUTTON, STRING_SELECT, TEXT_INPUT, TEXT_DISPLAY, LABEL = 1, 2, 3, 4, 10, 18
SELECTS = (3, 5, 6, 7, 8)
CLASSIC = (ROW,)
LINK, PREMIUM = 5, 6
STRING, INTEGER, NUMBER = 3, 4, 10
SUBCOMMAND, GROUP = 1, 2

# Lower case letters of any script, digits, hyphen, underscore; Discord asks for no upper case where one exists.
COMMAND_NAME = re.compile(r"[-_'\w]{1,32}")


def walk(components: Any) -> Iterator[Json]:
    """Every component, parents first."""
    for component in components or ():
        yield component
        yield from walk(component.get("components"))
        for key in ("accessory", "component"):
            if component.get(key):
                yield from walk([component[key]])


def message_problems(body: Json, *, new: bool) -> list[str]:
    """A message to be written (`new`) or edited."""
    problems: list[str] = []
    content, embeds, components = (body.get(key) or () for key in ("content", "embeds", "components"))
    layout = bool(int(body.get("flags") or 0) & COMPONENTS_V2)
    if len(content) > CONTENT:
        problems.append(f"content has {len(content)} characters, {CONTENT} are allowed")
    if len(str(body.get("nonce") or "")) > NONCE:
        problems.append(f"nonce is longer than {NONCE} characters")
    total = sum(map(_embed_length, embeds))
    if total > EMBEDS_TOTAL:
        problems.append(f"embeds have {total} characters together, {EMBEDS_TOTAL} are allowed")
    problems += [f"embeds[{i}] is empty" for i, embed in enumerate(embeds) if not set(embed) - {"type", "color"}]
    if new and not any(body.get(k) for k in ("content", "embeds", "components", "attachments", "sticker_ids", "poll")):
        problems.append("the message is empty")
    if layout and (content or embeds):
        problems.append("a layout message (components v2) can have neither content nor embeds")
    if "attachments" in body or new:
        problems += _attachment_problems(body)
    problems += _layout_problems(components) if layout else _row_problems(components)
    return problems + component_problems(components)


def _embed_length(embed: Json) -> int:
    texts = [embed.get("title"), embed.get("description")]
    texts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
    for field in embed.get("fields") or ():
        texts += [field.get("name"), field.get("value")]
    return sum(len(str(text)) for text in texts if text)


def _attachment_problems(body: Json) -> list[str]:
    """Every `attachment://name` must be a file of the same message."""
    names = {attachment.get("filename") for attachment in body.get("attachments") or ()}
    if any(attachment.get("filename") is None for attachment in body.get("attachments") or ()):
        return []  # Kept attachments of an edit are sent by id only.
    wanted = set(_attachment_references([body.get("embeds"), body.get("components")]))
    return [f"attachment://{name} is not among the files {sorted(names)}" for name in sorted(wanted - names)]


def _attachment_references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _attachment_references(inner)
    elif isinstance(value, str) and value.startswith("attachment://"):
        yield value.removeprefix("attachment://")


def _row_problems(components: Any) -> list[str]:
    problems = [f"{len(components)} rows, {ROWS} are allowed"] if len(components) > ROWS else []
    strange = sorted({c["type"] for c in components if c["type"] not in CLASSIC})
    if strange:
        problems.append(f"components of type {strange} need the components v2 flag")
    return problems


def _layout_problems(components: Any) -> list[str]:
    every = list(walk(components))
    text = sum(len(component.get("content") or "") for component in every if component["type"] == TEXT_DISPLAY)
    problems: list[str] = []
    if len(every) > LAYOUT_COMPONENTS:
        problems.append(f"{len(every)} components, {LAYOUT_COMPONENTS} are allowed")
    if text > LAYOUT_TEXT:
        problems.append(f"text displays have {text} characters together, {LAYOUT_TEXT} are allowed")
    return problems


def component_problems(components: Any) -> list[str]:
    """Rules within components, the same in messages and modals."""
    problems: list[str] = []
    every = list(walk(components))
    ids = [component["custom_id"] for component in every if component.get("custom_id") is not None]
    problems += [
        f"custom_id {name!r} is there {ids.count(name)} times" for name in dict.fromkeys(ids) if ids.count(name) > 1
    ]
    problems += [f"custom_id {name!r} is not 1 to 100 characters" for name in ids if not 1 <= len(name) <= 100]
    for component in every:
        kind = component["type"]
        if kind == ROW:
            problems += _one_row_problems(component)
        elif kind == BUTTON:
            problems += _button_problems(component)
        elif kind in SELECTS:
            problems += _select_problems(component)
        elif kind == TEXT_INPUT:
            problems += _text_input_problems(component)
    return problems


def _one_row_problems(row: Json) -> list[str]:
    kinds = [component["type"] for component in row.get("components") or ()]
    if not kinds:
        return ["a row is empty"]
    if set(kinds) == {BUTTON}:
        return [f"{len(kinds)} buttons in a row, {BUTTONS_IN_ROW} are allowed"] if len(kinds) > BUTTONS_IN_ROW else []
    return [] if len(kinds) == 1 else [f"a row holds types {kinds}: buttons only, or one select menu or text input"]


def _button_problems(button: Json) -> list[str]:
    name = button.get("custom_id") or button.get("url") or button.get("label")
    style = button.get("style")
    if style == PREMIUM:
        return []
    problems: list[str] = []
    if not button.get("label") and not button.get("emoji"):
        problems.append(f"button {name!r} has neither label nor emoji")
    if style == LINK and (not button.get("url") or button.get("custom_id")):
        problems.append(f"link button {name!r} needs a url and no custom_id")
    if style != LINK and (not button.get("custom_id") or button.get("url")):
        problems.append(f"button {name!r} needs a custom_id and no url")
    return problems


def _select_problems(select: Json) -> list[str]:
    name = select.get("custom_id")
    low, high = _number(select.get("min_values"), 1), _number(select.get("max_values"), 1)
    problems = [f"select {name!r}: min_values {low} is over max_values {high}"] if low > high else []
    if select["type"] != STRING_SELECT:
        return problems
    options = select.get("options") or []
    values = [option.get("value") for option in options]
    if not 1 <= len(options) <= 25:
        problems.append(f"select {name!r} has {len(options)} options, 1 to 25 are allowed")
    if len(set(values)) < len(values):
        problems.append(f"select {name!r} has the same value twice")
    if high > len(options):
        problems.append(f"select {name!r}: max_values {high} is over its {len(options)} options")
    if sum(bool(option.get("default")) for option in options) > high:
        problems.append(f"select {name!r} has more defaults than max_values {high}")
    return problems


def _text_input_problems(field: Json) -> list[str]:
    name, value = field.get("custom_id"), field.get("value") or ""
    low, high = _number(field.get("min_length"), 0), _number(field.get("max_length"), 4000)
    problems = [f"text input {name!r}: min_length {low} is over max_length {high}"] if low > high else []
    if len(value) > high:
        problems.append(f"text input {name!r}: its value has {len(value)} characters, max_length is {high}")
    return problems


def _number(value: Any, default: int) -> int:
    return default if value is None else int(value)


def modal_problems(modal: Json) -> list[str]:
    """A modal: five rows at most, and the rules of what is in them."""
    components = modal.get("components") or []
    problems: list[str] = []
    if not 1 <= len(components) <= ROWS:
        problems.append(f"the modal has {len(components)} rows, 1 to {ROWS} are allowed")
    for name, limit in (("title", 45), ("custom_id", 100)):
        if not 1 <= len(modal.get(name) or "") <= limit:
            problems.append(f"the modal's {name} is not 1 to {limit} characters")
    bare = [c["components"][0].get("custom_id") for c in components if c["type"] == ROW and c.get("components")]
    labelled = {c.get("custom_id") for c in walk(components) if c["type"] == TEXT_INPUT and c.get("label")}
    problems += [f"text input {name!r} in a row needs a label" for name in bare if name not in labelled]
    return problems + component_problems(components)


def choice_problems(choices: Any, where: str) -> list[str]:
    """Choices of an option or of an autocomplete answer: at most 25, name and text value 1 to 100 characters."""
    choices = choices or []
    problems = [f"{where} has {len(choices)} choices, 25 are allowed"] if len(choices) > 25 else []
    for choice in choices:
        if not 1 <= len(str(choice.get("name") or "")) <= CHOICE:
            problems.append(f"{where}: the name of choice {choice.get('value')!r} is not 1 to {CHOICE} characters")
        if isinstance(choice.get("value"), str) and not 1 <= len(choice["value"]) <= CHOICE:
            problems.append(f"{where}: the value of choice {choice.get('name')!r} is not 1 to {CHOICE} characters")
    return problems


def command_list_problems(commands: list[Json]) -> list[str]:
    """All commands of a scope, as they are synchronised."""
    problems: list[str] = []
    for kind, limit in COMMANDS.items():
        names = [command.get("name") for command in commands if (command.get("type") or 1) == kind]
        if len(names) > limit:
            problems.append(f"{len(names)} commands of type {kind}, {limit} are allowed")
        problems += [f"command {name!r} is there {count} times" for name, count in Counter(names).items() if count > 1]
    for command in commands:
        problems += command_problems(command)
    return problems


def command_problems(command: Json) -> list[str]:
    """One application command with its options."""
    name = f"/{command.get('name')}"
    if (command.get("type") or 1) != 1:
        return [] if 1 <= len(command.get("name") or "") <= 32 else [f"{name}: the name is not 1 to 32 characters"]
    problems = _named_problems(command, name) + _option_list_problems(command.get("options"), name, depth=0)
    total = _command_text(command)
    if total > COMMAND_TEXT_TOTAL:
        problems.append(
            f"{name}: names, descriptions and values have {total} characters, {COMMAND_TEXT_TOTAL} are allowed"
        )
    return problems


def _named_problems(item: Json, where: str) -> list[str]:
    name, description = str(item.get("name") or ""), str(item.get("description") or "")
    problems: list[str] = []
    if not COMMAND_NAME.fullmatch(name) or name != name.lower():
        problems.append(f"{where}: a name is 1 to 32 small letters, digits, - and _")
    if not 1 <= len(description) <= 100:
        problems.append(f"{where}: the description is not 1 to 100 characters")
    return problems


def _option_list_problems(options: Any, where: str, *, depth: int) -> list[str]:
    options = options or []
    problems = [f"{where} has {len(options)} options, 25 are allowed"] if len(options) > 25 else []
    names = Counter(option.get("name") for option in options)
    problems += [f"{where}: option {name!r} is there {count} times" for name, count in names.items() if count > 1]
    required = [bool(option.get("required")) for option in options]
    if required != sorted(required, reverse=True):
        problems.append(f"{where}: required options must come first")
    nested = [option["type"] in (SUBCOMMAND, GROUP) for option in options]
    if any(nested) and not all(nested):
        problems.append(f"{where}: subcommands and options cannot be mixed")
    for option in options:
        problems += _option_problems(option, f"{where} {option.get('name')}", depth=depth)
    return problems


def _option_problems(option: Json, where: str, *, depth: int) -> list[str]:
    problems = _named_problems(option, where)
    if option["type"] in (SUBCOMMAND, GROUP):
        if depth > 1 or (option["type"] == GROUP and depth > 0):
            problems.append(f"{where}: groups nest too deeply")
        return problems + _option_list_problems(option.get("options"), where, depth=depth + 1)
    problems += choice_problems(option.get("choices"), where)
    choice_names = [choice.get("name") for choice in option.get("choices") or ()]
    if len(set(choice_names)) < len(choice_names):
        problems.append(f"{where}: two choices have the same name")
    if option.get("autocomplete") and choice_names:
        problems.append(f"{where}: autocomplete and choices exclude one another")
    if option.get("autocomplete") and option["type"] not in (STRING, INTEGER, NUMBER):
        problems.append(f"{where}: this type of option has no autocomplete")
    return problems


def _command_text(item: Json) -> int:
    total = len(str(item.get("name") or "")) + len(str(item.get("description") or ""))
    total += sum(len(str(c.get("name"))) + len(str(c.get("value"))) for c in item.get("choices") or ())
    return total + sum(map(_command_text, item.get("options") or ()))
