"""Use cases of the KOL database."""

from dataclasses import replace
from typing import Any

from bot.creators import store
from bot.creators.models import CreatorKey, CreatorRecord
from bot.creators.rules import engagement_rate
from bot.creators.store import Creator
from bot.platform.clock import Clock
from bot.platform.crypto import Private, Vault
from bot.platform.database import Database, Reads, UnitOfWork


class CreatorService:
    """The only door to the KOL database for other areas, cogs and the CLI."""

    def __init__(self, database: Database, clock: Clock, vault: Vault) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault

    async def get(self, creator_id: int, reads: Reads | None = None) -> Creator | None:
        """One account. Pass the open unit of work to see its own changes."""
        return await store.get(reads or self._database.read, creator_id)

    async def find(self, key: CreatorKey, reads: Reads | None = None) -> Creator | None:
        """One account by platform and username."""
        return await store.by_key(reads or self._database.read, key)

    async def accounts_of(self, member_id: int, reads: Reads | None = None) -> list[Creator]:
        """The accounts that belong to a member of the server, oldest first."""
        return await store.of_member(reads or self._database.read, member_id)

    async def save(
        self,
        tx: UnitOfWork,
        record: CreatorRecord,
        *,
        source: str,
        member_id: int | None = None,
        city: str | None = None,
        region: str | None = None,
    ) -> int:
        """Insert or update an account; returns its id. What is None here leaves what is known as it is.

        A snapshot is kept when metrics change. `source` says where it came from (import, registration, ...).
        """
        known = await store.by_key(tx, record.key)
        merged = record if known is None else _merge(known.record, record)
        contact, contact_hash = self._contact(record, known)
        now = self._clock.timestamp()
        creator_id = await store.save(
            tx,
            {
                **_columns(merged),
                "member_id": member_id if member_id is not None else known and known.member_id,
                "city": city or (known and known.city),
                "region": region or (known and known.region),
                "contact": contact,
                "contact_hash": contact_hash,
                "source": source,
                "now": now,
            },
        )
        if known is None or known.record.metrics != merged.metrics:
            await store.add_snapshot(tx, creator_id, merged.metrics, source, now)
        return creator_id

    def contact_of(self, creator: Creator) -> Private | None:
        """The contact, to be shown masked unless the viewer's role needs it (and then recorded in the audit)."""
        return self._vault.decrypt(creator.contact_token) if creator.contact_token else None

    def _contact(self, record: CreatorRecord, known: Creator | None) -> tuple[str | None, str | None]:
        private = Private(record.contact) if record.contact else known and self.contact_of(known)
        if private is None:
            return None, None
        if known is not None and known.contact_token and private == self.contact_of(known):
            return known.contact_token, self._vault.lookup_hash(private)
        return self._vault.encrypt(private), self._vault.lookup_hash(private)


def _merge(known: CreatorRecord, fresh: CreatorRecord) -> CreatorRecord:
    """What is fresh over what is known; a blank never erases."""
    metrics = replace(
        known.metrics,
        **{
            name: value
            for name in ("followers", "avg_views", "avg_likes", "avg_comments", "avg_shares")
            if (value := getattr(fresh.metrics, name)) is not None
        },
    )
    changes = {
        name: value
        for name in ("age_band", "gender", "niche_1", "niche_2", "content_type", "affiliate", "reported_er")
        if (value := getattr(fresh, name)) is not None
    }
    return replace(known, **changes, metrics=metrics)


def _columns(record: CreatorRecord) -> dict[str, Any]:
    rate = engagement_rate(record.metrics)
    return {
        "platform": record.platform.value,
        "username": record.username,
        "age_band": record.age_band,
        "gender": record.gender,
        "niche_1": record.niche_1,
        "niche_2": record.niche_2,
        "content_type": record.content_type,
        "affiliate": None if record.affiliate is None else int(record.affiliate),
        "followers": record.metrics.followers,
        "avg_views": record.metrics.avg_views,
        "avg_likes": record.metrics.avg_likes,
        "avg_comments": record.metrics.avg_comments,
        "avg_shares": record.metrics.avg_shares,
        "engagement_ppm": None if rate is None else int(rate * 1_000_000),
        "reported_engagement_ppm": None if record.reported_er is None else int(record.reported_er * 1_000_000),
    }
