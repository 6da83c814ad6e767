"""Use cases of claims: an account that the KOL database knows is given to nobody before staff have seen the proof."""

from dataclasses import dataclass, replace
from typing import Final

from bot.creators.models import CreatorRecord
from bot.creators.service import CreatorService
from bot.onboarding import claim_wording, registration_wording, store
from bot.onboarding.consent import SCREENSHOT_DAYS
from bot.onboarding.desk import RegistrationDesk
from bot.onboarding.models import Person, Registration, RegistrationState
from bot.onboarding.roles import grant_roles
from bot.onboarding.rules import check_decidable, read_reason
from bot.onboarding.screenshots import replace_screenshot
from bot.platform import audit, stored_files
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.crypto import Vault
from bot.platform.database import Database, UnitOfWork
from bot.platform.errors import DomainError, NotAllowed, NotFound
from bot.platform.messages import Message
from bot.platform.outbox import Kind, Outbox
from bot.platform.stored_files import Sealed, StoredFile
from bot.server.models import ChannelKey
from bot.server.service import ServerService

_DAY: Final = 86_400
_NOT_YOURS: Final = "Ini bukan registrasimu. Ketik /daftar untuk mendaftarkan akunmu sendiri."
_CLOSED: Final = "Klaim ini sudah selesai diperiksa. Lihat hasilnya dengan /profil."
_NO_SUCH: Final = "Registrasi nomor itu tidak ada. Lihat nomornya dengan /registrasi daftar."
_SHOT_GONE: Final = f"Screenshot ini sudah tidak ada. Screenshot dihapus setelah {SCREENSHOT_DAYS} hari."


@dataclass(frozen=True)
class BelongsToOther:
    """Nothing was changed: the account is another member's, and moving it has to be confirmed first."""

    registration: Registration
    owner_id: int


