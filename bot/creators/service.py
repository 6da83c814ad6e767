"""Use cases of the KOL database."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from bot.creators import bulk_store, store
from bot.creators.import_plan import merge
from bot.creators.models import Average, CreatorKey, CreatorRecord, Platform
from bot.creators.rules import engagement_rate
from bot.creators.store import Creator
from bot.platform.clock import Clock
from bot.platform.crypto import Private, Vault
from bot.platform.database import Database, Reads, UnitOfWork


@dataclass(frozen=True, slots=True)
class PreparedSaves:
    """Accounts ready to be written, as `store.save` takes them. Contacts are encrypted already."""

    accounts: list[dict[str, Any]] = field(repr=False)


class CreatorService:
    """The only door to the KOL database for other areas, cogs and the CLI."""

    def __init__(self, database: Database, clock: Clock, vault: Vault) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault

    async def get(self, creator_id: int, reads: Reads | None = None) -> Creator | None:
        """One account. Pass the open unit of work to see its own changes."""
        return await store.get(reads or self._database.read, creator_id)

    async def get_many(self, creator_ids: Collection[int], reads: Reads | None = None) -> dict[int, Creator]:
        """Several accounts by id; those that are gone are missing."""
        found = await store.get_many(reads or self._database.read, creator_ids)
        return {creator.id: creator for creator in found}

    async def find(self, key: CreatorKey, reads: Reads | None = None) -> Creator | None:
        """One account by platform and username."""
        return await store.by_key(reads or self._database.read, key)

    async def count(self, platform: Platform) -> int:
        """How many accounts the database has on a platform."""
        return await store.count(self._database.read, platform)

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
        exact_niches: bool = False,
    ) -> int:
        """Insert or update an account; returns its id. What is None here leaves what is known as it is.

        A snapshot is kept when metrics change. `source` says where it came from (import, registration, ...).
        `exact_niches`: the record's niches are all there are, so that a second one can be given up.
        """
        known = await store.by_key(tx, record.key)
        now = self._clock.timestamp()
        values = self._values(record, known, source=source, now=now, member_id=member_id, city=city, region=region)
        if exact_niches:
            values |= {"niche_1": record.niche_1, "niche_2": record.niche_2}
        creator_id = await store.save(tx, values)
        if values["measured"]:
            await store.add_snapshot(tx, creator_id, values)
        return creator_id

    def prepare(self, records: Iterable[tuple[CreatorRecord, Creator | None]], *, source: str) -> PreparedSaves:
        """What `save` would write for many accounts, each beside what is known of it: pure, but slow for thousands.

        Run it in a thread, then hand the result to `save_prepared` once it is certain that what was known still holds.
        """
        now = self._clock.timestamp()
        return PreparedSaves([self._values(record, known, source=source, now=now) for record, known in records])

    async def save_prepared(self, tx: UnitOfWork, prepared: PreparedSaves) -> None:
        """Save many accounts together: 20,000 hold the writer for about half a second, one by one for six."""
        await bulk_store.lay_out(tx, prepared.accounts)
        await bulk_store.take_over(tx)
        await bulk_store.remember_measured(tx)
        await bulk_store.clear(tx)

    def contact_of(self, creator: Creator) -> Private | None:
        """The contact, to be shown masked unless the viewer's role needs it (and then recorded in the audit)."""
        return self._vault.decrypt(creator.contact_token) if creator.contact_token else None

    def same_contact(self, known: Creator, contact: str) -> bool:
        """Whether a contact is the one that is known, found out without decrypting it; case and spaces aside."""
        return known.contact_hash is not None and known.contact_hash == self._vault.lookup_hash(Private(contact))

    def _values(
        self,
        record: CreatorRecord,
        known: Creator | None,
        *,
        source: str,
        now: int,
        member_id: int | None = None,
        city: str | None = None,
        region: str | None = None,
    ) -> dict[str, Any]:
        merged = record if known is None else merge(known.record, record)
        contact, contact_hash = self._contact(record, known)
        measured = known is None or known.record.metrics != merged.metrics
        return {
            **_columns(merged),
            "member_id": member_id if member_id is not None else known and known.member_id,
            "city": city or (known and known.city),
            "region": region or (known and known.region),
            "contact": contact,
            "contact_hash": contact_hash,
            "source": source,
            "created_at": now,
            "updated_at": now,
            "measured": int(measured),
            "measured_at": now if measured else known and known.measured_at,
        }

    def _contact(self, record: CreatorRecord, known: Creator | None) -> tuple[str | None, str | None]:
        if known is not None and (not record.contact or self.same_contact(known, record.contact)):
            return known.contact_token, known.contact_hash
        if not record.contact:
            return None, None
        private = Private(record.contact)
        return self._vault.encrypt(private), self._vault.lookup_hash(private)


def _kept(average: Average | None) -> float | None:
    return None if average is None else float(average)


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
        "avg_views": _kept(record.metrics.avg_views),
        "avg_likes": _kept(record.metrics.avg_likes),
        "avg_comments": _kept(record.metrics.avg_comments),
        "avg_shares": _kept(record.metrics.avg_shares),
        "engagement_ppm": None if rate is None else int(rate * 1_000_000),
        "reported_engagement_ppm": None if record.reported_er is None else int(record.reported_er * 1_000_000),
    }
