"""Use cases of tags, notes and the blacklist; what other areas ask before they recommend somebody."""

from collections.abc import Collection, Iterable

from bot.creator_care import store
from bot.creator_care.models import Blacklisting, Care, Note
from bot.creator_care.reading import read_expiry, read_note, read_reason
from bot.creators.service import Creator, CreatorService
from bot.creators.tags import MOST_TAGS, read_tags
from bot.platform import audit
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.database import Database, Reads, UnitOfWork
from bot.platform.errors import DomainError, NotFound
from bot.platform.problems import Problems

NOTES_SHOWN = 3
GONE = "Kreator ini sudah tidak ada di database. Cari lagi dengan /kol cari."


class CreatorCare:
    """The only door to what staff know of a creator beyond the sheet."""

    def __init__(self, database: Database, clock: Clock, creators: CreatorService) -> None:
        self._database = database
        self._clock = clock
        self._creators = creators

    async def blacklisted(self, reads: Reads, creator_ids: Collection[int], at: int) -> dict[int, str]:
        """Whom we don't work with at an instant (seconds UTC), with the reason; everybody else is missing.

        What was said of one account counts for every account of that person.
        """
        found = await store.blacklistings(reads, creator_ids, at)
        return {creator_id: one.reason for creator_id, one in found.items()}

    async def barred(self, creator_ids: Iterable[int]) -> dict[int, str]:
        """Whom of these we don't work with now, with the reason."""
        return await self.blacklisted(self._database.read, list(creator_ids), self._clock.timestamp())

    async def notes_of(self, reads: Reads, creator_ids: Collection[int]) -> dict[int, list[str]]:
        """The notes of each account, newest first; for staff alone. Accounts without any are missing."""
        found: dict[int, list[str]] = {}
        for note in await store.notes(reads, creator_ids):
            found.setdefault(note.creator_id, []).append(note.text)
        return found

    async def tags_of(self, reads: Reads, creator_ids: Collection[int]) -> dict[int, list[str]]:
        """The tags of each account, alphabetical; accounts without any are missing."""
        return await store.tags(reads, creator_ids)

    async def of(self, creator_id: int) -> Care:
        """All of it for one account, with the newest notes."""
        reads = self._database.read
        notes = await store.notes(reads, [creator_id])
        blacklistings = await store.blacklistings(reads, [creator_id], self._clock.timestamp())
        tags = (await store.tags(reads, [creator_id])).get(creator_id, [])
        return Care(tuple(tags), tuple(notes[:NOTES_SHOWN]), len(notes), blacklistings.get(creator_id))

    async def notes(self, creator_id: int) -> list[Note]:
        """Every note on an account, newest first."""
        return await store.notes(self._database.read, [creator_id])

    async def blacklist_history(self, creator_id: int) -> list[Blacklisting]:
        """What was ever said of the person's accounts, newest first."""
        ids = await store.persons_accounts(self._database.read, creator_id)
        return await store.blacklist_history(self._database.read, ids)

    async def suggest_tags(self, text: str) -> list[tuple[str, int]]:
        """Up to 25 tags in use that begin with the text, each with how many accounts have it."""
        part = text.casefold().lstrip("#").strip()
        return await store.tags_beginning_with(self._database.read, part, limit=25)

    async def set_tags(self, actor: Actor, creator_id: int, typed: str) -> tuple[str, ...]:
        """Make these an account's tags. Raises FormRefused, NotFound."""
        wanted = set(read_tags(typed))
        async with self._database.unit() as tx:
            await self._get(tx, creator_id)
            known = set((await store.tags(tx, [creator_id])).get(creator_id, []))
            await self._change_tags(tx, actor, creator_id, added=wanted - known, removed=known - wanted)
        return tuple(sorted(wanted))

    async def tag_many(self, actor: Actor, creator_ids: Collection[int], typed: str) -> int:
        """Give several accounts these tags beside those they have; how many got something new. Raises FormRefused."""
        tags = read_tags(typed)
        if not tags:
            raise DomainError("Tag belum diisi. Tulis misalnya cepat balas.")
        changed = 0
        async with self._database.unit() as tx:
            known = await store.tags(tx, creator_ids)
            for creator_id in await self._creators.get_many(creator_ids, tx):
                has = set(known.get(creator_id, []))
                if len(has | set(tags)) > MOST_TAGS:
                    raise DomainError(f"Satu kreator paling banyak punya {MOST_TAGS} tag. Hapus yang lama dulu.")
                changed += await self._change_tags(tx, actor, creator_id, added=set(tags) - has, removed=set())
        return changed

    async def add_note(self, actor: Actor, creator_id: int, typed: str) -> None:
        """Keep a note on an account. Raises DomainError, NotFound."""
        text = read_note(typed)
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            await self._get(tx, creator_id)
            note_id = await store.add_note(tx, creator_id, text, actor.id, now)
            await self._record(tx, actor, "creator.note_written", creator_id, note=note_id)

    async def remove_note(self, actor: Actor, creator_id: int, note_id: int) -> Note:
        """Delete a note; the note as it was. Raises NotFound."""
        async with self._database.unit() as tx:
            note = await store.remove_note(tx, creator_id, note_id)
            if note is None:
                raise NotFound("Catatan ini sudah dihapus.")
            await self._record(tx, actor, "creator.note_removed", creator_id, note=note_id)
        return note

    async def blacklist(self, actor: Actor, creator_id: int, reason: str, until: str) -> Blacklisting:
        """Put an account's person on the blacklist, or change why and how long. Raises FormRefused, NotFound."""
        problems = Problems()
        why = problems.read(lambda: read_reason(reason), "")
        expires_at = problems.read(lambda: read_expiry(until, self._clock.now()), None)
        problems.settle()
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            await self._get(tx, creator_id)
            await store.lift(tx, await store.persons_accounts(tx, creator_id), actor.id, now)
            await store.blacklist(tx, creator_id, why, expires_at, actor.id, now)
            await self._record(tx, actor, "creator.blacklisted", creator_id, reason=why, expires_at=expires_at)
            found = await store.blacklistings(tx, [creator_id], now)
        return found[creator_id]

    async def lift(self, actor: Actor, creator_id: int) -> None:
        """Take an account's person off the blacklist. Raises DomainError when they are not on it."""
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            await self._get(tx, creator_id)
            in_force = await store.blacklistings(tx, [creator_id], now)
            if not in_force:
                raise DomainError("Kreator ini sudah tidak ada di blacklist. Buka lagi profilnya untuk melihat.")
            for lifted in await store.lift(tx, await store.persons_accounts(tx, creator_id), actor.id, now):
                await self._record(tx, actor, "creator.blacklist_lifted", lifted)

    async def _change_tags(
        self, tx: UnitOfWork, actor: Actor, creator_id: int, *, added: set[str], removed: set[str]
    ) -> bool:
        now = self._clock.timestamp()
        for tag in sorted(added):
            await store.add_tag(tx, creator_id, tag, actor.id, now)
        for tag in sorted(removed):
            await store.remove_tag(tx, creator_id, tag)
        if added or removed:
            await self._record(tx, actor, "creator.tagged", creator_id, added=sorted(added), removed=sorted(removed))
        return bool(added or removed)

    async def _get(self, reads: Reads, creator_id: int) -> Creator:
        creator = await self._creators.get(creator_id, reads)
        if creator is None:
            raise NotFound(GONE)
        return creator

    async def _record(self, tx: UnitOfWork, actor: Actor, action: str, creator_id: int, **details: object) -> None:
        await audit.record(tx, actor, action, ("creator", creator_id), at=self._clock.timestamp(), details=details)
