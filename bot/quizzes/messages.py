"""What is said about a quiz where it is posted by itself: the announcement, hints, winners, notes for staff."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.platform import messages
from bot.platform.indonesian import format_number, format_rupiah
from bot.platform.messages import Button, ButtonStyle, Field, Message, Picture, custom_id
from bot.platform.palette import NEUTRAL, PRIMARY, SUCCESS, WARNING
from bot.quizzes.models import Hint, Question, QuestionKind, Quiz, QuizState, Result, Turnout, Way
from bot.quizzes.reading import letter, write_duration
from bot.quizzes.rules import QUESTIONS_A_FORM

# Ten questions with their options, a caption and the answers stay under Discord's 4,096 and 6,000 characters.
_DESCRIPTION = 4_000
_INTRO_SHOWN = 1_000
_ASKED = 2_600
_SHORTEST_PROMPT = 60
_OPTION_OF_MANY_SHOWN = 40
_ANSWER_SHOWN = 80
_NAMED = 20


def announcement(quiz: Quiz, questions: Sequence[Question]) -> Message:
    """The post in the quiz channel as the quiz stands; a posted one that has closed tells the right answers."""
    ended = quiz.state in (QuizState.JUDGING, QuizState.CLOSED)
    base = messages.from_json(quiz.extra) if quiz.extra else Message()
    intro = "\n\n".join(part for part in (base.content, base.description) if part)
    parts = [asked(questions)]
    if quiz.state is QuizState.CLOSED:
        parts.append(right_answers(questions))
    elif quiz.state is QuizState.JUDGING:
        parts.append("**Kuis ditutup.** Jawaban sedang dinilai tim; pemenangnya diumumkan di sini.")
    left = _DESCRIPTION - sum(len(part) + 2 for part in parts)
    if left > _SHORTEST_PROMPT:
        parts.insert(0, clip(intro, min(left, _INTRO_SHOWN)))
    picture = base.picture if base.picture and _pictured(questions) is None else card(quiz, questions)
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


def right_answers(questions: Sequence[Question]) -> str:
    """What was right, with the explanation of a lone question."""
    many = len(questions) > 1
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
    each = f" ({format_rupiah(prize.amount)})" if prize.amount else ""
    return f"{prize.description}{each if prize.amount and not _names(prize.description, prize.amount) else ''}"


def winners_text(quiz: Quiz) -> str:
    """How many win, and how."""
    number = quiz.terms.winners
    return f"{number} jawaban benar tercepat" if quiz.terms.way is Way.FASTEST else f"{number} diundi dari yang benar"


def card(quiz: Quiz, questions: Sequence[Question]) -> Picture | None:
    """The picture of the announcement. A picture to be guessed stays a silhouette until the results stand."""
    pictured = _pictured(questions)
    shown = pictured or (questions[0] if questions else None)
    facts: dict[str, object] = {
        "title": quiz.title,
        "big_words": shown.big_words if shown else "",
        "badge": f"{len(questions)} soal" if len(questions) > 1 else shown.kind.indonesian if shown else "Kuis",
        "prize": prize_text(quiz),
        "winners": winners_text(quiz),
        "lasts": write_duration(quiz.terms.open_seconds),
        "hidden": quiz.state is not QuizState.CLOSED,
        "answer": shown.right_answer if shown and len(questions) == 1 and quiz.state is QuizState.CLOSED else "",
    }
    return Picture("quiz", facts, f"kuis-{quiz.id}.png", pictured.image_file_id if pictured else None)


def hint(quiz: Quiz, shown: Hint) -> Message:
    """A hint in the channel."""
    until = f"\n\nKuis ditutup <t:{quiz.closes_at}:R>." if quiz.closes_at else ""
    return Message(
        title=clip(f"Petunjuk {shown.number}: {quiz.title}", 256),
        description=f"{shown.spec.text}{until}",
        colour=WARNING,
    )


def results(
    quiz: Quiz, questions: Sequence[Question], won: Sequence[Result], names: Sequence[str], turnout: Turnout
) -> Message:
    """The winners and the right answer, once."""
    if won:
        heads = [f"{'🏆' if one.rank == 1 else '•'} <@{one.member_id}>{_of(one, questions)}" for one in won[:_NAMED]]
        if len(won) > _NAMED:
            heads.append(f"… dan {len(won) - _NAMED} lainnya")
        told = "Selamat kepada:\n" + "\n".join(heads)
        if quiz.terms.prize:
            told += "\n\nCara mengambil hadiah sudah dikirim lewat pesan pribadi."
    else:
        told = "Kali ini belum ada yang benar. Coba lagi di kuis berikutnya, ya."
    facts = {
        "title": quiz.title,
        "names": list(names[:12]),
        "more": max(0, len(won) - 12),
        "answer": questions[0].right_answer if len(questions) == 1 else "",
        "prize": prize_text(quiz) if quiz.terms.prize else "",
        "way": "Tercepat" if quiz.terms.way is Way.FASTEST else "Hasil undian",
    }
    return Message(
        content=_called(one.member_id for one in won[:_NAMED]),
        title=clip(f"Pemenang: {quiz.title}", 256),
        description=f"{told}\n\n{right_answers(questions)}",
        colour=SUCCESS if won else NEUTRAL,
        fields=[
            Field("Peserta", format_number(turnout.members)),
            Field("Benar semua" if len(questions) > 1 else "Benar", format_number(turnout.all_right)),
            Field("Poin", "Lihat klasemen dengan /peringkat"),
        ],
        footer=_proof(quiz),
        picture=Picture("quiz_winners", facts, f"pemenang-kuis-{quiz.id}.png") if won else None,
        ping_users=[one.member_id for one in won[:_NAMED]],
    )


def added_winner(quiz: Quiz, member_id: int) -> Message:
    """Somebody whose answer staff accepted after the end has won too."""
    return Message(
        content=_called([member_id]),
        title=clip(f"Tambahan pemenang: {quiz.title}", 256),
        description=f"Setelah diperiksa tim, jawaban <@{member_id}> dihitung benar. Selamat!",
        colour=SUCCESS,
        ping_users=[member_id],
    )


def passed_on(quiz: Quiz, members: Sequence[int]) -> Message:
    """Prizes nobody claimed go to those who came next."""
    named = ", ".join(f"<@{member}>" for member in members)
    return Message(
        content=_called(members),
        title=clip(f"Pemenang pengganti: {quiz.title}", 256),
        description=f"Ada hadiah yang tidak diambil sampai batas waktunya, jadi diteruskan ke {named}. Selamat!",
        colour=SUCCESS,
        ping_users=list(members),
    )


def nobody_left(quiz: Quiz, number: int) -> Message:
    """For staff: unclaimed prizes without anyone to pass them on to."""
    return Message(
        title=clip(f"Hadiah tidak diambil: {quiz.title}", 256),
        description=f"{number} hadiah tidak diambil sampai batas waktunya, dan tidak ada lagi peserta yang benar.",
        colour=WARNING,
    )


def judging_note(quiz: Quiz, turnout: Turnout) -> Message:
    """For staff: a quiz without a key has closed and waits for them."""
    return Message(
        title=clip(f"Perlu dinilai: {quiz.title}", 256),
        description=(
            f"Kuis ini sudah ditutup dengan {format_number(turnout.members)} peserta, tetapi ada soal tanpa kunci. "
            "Terima jawaban yang benar, lalu umumkan pemenangnya."
        ),
        colour=WARNING,
        buttons=[[answers_button(quiz), settle_button(quiz)]],
    )


def answers_button(quiz: Quiz) -> Button:
    """Opens the answers for staff."""
    return Button(custom_id("quiz:answers", quiz.id), "Lihat jawaban", ButtonStyle.PRIMARY)


def settle_button(quiz: Quiz) -> Button:
    """Announces the winners of a quiz that staff have judged."""
    return Button(custom_id("quiz:settle", quiz.id), "Umumkan pemenang", ButtonStyle.SUCCESS)


def clip(text: str, limit: int) -> str:
    """The text, cut at a word where it is longer than `limit`."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    return (head.rsplit(None, 1)[0] if len(head.split()) > 1 else head) + "…"


