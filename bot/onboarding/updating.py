"""Use cases of a registered creator's own data: change it, or ask for its deletion."""

from dataclasses import replace
from typing import Final

from bot.creators.models import CreatorRecord, Metrics
from bot.creators.service import CreatorService
from bot.creators.store import Creator
from bot.onboarding import profile_wording, store
from bot.onboarding.consent import SCREENSHOT_DAYS
from bot.onboarding.desk import SOURCE, RegistrationDesk
from bot.onboarding.models import Changes, Person, Registration, RegistrationState
from bot.onboarding.roles import grant_roles
from bot.onboarding.rules import big_changes, read_changes, read_figures
from bot.onboarding.screenshots import replace_screenshot
from bot.onboarding.service import OnboardingService
from bot.platform import audit
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.crypto import Vault
from bot.platform.database import Database, UnitOfWork
from bot.platform.errors import DomainError, NotFound
from bot.platform.outbox import Outbox
from bot.platform.stored_files import Sealed
from bot.server.models import ChannelKey
from bot.server.service import ServerService

_DAY: Final = 86_400
_NOT_YOURS: Final = "Akun itu tidak terhubung ke kamu (lagi). Lihat akunmu dengan /profil."
_NO_DESK: Final = "Permintaanmu belum bisa disampaikan karena server belum siap. Buka tiket dengan /tiket buka, ya."


