"""The area's pictures: facts in, PNG out."""

from bot.acquisition import growth_card, plan_card
from bot.acquisition.growth_card import GrowthCard, GrowthRow
from bot.acquisition.plan_card import PlanCard, TargetRow, WayRow
from bot.platform.drawing import Canvas

Card = PlanCard | GrowthCard

__all__ = ["Card", "GrowthCard", "GrowthRow", "PlanCard", "TargetRow", "WayRow", "alt_text", "layout", "render"]


def layout(card: Card) -> Canvas:
    """Draw any card of the area."""
    return plan_card.layout(card) if isinstance(card, PlanCard) else growth_card.layout(card)


def render(card: Card) -> bytes:
    """Any card of the area as PNG. Slow: call it off the event loop."""
    return layout(card).png()


def alt_text(card: Card) -> str:
    """Any card in words."""
    return plan_card.alt_text(card) if isinstance(card, PlanCard) else growth_card.alt_text(card)
