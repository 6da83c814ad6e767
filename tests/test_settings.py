"""Settings are validated, explained, and mirrored by .env.example."""

from pathlib import Path

import pytest

from bot.platform.errors import ConfigurationError
from bot.settings import ROOT, Settings, load_settings, missing_for_discord
from tests.conftest import make_settings


def _example() -> dict[str, str]:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_env_example_names_every_setting_with_its_default_and_explanation() -> None:
    example, text = _example(), (ROOT / ".env.example").read_text(encoding="utf-8")

    assert set(example) == {f"TSC_{name.upper()}" for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        assert field.description and f"# {field.description}\n" in text, name
    filled = Settings(_env_file=ROOT / ".env.example")  # pyright: ignore[reportCallIssue]
    for name in Settings.model_fields.keys() - {"database", "backup_dir"}:
        assert getattr(filled, name) == Settings.model_fields[name].get_default(call_default_factory=True), name


def test_a_wrong_setting_is_named_and_its_value_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TSC_GUILD_ID", "rahasia-sekali")

    with pytest.raises(ConfigurationError) as refusal:
        load_settings(_env_file=None)

    assert "TSC_GUILD_ID" in str(refusal.value)
    assert "rahasia" not in str(refusal.value)


def test_what_is_missing_says_where_to_get_it(tmp_path: Path) -> None:
    missing = missing_for_discord(make_settings(tmp_path, encryption_keys=[]))

    assert any("TSC_TOKEN" in line and "Developer Portal" in line for line in missing)
    assert any("TSC_ENCRYPTION_KEYS" in line and "tscreator keys new" in line for line in missing)


def test_no_secret_shows_in_the_settings_repr(tmp_path: Path) -> None:
    settings = make_settings(tmp_path, token="sangat-rahasia")

    assert "sangat-rahasia" not in repr(settings)
    assert settings.encryption_keys[0].get_secret_value() not in repr(settings)
