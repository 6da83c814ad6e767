"""A message as data: what the outbox keeps in a row and the Discord side turns into the real thing."""

import json
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

PREFIX = "tsc:"


def custom_id(action: str, *ids: int) -> str:
    """`custom_id("campaign:apply", 12)` is `tsc:campaign:apply:12`, by which a press is found after any restart."""
    return PREFIX + ":".join([action, *map(str, ids)])


class ButtonStyle(StrEnum):
    """How a button looks: what it does to the reader, not its colour."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    SUCCESS = "success"
    DANGER = "danger"


@dataclass(frozen=True)
class Button:
    """A button whose press is found by its custom_id (`tsc:<area>:<action>:<id>`) after any restart.

    One with a `url` opens a page instead, and has no custom_id: see `link_button`.
    """

    custom_id: str
    label: str
    style: ButtonStyle = ButtonStyle.SECONDARY
    emoji: str | None = None
    disabled: bool = False
    url: str | None = None


def link_button(url: str, label: str) -> Button:
    """A button that opens a page."""
    return Button("", label, url=url)


@dataclass(frozen=True)
class Option:
    """One choice of a select."""

    value: str
    label: str
    description: str = ""


@dataclass(frozen=True)
class Select:
    """A list to choose from, found by its custom_id like a button. At most 25 options."""

    custom_id: str
    placeholder: str
    options: list[Option]
    at_least: int = 1
    at_most: int = 1


@dataclass(frozen=True)
class Field:
    """One field of an embed."""

    name: str
    value: str
    inline: bool = True


@dataclass(frozen=True)
class Picture:
    """A card to be drawn when the message is sent. `facts` are the fields of the card named `card`."""

    card: str
    facts: dict[str, Any]
    filename: str
    image_file_id: int | None = None


@dataclass(frozen=True)
class Document:
    """A file attached when the message is sent: `text`, or what the maker named `maker` writes from `facts`.

    A maker (registered in `bot.documents`) spares the outbox a long file. An edit leaves attached documents alone.
    """

    filename: str
    text: str = ""
    maker: str = ""
    facts: dict[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True)
class Message:
    """What a message says. Mentions ping only who is named in `pings`."""

    content: str = ""
    title: str = ""
    description: str = ""
    colour: int | None = None
    fields: list[Field] = field(default_factory=list[Field])
    footer: str = ""
    buttons: list[list[Button]] = field(default_factory=list[list[Button]])
    selects: list[Select] = field(default_factory=list[Select])
    picture: Picture | None = None
    ping_users: list[int] = field(default_factory=list[int])
    ping_roles: list[int] = field(default_factory=list[int])
    documents: list[Document] = field(default_factory=list[Document])
    # To a person: dropped where DMs are closed, because they read it elsewhere too.
    only_dm: bool = False


def to_json(message: Message) -> str:
    """The message for a TEXT column."""
    return json.dumps(asdict(message), ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Message:
    """The message of a TEXT column."""
    raw: dict[str, Any] = json.loads(text)
    raw["fields"] = [Field(**item) for item in raw["fields"]]
    raw["buttons"] = [
        [replace(Button(**item), style=ButtonStyle(item["style"])) for item in row] for row in raw["buttons"]
    ]
    raw["selects"] = [
        replace(Select(**item), options=[Option(**option) for option in item["options"]]) for item in raw["selects"]
    ]
    if raw["picture"]:
        raw["picture"] = Picture(**raw["picture"])
    # Rows of earlier versions hold one document at most.
    alone = raw.pop("document", None)
    raw["documents"] = [Document(**item) for item in raw.get("documents", [alone] if alone else [])]
    return Message(**raw)
