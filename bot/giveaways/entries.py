"""Use cases of joining: in, out, and "kode undianku"."""

from bot.creators.models import Niche
from bot.creators.service import CreatorService
from bot.giveaways import entry_store, rules, store
from bot.giveaways.entering import Entering
from bot.giveaways.models import Entrant, Entry, Giveaway, GiveawayState, JoinAnswer, Outcome
from bot.giveaways.notices import GiveawayNotices
from bot.giveaways.rules import Person, Randomness
from bot.giveaways.verify_draw import entry_hash
from bot.onboarding.service import OnboardingService
from bot.platform import audit
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.database import Database
from bot.platform.errors import DomainError, FormRefused, NotFound

_GONE = "Giveaway ini sudah tidak ada. Lihat yang masih dibuka dengan /giveaway daftar."

# Whoever did one of these may not win it.
_ORGANISING = {f"giveaway.{what}" for what in ("created", "scheduled", "changed", "opened")}


class EntryService:
    """One entry a member. A press costs no reading of the store where a giveaway asks for nothing."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        notices: GiveawayNotices,
        onboarding: OnboardingService,
        creators: CreatorService,
        randomness: Randomness,
    ) -> None:
        self._database = database
        self._clock = clock
        self._notices = notices
        self._onboarding = onboarding
        self._creators = creators
        self._randomness = randomness
        self._entering = Entering(database, clock.timestamp, notices.entries_changed)
        # An open giveaway can't be edited, and whether it still takes entries is checked where they are written.
        self._open: dict[int, Giveaway] = {}
        self._organisers: dict[int, frozenset[int]] = {}

    async def join(self, entrant: Entrant, giveaway_id: int, *, followed: bool = False) -> JoinAnswer:
        """Enter somebody, once. `followed`: they have just declared that they follow the account asked for.

        Raises FormRefused with every requirement that is not met, DomainError when it is too late or too early.
        """
        giveaway = await self._joinable(giveaway_id)
        wanted = giveaway.spec.requirements
        now = self._clock.timestamp()
        rules.check_joining(giveaway, now)
        if entrant.member_id in self._organisers.get(giveaway_id, ()):
            raise DomainError(
                "Kamu ikut menyiapkan giveaway ini, jadi kamu tidak bisa ikut diundi. Biar adil untuk semua, ya."
            )
        if missing := rules.unmet(wanted, await self._person(giveaway, entrant), now):
            raise FormRefused(missing)
        if wanted.follow and not followed:
            known = await entry_store.get(self._database.read, giveaway_id, entrant.member_id)
            return JoinAnswer(Outcome.ALREADY if known else Outcome.MUST_FOLLOW, giveaway, known)
        code = self._randomness(rules.CODE_BYTES).hex()
        published = entry_hash(giveaway_id, entrant.member_id, code)
        entry = Entry(giveaway_id, entrant.member_id, entrant.name[:100], code, published, followed, now)
        kept = await self._entering.add(entry)
        if kept is None:
            raise await self._refusal(giveaway_id)
        return JoinAnswer(Outcome.JOINED if kept is entry else Outcome.ALREADY, giveaway, kept)

    async def leave(self, actor: Actor, giveaway_id: int) -> Giveaway:
        """Take one's entry back. Raises DomainError when there is none, or after the end."""
        assert actor.id is not None
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            giveaway = await store.get(tx, giveaway_id)
            if giveaway is None:
                raise NotFound(_GONE)
            rules.check_joining(giveaway, now)
            if not await entry_store.remove(tx, giveaway_id, actor.id, now):
                raise DomainError("Kamu memang belum ikut giveaway ini.")
            await audit.record(tx, actor, "giveaway.left", ("giveaway", giveaway_id), at=now)
            await self._notices.entries_changed(tx, giveaway_id)
        return giveaway

    async def mine(self, member_id: int, giveaway_id: int) -> tuple[Giveaway, Entry]:
        """A member's own entry with its code. Raises NotFound."""
        giveaway = await store.get(self._database.read, giveaway_id)
        if giveaway is None:
            raise NotFound(_GONE)
        entry = await entry_store.get(self._database.read, giveaway_id, member_id)
        if entry is None:
            still = giveaway.state is GiveawayState.OPEN
            raise NotFound("Kamu tidak ikut giveaway ini." + (" Tekan Ikut dulu untuk dapat kode." if still else ""))
        return giveaway, entry

    async def count(self, giveaway_id: int) -> int:
        """How many have joined."""
        return await entry_store.count(self._database.read, giveaway_id)

    async def _joinable(self, giveaway_id: int) -> Giveaway:
        known = self._open.get(giveaway_id)
        if known is not None and (known.spec.ends_at or 0) > self._clock.timestamp():
            return known
        self._open.pop(giveaway_id, None)
        giveaway = await store.get(self._database.read, giveaway_id)
        if giveaway is None:
            raise NotFound(_GONE)
        if giveaway.state is GiveawayState.OPEN:
            steps = await audit.entries(self._database.read, subject_kind="giveaway", subject_id=giveaway_id)
            made = (step.actor_id for step in steps if step.action in _ORGANISING)
            self._organisers[giveaway_id] = frozenset(actor for actor in made if actor is not None)
            self._open[giveaway_id] = giveaway
        return giveaway

    async def _person(self, giveaway: Giveaway, entrant: Entrant) -> Person:
        wanted = giveaway.spec.requirements
        registered = False
        niches: tuple[Niche, ...] = ()
        if wanted.registered:
            member = await self._onboarding.member(entrant.member_id)
            registered = member is not None and member.registered_at is not None
        if wanted.niches:
            records = [creator.record for creator in await self._creators.accounts_of(entrant.member_id)]
            found = (niche for record in records for niche in (record.niche_1, record.niche_2))
            niches = tuple(dict.fromkeys(niche for niche in found if niche is not None))
        return Person(entrant.role_ids, entrant.in_server_since, registered, niches)

    async def _refusal(self, giveaway_id: int) -> DomainError:
        """Why an entry was not taken: the giveaway has closed since it was looked at."""
        self._open.pop(giveaway_id, None)
        try:
            rules.check_joining(await self._joinable(giveaway_id), self._clock.timestamp())
        except DomainError as refusal:
            return refusal
        return DomainError("Entri belum masuk. Coba tekan Ikut sekali lagi.")