class ClaimService:
    """Proving, taking back, and deciding."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        vault: Vault,
        outbox: Outbox,
        server: ServerService,
        creators: CreatorService,
        desk: RegistrationDesk,
    ) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault
        self._outbox = outbox
        self._server = server
        self._creators = creators
        self._desk = desk

    async def own(self, member_id: int, registration_id: int) -> Registration:
        """An open claim of this member. Raises NotAllowed for another's, DomainError for one that is open no more."""
        return _open_and_own(await store.registration(self._database.read, registration_id), member_id)

    async def prove(self, actor: Actor, person: Person, registration_id: int, screenshot: Sealed) -> Registration:
        """Keep a screenshot as proof in place of the one before; staff see that it is there."""
        now = self._clock.timestamp()
        announced_as = await self._desk.announced_as(registration_id)
        async with self._database.unit() as tx:
            claim = _open_and_own(await store.registration(tx, registration_id), person.id)
            file_id = await replace_screenshot(
                tx,
                self._vault,
                claim.proof_file_id,
                screenshot,
                name="bukti",
                owner_id=person.id,
                now=now,
                days=SCREENSHOT_DAYS,
            )
            await store.set_proof(tx, registration_id, file_id)
            proved = replace(claim, proof_file_id=file_id)
            await audit.record(tx, actor, "registration.proved", ("registration", registration_id), at=now)
            await self._desk.redraw(tx, proved, announced_as)
            note, key = claim_wording.proof_arrived(proved), f"registration:{registration_id}:proof"
            await self._server.tell(tx, ChannelKey.STAFF, note, dedupe_key=key)
        return proved

    async def code_placed(self, actor: Actor, person: Person, registration_id: int) -> Registration:
        """The claimant says that the code is in the bio: staff may look. Saying it again changes nothing."""
        now = self._clock.timestamp()
        announced_as = await self._desk.announced_as(registration_id)
        async with self._database.unit() as tx:
            claim = _open_and_own(await store.registration(tx, registration_id), person.id)
            if claim.code_placed_at is not None:
                return claim
            await store.set_code_placed(tx, registration_id, now)
            placed = replace(claim, code_placed_at=now)
            await audit.record(tx, actor, "registration.code_placed", ("registration", registration_id), at=now)
            await self._desk.redraw(tx, placed, announced_as)
            note, key = claim_wording.code_placed(placed), f"registration:{registration_id}:code_placed"
            await self._server.tell(tx, ChannelKey.STAFF, note, dedupe_key=key)
        return placed

    async def withdraw(self, actor: Actor, person: Person, registration_id: int) -> None:
        """Take an open claim back."""
        now = self._clock.timestamp()
        announced_as = await self._desk.announced_as(registration_id)
        async with self._database.unit() as tx:
            claim = _open_and_own(await store.registration(tx, registration_id), person.id)
            withdrawn = claim.decided(RegistrationState.WITHDRAWN, by=person.id, at=now)
            await self._decide(tx, actor, withdrawn, announced_as)

    async def page(self, state: RegistrationState | None, number: int, size: int) -> tuple[list[Registration], int]:
        """One page of registrations (counted from 1), open claims first, and how many there are in all."""
        total = await store.count_listed(self._database.read, state)
        return await store.listed(self._database.read, state, size, (number - 1) * size), total

    async def view(self, registration_id: int) -> Message:
        """One registration as staff see it."""
        registration = await self._needed(registration_id)
        known = await self._creators.find(registration.account.key)
        return await self._desk.card(self._database.read, registration, known)

    async def approve(self, actor: Actor, registration_id: int, *, move: bool = False) -> Registration | BelongsToOther:
        """Give the account to the claimant, with roles, and tell them. `move` takes it from another member if need be.

        Raises DomainError when somebody has decided before, NotAllowed for one's own claim.
        """
        assert actor.id is not None
        now = self._clock.timestamp()
        announced_as = await self._desk.announced_as(registration_id)
        async with self._database.unit() as tx:
            claim = await self._decidable(tx, registration_id, actor.id)
            known = await self._creators.find(claim.account.key, tx)
            owner_id = known.member_id if known else None
            if owner_id is not None and owner_id != claim.member_id:
                if not move:
                    return BelongsToOther(claim, owner_id)
                await self._part(tx, owner_id, claim)
            creator_id = await self._desk.settle(tx, claim)
            approved = replace(claim.decided(RegistrationState.APPROVED, by=actor.id, at=now), creator_id=creator_id)
            await self._decide(tx, actor, approved, announced_as)
            if known is not None and owner_id is not None and owner_id != claim.member_id:
                await self._take_roles(tx, owner_id, known.record, approved)
            await self._tell(tx, approved, registration_wording.approved(approved))
        return approved

    async def reject(self, actor: Actor, registration_id: int, reason: str) -> Registration:
        """Refuse a claim; the claimant reads the reason. Raises as `approve` does, FormRefused without a reason."""
        assert actor.id is not None
        now = self._clock.timestamp()
        said = read_reason(reason)
        announced_as = await self._desk.announced_as(registration_id)
        async with self._database.unit() as tx:
            claim = await self._decidable(tx, registration_id, actor.id)
            rejected = claim.decided(RegistrationState.REJECTED, by=actor.id, at=now, reason=said)
            await self._decide(tx, actor, rejected, announced_as)
            await self._tell(tx, rejected, registration_wording.rejected(rejected))
        return rejected

    async def check_decidable(self, actor: Actor, registration_id: int) -> Registration:
        """The claim, if this member of staff may decide it now; raises as `approve` does."""
        assert actor.id is not None
        claim = await self._needed(registration_id)
        check_decidable(claim, actor.id)
        return claim

    async def screenshot(self, actor: Actor, registration_id: int, *, proof: bool) -> StoredFile:
        """The proof, or else the insight screenshot, of a registration; who looked is recorded."""
        registration = await self._needed(registration_id)
        file_id = registration.proof_file_id if proof else registration.insight_file_id
        found = await stored_files.load(self._database.read, self._vault, file_id) if file_id else None
        if found is None:
            raise NotFound(_SHOT_GONE)
        async with self._database.unit() as tx:
            await audit.record(
                tx,
                actor,
                "registration.screenshot_seen",
                ("registration", registration_id),
                at=self._clock.timestamp(),
                details={"which": "proof" if proof else "insight"},
            )
        return found

    async def _needed(self, registration_id: int) -> Registration:
        registration = await store.registration(self._database.read, registration_id)
        if registration is None:
            raise NotFound(_NO_SUCH)
        return registration

    async def _decidable(self, tx: UnitOfWork, registration_id: int, by: int) -> Registration:
        registration = await store.registration(tx, registration_id)
        if registration is None:
            raise NotFound(_NO_SUCH)
        check_decidable(registration, by)
        return registration

    async def _decide(self, tx: UnitOfWork, actor: Actor, decided: Registration, announced_as: int | None) -> None:
        assert decided.decided_at is not None
        await store.decide(tx, decided)
        await audit.record(
            tx,
            actor,
            f"registration.{decided.state}",
            ("registration", decided.id),
            at=decided.decided_at,
            details={"platform": decided.account.platform, "username": decided.account.username},
        )
        await self._desk.redraw(tx, decided, announced_as)

    async def _tell(self, tx: UnitOfWork, decided: Registration, message: Message) -> None:
        member = await store.member(tx, decided.member_id)
        if member is not None and member.left_at is None:
            key = f"registration:{decided.id}:{decided.state}"
            await self._outbox.put(tx, Kind.PERSON, decided.member_id, message, dedupe_key=key)

    async def _take_roles(self, tx: UnitOfWork, owner_id: int, lost: CreatorRecord, claim: Registration) -> None:
        if not await self._creators.accounts_of(owner_id, tx):
            await store.set_unregistered(tx, owner_id)
        await grant_roles(
            tx,
            outbox=self._outbox,
            server=self._server,
            creators=self._creators,
            member_id=owner_id,
            reason="Akunnya pindah ke anggota lain",
            dedupe_key=f"registration:{claim.id}:roles_taken",
            lost=lost,
        )

    async def _part(self, tx: UnitOfWork, owner_id: int, claim: Registration) -> None:
        """Tell the member an account is taken from."""
        owner = await store.member(tx, owner_id)
        if owner is not None and owner.left_at is None:
            message = registration_wording.moved_away(claim.account.key)
            dedupe_key = f"registration:{claim.id}:moved"
            await self._outbox.put(tx, Kind.PERSON, owner_id, message, dedupe_key=dedupe_key)


def _open_and_own(registration: Registration | None, member_id: int) -> Registration:
    if registration is None:
        raise NotFound("Klaim ini sudah tidak ada. Ketik /daftar untuk mulai lagi.")
    if registration.member_id != member_id:
        raise NotAllowed(_NOT_YOURS)
    if registration.state is not RegistrationState.WAITING:
        raise DomainError(_CLOSED)
    return registration
