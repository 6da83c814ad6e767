"""Forms as data: a list of fields becomes a modal, and what comes back becomes `Answers`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import discord

from cogs.ui.answers import Interaction

MODAL_FIELDS = 5


@dataclass(frozen=True)
class TextField:
    """A line of text, or a paragraph."""

    id: str
    label: str
    description: str = ""
    placeholder: str = ""
    max_length: int = 200
    min_length: int | None = None
    required: bool = True
    paragraph: bool = False
    default: str = ""


@dataclass(frozen=True)
class ChoiceField:
    """A select of up to 25 options (value, label)."""

    id: str
    label: str
    options: tuple[tuple[str, str], ...]
    description: str = ""
    placeholder: str = ""
    at_least: int = 1
    at_most: int = 1
    required: bool = True
    default: tuple[str, ...] = ()


@dataclass(frozen=True)
class RoleField:
    """One of the server's roles, found by Discord itself; `default` is its id."""

    id: str
    label: str
    description: str = ""
    placeholder: str = ""
    required: bool = True
    default: int | None = None


@dataclass(frozen=True)
class FileField:
    """One or more files."""

    id: str
    label: str
    description: str = ""
    at_most: int = 1
    required: bool = False


Field = TextField | ChoiceField | RoleField | FileField


@dataclass(frozen=True)
class FormSpec:
    """What a form asks. At most five fields (Discord's limit); longer forms go in steps."""

    title: str
    fields: tuple[Field, ...]


class Answers:
    """What somebody filled in, by field id."""

    def __init__(self, values: Mapping[str, list[str]], files: Mapping[str, list[discord.Attachment]]) -> None:
        self._values = values
        self._files = files

    def text(self, field: str) -> str:
        """The text of a field, trimmed; empty when left blank."""
        return "".join(self._values.get(field, [])[:1]).strip()

    def choices(self, field: str) -> list[str]:
        """The chosen options' values."""
        return list(self._values.get(field, []))

    def choice(self, field: str) -> str | None:
        """The one chosen option, None when none was."""
        return next(iter(self._values.get(field, [])), None)

    def files(self, field: str) -> list[discord.Attachment]:
        """The uploaded files, not yet checked."""
        return list(self._files.get(field, []))

    @property
    def had_file_fields(self) -> bool:
        """Whether the form asked for files, sent or not."""
        return bool(self._files)

    def kept(self) -> dict[str, list[str]]:
        """What a draft keeps: everything but files."""
        return {key: list(value) for key, value in self._values.items()}

    @property
    def blank(self) -> bool:
        """Whether nothing was filled in or chosen."""
        return not any(one.strip() for value in self._values.values() for one in value)

    def __repr__(self) -> str:
        return f"Answers({sorted(self._values)})"


def build(custom_id: str, spec: FormSpec, draft: Mapping[str, Any] | None) -> discord.ui.Modal:
    """The modal, filled with what the draft holds."""
    modal = discord.ui.Modal(title=spec.title[:45], custom_id=custom_id, timeout=None)
    for field in spec.fields[:MODAL_FIELDS]:
        kept = draft.get(field.id) if draft else None
        modal.add_item(
            discord.ui.Label(
                text=field.label[:45],
                description=field.description[:100] or None,
                component=_component(field, [str(value) for value in kept] if isinstance(kept, list) else None),
            )
        )
    # Not kept by discord.py: routing finds the form by custom_id, the same before and after a restart.
    modal.stop()
    return modal


def _component(field: Field, kept: list[str] | None) -> discord.ui.Item[Any]:
    if isinstance(field, TextField):
        default = (kept[0] if kept else "") if kept is not None else field.default
        return discord.ui.TextInput(
            custom_id=field.id,
            style=discord.TextStyle.paragraph if field.paragraph else discord.TextStyle.short,
            placeholder=field.placeholder[:100] or None,
            default=default[: field.max_length] or None,
            required=field.required,
            min_length=field.min_length,
            max_length=field.max_length,
        )
    if isinstance(field, ChoiceField):
        chosen = kept if kept is not None else list(field.default)
        return discord.ui.Select(
            custom_id=field.id,
            placeholder=field.placeholder[:150] or None,
            min_values=field.at_least if field.required else 0,
            max_values=min(field.at_most, len(field.options)),
            required=field.required,
            options=[
                discord.SelectOption(value=value, label=label[:100], default=value in chosen)
                for value, label in field.options[:25]
            ],
        )
    if isinstance(field, RoleField):
        role_ids = kept if kept is not None else [str(field.default)] if field.default else []
        return discord.ui.RoleSelect[Any](
            custom_id=field.id,
            placeholder=field.placeholder[:150] or None,
            min_values=1 if field.required else 0,
            required=field.required,
            default_values=[discord.Object(int(role_id), type=discord.Role) for role_id in role_ids],
        )
    return discord.ui.FileUpload(
        custom_id=field.id, min_values=1 if field.required else 0, max_values=field.at_most, required=field.required
    )


def read(interaction: Interaction) -> Answers:
    """What the modal submission carries."""
    data: Any = interaction.data or {}
    values: dict[str, list[str]] = {}
    file_ids: dict[str, list[str]] = {}
    for component in _leaves(data.get("components", [])):
        custom_id = component.get("custom_id")
        if custom_id is None:
            continue
        if component.get("type") == discord.ComponentType.file_upload.value:
            file_ids[custom_id] = [str(value) for value in component.get("values", [])]
        elif "values" in component:
            values[custom_id] = [str(value) for value in component["values"]]
        else:
            values[custom_id] = [str(component.get("value") or "")]
    attachments = data.get("resolved", {}).get("attachments", {})
    state = interaction.client._connection
    files = {
        key: [discord.Attachment(data=attachments[item], state=state) for item in ids if item in attachments]
        for key, ids in file_ids.items()
    }
    return Answers(values, files)


def _leaves(components: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for component in components:
        if component.get("type") == discord.ComponentType.label.value:
            found += _leaves([component["component"]])
        elif "components" in component:
            found += _leaves(component["components"])
        else:
            found.append(component)
    return found
