"""Gives a member the roles that follow from their accounts."""

import json
from collections.abc import Iterable, Sequence

from bot.creators.models import CreatorRecord
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
    lost: CreatorRecord | None = None,
) -> None:
    """Have Discord give the roles for all accounts of a member; nothing where they have none or no role is set up.

    `lost` is an account that is no longer theirs: the roles that followed from it alone are taken.
    """
    accounts = [creator.record for creator in await creators.accounts_of(member_id, tx)]
    keys = _keys(accounts)
    roles = _places(server, keys)
    taken = _places(server, [key for key in _keys([lost] if lost else []) if key not in keys])
    if roles or taken:
        payload = json.dumps({"roles": roles, "taken": taken, "reason": reason}, ensure_ascii=False)
        await outbox.put(tx, Kind.GRANT, member_id, payload, dedupe_key=dedupe_key)


def _keys(accounts: Sequence[CreatorRecord]) -> list[str]:
    return role_keys((record.platform, (record.niche_1, record.niche_2)) for record in accounts)


def _places(server: ServerService, keys: Iterable[str]) -> list[int]:
    return [role for key in keys if (role := server.places.role(key)) is not None]
