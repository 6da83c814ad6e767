"""Small facts about the server: remembered values, and the roles and channels that /pengaturan found or made."""

from bot.platform.database import Reads, UnitOfWork


async def remember(tx: UnitOfWork, key: str, value: str) -> None:
    """Keep a value under a key."""
    await tx.execute(
        "INSERT INTO app_state (key, value) VALUES (:key, :value)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        {"key": key, "value": value},
    )


async def recall(reads: Reads, key: str) -> str | None:
    """The value under a key."""
    row = await reads.fetch_one("SELECT value FROM app_state WHERE key = :key", {"key": key})
    return str(row["value"]) if row else None


async def set_place(tx: UnitOfWork, kind: str, key: str, discord_id: int) -> None:
    """Remember which role or channel (`kind`) serves as `key`."""
    await tx.execute(
        "INSERT INTO server_place (kind, key, discord_id) VALUES (:kind, :key, :id)"
        " ON CONFLICT (kind, key) DO UPDATE SET discord_id = excluded.discord_id",
        {"kind": kind, "key": key, "id": discord_id},
    )


async def places(reads: Reads, kind: str) -> dict[str, int]:
    """All roles or all channels by key."""
    rows = await reads.fetch_all("SELECT key, discord_id FROM server_place WHERE kind = :kind", {"kind": kind})
    return {str(row["key"]): int(row["discord_id"]) for row in rows}
