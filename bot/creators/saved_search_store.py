"""The SQL of saved filters."""

import json
from dataclasses import dataclass

from bot.creators.search import CreatorFilter, Sort
from bot.platform.database import Reads, Row, UnitOfWork


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A filter with its name; `shared`: the whole team sees it. `owner_id` is a Discord user id."""

    id: int
    name: str
    owner_id: int
    shared: bool
    wanted: CreatorFilter
    sort: Sort


async def visible(reads: Reads, owner_id: int) -> list[SavedSearch]:
    """A person's own and the team's, by name."""
    rows = await reads.fetch_all(
        "SELECT * FROM saved_search WHERE shared = 1 OR owner_id = :owner ORDER BY folded, shared, id",
        {"owner": owner_id},
    )
    return [_search(row) for row in rows]


async def insert(
    tx: UnitOfWork, *, name: str, owner_id: int, shared: bool, query: str, sort: Sort, at: int
) -> SavedSearch:
    """Keep a filter (`query`: JSON of CreatorFilter.to_query)."""
    row = await tx.fetch_one(
        "INSERT INTO saved_search (name, folded, owner_id, shared, query, sort, saved_at)"
        " VALUES (:name, :folded, :owner, :shared, :query, :sort, :at) RETURNING *",
        {
            "name": name,
            "folded": name.casefold(),
            "owner": owner_id,
            "shared": int(shared),
            "query": query,
            "sort": sort.value,
            "at": at,
        },
    )
    assert row is not None
    return _search(row)


async def delete(tx: UnitOfWork, search_id: int) -> None:
    """Forget one."""
    await tx.execute("DELETE FROM saved_search WHERE id = :id", {"id": search_id})


def _search(row: Row) -> SavedSearch:
    wanted = CreatorFilter.from_query(json.loads(row["query"]))
    return SavedSearch(row["id"], row["name"], row["owner_id"], bool(row["shared"]), wanted, Sort(row["sort"]))
