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
    Step,
)
from bot.onboarding.rules import Ownership, is_underage, ownership, read_about_you, read_account, read_averages
from bot.onboarding.screenshots import replace_screenshot
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

    async def needed(self, member_id: int, step: Step, reads: Reads | None = None) -> Draft:
        """The draft whose `step` is to be answered: kept already, or begun by this very answer (see `beginning`).

        Raises NotFound with what to do when there is neither.
        """
        draft = await self.beginning(member_id, reads)
        if draft is None or (not draft.revision and draft.next_step is not step):
            raise NotFound(GONE)
        return draft

    async def beginning(self, member_id: int, reads: Reads | None = None) -> Draft | None:
        """The draft of a member; else one that is not kept yet, with what is known of a registered creator.

        None when there is nothing to begin from or consent has to be asked again.
        """
        reads = reads or self._database.read
        begun = await self.current(member_id, reads)
        if begun is not None:
            return begun
        sent = await store.registrations_of(reads, member_id)
        consent = next((one.consent for one in sent if one.consent.version == CONSENT_VERSION), None)
        if consent is None:
            return None
        return Draft(member_id=member_id, consent=consent, about=await self._known_about(reads, member_id, sent))

    async def refused_until(self, member_id: int) -> int | None:
        """Until when registering is not offered, after "under 18" was chosen; None when it is."""
        member = await self._onboarding.member(member_id)
        until = member.refused_until if member else None
        return until if until is not None and until > self._clock.timestamp() else None

    async def agree(self, person: Person) -> Draft:
        """The person consents now: begin, or go on with what had been begun under the same text."""
        async with self._database.unit() as tx:
            await self._onboarding.remember(tx, person)
            begun = await self.current(person.id, tx)
            if begun is not None:
                return begun
            consent = Consent(CONSENT_VERSION, self._clock.timestamp())
            about = await self._known_about(tx, person.id, await store.registrations_of(tx, person.id))
            return await self._save(tx, Draft(member_id=person.id, consent=consent, about=about))

    async def about_you(self, person: Person, *, age: str | None, **answers: Any) -> Draft | None:
        """Answers about the person (see rules.read_about_you); None when they are under 18.

        Then no answer is kept, only that they were refused: for a day registering is not offered again.
        """
        if is_underage(age):
            await self._refuse(person)
            return None
        if await self.refused_until(person.id) is not None:
            return None
        about = read_about_you(age=age, **answers)
        async with self._database.unit() as tx:
            return await self._change(tx, person.id, Step.ABOUT_YOU, about=about)

    async def account(self, person: Person, **answers: Any) -> Draft:
        """Answers about the account (see rules.read_account). Raises DomainError when it is theirs already."""
        account = read_account(**answers)
        async with self._database.unit() as tx:
            if await self._ownership(tx, account, person.id) is Ownership.YOURS:
                raise DomainError(_YOURS.format(platform=account.platform.label))
            sent = await store.registrations_of(tx, person.id)
            if any(one.account.key == account.key and one.state is RegistrationState.WAITING for one in sent):
                raise DomainError(_WAITING.format(platform=account.platform.label))
            return await self._change(tx, person.id, Step.ACCOUNT, account=account)

    def read_averages(self, **answers: str) -> Averages:
        """A usual post's figures as typed (see rules.read_averages), before any upload is looked at."""
        return read_averages(**answers)

    async def averages(self, person: Person, averages: Averages, insight: Sealed | None = None) -> Draft:
        """A usual post's figures and a screenshot; a new screenshot replaces the one before."""
        async with self._database.unit() as tx:
            if insight is None:
                return await self._change(tx, person.id, Step.AVERAGES, averages=averages)
            draft = await self.current(person.id, tx)
            now = self._clock.timestamp()
            before = draft.insight_file_id if draft is not None else None
            file_id = await replace_screenshot(
                tx, self._vault, before, insight, name="insight", owner_id=person.id, now=now, days=DRAFT_DAYS
            )
            return await self._change(tx, person.id, Step.AVERAGES, averages=averages, insight_file_id=file_id)

    async def forget(self, member_id: int) -> bool:
        """Drop what was begun, its screenshot included; False when there was nothing."""
        async with self._database.unit() as tx:
            return await self._drop(tx, member_id)

    async def needs_proof(self, draft: Draft) -> bool:
        """Whether the account is in the KOL database, so that the creator will have to prove it is theirs."""
        if draft.account is None:
            return False
        return await self._ownership(self._database.read, draft.account, draft.member_id) is not Ownership.NEW

    async def _ownership(self, reads: Reads, account: Account, member_id: int) -> Ownership:
        known = await self._creators.find(account.key, reads)
        return ownership(is_known=known is not None, owner_id=known and known.member_id, member_id=member_id)

    async def _refuse(self, person: Person) -> None:
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            await self._onboarding.remember(tx, person)
            await store.set_refused(tx, person.id, now + _DAY)
            await self._drop(tx, person.id)

    async def _drop(self, tx: UnitOfWork, member_id: int) -> bool:
        there, file_id = await store.drop_draft(tx, member_id)
        if file_id is not None:
            await stored_files.set_expiry(tx, file_id, self._clock.timestamp())
        return there

    async def _known_about(self, reads: Reads, member_id: int, sent: list[Registration]) -> AboutYou | None:
        """What the last registration said, with what the creator has changed since."""
        good = (RegistrationState.APPROVED, RegistrationState.WAITING)
        last = next((one for one in sent if one.state in good), None)
        if last is None:
            return None
        contact, city, region = self._vault.decrypt(last.contact_token), last.city, last.region
        accounts = await self._creators.accounts_of(member_id, reads)
        newest = max(accounts, key=lambda creator: creator.updated_at, default=None)
        if newest is not None and newest.updated_at >= last.created_at:
            contact = self._creators.contact_of(newest) or contact
            city, region = newest.city or city, newest.region or region
        return AboutYou(last.age_band, last.gender, city, region, contact)

    async def _change(self, tx: UnitOfWork, member_id: int, step: Step, **changes: Any) -> Draft:
        return await self._save(tx, replace(await self.needed(member_id, step, tx), **changes))

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
