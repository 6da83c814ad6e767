"""What goes out to IT, what is trusted from there, and how long to wait."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.it_link import body, rules
from bot.it_link.models import Link, Verdict
from bot.it_link.signing import WINDOW_SECONDS, SignatureRefused, sign, signatures, verify
from bot.tickets.models import (
    Author,
    Entry,
    EntryKind,
    Priority,
    QuestionAnswer,
    Stage,
    Ticket,
    TicketState,
)

SECRETS = st.lists(st.text("abcdef0123456789", min_size=32, max_size=64), min_size=1, max_size=3, unique=True)
NOW = 1_764_000_000


def _entry(kind: EntryKind, **changes: object) -> Entry:
    values: dict[str, object] = {
        "id": 5,
        "ticket_id": 2,
        "at": NOW,
        "kind": kind,
        "author": Author.STAFF,
        "author_id": 7,
        "author_name": "Sari",
        "text": "kata-kata staf",
        "internal": False,
        "from_state": None,
        "to_state": None,
        "discord_message_id": None,
        "external_id": None,
    }
    return Entry(**(values | changes))  # pyright: ignore[reportArgumentType]


def _ticket(*, summary: str = "Saldo tertahan", answers: tuple[QuestionAnswer, ...] = ()) -> Ticket:
    names = {name: None for name in Ticket.__dataclass_fields__}
    known: dict[str, object] = {
        "id": 2,
        "creator_name": "ayu",
        "stage": Stage.WITHDRAWAL,
        "priority": Priority.HIGH,
        "state": TicketState.NEW,
        "summary": summary,
        "answers": answers,
        "opened_at": NOW,
    }
    return Ticket(**(names | known))  # pyright: ignore[reportArgumentType]


@given(st.sampled_from(EntryKind), st.booleans(), st.none() | st.text(min_size=1))
def test_internal_words_never_go_out(kind: EntryKind, internal: bool, external_id: str | None) -> None:
    entry = _entry(kind, internal=internal, external_id=external_id)
    if rules.goes_out(entry):
        assert kind is not EntryKind.NOTE
        assert external_id is None
        assert not internal or "kata-kata staf" not in body.write(_ticket(), entry)


@given(st.from_regex(r"[a-z ]{0,10}[0-9]{10,16}[a-z ]{0,10}", fullmatch=True))
def test_no_long_number_is_in_a_body_wherever_it_was_typed(text: str) -> None:
    ticket = _ticket(summary=text, answers=(QuestionAnswer("Apa yang terjadi?", text),))
    written = json.loads(body.write(ticket, _entry(EntryKind.MESSAGE, text=text)))

    said = [written["event"]["text"], written["ticket"]["summary"], written["ticket"]["answers"][0]["answer"]]
    assert [one for one in said if re.search(r"\d{8}", one)] == []


@given(st.binary(max_size=200), SECRETS, st.integers(-WINDOW_SECONDS, WINDOW_SECONDS))
def test_what_one_side_signs_the_other_trusts_within_the_window(content: bytes, secrets: list[str], apart: int) -> None:
    written = signatures(secrets, NOW, content)

    for secret in secrets:
        verify([secret], str(NOW), written, content, NOW + apart)
    verify(secrets, str(NOW), sign(secrets[-1], NOW, content), content, NOW + apart)


@given(st.binary(max_size=200), st.binary(max_size=200), SECRETS)
def test_a_changed_body_timestamp_or_secret_is_not_trusted(content: bytes, other: bytes, secrets: list[str]) -> None:
    written = signatures(secrets, NOW, content)
    changes = [(secrets, NOW + 1, content), (["x" * 32], NOW, content), ([], NOW, content)]
    if other != content:
        changes.append((secrets, NOW, other))
    for known, at, arrived in changes:
        with pytest.raises(SignatureRefused):
            verify(known, str(at), written, arrived, NOW)


@given(st.text(), st.text())
def test_no_headers_whatever_are_trusted_or_break_anything(timestamp: str, signature: str) -> None:
    with pytest.raises(SignatureRefused):
        verify(["x" * 32], timestamp, signature, b"{}", NOW)


@given(st.integers(1, 500), st.floats(0, 1, exclude_max=True))
def test_waits_grow_to_ten_minutes_with_full_jitter(attempts: int, draw: float) -> None:
    wait = rules.backoff(attempts, draw)

    assert 1 <= wait <= min(rules.LONGEST_BACKOFF_SECONDS, 2**attempts)
    assert rules.backoff(attempts, 0.0) == 1


@pytest.mark.parametrize(
    ("status", "meaning"),
    [
        (200, Verdict.ACCEPTED),
        (202, Verdict.ACCEPTED),
        (204, Verdict.ACCEPTED),
        (409, Verdict.ACCEPTED),
        (307, Verdict.LATER),
        (408, Verdict.LATER),
        (425, Verdict.LATER),
        (429, Verdict.LATER),
        (500, Verdict.LATER),
        (503, Verdict.LATER),
        (400, Verdict.REFUSED),
        (401, Verdict.REFUSED),
        (404, Verdict.REFUSED),
        (422, Verdict.REFUSED),
    ],
)
def test_what_a_status_means(status: int, meaning: Verdict) -> None:
    assert rules.verdict(status) is meaning


@pytest.mark.parametrize(
    ("header", "seconds"),
    [(None, 0), ("120", 120), ("Wed, 21 Oct 2026 07:28:00 GMT", 0), ("9" * 30, 3600), ("-5", 0), ("²", 0)],
)
def test_a_wait_that_the_other_side_asks_for(header: str | None, seconds: int) -> None:
    assert rules.retry_after(header) == seconds


@pytest.mark.parametrize(
    ("url", "secrets", "wrong"),
    [
        ("", [], []),
        ("", ["x" * 32], []),
        ("https://it.contoh.id/tiket?a=1", ["x" * 32], []),
        ("http://127.0.0.1:9100/tiket", ["x" * 32], []),
        ("http://localhost:9100", ["x" * 32], []),
        ("http://it.contoh.id/tiket", ["x" * 32], ["URL"]),
        ("https://ops:kunci@it.contoh.id/", ["x" * 32], ["URL"]),
        ("https://it.contoh.id:port/", ["x" * 32], ["URL"]),
        ("https://[it", ["x" * 32], ["URL"]),
        ("it.contoh.id", ["x" * 32], ["URL"]),
        ("https://it.contoh.id", [], ["SECRETS"]),
        ("https://it.contoh.id", ["x" * 32, "pendek"], ["SECRETS"]),
        ("", ["pendek"], ["SECRETS"]),
    ],
)
def test_a_link_that_is_set_wrongly_is_explained_without_its_secrets(
    url: str, secrets: list[str], wrong: list[str]
) -> None:
    problems = rules.link_problems(url, secrets)

    assert [problem.partition(":")[0] for problem in problems] == [f"TSC_IT_WEBHOOK_{name}" for name in wrong]
    assert "pendek" not in " ".join(problems)
    assert "ops:kunci" not in " ".join(problems)


def test_the_link_does_not_show_its_secrets() -> None:
    assert "rahasia" not in repr(Link("https://it.contoh.id", ("rahasia" * 6,)))