class ProfileUpdates:
    """Each account is found by who asks: nobody changes another's."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        vault: Vault,
        outbox: Outbox,
        server: ServerService,
        onboarding: OnboardingService,
        creators: CreatorService,
        desk: RegistrationDesk,
    ) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault
        self._outbox = outbox
        self._server = server
        self._onboarding = onboarding
        self._creators = creators
        self._desk = desk

    async def accounts(self, member_id: int) -> list[Creator]:
        """What can be changed. Raises NotFound for somebody without an account."""
        accounts = await self._creators.accounts_of(member_id)
        if not accounts:
            raise NotFound("Belum ada akun yang terhubung ke kamu. Daftar dulu dengan /daftar, ya.")
        return accounts

    async def own(self, member_id: int, creator_id: int) -> Creator:
        """One account of this member. Raises NotFound for any other."""
        return _owned(await self._creators.get(creator_id), member_id)

    def masked_contact(self, account: Creator) -> str:
        """An account's contact as its owner is shown it."""
        contact = self._creators.contact_of(account)
        return contact.masked() if contact else "-"

    async def figures(self, actor: Actor, person: Person, creator_id: int, **answers: str) -> Creator:
        """New figures (see rules.read_figures); a blank average stays. Staff are told of leaps."""
        metrics = read_figures(**answers)
        async with self._database.unit() as tx:
            before = _owned(await self._creators.get(creator_id, tx), person.id)
            after = await self._save(tx, _record_of(before, metrics=metrics))
            await self._note(tx, actor, after, _changed_figures(before, after))
            leaps = big_changes(before.record.metrics, after.record.metrics)
            if leaps:
                sent = await self._registration_of(tx, after)
                note = profile_wording.leaps(person.id, after, leaps, sent)
                await self._server.tell(tx, ChannelKey.STAFF, note)
        return after

    async def about(
        self, actor: Actor, person: Person, creator_id: int, *, niches: list[str], **answers: str
    ) -> Creator:
        """New place and contact for all accounts of the person, new niches for this one (see rules.read_changes)."""
        changes = read_changes(niches=niches, **answers)
        async with self._database.unit() as tx:
            before = _owned(await self._creators.get(creator_id, tx), person.id)
            for account in await self._creators.accounts_of(person.id, tx):
                await self._change_about(tx, account, changes, with_niches=account.id == creator_id)
            after = _owned(await self._creators.get(creator_id, tx), person.id)
            await self._note(tx, actor, after, _changed_about(before, after))
            await self._update_roles(tx, actor, before, after)
        return after

    async def insight(self, actor: Actor, person: Person, creator_id: int, screenshot: Sealed) -> Creator:
        """A new insight screenshot in place of the one before; staff find it with the registration."""
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            account = _owned(await self._creators.get(creator_id, tx), person.id)
            sent = await self._registration_of(tx, account)
            if sent is None:
                raise NotFound(_NOT_YOURS)
            file_id = await replace_screenshot(
                tx,
                self._vault,
                sent.insight_file_id,
                screenshot,
                name="insight",
                owner_id=person.id,
                now=now,
                days=SCREENSHOT_DAYS,
            )
            await store.set_insight(tx, sent.id, file_id)
            await self._note(tx, actor, account, ["insight"])
            note = profile_wording.new_insight(person.id, account, sent.id)
            await self._server.tell(tx, ChannelKey.STAFF, note)
        return account

    async def request_deletion(self, actor: Actor, person: Person) -> tuple[bool, int]:
        """Ask staff to delete the person's data or take the consent back: whether it is new, and when it was asked.

        At most once a day. The message to staff names the person and nothing they told us.
        """
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            await self._onboarding.remember(tx, person)
            if not await store.request_data(tx, person.id, now, now - _DAY):
                member = await store.member(tx, person.id)
                assert member is not None and member.data_requested_at is not None
                return False, member.data_requested_at
            note = profile_wording.deletion_requested(person.id, now)
            if await self._server.tell(tx, ChannelKey.STAFF, note) is None:
                raise DomainError(_NO_DESK)
            await audit.record(tx, actor, "member.deletion_requested", ("member", person.id), at=now)
        return True, now

    async def _save(self, tx: UnitOfWork, record: CreatorRecord) -> Creator:
        saved = await self._creators.get(await self._creators.save(tx, record, source=SOURCE), tx)
        assert saved is not None
        return saved

    async def _change_about(self, tx: UnitOfWork, account: Creator, changes: Changes, *, with_niches: bool) -> None:
        record = _record_of(account, contact=changes.contact.reveal() if changes.contact else None)
        if with_niches:
            niche_1, niche_2 = (*changes.niches, None)[:2]
            record = replace(record, niche_1=niche_1, niche_2=niche_2)
        await self._creators.save(
            tx, record, source=SOURCE, city=changes.city, region=changes.region, exact_niches=with_niches
        )

    async def _update_roles(self, tx: UnitOfWork, actor: Actor, before: Creator, after: Creator) -> None:
        member = await store.member(tx, after.member_id or 0)
        if member is None or member.left_at is not None or _niches(before) == _niches(after):
            return
        await grant_roles(
            tx,
            outbox=self._outbox,
            server=self._server,
            creators=self._creators,
            member_id=member.id,
            reason="Kreator mengubah niche",
            dedupe_key=f"creator:{after.id}:roles:{actor.interaction_id}",
            lost=before.record,
        )

    async def _registration_of(self, tx: UnitOfWork, account: Creator) -> Registration | None:
        """The registration by which the account became its owner's."""
        sent = await store.registrations_of(tx, account.member_id or 0)
        approved = (one for one in sent if one.state is RegistrationState.APPROVED)
        return next((one for one in approved if one.account.key == account.record.key), None)

    async def _note(self, tx: UnitOfWork, actor: Actor, account: Creator, changed: list[str]) -> None:
        if changed:
            now, details = self._clock.timestamp(), {"changed": changed}
            await audit.record(tx, actor, "creator.changed_by_owner", ("creator", account.id), at=now, details=details)


def _owned(account: Creator | None, member_id: int) -> Creator:
    if account is None or account.member_id != member_id:
        raise NotFound(_NOT_YOURS)
    return account


def _record_of(account: Creator, *, metrics: Metrics | None = None, contact: str | None = None) -> CreatorRecord:
    """What is told anew of an account; all else stays as it is known."""
    key = account.record.key
    return CreatorRecord(key.platform, key.username, metrics=metrics or Metrics(), contact=contact)


def _niches(account: Creator) -> tuple[str | None, str | None]:
    return account.record.niche_1, account.record.niche_2


def _changed_figures(before: Creator, after: Creator) -> list[str]:
    names = ("followers", "avg_views", "avg_likes", "avg_comments", "avg_shares")
    old, new = before.record.metrics, after.record.metrics
    return [name for name in names if getattr(old, name) != getattr(new, name)]


def _changed_about(before: Creator, after: Creator) -> list[str]:
    pairs = {
        "city": (before.city, after.city),
        "region": (before.region, after.region),
        "contact": (before.contact_hash, after.contact_hash),
        "niches": (_niches(before), _niches(after)),
    }
    return [name for name, (old, new) in pairs.items() if old != new]
