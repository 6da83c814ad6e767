"""Use cases of looking into the KOL database: search, autocomplete, one creator in full, their contact."""

from dataclasses import dataclass

from bot.creators import search_store, store
from bot.creators.profile import Profile, profile_of
from bot.creators.search import CreatorFilter, Sort
from bot.creators.search_reading import read_text
from bot.creators.search_store import Suggestion
from bot.creators.service import CreatorService
from bot.creators.store import Creator
from bot.platform import audit
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.crypto import Private
from bot.platform.database import Database
from bot.platform.errors import DomainError, NotFound

PAGE = 10
MOST_SUGGESTIONS = 25
GONE = "Kreator ini sudah tidak ada di database. Cari lagi dengan /kol cari."


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of what was found. Pages count from 1; a page beyond the last is the last."""

    found: tuple[Profile, ...]
    total: int
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class Loosening:
    """One requirement to drop, in words, and how many accounts would be found without it."""

    phrase: str
    total: int


class CreatorSearch:
    """The only door to searching for cogs and other areas."""

    def __init__(self, database: Database, clock: Clock, creators: CreatorService) -> None:
        self._database = database
        self._clock = clock
        self._creators = creators

    async def page(self, wanted: CreatorFilter, sort: Sort, number: int, *, size: int = PAGE) -> SearchPage:
        """A page of the accounts that meet the filter."""
        reads, at = self._database.read, self._clock.timestamp()
        found = await search_store.matches(reads, wanted, at=at)
        pages = max(1, -(-found.total // size))
        number = min(max(number, 1), pages)
        shown = await search_store.page(reads, wanted, found, sort, limit=size, offset=(number - 1) * size, at=at)
        return SearchPage(tuple(profile_of(creator) for creator in shown), found.total, number, pages)

    async def count(self, wanted: CreatorFilter) -> int:
        """How many accounts meet the filter."""
        return await search_store.count(self._database.read, wanted, at=self._clock.timestamp())

    async def candidates(self, wanted: CreatorFilter, *, limit: int) -> tuple[list[Creator], int]:
        """Up to `limit` accounts that meet the filter, highest ER first, and how many meet it in all."""
        reads, at = self._database.read, self._clock.timestamp()
        found = await search_store.matches(reads, wanted, at=at)
        best = await search_store.page(reads, wanted, found, Sort.ENGAGEMENT, limit=limit, offset=0, at=at)
        return best, found.total

    async def near_misses(self, wanted: CreatorFilter, *, limit: int) -> list[Creator]:
        """Accounts that fail the filter by the fewest requirements."""
        return await search_store.near_misses(self._database.read, wanted, limit=limit, at=self._clock.timestamp())

    async def is_empty(self) -> bool:
        """Whether there is no account at all, so that a sheet has to be imported first."""
        return not await search_store.count(self._database.read, CreatorFilter(), at=self._clock.timestamp())

    async def loosen(self, wanted: CreatorFilter) -> list[Loosening]:
        """Which single requirement to drop to find something, most fruitful first; empty when none helps."""
        reads, at = self._database.read, self._clock.timestamp()
        options = [
            Loosening(phrase, await search_store.count(reads, wanted.without(part), at=at))
            for part, phrase in zip(wanted.parts(), wanted.lines(), strict=True)
        ]
        return sorted((one for one in options if one.total), key=lambda one: -one.total)

    async def suggest(self, text: str) -> list[Suggestion]:
        """Up to 25 accounts for autocomplete: usernames that begin with the text, then those that contain it."""
        part = read_text(text)
        reads = self._database.read
        found = await search_store.beginning_with(reads, part, limit=MOST_SUGGESTIONS)
        if len(found) < MOST_SUGGESTIONS:
            found += await search_store.containing(reads, part, limit=MOST_SUGGESTIONS - len(found))
        return found

    async def chosen(self, text: str) -> list[Profile]:
        """The accounts somebody means: `#12` as autocomplete fills in is one, a username may be on several platforms.

        Raises NotFound with the nearest usernames when there is none.
        """
        if text.startswith("#") and text[1:].isascii() and text[1:].isdigit() and len(text) <= 18:
            return [profile_of(await self._get(int(text[1:])))]
        username = read_text(text)
        found = await search_store.named(self._database.read, username)
        if not found:
            raise NotFound(await self._not_found(username))
        return [profile_of(creator) for creator in found]

    async def only(self, text: str) -> Creator:
        """The one account somebody means. Raises NotFound, or DomainError where several platforms have the username."""
        found = await self.chosen(text)
        if len(found) > 1:
            platforms = ", ".join(one.creator.record.platform.label for one in found)
            raise DomainError(
                f"Username itu ada di {platforms}. Ketik lagi, lalu pilih akunnya dari daftar yang muncul."
            )
        return found[0].creator

    async def profile(self, creator_id: int) -> Profile:
        """One account in full. Raises NotFound."""
        creator = await self._get(creator_id)
        return profile_of(creator, await store.snapshots(self._database.read, creator_id))

    def masked_contact(self, creator: Creator) -> str | None:
        """`••••7890`; None when no contact is known."""
        contact = self._creators.contact_of(creator)
        return contact.masked() if contact else None

    async def reveal_contact(self, actor: Actor, creator_id: int) -> tuple[Creator, Private]:
        """The contact in clear, for whom the role allows it; the reveal is put on record first."""
        async with self._database.unit() as tx:
            creator = await store.get(tx, creator_id)
            if creator is None:
                raise NotFound(GONE)
            contact = self._creators.contact_of(creator)
            if contact is None:
                raise DomainError("Kontaknya belum ada di database. Tambahkan lewat impor lembar dengan /kol impor.")
            await audit.record(
                tx, actor, "creator.contact_revealed", ("creator", creator_id), at=self._clock.timestamp()
            )
        return creator, contact

    async def _get(self, creator_id: int) -> Creator:
        creator = await self._creators.get(creator_id)
        if creator is None:
            raise NotFound(GONE)
        return creator

    async def _not_found(self, username: str) -> str:
        near = await self.suggest(username)
        if near:
            names = ", ".join(f"@{one.key.username} ({one.key.platform.label})" for one in near[:5])
            return f"Tidak ada username yang persis begitu. Mungkin maksudmu: {names}."
        return "Username itu tidak ada di database. Cari dengan /kol cari, atau tambahkan lembarnya dengan /kol impor."
