"""The SQL of saving thousands of accounts at once: laid out in a table of their own first, then taken over together.

Taken over in one statement, the index of names is brought up to date once; row by row SQLite does so after each, which
makes 20,000 accounts three times slower.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.creators.store import ON_CONFLICT, SAVED_COLUMNS
from bot.platform.database import UnitOfWork

_NAMES: Final = ", ".join(SAVED_COLUMNS)


async def lay_out(tx: UnitOfWork, accounts: Sequence[Mapping[str, Any]]) -> None:
    """Put the accounts, each as `store.save` takes it and with `measured` (0 or 1), in place of any laid out before."""
    await tx.execute(
        "CREATE TEMPORARY TABLE IF NOT EXISTS creator_told AS SELECT *, 0 AS measured FROM creator LIMIT 0"
    )
    await tx.execute("DELETE FROM creator_told")
    values = ", ".join(f":{name}" for name in SAVED_COLUMNS)
    await tx.execute_many(f"INSERT INTO creator_told ({_NAMES}, measured) VALUES ({values}, :measured)", accounts)


async def take_over(tx: UnitOfWork) -> None:
    """Insert what was laid out, or overwrite the accounts with the same platform and username."""
    await tx.execute(f"INSERT INTO creator ({_NAMES}) SELECT {_NAMES} FROM creator_told WHERE TRUE {ON_CONFLICT}")


async def remember_measured(tx: UnitOfWork) -> None:
    """A dated snapshot of the metrics of those that were laid out as measured."""
    await tx.execute(
        "INSERT INTO creator_snapshot"
        " (creator_id, taken_at, followers, avg_views, avg_likes, avg_comments, avg_shares, source)"
        " SELECT creator.id, told.updated_at, told.followers, told.avg_views, told.avg_likes, told.avg_comments,"
        " told.avg_shares, told.source FROM creator_told AS told"
        " JOIN creator ON creator.platform = told.platform AND creator.username = told.username"
        " WHERE told.measured = 1 ORDER BY creator.id"
    )


async def clear(tx: UnitOfWork) -> None:
    """Leave nothing lying about."""
    await tx.execute("DELETE FROM creator_told")
