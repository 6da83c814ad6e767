"""Every setting of the program, read from the environment or `.env`. `.env.example` is its mirror (a test checks)."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.platform.errors import ConfigurationError

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Validated once at start; a wrong value is refused with the name of its variable."""

    model_config = SettingsConfigDict(env_prefix="TSC_", env_file=".env", env_file_encoding="utf-8", extra="ignore")

    token: SecretStr = Field(
        SecretStr(""), description="Bot token: Discord Developer Portal > your app > Bot > Reset Token"
    )
    guild_id: int = Field(0, description="Server id: right-click the server with Developer Mode on > Copy Server ID")
    encryption_keys: Annotated[list[SecretStr], NoDecode] = Field(
        default_factory=list[SecretStr],
        description="Comma-separated keys, newest first; make one with: tscreator keys new",
    )
    database: Path = Field(ROOT / "data" / "tscreator.db", description="The SQLite file; its folder must be writable")
    backup_dir: Path = Field(ROOT / "data" / "backups", description="Where copies taken before a migration go")
    readers: int = Field(4, ge=1, le=32, description="Read connections beside the single writer")
    http_host: str = Field("127.0.0.1", description="Address of /health and /metrics; keep it private")
    http_port: int = Field(8080, ge=0, le=65535, description="Port of /health and /metrics; 0 switches them off")
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR")
    log_json: bool = Field(True, description="One JSON object a line; false gives coloured text for a terminal")
    members_intent: bool = Field(True, description="Server Members intent, needed to welcome people who join")
    max_sleep_seconds: int = Field(
        30, ge=1, description="Longest sleep before due rows are looked at again (clock steps)"
    )
    nudge_after_hours: int = Field(72, ge=1, description="Reminder to members who have not registered")
    upload_limit_mb: int = Field(8, ge=1, le=25, description="Largest file accepted from a person")

    @field_validator("encryption_keys", mode="before")
    @classmethod
    def _split_keys(cls, value: object) -> object:
        if isinstance(value, str):
            return [part.strip() for part in value.split(",") if part.strip()]
        return value


def load_settings(**overrides: object) -> Settings:
    """Read and validate the settings.

    Raises ConfigurationError naming each variable at fault, never its value.
    """
    try:
        return Settings(**overrides)  # pyright: ignore[reportArgumentType]
    except ValidationError as error:
        lines = [f"TSC_{str(item['loc'][0]).upper()}: {item['msg']}" for item in error.errors(include_input=False)]
        raise ConfigurationError("Setting yang salah:\n" + "\n".join(lines)) from None


def missing_for_discord(settings: Settings) -> list[str]:
    """What still has to be set before the bot can start on real Discord, one line each with where to get it."""
    wanted = {
        "token": settings.token.get_secret_value(),
        "guild_id": settings.guild_id,
        "encryption_keys": settings.encryption_keys,
    }
    return [
        f"TSC_{name.upper()}: {Settings.model_fields[name].description}" for name, value in wanted.items() if not value
    ]
