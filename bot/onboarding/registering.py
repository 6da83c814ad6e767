"""Use cases of a creator's registration: send what was filled in, look at one's own data."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from bot.creators.service import CreatorService
from bot.creators.store import Creator
from bot.onboarding import store
from bot.onboarding.consent import DRAFT_DAYS, REFUSED_DAYS, SCREENSHOT_DAYS
from bot.onboarding.desk import RegistrationDesk
from bot.onboarding.drafting import RegistrationDrafts
from bot.onboarding.models import Draft, Member, Person, Registration, RegistrationState, Sent, Step
from bot.onboarding.rules import Ownership, ownership, proof_code
from bot.platform import audit, stored_files
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.crypto import Vault
from bot.platform.database import Database, UnitOfWork
from bot.platform.scheduler import Scheduler

_DAY: Final = 86_400
_STANDS: Final = (RegistrationState.APPROVED, RegistrationState.WAITING)


@dataclass(frozen=True)
class Result:
    """What became of sending. `draft` is there when it must be looked at again before it can be sent."""

    sent: Sent
    registration: Registration | None = None
    draft: Draft | None = None
    is_first_account: bool = True


@dataclass(frozen=True)
class Profile:
    """What is held about a member; accounts and registrations (newest first) come with their masked contacts."""

    member: Member | None
    accounts: list[tuple[Creator, str]]
    registrations: list[tuple[Registration, str]]

    @property
    def waiting(self) -> list[Registration]:
        """Claims that are still open."""
        return [one for one, _ in self.registrations if one.state is RegistrationState.WAITING]


class RegistrationService:
    """The creator's side. `drafts` is where a registration is filled in."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        vault: Vault,
        scheduler: Scheduler,
        creators: CreatorService,
        drafts: RegistrationDrafts,
        desk: RegistrationDesk,
    ) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault
        self._creators = creators
        self._desk = desk
        self.drafts = drafts
        scheduler.recurs("registration.tidy", "27 3 * * *", self._tidy)

    async def send(self, actor: Actor, person: Person, revision: int, pick: Callable[[str], str]) -> Result:
        """Send the draft as it was shown (`revision`). `pick` makes the proof code (rules.proof_code).

        An unknown account is accepted at once; a known one waits for staff. Sent twice, the first outcome is repeated.
        """
        async with self._database.unit() as tx:
            draft = await self.drafts.current(person.id, tx)
            if draft is None:
                return await self._sent_before(tx, person.id)
            if draft.revision != revision or draft.next_step is not Step.SUMMARY:
                return Result(Sent.CHANGED_SINCE, draft=draft)
            await store.drop_draft(tx, person.id)
            return await self._send(tx, actor, draft, proof_code(pick))

    async def profile(self, member_id: int) -> Profile:
        """What we hold about somebody, for themselves."""
        accounts = await self._creators.accounts_of(member_id)
        sent = await store.registrations_of(self._database.read, member_id)
        return Profile(
            await store.member(self._database.read, member_id),
            [(creator, self._masked_contact(creator)) for creator in accounts],
            [(one, self._vault.decrypt(one.contact_token).masked()) for one in sent],
        )

    async def _send(self, tx: UnitOfWork, actor: Actor, draft: Draft, code: str) -> Result:
        assert draft.account is not None
        known = await self._creators.find(draft.account.key, tx)
        owner_id = known.member_id if known else None
        whose = ownership(is_known=known is not None, owner_id=owner_id, member_id=draft.member_id)
        before = await self._same_account(tx, draft)
        if before is not None and whose is Ownership.YOURS:
            return Result(Sent.ALREADY_YOURS, before)
        if before is not None and before.state is RegistrationState.WAITING:
            return Result(Sent.ALREADY_WAITING, before)
        if whose in (Ownership.NEW, Ownership.YOURS):
            is_first = not await self._creators.accounts_of(draft.member_id, tx)
            registration = await self._record(tx, actor, draft, RegistrationState.APPROVED, None)
            creator_id = await self._desk.settle(tx, registration)
            await store.set_creator(tx, registration.id, creator_id)
            await self._desk.announce(tx, registration, None)
            return Result(Sent.ACCEPTED, replace(registration, creator_id=creator_id), is_first_account=is_first)
        registration = await self._record(tx, actor, draft, RegistrationState.WAITING, code)
        await self._desk.announce(tx, registration, known)
        return Result(Sent.WAITING, registration)

    async def _record(
        self, tx: UnitOfWork, actor: Actor, draft: Draft, state: RegistrationState, code: str | None
    ) -> Registration:
        assert draft.about is not None
        now = self._clock.timestamp()
        registration = await store.add_registration(
            tx, draft, contact_token=self._vault.encrypt(draft.about.contact), state=state, proof_code=code, now=now
        )
        if draft.insight_file_id is not None:
            await stored_files.set_expiry(tx, draft.insight_file_id, now + SCREENSHOT_DAYS * _DAY)
        key = registration.account.key
        await audit.record(
            tx,
            actor,
            "registration.sent",
            ("registration", registration.id),
            at=now,
            details={"platform": key.platform, "username": key.username, "state": state},
        )
        return registration

    async def _sent_before(self, tx: UnitOfWork, member_id: int) -> Result:
        """What a second press on "Kirim" is told: the outcome of the first, for as long as a draft would have lived."""
        sent = await store.registrations_of(tx, member_id)
        if not sent or sent[0].created_at < self._clock.timestamp() - DRAFT_DAYS * _DAY or sent[0].state not in _STANDS:
            return Result(Sent.NOTHING_TO_SEND)
        is_waiting = sent[0].state is RegistrationState.WAITING
        return Result(Sent.ALREADY_WAITING if is_waiting else Sent.ALREADY_YOURS, sent[0])

    async def _same_account(self, tx: UnitOfWork, draft: Draft) -> Registration | None:
        """What this member sent for the same account and still stands."""
        assert draft.account is not None
        sent = await store.registrations_of(tx, draft.member_id)
        return next((one for one in sent if one.account.key == draft.account.key and one.state in _STANDS), None)

    def _masked_contact(self, creator: Creator) -> str:
        contact = self._creators.contact_of(creator)
        return contact.masked() if contact else "-"

    async def _tidy(self, tx: UnitOfWork) -> None:
        now = self._clock.timestamp()
        await store.drop_old_drafts(tx, now - DRAFT_DAYS * _DAY)
        await store.drop_refused(tx, now - REFUSED_DAYS * _DAY)
        await store.forget_refusals(tx, now - REFUSED_DAYS * _DAY)
