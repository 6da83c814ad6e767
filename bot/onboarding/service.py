"""Use cases of joining: greet, recognise, remind, and keep the start panel where it belongs."""

from collections.abc import Callable, Sequence
from typing import Final

from bot.creators.service import CreatorService
from bot.onboarding import store, wording
from bot.onboarding.consent import DRAFT_DAYS
from bot.onboarding.models import Arrival, Member, Person, RegistrationState
from bot.onboarding.roles import grant_roles
from bot.onboarding.rules import awaits_greeting, came_back, clean_name, missed, wants_nudge, welcome_key
from bot.platform import audit, state, stored_files
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.crypto import Vault
from bot.platform.database import Database, Reads, UnitOfWork
from bot.platform.errors import NotAllowed
from bot.platform.outbox import Kind, Outbox
from bot.platform.scheduler import Scheduler
from bot.platform.scheduler_store import DueItem
from bot.server.models import ChannelKey
from bot.server.panels import START, Panels
from bot.server.service import ServerService

NUDGE: Final = "onboarding.nudge"
AVATAR_DAYS: Final = 7
_DAY: Final = 86_400
# Members noted in one unit of work, so that a large server does not hold up everyone else.
_AT_ONCE: Final = 200
_SET_UP_AT: Final = "onboarding.set_up_at"


