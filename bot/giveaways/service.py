"""Use cases of giveaways: write, open, end, call off.

For the content calendar, inside its own unit of work:
- `await giveaways.prepare(tx, actor, spec) -> int` keeps a giveaway in state "scheduled" without posting it
  (`spec.legal` may be None: staff choose later, through /giveaway-admin daftar);
- `await giveaways.change_prepared(tx, actor, giveaway_id, spec)` and `withdraw(tx, actor, giveaway_id)` follow a moved
  or cancelled calendar row;
- `await giveaways.post_for_calendar(tx, giveaway_id, channel_id, extra=Message | None) -> int | None` opens and posts
  it, together with what the calendar says (`extra`: words above it, a picture instead of ours), and gives the outbox
  row of the post. Raises DomainError with a sentence for staff when it can't be opened (no legal choice, end passed).
"""

import re
from collections.abc import Callable, Collection
from dataclasses import replace

from bot.giveaways import entry_store, reading, rules, store
from bot.giveaways.draws import DrawService, sealed
from bot.giveaways.models import Giveaway, GiveawaySpec, GiveawayState
from bot.giveaways.notices import GiveawayNotices
from bot.giveaways.reading import BasicsForm, LegalForm, RequirementsForm
from bot.giveaways.rules import Randomness
from bot.giveaways.verify_draw import SEED_BYTES
from bot.platform import audit
from bot.platform.audit import SYSTEM, Actor
from bot.platform.clock import Clock
from bot.platform.crypto import Vault
from bot.platform.database import Database, Reads, UnitOfWork
from bot.platform.errors import DomainError, NotFound
from bot.platform.messages import Message, to_json
from bot.platform.scheduler import Scheduler
from bot.platform.scheduler_store import DueItem
from bot.server.models import ChannelKey
from bot.server.service import ServerService

END = "giveaway.end"
MOST_SUGGESTIONS = 25
_CHOSEN = re.compile(r"#(\d{1,18})")


