"""Use cases of a brand's decision on the creators of a shortlist: chosen, reserve, rejected, with the reason."""

from bot.creators.service import CreatorService
from bot.offers import decision_store, reading, rules, store
from bot.offers.models import Choice, Decided, Decision, Decisions
from bot.offers.reading import ManyForm
from bot.platform import audit
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.database import Database, UnitOfWork
from bot.platform.errors import NotFound
from bot.shortlists.models import Shortlist
from bot.shortlists.service import LEFT_OUT, ShortlistService

# A form's select holds so many.
MOST_IN_A_FORM = 25
_ALL = 1_000_000


class DecisionService:
    """The only door to decisions. They belong to the shortlist, not to one of its versions."""

    def __init__(
        self, database: Database, clock: Clock, creators: CreatorService, shortlists: ShortlistService
    ) -> None:
        self._database = database
        self._clock = clock
        self._creators = creators
        self._shortlists = shortlists

    async def overview(self, shortlist_id: int) -> Decisions:
        """Who is in the shortlist or was decided on, in its order, with decision and latest offer. Raises NotFound."""
        found = await self._everyone(shortlist_id)
        return Decisions(found.shortlist, tuple(one for one in found.people if one.rank is not None or one.decision))

    async def one(self, shortlist_id: int, creator_id: int) -> tuple[Shortlist, Decided, list[Decision]]:
        """One creator of a shortlist, with everything that was ever decided about them. Raises NotFound.

        Who is out can be decided on too: the brand has the last word.
        """
        found = await self._everyone(shortlist_id)
        person = next((one for one in found.people if one.creator.id == creator_id), None)
        if person is None:
            raise NotFound(LEFT_OUT)
        return found.shortlist, person, await decision_store.history(self._database.read, shortlist_id, creator_id)

    async def undecided(self, shortlist_id: int) -> tuple[Shortlist, list[Decided]]:
        """Those in the shortlist of whom nothing was decided, as many as a form takes. Raises NotFound."""
        found = await self.overview(shortlist_id)
        return found.shortlist, [one for one in found.of(Choice.OPEN) if one.rank is not None][:MOST_IN_A_FORM]

    async def check(self, shortlist_id: int, creator_id: int, seen: int, choice: Choice) -> None:
        """Raise unless a decision may be made by somebody who saw decision `seen` (0: none) last."""
        reads = self._database.read
        before = await decision_store.present_of(reads, shortlist_id, creator_id)
        rules.check_decision(before, seen, choice, await store.of_creator(reads, shortlist_id, creator_id))

    async def decide(
        self, actor: Actor, shortlist_id: int, creator_id: int, seen: int, choice: Choice, reason: str
    ) -> Decision:
        """Decide on one creator. Raises FormRefused or DomainError."""
        words = reading.read_decision(choice, reason)
        shortlist, _, _ = await self.one(shortlist_id, creator_id)
        async with self._database.unit() as tx:
            before = await decision_store.present_of(tx, shortlist_id, creator_id)
            rules.check_decision(before, seen, choice, await store.of_creator(tx, shortlist_id, creator_id))
            return await self._keep(tx, actor, shortlist, creator_id, choice, words)

    async def decide_many(
        self, actor: Actor, shortlist_id: int, form: ManyForm
    ) -> tuple[dict[int, Choice], dict[int, Decision]]:
        """Decide on several who were undecided. Raises FormRefused.

        Returns what was kept, and what somebody else had decided meanwhile: that stays as it is.
        """
        choices, reason = reading.read_many(form)
        found = await self._everyone(shortlist_id)
        listed = {one.creator.id for one in found.people}
        kept: dict[int, Choice] = {}
        earlier: dict[int, Decision] = {}
        async with self._database.unit() as tx:
            present = await decision_store.present(tx, shortlist_id)
            for creator_id, choice in choices.items():
                before = present.get(creator_id)
                if before is not None and before.choice is not Choice.OPEN:
                    earlier[creator_id] = before
                elif creator_id in listed:
                    why = reason if choice is Choice.REJECTED else None
                    await self._keep(tx, actor, found.shortlist, creator_id, choice, why)
                    kept[creator_id] = choice
        return kept, earlier

    async def _everyone(self, shortlist_id: int) -> Decisions:
        reads = self._database.read
        shortlist = await self._shortlists.get(shortlist_id)
        decisions = await decision_store.present(reads, shortlist_id)
        offers = await store.latest_of_shortlist(reads, shortlist_id)
        people = [
            Decided(
                entry.creator,
                True,
                entry.rank,
                entry.rate,
                entry.application_id,
                decisions.get(entry.creator.id),
                offers.get(entry.creator.id),
            )
            for entry in await self._shortlists.entries(shortlist_id, limit=_ALL)
        ]
        # A newer version may have left them out; what was decided about them still holds.
        known = {one.creator.id for one in people}
        left = await self._creators.get_many([one for one in decisions if one not in known])
        people += [
            Decided(creator, False, None, None, None, decisions[creator.id], offers.get(creator.id))
            for creator in left.values()
        ]
        return Decisions(shortlist, tuple(people))

    async def _keep(
        self, tx: UnitOfWork, actor: Actor, shortlist: Shortlist, creator_id: int, choice: Choice, reason: str | None
    ) -> Decision:
        now = self._clock.timestamp()
        await decision_store.retire(tx, shortlist.id, creator_id, now)
        decision = await decision_store.add(
            tx,
            shortlist.id,
            creator_id,
            revision=shortlist.revision,
            choice=choice,
            reason=reason,
            by=actor.id,
            now=now,
        )
        await audit.record(
            tx,
            actor,
            "shortlist.decided",
            ("shortlist", shortlist.id),
            at=now,
            details={"creator_id": creator_id, "choice": choice.value},
        )
        return decision
