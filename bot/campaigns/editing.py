"""Use cases of writing a campaign: every form is saved at once, so that a restart loses nothing."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.campaigns import application_store, reading, rules, store
from bot.campaigns.models import Campaign, CampaignState
from bot.campaigns.notices import Notices
from bot.campaigns.reading import AccountsForm, BasicsForm, FiguresForm, RewardForm
from bot.campaigns.service import DEADLINE, CampaignService
from bot.platform import audit, stored_files
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.crypto import Vault
from bot.platform.database import Database, UnitOfWork
from bot.platform.errors import FormRefused
from bot.platform.files import FileKind, check_upload, clean_image
from bot.platform.scheduler import Scheduler
from bot.platform.stored_files import Sealed

# Drawn at 360 pixels on the card; twice that is sharp on any screen.
IMAGE_SIDE = 1_080
# Messages that still wait in the outbox may name the picture that was replaced.
KEEP_REPLACED_SECONDS = 7 * 86_400

Change = Callable[[UnitOfWork, Campaign], Awaitable[Campaign]]


class CampaignEditing:
    """Drafts and later changes. What is announced already is redrawn."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        vault: Vault,
        scheduler: Scheduler,
        notices: Notices,
        campaigns: CampaignService,
    ) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault
        self._scheduler = scheduler
        self._notices = notices
        self._campaigns = campaigns

    async def editable(self, campaign_id: int) -> Campaign:
        """A campaign that may still be changed. Raises DomainError."""
        campaign = await self._campaigns.get(campaign_id)
        rules.check_edit(campaign)
        return campaign

    async def create(self, actor: Actor, form: BasicsForm) -> Campaign:
        """Begin a draft. Raises FormRefused."""
        basics = reading.read_basics(form, self._clock.now())
        async with self._database.unit() as tx:
            campaign = await store.insert_draft(tx, basics, actor.id, self._clock.timestamp())
            await self._record(tx, actor, "created", campaign)
        return campaign

    async def change_basics(self, actor: Actor, campaign_id: int, form: BasicsForm) -> Campaign:
        """Change title, brand, brief, slots and deadline. A later deadline opens a closed campaign again."""

        async def change(tx: UnitOfWork, campaign: Campaign) -> Campaign:
            basics = reading.read_basics(form, self._clock.now(), kept_deadline=campaign.basics.deadline_at)
            accepted = (await application_store.counts(tx, campaign_id)).accepted
            if basics.slots < accepted:
                raise FormRefused([f"Sudah {accepted} kreator diterima, jadi slot tidak bisa kurang dari itu."])
            reopened = rules.reopens(campaign, basics.deadline_at, self._clock.timestamp())
            changed = await store.save_basics(tx, campaign_id, basics)
            if reopened:
                changed = await store.reopen(tx, campaign_id)
            if changed.state is CampaignState.OPEN:
                await self._scheduler.cancel(tx, DEADLINE, campaign_id)
                await self._scheduler.at(tx, DEADLINE, campaign_id, basics.deadline_at)
            return changed

        return await self._change(actor, campaign_id, "basics", change)

    async def change_reward(
        self, actor: Actor, campaign_id: int, form: RewardForm, picture: tuple[str, bytes] | None
    ) -> Campaign:
        """Change the reward and, where one was uploaded (file name, bytes), the product picture.

        Raises FormRefused, FileRefused for what is no picture, TooLate once somebody was accepted for another reward.
        """
        reward = reading.read_reward(form)
        sealed = await asyncio.to_thread(_sealed_picture, self._vault, picture[1]) if picture else None

        async def change(tx: UnitOfWork, campaign: Campaign) -> Campaign:
            rules.check_reward_change(campaign, reward, await application_store.counts(tx, campaign_id))
            changed = await store.save_reward(tx, campaign_id, reward)
            if sealed is None or picture is None:
                return changed
            file_id = await stored_files.keep(
                tx,
                self._vault,
                filename=picture[0][:100],
                kind=FileKind.IMAGE,
                content=sealed,
                owner_id=actor.id,
                now=self._clock.timestamp(),
            )
            return await self._replace_picture(tx, changed, file_id)

        return await self._change(actor, campaign_id, "reward", change)

    async def drop_picture(self, actor: Actor, campaign_id: int) -> Campaign:
        """Announce without a product picture."""

        async def change(tx: UnitOfWork, campaign: Campaign) -> Campaign:
            return await self._replace_picture(tx, campaign, None)

        return await self._change(actor, campaign_id, "picture", change)

    async def change_accounts(self, actor: Actor, campaign_id: int, form: AccountsForm) -> Campaign:
        """Change which kind of account is wanted. Applications that were sent stay."""

        async def change(tx: UnitOfWork, campaign: Campaign) -> Campaign:
            wanted = reading.read_accounts(form, campaign.requirements)
            return await store.save_requirements(tx, campaign_id, wanted)

        return await self._change(actor, campaign_id, "accounts", change)

    async def change_figures(self, actor: Actor, campaign_id: int, form: FiguresForm) -> Campaign:
        """Change which figures are wanted. Applications that were sent stay. Raises FormRefused."""

        async def change(tx: UnitOfWork, campaign: Campaign) -> Campaign:
            wanted = reading.read_figures(form, campaign.requirements)
            return await store.save_requirements(tx, campaign_id, wanted)

        return await self._change(actor, campaign_id, "figures", change)

    async def _change(self, actor: Actor, campaign_id: int, what: str, change: Change) -> Campaign:
        async with self._database.unit() as tx:
            campaign = await self._campaigns.get(campaign_id, tx)
            rules.check_edit(campaign)
            changed = await change(tx, campaign)
            await self._notices.redraw_announcement(tx, changed, await application_store.counts(tx, campaign_id))
            if changed.board_id is not None:
                await self._notices.applicants_changed(tx, changed)
            await self._record(tx, actor, f"{what}_changed", changed)
        return changed

    async def _replace_picture(self, tx: UnitOfWork, campaign: Campaign, file_id: int | None) -> Campaign:
        if campaign.image_file_id is not None:
            expires_at = self._clock.timestamp() + KEEP_REPLACED_SECONDS
            await stored_files.set_expiry(tx, campaign.image_file_id, expires_at)
        return await store.save_image(tx, campaign.id, file_id)

    async def _record(self, tx: UnitOfWork, actor: Actor, what: str, campaign: Campaign) -> None:
        # The fee is not among the details: it may be kept from others than the KOL team.
        await audit.record(
            tx,
            actor,
            f"campaign.{what}",
            ("campaign", campaign.id),
            at=self._clock.timestamp(),
            details={
                "title": campaign.title,
                "slots": campaign.basics.slots,
                "deadline_at": campaign.basics.deadline_at,
                "state": campaign.state.value,
            },
        )


def _sealed_picture(vault: Vault, data: bytes) -> Sealed:
    checked = clean_image(check_upload(data, [FileKind.IMAGE]), IMAGE_SIDE)
    return stored_files.seal(vault, checked.data)
