"""What is said about a quiz where it is posted by itself: the announcement, hints, winners, notes for staff."""

from collections.abc import Sequence
from dataclasses import replace

from bot.giveaways.messages import legal_text
from bot.platform import messages
from bot.platform.deadlines import write_deadline
from bot.platform.durations import write_duration
from bot.platform.indonesian import format_number
from bot.platform.messages import Button, ButtonStyle, Field, Message, Picture, custom_id
from bot.platform.palette import NEUTRAL, PRIMARY, WARNING
from bot.platform.text import clip, one_line
from bot.prizes import messages as prize_messages
from bot.prizes.models import Prize
from bot.prizes.reading import worded
from bot.quizzes.models import Hint, Question, QuestionKind, Quiz, QuizState, Way
from bot.quizzes.reading import letter
from bot.quizzes.rules import QUESTIONS_A_FORM

# Ten questions with their options, a caption and the answers stay under Discord's 4,096 and 6,000 characters.
_DESCRIPTION = 4_000
QUESTION_ON_CARD = 160
_INTRO_SHOWN = 1_000
NOBODY = "Tidak ada yang ikut kali ini. Sampai ketemu di kuis berikutnya, ya."
_ASKED = 2_600
_SHORTEST_PROMPT = 60
_OPTION_OF_MANY_SHOWN = 40
_ANSWER_SHOWN = 80


def announcement(quiz: Quiz, questions: Sequence[Question], *, unanswered: bool = False) -> Message:
    """The post in the quiz channel as the quiz stands; a posted one that has closed tells the right answers.

    `unanswered`: nobody took part, so nobody judges questions without a key.
    """
    ended = quiz.state in (QuizState.JUDGING, QuizState.CLOSED, QuizState.CALLED_OFF)
    in_turn = quiz.pacing.in_turn
    if in_turn and quiz.opened_at is not None:
        questions = [one for one in questions if one.opened_at is not None] if ended else questions
    base = messages.from_json(quiz.extra) if quiz.extra else Message()
    intro = "\n\n".join(part for part in (base.content, base.description) if part)
    parts = [session_text(quiz, len(questions)) if in_turn and not ended else asked(questions)]
    if quiz.called_off is not None:
        parts = [f"**Kuis dibatalkan oleh tim.** {quiz.called_off.reason}"]
    elif quiz.state is QuizState.CLOSED:
        parts += [NOBODY] if unanswered else []
        parts.append(right_answers(questions, unanswered=unanswered))
    elif quiz.state is QuizState.JUDGING:
        parts.append("**Kuis ditutup.** Jawaban sedang dinilai tim; pemenangnya diumumkan di sini.")
    left = _DESCRIPTION - sum(len(part) + 2 for part in parts)
    if left > _SHORTEST_PROMPT:
        parts.insert(0, clip(intro, min(left, _INTRO_SHOWN)))
    shows_none = in_turn or _pictured(questions) is None
    picture = base.picture if base.picture and shows_none else card(quiz, questions)
    return replace(
        base,
        content="",
        title=base.title or clip(quiz.title, 256),
        description="\n\n".join(part for part in parts if part),
        colour=NEUTRAL if ended else PRIMARY,
        fields=[*base.fields[:4], *_facts(quiz)],
        footer=f"Kuis {quiz.id} · satu jawaban per orang" + (", boleh diubah" if quiz.conditions.changeable else ""),
        buttons=_buttons(quiz, questions, ended=ended),
        selects=[],
        picture=picture,
    )


def session_text(quiz: Quiz, questions: int) -> str:
    """How a quiz goes whose questions come one after another."""
    seconds, pause = quiz.pacing.question_seconds or 0, quiz.pacing.pause_seconds
    return (
        f"**{questions} soal, satu per satu.** Tiap soal muncul di channel ini dan dibuka {write_duration(seconds)}, "
        f"dengan jeda {write_duration(pause)}. Jawab sebelum waktunya habis, ya."
    )


