"""Is what the bot sends valid? Checked against Discord's published OpenAPI schema, and the limits that it misses.

The schema file lies beside the project, not in it; where it is absent only the limits are checked, and
`requires_schema` skips a test with that reason. Neither says how Discord behaves: a valid request may still be
refused.
"""

import functools
import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

import jsonschema_rs
import pytest

from tests.support import discord_limits as limits
from tests.support.discord_limits import Json

SCHEMA_PATH = Path(__file__).resolve().parents[2] / "../shared/discord-api/openapi.json"
ABSENT = "Discord's OpenAPI schema is not there (../shared/discord-api/openapi.json beside the project)"
requires_schema = pytest.mark.skipif(not SCHEMA_PATH.exists(), reason=ABSENT)

DOCUMENT = "urn:discord"
PERMISSION_FIELDS = {"permissions", "allow", "deny", "default_member_permissions"}
PLACEHOLDER = re.compile(r"\{\w+\}")


class Request(Protocol):
    """What was recorded of a request: simcord's `HttpLogEntry` and the loopback's `RecordedRequest` both fit."""

    @property
    def method(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def json(self) -> Any: ...
    @property
    def reason(self) -> str | None: ...


class SimulatedDiscord(Protocol):
    """The part of simcord's `Environment` that is read here."""

    @property
    def http_requests(self) -> Iterable[Request]: ...


def problems_of(env: SimulatedDiscord) -> list[str]:
    """Everything wrong with what the bot sent in a simcord test: REST, interaction answers and follow-ups alike."""
    return problems_in(env.http_requests)


def problems_in(requests: Iterable[Request]) -> list[str]:
    """Everything wrong with these requests, each problem with the request it belongs to."""
    found: list[str] = []
    for request in requests:
        where = f"{request.method} {_without_token(request.path)}"
        if len(request.reason or "") > limits.REASON:
            found.append(f"{where}: the audit log reason is longer than {limits.REASON} characters")
        found += [f"{where}: {problem}" for problem in check_request(request.method, request.path, request.json)]
    return found


def check_request(method: str, path: str, body: Any) -> list[str]:
    """Everything wrong with one request; an empty list means fine.

    `path` is without `/api/v10` and query; `body` is the JSON object (of a form, its `payload_json`), or None.
    """
    problems = _schema_problems(method, path, body) if SCHEMA_PATH.exists() else []
    # The limits presume the right shape, so they are asked of what the schema accepts.
    return list(dict.fromkeys(problems or _limit_problems(method, path, body)))


def _schema_problems(method: str, path: str, body: Any) -> list[str]:
    operation = _operations().find(method, path)
    if operation is None:
        return ["Discord's schema has no such endpoint"]
    validator = operation.validator()
    if validator is None:
        return [] if not body else ["this endpoint takes no body"]
    if body is None:
        return ["a body is missing"] if operation.body_required else []
    return list(_sentences(validator.iter_errors(body)))


def _sentences(errors: Iterable[jsonschema_rs.ValidationError]) -> Iterator[str]:
    for error in errors:
        if isinstance(error.kind, jsonschema_rs.ValidationErrorKind.AnyOf):
            yield from _sentences(min(error.kind.context, key=len))
        else:
            yield ": ".join([*filter(None, [".".join(map(str, error.instance_path))]), error.message])


def _without_token(path: str) -> str:
    return re.sub(r"^(/(?:interactions|webhooks)/\d+)/[^/]+", r"\1/...", path)


class Operation:
    """One endpoint and method of the schema."""

    def __init__(self, template: str, method: str, details: Json) -> None:
        self.segments = template.strip("/").split("/")
        self.literals = sum(not PLACEHOLDER.fullmatch(segment) for segment in self.segments)
        request = details.get("requestBody") or {}
        self.body_required = bool(request.get("required"))
        self._pointer = f"{DOCUMENT}#/paths/{_escaped(template)}/{method}/requestBody/content/application~1json/schema"
        self._has_body = "application/json" in request.get("content", {})
        self._validator: jsonschema_rs.Validator | None = None

    def fits(self, segments: list[str]) -> bool:
        """Whether a path belongs to this endpoint."""
        return len(segments) == len(self.segments) and all(
            template == segment or bool(PLACEHOLDER.fullmatch(template))
            for template, segment in zip(self.segments, segments, strict=True)
        )

    def validator(self) -> "jsonschema_rs.Validator | None":
        """What checks its body, compiled at first use (some milliseconds) and kept; errors do not repeat values."""
        if self._has_body and self._validator is None:
            self._validator = jsonschema_rs.validator_for(
                {"$ref": self._pointer}, registry=_registry(), mask="the value"
            )
        return self._validator


class Operations:
    """All endpoints, findable by a concrete path."""

    def __init__(self, document: Json) -> None:
        self._by_size: dict[tuple[str, str, int], list[Operation]] = {}
        for template, methods in document["paths"].items():
            for method, details in methods.items():
                if method != "parameters":
                    operation = Operation(template, method, details)
                    key = (method.upper(), operation.segments[0], len(operation.segments))
                    self._by_size.setdefault(key, []).append(operation)
        for operations in self._by_size.values():
            operations.sort(key=lambda operation: -operation.literals)

    def find(self, method: str, path: str) -> Operation | None:
        """The endpoint a path belongs to, the most literal one first."""
        segments = path.strip("/").split("/")
        candidates = self._by_size.get((method.upper(), segments[0], len(segments)), ())
        return next((operation for operation in candidates if operation.fits(segments)), None)


@functools.cache
def _document() -> Json:
    document = json.loads(SCHEMA_PATH.read_text(encoding="utf-8"))
    schemas = document["components"]["schemas"]
    # Discord takes an id as a number too and permissions as text (its documentation says so), as discord.py sends them.
    schemas["SnowflakeType"]["type"] = ["string", "integer"]
    for schema in (*schemas.values(), *_inline_bodies(document)):
        for name in PERMISSION_FIELDS & schema.get("properties", {}).keys():
            schema["properties"][name]["type"] = ["string", "integer", "null"]
    return _clearer(document, schemas)


def _inline_bodies(document: Json) -> list[Json]:
    """Request bodies that the document spells out at the endpoint instead of naming."""
    endpoints = [
        details for path in document["paths"].values() for details in path.values() if isinstance(details, dict)
    ]
    contents = [details.get("requestBody", {}).get("content", {}) for details in endpoints]
    return [content["schema"] for kinds in contents for content in kinds.values() if "schema" in content]


@functools.cache
def _registry() -> jsonschema_rs.Registry:
    return jsonschema_rs.Registry([(DOCUMENT, _document())])


@functools.cache
def _operations() -> Operations:
    return Operations(_document())


def _escaped(template: str) -> str:
    pointer = template.replace("~", "~0").replace("/", "~1")
    return pointer.replace("{", "%7B").replace("}", "%7D")


def _clearer(value: Any, schemas: Json) -> Any:
    """The same schema with `oneOf` written so that an error names what is wrong, not "fits none of seven schemas".

    Objects told apart by their `type` and "null or ..." become if/then, which validates the same.
    """
    if isinstance(value, list):
        return [_clearer(inner, schemas) for inner in value]
    if not isinstance(value, dict):
        return value
    value = {key: _clearer(inner, schemas) for key, inner in value.items()}
    for key in ("oneOf", "anyOf"):
        variants = value.get(key)
        if not isinstance(variants, list):
            continue
        others = [variant for variant in variants if variant != {"type": "null"}]
        types = [_types_of(variant, schemas) for variant in others]
        if all(types):
            chosen = _by_type(others, types)
        elif len(others) == 1:
            chosen = others[0]
        else:
            continue
        del value[key]
        value["allOf"] = [
            *value.get("allOf", []),
            chosen if len(others) == len(variants) else {"if": {"not": {"type": "null"}}, "then": chosen},
        ]
    return value


def _types_of(variant: Json, schemas: Json) -> list[Any]:
    """The values of `type` that mark this variant of an object, none if it is not marked so."""
    target = schemas.get(variant.get("$ref", "").rpartition("/")[2], variant)
    if "type" not in target.get("required", ()):
        return []
    return target["properties"]["type"].get("enum", [])


def _by_type(variants: list[Json], types: list[list[Any]]) -> Json:
    every = [kind for own in types for kind in own]
    known = {"type": "object", "required": ["type"], "properties": {"type": {"enum": every}}}
    cases = [
        {"if": {"properties": {"type": {"enum": own}}, "required": ["type"]}, "then": variant}
        for variant, own in zip(variants, types, strict=True)
    ]
    return {"allOf": [known, *cases]}


Check = Callable[[Any], list[str]]


def _new_message(body: Any) -> list[str]:
    return limits.message_problems(body or {}, new=True)


def _edited_message(body: Any) -> list[str]:
    return limits.message_problems(body or {}, new=False)


def _interaction_answer(body: Any) -> list[str]:
    kind, data = (body or {}).get("type"), (body or {}).get("data") or {}
    match kind:
        case 4:
            return limits.message_problems(data, new=True)
        case 7:
            return limits.message_problems(data, new=False)
        case 8:
            return limits.choice_problems(data.get("choices"), "the autocomplete answer")
        case 9:
            return limits.modal_problems(data)
        case _:
            return []


LIMIT_CHECKS: list[tuple[str, re.Pattern[str], Check]] = [
    (method, re.compile(pattern), check)
    for method, pattern, check in (
        ("POST", r"/channels/\d+/messages", _new_message),
        ("PATCH", r"/channels/\d+/messages/\d+", _edited_message),
        ("POST", r"/interactions/\d+/[^/]+/callback", _interaction_answer),
        ("POST", r"/webhooks/\d+/[^/]+", _new_message),
        ("PATCH", r"/webhooks/\d+/[^/]+/messages/(@original|\d+)", _edited_message),
        ("PUT", r"/applications/\d+(/guilds/\d+)?/commands", lambda body: limits.command_list_problems(body or [])),
        ("POST", r"/applications/\d+(/guilds/\d+)?/commands", limits.command_problems),
    )
]


def _limit_problems(method: str, path: str, body: Any) -> list[str]:
    for known, pattern, check in LIMIT_CHECKS:
        if method == known and pattern.fullmatch(path):
            return check(body)
    return []
