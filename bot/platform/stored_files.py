"""Uploads kept in the store, encrypted: they hold contacts and faces."""

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


async def keep(
    tx: UnitOfWork,
    vault: Vault,
    *,
    filename: str,
    kind: str,
    content: bytes,
    owner_id: int | None,
    now: int,
    expires_at: int | None = None,
) -> int:
    """Keep a file that passed the upload check; returns its id."""
    row = await tx.fetch_one(
        "INSERT INTO stored_file (sha256, filename, kind, content, owner_id, created_at, expires_at)"
        " VALUES (:sha256, :filename, :kind, :content, :owner, :now, :expires) RETURNING id",
        {
            "sha256": hashlib.sha256(content).hexdigest(),
            "filename": filename,
            "kind": kind,
            "content": vault.encrypt_bytes(content),
            "owner": owner_id,
            "now": now,
            "expires": expires_at,
        },
    )
    assert row is not None
    return int(row["id"])


async def load(reads: Reads, vault: Vault, file_id: int) -> StoredFile | None:
    """One file, or None when it has expired or was deleted."""
    row = await reads.fetch_one(
        "SELECT id, sha256, filename, kind, content FROM stored_file WHERE id = :id", {"id": file_id}
    )
    if row is None:
        return None
    return StoredFile(row["id"], row["sha256"], row["filename"], row["kind"], vault.decrypt_bytes(row["content"]))


async def drop_expired(tx: UnitOfWork, now: int) -> None:
    """Delete what was kept for a while only."""
    await tx.execute("DELETE FROM stored_file WHERE expires_at <= :now", {"now": now})


async def set_expiry(tx: UnitOfWork, file_id: int, expires_at: int | None) -> None:
    """Keep a file until an instant, or for good (None)."""
    await tx.execute("UPDATE stored_file SET expires_at = :at WHERE id = :id", {"id": file_id, "at": expires_at})
