"""Every setting of the program, read from the environment or `.env`. `.env.example` is its mirror (a test checks)."""

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.platform.errors import ConfigurationError

_REASONS = {
    "int_parsing": "harus bilangan bulat",
    "bool_parsing": "harus true atau false",
    "greater_than_equal": "terlalu kecil",
    "less_than_equal": "terlalu besar",
}

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Validated once at start; a wrong value is refused with the name of its variable."""

    model_config = SettingsConfigDict(
        env_prefix="TSC_", env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore"
    )

    token: SecretStr = Field(
        SecretStr(""), description="Token bot: Discord Developer Portal > aplikasimu > Bot > Reset Token"
    )
    guild_id: int = Field(0, description="Id server: nyalakan Developer Mode, klik kanan server > Copy Server ID")
    encryption_keys: Annotated[list[SecretStr], NoDecode] = Field(
        default_factory=list[SecretStr],
        description="Kunci dipisah koma, yang terbaru di depan; buat dengan: tscreator keys new",
    )
    database: Path = Field(ROOT / "data" / "tscreator.db", description="Berkas SQLite; foldernya harus bisa ditulis")
    backup_dir: Path = Field(
        ROOT / "data" / "backups", description="Folder cadangan yang dibuat sebelum skema diperbarui"
    )
    readers: int = Field(4, ge=1, le=32, description="Jumlah koneksi baca di samping satu penulis")
    http_host: str = Field("127.0.0.1", description="Alamat /health dan /metrics; jangan dibuka ke internet")
    http_port: int = Field(8080, ge=0, le=65535, description="Port /health dan /metrics; 0 mematikannya")
    public_url: str = Field(
        "",
        description="Alamat https untuk formulir pribadi /isi/ (teruskan lewat proxy, hanya /isi/); kosong: tutup",
    )
    prize_tax_note: bool = Field(True, description="Catatan pajak hadiah untuk staf (tarif di data/prize_tax.json)")
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING, atau ERROR")
    log_json: bool = Field(True, description="Log satu objek JSON per baris; false untuk teks berwarna di terminal")
    members_intent: bool = Field(True, description="Intent Server Members, perlu untuk menyapa anggota baru")
    message_content_intent: bool = Field(
        False, description="Intent Message Content: isi balasan di thread tiket ikut tercatat di transkrip"
    )
    max_sleep_seconds: int = Field(30, ge=1, description="Tidur terlama (detik) sebelum jadwal diperiksa lagi")
    nudge_after_hours: int = Field(72, ge=1, description="Jam sebelum anggota yang belum daftar diingatkan")
    calendar_warn_hours: int = Field(
        24, ge=1, le=336, description="Jam sebelum tayang tim konten diingatkan soal kunci atau gambar yang kurang"
    )
    upload_limit_mb: int = Field(8, ge=1, le=25, description="Ukuran berkas terbesar (MB) yang diterima dari orang")
    it_webhook_url: str = Field(
        "", description="Alamat https sistem IT yang menerima tiket; kosong: IT bekerja di Discord saja"
    )
    it_webhook_secrets: Annotated[list[SecretStr], NoDecode] = Field(
        default_factory=list[SecretStr],
        description="Kunci tanda tangan dipisah koma, yang terbaru di depan; buat dengan: tscreator keys new",
    )
    it_timeout_seconds: int = Field(10, ge=1, le=60, description="Detik menunggu jawaban sistem IT")
    it_give_up_hours: int = Field(
        24, ge=1, le=168, description="Jam mencoba mengirim ke sistem IT sebelum diserahkan ke staf"
    )

    @field_validator("encryption_keys", "it_webhook_secrets", mode="before")
    @classmethod
    def _split_keys(cls, value: object) -> object:
        if isinstance(value, str):
            return [part.strip() for part in value.split(",") if part.strip()]
        return value

    @field_validator("public_url")
    @classmethod
    def _check_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if not value:
            return value
        # Account numbers travel to this address: in clear only inside this computer.
        if not parts.hostname or not (
            parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1"))
        ):
            raise ValueError("harus alamat https, misalnya https://formulir.contoh.id")
        if parts.query or parts.fragment or parts.username:
            raise ValueError("tulis alamatnya saja, tanpa tanda tanya, pagar, atau nama pengguna")
        return value.rstrip("/")

    @property
    def forms_address(self) -> str | None:
        """Where people reach the bot's own pages; None while they can't.

        Without an address of its own that is so too: a winner's phone is not this computer.
        """
        return self.public_url if self.http_port and self.public_url else None


def load_settings(**overrides: object) -> Settings:
    """Read and validate the settings.

    Raises ConfigurationError naming each variable at fault, never its value.
    """
    try:
        return Settings(**overrides)  # pyright: ignore[reportArgumentType]
    except ValidationError as error:
        lines = [
            f"TSC_{str(item['loc'][0]).upper()}: {_REASONS.get(item['type'], 'nilainya tidak sah')} "
            f"({Settings.model_fields[str(item['loc'][0])].description})"
            for item in error.errors(include_input=False)
        ]
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
