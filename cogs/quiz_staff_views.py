"""How quizzes look to staff: the panel of a draft, the list, the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from discord.utils import escape_markdown

from bot.platform.indonesian import format_number, format_rupiah
from bot.platform.messages import Button, ButtonStyle, Field, Message, Option, Select, custom_id
from bot.platform.palette import NEUTRAL, PRIMARY, SUCCESS, WARNING
from bot.platform.text import bulleted, quote
from bot.quizzes import messages
from bot.quizzes.models import Answer, Question, QuestionKind, Quiz, QuizState, Turnout, Way
from bot.quizzes.reading import letter, write_duration, write_hint
from bot.quizzes.service import Whole

_BY_LOT = (
    "Diundi: undian gratis berhadiah butuh izin Kementerian Sosial (UU 22/1954, Permensos 4/2021) dan hadiahnya kena "
    "PPh final 25% (PP 132/2000). Periksa dengan legal dan finance. Tercepat dihitung kontes kemampuan."
)


def panel(whole: Whole, channel_id: int | None) -> Message:
    """A quiz as staff write it: the post exactly as it will be, its key, and what can be done with it."""
    quiz, missing = whole.quiz, whole.missing
    where = f"<#{channel_id}>" if channel_id else "channel kuis"
    heading = f"**Pratinjau.** Begini tampilannya nanti di {where}. Belum ada yang melihatnya selain staf."
    if missing:
        heading = (
            f"**Draf tersimpan.** Yang masih kurang:\n{bulleted(missing)}\nLanjutkan kapan saja lewat /kuis daftar."
        )
    post = messages.announcement(quiz, whole.questions)
    add = [
        Button(custom_id("quiz:add-open", quiz.id), "Soal isian"),
        Button(custom_id("quiz:add-choice", quiz.id), "Pilihan ganda"),
        Button(custom_id("quiz:add-picture", quiz.id), "Tebak gambar"),
    ]
    if not whole.questions:
        add = [replace(button, style=ButtonStyle.PRIMARY) for button in add]
    else:
        add.append(Button(custom_id("quiz:drop-question", quiz.id), "Hapus soal terakhir"))
    edit = [
        Button(custom_id("quiz:terms", quiz.id), "Ubah isi"),
        Button(custom_id("quiz:conditions", quiz.id), "Aturan & petunjuk"),
    ]
    acts = [
        Button(
            custom_id("quiz:publish", quiz.id, quiz.revision), "Tayangkan", ButtonStyle.SUCCESS, disabled=bool(missing)
        ),
        Button(custom_id("quiz:discard", quiz.id), "Buang", ButtonStyle.DANGER),
    ]
    options = [
        Option(str(one.id), messages.clip(f"Soal {one.position}: {one.prompt}", 100), one.kind.indonesian)
        for one in whole.questions
    ]
    return replace(
        post,
        content=heading,
        fields=[*post.fields, *_for_staff(whole)],
        buttons=[add, edit, acts],
        selects=[Select(custom_id("quiz:edit-question"), "Ubah soal", options)] if options else [],
    )


def _for_staff(whole: Whole) -> list[Field]:
    fields: list[Field] = []
    if whole.questions:
        keys = [f"Soal {one.position}: {_key(one)}" for one in whole.questions]
        fields.append(Field("Kunci (hanya staf)", bulleted(keys), inline=False))
    if whole.hints:
        hints = [messages.clip(write_hint(hint.spec), 200) for hint in whole.hints]
        fields.append(Field("Petunjuk (hanya staf)", bulleted(hints), inline=False))
    prize = whole.quiz.terms.prize
    if prize is not None:
        kind = (
            f"uang, {format_rupiah(prize.amount)} per pemenang" if prize.amount else "barang (pemenang diminta alamat)"
        )
        fields.append(Field("Hadiah dicatat sebagai", kind))
        if whole.quiz.terms.way is Way.DRAWN:
            fields.append(Field("Ingat", _BY_LOT, inline=False))
    return fields


def _key(question: Question) -> str:
    if question.kind is QuestionKind.CHOICE and question.right_option is not None:
        return f"{letter(question.right_option)}. {question.right_answer}"
    accepted = messages.clip(" / ".join(question.accepted), 300)
    return accepted or "dinilai tim setelah ditutup"


def published(quiz: Quiz, channel_id: int | None) -> Message:
    """The answer to "Tayangkan"."""
    where = f"<#{channel_id}>" if channel_id else "channel kuis"
    return Message(
        title="Kuis ditayangkan",
        description=f"**{quiz.title}** tampil di {where} dan ditutup <t:{quiz.closes_at}:R>.",
        colour=SUCCESS,
        buttons=[[messages.answers_button(quiz)]],
    )


def status(whole: Whole, turnout: Turnout) -> Message:
    """A posted quiz as it stands, for staff."""
    quiz = whole.quiz
    buttons = [messages.answers_button(quiz)]
    if quiz.state is QuizState.OPEN:
        buttons.append(Button(custom_id("quiz:close", quiz.id), "Tutup kuis", ButtonStyle.DANGER))
    if quiz.state is QuizState.JUDGING:
        buttons.append(messages.settle_button(quiz))
    ends = f"ditutup <t:{quiz.closed_at}:f>" if quiz.closed_at else f"ditutup <t:{quiz.closes_at}:R>"
    return Message(
        title=messages.clip(quiz.title, 256),
        description=f"**{quiz.state.indonesian}** · tayang <t:{quiz.opened_at}:f> · {ends}\n\n"
        + messages.asked(whole.questions),
        colour=WARNING if quiz.state is QuizState.JUDGING else PRIMARY if quiz.state is QuizState.OPEN else NEUTRAL,
        fields=[
            Field("Peserta", format_number(turnout.members)),
            Field("Benar semua", format_number(turnout.all_right)),
            Field("Hadiah", messages.prize_text(quiz)),
            *_for_staff(whole),
        ],
        footer=f"Kuis {quiz.id}",
        buttons=[buttons],
    )


def all_quizzes(found: Sequence[Quiz], total: int) -> Message:
    """Every quiz, with a select to open one."""
    fields = [
        Field(
            messages.clip(f"{quiz.title} · {quiz.state.indonesian}", 256),
            f"{messages.clip(messages.prize_text(quiz), 100)} · {messages.winners_text(quiz)}\n{_when(quiz)}",
            inline=False,
        )
        for quiz in found
    ]
    options = [Option(str(quiz.id), messages.clip(quiz.title, 100), quiz.state.indonesian) for quiz in found]
    return Message(
        title=f"{total} kuis",
        description="" if found else "Belum ada kuis. Buat yang pertama dengan /kuis buat.",
        colour=PRIMARY,
        fields=fields,
        selects=[Select(custom_id("quiz:manage"), "Buka kuis", options)] if options else [],
    )


def _when(quiz: Quiz) -> str:
    if quiz.closed_at is not None:
        return f"Ditutup <t:{quiz.closed_at}:f>"
    if quiz.closes_at is not None:
        return f"Ditutup <t:{quiz.closes_at}:R>"
    return f"Dibuka selama {write_duration(quiz.terms.open_seconds)}"


def answers(whole: Whole, found: Sequence[Answer], first: int, total: int, turnout: Turnout) -> Message:
    """A page of answers in the order they came; wrong ones can be accepted by hand."""
    quiz = whole.quiz
    position = {question.id: question.position for question in whole.questions}
    many = len(whole.questions) > 1
    lines = [
        f"`{number}` {'✅' if one.right else '❌'} <@{one.member_id}> <t:{one.answered_at}:T>"
        f"{f' · soal {position.get(one.question_id, 0)}' if many else ''}: "
        f"{escape_markdown(quote(one.text, 90))}{_by_hand(one)}"
        for number, one in enumerate(found, start=first)
    ]
    wrong = [one for one in found if not one.right]
    options = [
        Option(str(one.id), messages.clip(f"{one.name or one.member_id}: {one.text}", 100)) for one in wrong[:25]
    ]
    buttons = [[messages.settle_button(quiz)]] if quiz.state is QuizState.JUDGING else []
    return Message(
        title=messages.clip(f"Jawaban: {quiz.title}", 256),
        description="\n".join(lines) or "Belum ada jawaban.",
        colour=PRIMARY,
        fields=[
            Field("Jawaban", format_number(total)),
            Field("Peserta", format_number(turnout.members)),
            Field("Benar semua", format_number(turnout.all_right)),
        ],
        footer=f"{quiz.state.indonesian} · urutan menurut saat jawaban tersimpan · jangan dibagikan sebelum selesai",
        selects=[Select(custom_id("quiz:accept"), "Terima jawaban yang salah", options)] if options else [],
        buttons=buttons,
    )


def _by_hand(answer: Answer) -> str:
    if answer.accepted_by is None:
        return ""
    return f" · diterima <@{answer.accepted_by}>: {escape_markdown(quote(answer.reason, 60))}"


def accepted(quiz: Quiz, answer: Answer, *, won: bool) -> Message:
    """The answer to accepting one by hand."""
    if quiz.state is QuizState.CLOSED:
        after = (
            "Poin dihitung ulang, dan anggota ini menjadi **pemenang tambahan**: hadiah yang sudah diumumkan tidak "
            "dicabut."
            if won
            else "Poin dihitung ulang. Daftar pemenang tetap."
        )
    else:
        after = "Mulai sekarang jawaban ini dihitung benar."
    return Message(
        title="Jawaban diterima", description=f"Jawaban <@{answer.member_id}> diterima. {after}", colour=SUCCESS
    )
