"""What somebody asked a list for, kept so that its page buttons work after any restart."""

import json
from collections.abc import Mapping
from typing import Any

from bot.platform.clock import Clock
from bot.platform.database import Database, UnitOfWork

KEEP_SECONDS = 30 * 86_400


class KeptQueries:
    """Queries by id, each its owner's alone."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def keep(self, owner_id: int, kind: str, query: Mapping[str, Any]) -> int:
        """Keep a query; returns its id."""
        async with self._database.unit() as tx:
            row = await tx.fetch_one(
                "INSERT INTO kept_query (owner_id, kind, query, created_at)"
                " VALUES (:owner, :kind, :query, :now) RETURNING id",
                {
                    "owner": owner_id,
                    "kind": kind,
                    "query": json.dumps(query, ensure_ascii=False),
                    "now": self._clock.timestamp(),
                },
            )
        assert row is not None
        return int(row["id"])

    async def load(self, owner_id: int, query_id: int) -> tuple[str, dict[str, Any]] | None:
        """Kind and query, if it is this person's and still kept."""
        row = await self._database.read.fetch_one(
            "SELECT kind, query FROM kept_query WHERE id = :id AND owner_id = :owner",
            {"id": query_id, "owner": owner_id},
        )
        return (str(row["kind"]), json.loads(row["query"])) if row else None

    async def drop_old(self, tx: UnitOfWork) -> None:
        """Forget queries older than thirty days; a recurring job."""
        await tx.execute(
            "DELETE FROM kept_query WHERE created_at < :before", {"before": self._clock.timestamp() - KEEP_SECONDS}
        )
