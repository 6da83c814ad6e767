"""Buttons of campaigns that more than one message carries."""

from typing import Final

from bot.campaigns.models import Application
from bot.onboarding.wording import HELP_BUTTON, REGISTER_BUTTON
from bot.platform.messages import Button, ButtonStyle, custom_id

__all__ = ["BROWSE", "HELP_BUTTON", "REGISTER_BUTTON", "STATUS", "change", "step_back", "withdraw"]

STATUS: Final = Button(custom_id("campaign:status"), "Status lamaranku", ButtonStyle.PRIMARY)
BROWSE: Final = Button(custom_id("campaign:browse"), "Kampanye lain")


def change(application: Application, label: str = "Ubah lamaran") -> Button:
    """Reopens the form, filled in."""
    return Button(custom_id("campaign:change", application.id), label)


def withdraw(application: Application) -> Button:
    """Takes an undecided application back."""
    return Button(custom_id("campaign:withdraw", application.id), "Batalkan lamaran", ButtonStyle.DANGER)


def step_back(application: Application, label: str = "Aku tidak bisa ikut") -> Button:
    """Gives an accepted creator's slot back."""
    return Button(custom_id("campaign:step-back", application.id), label)
