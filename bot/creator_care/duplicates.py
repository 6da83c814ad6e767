"""Use cases of duplicates: find them, put them together, take them apart again."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from bot.creator_care import duplicate_store, store
from bot.creator_care.duplicate_rules import Merge, MergeKind, Pair, Sign, kind_of, together
from bot.creator_care.service import GONE
from bot.creators.service import Creator, CreatorService
from bot.platform import audit
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.database import Database, Reads, UnitOfWork
from bot.platform.errors import DomainError, NotFound, TooLate

MOST_PAIRS: Final = 300
PAGE: Final = 8

HandOver = Callable[[UnitOfWork, int, int], Awaitable[list[int]]]
GiveBack = Callable[[UnitOfWork, list[int], int], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Suspects:
    """A page of pairs with their accounts; pages count from 1."""

    pairs: tuple[tuple[Pair, Creator, Creator], ...]
    total: int
    number: int
    pages: int


class Duplicates:
    """The only door to duplicates. An area whose rows belong to an account says how they change hands."""

    def __init__(self, database: Database, clock: Clock, creators: CreatorService) -> None:
        self._database = database
        self._clock = clock
        self._creators = creators
        self._moved: dict[str, tuple[HandOver, GiveBack]] = {
            "notes": (duplicate_store.move_notes, duplicate_store.give_notes),
            "snapshots": (duplicate_store.move_snapshots, duplicate_store.give_snapshots),
        }

    def attach(self, name: str, hand_over: HandOver, give_back: GiveBack) -> None:
        """When an account becomes another, `hand_over(tx, before, after)` moves rows; `give_back(tx, ids, to)` back."""
        self._moved[name] = (hand_over, give_back)

    async def find(self) -> list[Pair]:
        """Up to MOST_PAIRS that nobody has decided on, the surest first. Seconds for a million accounts."""
        reads = self._database.read
        found: list[tuple[int, int, Sign]] = []
        for sign in Sign:
            for group in await duplicate_store.groups(reads, sign, limit=MOST_PAIRS):
                found += [(one, other, sign) for one, other in combinations(group, 2)]
        return (await self._undecided(together(found)))[:MOST_PAIRS]

    async def page(self, found: Sequence[Pair], number: int) -> Suspects:
        """A page of what `find` gave, without those decided on since."""
        pairs = await self._undecided(found)
        pages = max(1, -(-len(pairs) // PAGE))
        number = min(max(number, 1), pages)
        shown = pairs[(number - 1) * PAGE : number * PAGE]
        known = await self._creators.get_many({one for pair in shown for one in (pair.low_id, pair.high_id)})
        rows = tuple(
            (pair, known[pair.low_id], known[pair.high_id])
            for pair in shown
            if pair.low_id in known and pair.high_id in known
        )
        return Suspects(rows, len(pairs), number, pages)

    async def pair(self, one_id: int, other_id: int) -> tuple[Creator, Creator]:
        """Two accounts to look at. Raises NotFound, TooLate when they are one already."""
        return await self._pair(self._database.read, one_id, other_id)

    async def merge_renamed(self, actor: Actor, kept_id: int, other_id: int) -> tuple[Merge, Creator, Creator]:
        """An account was renamed: `other_id` is hidden, what it knew goes over. Raises DomainError, NotFound."""
        async with self._database.unit() as tx:
            kept, other = await self._pair(tx, kept_id, other_id)
            if kind_of(kept, other) is not MergeKind.RENAMED:
                raise DomainError("Dua akun ini di platform berbeda. Tandai sebagai satu orang saja.")
            if kept.member_id and other.member_id and kept.member_id != other.member_id:
                raise DomainError(
                    f"Dua akun ini milik dua anggota Discord, <@{kept.member_id}> dan <@{other.member_id}>,"
                    " jadi tidak bisa digabung. Tanyakan dulu ke mereka."
                )
            moved = await self._hand_over(tx, actor, kept, other)
            merge = await self._merge(tx, actor, MergeKind.RENAMED, kept, other, moved)
        return merge, kept, other

    async def join(self, actor: Actor, one_id: int, other_id: int) -> tuple[Merge, Creator, Creator]:
        """Two accounts are one person's: both stay, the blacklist counts for both. Raises NotFound, TooLate."""
        async with self._database.unit() as tx:
            one, other = await self._pair(tx, one_id, other_id)
            merge = await self._merge(tx, actor, MergeKind.PERSON, one, other, {})
        return merge, one, other

    async def say_distinct(self, actor: Actor, one_id: int, other_id: int) -> None:
        """Two accounts are two: never proposed again. Raises NotFound, TooLate."""
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            await self._pair(tx, one_id, other_id)
            low, high = sorted((one_id, other_id))
            await duplicate_store.say_distinct(tx, low, high, actor.id, now)
            await audit.record(tx, actor, "creator.distinct", ("creator", low), at=now, details={"other": high})

    async def undo(self, actor: Actor, merge_id: int) -> tuple[Merge, Creator, Creator]:
        """Take two apart; what was changed since stays as it is. Raises NotFound, TooLate, DomainError."""
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            merge = await duplicate_store.get(tx, merge_id)
            if merge is None or merge.undone_at is not None:
                raise TooLate("Penggabungan ini sudah dibatalkan.")
            kept, other = await self._get(tx, merge.kept_id), await self._get(tx, merge.other_id)
            if merge.kind is MergeKind.RENAMED:
                if kept.merged_into is not None:
                    raise DomainError("Akun hasilnya sudah digabung lagi. Batalkan dulu penggabungan yang lebih baru.")
                await self._give_back(tx, merge)
            await duplicate_store.undo(tx, merge_id, actor.id, now)
            await audit.record(
                tx, actor, "creator.merge_undone", ("creator", kept.id), at=now, details={"other": other.id}
            )
        return merge, kept, other

    async def of(self, creator_id: int) -> list[tuple[Merge, Creator]]:
        """What an account is put together with, each with the other account, newest first."""
        merges = await duplicate_store.merges_of(self._database.read, creator_id)
        others = [merge.other_id if merge.kept_id == creator_id else merge.kept_id for merge in merges]
        known = await self._creators.get_many(others)
        return [(merge, known[other]) for merge, other in zip(merges, others, strict=True) if other in known]

    async def _undecided(self, found: Sequence[Pair]) -> list[Pair]:
        settled = await duplicate_store.settled(self._database.read)
        return [pair for pair in found if (pair.low_id, pair.high_id) not in settled]

    async def _hand_over(self, tx: UnitOfWork, actor: Actor, kept: Creator, other: Creator) -> dict[str, Any]:
        filled = await duplicate_store.missing(tx, kept.id, other.id)
        for column in filled:
            await duplicate_store.fill(tx, kept.id, other.id, column)
        now = self._clock.timestamp()
        tags = (await store.tags(tx, [other.id])).get(other.id, [])
        added = [tag for tag in tags if await store.add_tag(tx, kept.id, tag, actor.id, now)]
        moved: dict[str, Any] = {"filled": filled, "tags": added}
        for name, (hand_over, _) in self._moved.items():
            moved[name] = await hand_over(tx, other.id, kept.id)
        moved["hidden"] = await duplicate_store.repoint(tx, other.id, kept.id)
        await duplicate_store.hide(tx, other.id, kept.id)
        return moved

    async def _give_back(self, tx: UnitOfWork, merge: Merge) -> None:
        for column in merge.moved["filled"]:
            await duplicate_store.unfill(tx, merge.kept_id, merge.other_id, column)
        for tag in merge.moved["tags"]:
            await store.remove_tag(tx, merge.kept_id, tag)
        for name, (_, give_back) in self._moved.items():
            await give_back(tx, merge.moved.get(name, []), merge.other_id)
        for creator_id in merge.moved["hidden"]:
            await duplicate_store.hide(tx, creator_id, merge.other_id)
        await duplicate_store.hide(tx, merge.other_id, None)

    async def _merge(
        self, tx: UnitOfWork, actor: Actor, kind: MergeKind, kept: Creator, other: Creator, moved: dict[str, Any]
    ) -> Merge:
        now = self._clock.timestamp()
        merge_id = await duplicate_store.merge(tx, kind, kept.id, other.id, moved, actor.id, now)
        details = {"other": other.id, "kind": kind.value}
        await audit.record(tx, actor, "creator.merged", ("creator", kept.id), at=now, details=details)
        merge = await duplicate_store.get(tx, merge_id)
        assert merge is not None
        return merge

    async def _pair(self, reads: Reads, one_id: int, other_id: int) -> tuple[Creator, Creator]:
        one, other = await self._get(reads, one_id), await self._get(reads, other_id)
        if one.id == other.id:
            raise DomainError("Pilih dua akun yang berbeda.")
        together_now = {(merge.kept_id, merge.other_id) for merge in await duplicate_store.merges_of(reads, one.id)}
        if one.merged_into or other.merged_into or {(one.id, other.id), (other.id, one.id)} & together_now:
            raise TooLate("Dua akun ini sudah digabung. Lihat sisanya dengan /kol duplikat.")
        return one, other

    async def _get(self, reads: Reads, creator_id: int) -> Creator:
        creator = await self._creators.get(creator_id, reads)
        if creator is None:
            raise NotFound(GONE)
        return creator
