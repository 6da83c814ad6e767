"""How quizzes look to members: what was recorded, one's own answers, the leaderboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from discord.utils import escape_markdown

from bot.platform.messages import Field, Message, Picture
from bot.platform.palette import NEUTRAL, PRIMARY, SUCCESS
from bot.platform.text import clip, quote
from bot.prizes.messages import claim_button, prize_text
from bot.prizes.models import PayoutState
from bot.quizzes import cards, rules
from bot.quizzes.answering import Own
from bot.quizzes.cards import QuizCard, RankingCard, RankRow, WinnersCard
from bot.quizzes.models import Answer, Place, Question, QuizState, Season
from bot.quizzes.whole import Whole

_SAID = 200
_SAID_OF_MANY = 90


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


def recorded(whole: Whole, given: Sequence[Answer]) -> Message:
    """What a member reads after answering; never whether it is right."""
    quiz, total = whole.quiz, len(whole.questions)
    position = {question.id: question.position for question in whole.questions}
    lines = [f"{f'**{position[one.question_id]}.** ' if total > 1 else ''}{said(one)}" for one in given]
    left = total - len(given)
    after = f"\n{left} soal belum kamu jawab." if left and not quiz.pacing.in_turn else ""
    until = "Selama soalnya masih dibuka" if quiz.pacing.in_turn else "Sampai saat itu"
    change = f" {until} masih bisa kamu ubah." if quiz.conditions.changeable else ""
    return Message(
        title="Jawabanmu tercatat",
        description=(
            "\n".join(lines) + f"{after}\n\nHanya kamu yang melihat ini. Hasilnya diumumkan setelah kuis ditutup "
            f"<t:{quiz.closes_at}:R>.{change}"
        ),
        colour=SUCCESS,
    )


def mine(own: Own) -> Message:
    """A member's own answers; right or wrong, what was right and what they won only after the end."""
    quiz, given = own.whole.quiz, own.given
    ended = quiz.state is QuizState.CLOSED
    if not given and not ended:
        told = "Kamu belum menjawab kuis ini." + (
            " Tekan Jawab sebelum ditutup." if quiz.state is QuizState.OPEN else ""
        )
        if quiz.called_off is not None:
            told = f"Kuis ini dibatalkan tim: {quiz.called_off.reason}"
        return Message(description=told, colour=NEUTRAL)
    shown = own.whole.asked if ended else own.whole.questions
    lines = [_own_line(question, given.get(question.id), own.whole) for question in shown]
    won = own.result is not None and own.result.won_in is not None
    if quiz.called_off is not None:
        note = f"Kuis ini dibatalkan tim, jadi tidak dihitung: {quiz.called_off.reason}"
    elif won:
        note = _won(own)
    elif not given:
        note = "Kamu tidak ikut kuis ini. Sampai ketemu di kuis berikutnya, ya."
    elif ended:
        note = "Kali ini kamu belum menang. Poinmu ada di /peringkat."
    else:
        note = "Benar atau tidaknya baru terlihat setelah kuis selesai."
    claims = won and own.payout is not None and own.payout.state is PayoutState.WAITING
    return Message(
        title="Kamu menang! 🏆" if won else "Jawabanmu" if given else "Kuis sudah selesai",
        description="\n".join(lines) + f"\n\n{note}",
        colour=SUCCESS if won else PRIMARY if given else NEUTRAL,
        footer=quiz.title,
        buttons=[[claim_button(own.payout)]] if claims and own.payout else [],
    )


def _own_line(question: Question, answer: Answer | None, whole: Whole) -> str:
    many, ended = len(whole.questions) > 1, whole.quiz.state is QuizState.CLOSED
    number = f"**{question.position}.** " if many else ""
    told = said(answer, _SAID_OF_MANY if many else _SAID) if answer else "belum dijawab"
    if not ended:
        return number + told
    by_hand = " (diterima tim)" if answer and answer.accepted_by else ""
    line = f"{number}{'✅' if answer and answer.right else '❌'} {told if answer else 'tidak dijawab'}{by_hand}"
    if (answer and answer.right) or not question.right_answer:
        return line
    right = escape_markdown(clip(question.right_answer, _SAID_OF_MANY))
    return f"{line} · jawabannya **{right}**" if many else f"{line}\nJawabannya: **{right}**"


def _won(own: Own) -> str:
    if own.payout is None:
        return "Poin pemenangnya sudah masuk ke /peringkat."
    told = f"Hadiahmu: **{prize_text(own.payout.prize)}**."
    if own.payout.state is PayoutState.WAITING:
        return f"{told} Ambil sebelum <t:{own.payout.claim_until}:f>."
    return f"{told} {own.payout.state.indonesian}."


def said(answer: Answer, limit: int = _SAID) -> str:
    """An answer as it was given, without letting it play tricks."""
    return escape_markdown(quote(answer.text, limit))


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
