"""Use cases of what staff decide about creators of a shortlist: pin, drop, put in order, note, name a rate."""

from collections.abc import Callable
from dataclasses import replace

from bot.creators.service import CreatorService
from bot.platform import audit
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.database import Database, UnitOfWork
from bot.platform.errors import DomainError, FormRefused, NotFound
from bot.platform.indonesian import parse_count, parse_rupiah
from bot.platform.problems import Problems
from bot.platform.text import one_line, tidy
from bot.shortlists import entry_store, store
from bot.shortlists.arrangement import arrange, line_of
from bot.shortlists.models import Entry, Line, Mark, Shortlist
from bot.shortlists.service import GONE, LEFT_OUT, ShortlistService, entry_of

NOTE_LENGTH = 300
REASON_LENGTH = 200
BARRED = "Kreator ini ada di blacklist, jadi tidak bisa dimasukkan. Cabut dulu blacklist-nya kalau memang keliru."


class ShortlistMarking:
    """The only door to marks. They hold for the present version and for every one that is built after it."""

    def __init__(
        self, database: Database, clock: Clock, creators: CreatorService, shortlists: ShortlistService
    ) -> None:
        self._database = database
        self._clock = clock
        self._creators = creators
        self._shortlists = shortlists

    async def pin(self, actor: Actor, shortlist_id: int, creator_id: int) -> Entry:
        """Put somebody at the top and in, whatever they don't meet. Raises DomainError for the blacklist."""

        def pinned(line: Line, mark: Mark) -> Mark:
            if line.barred:
                raise DomainError(BARRED)
            return replace(mark, pinned=True, dropped=None)

        return await self._change(actor, shortlist_id, creator_id, "pinned", pinned)

    async def add(self, actor: Actor, shortlist_id: int, creator_id: int) -> Entry:
        """Pin somebody who may not be in the shortlist yet. Raises DomainError."""
        shortlist = await self._shortlists.get(shortlist_id)
        creator = await self._creators.get(creator_id)
        if creator is None:
            raise NotFound("Kreator ini sudah tidak ada di database. Cari lagi dengan /kol cari.")
        line = line_of(await self._shortlists.judge_row(shortlist, creator))
        if line.barred:
            raise DomainError(BARRED)
        return await self._change(
            actor,
            shortlist_id,
            creator_id,
            "added",
            lambda _, mark: replace(mark, pinned=True, dropped=None),
            newcomer=line,
        )

    async def unpin(self, actor: Actor, shortlist_id: int, creator_id: int) -> Entry:
        """Back to the place the score gives; who does not meet what is asked for is out again."""
        return await self._change(
            actor, shortlist_id, creator_id, "unpinned", lambda _, mark: replace(mark, pinned=False)
        )

    async def drop(self, actor: Actor, shortlist_id: int, creator_id: int, reason: str) -> Entry:
        """Take somebody out; they stay in view with the reason. Raises FormRefused without one."""
        given = one_line(reason)
        if not given:
            raise FormRefused(["Tulis alasannya, supaya rekan tim tahu kenapa kreator ini dikeluarkan."])
        return await self._change(
            actor,
            shortlist_id,
            creator_id,
            "dropped",
            lambda _, mark: replace(mark, pinned=False, dropped=given[:REASON_LENGTH], place=None, placed_at=None),
        )

    async def restore(self, actor: Actor, shortlist_id: int, creator_id: int) -> Entry:
        """Take a dropping back."""
        return await self._change(
            actor, shortlist_id, creator_id, "restored", lambda _, mark: replace(mark, dropped=None)
        )

    async def move(self, actor: Actor, shortlist_id: int, creator_id: int, rank: str) -> Entry:
        """Give somebody a rank, or with an empty text the one of their score again. Raises FormRefused."""
        place = parse_count(rank, whole=True)
        if place is not None and place < 1:
            raise FormRefused(["Peringkat dimulai dari 1. Kosongkan kalau mau diurutkan otomatis lagi."])

        def moved(line: Line, mark: Mark) -> Mark:
            if place is not None and line.rank is None:
                raise DomainError("Kreator ini tidak masuk shortlist. Sematkan dulu, baru atur peringkatnya.")
            return replace(mark, place=place, placed_at=None if place is None else self._clock.timestamp())

        return await self._change(actor, shortlist_id, creator_id, "moved", moved, rank=place)

    async def note(self, actor: Actor, shortlist_id: int, creator_id: int, note: str, rate: str) -> Entry:
        """Keep a note for staff and the rate somebody quoted; empty texts take them away. Raises FormRefused.

        The rate counts for the budget at once, for the score when the shortlist is built anew.
        """
        problems = Problems()
        amount = problems.read(lambda: parse_rupiah(rate), None)
        problems.settle()
        text = tidy(note)[:NOTE_LENGTH] or None
        return await self._change(
            actor, shortlist_id, creator_id, "noted", lambda _, mark: replace(mark, note=text, rate=amount)
        )

    async def _change(
        self,
        actor: Actor,
        shortlist_id: int,
        creator_id: int,
        action: str,
        edit: Callable[[Line, Mark], Mark],
        *,
        newcomer: Line | None = None,
        **details: object,
    ) -> Entry:
        """Change one mark and put everyone into their new place, in one unit of work."""
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            shortlist = await store.get(tx, shortlist_id)
            if shortlist is None:
                raise NotFound(GONE)
            lines = {line.creator_id: line for line in await entry_store.page(tx, shortlist_id, shortlist.revision)}
            if newcomer is not None and creator_id not in lines:
                lines[creator_id] = newcomer
                await entry_store.add(tx, shortlist_id, shortlist.revision, [replace(newcomer, position=len(lines))])
            creator = await self._creators.get(creator_id, tx)
            if creator_id not in lines or creator is None:
                raise NotFound(LEFT_OUT)
            marks = await entry_store.marks(tx, shortlist_id)
            changed = edit(lines[creator_id], marks.get(creator_id, Mark(creator_id)))
            await self._mark(tx, shortlist, changed, actor, now)
            arranged = arrange(lines.values(), {**marks, creator_id: changed})
            await entry_store.put_in_place(tx, shortlist_id, shortlist.revision, arranged)
            await audit.record(
                tx,
                actor,
                f"shortlist.{action}",
                ("shortlist", shortlist_id),
                at=now,
                details={"creator_id": creator_id, **details},
            )
        return entry_of(next(line for line in arranged if line.creator_id == creator_id), creator)

    async def _mark(self, tx: UnitOfWork, shortlist: Shortlist, mark: Mark, actor: Actor, now: int) -> None:
        if mark:
            await entry_store.mark(tx, shortlist.id, mark, by=actor.id, now=now)
        else:
            await entry_store.unmark(tx, shortlist.id, mark.creator_id)
