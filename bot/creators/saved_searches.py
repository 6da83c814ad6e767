"""Filters kept by name: a person's own, and those of the whole team."""

import json
from dataclasses import dataclass
from typing import Final

from bot.creators import saved_search_store as store
from bot.creators.saved_search_store import SavedSearch
from bot.creators.search import CreatorFilter, Sort
from bot.platform import audit
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.database import Database, UnitOfWork
from bot.platform.errors import DomainError, NotFound
from bot.platform.text import filled, one_line, quote

NAME_LENGTH: Final = 50
MOST_EACH: Final = 25
GONE: Final = "Filter tersimpan itu tidak ada (lagi). Lihat yang ada dengan /kol filter."


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of saving: `replaced` when the same name was yours already."""

    search: SavedSearch
    replaced: bool


class SavedSearches:
    """The door to saved filters for cogs."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def of(self, owner_id: int) -> list[SavedSearch]:
        """Those of a person and of the team, by name."""
        return await store.visible(self._database.read, owner_id)

    async def get(self, owner_id: int, search_id: int) -> SavedSearch:
        """One that this person may see. Raises NotFound."""
        found = next((one for one in await self.of(owner_id) if one.id == search_id), None)
        if found is None:
            raise NotFound(GONE)
        return found

    async def chosen(self, owner_id: int, typed: str) -> SavedSearch:
        """The one meant by `#12` as autocomplete fills in, or by its name: one's own before the team's."""
        known = await self.of(owner_id)
        name = one_line(typed).casefold()
        named = [one for one in known if f"#{one.id}" == name or one.name.casefold() == name]
        if not named:
            raise NotFound(GONE)
        return min(named, key=lambda one: one.shared)

    async def save(self, actor: Actor, name: str, wanted: CreatorFilter, sort: Sort, *, shared: bool) -> Saved:
        """Keep a filter by name. One of the same name that is yours is replaced. Raises DomainError."""
        assert actor.id is not None
        name = filled(one_line(name), "Nama", NAME_LENGTH)
        if not wanted.parts():
            raise DomainError("Filternya masih kosong. Isi dulu paling sedikit satu, lalu simpan.")
        async with self._database.unit() as tx:
            known = [one for one in await store.visible(tx, actor.id) if one.shared == shared]
            same = next((one for one in known if one.name.casefold() == name.casefold()), None)
            if same is not None and same.owner_id != actor.id:
                raise DomainError(f"Tim sudah punya filter {quote(name)} dari <@{same.owner_id}>. Pakai nama lain.")
            if same is None and len(known) >= MOST_EACH:
                raise DomainError(f"Paling banyak {MOST_EACH} filter. Hapus yang tidak dipakai dengan /kol filter.")
            if same is not None:
                await store.delete(tx, same.id)
            query = json.dumps(wanted.to_query(), ensure_ascii=False)
            found = await store.insert(
                tx, name=name, owner_id=actor.id, shared=shared, query=query, sort=sort, at=self._clock.timestamp()
            )
            await self._record(tx, actor, "search.saved", found)
        return Saved(found, same is not None)

    async def delete(self, actor: Actor, search_id: int) -> SavedSearch:
        """Delete one's own, or one of the team's; what it was. Raises NotFound."""
        assert actor.id is not None
        async with self._database.unit() as tx:
            found = next((one for one in await store.visible(tx, actor.id) if one.id == search_id), None)
            if found is None:
                raise NotFound(GONE)
            await store.delete(tx, search_id)
            await self._record(tx, actor, "search.deleted", found)
        return found

    async def _record(self, tx: UnitOfWork, actor: Actor, action: str, one: SavedSearch) -> None:
        details = {"name": one.name, "shared": one.shared}
        await audit.record(tx, actor, action, ("saved_search", one.id), at=self._clock.timestamp(), details=details)
