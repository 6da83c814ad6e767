"""Pictures of quizzes: the announcement, the winners, the season's leaderboard."""

from bot.platform.drawing import Canvas
from bot.quizzes import announcement_card, ranking_card, winners_card
from bot.quizzes.announcement_card import QuizCard
from bot.quizzes.ranking_card import MOST as MOST_ROWS
from bot.quizzes.ranking_card import RankingCard, RankRow
from bot.quizzes.winners_card import WinnersCard

__all__ = ["MOST_ROWS", "QuizCard", "RankRow", "RankingCard", "WinnersCard", "alt_text", "layout", "render"]

Card = QuizCard | WinnersCard | RankingCard


def layout(card: Card) -> Canvas:
    """Draw the card."""
    match card:
        case QuizCard():
            return announcement_card.layout(card)
        case WinnersCard():
            return winners_card.layout(card)
        case RankingCard():
            return ranking_card.layout(card)


def render(card: Card) -> bytes:
    """The card as PNG."""
    return layout(card).png()


def alt_text(card: Card) -> str:
    """The card in words, for people who don't see it; at most 1,024 characters."""
    match card:
        case QuizCard():
            return announcement_card.alt_text(card)
        case WinnersCard():
            return winners_card.alt_text(card)
        case RankingCard():
            return ranking_card.alt_text(card)