def _facts(quiz: Quiz) -> list[Field]:
    if quiz.closed_at is not None:
        ends = f"**Ditutup** <t:{quiz.closed_at}:f>"
    elif quiz.closes_at is not None:
        ends = f"<t:{quiz.closes_at}:F>\n<t:{quiz.closes_at}:R>"
    else:
        ends = f"{write_duration(quiz.terms.open_seconds)} setelah tayang"
    if quiz.conditions.close_after is not None and quiz.closed_at is None:
        ends += f"\natau setelah {format_number(quiz.conditions.close_after)} orang benar"
    fields = [
        Field("Hadiah", clip(prize_text(quiz), 200)),
        Field("Pemenang", winners_text(quiz)),
        Field("Ditutup", ends),
    ]
    if quiz.conditions.creators_only:
        fields.append(Field("Peserta", "Kreator terdaftar"))
    return fields


def _buttons(quiz: Quiz, questions: Sequence[Question], *, ended: bool) -> list[list[Button]]:
    mine = Button(custom_id("quiz:mine", quiz.id), "Jawabanku")
    if ended:
        label = "Kuis ditutup"
        return [[Button(custom_id("quiz:answer", quiz.id, 1), label, ButtonStyle.PRIMARY, disabled=True), mine]]
    if len(questions) == 1 and questions[0].kind is QuestionKind.CHOICE:
        picks = [
            Button(custom_id("quiz:pick", questions[0].id, index), letter(index), ButtonStyle.PRIMARY)
            for index in range(len(questions[0].options))
        ]
        return [picks, [mine]]
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


def _span(start: int, questions: Sequence[Question]) -> str:
    if len(questions) <= QUESTIONS_A_FORM:
        return "Jawab"
    last = min(len(questions), start + QUESTIONS_A_FORM)
    return f"Jawab soal {start + 1}–{last}" if last > start + 1 else f"Jawab soal {last}"


def _pictured(questions: Sequence[Question]) -> Question | None:
    return next((one for one in questions if one.image_file_id is not None), None)


def _of(one: Result, questions: Sequence[Question]) -> str:
    return f" · {one.right} dari {len(questions)} benar" if len(questions) > 1 else ""


def _proof(quiz: Quiz) -> str:
    if quiz.terms.way is Way.DRAWN and quiz.seed:
        return f"Kuis {quiz.id} · seed undian {quiz.seed}"
    return f"Kuis {quiz.id} · urutan menurut saat jawaban tersimpan"


def _called(members: Iterable[int]) -> str:
    # A mention in an embed notifies nobody.
    return " ".join(f"<@{member}>" for member in members)


def _names(description: str, amount: int) -> bool:
    return format_number(amount) in description or str(amount) in description
