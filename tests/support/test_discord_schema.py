"""The check of what the bot sends: bad payloads are named, good ones pass, and nothing a bot sends escapes it."""

from pathlib import Path
from typing import Any

import pytest
import simcord

from tests.loopback.echo_bot import EchoBot
from tests.support import discord_schema
from tests.support.discord_schema import check_request, problems_in, problems_of, requires_schema

Json = dict[str, Any]

MESSAGES = ("POST", "/channels/123/messages")
EDIT = ("PATCH", "/webhooks/123/token/messages/@original")
CALLBACK = ("POST", "/interactions/123/token/callback")
COMMANDS = ("PUT", "/applications/123/commands")


def button(custom_id: str = "a", **changes: Any) -> Json:
    return {"type": 2, "style": 1, "label": "Tekan", "custom_id": custom_id, **changes}


def row(*components: Json) -> Json:
    return {"type": 1, "components": list(components)}


def buttons(count: int) -> list[Json]:
    return [button(f"b{number}") for number in range(count)]


def select(options: list[Json], **changes: Any) -> Json:
    return row({"type": 3, "custom_id": "pilih", "options": options, **changes})


def options(count: int) -> list[Json]:
    return [{"label": f"Opsi {number}", "value": str(number)} for number in range(count)]


def field(**changes: Any) -> Json:
    return {"type": 18, "label": "Nama", "component": {"type": 4, "custom_id": "nama", "style": 1, **changes}}


def modal(*components: Json, **changes: Any) -> Json:
    return {"type": 9, "data": {"custom_id": "isi", "title": "Isi", "components": list(components), **changes}}


def command(**changes: Any) -> Json:
    return {"name": "daftar", "description": "Mendaftar", "type": 1, **changes}


def text_option(name: str = "nama", **changes: Any) -> Json:
    return {"type": 3, "name": name, "description": "Namamu", **changes}


GOOD: list[tuple[tuple[str, str], Any]] = [
    (MESSAGES, {"content": "x" * 2000, "tts": False, "nonce": "1" * 25, "enforce_nonce": True}),
    (MESSAGES, {"embeds": [{"type": "rich", "title": "t", "description": "d" * 4096}], "components": [row(button())]}),
    (MESSAGES, {"content": "", "components": [row(*buttons(5)) for _ in range(1)] + [select(options(25))]}),
    (MESSAGES, {"content": "a", "allowed_mentions": {"parse": [], "users": [1234567890123456789]}}),
    (MESSAGES, {"flags": 1 << 15, "components": [{"type": 10, "content": "Halo"}, row(button())]}),
    (
        MESSAGES,
        {"attachments": [{"id": 0, "filename": "a.png"}], "embeds": [{"image": {"url": "attachment://a.png"}}]},
    ),
    (EDIT, {"content": None, "components": []}),
    (CALLBACK, {"type": 5, "data": {"flags": 64}}),
    (CALLBACK, {"type": 6}),
    (CALLBACK, {"type": 8, "data": {"choices": [{"name": "a", "value": "b"}] * 25}}),
    (CALLBACK, modal(*(field(custom_id=f"f{number}", label=None) for number in range(5)))),
    (COMMANDS, [command(options=[text_option(required=True), text_option("kota", autocomplete=True)])]),
    (("POST", "/guilds/1/channels"), {"name": "umum", "type": 0, "parent_id": 12345}),
    (("PUT", "/guilds/1/members/2/roles/3"), None),
    (("POST", "/users/@me/channels"), {"recipient_id": 123}),
    (("GET", "/oauth2/applications/@me"), None),
]

