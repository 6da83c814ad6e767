"""Use cases of the past of a shortlist: its versions, and what changed between two."""

from dataclasses import dataclass

from bot.creators.service import Creator, CreatorService
from bot.platform.database import Database
from bot.platform.errors import NotFound
from bot.shortlists import entry_store, store
from bot.shortlists.changes import Changes, Content, changes
from bot.shortlists.models import Shortlist, Version
from bot.shortlists.service import GONE, ShortlistService

VERSIONS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions side by side; `creators` are those the changes name, by id."""

    before: Shortlist
    after: Shortlist
    changes: Changes
    creators: dict[int, Creator]


class ShortlistHistory:
    """The only door to versions."""

    def __init__(self, database: Database, creators: CreatorService, shortlists: ShortlistService) -> None:
        self._database = database
        self._creators = creators
        self._shortlists = shortlists

    async def versions(self, shortlist_id: int) -> list[Version]:
        """The newest versions of a shortlist, newest first. Raises NotFound."""
        found = await store.versions(self._database.read, shortlist_id, limit=VERSIONS_SHOWN, offset=0)
        if not found:
            raise NotFound(GONE)
        return found

    async def compare(self, shortlist_id: int, one: int, other: int) -> Comparison:
        """What became of a shortlist from the older of two versions to the newer. Raises NotFound."""
        older, newer = sorted((one, other))
        before = await self._shortlists.get(shortlist_id, older)
        after = await self._shortlists.get(shortlist_id, newer)
        found = changes(await self._content(before), await self._content(after))
        named = {change.creator_id for change in (*found.entered, *found.gone, *found.moved)}
        return Comparison(before, after, found, await self._creators.get_many(named))

    async def _content(self, shortlist: Shortlist) -> Content:
        lines = await entry_store.page(self._database.read, shortlist.id, shortlist.revision)
        return Content(shortlist.criteria, shortlist.weights, lines)
