"""/profil: a creator sees what is held about them, changes it, and may ask for its deletion."""

from __future__ import annotations

from discord import app_commands
from discord.ext import commands

from bot.creators.service import Creator
from bot.onboarding import profile_wording as wording
from bot.onboarding.updating import ProfileUpdates
from bot.platform.messages import Message
from bot.server.models import Access
from cogs import profile_forms
from cogs.onboarding import person_of
from cogs.registration import sealed_image
from cogs.ui.answers import Interaction, actor, answer, hold, redraw
from cogs.ui.confirming import confirm
from cogs.ui.forms import Answers, FormSpec
from cogs.ui.routing import AreaCog, allow, choose, custom_id, form, press


class ProfileCog(AreaCog):
    """What belongs to whoever presses, and to nobody else."""

    @app_commands.command(name="profil", description="Lihat atau perbarui datamu (hanya kamu yang melihat)")
    @allow(Access.EVERYONE)
    async def profile(self, interaction: Interaction) -> None:
        """What we hold about whoever asks."""
        held = await self.bot.services.registrations.profile(interaction.user.id)
        await answer(interaction, wording.profile(held.member, held.accounts, held.registrations))

    @press("profile:update", access=Access.EVERYONE)
    async def update(self, interaction: Interaction) -> None:
        """What can be changed; which account is asked only where there are several."""
        accounts = await self._profiles.accounts(interaction.user.id)
        await answer(interaction, self._menu(accounts[0]) if len(accounts) == 1 else wording.choose_account(accounts))

    @choose("profile:pick", access=Access.EVERYONE)
    async def pick(self, interaction: Interaction, values: list[str]) -> None:
        """One of several accounts."""
        await redraw(interaction, self._menu(await self._profiles.own(interaction.user.id, int(values[0]))))

    @press("profile:figures_open:{creator_id}", access=Access.EVERYONE)
    async def open_figures(self, interaction: Interaction, creator_id: int) -> None:
        """Open the form of figures."""
        await self.bot.router.open_form(interaction, custom_id("profile:figures", creator_id))

    @press("profile:about_open:{creator_id}", access=Access.EVERYONE)
    async def open_about(self, interaction: Interaction, creator_id: int) -> None:
        """Open the form of place, contact and niches."""
        await self.bot.router.open_form(interaction, custom_id("profile:about", creator_id))

    @press("profile:insight_open:{creator_id}", access=Access.EVERYONE)
    async def open_insight(self, interaction: Interaction, creator_id: int) -> None:
        """Open the upload form."""
        await self.bot.router.open_form(interaction, custom_id("profile:insight", creator_id))

    async def _figures_form(self, interaction: Interaction, creator_id: int) -> FormSpec:
        return profile_forms.figures(await self._profiles.own(interaction.user.id, creator_id))

    async def _about_form(self, interaction: Interaction, creator_id: int) -> FormSpec:
        account = await self._profiles.own(interaction.user.id, creator_id)
        return profile_forms.about(account, self._profiles.masked_contact(account))

    async def _insight_form(self, interaction: Interaction, creator_id: int) -> FormSpec:
        await self._profiles.own(interaction.user.id, creator_id)
        return profile_forms.insight()

    @form("profile:figures:{creator_id}", access=Access.EVERYONE, build=_figures_form)
    async def figures(self, interaction: Interaction, answers: Answers, creator_id: int) -> None:
        """Save new figures."""
        told = {name: answers.text(name) for name in ("followers", "views", "likes", "comments", "shares")}
        person = person_of(interaction.user)
        account = await self._profiles.figures(actor(interaction), person, creator_id, **told)
        await redraw(interaction, self._menu(account, saved=True))

    @form("profile:about:{creator_id}", access=Access.EVERYONE, build=_about_form)
    async def about(self, interaction: Interaction, answers: Answers, creator_id: int) -> None:
        """Save place, contact and niches."""
        told = {name: answers.text(name) for name in ("city", "province", "contact")}
        person, niches = person_of(interaction.user), answers.choices("niches")
        account = await self._profiles.about(actor(interaction), person, creator_id, niches=niches, **told)
        await redraw(interaction, self._menu(account, saved=True))

    @form("profile:insight:{creator_id}", access=Access.EVERYONE, build=_insight_form)
    async def insight(self, interaction: Interaction, answers: Answers, creator_id: int) -> None:
        """Take a new screenshot in."""
        await hold(interaction)
        screenshot = await sealed_image(self.bot, answers.files("insight")[0])
        person = person_of(interaction.user)
        account = await self._profiles.insight(actor(interaction), person, creator_id, screenshot)
        await redraw(interaction, self._menu(account, saved=True))

    @press("profile:delete_ask", access=Access.EVERYONE)
    async def ask_for_deletion(self, interaction: Interaction) -> None:
        """Ask before staff are asked."""
        await confirm(interaction, wording.DELETION_QUESTION, custom_id("profile:delete"), "Ya, minta ke tim")

    @press("profile:delete", access=Access.EVERYONE)
    async def request_deletion(self, interaction: Interaction) -> None:
        """Hand the request to staff, once a day."""
        is_new, asked_at = await self._profiles.request_deletion(actor(interaction), person_of(interaction.user))
        await redraw(interaction, wording.deletion_asked(asked_at, is_new=is_new))

    @property
    def _profiles(self) -> ProfileUpdates:
        return self.bot.services.profiles

    def _menu(self, account: Creator, *, saved: bool = False) -> Message:
        return wording.update_menu(account, self._profiles.masked_contact(account), saved=saved)


async def setup(bot: commands.Bot) -> None:
    """Called by discord.py."""
    await bot.add_cog(ProfileCog(bot))
