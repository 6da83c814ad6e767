"""Screenshots that creators send: a new one takes the place of the one before."""

from bot.platform import stored_files
from bot.platform.crypto import Vault
from bot.platform.database import UnitOfWork
from bot.platform.stored_files import Sealed

_DAY = 86_400


async def replace_screenshot(
    tx: UnitOfWork,
    vault: Vault,
    before: int | None,
    screenshot: Sealed,
    *,
    name: str,
    owner_id: int,
    now: int,
    days: int,
) -> int:
    """Keep a screenshot for so many days and let the one `before` (a file id) go; returns the new file's id."""
    if before is not None:
        await stored_files.set_expiry(tx, before, now)
    return await stored_files.keep(
        tx,
        vault,
        filename=name,
        kind="image",
        content=screenshot,
        owner_id=owner_id,
        now=now,
        expires_at=now + days * _DAY,
    )