def asked(questions: Sequence[Question]) -> str:
    """The questions, numbered where there are several, options below."""
    many = len(questions) > 1
    parts: list[str] = []
    for question in questions:
        options = [
            f"**{letter(index)}.** {clip(option, _OPTION_OF_MANY_SHOWN) if many else option}"
            for index, option in enumerate(question.options)
        ]
        room = max(_SHORTEST_PROMPT, _ASKED // len(questions) - sum(map(len, options)))
        number = f"**{question.position}.** " if many else ""
        parts.append("\n".join([number + clip(question.prompt, room), *options]))
    return "\n\n".join(parts)


def right_answers(questions: Sequence[Question], *, unanswered: bool = False) -> str:
    """What was right, with the explanation of a lone question; empty where nobody will ever say (`unanswered`)."""
    many = len(questions) > 1
    if unanswered:
        questions = [question for question in questions if question.has_key]
    if not questions:
        return ""
    lines: list[str] = []
    for question in questions:
        right = clip(question.right_answer, _ANSWER_SHOWN) or "dinilai tim"
        mark = f"{letter(question.right_option)}. " if question.right_option is not None else ""
        lines.append(f"**{question.position}.** {mark}{right}" if many else f"**Jawaban:** {mark}{right}")
        if question.explanation and not many:
            lines.append(question.explanation)
    return ("**Jawaban**\n" if many else "") + "\n".join(lines)


def prize_text(quiz: Quiz) -> str:
    """What each winner gets."""
    prize = quiz.terms.prize
    if prize is None:
        return "Poin musim ini"
    return prize_messages.prize_text(Prize(worded(prize.description, prize.amount), prize.amount))


def winners_text(quiz: Quiz) -> str:
    """How many win, and how."""
    number = quiz.terms.winners
    return f"{number} jawaban benar tercepat" if quiz.terms.way is Way.FASTEST else f"{number} diundi dari yang benar"


def card(quiz: Quiz, questions: Sequence[Question]) -> Picture | None:
    """The picture of the announcement. A picture to be guessed stays a silhouette until the results stand."""
    # Questions that come in turn have pictures of their own.
    in_turn = quiz.pacing.in_turn
    pictured = None if in_turn else _pictured(questions)
    shown = None if in_turn else pictured or (questions[0] if questions else None)
    facts: dict[str, object] = {
        "title": quiz.title,
        "big_words": shown.big_words if shown else "",
        "question": _on_card(shown, questions) if shown else "",
        "badge": _badge(quiz, questions),
        "prize": prize_text(quiz),
        "winners": winners_text(quiz),
        **_lasts(quiz),
        "hidden": quiz.state is not QuizState.CLOSED,
        "answer": shown.right_answer if shown and len(questions) == 1 and quiz.state is QuizState.CLOSED else "",
    }
    return Picture("quiz", facts, f"kuis-{quiz.id}.png", pictured.image_file_id if pictured else None)


def _on_card(shown: Question, questions: Sequence[Question]) -> str:
    number = f"{shown.position}. " if len(questions) > 1 else ""
    return clip(number + one_line(shown.prompt), QUESTION_ON_CARD)


def _badge(quiz: Quiz, questions: Sequence[Question]) -> str:
    if len(questions) > 1 or quiz.pacing.in_turn:
        return f"{len(questions)} soal"
    return questions[0].kind.indonesian if questions else "Kuis"


def _lasts(quiz: Quiz) -> dict[str, object]:
    if quiz.pacing.question_seconds is not None:
        return {"lasts": write_duration(quiz.pacing.question_seconds), "lasts_label": "Waktu tiap soal"}
    until = quiz.terms.until
    if quiz.opened_at is not None and quiz.closes_at not in (None, quiz.opened_at + quiz.terms.open_seconds):
        until = quiz.closes_at  # staff moved it after the post
    if until is not None:
        return {"lasts": f"{write_deadline(until)} WIB", "lasts_label": "Ditutup"}
    return {"lasts": write_duration(quiz.terms.open_seconds), "lasts_label": "Dibuka selama"}


def hint(quiz: Quiz, shown: Hint) -> Message:
    """A hint in the channel."""
    until = f"\n\nKuis ditutup <t:{quiz.closes_at}:R>." if quiz.closes_at else ""
    return Message(
        title=clip(f"Petunjuk {shown.number}: {quiz.title}", 256),
        description=f"{shown.spec.text}{until}",
        colour=WARNING,
    )


def _facts(quiz: Quiz) -> list[Field]:
    if quiz.closed_at is not None:
        ends = f"**Ditutup** <t:{quiz.closed_at}:f>"
    elif quiz.called_off is not None:
        ends = f"**Dibatalkan** <t:{quiz.called_off.at}:f>"
    elif quiz.pacing.in_turn:
        ends = "setelah soal terakhir" + (f", kira-kira <t:{quiz.closes_at}:R>" if quiz.closes_at else "")
    elif quiz.closes_at is not None:
        ends = f"<t:{quiz.closes_at}:F>\n<t:{quiz.closes_at}:R>"
    elif quiz.terms.until is not None:
        ends = f"<t:{quiz.terms.until}:F>"
    else:
        ends = f"{write_duration(quiz.terms.open_seconds)} setelah tayang"
    if quiz.conditions.close_after is not None and quiz.closed_at is None and quiz.called_off is None:
        ends += f"\natau setelah {format_number(quiz.conditions.close_after)} orang benar"
    fields = [
        Field("Hadiah", clip(prize_text(quiz), 200)),
        Field("Pemenang", winners_text(quiz)),
        Field("Ditutup", ends),
    ]
    if quiz.conditions.creators_only:
        fields.append(Field("Peserta", "Kreator terdaftar"))
    if quiz.by_lot and quiz.legal is not None and quiz.legal.permit:
        fields.append(Field("Undian", clip(legal_text(quiz.legal), 200)))
    return fields


def _buttons(quiz: Quiz, questions: Sequence[Question], *, ended: bool) -> list[list[Button]]:
    mine = Button(custom_id("quiz:mine", quiz.id), "Jawabanku")
    if ended:
        label = "Kuis dibatalkan" if quiz.called_off is not None else "Kuis ditutup"
        return [[Button(custom_id("quiz:answer", quiz.id, 1), label, ButtonStyle.PRIMARY, disabled=True), mine]]
    if quiz.pacing.in_turn:
        return [[mine]]
    if len(questions) == 1 and questions[0].kind is QuestionKind.CHOICE:
        return [picks(questions[0]), [mine]]
    forms = range(0, len(questions), QUESTIONS_A_FORM)
    return [
        [
            *(
                Button(custom_id("quiz:answer", quiz.id, number), _span(start, questions), ButtonStyle.PRIMARY)
                for number, start in enumerate(forms, start=1)
            ),
            mine,
        ]
    ]


def picks(question: Question) -> list[Button]:
    """A, B, C … for a multiple-choice question."""
    return [
        Button(custom_id("quiz:pick", question.id, index), letter(index), ButtonStyle.PRIMARY)
        for index in range(len(question.options))
    ]


def _span(start: int, questions: Sequence[Question]) -> str:
    if len(questions) <= QUESTIONS_A_FORM:
        return "Jawab"
    last = min(len(questions), start + QUESTIONS_A_FORM)
    return f"Jawab soal {start + 1}–{last}" if last > start + 1 else f"Jawab soal {last}"


def _pictured(questions: Sequence[Question]) -> Question | None:
    return next((one for one in questions if one.image_file_id is not None), None)
