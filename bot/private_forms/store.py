"""All SQL of one-time links."""

from bot.platform.database import Reads, Row, UnitOfWork
from bot.private_forms.models import Link

_COLUMNS = "id, kind, subject_id, member_id, expires_at, used_at, revoked_at"


def _link(row: Row) -> Link:
    return Link(
        row["id"],
        row["kind"],
        row["subject_id"],
        row["member_id"],
        row["expires_at"],
        row["used_at"],
        row["revoked_at"],
    )


async def revoke(tx: UnitOfWork, kind: str, subject_id: int, member_id: int, now: int) -> None:
    """Take back the link that this person has for this subject, if any."""
    await tx.execute(
        "UPDATE private_link SET revoked_at = :now WHERE kind = :kind AND subject_id = :subject AND member_id = :member"
        " AND used_at IS NULL AND revoked_at IS NULL",
        {"kind": kind, "subject": subject_id, "member": member_id, "now": now},
    )


async def insert(
    tx: UnitOfWork, kind: str, subject_id: int, member_id: int, token_hash: str, now: int, expires_at: int
) -> None:
    """A new link; the earlier one must have been taken back."""
    await tx.execute(
        "INSERT INTO private_link (kind, subject_id, member_id, token_hash, created_at, expires_at)"
        " VALUES (:kind, :subject, :member, :hash, :now, :expires)",
        {
            "kind": kind,
            "subject": subject_id,
            "member": member_id,
            "hash": token_hash,
            "now": now,
            "expires": expires_at,
        },
    )


async def find(reads: Reads, token_hash: str) -> Link | None:
    """The link of a token."""
    row = await reads.fetch_one(f"SELECT {_COLUMNS} FROM private_link WHERE token_hash = :hash", {"hash": token_hash})
    return _link(row) if row else None


async def use(tx: UnitOfWork, link_id: int, now: int) -> bool:
    """Use a link up; False when it was used, taken back, or has expired by `now`."""
    row = await tx.fetch_one(
        "UPDATE private_link SET used_at = :now WHERE id = :id AND used_at IS NULL AND revoked_at IS NULL"
        " AND expires_at > :now RETURNING id",
        {"id": link_id, "now": now},
    )
    return row is not None


async def drop_old(tx: UnitOfWork, before: int) -> None:
    """Forget links that expired before an instant."""
    await tx.execute("DELETE FROM private_link WHERE expires_at < :before", {"before": before})
