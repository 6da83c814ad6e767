"""Finding answers by words, what others may read of an answer, ready-made answers with fields."""

import asyncio
import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.knowledge import rules
from bot.platform.errors import FormRefused
from bot.services import open_services
from bot.tickets.models import Stage
from tests.conftest import make_settings

FTS_SYNTAX = st.sampled_from(
    [
        '"',
        "*",
        "(",
        ")",
        "-",
        "^",
        ":",
        "NEAR(a b, 2)",
        "AND",
        "OR NOT",
        "title:",
        "{title body}:",
        "'",
        ";--",
        "\0",
        "+",
    ]
)
anything = st.lists(st.one_of(st.text(max_size=12), FTS_SYNTAX, st.just("otp"), st.just("penarikan"))).map(" ".join)


@pytest.fixture(scope="module")
def index() -> sqlite3.Connection:
    """The same kind of index as the store's (data/migrations/0014_knowledge.sql)."""
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE knowledge_text USING fts5 (stage UNINDEXED, title, body, answer UNINDEXED,"
        " tokenize = \"unicode61 remove_diacritics 2\", prefix = '3 4')"
    )
    connection.execute("INSERT INTO knowledge_text VALUES ('other', 'Kode OTP', 'tidak masuk', 'Tunggu')")
    return connection


@given(text=anything)
@example(text="½½½ Ⅷ ͅ ﷺ 𝕒𝕓𝕔 İİİ")
@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_somebody_types_the_index_takes_the_query(index: sqlite3.Connection, text: str) -> None:
    query = rules.match_query(rules.search_words(text))
    if query:
        index.execute("SELECT rowid FROM knowledge_text WHERE knowledge_text MATCH ?", (query,)).fetchall()


def test_a_search_through_the_service_never_fails_and_finds_by_meaningful_words() -> None:
    async def story() -> None:
        with tempfile.TemporaryDirectory() as folder:
            services = await open_services(make_settings(Path(folder)))
            try:
                for text in (
                    '"',
                    "otp AND (",
                    "title: otp*",
                    "NEAR(otp kode)",
                    "a" * 5_000,
                    "\0\0",
                    "🙂",
                    "''; DROP TABLE",
                ):
                    await services.knowledge.suggest(Stage.OTHER, text)
                    await services.knowledge.suggest(None, text)
                found = await services.knowledge.suggest(None, "kak kode OTPnya kok ga masuk-masuk ya")
                assert found and found[0].title == "Kode OTP tidak masuk saat registrasi"
                assert await services.knowledge.suggest(None, "kak mohon bantu saya") == []
            finally:
                await services.close()

    asyncio.run(story())


def test_words_that_say_nothing_are_left_out_and_endings_are_cut() -> None:
    assert rules.search_words("Kak, penarikannya belum masuk2 di saya ya?") == ["penarikan", "masuk"]
    assert rules.search_words("") == [] and rules.match_query([]) == ""


@given(
    name=st.text(st.characters(categories=["Lu", "Ll"]), min_size=3, max_size=12),
    digits=st.integers(0, 10**16),
    before=st.text(max_size=20),
    after=st.text(max_size=20),
)
def test_others_read_no_names_and_no_figures(name: str, digits: int, before: str, after: str) -> None:
    shown = rules.impersonal(f"{before} {name} {digits} @{name}.x {name}@mail.com {after}", [name])
    assert not any(character.isdecimal() for character in shown)
    assert f"{name}@mail.com" not in shown and f"@{name}" not in shown
    for word in shown.split():
        assert word != name


def test_an_answer_is_told_without_the_person_it_was_given_to() -> None:
    said = (
        "Halo Raka Pratama, saldo Rp1.250.000 kamu (@raka.p, raka@mail.com, <@123456>) masuk 12/03/2026 ke ••••7890, "
        "cek https://tsc.id/x. Salam, Budi"
    )
    shown = rules.impersonal(said, ["Raka Pratama", "Budi"])
    for private in ("Raka", "Pratama", "1.250", "raka", "123456", "2026", "7890", "tsc.id", "Budi"):
        assert private not in shown
    assert "saldo" in shown and "masuk" in shown


@given(body=st.text(min_size=5, max_size=200))
def test_a_ready_made_answer_with_unknown_fields_is_refused_when_written(body: str) -> None:
    with pytest.raises(FormRefused) as refused:
        rules.check_canned("Nama", body.replace("{", "").replace("}", "") + " halo {saldo}")
    assert "saldo" in refused.value.message and "{nama}" in refused.value.message


def test_fields_are_filled_and_what_a_value_holds_is_not_filled_again() -> None:
    filled = rules.fill("Halo {nama}, tiket {nomor}.", {"nama": "{nomor}", "nomor": "#7"})
    assert filled == "Halo {nomor}, tiket #7."


@pytest.mark.parametrize(("title", "body", "named"), [("OTP", "x" * 20, "Judul"), ("Kode OTP", "pendek", "Jawaban")])
def test_an_article_names_the_field_at_fault(title: str, body: str, named: str) -> None:
    with pytest.raises(FormRefused) as refused:
        rules.check_article(title, body)
    assert named in refused.value.message