class OnboardingService:
    """Everything about people coming, staying and going. `is_staff` is set by the Discord side, which sees roles."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        vault: Vault,
        outbox: Outbox,
        scheduler: Scheduler,
        server: ServerService,
        panels: Panels,
        creators: CreatorService,
        *,
        nudge_after_hours: int,
    ) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault
        self._outbox = outbox
        self._scheduler = scheduler
        self._server = server
        self._panels = panels
        self._creators = creators
        self._nudge_after = nudge_after_hours * 3_600
        self.is_staff: Callable[[int], bool] = lambda _: False
        scheduler.handles(NUDGE, self._nudge)

    async def member(self, member_id: int) -> Member | None:
        """One person, as remembered."""
        return await store.member(self._database.read, member_id)

    async def remember(self, tx: UnitOfWork, person: Person) -> None:
        """Make sure somebody who acts is known, also when their joining was never seen."""
        await store.add_member(
            tx, person.id, clean_name(person.display_name), person.joined_at or self._clock.timestamp()
        )

    async def arrive(self, person: Person, server_name: str, avatar: bytes | None = None) -> Arrival:
        """Somebody has joined: remember them, greet them once, give back the roles of a registered creator."""
        async with self._database.unit() as tx:
            arrival, member = await self._recognise(tx, person)
            if arrival is not Arrival.KNOWN:
                await self._greet(tx, member, server_name, avatar)
        return arrival

    async def leave(self, member_id: int) -> None:
        """Somebody has left; their number and profile wait for them."""
        async with self._database.unit() as tx:
            if await store.left(tx, member_id, self._clock.timestamp()):
                await self._scheduler.cancel(tx, NUDGE, member_id)

    async def catch_up(self, present: Sequence[Person]) -> list[Person]:
        """Note who came and went while the bot was away; returns those who still have to be greeted (see `arrive`)."""
        now = self._clock.timestamp()
        known = {member.id: member for member in await store.members(self._database.read)}
        seen = missed(present, known, since=await self._set_up_at(self._database.read), now=now)
        for start in range(0, len(seen.to_note), _AT_ONCE):
            async with self._database.unit() as tx:
                for person in seen.to_note[start : start + _AT_ONCE]:
                    await self.remember(tx, person)
                    await store.set_greeted(tx, person.id, now)
        for member_id in seen.gone:
            await self.leave(member_id)
        return seen.to_greet

    async def accept_rules(self, actor: Actor, person: Person) -> tuple[bool, Member]:
        """Record that somebody accepted the rules: whether it was the first time, and who they are."""
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            await self.remember(tx, person)
            first = await store.accept_rules(tx, person.id, now)
            if first:
                await audit.record(tx, actor, "rules.accepted", ("member", person.id), at=now)
            member = await store.member(tx, person.id)
        assert member is not None
        return first, member

    async def why_not_creator(self, member_id: int) -> NotAllowed:
        """Why something for creators does not open to somebody without the role, with what to do next."""
        member = await self.member(member_id)
        sent = await store.registrations_of(self._database.read, member_id)
        waiting = next((one for one in sent if one.state is RegistrationState.WAITING), None)
        if member is not None and member.registered_at is not None:
            return NotAllowed(wording.ROLE_MISSING, [wording.HELP_BUTTON])
        if waiting is not None:
            return NotAllowed(wording.claim_waits(waiting), [wording.STATUS_BUTTON])
        return NotAllowed(wording.FOR_CREATORS, [wording.REGISTER_BUTTON])

    async def post_panel(self, present: bool) -> None:
        """Post the start panel unless it is there (`present`) or on its way; one from an earlier version is redrawn.

        The first call marks the set-up.
        """
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            if await state.recall(tx, _SET_UP_AT) is None:
                await state.remember(tx, _SET_UP_AT, str(now))
            await self._panels.put(tx, START, ChannelKey.RULES, wording.panel(self._server.places), present=present)

    async def _recognise(self, tx: UnitOfWork, person: Person) -> tuple[Arrival, Member]:
        name, now = clean_name(person.display_name), self._clock.timestamp()
        member = await store.member(tx, person.id)
        if member is None:
            added = await store.add_member(tx, person.id, name, person.joined_at or now)
            assert added is not None
            return Arrival.FIRST, added
        if not came_back(member, person):
            late = awaits_greeting(member, await self._set_up_at(tx))
            return (Arrival.FIRST if late else Arrival.KNOWN), member
        back = await store.rejoined(tx, person.id, name, person.joined_at or now)
        assert back is not None
        return Arrival.BACK, back

    async def _set_up_at(self, reads: Reads) -> int | None:
        since = await state.recall(reads, _SET_UP_AT)
        return int(since) if since else None

    async def _greet(self, tx: UnitOfWork, member: Member, server_name: str, avatar: bytes | None) -> None:
        now = self._clock.timestamp()
        if self._server.places.channel(ChannelKey.WELCOME) is None:
            await store.set_greeted(tx, member.id, now)
            return  # the server is not set up yet: nobody could be greeted, and a reminder would come out of the blue
        if member.times_joined == 1:
            file_id = await self._keep_avatar(tx, member.id, avatar) if avatar else None
            message = wording.welcome(member, server_name, file_id, self._server.places)
        else:
            message = wording.welcome_back(member)
        await store.set_greeted(tx, member.id, now)
        day = self._clock.today().date().isoformat()
        key = welcome_key(member.id, member.times_joined, day)
        await self._server.tell(tx, ChannelKey.WELCOME, message, dedupe_key=key)
        if member.registered_at is None:
            await self._scheduler.at(tx, NUDGE, member.id, now + self._nudge_after)
            return
        await grant_roles(
            tx,
            outbox=self._outbox,
            server=self._server,
            creators=self._creators,
            member_id=member.id,
            reason="Kreator terdaftar kembali bergabung",
            dedupe_key=f"member:{member.id}:back:{member.times_joined}",
        )

    async def _keep_avatar(self, tx: UnitOfWork, member_id: int, avatar: bytes) -> int:
        now = self._clock.timestamp()
        return await stored_files.keep(
            tx,
            self._vault,
            filename="avatar",
            kind="image",
            content=avatar,
            owner_id=member_id,
            now=now,
            expires_at=now + AVATAR_DAYS * _DAY,
        )

    async def _nudge(self, tx: UnitOfWork, item: DueItem) -> None:
        member = await store.member(tx, item.subject_id)
        sent = await store.registrations_of(tx, item.subject_id)
        waiting = any(one.state is RegistrationState.WAITING for one in sent)
        if not wants_nudge(member, is_staff=self.is_staff(item.subject_id), is_waiting=waiting):
            return
        oldest = self._clock.timestamp() - DRAFT_DAYS * _DAY
        begun = await store.draft(tx, item.subject_id, oldest) is not None
        await self._outbox.put(
            tx, Kind.PERSON, item.subject_id, wording.nudge(begun=begun), dedupe_key=f"nudge:{item.subject_id}"
        )
