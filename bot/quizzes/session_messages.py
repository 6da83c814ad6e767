"""How a question looks that comes in turn: a post of its own, closed when its time is over."""

from bot.platform.durations import write_duration
from bot.platform.messages import Button, ButtonStyle, Field, Message, Picture, custom_id
from bot.platform.palette import NEUTRAL, PRIMARY
from bot.platform.text import clip, one_line
from bot.quizzes import messages
from bot.quizzes.models import Question, QuestionKind, Quiz


def question(quiz: Quiz, asked: Question, total: int) -> Message:
    """The post of a question as it stands; a closed one tells what was right, unless the quiz was called off."""
    over = asked.closed_at is not None
    parts = [messages.asked([asked])]
    if quiz.called_off is not None:
        parts.append("**Kuis dibatalkan.**")
    elif over:
        parts.append(messages.right_answers([asked]))
    closes = f"<t:{asked.closed_at}:T>" if over else f"<t:{asked.closes_at}:R>"
    return Message(
        title=clip(f"Soal {asked.position} dari {total}: {quiz.title}", 256),
        description="\n\n".join(parts),
        colour=NEUTRAL if over else PRIMARY,
        fields=[Field("Soal ini ditutup", closes)],
        footer=f"Kuis {quiz.id} · satu jawaban per orang" + (", boleh diubah" if quiz.conditions.changeable else ""),
        buttons=[] if over else _buttons(quiz, asked),
        picture=_card(quiz, asked, total),
    )


def _buttons(quiz: Quiz, asked: Question) -> list[list[Button]]:
    mine = Button(custom_id("quiz:mine", quiz.id), "Jawabanku")
    if asked.kind is QuestionKind.CHOICE:
        return [messages.picks(asked), [mine]]
    return [[Button(custom_id("quiz:reply", asked.id), "Jawab", ButtonStyle.PRIMARY), mine]]


def _card(quiz: Quiz, asked: Question, total: int) -> Picture:
    over = asked.closed_at is not None and quiz.called_off is None
    facts: dict[str, object] = {
        "title": quiz.title,
        "big_words": asked.big_words,
        "question": clip(one_line(asked.prompt), messages.QUESTION_ON_CARD),
        "badge": f"Soal {asked.position} dari {total}",
        "prize": messages.prize_text(quiz),
        "winners": messages.winners_text(quiz),
        "lasts": write_duration(quiz.pacing.question_seconds or 0),
        "lasts_label": "Waktu menjawab",
        "hidden": not over,
        "answer": asked.right_answer if over else "",
    }
    return Picture("quiz", facts, f"kuis-{quiz.id}-soal-{asked.position}.png", asked.image_file_id)