class GiveawayService:
    """Giveaways from the first form to the draw."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        vault: Vault,
        scheduler: Scheduler,
        server: ServerService,
        notices: GiveawayNotices,
        draws: DrawService,
        randomness: Randomness,
    ) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault
        self._scheduler = scheduler
        self._server = server
        self._notices = notices
        self._draws = draws
        self._randomness = randomness
        scheduler.handles(END, self._end_is_due)

    async def get(self, giveaway_id: int, reads: Reads | None = None) -> Giveaway:
        """One giveaway. Raises NotFound."""
        giveaway = await store.get(reads or self._database.read, giveaway_id)
        if giveaway is None:
            raise NotFound("Giveaway ini sudah tidak ada. Lihat yang ada dengan /giveaway daftar.")
        return giveaway

    async def editable(self, giveaway_id: int) -> Giveaway:
        """One that may still be changed. Raises DomainError."""
        giveaway = await self.get(giveaway_id)
        rules.check_edit(giveaway)
        return giveaway

    async def public(self, giveaway_id: int) -> Giveaway:
        """One that was posted. Raises NotFound for drafts, so that nobody sees them early."""
        giveaway = await self.get(giveaway_id)
        if giveaway.state not in (GiveawayState.OPEN, GiveawayState.ENDED):
            raise NotFound("Giveaway ini tidak ada di daftar. Lihat yang ada dengan /giveaway daftar.")
        return giveaway

    async def listed(
        self, states: Collection[GiveawayState], *, limit: int, offset: int = 0
    ) -> tuple[list[Giveaway], int]:
        """Giveaways in some states, those running first, and how many there are in all."""
        reads = self._database.read
        return await store.listed(reads, states, limit, offset), await store.count(reads, states)

    async def suggest(self, part: str, states: Collection[GiveawayState]) -> list[Giveaway]:
        """Up to 25 giveaways for autocomplete, by part of title or prize."""
        return await store.titled(self._database.read, part.strip(), states, MOST_SUGGESTIONS)

    async def chosen(
        self, text: str, states: Collection[GiveawayState], check: Callable[[Giveaway], None] | None = None
    ) -> Giveaway:
        """The giveaway somebody means: `#12` as autocomplete fills in, or its title. Raises DomainError.

        `check` raises why one in another state is not meant; give it only where that is no secret.
        """
        match = _CHOSEN.fullmatch(text.strip())
        giveaway = await store.get(self._database.read, int(match[1])) if match else None
        if giveaway is None:
            found = await self.suggest(text, states)
            if not found and check:
                found = await self.suggest(text, list(GiveawayState))
            exact = [item for item in found if item.title.casefold() == text.strip().casefold()] or found
            if len(exact) > 1:
                raise DomainError("Ada beberapa giveaway dengan judul itu. Pilih salah satu dari daftar yang muncul.")
            giveaway = exact[0] if exact else None
        if giveaway is not None and giveaway.state not in states and check:
            check(giveaway)
        if giveaway is None or giveaway.state not in states:
            raise NotFound("Giveaway itu tidak ditemukan. Pilih dari daftar yang muncul saat kamu mengetik judulnya.")
        return giveaway

    async def create(self, actor: Actor, form: BasicsForm) -> Giveaway:
        """Begin a draft. Raises FormRefused."""
        spec = reading.read_basics(form, self._clock.now())
        async with self._database.unit() as tx:
            giveaway = await store.insert(tx, spec, GiveawayState.DRAFT, actor.id, self._clock.timestamp())
            await self._record(tx, actor, "created", giveaway)
        return giveaway

    async def change_basics(self, actor: Actor, giveaway_id: int, form: BasicsForm) -> Giveaway:
        """Change title, prize, winners, end. Raises FormRefused."""
        kept = (await self.get(giveaway_id)).spec
        spec = reading.read_basics(form, self._clock.now(), kept)
        fields = {"title", "prize", "amount", "winners", "ends_at"}
        return await self._change(actor, giveaway_id, {name: getattr(spec, name) for name in fields})

    async def change_requirements(self, actor: Actor, giveaway_id: int, form: RequirementsForm) -> Giveaway:
        """Change who may join. Raises FormRefused."""
        return await self._change(actor, giveaway_id, {"requirements": reading.read_requirements(form)})

    async def choose_legal(self, actor: Actor, giveaway_id: int, form: LegalForm) -> Giveaway:
        """Record whether it is a draw or a contest, the permit, and the days to claim. Raises FormRefused."""
        spec = reading.read_legal(form, (await self.get(giveaway_id)).spec)
        return await self._change(actor, giveaway_id, {"legal": spec.legal, "claim_days": spec.claim_days})

    async def open(self, actor: Actor, giveaway_id: int, revision: int) -> Giveaway:
        """Post a draft as it was previewed, once. Raises DomainError."""
        channel_id = self._server.places.channel(ChannelKey.GIVEAWAYS)
        if channel_id is None:
            raise DomainError("Channel giveaway belum diatur. Minta admin menjalankan /pengaturan siapkan dulu.")
        async with self._database.unit() as tx:
            rules.check_opening(await self.get(giveaway_id, tx), revision)
            return await self._open(tx, actor, giveaway_id, channel_id, None)

    async def prepare(self, tx: UnitOfWork, actor: Actor, spec: GiveawaySpec) -> int:
        """Keep a giveaway for the calendar; its id. See the top of this file."""
        giveaway = await store.insert(tx, spec, GiveawayState.SCHEDULED, actor.id, self._clock.timestamp())
        await self._record(tx, actor, "scheduled", giveaway)
        return giveaway.id

    async def change_prepared(self, tx: UnitOfWork, actor: Actor, giveaway_id: int, spec: GiveawaySpec) -> None:
        """Overwrite a giveaway that waits in the calendar. Raises DomainError once it is open."""
        rules.check_edit(await self.get(giveaway_id, tx))
        await self._record(tx, actor, "changed", await store.save(tx, giveaway_id, spec, self._clock.timestamp()))

    async def withdraw(self, tx: UnitOfWork, actor: Actor, giveaway_id: int) -> None:
        """Call off a giveaway that waits in the calendar. Raises DomainError once it is open."""
        rules.check_edit(await self.get(giveaway_id, tx))
        cancelled = await store.cancel(tx, giveaway_id, actor.id, self._clock.timestamp())
        assert cancelled is not None, "checked in this unit of work"
        await self._record(tx, actor, "cancelled", cancelled)

    async def unsay(self, tx: UnitOfWork, giveaway_id: int) -> None:
        """Take back an open giveaway whose post never reached Discord; nothing is said of it."""
        giveaway = await store.cancel(tx, giveaway_id, None, self._clock.timestamp())
        if giveaway is not None:
            await self._scheduler.cancel(tx, END, giveaway_id)
            await self._record(tx, SYSTEM, "unsaid", giveaway)
        await self._notices.take_back(tx, giveaway_id)

    async def post_for_calendar(
        self, tx: UnitOfWork, giveaway_id: int, channel_id: int, *, extra: Message | None = None
    ) -> int | None:
        """Open and post a prepared giveaway; the outbox row of the post. See the top of this file."""
        rules.check_opening(await self.get(giveaway_id, tx))
        return (await self._open(tx, SYSTEM, giveaway_id, channel_id, extra)).announcement_id

    async def end(self, actor: Actor, giveaway_id: int) -> Giveaway:
        """End before its time and draw. Raises DomainError."""
        async with self._database.unit() as tx:
            giveaway = await self.get(giveaway_id, tx)
            rules.check_ending(giveaway)
            return await self._end(tx, actor, giveaway)

    async def cancel(self, actor: Actor, giveaway_id: int) -> Giveaway:
        """Call off for good, without a draw. Raises DomainError."""
        async with self._database.unit() as tx:
            giveaway = await self.get(giveaway_id, tx)
            rules.check_cancelling(giveaway)
            cancelled = await store.cancel(tx, giveaway_id, actor.id, self._clock.timestamp())
            assert cancelled is not None, "checked in this unit of work"
            await self._scheduler.cancel(tx, END, giveaway_id)
            members = await entry_store.members(tx, giveaway_id)
            await self._notices.redraw(tx, cancelled, len(members))
            await self._notices.tell_cancelled(tx, cancelled, members)
            await self._record(tx, actor, "cancelled", cancelled)
        return cancelled

    async def _change(self, actor: Actor, giveaway_id: int, changes: dict[str, object]) -> Giveaway:
        async with self._database.unit() as tx:
            giveaway = await self.get(giveaway_id, tx)
            rules.check_edit(giveaway)
            spec = replace(giveaway.spec, **changes)
            changed = await store.save(tx, giveaway_id, spec, self._clock.timestamp())
            await self._record(tx, actor, "changed", changed)
        return changed

    async def _open(
        self, tx: UnitOfWork, actor: Actor, giveaway_id: int, channel_id: int, extra: Message | None
    ) -> Giveaway:
        now = self._clock.timestamp()
        spec = (await self.get(giveaway_id, tx)).spec
        ends_at = rules.ends_at(spec, now)
        commitment, seed = sealed(self._vault, self._randomness(SEED_BYTES), giveaway_id, spec.winners)
        opened = await store.open_it(
            tx,
            giveaway_id,
            channel_id=channel_id,
            extra=to_json(extra) if extra else None,
            commitment=commitment,
            seed=seed,
            ends_at=ends_at,
            now=now,
        )
        assert opened is not None, "checked in this unit of work"
        opened = await self._notices.post(tx, opened)
        await self._scheduler.at(tx, END, giveaway_id, ends_at)
        await self._record(tx, actor, "opened", opened)
        return opened

    async def _end_is_due(self, tx: UnitOfWork, item: DueItem) -> None:
        giveaway = await store.get(tx, item.subject_id)
        if giveaway is not None and giveaway.state is GiveawayState.OPEN:
            await self._end(tx, SYSTEM, giveaway)

    async def _end(self, tx: UnitOfWork, actor: Actor, giveaway: Giveaway) -> Giveaway:
        ended = await self._draws.end(tx, actor, giveaway)
        await self._scheduler.cancel(tx, END, giveaway.id)
        await self._record(tx, actor, "ended", ended)
        return ended

    async def _record(self, tx: UnitOfWork, actor: Actor, what: str, giveaway: Giveaway) -> None:
        legal = giveaway.spec.legal
        await audit.record(
            tx,
            actor,
            f"giveaway.{what}",
            ("giveaway", giveaway.id),
            at=self._clock.timestamp(),
            details={
                "title": giveaway.title,
                "winners": giveaway.spec.winners,
                "legal": legal.kind.value if legal else None,
                "permit": legal.permit if legal else None,
            },
        )
