"""Private fields: encrypted in the store with keys that are not in it, masked when shown, never in logs or repr."""

import hashlib
import hmac
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.platform.database import Reads, UnitOfWork
from bot.platform.errors import ConfigurationError

_LOOKUP_KEY = "lookup_key"

# Rows re-encrypted in one unit of work.
ROTATE_AT_ONCE = 100

# Every encrypted column of the store: rotation walks this list, and a test checks it against the migrations.
ENCRYPTED_COLUMNS: tuple[tuple[str, str], ...] = (
    ("creator", "contact"),
    ("registration", "contact"),
    ("registration_draft", "answers"),
    ("form_draft", "answers"),
    ("stored_file", "content"),
    ("giveaway", "seed"),
    ("prize_payout", "account_number"),
    ("prize_payout", "account_name"),
    ("prize_payout", "address"),
    ("prize_payout", "proof_reference"),
)


class Private:
    """A private value in memory. Shows itself masked wherever it is printed by accident."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The value in clear. Whoever shows it records the reveal in the audit."""
        return self._value

    def masked(self) -> str:
        """`••••7890`: the last four characters of longer values, none of short ones."""
        return "••••" + (self._value[-4:] if len(self._value) >= 8 else "")

    def __repr__(self) -> str:
        return f"Private({self.masked()})"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Private) and hmac.compare_digest(self._value.encode(), other._value.encode())

    def __hash__(self) -> int:
        return hash(self._value)


def new_key() -> str:
    """A fresh key for TSC_ENCRYPTION_KEYS."""
    return Fernet.generate_key().decode()


class Vault:
    """Encrypts and decrypts; knows the keyed hash used for equality search."""

    def __init__(self, keys: Sequence[str], lookup_key: bytes) -> None:
        self._fernet = _fernet(keys)
        self._lookup_key = lookup_key

    @classmethod
    async def open(cls, keys: Sequence[str], tx: UnitOfWork) -> "Vault":
        """Make a vault. The lookup key is made once and kept in the store, itself encrypted.

        Raises ConfigurationError when no key is given or none of them fits the store.
        """
        fernet = _fernet(keys)
        row = await tx.fetch_one("SELECT value FROM app_state WHERE key = :key", {"key": _LOOKUP_KEY})
        if row is None:
            lookup_key = Fernet.generate_key()
            await tx.execute(
                "INSERT INTO app_state (key, value) VALUES (:key, :value)",
                {"key": _LOOKUP_KEY, "value": fernet.encrypt(lookup_key).decode()},
            )
            return cls(keys, lookup_key)
        try:
            return cls(keys, fernet.decrypt(str(row["value"]).encode()))
        except InvalidToken:
            raise ConfigurationError(
                "TSC_ENCRYPTION_KEYS tidak cocok dengan penyimpanan ini. Pakai kunci yang lama (boleh di belakang "
                "kunci baru, dipisah koma)."
            ) from None

    def encrypt(self, value: Private) -> str:
        """The value as a token for a TEXT column."""
        return self._fernet.encrypt(value.reveal().encode()).decode()

    def decrypt(self, token: str) -> Private:
        """The value of a token. Raises cryptography.fernet.InvalidToken when it was made with an unknown key."""
        return Private(self._fernet.decrypt(token.encode()).decode())

    def encrypt_bytes(self, content: bytes) -> bytes:
        """A file's content for a BLOB column."""
        return self._fernet.encrypt(content)

    def decrypt_bytes(self, content: bytes) -> bytes:
        """The content of a BLOB column."""
        return self._fernet.decrypt(content)

    def lookup_hash(self, value: Private) -> str:
        """Keyed hash (HMAC-SHA256) of the trimmed, lower-cased value, for equality search."""
        return hmac.new(self._lookup_key, value.reveal().strip().lower().encode(), hashlib.sha256).hexdigest()

    async def rotate_lookup_key(self, tx: UnitOfWork) -> None:
        """Encrypt the lookup key with the newest key."""
        await tx.execute(
            "UPDATE app_state SET value = :value WHERE key = :key",
            {"key": _LOOKUP_KEY, "value": self._fernet.encrypt(self._lookup_key).decode()},
        )

    async def rotate_column(self, tx: UnitOfWork, table: str, column: str, after: int) -> tuple[int | None, int]:
        """Re-encrypt some rows of one column with the newest key, from row id `after` on.

        Returns the last id done (None when there are no more) and how many. Columns come from ENCRYPTED_COLUMNS only.
        """
        rows = await _column_rows(tx, table, column, after)
        for row_id, token in rows:
            fresh: str | bytes
            fresh = (
                self._fernet.rotate(token) if isinstance(token, bytes) else self._fernet.rotate(token.encode()).decode()
            )
            await tx.execute(f"UPDATE {table} SET {column} = :fresh WHERE id = :id", {"fresh": fresh, "id": row_id})
        return (rows[-1][0] if rows else None), len(rows)


async def _column_rows(reads: Reads, table: str, column: str, after: int) -> list[tuple[int, str | bytes]]:
    if (table, column) not in ENCRYPTED_COLUMNS:
        raise ValueError("not an encrypted column")
    rows = await reads.fetch_all(
        f"SELECT id, {column} AS token FROM {table}"
        f" WHERE id > :after AND {column} IS NOT NULL ORDER BY id LIMIT :limit",
        {"after": after, "limit": ROTATE_AT_ONCE},
    )
    return [(int(row["id"]), row["token"]) for row in rows]


def _fernet(keys: Sequence[str]) -> MultiFernet:
    if not keys:
        raise ConfigurationError("TSC_ENCRYPTION_KEYS belum diisi. Buat kunci dengan: tscreator keys new")
    try:
        return MultiFernet([Fernet(key.encode()) for key in keys])
    except ValueError:
        raise ConfigurationError(
            "TSC_ENCRYPTION_KEYS bukan kunci yang sah. Buat kunci dengan: tscreator keys new"
        ) from None
