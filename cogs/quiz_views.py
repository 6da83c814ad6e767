"""How quizzes look to members: what was recorded, one's own answers, the leaderboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from discord.utils import escape_markdown

from bot.platform.messages import Field, Message, Picture
from bot.platform.palette import NEUTRAL, PRIMARY, SUCCESS
from bot.platform.text import quote
from bot.quizzes import cards, rules
from bot.quizzes.cards import QuizCard, RankingCard, RankRow, WinnersCard
from bot.quizzes.models import Answer, Place, Quiz, QuizState, Season
from bot.quizzes.service import Whole


def draw_quiz(facts: Mapping[str, Any], image: bytes | None) -> tuple[bytes, str]:
    """The announcement's picture and its alt text."""
    card = QuizCard(**facts, image=image)
    return cards.render(card), cards.alt_text(card)


def draw_winners(facts: Mapping[str, Any], image: bytes | None) -> tuple[bytes, str]:
    """The winners' picture and its alt text."""
    card = WinnersCard(**{**facts, "names": tuple(facts["names"])})
    return cards.render(card), cards.alt_text(card)


def draw_ranking(facts: Mapping[str, Any], image: bytes | None) -> tuple[bytes, str]:
    """The leaderboard's picture and its alt text."""
    own = RankRow(**facts["own"]) if facts["own"] else None
    card = RankingCard(**{**facts, "rows": tuple(RankRow(**row) for row in facts["rows"]), "own": own})
    return cards.render(card), cards.alt_text(card)


def recorded(quiz: Quiz, given: Sequence[Answer], total: int) -> Message:
    """What a member reads after answering; never whether it is right."""
    lines = [f"{f'**{number}.** ' if total > 1 else ''}{said(one)}" for number, one in enumerate(given, start=1)]
    left = total - len(given)
    after = f"\n{left} soal belum kamu jawab." if left else ""
    change = " Sampai saat itu masih bisa kamu ubah." if quiz.conditions.changeable else ""
    return Message(
        title="Jawabanmu tercatat",
        description=(
            "\n".join(lines) + f"{after}\n\nHanya kamu yang melihat ini. Hasilnya diumumkan setelah kuis ditutup "
            f"<t:{quiz.closes_at}:R>.{change}"
        ),
        colour=SUCCESS,
    )


def mine(whole: Whole, given: Mapping[int, Answer]) -> Message:
    """A member's own answers; right or wrong only after the end."""
    quiz = whole.quiz
    if not given:
        told = "Kamu belum menjawab kuis ini." + (
            " Tekan Jawab sebelum ditutup." if quiz.state is QuizState.OPEN else ""
        )
        return Message(description=told, colour=NEUTRAL)
    ended = quiz.state is QuizState.CLOSED
    lines: list[str] = []
    for question in whole.questions:
        answer = given.get(question.id)
        number = f"**{question.position}.** " if len(whole.questions) > 1 else ""
        mark = ("✅ " if answer and answer.right else "❌ ") if ended else ""
        by_hand = " (diterima tim)" if ended and answer and answer.accepted_by else ""
        lines.append(f"{number}{mark}{said(answer) if answer else 'belum dijawab'}{by_hand}")
    note = "" if ended else "\n\nBenar atau tidaknya baru terlihat setelah kuis selesai."
    return Message(title="Jawabanmu", description="\n".join(lines) + note, colour=PRIMARY, footer=quiz.title)


def said(answer: Answer) -> str:
    """An answer as it was given, without letting it play tricks."""
    return escape_markdown(quote(answer.text, 200))


def ranking(season: Season, places: Sequence[Place], member_id: int) -> Message:
    """The season's first ten, and the one who looks."""
    rows = [_row(place, member_id) for place in places[: cards.MOST_ROWS]]
    own = next((_row(place, member_id) for place in places if place.score.member_id == member_id), None)
    shown = any(row["mine"] for row in rows)
    facts = {"season": season.name, "rows": rows, "members": len(places), "own": None if shown else own}
    points = f"{rules.POINTS_RIGHT} poin tiap jawaban benar, {rules.POINTS_WINNER} untuk pemenang, dan bonus beruntun."
    mine_now = f"Poinmu: **{own['points']}**, peringkat {own['rank']}." if own else "Kamu belum punya poin musim ini."
    return Message(
        description=mine_now,
        colour=PRIMARY,
        fields=[Field("Cara dapat poin", f"{points} Musim ini berakhir <t:{season.ends_at}:D>.", inline=False)],
        picture=Picture("quiz_ranking", facts, f"klasemen-{season.key}.png"),
    )


def _row(place: Place, member_id: int) -> dict[str, Any]:
    score = place.score
    return {
        "rank": place.rank,
        "name": score.name,
        "points": score.points,
        "right": score.right,
        "streak": score.streak,
        "mine": score.member_id == member_id,
    }
