"""A registration in the making: begun, filled in step by step, kept encrypted, resumed after any restart."""

import json
from dataclasses import replace
from typing import Any, Final

from bot.creators.models import AgeBand, Gender, Niche, Platform
from bot.creators.service import CreatorService
from bot.onboarding import store
from bot.onboarding.consent import CONSENT_VERSION, DRAFT_DAYS
from bot.onboarding.models import (
    AboutYou,
    Account,
    Averages,
    Consent,
    Draft,
    Person,
    Registration,
    RegistrationState,
)
from bot.onboarding.rules import Ownership, is_underage, ownership, read_about_you, read_account, read_averages
from bot.onboarding.service import OnboardingService
from bot.platform import stored_files
from bot.platform.clock import Clock
from bot.platform.crypto import Private, Vault
from bot.platform.database import Database, Reads, UnitOfWork
from bot.platform.errors import DomainError, NotFound
from bot.platform.stored_files import Sealed

_DAY: Final = 86_400
GONE: Final = "Registrasi ini sudah dikirim atau sudah terlalu lama. Mulai lagi dengan /daftar, ya."
_YOURS: Final = (
    "Akun {platform} itu sudah terdaftar atas namamu, jadi tidak perlu didaftarkan lagi. Lihat datanya dengan /profil, "
    "atau tulis akun lain."
)
_WAITING: Final = (
    "Akun {platform} itu sudah kamu daftarkan dan sedang menunggu persetujuan. Lihat kodenya dengan /profil, atau "
    "tulis akun lain."
)