LIMITS: list[tuple[tuple[str, str], Any, str]] = [
    (MESSAGES, {"content": "x" * 2001}, "2000 are allowed"),
    (MESSAGES, {"content": ""}, "empty"),
    (MESSAGES, {"embeds": [{"type": "rich"}]}, r"embeds\[0\] is empty"),
    (MESSAGES, {"embeds": [{"description": "d" * 4001}, {"footer": {"text": "f" * 1999}, "title": "t"}]}, "6000"),
    (MESSAGES, {"content": "a", "components": [row(b) for b in buttons(6)]}, "6 rows, 5 are allowed"),
    (MESSAGES, {"content": "a", "components": [row(button(), *select(options(1))["components"])]}, "buttons only"),
    (MESSAGES, {"content": "a", "components": [row(button("x")), row(button("x"))]}, "2 times"),
    (MESSAGES, {"content": "a", "components": [row(button(label=None))]}, "neither label nor emoji"),
    (MESSAGES, {"content": "a", "components": [row(button(style=5))]}, "needs a url"),
    (MESSAGES, {"content": "a", "components": [row(button(url="https://example.com"))]}, "no url"),
    (MESSAGES, {"content": "a", "components": [{"type": 10, "content": "b"}]}, "components v2 flag"),
    (MESSAGES, {"content": "a", "flags": 1 << 15, "components": [{"type": 10, "content": "b"}]}, "neither content"),
    (MESSAGES, {"flags": 1 << 15, "components": [row(b) for b in buttons(21)]}, "42 components"),
    (MESSAGES, {"flags": 1 << 15, "components": [{"type": 10, "content": "b" * 2001}] * 2}, "4002 characters"),
    (MESSAGES, {"content": "a", "components": [select(options(2), max_values=3)]}, "over its 2 options"),
    (MESSAGES, {"content": "a", "components": [select(options(2), min_values=2)]}, "over max_values"),
    (MESSAGES, {"content": "a", "components": [select(options(1) * 2)]}, "same value twice"),
    (MESSAGES, {"content": "a", "components": [select([{**o, "default": True} for o in options(2)])]}, "defaults"),
    (MESSAGES, {"embeds": [{"image": {"url": "attachment://a.png"}}]}, "not among the files"),
    (EDIT, {"content": "x" * 2001}, "2000"),
    (CALLBACK, {"type": 4, "data": {"content": ""}}, "empty"),
    (CALLBACK, {"type": 8, "data": {"choices": [{"name": "a", "value": "v" * 101}]}}, "value of choice 'a'"),
    (CALLBACK, modal(*(field(custom_id=f"f{number}") for number in range(6))), "6 rows"),
    (CALLBACK, modal(field(), field()), "2 times"),
    (CALLBACK, modal(field(value="xxx", max_length=2)), "max_length is 2"),
    (CALLBACK, modal(row({"type": 4, "custom_id": "a", "style": 1})), "needs a label"),
    (COMMANDS, [command(name="Daftar")], "small letters"),
    (COMMANDS, [command(name="daftar kol")], "small letters"),
    (COMMANDS, [command(), command()], "2 times"),
    (COMMANDS, [command(name=f"c{number}") for number in range(101)], "100 are allowed"),
    (COMMANDS, [command(description="")], "description"),
    (COMMANDS, [command(options=[text_option(), text_option("kota", required=True)])], "must come first"),
    (COMMANDS, [command(options=[text_option(), text_option()])], "2 times"),
    (COMMANDS, [command(options=[text_option(choices=[{"name": "a", "value": "v" * 101}])])], "value of choice"),
    (COMMANDS, [command(options=[text_option(choices=[{"name": "a", "value": v} for v in "bc"])])], "same name"),
    (
        COMMANDS,
        [command(options=[text_option(f"o{n}", choices=[{"name": f"{i}" * 90, "value": f"{i}"} for i in range(9)])
                          for n in range(10)])],
        "8000 are allowed",
    ),
]  # fmt: skip

