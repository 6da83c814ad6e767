"""Pictures of the calendar: a post's card, a month, the evaluation."""

from bot.content_calendar import evaluation_card, month_card, post_card
from bot.content_calendar.evaluation_card import EvaluationCard, EvaluationRow
from bot.content_calendar.month_card import DayEntry, MonthCard
from bot.content_calendar.post_card import PostCard
from bot.platform.drawing import Canvas

Card = PostCard | MonthCard | EvaluationCard
__all__ = [
    "Card",
    "DayEntry",
    "EvaluationCard",
    "EvaluationRow",
    "MonthCard",
    "PostCard",
    "alt_text",
    "layout",
    "render",
]


def layout(card: Card) -> Canvas:
    """Draw the card."""
    match card:
        case PostCard():
            return post_card.layout(card)
        case MonthCard():
            return month_card.layout(card)
        case EvaluationCard():
            return evaluation_card.layout(card)


def render(card: Card) -> bytes:
    """The card as PNG."""
    return layout(card).png()


def alt_text(card: Card) -> str:
    """The card in words, for people who don't see it; at most 1,024 characters."""
    match card:
        case PostCard():
            return post_card.alt_text(card)
        case MonthCard():
            return month_card.alt_text(card)
        case EvaluationCard():
            return evaluation_card.alt_text(card)
