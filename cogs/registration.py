"""/daftar: a creator registers in three short forms and proves a claim."""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.onboarding import registration_wording as wording
from bot.onboarding.drafting import RegistrationDrafts
from bot.onboarding.models import Averages, Draft, Sent, Step
from bot.onboarding.wording import consent
from bot.platform.messages import Message
from bot.platform.stored_files import Sealed, seal
from bot.server.models import Access
from cogs import registration_forms
from cogs.onboarding import person_of
from cogs.ui.answers import Interaction, actor, answer, hold, redraw
from cogs.ui.confirming import confirm
from cogs.ui.forms import Answers, FormSpec
from cogs.ui.routing import AreaCog, allow, custom_id, form, press
from cogs.ui.uploads import read_image

if TYPE_CHECKING:
    from bot.app import TSCreatorBot

ABOUT = custom_id("registration:about")
ACCOUNT = custom_id("registration:account")
AVERAGES = custom_id("registration:averages")


async def sealed_image(bot: TSCreatorBot, upload: discord.Attachment) -> Sealed:
    """A checked screenshot, encrypted. Defer first: this takes a while."""
    image = await read_image(upload, bot.settings.upload_limit_mb)
    return await asyncio.to_thread(seal, bot.services.vault, image.data)


class RegistrationCog(AreaCog):
    """The creator's side. Every step is found by who presses: the draft is theirs alone."""

    @app_commands.command(name="daftar", description="Daftar jadi kreator, lanjutkan registrasi, atau tambah akun")
    @allow(Access.EVERYONE)
    async def register(self, interaction: Interaction) -> None:
        """Begin, go on, or add an account."""
        await self._begin(interaction)

    @press("registration:start", access=Access.EVERYONE)
    async def start(self, interaction: Interaction) -> None:
        """The same, from a button."""
        await self._begin(interaction)

    @press("registration:agree", access=Access.EVERYONE)
    async def agree(self, interaction: Interaction) -> None:
        """Consent is given: the first form follows at once."""
        if await self._is_refused(interaction):
            return
        draft = await self._drafts.agree(person_of(interaction.user))
        await self.bot.router.open_form(interaction, ABOUT if draft.about is None else ACCOUNT)

    @press("registration:disagree", access=Access.EVERYONE)
    async def disagree(self, interaction: Interaction) -> None:
        """No consent, no data."""
        await self._drafts.forget(interaction.user.id)
        await redraw(interaction, wording.DISAGREED)

    @press("registration:add", access=Access.EVERYONE)
    async def add(self, interaction: Interaction) -> None:
        """Another account: only what is new is asked, and nothing is kept before the first answer."""
        if await self._is_refused(interaction):
            return
        draft = await self._drafts.beginning(interaction.user.id)
        if draft is None:
            await answer(interaction, consent())
        elif draft.account is not None:
            await answer(interaction, await self._progress(draft))
        else:
            await self.bot.router.open_form(interaction, ABOUT if draft.about is None else ACCOUNT)

    @press("registration:fill_about", access=Access.EVERYONE)
    async def fill_about(self, interaction: Interaction) -> None:
        """Open the first form."""
        await self.bot.router.open_form(interaction, ABOUT)

    @press("registration:fill_account", access=Access.EVERYONE)
    async def fill_account(self, interaction: Interaction) -> None:
        """Open the second form."""
        await self.bot.router.open_form(interaction, ACCOUNT)

    @press("registration:fill_averages", access=Access.EVERYONE)
    async def fill_averages(self, interaction: Interaction) -> None:
        """Open the third form."""
        await self.bot.router.open_form(interaction, AVERAGES)

    async def _about_form(self, interaction: Interaction) -> FormSpec:
        return registration_forms.about_you(await self._drafts.needed(interaction.user.id, Step.ABOUT_YOU))

    async def _account_form(self, interaction: Interaction) -> FormSpec:
        return registration_forms.account(await self._drafts.needed(interaction.user.id, Step.ACCOUNT))

    async def _averages_form(self, interaction: Interaction) -> FormSpec:
        return registration_forms.averages(await self._drafts.needed(interaction.user.id, Step.AVERAGES))

    @form("registration:about", access=Access.EVERYONE, build=_about_form)
    async def about(self, interaction: Interaction, answers: Answers) -> None:
        """Who they are; under 18 nothing of it is kept."""
        was_refused = await self._drafts.refused_until(interaction.user.id) is not None
        texts = {name: answers.text(name) for name in ("city", "province", "contact")}
        draft = await self._drafts.about_you(
            person_of(interaction.user), age=answers.choice("age"), gender=answers.choice("gender"), **texts
        )
        until = await self._drafts.refused_until(interaction.user.id)
        if draft is None and until is not None:
            await redraw(interaction, wording.too_young(until, again=was_refused))
        elif draft is not None:
            await redraw(interaction, await self._progress(draft))

    @form("registration:account", access=Access.EVERYONE, build=_account_form)
    async def account(self, interaction: Interaction, answers: Answers) -> None:
        """Which account it is."""
        draft = await self._drafts.account(
            person_of(interaction.user),
            platform=answers.choice("platform"),
            username=answers.text("username"),
            followers=answers.text("followers"),
            niches=answers.choices("niches"),
        )
        await redraw(interaction, await self._progress(draft))

    @form("registration:averages", access=Access.EVERYONE, build=_averages_form)
    async def averages(self, interaction: Interaction, answers: Answers) -> None:
        """A usual post's figures, and the screenshot if there is one."""
        told = {name: answers.text(name) for name in ("views", "likes", "comments", "shares")}
        figures = self._drafts.read_averages(**told)
        insight = None
        if uploads := answers.files("insight"):
            await hold(interaction)
            insight = await self._sealed(uploads[0])
        draft = await self._drafts.averages(person_of(interaction.user), figures, insight)
        await redraw(interaction, await self._progress(draft))

    @press("registration:skip_averages", access=Access.EVERYONE)
    async def skip_averages(self, interaction: Interaction) -> None:
        """Figures may come later."""
        draft = await self._drafts.averages(person_of(interaction.user), Averages())
        await redraw(interaction, await self._progress(draft))

    @press("registration:forget", access=Access.EVERYONE)
    async def forget(self, interaction: Interaction) -> None:
        """Ask before throwing away what was typed."""
        held = await self.bot.services.registrations.profile(interaction.user.id)
        question = wording.forget_question(is_extra=bool(held.accounts or held.waiting))
        await confirm(interaction, question, custom_id("registration:forget_now"), "Ya, hapus")

    @press("registration:forget_now", access=Access.EVERYONE)
    async def forget_now(self, interaction: Interaction) -> None:
        """Throw it away."""
        await self._drafts.forget(interaction.user.id)
        await redraw(interaction, wording.FORGOTTEN)

    @press("registration:send:{revision}", access=Access.EVERYONE)
    async def send(self, interaction: Interaction, revision: int) -> None:
        """Send what the summary shows; an older summary is shown anew instead."""
        person = person_of(interaction.user)
        result = await self.bot.services.registrations.send(actor(interaction), person, revision, secrets.choice)
        if result.sent is Sent.CHANGED_SINCE and result.draft is not None:
            await redraw(interaction, await self._progress(result.draft))
            return
        member = await self.bot.services.onboarding.member(person.id)
        await redraw(
            interaction,
            wording.sent(result.sent, result.registration, member, is_first_account=result.is_first_account),
        )

    @press("registration:claim:{registration_id}", access=Access.EVERYONE)
    async def claim(self, interaction: Interaction, registration_id: int) -> None:
        """How to prove an open claim."""
        await answer(
            interaction, wording.claim(await self.bot.services.claims.own(interaction.user.id, registration_id))
        )

    async def _proof_form(self, interaction: Interaction, registration_id: int) -> FormSpec:
        await self.bot.services.claims.own(interaction.user.id, registration_id)
        return registration_forms.proof()

    @press("registration:proof_open:{registration_id}", access=Access.EVERYONE)
    async def open_proof(self, interaction: Interaction, registration_id: int) -> None:
        """Open the upload form."""
        await self.bot.router.open_form(interaction, custom_id("registration:proof", registration_id))

    @form("registration:proof:{registration_id}", access=Access.EVERYONE, build=_proof_form)
    async def proof(self, interaction: Interaction, answers: Answers, registration_id: int) -> None:
        """Take the screenshot in."""
        await hold(interaction)
        screenshot = await self._sealed(answers.files("proof")[0])
        person = person_of(interaction.user)
        claim = await self.bot.services.claims.prove(actor(interaction), person, registration_id, screenshot)
        await redraw(interaction, wording.claim(claim))

    @press("registration:code_placed:{registration_id}", access=Access.EVERYONE)
    async def code_placed(self, interaction: Interaction, registration_id: int) -> None:
        """The code is in the bio, they say: staff may look."""
        person = person_of(interaction.user)
        claim = await self.bot.services.claims.code_placed(actor(interaction), person, registration_id)
        await redraw(interaction, wording.claim(claim))

    @press("registration:withdraw_ask:{registration_id}", access=Access.EVERYONE)
    async def ask_to_withdraw(self, interaction: Interaction, registration_id: int) -> None:
        """Ask before a claim is taken back."""
        await self.bot.services.claims.own(interaction.user.id, registration_id)
        yes = custom_id("registration:withdraw", registration_id)
        await confirm(interaction, "Tarik klaim ini? Kamu bisa mendaftarkannya lagi nanti.", yes, "Ya, tarik")

    @press("registration:withdraw:{registration_id}", access=Access.EVERYONE)
    async def withdraw(self, interaction: Interaction, registration_id: int) -> None:
        """Take it back."""
        await self.bot.services.claims.withdraw(actor(interaction), person_of(interaction.user), registration_id)
        await redraw(interaction, "Klaimmu sudah ditarik. Salah ketik username? Daftar lagi dengan /daftar.")

    @property
    def _drafts(self) -> RegistrationDrafts:
        return self.bot.services.registrations.drafts

    async def _is_refused(self, interaction: Interaction) -> bool:
        """Whether they chose to be under 18 within the last day; then that is said once more, kindly."""
        until = await self._drafts.refused_until(interaction.user.id)
        if until is not None:
            await answer(interaction, wording.too_young(until, again=True))
        return until is not None

    async def _begin(self, interaction: Interaction) -> None:
        draft = await self._drafts.current(interaction.user.id)
        if draft is not None:
            await answer(interaction, await self._progress(draft))
            return
        held = await self.bot.services.registrations.profile(interaction.user.id)
        accounts = [creator for creator, _ in held.accounts]
        started = bool(accounts or held.waiting)
        if started:
            await answer(interaction, wording.already(accounts, held.waiting))
        elif not await self._is_refused(interaction):
            await answer(interaction, consent())

    async def _progress(self, draft: Draft) -> Message:
        contact = draft.about.contact.masked() if draft.about else ""
        needs_proof = await self._drafts.needs_proof(draft)
        held = await self.bot.services.registrations.profile(draft.member_id)
        accounts = [creator for creator, _ in held.accounts]
        return wording.progress(draft, needs_proof=needs_proof, contact=contact, accounts=accounts)

    async def _sealed(self, upload: discord.Attachment) -> Sealed:
        return await sealed_image(self.bot, upload)


async def setup(bot: commands.Bot) -> None:
    """Called by discord.py."""
    await bot.add_cog(RegistrationCog(bot))
