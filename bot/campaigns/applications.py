"""Use cases of applications: apply, change, take back, decide, step back."""

from dataclasses import replace

from bot.campaigns import application_store, rules, store
from bot.campaigns.application_form import ApplicationForm, Pitch, read_application, read_reason
from bot.campaigns.buttons import REGISTER_BUTTON
from bot.campaigns.eligibility import account_of, unmet
from bot.campaigns.models import (
    Applicant,
    Application,
    ApplicationState,
    Campaign,
    CampaignState,
    Counts,
    Opening,
    OwnApplication,
    Step,
)
from bot.campaigns.notices import Notices
from bot.campaigns.service import CampaignService
from bot.creators.service import Creator, CreatorService
from bot.platform import audit
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.database import Database, Reads, UnitOfWork
from bot.platform.errors import DomainError, FormRefused, NotAllowed, NotFound, TooLate

NOT_REGISTERED = (
    "Kamu belum terdaftar sebagai kreator. Daftar dulu dengan /daftar, cuma beberapa menit, lalu lamar lagi."
)


class ApplicationService:
    """The only door to applications for cogs and other areas."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        notices: Notices,
        campaigns: CampaignService,
        creators: CreatorService,
    ) -> None:
        self._database = database
        self._clock = clock
        self._notices = notices
        self._campaigns = campaigns
        self._creators = creators

    async def opening(self, member_id: int, campaign_id: int, reads: Reads | None = None) -> Opening:
        """A campaign as one member meets it: applied or not, with which accounts they may apply. Raises NotFound."""
        source = reads or self._database.read
        campaign = await store.get(source, campaign_id)
        if campaign is None or campaign.announced_at is None:
            raise NotFound(f"Kampanye ini tidak ada. {rules.BROWSE}")
        application = await application_store.of_member(source, campaign_id, member_id)
        accounts = await self._creators.accounts_of(member_id, source)
        reasons = [(account, unmet(campaign.requirements, account_of(account))) for account in accounts]
        return Opening(
            campaign=campaign,
            full=rules.is_full(campaign, await application_store.counts(source, campaign_id)),
            accepting=rules.accepts_applications(campaign, self._clock.timestamp()),
            own=await self._seen_by_creator(source, campaign, application) if application else None,
            accounts=tuple(accounts),
            fitting=tuple(account for account, why in reasons if not why),
            unmet=tuple(_named(account, sentence, accounts) for account, why in reasons for sentence in why),
        )

    async def may_apply(self, member_id: int, campaign_id: int, reads: Reads | None = None) -> Opening:
        """The same for somebody who is about to apply. Raises DomainError with the reason when they may not."""
        opening = await self.opening(member_id, campaign_id, reads)
        if opening.own is not None:
            raise rules.already_applied(opening.own.application)
        rules.check_open(opening.campaign, self._clock.timestamp())
        if not opening.accounts:
            raise DomainError(NOT_REGISTERED, [REGISTER_BUTTON])
        if not opening.fitting:
            raise DomainError(rules.not_eligible(opening.unmet))
        return opening

    async def apply(self, actor: Actor, campaign_id: int, form: ApplicationForm) -> tuple[Campaign, Application]:
        """Send an application, once per member. Everything is looked at again: minutes pass while a form is open."""
        assert actor.id is not None
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            opening = await self.may_apply(actor.id, campaign_id, tx)
            account = _chosen(opening, form.creator_id)
            pitch = read_application(form, asks_rate=opening.campaign.pays_fee)
            application = await application_store.insert(tx, campaign_id, actor.id, account.id, pitch, now)
            assert application is not None, "checked in this unit of work"
            await application_store.add_step(tx, application, at=now, actor_id=actor.id, reason=None)
            await self._notices.applicants_changed(tx, opening.campaign)
            await self._record(tx, actor, "sent", application)
        return opening.campaign, application

    async def may_change(self, member_id: int, application_id: int, reads: Reads | None = None) -> Opening:
        """The campaign of an application whose creator may still change it (`own` is set). Raises DomainError."""
        campaign, application = await self._own(reads or self._database.read, member_id, application_id)
        rules.check_change(campaign, application, self._clock.timestamp())
        return await self.opening(member_id, campaign.id, reads)

    async def change(self, actor: Actor, application_id: int, form: ApplicationForm) -> tuple[Campaign, Application]:
        """Change what an application says while nobody has decided; without a choice the account stays.

        The version rises, so that staff decide on what they have read. Nothing changed leaves it as it is.
        """
        assert actor.id is not None
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            opening = await self.may_change(actor.id, application_id, tx)
            assert opening.own is not None
            campaign, before = opening.campaign, opening.own.application
            keeps = form.creator_id in (None, str(before.creator_id))
            account_id = before.creator_id if keeps else _chosen(opening, form.creator_id).id
            pitch = read_application(form, asks_rate=campaign.pays_fee)
            changes = _changes(before, account_id, pitch)
            if not changes:
                return campaign, before
            changed = await application_store.rewrite(tx, before, account_id, pitch)
            assert changed is not None, "read in this unit of work"
            await application_store.add_step(tx, changed, at=now, actor_id=actor.id, reason=None)
            await self._notices.applicants_changed(tx, campaign)
            await self._record(tx, actor, "changed", changed, changes=changes)
        return campaign, changed

    async def withdrawable(self, member_id: int, application_id: int) -> OwnApplication:
        """An application that its creator may take back. Raises DomainError."""
        campaign, application = await self._own(self._database.read, member_id, application_id)
        rules.check_withdrawal(application)
        return await self._seen_by_creator(self._database.read, campaign, application)

    async def withdraw(self, actor: Actor, application_id: int) -> tuple[Campaign, Application]:
        """Take an undecided or reserved application back for good."""
        assert actor.id is not None
        async with self._database.unit() as tx:
            campaign, application = await self._own(tx, actor.id, application_id)
            rules.check_withdrawal(application)
            moved = await self._move(tx, actor, application, ApplicationState.WITHDRAWN, None)
            await self._notices.applicants_changed(tx, campaign)
            await self._record(tx, actor, "withdrawn", moved)
        return campaign, moved

    async def check_stepping_back(self, member_id: int, application_id: int) -> Campaign:
        """The campaign an accepted creator may step back from. Raises DomainError."""
        campaign, application = await self._own(self._database.read, member_id, application_id)
        rules.check_stepping_back(campaign, application)
        return campaign

    async def step_back(self, actor: Actor, application_id: int, reason: str) -> Campaign:
        """An accepted creator can't take part: the slot is free again, and staff are told why, once."""
        assert actor.id is not None
        given = read_reason(reason)
        if not given:
            raise FormRefused(["Tulis alasannya, supaya tim bisa mencari pengganti."])
        async with self._database.unit() as tx:
            campaign, application = await self._own(tx, actor.id, application_id)
            rules.check_stepping_back(campaign, application)
            before = await application_store.counts(tx, campaign.id)
            moved = await self._move(tx, actor, application, ApplicationState.WITHDRAWN, given)
            await self._notices.tell_stepped_back(tx, campaign, moved)
            await self._slots_changed(tx, campaign, before)
            await self._record(tx, actor, "stepped_back", moved)
        return campaign

    async def of_member(self, member_id: int, *, limit: int, offset: int = 0) -> tuple[list[OwnApplication], int]:
        """A member's own applications, newest first, and how many there are."""
        reads = self._database.read
        sent = await application_store.by_member(reads, member_id, limit, offset)
        own = [await self._seen_by_creator(reads, await self._campaigns.get(one.campaign_id), one) for one in sent]
        return own, await application_store.count_by_member(reads, member_id)

    async def hand_over(self, tx: UnitOfWork, before: int, after: int) -> list[int]:
        """An account turned out to be another one: its applications are that one's. Their ids, for `give_back`."""
        return await application_store.change_account(tx, before, after)

    async def give_back(self, tx: UnitOfWork, application_ids: list[int], creator_id: int) -> None:
        """The accounts were two after all."""
        await application_store.give_account(tx, application_ids, creator_id)

    async def history(self, application_id: int) -> list[Step]:
        """Every state an application has had, oldest first."""
        return await application_store.steps(self._database.read, application_id)

    async def applicant(self, application_id: int) -> tuple[Campaign, Applicant, list[Step]]:
        """One applicant for staff, with every state the application has had. Raises NotFound."""
        reads = self._database.read
        application = await self._get(reads, application_id)
        (applicant,) = await self._notices.applicants(reads, [application])
        campaign = await self._campaigns.get(application.campaign_id)
        if campaign.state is CampaignState.CANCELLED:
            applicant = replace(applicant, decisions=frozenset())
        return campaign, applicant, await application_store.steps(reads, application_id)

    async def check_decision(self, actor: Actor, application_id: int, version: int, to: ApplicationState) -> None:
        """Raise DomainError when a decision would be refused anyway: asked before its form is shown."""
        await self._decidable(self._database.read, actor, application_id, version, to, reason="(belum ditulis)")

    async def decide(
        self, actor: Actor, application_id: int, version: int, to: ApplicationState, reason: str
    ) -> tuple[Campaign, Application, Counts]:
        """Accept, reserve or decline the application as it was seen (`version`), and tell its creator once.

        Raises DomainError: not a legal move, slots full, no reason, or somebody else was faster.
        """
        given = read_reason(reason)
        async with self._database.unit() as tx:
            campaign, application, before = await self._decidable(tx, actor, application_id, version, to, given)
            moved = await self._move(tx, actor, application, to, given or None)
            await self._notices.tell_decided(tx, campaign, moved, application.state)
            counts = await self._slots_changed(tx, campaign, before)
            await self._record(tx, actor, to.value, moved)
        return campaign, moved, counts

    async def _move(
        self, tx: UnitOfWork, actor: Actor, application: Application, to: ApplicationState, reason: str | None
    ) -> Application:
        now = self._clock.timestamp()
        moved = await application_store.move(tx, application, to, by=actor.id, reason=reason, now=now)
        assert moved is not None, "read in this unit of work"
        await application_store.add_step(tx, moved, at=now, actor_id=actor.id, reason=reason)
        return moved

    async def _slots_changed(self, tx: UnitOfWork, campaign: Campaign, before: Counts) -> Counts:
        counts = await application_store.counts(tx, campaign.id)
        await self._notices.applicants_changed(tx, campaign)
        if rules.is_full(campaign, counts) != rules.is_full(campaign, before):
            await self._notices.redraw_announcement(tx, campaign, counts)
        return counts

    async def _seen_by_creator(self, reads: Reads, campaign: Campaign, application: Application) -> OwnApplication:
        accounts = await self._creators.get_many({application.creator_id}, reads)
        return OwnApplication(
            campaign=campaign,
            application=application,
            account=accounts.get(application.creator_id),
            steps=tuple(await application_store.steps(reads, application.id)),
            changeable=rules.may_change(campaign, application, self._clock.timestamp()),
            withdrawable=rules.may_withdraw(campaign, application),
            can_step_back=rules.may_step_back(campaign, application),
        )

    async def _decidable(
        self, reads: Reads, actor: Actor, application_id: int, version: int, to: ApplicationState, reason: str
    ) -> tuple[Campaign, Application, Counts]:
        application = await self._get(reads, application_id)
        campaign = await self._campaigns.get(application.campaign_id, reads)
        counts = await application_store.counts(reads, campaign.id)
        if application.member_id == actor.id:
            raise NotAllowed("Ini lamaranmu sendiri. Minta rekan Tim KOL lain yang memutuskan, ya.")
        if application.version != version:
            raise TooLate(rules.decided_already(application, actor.id))
        rules.check_decision(campaign, application, counts, to, reason)
        return campaign, application, counts

    async def _own(self, reads: Reads, member_id: int, application_id: int) -> tuple[Campaign, Application]:
        application = await application_store.get(reads, application_id)
        if application is None or application.member_id != member_id:
            raise NotFound("Lamaran ini bukan milikmu. Lihat lamaranmu dengan /kampanye status.")
        return await self._campaigns.get(application.campaign_id, reads), application

    async def _get(self, reads: Reads, application_id: int) -> Application:
        application = await application_store.get(reads, application_id)
        if application is None:
            raise NotFound("Lamaran ini sudah tidak ada. Buka lagi daftarnya lewat /kampanye-admin pelamar.")
        return application

    async def _record(self, tx: UnitOfWork, actor: Actor, what: str, application: Application, **more: object) -> None:
        await audit.record(
            tx,
            actor,
            f"application.{what}",
            ("application", application.id),
            at=self._clock.timestamp(),
            details={"campaign_id": application.campaign_id, "member_id": application.member_id, **more},
        )


def _chosen(opening: Opening, creator_id: str | None) -> Creator:
    if creator_id is None:
        return opening.fitting[0]
    for account in opening.fitting:
        if str(account.id) == creator_id:
            return account
    raise FormRefused(["Akun yang dipilih tidak memenuhi syarat kampanye ini. Pilih akun lain."])


def _changes(before: Application, account_id: int, pitch: Pitch) -> list[str]:
    """Which parts a new version changes, by name: what they say stays out of the audit."""
    parts = {
        "account": account_id != before.creator_id,
        "pitch": pitch.text != before.pitch,
        "rate": pitch.rate != before.rate,
        "links": pitch.links != before.sample_links,
    }
    return [name for name, differs in parts.items() if differs]


def _named(account: Creator, sentence: str, accounts: list[Creator]) -> str:
    if len(accounts) == 1:
        return sentence
    return f"@{account.record.username} ({account.record.platform.label}): {sentence}"
