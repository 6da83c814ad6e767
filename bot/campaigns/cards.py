"""Pictures of a campaign: its announcement, and its applicants side by side."""

from bot.campaigns.announcement_card import CampaignCard
from bot.campaigns.announcement_card import alt_text as _announcement_alt
from bot.campaigns.announcement_card import layout as _announcement
from bot.campaigns.applicants_card import ApplicantRow, ApplicantsCard
from bot.campaigns.applicants_card import alt_text as _applicants_alt
from bot.campaigns.applicants_card import layout as _applicants
from bot.platform.drawing import Canvas

__all__ = ["ApplicantRow", "ApplicantsCard", "CampaignCard", "alt_text", "layout", "render"]


def layout(card: CampaignCard | ApplicantsCard) -> Canvas:
    """Draw the card."""
    return _announcement(card) if isinstance(card, CampaignCard) else _applicants(card)


def render(card: CampaignCard | ApplicantsCard) -> bytes:
    """The card as PNG."""
    return layout(card).png()


def alt_text(card: CampaignCard | ApplicantsCard) -> str:
    """The card in words, for people who don't see it; at most 1,024 characters."""
    return _announcement_alt(card) if isinstance(card, CampaignCard) else _applicants_alt(card)
