"""The six real creators of the division's TikTok sheet in the store, and what staff do with /kol and /shortlist."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.creators.models import Platform
from bot.creators.sheet import read_sheet
from bot.services import Services
from tests.support.server import Server

SHEET = Path(__file__).resolve().parents[1] / "data" / "kol_tiktok.csv"


async def keep_the_sheet(services: Services) -> dict[str, int]:
    """The sheet's creators, saved; their ids by username."""
    reading = read_sheet(SHEET.read_bytes(), SHEET.name, Platform.TIKTOK)
    assert len(reading.rows) == 6
    async with services.database.unit() as tx:
        return {
            row.record.username: await services.creators.save(tx, row.record, source="import") for row in reading.rows
        }


async def kol(server: Server, staff: MemberActor, command: str, **options: Any) -> InteractionResult:
    """A /kol command in the staff channel."""
    return await staff.slash(server.channel("staf-kol"), f"kol {command}", **options)


async def shortlist(server: Server, staff: MemberActor, command: str, **options: Any) -> InteractionResult:
    """A /shortlist command in the staff channel."""
    return await staff.slash(server.channel("staf-kol"), f"shortlist {command}", **options)


def choices_of(message: Any) -> dict[str, str]:
    """The options of a message's select: value by label."""
    found: dict[str, str] = {}
    for row in message.components:
        raw = row if isinstance(row, dict) else row.to_dict()
        for item in raw.get("components", []):
            found |= {option["label"]: option["value"] for option in item.get("options", [])}
    return found