SCHEMA: list[tuple[tuple[str, str], Any, str]] = [
    (MESSAGES, {"content": 5}, "content: the value is not of types"),
    (MESSAGES, {"content": "a", "nonce": "1" * 26}, "nonce"),
    (MESSAGES, {"embeds": [{"title": "t" * 257}]}, r"embeds.0.title: .*256"),
    (MESSAGES, {"embeds": [{"fields": [{"name": "n", "value": "v"}] * 26}]}, "25 items"),
    (MESSAGES, {"content": "a", "components": [row(*buttons(6))]}, "components.0.components"),
    (MESSAGES, {"content": "a", "components": [row(button(label="x" * 81))]}, r"components.0.components.0.label"),
    (MESSAGES, {"content": "a", "components": [{"type": 99}]}, "components.0.type: the value"),
    (MESSAGES, {"content": "a", "components": [select(options(26))]}, "25 items"),
    (MESSAGES, {"content": "a", "components": [select([{"label": "l" * 101, "value": "v"}])]}, "options.0.label"),
    (MESSAGES, {"content": "a", "components": [row(button("x" * 101))]}, "custom_id"),
    (CALLBACK, {"type": 12345}, "type: the value"),
    (CALLBACK, {"type": 9}, '"data" is a required property'),
    (CALLBACK, modal(field(), title="x" * 46), "data.title: .*45"),
    (CALLBACK, modal({**field(), "label": "x" * 46}), "label: .*45"),
    (CALLBACK, {"type": 8, "data": {"choices": [{"name": "a", "value": "b"}] * 26}}, "choices"),
    (COMMANDS, [command(description="x" * 101)], "description"),
    (COMMANDS, [command(options=[text_option(f"o{number}") for number in range(26)])], "25 items"),
    (("POST", "/guilds/1/channels"), {"name": "x" * 101}, "name: .*100"),
    (("POST", "/guilds/1/channels"), None, "a body is missing"),
    (("POST", "/channels/1/typing/2"), None, "no such endpoint"),
]


@pytest.mark.parametrize(("endpoint", "body"), GOOD)
def test_a_valid_request_passes(endpoint: tuple[str, str], body: Any) -> None:
    assert check_request(*endpoint, body) == []


@pytest.mark.parametrize(("endpoint", "body", "problem"), LIMITS)
def test_a_limit_the_schema_misses_is_named(endpoint: tuple[str, str], body: Any, problem: str) -> None:
    with pytest.raises(AssertionError, match=problem):
        assert not check_request(*endpoint, body)


def test_the_limits_are_checked_without_the_schema_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discord_schema, "SCHEMA_PATH", Path("absent"))
    passed = [problem for endpoint, body, problem in LIMITS if not check_request(*endpoint, body)]
    refused = [body for endpoint, body in GOOD if check_request(*endpoint, body)]
    assert (passed, refused) == ([], [])


@requires_schema
@pytest.mark.parametrize(("endpoint", "body", "problem"), SCHEMA)
def test_the_schema_is_kept(endpoint: tuple[str, str], body: Any, problem: str) -> None:
    with pytest.raises(AssertionError, match=problem):
        assert not check_request(*endpoint, body)


async def test_everything_a_bot_sends_in_a_simulation_is_checked() -> None:
    async with simcord.run(EchoBot()) as env:
        guild = env.create_guild()
        channel = guild.create_text_channel("umum")
        rini = guild.add_member(env.create_user("rini"))
        await env.settle()
        await rini.slash(channel, "gema teks", teks="halo")
        await rini.autocomplete(channel, "gema teks", "teks", "a")
        await rini.slash(channel, "gema susun")
        panel = await rini.slash(channel, "gema panel")
        assert panel.response is not None
        opened = await rini.click(panel.response, custom_id="tsc:echo:form")
        await rini.submit_modal(opened, {"nama": "Rini", "niche": ["Mode"]})
        assert problems_of(env) == []
        answers = [request.json for request in env.http_requests if request.path.endswith("/callback")]
        kinds = {answer["type"] for answer in answers if answer is not None}
        assert kinds == {4, 5, 8, 9}
        paths = [request.path for request in env.http_requests]
        assert any(path.startswith("/webhooks/") for path in paths)
        assert any(path.endswith("/commands") for path in paths)


def test_a_problem_names_the_request_but_not_its_token() -> None:
    request = simcord.HttpLogEntry("POST", "/webhooks/1/rahasia", {}, {"content": "x" * 2001}, "r" * 513)
    reason, content = problems_in([request])
    assert reason.startswith("POST /webhooks/1/...: the audit log reason")
    assert content.startswith("POST /webhooks/1/...: content")