class RegistrationDrafts:
    """Drafts by member: one at a time each, there only after they consented."""

    def __init__(
        self, database: Database, clock: Clock, vault: Vault, onboarding: OnboardingService, creators: CreatorService
    ) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault
        self._onboarding = onboarding
        self._creators = creators

    async def current(self, member_id: int, reads: Reads | None = None) -> Draft | None:
        """The draft of a member; None when there is none, it is too old, or the consent text has changed since."""
        oldest = self._clock.timestamp() - DRAFT_DAYS * _DAY
        row = await store.draft(reads or self._database.read, member_id, oldest)
        if row is None or row["consent_version"] != CONSENT_VERSION:
            return None
        answers = json.loads(self._vault.decrypt(row["answers"]).reveal())
        return _from_json(
            answers,
            Draft(
                member_id=member_id,
                consent=Consent(row["consent_version"], row["consent_at"]),
                insight_file_id=row["insight_file_id"],
                revision=row["revision"],
            ),
        )

    async def needed(self, member_id: int) -> Draft:
        """The draft of a member. Raises NotFound with what to do when there is none."""
        draft = await self.current(member_id)
        if draft is None:
            raise NotFound(GONE)
        return draft

    async def agree(self, person: Person) -> Draft:
        """The person consents now: begin, or go on with what had been begun under the same text."""
        async with self._database.unit() as tx:
            await self._onboarding.remember(tx, person)
            begun = await self.current(person.id, tx)
            if begun is not None:
                return begun
            consent = Consent(CONSENT_VERSION, self._clock.timestamp())
            return await self._begin(tx, person.id, consent, await store.registrations_of(tx, person.id))

    async def add_account(self, person: Person) -> Draft | None:
        """Begin with what is known from before, asking only what is new; None when consent has to be asked again."""
        async with self._database.unit() as tx:
            begun = await self.current(person.id, tx)
            if begun is not None:
                return begun
            sent = await store.registrations_of(tx, person.id)
            consent = next((one.consent for one in sent if one.consent.version == CONSENT_VERSION), None)
            if consent is None:
                return None
            return await self._begin(tx, person.id, consent, sent)

    async def about_you(self, person: Person, *, age: str | None, **answers: Any) -> Draft | None:
        """Answers about the person (see rules.read_about_you); None when they are under 18: then nothing is kept."""
        if is_underage(age):
            await self.forget(person.id)
            return None
        about = read_about_you(age=age, **answers)
        async with self._database.unit() as tx:
            return await self._change(tx, person.id, about=about)

    async def account(self, person: Person, **answers: Any) -> Draft:
        """Answers about the account (see rules.read_account). Raises DomainError when it is theirs already."""
        account = read_account(**answers)
        async with self._database.unit() as tx:
            if await self._ownership(tx, account, person.id) is Ownership.YOURS:
                raise DomainError(_YOURS.format(platform=account.platform.label))
            sent = await store.registrations_of(tx, person.id)
            if any(one.account.key == account.key and one.state is RegistrationState.WAITING for one in sent):
                raise DomainError(_WAITING.format(platform=account.platform.label))
            return await self._change(tx, person.id, account=account)

    def read_averages(self, **answers: str) -> Averages:
        """A usual post's figures as typed (see rules.read_averages), before any upload is looked at."""
        return read_averages(**answers)

    async def averages(self, person: Person, averages: Averages, insight: Sealed | None = None) -> Draft:
        """A usual post's figures and a screenshot; a new screenshot replaces the one before."""
        async with self._database.unit() as tx:
            if insight is None:
                return await self._change(tx, person.id, averages=averages)
            draft = await self.current(person.id, tx)
            now = self._clock.timestamp()
            if draft is not None and draft.insight_file_id is not None:
                await stored_files.set_expiry(tx, draft.insight_file_id, now)
            file_id = await stored_files.keep(
                tx,
                self._vault,
                filename="insight",
                kind="image",
                content=insight,
                owner_id=person.id,
                now=now,
                expires_at=now + DRAFT_DAYS * _DAY,
            )
            return await self._change(tx, person.id, averages=averages, insight_file_id=file_id)

    async def forget(self, member_id: int) -> bool:
        """Drop what was begun, its screenshot included; False when there was nothing."""
        async with self._database.unit() as tx:
            there, file_id = await store.drop_draft(tx, member_id)
            if file_id is not None:
                await stored_files.set_expiry(tx, file_id, self._clock.timestamp())
        return there

    async def needs_proof(self, draft: Draft) -> bool:
        """Whether the account is in the KOL database, so that the creator will have to prove it is theirs."""
        if draft.account is None:
            return False
        return await self._ownership(self._database.read, draft.account, draft.member_id) is not Ownership.NEW

    async def _ownership(self, reads: Reads, account: Account, member_id: int) -> Ownership:
        known = await self._creators.find(account.key, reads)
        return ownership(is_known=known is not None, owner_id=known and known.member_id, member_id=member_id)

    async def _begin(self, tx: UnitOfWork, member_id: int, consent: Consent, sent: list[Registration]) -> Draft:
        draft = Draft(member_id=member_id, consent=consent, about=self._known_about(sent))
        return await self._save(tx, draft)

    def _known_about(self, sent: list[Registration]) -> AboutYou | None:
        good = (RegistrationState.APPROVED, RegistrationState.WAITING)
        last = next((one for one in sent if one.state in good), None)
        if last is None:
            return None
        contact = self._vault.decrypt(last.contact_token)
        return AboutYou(last.age_band, last.gender, last.city, last.region, contact)

    async def _change(self, tx: UnitOfWork, member_id: int, **changes: Any) -> Draft:
        draft = await self.current(member_id, tx)
        if draft is None:
            raise NotFound(GONE)
        return await self._save(tx, replace(draft, **changes))

    async def _save(self, tx: UnitOfWork, draft: Draft) -> Draft:
        revision = await store.save_draft(
            tx,
            {
                "member": draft.member_id,
                "answers": self._vault.encrypt(Private(json.dumps(_to_json(draft), ensure_ascii=False))),
                "insight": draft.insight_file_id,
                "consent_version": draft.consent.version,
                "consent_at": draft.consent.at,
                "now": self._clock.timestamp(),
            },
        )
        return replace(draft, revision=revision)


def _to_json(draft: Draft) -> dict[str, Any]:
    about, account, averages = draft.about, draft.account, draft.averages
    return {
        "about": about and [about.age_band, about.gender, about.city, about.region, about.contact.reveal()],
        "account": account and [account.platform, account.username, account.followers, account.niches],
        "averages": averages and [averages.views, averages.likes, averages.comments, averages.shares],
    }


def _from_json(kept: dict[str, Any], empty: Draft) -> Draft:
    about = account = averages = None
    if kept["about"]:
        age, gender, city, region, contact = kept["about"]
        about = AboutYou(AgeBand(age), Gender(gender), city, region, Private(contact))
    if kept["account"]:
        platform, username, followers, niches = kept["account"]
        account = Account(Platform(platform), username, followers, tuple(Niche(one) for one in niches))
    if kept["averages"]:
        averages = Averages(*kept["averages"])
    return replace(empty, about=about, account=account, averages=averages)
