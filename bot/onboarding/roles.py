"""Gives a member the roles that follow from their accounts."""

import json

from bot.creators.service import CreatorService
from bot.onboarding.rules import role_keys
from bot.platform.database import UnitOfWork
from bot.platform.outbox import Kind, Outbox
from bot.server.service import ServerService


async def grant_roles(
    tx: UnitOfWork,
    *,
    outbox: Outbox,
    server: ServerService,
    creators: CreatorService,
    member_id: int,
    reason: str,
    dedupe_key: str,
) -> None:
    """Have Discord give the roles for all accounts of a member; nothing where they have none or no role is set up."""
    accounts = [creator.record for creator in await creators.accounts_of(member_id, tx)]
    keys = role_keys((record.platform, (record.niche_1, record.niche_2)) for record in accounts)
    roles = [role for key in keys if (role := server.places.role(key)) is not None]
    if roles:
        payload = json.dumps({"roles": roles, "reason": reason}, ensure_ascii=False)
        await outbox.put(tx, Kind.GRANT, member_id, payload, dedupe_key=dedupe_key)
