"""Uploads kept in the store, encrypted: they hold contacts and faces."""

import asyncio
import hashlib
from dataclasses import dataclass

from bot.platform.crypto import Vault
from bot.platform.database import Reads, UnitOfWork


@dataclass(frozen=True)
class StoredFile:
    """A checked upload. Its bytes never show in logs."""

    id: int
    sha256: str
    filename: str
    kind: str
    content: bytes

    def __repr__(self) -> str:
        return f"StoredFile(id={self.id}, kind={self.kind!r}, size={len(self.content)})"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file's content, encrypted ahead of the unit of work that keeps it."""

    sha256: str
    token: bytes

    def __repr__(self) -> str:
        return f"Sealed(size={len(self.token)})"


def seal(vault: Vault, content: bytes) -> Sealed:
    """Encrypt a content. Run it in a thread for anything larger than about 1 MB: nobody else writes meanwhile."""
    return Sealed(hashlib.sha256(content).hexdigest(), vault.encrypt_bytes(content))


async def keep(
    tx: UnitOfWork,
    vault: Vault,
    *,
    filename: str,
    kind: str,
    content: bytes | Sealed,
    owner_id: int | None,
    now: int,
    expires_at: int | None = None,
) -> int:
    """Keep a file that passed the upload check; returns its id."""
    sealed = content if isinstance(content, Sealed) else seal(vault, content)
    row = await tx.fetch_one(
        "INSERT INTO stored_file (sha256, filename, kind, content, owner_id, created_at, expires_at)"
        " VALUES (:sha256, :filename, :kind, :content, :owner, :now, :expires) RETURNING id",
        {
            "sha256": sealed.sha256,
            "filename": filename,
            "kind": kind,
            "content": sealed.token,
            "owner": owner_id,
            "now": now,
            "expires": expires_at,
        },
    )
    assert row is not None
    return int(row["id"])


async def load(reads: Reads, vault: Vault, file_id: int) -> StoredFile | None:
    """One file, or None when it has expired or was deleted. Not for use inside a unit of work."""
    row = await reads.fetch_one(
        "SELECT id, sha256, filename, kind, content FROM stored_file WHERE id = :id", {"id": file_id}
    )
    if row is None:
        return None
    # In a thread: a file of 8 MB takes long enough for everyone else to notice.
    content = await asyncio.to_thread(vault.decrypt_bytes, row["content"])
    return StoredFile(row["id"], row["sha256"], row["filename"], row["kind"], content)


async def drop_expired(tx: UnitOfWork, now: int) -> None:
    """Delete what was kept for a while only."""
    await tx.execute("DELETE FROM stored_file WHERE expires_at <= :now", {"now": now})


async def set_expiry(tx: UnitOfWork, file_id: int, expires_at: int | None) -> None:
    """Keep a file until an instant, or for good (None)."""
    await tx.execute("UPDATE stored_file SET expires_at = :at WHERE id = :id", {"id": file_id, "at": expires_at})
