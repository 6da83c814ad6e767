"""What every accepted registration leads to, and what staff see of each."""

from typing import Final

from bot.creators.models import CreatorRecord
from bot.creators.service import CreatorService
from bot.creators.store import Creator
from bot.onboarding import claim_wording, store
from bot.onboarding.models import Registration, RegistrationState
from bot.onboarding.roles import grant_roles
from bot.onboarding.service import NUDGE
from bot.platform.clock import Clock
from bot.platform.crypto import Vault
from bot.platform.database import Reads, UnitOfWork
from bot.platform.messages import Message
from bot.platform.outbox import Kind, Outbox
from bot.platform.scheduler import Scheduler
from bot.platform.scheduler_store import DueItem
from bot.server.models import ChannelKey
from bot.server.service import ServerService

SOURCE: Final = "registration"
CLAIM_WAITS: Final = "registration.claim_waits"
REMINDER_DAYS: Final = 2
_DAY: Final = 86_400


class RegistrationDesk:
    """Shared by sending and by deciding; always inside the unit of work of whoever calls."""

    def __init__(
        self,
        clock: Clock,
        vault: Vault,
        outbox: Outbox,
        scheduler: Scheduler,
        server: ServerService,
        creators: CreatorService,
    ) -> None:
        self._clock = clock
        self._vault = vault
        self._outbox = outbox
        self._scheduler = scheduler
        self._server = server
        self._creators = creators
        scheduler.handles(CLAIM_WAITS, self._remind)

    async def card(self, reads: Reads, registration: Registration, known: Creator | None) -> Message:
        """A registration as staff see it; `known` is the account as the KOL database has it."""
        contact = self._vault.decrypt(registration.contact_token).masked()
        member = await store.member(reads, registration.member_id)
        was_refused = member is not None and member.refused_until is not None
        return claim_wording.card(registration, contact=contact, known=known, was_refused=was_refused)

    async def announce(self, tx: UnitOfWork, registration: Registration, known: Creator | None) -> None:
        """Tell staff of a new registration, once; and once more when a claim has waited for long."""
        message = await self.card(tx, registration, known)
        await self._server.tell(tx, ChannelKey.STAFF, message, dedupe_key=_staff_key(registration.id))
        if registration.state is RegistrationState.WAITING:
            due_at = self._clock.timestamp() + REMINDER_DAYS * _DAY
            await self._scheduler.at(tx, CLAIM_WAITS, registration.id, due_at)

    async def announced_as(self, registration_id: int) -> int | None:
        """The outbox id of that message; None when it was never sent. Ask before opening a unit of work."""
        row = await self._outbox.find(_staff_key(registration_id))
        return row.id if row else None

    async def redraw(self, tx: UnitOfWork, registration: Registration, announced_as: int | None) -> None:
        """Show staff what has become of a registration, in the message that announced it."""
        if announced_as is not None:
            known = await self._creators.find(registration.account.key, tx)
            await self._outbox.put(tx, Kind.EDIT, announced_as, await self.card(tx, registration, known))

    async def settle(self, tx: UnitOfWork, registration: Registration) -> int:
        """The account is the member's from now on: save it, give the roles, stop reminding. Returns its id."""
        now = self._clock.timestamp()
        niche_1, niche_2 = (*registration.account.niches, None)[:2]
        record = CreatorRecord(
            platform=registration.account.platform,
            username=registration.account.username,
            age_band=registration.age_band,
            gender=registration.gender,
            niche_1=niche_1,
            niche_2=niche_2,
            metrics=registration.metrics,
            contact=self._vault.decrypt(registration.contact_token).reveal(),
        )
        creator_id = await self._creators.save(
            tx,
            record,
            source=SOURCE,
            member_id=registration.member_id,
            city=registration.city,
            region=registration.region,
        )
        await store.set_registered(tx, registration.member_id, now)
        await self._scheduler.cancel(tx, NUDGE, registration.member_id)
        member = await store.member(tx, registration.member_id)
        if member is not None and member.left_at is None:
            await grant_roles(
                tx,
                outbox=self._outbox,
                server=self._server,
                creators=self._creators,
                member_id=registration.member_id,
                reason=f"Registrasi nomor {registration.id}",
                dedupe_key=f"registration:{registration.id}:roles",
            )
        return creator_id

    async def _remind(self, tx: UnitOfWork, item: DueItem) -> None:
        claim = await store.registration(tx, item.subject_id)
        if claim is not None and claim.state is RegistrationState.WAITING:
            key = f"registration:{claim.id}:waits"
            await self._server.tell(tx, ChannelKey.STAFF, claim_wording.still_waiting(claim), dedupe_key=key)


def _staff_key(registration_id: int) -> str:
    return f"registration:{registration_id}:staff"
