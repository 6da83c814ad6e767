"""The SQL of which channel serves a section."""

from bot.platform.database import Reads, UnitOfWork


async def sections(reads: Reads) -> dict[str, int]:
    """Channels by the section's key."""
    rows = await reads.fetch_all("SELECT key, channel_id FROM calendar_section")
    return {str(row["key"]): int(row["channel_id"]) for row in rows}


async def set_section(tx: UnitOfWork, key: str, name: str, channel_id: int) -> None:
    """Remember a section's channel."""
    await tx.execute(
        "INSERT INTO calendar_section (key, name, channel_id) VALUES (:key, :name, :channel)"
        " ON CONFLICT (key) DO UPDATE SET channel_id = excluded.channel_id",
        {"key": key, "name": name, "channel": channel_id},
    )
