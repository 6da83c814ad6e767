"""Pictures of the creator database: one creator, and what an import did."""

from bot.creators.import_card import ImportSummaryCard
from bot.creators.import_card import alt_text as _import_alt
from bot.creators.import_card import layout as _import
from bot.creators.profile_card import CreatorCard
from bot.creators.profile_card import alt_text as _profile_alt
from bot.creators.profile_card import layout as _profile
from bot.platform.drawing import Canvas

__all__ = ["CreatorCard", "ImportSummaryCard", "alt_text", "layout", "render"]


def layout(card: CreatorCard | ImportSummaryCard) -> Canvas:
    """Draw the card."""
    return _profile(card) if isinstance(card, CreatorCard) else _import(card)


def render(card: CreatorCard | ImportSummaryCard) -> bytes:
    """The card as PNG."""
    return layout(card).png()


def alt_text(card: CreatorCard | ImportSummaryCard) -> str:
    """The card in words, for people who don't see it; at most 1,024 characters."""
    return _profile_alt(card) if isinstance(card, CreatorCard) else _import_alt(card)
