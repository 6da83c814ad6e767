"""Pictures of the creator database: one creator, several side by side, and what an import did."""

from bot.creators.comparison_card import ComparedCreator, ComparisonCard
from bot.creators.comparison_card import alt_text as _comparison_alt
from bot.creators.comparison_card import layout as _comparison
from bot.creators.import_card import ImportSummaryCard
from bot.creators.import_card import alt_text as _import_alt
from bot.creators.import_card import layout as _import
from bot.creators.profile_card import CreatorCard
from bot.creators.profile_card import alt_text as _profile_alt
from bot.creators.profile_card import layout as _profile
from bot.platform.drawing import Canvas

__all__ = ["ComparedCreator", "ComparisonCard", "CreatorCard", "ImportSummaryCard", "alt_text", "layout", "render"]

Card = CreatorCard | ComparisonCard | ImportSummaryCard


def layout(card: Card) -> Canvas:
    """Draw the card."""
    match card:
        case CreatorCard():
            return _profile(card)
        case ComparisonCard():
            return _comparison(card)
        case ImportSummaryCard():
            return _import(card)


def render(card: Card) -> bytes:
    """The card as PNG."""
    return layout(card).png()


def alt_text(card: Card) -> str:
    """The card in words, for people who don't see it; at most 1,024 characters."""
    match card:
        case CreatorCard():
            return _profile_alt(card)
        case ComparisonCard():
            return _comparison_alt(card)
        case ImportSummaryCard():
            return _import_alt(card)
