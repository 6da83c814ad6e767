"""Use cases of content collaborations: note an idea, name its creator, take it from step to step."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.collaborations import rules, store
from bot.collaborations.models import Collaboration, Status
from bot.collaborations.rules import PlanForm
from bot.creators.service import CreatorService
from bot.platform import audit
from bot.platform.audit import Actor, Entry
from bot.platform.clock import Clock
from bot.platform.database import Database, Reads, UnitOfWork
from bot.platform.errors import NotFound

MOST_SUGGESTIONS = 25
_GONE = "Kolaborasi itu tidak ditemukan. Lihat yang ada dengan /kolaborasi daftar."
_CHOSEN = re.compile(r"#(\d{1,18})", re.ASCII)


class CollaborationService:
    """The only door to collaborations."""

    def __init__(self, database: Database, clock: Clock, creators: CreatorService) -> None:
        self._database = database
        self._clock = clock
        self._creators = creators

    async def begin(self, actor: Actor, creator_id: int | None, form: PlanForm) -> Collaboration:
        """Note an idea, with its creator if one is known already. Raises FormRefused or NotFound."""
        plan = rules.read_plan(form, None, self._clock.today().date())
        if creator_id is not None:
            plan = replace(plan, creator_id=creator_id, creator_name=await self._name(creator_id))
        async with self._database.unit() as tx:
            begun = await store.insert(tx, plan, by=actor.id, now=self._clock.timestamp())
            await self._record(tx, actor, "begun", begun)
        return begun

    async def get(self, collaboration_id: int, reads: Reads | None = None) -> Collaboration:
        """One collaboration. Raises NotFound."""
        found = await store.get(reads or self._database.read, collaboration_id)
        if found is None:
            raise NotFound(_GONE)
        return found

    async def history(self, collaboration_id: int) -> Sequence[Entry]:
        """What was done to it, oldest first."""
        return await audit.entries(self._database.read, subject_kind="collaboration", subject_id=collaboration_id)

    async def change(self, actor: Actor, collaboration_id: int, version: int, form: PlanForm) -> Collaboration:
        """Change idea, message, day. Raises FormRefused or TooLate."""
        async with self._database.unit() as tx:
            known = await self.get(collaboration_id, tx)
            plan = rules.read_plan(form, known.plan, self._clock.today().date())
            return await self._save(tx, actor, "changed", rules.changed(known, version, plan))

    async def set_creator(self, actor: Actor, collaboration_id: int, creator_id: int) -> Collaboration:
        """Name who makes it. Raises NotFound or TooLate."""
        name = await self._name(creator_id)
        async with self._database.unit() as tx:
            known = await self.get(collaboration_id, tx)
            plan = replace(known.plan, creator_id=creator_id, creator_name=name)
            return await self._save(tx, actor, "changed", rules.changed(known, known.version, plan))

    async def check_move(self, collaboration_id: int, version: int, status: Status) -> Collaboration:
        """Raise unless the step is possible on the collaboration as it was shown."""
        known = await self.get(collaboration_id)
        rules.check_move(known, version, status)
        return known

    async def move(
        self,
        actor: Actor,
        collaboration_id: int,
        version: int,
        status: Status,
        *,
        link: str = "",
        reason: str = "",
    ) -> Collaboration:
        """Take it one step on (posted needs a link, cancelled a reason), or back. Raises DomainError."""
        async with self._database.unit() as tx:
            known = await self.get(collaboration_id, tx)
            after = rules.moved(known, version, status, link=link, reason=reason)
            return await self._save(tx, actor, status.value, after)

    async def listed(
        self, statuses: Collection[Status], *, limit: int, offset: int = 0
    ) -> tuple[list[Collaboration], int]:
        """Collaborations in some states, what is planned soonest first; and how many there are."""
        reads = self._database.read
        return await store.listed(reads, statuses, limit=limit, offset=offset), await store.count(reads, statuses)

    async def suggest(self, text: str) -> list[Collaboration]:
        """Up to 25 that are not ended, for autocomplete, by a part of the idea."""
        return await store.searched(self._database.read, text.strip(), MOST_SUGGESTIONS)

    async def chosen(self, text: str) -> Collaboration:
        """The collaboration somebody means: `#12` as autocomplete fills in, or a part of the one idea that has it."""
        match = _CHOSEN.fullmatch(text.strip())
        if match:
            return await self.get(int(match[1]))
        found = await self.suggest(text)
        if len(found) != 1:
            raise NotFound("Pilih kolaborasinya dari daftar yang muncul saat kamu mengetik idenya.")
        return found[0]

    async def _name(self, creator_id: int) -> str:
        creator = await self._creators.get(creator_id)
        if creator is None:
            raise NotFound("Kreator ini sudah tidak ada di database. Cari lagi dengan /kol cari.")
        return f"@{creator.record.username} ({creator.record.platform.label})"

    async def _save(self, tx: UnitOfWork, actor: Actor, what: str, after: Collaboration) -> Collaboration:
        saved = await store.save(tx, after, self._clock.timestamp())
        await self._record(tx, actor, what, saved)
        return saved

    async def _record(self, tx: UnitOfWork, actor: Actor, what: str, one: Collaboration) -> None:
        await audit.record(
            tx,
            actor,
            f"collaboration.{what}",
            ("collaboration", one.id),
            at=self._clock.timestamp(),
            details={"status": one.status.value},
        )
