"""Private fields: encrypted in the file, masked in memory, readable after rotation, never in a log."""

import json
import logging
from pathlib import Path

import pytest
import structlog
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from bot.creators.models import CreatorKey, CreatorRecord, Platform
from bot.platform import logs, migrations, stored_files
from bot.platform.crypto import ENCRYPTED_COLUMNS, Private
from bot.platform.errors import ConfigurationError
from bot.services import Services, open_services, rotate_keys
from bot.settings import Settings
from tests.conftest import make_settings

PHONE = "+6281234567890"


async def _save_contact(services: Services) -> None:
    async with services.database.unit() as tx:
        await services.creators.save(tx, CreatorRecord(Platform.TIKTOK, "ayu", contact=PHONE), source="test")
        await stored_files.keep(
            tx, services.vault, filename="a.csv", kind="spreadsheet", content=PHONE.encode(), owner_id=1, now=1
        )
    await services.drafts.keep(1, "tsc:register:contact", {"contact": [PHONE]})


async def test_a_contact_is_nowhere_in_the_file_in_clear(settings: Settings) -> None:
    services = await open_services(settings)
    try:
        await _save_contact(services)
    finally:
        await services.close()

    for path in settings.database.parent.glob("store.db*"):
        assert PHONE.encode() not in path.read_bytes(), path.name
        assert PHONE[3:].encode() not in path.read_bytes(), path.name


async def test_the_contact_is_read_back_after_the_keys_were_rotated(tmp_path: Path) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    services = await open_services(make_settings(tmp_path, encryption_keys=[old]))
    await _save_contact(services)
    lookup = services.vault.lookup_hash(Private(PHONE))
    await services.close()

    assert await rotate_keys(make_settings(tmp_path, encryption_keys=[new, old])) == 3

    services = await open_services(make_settings(tmp_path, encryption_keys=[new]))
    try:
        creator = await services.creators.find(CreatorKey(Platform.TIKTOK, "ayu"))
        assert creator is not None
        assert services.creators.contact_of(creator) == Private(PHONE)
        assert services.vault.lookup_hash(Private(PHONE)) == lookup
        assert await services.drafts.load(1, "tsc:register:contact") == {"contact": [PHONE]}
        assert await services.file_content(1) == PHONE.encode()
    finally:
        await services.close()


async def test_the_wrong_key_is_refused_at_start_with_what_to_do(tmp_path: Path) -> None:
    services = await open_services(make_settings(tmp_path))
    await services.close()

    with pytest.raises(ConfigurationError, match="tidak cocok"):
        await open_services(make_settings(tmp_path))


async def test_somebody_elses_draft_is_not_found(services: Services) -> None:
    draft = await services.drafts.keep(1, "tsc:x", {"a": ["b"]})

    assert await services.drafts.form_of(2, draft) is None
    assert await services.drafts.load(2, "tsc:x") is None


@given(st.text(min_size=1, max_size=40))
def test_a_private_value_shows_at_most_its_last_four_characters(value: str) -> None:
    shown = f"{Private(value)!r} {Private(value)} {[Private(value)]}"

    assert value not in shown or len(value) <= 4 or value in "Private(••••) [Private(••••)]"


def test_every_column_that_looks_private_is_on_the_rotation_list() -> None:
    schema = "\n".join(migration.sql for migration in migrations.load())
    for table, column in ENCRYPTED_COLUMNS:
        body = schema.split(f"CREATE TABLE {table} (")[1].split(") STRICT")[0]
        assert f"    {column} " in body
    for table_text in schema.split("CREATE TABLE ")[1:]:
        table = table_text.split(" ", 1)[0]
        body = table_text.split(") STRICT")[0]
        for column in ("contact", "phone", "email", "nik", "npwp", "account_number", "address", "answers"):
            if f"    {column} TEXT" in body:
                assert (table, column) in ENCRYPTED_COLUMNS, (table, column)


def test_logs_show_neither_contacts_nor_tokens(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    try:
        logs.set_up("INFO", as_json=True)
        token = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789AB"
        log = structlog.get_logger("test")
        try:
            raise ValueError(f"nomor 081234567890 dan ayu@example.com, NIK 3174012345678901, {token}")
        except ValueError:
            log.exception("failed", contact="0812", text="hubungi +6281234567890", member=123456789012345678)
        written = capsys.readouterr().err
    finally:
        root.handlers[:], root.level = before
        structlog.reset_defaults()

    for secret in ("081234567890", "6281234567890", "ayu@example.com", "3174012345678901", token):
        assert secret not in written
    entry = json.loads(written.strip().splitlines()[-1])
    assert entry["contact"] == "[dirahasiakan]"
    assert entry["member"] == 123456789012345678
