"""What somebody typed into a form that was refused, kept encrypted for a day so that nothing is typed twice."""

import json
from collections.abc import Mapping
from typing import Any

from bot.platform.clock import Clock
from bot.platform.crypto import Private, Vault
from bot.platform.database import Database, UnitOfWork

KEEP_SECONDS = 86_400


class Drafts:
    """Drafts by owner and form, a form being named by its custom_id."""

    def __init__(self, database: Database, clock: Clock, vault: Vault) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault

    async def keep(self, owner_id: int, form: str, answers: Mapping[str, list[str]]) -> int:
        """Keep answers; the newest of a form replaces the one before. Returns the draft's id."""
        token = self._vault.encrypt(Private(json.dumps(answers, ensure_ascii=False)))
        async with self._database.unit() as tx:
            row = await tx.fetch_one(
                "INSERT INTO form_draft (owner_id, form, answers, created_at) VALUES (:owner, :form, :answers, :now)"
                " ON CONFLICT (owner_id, form) DO UPDATE"
                " SET answers = excluded.answers, created_at = excluded.created_at RETURNING id",
                {"owner": owner_id, "form": form, "answers": token, "now": self._clock.timestamp()},
            )
        assert row is not None
        return int(row["id"])

    async def load(self, owner_id: int, form: str) -> dict[str, Any] | None:
        """The answers kept for a form, if any."""
        row = await self._database.read.fetch_one(
            "SELECT answers FROM form_draft WHERE form = :form AND owner_id = :owner AND created_at > :after",
            {"form": form, "owner": owner_id, "after": self._clock.timestamp() - KEEP_SECONDS},
        )
        return json.loads(self._vault.decrypt(row["answers"]).reveal()) if row else None

    async def form_of(self, owner_id: int, draft_id: int) -> str | None:
        """Which form a draft belongs to, if it is this person's and still kept."""
        row = await self._database.read.fetch_one(
            "SELECT form FROM form_draft WHERE id = :id AND owner_id = :owner", {"id": draft_id, "owner": owner_id}
        )
        return str(row["form"]) if row else None

    async def drop(self, owner_id: int, form: str) -> None:
        """Forget a draft: the form was accepted."""
        if await self.load(owner_id, form) is None:
            return
        async with self._database.unit() as tx:
            await tx.execute(
                "DELETE FROM form_draft WHERE owner_id = :owner AND form = :form", {"owner": owner_id, "form": form}
            )

    async def take(self, tx: UnitOfWork, owner_id: int, form: str) -> bool:
        """Use a draft up together with what it becomes; False when somebody was faster."""
        row = await tx.fetch_one(
            "DELETE FROM form_draft WHERE owner_id = :owner AND form = :form RETURNING id",
            {"owner": owner_id, "form": form},
        )
        return row is not None

    async def drop_old(self, tx: UnitOfWork) -> None:
        """Forget drafts older than a day; a recurring job."""
        await tx.execute(
            "DELETE FROM form_draft WHERE created_at < :before", {"before": self._clock.timestamp() - KEEP_SECONDS}
        )
