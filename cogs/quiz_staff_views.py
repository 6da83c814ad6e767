"""How quizzes look to staff: the panel of a draft, the list, the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from discord.utils import escape_markdown

from bot.giveaways.messages import LEGAL, legal_text
from bot.platform.durations import write_duration
from bot.platform.indonesian import format_number
from bot.platform.messages import Button, ButtonStyle, Field, Message, Option, Select, custom_id
from bot.platform.palette import NEUTRAL, PRIMARY, SUCCESS, WARNING
from bot.platform.text import bulleted, clip, quote
from bot.prizes.messages import kind_text
from bot.prizes.models import Prize
from bot.quizzes import messages, result_messages
from bot.quizzes.models import Answer, Question, QuestionKind, Quiz, QuizState, Season, Turnout
from bot.quizzes.reading import letter
from bot.quizzes.times import write_hint
from bot.quizzes.whole import Whole


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
        Button(custom_id("quiz:session", quiz.id), "Urutan soal"),
        *_legal_button(quiz),
    ]
    acts = [
        Button(
            custom_id("quiz:publish", quiz.id, quiz.revision), "Tayangkan", ButtonStyle.SUCCESS, disabled=bool(missing)
        ),
        Button(custom_id("quiz:discard", quiz.id), "Buang", ButtonStyle.DANGER),
    ]
    return replace(
        post,
        content=heading,
        fields=[*post.fields, *_for_staff(whole)],
        buttons=[add, edit, acts],
        selects=_to_edit(whole, "quiz:edit-question", "Ubah soal"),
    )


def _legal_button(quiz: Quiz) -> list[Button]:
    if not quiz.by_lot:
        return []
    style = ButtonStyle.SECONDARY if quiz.legal else ButtonStyle.PRIMARY
    return [Button(custom_id("quiz:legal", quiz.id), "Undian/kontes & izin", style)]


def _to_edit(whole: Whole, template: str, label: str) -> list[Select]:
    options = [
        Option(str(one.id), clip(f"Soal {one.position}: {one.prompt}", 100), one.kind.indonesian)
        for one in whole.questions
    ]
    return [Select(custom_id(template), label, options)] if options else []


def _for_staff(whole: Whole) -> list[Field]:
    fields: list[Field] = []
    if whole.questions and whole.quiz.pacing.in_turn and whole.quiz.unposted:
        fields.append(Field("Soal yang muncul berurutan", clip(messages.asked(whole.questions), 1_024), inline=False))
    if whole.questions:
        keys = [f"Soal {one.position}: {_key(one)}" for one in whole.questions]
        fields.append(Field("Kunci (hanya staf)", bulleted(keys), inline=False))
    if whole.hints:
        hints = [clip(write_hint(hint.spec), 200) for hint in whole.hints]
        fields.append(Field("Petunjuk (hanya staf)", bulleted(hints), inline=False))
    prize = whole.quiz.terms.prize
    if prize is not None:
        recorded = kind_text(Prize(prize.description, prize.amount))
        fields.append(Field("Hadiah dicatat sebagai", recorded))
    if whole.quiz.by_lot:
        fields.append(Field("Undian atau kontes", legal_text(whole.quiz.legal)))
        if whole.quiz.unposted:
            fields.append(Field("⚖️ Pengingat hukum", LEGAL, inline=False))
    return fields


def _key(question: Question) -> str:
    if question.kind is QuestionKind.CHOICE and question.right_option is not None:
        return f"{letter(question.right_option)}. {question.right_answer}"
    accepted = clip(" / ".join(question.accepted), 300)
    return accepted or "dinilai tim setelah ditutup"


def published(quiz: Quiz, channel_id: int | None) -> Message:
    """The answer to "Tayangkan"."""
    where = f"<#{channel_id}>" if channel_id else "channel kuis"
    return Message(
        title="Kuis ditayangkan",
        description=f"**{quiz.title}** tampil di {where} dan ditutup <t:{quiz.closes_at}:R>.",
        colour=SUCCESS,
        buttons=[[result_messages.answers_button(quiz)]],
    )


def status(whole: Whole, turnout: Turnout) -> Message:
    """A posted quiz as it stands, for staff."""
    quiz = whole.quiz
    ends = f"ditutup <t:{quiz.closed_at}:f>" if quiz.closed_at else f"ditutup <t:{quiz.closes_at}:R>"
    if quiz.called_off is not None:
        by = f" oleh <@{quiz.called_off.by}>" if quiz.called_off.by else ""
        ends = f"dibatalkan <t:{quiz.called_off.at}:f>{by}: {escape_markdown(quiz.called_off.reason)}"
    return Message(
        title=clip(quiz.title, 256),
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
        buttons=_acts(whole, answered=turnout.members > 0),
        selects=_corrections(whole, answered=turnout.members > 0),
    )


def _acts(whole: Whole, *, answered: bool) -> list[list[Button]]:
    quiz = whole.quiz
    first = [result_messages.answers_button(quiz)]
    if quiz.state is QuizState.JUDGING:
        first.append(result_messages.settle_button(quiz))
    if quiz.state is QuizState.OPEN:
        first.append(Button(custom_id("quiz:close", quiz.id), "Tutup kuis", ButtonStyle.PRIMARY))
    if quiz.state in (QuizState.OPEN, QuizState.JUDGING):
        first.append(Button(custom_id("quiz:call-off", quiz.id), "Batalkan kuis", ButtonStyle.DANGER))
    if quiz.state is not QuizState.OPEN:
        return [first]
    if answered:
        return [first, [Button(custom_id("quiz:closing", quiz.id), "Waktu tutup & petunjuk"), *_legal_button(quiz)]]
    edit = [
        Button(custom_id("quiz:terms", quiz.id), "Ubah isi"),
        Button(custom_id("quiz:conditions", quiz.id), "Aturan & petunjuk"),
        *_legal_button(quiz),
    ]
    return [first, edit]


def _corrections(whole: Whole, *, answered: bool) -> list[Select]:
    if whole.quiz.state is QuizState.OPEN and not answered:
        return _to_edit(whole, "quiz:edit-question", "Ubah soal")
    if whole.quiz.state in (QuizState.OPEN, QuizState.JUDGING):
        return _to_edit(whole, "quiz:edit-key", "Ubah jawaban yang diterima")
    return []


def all_quizzes(found: Sequence[Quiz], total: int) -> Message:
    """Every quiz, with a select to open one."""
    fields = [
        Field(
            clip(f"{quiz.title} · {quiz.state.indonesian}", 256),
            f"{clip(messages.prize_text(quiz), 100)} · {messages.winners_text(quiz)}\n{_when(quiz)}",
            inline=False,
        )
        for quiz in found
    ]
    options = [Option(str(quiz.id), clip(quiz.title, 100), quiz.state.indonesian) for quiz in found]
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
    if quiz.called_off is not None:
        return f"Dibatalkan <t:{quiz.called_off.at}:f>"
    if quiz.closes_at is not None:
        return f"Ditutup <t:{quiz.closes_at}:R>"
    if quiz.terms.until is not None and not quiz.pacing.in_turn:
        return f"Akan ditutup <t:{quiz.terms.until}:f>"
    return "Soal satu per satu" if quiz.pacing.in_turn else f"Dibuka selama {write_duration(quiz.terms.open_seconds)}"


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
    options = [Option(str(one.id), clip(f"{one.name or one.member_id}: {one.text}", 100)) for one in wrong[:25]]
    buttons = [[result_messages.settle_button(quiz)]] if quiz.state is QuizState.JUDGING else []
    return Message(
        title=clip(f"Jawaban: {quiz.title}", 256),
        description="\n".join(lines) or "Belum ada jawaban.",
        colour=PRIMARY,
        fields=[
            Field("Jawaban", format_number(total)),
            Field("Peserta", format_number(turnout.members)),
            Field("Benar semua", format_number(turnout.all_right)),
        ],
        footer=" · ".join([quiz.state.indonesian, "urutan menurut saat jawaban tersimpan", *_secret(quiz)]),
        selects=[Select(custom_id("quiz:accept"), "Terima jawaban yang salah", options)] if options else [],
        buttons=buttons,
    )


def _secret(quiz: Quiz) -> list[str]:
    return ["jangan dibagikan sebelum selesai"] if quiz.state in (QuizState.OPEN, QuizState.JUDGING) else []


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


def season_named(season: Season, *, new: bool) -> str:
    """What is said above the list after a season was named."""
    return f"**{season.name}** {'dicatat' if new else 'diganti tanggalnya'}: {_days(season)}."


def seasons(named: Sequence[tuple[Season, int]], present: Season, told: str) -> Message:
    """The seasons that staff named; those without a quiz can be taken away."""
    lines = [f"**{season.name}** · {_days(season)} · {format_number(count)} kuis selesai" for season, count in named]
    empty = [Option(str(season.id), clip(season.name, 100)) for season, count in named if not count][:25]
    nothing = "Belum ada musim bernama, jadi musim mengikuti kuartal (Januari–Maret, dan seterusnya)."
    return Message(
        title="Musim klasemen",
        description="\n\n".join(part for part in (told, bulleted(lines, 3_500) if lines else nothing) if part),
        colour=SUCCESS if told else PRIMARY,
        fields=[Field("Sekarang", f"{present.name} · {_days(present)}", inline=False)],
        footer="Tanggal di luar musim bernama terhitung di kuartalnya",
        selects=[Select(custom_id("quiz:season-drop"), "Hapus musim yang masih kosong", empty)] if empty else [],
    )


def _days(season: Season) -> str:
    return f"<t:{season.starts_at}:D> sampai <t:{season.ends_at - 1}:D>"
